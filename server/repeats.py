"""Requests that were made before in the very same words: their answers are kept as they are sent."""

from dataclasses import dataclass
from typing import cast

from reelgraph.server.answer import Answer
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.observing import Observer
from reelgraph.server.wsgi import Block, Message, Scope, header_block

#: Bytes that a request may have, headers included, to be known again.
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Ready(Entry):
    """An answer as the two messages that are sent."""

    start: Message
    end: Message


class Repeats:
    """The requests that one server process knows, by everything the client sent and the snapshot that answered."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._cache = Cache()

    def find(self, snapshot: str, scope: Scope) -> Ready | None:
        """Return the answer to a GET request that was made before; logged requests go the long way."""
        if self._observer.has_log:
            return None
        found = self._cache.get(_key(snapshot, scope))
        return found if isinstance(found, Ready) else None

    def keep(self, scope: Scope, answer: Answer, head: list[tuple[bytes, bytes]]) -> None:
        """Keep an answer that depends on nothing but request and snapshot, which its ETag says."""
        if scope["method"] != "GET" or answer.status != 200 or answer.stream is not None:
            return
        fields = dict(answer.headers)
        if "ETag" not in fields or "Content-Length" not in fields:
            return
        key = _key(fields.get("X-Reelgraph-Snapshot", ""), scope)
        if sum(len(name) + len(value) for name, value in key[3]) + len(key[2]) <= _LONGEST:
            start: Message = {"type": "http.response.start", "status": answer.status, "headers": head}
            end: Message = {"type": "http.response.body", "body": answer.body}
            self._cache.put(key, Ready(200, (), answer.body, start, end))


def _key(snapshot: str, scope: Scope) -> tuple[str, str, bytes, Block]:
    return snapshot, cast("str", scope["path"]), cast("bytes", scope["query_string"]), header_block(scope)
