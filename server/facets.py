"""What films can be browsed by: genres, countries, languages and years, each with the number of films that have it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelgraph.ontology import ONTOLOGY, PROLOGUE
from reelgraph.server.lists import FILTERS, films
from reelgraph.server.view import View

_COUNTED = (
    PROLOGUE
    + """SELECT ?value (COUNT(DISTINCT ?film) AS ?count) WHERE {
  GRAPH ?source { ?film {property} ?value } FILTER(isIRI(?value) && ?source != <{base}graph/vocabulary>)
} GROUP BY ?value"""
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing films can be narrowed by: the parameter's value, its name, and how many films have it."""

    value: str
    name: str
    films: int


def facets(seen: View) -> Mapping[str, Sequence[Facet]]:
    """Return the values of each parameter of the list of films, the frequent ones first, years in order; to be kept."""
    found = {name: _values(property_name, scheme, seen) for name, (property_name, scheme) in FILTERS.items()}
    years = Counter(film.year for film in seen.kept(films) if film.year)
    return {**found, "year": [Facet(year, year, years[year]) for year in sorted(years)]}


def _values(property_name: str, scheme: str, seen: View) -> list[Facet]:
    query = _COUNTED.replace("{base}", seen.base).replace("{property}", property_name)
    space = f"{ONTOLOGY}/{scheme}#"
    found = [
        Facet(iri.removeprefix(space), seen.name(iri), int(count))
        for iri, count in seen.rows(query)
        if iri.startswith(space)
    ]
    return sorted(found, key=lambda one: (-one.films, one.name))
