"""Tables of films in Markdown, read by their headings as tables in files are."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reelgraph.loaders import headingwords, htmllists, mapped
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

#: A table: its head, and its rows below the line that makes it one.
TABLE = re.compile(
    r"^(?P<head>[^\n|]*\|[^\n]*)\n"
    r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?\n"
    r"(?P<rows>(?:[^\n|]*\|[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(\S[^\n]*)", re.MULTILINE)
_BETWEEN = re.compile(r"(?<!\\)\|")

#: The words of a part of the text without marks.
Plain = Callable[[int, int], TextMap]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it is, for people, and its cells by their columns."""

    place: str
    columns: Mapping[str, Cell]

    def cells(self, path: str) -> list[Cell]:
        """Return the cell of a column, if it says something."""
        cell = self.columns.get(path)
        return [cell] if cell is not None and cell.text not in ("", "-", "–", "—") else []

    def under(self, path: str) -> list[Record]:
        """Return the row itself: tables have nothing below."""
        return [self] if self.cells(path) else []

    def running(self, _path: str, _text: str) -> Iterator[TextMap]:
        """Yield nothing: running text in tables is not read."""
        return iter(())


def read(text: str, plain: Plain, facts: Facts) -> list[Ref]:
    """Write down what the tables of a text say of films; return the films."""
    films: list[Ref] = []
    for match in TABLE.finditer(text):
        above = (heading_above(text, match.start()),)
        rows, odd = _rows(text, match, plain) if not htmllists.says(above, "other") else ([], [])
        columns = [_column(name, rows) for name in rows[0].columns] if rows else []
        titled = any(one.meaning.group == "titles" and one.meaning.role in ("film", "title") for one in columns)
        found = plan_of(columns, "film" if titled and htmllists.says(above, "film") else "") if rows else None
        if found is None:
            continue
        facts.note(f"line {line_of(text, match.start())}", found[1])
        for place in odd:
            facts.warn(place, "the row has other than the table's number of cells and is not read")
        others = 0
        for row in rows:
            film, said = mapped.read_one(found[0], row, text, facts.extractor)
            facts.issues.extend(issue for issue in said.issues if issue.severity != "note")
            for fact in said if film else ():
                facts.keep(fact)
            films += [film] if film else []
            others += film is None
        if others:
            facts.note(f"line {line_of(text, match.start())}", f"rows of the table that are about no film: {others}")
    return list(dict.fromkeys(films))


def heading_above(text: str, at: int) -> str:
    """Return the words of the last heading before a place, empty if there is none."""
    heads = _headings(text)
    number = bisect_left(heads, (at, at))
    return text[heads[number - 1][0] : min(heads[number - 1][1], at)] if number else ""


@lru_cache(maxsize=1)
def _headings(text: str) -> list[tuple[int, int]]:
    """Return where the words of the headings stand."""
    return [match.span(1) for match in _HEADING.finditer(text)]


def _column(name: str, rows: Sequence[Row]) -> Column:
    cells = [cell.text for row in rows[:LOOKED_AT] for cell in row.cells(name)]
    return Column(name, headingwords.meaning(name), name, cells)


def _rows(text: str, table: re.Match[str], plain: Plain) -> tuple[list[Row], list[str]]:
    """Return the rows of a table that have as many cells as its head, and where the others stand."""
    names = [plain(*span).text.strip() for span in cells_of(text, *table.span("head"))]
    if len(set(names)) < len(names):
        return [], []
    rows, odd, here = [], [], table.start("rows")
    for line in table["rows"].splitlines(keepends=True):
        spans = list(cells_of(text, here, here + len(line.rstrip("\r\n"))))
        place = f"line {line_of(text, here)}"
        if len(spans) == len(names):
            rows.append(
                Row(place, {name: cell_of(plain(*span), place, name) for name, span in zip(names, spans, strict=True)})
            )
        else:
            odd.append(place)
        here += len(line)
    return rows, odd


def cell_of(words: TextMap, place: str, name: str) -> Cell:
    """Return the words of a cell with their place, which is called by a line and a column's name."""
    text = words.text.strip()
    start = words.text.index(text) if text else 0
    return Cell(" ".join(text.split()), f"{place}, column {name}", words.span(start, start + len(text)))


def cells_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the borders of the cells in a line; strokes at its ends part nothing."""
    line = text[start:end]
    here = start + line.index("|") + 1 if line.lstrip(" \t").startswith("|") else start
    end = start + len(line.rstrip(" \t\r"))
    end -= 1 if end > here and text[end - 1] == "|" else 0
    for match in _BETWEEN.finditer(text, here, end):
        yield here, match.start()
        here = match.end()
    yield here, end
