"""The page of a film: what film people look for first, then everything else that sources say."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Response
from pyoxigraph import NamedNode

from reelgraph.ontology import ONTOLOGY, term
from reelgraph.server import structured
from reelgraph.server.causes import known
from reelgraph.server.contests import contests
from reelgraph.server.identifiers import identifiers
from reelgraph.server.layouts import layouts
from reelgraph.server.mentions import mentions, told
from reelgraph.server.rendering import links, page, parts
from reelgraph.server.sections import Row, Section, sections
from reelgraph.server.statements import Statement, Value
from reelgraph.server.view import Source, View
from reelgraph.server.without import Without, switched_off

#: Kinds of facts that the head of the page shows.
_HEAD = frozenset(("same-as", "image"))
#: Certificates everybody knows.
_CERTIFICATES = frozenset(("G", "PG", "PG-13", "R", "NC-17"))
#: Facts of other films that name this one, up to so many of a kind.
_MOST = 100
_ABOUT = term("schema:about")


def film_page(iri: str, seen: View) -> Response:
    """Return the page of a film, as it is without the sources that the request switches off."""
    off = switched_off()
    everything = seen.statements.about(iri)
    statements = off.left(everything)
    by_iri = {statement.iri: statement for statement in statements}
    differing = contests(seen.disputes(iri), by_iri, known(iri, seen), off)
    disputed = {
        statement.iri: contest.anchor for contest in differing for _, said in contest.values for statement in said
    }
    found = [section for section in sections(statements, disputed) if section.layout.kind not in _HEAD]
    by_kind = {section.layout.kind: section for section in found}
    year = _kept(seen.preferred(iri, "film:year"), "year", statements, off)
    minutes = _kept(seen.preferred(iri, "film:runtimeMinutes"), "minutes", statements, off)
    lead = _lead(by_kind)
    return page(
        "film.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        name=seen.name(iri),
        year=year,
        minutes=minutes,
        lead=lead,
        overview=[section for section in found if section.layout.shape == "fact"],
        parts=[section for section in found if section.layout.shape != "fact"],
        contests=differing,
        silent=[layout.title for kind, layout in layouts().items() if layout.expected and kind not in by_kind],
        elsewhere=told(mentions(iri, seen, links(), off).found, seen, _MOST),
        sources=_sources(iri, statements, seen, off),
        without=off,
        fallen=sum(bool(one.iri) for one in everything) - sum(bool(one.iri) for one in statements),
        identifiers=identifiers(iri, statements, seen),
        statements=sum(bool(one.iri) for one in statements),
        linked_data=structured.film(iri, seen.name(iri), year, minutes, lead),
    )


def _kept(preferred: str, name: str, statements: Sequence[Statement], off: Without) -> str:
    """Return a preferred value, or what most of the sources say that are left if one was switched off."""
    if not off:
        return preferred
    said = Counter(
        value.text for one in statements if one.status == "actual" and (value := one.first(name)) is not None
    )
    return preferred if preferred in said else max(said, key=lambda one: (said[one], one), default="")


def _lead(by_kind: Mapping[str, Section]) -> dict[str, list[Value]]:
    """Return what a film is called by in one breath: directors, actors, genres, countries, languages, certificate."""
    ratings = _column(by_kind, "content-rating", "rating")
    return {
        "directors": _with_job(by_kind, "director"),
        "actors": _most_stated(by_kind, "cast", "person"),
        "genres": _column(by_kind, "genre", "genre"),
        "countries": _column(by_kind, "country", "country"),
        "languages": _column(by_kind, "language", "language"),
        "certificate": [value for value in ratings if value.text in _CERTIFICATES][:1] or ratings[:1],
    }


def _column(by_kind: Mapping[str, Section], kind: str, name: str) -> list[Value]:
    """Return a field of each row that is so, in the order of the section."""
    return [value for row in _actual(by_kind, kind) if (value := _said(row, name)) is not None]


def _most_stated(by_kind: Mapping[str, Section], kind: str, name: str) -> list[Value]:
    """Return a field of each row that is so, that of most sources first."""
    rows = sorted(_actual(by_kind, kind), key=lambda row: -row.sources)
    return [value for row in rows if (value := _said(row, name)) is not None]


def _actual(by_kind: Mapping[str, Section], kind: str) -> list[Row]:
    section = by_kind.get(kind)
    return [row for row in (section.rows if section is not None else ()) if row.status == "actual"]


def _said(row: Row, name: str) -> Value | None:
    return next((value for statement in row.statements if (value := statement.first(name)) is not None), None)


def _with_job(by_kind: Mapping[str, Section], job: str) -> list[Value]:
    """Return the people most sources credit with a job; a name only few give is left to the tables."""
    crew = by_kind.get("credit")
    rows = [
        row
        for row in (crew.rows if crew is not None else ())
        if row.status == "actual" and _job(row.statements[0]) == job
    ]
    most = max((row.sources for row in rows), default=0)
    return [value for row in rows if 2 * row.sources >= most and (value := _said(row, "agent")) is not None]


def _job(statement: Statement) -> str:
    """Return the notation of the job in a credit."""
    value = statement.first("role")
    return value.iri.removeprefix(f"{ONTOLOGY}/jobs#") if value is not None else ""


def _sources(iri: str, statements: Sequence[Statement], seen: View, off: Without) -> list[tuple[Source, int]]:
    """Return the documents that are about a film or say something of it, with the number of facts of each."""
    graph = NamedNode(f"{seen.base}graph/sources")
    about = (quad.subject for quad in seen.store.quads_for_pattern(None, _ABOUT, NamedNode(iri), graph))
    counts = {node.value: 0 for node in about if isinstance(node, NamedNode)}
    for statement in statements:
        if statement.source:
            counts[statement.source] = counts.get(statement.source, 0) + bool(statement.iri)
    found = [(seen.source(source), count) for source, count in counts.items() if source not in off]
    return sorted(found, key=lambda one: (-one[1], one[0].name, one[0].iri))
