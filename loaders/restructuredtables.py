"""The tables of reStructuredText: drawn with signs, or written as lists and as CSV in a directive."""

import csv
import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.textblocks import Lines, Span
from reelgraph.loaders.transcripts import Block, table

_GRID = re.compile(r"[ \t]*\+(?:[-=]{2,}\+)+$")
_SIMPLE = re.compile(r"[ \t]*=+(?:[ \t]+=+)+$")
_ROW = re.compile(r"[ \t]*\*[ \t]+-(?:[ \t]+|$)")
_CELL = re.compile(r"[ \t]*-(?:[ \t]+|$)")
_HEADED = re.compile(r"[ \t]*:header-rows:[ \t]*1[ \t]*$")
_HEADER = re.compile(r"[ \t]*:header:[ \t]*(?P<cells>.+)")


def begins(line: str) -> bool:
    """Whether a line is the upper border of a table."""
    return bool(_GRID.match(line) or _SIMPLE.match(line))


def read(lines: Lines) -> Iterator[Block]:
    """Yield the table that begins here."""
    if _GRID.match(lines.line()):
        spans = lines.take(lambda line: line.lstrip()[:1] in ("+", "|") and bool(line.strip()))
        yield _drawn(lines, spans, _GRID, "+")
        return
    border = lines.line()
    first = lines.take(lambda line: bool(line.strip()))
    rules = [span for span in first if _SIMPLE.match(lines.text[slice(*span)])]
    if len(rules) < 3 and len(first) > 1 and first[-1] in rules:
        yield _drawn(lines, first, _SIMPLE, "=")
        return
    if first[-1] not in rules:
        first += lines.take(lambda line: line != border)
        first += lines.take(lambda line: line == border)
    yield _drawn(lines, first, _SIMPLE, "=")


def _drawn(lines: Lines, spans: Sequence[Span], rule: re.Pattern[str], sign: str) -> Block:
    """Return a drawn table: its columns are as wide as those of its border."""
    border = lines.text[slice(*spans[0])]
    columns = [match.span() for match in re.finditer(r"[-=]+" if sign == "+" else "=+", border)]
    rows: list[list[list[Span]]] = []
    headed, fresh = False, True
    for number, (start, end) in enumerate(spans):
        line = lines.text[start:end]
        if rule.match(line) or (sign == "+" and line.lstrip().startswith("+")):
            headed = headed or (len(rows) == 1 and 0 < number < len(spans) - 1 and "=" in line)
            fresh = True
            continue
        cells = [
            _cut(start, end, low, None if high == columns[-1][1] and sign == "=" else high) for low, high in columns
        ]
        if fresh or (sign == "=" and line[slice(*columns[0])].strip()):
            rows.append([[] for _ in columns])
        for cell, span in zip(rows[-1], cells, strict=True):
            cell.append(span)
        fresh = False
    return table([[lines.words(*cell) for cell in row] for row in rows], headed=headed)


def _cut(start: int, end: int, low: int, high: int | None) -> Span:
    return min(start + low, end), end if high is None else min(start + high, end)


def directive(lines: Lines, name: str, options: Sequence[Span], body: Sequence[Span]) -> Iterator[Block]:
    """Yield the table that a directive writes as a list of lists, or as CSV."""
    said = [span for span in body if span[0] < span[1]]
    headed = any(_HEADED.match(lines.text[slice(*span)]) for span in options)
    if name == "list-table":
        yield table([[lines.words(*cell) for cell in row] for row in _listed(lines.text, said)], headed=headed)
        return
    above = [found.span("cells") for span in options if (found := _HEADER.match(lines.text, *span))]
    rows = [list(_csv(lines.text, *span)) for span in (*above, *said)]
    yield table([[lines.words(cell) for cell in row] for row in rows], headed=headed or bool(above))


def _listed(text: str, spans: Sequence[Span]) -> list[list[list[Span]]]:
    """Return the cells of a list of lists, each with its lines."""
    rows: list[list[list[Span]]] = []
    for start, end in spans:
        row, cell = _ROW.match(text, start, end), _CELL.match(text, start, end)
        if row:
            rows.append([[(row.end(), end)]])
        elif cell and rows:
            rows[-1].append([(cell.end(), end)])
        elif rows:
            rows[-1][-1].append((start, end))
    return rows


def _csv(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where the cells of a line of CSV stand."""
    here = start
    for cell in next(csv.reader([text[start:end]], skipinitialspace=True), []):
        at = text.find(cell, here, end)
        if at < 0:
            return
        yield at, at + len(cell)
        here = at + len(cell)
