"""The SPARQL 1.1 Graph Store HTTP Protocol: graphs at addresses of their own, or named by `?graph=`, `?default`."""

import io
from collections.abc import Awaitable, Callable
from urllib.parse import quote
from uuid import uuid4

import pyoxigraph
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import parse_form_data

from reelgraph.access import Role
from reelgraph.server import headers
from reelgraph.server.answer import Answer, empty
from reelgraph.server.negotiate import GRAPHS
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Operation, Request, body_text, content_type, fields_of
from reelgraph.server.writing import Writing
from reelgraph.writes import Change

PATH = "/graph-store"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_MULTIPART = "multipart/form-data"

Ask = Callable[[Request, Operation], Awaitable[Answer]]


class GraphStore:
    """The graph store of one server process; `ask` answers its queries."""

    def __init__(self, writing: Writing, ask: Ask) -> None:
        self._writing = writing
        self._ask = ask

    async def answer(self, request: Request) -> Answer:
        """Answer a request, or raise the `HttpError` that says what is wrong with it."""
        if request.method == "OPTIONS":
            return Answer(204, list(headers.preflight(METHODS)))
        if request.method not in METHODS.split(", "):
            raise HttpError(405, f"{request.method} is not possible here; use {METHODS}", headers={"Allow": METHODS})
        graph, is_named = _graph(request)
        if request.method in ("GET", "HEAD"):
            return await self._get(request, graph, is_named=is_named)
        return await self._write(request, graph, is_named=is_named)

    async def _get(self, request: Request, graph: str | None, *, is_named: bool) -> Answer:
        if not is_named:
            raise HttpError(400, "name a graph: by ?graph=IRI, by ?default, or by an address below this one")
        if graph is None:
            return await self._ask(request, Operation(_ALL, _format(request), union=False))
        return await self._ask(request, Operation(_ALL, _format(request), (graph,), (), must_exist=True))

    async def _write(self, request: Request, graph: str | None, *, is_named: bool) -> Answer:
        token = await self._writing.allowed(request, Role.WRITE)
        is_new = not is_named
        if is_new and request.method != "POST":
            raise HttpError(400, f"{request.method} needs a graph: by ?graph=IRI, by ?default, or by its own address")
        if is_new:
            graph = f"{_address(request).rstrip('/')}/{uuid4()}"
        if graph is not None:
            _node(graph)
        parts = () if request.method == "DELETE" else _parts(request)
        kind, opened = request.method.lower(), self._writing.settings.open_sources
        done = await self._writing.apply(Change(kind, token.name, graph=graph, parts=parts, opened=opened))
        more = [("X-Reelgraph-Snapshot", done.snapshot)]
        if is_new and graph is not None:
            more.append(("Location", graph))
        return empty(201 if done.created and kind != "delete" else 204, *more)


def _graph(request: Request) -> tuple[str | None, bool]:
    """Return the graph a request is about (None: the default graph), and whether it names one at all."""
    fields = fields_of(request.query_string, "the address")
    graphs, is_default = fields.get("graph", []), "default" in fields
    is_direct = request.path.rstrip("/") != PATH
    if len(graphs) + is_default + is_direct > 1:
        raise HttpError(400, "name one graph: by ?graph=IRI, by ?default, or by its own address")
    if is_direct:
        return _address(request), True
    return (graphs[0] if graphs else None), bool(graphs) or is_default


def _address(request: Request) -> str:
    return quote(request.url, safe="/:@!$&'()*+,;=~[]%")


def _format(request: Request) -> str | None:
    formats = fields_of(request.query_string, "the address").get("format")
    return formats[-1] if formats else None


def _node(iri: str) -> pyoxigraph.NamedNode:
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError as error:
        raise HttpError(400, f"the graph's IRI is malformed: {error}") from None


def _parts(request: Request) -> tuple[tuple[str, str], ...]:
    """Return the graphs in a request's body, each with its media type."""
    declared = request.headers.get("content-type", "")
    media_type, charset = content_type(declared)
    if media_type != _MULTIPART:
        return ((_readable(media_type), body_text(request.body, charset)),)
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": declared, "CONTENT_LENGTH": str(len(request.body))}
    try:
        _, _, files = parse_form_data({**environ, "wsgi.input": io.BytesIO(request.body)}, silent=False)
    except (ValueError, HTTPException):
        raise HttpError(400, "the multipart body is malformed") from None
    found = []
    for file in files.values():
        kind, charset = content_type(file.content_type or "")
        found.append((_readable(kind), body_text(file.read(), charset)))
    if not found:
        raise HttpError(400, "the multipart body has no file")
    return tuple(found)


def _readable(media_type: str) -> str:
    for offer in GRAPHS:
        if media_type in offer.media_types:
            return offer.media_type
    offers = ", ".join(offer.media_type for offer in GRAPHS)
    raise HttpError(415, f"cannot read {media_type or 'a body without Content-Type'}; send one of {offers}")
