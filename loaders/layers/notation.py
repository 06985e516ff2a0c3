"""How an ontology's examples write values: dates, numbers, names; learned from examples, used for new values."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reelgraph.loaders.layers.spans import Candidate, key
from reelgraph.loaders.prose.dates import MONTHS

_MONTHS = MONTHS.split("|")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_QUALIFIER = re.compile(r"[ _]\([^()]*\)$")

Stated = tuple[str, str, str]


def plain(label: str) -> str:
    """Return the key of a label without what tells it from others of the same name: `Ann_Lee_(actor)` is `annlee`."""
    return key(_QUALIFIER.sub("", label)) or key(label)


@dataclass(frozen=True)
class Notation:
    """The ways of writing: of dates and numbers by relation, and whether names have underscores."""

    dates: Mapping[str, str] = field(default_factory=dict)
    decimals: frozenset[str] = frozenset()
    underscores: bool = False

    def value(self, one: Candidate, relation: str) -> str:
        """Return a candidate's value as the relation's values are written."""
        if one.kind == "date":
            return date(one.value, self.dates.get(relation, self.dates.get("", "iso")))
        if one.kind == "number":
            return f"{float(one.value)}" if relation in self.decimals else one.value
        return self.name(one.value)

    def name(self, text: str) -> str:
        """Return a name as names are written."""
        return text.replace(" ", "_") if self.underscores else text


def date(value: str, style: str) -> str:
    """Return an ISO date, also one of a year alone, in a style.

    >>> date("1984", "words")
    '01 January 1984'
    """
    year, month, day = (*value.split("-"), "01", "01")[:3]
    if style == "year":
        return year
    return f"{day} {_MONTHS[int(month) - 1]} {year}" if style == "words" else f"{year}-{month}-{day}"


def learn(triples: Iterable[Stated]) -> Notation:
    """Return how the examples write their values."""
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    decimals: Counter[str] = Counter()
    names: Counter[bool] = Counter()
    for subject, relation, value in triples:
        for style, pattern in (("words", _DAY_MONTH_YEAR), ("iso", _ISO), ("year", _YEAR)):
            if pattern.fullmatch(value):
                dates[relation][style] += 1
                dates[""][style] += 1
        decimals[relation] += bool(re.fullmatch(r"\d+\.0", value))
        if " " in subject or "_" in subject:
            names["_" in subject] += 1
    styles = {relation: max(sorted(found), key=lambda s: found[s]) for relation, found in dates.items()}
    return Notation(styles, frozenset(r for r, n in decimals.items() if n), names[True] > names[False])


def agrees(one: Candidate, value: str) -> bool:
    """Whether a candidate is what an example's value says, however that is written."""
    if one.kind == "date":
        return value in {date(one.value, "words"), date(one.value, "iso"), date(one.value, "year")}
    if one.kind == "number":
        return re.sub(r"\.0+$", "", value) == re.sub(r"\.0+$", "", one.value)
    return key(one.value) == key(value) or plain(one.value) == plain(value)
