"""Dates in running text, kept at the precision the text has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBER = (
    {name: n for n, name in enumerate(_MONTHS, 1)} | {name[:3]: n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}
)
_MONTH = r"(?P<month{0}>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
_DAY = r"(?P<day{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_RANGE = r"(?:\s*[–-]\s*(?:\d{1,2}(?:st|nd|rd|th)?|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}))?"
_YEAR = r"(?P<year{0}>1[89]\d\d|20\d\d)"
_PATTERNS = (
    _MONTH.format("1")
    + r"\s+"
    + _DAY.format("1")
    + _RANGE
    + r"(?:,?\s+(?:of\s+)?"
    + _YEAR.format("1")
    + r"(?!\d))?(?!\d)",
    r"(?<![\d.,$])"
    + _DAY.format("2")
    + r"(?:\s*[–-]\s*\d{1,2})?\s+(?:of\s+)?"
    + _MONTH.format("2")
    + r"(?:,?\s+"
    + _YEAR.format("2")
    + r")?(?!\w)",
    r"(?:(?P<part3>early|mid|late|the\s+end\s+of|the\s+beginning\s+of|the\s+middle\s+of)[\s-]+)?"
    + _MONTH.format("3")
    + r"(?:\s+of)?,?\s+"
    + _YEAR.format("3")
    + r"(?!\d)",
    r"(?:(?P<part4>early|mid|late)[\s-]+(?:the\s+)?)?(?P<season4>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of)?,?\s+"
    + _YEAR.format("4")
    + r"(?!\d)",
    r"(?<![\d-])(?P<year5>1[89]\d\d|20\d\d)-(?P<month5>0\d|1[0-2])-(?P<day5>[0-2]\d|3[01])(?![\d-])",
    r"(?P<part6>early|mid|late)?[\s-]*(?:the\s+)?(?P<decade6>1[89]\d|20\d)0's?(?!\w)|(?P<part7>early|mid|late)?[\s-]*(?:the\s+)?(?P<decade7>1[89]\d|20\d)0s(?!\w)",
    r"(?:(?P<part8>early|mid|late|the\s+end\s+of|the\s+beginning\s+of|the\s+middle\s+of)[\s-]+)?(?<![\d$£€¥₹₱,.#-])"
    + _YEAR.format("8")
    + r"(?![\d%]|[,.]\d|(?:-|–)\w|s\b)",
)
_DATE = re.compile("|".join(f"(?P<p{n}>{p})" for n, p in enumerate(_PATTERNS, 1)))
_HINT = re.compile(r"\d")
_DECADE_YEARS = {"early": (0, 4), "mid": (4, 6), "late": (5, 9), "": (0, 9)}
_FOLLOWING = re.compile(
    r"\b[Tt]he (?P<what>following|next|same) (?P<unit>day|week|month|year)\b|\b(?P<days>two|three|four|five|six|seven|ten) (?P<many>days|weeks|months|years) later\b"
)


@dataclass(frozen=True, slots=True)
class DateFound:
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


def _value(groups: dict[str, str]) -> str | None:
    month = next((v for k, v in groups.items() if k.startswith("month")), None)
    day = next((v for k, v in groups.items() if k.startswith("day")), None)
    year = next((v for k, v in groups.items() if k.startswith("year")), None)
    decade = next((v for k, v in groups.items() if k.startswith("decade")), None)
    if decade:
        part = next((v for k, v in groups.items() if k.startswith("part")), "")
        first, last = _DECADE_YEARS[part]
        return f"{decade}{first}/{decade}{last}"
    number = None if month is None else int(month) if month.isdigit() else _MONTH_NUMBER[month.lower()]
    if number is None:
        return year
    if day is None:
        return f"{year}-{number:02}"
    try:
        date(int(year) if year else 2000, number, int(day))
    except ValueError:
        return None
    return f"{year or '-'}-{number:02}-{int(day):02}"


def dates(text: str) -> Iterator[DateFound]:
    """Yield the dates of `text` from left to right.

    >>> [d.value for d in dates("from October 12, 2013 to mid-2014; 7 April; August 2013; in the early 2000s")]
    ['2013-10-12', '2014', '--04-07', '2013-08', '2000/2004']
    """
    if not _HINT.search(text):
        return
    for match in _DATE.finditer(text):
        groups = {
            k: v for k, v in match.groupdict().items() if v and not k.startswith("p") or v and k.startswith("part")
        }
        value = _value(groups)
        if value is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip(" -"))
            yield DateFound(value, start, match.end())


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
