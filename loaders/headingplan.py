"""From the columns of a table, or the keys of JSON, to a plan of how to read them, where they are those of films."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reelgraph.loaders import headingcells, headingrules, headingwords
from reelgraph.loaders.headingcells import Column, most
from reelgraph.loaders.headingrules import Read
from reelgraph.loaders.headingwords import Meaning, is_in, other, table
from reelgraph.loaders.mapfile import Part, Plan

_DIGITS = re.compile(r"\W*\d+\W*")
#: Roles of titles, the surest first.
_TITLES = ("film", "title", "name", "original-title")
#: Roles that only films have.
_FILM_SITES = frozenset({"imdb", "tmdb", "letterboxd"})
_FILM_JOBS = frozenset({"screenplay by", "cinematographer"})
#: Roles that beside a director, or a cast and a year, say that it is a film's.
_TELLING = frozenset(
    {"cast", "running time", "genre", "language", "writer", "screenplay by", "cinematographer", "editor", "composer",
     "producer", "production company", "distributor", "original title"}
)  # fmt: skip
#: What programmes of festivals say of every film, and what records of photographs never have.
_PROGRAMME = frozenset({"director", "country", "running time"})
_PEOPLE = frozenset({"director", "cast", "writer", "screenplay by"})
#: Of whom the stage plays what was written long ago.
_CLASSIC = frozenset({"composer", "writer"})
#: What articles have, too, whose category is film.
_OF_ALL = frozenset({"title", "type", "language", "country"})
#: What wares such as rolls of film and posters have as well.
_OF_WARES = frozenset({"title", "year", "type", "country"})
#: So many of them leave no doubt, whatever other headings there are.
_SURE = 3
_DATED = frozenset({"year", "release date"})
#: What parts the two words of a heading such as `Country/Year`, and the year that ends its cells.
_COMPOUND, _PAIR = re.compile(r"\s*(?:/|,|&|\+|\b(?:and|und|et|y|e|en)\b)\s*"), 2
_LAST_YEAR = re.compile(r"(?<!\d)(?:18[89]|19\d|20[0-4])\d(?=\)?$)")


def plan_of(columns: Sequence[Column], records: str = "") -> tuple[Plan, str] | None:
    """Return the plan for columns, and a note of what is read and what not; None if they are not those of films."""
    columns = [part for one in columns for part in _parts(one)]
    title = _title(columns)
    if title is None or _is_ballot(title, columns) or any(map(headingcells.is_of_old_years, columns)):
        return None
    year, ids, kinds = _year(columns), _ids(columns), _types(columns)
    marks = [Read(title, "title"), *(Read(one, f"{name} identifier") for name, one in ids.items())]
    marks += [Read(year, "year")] if year else []
    marks += [Read(column, "type") for column in kinds]
    taken = {one.column.heading for one in marks if one.column.meaning.role != "release"}
    facts = [found for one in columns if one.heading not in taken and (found := headingrules.read(one, columns))]
    reads = [*marks, *facts]
    says_film = records.rpartition("/")[2].lower() in table()["film"]["words"] or _says_film(columns, title, reads)
    if not _are_films(columns, title, reads, says_film=says_film):
        return None
    plan = Plan(
        Part(title.path, optional=True),
        Part(year.path, _date_parser(year) if year.meaning.role == "release" else "", optional=True) if year else None,
        {name: Part(one.path, prefix=_prefix(name, one), optional=True) for name, one in ids.items()},
        tuple(one.rule for one in facts if one.rule),
        records=records,
        where={column.path: tuple(table()["types"]["film"]) for column in kinds},
    )
    return plan, _note(columns, reads, plan)


def _title(columns: Sequence[Column]) -> Column | None:
    """Return the column of titles; in charts of takings, films are called releases."""
    if any(one.meaning.role == "gross" for one in columns):
        columns = [_released(one) for one in columns]
    found = [one for one in columns if one.meaning.group == "titles" and most(one.cells, headingcells.is_title)]
    found = [one for one in found if one.meaning.role in _TITLES and not headingcells.scheme(one)]
    found = [one for one in found if not _are_counts(one)]
    return min(found, key=lambda one: _TITLES.index(one.meaning.role), default=None)


def _are_counts(column: Column) -> bool:
    """Whether a column says how many films there are: its cells are numbers, more than some titles are."""
    return all(cell.replace(",", "").isdigit() for cell in column.cells) and (
        len(column.cells) > _SURE or column.heading.casefold().endswith("s")
    )


def _is_ballot(title: Column, columns: Sequence[Column]) -> bool:
    """Whether a row has several films, in columns such as `Film 1` and `Film 2`, so that it is about none of them."""
    counted = {one.heading for one in columns if _DIGITS.sub("", one.heading) == _DIGITS.sub("", title.heading)}
    return len(counted) > 1


def _released(column: Column) -> Column:
    """Return a column called release as one of titles if it has words in place of dates."""
    words = column.meaning.role == "release" and most(column.cells, headingcells.is_words) and not _is_dated(column)
    return replace(column, meaning=Meaning("titles", "title")) if words else column


def _year(columns: Sequence[Column]) -> Column | None:
    """Return the column of the year, else that of the release; beside awards, a year may be theirs.

    Lists of awards have no lengths of films; a record of a film may say what it won.
    """
    awards = any(is_in(one.heading, "others", "awards") and not _is_type(one) for one in columns)
    awards = awards and not any(one.meaning.group == "lengths" for one in columns)
    found = [
        one for one in columns if one.meaning.group == "years" and headingcells.nearly(one.cells, headingcells.is_year)
    ]
    found = [one for one in found if one.meaning.says_film or one.meaning.role != "year" or not awards]
    found += [one for one in columns if one.meaning.role == "release" and _is_dated(one)]
    return min(found, key=lambda one: (one.meaning.role != "year", not one.meaning.says_film), default=None)


def _is_dated(column: Column) -> bool:
    return bool(headingcells.order(column)) or most(column.cells, headingcells.is_date)


def _date_parser(column: Column) -> str:
    return headingcells.order(column) or "date"


def _ids(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the column of each scheme's identifiers."""
    found: dict[str, Column] = {}
    for column in columns:
        if column.meaning.group in ("ids", "titles") or is_in(column.heading, "film", "ids"):
            name = headingcells.scheme(column)
            if name:
                found.setdefault(name, column)
    return found


