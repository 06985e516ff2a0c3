"""What may be the same thing: pairs for people to judge, from the names and identifiers in a snapshot."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from reelgraph import excerpts, iris
from reelgraph.identity import Entity, Homonym, Resolution
from reelgraph.judgements import Judgement
from reelgraph.names import title_key
from reelgraph.ontology import term
from reelgraph.proposals import Proposal, proposals
from reelgraph.server import properties
from reelgraph.server.view import View

KINDS = ("film", "person", "organization", "award")
#: Values of a property and quotes that a side shows.
_VALUES, _QUOTES = 8, 3
_SHOWN = ("year", "director", "cast", "acted-in", "worked-on", "made", "country", "other-name")
_WORDS = """
PREFIX film: <https://w3id.org/reelgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT ?quote ?source ?evidence ?start WHERE {{
  {{ ?node ?property <{iri}> }} UNION {{ <{iri}> ?link ?node }}
  ?node film:evidence ?evidence . ?evidence oa:hasSource ?source ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL {{ ?evidence oa:hasSelector/oa:start ?start }}
}} ORDER BY ?source ?quote LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words about a thing: the document they are in, the evidence, and where they begin if that is known."""

    text: str
    source: str
    evidence: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one: what tells it from others, and words about it."""

    iri: str
    name: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    ids: tuple[str, ...]
    quotes: tuple[Quote, ...]


_found: WeakKeyDictionary[View, Sequence[Proposal]] = WeakKeyDictionary()
_lock = threading.Lock()


def pairs(seen: View, judged: Sequence[Judgement], kinds: Sequence[str] = KINDS) -> list[Proposal]:
    """Return the pairs of a snapshot that nobody has judged, the most alike first."""
    with _lock:
        known = _found.get(seen)
        if known is None:
            known = _found[seen] = proposals(_resolution(seen), (), KINDS)
    decided = {frozenset((one.one, one.other)) for one in judged}
    return [one for one in known if one.kind in kinds and frozenset((one.one, one.other)) not in decided]


def side(seen: View, iri: str) -> Side:
    """Return what there is to see of a thing."""
    kind = excerpts.kind(iri, seen.base)
    shown = [one for one in properties.of_kind(kind) if one.id in _SHOWN]
    facts = [(one.name, tuple(text for _, text in properties.values(seen, iri, one))[:_VALUES]) for one in shown]
    quotes = (
        Quote(text, source, evidence, int(start) if start else None)
        for text, source, evidence, start in seen.rows(_WORDS.format(iri=iri, most=_QUOTES))
    )
    ids = sorted({value for value in _ids(seen, iri) if not value.startswith("http")})
    return Side(iri, seen.name(iri), tuple(fact for fact in facts if fact[1]), tuple(ids), tuple(quotes))


def _ids(seen: View, iri: str) -> Iterator[str]:
    for quad in seen.store.quads_for_pattern(NamedNode(iri), term("schema:identifier"), None):
        if isinstance(quad.object, Literal):
            yield quad.object.value


def _resolution(seen: View) -> Resolution:
    """Return the things of a snapshot with their names, years and identifiers, and those of one name."""
    graph = NamedNode(f"{seen.base}graph/preferred")
    ids: dict[str, set[str]] = defaultdict(set)
    for quad in seen.store.quads_for_pattern(None, term("schema:identifier"), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            ids[quad.subject.value].add(quad.object.value)
    entities: dict[str, Entity] = {}
    for quad in seen.store.quads_for_pattern(None, term("rdfs:label"), None, graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            iri = quad.subject.value
            kind = excerpts.kind(iri, seen.base)
            if kind in KINDS:
                year = seen.preferred(iri, "film:year") if kind == "film" else ""
                known = tuple(sorted(ids.get(iri, ())))
                entities[iri] = Entity(kind, quad.object.value, int(year) if year.isdecimal() else None, known)
    return Resolution(seen.base, entities, homonyms=tuple(_homonyms(entities)))


def _homonyms(entities: dict[str, Entity]) -> Iterator[Homonym]:
    """Yield the things of one name, films of one year."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for iri, one in entities.items():
        name = title_key(one.label) if one.kind == "film" else " ".join(iris.words(one.label))
        groups[one.kind, name, one.year].append(iri)
    for same in groups.values():
        if len(same) > 1:
            same.sort()
            first = entities[same[0]]
            yield Homonym(first.label, tuple(same), tuple(entities[iri].year for iri in same), _reason(first))


def _reason(one: Entity) -> str:
    if one.kind == "film":
        return "one year" if one.year is not None else "no year"
    return "too little in common to be taken for one"
