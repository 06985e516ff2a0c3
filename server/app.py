"""The Flask application: health, errors, headers, and the blueprints of the pages."""

import importlib.util
import logging
from importlib import import_module

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from reelgraph.config import Settings
from reelgraph.errors import QueryError, ReelgraphError
from reelgraph.server import admin, graphstore, headers
from reelgraph.server.bridge import Bridge
from reelgraph.server.negotiate import TEXT, prefers_html
from reelgraph.server.observing import Observer
from reelgraph.server.problem import PROBLEM_JSON, HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.snapshot import EXTENSION, Snapshots, current
from reelgraph.server.sparql import PAGE, PATH, Endpoint

SETTINGS = "reelgraph.settings"
ENDPOINT = "reelgraph.endpoint"
#: Modules of pages; each has a function `register(app)`.
PAGES = ("pages", "entity", "documents", "canned", "reconcile", "deciding", "splitting")
#: What a page may register to show errors to people: a function from `HttpError` to HTML.
ERROR_PAGE = "reelgraph.error_page"
#: Bytes a request's body may have.
MAX_BODY = 4 << 20

_ANY = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH")
#: What other sites may do here, by method; the endpoint says so itself.
_CORS = {"GET": headers.CORS, "HEAD": headers.CORS, "OPTIONS": headers.preflight("GET, HEAD, OPTIONS")}
_log = logging.getLogger(__name__)


def create_app(settings: Settings) -> Flask:
    """Return the web application over a store."""
    app = Flask("reelgraph.server")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.extensions[SETTINGS] = settings
    app.extensions[EXTENSION] = Snapshots(settings)
    for name in PAGES:
        if importlib.util.find_spec(f"reelgraph.server.{name}") is not None:
            import_module(f"reelgraph.server.{name}").register(app)
    app.add_url_rule("/healthz", view_func=_health)
    app.add_url_rule("/readyz", view_func=_ready)
    endpoint = new_endpoint(app)
    app.extensions[ENDPOINT] = Bridge(endpoint)
    graphs, queries = graphstore.PATH, admin.QUERIES
    for rule in (PATH, graphs, f"{graphs}/<path:_name>", admin.METRICS, queries, f"{queries}/<path:_name>"):
        app.add_url_rule(rule, view_func=_sparql, methods=_ANY, provide_automatic_options=False)
    app.register_error_handler(HTTPException, _http_exception)
    app.register_error_handler(ReelgraphError, _reelgraph_error)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_with_headers)
    return app


def new_endpoint(app: Flask, observer: Observer | None = None) -> Endpoint:
    """Return an endpoint on the application's snapshots, for one event loop."""
    has_page = any(rule.rule == f"/{PAGE}" for rule in app.url_map.iter_rules())
    return Endpoint(app.extensions[SETTINGS], app.extensions[EXTENSION], has_page=has_page, observer=observer)


def _health() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


def _ready() -> Response:
    """Say which snapshot answers, or that there is none."""
    return Response(f"ready, snapshot {current().id}\n", mimetype="text/plain")


def _sparql(_name: str = "") -> Response:
    """Answer at the endpoint where no event loop does."""
    bridge: Bridge = current_app.extensions[ENDPOINT]
    answer = bridge.answer(
        Request(
            method=request.method,
            query_string=request.query_string.decode("latin-1"),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=request.get_data(),
            client=request.remote_addr or "",
            url=request.base_url,
            path=request.path,
        )
    )
    body = bridge.pieces(answer) if answer.stream else answer.body or None
    response = Response(body, answer.status, answer.headers)
    response.call_on_close(lambda: bridge.close(answer))
    return response


def _http_exception(error: HTTPException) -> Response:
    """Show a routing error like our own."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    detail = f"there is nothing at {request.path}" if error.code == 404 else error.description or error.name
    return _problem(HttpError(error.code, detail, headers=_allow(error)))


def _allow(error: HTTPException) -> dict[str, str]:
    return {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}


def _reelgraph_error(error: ReelgraphError) -> Response:
    """Show our own errors: those of parameters are the client's, the rest is ours."""
    if isinstance(error, HttpError):
        return _problem(error)
    if isinstance(error, QueryError):
        return _problem(HttpError(422, str(error), extra={"parameter": error.parameter} if error.parameter else None))
    _log.error("%s %s: %s", request.method, request.path, error)
    return _problem(HttpError(503, str(error)))


def _unexpected(error: Exception) -> Response:
    """Log an error nobody expected, and show nothing of it."""
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _problem(HttpError(500, "something went wrong here; the server's log says what"))


def _problem(error: HttpError) -> Response:
    accept = request.headers.get("Accept")
    page = current_app.extensions.get(ERROR_PAGE)
    if page is not None and prefers_html(accept, (TEXT, PROBLEM_JSON)):
        return Response(page(error), error.status, error.headers, mimetype="text/html")
    content_type, body = error.body(accept)
    return Response(body, error.status, error.headers, content_type=content_type)


def _with_headers(response: Response) -> Response:
    for name, value in (*headers.SECURITY, ("Content-Security-Policy", headers.PAGE_POLICY)):
        response.headers.setdefault(name, value)
    is_page = (response.mimetype or "").endswith("html") and response.status_code not in (301, 302, 303)
    for name, value in _CORS.get(request.method, ()) if request.method == "OPTIONS" or not is_page else ():
        response.headers.setdefault(name, value)
    return response
