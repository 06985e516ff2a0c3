"""Rows of canned queries: as a table of one page, with names and links, or whole as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, QueryTriples

from reelgraph.queries import Query
from reelgraph.server import wording
from reelgraph.server.rendering import links
from reelgraph.server.statements import Value
from reelgraph.server.view import View

_DATES = ("date", "archived", "retrieved")
_PLACE = ("start", "end")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its text, where it leads, and whether it is a number or a quote."""

    text: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a result."""

    headings: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    number: int
    first: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """How columns become cells: the columns shown, for each the one with its name, and where quotes are."""

    columns: tuple[str, ...]
    names: dict[str, str]


def rows_as(seen: View, text: str, kind: pyoxigraph.QueryResultsFormat | pyoxigraph.RdfFormat) -> bytes:
    """Return the whole answer to one of our own queries in a format."""
    answer = seen.store.query(text, use_default_graph_as_union=True)
    if isinstance(answer, QueryTriples) and isinstance(kind, pyoxigraph.RdfFormat):
        return answer.serialize(format=kind) or b""
    if not isinstance(answer, QueryTriples) and isinstance(kind, pyoxigraph.QueryResultsFormat):
        return answer.serialize(format=kind) or b""
    raise TypeError(f"{kind} does not fit the query")


def sheet(query: Query, text: str, seen: View, number: int) -> Sheet:
    """Return one page of the rows of a query."""
    answer = seen.store.query(text, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"{query.name} has no rows")
    variables = [variable.value for variable in answer.variables]
    first = (number - 1) * query.limit
    found = list(islice(answer, first, first + query.limit + 1))
    plan = _plan(variables, is_one_film="film" in variables and len({str(row["film"]) for row in found}) == 1)
    rows = tuple(tuple(_cell(name, row, plan, seen) for name in plan.columns) for row in found[: query.limit])
    labels = query.columns or {}
    headings = tuple(
        _heading(name, labels.get(plan.names.get(name, name), "") or labels.get(name, name)) for name in plan.columns
    )
    return Sheet(headings, rows, number, first, len(found) > query.limit)


def _plan(variables: Sequence[str], *, is_one_film: bool) -> _Plan:
    names = {name: f"{name}Name" for name in variables if f"{name}Name" in variables}
    hidden = {*names.values(), *_PLACE}
    if "film" in names:
        hidden |= {"filmYear", "film"} if is_one_film else {"filmYear"}
    return _Plan(tuple(name for name in variables if name not in hidden), names)


def _heading(name: str, label: str) -> str:
    return "Film" if name == "film" else label.removesuffix(" IRI")


def _cell(name: str, row: QuerySolution, plan: _Plan, seen: View) -> TableCell:
    value = row[name]
    if value is None:
        label = row[plan.names[name]] if name in plan.names else None
        return TableCell(label.value if isinstance(label, Literal) else "")
    if isinstance(value, NamedNode):
        shown = Value(_label(name, value.value, row, plan, seen), value.value)
        return TableCell(shown.text, links().page(value.value), "iri")
    text = value.value if isinstance(value, Literal) else str(value)
    if name == "quote":
        return TableCell(text, _passage(row), "quote")
    if name in _DATES:
        return TableCell(wording.date(text))
    if isinstance(value, Literal) and value.datatype.value.endswith(("#integer", "#decimal", "#double")):
        return TableCell(text if name in ("year", "filmYear", "edition") else wording.number(text), kind="number")
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
