"""Letterboxd: the files of a member's export, and exported lists, which have lines of their own before the films.

An export does not name its owner. What it says of films stays, what it says of the owner is left out: days, tags and
ratings without words. A review stays, with its words and score.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from reelgraph.loaders import delimited, htmlflat, identifiers
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.delimited import Row
from reelgraph.loaders.values import decimal, iso_date, number_text, year_of
from reelgraph.model import Document, Extraction, Ref

NAME = "letterboxd"
DESCRIPTION = "Letterboxd exports (CSV): diary, ratings, watched films, watchlist, reviews and lists"
PRIORITY = 10

_LIST = "Letterboxd list export v"
_FILMS = ("Date", "Name", "Year", "Letterboxd URI")
#: What the columns of a list's films begin with.
_LISTED = ["Position", "Name", "Year"]
#: A file with one of these columns has the addresses of the owner's entries, not of films.
_OF_ENTRIES = frozenset({"Watched Date", "Rewatch", "Review"})
_ADDRESS = re.compile(r"https?://(?:boxd\.it|letterboxd\.com)/[^\s<>\"{}|\\^`]+")
_BEST = decimal("5")


def accepts(document: Document) -> bool:
    """Whether the first line is that of an exported list, or has the columns of a member's films."""
    return _is_list(document.text) or tuple(delimited.header(document.text[:4096], ",")[: len(_FILMS)]) == _FILMS


def load(document: Document) -> Extraction:
    """Return title, year and address of every film, and its review."""
    facts = Facts(NAME)
    text = document.text
    title, found = _list(text) if _is_list(text) else ("", list(delimited.rows(text, ",")))
    films = [film for row in found for film in _film(row, facts)]
    if any("Rating" in row.columns and not row.text("Review") and row.text("Rating") for row in found):
        facts.note("document", "ratings of somebody whom the export does not name are left out")
    if not films:
        facts.note("document", "no film in it")
    return extraction(NAME, source(document, "data", *films, site="Letterboxd", title=title), facts)


def _is_list(text: str) -> bool:
    return text.lstrip("\ufeff").startswith(_LIST)


def _list(text: str) -> tuple[str, list[Row]]:
    """Return the name of an exported list, and the rows of its films, which stand below their own heading."""
    heads: list[Row] = []
    columns: dict[str, int] = {}
    found: list[Row] = []
    for row in delimited.rows(text, ",", []):
        if columns:
            found.append(replace(row, columns=columns))
        elif row.values[: len(_LISTED)] == _LISTED:
            columns = {name: number for number, name in enumerate(row.values)}
        else:
            heads.append(row)
    named = next((row.values.index("Name") for row in heads if "Name" in row.values), -1)
    own = heads[-1].values if heads and 0 <= named < len(heads[-1]) else []
    return own[named].strip() if own else "", found


def _film(row: Row, facts: Facts) -> Iterator[Ref]:
    """Write down what a row says of its film; yield the film."""
    if len(row) != len(row.columns) or not row.text("Name"):
        facts.warn(f"row {row.number}", "no title, or not as many columns as the heading; the row is left out")
        return
    address = row.cell("Letterboxd URI" if "Letterboxd URI" in row.columns else "URL")
    known = () if _OF_ENTRIES & row.columns.keys() else _ids(address)
    film = Ref("film", " ".join(row.text("Name").split()), year_of(row.text("Year")), known)
    facts.add("title", film, row.cell("Name"), title=film.name)
    facts.add("year", film, row.cell("Year"), year=film.year)
    for one in known:
        facts.add("same-as", film, address, url=address.text if one.startswith("letterboxd:") else one)
    review, score = row.cell("Review"), row.text("Rating")
    words = " ".join(htmlflat.flatten(review.text, 0, len(review.text)).text.split())
    facts.add(
        "user-review", film, review, text=words, date=iso_date(row.text("Date")) if words else None,
        value=number_text(score) if words and score else None, best=_BEST if words and score else None,
    )  # fmt: skip
    yield film


def _ids(address: Cell) -> tuple[str, ...]:
    """Return the identifier that the address of a film is."""
    text = address.text.strip()
    if not _ADDRESS.fullmatch(text):
        return ()
    found = identifiers.from_address(text)
    return (found,) if found else (text,) if "//boxd.it/" in text else ()
