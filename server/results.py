"""Rows of canned queries: as a table of one page, with names and links, or whole as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, QueryTriples

from reelgraph.queries import Query
from reelgraph.server import wording
from reelgraph.server.rendering import links
from reelgraph.server.statements import Value
from reelgraph.server.view import View

#: Rows that are sorted by another column than the query's own, or counted; beyond that only the order of the query.
MOST_SORTED = 20_000
_DATES = ("date", "archived", "retrieved")
_PLACE = ("start", "end")
#: Columns whose numbers name something, so that no thousands are set off.
_NAMING = ("year", "filmYear", "edition", "decade", "first", "last", "from", "to")
_NUMBERS = ("#integer", "#decimal", "#double", "#float")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its text, where it leads, whether it is a number or a quote, and its value if that is not the text."""

    text: str
    href: str = ""
    kind: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the variable, what it is called, what kind of values it has, and which way the rows are sorted by it.

    `hidden` columns have nothing on this page, or are there for drawings.
    """

    name: str
    text: str
    kind: str = "text"
    sorted: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a result; `total` is the number of all rows if that is known."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    number: int
    first: int
    has_more: bool
    places: tuple[int, ...] = ()
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What the rows are sorted by: a column, backwards if so; no column is the query's own order."""

    column: str = ""
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """How columns become cells: the columns shown, for each the one with its name, and those that are hidden."""

    columns: tuple[str, ...]
    names: dict[str, str]
    hidden: tuple[str, ...]


def rows_as(seen: View, text: str, kind: pyoxigraph.QueryResultsFormat | pyoxigraph.RdfFormat) -> bytes:
    """Return the whole answer to one of our own queries in a format."""
    answer = seen.store.query(text, use_default_graph_as_union=True)
    if isinstance(answer, QueryTriples) and isinstance(kind, pyoxigraph.RdfFormat):
        return answer.serialize(format=kind) or b""
    if not isinstance(answer, QueryTriples) and isinstance(kind, pyoxigraph.QueryResultsFormat):
        return answer.serialize(format=kind) or b""
    raise TypeError(f"{kind} does not fit the query")


