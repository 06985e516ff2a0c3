"""Whether a value follows from the words quoted for it, by our own readers of dates, sums, numbers and names."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import clean
from reelgraph.loaders.prose.numbers import count, money
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.terms import terms
from reelgraph.loaders.prose.view import fold
from reelgraph.model import Ref, Value

_LENGTH = re.compile(
    r"(?<![\d.,])(?:(?P<h>\d|[a-z]+)[\s-]*(?:hours?|h)\b(?:,?\s*(?:and\s+)?(?P<rest>\d{1,2})[\s-]*(?:minutes?|mins?|m)\b)?"
    r"|(?P<m>\d{1,3})[\s-]*(?:minutes?|mins?)\b)",
    re.IGNORECASE,
)
_THINGS = {"work": "work", "company": "organization", "place": "place", "ceremony": "award"}


Derived = dict[str, Value] | None


class RefusalError(Exception):
    """Why a claim is no fact."""


def derive(name: str, rule: str, value: object, quote: str, part: Part, choices: Mapping[str, str]) -> dict[str, Value]:
    """Return the field, and what belongs to it, if the value follows from the quote by a rule of `llm.toml`."""
    said = fold(str(value)).strip()
    if not said or isinstance(value, dict | list):
        raise RefusalError(f"{name} has no value")
    if rule == "choice":
        words = choices.get(said)
        found: Derived = {name: said} if words and re.search(words, quote, re.IGNORECASE) else None
    else:
        found = _RULES[rule](name, said, quote, part)
    if found is None:
        raise RefusalError(f"{name} {said[:60]!r} does not follow from its quote")
    return found


def _text(name: str, said: str, quote: str, _part: Part) -> Derived:
    return {name: said} if _stands(said, quote) else None


def _name(name: str, said: str, quote: str, part: Part) -> Derived:
    if not _stands(said, quote) or not any(char.isupper() for char in said):
        return None
    kind = _THINGS.get(name)
    return {name: Ref(kind, clean(said)) if kind else part.agent(said)}


def _person(name: str, said: str, quote: str, part: Part) -> Derived:
    known = part.names.person(clean(quote)) if not _stands(said, quote) else said
    if known is None or known != said or not said[:1].isupper():
        return None
    return {name: part.agent(said) if name in ("agent", "recipient") else Ref("person", clean(said))}


def _date(name: str, said: str, quote: str, _part: Part) -> Derived:
    return {name: said} if any(found.has_year and found.value == said for found in dates(quote)) else None


def _money(name: str, said: str, quote: str, _part: Part) -> Derived:
    for found in money(quote):
        if _decimal(re.sub(r"[^\d.]", "", said)) == found.amount:
            values: dict[str, Value] = {name: found.amount, "currency": found.currency}
            return values | ({"qualifier": found.qualifier} if found.qualifier else {})
    return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _minutes(name: str, said: str, quote: str, _part: Part) -> Derived:
    stated = [
        int(match["m"]) if match["m"] else (count(match["h"]) or 0) * 60 + int(match["rest"] or 0)
        for match in _LENGTH.finditer(quote)
    ]
    return {name: int(said)} if said.isdecimal() and int(said) in stated else None


def _job(name: str, said: str, quote: str, _part: Part) -> Derived:
    known = (terms("jobs", table, named=table == "nouns") for table in ("nouns", "participles", "by", "verbs"))
    jobs = (view.canonical(word).lower().split(" + ") for view in known for word in _grams(quote, 4))
    return {name: said.lower()} if said and any(said.lower() in job for job in jobs) else None


def _genre(name: str, said: str, quote: str, _part: Part) -> Derived:
    known = {genre.lower() for genre, _, _ in lexicon.genres_in(quote)}
    return {name: said.lower()} if said.lower() in known else None


def _country(name: str, said: str, quote: str, _part: Part) -> Derived:
    known = {country for country, _, _ in lexicon.demonyms_in(quote)}
    known |= {lexicon.territory(match[0]) for match in lexicon.territory_pattern().finditer(quote)}
    return {name: said} if said in known else None


def _language(name: str, said: str, quote: str, _part: Part) -> Derived:
    known = {lexicon.language(word) for word in re.findall(r"\w+", quote)}
    return {name: said} if said in known else None


def _grams(text: str, longest: int) -> list[str]:
    words = re.findall(r"[\w-]+", text)
    return [" ".join(words[a : a + n]) for n in range(longest, 0, -1) for a in range(len(words) - n + 1)]


def _stands(said: str, quote: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", quote) is not None


_RULES: Mapping[str, Callable[[str, str, str, Part], Derived]] = {
    "text": _text,
    "name": _name,
    "person": _person,
    "date": _date,
    "money": _money,
    "minutes": _minutes,
    "job": _job,
    "genre": _genre,
    "country": _country,
    "language": _language,
}
