"""Training the relation classifier from sentences with triples; needs scikit-learn (`pip install reelgraph[ml]`)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import features, listwise, relations, samples, subjects
from reelgraph.loaders.layers.classifier import Classifier, Facts, Seen, Weights, total
from reelgraph.loaders.layers.fitting import Matrix
from reelgraph.loaders.layers.notation import Stated, agrees, learn, plain
from reelgraph.loaders.layers.spans import Candidate, Words, candidates, key

#: A relation of fewer examples is judged by the model that all relations share.
FEWEST = 4

#: With fewer examples than this, made-up sentences help to learn how statements are made in general.
MANY = 500
#: With fewer triples a sentence than this, the examples tell one statement of each sentence.
FEW_TRIPLES = 1.5
ReadFacts = Callable[[str, str], Facts]


@dataclass(frozen=True)
class Example:
    """A sentence with its triples; examples of one `group` are about the same things."""

    words: Words
    triples: tuple[Stated, ...]
    group: str
    facts: Facts = field(default_factory=dict)

    @cached_property
    def main(self) -> tuple[int, int] | None:
        """The tokens that name what most triples are about, None if the sentence does not name it."""
        wanted = plain(main_subject(self.triples))
        return next(
            (place for place in subjects.subjects(self.words) if plain(self.words.said(*place)) == wanted), None
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """One candidate of an example, described."""

    example: Example
    one: Candidate
    found: list[str]


def examples(rows: Iterable[tuple[str, Sequence[Stated]]], facts: ReadFacts | None = None) -> list[Example]:
    """Return sentences and their triples as examples, grouped by what they are about."""
    listed = [(Words(text), tuple(triples)) for text, triples in rows]
    groups = grouped([triples for _, triples in listed])
    made = []
    for (words, triples), group in zip(listed, groups, strict=True):
        main = main_subject(triples)
        told = facts(words.text, main.replace("_", " ")) if facts and plain(main) in key(words.text) else {}
        made.append(Example(words, triples, group, told))
    return made


def main_subject(triples: Sequence[Stated]) -> str:
    """Return the thing that most triples are about."""
    return Counter(subject for subject, _, _ in triples).most_common(1)[0][0] if triples else ""


def grouped(rows: Sequence[Sequence[Stated]]) -> list[str]:
    """Return a group for each row: rows that share a subject, also as a value of the other, are in one group."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    about = {plain(subject) for triples in rows for subject, _, _ in triples}
    for triples in rows:
        first = plain(main_subject(triples))
        for subject, _, value in triples:
            for name in (plain(subject), plain(value)):
                if name in about:
                    one, other = sorted((root(first), root(name)))
                    parent[other] = one
    return [root(plain(main_subject(triples))) for triples in rows]


def train(given: Sequence[Example], labels: Sequence[str] = ()) -> Classifier:
    """Return a classifier for the relations of the examples and of `labels`."""
    if not given:
        raise ConfigError("there are no examples to train from")
    triples = [triple for one in given for triple in one.triples]
    names = dict.fromkeys([*labels, *(relation for _, relation, _ in triples)])
    table = _labels(given)
    known = {name: value for name, (value, _) in table.items()}
    model = Classifier(tuple(names), {}, {}, {}, known, _counts(table), learn(triples))
    rows = [row for one in given for row in _described(one, known, _Others(table, one.group))]
    general = examples(samples.sentences()) if len(given) < MANY else []
    common = [row for one in general for row in _described(one, {}, {})]
    is_single = len(triples) < FEW_TRIPLES * len(given)
    model = replace(model, is_single=is_single, subject=_subject([*given, *general], table))
    if is_single:
        return replace(model, own=_competing(rows, tuple(names)))
    model = replace(model, shared=_shared([*rows, *common]))
    return replace(model, own=dict(_own(rows, tuple(names), model.shared)))


def _subject(given: Sequence[Example], table: "_Table") -> Weights:
    """Fit the model that tells the words for what the statements are about."""
    found: list[list[str]] = []
    truth: list[bool] = []
    groups: list[str] = []
    for one in given:
        wanted = plain(main_subject(one.triples))
        for place in subjects.subjects(one.words):
            found.append(subjects.describe(one.words, place, _Others(table, one.group)))
            truth.append(plain(one.words.said(*place)) == wanted)
            groups.append(one.group)
    return Matrix(found, groups).fit(truth)


_Table = Mapping[str, tuple[str, Mapping[str, set[str]]]]


