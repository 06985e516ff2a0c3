"""The records a mapping reads: rows of a table and objects of JSON, both as cells by column or path."""

import ast
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from reelgraph.loaders import jsontext
from reelgraph.loaders.base import Cell
from reelgraph.loaders.delimited import Row
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapfile import LIST, NAMES
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.model import Span

_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|[\"\\/bfnrt])")
_BETWEEN_NAMES = re.compile(r"[,;](?!\s*(?:Jr|Sr|II|III|IV)\b)\s*(?:(?:and|und|et)\s+)?|\s+(?:&|and|und|et)\s+")
_NOTHING = frozenset({"\\N", "NULL", "null", "N/A", "None", "NaN", "nan"})


class Record(Protocol):
    """One record of a file."""

    @property
    def place(self) -> str:
        """Where the record is, for people."""
        ...

    def cells(self, path: str) -> list[Cell]:
        """Return the values at a column or path, without empty ones."""
        ...

    def under(self, path: str) -> "list[Record]":
        """Return the records below a path."""
        ...

    def running(self, path: str, text: str) -> Iterator[TextMap]:
        """Yield the running texts at a path; `text` is the whole document."""
        ...


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A row of a table."""

    row: Row

    @property
    def place(self) -> str:
        """The number of the row."""
        return f"row {self.row.number}"

    def cells(self, path: str) -> list[Cell]:
        """Return the cell of a column, HTML entities resolved."""
        cell = self.row.cell(path)
        text = _plain(cell.text)
        return [Cell(text, cell.pointer, cell.span)] if text else []

    def under(self, path: str) -> list[Record]:
        """Return the objects that a cell holds as JSON, else the row itself: tables have nothing below."""
        cells = self.cells(path)
        found: list[Record] = [InCell(JsonRecord(node), cell) for cell in cells for node in objects(cell.text)]
        return found or ([self] if cells else [])

    def running(self, path: str, text: str) -> Iterator[TextMap]:
        """Yield the text of a cell."""
        span = self.row.cell(path).span
        if span is not None:
            yield unescaped(text, span.start, span.end)


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """An object of a JSON document."""

    node: Node

    @property
    def place(self) -> str:
        """The JSON pointer of the object."""
        return self.node.pointer or "/"

    def cells(self, path: str) -> list[Cell]:
        """Return the texts and numbers at a path; lists on the way are followed member by member."""
        found = []
        for node in self._nodes(path):
            text = _plain(node.text)
            if text:
                cell = node.cell
                found.append(Cell(text, cell.pointer, cell.span))
        return found

    def under(self, path: str) -> list[Record]:
        """Return the objects at a path."""
        return list(self.below(path))

    def below(self, path: str) -> "list[JsonRecord]":
        """Return the objects at a path; lists on the way, and one that this is, are followed member by member."""
        members = map(JsonRecord, self.node) if isinstance(self.node.value, list) else [self]
        return [JsonRecord(node) for member in members for node in member._nodes(path) if node.fields]

    def running(self, path: str, text: str) -> Iterator[TextMap]:
        """Yield the strings at a path, escapes and entities resolved."""
        for node in self._nodes(path):
            if isinstance(node.value, str) and node.end:
                borders = node.start + node.edge, node.end - node.edge
                yield _string(text, *borders) if text[node.start] == '"' else unescaped(text, *borders)

    def _nodes(self, path: str) -> list[Node]:
        nodes = [self.node]
        for step in path.split("/") if path else ():
            below = (node.at(int(step)) if isinstance(node.value, list) and step.isdigit() else node for node in nodes)
            nodes = [one for node in below for one in (node.at(step) if node.fields else node) if one]
        return [node for node in nodes if node.value is not None]


@dataclass(frozen=True, slots=True)
class InCell:
    """An object that a cell of a table holds as JSON; the place of all that it says is the cell."""

    record: JsonRecord
    cell: Cell

    @property
    def place(self) -> str:
        """Where the cell is."""
        return self.cell.pointer

    def cells(self, path: str) -> list[Cell]:
        """Return the texts and numbers at a path."""
        return [self.cell.part(one.text) for one in self.record.cells(path)]

    def under(self, path: str) -> list[Record]:
        """Return the objects at a path."""
        return [InCell(one, self.cell) for one in self.record.below(path)]

    def running(self, _path: str, _text: str) -> Iterator[TextMap]:
        """Yield nothing: running text does not stand in such cells."""
        yield from ()


def objects(text: str) -> list[Node]:
    """Return the objects of a list that a cell holds as JSON or as Python writes it, none if it holds no such list."""
    if not re.match(r"\[\s*\{", text):
        return []
    try:
        node = jsontext.parse(text)
    except jsontext.JsonError:
        node = _literal(text)
    return [member for member in node if member.fields]


def _literal(text: str) -> Node:
    """Return what Python writes as lists and dictionaries, an empty value for anything else."""
    try:
        return jsontext.parse(json.dumps(ast.literal_eval(text)))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return Node(None)


def _plain(text: str) -> str:
    """Return a value without entities and needless space; empty for the words that stand for no value."""
    text = " ".join((html.unescape(text) if "&" in text else text).split())
    return "" if text in _NOTHING else text


def _string(text: str, start: int, end: int) -> TextMap:
    """Return the characters of a JSON string with their places."""
    if text.find("\\", start, end) < 0:
        return unescaped(text, start, end)
    result, here = TextMap(), start
    for match in _ESCAPE.finditer(text, start, end):
        result.add(text[here : match.start()], here)
        result.add(json.loads(f'"{match[0]}"', strict=False), match.start(), len(match[0]))
        here = match.end()
    result.add(text[here:end], here)
    return result


def pieces(cell: Cell, separator: str) -> list[Cell]:
    """Return the parts of a cell between separators, with their own places where the cell stands as it is read."""
    if separator == LIST:
        return [cell.part(text) for text in _members(cell.text)]
    found, at = [], 0
    exact = cell.span is not None and cell.span.end - cell.span.start == len(cell.text)
    between = _BETWEEN_NAMES if separator == NAMES else re.compile(re.escape(separator))
    for match in (*between.finditer(cell.text), None):
        part = cell.text[at : match.start() if match else None]
        text = part.strip()
        if text:
            start = at + len(part) - len(part.lstrip())
            span = cell.span
            if exact and span is not None:
                span = Span(span.start + start, span.start + start + len(text))
            found.append(Cell(text, cell.pointer, span))
        at = match.end() if match else at
    return found


def _members(text: str) -> list[str]:
    """Return the texts, or the names of the objects, of a list written in a cell as JSON or as Python writes it."""
    try:
        node = jsontext.parse(text)
    except jsontext.JsonError:
        node = _literal(text)
    members = node if isinstance(node.value, list) else ()
    return [" ".join(one.split()) for member in members if (one := (member.at("name") or member).text)]
