"""What the first cells of a column show: whether they are what its heading says, and what parts values in one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from reelgraph.loaders import identifiers, values, vocabulary
from reelgraph.loaders.base import Cell
from reelgraph.loaders.headingwords import Meaning, is_in, known, table
from reelgraph.loaders.mapcells import pieces
from reelgraph.loaders.mapfile import LIST, NAMES
from reelgraph.ontology import concepts
from reelgraph.ontology.concepts import key

#: So many cells of a column are looked at.
LOOKED_AT = 200
#: The share of cells that must be what the heading says; the rest are faults of single cells.
_MOST = 0.9
#: The share of full names in lists of three and more, for some people have one name.
_MANY = 0.75
_SIGNS = ("|", ";", "/", "、")
_NAME = re.compile(r"[^\W\d_][^\d|;<>@#=\n]{0,59}")
_ADDRESS = re.compile(r"https?://\S+")
_JUNIOR = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_JOINED = re.compile(r"\w\w+ (?:&|and|und|et) \w\w+")
_JSON = re.compile(r"\[.*\]", re.DOTALL)
_MOST_MINUTES = 1000
_FILM_FILE = re.compile(r"\.(?:avi|divx|m2ts|m4v|mkv|mov|mp4|mpe?g|ogm|vob|webm|wmv)\s*$", re.I)
_EPISODE = re.compile(r"(?<![a-z])s\d{1,2}[ ._-]?e\d{1,3}(?!\d)|(?<!\d)\d{1,2}x\d\d(?!\d)", re.I)
_QUALIFIED = re.compile(r"\((?:(?:18|19|20)\d\d )?([^()]+)\)\s*$")
_OLD = re.compile(r"1[0-7]\d\d|18[0-7]\d")
_PARTS = re.compile(r"[,;|/]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or a key of JSON: its heading, what that means, where its values are, the first of them.

    `each` is the path of a list of objects, `inner` what they have beside a name, `where` the values that those have
    which count; `several` is whether the values stand in a list already.
    """

    heading: str
    meaning: Meaning
    path: str
    cells: Sequence[str]
    several: bool = False
    each: str = ""
    inner: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def most(cells: Sequence[str], holds: Callable[[str], object]) -> bool:
    """Whether there are cells, and nearly all of them are as they must be."""
    return bool(cells) and sum(1 for cell in cells if holds(cell)) >= _MOST * len(cells)


def nearly(cells: Sequence[str], holds: Callable[[str], object]) -> bool:
    """Whether most cells, or all but one of three and more, are as they must be: in a short table one may be wrong."""
    faults = sum(1 for cell in cells if not holds(cell))
    return most(cells, holds) or (faults == 1 and len(cells) > 2)


def is_year(cell: str) -> bool:
    """Whether a cell is a year, or a span of years."""
    return values.year_of(cell) is not None and len(cell) <= len("(1999-2001)")


def is_of_old_years(column: Column) -> bool:
    """Whether a column gives the years of works that are older than films."""
    return column.meaning.role == "year" and most(column.cells, lambda cell: _OLD.fullmatch(cell.strip(" .()")))


def is_date(cell: str) -> bool:
    """Whether a cell is a date."""
    return values.iso_date(cell) is not None


def order(column: Column) -> str:
    """Return how the numeric dates of a column are written, if one of them or the language shows it; else nothing."""
    cells = column.cells
    found = [
        name
        for name, day_first in (("day-first", True), ("month-first", False))
        if most(cells, lambda cell, day_first=day_first: values.numeric_date(cell, day_first=day_first))  # type: ignore[misc]
    ]
    if len(found) > 1 and (all("." in cell for cell in cells) or is_in(column.heading, "dates", "day-first")):
        return "day-first"  # with full stops the day stands first wherever dates are written so
    return found[0] if len(found) == 1 else ""


def is_length(cell: str) -> bool:
    """Whether a cell can be a running time."""
    found = values.minutes(cell)
    return found is not None and found <= _MOST_MINUTES