def _prefix(name: str, column: Column) -> str:
    """Return what bare codes of a scheme lack."""
    prefix = str(table()["prefixes"].get(name, ""))
    return "" if any(cell.startswith(prefix) or "://" in cell for cell in column.cells) else prefix


def _types(columns: Sequence[Column]) -> list[Column]:
    """Return the column that says of what type a record is, one that names films first."""
    found = [column for column in columns if _is_type(column)]
    return sorted(found, key=lambda one: not headingcells.types(one)[1])[:1]


def _parts(column: Column) -> list[Column]:
    """Return a column such as `Country/Year` as two, any other as it is."""
    roles = {word: headingwords.meaning(word).role for word in _COMPOUND.split(column.heading)}
    if len(roles) != _PAIR or set(roles.values()) != {"country", "year"} or column.several:
        return [column]
    years = [match[0] for cell in column.cells if (match := _LAST_YEAR.search(cell))]
    countries = [_LAST_YEAR.sub("", cell).strip(" ,/(") for cell in column.cells]
    return [
        replace(column, heading=word, meaning=Meaning("years", role) if role == "year" else Meaning("words", role),
                cells=years if role == "year" else [one for one in countries if one])
        for word, role in roles.items()
    ]  # fmt: skip


def _is_type(column: Column) -> bool:
    return column.meaning.group == "kinds" and headingcells.types(column)[0]


