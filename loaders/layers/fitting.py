"""Fitting a linear model to described candidates; needs scikit-learn."""

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from reelgraph.errors import ConfigError
from reelgraph.loaders.layers.classifier import Weights

#: Strength of the models (the inverse of how much weights are held down).
STRENGTH = 0.3


class _Column(Protocol):
    def tolist(self) -> list[list[float]]: ...


class _Model(Protocol):
    coef_: _Column
    intercept_: _Column

    def fit(self, rows: object, truth: object) -> object: ...


class Matrix:
    """Described candidates as a sparse matrix; a feature must be found in two groups."""

    def __init__(self, found: Sequence[Sequence[str]], groups: Sequence[str]) -> None:
        where: dict[str, set[str]] = defaultdict(set)
        for one, group in zip(found, groups, strict=True):
            for feature in set(one):
                if len(where[feature]) < 2:
                    where[feature].add(group)
        self.names = sorted(feature for feature, of in where.items() if len(of) > 1)
        self._places = {feature: place for place, feature in enumerate(self.names)}
        self.rows = [sorted({self._places[f] for f in one if f in self._places}) for one in found]

    def fit(
        self, truth: Sequence[bool], scores: Sequence[float] | None = None, places: Sequence[int] | None = None
    ) -> Weights:
        """Return the weights that tell the true from the others."""
        try:
            linear, sparse = import_module("sklearn.linear_model"), import_module("scipy.sparse")
        except ImportError as error:
            raise ConfigError(f"training needs scikit-learn: pip install 'reelgraph[ml]' ({error})") from None
        if len(set(truth)) < 2:
            return {"": 20.0 if truth and truth[0] else -20.0, "shared": 0.0}
        pointers, indices, data = [0], [], []
        rows = self.rows if places is None else [self.rows[place] for place in places]
        for row, score in zip(rows, scores or [0.0] * len(rows), strict=True):
            indices += [*row, len(self.names)]
            data += [*[1.0] * len(row), score]
            pointers.append(len(indices))
        shape = (len(rows), len(self.names) + 1)
        model = cast("_Model", linear.LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0))
        model.fit(sparse.csr_matrix((data, indices, pointers), shape=shape), list(truth))
        weights = model.coef_.tolist()[0]
        kept = {name: round(w, 5) for name, w in zip(self.names, weights, strict=False) if abs(w) > 1e-4}
        return {
            **kept,
            "shared": round(weights[-1], 5),
            "": round(cast("list[float]", model.intercept_.tolist())[0], 5),
        }
