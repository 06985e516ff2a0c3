"""Dates in running text, kept at the precision the text has."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NUMBER = {
    name.lower(): number for number, full in enumerate(MONTHS.split("|"), 1) for name in (full, full[:3], full[:4])
}
# "@" stands for the number of the pattern, so that each has groups of its own.
_MONTH = rf"(?P<month@>{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
_DAY = r"(?P<day@>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_RANGE = rf"(?:\s*[–-]\s*(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:{MONTHS})\s+\d{{1,2}}))?"
_YEAR = r"(?P<year@>1[89]\d\d|20\d\d)"
_PART = r"(?P<part@>early|mid|late|the\s+end\s+of|the\s+beginning\s+of|the\s+middle\s+of)"
_SHORT_PART = r"(?P<part@>early|mid|late)"
_PATTERNS = (
    rf"(?:(?<=from )|(?<=between )){_MONTH}\s+(?:to|and|until|through)\s+(?P<until@>{MONTHS})\s+{_YEAR}(?!\d)",
    rf"{_MONTH}\s+{_DAY}{_RANGE}(?:,?\s+(?:of\s+)?{_YEAR}(?!\d))?(?!\d)",
    rf"(?<![\d.,$]){_DAY}(?:\s*[–-]\s*\d{{1,2}})?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?(?!\w)",
    rf"(?:{_PART}[\s-]+)?{_MONTH}(?:\s+of)?,?\s+{_YEAR}(?!\d)",
    rf"(?:{_SHORT_PART}[\s-]+(?:the\s+)?)?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of)?,?\s+{_YEAR}(?!\d)",
    r"(?<![\d-])(?P<year@>1[89]\d\d|20\d\d)-(?P<month@>0\d|1[0-2])-(?P<day@>[0-2]\d|3[01])(?![\d-])",
    rf"(?:{_SHORT_PART}[\s-]*)?(?:the\s+)?(?P<decade@>1[89]\d|20\d)0'?s(?!\w)",
    rf"(?:{_PART}[\s-]+|(?<![\d$£€¥₹₱,.#-])){_YEAR}(?![\d%]|[,.]\d|(?:-|–)\w|s\b)",
)
_DATE = re.compile("|".join(f"(?P<p{n}>{p.replace('@', str(n))})" for n, p in enumerate(_PATTERNS)))
#: For each pattern the numbers of its groups, 0 where it has none.
_GROUPS = {
    f"p{n}": tuple(
        _DATE.groupindex.get(f"{name}{n}", 0) for name in ("month", "until", "day", "year", "decade", "part")
    )
    for n in range(len(_PATTERNS))
}
#: What a date can begin with; it begins with a set of letters so that the engine skips all others.
_START = re.compile(
    r"[JFMASONDWemltsafw0-9](?:(?<=\d)(?<!\d.)|(?<![^\W\d].)(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec|umm|ut|all|int|arly|id|ate|he\s))"
)
_DECADE_YEARS = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}
_FOLLOWING = re.compile(
    r"\b[Tt]he (?P<what>following|next|same) (?P<unit>day|week|month|year)\b"
    r"|\b(?P<days>two|three|four|five|six|seven|ten) (?P<many>days|weeks|months|years) later\b"
)
#: Sentences are asked for their dates several times; whole texts are not kept.
_LONGEST_KEPT = 2000


class DateFound(NamedTuple):
    """A date at a place: ISO 8601 `value` at the text's precision, or `--12-18` where the text leaves the year out."""

    value: str
    start: int
    end: int

    @property
    def has_year(self) -> bool:
        """Whether the text states the year."""
        return not self.value.startswith("--")

    @property
    def year(self) -> int | None:
        """The year, None where the text leaves it out."""
        return int(self.value[:4]) if self.has_year else None

    def with_year(self, year: int) -> "DateFound":
        """Return the same date in `year`, for one that has none."""
        return DateFound(f"{year}{self.value[1:]}", self.start, self.end) if not self.has_year else self

    def nearest_year(self, day: str) -> int:
        """Return the year that brings a date without one nearest to a day: January, in December, is next year's."""
        month = int(self.value[2:4])
        year, of_day = int(day[:4]), int(day[5:7])
        return year + (month - of_day < -6) - (month - of_day > 6)


def _value(match: re.Match[str]) -> str | None:
    """Return what a match says, None if there is no such day."""
    month, until, day, year, decade, part = (match[g] if g else None for g in _GROUPS[match.lastgroup or ""])
    if decade:
        first, last = _DECADE_YEARS.get(part or "", (0, 9))
        return f"{decade}{first}/{decade}{last}"
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month.lower()]
    if until:
        return f"{year}-{number:02}/{year}-{_MONTH_NUMBER[until.lower()]:02}"
    if day is None:
        return f"{year}-{number:02}"
    try:
        date(int(year) if year else 2000, number, int(day))
    except ValueError:
        return None
    return f"{year or '-'}-{number:02}-{int(day):02}"


def dates(text: str) -> Iterator[DateFound]:
    """Yield the dates of `text` from left to right.

    >>> [d.value for d in dates("October 12, 2013 to mid-2014; 7 April; from May to August 2013; in the early 2000s")]
    ['2013-10-12', '2014', '--04-07', '2013-05/2013-08', '2000/2004']
    """
    return iter(_kept(text)) if len(text) <= _LONGEST_KEPT else _found(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> tuple[DateFound, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[DateFound]:
    position = 0
    for start in _START.finditer(text):
        if start.start() < position or (match := _DATE.match(text, start.start())) is None:
            continue
        position = match.end()
        if value := _value(match):
            yield DateFound(value, match.start(), match.end())


def following(text: str, before: str) -> DateFound | None:
    """Return the date that "the following day" or "two weeks later" means after the full date `before`, if said."""
    match = _FOLLOWING.search(text)
    if match is None or len(before) != 10 or "/" in before:
        return None
    base = date.fromisoformat(before)
    unit = (match["unit"] or match["many"]).rstrip("s")
    count = {"following": 1, "next": 1, "same": 0}.get(match["what"] or "", 0)
    if match["days"]:
        count = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}[match["days"]]
    if unit == "day":
        return DateFound((base + timedelta(days=count)).isoformat(), match.start(), match.end())
    if unit == "month":
        months = base.year * 12 + base.month - 1 + count
        return DateFound(f"{months // 12}-{months % 12 + 1:02}", match.start(), match.end())
    return DateFound(str(base.year + count), match.start(), match.end()) if unit == "year" else None
