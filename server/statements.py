"""Facts read back from the graph: the inverse of what `reelgraph.mapping` and `reelgraph.provenance` write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from reelgraph import mapping
from reelgraph.ontology import term

Fetch = Callable[[NamedNode], Sequence[Quad]]

_TYPE, _STATUS, _EVIDENCE, _WORDING, _CLAIM = map(
    term, ("rdf:type", "film:status", "film:evidence", "film:wording", "film:Claim")
)
_SUBJECT, _PREDICATE, _OBJECT = map(term, ("rdf:subject", "rdf:predicate", "rdf:object"))
_SELECTORS = ("#quote", "#position", "#pointer")
_POINTER = term("rdf:value")
_START, _END = term("oa:start"), term("oa:end")
_EXACT, _PREFIX, _SUFFIX = term("oa:exact"), term("oa:prefix"), term("oa:suffix")
_PLACES = (_START, _END)
_QUOTE_PARTS = {_EXACT: "exact", _PREFIX: "prefix", _SUFFIX: "suffix", _POINTER: "pointer"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as people read it; `iri` if it is a thing."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words a fact rests on: `exact` between `prefix` and `suffix`, at an offset of the text or at a pointer."""

    iri: str
    source: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as one source states it; `iri` is its node or claim, empty for a plain triple nobody cites."""

    iri: str
    kind: str
    subject: str
    fields: Mapping[str, tuple[Value, ...]]
    status: str = "actual"
    source: str = ""
    passages: tuple[Passage, ...] = ()

    def first(self, name: str) -> Value | None:
        """Return the first value of a field."""
        values = self.fields.get(name)
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a kind of fact looks in the graph: its fields by property, and by property behind a node between."""

    kind: str
    link: NamedNode
    fields: Mapping[NamedNode, str]
    between: Mapping[NamedNode, Mapping[NamedNode, str]]
    wording: str


@cache
def _shapes() -> Mapping[NamedNode, _Shape]:
    """Return the shape of each kind of node by its class."""
    found = {}
    for rule in mapping.rules().values():
        if rule.node_class is None or rule.link is None:
            continue
        between: dict[NamedNode, dict[NamedNode, str]] = {}
        for slot in rule.slots.values():
            if slot.between is not None:
                between.setdefault(slot.between, {})[slot.predicate] = slot.name
        fields = {slot.predicate: slot.name for slot in rule.slots.values() if slot.between is None}
        wording = rule.concepts[0][0] if rule.concepts else ""
        found[rule.node_class] = _Shape(rule.kind, rule.link, fields, between, wording)
    return found


@cache
def _links() -> Mapping[NamedNode, _Shape]:
    return {shape.link: shape for shape in _shapes().values()}


@cache
def _plain() -> Mapping[NamedNode, tuple[str, str]]:
    """Return kind and field of each property that states a fact by itself."""
    return {
        slot.predicate: (rule.kind, slot.name)
        for rule in mapping.rules().values()
        if rule.node_class is None
        for slot in rule.slots.values()
    }


@cache
def kinds() -> frozenset[str]:
    """Return the kinds of facts that are nodes."""
    return frozenset(shape.kind for shape in _shapes().values())


def field_of(kind: str, predicate: NamedNode) -> str:
    """Return the field of a kind of fact that a property stands for, empty if there is none."""
    node_class = mapping.rule(kind).node_class
    return _shapes()[node_class].fields.get(predicate, "") if node_class is not None else ""


