"""MovieLens: `movies.csv`, `links.csv` and `tags.csv` of its data sets.

In links and tags a film is called by its number; what they say waits for `movies.csv`, which has the title.
"""

import re
from collections.abc import Callable, Sequence

from reelgraph.loaders import delimited
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.delimited import Row
from reelgraph.loaders.filmrefs import split_title
from reelgraph.model import Document, Extraction, Ref

NAME = "movielens"
DESCRIPTION = "MovieLens movies.csv, links.csv and tags.csv"
PRIORITY = 10

_RATINGS = ("userId", "movieId", "rating")
#: What the column of genres has that is none, but a format.
_NO_GENRES = frozenset({"IMAX"})
_ARTICLE = re.compile(
    r"^(?P<rest>.+), "
    r"(?P<article>The|A|An|Le|La|Les|L'|Un|Une|Der|Die|Das|Ein|Il|Lo|Gli|I|El|Los|Las|O|Os|As|Det|Den|En)$"
)
_OTHER = re.compile(r"\s*\((?:a\.?k\.?a\.? )?([^()]+)\)$")
_OPEN = re.compile(r"(?:\bor|[:,–-])$", re.I)
_YEARS = re.compile(r"\s*\((\d{4})[-–]\d{0,4}\)$")


def accepts(document: Document) -> bool:
    """Whether the first line names MovieLens's columns."""
    names = _names(document)
    return names in _TABLES or names == _RATINGS


def _names(document: Document) -> tuple[str, ...]:
    return tuple(delimited.header(document.text[:4096], ",")[:3])


def load(document: Document) -> Extraction:
    """Return title, year and genres of every film, the identifiers that `links.csv` ties together, or the tags."""
    facts = Facts(NAME)
    films: list[Ref] = []
    read = _TABLES.get(_names(document))
    if read is None:
        facts.note("document", "single users' ratings say nothing of the films: left out; load movies, links and tags")
        return extraction(NAME, source(document, "data", site="MovieLens"), facts)
    for row in delimited.rows(document.text, ","):
        if len(row) < 2 or not row.text("movieId").isdigit():
            facts.warn(f"row {row.number}", "too few columns or no movieId; the row is left out")
        else:
            films.append(read(row, facts))
    return extraction(NAME, source(document, "data", *films, site="MovieLens"), facts)


def natural(title: str) -> str:
    """Return a title with its article in front.

    >>> natural("City of Lost Children, The"), natural("Good, the Bad and the Ugly, The")
    ('The City of Lost Children', 'The Good, the Bad and the Ugly')
    """
    match = _ARTICLE.match(title.strip())
    if match is None:
        return title.strip()
    return f"{match['article']}{'' if match['article'].endswith(chr(39)) else ' '}{match['rest']}"


def _film(row: Row, facts: Facts) -> Ref:
    title = row.cell("title")
    genres = row.text("genres").split("|")
    return film(row.text("movieId"), title, row.cell("genres"), genres, facts, row.text("title"))


def film(number: str, cell: Cell, of_genres: Cell, genres: Sequence[str], facts: Facts, called: str = "") -> Ref:
    """Write down a film's number, title with its year, and genres; `called` is what the title's cell says in words."""
    title, year = split_title(called or cell.text)
    span = _YEARS.search(title)
    if span:
        title, year = title[: span.start()], int(span[1])
    others = []
    while (match := _OTHER.search(title)) and match.start() > 0 and not _OPEN.search(title[: match.start()]):
        others.append(natural(match[1]))
        title = title[: match.start()]
    ref = Ref("film", natural(title), year, (f"movielens:{number}",))
    facts.add("title", ref, cell, title=ref.name)
    facts.add("year", ref, cell, year=year)
    for other in reversed(others):
        facts.add("alternate-title", ref, cell, title=other)
    for genre in genres:
        if genre and genre not in _NO_GENRES and not genre.startswith("("):
            facts.add("genre", ref, of_genres, genre=genre)
    return ref


def _links(row: Row, facts: Facts) -> Ref:
    number, imdb, tmdb = row.text("movieId"), row.text("imdbId"), row.text("tmdbId")
    known = [f"movielens:{number}"]
    known += [f"imdb:tt{int(imdb):07}"] if imdb.isdigit() else []
    known += [f"tmdb:movie/{tmdb}"] if tmdb.isdigit() else []
    film = Ref("film", f"movielens:{number}", None, tuple(sorted(known)))
    if imdb.isdigit():
        facts.add("same-as", film, row.cell("imdbId"), url=f"https://www.imdb.com/title/tt{int(imdb):07}/")
    if tmdb.isdigit():
        facts.add("same-as", film, row.cell("tmdbId"), url=f"https://www.themoviedb.org/movie/{tmdb}")
    return film


def _tag(row: Row, facts: Facts) -> Ref:
    number = row.text("movieId")
    film = Ref("film", f"movielens:{number}", None, (f"movielens:{number}",))
    facts.add("keyword", film, row.cell("tag"), keyword=row.text("tag"))
    return film


_TABLES: dict[tuple[str, ...], Callable[[Row, Facts], Ref]] = {
    ("movieId", "title", "genres"): _film,
    ("movieId", "imdbId", "tmdbId"): _links,
    ("userId", "movieId", "tag"): _tag,
}
