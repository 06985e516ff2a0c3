"""The canned queries on the web: an index, a form with a table for each, and all rows as a file."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, Response, redirect, request
from markupsafe import escape

from reelgraph.errors import QueryError
from reelgraph.queries import Query, catalogue
from reelgraph.server import negotiate
from reelgraph.server.forms import Field, fields, resolved
from reelgraph.server.negotiate import HTML, choose, listing
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page, settings
from reelgraph.server.results import Sheet, rows_as, sheet
from reelgraph.server.serializers import GRAPH_FORMATS, RESULT_FORMATS
from reelgraph.server.view import view

blueprint = Blueprint("canned", __name__)

_RQ = negotiate.Format("rq", "application/sparql-query")


def register(app: Flask) -> None:
    """Add the routes of canned queries."""
    app.register_blueprint(blueprint)


@blueprint.get("/queries/")
def index() -> Response:
    """List all queries, by tag."""
    known = catalogue(settings().base)
    tag = request.args.get("tag", "")
    chosen = [query for query in known.values() if not tag or tag in query.tags]
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
    """Return the values of the request's parameters; names with an underscore in front are the page's own."""
    return {name: values for name, values in request.args.lists() if not name.startswith("_")}


def _file(found: Query, chosen: negotiate.Format) -> Response:
    bound = found.bind(_values())
    if chosen is _RQ:
        return Response(bound, content_type="application/sparql-query; charset=utf-8")
    kind = GRAPH_FORMATS[chosen.name] if found.form == "CONSTRUCT" else RESULT_FORMATS[chosen.name]
    return Response(rows_as(view(), bound, kind), content_type=f"{chosen.media_type}; charset=utf-8")


def _page(found: Query) -> Response:
    given = _values()
    seen = view()
    shown: Sheet | None = None
    error: QueryError | None = None
    bound = found.body
    try:
        given = resolved(found, given, seen)
        bound = found.bind(given)
        shown = sheet(found, bound, seen, _number("_page")) if found.form == "SELECT" else None
    except QueryError as wrong:
        error = wrong
    status = HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY
    form: list[Field] = fields(found, given, seen, error)
    answer = page(
        "query.html",
        status,
        query=found,
        form=form,
        sheet=shown,
        error=error,
        unknown=error is not None and error.parameter not in {field.parameter.name for field in form},
        bound=bound,
        view=seen,
        given=[(name, value) for name, values in given.items() for value in values if value],
        formats=[one.name for one in _offers(found)],
    )
    answer.headers["Link"] = f'<{escape(request.path)}.rq>; rel="describedby"; type="application/sparql-query"'
    return answer


def _number(name: str) -> int:
    text = request.args.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