class Statements:
    """Reads facts from a store; `name` gives the names of things."""

    def __init__(self, store: Store, name: Callable[[str], str]) -> None:
        self._store = store
        self._name = name

    def about(self, iri: str) -> list[Statement]:
        """Return all facts about a thing: those of nodes, those of claims, and plain triples that have neither."""
        subject = NamedNode(iri)
        own = list(self._store.quads_for_pattern(subject, None, None))
        links = _links()
        nodes = {quad.object: quad for quad in own if quad.predicate in links and isinstance(quad.object, NamedNode)}
        found = [self._node(node, iri, quad.graph_name, self._fetch) for node, quad in nodes.items()]
        claims = list(self._store.quads_for_pattern(None, _SUBJECT, subject))
        found += [self._claim(quad.subject, quad.graph_name, self._fetch) for quad in claims]
        known = [statement for statement in found if statement is not None]
        return [*known, *self._uncited(iri, own, known)]

    def one(self, iri: str) -> Statement | None:
        """Return the fact of one node or claim, None if the IRI stands for something else."""
        node = NamedNode(iri)
        for quad in self._store.quads_for_pattern(node, _TYPE, None):
            if quad.object == _CLAIM:
                return self._claim(node, quad.graph_name, self._fetch)
            shape = _shapes().get(quad.object) if isinstance(quad.object, NamedNode) else None
            if shape is not None:
                above = next(self._store.quads_for_pattern(None, shape.link, node, None), None)
                subject = above.subject.value if above is not None and isinstance(above.subject, NamedNode) else ""
                return self._node(node, subject, quad.graph_name, self._fetch)
        return None

    def naming(self, iris: Iterable[str]) -> list[Statement]:
        """Return the facts of these nodes and claims."""
        return [statement for statement in map(self.one, iris) if statement is not None]

    def of_source(self, graph: str) -> list[Statement]:
        """Return all facts of one source document."""
        name = NamedNode(graph)
        quads: dict[NamedNode, list[Quad]] = {}
        for quad in self._store.quads_for_pattern(None, None, None, name):
            if isinstance(quad.subject, NamedNode):
                quads.setdefault(quad.subject, []).append(quad)
        links = _links()
        found: list[Statement | None] = []
        for subject, own in quads.items():
            for quad in own:
                if quad.predicate in links and isinstance(quad.object, NamedNode):
                    found.append(self._node(quad.object, subject.value, name, lambda node: quads.get(node, ())))
                elif quad.predicate == _TYPE and quad.object == _CLAIM:
                    found.append(self._claim(subject, name, lambda node: quads.get(node, ())))
        return [statement for statement in found if statement is not None]

    def _fetch(self, node: NamedNode) -> list[Quad]:
        return list(self._store.quads_for_pattern(node, None, None))

    def _node(self, node: object, subject: str, graph: object, fetch: Fetch) -> Statement | None:
        if not isinstance(node, NamedNode):
            return None
        own = fetch(node)
        shapes = (
            _shapes().get(quad.object) for quad in own if isinstance(quad.object, NamedNode) and quad.predicate == _TYPE
        )
        shape = next((shape for shape in shapes if shape is not None), None)
        if shape is None:
            return None
        fields: dict[str, tuple[Value, ...]] = {}
        evidence: list[NamedNode] = []
        status = "actual"
        for quad in own:
            predicate, value = quad.predicate, quad.object
            if predicate in shape.fields:
                _add(fields, shape.fields[predicate], self._value(value))
            elif predicate == _EVIDENCE and isinstance(value, NamedNode):
                evidence.append(value)
            elif predicate == _STATUS:
                status = _status(value)
            elif predicate == _WORDING:
                _add(fields, shape.wording, self._value(value))
            elif predicate in shape.between and isinstance(value, NamedNode):
                for inner in fetch(value):
                    if name := shape.between[predicate].get(inner.predicate):
                        _add(fields, name, self._value(inner.object))
        passages = tuple(_passages(evidence, fetch))
        return Statement(node.value, shape.kind, subject, fields, status, _iri(graph), passages)

    def _claim(self, node: object, graph: object, fetch: Fetch) -> Statement | None:
        if not isinstance(node, NamedNode):
            return None
        parts: dict[NamedNode, object] = {}
        evidence: list[NamedNode] = []
        for quad in fetch(node):
            parts[quad.predicate] = quad.object
            if quad.predicate == _EVIDENCE and isinstance(quad.object, NamedNode):
                evidence.append(quad.object)
        predicate = parts.get(_PREDICATE)
        if not isinstance(predicate, NamedNode):
            return None
        kind, name = _plain().get(predicate, (predicate.value, "value"))
        fields = {name: (self._value(parts.get(_OBJECT)),)}
        passages = tuple(_passages(evidence, fetch))
        return Statement(
            node.value, kind, _iri(parts.get(_SUBJECT)), fields, _status(parts.get(_STATUS)), _iri(graph), passages
        )

    def _uncited(self, iri: str, own: Sequence[Quad], known: Sequence[Statement]) -> Iterator[Statement]:
        """Yield the plain facts of source graphs that no claim and no node there has."""
        said = {
            (statement.source, value.iri or value.text)
            for statement in known
            for values in statement.fields.values()
            for value in values
        }
        for quad in own:
            if (place := _plain().get(quad.predicate)) is None or "/graph/" in _iri(quad.graph_name):
                continue
            value = self._value(quad.object)
            if (_iri(quad.graph_name), value.iri or value.text) not in said:
                yield Statement("", place[0], iri, {place[1]: (value,)}, source=_iri(quad.graph_name))

    def _value(self, node: object) -> Value:
        if isinstance(node, NamedNode):
            return Value(self._name(node.value), node.value)
        return Value(node.value) if isinstance(node, Literal) else Value(str(node))


def _passages(evidence: Iterable[NamedNode], fetch: Fetch) -> Iterator[Passage]:
    """Yield the passages of evidence nodes; `provenance` names their selectors after them, which saves looking."""
    for node in evidence:
        texts: dict[str, str] = {}
        places: dict[NamedNode, int] = {}
        source = ""
        for name in _SELECTORS:
            for quad in fetch(NamedNode(node.value + name)):
                value = quad.object
                if not isinstance(value, Literal):
                    continue
                source = source or _iri(quad.graph_name)
                if part := _QUOTE_PARTS.get(quad.predicate):
                    texts[part] = value.value
                elif quad.predicate in _PLACES:
                    places[quad.predicate] = int(value.value)
        yield Passage(node.value, source, start=places.get(_START), end=places.get(_END), **texts)


def _add(fields: dict[str, tuple[Value, ...]], name: str, value: Value) -> None:
    fields[name] = (*fields.get(name, ()), value)


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _status(node: object) -> str:
    return _iri(node).rpartition("#")[2].lower() or "actual"
