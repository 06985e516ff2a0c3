"""What a heading of a table, or a key of JSON, about films means: its role, from the vocabulary of headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reelgraph.loaders import vocabulary
from reelgraph.ontology.concepts import key

_BRACKETS = re.compile(r"\s*[(\[/]([^()\[\]]*)[)\]]?\s*$")
_TOKENS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
#: Sections of the vocabulary whose entries are roles.
_GROUPS = ("titles", "years", "jobs", "cast", "companies", "words", "lengths", "marks", "money", "kinds", "ids")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: group and role of the vocabulary, empty if unknown; what stood in brackets after it."""

    group: str = ""
    role: str = ""
    says_film: bool = False
    bracket: str = ""


def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the vocabulary of headings."""
    return vocabulary.table("headings")


@cache
def known(section: str, name: str) -> frozenset[str]:
    """Return a list of the vocabulary as the keys that are compared."""
    return frozenset(map(key, table()[section][name]))


@cache
def _currencies() -> frozenset[str]:
    return frozenset(vocabulary.table("values")["currencies"].values())


@cache
def _roles() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for group in _GROUPS:
        for role, words in table()[group].items():
            for word in words:
                found.setdefault(key(word), (group, role))
    for site, score in table()["scores"].items():
        found |= {key(word): ("scores", site) for word in score["headings"]}
        found |= {key(word): ("counts", site) for word in score["counts"]}
    return found


def meaning(heading: str) -> Meaning:
    """Return what a heading means.

    >>> [meaning(heading).role for heading in ("releaseYear", "actor_1_name", "Director(s)", "Länge (min)")]
    ['year', 'person', 'director', 'runtime']
    >>> meaning("movie_genres"), meaning("plot").role
    (Meaning(group='words', role='genre', says_film=True, bracket=''), '')
    """
    match = _BRACKETS.search(heading)
    bracket = match[1].strip() if match and match.start() else ""
    if match and match.start() and bracket.casefold() in table()["brackets"]["plural"]:
        bracket = ""
    bare = heading[: match.start()] if match and match.start() else heading
    tokens = _TOKENS.findall(bare)
    if len(tokens) > 1 and tokens[-1].upper() in _currencies():
        bracket, tokens = tokens[-1].upper(), tokens[:-1]
    film_words = table()["film"]["words"]
    rest = [token for token in tokens if key(token) not in film_words]
    says_film = len(rest) < len(tokens)
    for whole in (heading, bare):
        if (found := _role(key(whole))) is not None:
            return Meaning(*found, says_film=says_film, bracket="" if whole == heading else bracket)
    for words in _shorter(tokens, rest):
        if (found := _role(key(" ".join(words)))) is not None:
            group, role = found
            role = "film" if says_film and group == "titles" and role in ("title", "name") else role
            return Meaning(group, role, says_film=says_film, bracket=bracket)
    if len(rest) > 1 and rest[-1].lower() in table()["film"]["languages"]:
        group, role = _role(key(" ".join(rest[:-1]))) or ("", "")
        return Meaning(group, role, says_film=says_film, bracket=bracket) if group == "titles" else Meaning()
    if says_film and rest and all(key(token) in table()["film"]["ids"] for token in rest):
        return Meaning("ids", "", says_film=True)
    return Meaning()


def _role(word: str) -> tuple[str, str] | None:
    """Return the role of a key, of its singular, else None."""
    for one in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")):
        if one in _roles():
            return _roles()[one]
    return None


def _shorter(tokens: Sequence[str], rest: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the words of a heading without digits, endings that say nothing, and words for film."""
    endings = table()["film"]["endings"]
    for words in (tokens, rest):
        letters = [word for word in words if not word.isdigit()]
        yield letters or words
        if len(letters) > 1 and key(letters[-1]) in endings:
            yield letters[:-1]


def is_in(heading: str, section: str, name: str) -> bool:
    """Whether a heading, or its singular, is in a list of the vocabulary."""
    words = known(section, name)
    return key(heading) in words or key(heading).removesuffix("s") in words


def unique(names: Sequence[str]) -> list[str]:
    """Return the names that only one column has; others do not say which column is meant."""
    counts = Counter(names)
    return [name for name in names if name and counts[name] == 1]


def other(headings: Iterable[str]) -> str:
    """Return the first heading that tables of films do not have, empty if there is none."""
    return next((heading for heading in headings if is_in(heading, "others", "never")), "")
