"""The ontology on the web: as a page to read, as Turtle and as JSON-LD; so its IRIs lead somewhere."""

import pyoxigraph
from flask import Blueprint, Response, request

from reelgraph.ontology import ONTOLOGY, SCHEMES, path
from reelgraph.ontology.documentation import reference
from reelgraph.server.census import census
from reelgraph.server.lists import used
from reelgraph.server.negotiate import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format, choose, listing
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page
from reelgraph.server.serializers import GRAPH_FORMATS
from reelgraph.server.statementpage import sentence
from reelgraph.server.terms import uses
from reelgraph.server.view import view

blueprint = Blueprint("schema", __name__)

_OFFERS = (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_SUFFIXES = {one.name: one for one in _OFFERS[1:]}


@blueprint.get("/ontology")
def ontology() -> Response:
    """Show the ontology."""
    return _chosen("film")


@blueprint.get("/ontology.<suffix>")
def ontology_file(suffix: str) -> Response:
    """Send the ontology in a format; `context.jsonld` is its JSON-LD context."""
    return _file("film", suffix)


@blueprint.get("/ontology/<name>")
def scheme(name: str) -> Response:
    """Show a concept scheme, such as the jobs."""
    stem, _, suffix = name.partition(".")
    if name == "context.jsonld":
        return Response(path(name).read_bytes(), mimetype="application/ld+json")
    if stem not in SCHEMES:
        raise HttpError(404, f"there is no concept scheme {stem}; there are {', '.join(SCHEMES)}")
    return _file(stem, suffix) if suffix else _chosen(stem)


def _chosen(name: str) -> Response:
    choice = choose(request.headers.get("Accept"), _OFFERS)
    if choice is None:
        formats = [one.media_type for one in _OFFERS]
        raise HttpError(406, f"the ontology can be had as {listing(_OFFERS)}", extra={"formats": formats})
    wanted = choice.format
    answer = lasting(lambda: _page(name) if wanted is HTML else _rdf(name, wanted), wanted.name)
    answer.headers["Vary"] = "Accept"
    return answer


def _file(name: str, suffix: str) -> Response:
    wanted = _SUFFIXES.get(suffix)
    if wanted is None:
        raise HttpError(404, f"the ontology can be had as {listing(_SUFFIXES.values())}")
    return lasting(lambda: _rdf(name, wanted))


def _rdf(name: str, wanted: Format) -> Response:
    source = path(f"{name}.ttl")
    if wanted is TURTLE:
        body = source.read_bytes()
    else:
        triples = (quad.triple for quad in pyoxigraph.parse(path=source))
        body = pyoxigraph.serialize(triples, format=GRAPH_FORMATS[wanted.name]) or b""
    return Response(body, content_type=f"{wanted.media_type}; charset=utf-8")


def _page(name: str) -> Response:
    known = reference()
    address = ONTOLOGY if name == "film" else f"{ONTOLOGY}/{name}"
    if name != "film":
        chosen = next(one for one in known.schemes if one.name == name)
        labels = {concept.iri: concept.label for concept in chosen.concepts}
        answer = page("scheme.html", scheme=chosen, labels=labels, used=used(name, view()))
    else:
        seen = view()
        answer = page(
            "ontology.html",
            reference=known,
            census=seen.kept(census),
            uses=seen.kept(uses),
            sentence=sentence,
            view=seen,
        )
    answer.headers.extend(
        ("Link", f'<{links().page(address)}.{one.name}>; rel="alternate"; type="{one.media_type}"')
        for one in _OFFERS[1:]
    )
    return answer
