"""Patterns of what sources say of films: asked of a store, or looked for in the nodes of a graph that is being made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from reelgraph import ontology
from reelgraph.ontology import term
from reelgraph.validation import Properties

#: Nodes of one graph with what it says of them.
Nodes = Mapping[str, Properties]
_Term = NamedNode | BlankNode | Literal | Triple | None
_NAMES = ("source", "film", "node", "value", "scope", "detail", "more", "qualifier")
_TYPE, _STATUS, _ACTUAL = term("rdf:type").value, term("film:status").value, term("film:Actual")


class Row(Protocol):
    """What a pattern found: a term, or None, for each of its names."""

    def __getitem__(self, name: str, /) -> _Term: ...


def asked(store: Store, pattern: str) -> Iterator[Row]:
    """Yield where a pattern is within the graph of one source; of statuses, only what is actual counts."""
    where = f"GRAPH ?source {{ {pattern} }} FILTER(!BOUND(?status) || ?status = film:Actual)"
    select = " ".join(f"?{name}" for name in _NAMES)
    answer = store.query(f"{ontology.PROLOGUE}SELECT {select} WHERE {{ {where} }}", use_default_graph_as_union=False)
    if isinstance(answer, QuerySolutions):
        yield from answer


@dataclass(frozen=True)
class Pattern:
    """A node that a film is linked with (the film itself where `link` is empty), its `value`, and more of it by name.

    Of `needed` and `also` a path may go by another node (`schema:author/schema:name`); nodes that have a property of
    `without` are left out, and films that are not `of_class` if that is given.
    """

    link: str
    value: str
    needed: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    of_class: str = ""

    def sparql(self) -> str:
        """Return the pattern in SPARQL."""
        node = "?node" if self.link else "?film"
        parts = [f"{node} {self.value} ?value"]
        if self.link:
            parts = [f"?film {self.link} ?node", *parts, f"{node} film:status ?status"]
        if self.of_class:
            parts.append(f"?film a {self.of_class}")
        parts += [f"{node} {path} ?{name}" for name, path in self.needed.items()]
        optional = [f"OPTIONAL {{ {node} {path} ?{name} }}" for name, path in self.also.items()]
        absent = [f"FILTER NOT EXISTS {{ {node} {path} ?any }}" for path in self.without]
        return " ".join([" . ".join(parts), *optional, *absent])

    @cached_property
    def first(self) -> str:
        """The property that a film has if it has this."""
        return _iri(self.link or self.value)

    def rows(self, source: str, film: str, properties: Properties, nodes: Nodes) -> Iterator[Row]:
        """Yield what the properties of a film, and nodes of the same graph, have of this."""
        terms = self._terms
        if not self.link:
            if terms.of_class in properties.get(_TYPE, ()):
                yield from self._of(source, film, None, properties, nodes)
            return
        for node in dict.fromkeys(properties.get(terms.link, ())):
            found = nodes.get(node.value) if isinstance(node, NamedNode) else None
            if found is not None and _ACTUAL in found.get(_STATUS, ()):
                yield from self._of(source, film, node, found, nodes)

    def _of(self, source: str, film: str, node: _Term, found: Properties, nodes: Nodes) -> Iterator[Row]:
        terms = self._terms
        if any(name in found for name in terms.without):
            return
        several = [_values(found, path, nodes) for path in terms.needed]
        several += [_values(found, path, nodes) or [None] for path in terms.also]
        for values in product(*several):
            row: dict[str, _Term] = dict.fromkeys(_NAMES)
            row.update(zip(terms.names, values, strict=True))
            row.update(source=NamedNode(source), film=NamedNode(film), node=node)
            yield row

    @cached_property
    def _terms(self) -> "_Terms":
        return _Terms(
            _iri(self.link),
            term(self.of_class) if self.of_class else None,
            tuple(map(_path, (self.value, *self.needed.values()))),
            tuple(map(_path, self.also.values())),
            tuple(map(_iri, self.without)),
            ("value", *self.needed, *self.also),
        )


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a pattern, and the names of its needed and further values in this order."""

    link: str
    of_class: NamedNode | None
    needed: tuple[tuple[str, ...], ...]
    also: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    names: tuple[str, ...]


def _iri(name: str) -> str:
    return term(name).value if name else ""


def _path(text: str) -> tuple[str, ...]:
    return tuple(map(_iri, text.split("/")))


def _values(found: Properties, path: Iterable[str], nodes: Nodes) -> list[_Term]:
    """Return the different values at the end of a path that begins at a node."""
    first, *rest = path
    values: list[_Term] = list(dict.fromkeys(found.get(first, ())))
    for name in rest:
        between = [nodes.get(value.value, {}) for value in values if isinstance(value, NamedNode)]
        values = list(dict.fromkeys(value for one in between for value in one.get(name, ())))
    return values
