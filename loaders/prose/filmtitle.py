"""A film's titles as they stand in a text: found by plain search, since a pattern of its own costs each text more."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Mention(NamedTuple):
    """A place of a title, asked like a match."""

    first: int
    last: int

    def start(self) -> int:
        """Return the offset of the title."""
        return self.first

    def end(self) -> int:
        """Return the offset behind the title."""
        return self.last


class FilmTitles:
    """Finds any of some titles, the longest first, as whole words; asked like a compiled pattern."""

    __slots__ = ("_titles",)

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = tuple(sorted({title for title in titles if title}, key=lambda title: (-len(title), title)))

    def search(self, text: str, position: int = 0) -> Mention | None:
        """Return the first title in `text` from `position` on, bare or in quotes.

        >>> FilmTitles(["Her"]).search("Here and 'Her' or Her house")
        Mention(first=10, last=13)
        """
        found = (_next(title, text, position) for title in self._titles)
        return min((mention for mention in found if mention), key=_order, default=None)

    def match(self, text: str, position: int = 0) -> Mention | None:
        """Return the title that begins at `position`."""
        for title in self._titles:
            if text.startswith(title, position) and _is_whole(text, position, position + len(title)):
                return Mention(position, position + len(title))
        return None

    def fullmatch(self, text: str) -> Mention | None:
        """Return the title that `text` is."""
        return Mention(0, len(text)) if text in self._titles else None

    def masked(self, text: str) -> str:
        """Return `text` with its titles blanked out: what they say is not said of the film.

        >>> FilmTitles(["Never So Far"]).masked("Never So Far is never dull")
        '             is never dull'
        """
        for found in list(self.finditer(text)):
            text = text[: found.first] + " " * (found.last - found.first) + text[found.last :]
        return text

    def finditer(self, text: str) -> Iterator[Mention]:
        """Yield all places of the titles from left to right, none inside another."""
        # each title's next place is kept, so that the text is gone through once for each title
        ahead = {title: found for title in self._titles if (found := _next(title, text, 0))}
        while ahead:
            mention = min(ahead.values(), key=_order)
            yield mention
            for title, found in list(ahead.items()):
                if found.first < mention.last:
                    if later := _next(title, text, mention.last):
                        ahead[title] = later
                    else:
                        del ahead[title]


def _order(mention: Mention) -> tuple[int, int]:
    """Return what the first mention, of those at one place the longest, has the least of."""
    return mention.first, -mention.last


def _next(title: str, text: str, position: int) -> Mention | None:
    """Return the first place of one title from `position` on."""
    while (start := text.find(title, position)) >= 0:
        if _is_whole(text, start, start + len(title)):
            return Mention(start, start + len(title))
        position = start + 1
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or apostrophe stands before `text[start:end]`, and none but an apostrophe behind."""
    before, behind = text[start - 1] if start else "", text[end] if end < len(text) else ""
    torn = before.isalnum() or before == "_" or behind.isalnum() or behind == "_"
    return not torn and (before != "'" or "'" in text[end : end + 2])