def _are_films(columns: Sequence[Column], title: Column, reads: Sequence[Read], *, says_film: bool) -> bool:
    """Whether the columns are those of films, and cannot be those of books, music, games, plays or series."""
    typed = [one.column for one in reads if one.what == "type"]
    if not typed and (other(one.heading for one in columns) or headingcells.of_others(title) or _other_genres(columns)):
        return False
    if any(one.meaning.role in _CLASSIC and headingcells.are_of_stage(one) for one in columns):
        return False
    whats = {one.what for one in reads} | ({"director"} if any(map(_has_director, columns)) else set())
    if len(whats) < 2 or (_is_of_photographs(columns) and not whats & _PEOPLE):
        return False
    if whats <= _OF_WARES and any(is_in(one.heading, "others", "wares") for one in columns):
        return False
    if says_film or (whats - _OF_ALL and any(headingcells.types(one)[1] for one in typed)):
        return True
    telling, dated = whats & _TELLING, whats & _DATED
    if "distributor" in whats and any(one.meaning.role == "gross" for one in columns):
        return True
    if whats >= _PROGRAMME and dated:
        return True
    if len(telling) < _SURE and any(is_in(one.heading, "others", "seldom") for one in columns):
        return False
    if title.meaning.role == "name":
        return "director" in whats and len(telling) > 1
    if "director" in whats:
        return bool(telling or dated or "country" in whats)
    return bool(
        (whats & _FILM_JOBS)
        or ("cast" in whats and dated)
        or ("running time" in whats and dated and whats & {"production company", "distributor", "original title"})
    )


def _has_director(column: Column) -> bool:
    """Whether a list of people has a director."""
    jobs = (word for words in column.where.values() for word in words) if column.meaning.group == "crew" else ()
    return any(headingwords.meaning(job).role == "director" for job in jobs)


def _is_of_photographs(columns: Sequence[Column]) -> bool:
    """Whether a heading is one of tables in which a film is what cameras are loaded with."""
    return any(is_in(one.heading, "others", "photographs") for one in columns)


def _other_genres(columns: Sequence[Column]) -> bool:
    """Whether the genres are those of books, music or games."""
    return any(one.meaning.role == "genre" and headingcells.has_other_genres(one) for one in columns)


def _says_film(columns: Sequence[Column], title: Column, reads: Sequence[Read]) -> bool:
    """Whether a heading or a genre says film, or there are film files, or identifiers of a site about films."""
    if title.meaning.says_film or any(f"{site} identifier" == one.what for one in reads for site in _FILM_SITES):
        return True
    if any(one.meaning.role == "letterboxd" and most(one.cells, headingcells.is_letterboxd) for one in columns):
        return True
    if title.meaning.role != "name" and any(one.what == "year" for one in reads):
        seldom = any(is_in(one.heading, "others", "seldom") for one in columns)
        if any(headingcells.is_of_film_files(one) for one in columns):
            return True
        if not seldom and any(one.meaning.role == "genre" and headingcells.has_film_genres(one) for one in columns):
            return True
    return (
        any(one.meaning.says_film and one.meaning.group and one.cells for one in columns)
        and title.meaning.role != "name"
    )


def _note(columns: Sequence[Column], reads: Sequence[Read], plan: Plan) -> str:
    """Return what each column was read as, and which were not read."""
    inner = {part.path: name for rule in plan.rules for name, part in rule.fields.items() if not rule.each}
    whats: dict[str, list[str]] = {}
    for one in reads:
        whats.setdefault(one.column.heading, []).append(one.what)
    for column in columns:
        if column.heading not in whats and column.path in inner:
            whats[column.heading] = [inner[column.path]]
    read = [f"{heading} ({' and '.join(what)})" for heading, what in whats.items()]
    unread = [column.heading for column in columns if column.heading not in whats]
    return f"read by their headings: {', '.join(read)}" + (f"; not read: {', '.join(unread)}" if unread else "")
