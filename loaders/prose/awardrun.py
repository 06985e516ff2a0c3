"""Award tables that lost their cells: runs such as `Ann Awards Best Film Won Best Director Bo Ray Nominated`."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose.ceremonies import categories, ceremonies
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.filmtitle import FilmTitles
from reelgraph.loaders.prose.names import NAME, UPPER, has_person_shape, is_person
from reelgraph.loaders.prose.terms import line

_RESULT = re.compile(
    r"[WNRPSH\d—–-](?:(?<=[—–-]) [WNRPSH\d])?(?<![\w'\"/].)(?:(?P<won>(?<=W)(?:on|inner|ON))|"
    r"(?P<nominated>(?<=N)(?:ominated|ominee|OMINATED))|(?P<other>(?<=R)unner-up|(?<=P)ending|(?<=S)hortlisted|"
    r"(?<=H)onou?red|(?<=\d)(?:st|nd|rd|th) place))(?![\w'\"/]|:| (?:a|an|the|by|for|in|at|with|of|Results?|Outcome|"
    r"Status)\b)"
)
#: One of these is in every result; to count them is quick.
_RESULT_WORDS = (
    "Won",
    "WON",
    "Winner",
    "Nomin",
    "NOMIN",
    "Runner-up",
    "Pending",
    "Shortlisted",
    "Hono",
    "t place",
    "d place",
    "th place",
)
_ROW_LIMIT, _FIRST_LIMIT = 260, 400
_HEADER = re.compile(
    r"(?:Result|Results|Outcome|OUTCOME|Status|Ref(?:\(s\)|\.)?|Refs\.?)(?: (?:Ref(?:\(s\)|\.)?|Refs\.?|Notes?))*(?= )"
)
_FILL = re.compile(r"^(?:[\s|—–,;:-]|(?:row|col)span=\"?1\"?(?!\d)|\((?!\w+\)? Awards)[^()]{1,60}\))+")
_SPAN_OF_ONE = re.compile(r"\s*(?:row|col)span=\"?1\"?(?!\d)\s*$")
_SPANNING = re.compile(r"(?:row|col)span")
_DATE = re.compile(
    rf"^(?:(?:{MONTHS})"
    r" \d{1,2}, (?P<y>\d{4})|\d{1,2} [A-Z][a-z]{2,8} (?P<y2>\d{4})|(?P<y3>(?:19|20)\d\d)(?= \D|"
    r" \d{1,3}(?:st|nd|rd|th)))[ |]+"
)
_UNKNOWN = re.compile(
    rf"^(?P<n>(?:\d{{1,3}}(?:st|nd|rd|th) )?(?:[{UPPER}][\w'.&-]*|of|the|and|for|in|&|at|"
    rf"-)(?: (?:[{UPPER}][\w'.&-]*|of|the|and|for|in|&|at|-)){{0,8}}?(?: (?:Awards?|Prizes?|Festival|"
    rf"Association|Circle|Society|Guild|Academy|Online|Critics|Board of Review|Institute)|"
    rf"(?<=^[{UPPER}]{{4}})|(?<=^[{UPPER}]{{5}})))(?: \([^()]{{2,50}}\))? (?=Best|Worst|Outstanding|"
    rf"Favou?rite|Most|Top|Choice|Special|Excellence|Distinguished)"
)
_OWN = re.compile(rf"^(?:[{UPPER}][\w']*(?: (?:[{UPPER}][\w']*|of|the|and)){{0,6}} Award (?:for |[–—-] ?))")
_TAIL = re.compile(r"(?:[ ,]*\((?P<in>[^()]{2,60})\)|[ ](?:as|for) [^()]{2,60}| \([^()]{2,60}\))$")
_LIST = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,\s+|\s+and\s+|\s+&\s+)")
_PRIZE = re.compile(rf"^(?:[{UPPER}][\w']*(?: [{UPPER}][\w']*){{0,3}}) (?:Award|Prize)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an award table; `names` are the recipients, `start` to `end` the words in the text."""

    ceremony: str
    edition: int | None
    year: int | None
    category: str
    outcome: str
    names: tuple[str, ...]
    start: int
    end: int


@cache
def _category() -> re.Pattern[str]:
    """The grammar of `vocab/categories.toml`: lead, modifiers, heads joined by links, tails."""
    lead, extra, head, tail = (line("categories", part).source for part in ("leads", "modifiers", "heads", "tails"))
    unit = rf"(?:{extra}[ ]){{0,4}}{head}"
    genre = (
        r"(?:[ ]?[–—-][ ]?(?:[A-Z][\w/]+(?: (?:or|and|Picture|Film|Drama|Comedy|Musical|"
        r"Language) ?){0,2}[A-Z]?\w*)|, (?:Color|Male|Female|Drama|Comedy|Adapted Screenplay|Original Screenplay|"
        r"Scoring of a [A-Z]\w+ Picture)|[ ]\((?:Black and White|Color|Male|Female|Drama|Comedy|Musical|"
        r"[A-Z]\w+ Language)\))"
    )
    return re.compile(
        rf"{lead} (?:in )?{unit}(?:(?: and | & | or |/|, ){unit}){{0,2}}(?: Design| Program|"
        rf" [Ff]rom [Aa]ny [Ss]ource)?(?:[ ]{tail}){{0,2}}{genre}?(?![\w'])"
    )