def solutions(text: str, seen: View) -> QuerySolutions:
    """Return the rows of one of our own queries."""
    answer = seen.store.query(text, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError("a query without rows")
    return answer


def count(text: str, seen: View) -> int:
    """Return the number of rows of one of our own queries, at most `MOST_SORTED`."""
    return sum(1 for _ in islice(solutions(text, seen), MOST_SORTED))


def sheet(query: Query, text: str, seen: View, number: int, order: Order = Order()) -> Sheet:
    """Return one page of the rows of a query."""
    answer = solutions(text, seen)
    variables = [variable.value for variable in answer.variables]
    first = (number - 1) * query.limit
    total = None
    if order.column in variables:
        placed = ordered(islice(answer, MOST_SORTED), order, variables)
        total, found = len(placed), placed[first : first + query.limit + 1]
    else:
        order = Order()
        found = list(enumerate(islice(answer, first, first + query.limit + 1), first + 1))
    is_one = "film" in variables and len({str(row["film"]) for _, row in found}) == 1
    plan = _plan(variables, query, is_one_film=is_one)
    rows = tuple(tuple(_cell(name, row, plan, seen) for name in plan.columns) for _, row in found[: query.limit])
    headings = tuple(
        _heading(name, query, plan, order, [row[at] for row in rows]) for at, name in enumerate(plan.columns)
    )
    places = tuple(place for place, _ in found[: query.limit])
    return Sheet(headings, rows, number, first, len(found) > query.limit, places, total)


def telling(variables: Sequence[str]) -> list[str]:
    """Return the columns that tell something by themselves: not the names of things, nor places in a text."""
    names = {f"{name}Name" for name in variables}
    return [name for name in variables if name not in {*names, *_PLACE, "filmYear"}]


def ordered(rows: Iterable[QuerySolution], order: Order, variables: Sequence[str]) -> list[tuple[int, QuerySolution]]:
    """Return the rows with their places in the query's own order, sorted by a column; empty cells come last."""
    name = f"{order.column}Name" if f"{order.column}Name" in variables else order.column
    keyed = [(_sort_key(row[name] or row[order.column]), place, row) for place, row in enumerate(rows, 1)]
    bound = sorted((one for one in keyed if one[0] is not None), key=lambda one: one[0] or (), reverse=order.backwards)
    return [(place, row) for _, place, row in (*bound, *(one for one in keyed if one[0] is None))]


def _sort_key(node: object) -> tuple[int, Decimal, str] | None:
    if node is None:
        return None
    text = node.value if isinstance(node, Literal | NamedNode) else str(node)
    if isinstance(node, Literal) and node.datatype.value.endswith(_NUMBERS):
        try:
            return 0, Decimal(text), ""
        except InvalidOperation:
            pass
    return 1, Decimal(0), text.casefold()


def _plan(variables: Sequence[str], query: Query, *, is_one_film: bool) -> _Plan:
    names = {name: f"{name}Name" for name in variables if f"{name}Name" in variables}
    left_out = {*names.values(), *_PLACE}
    if "film" in names:
        # A graph needs both ends of its lines, also where one of them is the same in all rows.
        left_out |= {"filmYear", "film"} if is_one_film and query.view != "graph" else {"filmYear"}
    hidden = tuple(name for names in query.draw.values() for name in names if name in left_out and name != "film")
    return _Plan((*(name for name in variables if name not in left_out), *hidden), names, hidden)


def _heading(name: str, query: Query, plan: _Plan, order: Order, cells: Sequence[TableCell]) -> Heading:
    labels = query.columns or {}
    label = labels.get(plan.names.get(name, name), "") or labels.get(name, name)
    text = "Film" if name == "film" else label.removesuffix(" IRI")
    kinds = {cell.kind for cell in cells if cell.text}
    kind = kinds.pop() if len(kinds) == 1 else ""
    if name in _DATES:
        kind = "date"
    elif name in _NAMING and kind == "number":
        kind = "year"
    way = ("descending" if order.backwards else "ascending") if name == order.column else ""
    is_empty = not way and not any(cell.text for cell in cells)
    return Heading(name, text, kind or "text", way, name in plan.hidden or is_empty)


def _cell(name: str, row: QuerySolution, plan: _Plan, seen: View) -> TableCell:
    value = row[name]
    if value is None:
        label = row[plan.names[name]] if name in plan.names else None
        return TableCell(label.value if isinstance(label, Literal) else "")
    if isinstance(value, NamedNode):
        shown = Value(_label(name, value.value, row, plan, seen), value.value)
        return TableCell(shown.text, links().page(value.value), "iri", value.value)
    text = value.value if isinstance(value, Literal) else str(value)
    if name == "quote":
        return TableCell(text, _passage(row), "quote")
    if name in _DATES:
        return TableCell(wording.date(text), kind="date", value=text)
    if isinstance(value, Literal) and value.datatype.value.endswith(_NUMBERS):
        return TableCell(text if name in _NAMING else wording.number(text), kind="number", value=text)
    return TableCell(text)


def _label(name: str, iri: str, row: QuerySolution, plan: _Plan, seen: View) -> str:
    label = row[plan.names[name]] if name in plan.names else None
    text = label.value if isinstance(label, Literal) else seen.name(iri)
    if name == "film":
        year = seen.preferred(iri, "film:year")
        return f"{text} ({year})" if year else text
    return text


def _passage(row: QuerySolution) -> str:
    """Return the path of the place in the text that a row's words are from."""
    try:
        source, start = row["source"], row["start"]
    except KeyError:
        return ""
    if not isinstance(source, NamedNode) or not isinstance(start, Literal):
        return ""
    return f"{links().page(source.value)}?at={start.value}"
