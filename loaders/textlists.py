"""Texts that go through several films, or head one as programmes do: each film's lines are read as a text about it.

A film begins with a label such as `Title:`, or with its title above a line such as `Cy Elm, Norway 2019, 92 min`, or is
a line of a line-up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from reelgraph.loaders import (
    castcolumns,
    headingwords,
    labelrows,
    lineups,
    markdown,
    markdownsections,
    packedtext,
    particulars,
    plaintext,
    presskits,
    runningtext,
    vocabulary,
)
from reelgraph.loaders.base import Cell, Facts, extraction, line_of
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.labelrows import LABEL
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.loaders.prose.pagetitle import printed
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.values import year_of
from reelgraph.model import Document, Extraction, Ref, SourceDocument, Span

NAME = "textlists"
DESCRIPTION = "programmes, data sheets and lists of films as text: titles above lines such as `Norway 2019, 92 min`"
PRIORITY = 78

_NUMBER = re.compile(r"\s*(?:#?\d{1,3}[.)]\s+|[-*]\s+|•\s*)")
_GAP = re.compile(r"\t|\s{3,}|\.{3,}|…")
_TIME = re.compile(r"\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.I)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_INITIALS = re.compile(r"(?:\w\. ?){2,}")
_ENDS = (".", ";", "?", "!", ",")
_LONGEST_TITLE = 90
#: Lines at the head of a text about one film in which its particulars stand; films of a list at least.
_HEAD, _LEAST = 12, 2
#: The share of the films of a list above whose particulars stand their directors.
_MOST = 0.6
#: Line ends with a blank line between two lines.
_BLANK = 2
#: So much of a text is looked at to see whether it is a list.
_LOOKED_AT = 1 << 20


@dataclass(frozen=True, slots=True)
class _Film:
    """A film in a text: where its title stands, where its lines begin and end, its year and the line that says it."""

    title: tuple[int, int]
    start: int
    end: int
    year: int | None
    dated: tuple[int, int] | None
    told: particulars.Particulars | None = None


def accepts(document: Document) -> bool:
    """Whether a text has two films or more, each with a label or a line of particulars, or heads one so."""
    if document.media_type not in ("text/plain", "text/markdown") and not packedtext.accepts(document):
        return False
    return len(_films(words(document).text)) >= (_LEAST if document.media_type == "text/markdown" else 1)


def load(document: Document) -> Extraction:
    """Return what the lines of each film say of it, or what the text says as a whole if that tells as many apart."""
    text, facts = words(document), Facts(NAME)
    found = _films(text.text)
    reader = markdown if document.media_type == "text/markdown" else plaintext
    prose = reader.load(replace(document, media_type="text/plain"))
    told = {film for one in prose.sources for film in one.about if film.year or not found[0].year}
    if len(told) >= len(found):
        return presskits.completed(prose, text, NAME)
    about = [_write(one, text, document.text, facts) for one in found]
    if len(found) > 1:
        line = line_of(text.text, found[0].start)
        facts.note("document", f"a list of {len(found)} films, from line {line} on; what stands before it is not read")
    films = tuple(dict.fromkeys(about))
    return extraction(NAME, SourceDocument(Span(0, len(document.text)), "page", about=films), facts)


def is_line_up(text: str) -> bool:
    """Whether a text has films with their directors and particulars, a line each."""
    text = text[:_LOOKED_AT]
    return lineups.are_in(text, [match.span() for match in written(text)])


def listed(text: TextMap, called: str, whole: str, facts: Facts) -> list[Ref]:
    """Write down what the lines of a page say of several films; return them, none if it is no list.

    Blank lines between a page's blocks say nothing; its title may say that it is about films.
    """
    lines = TextMap()
    for match in written(text.text):
        part = text.part(*match.span())
        lines.extend(part, part.text)
        lines.add("\n")
    found = _films(lines.text, called)
    return [_write(one, lines, whole, facts) for one in found] if len(found) >= _LEAST else []


def words(document: Document) -> TextMap:
    """Return the words of a text, of Markdown those without marks, each with its place."""
    if document.media_type == "text/markdown":
        return markdownsections.titled(document.text)
    text = TextMap()
    text.add(document.text, 0)
    return text


def _write(one: _Film, text: TextMap, whole: str, facts: Facts) -> Ref:
    """Write down what the lines of a film say."""
    own = Facts(NAME)
    film = _read(one, text, whole, own)
    for fact in own:
        facts.keep(fact)
    facts.issues += own.issues
    return film


def _read(one: _Film, text: TextMap, whole: str, facts: Facts) -> Ref:
    """Write down the particulars of a film, what prose says besides, its labels, the columns of its cast."""
    words = _BRACKETS.sub("", split_title(text.text[slice(*one.title)])[0]).strip(' \t"“”«»*')
    title = words if _INITIALS.fullmatch(words) else printed(words)
    film = Ref("film", title, one.year)
    place = f"line {line_of(text.text, one.start)}"
    cell = Cell(title, place, text.span(*one.title))
    facts.add("title", film, cell, title=title)
    if one.dated:
        facts.add("year", film, Cell(text.text[slice(*one.dated)].strip(), place, text.span(*one.dated)), year=one.year)
    if one.told:
        particulars.tell(one.told, text, film, place, facts)
    headed, said = TextMap(), Facts(NAME)
    headed.add(f"{title} ({one.year})\n\n" if one.year else f"{title} (film)\n\n")
    part = text.part(one.title[1], one.end)
    headed.extend(part, part.text)
    runningtext.write(headed, film, said)
    stated = {(fact.kind, fact.fields.get("role")) for fact in facts}
    for fact in said:
        if (fact.kind, fact.fields.get("role")) not in stated:
            facts.keep(fact)
    if not any(fact.kind == "cast" for fact in facts):
        castcolumns.write(part, film, facts)
    labelrows.write(film, cell, labelrows.labels(part), whole, facts)
    return film


def _films(text: str, called: str = "") -> list[_Film]:
    """Return the films of a text, none if it is no list and no text headed by one film's particulars."""
    of_films = _says_film().search(called) or _says_film().search(text, 0, _LOOKED_AT)
    text = text[:_LOOKED_AT]
    lines = [match.span() for match in written(text)]
    found = _labelled(text, lines) or (max(_headed(text, lines), _lined(text, lines), key=len) if of_films else [])
    names = {text[slice(*one.title)].strip().lower() for one in found}
    if len(names) >= _LEAST or (len(found) == 1 and found[0].told is None):
        return found
    return found if len(found) == 1 and found[0].told and found[0].start <= lines[min(_HEAD, len(lines) - 1)][0] else []


