"""Plain text: encyclopedia articles, reviews, and dumps of review pages with several documents in one file."""

from collections.abc import Iterable, Sequence

from reelgraph.loaders import families
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.unread import unread
from reelgraph.model import Document, Extraction, Fact, Issue, SourceDocument, Span

NAME = "plaintext"
DESCRIPTION = "articles, reviews and page dumps as plain text"
PRIORITY = 90
#: Facts whose words are more than this are statements about a whole section, not quotable words.
_LONGEST_QUOTE = 1000
#: The kinds whose facts need no film.
_WITHOUT_FILM = frozenset({"citation", "people"})


def accepts(document: Document) -> bool:
    """Whether the document is plain text (the last resort for everything that has no structure of its own)."""
    return document.media_type in ("text/plain", "text/markdown")


def load(document: Document) -> Extraction:
    """Return the facts of a text, each with the span of the words that say it."""
    parts = read(document)
    facts = distinct(found for part in parts for found in families.extract(part))
    return Extraction(NAME, tuple(map(_source, parts)), facts, (), tuple(_issues(parts, facts)))


def distinct(found: Iterable[tuple[str, Fact]]) -> tuple[Fact, ...]:
    """Return the facts that can be quoted, each once, with the names of their extractors."""
    facts: dict[object, Fact] = {}
    for name, fact in found:
        if _usable(fact):
            key = (fact.kind, fact.subject, fact.span, fact.source, fact.status, frozenset(fact.fields.items()))
            if key not in facts:
                facts[key] = _found_by(name, fact)
    return tuple(facts.values())


def _found_by(name: str, fact: Fact) -> Fact:
    """Return the fact with its extractor's name; said field by field, since `replace` is slow."""
    return Fact(
        fact.kind, fact.subject, fact.fields, fact.span, fact.pointer, fact.quote, fact.source, fact.status, name
    )  # fmt: skip


def _usable(fact: Fact) -> bool:
    """Whether a fact has a subject it needs, something to say, and words short enough to quote."""
    if not fact.fields or fact.span is None or not 0 < fact.span.end - fact.span.start <= _LONGEST_QUOTE:
        return False
    return fact.subject is not None or fact.kind in _WITHOUT_FILM


def _issues(parts: Sequence[Part], facts: Sequence[Fact]) -> Iterable[Issue]:
    """Yield what was not understood: no film, and for each kind how many sentences state something nobody read."""
    if not any(part.film for part in parts):
        yield Issue("note", "document", "no film recognised: stored as a source without facts")
        return
    for what, count in sorted(unread(parts, facts).items()):
        yield Issue("note", "document", f"sentences with a{'n' if what[0] in 'ai' else ''} {what} and no fact: {count}")


def _source(part: Part) -> SourceDocument:
    return SourceDocument(
        Span(part.start, part.end), part.kind, part.site, part.author, part.title, part.date,
        (part.film,) if part.film else (), part.evidence,
    )  # fmt: skip
