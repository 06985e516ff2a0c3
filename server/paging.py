"""Long lists page by page, by `?page=`."""

from dataclasses import dataclass

from flask import request

#: Things on one page of a list.
MOST = 200


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page of a list is shown, how many pages and things the list has."""

    number: int
    last: int
    total: int

    @property
    def has_more(self) -> bool:
        """Whether there is a page after this one."""
        return self.number < self.last


def number() -> int:
    """Return the number of the page that the request asks for, 1 if it asks for none or for nonsense."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and text.isascii() and len(text) < 7 else 1


def paged(total: int, most: int = MOST) -> Paged:
    """Return where the request is in a list of so many things."""
    return Paged(number(), -(-total // most), total)


def window(most: int = MOST) -> slice:
    """Return the part of a list that is on the page asked for."""
    return slice((number() - 1) * most, number() * most)