def _labelled(text: str, lines: Sequence[tuple[int, int]]) -> list[_Film]:
    """Return the films that begin with a label for the title, each with two more labels, one of them for its makers."""
    begun, others, makers = [], [], set()
    for number, span in enumerate(lines):
        label = LABEL.match(text, *span)
        role = headingwords.meaning(label["label"]).role if label else ""
        if label and role in ("title", "film"):
            begun.append((number, label.span("value")))
        elif label and headingwords.meaning(label["label"]).group in ("jobs", "cast", "years", "lengths", "words"):
            others.append(number)
            makers |= {number} if headingwords.meaning(label["label"]).group in ("jobs", "cast") else set()
    films = []
    for place, (number, title) in enumerate(begun):
        following = begun[place + 1][0] if place + 1 < len(begun) else len(lines)
        said = [one for one in others if number < one < following]
        end = lines[following][0] if following < len(lines) else len(text)
        if len(said) >= _LEAST and not makers.isdisjoint(said):
            films.append(_Film(title, lines[number][0], end, *_dated(text, lines, said)))
    are_all = len(films) == len(begun) and (len(films) >= _LEAST or presskits.is_sheet(text, lines))
    return films if are_all else []


def _dated(
    text: str, lines: Sequence[tuple[int, int]], said: Sequence[int]
) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year that a label gives, and where it stands."""
    for number in said:
        label = LABEL.match(text, *lines[number])
        if label and headingwords.meaning(label["label"]).group == "years":
            return year_of(label["value"]), lines[number]
    return None, None


def _lined(text: str, lines: Sequence[tuple[int, int]]) -> list[_Film]:
    """Return the films of line-ups, a line each."""
    return [
        _Film(title, *lines[number], told.year, told.span, told) for number, title, told in lineups.read(text, lines)
    ]


def _headed(text: str, lines: Sequence[tuple[int, int]]) -> list[_Film]:
    """Return the films whose titles stand above lines of particulars, or above their directors' names above those."""
    begun = []
    found = [particulars.at(text, *span) for span in lines]
    for number, told in enumerate(found):
        above = _title_above(text, lines, number) if told and number and found[number - 1] is None else None
        if told and above is not None and not _are_rows(text, found[number : number + 2]):
            begun.append((above, number, told))
    named = [one for one in begun if one[0] == one[1] - 1 and _is_director(text, lines, one[0], one[2])]
    if len(named) >= _MOST * len(begun):
        directed = [replace(told, director=_title_span(text, *lines[above])) for above, _, told in named]
        begun = [(above - 1, number, told) for (above, number, _), told in zip(named, directed, strict=True)]
    films = []
    for place, (above, _, told) in enumerate(begun):
        end = lines[begun[place + 1][0]][0] if place + 1 < len(begun) else len(text)
        title = _title_span(text, *lines[above])
        films.append(_Film(title, lines[above][0], end, told.year, told.span, told))
    return films


