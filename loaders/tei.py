"""TEI: edited texts in XML. Their running text is read, and so are their lists, tables and lists of the cast."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from reelgraph.loaders import transcripts, xmltext, xmlwords
from reelgraph.loaders.base import Facts
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import Block
from reelgraph.loaders.xmlwords import Piece
from reelgraph.model import Document, Extraction, Span

NAME = "tei"
DESCRIPTION = "texts encoded in TEI (XML): their running text, lists, tables and lists of the cast"
PRIORITY = 10

_ROOTS = ("TEI", "TEI.2", "teiCorpus")
_TEXTS = ("TEI", "TEI.2")
#: What editors note beside the words, and what they show in place of others.
_HIDDEN = frozenset(
    re.findall(r"\w+", "abbr back del figDesc figure formula fw gap graphic index note orig roleDesc sic surplus")
)
_NESTED = frozenset({"castList", "floatingText", "list", "table"})
_APART = frozenset(re.findall(r"\w+", "ab cb cell head item l label lb lg milestone p pb quote row said sp"))
_HEADS = frozenset({"head", "titlePart"})
_PARAGRAPHS = frozenset(re.findall(r"\w+", "ab argument byline closer dateline l opener p speaker stage trailer"))


def accepts(document: Document) -> bool:
    """Whether the root element is one of TEI."""
    return xmltext.root_name(document.text) in _ROOTS


def load(document: Document) -> Extraction:
    """Return what each text says, with its places in the document."""
    general = Facts(NAME)
    _, error = xmltext.parse_partly(document.text)
    if error:
        place = f"line {error.line}"
        general.warn(place, f"the XML breaks off or is wrong here ({error}); what stands before it is loaded")
    root = xmlwords.read(_sound(document.text, error.line if error else 0))
    found = [_read(one, document) for one in root.all(*_TEXTS)] or [_read(root, document)]
    sources = [source for one in found for source in one.sources]
    facts, before = [], 0
    for one in found:
        facts += [replace(fact, source=fact.source + before) for fact in one.facts]
        before += len(one.sources)
    issues = (*general.issues, *(issue for one in found for issue in one.issues))
    return Extraction(NAME, tuple(sources), tuple(facts), (), issues)


def _sound(text: str, line: int) -> str:
    """Return what stands before the line in which a text breaks off."""
    return "".join(text.splitlines(keepends=True)[: line - 1]) if line else text


def _read(piece: Piece, document: Document) -> Extraction:
    """Return what one text says; who wrote it, and what it is called, its header says."""
    texts = [one for one in piece.children if one.name == "text"] or list(piece.all("text"))
    blocks = (block for text in texts for block in _blocks(document.text, text, 1))
    found = transcripts.load(document, transcripts.markdown_of(blocks), NAME)
    header = next((one for one in piece.children if one.name == "teiHeader"), piece)
    title, author = (_called(document.text, header, name) for name in ("title", "author"))
    alone = len(found.sources) == 1
    whole = Span(piece.start, min(piece.end, len(document.text)))
    sources = (
        replace(one, span=whole if alone else one.span, title=title or one.title, author=one.author or author)
        for one in found.sources
    )
    return replace(found, sources=tuple(sources))


def _called(text: str, header: Piece, name: str) -> str:
    statement = next(header.all("titleStmt"), None)
    found = next(statement.all(name), None) if statement else None
    return _words(text, found).text if found else ""


def _words(text: str, piece: Piece) -> TextMap:
    return xmlwords.words(text, piece, _HIDDEN | _NESTED, _APART)


def _blocks(text: str, piece: Piece, depth: int) -> Iterator[Block]:
    """Yield the blocks of an element; headings are as deep as the divisions that they head."""
    for one in piece.children:
        if one.name in _HIDDEN:
            continue
        if one.name in _HEADS:
            yield Block("heading", (_words(text, one),), depth)
        elif one.name in _PARAGRAPHS:
            yield Block("paragraph", (_words(text, one),))
            for inner in one.all(*_NESTED):
                yield from _blocks(text, Piece("", {}, 0, 0, [inner]), depth)
        elif one.name == "list":
            yield from _list(text, one, depth)
        elif one.name == "table":
            yield from _table(text, one)
        elif one.name == "castList":
            yield from _cast(text, one, depth)
        else:
            yield from _blocks(text, one, depth + (one.name.startswith("div")))


def _list(text: str, piece: Piece, depth: int) -> Iterator[Block]:
    """Yield a list: labels with the items that follow them, or items."""
    heads = [one for one in piece.children if one.name == "head"]
    yield from (Block("heading", (_words(text, one),), depth) for one in heads)
    parts = [one for one in piece.children if one.name in ("label", "item")]
    pairs = [two for two in pairwise(parts) if (two[0].name, two[1].name) == ("label", "item")]
    if len(pairs) * 2 == len(parts):
        yield Block("labels", rows=tuple((_label(text, one), _words(text, other)) for one, other in pairs))
        return
    for item in (one for one in parts if one.name == "item"):
        yield Block("item", (_words(text, item),))
        for inner in item.all(*_NESTED):
            yield from _blocks(text, Piece("", {}, 0, 0, [inner]), depth + 1)


def _label(text: str, piece: Piece) -> TextMap:
    """Return a label without the colon that may end it."""
    found = _words(text, piece)
    return found.part(0, len(found.text.rstrip(" :")))


def _table(text: str, piece: Piece) -> Iterator[Block]:
    """Yield a table; its first row is its head if it or its cells are said to be labels."""
    rows = list(piece.all("row"))
    cells = [[one for one in row.children if one.name == "cell"] for row in rows]
    first = [one.attributes.get("role") == "label" for one in cells[0]] if cells else []
    headed = bool(rows) and (rows[0].attributes.get("role") == "label" or (bool(first) and all(first)))
    yield transcripts.table([[_words(text, cell) for cell in row] for row in cells], headed=headed)


def _cast(text: str, piece: Piece, depth: int) -> Iterator[Block]:
    """Yield who plays whom as a table, and the heads above it."""
    yield from (Block("heading", (_words(text, one),), depth) for one in piece.all("head"))
    rows = []
    for item in piece.all("castItem"):
        role, actor = next(item.all("role"), None), next(item.all("actor"), None)
        if role and actor:
            rows.append((_words(text, role), _words(text, actor)))
    if rows:
        head = TextMap(), TextMap()
        for words, name in zip(head, ("Character", "Actor"), strict=True):
            words.add(name)
        yield transcripts.table([head, *rows], headed=True)
