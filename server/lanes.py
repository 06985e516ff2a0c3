"""Who may run next: lanes for queries, so that small ones never wait behind those that never end.

A few queries run in the main lanes to their deadline. When those are taken, one at a time may try the express lane.
If it is slow there, the main lanes look stuck and others wait, it gives way and waits for a main lane, where it starts
again; if its answer has begun, it pauses instead, for as long as few do. An answer that waits for its client moves to a
lane for streams, so that slow readers block nobody.
"""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum

#: Seconds a query may hold the express lane, and a main lane before it looks stuck, while others wait.
SLICE = 0.05
STUCK = 1.0


class Lane(Enum):
    """What a running query counts as."""

    MAIN = "main"
    EXPRESS = "express"
    STREAM = "stream"
    PAUSED = "paused"


@dataclass(eq=False)
class Turn:
    """The right of one query to run."""

    lane: Lane
    since: float


@dataclass
class FairQueue:
    """Those that wait, one of each client after the other."""

    clients: OrderedDict[str, deque[asyncio.Future[Turn]]] = field(default_factory=OrderedDict)

    def add(self, client: str, waiter: asyncio.Future[Turn]) -> None:
        """Put a waiter behind the others of its client."""
        self.clients.setdefault(client, deque()).append(waiter)

    def next(self) -> asyncio.Future[Turn] | None:
        """Take the first waiter of the client whose turn it is; those that gave up are passed over."""
        while self.clients:
            client, waiters = self.clients.popitem(last=False)
            waiter = waiters.popleft()
            if waiters:
                self.clients[client] = waiters
            if not waiter.done():
                return waiter
        return None

    def __len__(self) -> int:
        return sum(not waiter.done() for waiters in self.clients.values() for waiter in waiters)


class Lanes:
    """The lanes of one server process; to be used from one event loop."""

    def __init__(self, width: int) -> None:
        self._room = {Lane.MAIN: width, Lane.EXPRESS: 1, Lane.STREAM: width, Lane.PAUSED: width}
        self._turns: set[Turn] = set()
        self._fresh = FairQueue()
        self._heavy = FairQueue()

    async def enter(self, client: str, *, heavy: bool = False) -> Turn:
        """Wait for a lane; a heavy query, which was slow in the express lane, waits for a main lane."""
        waiter: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        (self._heavy if heavy else self._fresh).add(client, waiter)
        self._admit()
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.leave(waiter.result())
            raise

    def leave(self, turn: Turn) -> None:
        """Give a turn back."""
        self._turns.discard(turn)
        self._admit()

    def may_stream(self, turn: Turn) -> bool:
        """Let a query whose answer has begun run on; False if it is in the express lane and there is no other."""
        return turn.lane is not Lane.EXPRESS or self._move(turn, Lane.STREAM) or self._move(turn, Lane.MAIN)

    async def pause(self, turn: Turn, client: str) -> bool:
        """Let a query whose answer has begun wait for a main lane; False if too many do."""
        if not self._move(turn, Lane.PAUSED):
            return False
        found = await self.enter(client, heavy=True)
        self._turns.discard(found)
        turn.lane, turn.since = found.lane, found.since
        return True

    def move_to_stream(self, turn: Turn) -> None:
        """Let others use the lane of a query that waits for its client, if there is room for it elsewhere."""
        if turn.lane is Lane.MAIN:
            self._move(turn, Lane.STREAM)

    def _move(self, turn: Turn, lane: Lane) -> bool:
        if not self._is_free(lane):
            return False
        turn.lane = lane
        self._admit()
        return True

    def must_give_way(self, turn: Turn, now: float) -> bool:
        """Return whether a query must leave the express lane to those that wait."""
        if turn.lane is not Lane.EXPRESS:
            return False
        if self._move(turn, Lane.MAIN):
            return False
        others = (other for other in self._turns if other.lane is Lane.MAIN)
        return now - turn.since > SLICE and len(self._fresh) > 0 and all(now - other.since > STUCK for other in others)

    def _is_free(self, lane: Lane) -> bool:
        return sum(turn.lane is lane for turn in self._turns) < self._room[lane]

    def _admit(self) -> None:
        """Give free lanes to those that wait: a main lane first to heavy queries, the express lane to fresh ones."""
        for lane, queue in ((Lane.MAIN, self._heavy), (Lane.MAIN, self._fresh), (Lane.EXPRESS, self._fresh)):
            while self._is_free(lane) and (waiter := queue.next()) is not None:
                turn = Turn(lane, asyncio.get_running_loop().time())
                self._turns.add(turn)
                waiter.set_result(turn)
