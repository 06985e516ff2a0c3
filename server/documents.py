"""Stored documents: their text with all facts marked in place, and the facts with their words."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, redirect, request
from markupsafe import Markup

from reelgraph.errors import StoreError
from reelgraph.lookup import MARKUP
from reelgraph.mediatypes import HTML, PROSE
from reelgraph.model import Document
from reelgraph.server import annotations, gone, structured
from reelgraph.server.layouts import layout, layouts
from reelgraph.server.marking import Place, marked, places
from reelgraph.server.negotiate import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import WINDOW, lasting, links, page, parts, settings
from reelgraph.server.sections import saying
from reelgraph.server.statements import Statement
from reelgraph.server.view import Source, View, view
from reelgraph.store import Store

blueprint = Blueprint("documents", __name__)

#: Films that a page tells search engines a document is about.
_ABOUT = 20


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows of a text: its number, its place in the file, and how many there are of the document."""

    number: int
    start: int
    end: int
    first: int
    last: int


def register(app: Flask) -> None:
    """Add the routes of documents."""
    app.register_blueprint(blueprint)


@blueprint.get("/document/<name>")
def document(name: str) -> Response:
    """Show the text of a document with its facts; with `?at=` lead to the fact at an offset."""
    iri = links().iri(f"document/{name}")
    at = request.args.get("at", "")
    if at.isdecimal() and len(at) < 16:
        return redirect(_at(_existing(iri, view()), int(at), view()), 303)  # type: ignore[return-value]
    return lasting(lambda: _page(iri, view()))


@blueprint.get("/document/<name>/text")
def text(name: str) -> Response:
    """Send the text of a document as it is."""

    def make() -> Response:
        source = _existing(links().iri(f"document/{name}"), view())
        stored = _stored(source, view())
        return Response(_own(stored, source), mimetype="text/plain")

    return lasting(make)


@blueprint.get("/document/<name>/annotations.jsonld")
def annotated(name: str) -> Response:
    """Send the facts of a document as Web Annotations of its text."""
    iri = links().iri(f"document/{name}")

    def make() -> Response:
        source = _existing(iri, view())
        found = annotations.page(f"{iri}/annotations.jsonld", _facts(source, view(), 0, sys.maxsize))
        text = json.dumps(found, ensure_ascii=False) + "\n"
        return Response(text, content_type=annotations.MEDIA_TYPE)

    return lasting(make)


def _page(iri: str, seen: View) -> Response:
    source = _existing(iri, seen)
    stored = _stored(source, seen)
    end = len(stored.text) if source.end is None else source.end
    part = _part(source.start or 0, end)
    only = request.args.get("kind", "")
    facts = _facts(source, seen, part.start, part.end)
    chosen = [fact for fact in facts if not only or fact.kind == only]
    found = places(chosen)
    answer = page(
        "document.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        source=source,
        whole=seen.source(source.whole) if source.whole else None,
        parts=sorted((seen.source(one) for one in source.parts), key=lambda one: one.start or 0),
        part=part,
        text=_marked(stored, part, found),
        is_prose=stored.media_type in PROSE,
        places=_shown(found, part),
        kinds=_kinds(facts),
        only=only,
        saying=saying,
        layout=layout,
        unplaced=[fact for fact in chosen if not fact.passages],
        stored=stored,
        linked_data=structured.document(source, [(film, seen.name(film)) for film in source.about[:_ABOUT]]),
    )
    answer.headers.extend(_linked(iri))
    return answer


def _marked(stored: Document, part: Part, found: Sequence[Place]) -> Markup:
    """Return a part of a text with its facts marked; of a page, what is not for readers stands back."""
    text = stored.text[part.start : part.end]
    aside = [one.span() for one in MARKUP.finditer(text)] if stored.media_type == HTML else []
    return Markup(marked(text, part.start, found, _place(), aside))  # noqa: S704 - `marked` escapes


def _linked(iri: str) -> Iterator[tuple[str, str]]:
    """Yield the Link headers that tell programs what a document is and where its data and annotations are."""
    yield "Link", f'<{iri}>; rel="cite-as"'
    for form in (TURTLE, JSON_LD, N_TRIPLES, RDF_XML):
        yield "Link", f'<{links().data(iri, form.name)}>; rel="describedby"; type="{form.media_type}"'
    yield "Link", f'<{links().page(iri)}/annotations.jsonld>; rel="describedby"; type="application/ld+json"'
    yield "Link", f'<{links().page(iri)}/text>; rel="alternate"; type="text/plain"'


def _existing(iri: str, seen: View) -> Source:
    try:
        source = seen.source(iri)
    except ValueError:
        source = Source(iri)
    if not source.sha256:
        gone.refuse(iri, seen)
        raise HttpError(404, f"there is no document {iri}; the page of sources lists those there are")
    return source


def _stored(source: Source, seen: View) -> Document:
    store = Store(settings().store, settings().base)
    try:
        return store.document(source.sha256, seen.snapshot)
    except StoreError as error:
        raise HttpError(404, str(error)) from error


def _at(source: Source, offset: int, seen: View) -> str:
    """Return the path of the shortest passage that begins at an offset, or of the part of the text that has it."""
    found = [place for place in places(_facts(source, seen, offset, offset + 1)) if place.start == offset]
    if found:
        nearest = min(found, key=lambda place: place.end)
        return links().passage(source.iri, nearest.anchor, offset, WINDOW)
    return f"{links().page(source.iri)}?part={offset // WINDOW}"


def _own(stored: Document, source: Source) -> str:
    return stored.text[source.start : source.end]


def _part(start: int, end: int) -> Part:
    """Return the part of a text that the request asks for; parts are windows of the whole file's text."""
    first, last = start // WINDOW, max(start, end - 1) // WINDOW
    asked, place = request.args.get("part", ""), _place()
    if place is not None:
        asked = str(place // WINDOW)
    number = int(asked) if asked.isdecimal() and len(asked) < 10 and first <= int(asked) <= last else first
    return Part(number, max(start, number * WINDOW), min(end, (number + 1) * WINDOW), first, last)


def _place() -> int | None:
    """Return the offset that the request wants to be led to."""
    text = request.args.get("place", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else None


def _facts(source: Source, seen: View, start: int, end: int) -> list[Statement]:
    """Return the facts read from a document, also from those inside it that are between two offsets."""
    inside = [one for one in map(seen.source, source.parts) if (one.start or 0) < end and (one.end or end) > start]
    return [fact for iri in (source.iri, *(one.iri for one in inside)) for fact in seen.statements.of_source(iri)]


def _shown(found: Iterable[Place], part: Part) -> list[Place]:
    """Return the places that a part of the text has, and on its first page those without a place in the text."""
    return [
        place
        for place in found
        if part.start <= place.start < part.end or (place.start < 0 and part.number == part.first)
    ]


def _kinds(facts: Sequence[Statement]) -> list[tuple[str, str, int]]:
    """Return the kinds of facts a document has with their titles and numbers, in the order of a film's page."""
    counts = Counter(fact.kind for fact in facts)
    order = {kind: place for place, kind in enumerate(layouts())}
    ordered = sorted(counts, key=lambda kind: (order.get(kind, len(order)), kind))
    return [(kind, layout(kind).title, counts[kind]) for kind in ordered]


@blueprint.get("/page/document/<name>")
def page_of(name: str) -> Response:
    """Lead to where documents are shown."""
    return redirect(links().page(links().iri(f"document/{name}")), 301)  # type: ignore[return-value]
