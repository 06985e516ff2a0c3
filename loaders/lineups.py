"""Line-ups, a film a line with its particulars: `LOW FELL – Ada Vole (Norway, 2019, 92')`, titles or names first.

All in brackets may stand `Ada Vole, Norway, 2019, 92'`; before them is the title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reelgraph.loaders import particulars
from reelgraph.loaders.particulars import Particulars
from reelgraph.loaders.prose.names import has_person_shape, is_person

Span = tuple[int, int]

#: What parts the title and the director from each other and from the rest: signs, else commas.
_STRONG = re.compile(r"\s+[–—|•·/-]\s+|\s*[|•;]\s*|\t+|\s{3,}")
_BY = re.compile(r"[,\s]\s*(?:by|dir\.|directed by|réal\.|de|von|di|r:)\s+(?=[^\W\d_]+\s+[^\W\d_])", re.I)
_COMMA = re.compile(r",\s+")
_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]\s+|[-*–]\s+|•\s*)")
_BRACKET = re.compile(r"[(\[]")
_TRIM = ' \t\r,;:–—-|•·"“”«»*_'
#: Films of one line-up; the share of its lines whose directors' names must be full names.
_FEWEST, _MOST = 3, 0.9
#: So many times more names than on the other side show which side has the directors' names.
_CLEARLY = 2
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its two names, which is the director if a preposition says so, and its particulars."""

    first: Span
    second: Span
    is_by: bool
    told: Particulars


def read(text: str, lines: Sequence[Span]) -> list[tuple[int, Span, Particulars]]:
    """Return the number of the line, the title and the particulars of each film of the line-ups in a text."""
    found = _candidates(text, lines)
    order = _order(text, [one for _, one in found])
    if order is None:
        return []
    films = []
    for number, one in found:
        title, director = (one.first, one.second) if order == 0 or one.is_by else (one.second, one.first)
        films.append((number, title, replace(one.told, director=director)))
    return films


def are_in(text: str, lines: Sequence[Span]) -> bool:
    """Whether a text has line-ups, also such that do not show which of two names is the director's."""
    return len(_candidates(text, lines)) >= _FEWEST


def _candidates(text: str, lines: Sequence[Span]) -> list[tuple[int, _Line]]:
    return [(number, one) for number, span in enumerate(lines) if (one := _line(text, *span))]


def _order(text: str, found: Sequence[_Line]) -> int | None:
    """Return 0 if the titles come first, 1 if the directors do, None if that is not clear or there are too few."""
    if len(found) < _FEWEST or sum(1 for one in found if one.told.length) < _MOST * len(found):
        return None  # members of a staff have a country and a year, too
    if all(one.is_by for one in found):
        return 0
    firsts, seconds = [text[slice(*one.first)] for one in found], [text[slice(*one.second)] for one in found]
    capitals = [all(map(str.isupper, words)) for words in (firsts, seconds)]
    names = [sum(map(has_person_shape, words)) >= _MOST * len(words) for words in (firsts, seconds)]
    if capitals == [True, False] and names[1]:
        return 0
    if capitals == [False, True] and names[0]:
        return 1
    if names == [True, True]:
        first, second = (sum(map(is_person, words)) for words in (firsts, seconds))
        names = [first > _CLEARLY * second, second > _CLEARLY * first]
    return {(False, True): 0, (True, False): 1}.get((names[0], names[1]))


def _line(text: str, start: int, end: int) -> _Line | None:
    """Return what a line says, None if it is none of a line-up."""
    if end - start > _LONGEST or not particulars.is_dated(text, start, end):
        return None
    number = _NUMBER.match(text, start, end)
    start = number.end() if number else start
    for names, rest in _cuts(text, start, end):
        told = particulars.at(text, *rest, named=True)
        if told is not None:
            first, second = (_trimmed(text, *span) for span in names[:2])
            is_by = names[2] is not None
            return _Line(first, second, is_by, told) if _is_name(text, *first) and _is_name(text, *second) else None
    return None


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether words can be a title or a name: there are some, and nothing in them parts names."""
    return start < end and not _BRACKET.search(text, start, end) and not _STRONG.search(text, start, end)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[tuple[Span, Span, bool | None], Span]]:
    """Yield the ways in which a line may be parted into two names and the particulars."""
    by = _BY.search(text, start, end)
    if by:
        after = _first(text, by.end(), end, _STRONG, _COMMA, _BRACKET)
        yield ((start, _without_brackets(text, start, by.start())), (by.end(), after), True), (after, end)
    bracket = _BRACKET.search(text, start, end)
    if bracket and not _STRONG.search(text, start, bracket.start()):
        comma = _first(text, bracket.end(), end, _COMMA)
        yield ((start, bracket.start()), (bracket.end(), comma), True), (comma, end)
    for sign in (_STRONG, _COMMA):
        first = sign.search(text, start, end)
        if first is None:
            continue
        second = _first(text, first.end(), end, sign, _BRACKET)
        yield ((start, _without_brackets(text, start, first.start())), (first.end(), second), None), (second, end)


def _first(text: str, start: int, end: int, *signs: re.Pattern[str]) -> int:
    """Return where the first of some signs stands, the end if there is none."""
    return min((found.start() for sign in signs if (found := sign.search(text, start, end))), default=end)


def _without_brackets(text: str, start: int, end: int) -> int:
    """Return where a title ends before another title in brackets."""
    bracket = re.compile(r"\s*\([^()]*\)\s*$").search(text, start, end)
    return bracket.start() if bracket and bracket.start() > start else end


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(_TRIM)), end - len(words) + len(words.rstrip(_TRIM))
