"""Things of the graph on the web: `/id/…` leads to the page or the data of a thing, by what the client takes."""

import re
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, redirect, request
from pyoxigraph import Literal, NamedNode, Quad

from reelgraph import excerpts, export
from reelgraph.ontology import DCTERMS, XSD, term
from reelgraph.server import gone, negotiate
from reelgraph.server.citation import CITATIONS
from reelgraph.server.filmpage import film_page
from reelgraph.server.links import Links
from reelgraph.server.negotiate import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, choose, listing
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links
from reelgraph.server.statementpage import cite, statement_page
from reelgraph.server.thingpage import thing_page
from reelgraph.server.view import View, view

blueprint = Blueprint("entity", __name__)

#: What a thing can be had as, the first for whoever does not care.
_OFFERS = (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, negotiate.TRIG, negotiate.N_QUADS)
_SUFFIXES = {one.name: one for one in _FORMATS}
_SUFFIX = re.compile(rf"(.+)\.({'|'.join(_SUFFIXES)})")
_TYPE = term("rdf:type")
_SAME = term("owl:sameAs")


def register(app: Flask) -> None:
    """Add the routes of things."""
    app.register_blueprint(blueprint)


@blueprint.get("/id/<path:rest>")
def identifier(rest: str) -> Response:
    """Lead to the page or the data of a thing, in one step."""
    iri, where = _existing(links().iri(rest), "identifier")
    if where is not None:
        return where
    choice = choose(request.headers.get("Accept"), _OFFERS)
    if choice is None:
        formats = [one.media_type for one in _OFFERS]
        raise HttpError(406, f"this thing can be had as {listing(_OFFERS)}", extra={"formats": formats})
    target = links().page(iri) if choice.format is HTML else links().data(iri, choice.format.name)
    answer = redirect(target, 303)
    answer.headers["Vary"] = "Accept"
    answer.headers.extend(_linked(iri, links()))
    return answer  # type: ignore[return-value]


@blueprint.get("/page/<path:rest>")
def page(rest: str) -> Response:
    """Show what the graph says of a thing."""
    iri, where = _existing(links().iri(rest), "page")
    if where is not None:
        return where

    def make() -> Response:
        answer = _page(iri, view())
        answer.headers.extend(_linked(iri, links()))
        return answer

    return lasting(make)


@blueprint.get("/data/<path:rest>")
def data(rest: str) -> Response:
    """Send what the graph says of a thing as RDF."""
    found = _SUFFIX.fullmatch(rest)
    if found is None:
        suffixes = ", ".join(f".{name}" for name in _SUFFIXES)
        raise HttpError(404, f"data of a thing end in their format, one of {suffixes}: /data/{rest}.ttl")
    chosen = _SUFFIXES[found[2]]
    iri, where = _existing(links().iri(found[1]), "data", chosen.name)
    return where or lasting(lambda: _data(iri, chosen, view()))


@blueprint.get("/cite/<path:rest>.<any(txt, bib, ris, 'csl.json'):suffix>")
def citation(rest: str, suffix: str) -> Response:
    """Send how to cite a fact, for a reference manager."""
    iri, where = _existing(links().iri(rest), "page")

    def make() -> Response:
        statement = view().statements.one(iri)
        if statement is None:
            raise HttpError(404, f"{iri} is no statement of a source; those can be cited")
        return cite(statement, suffix, view())

    return where or lasting(make)


def _data(iri: str, chosen: negotiate.Format, seen: View) -> Response:
    is_document = links().kind(iri) == "document"
    excerpt = (excerpts.source if is_document else excerpts.entity)(seen.store, iri, seen.base)
    if not excerpts.is_entity(iri, seen.base):
        excerpt.extend(_edition(iri, seen))
    body = "".join(export.export(excerpt, chosen.name, None, seen.base))
    answer = Response(body, content_type=f"{chosen.media_type}; charset=utf-8")
    answer.headers.extend(
        [("Link", f'<{iri}>; rel="cite-as"'), ("Link", f'<{links().page(iri)}>; rel="alternate"; type="text/html"')]
    )
    return answer


def _edition(iri: str, seen: View) -> Iterator[Quad]:
    """Yield which state of the graph a fact is from, for those who cite it."""
    dataset = NamedNode(f"{seen.base}dataset")
    yield Quad(NamedNode(iri), DCTERMS.isPartOf, dataset)
    yield Quad(dataset, DCTERMS.hasVersion, Literal(seen.id))
    if seen.made is not None:
        yield Quad(dataset, DCTERMS.modified, Literal(seen.snapshot.manifest.created, datatype=XSD.dateTime))


def _existing(iri: str, place: str, suffix: str = "") -> tuple[str, Response | None]:
    """Return the IRI if the graph has it, or the answer that sends to what it is now; raise 404 if there is neither."""
    seen = view()
    try:
        node = NamedNode(iri)
    except ValueError:
        raise HttpError(404, f"{request.path} is no identifier") from None
    if next(seen.store.quads_for_pattern(node, None, None, None), None) is None:
        return gone.elsewhere(iri, seen, lambda now: _address(now, place, suffix))
    moved = next(seen.store.quads_for_pattern(node, _SAME, None, NamedNode(f"{seen.base}graph/identity")), None)
    if moved is not None and isinstance(moved.object, NamedNode):
        now = moved.object.value
        return now, redirect(_address(now, place, suffix), 301)  # type: ignore[return-value]
    if place == "page" and links().kind(iri) == "document":
        return iri, redirect(links().page(iri), 301)  # type: ignore[return-value]
    return iri, None


def _address(iri: str, place: str, suffix: str) -> str:
    """Return the path of a thing: its identifier, its page, or its data in a format."""
    if place == "identifier":
        return links().identifier(iri)
    return links().page(iri) if place == "page" else links().data(iri, suffix)


def _page(iri: str, seen: View) -> Response:
    kind = links().kind(iri)
    if kind == "film" and not request.args.get("section"):
        return film_page(iri, seen)
    return thing_page(iri, seen) if excerpts.is_entity(iri, seen.base) else statement_page(iri, seen)


def _linked(iri: str, paths: Links) -> Iterator[tuple[str, str]]:
    """Yield the Link headers that tell programs what this thing is and where its data are (FAIR Signposting)."""
    yield "Link", f'<{iri}>; rel="cite-as"'
    for one in (TURTLE, JSON_LD, N_TRIPLES, RDF_XML):
        yield "Link", f'<{paths.data(iri, one.name)}>; rel="describedby"; type="{one.media_type}"'
    if not excerpts.is_entity(iri, paths.base) and view().statements.one(iri) is not None:
        for form, _ in CITATIONS.values():
            yield "Link", f'<{paths.citation(iri, form.name)}>; rel="describedby"; type="{form.media_type}"'
    types = {
        quad.object.value
        for quad in view().store.quads_for_pattern(NamedNode(iri), _TYPE, None)
        if isinstance(quad.object, NamedNode)
    }
    for name in sorted(types):
        yield "Link", f'<{name}>; rel="type"'
    yield "Link", f'<{paths("/void.ttl")}>; rel="collection"; type="text/turtle"'
