"""One query process as the server sees it: start it, send it a query, take its messages, end it."""

import asyncio
import contextlib
import math
import os
import signal
import socket
from enum import Enum
from pathlib import Path

from reelgraph.server.children import Child, Started
from reelgraph.server.frames import Frames
from reelgraph.server.worker import NICE

_RECEIVE = 1 << 18
#: Seconds a process gets between closing its channel and ending.
_LAST_WORDS = 2.0
_NICE = 15


class Cause(Enum):
    """Why a process ended."""

    DEADLINE = "deadline"
    GAVE_WAY = "gave way"
    STALLED = "stalled"
    CLOSED = "closed"
    MEMORY = "memory"
    CRASH = "crash"
    KILLED = "killed"


class EndedError(Exception):
    """The process ended before its answer did."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause


class Process:
    """A query process; everything but `start` belongs to one event loop."""

    def __init__(self, child: Child, channel: socket.socket, replica: str = "") -> None:
        #: The snapshot that the process holds in memory, nothing if it reads from disk.
        self.replica = replica
        #: The time of the event loop from which on a fresh process would be better.
        self.stale_from = math.inf
        self._child = child
        self._channel = channel
        self._frames = Frames()
        self._cause: Cause | None = None
        self._is_nice = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._is_over = False
        channel.setblocking(False)  # noqa: FBT003 - the socket module has it so

    @classmethod
    def start(cls, memory: int, snapshot: str) -> "Process":
        """Start a process that may use so many megabytes and has the snapshot open; takes some milliseconds."""
        ours, theirs = socket.socketpair()
        with theirs:
            return cls(Started(theirs, memory, snapshot), ours)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._cause is None and self._child.is_alive()

    @property
    def cause(self) -> Cause | None:
        """Why the process ended, None while it runs."""
        return self._cause

    @property
    def id(self) -> int:
        """The number the system knows the process by."""
        return self._child.pid

    async def send(self, data: bytes) -> None:
        """Send a message."""
        try:
            sent = self._channel.send(data)  # which takes all of a small one
        except BlockingIOError:
            sent = 0
        except OSError:
            raise EndedError(await self._why()) from None
        if sent < len(data):
            self._watch(None)
            try:
                await asyncio.get_running_loop().sock_sendall(self._channel, data[sent:])
            except OSError:
                raise EndedError(await self._why()) from None

    async def receive(self) -> tuple[int, bytes]:
        """Return the next message; raises `EndedError` when there will be none."""
        while (received := self._frames.next()) is None:
            if self._is_over:
                raise EndedError(await self._why())
            loop = asyncio.get_running_loop()
            self._watch(loop)
            self._waiter = loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return received

    def _watch(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Let a loop watch the channel, or none; watching goes on from query to query, as beginning to costs time."""
        if self._loop is not loop:
            if self._loop is not None:
                self._loop.remove_reader(self._channel)
            if loop is not None:
                loop.add_reader(self._channel, self._take)
            self._loop = loop

    def _take(self) -> None:
        """Take what arrived; if nobody waits for it, leave it where it is, which slows the process down."""
        if self._waiter is None:
            self._watch(None)
            return
        try:
            data = self._channel.recv(_RECEIVE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._frames.feed(data)
        else:
            self._is_over = True
            self._watch(None)
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def received(self) -> tuple[int, bytes] | None:
        """Return the next message if it has arrived already."""
        return self._frames.next()

    def end(self, cause: Cause) -> None:
        """Kill the process; whoever waits for its messages learns the cause, before the process is gone."""
        if self._cause is None:
            self._cause = cause
            self._child.kill()
            self._is_over = True
            self._wake()

    def make_nice(self) -> None:
        """Let the process run only when quicker queries leave time."""
        if not self._is_nice:
            self._is_nice = True
            with contextlib.suppress(OSError):
                _set_priority(self._child.pid, _NICE)

    def make_normal(self) -> bool:
        """Let the process run like others again; False if the system does not allow that."""
        if self._is_nice:
            try:
                _set_priority(self._child.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICE)
            except OSError:
                return False
            self._is_nice = False
        return True

    async def close(self) -> None:
        """Kill the process and wait until nothing is left of it."""
        self.end(Cause.CLOSED)
        self._watch(None)
        try:
            await asyncio.get_running_loop().run_in_executor(None, self.close_now)
        except RuntimeError:  # the interpreter ends and has no threads any more
            self.close_now()

    def close_now(self) -> None:
        """Kill the process and wait, without an event loop."""
        self.end(Cause.CLOSED)
        self._channel.close()
        self._child.ended(_LAST_WORDS)

    async def _why(self) -> Cause:
        """Return why the process ended: by our hand, for want of memory, or in a crash."""
        if self._cause is None:
            code, said = await asyncio.get_running_loop().run_in_executor(None, self._child.ended, _LAST_WORDS)
            is_memory = code == -signal.SIGKILL or "memory allocation" in said or "MemoryError" in said
            self._cause = Cause.DEADLINE if code == -signal.SIGALRM else Cause.MEMORY if is_memory else Cause.CRASH
        return self._cause


def _set_priority(pid: int, nice: int) -> None:
    """Set the priority of a process: of each of its threads, as Linux keeps one for each."""
    folder = Path(f"/proc/{pid}/task")
    for thread in [int(entry.name) for entry in folder.iterdir()] if folder.exists() else [pid]:
        os.setpriority(os.PRIO_PROCESS, thread, nice)
