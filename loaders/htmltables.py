"""Tables of films on a page, read by their headings as tables in files are."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from reelgraph.loaders import headingcells, headingwords, htmlflat, mapped, vocabulary
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.headingwords import Meaning
from reelgraph.loaders.htmltree import Element
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.mapfile import Plan
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_HREF = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s>]+))", re.I)
_BRACKETS = re.compile(r"\(([^()]+)\)")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "tba", "?"})
_EDGES = f"{htmlflat.BULLET} \t\u00a0"
#: Rows and columns of a table of films.
_LEAST, _MOST_COLUMNS = 2, 40
#: A cell that is so short may say what a row is.
_SHORT = 80
#: Characters of a heading or a label with the tags in it.
_LONGEST_MARKED = 5000
_LINK = "/@href"

#: The address of a link in full.
Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table below its heading: the element of each column, some of them shared with the row above."""

    element: Element
    columns: Mapping[str, Element]
    text: str
    absolute: Absolute

    @property
    def place(self) -> str:
        """The XPath of the row."""
        return self.element.path

    def cells(self, path: str) -> list[Cell]:
        """Return the lines of a column's cell, or the address of the first link in it (`Title/@href`)."""
        element = self.columns.get(path.removesuffix(_LINK))
        if element is None:
            return []
        return list(self._address(element) if path.endswith(_LINK) else lines(self.text, element))

    def under(self, path: str) -> list[Record]:
        """Return the row itself: tables have nothing below."""
        return [self] if self.cells(path) else []

    def running(self, path: str, _text: str) -> Iterator[TextMap]:
        """Yield the text of a cell."""
        if path in self.columns:
            yield flat(self.text, self.columns[path])

    def _address(self, element: Element) -> Iterator[Cell]:
        match = _HREF.search(self.text, element.inner, element.end)
        if match:
            name = next(name for name, value in match.groupdict().items() if value is not None)
            yield Cell(self.absolute(match[name]), f"{element.path}//a/@href")


def short(text: str, element: Element) -> str:
    """Return the words of a heading or label in one line, none if it is as long as a part of a page.

    Elements that are never closed hold all that follows; the words of each of them would be most of the page.
    """
    return " ".join(flat(text, element).text.split()) if element.end - element.inner <= _LONGEST_MARKED else ""


def flat(text: str, element: Element) -> TextMap:
    """Return the words that a reader sees in an element."""
    return htmlflat.flatten(text, element.inner, element.end)


def lines(text: str, element: Element) -> Iterator[Cell]:
    """Yield the lines of an element that say something, each with its place; of a list of links, each link."""
    words = flat(text, element)
    for match in re.finditer(r"[^\n]+", words.text):
        for start, end in links_of(words, *match.span()) or [match.span()]:
            line = words.text[start:end].strip(_EDGES)
            if line.lower() not in _NOTHING:
                at = start + words.text[start:end].index(line)
                yield Cell(" ".join(line.split()), element.path, words.span(at, at + len(line)))


def without_more(cell: Cell) -> Cell:
    """Return a value without a link to more of them at its end."""
    found = more().search(cell.text)
    return cell.part(cell.text[: found.start()].rstrip(" ,;|•·»")) if found else cell


@cache
def more() -> re.Pattern[str]:
    """Return what stands at the end of values and leads to more of them, as in `| See full cast and crew »`."""
    words = vocabulary.table("htmllists")["headings"]["more"].replace("\n", "")
    return re.compile(rf"(?:^|[\s|•·,]+)(?:{words})\s*$", re.I)


def links_of(words: TextMap, start: int, end: int) -> list[tuple[int, int]]:
    """Return the links of a line if there are several and nothing but signs and `and` between them."""
    found = [(low, high) for low, high in words.links if start <= low < high <= end]
    rest, at = "", start
    for low, high in found:
        rest, at = rest + words.text[at:low] + " ", high
    rest = re.sub(r"\b(?:and|et|und|y|e|en|i|og|och)\b|[\W_]", "", rest + words.text[at:end])
    return found if len(found) > 1 and not rest else []


def read(table: Element, text: str, absolute: Absolute, facts: Facts, *, of_films: bool, of_awards: bool) -> list[Ref]:
    """Write down what a table says of films, if its headings, or those around it (`of_films`), say that it does.

    The year in a table `of_awards` is that of the award.
    """
    rows = _rows(table, text, absolute)
    found = _plan(rows, of_films=of_films, of_awards=of_awards)
    if found is None:
        return []
    plan, note = found
    films, others = [], 0
    for row in rows:
        if is_other(row, plan):
            others += 1
            continue
        film, said = mapped.read_one(plan, row, text, facts.extractor)
        facts.issues.extend(issue for issue in said.issues if issue.severity != "note")
        for fact in said if film else ():
            facts.keep(fact)
        films += [film] if film else []
    facts.note(table.path, note + (f"; rows that are about no film: {others}" if others else ""))
    return films


