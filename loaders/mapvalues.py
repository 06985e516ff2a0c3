"""Values of mapped cells: what a field of a fact takes, from the words of a cell."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import takewhile

from reelgraph.loaders import values, vocabulary
from reelgraph.loaders.mapfile import Part, ranges
from reelgraph.model import Ref, Value

_FOOTNOTE = re.compile(r"\s*\[[\da-z]{1,3}\]$")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
#: What stands between a performer and the character, as a row of dots.
_DOTS = re.compile(r"(?<=\w)\s*(?:\.{3,}|…)\s*(?=\w)")
#: Letters that a surname in capitals has at least; fewer may be initials, as in `JJ Abrams`.
_CAPITALS = 3
#: A country's share in a film, or the film's year after the country.
_SHARE = re.compile(r"\s*\(?\d[\d.,]*\s?%\)?$|[\s,/(]+(?:18|19|20)\d\d\)?$")
#: Characters that a name may have.
_LONGEST = 500
_THINGS = {"agent": "person"}
_REFS = frozenset({"person", "organization", "agent", "place", "work", "award", "topic", "character"})
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


class UnusableError(ValueError):
    """A cell's words are not what its field takes."""


def value(kind: str, name: str, part: Part, text: str, film: Ref) -> Value:
    """Return what a field takes from a text, prefix added; raise `UnusableError`, saying why, if it is unusable."""
    given, text = ranges()[kind][name], part.prefix + text
    parser = part.parser or _implied(kind, name, given)
    if given in _REFS:
        thing = _THINGS.get(given, given)
        if len(text) > _LONGEST:
            raise UnusableError(f"{len(text)} characters, no name")
        words = person_name(text) if thing == "person" or parser == "name" else text
        within = film.name if film.year is None else f"{film.name} ({film.year})"
        return Ref(thing, words, within=within if thing == "character" else "")
    return _PARSERS[parser](_SHARE.sub("", text) if given == "territory" else text)


def _implied(kind: str, name: str, given: str) -> str:
    if kind == "year":
        return "year"
    if name == "minutes":
        return "minutes"
    if name == "value":
        return "score"
    words = {"integer": "int", "decimal": "decimal", "date": "date", "boolean": "truth", "iri": "iri"}
    return words.get(given, "text")


def money(text: str) -> Mapping[str, Value]:
    """Return the fields of a money fact from a text with a currency."""
    found = values.money(text)
    if found is None:
        raise UnusableError("no amount with a currency")
    fields: dict[str, Value] = {"amount": found.amount, "currency": found.currency}
    if found.upper is not None:
        fields["max_amount"] = found.upper
    if found.qualifier:
        fields["qualifier"] = found.qualifier
    return fields


def title(text: str) -> str:
    """Return a title without a footnote mark after it.

    >>> title("The Lamp[1]")
    'The Lamp'
    """
    return _FOOTNOTE.sub("", text).strip()


def person_name(text: str) -> str:
    """Return a name out of a list of names; raise `UnusableError` for what is none.

    >>> [person_name(text) for text in ("Cast: Ada Vole", "and Ben Ash", "Cy Elm (voice)", "Dee Fir ... Tor")]
    ['Ada Vole', 'Ben Ash', 'Cy Elm', 'Dee Fir']
    """
    name = _BRACKETS.sub("", _DOTS.split(title(text), maxsplit=1)[0])
    label, colon, rest = name.partition(":")
    if colon and label.strip().lower() in _labels():
        name = rest
    if re.fullmatch(r"Q\d+|https?://\S+", name.strip()):
        raise UnusableError("an identifier, no name")
    name = _turned(re.sub(r"^(?:and|with|&)\s+(?=\S)|\s+(?:and|&)$", "", name.strip()).strip(" ,;"))
    if not re.search(r"[^\W\d_]", name):
        raise UnusableError("no name")
    if name.count("(") != name.count(")") or name[0] in ")]":
        raise UnusableError("a piece of a name in brackets")
    if all(word.strip(".:") in _noise() for word in name.lower().split()):
        raise UnusableError("no name")
    return name


def _turned(name: str) -> str:
    """Return a name of which the surname stands first in capitals the other way round.

    >>> _turned("DE SICA Vittorio"), _turned("JJ Abrams"), _turned("ADA VOLE")
    ('Vittorio De Sica', 'JJ Abrams', 'ADA VOLE')
    """
    words = name.split()
    surname = list(takewhile(str.isupper, words))
    if len(surname) == len(words) or not any(len(word) >= _CAPITALS and word.isalpha() for word in surname):
        return name
    return " ".join((*words[len(surname) :], *(word.title() for word in surname)))


def _noise() -> frozenset[str]:
    return frozenset(vocabulary.table("mapped")["names"]["noise"].split())


def _labels() -> frozenset[str]:
    return frozenset(vocabulary.table("mapped")["names"]["labels"].split())


def _needed(read: Callable[[str], Value | None], what: str) -> Callable[[str], Value]:
    def checked(text: str) -> Value:
        found = read(text)
        if found is None:
            raise UnusableError(f"no {what}")
        return found

    return checked


def _truth(text: str) -> bool | None:
    words = vocabulary.table("mapped")["truth"]
    return True if text.lower() in words["yes"].split() else False if text.lower() in words["no"].split() else None


def _date(text: str) -> str | None:
    """Return a date; the first second of a year is how SPARQL services write that only the year is known."""
    return values.iso_date(text[: len("1999")] if text.endswith("-01-01T00:00:00Z") else text)


def _address(text: str) -> str | None:
    return text if _ADDRESS.fullmatch(text) else None


_PARSERS: Mapping[str, Callable[[str], Value]] = {
    "text": str,
    "score": values.number_text,
    "name": person_name,
    "int": _needed(values.integer, "whole number"),
    "decimal": _needed(values.decimal, "number"),
    "date": _needed(_date, "date"),
    "day-first": _needed(values.numeric_date, "date such as 26/10/2023"),
    "month-first": _needed(partial(values.numeric_date, day_first=False), "date such as 10/26/2023"),
    "minutes": _needed(values.minutes, "running time"),
    "year": _needed(values.year_of, "year"),
    "truth": _needed(_truth, "yes or no"),
    "fsk": _needed(lambda text: values.fsk(text) or None, "mark of the FSK"),
    "iri": _needed(_address, "web address"),
    "money": _needed(values.decimal, "number"),
}