def is_words(cell: str) -> bool:
    """Whether a cell is some words, no code and no text."""
    return bool(re.search(r"[^\W\d_]", cell)) and len(cell) <= 1000 and not _ADDRESS.match(cell)


def is_title(cell: str) -> bool:
    """Whether a cell can be a title."""
    return len(cell) <= 300 and not _ADDRESS.match(cell)


def is_code(piece: str) -> bool:
    """Whether a value is the code of a thing that has no name, as in answers of Wikidata."""
    return bool(re.fullmatch(r"Q\d+", piece))


def is_name(piece: str) -> bool:
    """Whether words can be the name of a person or company; after a label such as `Cast:`, too."""
    if ": " in piece and not re.match(r"[^\W\d_]+(?: [^\W\d_]+)?: ", piece):
        return False
    return bool(_NAME.fullmatch(piece.strip())) and len(piece.split()) <= 8 and not _ADDRESS.match(piece)


def is_technical(piece: str) -> bool:
    """Whether words are of sound, colour or equipment: columns for these are called as the jobs are."""
    words = known("technical", "words")
    return key(piece) in words or key(piece.split(" ", 1)[0]) in words


def is_letterboxd(cell: str) -> bool:
    """Whether a cell is an address of Letterboxd, short or in full."""
    return bool(re.match(r"https?://(?:boxd\.it|letterboxd\.com)/", cell))


def is_mark(cell: str) -> bool:
    """Whether a cell is a classification that a board gives, or says that there is none."""
    marks = {mark for board in concepts("boards").members for mark in board.certificates}
    return not values.is_mark(cell) or cell in marks or values.fsk(cell) != ""


def scheme(column: Column) -> str:
    """Return the scheme whose identifiers nearly all cells of a column are, empty if there is none."""
    cells = column.cells[:LOOKED_AT]
    for name in table()["ids"]:
        is_named = column.meaning.role == name
        if most(cells, lambda cell, name=name, is_named=is_named: _is_of(name, cell, is_named=is_named)):  # type: ignore[misc]
            return str(name)
    return ""


def _is_of(name: str, cell: str, *, is_named: bool) -> bool:
    if "://" in cell:
        found = identifiers.from_address(cell)
        return found.startswith(f"{name}:") and identifiers.fits(found, "film")
    found = identifiers.from_bare(cell)
    if found or not is_named:
        return found.startswith(f"{name}:") and identifiers.fits(found, "film")
    prefix = table()["prefixes"].get(name, "")
    return bool(prefix) and bool(identifiers.from_code(name, cell if cell.startswith(prefix) else prefix + cell))


def scores(site: str) -> Callable[[str], bool]:
    """Return whether a cell is a score within the scale of a site."""
    best = values.decimal(table()["scores"][site]["best"])

    def within(cell: str) -> bool:
        value = values.decimal(cell.removesuffix("%"))
        return value is not None and best is not None and 0 <= value <= best

    return within


def types(column: Column) -> tuple[bool, bool]:
    """Return whether a column says which records are films, and whether one of them surely is a film."""
    cells = [key(cell) for cell in column.cells[:LOOKED_AT]]
    films, others = known("types", "film"), known("types", "other")
    is_type = bool(cells) and 2 * sum(1 for cell in cells if cell in films or cell in others) >= len(cells)
    return is_type, is_type and any(cell in known("types", "sure") for cell in cells)


def of_others(titles: Column) -> bool:
    """Whether most titles say in brackets that they are of something else, as in `Paper Herons (1990 novel)`."""
    found = [_QUALIFIED.search(cell) for cell in titles.cells[:LOOKED_AT]]
    others = known("types", "other")
    return 2 * sum(1 for match in found if match and key(match[1]) in others) > len(found) > 0


def _genres(column: Column) -> list[str]:
    """Return the genres in the cells of a column, each alone."""
    return [key(part) for cell in column.cells[:LOOKED_AT] for part in _PARTS.split(cell) if part.strip()]


def has_other_genres(column: Column) -> bool:
    """Whether the genres are nearly all some that only books, music or games have."""
    others = known("genres", "other")
    return most(_genres(column), lambda genre: genre in others)


