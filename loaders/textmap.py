"""A text made of parts of another text, which knows where each of its characters came from."""

import html
import re
from bisect import bisect_left, bisect_right

from reelgraph.model import Span

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{2,31});")


class TextMap:
    """Collects parts of a text; parts without a place, such as a line end for `<br>`, belong to nothing."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._places: list[tuple[int, int] | None] = []
        self._length = 0
        self._text: str | None = None
        #: Borders of the parts that were links, in the collected text.
        self.links: list[tuple[int, int]] = []

    def add(self, words: str, at: int | None = None, length: int | None = None) -> None:
        """Append words that stand at `at` of the other text, where they may be `length` long (`&amp;` for `&`)."""
        if words:
            self._starts.append(self._length)
            self._places.append(None if at is None else (at, len(words) if length is None else length))
            self._parts.append(words)
            self._length += len(words)
            self._text = None

    def extend(self, other: "TextMap", words: str) -> None:
        """Append another map of the same text, its words replaced by as many others."""
        for begin, own, place in zip(other._starts, other._parts, other._places, strict=True):
            self.add(words[begin : begin + len(own)], *(place or (None, None)))

    def __len__(self) -> int:
        return self._length

    @property
    def last(self) -> str:
        """The part added last."""
        return self._parts[-1] if self._parts else ""

    @property
    def text(self) -> str:
        """The collected text."""
        if self._text is None:
            self._text = "".join(self._parts)
        return self._text

    def part(self, start: int, end: int) -> "TextMap":
        """Return the map of `text[start:end]`."""
        result = TextMap()
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._starts) and self._starts[index] < end:
            begin, words, place = self._starts[index], self._parts[index], self._places[index]
            low, high = max(start - begin, 0), min(end - begin, len(words))
            if place is not None and place[1] == len(words):
                result.add(words[low:high], place[0] + low)
            else:
                result.add(words[low:high], *(place or (None, None)))
            index += 1
        result.links = [(low - start, high - start) for low, high in self.links if start <= low and high <= end]
        return result

    def span(self, start: int, end: int) -> Span | None:
        """Return where `text[start:end]` stands in the other text, from its first to its last placed character."""
        found = range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end))
        first = next((place for index in found if (place := self._place(index, start, end))), None)
        last = next((place for index in reversed(found) if (place := self._place(index, start, end))), None)
        return Span(first[0], last[1]) if first and last and first[0] < last[1] else None

    def origin(self, start: int) -> int:
        """Return where the text from `start` on begins in the other text, `start` itself if none of it has a place."""
        found = self.span(start, len(self))
        return found.start if found else start

    def _place(self, index: int, start: int, end: int) -> tuple[int, int] | None:
        """Return where what `text[start:end]` has of a part stands in the other text, None if it has no place."""
        place, begin, size = self._places[index], self._starts[index], len(self._parts[index])
        if place is None or place[1] != size:
            return place and (place[0], place[0] + place[1])
        return place[0] + max(start - begin, 0), place[0] + min(end - begin, size)


def unescaped(text: str, start: int, end: int) -> TextMap:
    """Return `text[start:end]` with its XML or HTML entities resolved."""
    result = TextMap()
    here = start
    for match in _ENTITY.finditer(text, start, end):
        character = html.unescape(match[0])
        if character != match[0]:
            result.add(text[here : match.start()], here)
            result.add(character, match.start(), len(match[0]))
            here = match.end()
    result.add(text[here:end], here)
    return result
