"""Texts with tables of films, as in Word, OpenDocument and RTF: rows are lines, cells are parted by tabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reelgraph.loaders import headingwords, packedtext, transcripts
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import Block
from reelgraph.model import Document, Extraction

NAME = "texttables"
DESCRIPTION = "texts with tables of films whose cells are parted by tabs, also in Word, OpenDocument and RTF"
PRIORITY = 76

_CELL = re.compile(r"[^\t]+")
#: Known headings that the head of a table has at least; characters of a line that heads it.
_LEAST, _LONGEST = 2, 90
_GROUPS = frozenset({"years", "jobs", "cast", "words", "lengths", "companies"})
_LOOKED_AT = 1 << 20
_EMPTY = ("-", "–", "—")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: the lines of its rows, the head first."""

    rows: tuple[Span, ...]


def accepts(document: Document) -> bool:
    """Whether a text has a table with the headings of films."""
    if document.media_type != "text/plain" and not packedtext.accepts(document):
        return False
    text = document.text[:_LOOKED_AT]
    return "\t" in text and any(_is_of_films(text, table) for table in _tables(text))


def load(document: Document) -> Extraction:
    """Return what the tables say, and what the text says besides, each with its place."""
    blocks = _blocks(document.text, are_paragraphs=packedtext.accepts(document))
    return transcripts.load(document, transcripts.markdown_of(blocks), NAME)


def _tables(text: str) -> Iterator[_Table]:
    """Yield the tables of a text: lines one below the other with tabs, from one with known headings on."""
    rows: list[Span] = []
    lines = [match.span() for match in written(text)]
    for number, (start, stop) in enumerate(lines):
        is_row = "\t" in text[start:stop].strip()
        follows = number > 0 and text.count("\n", lines[number - 1][1], start) < 2
        if rows and not (follows and (is_row or _goes_on(text, lines[number : number + 2], rows[0]))):
            yield from _table(rows)
            rows = []
        if is_row and (rows or _is_head(_words(text, start, stop))):
            rows.append((start, stop))
    yield from _table(rows)


def _goes_on(text: str, lines: Sequence[Span], head: Span) -> bool:
    """Whether a line without cells, such as a day's name, stands between rows of a table."""
    tabs = text.count("\t", *head)
    return len(lines) > 1 and text.count("\n", lines[0][1], lines[1][0]) < 2 and text.count("\t", *lines[1]) == tabs


def _table(rows: Sequence[Span]) -> Iterator[_Table]:
    if len(rows) > 1:
        yield _Table(tuple(rows))


def _is_head(words: Sequence[str]) -> bool:
    groups = [headingwords.meaning(word).group for word in words]
    return "titles" in groups and len(_GROUPS.intersection(groups)) + 1 >= _LEAST and len(set(words)) == len(words)


def _is_of_films(text: str, table: _Table) -> bool:
    rows = [_words(text, *span) for span in table.rows[: LOOKED_AT + 1]]
    head, cells = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
    columns = [
        Column(name, headingwords.meaning(name), name, [row[place] for row in cells if row[place] not in _EMPTY])
        for place, name in enumerate(head)
    ]
    return plan_of(columns) is not None


def _words(text: str, start: int, end: int) -> list[str]:
    return [" ".join(match[0].split()) for match in _CELL.finditer(text, start, end) if not match[0].isspace()]


def _blocks(text: str, *, are_paragraphs: bool) -> Iterator[Block]:
    """Yield a text's tables, the lines above them as headings, and the rest in paragraphs, or each line as one."""
    here = 0
    for table in _tables(text):
        if _is_of_films(text, table):
            yield from _prose(text, here, table.rows[0][0], are_paragraphs=are_paragraphs, heads=True)
            cells = [[_cell(text, *cell.span()) for cell in _CELL.finditer(text, *span)] for span in table.rows]
            yield transcripts.table(cells, headed=True)
            here = table.rows[-1][1]
    yield from _prose(text, here, len(text), are_paragraphs=are_paragraphs, heads=False)


def _cell(text: str, start: int, end: int) -> TextMap:
    return transcripts.joined(text, [(start, end)])


def _prose(text: str, start: int, end: int, *, are_paragraphs: bool, heads: bool) -> Iterator[Block]:
    """Yield paragraphs; the last line `heads` what follows it if it is short."""
    lines = [match.span() for match in written(text[start:end])]
    lines = [(low + start, high + start) for low, high in lines]
    last = lines[-1] if heads and lines else None
    if last is not None and last[1] - last[0] <= _LONGEST and not text[slice(*last)].rstrip().endswith((".", "?", "!")):
        lines.pop()
    else:
        last = None
    group: list[Span] = []
    for span in lines:
        if group and (are_paragraphs or text.count("\n", group[-1][1], span[0]) > 1):
            yield Block("paragraph", (transcripts.joined(text, group),))
            group = []
        group.append(span)
    if group:
        yield Block("paragraph", (transcripts.joined(text, group),))
    if last is not None:
        yield Block("heading", (transcripts.joined(text, [last]),), level=2)
