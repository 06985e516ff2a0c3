"""Watches one answer at the endpoint: how long it took, how large it was, and what the log has of it."""

from collections.abc import Iterator, Sequence
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

    status: int = 499
    size: int = 0
    problem: str = ""
    headers: Sequence[tuple[str, str]] = ()

    def take(self, answer: Answer) -> None:
        """Note an answer's beginning."""
        self.status, self.headers = answer.status, answer.headers

    @property
    def snapshot(self) -> str:
        """The snapshot that answered, if one did."""
        return next((value for name, value in self.headers if name == "X-Reelgraph-Snapshot"), "")

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
        note(observer, request, seen, perf_counter() - begin)


def note(observer: Observer, request: Request, seen: Seen, seconds: float) -> None:
    """Count and log an answer that took so many seconds."""
    route = f"/{request.path.split('/')[1]}"
    observer.metrics.request(route, seen.status)
    observer.metrics.count("bytes_total", number=seen.size)
    if route == _ROUTE:
        observer.metrics.query(seconds)
        if observer.has_log:
            _log(observer, request, seen, seconds)


def _log(observer: Observer, request: Request, seen: Seen, seconds: float) -> None:
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
        status=seen.status,
        seconds=round(seconds, 6),
        bytes=seen.size,
        snapshot=seen.snapshot,
        problem=seen.problem or None,
    )
