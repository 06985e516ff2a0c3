"""Dates, durations, money and numbers as the cells of structured sources write them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from reelgraph.loaders.vocabulary import table

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?$")
_YEARS = re.compile(r"(\d{4})\s*[–—/-]\s*(\d{4})$")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?)?([^\W\d]+)\.?,?(?:\s+de)?\s+(\d{4})\b")
_SIGNS = re.compile(r"(\d{4})[年년](?:\s*(\d{1,2})[月월](?:\s*(\d{1,2})[日일])?)?")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_NUMERIC = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?:[ T]\d\d?:\d\d(?::\d\d)?)?$")
_DURATION = re.compile(
    r"P(?:(?P<d>\d+)D)?(?:T(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<m>\d+(?:\.\d+)?)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?$"
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$")
_HOURS = re.compile(
    r"(?P<h>\d+)\s*(?:hours?|hrs?|heures?|Stunden?|Std\.?|h)(?![^\W\d])\.?(?:\s*(?:and|et|und)?\s*(?P<m>\d{1,2})(?:\s*m|\b))?",
    re.I,
)
_MINUTES = re.compile(
    r"(?P<m>\d{1,3}(?:\.\d+)?)\s*(?:minutes?|mins?|minuten?|min)?(?:\b\.?|分|분)"
    r"(?!\s*[x×]\s*\d|\s*(?:m|ft|feet|seasons?|episodes?|years?|months?|weeks?|days?|pages?|reels?|tracks?|jahre?|semesters?|ans|años)\b)",
    re.I,
)
#: Groups of three digits, or of two before the last three; else a decimal number.
_DIGITS = (
    r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d{3}){2,}"
    r"|\d+(?:[.,]\d+)?"
)
_MYRIADS = re.compile(r"(?:(?P<oku>[\d,.]+)\s*億\s*)?(?:(?P<man>[\d,.]+)\s*万\s*)?円")
_FSK = re.compile(
    r"(?:FSK[\s:-]*)?(?:(?:freigegeben )?ab )?(?:(?P<age>0|6|12|16|18)(?: Jahren?)?(?: freigegeben)?"
    r"|(?P<all>o\. ?A\.?(?: freigegeben)?|ohne Alters(?:beschränkung|begrenzung))|(?P<adults>keine Jugendfreigabe))",
    re.I,
)


def _valid(year: str, month: int | None, day: int | None) -> str | None:
    try:
        date(int(year), month or 1, day or 1)
    except ValueError:
        return None
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def iso_date(text: str) -> str | None:
    """Return a date as ISO 8601 at the precision it is given in, None where the text is none.

    >>> iso_date("2013-12-18T00:00:00Z"), iso_date("18 décembre 2013"), iso_date("Dec 2013"), iso_date("1999–2001")
    ('2013-12-18', '2013-12-18', '2013-12', '1999/2001')
    """
    text = text.strip()
    match = _ISO.match(text)
    if match:
        month, day = (int(part) if part and int(part) else None for part in match.groups()[1:3])
        return _valid(match[1], month, day if month else None)
    match = _YEARS.match(text)
    if match:
        return f"{match[1]}/{match[2]}"
    match = _SIGNS.search(text)
    if match:
        month, day = (int(part) if part else None for part in match.groups()[1:3])
        return _valid(match[1], month, day)
    months: dict[str, int] = table("values")["months"]
    match = _MONTH_FIRST.search(text)
    if match and match[1].lower() in months:
        return _valid(match[3], months[match[1].lower()], int(match[2]))
    match = _DAY_FIRST.search(text)
    if match and match[2].lower() in months:
        return _valid(match[3], months[match[2].lower()], int(match[1]) if match[1] else None)
    return None


def numeric_date(text: str, *, day_first: bool = True) -> str | None:
    """Return a date that is written as three numbers, as ISO 8601; which of the first two is the day must be known.

    >>> numeric_date("26/10/2023"), numeric_date("10/26/2023", day_first=False), numeric_date("10/26/2023")
    ('2023-10-26', '2023-10-26', None)
    """
    match = _NUMERIC.match(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    return _valid(match[3], second, first) if day_first else _valid(match[3], first, second)


def year_of(text: str) -> int | None:
    """Return the first year that a text gives, None where it gives none or one before films.

    >>> year_of("1999–2001"), year_of("Her (2013)"), year_of("12 monkeys")
    (1999, 2013, None)
    """
    match = re.search(r"(?<!\d)(18[89]\d|19\d\d|20\d\d)(?!\d)", text)
    return int(match[1]) if match else None


def minutes(text: str) -> int | None:
    """Return a running time in whole minutes: ISO 8601, `126 min`, `2h 6m`, `2:06:00` or a bare number of minutes.

    >>> minutes("PT2H6M"), minutes("126 minutes"), minutes("2 h 6 min"), minutes("2:06:30"), minutes("unknown")
    (126, 126, 126, 126, None)
    >>> minutes("2 Seasons"), minutes("245 m"), minutes("92'"), minutes("1h41"), minutes("6 x 50 min")
    (None, None, 92, 101, None)
    """
    text = text.strip()
    match = _DURATION.match(text)
    if match and len(text) > 1:
        part = {name: float(value or 0) for name, value in match.groupdict().items()}
        return int(part["d"] * 1440 + part["h"] * 60 + part["m"] + part["s"] / 60) or None
    match = _CLOCK.match(text)
    if match:
        return int(match[1]) * 60 + int(match[2]) if match[3] or int(match[1]) < 10 else int(match[1])
    match = _HOURS.match(text)
    if match:
        return int(match["h"]) * 60 + int(match["m"] or 0)
    match = _MINUTES.match(text)
    return int(float(match["m"])) or None if match else None


def integer(text: str) -> int | None:
    """Return a whole number, thousands separated or not.

    >>> integer("62,843"), integer("1 234"), integer("8.2")
    (62843, 1234, None)
    """
    digits = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    return int(digits) if re.fullmatch(r"-?\d{1,18}", digits) else None


def decimal(text: str) -> Decimal | None:
    """Return a plain decimal number, None for anything else."""
    text = text.strip()
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,18}(?:\.\d{1,9})?", text):
        return None
    value = Decimal(text)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def number_text(text: str) -> str:
    """Return a number without zeros that say nothing, any other text as it is.

    >>> number_text("82.0"), number_text("7,5"), number_text("B+"), number_text("10")
    ('82', '7.5', 'B+', '10')
    """
    value = decimal(text)
    return text.strip() if value is None else f"{value:f}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of `currency`; `upper` and a lower `amount` where a range is given."""

    amount: Decimal
    currency: str
    upper: Decimal | None = None
    qualifier: str = ""


