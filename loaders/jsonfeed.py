"""JSON Feed: feeds of reviews and articles whose items are objects of JSON, read as those of RSS and Atom are."""

import re
from collections.abc import Iterator
from html import escape

from reelgraph.loaders import feed, jsondocument
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.values import iso_date
from reelgraph.model import Document, Extraction, SourceDocument, Span

NAME = "jsonfeed"
DESCRIPTION = "JSON Feeds of reviews and articles about films"
PRIORITY = 10

_SIGNS = re.compile(r"[<>&\n]")


def accepts(document: Document) -> bool:
    """Whether the JSON says that it is such a feed."""
    return jsondocument.has_keys(document, "version", "items") and "jsonfeed.org/version/" in document.text[:8192]


def load(document: Document) -> Extraction:
    """Return what the items say about films; items about none are counted in a note."""
    notes = Facts(NAME)
    root = jsondocument.read(document, notes)
    channel, found = root.at("title").text, list(root.at("items"))
    sources: list[SourceDocument] = []
    collected: list[Facts] = []
    for number, node in enumerate(found, 1):
        facts, item = Facts(NAME, len(sources)), _item(node, number, document)
        about, kind = feed.read(item, channel, facts)
        if about:
            title = " ".join(item.title.text.split())
            sources.append(SourceDocument(item.span, kind, channel, item.author, title, item.date, tuple(about)))
            collected.append(facts)
    if len(sources) < len(found) or not found:
        notes.note("document", f"items without a film that is recognised: {len(found) - len(sources)} of {len(found)}")
    return extraction(NAME, sources or source(document, "page", title=channel), *collected, notes)


def _item(node: Node, number: int, document: Document) -> feed.Item:
    authors = [one.at("name").text for key in ("authors", "author") for one in node.at(key)]
    page = next(_texts(node, "content_html", document), None)
    return feed.Item(
        number, Span(node.start, node.end), next(_texts(node, "title", document), TextMap()),
        page if page is not None else _lines(next(_texts(node, "content_text", document), TextMap())),
        next(filter(None, authors), ""), iso_date(node.at("date_published").text) or "", node.at("url").text,
        tuple(tag.text for tag in node.at("tags")), {},
    )  # fmt: skip


def _texts(node: Node, key: str, document: Document) -> Iterator[TextMap]:
    return JsonRecord(node).running(key, document.text)


def _lines(text: TextMap) -> TextMap:
    """Return a plain text as HTML, which keeps its lines."""
    page, here = TextMap(), 0
    for sign in (*_SIGNS.finditer(text.text), None):
        part = text.part(here, sign.start() if sign else len(text))
        page.extend(part, part.text)
        if sign:
            place = text.span(*sign.span())
            at, length = (place.start, place.end - place.start) if place else (None, None)
            page.add("<br>" if sign[0] == "\n" else escape(sign[0]), at, length)
            here = sign.end()
    return page
