"""The query page: a form for SPARQL that answers in the page with and without JavaScript, and explains rows."""

import json
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

import pyoxigraph
from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolution, QuerySolutions

from reelgraph.ontology import ONTOLOGY
from reelgraph.queries import by_title, catalogue
from reelgraph.server.asking import asked, file
from reelgraph.server.omission import dataset_without, sources_of
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, page, settings
from reelgraph.server.results import MOST_SORTED, Heading, Order, Sheet, TableCell, ordered
from reelgraph.server.serializers import GRAPH_FORMATS, RESULT_FORMATS
from reelgraph.server.view import View, view
from reelgraph.server.why import reason_page
from reelgraph.server.widening import Row, can_be_explained
from reelgraph.server.without import switched_off

blueprint = Blueprint("querypage", __name__)

#: Rows on one page, names one request may ask for.
_ROWS = 100
_NAMES = 1000
_NUMBERS = ("#integer", "#decimal", "#double", "#float", "#int", "#long")
_DATES = ("#date", "#gYear", "#gYearMonth")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it: a table with a value for each row that stands for it, or text; and its time."""

    sheet: Sheet | None = None
    rows: tuple[str, ...] = ()
    text: str = ""
    number: int = 0
    is_whole: bool = True
    seconds: float = 0.0
    error: HttpError | None = None


@blueprint.route("/query", methods=["GET", "POST"])
def query() -> Response:
    """Show the form, and the answer if it was sent."""
    seen, text = view(), request.values.get("query", "")
    known = catalogue(settings().base)
    if not text and (example := known.get(request.args.get("example", ""))) is not None:
        text = example.body
    shown = None
    if text and (request.method == "POST" or request.args.get("run")):
        shown = _answer(text, seen)
    status = shown.error.status if shown is not None and shown.error is not None else 200
    return page(
        "sparql.html",
        status,
        text=text,
        shown=shown,
        why=bool(text) and can_be_explained(text),
        sort=request.values.get("sort", ""),
        sources=sources_of(None, seen),
        without=switched_off(),
        queries=[one for one in by_title(known.values()) if "facts" in one.tags],
        others=[one for one in by_title(known.values()) if "facts" not in one.tags],
        base=settings().base,
        ontology=ONTOLOGY,
    )


@blueprint.post("/query/why")
def why() -> Response:
    """Show the facts and words behind one row, which is given with the query, as TSV with its header."""
    text = request.form.get("query", "")
    row = _row(request.form.get("row", ""))
    bound = dataset_without(text, switched_off().sources, view())
    return reason_page(bound, row, row, back=links()("/query"), title="SPARQL", text_back=text)


@blueprint.post("/query/file")
def whole() -> Response:
    """Send the whole answer as a file, in the format of the form."""
    suffix = request.form.get("format", "csv")
    if suffix not in RESULT_FORMATS and suffix not in GRAPH_FORMATS:
        raise HttpError(422, f"there is no format {suffix[:20]}")
    return file(dataset_without(request.form.get("query", ""), switched_off().sources, view()), suffix)


@blueprint.post("/query/without")
def without() -> Response:
    """Send a query that leaves the sources out that are switched off."""
    text = dataset_without(request.form.get("query", ""), switched_off().sources, view())
    return Response(text, content_type="application/sparql-query; charset=utf-8")


@blueprint.post("/names.json")
def names() -> Response:
    """Send what things are called, for a list of IRIs: name and page of each that has one."""
    given = request.get_json(silent=True)
    if not isinstance(given, list) or len(given) > _NAMES or not all(isinstance(one, str) for one in given):
        raise HttpError(422, f"send a list of at most {_NAMES} IRIs as JSON")
    seen = view()
    found = {iri: {"name": seen.title(iri), "page": links().page(iri)} for iri in given if _is_iri(iri)}
    return Response(json.dumps(found, ensure_ascii=False) + "\n", mimetype="application/json")


def _answer(text: str, seen: View) -> Shown:
    begun = perf_counter()
    try:
        answer = asked(dataset_without(text, switched_off().sources, seen))
        seconds = perf_counter() - begun
        if not answer.is_rows:
            return Shown(text=answer.text.decode("utf-8", "replace"), is_whole=answer.is_whole, seconds=seconds)
        solutions = answer.results()
        if isinstance(solutions, bool):
            return Shown(text="Yes" if solutions else "No", seconds=seconds)
        sort = request.values.get("sort", "")
        order = Order(sort.removeprefix("-"), sort.startswith("-"))
        return _table(solutions, seen, order, is_whole=answer.is_whole, seconds=seconds)
    except HttpError as error:
        return Shown(error=error, seconds=perf_counter() - begun)


def _table(solutions: QuerySolutions, seen: View, order: Order, *, is_whole: bool, seconds: float) -> Shown:
    variables = [variable.value for variable in solutions.variables]
    rows = list(islice(solutions, MOST_SORTED))
    placed = ordered(rows, order, variables) if order.column in variables else list(enumerate(rows, 1))
    number = _number(request.values.get("page", "1"))
    first = (number - 1) * _ROWS
    part = placed[first : first + _ROWS]
    cells = tuple(tuple(_cell(row[name], seen) for name in variables) for _, row in part)
    headings = tuple(
        Heading(name, name, _kind([row[at] for row in cells]), _way(order, name)) for at, name in enumerate(variables)
    )
    sheet = Sheet(headings, cells, number, first, first + _ROWS < len(placed), tuple(at for at, _ in part), len(rows))
    values = tuple(_row_text(row, variables) for _, row in part)
    return Shown(sheet, values, number=len(rows), is_whole=is_whole, seconds=seconds)


def _way(order: Order, name: str) -> str:
    if name != order.column:
        return ""
    return "descending" if order.backwards else "ascending"


def _cell(node: object, seen: View) -> TableCell:
    if node is None:
        return TableCell("")
    if isinstance(node, NamedNode):
        is_own = node.value.startswith(seen.base)
        name = seen.title(node.value) if is_own else seen.name(node.value)
        return TableCell(name, links().page(node.value), "iri", node.value)
    text = node.value if isinstance(node, Literal) else str(node)
    datatype = node.datatype.value if isinstance(node, Literal) else ""
    kind = "number" if datatype.endswith(_NUMBERS) else "date" if datatype.endswith(_DATES) else ""
    return TableCell(text, kind=kind, value=text if kind else "")


def _kind(cells: list[TableCell]) -> str:
    kinds = {cell.kind for cell in cells if cell.text}
    return (kinds.pop() if len(kinds) == 1 else "") or "text"


def _row_text(row: QuerySolution, variables: list[str]) -> str:
    """Return a row as TSV with its header, from which it can be read back exactly."""
    values = "\t".join("" if row[name] is None else str(row[name]) for name in variables)
    return "\t".join(f"?{name}" for name in variables) + f"\n{values}\n"


def _row(text: str) -> Row:
    try:
        found = pyoxigraph.parse_query_results(text.replace("\r\n", "\n").encode(), QueryResultsFormat.TSV)
        row = next(found) if isinstance(found, QuerySolutions) else None
    except (ValueError, SyntaxError, StopIteration):
        row = None
    if row is None or not isinstance(found, QuerySolutions):
        raise HttpError(422, "a row is its variables and its values, in two lines as TSV has them")
    return {variable.value: row[variable.value] for variable in found.variables}


def _number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and text.isascii() and len(text) < 7 else 1


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
