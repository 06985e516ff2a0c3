"""Cornell Movie-Dialogs Corpus: `movie_titles_metadata.txt`."""

import re

from reelgraph.loaders import delimited
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.values import decimal, integer, number_text, year_of
from reelgraph.model import Document, Extraction, Ref

NAME = "cornell"
DESCRIPTION = "Cornell Movie-Dialogs Corpus film titles"
PRIORITY = 10

_DELIMITER = " +++$+++ "
_COLUMNS = ["id", "title", "year", "rating", "votes", "genres"]
_GENRE = re.compile(r"'([^']+)'")


def accepts(document: Document) -> bool:
    """Whether the first line has the corpus's delimiters and as many fields as its file of titles."""
    first = document.text[:2048].lstrip("\ufeff").partition("\n")[0]
    return first.count(_DELIMITER.strip()) == len(_COLUMNS) - 1 and first.startswith("m")


def load(document: Document) -> Extraction:
    """Return title, year, rating and genres of every film."""
    facts = Facts(NAME)
    films: list[Ref] = []
    for row in delimited.rows(document.text, _DELIMITER, _COLUMNS, quotes=False):
        title, year = row.text("title"), year_of(row.text("year"))
        if len(row) < len(_COLUMNS) or not title:
            facts.warn(f"row {row.number}", f"{len(row)} fields instead of {len(_COLUMNS)}; the row is left out")
            continue
        film = Ref("film", title, year)
        films.append(film)
        facts.add("title", film, row.cell("title"), title=title)
        facts.add("year", film, row.cell("year"), year=year)
        for genre in _GENRE.findall(row.text("genres")):
            facts.add("genre", film, row.cell("genres"), genre=genre)
        if decimal(row.text("rating")):
            facts.add(
                "rating", film, row.cell("rating"), site=Ref("organization", "IMDb"), best=decimal("10"),
                value=number_text(row.text("rating")), count=integer(row.text("votes")),
            )  # fmt: skip
    return extraction(NAME, source(document, "data", *films), facts)