def _plan(rows: Sequence[Row], *, of_films: bool, of_awards: bool) -> tuple[Plan, str] | None:
    """Return how to read a table, and a note about it."""
    if len(rows) < _LEAST:
        return None
    columns = [_column(name, rows[:LOOKED_AT]) for name in rows[0].columns]
    if of_awards:
        columns = [replace(one, meaning=Meaning()) if one.meaning.group == "years" else one for one in columns]
    titles = [one for one in columns if one.meaning.group == "titles" and one.meaning.role in ("film", "title")]
    linked = [_links(one, rows[:LOOKED_AT]) for one in titles]
    columns += [one for one in linked if headingcells.scheme(one)]
    return plan_of(columns, "film" if of_films and titles else "")


def _column(name: str, rows: Sequence[Row]) -> Column:
    return Column(name, headingwords.meaning(name), name, [cell.text for row in rows for cell in row.cells(name)])


def _links(title: Column, rows: Sequence[Row]) -> Column:
    """Return the addresses that titles link to as a column of identifiers."""
    path = f"{title.path}{_LINK}"
    return Column(f"{title.heading} link", Meaning("ids"), path, [one.text for row in rows for one in row.cells(path)])


def _rows(table: Element, text: str, absolute: Absolute) -> list[Row]:
    """Return the rows below the first row that names columns; rows that other rows head, or of one cell, are none."""
    grid = list(_grid(table))
    for number, (_, first) in enumerate(grid[:3]):
        names = [" ".join(flat(text, cell).text.split()).strip(_EDGES + "↑↓▲▼") for cell in first]
        if 1 < len(set(names)) == len(names) <= _MOST_COLUMNS and sum(map(bool, names)) > 1:
            below = [(row, cells) for row, cells in grid[number + 1 :] if len(cells) == len(names)]
            below = [(row, cells) for row, cells in below if len(set(map(id, cells))) > 1 and not _is_head(cells)]
            return [
                Row(row, {name: cell for name, cell in zip(names, cells, strict=True) if name}, text, absolute)
                for row, cells in below
            ]
    return []


def _is_head(cells: Sequence[Element]) -> bool:
    return all(cell.name == "th" for cell in cells)


def _grid(table: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each row of a table with its cells, those that reach over several columns or rows in each of them."""
    waiting: dict[int, tuple[int, Element]] = {}
    for row in _own(table, "tr"):
        cells: list[Element] = []
        for cell in _own(row, "td", "th"):
            _shared(waiting, cells)
            down, across = _number(cell, "rowspan"), _number(cell, "colspan")
            for _ in range(across):
                if down > 1:
                    waiting[len(cells)] = (down - 1, cell)
                cells.append(cell)
        _shared(waiting, cells)
        if cells:
            yield row, cells


def _shared(waiting: dict[int, tuple[int, Element]], cells: list[Element]) -> None:
    """Append the cells of rows above that reach down to here."""
    while len(cells) in waiting:
        left, cell = waiting.pop(len(cells))
        if left > 1:
            waiting[len(cells)] = (left - 1, cell)
        cells.append(cell)


def _number(cell: Element, attribute: str) -> int:
    value = cell.attribute(attribute)
    return min(int(value), 1000) if value.isdigit() and value != "0" else 1


def _own(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names below, those of inner tables left out."""
    for child in element.children:
        if child.name in names:
            yield child
        elif child.name != "table":
            yield from _own(child, *names)


class Columned(Protocol):
    """A row of a table of any kind."""

    @property
    def columns(self) -> Mapping[str, object]:
        """What the row has, by columns."""
        ...

    def cells(self, path: str) -> list[Cell]:
        """Return the lines of a column's cell."""
        ...


def is_other(row: Columned, plan: Plan) -> bool:
    """Whether a cell that is not read says that the row is about a series or another thing."""
    read_columns = {part.path for part in plan.paths()} - plan.where.keys()
    unread = [cell.text for name in row.columns if name not in read_columns for cell in row.cells(name)]
    inside = [words for cell in row.cells(plan.title.path) for words in _BRACKETS.findall(cell.text)]
    return any(_others().search(words) for words in (*inside, *unread) if len(words) <= _SHORT)


@cache
def _others() -> re.Pattern[str]:
    return re.compile("".join(vocabulary.table("htmllists")["rows"]["other"].split("\n")), re.I)
