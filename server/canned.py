"""The canned queries on the web: an index, a form with a table for each, and all rows as a file."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, Response, redirect, request
from markupsafe import escape
from pyoxigraph import NamedNode

from reelgraph.errors import QueryError
from reelgraph.queries import VIEWS, Query, by_title, catalogue
from reelgraph.server import around, negotiate, querypage
from reelgraph.server.address import Address
from reelgraph.server.evidenced import evidenced
from reelgraph.server.forms import Field, fields, resolved
from reelgraph.server.negotiate import HTML, choose, listing
from reelgraph.server.omission import omitting, reads_sources, sources_of
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page, settings
from reelgraph.server.results import Order, Sheet, count, rows_as, sheet, solutions, telling
from reelgraph.server.serializers import GRAPH_FORMATS, RESULT_FORMATS
from reelgraph.server.view import view
from reelgraph.server.why import reason_page, row_of
from reelgraph.server.widening import can_be_explained
from reelgraph.server.without import switched_off

blueprint = Blueprint("canned", __name__)

_RQ = negotiate.Format("rq", "application/sparql-query")


def register(app: Flask) -> None:
    """Add the routes of canned queries, and of pictures of the graph."""
    app.register_blueprint(blueprint)
    app.register_blueprint(around.blueprint)
    app.register_blueprint(querypage.blueprint)


@blueprint.get("/queries/")
def index() -> Response:
    """List all queries, by tag."""
    known = catalogue(settings().base)
    tag = request.args.get("tag", "")
    chosen = [query for query in by_title(known.values()) if not tag or tag in query.tags]
    tags = sorted({one for query in known.values() for one in query.tags})
    return lasting(lambda: page("queries.html", queries=chosen, tags=tags, tag=tag))


@blueprint.get("/queries")
def index_elsewhere() -> Response:
    """Lead to the index."""
    return redirect(links()("/queries/"), 308)  # type: ignore[return-value]


@blueprint.get("/queries/<name>")
def query(name: str) -> Response:
    """Show a query's form and the first rows; programs get all rows in the format they take."""
    name, _, suffix = name.partition(".")
    found = catalogue(settings().base).get(name)
    if found is None:
        raise HttpError(404, f"there is no query called {name}; {links()('/queries/')} lists those there are")
    offers = _offers(found)
    if suffix:
        chosen = negotiate.named(suffix, (*offers, _RQ))
        if chosen is None or chosen.format.name != suffix:
            raise HttpError(404, f"{name} can be had as {listing((*offers, _RQ))}: /queries/{name}.{offers[0].name}")
        return lasting(lambda: _file(found, chosen.format))
    wanted = choose(request.headers.get("Accept"), (HTML, *offers))
    if wanted is None:
        formats = [one.media_type for one in (HTML, *offers)]
        raise HttpError(406, f"these rows can be had as {listing((HTML, *offers))}", extra={"formats": formats})
    if wanted.format is HTML:
        answer = lasting(lambda: _page(found))
    else:
        answer = lasting(lambda: _file(found, wanted.format), wanted.format.name)
        answer.headers["Content-Location"] = f"{links()(f'/queries/{name}')}.{wanted.format.name}"
    answer.headers["Vary"] = "Accept"
    return answer


def _offers(found: Query) -> Sequence[negotiate.Format]:
    return negotiate.GRAPHS if found.form == "CONSTRUCT" else negotiate.RESULTS


def _values() -> Mapping[str, Sequence[str]]:
    """Return the values of the request's parameters; the rest and names with an underscore in front are the page's."""
    given = request.args.lists()
    return {name: values for name, values in given if not name.startswith("_") and name != "without"}


def bound(found: Query, given: Mapping[str, Sequence[str]]) -> str:
    """Return the SPARQL of a query with these values, without the sources that the request switches off."""
    return omitting(found.bind(given), switched_off().sources)


def _file(found: Query, chosen: negotiate.Format) -> Response:
    text = bound(found, resolved(found, _values(), view()))
    if chosen is _RQ:
        return Response(text, content_type="application/sparql-query; charset=utf-8")
    if chosen.name == "csv" and request.args.get("_sources"):
        return Response(evidenced(text, view()), content_type="text/csv; charset=utf-8")
    kind = GRAPH_FORMATS[chosen.name] if found.form == "CONSTRUCT" else RESULT_FORMATS[chosen.name]
    return Response(rows_as(view(), text, kind), content_type=f"{chosen.media_type}; charset=utf-8")


def _page(found: Query) -> Response:
    given, seen = _values(), view()
    shown: Sheet | None = None
    error: QueryError | None = None
    text = found.body
    try:
        given = resolved(found, given, seen)
        text = bound(found, given)
        if found.form == "SELECT":
            shown = sheet(found, text, seen, _number("_page"), _order())
    except QueryError as wrong:
        error = wrong
    form: list[Field] = fields(found, given, seen, error)
    answer = page(
        "query.html",
        HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        query=found,
        form=form,
        sheet=shown,
        error=error,
        unknown=error is not None and error.parameter not in {field.parameter.name for field in form},
        bound=text,
        view=seen,
        address=_address(found, given),
        why=can_be_explained(found.body),
        formats=[one.name for one in _offers(found)],
        **_chosen(found),
        **_sources(found, given, text, shown),
    )
    answer.headers["Link"] = f'<{escape(request.path)}.rq>; rel="describedby"; type="application/sparql-query"'
    return answer


def _chosen(found: Query) -> dict[str, object]:
    """Return how the request wants the rows drawn and sorted."""
    wanted = request.args.get("_view", "")
    chosen = wanted if wanted in VIEWS else ""
    return {"drawing": chosen or found.view, "chosen_view": chosen, "sort": request.args.get("_sort", "")}


def _sources(found: Query, given: Mapping[str, Sequence[str]], text: str, shown: Sheet | None) -> dict[str, object]:
    """Return what is switched off, how many rows that takes away, and what else can be."""
    off, can_be = switched_off(), reads_sources(found.body)
    fallen = count(found.bind(given), view()) - count(text, view()) if off and can_be and shown is not None else 0
    return {
        "without": off,
        "can_leave_out": can_be,
        "fallen": fallen,
        "sources": sources_of(shown, view()) if can_be and shown is not None else (),
        "with_all": Address(found.name, given).page(),
    }


@blueprint.get("/queries/<name>/why")
def why(name: str) -> Response:
    """Show the facts and words behind one row of a query, `?_row=` in the query's own order."""
    found = catalogue(settings().base).get(name)
    if found is None or found.form != "SELECT":
        raise HttpError(404, f"there is no query called {name} that has rows")

    def make() -> Response:
        seen, columns = view(), found.columns or {}
        given = resolved(found, _values(), seen)
        row = row_of(solutions(bound(found, given), seen), tuple(columns), _number("_row"))
        # What the row has of the parameters makes the query a small one.
        cells = ((one.name, row.get(one.name)) for one in found.params)
        exact = {name: (cell.value,) for name, cell in cells if isinstance(cell, NamedNode)}
        shown = {columns[name].removesuffix(" IRI"): row[name] for name in telling(tuple(columns))}
        back = _address(found, given).page()
        return reason_page(bound(found, {**given, **exact}), row, shown, back=back, title=found.title)

    return lasting(make)


def _address(found: Query, given: Mapping[str, Sequence[str]]) -> Address:
    return Address(found.name, given, tuple(one.iri for one in switched_off().named))


def _order() -> Order:
    text = request.args.get("_sort", "")
    return Order(text.removeprefix("-"), text.startswith("-"))


def _number(name: str) -> int:
    text = request.args.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