def runs(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which results follow each other as only tables do, without sentences between."""
    if sum(view.count(word, start, end) for word in _RESULT_WORDS) < 2:
        return
    marks = list(_RESULT.finditer(view, start, end))
    first = 0
    while first < len(marks):
        last = first
        while last + 1 < len(marks) and _connected(view, marks[last].end(), marks[last + 1].start()):
            last += 1
        if last - first >= 1:
            yield _beginning(view, marks[first].start(), start), marks[last].end()
        first = last + 1


def _connected(view: str, end: int, start: int) -> bool:
    return start - end < _ROW_LIMIT and not re.search(
        r"[a-z]{3}[.!?] [A-Z]| (?:was|were|has|have|had|which|that) ", view[end:start]
    )


def _beginning(view: str, mark: int, floor: int) -> int:
    """Return where the first row of a table begins: behind its header, else behind the last sentence."""
    window = max(floor, mark - _FIRST_LIMIT)
    begin = window
    for match in re.finditer(r"[.!?][\"')]* (?=[A-Z\d])|\n", view[window:mark]):
        begin = window + match.end()
    for header in _HEADER.finditer(view, begin, mark):
        begin = header.end() + 1
    return begin


def rows(view: str, start: int, end: int, titles: FilmTitles, known: Container[str]) -> Iterator[Row]:
    """Yield the rows of a run that can be read without doubt; a row that cannot ends the ceremony it may have named.

    `titles` finds the film's title, `known` are the full names of persons.
    """
    name, edition, year = "", None, None
    position, dated = start, False
    for mark in _RESULT.finditer(view, start, end):
        begin, position = position, mark.end()
        text, offset, found, bare = _stripped(view[begin : mark.start()], begin)
        if found is not None:
            year, dated = found, bare
        if not text:
            continue
        if ceremony := _ceremony(text):
            name, edition, stated, length = ceremony
            year = stated or (year if dated else None)
            begin = offset
            text, offset, later, _ = _stripped(text[length:], offset + length)
            year = later or year
        row = _row(text, titles, known)
        if row is None or not name or _SPANNING.search(text):
            if len(text) > 70 or (row is None and (not text or _ceremony(text) is not None)):
                name = ""
            continue
        outcome = "won" if mark["won"] else "nominated" if mark["nominated"] else ""
        if outcome:
            yield Row(name, edition, year, row[0], outcome, row[1], begin if ceremony else offset, mark.end())


def _stripped(text: str, offset: int) -> tuple[str, int, int | None, bool]:
    """Return a row without fillings and a date at its beginning, its beginning, the year, whether that stands alone."""
    year, bare = None, False
    for _ in range(4):
        match = _DATE.match(text) or _FILL.match(text)
        if match is None:
            break
        if match.re is _DATE:
            year, bare = int(match["y"] or match["y2"] or match["y3"]), bool(match["y3"])
        text, offset = text[match.end() :], offset + match.end()
    return _SPAN_OF_ONE.sub("", text).rstrip(" |—–-"), offset, year, bare


def _ceremony(text: str) -> tuple[str, int | None, int | None, int] | None:
    """Return the ceremony a row begins with, its edition and year, and the length of its words."""
    found = [c for c in ceremonies(text[:120]) if c.start == 0]
    if found and not _OWN.match(text):
        bracket = re.match(r" \([^()]{2,50}\)", text[found[0].end :])
        return found[0].name, found[0].edition, found[0].year, found[0].end + (bracket.end() if bracket else 0)
    if match := _UNKNOWN.match(text):
        edition = re.match(r"(\d{1,3})(?:st|nd|rd|th) ", match["n"])
        bare = match["n"][edition.end() :] if edition else match["n"]
        return bare, int(edition[1]) if edition else None, None, match.end()
    return None


def _row(text: str, titles: FilmTitles, known: Container[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return category and recipients of a row's words, None if they cannot be told apart."""
    text = _OWN.sub("", text)
    match = _category().match(text)
    if match is not None:
        names = _recipients(text[match.end() :].strip(), titles, known)
        if names is not None:
            return match[0], names
    if _PRIZE.match(text):
        return text, ()
    if prize := next((c for c in categories(text) if c.prize and c.start == 0), None):
        names = _recipients(text[prize.end :].strip(), titles, known)
        return (prize.name, names) if names is not None else None
    return _by_name(text, titles, known) if re.match(r"(?:Best|Worst|Outstanding|Favou?rite) ", text) else None


def _by_name(text: str, titles: FilmTitles, known: Container[str]) -> tuple[str, tuple[str, ...]] | None:
    """Split a row whose category is unknown before the first known name of a person, or the film's title."""
    words = list(re.finditer(r"\S+", text))
    for number in range(2, min(len(words), 8)):
        rest = text[words[number].start() :]
        first = re.match(NAME, rest)
        if titles.match(rest) or (first and is_person(first[0]) and re.match(r"[A-Z][a-z]", first[0])):
            names = _recipients(rest, titles, known)
            return (text[: words[number - 1].end()], names) if names else None
    return None


def _recipients(text: str, titles: FilmTitles, known: Container[str]) -> tuple[str, ...] | None:
    """Return the names of a list that is nothing but names, `()` for the film's title or nothing, else None."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    while tail := _TAIL.search(text):
        text = text[: tail.start()].strip()
    if not text or titles.fullmatch(text):
        return ()
    pieces = [p.strip() for p in _LIST.split(text)]
    return tuple(pieces) if all(p in known or _is_name(p) for p in pieces) else None


def _is_name(text: str) -> bool:
    words = text.split()
    if not re.fullmatch(NAME, text) or not has_person_shape(text) or len(words) > 4:
        return False
    plain = len(words) <= 3 or any(w[0].islower() or len(w) <= 2 or w.endswith(".") for w in words)
    return plain and not any(line("categories", "heads").canonical(w) for w in words)
