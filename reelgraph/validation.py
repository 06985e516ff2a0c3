"""Checks the graph of one source document against the shapes of the ontology and says in plain words what is wrong.

SHACL's own engines take seconds for what a load does thousands of times, so the shapes are compiled once
(`reelgraph.ontology.constraints`) and checked here in one pass over the statements.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Variable

from reelgraph.ontology import OA, RDF, XSD
from reelgraph.ontology.constraints import Check, Constraints, Question, Term, constraints

_TYPE = RDF.type.value
_LEXICAL: Mapping[NamedNode, Callable[[str], object]] = {
    XSD.integer: re.compile(r"[+-]?[0-9]+").fullmatch,
    XSD.decimal: re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)").fullmatch,
    XSD.boolean: re.compile(r"true|false|0|1").fullmatch,
}

#: The statements about one node: property -> values.
Properties = dict[str, list[Term]]
_Graph = Mapping[str, Properties]
#: Stands for evidence that is known to be as it must.
SOUND_EVIDENCE: Properties = {_TYPE: [OA.SpecificResource]}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A fault of one node: `path` is the property, `value` the value at fault (empty where one is missing or too many).

    `severity` is `violation` for what is wrong and `warning` for what a person should look at; `message` says what to
    write instead.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str


def validate(quads_of_one_graph: Iterable[Quad]) -> tuple[Violation, ...]:
    """Return the faults of the graph of one source document, sorted; an empty tuple means it is fine."""
    return faults(_index(quads_of_one_graph))


def faults(graph: Mapping[str, Properties]) -> tuple[Violation, ...]:
    """Return the faults of a graph given by its nodes, sorted; `SOUND_EVIDENCE` is not looked at."""
    found: set[Violation] = set()
    asked: dict[Question, list[str]] = {}
    for focus, properties in graph.items():
        types = properties.get(_TYPE)
        if types is None or properties is SOUND_EVIDENCE:
            continue
        wanted = constraints(frozenset([_text(name) for name in types]))
        found.update(_broken(wanted, focus, properties, graph))
        for question in wanted.questions:
            asked.setdefault(question, []).append(focus)
    found.update(_answers(asked, graph))
    return tuple(sorted(found))


def _broken(wanted: Constraints, focus: str, properties: Properties, graph: _Graph) -> Iterator[Violation]:
    """Yield the faults of one node."""
    for check in wanted.needed:
        if check.paths[0] not in properties:
            yield _missing(check, focus)
    by_path = wanted.by_path
    for path, values in properties.items():
        for check in by_path.get(path, ()):
            if len(values) > 1 or check.less_than or check.at_most:
                yield from _faults(check, focus, values, properties, graph)
            elif not _conforms(check, values[0], graph):
                yield Violation(focus, path, _text(values[0]), check.message, check.severity)
    for check in wanted.of_several:
        stated = [value for path in check.paths for value in properties.get(path, ())]
        if stated:
            yield from _faults(check, focus, stated, properties, graph)
        elif check.min_count:
            yield _missing(check, focus)


def _missing(check: Check, focus: str) -> Violation:
    return Violation(focus, check.paths[0], "", check.message, check.severity)


def _index(quads: Iterable[Quad]) -> _Graph:
    graph: dict[str, Properties] = {}
    for quad in quads:
        subject = quad.subject
        if isinstance(subject, NamedNode):
            properties = graph.get(subject.value)
            if properties is None:
                properties = graph[subject.value] = {}
            predicate = quad.predicate.value
            if predicate in properties:
                properties[predicate].append(quad.object)
            else:
                properties[predicate] = [quad.object]
    return graph


def _faults(
    check: Check, focus: str, values: Sequence[Term], properties: Properties, graph: _Graph
) -> Iterator[Violation]:
    """Yield the faults of several values, or of one that another limits."""
    if len(values) > 1:
        values = list(dict.fromkeys(values))
        if (check.max_count is not None and len(values) > check.max_count) or len(values) < check.min_count:
            yield Violation(focus, check.paths[0], "", check.message, check.severity)
    for value in values:
        if not _conforms(check, value, graph):
            yield Violation(focus, check.paths[0], _text(value), check.message, check.severity)
    for other, strict in ((check.less_than, True), (check.at_most, False)):
        if other and other in properties:
            yield from _unordered(check, focus, values, properties[other], strict=strict)


def _conforms(check: Check, value: Term, graph: _Graph) -> bool:
    """Return whether a value is of the kind, class, datatype, form and range that a check asks for."""
    if isinstance(value, Literal):
        if check.classes or check.node_kind == "IRI":
            return False
        if check.datatypes and not _is_of(check.datatypes, value):
            return False
    elif check.datatypes or check.node_kind == "Literal":
        return False
    elif check.classes:
        types = graph.get(_text(value), {}).get(_TYPE, ())
        if not any(_text(name) in check.classes for name in types):
            return False
    if check.allowed and value not in check.allowed:
        return False
    if check.pattern is None and check.minimum is None and check.maximum is None and check.max_length is None:
        return not check.min_length or len(_text(value)) >= check.min_length
    return _has_form(check, _text(value))


def _is_of(datatypes: Collection[NamedNode], value: Literal) -> bool:
    datatype = value.datatype
    if datatype not in datatypes:
        return False
    well_formed = _LEXICAL.get(datatype)
    return well_formed is None or well_formed(value.value) is not None


def _has_form(check: Check, text: str) -> bool:
    if check.pattern is not None and check.pattern.search(text) is None:
        return False
    if len(text) < check.min_length or (check.max_length is not None and len(text) > check.max_length):
        return False
    if check.minimum is None and check.maximum is None:
        return True
    number = _number(text)
    if number is None or (check.minimum is not None and number < check.minimum):
        return False
    return check.maximum is None or number <= check.maximum


def _unordered(
    check: Check, focus: str, values: Iterable[Term], others: Iterable[Term], *, strict: bool
) -> Iterator[Violation]:
    """Yield a fault for each value that is not below all the others (or, if not strict, equal to them)."""
    limits = [_number(_text(other)) for other in others]
    for value in values:
        number = _number(_text(value))
        for limit in limits:
            if number is None or limit is None or number > limit or (strict and number == limit):
                yield Violation(focus, check.paths[0], _text(value), check.message, check.severity)


def _answers(asked: Mapping[Question, list[str]], graph: _Graph) -> Iterator[Violation]:
    """Yield the faults that only a query finds, run once for all nodes it is about."""
    for question, nodes in asked.items():
        store = Store()
        store.extend(
            Quad(NamedNode(focus), NamedNode(predicate), value)
            for focus in nodes
            for predicate, values in graph[focus].items()
            for value in values
        )
        rows = store.query(question.select)
        if not isinstance(rows, QuerySolutions):
            raise ValueError(f"film.ttl: write sh:select as a SELECT query: {question.select}")
        for row in rows:
            value = row[Variable("value")]
            yield Violation(_text(row["this"]), "", _text(value), question.message, question.severity)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _text(term: object) -> str:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else ""
