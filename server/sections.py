"""Facts of many sources put together for people: one section for each kind, one row for what is the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reelgraph import iris
from reelgraph.ontology import SCHEMES, concepts
from reelgraph.server import wording
from reelgraph.server.layouts import Column, Layout, layout, layouts
from reelgraph.server.statements import Statement, Value

#: What a row sorts as when it lacks the field.
_LAST = (2, 0.0, "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row has in a column; `is_repeated` if it is what the row above has."""

    values: tuple[Value, ...]
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What one or more sources say: cells, the facts behind them, how many sources, and where it is disputed."""

    cells: tuple[Cell, ...]
    statements: tuple[Statement, ...]
    sources: int
    status: str = "actual"
    dispute: str = ""

    @property
    def cite(self) -> str:
        """The IRI that stands for the row's first fact."""
        return next((statement.iri for statement in self.statements if statement.iri), "")


@dataclass(frozen=True, slots=True)
class Section:
    """All rows of one kind; `more` rows are left out here, `marked` is the column that is meant when sources differ."""

    name: str
    title: str
    layout: Layout
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int = 0
    marked: int = -1


def sections(statements: Iterable[Statement], disputed: Mapping[str, str]) -> list[Section]:
    """Return the sections of the facts about one thing; `disputed` says where the page tells of a fact's dispute."""
    by_kind: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_kind[statement.kind].append(statement)
    order = {kind: place for place, kind in enumerate(layouts())}
    kinds = sorted(by_kind, key=lambda kind: (order.get(kind, len(order)), kind))
    return [section(layout(kind), by_kind[kind], disputed) for kind in kinds]


def section(
    chosen: Layout, statements: Iterable[Statement], disputed: Mapping[str, str], seen: str = "", most: int = 0
) -> Section:
    """Return one section; `seen` is the field that has the thing whose page it is, if that is not the subject."""
    columns = chosen.columns or (Column(chosen.title, chosen.key[:1]),)
    key = chosen.key
    if seen:
        columns = (Column("Film", ("subject",)), *(column for column in columns if column.fields != (seen,)))
        key = ("subject", *key)
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[(statement.status, *(_folded(statement, name) for name in key))].append(statement)
    if chosen.folds and not seen:
        _fold(groups)
    sort = ("subject", *chosen.sort) if seen else chosen.sort or ("-sources", *key)
    ordered = sorted(groups.values(), key=lambda group: _order(group, sort))
    shown = ordered[:most] if most else ordered
    rows = [_row(group, columns, disputed) for group in shown]
    used = [place for place, _ in enumerate(columns) if any(row.cells[place].values for row in rows)]
    rows = _repeated(rows, used, repeats=chosen.repeats or bool(seen))
    title = chosen.seen.get(seen, chosen.title)
    name = f"{chosen.kind}-{seen}" if seen else chosen.kind
    headings = tuple(columns[place].heading for place in used)
    marked = next((at for at, place in enumerate(used) if chosen.value in columns[place].fields), -1)
    return Section(name, title, chosen, headings, tuple(rows), len(ordered) - len(shown), marked)


def _fold(groups: dict[tuple[str, ...], list[Statement]]) -> None:
    """Put what says less into the one other group that says more, if the same sources say that, too."""
    sources = {key: {statement.source for statement in group} for key, group in groups.items()}
    for key in sorted(groups, key=lambda key: sum(map(bool, key))):
        fuller = [other for other in groups if _is_part(key, other) and sources[key] <= sources[other]]
        if len(fuller) == 1:
            groups[fuller[0]] += groups.pop(key)


def _is_part(less: Sequence[str], more: Sequence[str]) -> bool:
    return less != more and all(not one or one == other for one, other in zip(less, more, strict=True))


def saying(statement: Statement) -> str:
    """Return what a fact says in a few words, without what it is about: `cast: Amy Adams, Amy`."""
    chosen = layout(statement.kind)
    columns = chosen.columns or (Column(chosen.title, tuple(statement.fields)),)
    texts = [
        wording.shown(name, value).text
        for column in columns
        for name in column.fields
        for value in _said(statement, name)
    ]
    return f"{chosen.title.lower()}: {', '.join(dict.fromkeys(texts))}"


