"""How much there is of everything: counted once for a snapshot, for it takes a look at every triple."""

from collections.abc import Mapping
from dataclasses import dataclass

from reelgraph.ontology import term
from reelgraph.server.view import View

_CLASSES = """SELECT ?name (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  GRAPH ?graph { ?thing a ?name } FILTER(?graph != <{base}graph/vocabulary>)
} GROUP BY ?name ORDER BY ?name"""
_PROPERTIES = """SELECT ?name (COUNT(*) AS ?count) WHERE {
  GRAPH ?graph { ?subject ?name ?object } FILTER(?graph != <{base}graph/vocabulary>)
} GROUP BY ?name ORDER BY ?name"""
_SOURCES = f"""SELECT ?source (COUNT(?fact) AS ?count) WHERE {{
  GRAPH ?source {{ ?fact {term("film:status")} ?status }}
}} GROUP BY ?source"""


@dataclass(frozen=True, slots=True)
class Census:
    """Things of each class, triples of each property, facts of each source."""

    classes: Mapping[str, int]
    properties: Mapping[str, int]
    sources: Mapping[str, int]

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return sum(self.sources.values())

    @property
    def triples(self) -> int:
        """How many triples there are."""
        return sum(self.properties.values())

    def uses(self, iri: str) -> int:
        """Return how often a class or property is used."""
        return self.classes.get(iri, 0) or self.properties.get(iri, 0)


def census(seen: View) -> Census:
    """Return the numbers of a snapshot; for `View.kept`."""
    return Census(*(_counts(query, seen) for query in (_CLASSES, _PROPERTIES, _SOURCES)))


def _counts(query: str, seen: View) -> Mapping[str, int]:
    return {name: int(count) for name, count in seen.rows(query.replace("{base}", seen.base))}
