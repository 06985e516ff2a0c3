"""Texts written in other marks than Markdown's, or in XML, transcribed into Markdown: each word keeps its place.

A format's own module finds the blocks; what is said in them is then read as in Markdown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reelgraph.loaders import headingwords, markdown, textitems, textlists
from reelgraph.loaders.base import Loader
from reelgraph.loaders.placing import placed
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Document, Extraction

#: Signs that Markdown would take for marks, and those that do so where a block begins.
_SIGNS = re.compile(r"[\\`*_\[\]|~]")
_BEGINS = re.compile(r"[#>+=-]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a heading of a level, a paragraph, an item, labels with their values, or rows of cells."""

    kind: str
    parts: tuple[TextMap, ...] = ()
    level: int = 0
    rows: tuple[tuple[TextMap, ...], ...] = ()


def table(rows: Iterable[Sequence[TextMap]], *, headed: bool) -> Block:
    """Return a table; without a head, one of two columns is a sheet of labels, and any other is headed by a row."""
    found = [tuple(row) for row in rows if row]
    if not headed and found and len(found[0]) == 2:
        found.insert(0, (TextMap(), TextMap()))
    return Block("table", rows=tuple(found))


def markdown_of(blocks: Iterable[Block]) -> TextMap:
    """Return blocks as a text in Markdown."""
    out = TextMap()
    for block in blocks:
        if block.kind == "heading":
            out.add("#" * min(block.level, 6) + " ")
        elif block.kind == "item":
            out.add("- ")
        if block.kind == "labels":
            for label, value in block.rows:
                _extend(out, label)
                out.add(": " if headingwords.meaning(label.text).group else "\n")
                _extend(out, value)
                out.add("\n")
        elif block.kind == "table":
            _rows(out, block)
        else:
            for part in block.parts:
                _extend(out, part, begins=True)
        out.add("\n" if block.kind in ("item", "labels", "table") else "\n\n")
    return out


def _rows(out: TextMap, block: Block) -> None:
    out.add("\n")
    for number, row in enumerate(block.rows):
        for cell in row:
            out.add("| ")
            _extend(out, cell)
            out.add(" ")
        out.add("|\n")
        if number == 0:
            out.add("|---" * len(row) + "|\n")


def _extend(out: TextMap, words: TextMap, *, begins: bool = False) -> None:
    """Append words, each sign that is no mark here as one that is none in Markdown."""
    text, here = words.text, 0
    stops = [found.start() for found in _SIGNS.finditer(text)]
    if begins and _BEGINS.match(text):
        stops.insert(0, 0)
    for stop in (*stops, len(text)):
        part = words.part(here, stop)
        out.extend(part, part.text)
        if stop < len(text):
            out.add("\\")
        here = stop


def joined(text: str, spans: Iterable[tuple[int, int]]) -> TextMap:
    """Return lines as one, with a blank in place of what is between them."""
    out, last = TextMap(), -1
    for start, end in spans:
        words = text[start:end]
        first, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if first < end:
            if last >= 0:
                out.add(" ", last, first - last)
            out.add(text[first:end], first)
            last = end
    return out


def unmarked(words: TextMap, marks: re.Pattern[str]) -> TextMap:
    """Return words without marks; of a mark that has a group, what that holds is kept."""
    out, here = TextMap(), 0
    for match in marks.finditer(words.text):
        for part in (words.part(here, match.start()), _inside(words, match, marks)):
            out.extend(part, part.text)
        here = match.end()
    rest = words.part(here, len(words))
    out.extend(rest, rest.text)
    return out


def _inside(words: TextMap, match: re.Match[str], marks: re.Pattern[str]) -> TextMap:
    if not match.lastindex:
        return TextMap()
    return unmarked(words.part(*match.span(match.lastindex)), marks)


def load(document: Document, words: TextMap, name: str) -> Extraction:
    """Return what a transcript in Markdown says, with its places in the document."""
    inner = Document(document.name, document.sha256, "text/markdown", b"", words.text)
    readers: tuple[Loader, ...] = (textitems, textlists, markdown)
    reader = next(one for one in readers if one.accepts(inner))
    return replace(placed(reader.load(inner), words, document.text), loader=name)
