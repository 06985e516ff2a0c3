"""Lines with the particulars of a film, as programmes and press notes have them: `Cy Elm, Norway 2019, 92 min`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.values import minutes
from reelgraph.model import Ref
from reelgraph.ontology import concepts

_BETWEEN = re.compile(r"\s*[|•·;]\s*|,\s+|\s+[–—-]\s+|\s{3,}|(?<=\d{4})\.\s+|(?<=\bmin)\.\s+(?=\S)", re.I)
_COUNTRIES = re.compile(r"\s*(?:[/,&+]|–|-)\s*")
_YEAR = re.compile(r"(?:(?P<before>.*?)[\s(]\s*)?(?P<year>(?:18[89]|19\d|20[0-4])\d)\)?\.?$")
_DATED = re.compile(r"(?<!\d)(?:18[89]|19\d|20[0-4])\d(?!\d)")
_LENGTH = re.compile(
    r"(?:\d{1,3}\s?(?:min(?:s|\.|uti|uten|utes|utos)?|['’′])|\d\s?h\s?(?:[0-5]\d)?(?:\s?min)?)\.?$", re.I
)
#: What stands before the name that a line begins with, as in `De Ada Vole - France - 2014`; never a surname alone.
_BY = re.compile(
    r"(?:(?:a|un|ein|una) film (?:de |d['’]|by |von |di )|(?:de|von|di|by|par|van|af|av)\s+|d['’]\s?)(?=\S+\s+\S)", re.I
)
_MAKER = re.compile(
    r"\s*(?:an?|un|ein|una|en|een)\s+(?:\w+\s+)?film\s+(?:by|de|von|di|av|af|van|d['’])\s*(?P<name>[^\n]{3,60}?)\s*$",
    re.I,
)
#: In which form a print is shown, which says nothing of the film.
_FORM = re.compile(
    r"(?:vost?(?:fr?|\.?a)?|v\.?o\.?(?:s\.?t\.?(?:f\.?r?\.?)?)?|v\.?f\.?|om[ue]{1,2}|omd?u|o\.?v\.?|dcp|\d\dmm|s/w|n&b|b&w|couleurs?|farbe|colou?r)\.?$",
    re.I,
)
#: What lines begin with that is nobody's name: a room, a kind of film, a section.
_NO_NAME = re.compile(
    r"\b(?:hall|room|screen|stage|studio|cinema|kino|saal|salle|sala|theat(?:er|re)|teatro|shorts?|features?|films?|"
    r"documentar\w+|dokumentar\w+|documental|animat\w+|premi[eè]re|competition|wettbewerb|compétition|retrospective|"
    r"drama|comedy|thriller|horror|section|programme?)\b",
    re.I,
)
#: What names a director by a label.
DIRECTOR = re.compile(
    r"(?:dir(?:ector|ected by|\.)?|regie|réal(?:isation|\.)|regia|dirección|r)\s*[:.]?\s+"
    r"(?P<name>.+?)(?:\.\s+[^\W\d_]+\s*:.*)?$",
    re.I,
)
_COUNTRY = re.compile(r"[^\s/,&+–-](?:[^/,&+–-]*[^\s/,&+–-])?")
#: Characters a line may have, and pieces in it that are no particulars, such as the colour.
_LONGEST, _UNKNOWN = 200, 2


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a line says of a film, and where: its year, director, length and countries, so far as it gives them."""

    span: tuple[int, int]
    year: int
    director: tuple[int, int] | None
    length: tuple[int, int] | None
    countries: tuple[tuple[int, int], ...]


def at(text: str, start: int, end: int, *, named: bool = False) -> Particulars | None:
    """Return what a line of particulars says: a year with a length or country, and little that is no particular.

    Those of a line that has `named` the film and its director begin with one.
    """
    if end - start > _LONGEST or not _DATED.search(text, start, end):
        return None
    year, unknown = 0, 0
    director = length = None
    countries: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(_pieces(text, start, end)):
        dated, piece = _YEAR.match(text, first, last), text[first:last]
        before = dated.span("before") if dated and dated["before"] else (first, first)
        if dated and (before[0] == before[1] or are_countries(text[slice(*before)])):
            year = year or int(dated["year"])
            countries += _parts(text, *before)
        elif _LENGTH.match(piece):
            length = length or (first, last)
        elif are_countries(piece):
            countries += [] if piece in concepts("languages") else _parts(text, first, last)
        elif named and number == 0:
            return None
        elif not named and (name := _director(text, first, last, is_first=number == 0)):
            director = director or name
        elif _FORM.match(piece):
            continue
        else:
            unknown += 1
    sure = year and (length or countries) and unknown <= _UNKNOWN and (named or director or (length and countries))
    return Particulars((start, end), year, director, length, tuple(countries)) if sure else None


def is_dated(text: str, start: int, end: int) -> bool:
    """Whether a line has a year in which films are made."""
    return bool(_DATED.search(text, start, end))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the borders of the countries in a piece."""
    for match in _COUNTRY.finditer(text, start, end):
        yield match.span()


def _director(text: str, first: int, last: int, *, is_first: bool) -> tuple[int, int] | None:
    """Return the name of a director, with a label or as what a line begins with."""
    labelled = DIRECTOR.match(text, first, last)
    by = _BY.match(text, first, last) if is_first else None
    span = labelled.span("name") if labelled else (by.end() if by else first, last)
    if not labelled and (not is_first or _NO_NAME.search(text, *span)):
        return None
    return span if has_person_shape(text[slice(*span)]) and "(" not in text[slice(*span)] else None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end].strip(" \t\r().,;:–—-|•·[]")
    start = text.index(words, start, end) if words else start
    end = start + len(words)
    here = start
    for match in _BETWEEN.finditer(text, start, end):
        yield here, match.start()
        here = match.end()
    yield here, end


def maker(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name in a line such as `A film by Ada Vole`."""
    found = _MAKER.match(text, start, end)
    return found.span("name") if found and has_person_shape(found["name"]) else None


def are_countries(words: str) -> bool:
    """Whether words are names of countries, parted by commas or strokes."""
    return all(part in concepts("territories") for part in _COUNTRIES.split(words.strip()))


def tell(told: Particulars, text: TextMap, film: Ref, place: str, facts: Facts) -> None:
    """Write down the particulars of a film."""
    cells = {span: Cell(text.text[slice(*span)], place, text.span(*span)) for span in _spans(told)}
    if told.director:
        person = Ref("person", cells[told.director].text)
        facts.add("credit", film, cells[told.director], agent=person, role="director")
    if told.length:
        facts.add("runtime", film, cells[told.length], minutes=minutes(cells[told.length].text))
    for span in told.countries:
        facts.add("country", film, cells[span], country=cells[span].text)


def _spans(told: Particulars) -> Iterator[tuple[int, int]]:
    yield from (span for span in (told.director, told.length, *told.countries) if span)


def first(text: TextMap) -> Particulars | None:
    """Return the first line of particulars in a text."""
    lines = (match.span() for match in written(text.text))
    return next((told for span in lines if (told := at(text.text, *span))), None)
