"""Tables of films in wikitext, as in `List of Norwegian films of 1999`, read by their headings as other tables are."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mwparserfromhell.nodes import Heading, Tag
from mwparserfromhell.wikicode import Wikicode

from reelgraph.loaders import castlist, headingwords, htmllists, htmltables, mapped, wikiflat
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.headingwords import Meaning
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.mapfile import Plan
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref, Span

_EDGES = f" \t\u00a0{wikiflat.BULLET}"
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "tba", "tbd", "?"})
_QUALIFIER = re.compile(r"\s*\((?:(?:18|19|20)\d\d )?(?:[^()\d]{1,30} )?(?:film|movie)\)$", re.I)
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n]{1,30}?)\s*:\s*")
_YEAR = r"(?P<year>(?:18[89]|19\d|20[0-4])\d)"
#: What the beginning of a list says about the year of its films.
_OF_YEAR = re.compile(
    rf"\bfilms? (?:(?:that were |which were )?(?:released|produced|made) )?(?:of|in|from)(?: the year)? {_YEAR}\b|"
    rf"\b{_YEAR.replace('year', 'before')} (?:[\w-]+ ){{0,2}}films\b"
)
#: What the sentence says before that: of other sentences, the year is one of something else.
_LISTS = re.compile(r"\b(?:list|lists|listed|following|below|overview)\b[^.]*$", re.I)
_LEAD = 1500
_MOST_COLUMNS = 40

#: From a span of the wikitext to one of the document.
ToDocument = Callable[[Span], Span | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it is, for people, and the words of its columns."""

    place: str
    columns: Mapping[str, TextMap]
    to_document: ToDocument

    def cells(self, path: str) -> list[Cell]:
        """Return the lines of a column's cell that say something."""
        text, where = self.columns.get(path), Place(f"{self.place}, column {path}", self.to_document)
        found = []
        for start, end in _pieces(text) if text else ():
            words = _QUALIFIER.sub("", text.text[start:end].strip(_EDGES)) if text else ""
            if text and words.lower() not in _NOTHING:
                found.append(where.cell(text, start, end).part(" ".join(words.split())))
        return found

    def under(self, path: str) -> list[Record]:
        """Return the row itself: tables have nothing below."""
        return [self] if self.cells(path) else []

    def running(self, _path: str, _text: str) -> Iterator[TextMap]:
        """Yield nothing: running text in tables is not read."""
        return iter(())


def _pieces(text: TextMap) -> Iterator[tuple[int, int]]:
    """Yield the lines of a cell; of a line of links, each link."""
    for match in re.finditer(r"[^\n\v]+", text.text):
        yield from htmltables.links_of(text, *match.span()) or [match.span()]


def read(wikitext: str, title: str, to_document: ToDocument, facts: Facts) -> list[Ref]:
    """Write down what the tables of a page say of films; return the films. Tables of other things are not read."""
    code = wikiflat.parse(wikitext)
    lead = wikiflat.flatten(Wikicode(code.nodes[: _first_heading(code)]))
    year = _stated_year(title, lead, to_document)
    films: list[Ref] = []
    for number, (chain, table, at) in enumerate(_tables(code, f"{title} {lead.text.strip()[:_LEAD]}"), 1):
        if not htmllists.says(chain[1:], "other"):
            rows = _rows(castlist.grid(table, at), f"table {number}", to_document)
            films += _table(rows, chain, year, facts, wikitext)
    return list(dict.fromkeys(films))


def _first_heading(code: Wikicode) -> int:
    found = (n for n, node in enumerate(code.nodes) if isinstance(node, Heading))
    return next(found, len(code.nodes))


def _stated_year(title: str, lead: TextMap, to_document: ToDocument) -> tuple[int, Cell] | None:
    """Return the one year of all films that a list's title or beginning states, with the words."""
    whole = _OF_YEAR.search(title)
    if whole:
        return int(whole["year"] or whole["before"]), Cell(title, "title")
    words = TextMap()
    words.extend(lead, lead.text.replace("\n", " "))
    found = _OF_YEAR.search(words.text, 0, _LEAD)
    if found is None or not _LISTS.search(words.text, 0, found.start()):
        return None
    return int(found["year"] or found["before"]), Place("lead", to_document).cell(words, *found.span())


