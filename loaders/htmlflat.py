"""HTML as the words a reader sees, each with its place in the document: whole cells, and the main text of a page."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.textmap import TextMap, unescaped

_RUN = re.compile(r"\s+|\S+(?: \S+)*")
_RUNS = re.compile(r"\s\s|[\r\n\t\u00a0]")
#: What a list entry begins with.
BULLET = "•"
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>"
    r"|<(?P<raw>script|style|noscript|template|svg|textarea|title|head)\b[^<>]*>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<end>/)?(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.I | re.DOTALL,
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 head header hr li main menu nav ol option p pre section summary table tbody td
        tfoot th thead tr ul""",
    )
)
#: Elements without content.
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"))
_ASIDE = frozenset(
    re.findall(r"\w+", "aside button dialog figcaption figure footer form header iframe menu nav object select table")
)
#: What classes and identifiers call the parts of a page that are none of its matter.
FURNITURE = (
    r"nav|navbar|navbox|menu|side-?bar|footer|breadcrumbs?|share|social|cookies?|banner|advert|ads?|promo|related|toc|"
    r"infobox|metadata|reflist|references?|login|signup|modal|popup|pagination"
)
_BOILERPLATE = re.compile(rf"\b(?:{FURNITURE}|header|mw-editsection|noprint|hatnote|catlinks|thumb|search)\b", re.I)
_INFOBOX = re.compile(r"<(?P<name>table|div)\b[^>]*class\s*=\s*[\"'][^\"']*\binfobox(?!-)\b[^>]*>", re.I)
_TABLE = re.compile(r"<table\b[^>]*>", re.I)
_NAMED = re.compile(r"\b(?:class|id|role)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of HTML: a start tag, an end tag, or text (with an empty name)."""

    name: str
    is_end: bool
    attributes: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the pieces of a part of a page; scripts, styles and comments are none."""
    here = start
    for match in _TOKEN.finditer(text, start, end):
        if match.start() > here:
            yield Token("", is_end=False, attributes="", start=here, end=match.start())
        here = match.end()
        if match["name"]:
            name, attributes = match["name"].lower(), match["attributes"]
            yield Token(name, is_end=bool(match["end"]), attributes=attributes, start=match.start(), end=match.end())
    if here < end:
        yield Token("", is_end=False, attributes="", start=here, end=end)


def flatten(text: str, start: int, end: int) -> TextMap:
    """Return the visible words of a part of a page, every block and list entry a line, footnote marks left out."""
    out, hidden, link = TextMap(), "", -1
    for token in tokens(text, start, end):
        if hidden:
            hidden = "" if token.is_end and token.name == hidden else hidden
        elif not token.is_end and token.name not in VOID and (token.name == "sup" or _unseen(token)):
            hidden = token.name
        elif token.name == "li" and not token.is_end:
            out.add(f"\n{BULLET}")
        elif token.name in _BLOCKS:
            out.add("\n")
        elif token.name == "a":
            link = _linked(out, link, is_end=token.is_end)
        elif not token.name:
            _words(text, token, out)
    return out


def _linked(out: TextMap, start: int, *, is_end: bool) -> int:
    """Keep the borders of a link; return where it begins, or -1 after its end."""
    if is_end and 0 <= start < len(out):
        out.links.append((start, len(out)))
    return -1 if is_end else len(out)


def _words(text: str, token: Token, out: TextMap) -> None:
    """Append a piece of text, every run of white space as one blank."""
    piece = unescaped(text, token.start, token.end)
    words = piece.text
    if not _RUNS.search(words):
        out.extend(piece, words)
        return
    for match in _RUN.finditer(words):
        place = piece.span(match.start(), match.end())
        if place and not match[0].isspace():
            part = piece.part(match.start(), match.end())
            out.extend(part, part.text)
        elif place and not out.last[-1:].isspace():
            out.add(" ", place.start, place.end - place.start)


def main_text(text: str) -> TextMap:
    """Return the running text of a page: blocks of words that are not navigation, boxes or lists of links."""
    out, block = TextMap(), TextMap()
    linked = 0
    stack: list[tuple[str, bool, bool]] = []
    for token in tokens(text, 0, len(text)):
        hidden = bool(stack) and stack[-1][1]
        if not token.name:
            if not hidden:
                before = len(block)
                _words(text, token, block)
                linked += len(block) - before if stack and stack[-1][2] else 0
            continue
        if token.name in _BLOCKS:
            _keep(block, linked, out, heading=bool(stack) and stack[-1][0] in ("h2", "h3"))
            block, linked = TextMap(), 0
        _follow(token, stack)
    _keep(block, linked, out, heading=False)
    return out


def _follow(token: Token, stack: list[tuple[str, bool, bool]]) -> None:
    """Keep track of the open elements, whether they hide what is in them, and whether that is in a link."""
    if token.name in VOID or token.attributes.endswith("/"):
        return
    if token.is_end:
        place = next((number for number in range(len(stack) - 1, -1, -1) if stack[number][0] == token.name), -1)
        if place >= 0:
            del stack[place:]
        return
    named = " ".join(next(filter(None, groups), "") for groups in _NAMED.findall(token.attributes))
    aside = token.name in _ASIDE or token.name == "sup" or bool(_BOILERPLATE.search(named)) or _unseen(token)
    hides = aside and token.name not in ("body", "html", "main", "article")
    _, hidden, linked = stack[-1] if stack else ("", False, False)
    stack.append((token.name, hides or hidden, linked or token.name == "a"))


def _unseen(token: Token) -> bool:
    return "display:none" in token.attributes.replace(" ", "")


def _keep(block: TextMap, linked: int, out: TextMap, *, heading: bool) -> None:
    """Append a block of words to the main text if it is text and no list of links."""
    words = block.text.strip()
    long_enough = heading or len(words.split()) > 7
    if words and long_enough and linked < 0.6 * len(block):
        out.extend(block, block.text)
        out.add("\n")


def sections(text: str) -> Iterator[tuple[str, TextMap]]:
    """Yield heading and words of the sections of a page that second-level headings divide."""
    headings = list(re.finditer(r"<h2\b[^>]*>(.*?)</h2\s*>", text, re.I | re.DOTALL))
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        name = re.sub(r"\[.*?\]", "", flatten(text, heading.start(1), heading.end(1)).text)
        yield " ".join(name.split()), flatten(text, heading.end(), end)


def infobox(text: str) -> list[tuple[str, TextMap]]:
    """Return label and cell of the rows of an encyclopedia page's infobox; the title's label is empty.

    A heading over the whole width is the label of the cell of the row below it.
    """
    begin = _INFOBOX.search(text)
    if begin and begin["name"].lower() == "div":
        begin = _TABLE.search(text, begin.end())
    if begin is None:
        return []
    rows: list[tuple[str, TextMap]] = []
    above = ""
    for cells in _box_rows(text, begin.end()):
        first = " ".join(html.unescape(cells[0][1].text).split()).lower()
        is_head = cells[0][0] != "td"
        if len(cells) > 1:
            rows.append((first, cells[1][1]))
        elif is_head and not rows:
            rows.append(("", cells[0][1]))
        elif above and not is_head:
            rows.append((above, cells[0][1]))
        above = first if is_head and len(cells) == 1 else ""
    return rows


def _box_rows(text: str, start: int) -> Iterator[list[tuple[str, TextMap]]]:
    """Yield the cells of each row of the table that begins before `start`, each with its kind; captions are rows."""
    cells: list[tuple[str, TextMap]] = []
    kind, opened, depth = "", 0, 1
    for token in tokens(text, start, len(text)):
        if token.name == "table":
            depth += -1 if token.is_end else 1
            if depth == 0:
                break
        if depth > 1 or token.name not in ("th", "td", "tr", "caption"):
            continue
        if kind:
            cells.append((kind, flatten(text, opened, token.start)))
        kind = "" if token.is_end or token.name == "tr" else token.name
        opened = token.end
        if token.name in ("tr", "caption") and cells:
            yield cells
            cells = []
    if cells:
        yield cells
