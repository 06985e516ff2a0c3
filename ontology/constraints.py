"""The SHACL shapes of the ontology, compiled: what each class asks of its members, as plain values to check against.

Only the part of SHACL that the shapes use is known here; a shape that uses more is an error, not silently ignored.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from reelgraph.ontology.namespaces import OWL, RDF, RDFS, SH
from reelgraph.ontology.vocabulary import shapes

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple
_Graph = Mapping[Node, Mapping[NamedNode, list[Term]]]

_ABOUT = {SH.path, SH.name, SH.order, SH.message, SH.severity, RDF.type}
_NUMBERS = {
    SH.minCount: "min_count",
    SH.maxCount: "max_count",
    SH.minLength: "min_length",
    SH.maxLength: "max_length",
}
_LIMITS = {SH.minInclusive: "minimum", SH.maxInclusive: "maximum"}
_COMPARED = {SH.lessThan: "less_than", SH.lessThanOrEquals: "at_most"}


@dataclass(frozen=True, slots=True)
class Check:
    """What a class asks of one property; `paths` are alternatives, None or empty means that nothing is asked."""

    paths: tuple[str, ...]
    name: str
    message: str
    severity: str
    order: int = 0
    min_count: int = 0
    max_count: int | None = None
    min_length: int = 0
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    datatypes: frozenset[NamedNode] = frozenset()
    classes: frozenset[str] = frozenset()
    node_kind: str = ""
    allowed: frozenset[Term] = frozenset()
    pattern: re.Pattern[str] | None = None
    less_than: str = ""
    at_most: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A query that finds the members of a class (`?this`) that have a fault; it looks at their properties only."""

    select: str
    message: str
    severity: str


@dataclass(frozen=True)
class Constraints:
    """All that is asked of the members of one class, what its wider classes ask included."""

    checks: tuple[Check, ...]
    questions: tuple[Question, ...]

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Check, ...]]:
        """The checks of each property, without those of several."""
        paths = dict.fromkeys(path for check in self.checks for path in check.paths)
        return {path: tuple(check for check in self.checks if check.paths == (path,)) for path in paths}

    @cached_property
    def of_several(self) -> tuple[Check, ...]:
        """The checks of several properties together."""
        return tuple(check for check in self.checks if len(check.paths) > 1)

    @cached_property
    def needed(self) -> tuple[Check, ...]:
        """The checks of properties that must be there."""
        return tuple(check for check in self.checks if check.min_count and len(check.paths) == 1)


@cache
def constraints(types: frozenset[str]) -> Constraints:
    """Return what is asked of a node that has these classes."""
    wider = {wide for name in types for wide in superclasses().get(name, {name})}
    found = [_by_class()[name] for name in sorted(wider) if name in _by_class()]
    checks = dict.fromkeys(check for one in found for check in one.checks)
    return Constraints(
        tuple(sorted(checks, key=lambda check: check.order)),
        tuple(dict.fromkeys(question for one in found for question in one.questions)),
    )


@cache
def superclasses() -> Mapping[str, frozenset[str]]:
    """Return each class with all wider ones, itself included."""
    parents: dict[str, set[str]] = {}
    for subject, values in _graph().items():
        if isinstance(subject, NamedNode) and (RDFS.subClassOf in values or OWL["Class"] in values.get(RDF.type, ())):
            parents[subject.value] = {_text(parent) for parent in values.get(RDFS.subClassOf, ())}
    return {name: frozenset(_closure(name, parents)) for name in parents}


@cache
def subclasses(name: str) -> frozenset[str]:
    """Return a class with all narrower ones, itself included."""
    return frozenset({name} | {narrow for narrow, wider in superclasses().items() if name in wider})


