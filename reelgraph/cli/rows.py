"""The rows of a query as people want to read them; the formats for programs hold every column and row as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

#: The columns that say where a row was read.
EVIDENCE = ("source", "quote", "start", "end")
QUOTE_LENGTH = 80
#: What a terminal has no room for: the digits of which a document's IRI has the first.
_LONG = ("sha256",)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of text: the titles of its columns, its rows, and how many rows the answer had."""

    titles: Sequence[str]
    cells: Sequence[Sequence[str]]
    total: int


def readable(names: Sequence[str], rows: Sequence[Sequence[str]], titles: Mapping[str, str], base: str) -> Rows:
    """Fold the rows that differ only in their evidence, each with one quote and the number of its sources.

    Left out are columns without any value, hashes, and IRIs that have a name beside them; other IRIs are written
    without the base that they share.
    """
    kept = [(index, name) for index, name in enumerate(names) if name not in _LONG]
    filled = [name for index, name in kept if any(row[index] for row in rows)] or list(names)
    is_cited = {"source", "quote"} <= set(filled)
    shown = [name for name in filled if f"{name}Name" not in filled and not (is_cited and name in EVIDENCE)]
    places = [names.index(name) for name in shown]
    if not is_cited:
        cells = [[row[place].removeprefix(base) for place in places] for row in rows]
        return Rows([titles.get(name, name) for name in shown], cells, len(rows))
    source, quote = names.index("source"), names.index("quote")
    folded: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in rows:
        key = tuple(row[place].removeprefix(base) for place in places)
        folded.setdefault(key, []).append((row[source], row[quote]))
    cells = [[*key, str(len({one for one, _ in found})), _words(found)] for key, found in folded.items()]
    return Rows([*(titles.get(name, name) for name in shown), "Sources", "Quote"], cells, len(rows))


def _words(found: Sequence[tuple[str, str]]) -> str:
    """The first quote, on one line, cut to a length that a table has room for."""
    quote = next((words for _, words in found if words), "")
    return shorten(quote, QUOTE_LENGTH, placeholder=" …")