def has_film_genres(column: Column) -> bool:
    """Whether a genre says that it is one of films: film noir, road movie, feature film."""
    said = [genre for genre in _genres(column) if any(word in genre for word in table()["film"]["words"])]
    return any(genre in known("types", "sure") or genre in concepts("genres") for genre in said)


def is_of_film_files(column: Column) -> bool:
    """Whether a column has names of video files that are no episodes of series."""
    cells = column.cells[:LOOKED_AT]
    return most(cells, _FILM_FILE.search) and not any(_EPISODE.search(cell) for cell in cells)


def separator(column: Column) -> str | None:
    """Return what parts the values in the cells of a column, empty if nothing does, None if that is not clear."""
    cells = [cell for cell in column.cells[:LOOKED_AT] if not _ADDRESS.match(cell)]
    if column.several or column.each:
        return ""
    if most(cells, _JSON.fullmatch):
        return LIST
    counts = {sign: sum(1 for cell in cells if sign in cell) for sign in _SIGNS}
    sign = max(counts, key=lambda one: counts[one])
    if counts[sign]:
        return sign
    group = column.meaning.group
    commas = [cell for cell in cells if "," in cell]
    if group == "words":
        known_whole = concepts("territories" if column.meaning.role == "country" else "languages")
        return "," if commas and not any(cell in known_whole for cell in commas) else ""
    if group == "companies":
        return _of_companies(commas, cells)
    return _of_names(commas, cells)


def _of_companies(commas: Sequence[str], cells: Sequence[str]) -> str | None:
    kept = re.compile(vocabulary.table("infobox")["names"]["companies_kept"], re.I)
    lists = [cell for cell in commas if not any(kept.match(part.strip()) for part in cell.split(",")[1:])]
    if lists and all(_full(part) for cell in lists for part in cell.split(",")) and len(lists) == len(commas):
        return ","
    return "" if len(commas) <= (1 - _MOST) * len(cells) else None


def _of_names(commas: Sequence[str], cells: Sequence[str]) -> str | None:
    """Tell lists of full names from `Last, First`, which stays one name."""
    if not commas:
        return NAMES if any(_JOINED.search(cell) for cell in cells) else ""
    parts = [[part for part in cell.split(",") if not _JUNIOR.fullmatch(part.strip())] for cell in commas]
    full = sum(1 for cell in parts for part in cell if _full(part))
    if all(len(cell) == 1 or all(_full(part) for part in cell) for cell in parts):
        return NAMES
    if any(len(cell) > 2 for cell in parts):
        return NAMES if full >= _MANY * sum(map(len, parts)) else None
    turned = sum(1 for cell in parts if len(cell) == 2 and not all(map(_full, cell)))
    return "" if turned >= _MOST * len(commas) else None


def _full(part: str) -> bool:
    """Whether a part is a name of two words or more."""
    return len(part.split()) > 1 and is_name(part)


def parts(cell: str, sign: str) -> list[str]:
    """Return the values in a cell."""
    return [piece.text for piece in pieces(Cell(cell), sign)] if sign else [cell]


def are_of_stage(column: Column) -> bool:
    """Whether most of a column names several of those who wrote operas and plays long ago, as repertoires do."""
    people = "composers" if column.meaning.role == "composer" else "playwrights"
    found = [name for cell in column.cells[:LOOKED_AT] if (name := _classic(cell, people))]
    return len(set(found)) > 1 and 2 * len(found) > len(column.cells[:LOOKED_AT])


def _classic(cell: str, people: str) -> str:
    """Return the surname of a composer or playwright of old, given in any form, empty if it is none."""
    words = cell.casefold().split() or [""]
    given = _classics(people).get(words[-1], "")
    return words[-1] if given and (len(words) == 1 or words[0][0] in given) else ""


@cache
def _classics(people: str) -> Mapping[str, str]:
    """Return the initials of those who bear a surname."""
    found: dict[str, str] = {}
    for name in table()["stage"][people]:
        words = name.casefold().split()
        found[words[-1]] = found.get(words[-1], "") + words[0][0]
    return found
