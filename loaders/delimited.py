"""Tables as text: CSV and TSV, every cell with its row, its column and its place."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.base import Cell
from reelgraph.model import Span

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"[^,;\t\r\n]*')
#: How these data sets write that there is no value.
_NOTHING = frozenset({"\\N", "", "NULL", "null", "N/A"})
#: The line before a table with which spreadsheets say what parts its cells.
_HINT = re.compile(r"\ufeff?sep=.\r?(?:\n|\Z|(?<=\r))", re.I)
_HEAD = 65536
#: Characters and lines that may stand before a table.
_PREAMBLE, _MOST_BEFORE = 4096, 12


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, its cells and where they stand."""

    number: int
    columns: dict[str, int]
    values: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.values)

    def text(self, column: str) -> str:
        """Return the value of a column, HTML entities resolved; empty where there is none."""
        index = self.columns.get(column)
        value = self.values[index].strip() if index is not None and index < len(self.values) else ""
        return "" if value in _NOTHING else html.unescape(value) if "&" in value else value

    def cell(self, column: str) -> Cell:
        """Return the cell of a column."""
        index = self.columns.get(column)
        if index is None or index >= len(self.values):
            return Cell("", f"row {self.number}, column {column}")
        span = Span(self.starts[index], self.ends[index]) if self.ends[index] > self.starts[index] else None
        return Cell(self.values[index], f"row {self.number}, column {column}", span)


def header(text: str, delimiter: str) -> list[str]:
    """Return the names of the columns, from the first line."""
    first = first_line(text)
    names = _quoted(first, 0, delimiter, "\n")[0] if '"' in first else first.split(delimiter)
    return [name.strip().strip('"') for name in names]


def first_line(text: str) -> str:
    """Return the line that names the columns; titles and hints may stand before it."""
    start, line_end = _begin(text)
    return text[start : min(_line_end(text, start, line_end), start + _HEAD)].lstrip("\ufeff").rstrip("\r")


def rows(text: str, delimiter: str, columns: list[str] | None = None, *, quotes: bool = True) -> Iterator[Row]:
    """Yield the rows below the first line, or all rows if `columns` names the columns; row 1 is the first line."""
    names = columns if columns is not None else header(text, delimiter)
    index = {name: number for number, name in enumerate(names)}
    here, line_end = _begin(text)
    here = here if columns is None else 0
    first = number = text.count(line_end, 0, here)
    while here < len(text):
        number += 1
        quoted = quotes and '"' in text[here : _line_end(text, here, line_end)]
        split = _quoted if quoted else _plain
        values, starts, ends, here = split(text, here, delimiter, line_end)
        if (number > first + 1 or columns is not None) and any(values):
            yield Row(number, index, values, starts, ends)


def _begin(text: str) -> tuple[int, str]:
    """Return where a table begins, and what ends its lines: in old files for the Mac a carriage return."""
    is_old = "\r" in text[:_HEAD] and "\n" not in text[:_HEAD]
    line_end = "\r" if is_old else "\n"
    hint = _HINT.match(text)
    return hint.end() if hint else _preamble(text, line_end), line_end


def _preamble(text: str, line_end: str) -> int:
    """Return where the lines end that stand before a table, as the title of a list does; they part nothing."""
    lines = text[:_PREAMBLE].split(line_end)[:_MOST_BEFORE]
    for number, line in enumerate(lines[:-1]):
        sign = max("\t;|,", key=line.count)
        if line.count(sign):
            is_apart = (
                number > 0 and not lines[number - 1].strip() and lines[number + 1].count(sign) >= line.count(sign)
            )
            return sum(len(one) + len(line_end) for one in lines[:number]) if is_apart else 0
    return 0


def _line_end(text: str, here: int, line_end: str) -> int:
    end = text.find(line_end, here)
    return len(text) if end < 0 else end


def _plain(text: str, here: int, delimiter: str, line_end: str) -> tuple[list[str], list[int], list[int], int]:
    """Split a line without quotes."""
    end = _line_end(text, here, line_end)
    last = end - 1 if end > here and text[end - 1] == "\r" else end
    values = text[here:last].split(delimiter)
    starts, ends, at = [], [], here
    for value in values:
        starts.append(at)
        at += len(value)
        ends.append(at)
        at += len(delimiter)
    return values, starts, ends, end + 1


def _quoted(text: str, here: int, delimiter: str, line_end: str) -> tuple[list[str], list[int], list[int], int]:
    """Split a record with quoted cells, which may hold delimiters and line ends."""
    values: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    while True:
        match = _QUOTED.match(text, here)
        if match:
            values.append(match[1].replace('""', '"'))
            starts.append(match.start(1))
            ends.append(match.end(1))
            here = match.end()
        else:
            cell_end = text.find(delimiter, here)
            end = min(cell_end if cell_end >= 0 else len(text), _line_end(text, here, line_end))
            values.append(text[here:end].rstrip("\r"))
            starts.append(here)
            ends.append(here + len(values[-1]))
            here = end
        if text[here : here + len(delimiter)] != delimiter:
            return values, starts, ends, _line_end(text, here, line_end) + 1
        here += len(delimiter)