def _tables(code: Wikicode, title: str) -> Iterator[tuple[tuple[str, ...], Tag, int]]:
    """Yield the tables of a page with their headings, the page's first."""
    headings: list[tuple[int, str]] = []
    at = 0
    for node in code.nodes:
        if isinstance(node, Heading):
            words = " ".join(wikiflat.flatten(node.title).text.split())
            headings = [*(one for one in headings if one[0] < node.level), (node.level, words)]
        for table, begin in castlist.tables(Wikicode([node]), at):
            yield (title, *(words for _, words in headings)), table, begin
        at += len(str(node))


def _rows(grid: Sequence[Sequence[TextMap]], where: str, to_document: ToDocument) -> list[Row]:
    """Return the rows below the headings, with labels inside of cells as columns of their own."""
    names = [" ".join(text.text.split()).strip(_EDGES) for text in grid[0]] if grid else []
    kept = headingwords.unique(names)
    if not 1 < len(kept) <= len(names) <= _MOST_COLUMNS:
        return []
    rows = []
    for number, cells in enumerate(grid[1:], 2):
        is_head = any(cell is head for cell, head in zip(cells, grid[0], strict=False))
        if len(cells) == len(names) and len(set(map(id, cells))) > 1 and not is_head:
            columns = {name: cell for name, cell in zip(names, cells, strict=True) if name in kept}
            inner = dict(pair for name, cell in columns.items() if not _known(name) for pair in _labelled(cell))
            rows.append(Row(f"{where}, row {number}", {**inner, **columns}, to_document))
    return rows


def _known(name: str) -> bool:
    return bool(headingwords.meaning(name).group)


def _labelled(cell: TextMap) -> Iterator[tuple[str, TextMap]]:
    """Yield the lines of a cell that begin with a label, such as `Director: Cy Elm`."""
    for match in re.finditer(r"[^\n]+", cell.text):
        label = _LABEL.match(cell.text, match.start() + len(match[0]) - len(match[0].lstrip(_EDGES)), match.end())
        if label and _known(label["label"]):
            yield label["label"], cell.part(label.end(), match.end())


def _table(
    rows: Sequence[Row], chain: tuple[str, ...], year: tuple[int, Cell] | None, facts: Facts, wikitext: str
) -> Iterator[Ref]:
    """Write down what the rows of a table say; yield their films."""
    found = _plan(rows, chain)
    if found is None:
        return
    plan, note = found
    facts.note(rows[0].place.partition(",")[0], note)
    for row in rows:
        if htmltables.is_other(row, plan):
            continue
        film, said = mapped.read_one(plan, row, wikitext, facts.extractor)
        if film is None:
            continue
        dated = replace(film, year=year[0]) if year and film.year is None else film
        for fact in said:
            fields = {name: dated if value == film else value for name, value in fact.fields.items()}
            facts.keep(replace(fact, subject=dated, fields=fields, source=facts.source))
        if year and film.year is None:
            facts.add("year", dated, year[1], year=year[0])
        yield dated


def _plan(rows: Sequence[Row], chain: tuple[str, ...]) -> tuple[Plan, str] | None:
    names = list(dict.fromkeys(name for row in rows[:LOOKED_AT] for name in row.columns))
    columns = [_column(name, rows[:LOOKED_AT]) for name in names]
    if htmllists.says(chain[1:], "awards"):
        columns = [replace(one, meaning=Meaning()) if one.meaning.group == "years" else one for one in columns]
    titled = any(one.meaning.group == "titles" and one.meaning.role in ("film", "title") for one in columns)
    of_films = titled and htmllists.says(chain, "film")
    return plan_of(columns, "film" if of_films else "") if rows else None


def _column(name: str, rows: Sequence[Row]) -> Column:
    cells = [cell.text for row in rows for cell in row.cells(name)]
    return Column(name, headingwords.meaning(name), name, cells)
