"""Which of the likely statements of a sentence to make."""

from collections.abc import Sequence

from reelgraph.loaders.layers.classifier import Statement

#: What a statement costs when it is wrong, compared with what a true one gives: less where the examples tell only one
#: of a sentence's statements, so that many of the others are true.
COST = 0.7
COST_SINGLE = 0.15
#: A second value of a relation must be this likely compared with the first, unless it is sure.
OF_FIRST = 0.5
SURE = 0.5
LEAST = 0.01


def choose(found: Sequence[Statement], *, is_single: bool) -> list[Statement]:
    """Return the statements to make of those found (likeliest first): the number of them that promises the best F1."""
    cost = COST_SINGLE if is_single else COST
    kept = [one for one in _distinct(found) if one.probability >= LEAST] or list(found[:1])
    expected = max(1.0, sum(one.probability for one in found))
    best, count, true = 0.0, 1, 0.0
    for number, one in enumerate(kept, 1):
        true += one.probability
        gain = 2 * true / (cost * number + expected)
        if gain > best or one.probability >= SURE:
            best, count = max(gain, best), number
    return kept[:count]


def _distinct(found: Sequence[Statement]) -> list[Statement]:
    """Leave out second values of a relation that are much less likely than the first."""
    first: dict[str, float] = {}
    kept = []
    for one in found:
        if one.probability >= min(SURE, OF_FIRST * first.get(one.relation, 0.0)):
            first.setdefault(one.relation, one.probability)
            kept.append(one)
    return kept
