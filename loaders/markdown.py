"""Markdown: its words are read as plain text, each keeping its place among the marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reelgraph.loaders import htmllists, markdownsheets, markdowntables, plaintext
from reelgraph.loaders.base import Facts
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.model import Document, Extraction, Fact, Ref, Span

NAME = "markdown"
DESCRIPTION = "articles, reviews and notes in Markdown"
PRIORITY = 80

#: What is left out, or replaced by its first group that matched.
_MARKS = re.compile(
    r"\A---\n(?:.*\n)*?---(?:\n|\Z)|<!--[\s\S]*?-->|```[\s\S]*?(?:```|\Z)"
    r"|!\[[^\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|\[([^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[([^\[\]\n]+)\]\[[^\]\n]*\]"
    r"|^\[[^\]\n]+\]:.*$|\[\^[^\]\n]+\]|<(https?://[^>\s]+)>|</?[a-zA-Z][^<>\n]*>"
    r"|^[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#+$|^[ \t]{0,3}(?:>[ \t]?)+|^[ \t]*[-*+][ \t]+(?=\S)|^(?:[-*_][ \t]*){3,}$|^=+$"
    r"|\\([\\`*_{}\[\]()#+.!|>~-])|\*{1,3}|~~|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])",
    re.MULTILINE,
)
_INNER = re.compile(r"\*{1,3}|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])")


def accepts(document: Document) -> bool:
    """Whether the document is Markdown by its name."""
    return document.media_type == "text/markdown"


def load(document: Document) -> Extraction:
    """Return the facts of the words, with their places in the document."""
    words = plain(document.text)
    found = plaintext.load(Document(document.name, document.sha256, "text/plain", b"", words.text))
    facts = [replace(fact, span=span) for fact in found.facts if fact.span and (span := _place(words, fact.span))]
    tables = Facts(NAME)
    films = markdowntables.read(document.text, lambda start, end: _words(document.text, start, end), tables)
    others = _under_others(document.text, facts) | (_of_rows(document.text, facts) - set(films) if films else set())
    facts = [fact for fact in facts if fact.subject not in others]
    starts = [_start(words, source.span.start) for source in found.sources[1:]]
    borders = [0, *starts, len(document.text)]
    sources = [
        replace(
            source,
            span=Span(start, end),
            evidence=_place(words, source.evidence),
            about=tuple(film for film in source.about if film not in others),
        )
        for source, start, end in zip(found.sources, borders, borders[1:], strict=False)
    ]
    if films:
        sources[0] = replace(sources[0], about=tuple(dict.fromkeys((*sources[0].about, *films))))
    about = list(dict.fromkeys(film for one in sources for film in one.about))
    if len(about) == 1 and not films:
        sheets = Facts(NAME)
        for fact in facts:
            sheets.keep(fact)
        markdownsheets.read(document.text, lambda start, end: _words(document.text, start, end), about[0], sheets)
        facts = list(sheets)
    issues = tables.issues if films and not facts else [*found.issues, *tables.issues]
    return Extraction(NAME, tuple(sources), (*facts, *tables), found.triples, tuple(issues))


def _under_others(text: str, facts: Sequence[Fact]) -> set[Ref]:
    """Return the films that are but titles and years under a heading such as `## Books`."""
    above = {
        fact.subject: markdowntables.heading_above(text, fact.span.start)
        for fact in facts
        if fact.span and fact.kind == "title"
    }
    named = plaintext.only_named(facts)
    return {film for film in named if film in above and htmllists.says((above[film],), "other")}


def _of_rows(text: str, facts: Sequence[Fact]) -> set[Ref]:
    """Return the films of which only the rows of tables, read as running text, seemed to say something."""
    rows = [match.span() for match in markdowntables.TABLE.finditer(text)]
    said = [(fact.subject, fact.span) for fact in facts if fact.subject and fact.span and fact.kind != "title"]
    inside = [any(low < span.end and span.start < high for low, high in rows) for _, span in said]
    told = {film for (film, _), is_row in zip(said, inside, strict=True) if not is_row}
    return {film for (film, _), is_row in zip(said, inside, strict=True) if is_row} - told


def _start(words: TextMap, place: int) -> int:
    found = words.span(place, len(words))
    return found.start if found else place


def _place(words: TextMap, span: Span | None) -> Span | None:
    return words.span(span.start, span.end) if span else None


def plain(text: str) -> TextMap:
    """Return a text without its marks, each word with its place.

    >>> plain("# *Tin* by [Ada Vole](https://example.org)").text
    'Tin by Ada Vole'
    """
    return _words(text, 0, len(text))


def _words(text: str, start: int, end: int) -> TextMap:
    result = TextMap()
    for first, last in _kept(text, start, end):
        part = unescaped(text, first, last)
        result.extend(part, part.text)
    return result


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the borders of what is no mark in a part of a text."""
    here = start
    for match in _MARKS.finditer(text, start, end):
        yield here, match.start()
        if match.lastindex:
            inside, last = match.span(match.lastindex)
            for mark in _INNER.finditer(text, inside, last if text[match.start()] != "\\" else inside):
                yield inside, mark.start()
                inside = mark.end()
            yield inside, last
        here = match.end()
    yield here, end
