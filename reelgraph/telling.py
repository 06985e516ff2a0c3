"""Statements of the graph in words: `Her (2013): running time: minutes 126`, with the documents that make them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from reelgraph.excerpts import is_entity, kind
from reelgraph.ontology import FILM, OA, ONTOLOGY, RDF, RDFS, SCHEMA

Node = NamedNode | BlankNode | Literal | Triple

_NAMES = (RDFS.label, SCHEMA.name, SCHEMA.headline)
#: Said by other means, or only about how something is stated.
_UNTOLD = {RDF.type, RDFS.label, FILM.evidence, FILM.disagreement, FILM.preferred}
_ASIDE = ("evidence", "disagreement")
_ASIDE_LINKS = {*_UNTOLD, RDF.object, FILM.statement}
_ACTUAL = FILM.Actual
_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact in words: about whom, which property, its value, the names of the documents that state it.

    `parts` are the single things the value says.
    """

    subject: str
    name: str
    predicate: str
    value: str
    parts: frozenset[str] = field(repr=False)
    sources: tuple[str, ...]

    @property
    def fact(self) -> str:
        """The fact without its sources."""
        return f"{self.name}: {self.predicate}: {self.value}"

    @property
    def order(self) -> tuple[str, str, str, str]:
        """What statements are sorted by."""
        return self.name, self.subject, self.predicate, self.value


class Teller:
    """Tells what one graph says."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base
        self._names: dict[NamedNode, str] = {}

    def topics(self, quads: Iterable[Quad]) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield the subject and property of each fact these quads of the graph are part of."""
        for quad in quads:
            subject, predicate = quad.subject, quad.predicate
            if not isinstance(subject, NamedNode):
                continue
            if not is_entity(subject.value, self._base):
                yield from self._topics_of(subject)
            elif predicate not in _UNTOLD and (self._is_node(quad.object) or not self._describes_file(quad)):
                yield subject, predicate

    def statements(self, subject: NamedNode, predicate: NamedNode) -> dict[str, Statement]:
        """Return the statements about one property of a subject, by their values."""
        said: dict[str, tuple[frozenset[str], set[str]]] = {}
        for parts, sources in self._said(subject, predicate):
            said.setdefault(", ".join(parts), (frozenset(parts), set()))[1].update(sources)
        name, spoken = self._name(subject), words(predicate.value)
        return {
            value: Statement(subject.value, name, spoken, value, parts, tuple(sorted(sources)))
            for value, (parts, sources) in said.items()
        }

    def _topics_of(self, node: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield the topic of a claim, or of what points to a node."""
        where = kind(node.value, self._base)
        if where == "claim":
            subject, predicate = self._one(node, RDF.subject), self._one(node, RDF.predicate)
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                yield subject, predicate
        elif where not in _ASIDE:
            for quad in self._store.quads_for_pattern(None, None, node):
                if isinstance(quad.subject, NamedNode) and quad.predicate not in _ASIDE_LINKS:
                    if is_entity(quad.subject.value, self._base):
                        yield quad.subject, quad.predicate
                    else:
                        yield from self._topics_of(quad.subject)

    def _said(self, subject: NamedNode, predicate: NamedNode) -> Iterator[tuple[list[str], set[str]]]:
        """Yield what each statement says, in parts, and the names of its sources."""
        for quad in self._store.quads_for_pattern(subject, predicate, None):
            node = quad.object
            graph = quad.graph_name
            stated = {self._file(graph)} if isinstance(graph, NamedNode) and self._is_document(graph) else set()
            if isinstance(node, NamedNode) and self._is_node(node):
                yield self._described(node), self._sources(node) or stated
            else:
                yield [self._text(node)], stated
        for quad in self._store.quads_for_pattern(None, RDF.subject, subject):
            claim = quad.subject
            value = self._one(claim, RDF.object) if isinstance(claim, NamedNode) else None
            if isinstance(claim, NamedNode) and value is not None and self._one(claim, RDF.predicate) == predicate:
                yield [self._text(value), *self._status(claim)], self._sources(claim)

    def _described(self, node: NamedNode) -> list[str]:
        """Return each thing a node says, in order."""
        parts = set(self._status(node))
        for quad in self._store.quads_for_pattern(node, None, None):
            if quad.predicate not in _UNTOLD and quad.predicate != FILM.status:
                if isinstance(quad.object, NamedNode) and self._is_node(quad.object):
                    parts.update(self._described(quad.object))
                else:
                    parts.add(f"{words(quad.predicate.value)} {self._text(quad.object)}")
        return sorted(parts)

    def _status(self, node: NamedNode) -> list[str]:
        """Return a status worth telling."""
        status = self._one(node, FILM.status)
        return [words(status.value)] if isinstance(status, NamedNode) and status != _ACTUAL else []

    def _sources(self, node: NamedNode) -> set[str]:
        """Return the names of the documents a node or claim cites."""
        evidence = (quad.object for quad in self._store.quads_for_pattern(node, FILM.evidence, None))
        cited = {self._one(one, OA.hasSource) for one in evidence if isinstance(one, NamedNode)}
        return {self._file(one) for one in cited if isinstance(one, NamedNode)}

    def _text(self, node: Node) -> str:
        """Return a value on one line, cut if it is long."""
        if isinstance(node, NamedNode):
            return self._name(node)
        text = " ".join(node.value.split()) if isinstance(node, Literal) else str(node)
        return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"

    def _name(self, node: NamedNode) -> str:
        """Return what a thing is called, films with their year."""
        known = self._names.get(node)
        if known is None:
            known = self._names[node] = self._named(node)
        return known

    def _named(self, node: NamedNode) -> str:
        if self._is_document(node):
            return self._file(node)
        if not kind(node.value, self._base):
            return words(node.value) if node.value.startswith(ONTOLOGY) else node.value
        found = next(filter(None, (self._one(node, name) for name in _NAMES)), None)
        name = found.value if isinstance(found, Literal) else local(node.value)
        year = self._one(node, FILM.year) if kind(node.value, self._base) == "film" else None
        return f"{name} ({year.value})" if isinstance(year, Literal) else name

    def _file(self, document: NamedNode) -> str:
        """Return a document's file name, with the start of a part of it."""
        file = self._one(document, FILM.file)
        part = local(document.value).partition("-")[2]
        name = file.value if isinstance(file, Literal) else local(document.value)
        return f"{name} at {part}" if part and isinstance(file, Literal) else name

    def _one(self, node: Node, predicate: NamedNode) -> Node | None:
        """Return the first value of a property in sorted order."""
        if not isinstance(node, NamedNode):
            return None
        values = (quad.object for quad in self._store.quads_for_pattern(node, predicate, None))
        return min(values, key=str, default=None)

    def _is_node(self, node: Node) -> bool:
        return isinstance(node, NamedNode) and not is_entity(node.value, self._base)

    def _is_document(self, node: NamedNode) -> bool:
        return kind(node.value, self._base) == "document"

    def _describes_file(self, quad: Quad) -> bool:
        """Return whether a quad describes a document otherwise than by its name."""
        about_document = isinstance(quad.subject, NamedNode) and self._is_document(quad.subject)
        return about_document and quad.predicate != FILM.file


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def words(iri: str) -> str:
    """Return the last part of a property's IRI in words: `running time`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local(iri)).replace("-", " ").lower()
