"""Values by film: sorted on disk, by SQLite, for a store may have millions of them."""

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from reelgraph.aspects import Stated

_MAKE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE stated (film, kind, source, node, aspect, scope, text, number, qualifier);
BEGIN;
"""


class Grouped:
    """Values with the numbers of their kinds, to be read by film."""

    def __init__(self, values: Iterable[tuple[int, Stated]] = ()) -> None:
        # A database without a name is a file that SQLite makes for itself, and removes.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(_MAKE)
        self.put(values)

    def put(self, values: Iterable[tuple[int, Stated]]) -> None:
        """Take in more values."""
        rows = (_row(kind, value) for kind, value in values)
        self._connection.executemany("INSERT INTO stated VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def films(self) -> Iterator[tuple[str, list[list[Stated]]]]:
        """Yield the films with their values, those of one kind after the other, whatever order they came in."""
        rows = self._connection.execute("SELECT * FROM stated ORDER BY 1, 2, 3, 4, 5, 6, 7, 9")
        for film, of_film in groupby(rows, key=lambda row: row[0]):
            yield film, [[_stated(*row) for row in of_kind] for _, of_kind in groupby(of_film, key=lambda row: row[1])]

    def close(self) -> None:
        """Remove the file."""
        self._connection.close()


def _row(kind: int, one: Stated) -> tuple[object, ...]:
    number = None if one.number is None else str(one.number)
    return one.film, kind, one.source, one.node, one.aspect, one.scope, one.text, number, one.qualifier


def _stated(
    film: str,
    _kind: int,
    source: str,
    node: str,
    aspect: str,
    scope: str,
    text: str,
    number: str | None,
    qualifier: str,
) -> Stated:
    value = None if number is None else Decimal(number)
    return Stated(film, aspect, scope, node, source, text, value, qualifier)
