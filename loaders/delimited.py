"""Tables as text: CSV and TSV, every cell with its row, its column and its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.base import Cell
from reelgraph.model import Span

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"[^,;\t\r\n]*')
#: How these data sets write that there is no value.
_NOTHING = frozenset({"\\N", "", "NULL", "null", "N/A"})


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
        """Return the value of a column, empty where there is none."""
        index = self.columns.get(column)
        value = self.values[index].strip() if index is not None and index < len(self.values) else ""
        return "" if value in _NOTHING else value

    def cell(self, column: str) -> Cell:
        """Return the cell of a column."""
        index = self.columns.get(column)
        if index is None or index >= len(self.values):
            return Cell("", f"row {self.number}, column {column}")
        span = Span(self.starts[index], self.ends[index]) if self.ends[index] > self.starts[index] else None
        return Cell(self.values[index], f"row {self.number}, column {column}", span)


def header(text: str, delimiter: str) -> list[str]:
    """Return the names of the columns, from the first line."""
    first = text[: text.find("\n")] if "\n" in text[:65536] else text[:65536]
    first = first.lstrip("\ufeff").rstrip("\r")
    names = _quoted(first, 0, delimiter)[0] if '"' in first else first.split(delimiter)
    return [name.strip().strip('"') for name in names]


def rows(text: str, delimiter: str, columns: list[str] | None = None, *, quotes: bool = True) -> Iterator[Row]:
    """Yield the rows below the first line, or all rows if `columns` names the columns; row 1 is the first line."""
    names = columns if columns is not None else header(text, delimiter)
    index = {name: number for number, name in enumerate(names)}
    here, number = 0, 0
    while here < len(text):
        number += 1
        quoted = quotes and '"' in text[here : _line_end(text, here)]
        values, starts, ends, after = _quoted(text, here, delimiter) if quoted else _plain(text, here, delimiter)
        here = after
        if (number > 1 or columns is not None) and any(values):
            yield Row(number, index, values, starts, ends)


def _line_end(text: str, here: int) -> int:
    end = text.find("\n", here)
    return len(text) if end < 0 else end


def _plain(text: str, here: int, delimiter: str) -> tuple[list[str], list[int], list[int], int]:
    """Split a line without quotes."""
    end = _line_end(text, here)
    last = end - 1 if end > here and text[end - 1] == "\r" else end
    values = text[here:last].split(delimiter)
    starts, ends, at = [], [], here
    for value in values:
        starts.append(at)
        at += len(value)
        ends.append(at)
        at += len(delimiter)
    return values, starts, ends, end + 1


def _quoted(text: str, here: int, delimiter: str) -> tuple[list[str], list[int], list[int], int]:
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
            end = min((at for at in (text.find(delimiter, here), _line_end(text, here)) if at >= 0), default=len(text))
            values.append(text[here:end].rstrip("\r"))
            starts.append(here)
            ends.append(here + len(values[-1]))
            here = end
        if text[here : here + len(delimiter)] != delimiter:
            return values, starts, ends, _line_end(text, here) + 1
        here += len(delimiter)
