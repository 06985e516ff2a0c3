"""Lists of what a snapshot has: films, documents, disagreements, and how much of everything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reelgraph import iris
from reelgraph.ontology import ONTOLOGY, PROLOGUE, concepts, term
from reelgraph.server.causes import causes, known
from reelgraph.server.census import census
from reelgraph.server.search import index
from reelgraph.server.view import Source, View
from reelgraph.server.without import Without

_DOCUMENTS_ABOUT = (
    PROLOGUE
    + """SELECT ?film (COUNT(?document) AS ?count) WHERE {
  GRAPH <{base}graph/sources> { ?document schema:about ?film ; film:start ?start }
} GROUP BY ?film"""
)
_SOURCES = (
    PROLOGUE
    + """SELECT ?document ?file ?start WHERE {
  GRAPH <{base}graph/sources> { ?document film:file ?file . OPTIONAL { ?document film:start ?start } }
}"""
)
_DISPUTED = (
    PROLOGUE
    + """SELECT ?film ?property ?value ?sources ?chosen WHERE {
  GRAPH <{base}graph/preferred> {
    ?film film:disagreement ?one .
    ?one film:disputedProperty ?property ; film:disputedValue ?value ; film:sourceCount ?sources ; film:chosen ?chosen
  }
}"""
)
_DISPUTED_FACTS = (
    PROLOGUE
    + """SELECT ?film ?property ?value ?chosen ?source WHERE {
  GRAPH <{base}graph/preferred> {
    ?film film:disagreement ?one .
    ?one film:disputedProperty ?property ; film:disputedValue ?value ; film:chosen ?chosen ; film:statement ?fact
  }
  GRAPH ?source { ?fact a ?kind }
}"""
)
_HAVING = (
    PROLOGUE
    + """SELECT DISTINCT ?film ?source WHERE {
  GRAPH ?source { ?film {property} <{value}> } FILTER(?source != <{base}graph/vocabulary>)
}"""
)
_NAMED = PROLOGUE + "SELECT DISTINCT ?film ?source WHERE { GRAPH ?source { ?film a schema:Movie } }"
_USED = (
    PROLOGUE
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


def films(seen: View) -> list[Filmed]:
    """Return all films, those most documents are about first; for `View.kept`."""
    counts = {film: int(count) for film, count in seen.rows(_based(_DOCUMENTS_ABOUT, seen))}
    found = [_film(iri, counts.get(iri, 0), seen) for iri in index(seen).of_kind("film")]
    return sorted(found, key=lambda film: (-film.documents, film.sort_title, film.year, film.iri))


def left(found: Sequence[Filmed], seen: View, off: Without) -> list[Filmed]:
    """Return the films that a source names which is not switched off."""
    named = {film for film, source in seen.rows(_NAMED) if source not in off}
    return [film for film in found if film.iri in named]


def having(name: str, notation: str, seen: View, off: Without) -> tuple[str, set[str]]:
    """Return the name of a genre, country or language by its notation, and the films that some source says have it."""
    property_name, scheme = FILTERS[name]
    concept = concepts(scheme).by_iri(f"{ONTOLOGY}/{scheme}#{notation}")
    if concept is None:
        return notation, set()
    query = _based(_HAVING, seen).replace("{property}", property_name).replace("{value}", concept.iri)
    return concept.label, {film for film, source in seen.rows(query) if source not in off}


def used(scheme: str, seen: View) -> set[str]:
    """Return the IRIs of the genres, countries or languages that some film has."""
    names = [name for name, own in FILTERS.values() if own == scheme]
    queries = [_based(_USED, seen).replace("{property}", name) for name in names]
    return {row[0] for query in queries for row in seen.rows(query)}


def documents(seen: View) -> list[tuple[Source, int]]:
    """Return all documents with the number of facts of each, by file, those found in a file after it; to be kept."""
    counts = seen.kept(census).sources
    found = seen.rows(_based(_SOURCES, seen))
    keys = {iri: (file, _file(iri, seen), int(start or -1), iri) for iri, file, start in found}
    ordered = sorted(keys, key=lambda iri: keys[iri])
    return [(seen.source(iri), counts.get(iri, 0)) for iri in ordered]


def quarrels(seen: View, off: Without) -> list[Quarrel]:
    """Return all things on which sources differ, by film."""
    groups: dict[tuple[str, str], list[tuple[str, int, bool]]] = {}
    for film, name, value, sources, chosen in _left_disputed(seen, off) if off else seen.rows(_based(_DISPUTED, seen)):
        groups.setdefault((film, name), []).append((value, int(sources), chosen == "true"))
    differing = [key for key, values in groups.items() if len(values) > 1]
    ordered = sorted(differing, key=lambda key: (_sort_title(seen.name(key[0])), key))
    return [_quarrel(film, name, groups[film, name], seen) for film, name in ordered]


def _left_disputed(seen: View, off: Without) -> Iterator[tuple[str, ...]]:
    """Yield what is in dispute with the number of sources that are not switched off."""
    sources: dict[tuple[str, ...], set[str]] = {}
    for *dispute, source in seen.rows(_based(_DISPUTED_FACTS, seen)):
        if source not in off:
            sources.setdefault(tuple(dispute), set()).add(source)
    for (film, name, value, chosen), found in sources.items():
        yield film, name, value, str(len(found)), chosen


def numbers(seen: View) -> Sequence[tuple[str, int, str]]:
    """Return how much there is of what: name, number, and where it is listed."""
    counts = index(seen).counts()
    counted = seen.kept(census)
    passages = counted.properties.get(term("oa:hasSource").value, 0)
    return (
        ("films", counts.get("film", 0), "/films"),
        ("people", counts.get("person", 0), "/browse/person"),
        ("facts", counted.facts, ""),
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
