"""Markdown: its words are read as plain text, each keeping its place among the marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reelgraph.loaders import frontmatter, htmllists, markdownsheets, markdowntables, plaintext, runningtext, unwrapping
from reelgraph.loaders.base import Facts, extraction, source
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
    r"|^[ \t]{0,3}#{1,6}[ \t]+|(?<![ \t])[ \t]+#+$"
    r"|^[ \t]{0,3}(?:>[ \t]?)+|^[ \t]*[-*+][ \t]+(?=\S)|^(?:[-*_][ \t]*){3,}$|^=+$"
    r"|\\([\\`*_{}\[\]()#+.!|>~-])|\*{1,3}|~~|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])",
    re.MULTILINE,
)
_INNER = re.compile(r"\*{1,3}|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])")

#: Lines that are none of a paragraph; what the next line of a paragraph begins with.
_OWN_LINE, _GOES_ON = re.compile(r"[ \t]{0,3}[#|]|.*(?:  |\\)$", re.MULTILINE), re.compile(r"[ \t]*[^\W\d_]")


def accepts(document: Document) -> bool:
    """Whether the document is Markdown by its name."""
    return document.media_type == "text/markdown"


def load(document: Document) -> Extraction:
    """Return the facts of the words, with their places in the document; front matter says which film they are about."""
    words, matter = plain(document.text), Facts(NAME)
    film = frontmatter.read(document.text, matter)
    if film is not None:
        runningtext.write(words, film, matter)
        return extraction(NAME, source(document, "page", film), matter)
    found = plaintext.load(Document(document.name, document.sha256, "text/plain", b"", words.text))
    facts = [replace(fact, span=span) for fact in found.facts if fact.span and (span := _place(words, fact.span))]
    tables = Facts(NAME)
    films = markdowntables.read(document.text, lambda start, end: _words(document.text, start, end), tables)
    others = _under_others(document.text, facts) | (_of_rows(document.text, facts) - set(films) if films else set())
    facts = [fact for fact in facts if fact.subject not in others]
    starts = [words.origin(source.span.start) for source in found.sources[1:]]
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
        markdownsheets.labelled(words, about[0], document.text, sheets)
        facts = list(sheets)
    issues = [*matter.issues, *([] if films and not facts else found.issues), *tables.issues]
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


def _place(words: TextMap, span: Span | None) -> Span | None:
    return words.span(span.start, span.end) if span else None


def plain(text: str, start: int = 0, end: int | None = None) -> TextMap:
    """Return a text, or the part between two line ends, without its marks, each word with its place.

    >>> plain("# *Tin* by [Ada Vole](https://example.org)").text
    'Tin by Ada Vole'
    """
    return _unwrapped(_words(text, start, len(text) if end is None else end), text)


def _unwrapped(words: TextMap, text: str) -> TextMap:
    """Return words with the lines of a paragraph as one; headings, items and rows stay lines of their own."""
    found = []
    for span in unwrapping.ends(words.text):
        place = words.span(*span)
        begin = text.rfind("\n", 0, place.start) + 1 if place else 0
        if place and not _OWN_LINE.match(text, begin) and _GOES_ON.match(text, place.end):
            found.append(span)
    return unwrapping.blanks(words, found) if found else words


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
