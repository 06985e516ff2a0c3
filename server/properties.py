"""What programs can ask for of a thing by a short name, such as `director` or `imdb`: for tables of other people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from reelgraph.ontology import term
from reelgraph.server.view import View

Cell = dict[str, str | int | float]
_IDENTIFIER = "schema:identifier"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things of some kinds: the triples that say it, and of what kind its values are, if they are things.

    `inverse`: the thing is the value. `preferred`: only the preferred value counts. `scheme`: only identifiers of it.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    predicates: tuple[str, ...]
    type: str = ""
    inverse: bool = False
    preferred: bool = False
    scheme: str = ""


def _film(name: str, label: str, *predicates: str, kind: str = "", preferred: bool = False) -> Property:
    return Property(name, label, ("film",), predicates, kind, preferred=preferred)


def _code(scheme: str, label: str, *kinds: str) -> Property:
    return Property(scheme, label, kinds, (_IDENTIFIER,), scheme=scheme)


_MADE = ("schema:director", "schema:author", "schema:producer", "schema:musicBy", "schema:editor")
PROPERTIES = (
    _film("year", "Year", "film:year", preferred=True),
    _film("director", "Director", "schema:director", kind="person"),
    _film("cast", "Cast", "schema:actor", kind="person"),
    _film("writer", "Writer", "schema:author", kind="person"),
    _film("producer", "Producer", "schema:producer", kind="person"),
    _film("composer", "Composer", "schema:musicBy", kind="person"),
    _film("editor", "Editor", "schema:editor", kind="person"),
    _film("cinematographer", "Cinematographer", "film:cinematographer", kind="person"),
    _film("genre", "Genre", "schema:genre"),
    _film("country", "Country", "schema:countryOfOrigin"),
    _film("language", "Language", "schema:inLanguage"),
    _film("runtime", "Running time in minutes", "film:runtimeMinutes", preferred=True),
    _film("company", "Production company", "schema:productionCompany", kind="organization"),
    _film("distributor", "Distributor", "film:distributor", kind="organization"),
    _film("original-title", "Original title", "film:originalTitle"),
    Property("other-name", "Other name", (), ("schema:alternateName", "schema:name")),
    Property("acted-in", "Acted in", ("person",), ("schema:actor",), "film", inverse=True),
    Property("worked-on", "Worked on", ("person",), _MADE, "film", inverse=True),
    Property(
        "made", "Films", ("organization",), ("schema:productionCompany", "film:distributor"), "film", inverse=True
    ),
    _code("imdb", "IMDb", "film", "person", "organization"),
    _code("wikidata", "Wikidata"),
    _code("tmdb", "TMDb", "film", "person", "organization"),
    _code("eidr", "EIDR", "film"),
    _code("letterboxd", "Letterboxd", "film", "person", "organization"),
    _code("wikipedia", "Wikipedia"),
)
_BY_ID = {one.id: one for one in PROPERTIES}


def find(name: str) -> Property | None:
    """Return the property of this name, None if there is none."""
    return _BY_ID.get(name)


def of_kind(kind: str) -> Sequence[Property]:
    """Return the properties that things of a kind have; all of them for an empty kind."""
    return [one for one in PROPERTIES if not kind or not one.kinds or kind in one.kinds]


def values(seen: View, iri: str, asked: Property) -> Iterator[tuple[str, str]]:
    """Yield the values of a property, the most stated first: the IRI if it is a thing, and its name or words."""
    counts: dict[tuple[str, str], int] = {}
    for value in _stated(seen, iri, asked):
        counts[value] = counts.get(value, 0) + 1
    own = seen.name(iri) if asked.id == "other-name" else ""
    yield from sorted((one for one in counts if one[1] != own), key=lambda one: (-counts[one], one[1], one[0]))


def _stated(seen: View, iri: str, asked: Property) -> Iterator[tuple[str, str]]:
    node, graph = NamedNode(iri), NamedNode(f"{seen.base}graph/preferred") if asked.preferred else None
    for predicate in map(term, asked.predicates):
        subject, end = (None, node) if asked.inverse else (node, None)
        for quad in seen.store.quads_for_pattern(subject, predicate, end, graph):
            value = quad.subject if asked.inverse else quad.object
            if (
                asked.inverse
                and isinstance(value, NamedNode)
                and not value.value.startswith(f"{seen.base}{asked.type}/")
            ):
                continue  # a credit, which has the person, too
            if isinstance(value, NamedNode):
                yield value.value, seen.name(value.value)
            elif isinstance(value, Literal) and not asked.scheme:
                yield "", value.value
            elif isinstance(value, Literal) and value.value.startswith(f"{asked.scheme}:"):
                yield "", value.value.removeprefix(f"{asked.scheme}:")


def identified(seen: View, scheme: str, code: str) -> list[str]:
    """Return the things that have an identifier, such as `tt1798709` of `imdb`."""
    literal = Literal(f"{scheme}:{code}")
    quads = seen.store.quads_for_pattern(None, term(_IDENTIFIER), literal)
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
