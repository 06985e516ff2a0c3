"""RDF namespaces: `FILM.year` is the node of `film:year`; FILM, SCHEMA and OA refuse terms not declared in Turtle."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad

from reelgraph.ontology.vocabulary import quads

#: IRI of the ontology, of which each concept scheme is a part: `{ONTOLOGY}/jobs`.
ONTOLOGY = "https://w3id.org/reelgraph/ontology"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SHAPES = ("http://www.w3.org/ns/shacl#NodeShape", "http://www.w3.org/ns/shacl#PropertyShape")


class Namespace:
    """Terms under one IRI, as attributes or items; a closed namespace knows its terms."""

    def __init__(self, iri: str, file: str = "") -> None:
        self._iri = iri
        self._file = file
        self._terms: frozenset[str] | None = None

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._file and name not in self._known():
            raise AttributeError(f"{self._iri}{name} is not a term of {self._file}.ttl: correct it or declare it there")
        node = NamedNode(self._iri + name)
        self.__dict__[name] = node
        return node

    def __getitem__(self, name: str) -> NamedNode:
        node: NamedNode = getattr(self, name)
        return node

    def __str__(self) -> str:
        return self._iri

    def __iter__(self) -> Iterator[str]:
        """Iterate over the sorted local names of a closed namespace; an open one has none to tell."""
        return iter(sorted(self._known()))

    def __contains__(self, name: str) -> bool:
        return name in self._known()

    def _known(self) -> frozenset[str]:
        if self._terms is None:
            self._terms = _declared(self._iri, quads(self._file)) if self._file else frozenset()
        return self._terms


def _declared(iri: str, statements: tuple[Quad, ...]) -> frozenset[str]:
    """Return the local names of the terms under `iri`: all typed subjects that are more than a shape."""
    names = set()
    for quad in statements:
        subject, kind = quad.subject, quad.object
        if quad.predicate.value != _TYPE or not isinstance(subject, NamedNode) or not isinstance(kind, NamedNode):
            continue
        if subject.value.startswith(iri) and kind.value not in _SHAPES:
            names.add(subject.value.removeprefix(iri))
    return frozenset(names)


FILM = Namespace(f"{ONTOLOGY}#", "film")
SCHEMA = Namespace("https://schema.org/", "reused")
OA = Namespace("http://www.w3.org/ns/oa#", "reused")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

_NAMESPACES: Mapping[str, Namespace] = {
    "dbo": Namespace("http://dbpedia.org/ontology/"),
    "dcterms": DCTERMS,
    "film": FILM,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "wd": Namespace("http://www.wikidata.org/entity/"),
    "xsd": XSD,
}

#: Prefix -> IRI, as used in facts.toml, queries and Turtle files.
PREFIXES: Mapping[str, str] = MappingProxyType({prefix: str(space) for prefix, space in _NAMESPACES.items()})
#: The same as the beginning of a query.
PROLOGUE = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())


def term(curie: str) -> NamedNode:
    """Return the node of a prefixed name such as `film:year`; an unknown prefix or term is a ValueError."""
    prefix, _, name = curie.partition(":")
    try:
        return _NAMESPACES[prefix][name]
    except (KeyError, AttributeError) as error:
        raise ValueError(f"no such term: {curie} ({error})") from error


def curie(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself where no prefix fits."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and (name := iri.removeprefix(base)) and "/" not in name and "#" not in name:
            return f"{prefix}:{name}"
    return iri
