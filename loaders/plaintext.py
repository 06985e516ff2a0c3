"""Plain text: encyclopedia articles, reviews, and dumps of review pages with several documents in one file."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from reelgraph.loaders import families, otherworks, plainmarks
from reelgraph.loaders.placing import placed
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.unread import unread
from reelgraph.model import Document, Extraction, Fact, Issue, Ref, SourceDocument, Span

NAME = "plaintext"
DESCRIPTION = "articles, reviews and page dumps as plain text"
PRIORITY = 90
#: Facts whose words are more than this are statements about a whole section, not quotable words.
_LONGEST_QUOTE = 1000
#: The kinds whose facts need no film.
_WITHOUT_FILM = frozenset({"citation", "people"})
#: The kinds that a heading such as `Solaris (1961)`, and labels that recipes and songs have too, give by themselves.
_ONLY_NAMED = frozenset({"title", "year", "country", "language"})


def accepts(document: Document) -> bool:
    """Whether the document is plain text (the last resort for everything that has no structure of its own)."""
    return document.media_type in ("text/plain", "text/markdown")


def load(document: Document) -> Extraction:
    """Return the facts of a text, each with the span of the words that say it; signs of emphasis are no words."""
    words = plainmarks.words(document.text)
    return placed(_read(replace(document, text=words.text)), words, document.text) if words else _read(document)


def _read(document: Document) -> Extraction:
    parts = read(document)
    _drop_others(parts, document.text)
    found = distinct(found for part in parts for found in families.extract(part))
    facts = _drop_named(parts, found, document.text)
    return Extraction(NAME, tuple(map(_source, parts)), facts, (), tuple(_issues(parts, facts)))


def _drop_others(parts: Sequence[Part], text: str) -> None:
    """Take the film from parts that are about another work or a list, judged by all that the parts of one film say."""
    words: dict[Ref, str] = {}
    for part in parts:
        if part.film:
            words[part.film] = f"{words.get(part.film, '')}\n{text[part.start : part.end]}"
    others = {film for film, said in words.items() if otherworks.says_other(said) or otherworks.is_list(film.name)}
    _drop(parts, others)


def _drop(parts: Iterable[Part], films: AbstractSet[Ref]) -> None:
    for part in parts:
        if part.film in films:
            part.film = None


def _drop_named(parts: Sequence[Part], facts: Sequence[Fact], text: str) -> tuple[Fact, ...]:
    """Drop films with but a title and a year, as books and wines have them, if nothing says that they are films."""
    named = only_named(facts)
    told = any(part.film and part.film not in named for part in parts)
    if not named or told or otherworks.says_film(text):
        return tuple(facts)
    _drop(parts, named)
    return tuple(fact for fact in facts if fact.subject not in named)


def only_named(facts: Sequence[Fact]) -> set[Ref]:
    """Return the films of which facts say nothing but title and year."""
    told = {fact.subject for fact in facts if fact.kind not in _ONLY_NAMED}
    return {fact.subject for fact in facts if fact.subject and fact.subject not in told}


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
    start = min(part.start, part.box.start) if part.box else part.start
    return SourceDocument(
        Span(start, part.end), part.kind, part.site, part.author, part.title, part.date,
        (part.film,) if part.film else (), part.evidence,
    )  # fmt: skip
