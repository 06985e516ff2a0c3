"""What is for those who run the server: `/metrics`, and the queries that run with a way to stop them."""

import json
import time
from dataclasses import asdict

from reelgraph.access import Role
from reelgraph.server import metrics
from reelgraph.server.answer import Answer, about, empty
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.workers import Pool
from reelgraph.server.writing import Writing

METRICS = "/metrics"
QUERIES = "/admin/queries"


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
            return _whole(json.dumps([asdict(one) for one in found], indent=1).encode(), "application/json")
        _only(request, "DELETE")
        await self._writing.allowed(request, Role.ADMIN)
        identifier = request.path.removeprefix(f"{QUERIES}/")
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
            gauges["snapshot_age_seconds"] = time.time() - self._snapshots.snapshot().manifest_path.stat().st_mtime
        except (HttpError, OSError):
            gauges["snapshot_age_seconds"] = -1
        return metrics.text([self._observer.metrics, *(one for one, _ in others)], gauges)


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        allowed = ", ".join(methods)
        raise HttpError(405, f"{request.method} is not possible here; use {allowed}", headers={"Allow": allowed})


def _whole(body: bytes, content_type: str) -> Answer:
    return Answer(200, [("Cache-Control", "no-store"), *about(content_type, len(body))], body)