def _labels(given: Sequence[Example]) -> _Table:
    """Return the values of the examples by key: as written, and by relation the groups that have them."""
    table: dict[str, tuple[str, dict[str, set[str]]]] = {}
    for one in given:
        for _, relation, value in one.triples:
            if not any(char.isalpha() for char in value):
                continue
            _, groups = table.setdefault(plain(value), (value, defaultdict(set)))
            groups[relation].add(one.group)
    return table


def _counts(table: _Table) -> dict[str, dict[str, int]]:
    return {name: {r: len(groups) for r, groups in found.items()} for name, (_, found) in table.items()}


class _Others(Mapping[str, Mapping[str, int]]):
    """The labels seen in the examples of all groups but one."""

    def __init__(self, table: _Table, group: str) -> None:
        self._table, self._group = table, group

    def __getitem__(self, name: str) -> Mapping[str, int]:
        _, found = self._table[name]
        counts = {relation: len(groups - {self._group}) for relation, groups in found.items()}
        left = {relation: count for relation, count in counts.items() if count}
        if not left:
            raise KeyError(name)
        return left

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class _Known(Mapping[str, str]):
    """The labels as written, of all groups but one."""

    def __init__(self, known: Mapping[str, str], seen: Seen) -> None:
        self._known, self._seen = known, seen

    def __getitem__(self, name: str) -> str:
        if name not in self._known or name not in self._seen:
            raise KeyError(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _described(one: Example, known: Mapping[str, str], seen: Seen) -> Iterator[_Row]:
    for candidate in candidates(one.words, _Known(known, seen)):
        claimed = one.facts.get(key(candidate.value), frozenset())
        found = features.of(one.words, candidate, seen) + [f"fact={name}" for name in sorted(claimed)]
        if one.main is not None and candidate.first < one.main[1] and one.main[0] < candidate.last:
            found.append("in-subject")
        yield _Row(one, candidate, found)


def _is_true(row: _Row, relation: str) -> bool:
    return any(r == relation and agrees(row.one, value) for _, r, value in row.example.triples)


def _shared(rows: Sequence[_Row]) -> Weights:
    """Fit the model that all relations share; of pairs that are wrong every third is enough."""
    found, truth, groups = [], [], []
    had = {relation for row in rows for _, relation, _ in row.example.triples}
    known = [relations.relation(label) for label in sorted(had)]
    for number, row in enumerate(rows):
        for place, to in enumerate(known):
            if not relations.may_be(to, row.one, row.example.words):
                continue
            true = _is_true(row, to.label)
            if true or (number + place) % 3 == 0:
                found.append(list(_pair(row, to)))
                truth.append(true)
                groups.append(row.example.group)
    return _fit(found, truth, groups)


def _pair(row: _Row, to: relations.Relation) -> Iterator[str]:
    return relations.pair(row.example.words, row.one, to, row.example.facts, row.example.main)


def _own(rows: Sequence[_Row], labels: Sequence[str], shared: Weights) -> Iterator[tuple[str, Weights]]:
    """Fit each relation's own model, for which the shared model's score is one more feature."""
    matrix = Matrix([row.found for row in rows], [row.example.group for row in rows])
    for label in labels:
        to = relations.relation(label)
        places = [n for n, row in enumerate(rows) if relations.may_be(to, row.one, row.example.words)]
        fitting = [rows[place] for place in places]
        truth = [_is_true(row, label) for row in fitting]
        if sum(truth) < FEWEST:
            continue
        scores = [total(shared, _pair(row, to)) for row in fitting]
        yield label, matrix.fit(truth, scores, places)


def _competing(rows: Sequence[_Row], labels: Sequence[str]) -> dict[str, Weights]:
    """Fit the models of all relations together: one statement of a sentence is true."""
    matrix = Matrix([row.found for row in rows], [row.example.group for row in rows])
    had = {relation for row in rows for _, relation, _ in row.example.triples}
    known = [relations.relation(label) for label in labels if label in had]
    starts = [n for n, row in enumerate(rows) if n == 0 or row.example is not rows[n - 1].example]
    truth = [[int(_is_true(row, to.label)) for to in known] for row in rows]
    allowed = [[int(relations.may_be(to, row.one, row.example.words)) for to in known] for row in rows]
    try:
        weights = listwise.fit(matrix.rows, len(matrix.names), starts, truth, allowed)
    except ImportError as error:
        raise ConfigError(f"training needs scikit-learn: pip install 'reelgraph[ml]' ({error})") from None
    return {
        to.label: {name: row[place] for name, row in zip(matrix.names, weights, strict=True) if row[place]}
        for place, to in enumerate(known)
    }


def _fit(found: Sequence[Sequence[str]], truth: Sequence[bool], groups: Sequence[str]) -> Weights:
    return Matrix(found, groups).fit(truth)
