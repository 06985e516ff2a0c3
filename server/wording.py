"""Values as people write them: dates, sums, scores, places in lists."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from reelgraph.server.statements import Statement, Value

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_MONEY = re.compile(r"(\D*?)(\d+(?:\.\d+)?) ([A-Z]{3})")
#: Quotes carry so many characters of what stands around them; a shorter piece is all there is.
_CONTEXT = 30
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "INR": "₹"}
_MANY = {"person": "people", "organization": "companies and organizations"}
#: Fields that are dates, and whole numbers of which thousands are set off.
_DATES = frozenset(("date", "archived", "retrieved"))
_NUMBERS = frozenset(("count", "voters", "tracks"))


@lru_cache(maxsize=4096)
def date(text: str) -> str:
    """Return a date in full: `2013-12-18` is `18 December 2013`, `2013-08` is `August 2013`, ranges get a dash.

    >>> date("2013-12-18"), date("2013"), date("2000/2004")
    ('18 December 2013', '2013', '2000–2004')
    """
    if "/" in text:
        return "–".join(date(part) for part in text.split("/"))
    found = _DATE.fullmatch(text)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return text
    parts = (found[3] and str(int(found[3])), found[2] and _MONTHS[int(found[2]) - 1], found[1])
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def number(text: str) -> str:
    """Return a number with its thousands set off, other texts as they are."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 20:
        return text
    return f"{value:,f}" if value != value.to_integral_value() else f"{value:,.0f}"


def text(statement: Statement, name: str) -> str:
    """Return the first value of a field as text, empty if there is none."""
    value = statement.first(name)
    return value.text if value is not None else ""


def money(amount: str, currency: str) -> str:
    """Return a sum of money.

    >>> money("23000000", "USD"), money("1500", "SEK")
    ('$23,000,000', '1,500 SEK')
    """
    sign = _SIGNS.get(currency, "")
    return f"{sign}{number(amount)}" if sign else f"{number(amount)} {currency}".strip()


def length(minutes: str) -> str:
    """Return a running time: `126` is `126 min (2 h 6 min)`."""
    if not minutes.isdecimal() or len(minutes) > 5 or int(minutes) < 60:
        return f"{minutes} min"
    hours, rest = divmod(int(minutes), 60)
    return f"{minutes} min ({hours} h {rest} min)" if rest else f"{minutes} min ({hours} h)"


def around(before: str, after: str) -> tuple[str, str]:
    """Return what stands before and after some words, without the parts of words that were cut off.

    >>> around("n who develops a relationship with ", ", an artificial voice without a bo")
    ('… who develops a relationship with ', ', an artificial voice without a …')
    """
    if len(before) > _CONTEXT and not before[0].isspace() and " " in before[:-1]:
        before = before[before.index(" ") :]
    if len(after) > _CONTEXT and not after[-1].isspace() and " " in after[1:]:
        after = after[: after.rindex(" ") + 1]
    return (f"…{before}" if before else ""), (f"{after}…" if after else "")


def disputed(name: str, value: str) -> str:
    """Return a disputed value as people write it; `name` says of what it is.

    >>> disputed("gross (worldwide)", "over 48000000 USD"), disputed("running time", "126")
    ('over $48,000,000', '126 min (2 h 6 min)')
    """
    if name == "running time":
        return length(value)
    if name.startswith(("date", "year")) or "release date" in name:
        return date(value)
    found = _MONEY.fullmatch(value)
    return f"{found[1]}{money(found[2], found[3])}" if found is not None else value


def kinds(kind: str) -> str:
    """Return what to call several things of a kind.

    >>> kinds("person"), kinds("film")
    ('people', 'films')
    """
    return _MANY.get(kind, f"{kind}s")


def _sum(statement: Statement) -> str:
    amount, most, currency = (text(statement, name) for name in ("amount", "max_amount", "currency"))
    if not amount:
        return ""
    shown = f"{money(amount, currency)} to {money(most, currency)}" if most else money(amount, currency)
    return f"{text(statement, 'qualifier')} {shown}".strip()


def _score(statement: Statement) -> str:
    value, best = text(statement, "value"), text(statement, "best")
    if not best or "%" in value or "/" in value or not value[:1].isdecimal():
        return value
    return f"{value}%" if best == "100" and text(statement, "site") else f"{value} / {number(best)}"


def _cut(statement: Statement) -> str:
    return f"{text(statement, 'qualifier')} {text(statement, 'version') or 'as released'}".strip()


def _notes(statement: Statement) -> str:
    parts = (
        "voice" if text(statement, "voice") == "true" else "",
        "uncredited" if text(statement, "credited") == "false" else "",
        f"as {text(statement, 'credited_as')}" if text(statement, "credited_as") else "",
        text(statement, "role_name"),
        text(statement, "description"),
        text(statement, "detail"),
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _edition(statement: Statement) -> str:
    edition = text(statement, "edition")
    if not edition.isdecimal():
        return edition
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th") if edition[-2:-1] != "1" else "th"
    return edition + ending


def _place(statement: Statement) -> str:
    if rank := text(statement, "rank"):
        return f"no. {rank}"
    return "unranked" if text(statement, "ranked") == "false" else ""


#: Columns that are put together from several fields.
COMPUTED: Mapping[str, Callable[[Statement], str]] = {
    "sum": _sum,
    "score": _score,
    "cut": _cut,
    "notes": _notes,
    "place_in_list": _place,
    "edition_of": _edition,
    "count_of": lambda statement: number(text(statement, "count")),
}


def shown(name: str, value: Value) -> Value:
    """Return a field's value as it is shown."""
    if value.iri:
        return value
    if name in _DATES:
        return Value(date(value.text))
    if name in _NUMBERS:
        return Value(number(value.text))
    return Value(length(value.text)) if name == "minutes" else value
