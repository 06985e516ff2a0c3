"""reStructuredText, AsciiDoc and Org: read as Markdown is, each word with its place among the marks."""

from collections.abc import Callable, Iterator

from reelgraph.loaders import asciidoc, orgmode, restructured, transcripts
from reelgraph.loaders.transcripts import Block
from reelgraph.model import Document, Extraction

NAME = "lightmarkup"
DESCRIPTION = "articles, notes and lists in reStructuredText, AsciiDoc and Org"
PRIORITY = 70

_FORMATS: dict[str, Callable[[str], Iterator[Block]]] = {
    "text/x-rst": restructured.blocks,
    "text/asciidoc": asciidoc.blocks,
    "text/x-org": orgmode.blocks,
}


def accepts(document: Document) -> bool:
    """Whether the document is in one of the formats."""
    return document.media_type in _FORMATS


def load(document: Document) -> Extraction:
    """Return the facts of the words, with their places in the document."""
    blocks = _FORMATS[document.media_type](document.text)
    return transcripts.load(document, transcripts.markdown_of(blocks), NAME)
