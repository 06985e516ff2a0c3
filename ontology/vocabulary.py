"""The Turtle files of the ontology as quads: for the store's vocabulary graph, and the shapes for validation."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, parse

#: The concept schemes, each a file `<name>.ttl`.
SCHEMES = ("boards", "genres", "jobs", "languages", "measures", "territories")
_FILES = ("film", "reused", *SCHEMES)
_PREF_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def path(name: str) -> Path:
    """Return where a file of the ontology lies, such as `path("film.ttl")`."""
    return Path(__file__).with_name(name)


@cache
def quads(name: str) -> tuple[Quad, ...]:
    """Return the statements of one Turtle file, in its order: `quads("film")`."""
    return tuple(parse(path=path(f"{name}.ttl")))


def shapes() -> tuple[Quad, ...]:
    """Return the statements that hold the SHACL shapes and the class tree they follow."""
    return quads("film") + quads("reused")


def vocabulary_quads(base: str) -> Iterator[Quad]:
    """Yield ontology and concept schemes for the graph `{base}graph/vocabulary`, without the shapes' blank nodes.

    Concepts get their name as plain `rdfs:label`, too, so that a query reads it as it reads the names of all things.
    """
    graph = NamedNode(f"{base}graph/vocabulary")
    for name in _FILES:
        for quad in quads(name):
            if not (isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
            if quad.predicate == _PREF_LABEL and isinstance(quad.object, Literal):
                yield Quad(quad.subject, _LABEL, Literal(quad.object.value), graph)
