"""AsciiDoc: headings, lists of labels, tables, and marks for emphasis and links."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.textblocks import Lines, Span
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import Block, table

_EMPHASIS = "".join(
    rf"|(?:\[[^\[\]\n]*\])?{sign}{sign}(.+?){sign}{sign}"
    rf"|(?:\[[^\[\]\n]*\])?(?<![\w{sign}]){sign}(?=[^\s{sign}])([^{sign}]{{1,200}}?)(?<=\S){sign}(?!\w)"
    for sign in (r"\*", "_", "`", "#")
)
MARKS = re.compile(
    r"(?:image|icon|footnote|footnoteref|indexterm|anchor|kbd|btn):[^\s\[\]]*\[[^\]]*\]"
    r"|(?:link|xref|mailto|https?|ftp):[^\s\[\]]+\[([^\]]*?)(?:,[^\]]*)?\^?\]|<<[^,<>]+,\s*([^<>]+)>>|<<([^<>]+)>>"
    r"|\[\[[^\[\]]*\]\]|\(\(\([^()]*\)\)\)|\(\(([^()]+)\)\)|\{[\w-]+\}|(?<=\s)\+$" + _EMPHASIS
)
_HEADING = re.compile(r"(?P<signs>={1,6}|#{1,6})[ \t]+(?P<words>\S.*?)(?:[ \t]+=+)?$")
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:\s.*)?$")
_MACRO = re.compile(r"[a-z]+::[^\s\[\]]*\[.*\]$")
_STYLE = re.compile(r"\[[^\[\]]*\]$|\[\[[^\[\]]*\]\]$|\.[^\s.].*$|'''$|<<<$|\+$")
_LABEL = re.compile(r"[ \t]*(?P<label>\S.{0,60}?)(?P<sign>:{2,4}|;;)(?:[ \t]+(?P<value>\S.*))?$")
_ITEM = re.compile(r"[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.)[ \t]+(?:\[[ x*]\][ \t]+)?(?P<words>\S.*)$")
#: Lines around what is code or not shown, and around what is text like any other.
_HIDDEN = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}\w*)$")
_AROUND = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--)$")
_TABLE = re.compile(r"(?P<sign>[|,:!])={3,}$")
#: What may stand before the stroke of a cell: how many it spans, and how it is set.
_CELL = re.compile(r"(?:(?<=\s)|^)(?:[\d.]+[+*])?[<^>.]{0,4}[adehlmsv]?\||(?<!\\)\|", re.MULTILINE)
_COLUMNS = re.compile(r"cols\s*=\s*\"?(?:(?P<times>\d+)\*|(?P<list>[^\"\]]+))")


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text."""
    lines = Lines(text, MARKS)
    style: list[str] = []
    while lines:
        line = lines.line()
        if _STYLE.match(line) and not _ITEM.match(line):
            style.append(line)
            lines.at += 1
            continue
        yield from _block(lines, " ".join(style))
        style = []


def _block(lines: Lines, style: str) -> Iterator[Block]:
    line = lines.line()
    heading = _HEADING.match(line)
    if heading:
        yield Block("heading", (lines.words(lines.part(heading, "words")),), len(heading["signs"]))
        lines.at += 1
        if len(heading["signs"]) == 1:
            lines.take(lambda line: bool(line.strip()) and not _HEADING.match(line))  # author, date, attributes
    elif _TABLE.match(line):
        yield from _table(lines, style)
    elif _HIDDEN.match(line):
        lines.at += 1
        lines.skip("```" if line.startswith("```") else line.strip())
    elif not line.strip() or any(one.match(line) for one in (_AROUND, _ATTRIBUTE, _MACRO)) or line.startswith("//"):
        lines.at += 1
    elif _LABEL.match(line):
        yield Block("labels", rows=tuple(_labels(lines)))
    elif item := _ITEM.match(line):
        yield Block("item", (lines.rest(lines.part(item, "words"), _goes_on),))
    else:
        first = lines.span()
        lines.at += 1
        yield _paragraph(lines, [first, *lines.take(_goes_on)])


def _paragraph(lines: Lines, spans: Sequence[Span]) -> Block:
    """Return a paragraph, or the heading that one line above a row of signs as long as it is."""
    below = lines.line().strip()
    above = lines.text[slice(*spans[0])]
    if len(spans) == 1 and re.fullmatch(r"=+|-+|~+|\^+", below) and abs(len(below) - len(above)) <= 1:
        lines.at += 1
        return Block("heading", (lines.words(*spans),), 1 + "=-~^".index(below[0]))
    return Block("paragraph", (lines.words(*spans),))


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph above it."""
    begins = (_HEADING, _STYLE, _LABEL, _ITEM, _HIDDEN, _AROUND, _TABLE, _MACRO)
    ruled = re.fullmatch(r"=+|-+|~+|\^+", line.strip())
    return bool(line.strip()) and not ruled and not line.startswith("//") and not any(one.match(line) for one in begins)


def _labels(lines: Lines) -> Iterator[tuple[TextMap, TextMap]]:
    """Yield labels with their values, which may stand on the next lines, also as a list."""
    while lines and (found := _LABEL.match(lines.line())) and not _MACRO.match(lines.line()):
        label = lines.words(lines.part(found, "label"))
        first = [lines.part(found, "value")] if found["value"] else []
        lines.at += 1
        if not first:
            lines.take(lambda line: not line.strip())
        yield label, lines.value([*first, *lines.take(_goes_on if first else _is_value)])
        ahead = next((n for n in range(3) if lines.line(n).strip()), 0)
        lines.at += ahead if _LABEL.match(lines.line(ahead)) else 0


def _is_value(line: str) -> bool:
    return _goes_on(line) or (bool(_ITEM.match(line)) and not _LABEL.match(line))


def _table(lines: Lines, style: str) -> Iterator[Block]:
    """Yield a table: its cells by strokes, so many in a row as its style says or as stand in its first line."""
    fence = lines.line().strip()
    lines.at += 1
    spans = lines.take(lambda line: line.strip() != fence)
    lines.at += 1
    written = [span for span in spans if span[0] < span[1]]
    if not fence.startswith("|") or not written:
        return
    cells = [lines.words(*cell) for cell in _cells(lines.text, written[0][0], written[-1][1])]
    columns = _COLUMNS.search(style)
    width = len(_CELL.findall(lines.text[slice(*written[0])]))
    if columns:
        width = int(columns["times"]) if columns["times"] else len(re.split(r"[,;]", columns["list"].strip(" ,;")))
    headed = "header" in style or (len(spans) > 1 and written[0] == spans[0] and spans[1][0] == spans[1][1])
    if width and len(cells) % width == 0:
        yield table([cells[at : at + width] for at in range(0, len(cells), width)], headed=headed)


def _cells(text: str, start: int, end: int) -> Iterator[list[Span]]:
    """Yield the lines of each cell."""
    strokes = list(_CELL.finditer(text, start, end))
    for stroke, following in zip(strokes, [*strokes[1:], None], strict=False):
        last = following.start() if following else end
        yield [match.span() for match in re.compile(r"[^\n]+").finditer(text, stroke.end(), last)]
