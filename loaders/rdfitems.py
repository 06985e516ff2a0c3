"""Films that an RDF graph describes with schema.org terms, as items, and the rest of the graph as it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item, local_name
from reelgraph.model import Span

Subject = ox.NamedNode | ox.BlankNode
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEMA = re.compile(r"https?://schema\.org/\w")
_DEPTH = 4
_QUOTED = re.compile(r'"([^"\\\n]+)"')
_ELEMENT = re.compile(r">([^<>&]+)</")
#: Of a film that another one refers to, only what names it is read.
_NAMING = frozenset({"name", "url", "sameAs", "datePublished", "identifier"})
#: Properties whose value is an address and not a thing.
_ADDRESSES = frozenset({"url", "sameAs", "image", "identifier"})


@dataclass
class Graph:
    """The triples of a document by subject, in its order, and what readers took of them."""

    text: str
    triples: dict[Subject, list[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]] = field(
        default_factory=dict
    )
    _taken: dict[Subject, set[str]] = field(default_factory=dict)
    _places: dict[str, Span | None] = field(default_factory=dict)

    def films(self) -> Iterator[Item]:
        """Yield every film that the graph describes and names."""
        for subject, pairs in self.triples.items():
            if "Movie" in _types(pairs) and any(
                local_name(p.value) == "name" for p, _ in pairs if _SCHEMA.match(p.value)
            ):
                if not self._places:
                    self._places = _places(self.text)
                yield self._item(subject, f"<{subject.value}>" if isinstance(subject, ox.NamedNode) else "_:film", ())

    def _item(self, subject: Subject, pointer: str, around: tuple[Subject, ...]) -> Item:
        iri = subject.value if isinstance(subject, ox.NamedNode) else ""
        pairs = self.triples.get(subject, [])
        types = _types(pairs)
        item = Item(frozenset(types), iri, {}, Cell(iri, pointer), self._taken.setdefault(subject, set()))
        for predicate, value in pairs:
            name = local_name(predicate.value) if _SCHEMA.match(predicate.value) else ""
            if not name or (around and "Movie" in types and name not in _NAMING):
                continue
            item.properties.setdefault(name, []).append(
                self._value(value, f"{pointer}/schema:{name}", (*around, subject))
            )
        return item

    def _value(self, value: object, pointer: str, around: tuple[Subject, ...]) -> Item | Cell:
        if isinstance(value, ox.Literal):
            words = " ".join(value.value.split())
            return Cell(words, pointer, self._places.get(value.value))
        if not isinstance(value, ox.NamedNode | ox.BlankNode):
            return Cell("", pointer)
        if value in self.triples and value not in around and len(around) < _DEPTH:
            return self._item(value, pointer, around)
        return Cell(value.value if isinstance(value, ox.NamedNode) else "", pointer)

    def rest(self) -> Iterator[tuple[Subject, ox.NamedNode, object]]:
        """Yield the triples that no reader took, in the document's order.

        What is left of a blank node that was read, such as the language of a review, has nothing to hang on and goes.
        """
        gone = self._gone()
        for subject, pairs in self.triples.items():
            taken = self._taken.get(subject, set())
            if subject in gone:
                continue
            for predicate, value in pairs:
                if not (taken and self._consumed(predicate, value, taken)):
                    yield subject, predicate, value

    def _gone(self) -> set[ox.BlankNode]:
        """Return the blank nodes that were read, and those that only they lead to."""
        waiting = [subject for subject, taken in self._taken.items() if taken and isinstance(subject, ox.BlankNode)]
        gone: set[ox.BlankNode] = set()
        while waiting:
            subject = waiting.pop()
            if subject not in gone:
                gone.add(subject)
                waiting.extend(value for _, value in self.triples.get(subject, ()) if isinstance(value, ox.BlankNode))
        return gone

    def _consumed(self, predicate: ox.NamedNode, value: object, taken: set[str]) -> bool:
        if predicate.value == _TYPE:
            return isinstance(value, ox.NamedNode) and bool(_SCHEMA.match(value.value))
        name = local_name(predicate.value) if _SCHEMA.match(predicate.value) else ""
        if name not in taken or isinstance(value, ox.Literal):
            return name in taken
        if isinstance(value, ox.NamedNode | ox.BlankNode) and value in self.triples:
            return bool(self._taken.get(value))
        return name in _ADDRESSES


def graph(text: str, quads: Iterable[ox.Quad]) -> tuple[Graph, int]:
    """Return the graph of all quads, whatever graph they name, and how many were left out for quoting a triple."""
    result, quoted = Graph(text), 0
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode | ox.BlankNode) and isinstance(
            quad.object, ox.NamedNode | ox.BlankNode | ox.Literal
        ):
            result.triples.setdefault(quad.subject, []).append((quad.predicate, quad.object))
        else:
            quoted += 1
    return result, quoted


def _types(pairs: Iterable[tuple[ox.NamedNode, object]]) -> set[str]:
    values = (value.value for predicate, value in pairs if predicate.value == _TYPE and isinstance(value, ox.NamedNode))
    return {local_name(value) for value in values if _SCHEMA.match(value)}


def _places(text: str) -> dict[str, Span | None]:
    """Return where each quoted string of a document stands; None for those that stand at several places."""
    places: dict[str, Span | None] = {"": None}
    written = _ELEMENT if "<rdf:RDF" in text[:4096] else _QUOTED
    for match in written.finditer(text):
        places[match[1]] = None if match[1] in places else Span(match.start(1), match.end(1))
    return places
