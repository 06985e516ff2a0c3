"""The lines of a text in marks of its own, and what the blocks of such formats have in common."""

import re
from collections.abc import Callable, Iterator, Sequence

from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.transcripts import joined, unmarked

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)]|#\.)[ \t]+(?=\S)")

Span = tuple[int, int]


class Lines:
    """The lines of a text, without what ends them, and how far they have been read."""

    def __init__(self, text: str, marks: re.Pattern[str], spans: Sequence[Span] | None = None) -> None:
        self.text, self.marks = text, marks
        self.spans = [_bare(text, *match.span()) for match in _LINE.finditer(text)] if spans is None else list(spans)
        self.at = 0

    def __bool__(self) -> bool:
        return self.at < len(self.spans)

    def line(self, ahead: int = 0) -> str:
        """Return a line from here on, empty behind the last one."""
        number = self.at + ahead
        return self.text[slice(*self.spans[number])] if 0 <= number < len(self.spans) else ""

    def span(self, ahead: int = 0) -> Span:
        """Return the borders of a line from here on."""
        return self.spans[self.at + ahead]

    def take(self, goes_on: Callable[[str], bool]) -> list[Span]:
        """Read lines as long as they go on, and return their borders."""
        start = self.at
        while self and goes_on(self.line()):
            self.at += 1
        return self.spans[start : self.at]

    def skip(self, end: str) -> None:
        """Read up to the line behind the next one that is `end`."""
        self.take(lambda line: line.strip() != end)
        self.at += 1

    def words(self, *spans: Span) -> TextMap:
        """Return lines as one, without marks."""
        return unmarked(joined(self.text, spans), self.marks)

    def rest(self, first: Span, goes_on: Callable[[str], bool]) -> TextMap:
        """Read this line and those that go on with it; return its words from `first` on, and theirs, without marks."""
        self.at += 1
        return self.words(first, *self.take(goes_on))

    def part(self, match: re.Match[str], group: str | int) -> Span:
        """Return where a group of a match with the present line stands in the text."""
        start = self.spans[self.at][0]
        return start + match.start(group), start + match.end(group)

    def value(self, spans: Sequence[Span]) -> TextMap:
        """Return the value of a label: its lines as one; items of a list with commas between them."""
        out = TextMap()
        for group in _items(self.text, spans):
            words = self.words(*group)
            if len(out) and len(words):
                out.add(", ")
            out.extend(words, words.text)
        return out


def _items(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lines of each item, all of them if they are no list."""
    group: list[Span] = []
    for start, end in spans:
        bullet = _BULLET.match(text, start, end)
        if bullet and group:
            yield group
            group = []
        group.append((bullet.end() if bullet else start, end))
    if group:
        yield group


def _bare(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip())


def is_indented(line: str) -> bool:
    """Whether a line begins with blanks and says something."""
    return line[:1] in (" ", "\t") and bool(line.strip())
