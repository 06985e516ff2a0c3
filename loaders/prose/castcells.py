"""Cast tables that kept the tabs between their cells: `Actor<tab>Role`, below it `Ann Lee<tab>Rose`."""

import re

from reelgraph.loaders.prose.castrun import Entry, Run
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import NameTable, clean, has_person_shape, is_organisation

_CELL = re.compile(r"[^\t\n]*[^\s][^\t\n]*")
_ACTOR = re.compile(r"(?:actors?|actress|performers?|artistes?|cast|player|actors?(?:'s)? name)", re.IGNORECASE)
_ROLE = re.compile(r"(?:roles?|characters?|character(?:'s)? name|as)", re.IGNORECASE)
_FEWEST = 2


def runs(text: str, start: int, end: int, _names: NameTable) -> list[Run]:
    r"""Return the cast tables of a text with its tabs.

    >>> table = "Actor\tRole\nAnn Lee\tRose\nBo Ray\tThe Doctor\n"
    >>> [(e.actor, e.character) for e in runs(table, 0, len(table), NameTable())[0].entries]
    [('Ann Lee', 'Rose'), ('Bo Ray', 'The Doctor')]
    """
    found: list[Run] = []
    columns: tuple[int, int] | None = None
    entries: list[Entry] = []
    for line in (*written(text, start, end), None):
        cells = list(_CELL.finditer(text, *line.span())) if line else []
        entry = _entry(cells, columns) if columns else None
        if entry:
            entries.append(entry)
            continue
        if len(entries) >= _FEWEST:
            found.append(Run(entries[0].start, entries[-1].end, tuple(entries)))
        columns, entries = _columns(cells), []
    return found


def _columns(cells: list[re.Match[str]]) -> tuple[int, int] | None:
    """Return which columns hold the performers and the roles, None if no header says so."""
    heads = [cell[0].strip() for cell in cells]
    actors = [number for number, head in enumerate(heads) if _ACTOR.fullmatch(head)]
    roles = [number for number, head in enumerate(heads) if _ROLE.fullmatch(head)]
    return (actors[0], roles[0]) if len(actors) == len(roles) == 1 else None


def _entry(cells: list[re.Match[str]], columns: tuple[int, int]) -> Entry | None:
    if len(cells) <= max(columns):
        return None
    actor, role = (clean(cells[column][0]) for column in columns)
    if not has_person_shape(actor) or is_organisation(actor) or not role[:1].isupper():
        return None
    start, end = min(cells[c].start() for c in columns), max(cells[c].end() for c in columns)
    return Entry(actor, role, start, end)
