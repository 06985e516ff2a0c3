"""The older data sets of MovieLens, whose tables have no headings: `movies.dat` and `u.item`."""

import re

from reelgraph.loaders import movielens, vocabulary
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.model import Document, Extraction, Ref, Span

NAME = "movielens-old"
DESCRIPTION = "movies.dat and u.item of MovieLens's older data sets"
PRIORITY = 10

#: `1::Low Fell (1999)::Drama|War`, and `1|Low Fell (1999)|01-Jan-1999||ADDRESS|0|1|…`, with a flag for each genre.
_FORMS = (
    re.compile(r"(?P<number>\d+)::(?P<title>[^\n]+?)::(?P<genres>[^\n:]*)$"),
    re.compile(r"(?P<number>\d+)\|(?P<title>[^|\n]+)\|[^|\n]*\|[^|\n]*\|[^|\n]*(?P<genres>(?:\|[01]){19})$"),
)
_DATED = re.compile(r"\((?:18|19|20)\d\d\)$")
_LINE = re.compile(r"[^\r\n]+")
#: Lines that are looked at, the first of which, and most of all, must be of one form and have known genres.
_LOOKED_AT, _MOST = 5, 0.6
#: What stands in place of genres.
_NONE = frozenset({"(no genres listed)", "Children", "IMAX", ""})


def accepts(document: Document) -> bool:
    """Whether the first lines are all rows of one of the two tables."""
    return _form(document.text) is not None


def _form(text: str) -> re.Pattern[str] | None:
    head = text[:4096].lstrip("\ufeff")
    lines = head.splitlines()[:_LOOKED_AT]
    lines = lines[:-1] if len(text) > len(head) and len(lines) > 1 else lines
    for form in _FORMS:
        found = [bool(row and _is_film(row)) for row in (form.match(line.strip()) for line in lines)]
        if found and found[0] and sum(found) >= _MOST * len(found):
            return form
    return None


def _is_film(row: re.Match[str]) -> bool:
    known = {*vocabulary.table("services")["movielens-flags"]["genres"].split("|"), *_NONE}
    return bool(_DATED.search(row["title"].strip())) and known.issuperset(_genres(row["genres"].strip()))


def load(document: Document) -> Extraction:
    """Return title, year and genres of every film."""
    facts, form = Facts(NAME), _form(document.text)
    films: list[Ref] = []
    for number, line in enumerate(_LINE.finditer(document.text), 1):
        row = form.match(document.text, line.start(), line.end()) if form else None
        if row is None:
            facts.warn(f"row {number}", "not a number, a title and genres; the row is left out")
            continue
        title = Cell(row["title"], f"row {number}, column 2", Span(*row.span("title")))
        genres = Cell(row["genres"], f"row {number}, genres", Span(*row.span("genres")))
        films.append(movielens.film(row["number"], title, genres, _genres(row["genres"]), facts))
    return extraction(NAME, source(document, "data", *films, site="MovieLens"), facts)


def _genres(words: str) -> list[str]:
    """Return the genres of a row, where flags say which.

    >>> _genres("Drama|War"), _genres("|0|1" + "|0" * 16 + "|1")
    (['Drama', 'War'], ['Action', 'Western'])
    """
    names = vocabulary.table("services")["movielens-flags"]["genres"].split("|")
    if words.startswith(("|0", "|1")):
        return [name for name, flag in zip(names, words[1:].split("|"), strict=True) if flag == "1" and name]
    return words.split("|")
