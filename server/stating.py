"""Which facts a plain triple is the short form of: the inverse of what `reelgraph.mapping` stores beside a fact."""

from pyoxigraph import NamedNode

from reelgraph import mapping
from reelgraph.ontology import concepts, term
from reelgraph.server.statements import Statement
from reelgraph.values import duration

_MINUTES, _DURATION = term("film:runtimeMinutes"), term("schema:duration")


def states(fact: Statement, predicate: NamedNode, value: str) -> bool:
    """Return whether a fact is stored as a plain triple with this property and value, too."""
    rule = mapping.rules().get(fact.kind)
    if rule is None:
        # A property that no kind of fact has is a kind by itself.
        return fact.kind == predicate.value and any(value in _said(fact, name) for name in fact.fields)
    if rule.node_class is None:
        return any(slot.predicate == predicate and value in _said(fact, slot.name) for slot in rule.slots.values())
    if fact.status != "actual" or any(_first(fact, name) not in wanted for name, wanted in rule.direct_if):
        return False
    for name, target in rule.direct:
        if target == predicate and value in _said(fact, name):
            return True
        if target == _MINUTES and predicate == _DURATION:
            return any(one.isdecimal() and duration(int(one)).value == value for one in _said(fact, name))
    return rule.by_concept is not None and _does(fact, rule.by_concept, predicate, value)


def _does(fact: Statement, names: tuple[str, str], predicate: NamedNode, value: str) -> bool:
    """Return whether the job in a fact has this property as its short form."""
    job, agent = names
    found = concepts("jobs").by_iri(_first(fact, job))
    return found is not None and found.shortcut == predicate.value and value in _said(fact, agent)


def _said(fact: Statement, name: str) -> tuple[str, ...]:
    return tuple(value.iri or value.text for value in fact.fields.get(name, ()))


def _first(fact: Statement, name: str) -> str:
    return next(iter(_said(fact, name)), "")
