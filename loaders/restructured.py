"""reStructuredText: titles with rows of signs below, lists of fields, directives, and marks for emphasis and links."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders import restructuredtables
from reelgraph.loaders.textblocks import Lines, Span, is_indented
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import Block, joined, unmarked

MARKS = re.compile(
    r"(?<!\w)``(.+?)``(?!\w)|:[A-Za-z][\w:.+-]*:`([^`<]+?)(?:\s*<[^<>]*>)?`|`([^`<]+?)\s*<[^<>`]*>`_{0,2}"
    r"|(?<!\w)`([^`]+)`(?:_{1,2}|:[\w-]+:)?|(?<![\w*\\])\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\w)"
    r"|(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)\|(?=\S)([^|]+)(?<=\S)\|_{0,2}(?!\w)"
    r"|\s?\[(?:\d+|\*|#[\w-]*|[A-Za-z][\w.-]*)\]_(?!\w)|(?<=[^\W_])__?(?![\w_])|\\\s|\\(\S)"
)
_SIGNS = r"([=\-~`'\"^*+#<>:._])\1+"
_RULE = re.compile(rf"{_SIGNS}$")
_FIELD = re.compile(r":(?P<label>[^\s:`][^:\n`]{0,60}):(?:[ \t]+(?P<value>\S.*))?$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)]|\(\d{1,3}\)|#\.)[ \t]+(?P<words>\S.*)$")
_DIRECTIVE = re.compile(r"\.\.(?:[ \t]+(?:(?P<name>[\w:-]+)::(?:[ \t]+(?P<words>\S.*))?|.*))?$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:\s|$)")
#: Directives whose contents are text like any other, and those that make tables.
_TEXTS = frozenset(
    re.findall(
        r"[\w-]+",
        """admonition attention compound container epigraph highlights hint important note parsed-literal pull-quote
        seealso sidebar table tip topic versionadded warning""",
    )
)
_LABEL_END = re.compile(r"[.!?,;]$")
_LONGEST_LABEL = 40


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text."""
    yield from _blocks(Lines(text, MARKS), {})


def _blocks(lines: Lines, levels: dict[str, int]) -> Iterator[Block]:
    while lines:
        yield from _block(lines, levels)


def _block(lines: Lines, levels: dict[str, int]) -> Iterator[Block]:
    line = lines.line()
    heading = _heading(lines, levels)
    if heading:
        yield heading
    elif restructuredtables.begins(line):
        yield from restructuredtables.read(lines)
    elif directive := _DIRECTIVE.match(line):
        yield from _directive(lines, directive, levels)
    elif _FIELD.match(line.strip()):
        yield Block("labels", rows=tuple(_fields(lines)))
    elif item := _ITEM.match(line):
        first = lines.part(item, "words")
        lines.at += 1
        yield Block("item", (lines.words(first, *lines.take(_goes_on)),))
    elif not line.strip() or _RULE.match(line):
        lines.at += 1
    elif _is_defined(lines):
        yield Block("labels", rows=tuple(_definitions(lines)))
    else:
        yield _paragraph(lines)


def _heading(lines: Lines, levels: dict[str, int]) -> Block | None:
    """Return a title with a row of signs below, and perhaps one above; the first kind of signs is the highest."""
    over = bool(_RULE.match(lines.line())) and lines.line(2) == lines.line() and bool(lines.line(1).strip())
    title, below = lines.line(over), lines.line(over + 1)
    if not _RULE.match(below) or not title.strip() or _RULE.match(title) or (is_indented(title) and not over):
        return None
    if len(below) < min(len(title.strip()), 60) or len(below) < 2 or _DIRECTIVE.match(title):
        return None
    level = levels.setdefault(below[0] * (1 + over), len(levels) + 1)
    words = lines.words(lines.span(over))
    lines.at += over + 2
    return Block("heading", (words,), level)


def _directive(lines: Lines, directive: re.Match[str], levels: dict[str, int]) -> Iterator[Block]:
    """Yield what a directive holds, if that is text or a table; comments, images and code are not read."""
    lines.at += 1
    inner = lines.take(lambda line: is_indented(line) or not line.strip())
    name = directive["name"] or ""
    body = [span for span in inner if not _OPTION.match(lines.text[slice(*span)])]
    if name in ("list-table", "csv-table"):
        yield from restructuredtables.directive(lines, name, inner, body)
    elif name in _TEXTS:
        yield from _blocks(Lines(lines.text, MARKS, _dedented(lines.text, body)), levels)


def _dedented(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return lines without the blanks that all of them begin with."""
    said = [text[start:end] for start, end in spans if start < end]
    width = min((len(line) - len(line.lstrip()) for line in said), default=0)
    return [(min(start + width, end), end) for start, end in spans]


def _fields(lines: Lines) -> Iterator[tuple[TextMap, TextMap]]:
    """Yield the labels of a list of fields with their values, which go on in indented lines."""
    indent = len(lines.line()) - len(lines.line().lstrip())
    while lines and (found := _FIELD.match(lines.line()[indent:])):
        at = lines.span()[0] + indent
        label = lines.words((at + found.start("label"), at + found.end("label")))
        first = [(at + found.start("value"), at + found.end("value"))] if found["value"] else []
        lines.at += 1
        yield label, lines.value([*first, *_indented(lines, indent)])


def _indented(lines: Lines, indent: int) -> list[Span]:
    """Read the lines that are indented further, with blank lines between them."""
    blank = " " * indent

    def goes_on(line: str) -> bool:
        return not line or (line.startswith(blank) and is_indented(line[indent:]))

    found = lines.take(goes_on)
    while found and found[-1][0] == found[-1][1]:
        found.pop()
        lines.at -= 1
    return [span for span in found if span[0] < span[1]]


def _is_defined(lines: Lines) -> bool:
    """Whether a line is a short term with its definition indented right below."""
    line = lines.line()
    short = len(line) <= _LONGEST_LABEL and not is_indented(line) and not _LABEL_END.search(line)
    return short and is_indented(lines.line(1)) and not line.endswith("::")


def _definitions(lines: Lines) -> Iterator[tuple[TextMap, TextMap]]:
    while lines and _is_defined(lines):
        label = lines.words(lines.span())
        lines.at += 1
        yield label, lines.value(_indented(lines, 0))
        lines.take(lambda line: not line.strip())


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph above it."""
    return bool(line.strip()) and not _ITEM.match(line) and not _DIRECTIVE.match(line)


def _paragraph(lines: Lines) -> Block:
    """Return a paragraph; one that ends with two colons announces code, which is not read."""
    first = lines.span()
    quoted = lines.line().startswith(("| ", ">>> "))
    lines.at += 1
    spans = [first, *lines.take(_goes_on)]
    words = joined(lines.text, [(start + 2 * quoted, end) for start, end in spans])
    if words.text.endswith("::"):
        words = words.part(0, len(words) - 1)
        lines.take(lambda line: not line.strip() or is_indented(line))
    return Block("paragraph", (unmarked(words, MARKS),))
