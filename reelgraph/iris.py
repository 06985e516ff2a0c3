"""IRIs of everything in the graph: the only module that builds them.

Entities get readable IRIs (`.../film/her-2013`), nodes and evidence get a hash of what they say, so that the same
documents give the same IRIs on every machine. Letters of any script stay in an IRI; only Latin ones lose their accents.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

_SLUG_LIMIT = 80
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "",
        "'": "",
        "ʼ": "",
        "&": " and ",
    }
)
#: Signs that choose a shape of the letter before them; no IRI may hold the later ones.
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_WORDS = re.compile(r"[^\W_]+")
_IRI_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_UNSAFE = re.compile(rf"[^A-Za-z0-9_.~{re.escape(_IRI_SAFE)}-]")
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")


def digest(parts: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that stand for these parts in this order."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fold(text: str) -> str:
    """Return the text in small letters, Latin ones without accents, apostrophes dropped and `&` spelled out."""
    if text.isascii():
        return text.casefold().translate(_LETTERS)
    kept: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFKD", _VARIANTS.sub("", text.casefold())).translate(_LETTERS):
        if not unicodedata.combining(char):
            latin = char < "ɐ"
        elif latin:
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def words(text: str) -> list[str]:
    """Return the folded words of a text, without punctuation; vowel signs stay with their letters."""
    folded = fold(text)
    if folded.isascii():
        return _WORDS.findall(folded)
    spaced = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return spaced.split()


def slug(text: str) -> str:
    """Return the text as one readable part of an IRI: `Spike Jonze` gives `spike-jonze`, never empty, never long."""
    joined = "-".join(words(text))
    if not joined:
        return "x" + digest((text,))[:8]
    if len(joined) > _SLUG_LIMIT:
        return joined[:_SLUG_LIMIT].rsplit("-", 1)[0] + "-" + digest((text,))[:8]
    return joined


def entity(base: str, kind: str, name: str, suffix: str = "") -> str:
    """Return the IRI of a person, organization, place, work, award or topic; `suffix` tells homonyms apart."""
    return f"{base}{kind}/{slug(name)}{suffix}"


def film(base: str, title: str, year: int | None) -> str:
    """Return the IRI of a film, `film/her-2013`, or `film/her` when its year is unknown."""
    return f"{base}film/{slug(title)}" + (f"-{year}" if year is not None else "")


def character(base: str, film_iri: str, name: str) -> str:
    """Return the IRI of a character of a film, `character/her-2013/samantha`; the film may be unknown (empty)."""
    of_film = film_iri.rpartition("/film/")[2] if film_iri else "unknown"
    return f"{base}character/{of_film}/{slug(name)}"


def document(base: str, sha: str) -> str:
    """Return the IRI of a stored file."""
    return f"{base}document/{sha[:16]}"


def source(base: str, sha: str, start: int, *, whole: bool) -> str:
    """Return the IRI of a source document inside a file: the file's own when it spans the `whole` file."""
    return document(base, sha) if whole else f"{base}document/{sha[:16]}-{start}"


def node(base: str, kind: str, parts: Iterable[str]) -> str:
    """Return the IRI of a node of this kind that says exactly these parts."""
    return f"{base}{kind}/{digest(parts)}"


def graph(base: str, name: str) -> str:
    """Return the IRI of a derived graph: `sources`, `preferred`, `identity` or `vocabulary`."""
    return f"{base}graph/{name}"


def external(value: str) -> str | None:
    """Return a web address as an absolute IRI with illegal characters escaped, or None if it is none."""
    text = _quoted(value.strip())
    return text if _ABSOLUTE.match(text) else None


def _quoted(text: str) -> str:
    """Escape what an IRI cannot hold; letters of all scripts and escapes that are there already stay."""
    if _UNSAFE.search(text):
        text = "".join(c if not c.isascii() and c.isprintable() else quote(c, safe=_IRI_SAFE) for c in text)
    return _PERCENT.sub("%25", text)


#: Where the page of an identifier is, by its scheme; IMDb has a folder for each kind of thing.
_PAGES = {
    "dbpedia": "http://dbpedia.org/resource/{}",
    "eidr": "https://doi.org/{}",
    "imdb": "https://www.imdb.com/{}/",
    "letterboxd": "https://letterboxd.com/{}/",
    "metacritic": "https://www.metacritic.com/{}",
    "movielens": "https://movielens.org/movies/{}",
    "rottentomatoes": "https://www.rottentomatoes.com/{}",
    "tmdb": "https://www.themoviedb.org/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
}
_IMDB_FOLDERS = {"tt": "title", "nm": "name", "co": "company", "ev": "event"}


def same_as(identifier: str) -> str | None:
    """Return the web address an identifier such as `imdb:tt1798709` stands for, or None if none is known.

    >>> same_as("imdb:tt1798709"), same_as("wikipedia:en/Her_(2013_film)")
    ('https://www.imdb.com/title/tt1798709/', 'https://en.wikipedia.org/wiki/Her_(2013_film)')
    """
    scheme, _, value = identifier.partition(":")
    if scheme == "imdb":
        folder = _IMDB_FOLDERS.get(value[:2])
        return _PAGES[scheme].format(f"{folder}/{_quoted(value)}") if folder else None
    if scheme == "wikipedia":
        language, _, title = value.partition("/")
        return external(f"https://{language}.wikipedia.org/wiki/{title.replace(' ', '_')}") if title else None
    if scheme in _PAGES:
        return external(_PAGES[scheme].format(value))
    return external(identifier) if scheme in ("http", "https") else None
