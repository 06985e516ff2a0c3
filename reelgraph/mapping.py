"""From a fact to triples, as the tables of `ontology/facts.toml` say; the file is read and compiled once."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode

from reelgraph import iris, ontology
from reelgraph.errors import MappingError
from reelgraph.model import STATUSES, Fact, Value
from reelgraph.ontology import term
from reelgraph.values import Converter, Term, Thing, concept, converter, duration, named

Triple = tuple[NamedNode, NamedNode, Term]

_TYPE = term("rdf:type")
_STATUS = term("film:status")
_WORDING = term("film:wording")
_DURATION = term("schema:duration")
_MINUTES = term("film:runtimeMinutes")
#: The nodes of the statuses a fact can have.
STATUS_NODES = {status: term(f"film:{status.capitalize()}") for status in STATUSES}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field goes: its property, how its values become terms, and for a path the node between."""

    name: str
    predicate: NamedNode
    convert: Converter
    between: NamedNode | None = None
    between_class: NamedNode | None = None
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of fact becomes RDF: a compiled table of `facts.toml`.

    `concepts` names the fields whose words a concept scheme explains, `territories` those that can be places.
    """

    kind: str
    slots: Mapping[str, Slot]
    node_class: NamedNode | None = None
    link: NamedNode | None = None
    direct: tuple[tuple[str, NamedNode], ...] = ()
    direct_if: tuple[tuple[str, frozenset[str]], ...] = ()
    by_concept: tuple[str, str] | None = None
    territories: tuple[str, ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact in RDF: `node` carries its evidence; without a node every one of `plain` gets a claim."""

    node: NamedNode | None
    plain: tuple[Triple, ...]


def _term(name: str) -> NamedNode:
    try:
        return term(name)
    except ValueError as error:
        raise MappingError(f"facts.toml: {error}") from None


def _slot(kind: str, name: str, text: str) -> Slot:
    try:
        path, range_name = text.split()
    except ValueError:
        raise MappingError(f'facts.toml, {kind}.{name}: write "property range", not {text!r}') from None
    first, _, last = path.partition("/")
    convert = converter(range_name)
    scheme_ = range_name.removeprefix("concept:") if range_name.startswith("concept:") else ""
    if not last:
        return Slot(name, _term(path), convert, scheme=scheme_)
    prefix, local, class_prefix, class_local = first.split(":")
    return Slot(
        name,
        _term(last),
        convert,
        _term(f"{prefix}:{local}"),
        _term(f"{class_prefix}:{class_local}"),
        scheme_,
    )


