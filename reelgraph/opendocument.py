"""The words of a text document of OpenDocument (ODT), as LibreOffice writes them: paragraphs, and rows of tables."""

from collections.abc import Iterator

from lxml import etree

from reelgraph import textrows

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPHS = (f"{_TEXT}h", f"{_TEXT}p")
#: What readers do not see in the text: notes beside it, what was changed, what only counts or marks.
_HIDDEN = frozenset(
    {
        *(f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_OFFICE}forms"),
        *(f"{_TEXT}{name}" for name in ("note", "tracked-changes", "sequence-decls", "ruby-text", "table-of-content")),
    }
)
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 100


def blocks(root: etree._Element, *, headed: bool = False) -> Iterator[str]:
    """Yield the paragraphs of a document, and the rows of its tables, of which those below a head are `headed`."""
    for child in root:
        if child.tag in _PARAGRAPHS:
            yield "".join(_words(child))
            yield from _framed(child)
        elif child.tag == f"{_TABLE}table-row":
            cells = [" ".join(blocks(cell)) for cell in child.iterchildren(f"{_TABLE}table-cell")]
            yield textrows.line(cells, headed=headed)
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN:
            headed = headed or child.tag == f"{_TABLE}table-header-rows"
            yield from blocks(child, headed=headed)


def _words(node: etree._Element) -> Iterator[str]:
    """Yield the words of a paragraph, of white space in the file one blank, without those of what it frames."""
    yield _single(node.text)
    for child in node:
        tag = str(child.tag)
        if tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
        elif tag in _SPACES:
            yield _SPACES[tag]
        elif isinstance(child.tag, str) and tag not in _HIDDEN and "}frame" not in tag:
            yield from _words(child)
        yield _single(child.tail)


def _single(words: str | None) -> str:
    return " ".join(f"|{words or ''}|".split())[1:-1]


def _framed(node: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of text boxes in a paragraph."""
    for child in node:
        if "}frame" in str(child.tag):
            yield from blocks(child)
