"""The entries of an infobox cell or a list: names of people, companies and countries, each with its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders import vocabulary
from reelgraph.loaders.base import Cell
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Span

_NOTE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_EDGES = ' \t\u00a0\u200b,;:*•·–—"“”|'
#: Quotation marks that belong together, as in `Zespół „Kadr”`.
_QUOTES = (("„", "”"), ("„", "“"), ("“", "”"), ("«", "»"), ("‘", "’"))
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)
_NOT_NAMES = re.compile(
    r"^(?:cast|starring|with|see|see below|various|n/?a|none|unknown|tb[ad]|etc\.?|et al\.?|others?|and others|"
    r"a\.?c\.?e\.?|a\.?s\.?c\.?|b\.?s\.?c\.?|a\.?c\.?s\.?|c\.?s\.?c\.?|b\.?v\.?k\.?|a\.?f\.?c\.?|a\.?i\.?c\.?|i\.?s\.?c\.?|p\.?g\.?a\.?)[.:]?$",
    re.I,
)
_LABEL = re.compile(r"\s*[^\W\d_][\w ]{2,20}:\s+")
_JUNIOR = re.compile(r"(?:Jr|Sr|II|III|IV)\b\.?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words, the notes in brackets after it, and its cell as evidence."""

    text: str
    notes: tuple[str, ...]
    cell: Cell


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries stand: the pointer of their cell, and how places in the wikitext become places in the document."""

    pointer: str
    to_document: Callable[[Span], Span | None]

    def cell(self, text: TextMap, start: int, end: int) -> Cell:
        """Return the cell for part of a text."""
        words = text.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        inner = text.span(start, end)
        return Cell(" ".join(text.text[start:end].split()), self.pointer, self.to_document(inner) if inner else None)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(str(vocabulary.table("infobox")["names"][key]), re.I)


def lines(text: TextMap, place: Place) -> Iterator[Entry]:
    """Yield the lines of a cell."""
    for match in re.finditer(r"[^\n]+", text.text):
        entry = _entry(text, match.start(), match.end(), place)
        if entry:
            yield entry


def people(text: TextMap, place: Place) -> Iterator[Entry]:
    """Yield the names of a cell: divided by lines, commas, strokes and `and`."""
    over = 0
    for start, end in _divided(text.text, r"[\n\v]|,(?=\s)|;|\s/\s|/(?=\s)|\s•\s|\s·\s", _JUNIOR):
        if start < over:
            continue
        aside = _pattern("asides").search(text.text, start, end)
        if aside:
            end, over = aside.start(), _line_end(text.text, end)
        label = _LABEL.match(text.text, start, end)
        start = label.end() if label else start
        for first, last in () if text.text[start:end].rstrip().endswith(":") else _joined(text.text, start, end):
            entry = _entry(text, first, last, place)
            if entry and _LETTERS.search(entry.text):
                yield entry


def _line_end(text: str, at: int) -> int:
    """Return where the line that holds a place ends."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def companies(text: TextMap, place: Place) -> Iterator[Entry]:
    """Yield the companies of a cell: divided by lines and commas, but not before `Inc.` and its like."""
    for start, end in _divided(text.text, r"\n|,(?=\s)|;|\s/\s|\s•\s|\s·\s", _pattern("companies_kept")):
        partners = _pattern("partners").match(text.text, start, end)
        start = partners.end() if partners else start
        for first, last in _linked(text, start, end):
            entry = _entry(text, first, last, place)
            if entry and _LETTERS.search(entry.text):
                yield entry


def _linked(text: TextMap, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of companies joined by `and`, where both are links and so two companies."""
    ends, begins = {high for _, high in text.links}, {low for low, _ in text.links}
    for match in _pattern("joining").finditer(text.text, start, end):
        if match.start() in ends and match.end() in begins:
            yield start, match.start()
            start = match.end()
    yield start, end


def _divided(text: str, at: str, kept: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the borders of the parts of a text outside brackets; a part that only `kept` begins belongs to the last."""
    begin, depth, borders = 0, 0, []
    divider = re.compile(rf"(?P<open>[(\[])|(?P<close>[)\]])|(?P<cut>{at})")
    for match in divider.finditer(text):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth = max(depth - 1, 0)
        elif (depth == 0 or match[0] == "\n") and not kept.match(text[match.end() :].lstrip(" ")):
            borders.append((begin, match.start()))
            begin = match.end()
            depth = 0
    yield from (*borders, (begin, len(text)))


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of names joined by `and`, where what is joined are names and not one firm's."""
    part = text[start:end]
    match = _pattern("joining").search(part)
    if match is None or "(" in part[: match.start()] or _pattern("organization").search(part):
        yield start, end
        return
    yield start, start + match.start()
    yield from _joined(text, start + match.end(), end)


def _entry(text: TextMap, start: int, end: int, place: Place) -> Entry | None:
    """Return the entry between two borders without blanks, list marks and notes, None if nothing is left."""
    words = text.text[start:end]
    notes = tuple(note.strip() for note in _NOTE.findall(words) if note.strip())
    bare = _NOTE.sub(lambda match: " " * len(match[0]), words)
    left = len(bare) - len(bare.lstrip(_EDGES))
    bare = bare.strip(_EDGES)
    if any(
        bare.count(opened) > bare.count(closed) and words[left + len(bare) :].startswith(closed)
        for opened, closed in _QUOTES
    ):
        bare = words[left : left + len(bare) + 1]
    name = " ".join(bare.split())
    name = re.sub(r"^(?:and|et|und|with)\s+", "", name)
    if not name or _NOT_NAMES.match(name):
        return None
    first = start + left
    return Entry(name, notes, place.cell(text, first, first + len(bare)).part(name))


def is_uncredited(words: str) -> bool:
    """Whether the words about a person say that the film does not name them."""
    return _pattern("uncredited").search(words) is not None


def is_organization(name: str) -> bool:
    """Whether a name among people is a firm's, as in `National Film Board of Canada`."""
    return bool(_pattern("organization").search(name))
