"""What is for those who run the server: `/metrics`, and the queries that run with a way to stop them."""

import json
import time
from dataclasses import asdict
from html import escape
from urllib.parse import urlsplit

from reelgraph.access import Role
from reelgraph.server import headers, metrics
from reelgraph.server.answer import Answer, about, empty
from reelgraph.server.negotiate import Format, prefers_html
from reelgraph.server.observing import Live, Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.workers import Pool
from reelgraph.server.writing import Writing

METRICS = "/metrics"
QUERIES = "/admin/queries"
_JSON = Format("json", "application/json")


class Admin:
    """The pages for those who run the server."""

    def __init__(self, observer: Observer, pool: Pool, snapshots: Snapshots, writing: Writing) -> None:
        self._observer = observer
        self._pool = pool
        self._snapshots = snapshots
        self._writing = writing

    async def answer(self, request: Request) -> Answer:
        """Answer a request, or raise the `HttpError` that says what is wrong with it."""
        if request.path == METRICS:
            _only(request, "GET", "HEAD")
            return _whole(self._metrics().encode(), "text/plain; version=0.0.4; charset=utf-8")
        if request.path == QUERIES:
            _only(request, "GET", "HEAD")
            await self._writing.allowed(request, Role.READ)
            found = [*self._pool.live(), *(one for _, live in self._observer.others() for one in live)]
            if prefers_html(request.headers.get("accept"), (_JSON,)):
                return _page(found)
            return _whole(json.dumps([asdict(one) for one in found], indent=1).encode(), _JSON.media_type)
        _only(request, "DELETE", "POST")
        if request.method == "POST" and not _is_from_here(request):
            raise HttpError(403, "this button works on the server's own page only")
        await self._writing.allowed(request, Role.ADMIN)
        answer = self._stopped(request.path.removeprefix(f"{QUERIES}/"))
        if request.method == "POST":
            return Answer(303, [("Location", "../queries"), *headers.SECURITY])
        return answer

    def _stopped(self, identifier: str) -> Answer:
        """Stop a query, here or in another process."""
        if self._pool.kill(identifier):
            return empty(204)
        if any(one.id == identifier for _, live in self._observer.others() for one in live):
            self._observer.ask_to_kill(identifier)
            return empty(202)
        raise HttpError(404, f"no query {identifier[:40]} runs here")

    def _metrics(self) -> str:
        others = list(self._observer.others())
        live = [*self._pool.live(), *(one for _, found in others for one in found)]
        gauges: dict[str, float] = {"queries_running": len(live), "query_processes": self._pool.size}
        try:
            snapshot = self._snapshots.snapshot()
            gauges["snapshot_in_memory"] = self._pool.is_in_memory(str(snapshot.path))
            gauges["snapshot_age_seconds"] = time.time() - snapshot.manifest_path.stat().st_mtime
        except (HttpError, OSError):
            gauges["snapshot_age_seconds"] = -1
        return metrics.text([self._observer.metrics, *(one for one, _ in others)], gauges)


def _page(found: list[Live]) -> Answer:
    """Return the queries that run as a page with a button for each; it asks for itself again every two seconds."""
    rows = "".join(
        f"<tr><td>{one.seconds:.1f} s<td>{escape(one.lane)}<td><pre>{escape(one.query)}</pre>"
        f'<td><form method="post" action="queries/{escape(one.id)}"><button>Stop</button></form>'
        for one in found
    )
    text = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
        f"<title>Running queries</title><h1>Running queries: {len(found)}</h1>"
        f"<table><thead><tr><th>Time<th>Lane<th>Query<th>Stop<tbody>{rows}</table></html>\n"
    )
    body = text.encode()
    fields = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    policy = [("Content-Security-Policy", headers.PAGE_POLICY), ("Cache-Control", "no-store"), ("Vary", "Accept")]
    return Answer(200, [*fields, *policy, *headers.SECURITY], body)


def _is_from_here(request: Request) -> bool:
    """Return whether a browser sent a form of this server's own page; other sites must not press its buttons."""
    return request.headers.get("sec-fetch-site", "") == "same-origin" or (
        request.headers.get("origin", "") == request.url.removesuffix(urlsplit(request.url).path)
    )


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        allowed = ", ".join(methods)
        raise HttpError(405, f"{request.method} is not possible here; use {allowed}", headers={"Allow": allowed})


def _whole(body: bytes, content_type: str) -> Answer:
    return Answer(200, [("Cache-Control", "no-store"), *about(content_type, len(body))], body)
