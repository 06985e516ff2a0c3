"""Lists of what a snapshot has: films, documents, disagreements, and how much of everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from reelgraph import iris
from reelgraph.ontology import ONTOLOGY, PREFIXES, concepts
from reelgraph.server.causes import causes, known
from reelgraph.server.search import index
from reelgraph.server.view import Source, View

_PREFIXES = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
_DOCUMENTS_ABOUT = (
    _PREFIXES
    + """SELECT ?film (COUNT(?document) AS ?count) WHERE {
  GRAPH <{base}graph/sources> { ?document schema:about ?film ; film:start ?start }
} GROUP BY ?film"""
)
_FACTS = _PREFIXES + "SELECT (COUNT(?fact) AS ?count) WHERE { ?fact film:status ?status }"
_PASSAGES = _PREFIXES + "SELECT (COUNT(?passage) AS ?count) WHERE { ?passage oa:hasSource ?source }"
_SOURCES = (
    _PREFIXES
    + """SELECT ?document ?file ?start WHERE {
  GRAPH <{base}graph/sources> { ?document film:file ?file . OPTIONAL { ?document film:start ?start } }
}"""
)
_FACTS_BY_SOURCE = (
    _PREFIXES
    + """SELECT ?source (COUNT(?fact) AS ?count) WHERE {
  GRAPH ?source { ?fact film:status ?status }
} GROUP BY ?source"""
)
_DISPUTED = (
    _PREFIXES
    + """SELECT ?film ?property ?value ?sources ?chosen WHERE {
  GRAPH <{base}graph/preferred> {
    ?film film:disagreement ?one .
    ?one film:disputedProperty ?property ; film:disputedValue ?value ; film:sourceCount ?sources ; film:chosen ?chosen
  }
}"""
)
_HAVING = (
    _PREFIXES
    + """SELECT DISTINCT ?film WHERE {
  GRAPH ?source { ?film {property} <{value}> } FILTER(?source != <{base}graph/vocabulary>)
}"""
)
_USED = (
    _PREFIXES
    + """SELECT DISTINCT ?value WHERE {
  GRAPH ?source { ?film {property} ?value } FILTER(isIRI(?value) && ?source != <{base}graph/vocabulary>)
}"""
)
#: What the list of films can be narrowed by: parameter -> property and concept scheme.
FILTERS: Mapping[str, tuple[str, str]] = {
    "genre": ("schema:genre", "genres"),
    "country": ("schema:countryOfOrigin", "territories"),
    "language": ("schema:inLanguage", "languages"),
}
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Filmed:
    """A film of a list, with the number of documents about it."""

    iri: str
    title: str
    year: str
    documents: int
    sort_title: str


@dataclass(frozen=True, slots=True)
class Quarrel:
    """One thing of a film on which sources differ: values with the number of sources, the chosen first, and why."""

    film: str
    property: str
    values: tuple[tuple[str, int, bool], ...]
    causes: tuple[str, ...] = ()


_films: WeakKeyDictionary[View, list[Filmed]] = WeakKeyDictionary()


def films(seen: View) -> list[Filmed]:
    """Return all films, those most documents are about first."""
    found = _films.get(seen)
    if found is None:
        counts = {film: int(count) for film, count in seen.rows(_based(_DOCUMENTS_ABOUT, seen))}
        found = [_film(iri, counts.get(iri, 0), seen) for iri in index(seen).of_kind("film")]
        found.sort(key=lambda film: (-film.documents, film.sort_title, film.year, film.iri))
        _films[seen] = found
    return found


def having(name: str, notation: str, seen: View) -> tuple[str, set[str]]:
    """Return the name of a genre, country or language by its notation, and the films that some source says have it."""
    property_name, scheme = FILTERS[name]
    concept = concepts(scheme).by_iri(f"{ONTOLOGY}/{scheme}#{notation}")
    if concept is None:
        return notation, set()
    query = _based(_HAVING, seen).replace("{property}", property_name).replace("{value}", concept.iri)
    return concept.label, {row[0] for row in seen.rows(query)}


def used(scheme: str, seen: View) -> set[str]:
    """Return the IRIs of the genres, countries or languages that some film has."""
    names = [name for name, own in FILTERS.values() if own == scheme]
    queries = [_based(_USED, seen).replace("{property}", name) for name in names]
    return {row[0] for query in queries for row in seen.rows(query)}


def documents(seen: View) -> list[tuple[Source, int]]:
    """Return all documents with the number of facts of each, by file; those found in a file after it."""
    counts = {source: int(count) for source, count in seen.rows(_FACTS_BY_SOURCE)}
    found = seen.rows(_based(_SOURCES, seen))
    keys = {iri: (file, _file(iri, seen), int(start or -1), iri) for iri, file, start in found}
    ordered = sorted(keys, key=lambda iri: keys[iri])
    return [(seen.source(iri), counts.get(iri, 0)) for iri in ordered]


def quarrels(seen: View) -> list[Quarrel]:
    """Return all things on which sources differ, by film."""
    groups: dict[tuple[str, str], list[tuple[str, int, bool]]] = {}
    for film, name, value, sources, chosen in seen.rows(_based(_DISPUTED, seen)):
        groups.setdefault((film, name), []).append((value, int(sources), chosen == "true"))
    ordered = sorted(groups, key=lambda key: (_sort_title(seen.name(key[0])), key))
    return [_quarrel(film, name, groups[film, name], seen) for film, name in ordered]


def numbers(seen: View) -> Sequence[tuple[str, int, str]]:
    """Return how much there is of what: name, number, and where it is listed."""
    counts = index(seen).counts()
    facts = sum(int(row[0]) for row in seen.rows(_FACTS))
    passages = sum(int(row[0]) for row in seen.rows(_PASSAGES))
    return (
        ("films", counts.get("film", 0), "/films"),
        ("people", counts.get("person", 0), ""),
        ("facts", facts, ""),
        ("cited passages", passages, ""),
        ("files", len(seen.snapshot.manifest.documents), "/sources"),
    )


def _quarrel(film: str, name: str, values: list[tuple[str, int, bool]], seen: View) -> Quarrel:
    ordered = tuple(sorted(values, key=lambda one: (not one[2], -one[1], one[0])))
    return Quarrel(film, name, ordered, causes(name, tuple(one[0] for one in ordered), known(film, seen)))


def _film(iri: str, count: int, seen: View) -> Filmed:
    title = seen.name(iri)
    return Filmed(iri, title, seen.preferred(iri, "film:year"), count, _sort_title(title))


def _sort_title(title: str) -> str:
    """Return what a title sorts by: without accents and its first article."""
    folded = iris.fold(title)
    article = next((one for one in _ARTICLES if folded.startswith(one)), "")
    return folded.removeprefix(article)


def _file(iri: str, seen: View) -> str:
    return seen.source(iri).whole or iri


def _based(query: str, seen: View) -> str:
    return query.replace("{base}", seen.base)
