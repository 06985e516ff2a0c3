"""Training for examples with one statement a sentence: all possible statements of a sentence compete for being it."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

#: How much weights are held down, and how long the search for them may take.
DECAY = 2.0
STEPS = 80


def fit(
    rows: Sequence[Sequence[int]],
    width: int,
    starts: Sequence[int],
    truth: Sequence[Sequence[int]],
    allowed: Sequence[Sequence[int]],
) -> list[list[float]]:
    """Return weights, a list by relation for each feature, that make the true statements likely.

    `rows` are each candidate's features, `starts` where each sentence's candidates begin; `truth` and `allowed` say
    for each candidate and relation (0 or 1) whether the statement is true, and whether it is possible.
    """
    numpy: Any = import_module("numpy")
    sparse: Any = import_module("scipy.sparse")
    optimize: Any = import_module("scipy.optimize")
    pointers = numpy.concatenate([[0], numpy.cumsum([len(row) for row in rows])])
    indices = numpy.array([place for row in rows for place in row], dtype=numpy.int32)
    matrix = sparse.csr_matrix((numpy.ones(len(indices)), indices, pointers), shape=(len(rows), width))
    true, open_ = numpy.array(truth, dtype=bool), numpy.array(allowed, dtype=bool)
    lengths = numpy.diff([*starts, len(rows)])
    judged = numpy.add.reduceat(true.any(axis=1), starts) > 0
    shape = (width, true.shape[1])
    loss = _loss(numpy, matrix, true & open_, open_, numpy.asarray(starts), lengths, judged, shape)
    found = optimize.minimize(
        loss, numpy.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    weights: list[list[float]] = numpy.round(found.x.reshape(shape), 5).tolist()
    return weights


def _loss(
    numpy: Any, matrix: Any, true: Any, allowed: Any, starts: Any, lengths: Any, judged: Any, shape: tuple[int, int]
) -> Callable[[Any], tuple[float, Any]]:
    """Return the function to be made small, with its gradient: how unlikely the true statements are."""
    turned = matrix.T.tocsr()
    weight = numpy.repeat(judged, lengths)[:, None]

    def shares(scores: Any, chosen: Any) -> tuple[Any, Any]:
        masked = numpy.where(chosen, scores, -1e9)
        highest = numpy.maximum.reduceat(masked.max(axis=1), starts)
        below = numpy.minimum(masked - numpy.repeat(highest, lengths)[:, None], 0.0)
        powers = numpy.where(chosen, numpy.exp(below), 0.0)
        sums = numpy.maximum(numpy.add.reduceat(powers.sum(axis=1), starts), 1e-300)
        return highest + numpy.log(sums), powers / numpy.repeat(sums, lengths)[:, None]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        scores = matrix @ weights
        all_, share_all = shares(scores, allowed)
        gold, share_gold = shares(scores, true)
        gradient = turned @ ((share_all - share_gold) * weight) + DECAY * weights
        value = float((all_ - gold)[judged].sum() + DECAY / 2 * (weights**2).sum())
        return value, gradient.ravel()

    return loss
