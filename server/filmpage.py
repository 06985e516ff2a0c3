"""The page of a film: what film people look for first, then everything else that sources say."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Response, request
from pyoxigraph import NamedNode

from reelgraph.ontology import ONTOLOGY, term
from reelgraph.server.causes import Known, causes, known
from reelgraph.server.identifiers import identifiers
from reelgraph.server.layouts import layouts
from reelgraph.server.mentions import mentions, told
from reelgraph.server.rendering import links, page, parts
from reelgraph.server.sections import Row, Section, sections
from reelgraph.server.statements import Statement, Value
from reelgraph.server.view import Dispute, Source, View

#: Kinds of facts that the head of the page shows.
_HEAD = frozenset(("same-as", "image"))
#: Certificates everybody knows.
_CERTIFICATES = frozenset(("G", "PG", "PG-13", "R", "NC-17"))
#: Facts of other films that name this one, up to so many of a kind.
_MOST = 100
_ABOUT = term("schema:about")


@dataclass(frozen=True, slots=True)
class Contest:
    """One thing on which sources differ: its values, each with the facts that give it, and why they may."""

    anchor: str
    property: str
    values: tuple[tuple[Dispute, tuple[Statement, ...]], ...]
    causes: tuple[str, ...] = ()


def film_page(iri: str, seen: View) -> Response:
    """Return the page of a film; with `?without=` and the IRI of a source, as it is without that source."""
    without = frozenset(one for one in request.args.getlist("without") if one)
    everything = seen.statements.about(iri)
    statements = [statement for statement in everything if statement.source not in without]
    contests = _contests(seen.disputes(iri), {statement.iri: statement for statement in statements}, known(iri, seen))
    if without:
        contests = [contest for contest in map(_left, contests) if len(contest.values) > 1]
    disputed = {
        statement.iri: contest.anchor for contest in contests for _, said in contest.values for statement in said
    }
    found = [section for section in sections(statements, disputed) if section.layout.kind not in _HEAD]
    by_kind = {section.layout.kind: section for section in found}
    return page(
        "film.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        name=seen.name(iri),
        year=_kept(seen.preferred(iri, "film:year"), "year", statements, without),
        minutes=_kept(seen.preferred(iri, "film:runtimeMinutes"), "minutes", statements, without),
        lead=_lead(by_kind),
        overview=[section for section in found if section.layout.shape == "fact"],
        parts=[section for section in found if section.layout.shape != "fact"],
        contests=contests,
        silent=[layout.title for kind, layout in layouts().items() if layout.expected and kind not in by_kind],
        elsewhere=told(mentions(iri, seen, links())[0], seen, _MOST, without),
        sources=[one for one in _sources(iri, statements, seen) if one[0].iri not in without],
        without=sorted((seen.source(one) for one in without if _is_iri(one)), key=lambda one: one.name),
        fallen=len(everything) - len(statements),
        identifiers=identifiers(iri, statements, seen),
        statements=len(statements),
        linked_data=json_ld(iri, by_kind, seen),
    )


def json_ld(iri: str, by_kind: Mapping[str, Section], seen: View) -> str:
    """Return the film as schema.org JSON-LD for search engines, safe inside a script element."""
    minutes = seen.preferred(iri, "film:runtimeMinutes")
    content: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Movie",
        "@id": iri,
        "name": seen.name(iri),
        "datePublished": seen.preferred(iri, "film:year"),
        "duration": f"PT{minutes}M" if minutes else "",
        "director": [{"@type": "Person", "@id": one.iri, "name": one.text} for one in _with_job(by_kind, "director")],
        "actor": [
            {"@type": "Person", "@id": one.iri, "name": one.text} for one in _column(by_kind, "cast", "person")[:20]
        ],
        "genre": [one.text for one in _column(by_kind, "genre", "genre")],
    }
    text = json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _kept(preferred: str, name: str, statements: Sequence[Statement], without: frozenset[str]) -> str:
    """Return a preferred value, or what most of the sources say that are left if one was switched off."""
    if not without:
        return preferred
    said = Counter(
        value.text for one in statements if one.status == "actual" and (value := one.first(name)) is not None
    )
    return preferred if preferred in said else max(said, key=lambda one: (said[one], one), default="")


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _lead(by_kind: Mapping[str, Section]) -> dict[str, list[Value]]:
    """Return what a film is called by in one breath: directors, actors, genres, countries, languages, certificate."""
    ratings = _column(by_kind, "content-rating", "rating")
    return {
        "directors": _with_job(by_kind, "director"),
        "actors": _column(by_kind, "cast", "person")[:4],
        "genres": _column(by_kind, "genre", "genre"),
        "countries": _column(by_kind, "country", "country"),
        "languages": _column(by_kind, "language", "language"),
        "certificate": [value for value in ratings if value.text in _CERTIFICATES][:1] or ratings[:1],
    }


def _column(by_kind: Mapping[str, Section], kind: str, name: str) -> list[Value]:
    """Return a field of each row that is so, the most stated first."""
    section = by_kind.get(kind)
    rows = (row for row in (section.rows if section is not None else ()) if row.status == "actual")
    return [value for row in rows if (value := _said(row, name)) is not None]


def _said(row: Row, name: str) -> Value | None:
    return next((value for statement in row.statements if (value := statement.first(name)) is not None), None)


def _with_job(by_kind: Mapping[str, Section], job: str) -> list[Value]:
    """Return the people most sources credit with a job; a name only few give is left to the tables."""
    crew = by_kind.get("credit")
    rows = [
        row
        for row in (crew.rows if crew is not None else ())
        if row.status == "actual" and statement_job(row.statements[0]) == job
    ]
    most = max((row.sources for row in rows), default=0)
    return [value for row in rows if 2 * row.sources >= most and (value := _said(row, "agent")) is not None]


def statement_job(statement: Statement) -> str:
    """Return the notation of the job in a credit."""
    value = statement.first("role")
    return value.iri.removeprefix(f"{ONTOLOGY}/jobs#") if value is not None else ""


def _contests(disputes: Sequence[Dispute], statements: Mapping[str, Statement], film: Known) -> list[Contest]:
    found = []
    for place, (name, group) in enumerate(groupby(disputes, key=lambda one: one.property)):
        values = [(one, tuple(statements[iri] for iri in one.statements if iri in statements)) for one in group]
        why = causes(name, tuple(one.value for one, _ in values), film)
        found.append(Contest(f"differs-{place + 1}", name, tuple(values), why))
    return found


def _left(contest: Contest) -> Contest:
    """Return what is left of a contest when its values without facts are taken away."""
    counted = (
        (replace(one, sources=len({fact.source for fact in said})), said) for one, said in contest.values if said
    )
    return replace(contest, values=tuple(counted))


def _sources(iri: str, statements: Sequence[Statement], seen: View) -> list[tuple[Source, int]]:
    """Return the documents that are about a film or say something of it, with the number of facts of each."""
    graph = NamedNode(f"{seen.base}graph/sources")
    about = (quad.subject for quad in seen.store.quads_for_pattern(None, _ABOUT, NamedNode(iri), graph))
    counts = {node.value: 0 for node in about if isinstance(node, NamedNode)}
    for statement in statements:
        if statement.source:
            counts[statement.source] = counts.get(statement.source, 0) + 1
    found = [(seen.source(source), count) for source, count in counts.items()]
    return sorted(found, key=lambda one: (-one[1], one[0].name, one[0].iri))
