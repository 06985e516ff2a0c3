"""Candidate spans of one sentence: names, titles, dates, numbers, genres, places and words known as labels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.ceremonies import categories
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import is_person

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?=\W|$)|[^\W_](?:[^\W_]|[\u0080-\u009f])*(?:\.(?=[A-Z]\.)[A-Z])*"
    r"|['’](?:s|m|re|ve|ll|d|t)\b|\S"
)
#: Words that may stand inside a title or a company's name.
INNER = frozenset(
    "of the and & de la le du des del di da van von der den for in on at a an to with from el al y et vs no und aus"
    " : - ' ’ ! ? . , / 's ’s 'm 'n' n ' your my my".split()
)
_LONGEST = 12
#: What stands between the names of a list.
LISTED = re.compile(r"\s*,\s*|\s+(?:and|with|&)\s+")
_NO_NAMES = frozenset(
    "The A An It Its He She They His Her Their This That In On At As By And With For While When After".split()
)
_NUMERIC_DATE = re.compile(r"(?<![\d/-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>1[89]\d\d|20\d\d)(?![\d/-])")
_PART_DATE = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m>[A-Z][a-z]+),? (?:in )?the year (?P<y>\d{4})|"
    r"(?P<m2>[A-Z][a-z]+) (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?:in |of )?(?:the year )?(?P<y2>\d{4})"
)
_NUMBER = re.compile(r"(?<![\w.,])[$€£]?\d[\d,]*(?:\.\d+)?(?![\w])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark at a place."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital or a digit."""
        return self.text[0].isupper() or self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a relation's value: tokens `first` to `last` (exclusive), `value` as it is to be written."""

    first: int
    last: int
    text: str
    value: str
    kind: str


