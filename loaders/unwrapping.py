"""Lines of a paragraph that were broken to fit a width, as in e-mails and notes: their ends are but blanks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reelgraph.loaders.textmap import TextMap

_LINE = re.compile(r"[^\n]*\n?")
_LABEL = re.compile(r"[ \t]*[^\n:]{1,30}:(?:\s|$)")
#: Lines are not broken before so many characters, and not after so many.
_LEAST, _MOST = 40, 110


def ends(text: str) -> list[tuple[int, int]]:
    """Return the borders of line ends inside of paragraphs."""
    found: list[tuple[int, int]] = []
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if match[0].strip():
            lines.append(match.span())
        else:
            found += _inside(text, lines)
            lines = []
    return found


def _inside(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ends of the lines of a paragraph that the next one's first word would not have fitted into."""
    longest = max((len(text[start:end].rstrip()) for start, end in lines), default=0)
    for (start, end), (_, following) in pairwise(lines) if longest <= _MOST else ():
        line, word = text[start:end].rstrip(), text[end:following].split(None, 1)[0]
        full = len(line) + 1 + len(word) > longest and line[-1] not in ".!?:" and not _LABEL.match(text, end)
        if len(line) >= _LEAST and word[0].isalpha() and (full or word[0].islower()):
            yield start + len(line), end


def blanks(words: TextMap, found: Iterable[tuple[int, int]]) -> TextMap:
    """Return words with one blank in place of each of some line ends."""
    out, here = TextMap(), 0
    for start, end in found:
        part, place = words.part(here, start), words.span(start, end)
        out.extend(part, part.text)
        out.add(" ", *((place.start, place.end - place.start) if place else ()))
        here = end
    rest = words.part(here, len(words))
    out.extend(rest, rest.text)
    return out
