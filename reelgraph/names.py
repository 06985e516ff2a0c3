"""Keys under which names are compared: titles and names without case, accents and punctuation."""

import re
from collections.abc import Iterable
from functools import lru_cache

from reelgraph.iris import words

_ARTICLES = frozenset(("the", "a", "an"))
_TRAILING_ARTICLE = re.compile(r"^(.*\S), (the|a|an|le|la|les|l'|der|die|das|el|los|las|il|lo)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\w{1,3}\]\s*$")
_SOURCE_ROLE = re.compile(r"novel|book|based|author|play\b|comic|character|story|source|poem", re.IGNORECASE)
#: Scripts written without spaces start here: a name in them is a full name though it is one word.
_UNSPACED = "\u2e80"
#: Codes of catalogues that say by their form that they are no names.
_CODE = re.compile(r"(?:tt|nm|co|ev|Q)\d+")


@lru_cache(maxsize=1 << 17)
def title_key(title: str) -> str:
    """Return the title's words, a trailing article moved to the front: `Matrix, The` gives `the matrix`."""
    text = _FOOTNOTE.sub("", title.strip())
    if ", " in text:
        text = _TRAILING_ARTICLE.sub(r"\2 \1", text)
    return " ".join(words(text)) or text.casefold()


@lru_cache(maxsize=1 << 17)
def loose_title_key(title: str) -> str:
    """Return the title's words without an English article in front."""
    key = title_key(title)
    first, _, rest = key.partition(" ")
    return rest if rest and first in _ARTICLES else key


@lru_cache(maxsize=1 << 17)
def person_key(name: str) -> str:
    """Return the words of a person's name: `J.R. Smith` and `J. R. Smith` give `j r smith`."""
    return " ".join(words(name)) or name.casefold().strip()


def is_full_name(key: str) -> bool:
    """Whether a person's key has a first name and a surname, so that it may stand for one person everywhere."""
    return " " in key or (len(key) > 1 and any(char >= _UNSPACED for char in key))


@lru_cache(maxsize=1 << 17)
def other_key(name: str) -> str:
    """Return the key of an organization, place, award, topic, work or character: its words without leading `the`."""
    key = " ".join(words(name)) or name.casefold().strip()
    return key.removeprefix("the ") or key


@lru_cache(maxsize=1 << 10)
def is_source_role(role: str) -> bool:
    """Whether a credit is for what the film is made from (a novel, a play), whose author may be long dead."""
    return _SOURCE_ROLE.search(role) is not None


def is_code(name: str, ids: Iterable[str]) -> bool:
    """Whether a document that knows no name calls a thing by one of its identifiers.

    >>> is_code("tt1798709", ["imdb:tt1798709"]), is_code("1984", ["movielens:1984"])
    (True, False)
    """
    return name in ids or (_CODE.fullmatch(name) is not None and any(one.endswith(f":{name}") for one in ids))