@cache
def _money_pattern() -> re.Pattern[str]:
    names = sorted(map(re.escape, table("values")["currencies"]), key=len, reverse=True)
    scales = "|".join(sorted(map(re.escape, table("values")["scales"]), key=len, reverse=True))
    currency, number = "|".join(names), f"(?:{_DIGITS})"
    scale = rf"(?:\s*(?:{scales})(?![^\W\d]))"
    return re.compile(
        rf"(?P<before>(?<![A-Za-z])(?:{currency}))?\s*(?P<a>{number})(?P<sa>{scale})?"
        rf"(?:\s*(?:[–—-]|to|à|bis)\s*(?:{currency})?\s*(?P<b>{number})(?P<sb>{scale})?)?"
        rf"\s*(?:de |d')?(?P<after>(?:{currency})(?![A-Za-z]))?"
    )


def _number(digits: str, scale: str | None) -> Decimal:
    plain = re.sub(r"[\u00a0\u202f ]", "", digits)
    if re.fullmatch(r"\d+(?:\.\d{3}){2,}", plain) or (not scale and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain)):
        plain = plain.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    value = Decimal(plain.replace(",", ".")) * (table("values")["scales"][scale.strip()] if scale else 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def money(text: str) -> Money | None:
    """Return the first amount with a currency in a text.

    >>> money("150 000 000 $"), money("US$10–12 million")
    (Money(amount=Decimal('150000000'), currency='USD', upper=None, qualifier=''), \
Money(amount=Decimal('10000000'), currency='USD', upper=Decimal('12000000'), qualifier=''))
    >>> [str(found.amount) for text in ("2,59 millions d'euros", "250.000 €", "2億1000万円") if (found := money(text))]
    ['2590000', '250000', '210000000']
    """
    counted = _MYRIADS.search(text)
    if counted and any(counted.groups()):
        oku, man = (integer(counted[name] or "0") for name in ("oku", "man"))
        return None if oku is None or man is None else Money(Decimal(oku * 100_000_000 + man * 10_000), "JPY")
    for match in _money_pattern().finditer(text):
        name = match["before"] or match["after"]
        if not name:
            continue
        scale = match["sa"] or match["sb"]
        upper = _number(match["b"], match["sb"] or match["sa"]) if match["b"] else None
        estimated = re.search(r"\((?:est(?:imated|\.)?)\)|^(?:est\.|estimated|about|circa|c\.|~)", text, re.I)
        over = re.search(r"(?:over|more than|at least|plus de|über)\s*$", text[: match.start()], re.I)
        qualifier = "estimated" if estimated else "over" if over else ""
        return Money(_number(match["a"], scale), table("values")["currencies"][name], upper, qualifier)
    return None


def is_mark(code: str) -> bool:
    """Whether a classification says something: `Not Rated` does not.

    >>> is_mark("PG-13"), is_mark("Not Rated"), is_mark("NR")
    (True, False, False)
    """
    return code.strip().lower() not in ("", "nr", "ur", "n/a", "not rated", "unrated", "not yet rated", "none", "tbc")


def fsk(words: str) -> str:
    """Return the age that a mark of the German board names, empty if the words are no such mark.

    >>> fsk("FSK ab 12 freigegeben"), fsk("ab 6 Jahren"), fsk("o.A."), fsk("keine Jugendfreigabe"), fsk("ab 5")
    ('12', '6', '0', '18', '')
    """
    match = _FSK.fullmatch(words.strip())
    return (match["age"] or ("18" if match["adults"] else "0")) if match else ""


def board_of(code: str) -> str:
    """Return the board that alone uses a classification code, an empty string for codes that several use."""
    boards: dict[str, str] = table("values")["boards"]
    return boards.get(code, "")
