"""Queries of readers, for pages: answered like those at the endpoint, in its processes and within its limits."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph
from flask import Response, current_app, request
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions

from reelgraph.server.bridge import Bridge
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import QUERY_TYPE, Request

#: Where the application keeps its way to the endpoint.
ENDPOINT = "reelgraph.endpoint"
#: Bytes of an answer that a page takes.
_MOST = 1 << 20
_ACCEPT = "text/tab-separated-values, text/turtle;q=0.9, application/problem+json;q=0.8"


@dataclass(frozen=True, slots=True)
class Answered:
    """The beginning of an answer: rows as TSV, a graph as Turtle; `is_whole` if nothing was left out."""

    is_rows: bool
    text: bytes
    is_whole: bool

    def results(self) -> QuerySolutions | bool:
        """Return the rows, as far as they are there, or yes or no; a graph is an `HttpError`."""
        if not self.is_rows:
            raise HttpError(422, "the query answers with a graph")
        text = self.text if self.is_whole else self.text[: self.text.rfind(b"\n") + 1]
        found = pyoxigraph.parse_query_results(text, QueryResultsFormat.TSV)
        return bool(found) if isinstance(found, QueryBoolean) else found

    def rows(self) -> QuerySolutions:
        """Return the rows; an answer without rows is an `HttpError`."""
        found = self.results()
        if isinstance(found, bool):
            raise HttpError(422, "only a SELECT query has rows")
        return found


def asked(query: str) -> Answered:
    """Return the answer to a query; whatever is wrong with it is an `HttpError`."""
    bridge: Bridge = current_app.extensions[ENDPOINT]
    answer = bridge.answer(_request(query, _ACCEPT))
    try:
        kind = next((value for name, value in answer.headers if name == "Content-Type"), "")
        text, is_whole = bytearray(), True
        for piece in bridge.pieces(answer):
            if len(text) > _MOST:
                is_whole = False
                break
            text += piece
    finally:
        bridge.close(answer)
    if answer.status != 200:
        raise HttpError(answer.status, _detail(bytes(text)))
    return Answered("tab-separated" in kind, bytes(text), is_whole)


def file(query: str, suffix: str) -> Response:
    """Return the whole answer to a query in a format, as a file to keep."""
    bridge: Bridge = current_app.extensions[ENDPOINT]
    answer = bridge.answer(_request(query, "application/problem+json", urlencode({"format": suffix})))
    if answer.status != 200:
        bridge.close(answer)
        raise HttpError(answer.status, _detail(answer.body))
    response = Response(bridge.pieces(answer), answer.status, answer.headers)
    response.headers["Content-Disposition"] = f'attachment; filename="result.{suffix}"'
    response.call_on_close(lambda: bridge.close(answer))
    return response


def _request(query: str, accept: str, query_string: str = "") -> Request:
    fields = {"content-type": QUERY_TYPE, "accept": accept}
    body = query.encode("utf-8", "surrogatepass")
    return Request("POST", query_string, fields, body, request.remote_addr or "", request.url_root)


def _detail(body: bytes) -> str:
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return body.decode("utf-8", "replace").strip()
