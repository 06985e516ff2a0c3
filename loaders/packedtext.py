"""Texts inside a container: e-books, texts of Word, OpenDocument and RTF, and PDF, read like plain text."""

from dataclasses import replace

from reelgraph.loaders import plaintext
from reelgraph.model import Document, Extraction

NAME = "packedtext"
DESCRIPTION = "text of EPUB, Word (DOCX), OpenDocument (ODT), RTF and, with reelgraph[pdf], PDF documents"
PRIORITY = 85

_MEDIA_TYPES = frozenset(
    {
        "application/epub+zip",
        "application/pdf",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def accepts(document: Document) -> bool:
    """Whether the document came in one of these containers."""
    return document.media_type in _MEDIA_TYPES


def load(document: Document) -> Extraction:
    """Return the facts of the text."""
    return replace(plaintext.load(replace(document, media_type="text/plain")), loader=NAME)
