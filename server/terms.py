"""What the graph and the queries make of the ontology's terms: a real fact with each, and the queries that use it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pyoxigraph import NamedNode, Quad

from reelgraph.excerpts import is_entity
from reelgraph.ontology import curie, term
from reelgraph.ontology.documentation import reference
from reelgraph.queries import Query, catalogue
from reelgraph.server.statements import Statement
from reelgraph.server.view import View

_TYPE = term("rdf:type")
_SUBJECT, _PREDICATE = term("rdf:subject"), term("rdf:predicate")
_EVIDENCE = term("film:evidence")
#: Triples of a term that are looked at for one whose fact has words.
_MOST = 40
_CURIE = re.compile(r"(?<![\w:<])[a-z]+:[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Use:
    """How a term is used: by a fact that has words, if there is one, or else a thing; and by canned queries."""

    fact: Statement | None
    thing: str
    queries: tuple[Query, ...]


def uses(seen: View) -> Mapping[str, Use]:
    """Return how each term is used, by its IRI; for `View.kept`."""
    known, queries = reference(), _queries(seen.base)
    terms = (*known.classes, *known.properties, *known.statuses, *known.reused)
    return {one.iri: Use(*_example(one.iri, seen), queries.get(one.curie, ())) for one in terms}


@cache
def _queries(base: str) -> Mapping[str, tuple[Query, ...]]:
    """Return the canned queries that use each term, by its prefixed name."""
    found: dict[str, list[Query]] = {}
    for query in catalogue(base).values():
        for name in sorted(set(_CURIE.findall(query.body))):
            found.setdefault(name, []).append(query)
    return {name: tuple(ones) for name, ones in found.items()}


def _example(iri: str, seen: View) -> tuple[Statement | None, str]:
    """Return a fact of a source that has a class, property or status, and words; else a thing that has it."""
    node = NamedNode(iri)
    is_value = curie(iri).partition(":")[2][:1].isupper()
    pattern = (None, None, node) if is_value else (None, node, None)
    said = [one for one in islice(seen.store.quads_for_pattern(*pattern), _MOST) if _is_said(one, seen)]
    facts = (fact for quad in said for iri in _nodes(quad, seen) if (fact := seen.statements.one(iri)) is not None)
    fact = next((fact for fact in facts if fact.passages), None)
    things = [one.subject.value for one in said if isinstance(one.subject, NamedNode)] if fact is None else []
    return fact, next((thing for thing in things if is_entity(thing, seen.base)), "")


def _is_said(quad: Quad, seen: View) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{seen.base}document/")


def _nodes(quad: Quad, seen: View) -> Iterator[str]:
    """Yield what may be the fact a triple is from: its subject, its object, a claim, what rests on the evidence."""
    for node in (quad.subject, quad.object):
        if isinstance(node, NamedNode) and node.value.startswith(seen.base):
            yield node.value
    for claim in seen.store.quads_for_pattern(None, _SUBJECT, quad.subject, quad.graph_name):
        if isinstance(claim.subject, NamedNode) and _is_of(claim.subject, quad.predicate, seen):
            yield claim.subject.value
    if isinstance(quad.subject, NamedNode):
        evidence = NamedNode(quad.subject.value.partition("#")[0])
        for fact in islice(seen.store.quads_for_pattern(None, _EVIDENCE, evidence), 1):
            if isinstance(fact.subject, NamedNode):
                yield fact.subject.value


def _is_of(claim: NamedNode, predicate: NamedNode, seen: View) -> bool:
    return next(seen.store.quads_for_pattern(claim, _PREDICATE, predicate), None) is not None
