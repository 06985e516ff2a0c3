"""IMDb's data sets: the tables of titles, names, credits, other titles and ratings.

Only `title.basics` and `name.basics` have names; in the other tables a film or person is called by its identifier,
which is replaced by a name as soon as another document gives one.
"""

from collections.abc import Callable
from functools import cache

from reelgraph.loaders import delimited, jsontext, vocabulary
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.delimited import Row
from reelgraph.loaders.values import decimal, integer, number_text
from reelgraph.model import Document, Extraction, Ref

NAME = "imdb-tsv"
DESCRIPTION = "IMDb data sets (TSV): title.basics, title.akas, title.crew, title.principals, title.ratings, name.basics"
PRIORITY = 10


def accepts(document: Document) -> bool:
    """Whether the first line names the columns of one of the tables."""
    return _table(document) is not None


def _table(document: Document) -> tuple[str, ...] | None:
    names = tuple(delimited.header(document.text[:4096], "\t"))
    return next((columns for columns in _TABLES if names[: len(columns)] == columns), None)


def load(document: Document) -> Extraction:
    """Return the facts of every row about a film or person; rows about series and episodes are counted."""
    facts = Facts(NAME)
    columns, width = _table(document) or (), len(delimited.header(document.text, "\t"))
    films: dict[Ref, None] = {}
    others, seen = 0, set[str]()
    for row in delimited.rows(document.text, "\t", quotes=False):
        if len(row) < width:
            facts.warn(f"row {row.number}", f"{len(row)} columns instead of {width}; the row is left out")
            continue
        if _TABLES[columns] is _basics:
            code = row.text("tconst")
            if code in seen:
                facts.warn(f"row {row.number}", f"{code} is in an earlier row already; the row is left out")
                continue
            seen.add(code)
        film = _TABLES[columns](row, facts)
        if film is not None and film.name:
            films[film] = None
        elif film is None:
            others += columns[0] != "nconst"
    if others:
        facts.note("document", f"{others} rows are about series, episodes or games")
    return extraction(NAME, source(document, "data", *films, site="IMDb"), facts)


@cache
def _films() -> frozenset[str]:
    return frozenset(vocabulary.table("services")["imdb-films"]["types"].split("|"))


@cache
def _performers() -> frozenset[str]:
    return frozenset(vocabulary.table("services")["imdb-performers"]["words"].split("|"))


def _film(row: Row, column: str) -> Ref:
    """Return the film of a row of a table without titles, called by its identifier."""
    return Ref("film", row.text(column), None, (f"imdb:{row.text(column)}",))


def _person(code: str) -> Ref:
    return Ref("person", code, None, (f"imdb:{code}",))


def _basics(row: Row, facts: Facts) -> Ref | None:
    if row.text("titleType") not in _films():
        return None
    year = _number(row, "startYear", facts)
    film = Ref("film", row.text("primaryTitle"), year, (f"imdb:{row.text('tconst')}",))
    if not film.name:
        facts.warn(f"row {row.number}", "no title; the row is left out")
        return film
    facts.add("title", film, row.cell("primaryTitle"), title=film.name)
    facts.add("original-title", film, row.cell("originalTitle"), title=row.text("originalTitle"))
    facts.add("year", film, row.cell("startYear"), year=year)
    facts.add("runtime", film, row.cell("runtimeMinutes"), minutes=_number(row, "runtimeMinutes", facts) or None)
    for genre in row.text("genres").split(","):
        facts.add("genre", film, row.cell("genres"), genre=genre)
    return film


def _number(row: Row, column: str, facts: Facts) -> int | None:
    """Return the number in a cell; what is none is reported."""
    words = row.text(column)
    found = integer(words)
    if words and found is None:
        facts.warn(f"row {row.number}, column {column}", f"{words[:80]!r} is no whole number; it is left out")
    return found


def _akas(row: Row, facts: Facts) -> Ref | None:
    film = _film(row, "titleId")
    original = row.text("isOriginalTitle") == "1"
    facts.add("original-title" if original else "alternate-title", film, row.cell("title"), title=row.text("title"))
    return film


def _crew(row: Row, facts: Facts) -> Ref | None:
    film = _film(row, "tconst")
    for column, role in (("directors", "director"), ("writers", "writer")):
        for code in filter(None, row.text(column).split(",")):
            facts.add("credit", film, row.cell(column), agent=_person(code), role=role)
    return film


def _principals(row: Row, facts: Facts) -> Ref | None:
    film, person = _film(row, "tconst"), _person(row.text("nconst"))
    category, job = row.text("category"), row.text("job")
    if category in _performers():
        roles = [name.text for name in _characters(row.text("characters"))]
        facts.add(
            "cast", film, row.cell("nconst"), person=person, character=" / ".join(roles),
            position=integer(row.text("ordering")),
        )  # fmt: skip
    elif category:
        role = vocabulary.table("services")["imdb-jobs"].get(category, category.replace("_", " "))
        facts.add("credit", film, row.cell("nconst"), agent=person, role=role, role_name=job if job != role else None)
    return film


def _characters(text: str) -> jsontext.Node:
    try:
        return jsontext.parse(text) if text else jsontext.Node(None)
    except jsontext.JsonError:
        return jsontext.Node(None)


def _ratings(row: Row, facts: Facts) -> Ref | None:
    film = _film(row, "tconst")
    facts.add(
        "rating", film, row.cell("averageRating"), site=Ref("organization", "IMDb"), best=decimal("10"),
        value=number_text(row.text("averageRating")), count=integer(row.text("numVotes")),
    )  # fmt: skip
    return film


def _names(row: Row, facts: Facts) -> Ref | None:
    person = Ref("person", row.text("primaryName"), None, (f"imdb:{row.text('nconst')}",))
    if person.name:
        for column, relation in (("birthYear", "born"), ("deathYear", "died")):
            facts.add("people", person, row.cell(column), person=person, relation=relation, object=row.text(column))
        for job in row.text("primaryProfession").split(","):
            words = job.replace("_", " ")
            facts.add(
                "people", person, row.cell("primaryProfession"), person=person, relation="profession", object=words
            )
    return None


_TABLES: dict[tuple[str, ...], Callable[[Row, Facts], Ref | None]] = {
    ("tconst", "titleType", "primaryTitle", "originalTitle"): _basics,
    ("titleId", "ordering", "title", "region"): _akas,
    ("tconst", "directors", "writers"): _crew,
    ("tconst", "ordering", "nconst", "category"): _principals,
    ("tconst", "averageRating", "numVotes"): _ratings,
    ("nconst", "primaryName", "birthYear", "deathYear"): _names,
}
