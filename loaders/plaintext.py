"""Plain text: encyclopedia articles in one line or many, and dumps of review pages with several documents in one file."""

from dataclasses import replace

from reelgraph.loaders import families
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.part import Part
from reelgraph.model import Document, Extraction, Fact, Issue, SourceDocument, Span

NAME = "plaintext"
DESCRIPTION = "articles, reviews and page dumps as plain text"
PRIORITY = 90
#: Facts whose words are more than this are statements about a whole section, not quotable words.
_LONGEST_QUOTE = 1000


def accepts(document: Document) -> bool:
    """Whether the document is plain text (the last resort for everything that has no structure of its own)."""
    return document.media_type in ("text/plain", "text/markdown")


def load(document: Document) -> Extraction:
    """Return the facts of a text, each with the span of the words that say it."""
    parts = read(document)
    facts: dict[Fact, None] = {}
    for part in parts:
        for name, fact in families.extract(part):
            if _usable(fact):
                facts[_hashable(replace(fact, extractor=name))] = None
    issues = (
        ()
        if any(p.film for p in parts)
        else (Issue("note", "document", "no film recognised: stored as a source without facts"),)
    )
    return Extraction(NAME, tuple(map(_source, parts)), tuple(facts), (), issues)


def _usable(fact: Fact) -> bool:
    """Whether a fact has a subject it needs, something to say, and words short enough to quote."""
    if not fact.fields or fact.span is None or fact.span.end - fact.span.start > _LONGEST_QUOTE:
        return False
    return fact.subject is not None or fact.kind in ("citation", "people")


class _Fields(dict):  # type: ignore[type-arg]
    """Fields that can be part of a key: facts are compared by all they say."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((k, repr(v)) for k, v in self.items())))


def _hashable(fact: Fact) -> Fact:
    return replace(fact, fields=_Fields(fact.fields))


def _source(part: Part) -> SourceDocument:
    return SourceDocument(
        Span(part.start, part.end), part.kind, part.site, part.author, part.title, part.date,
        (part.film,) if part.film else (), part.evidence,
    )  # fmt: skip
