"""Answers of MediaWiki's interfaces (JSON): articles as wikitext, as HTML, or as the plain text of their beginning."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from reelgraph.loaders import html, jsondocument, runningtext, wikipage
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord
from reelgraph.loaders.placing import placed
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.wikipage import WikiPage
from reelgraph.model import Document, Extraction, Ref

NAME = "wikiapi"
DESCRIPTION = "answers of MediaWiki's interfaces about film articles (JSON): wikitext, HTML, extracts, summaries"
PRIORITY = 13

#: The keys that such answers have, one of these sets near their beginning.
_KEYS = (
    ("query", "pages", "extract"),
    ("query", "pages", "revisions"),
    ("parse", "title", "wikitext"),
    ("parse", "title", "text"),
    ("title", "extract", "content_urls"),
)
#: Where the text of an article is, in one form of the answers or another.
_WIKITEXT = (
    "wikitext/*", "wikitext", "revisions/*", "revisions/content", "revisions/slots/main/*",
    "revisions/slots/main/content",
)  # fmt: skip
_HTML = ("text/*", "text")


def accepts(document: Document) -> bool:
    """Whether the JSON has the keys of such an answer."""
    return any(jsondocument.has_keys(document, *keys) for keys in _KEYS)


def load(document: Document) -> Extraction:
    """Return the facts of all film articles in the answer."""
    facts = Facts(NAME)
    films: list[Ref] = []
    others = 0
    for page in _pages(jsondocument.read(document, facts)):
        found = _page(page, document, facts)
        films += found
        others += not found
    if others:
        facts.note("document", f"articles that are not about a film: {others}")
    return extraction(NAME, source(document, "article", *films, site="Wikipedia"), facts)


def _pages(node: Node) -> Iterator[Node]:
    if node.at("extract"):
        yield node
    elif node.at("parse"):
        yield node.at("parse")
    else:
        pages = node.at("query", "pages")
        yield from pages.fields.values() or pages


def _page(page: Node, document: Document, facts: Facts) -> list[Ref]:
    """Write down what an article says; return its films."""
    wikitext = _text(page, document, _WIKITEXT)
    if wikitext is not None:
        read = WikiPage(wikitext.text, lambda span: wikitext.span(span.start, span.end), page.at("title").cell)
        film = wikipage.read(read, facts) if wikipage.templates_of(wikitext.text) else None
        return [film] if film else []
    page_html = _text(page, document, _HTML)
    extract = _text(page, document, ("extract",))
    if extract is not None and re.match(r"\s*<\w", extract.text):
        page_html, extract = extract, None
    if page_html is not None:
        return _of_html(page, page_html, document, facts)
    return runningtext.write(extract, None, facts) if extract is not None else []


def _text(page: Node, document: Document, paths: tuple[str, ...]) -> TextMap | None:
    """Return the first text at one of some paths, None if there is none."""
    found = (text for path in paths for text in JsonRecord(page).running(path, document.text))
    return next(found, None)


def _of_html(page: Node, words: TextMap, document: Document, facts: Facts) -> list[Ref]:
    whole = TextMap()
    whole.add(f"<html><head><title>{escape(page.at('title').text)}</title></head><body>")
    whole.extend(words, words.text)
    inner = Document("page.html", document.sha256, "text/html", b"", whole.text)
    found = placed(html.load(inner), whole, document.text)
    for fact in found.facts:
        facts.keep(replace(fact, pointer=f"{page.pointer}{fact.pointer}", extractor=NAME))
    facts.issues.extend(issue for issue in found.issues if issue.severity != "note")
    return [film for one in found.sources for film in one.about]
