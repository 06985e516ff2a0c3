"""A relation classifier as plain weights: which candidate is whose value, and which words are the subject.

It is made by `training` and kept as JSON; using it needs no library. Three linear models: one for subjects, one for how
well any candidate goes with any relation, one for each relation the examples had.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import exp

from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import features, relations, subjects
from reelgraph.loaders.layers.notation import Notation, plain
from reelgraph.loaders.layers.spans import Candidate, Words, candidates, key

FORMAT = 1
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
    subject_place: tuple[int, int] = (0, 0)
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
    #: Labels are names written in full elsewhere: nothing known of them decides for another film.
    name: str = ""

    def subjects(self, words: Words, also: Sequence[str] = ()) -> list[tuple[float, tuple[int, int]]]:
        """Return the possible subjects of a sentence, the likeliest first."""
        found = [
            (sigmoid(total(self.subject, subjects.describe(words, place, self.seen, also))), place)
            for place in subjects.subjects(words)
        ]
        return sorted(found, key=lambda entry: (-entry[0], entry[1]))

    def values(self, words: Words, facts: Facts) -> Iterator[tuple[float, str, Candidate]]:
        """Yield every candidate value with a relation and its probability, the subject left open."""
        known = [relations.relation(label) for label in self.relations]
        for one in candidates(words, self.labels):
            described = features.of(words, one, self.seen)
            claimed = facts.get(key(one.value), frozenset())
            described += [f"fact={name}" for name in sorted(claimed)]
            for to in known:
                common = total(self.shared, relations.pair(words, one, to, facts))
                own = self.own.get(to.label)
                score = common if own is None else total(own, described) + own["shared"] * common
                yield sigmoid(score), to.label, one

    def statements(
        self, words: Words, facts: Facts | None = None, main: tuple[float, tuple[int, int]] | None = None
    ) -> list[Statement]:
        """Return the possible statements of a sentence, each once, the likeliest first."""
        facts = {} if facts is None else facts
        chosen = main or next(iter(self.subjects(words)), None)
        if chosen is None:
            return []
        best: dict[tuple[str, str], Statement] = {}
        for probability, label, one in self.values(words, facts):
            place = _bearer(words, one, label, chosen[1])
            subject = self.notation.name(words.said(*place))
            value = self.notation.value(one, label)
            entry = (label, plain(value))
            if plain(subject) == plain(value) or (entry in best and best[entry].probability >= probability):
                continue
            best[entry] = Statement(subject, label, value, probability, place, (one.first, one.last))
        return sorted(best.values(), key=lambda s: (-s.probability, s.relation, s.value))


def _bearer(words: Words, one: Candidate, label: str, main: tuple[int, int]) -> tuple[int, int]:
    """Return whose value it is: the main subject, or for a person's or company's relation the nearest such name before."""
    about = relations.relation(label).about
    if about == "film":
        return main
    before = [
        (other.first, other.last)
        for other in candidates(words, {})
        if other.kind == "name" and other.last <= one.first and not (other.first < main[1] and main[0] < other.last)
    ]
    fitting = [place for place in before if _fits(words, place, about)]
    longest = max(fitting, key=lambda place: (place[1], place[1] - place[0]), default=None)
    return main if longest is None or "is" in words.lower[main[1] : main[1] + 1] else longest


def _fits(words: Words, place: tuple[int, int], about: str) -> bool:
    found = set(features.shape(words, *place))
    return bool(found & {"person", "person-shape"}) if about == "person" else "person" not in found


def total(weights: Weights, found: Sequence[str] | Iterator[str]) -> float:
    """Return the sum of the weights of features."""
    return sum(weights.get(feature, 0.0) for feature in set(found)) + weights.get("", 0.0)


def sigmoid(score: float) -> float:
    """Return the probability of a score."""
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


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
