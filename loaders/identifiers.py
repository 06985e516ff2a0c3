"""Identifiers such as `imdb:tt1798709` from the addresses and codes that documents give."""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

from reelgraph.loaders import vocabulary


@cache
def _schemes() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    rows = vocabulary.table("identifiers").items()
    return {scheme: (re.compile(row["match"]), re.compile(row["plain"])) for scheme, row in rows}


#: What stands before the address of a page in the address of its copy in a web archive: its path and a time.
_COPY = re.compile(r"(?:https?://[^/\s]+)?(?:/[\w-]+)*/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.I)


def original(address: str) -> str:
    """Return the address of a page that a web archive's address is a copy of; any other as it is.

    >>> original("https://web.archive.org/web/20140102030405/http://films.example/her"), original("https://a.example/1")
    ('http://films.example/her', 'https://a.example/1')
    """
    match = _COPY.match(address)
    return address[match.end() :] if match else address


def from_address(address: str) -> str:
    """Return the identifier that an address of a known site stands for, else an empty string.

    >>> from_address("https://www.imdb.com/title/tt1798709/?ref_=x"), from_address("https://example.org/her")
    ('imdb:tt1798709', '')
    """
    if "://" not in address:
        return ""
    for scheme, (match, _) in _schemes().items():
        found = match.search(address)
        if found:
            inside = "/".join(found.groups())
            return f"{scheme}:{'film/' + inside if scheme == 'allocine' else unquote(inside)}"
    return ""


def from_code(scheme: str, code: str) -> str:
    """Return the identifier for a code of a named scheme, as `PropertyValue` and NFO files give it; empty if unknown.

    >>> from_code("IMDb", "tt1798709"), from_code("house number", "12")
    ('imdb:tt1798709', '')
    """
    known = {"themoviedb": "tmdb", "imdb id": "imdb", "wikidata id": "wikidata"}
    name = known.get(scheme.strip().lower(), scheme.strip().lower())
    name = from_address(scheme).partition(":")[0] or name
    pattern = _schemes().get(name)
    return f"{name}:{code.strip()}" if pattern and pattern[1].fullmatch(code.strip()) else ""


def from_bare(code: str) -> str:
    """Return the identifier for a code that names its scheme by its form: IMDb's and Wikidata's do.

    >>> from_bare("tt1798709"), from_bare("Q788822"), from_bare("1798709")
    ('imdb:tt1798709', 'wikidata:Q788822', '')
    """
    return next((f"{s}:{code}" for s in ("imdb", "wikidata") if _schemes()[s][1].fullmatch(code)), "")


def fits(identifier: str, kind: str) -> bool:
    """Whether an identifier can be one of a thing of `kind`: `imdb:nm...` is no film.

    >>> fits("imdb:nm0000001", "film"), fits("imdb:tt1798709", "film"), fits("https://example.org/her", "film")
    (False, True, True)
    """
    scheme, _, code = identifier.partition(":")
    begin = _beginnings().get(scheme, {})
    return not begin or kind not in begin or code.startswith(begin[kind])


@cache
def _beginnings() -> dict[str, dict[str, str]]:
    return {scheme: row.get("kinds", {}) for scheme, row in vocabulary.table("identifiers").items()}


def site_of(address: str) -> str:
    """Return the host of an address without `www.`, an empty string if it has none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.")
