"""Org: outlines with drawers, lists and tables, as Emacs has them."""

import re
from collections.abc import Iterator

from reelgraph.loaders import headingwords
from reelgraph.loaders.textblocks import Lines
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import Block, table

MARKS = re.compile(
    r"\[\[[^\[\]\n]+\]\[([^\[\]\n]+)\]\]|\[\[([^\[\]\n]+)\]\]|\[fn:[^\]\n]*\]"
    r"|[<\[](\d{4}-\d\d-\d\d)\b[^>\]\n]*[>\]]|\\\\$"
    + "".join(
        rf"|(?<![\w*/=~+]){sign}(?=[^\s{sign}])([^{sign}\n]{{1,200}}?)(?<=\S){sign}(?!\w)"
        for sign in (r"\*", "/", "_", "=", "~", r"\+")
    )
)
_HEADING = re.compile(
    r"(?P<stars>\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|HOLD|STARTED|CANCELL?ED)[ \t]+)?(?:\[#\w\][ \t]*)?"
    r"(?P<words>\S.*?)(?:[ \t]+:[\w@#%:]+:)?$"
)
_KEYWORD = re.compile(r"[ \t]*#\+(?P<name>[\w-]+)(?P<options>\[[^\]]*\])?:?(?:[ \t]+(?P<value>.*))?$")
_DRAWER = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*:(?P<name>[\w+-]+):[ \t]+(?P<value>\S.*)$")
_LABEL = re.compile(r"[ \t]*(?:[-+]|\d+[.)])[ \t]+(?P<label>\S.{0,60}?)[ \t]+::(?:[ \t]+(?P<value>\S.*))?$")
_ITEM = re.compile(r"[ \t]*(?:[-+]|[ \t]\*|\d{1,3}[.)])[ \t]+(?:\[[ X-]\][ \t]+)?(?P<words>\S.*)$")
_PLANNING = re.compile(r"[ \t]*(?:CLOSED|DEADLINE|SCHEDULED|CLOCK):")
_RULE = re.compile(r"[ \t]*\|[-+| \t]*$")
#: Blocks whose words are quoted text; all others are code, or not shown.
_TEXTS = frozenset({"quote", "verse", "center", "abstract"})


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text."""
    lines = Lines(text, MARKS)
    while lines:
        yield from _block(lines)


def _block(lines: Lines) -> Iterator[Block]:
    line = lines.line()
    heading, keyword = _HEADING.match(line), _KEYWORD.match(line)
    if heading:
        yield Block("heading", (lines.words(lines.part(heading, "words")),), len(heading["stars"]))
        lines.at += 1
    elif keyword:
        yield from _keyword(lines, keyword)
    elif line.lstrip().startswith("|"):
        yield from _table(lines)
    elif _DRAWER.match(line):
        yield from _drawer(lines)
    elif _LABEL.match(line):
        yield Block("labels", rows=tuple(_labels(lines)))
    elif item := _ITEM.match(line):
        yield Block("item", (lines.rest(lines.part(item, "words"), _goes_on),))
    elif not line.strip() or line.lstrip().startswith(("# ", ": ")) or _PLANNING.match(line) or line.strip() == "#":
        lines.at += 1
    else:
        yield Block("paragraph", (lines.rest(lines.span(), _goes_on),))


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph above it."""
    begins = (_HEADING, _KEYWORD, _DRAWER, _LABEL, _ITEM, _PLANNING)
    stripped = line.lstrip()
    return bool(stripped) and not stripped.startswith(("|", "# ")) and not any(one.match(line) for one in begins)


def _keyword(lines: Lines, keyword: re.Match[str]) -> Iterator[Block]:
    """Yield the title; other settings are not shown, and what blocks hold is, if it is text."""
    name = keyword["name"].lower()
    if name in ("title", "subtitle") and keyword["value"]:
        yield Block("heading", (lines.words(lines.part(keyword, "value")),), 1)
    lines.at += 1
    kind = name.removeprefix("begin_")
    if kind != name and kind not in _TEXTS:
        lines.take(lambda line: not re.match(rf"[ \t]*#\+end_{re.escape(kind)}\b", line, re.I))


def _drawer(lines: Lines) -> Iterator[Block]:
    """Yield the properties that have the names of what films have; other drawers are not shown."""
    rows: list[tuple[TextMap, ...]] = []
    lines.at += 1
    while lines and not re.match(r"[ \t]*:END:", lines.line(), re.I) and not _HEADING.match(lines.line()):
        found = _PROPERTY.match(lines.line())
        if found and headingwords.meaning(found["name"].replace("_", " ")).group:
            rows.append((lines.words(lines.part(found, "name")), lines.words(lines.part(found, "value"))))
        lines.at += 1
    lines.at += bool(re.match(r"[ \t]*:END:", lines.line(), re.I))
    if rows:
        yield Block("labels", rows=tuple(rows))


def _labels(lines: Lines) -> Iterator[tuple[TextMap, TextMap]]:
    while lines and (found := _LABEL.match(lines.line())):
        label = lines.words(lines.part(found, "label"))
        first = [lines.part(found, "value")] if found["value"] else []
        lines.at += 1
        yield label, lines.words(*first, *lines.take(_goes_on))


def _table(lines: Lines) -> Iterator[Block]:
    """Yield a table, headed if a rule stands below its first row."""
    rows: list[list[TextMap]] = []
    headed = False
    for start, end in lines.take(lambda line: line.lstrip().startswith("|")):
        if _RULE.match(lines.text[start:end]):
            headed = headed or len(rows) == 1
        else:
            first, last = lines.text.index("|", start) + 1, end - lines.text[start:end].endswith("|")
            rows.append([lines.words(span) for span in _cells(lines.text, first, last)])
    yield table(rows, headed=headed)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (stroke := text.find("|", start, end)) >= 0:
        yield start, stroke
        start = stroke + 1
    yield start, end
