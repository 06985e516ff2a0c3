"""What was read in a text made of parts of a document, with the places in the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reelgraph.loaders.base import line_of
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Extraction, Fact, Issue, SourceDocument, Span

_LINE = re.compile(r"\bline (\d+)")


class _Lines:
    """The numbers of a document's lines for those of a text made of its parts."""

    def __init__(self, words: TextMap, text: str) -> None:
        self.words, self.text = words, text
        self.starts = [0, *(match.end() for match in re.finditer("\n", words.text))]
        self.known: dict[int, int] = {}

    def number(self, match: re.Match[str]) -> str:
        line = min(int(match[1]), len(self.starts))
        if line not in self.known:
            place = self.words.origin(self.starts[max(line, 1) - 1])
            self.known[line] = line_of(self.text, min(place, len(self.text)))
        return f"line {self.known[line]}"

    def of(self, pointer: str) -> str:
        """Return words with the numbers of the lines in the document."""
        return _LINE.sub(self.number, pointer)


def placed(found: Extraction, words: TextMap, text: str) -> Extraction:
    """Return what was read in a text made of parts of another, with the places in that; what has none is left out."""
    lines = _Lines(words, text)
    facts = tuple(one for fact in found.facts if (one := _fact(fact, words, lines)))
    starts = [0, *(words.origin(one.span.start) for one in found.sources[1:]), len(text)]
    sources = tuple(_sources(found.sources, starts, words))
    issues = tuple(Issue(one.severity, lines.of(one.place), lines.of(one.message)) for one in found.issues)
    return replace(found, sources=sources, facts=facts, issues=issues)


def _fact(fact: Fact, words: TextMap, lines: _Lines) -> Fact | None:
    span = words.span(fact.span.start, fact.span.end) if fact.span else None
    if span is None and fact.span is not None:
        return None
    return replace(fact, span=span, pointer=lines.of(fact.pointer))


def _sources(found: Sequence[SourceDocument], starts: Sequence[int], words: TextMap) -> Iterator[SourceDocument]:
    for one, start, end in zip(found, starts, starts[1:], strict=False):
        evidence = words.span(one.evidence.start, one.evidence.end) if one.evidence else None
        yield replace(one, span=Span(start, end), evidence=evidence)