def _closure(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    found, queue = {name}, [name]
    while queue:
        for parent in parents.get(queue.pop(), ()):
            if parent not in found:
                found.add(parent)
                queue.append(parent)
    return found


@cache
def _graph() -> _Graph:
    graph: dict[Node, dict[NamedNode, list[Term]]] = {}
    for quad in shapes():
        if not isinstance(quad.subject, Triple):
            graph.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return graph


@cache
def _by_class() -> Mapping[str, Constraints]:
    """Return what each class itself asks of its members."""
    found: dict[str, Constraints] = {}
    for shape, values in _graph().items():
        if SH.NodeShape not in values.get(RDF.type, ()):
            continue
        made = Constraints(
            tuple(_check(node) for node in values.get(SH.property, ())),
            tuple(_question(node, _severity(values)) for node in values.get(SH.sparql, ())),
        )
        for target in _targets(shape, values):
            known = found.get(target, Constraints((), ()))
            found[target] = Constraints(known.checks + made.checks, known.questions + made.questions)
    return found


def _targets(shape: Node, values: Mapping[NamedNode, list[Term]]) -> Iterator[str]:
    if OWL["Class"] in values[RDF.type] and isinstance(shape, NamedNode):
        yield shape.value
    for target in values.get(SH.targetClass, ()):
        yield _text(target)


def _check(node: Term) -> Check:
    values = _values(node)
    asked: dict[str, object] = {}
    for predicate, objects in values.items():
        if predicate not in _ABOUT:
            for value in objects:
                asked.update(_asked(predicate, value))
    return Check(
        paths=_paths(values[SH.path][0]),
        name=_text(values[SH.name][0]),
        message=_text(values[SH.message][0]),
        severity=_severity(values),
        order=int(_text(values[SH.order][0])),
        **asked,  # type: ignore[arg-type]
    )


def _asked(predicate: NamedNode, value: Term) -> dict[str, object]:
    """Return the fields of a Check for one constraint of a property shape."""
    if predicate in _NUMBERS:
        return {_NUMBERS[predicate]: int(_text(value))}
    if predicate in _LIMITS:
        return {_LIMITS[predicate]: Decimal(_text(value))}
    if predicate in _COMPARED:
        return {_COMPARED[predicate]: _text(value)}
    if predicate == SH.datatype:
        return {"datatypes": frozenset([value])}
    if predicate == SH["or"]:
        return {"datatypes": frozenset(_values(member)[SH.datatype][0] for member in _list(value))}
    if predicate == SH["class"]:
        return {"classes": subclasses(_text(value))}
    if predicate == SH.nodeKind:
        return {"node_kind": _text(value).removeprefix(str(SH))}
    if predicate == SH["in"]:
        return {"allowed": frozenset(_list(value))}
    if predicate == SH.pattern:
        return {"pattern": re.compile(_text(value))}
    raise ValueError(f"film.ttl: validation does not know {predicate}: use another constraint or teach it this one")


def _question(node: Term, severity: str) -> Question:
    values = _values(node)
    return Question(_text(values[SH.select][0]), _text(values[SH.message][0]), severity)


def _severity(values: Mapping[NamedNode, list[Term]]) -> str:
    return "warning" if SH.Warning in values.get(SH.severity, ()) else "violation"


def _paths(node: Term) -> tuple[str, ...]:
    if isinstance(node, NamedNode):
        return (node.value,)
    return tuple(_text(member) for member in _list(_values(node)[SH.alternativePath][0]))


def _list(node: Term) -> Iterable[Term]:
    members = []
    while node != RDF.nil:
        values = _values(node)
        members.append(values[RDF.first][0])
        node = values[RDF.rest][0]
    return members


def _values(node: Term) -> Mapping[NamedNode, list[Term]]:
    if isinstance(node, NamedNode | BlankNode):
        return _graph()[node]
    raise ValueError(f"film.ttl: a shape was expected, not {node}")


def _text(node: Term) -> str:
    if isinstance(node, NamedNode | Literal):
        return node.value
    raise ValueError(f"film.ttl: an IRI or a literal was expected, not {node}")
