"""The page on which people take a thing apart: what a film or document calls so, or all from a year on, is another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, request

from reelgraph.judgements import Judgement
from reelgraph.server import namesakes
from reelgraph.server.deciding import judged
from reelgraph.server.namesakes import KINDS
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, page, settings
from reelgraph.server.view import View, view

blueprint = Blueprint("splitting", __name__)

#: Films and documents that may be chosen.
_MOST = 200
_FILMS = """
PREFIX schema: <https://schema.org/> PREFIX film: <https://w3id.org/reelgraph/ontology#>
SELECT DISTINCT ?film WHERE {{ ?node ?property <{iri}> ; film:evidence ?evidence . ?film ?link ?node ; a schema:Movie }}
ORDER BY ?film LIMIT {most}
"""
_SOURCES = """
PREFIX film: <https://w3id.org/reelgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT ?source WHERE {{
  {{ ?node ?property <{iri}> }} UNION {{ <{iri}> ?link ?node }}
  ?node film:evidence/oa:hasSource ?source
}} ORDER BY ?source LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to take a thing apart: the second IRI of the decision, and which of the two it means, in words."""

    other: str
    words: str
    #: The page of the film or document it is about, and what to call that; empty for a year.
    link: str = ""
    name: str = ""


def register(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/resolve/split")
def split() -> Response:
    """Show a thing with its words, and the ways to take it apart."""
    seen, iri = view(), request.args.get("of", "")
    kind = links().kind(iri)
    if kind not in KINDS or not seen.has_name(iri):
        raise HttpError(404, f"there is no {', '.join(KINDS[:-1])} or {KINDS[-1]} {iri!r} that could be two")
    answer = page(
        "split.html",
        view=seen,
        side=namesakes.side(seen, iri),
        kind=kind,
        groups=[(title, choices) for title, choices in _groups(seen, iri, kind) if choices],
        can_write=bool(settings().tokens),
        state=request.args.get("state", ""),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _groups(seen: View, iri: str, kind: str) -> Iterator[tuple[str, Sequence[Choice]]]:
    """Yield the ways to take a thing apart, by what tells the two."""
    yield "Take back that they are one", list(_taken_back(seen, iri, judged()))
    films = [] if kind == "film" else [row[0] for row in seen.rows(_FILMS.format(iri=iri, most=_MOST))]
    if kind == "person":
        yield "From a year on", list(_years(seen, iri, films))
    if len(films) > 1:
        yield "By a film", [Choice(film, f"the {kind} of", links().page(film), seen.title(film)) for film in films]
    documents = [row[0] for row in seen.rows(_SOURCES.format(iri=iri, most=_MOST))]
    if len(documents) > 1:
        named = ((one, seen.source(one).name) for one in documents)
        yield "By a document", [Choice(one, f"the {kind} in", links().page(one), name) for one, name in named]


def _taken_back(seen: View, iri: str, decided: Sequence[Judgement]) -> Iterator[Choice]:
    """Yield the things that people decided to be this one, if that was not taken back."""
    last = {frozenset((one.one, one.other)): one for one in decided}
    for one in last.values():
        if one.same and iri in (one.one, one.other):
            other = one.other if one.one == iri else one.one
            if not seen.has_name(other):
                yield Choice(other, "what was called", name=links().rest(other))


def _years(seen: View, iri: str, films: Sequence[str]) -> Iterator[Choice]:
    """Yield each year of a person's films but the first, as that from which on it is another person."""
    given = {seen.preferred(film, "film:year") for film in films}
    for year in sorted(int(one) for one in given if one.isdecimal())[1:]:
        yield Choice(f"{iri}-{year}", f"the person of all films from {year} on")
