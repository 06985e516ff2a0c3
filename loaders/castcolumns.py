"""Cast lists of press kits: below a heading such as `CAST`, two columns for actors and their characters."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reelgraph.loaders import vocabulary
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_LINE = re.compile(r"[^\n]+")
_COLUMNS = re.compile(
    r"\s*(?P<a>[^\s.:].{0,58}?)(?:\s*[.…]{3,}\s*|\s+(?:\. ?){3,}\s*|\s{3,}|\s*\t\s*|\s*:\s+)(?P<b>[^\s.:].{0,58}?)\s*$"
)
_FEWEST = 2


def write(text: TextMap, film: Ref, facts: Facts) -> None:
    """Write down the first cast list of a text, if it is clear which of its columns has the actors."""
    rows = _rows(text.text)
    if len(rows) < _FEWEST:
        return
    first, second = (all(has_person_shape(row[side]) for row in rows) for side in ("a", "b"))
    if first == second:
        if first:
            line = line_of(text.text, rows[0].start())
            facts.note(
                f"line {line}", "a cast list in two columns that both have names; which are the actors is not clear"
            )
        return
    actor, character = ("a", "b") if first else ("b", "a")
    for row in rows:
        cell = Cell(row[0].strip(), f"line {line_of(text.text, row.start())}", text.span(*row.span()))
        facts.add("cast", film, cell, person=Ref("person", row[actor]), character=row[character])


def _rows(text: str) -> Sequence[re.Match[str]]:
    """Return the lines of two columns below the first heading of a cast that has some."""
    for heading in _heading().finditer(text):
        found = list(_below(text, heading.end()))
        if found:
            return found
    return ()


def _below(text: str, start: int) -> Iterator[re.Match[str]]:
    for match in _LINE.finditer(text, start):
        if match[0].strip():
            columns = _COLUMNS.match(text, *match.span())
            if columns is None:
                return
            yield columns


@cache
def _heading() -> re.Pattern[str]:
    words = "|".join(str(vocabulary.table("htmllists")["headings"]["cast"]).split("\n"))
    return re.compile(rf"^[ \t]*(?:{words.strip('|')})[ \t]*(?:\([^()\n]*\))?[ \t]*:?[ \t]*$", re.I | re.M)