def _are_rows(text: str, near: Sequence[particulars.Particulars | None]) -> bool:
    """Whether lines that begin with names stand one below the other: as in a table, the names are the titles."""
    named = [(one.span[0], one.director[0]) for one in near if one and one.director]
    return len([at for at, name in named if not text[at:name].strip(" \t#([*-•.)0123456789")]) > 1


def _is_director(text: str, lines: Sequence[tuple[int, int]], number: int, told: particulars.Particulars) -> bool:
    """Whether the line above particulars is a name, with a title right above it."""
    if told.director or number == 0 or not has_person_shape(text[slice(*_title_span(text, *lines[number]))]):
        return False
    return _is_title(text, *lines[number - 1]) and _is_near(text, lines, number)


def _is_near(text: str, lines: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether nothing but one blank line parts a line from the one above."""
    return text.count("\n", lines[number - 1][1], lines[number][0]) <= _BLANK


def _title_above(text: str, lines: Sequence[tuple[int, int]], number: int) -> int | None:
    """Return the line of the title right above a line of particulars; at the head of a text, the first title."""
    if _is_title(text, *lines[number - 1]) and _is_near(text, lines, number):
        return number - 1
    return next((one for one in range(number) if _is_title(text, *lines[one])), None) if number < _HEAD else None


def _title_span(text: str, start: int, end: int) -> tuple[int, int]:
    number = _NUMBER.match(text, start, end)
    start = number.end() if number else start
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_title(text: str, start: int, end: int) -> bool:
    words = text[slice(*_title_span(text, start, end))]
    first = words.strip('"“«(')[:1]
    return (
        1 < len(words) <= _LONGEST_TITLE
        and (not words.endswith(_ENDS) or bool(_INITIALS.fullmatch(words)))
        and not _TIME.search(words)
        and not LABEL.match(words)
        and not particulars.DIRECTOR.match(words)
        and (first.isupper() or first.isdigit() or not first.isascii())
        and not _others().search(words)
        and not words.startswith("(")
        and not _GAP.search(words)
        and particulars.at(text, start, end) is None
    )


@cache
def _says_film() -> re.Pattern[str]:
    """Return words without which a text with titles above countries and lengths may be a theatre's."""
    return re.compile("".join(vocabulary.table("htmllists")["headings"]["says_film"].split("\n")), re.I)


@cache
def _others() -> re.Pattern[str]:
    """Return what stands at the head of press notes and programmes and is no title."""
    return re.compile("".join(vocabulary.table("htmllists")["headings"]["no_titles"].split("\n")), re.I)
