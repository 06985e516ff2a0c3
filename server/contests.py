"""What sources differ on: the values of one thing, each with the facts that give it, and why they may differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reelgraph.server.causes import Known, causes
from reelgraph.server.statements import Statement
from reelgraph.server.view import Dispute
from reelgraph.server.without import Without


@dataclass(frozen=True, slots=True)
class Contest:
    """One thing on which sources differ: its values, each with the facts that give it, and why they may."""

    anchor: str
    property: str
    values: tuple[tuple[Dispute, tuple[Statement, ...]], ...]
    causes: tuple[str, ...] = ()


def contests(
    disputes: Sequence[Dispute], statements: Mapping[str, Statement], film: Known, off: Without
) -> list[Contest]:
    """Return what sources differ on of a film, as far as it is in dispute among those that are not switched off."""
    found = []
    for place, (name, group) in enumerate(groupby(disputes, key=lambda one: one.property)):
        values = [(one, tuple(statements[iri] for iri in one.statements if iri in statements)) for one in group]
        if off:
            values = [(replace(one, sources=len({fact.source for fact in said})), said) for one, said in values if said]
        if len(values) > 1 or not off:
            why = causes(name, tuple(one.value for one, _ in values), film)
            found.append(Contest(f"differs-{place + 1}", name, tuple(values), why))
    return found