@dataclass(frozen=True)
class Words:
    """A sentence with its tokens."""

    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens."""
        return tuple(Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(self.text))

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """All tokens in lower case."""
        return tuple(token.text.lower() for token in self.tokens)

    def said(self, first: int, last: int) -> str:
        """Return the words of tokens `first` to `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def stops(self, place: int) -> bool:
        """Whether the mark at a place ends a sentence: a full stop after a word that is no initial or abbreviation."""
        token = self.tokens[place]
        if token.text not in ".!?" or place == 0 or place + 1 == len(self.tokens):
            return False
        before, after = self.tokens[place - 1], self.tokens[place + 1]
        short = len(before.text) < 2 or not _abbreviations().isdisjoint((f"{before.text}.", f"{before.text.lower()}."))
        return token.text == "." and after.start > token.end and before.end == token.start and not short

    def at(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the tokens that cover characters `start` to `end`, None if there are none."""
        inside = [n for n, token in enumerate(self.tokens) if token.end > start and token.start < end]
        return (inside[0], inside[-1] + 1) if inside else None


def key(text: str) -> str:
    """Return a text as names are compared: lower case, without spaces and underscores."""
    return re.sub(r"[_\s]+", "", text).lower()


def candidates(words: Words, known: Mapping[str, str]) -> list[Candidate]:
    """Return the candidate values of a sentence; `known` has labels seen elsewhere by their key."""
    found: dict[tuple[int, int, str], Candidate] = {}
    stated = list(_dates(words))
    others = [one for one in (*_numbers(words), *_names(words)) if not any(_spoils(one, date) for date in stated)]
    for one in (*stated, *_vocabulary(words), *_known(words, known), *others):
        found.setdefault((one.first, one.last, key(one.value)), one)
    return _completed(list(found.values()))


def _spoils(one: Candidate, date: Candidate) -> bool:
    """Whether a name or number is a piece of a date, or has a piece of it."""
    apart = one.last <= date.first or date.last <= one.first
    return not apart and not (one.kind == "name" and one.first <= date.first and date.last < one.last)


def _completed(found: list[Candidate]) -> list[Candidate]:
    """Give surnames alone the full name that the sentence has elsewhere."""
    full: dict[str, str] = {}
    for one in found:
        if one.kind == "name" and 2 <= one.last - one.first <= 4 and is_person(one.text):
            full[one.text.rpartition(" ")[2]] = one.text
    inside = {one.last for one in found if one.text in full.values()}
    return [
        replace(one, value=full[one.text])
        if one.kind == "name" and one.text in full and one.last not in inside
        else one
        for one in found
    ]


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.abbreviations())


def names(words: Words, longest: int = _LONGEST) -> Iterator[tuple[int, int]]:
    """Yield every stretch of tokens that begins and ends with a capital and has no other words than links inside."""
    tokens = words.tokens
    for first, token in enumerate(tokens):
        if not token.is_capital:
            continue
        for last in range(first, min(first + longest, len(tokens))):
            word = tokens[last]
            if word.is_capital:
                yield first, last + 1
            elif words.lower[last] not in INNER or words.stops(last):
                break


def lists_persons(said: str) -> bool:
    """Whether the words are several names, a person's among them."""
    parts = LISTED.split(said)
    persons = [is_person(part) for part in parts]
    return len(parts) > 1 and persons[-1] and (persons[0] or " " not in parts[0])


def _names(words: Words) -> Iterator[Candidate]:
    for first, last in names(words, 9):
        inner = [w for t, w in zip(words.tokens[first:last], words.lower[first:last], strict=True) if not t.is_capital]
        said = words.said(first, last)
        if "," in inner or inner.count("and") > 1 or not any(char.isalpha() for char in said):
            continue
        if said in _NO_NAMES or lists_persons(said):
            continue
        yield Candidate(first, last, said, said, "name")


def _dates(words: Words) -> Iterator[Candidate]:
    for found in dates(words.text):
        if found.has_year and "/" not in found.value:
            yield from _candidate(words, found.start, found.end, found.value, "date")
    for match in _NUMERIC_DATE.finditer(words.text):
        month, day = (int(match["a"]), int(match["b"])) if int(match["a"]) <= 12 else (int(match["b"]), int(match["a"]))
        if month <= 12 and day <= 31:
            yield from _candidate(words, *match.span(), f"{match['y']}-{month:02d}-{day:02d}", "date")
    for match in _PART_DATE.finditer(words.text):
        day_month = f"{match['d'] or match['d2']} {match['m'] or match['m2']} {match['y'] or match['y2']}"
        for found in dates(day_month):
            if len(found.value) == 10:
                yield from _candidate(words, *match.span(), found.value, "date")


def _numbers(words: Words) -> Iterator[Candidate]:
    for match in _NUMBER.finditer(words.text):
        digits = match[0].lstrip("$€£").replace(",", "")
        kind = "code" if digits.startswith("0") and len(digits) > 3 else "number"
        yield from _candidate(words, *match.span(), digits, kind)


def _vocabulary(words: Words) -> Iterator[Candidate]:
    for name, start, end in lexicon.demonyms_in(words.text):
        yield from _candidate(words, start, end, name, "demonym")
    for match in lexicon.territory_pattern().finditer(words.text):
        yield from _candidate(words, *match.span(), match[0], "country")
    for _name, start, end in lexicon.genres_in(words.text):
        yield from _candidate(words, start, end, words.text[start:end], "genre")
    for category in categories(words.text):
        yield from _candidate(words, category.start, category.end, words.text[category.start : category.end], "award")


def _known(words: Words, known: Mapping[str, str]) -> Iterator[Candidate]:
    tokens, count = words.tokens, len(words.tokens)
    for first in range(count):
        joined = ""
        for last in range(first, min(first + 9, count)):
            joined += words.lower[last]
            if joined in known:
                yield Candidate(first, last + 1, words.said(first, last + 1), known[joined], "known")
        token = tokens[first].text
        for size in range(4, len(token) - 1):
            if token[0].isupper() and (label := known.get(token[:size].lower())) is not None:
                yield Candidate(first, first + 1, token, label, "demonym")


def _candidate(words: Words, start: int, end: int, value: str, kind: str) -> Iterator[Candidate]:
    place = words.at(start, end)
    if place is not None:
        yield Candidate(*place, words.text[start:end], value, kind)
