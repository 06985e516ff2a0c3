"""A relation classifier as plain weights: which candidate is whose value, and which words are the subject.

It is made by `training` and kept as JSON; using it needs no library. Three linear models: one for subjects, one for how
well any candidate goes with any relation, one for each relation the examples had.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import exp

from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import features, relations, subjects
from reelgraph.loaders.layers.notation import Notation, plain
from reelgraph.loaders.layers.relations import Relation
from reelgraph.loaders.layers.spans import Candidate, Words, candidates, key, names
from reelgraph.loaders.prose.names import has_person_shape, is_person

FORMAT = 1
#: What is less likely is not looked at.
NEGLIGIBLE = 0.002
#: So many of the possible subjects are weighed against being values.
SUBJECTS = 6
#: From here on the words of the subject are taken to be that, so that they are hardly a value.
CERTAIN = 0.5
#: How much less likely (in log-odds) than the words say is a relation of persons or companies without examples: a text
#: about films seldom tells more of them than the examples did.
RARE = 2.0
Weights = Mapping[str, float]
Facts = Mapping[str, frozenset[str]]
Seen = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One possible statement of a sentence: words of subject and value with their tokens, and how likely it is."""

    subject: str
    relation: str
    value: str
    probability: float
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Classifier:
    """The weights, the labels seen in the examples, and their notation."""

    relations: tuple[str, ...]
    subject: Weights
    shared: Weights
    own: Mapping[str, Weights]
    labels: Mapping[str, str] = field(default_factory=dict)
    seen: Seen = field(default_factory=dict)
    notation: Notation = field(default_factory=Notation)
    #: Whether the examples tell one statement of each sentence: then the possible ones share the probability.
    is_single: bool = False

    def subjects(self, words: Words, also: Sequence[str] = ()) -> list[tuple[float, tuple[int, int]]]:
        """Return the possible subjects of a sentence, the likeliest first."""
        places = subjects.subjects(words)
        scores = [total(self.subject, subjects.describe(words, place, self.seen, also)) for place in places]
        found = zip(map(sigmoid, scores), places, strict=True)
        return sorted(found, key=lambda entry: (-entry[0], entry[1]))

    def main(self, words: Words, facts: Facts) -> tuple[float, tuple[int, int]] | None:
        """Return the likeliest subject with its probability: what is hardly a value of another in the sentence."""
        ranked = self.subjects(words)[:SUBJECTS]
        if len(ranked) < 2 or self.is_single:
            return next(iter(ranked), None)
        worth: dict[str, float] = {}
        for probability, _, one in self.values(words, facts, (0, 0)):
            name = plain(one.value)
            worth[name] = max(worth.get(name, 0.0), probability)
        return max(ranked, key=lambda e: (e[0] * (1 - worth.get(plain(words.said(*e[1])), 0.0)), -e[1][0]))

    def values(self, words: Words, facts: Facts, main: tuple[int, int]) -> list[tuple[float, str, Candidate]]:
        """Return every candidate value with a relation and its probability, the subject left open."""
        scored: list[tuple[float, str, Candidate]] = []
        known = [relations.relation(label) for label in self.relations]
        for one in candidates(words, self.labels):
            described = features.of(words, one, self.seen)
            claimed = facts.get(key(one.value), frozenset())
            described += [f"fact={name}" for name in sorted(claimed)]
            described += ["in-subject"] if one.first < main[1] and main[0] < one.last else []
            fitting = [to for to in known if relations.may_be(to, one, words)]
            tried = [(self._score(words, one, to, described, facts, main), to.label) for to in fitting]
            scored.extend((score, label, one) for score, label in tried if score is not None)
        scores = [score for score, _, _ in scored]
        likely = shares(scores) if self.is_single else [sigmoid(score) for score in scores]
        return [(share, label, one) for share, (_, label, one) in zip(likely, scored, strict=True)]

    def _score(
        self, words: Words, one: Candidate, to: Relation, described: Sequence[str], facts: Facts, main: tuple[int, int]
    ) -> float | None:
        """Return how well a candidate fits a relation; None if it has no examples and one statement is true."""
        own = self.own.get(to.label)
        if self.is_single:
            return None if own is None else total(own, described)
        common = total(self.shared, relations.pair(words, one, to, facts, main))
        if own is None:
            return common - (RARE if to.about != "film" else 0.0)
        return total(own, described) + own["shared"] * common

    def statements(
        self, words: Words, facts: Facts | None = None, main: tuple[float, tuple[int, int]] | None = None
    ) -> list[Statement]:
        """Return the possible statements of a sentence, each once, the likeliest first."""
        facts = {} if facts is None else facts
        chosen = main or self.main(words, facts)
        if chosen is None:
            return []
        best: dict[tuple[str, str], Statement] = {}
        named = _Named(words, chosen[1])
        for probability, label, one in self.values(words, facts, chosen[1] if chosen[0] >= CERTAIN else (0, 0)):
            if probability < NEGLIGIBLE:
                continue
            place = named.bearer(one, label)
            subject = self.notation.name(words.said(*place))
            value = self.notation.value(one, label)
            entry = (label, plain(value))
            if plain(subject) == plain(value) or (entry in best and best[entry].probability >= probability):
                continue
            best[entry] = Statement(subject, label, value, probability, (one.first, one.last))
        return sorted(best.values(), key=lambda s: (-s.probability, s.relation, s.value))


_VERBS = (("is",), ("was",), ("has",), ("died",))


class _Named:
    """The names of a sentence besides its main subject: whom statements about persons and companies are about."""

    def __init__(self, words: Words, main: tuple[int, int]) -> None:
        self._words, self._main = words, main

    def bearer(self, one: Candidate, label: str) -> tuple[int, int]:
        """Return whose value it is: the main subject's, or for persons and companies the last named before."""
        about = relations.relation(label).about
        main = self._main
        if about == "film" or main[1] == one.first or self._words.lower[main[1] : main[1] + 1] in _VERBS:
            return main
        fitting = [place for place in self._places if place[1] <= one.first and self._fits(place, about)]
        return max(fitting, key=lambda place: (place[1], place[1] - place[0]), default=main)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        main = self._main
        return [place for place in names(self._words, 5) if place[1] <= main[0] or place[0] >= main[1]]

    def _fits(self, place: tuple[int, int], about: str) -> bool:
        said = self._words.said(*place)
        return has_person_shape(said) if about == "person" else not is_person(said)


def total(weights: Weights, found: Sequence[str] | Iterator[str]) -> float:
    """Return the sum of the weights of features."""
    return sum(weights.get(feature, 0.0) for feature in set(found)) + weights.get("", 0.0)


def sigmoid(score: float) -> float:
    """Return the probability of a score."""
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probabilities of scores of which one is right."""
    highest = max(scores, default=0.0)
    powers = [exp(max(score - highest, -500.0)) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def dumps(model: Classifier) -> str:
    """Return a classifier as JSON; the same classifier gives the same bytes."""
    content = asdict(model) | {"format": FORMAT}
    content["notation"]["decimals"] = sorted(model.notation.decimals)
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def loads(text: str) -> Classifier:
    """Return the classifier of a JSON text."""
    try:
        content = json.loads(text)
        if content.pop("format") != FORMAT:
            raise ConfigError("the trained model is of another version: train it again")
        style = content.pop("notation")
        style["decimals"] = frozenset(style["decimals"])
        return Classifier(notation=Notation(**style), relations=tuple(content.pop("relations")), **content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"this is no trained model: {error}") from None
