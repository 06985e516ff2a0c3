"""One query that runs: its clock, and the answer that comes of it piece by piece."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from reelgraph.server.frames import DATA, END
from reelgraph.server.lanes import SLICE, Lanes, Turn
from reelgraph.server.process import Cause, EndedError, Process

#: Seconds after which a query runs at low priority.
NICE_AFTER = 0.25
#: Seconds that a client may be waited for in all before it keeps nobody else from a lane, and at once at most.
WAITED = 0.25
STALL = 30.0


class CutError(Exception):
    """An answer that had begun cannot be completed; the client must not take it for whole."""


@dataclass(eq=False)
class Run:
    """A query in a process: watches the deadline, and whether others should go first.

    `done` is called once, with whether the process can answer another query.
    """

    process: Process
    turn: Turn
    lanes: Lanes
    ends: float
    done: Callable[["Run", bool], None]
    query: str = ""
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)
    _client_since: float | None = field(default=None, init=False)
    _waited: float = field(default=0.0, init=False)
    _is_over: bool = field(default=False, init=False)

    def start(self) -> Self:
        """Begin to watch; nothing is looked at before a slice of time is over."""
        self._timer = asyncio.get_running_loop().call_later(SLICE, self._watch)
        return self

    def finish(self, *, reusable: bool) -> None:
        """Watch no longer and give the turn and the process back."""
        if not self._is_over:
            self._is_over = True
            if self._timer is not None:
                self._timer.cancel()
            self.done(self, reusable)

    def wait_for_client(self) -> None:
        """Stop the query's clock while the client takes a piece."""
        self._client_since = asyncio.get_running_loop().time()

    def go_on(self) -> None:
        """Let the query's clock run again."""
        if self._client_since is not None:
            waited = asyncio.get_running_loop().time() - self._client_since
            self.ends += waited
            self._waited += waited
        self._client_since = None

    def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        pause = SLICE
        if self._waited + (now - (self._client_since or now)) > WAITED:
            self.lanes.move_to_stream(self.turn)
        if self._client_since is not None:
            if now - self._client_since > STALL:
                self.process.end(Cause.STALLED)
        elif now >= self.ends:
            self.process.end(Cause.DEADLINE)
        elif self.lanes.must_give_way(self.turn, now):
            self.process.end(Cause.GAVE_WAY)
        else:
            pause = min(SLICE, self.ends - now)
            if now - self.turn.since > NICE_AFTER:
                self.process.make_nice()
        self._timer = loop.call_later(pause, self._watch)


class Stream:
    """The pieces of an answer that follow the first; close it, whether or not all were taken."""

    def __init__(self, run: Run, following: tuple[int, bytes] | None) -> None:
        self._run = run
        self._following = following
        self._run.wait_for_client()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        self._run.go_on()
        try:
            kind, content = self._following or await self._run.process.receive()
        except EndedError as error:
            self.close()
            raise CutError(error.cause.value) from None
        self._following = None
        if kind == DATA:
            self._run.wait_for_client()
            return content
        end = json.loads(content)
        self._run.finish(reusable=kind == END and not end["retire"])
        if kind != END:
            raise CutError(end["detail"])
        raise StopAsyncIteration

    def close(self) -> None:
        """Stop the query if it still runs."""
        self._run.finish(reusable=False)
