"""Films that an RDF graph describes with known terms, as items of schema.org, and the rest of the graph as it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from reelgraph.loaders import rdfterms
from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item
from reelgraph.model import Span

Subject = ox.NamedNode | ox.BlankNode
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
            if "Movie" in rdfterms.kinds(pairs) and any(rdfterms.name(p.value) in ("name", "label") for p, _ in pairs):
                if not self._places:
                    self._places = _places(self.text)
                yield self._item(subject, f"<{subject.value}>" if isinstance(subject, ox.NamedNode) else "_:film", ())

    def _item(self, subject: Subject, pointer: str, around: tuple[Subject, ...]) -> Item:
        iri = subject.value if isinstance(subject, ox.NamedNode) else ""
        pairs = self.triples.get(subject, [])
        types = rdfterms.kinds(pairs)
        item = Item(frozenset(types), iri, {}, Cell(iri, pointer), self._taken.setdefault(subject, set()))
        if not any(rdfterms.name(one.value) == "name" for one, _ in pairs) and (label := rdfterms.labelled(pairs)):
            item.properties["name"] = [self._named(label, f"{pointer}/label")]
            if dated := rdfterms.dated(label.value):
                item.properties["copyrightYear"] = [self._named(label, f"{pointer}/label", *dated)]
        for predicate, value in pairs:
            name = rdfterms.name(predicate.value)
            if not name or (around and "Movie" in types and name not in _NAMING):
                continue
            found = self._value(value, f"{pointer}/schema:{name}", (*around, subject))
            if name != "label":
                item.properties.setdefault(name, []).append(found)
        return item

    def _value(self, value: object, pointer: str, around: tuple[Subject, ...]) -> Item | Cell:
        if isinstance(value, ox.Literal):
            words = " ".join(value.value.split())
            return Cell(words, pointer, self._places.get(value.value))
        if not isinstance(value, ox.NamedNode | ox.BlankNode):
            return Cell("", pointer)
        if value in self.triples and value not in around and len(around) < _DEPTH:
            return self._item(value, pointer, around)
        if isinstance(value, ox.NamedNode) and (called := rdfterms.spoken(value.value)):
            return Item(frozenset(), value.value, {"name": [Cell(called, pointer)]}, Cell(value.value, pointer))
        return Cell(value.value if isinstance(value, ox.NamedNode) else "", pointer)

    def _named(self, label: ox.Literal, pointer: str, start: int = 0, end: int | None = None) -> Cell:
        """Return the name in a label, or another part of it, with its place."""
        words = rdfterms.bare(label.value) if end is None else label.value[start:end]
        span = self._places.get(label.value)
        at = span.start + start if span else 0
        return Cell(words, pointer, Span(at, at + len(words)) if span else None)

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
        if rdfterms.is_kind(predicate.value):
            return isinstance(value, ox.NamedNode) and bool(rdfterms.kind(value.value))
        name = rdfterms.name(predicate.value)
        if name not in taken or isinstance(value, ox.Literal):
            return name in taken
        if isinstance(value, ox.NamedNode | ox.BlankNode) and value in self.triples:
            return bool(self._taken.get(value))
        return name in _ADDRESSES or (isinstance(value, ox.NamedNode) and bool(rdfterms.spoken(value.value)))


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


def _places(text: str) -> dict[str, Span | None]:
    """Return where each quoted string of a document stands; None for those that stand at several places."""
    places: dict[str, Span | None] = {"": None}
    written = _ELEMENT if "<rdf:RDF" in text[:4096] else _QUOTED
    for match in written.finditer(text):
        places[match[1]] = None if match[1] in places else Span(match.start(1), match.end(1))
    return places