def _rule(kind: str, table: Mapping[str, Any]) -> Rule:
    fields: Mapping[str, str] = table["fields"]
    slots = {name: _slot(kind, name, text) for name, text in fields.items()}
    territories = tuple(name for name, text in fields.items() if text.endswith(" territory"))
    concepts = tuple((name, slot.scheme) for name, slot in slots.items() if slot.scheme)
    if table["form"] == "plain":
        return Rule(kind, slots, territories=territories, concepts=concepts)
    shortcut = table.get("direct_by_concept")
    return Rule(
        kind,
        slots,
        _term(table["class"]),
        _term(table["link"]),
        tuple((name, _term(target)) for name, target in table.get("direct", {}).items()),
        tuple(
            (name, frozenset([wanted] if isinstance(wanted, str) else wanted))
            for name, wanted in table.get("direct_if", {}).items()
        ),
        (shortcut["field"], shortcut["value"]) if shortcut else None,
        territories,
        concepts,
    )


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rule of every kind of fact."""
    text = files("reelgraph.ontology").joinpath("facts.toml").read_text(encoding="utf-8")
    return {kind: _rule(kind, table) for kind, table in tomllib.loads(text).items()}


def rule(kind: str) -> Rule:
    """Return the rule of a kind of fact; an unknown kind is an error that names the known ones."""
    try:
        return rules()[kind]
    except KeyError:
        raise MappingError(f"unknown kind of fact {kind!r}; facts.toml has: {', '.join(rules())}") from None


def unknown_words(facts: Iterable[Fact]) -> Counter[str]:
    """Count the words of facts for which their concept scheme has no concept."""
    counts: Counter[str] = Counter()
    for fact in facts:
        for name, scheme in rule(fact.kind).concepts:
            word = fact.fields.get(name)
            if isinstance(word, str) and word and concept(scheme, word) is None:
                counts[f"{scheme}: {word}"] += 1
    return counts


def _converted(fact: Fact, rule: Rule, thing: Thing) -> list[tuple[Slot, Value, Term | None]]:
    found = []
    for name, value in fact.fields.items():
        if value == "":
            continue
        slot = rule.slots.get(name)
        if slot is None:
            known = ", ".join(rule.slots)
            raise MappingError(
                f"{fact.kind} ({fact.extractor or 'unknown extractor'}): no field {name!r}; it has: {known}"
            )
        try:
            found.append((slot, value, slot.convert(value, thing)))
        except TypeError:
            raise MappingError(f"{fact.kind}.{name}: {value!r} is not what facts.toml asks for") from None
    return found


def write(
    fact: Fact, subject: NamedNode, source: str, base: str, thing: Thing, add: Callable[[Triple], None]
) -> Statement:
    """Add the triples of a fact and return what its evidence belongs to; plain triples only of actual facts."""
    if fact.status not in STATUS_NODES:
        raise MappingError(f"{fact.kind}: unknown status {fact.status!r}; known: {', '.join(STATUSES)}")
    rule_ = rule(fact.kind)
    found = _converted(fact, rule_, thing)
    if rule_.node_class is None or rule_.link is None:
        plain = tuple(
            (subject, slot.predicate, Literal(str(value)) if made is None else made)
            for slot, value, made in found
            if made is not None or slot.scheme
        )
        if fact.status == "actual":
            for triple in plain:
                add(triple)
        return Statement(None, plain)
    key = sorted(f"{slot.name}={value if made is None else made}" for slot, value, made in found)
    node = NamedNode(iris.node(base, fact.kind, (source, str(subject), fact.status, *key)))
    add((subject, rule_.link, node))
    add((node, _TYPE, rule_.node_class))
    add((node, _STATUS, STATUS_NODES[fact.status]))
    for slot, value, made in found:
        _add_field(node, slot, value, made, add)
    if fact.status == "actual":
        _add_direct(subject, rule_, {slot.name: made for slot, _, made in found}, fact, add)
    return Statement(node, ())


def _add_field(node: NamedNode, slot: Slot, value: Value, made: Term | None, add: Callable[[Triple], None]) -> None:
    if made is None:
        if slot.scheme:
            add((node, _WORDING, Literal(str(value))))
        return
    if slot.between is not None and slot.between_class is not None:
        between = named(f"{node.value}#{slot.between.value.rpartition('/')[2].rpartition('#')[2]}")
        add((node, slot.between, between))
        add((between, _TYPE, slot.between_class))
        node = between
    add((node, slot.predicate, made))


def _add_direct(
    subject: NamedNode, rule_: Rule, terms: Mapping[str, Term | None], fact: Fact, add: Callable[[Triple], None]
) -> None:
    if any(str(fact.fields.get(name, "")) not in wanted for name, wanted in rule_.direct_if):
        return
    for name, predicate in rule_.direct:
        made = terms.get(name)
        if made is None:
            continue
        add((subject, predicate, made))
        if predicate == _MINUTES:
            add((subject, _DURATION, duration(int(made.value))))
    if rule_.by_concept:
        job, agent = (terms.get(name) for name in rule_.by_concept)
        concept = ontology.concepts("jobs").by_iri(job.value) if job is not None else None
        if concept is not None and concept.shortcut and agent is not None:
            add((subject, named(concept.shortcut), agent))
