"""Requests that were made before in the very same words: their answers are kept as they are sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from reelgraph.server.answer import Answer
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.wsgi import Message, Scope

#: Bytes that a request may have, headers included, to be known again.
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Ready(Entry):
    """An answer as the two messages that are sent."""

    start: Message
    end: Message


class Repeats:
    """The requests that one server process knows, by everything the client sent and the snapshot that answered."""

    def __init__(self, snapshots: Snapshots, observer: Observer) -> None:
        self._snapshots = snapshots
        self._observer = observer
        self._cache = Cache()

    def find(self, scope: Scope) -> Ready | None:
        """Return the answer to a request that was made before; logged requests go the long way."""
        if scope["method"] != "GET" or self._observer.has_log:
            return None
        try:
            found = self._cache.get(_key(self._snapshots.snapshot().id, scope))
        except HttpError:
            return None
        return found if isinstance(found, Ready) else None

    def keep(self, scope: Scope, answer: Answer, head: list[tuple[bytes, bytes]]) -> None:
        """Keep an answer that depends on nothing but request and snapshot, which its ETag says."""
        if scope["method"] != "GET" or answer.status != 200 or answer.stream is not None:
            return
        fields = dict(answer.headers)
        if "ETag" not in fields or "Content-Length" not in fields:
            return
        key = _key(fields.get("X-Reelgraph-Snapshot", ""), scope)
        if sum(len(name) + len(value) for name, value in key[3]) + len(str(scope["query_string"])) <= _LONGEST:
            start: Message = {"type": "http.response.start", "status": answer.status, "headers": head}
            end: Message = {"type": "http.response.body", "body": answer.body}
            self._cache.put(key, Ready(200, (), answer.body, start, end))


def _key(snapshot: str, scope: Scope) -> tuple[str, object, object, tuple[tuple[bytes, bytes], ...]]:
    headers = scope["headers"]
    assert isinstance(headers, Iterable)  # noqa: S101 - ASGI has it so
    return snapshot, scope["path"], scope["query_string"], tuple((name, value) for name, value in headers)
