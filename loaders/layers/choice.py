"""Which of the likely statements of a sentence to make."""

from collections.abc import Sequence

from reelgraph.loaders.layers.classifier import Statement

#: A statement is made when it is at least this likely, and this likely compared with the likeliest of the sentence.
LEAST = 0.015
OF_BEST = 0.2
#: The same, for a second value of a relation compared with its first.
OF_SAME = 0.7
#: From here on a statement is made whatever the others are.
SURE = 0.4


def choose(found: Sequence[Statement], *, least: float = LEAST, of_best: float = OF_BEST) -> list[Statement]:
    """Return the statements to make of those found, likeliest first; the likeliest is always made."""
    made: list[Statement] = []
    first: dict[str, float] = {}
    for one in found:
        if made and one.probability < SURE and one.probability < max(least, of_best * made[0].probability):
            break
        if one.probability < SURE and one.probability < OF_SAME * first.get(one.relation, 0.0):
            continue
        first.setdefault(one.relation, one.probability)
        made.append(one)
    return made