def _row(group: Sequence[Statement], columns: Sequence[Column], disputed: Mapping[str, str]) -> Row:
    cells = tuple(Cell(tuple(value for name in column.fields for value in _values(group, name))) for column in columns)
    sources = len({statement.source for statement in group})
    dispute = next((disputed[statement.iri] for statement in group if statement.iri in disputed), "")
    return Row(cells, tuple(group), sources, group[0].status, dispute)


def _repeated(rows: Iterable[Row], used: Sequence[int], *, repeats: bool) -> list[Row]:
    """Return the rows with the used columns only, and the first marked where it says what the row above does."""
    found: list[Row] = []
    above: tuple[Value, ...] | None = None
    for row in rows:
        cells = [row.cells[place] for place in used]
        if repeats and cells and cells[0].values and cells[0].values == above:
            cells[0] = Cell(cells[0].values, is_repeated=True)
        above = cells[0].values if cells else None
        found.append(Row(tuple(cells), row.statements, row.sources, row.status, row.dispute))
    return found


def _values(group: Sequence[Statement], name: str) -> list[Value]:
    """Return what a group of facts says in a field: each value once, most stated first, less exact ones left out."""
    support: dict[str, set[str]] = defaultdict(set)
    values: dict[str, Value] = {}
    for statement in group:
        for value in _said(statement, name):
            key = value.iri or value.text.casefold()
            values.setdefault(key, value)
            support[key].add(statement.source)
    ordered = sorted(values, key=lambda key: (-len(support[key]), key))
    exact = [key for key in ordered if not any(_says_more(values[other], values[key]) for other in ordered)]
    return [wording.shown(name, values[key]) for key in exact]


def _said(statement: Statement, name: str) -> tuple[Value, ...]:
    if name == "subject":
        return (Value("", statement.subject),) if statement.subject else ()
    computed = wording.COMPUTED.get(name)
    if computed is not None:
        text = computed(statement)
        return (Value(text),) if text else ()
    return statement.fields.get(name, ())


def _says_more(other: Value, value: Value) -> bool:
    """Return whether another text says all that this one says: `2013-12-18` and `2013`, a full name and its part."""
    if value.iri or other.iri or len(other.text) <= len(value.text):
        return False
    more, less = other.text, value.text
    return more.startswith(f"{less}-") or f" {less.casefold()} " in f" {more.casefold()} "


def _folded(statement: Statement, name: str) -> str:
    value = Value("", statement.subject) if name == "subject" else statement.first(name)
    if value is None:
        return ""
    return value.iri or _words(value.text)


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> str:
    return " ".join(iris.words(text)) or text


def _order(group: Sequence[Statement], sort: Sequence[str]) -> tuple[object, ...]:
    parts: list[object] = [group[0].status != "actual"]
    for name in sort:
        if name == "-sources":
            parts.append(-len({statement.source for statement in group}))
        else:
            parts.append(min(_sortable(statement, name) for statement in group))
    return (*parts, group[0].iri)


def _sortable(statement: Statement, name: str) -> tuple[int, float, str]:
    value = Value("", statement.subject) if name == "subject" else statement.first(name.removeprefix("-"))
    if value is None:
        return _LAST
    if value.iri in _places():
        return 0, _places()[value.iri], ""
    if value.text.isdecimal():
        return 0, float(value.text), ""
    if name.startswith("-"):
        return 1, 0.0, "".join(chr(0x10FFFF - ord(character)) for character in value.text)
    return 1, 0.0, value.text.casefold() or value.iri


@cache
def _places() -> Mapping[str, int]:
    """Return the place of every concept in its scheme, which lists the important ones first."""
    return {concept.iri: place for scheme in SCHEMES for place, concept in enumerate(concepts(scheme).members)}
