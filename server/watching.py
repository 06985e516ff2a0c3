"""Watches one answer at the endpoint: how long it took, how large it was, and what the log has of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from time import perf_counter

from reelgraph.server.answer import Answer
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request, operation
from reelgraph.server.wsgi import Message, Send

_ROUTE = "/sparql"


@dataclass
class Seen:
    """What was seen of an answer."""

    status: int = 0
    snapshot: str = ""
    size: int = 0
    problem: str = ""

    def take(self, answer: Answer) -> None:
        """Note an answer's beginning."""
        self.status = answer.status
        self.snapshot = next((value for name, value in answer.headers if name == "X-Reelgraph-Snapshot"), "")

    def sending(self, send: Send) -> Send:
        """Return `send`, with its bytes counted."""

        async def counted(message: Message) -> None:
            body = message.get("body")
            self.size += len(body) if isinstance(body, bytes) else 0
            await send(message)

        return counted


@contextmanager
def watched(observer: Observer, request: Request) -> Iterator[Seen]:
    """Count and log the answer that is made in the `with` block; status 499 is a client that left."""
    seen, begin = Seen(), perf_counter()
    try:
        yield seen
    finally:
        seconds = perf_counter() - begin
        route, status = f"/{request.path.split('/')[1]}", seen.status or 499
        observer.metrics.request(route, status)
        observer.metrics.count("bytes_total", number=seen.size)
        if route == _ROUTE:
            observer.metrics.query(seconds)
            if observer.has_log:
                _log(observer, request, seen, seconds, status)


def _log(observer: Observer, request: Request, seen: Seen, seconds: float, status: int) -> None:
    """Write a line without anything of the client: the query is there by its hash only."""
    try:
        asked = operation(request)
    except HttpError:
        kind, text = "none", ""
    else:
        kind = "update" if asked.update is not None else "query" if asked.query is not None else "description"
        text = asked.update or asked.query or ""
    observer.log(
        kind=kind,
        query=sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        status=status,
        seconds=round(seconds, 6),
        bytes=seen.size,
        snapshot=seen.snapshot,
        problem=seen.problem or None,
    )
