"""The pool of query processes: runs foreign queries where they can be killed, and keeps a fresh process ready."""

import asyncio
import contextlib
import json
import os
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace

from reelgraph.server.frames import DATA, ERROR, Json
from reelgraph.server.lanes import Lanes, Turn
from reelgraph.server.observing import Live
from reelgraph.server.problem import HttpError
from reelgraph.server.process import Cause, EndedError, Process
from reelgraph.server.replica import Replica
from reelgraph.server.running import Run, Stream
from reelgraph.server.worker import Task

#: Seconds after its deadline a process ends by itself, should this one be gone.
_GRACE = 5.0
_WHY = {
    Cause.DEADLINE: (504, "the query took longer than the {deadline:g} seconds allowed and was stopped"),
    Cause.MEMORY: (400, "the query needs more than the {memory} megabytes of memory allowed and was stopped"),
    Cause.CRASH: (
        400,
        "the query broke the query engine: it is nested too deeply or has too long a chain of operators",
    ),
    Cause.STALLED: (408, "the client took nothing of the answer for too long"),
    Cause.CLOSED: (503, "the server is stopping"),
    Cause.GAVE_WAY: (503, "the server is busy"),
    Cause.KILLED: (503, "the query was stopped by those who run this server"),
}
#: Seconds after which an idle process that has answered is replaced by a fresh one, which holds less memory.
_STALE = 30.0
#: Characters of a query that are shown while it runs.
_SHOWN = 2000
#: The status, never sent, of a query that is well formed.
_CHECKED = 204
_STATUS = {"syntax": 400, "dataset": 400, "unacceptable": 406, "limit": 422, "missing": 404, "checked": _CHECKED}
_SOON = {"Retry-After": "5"}


@dataclass
class Reply:
    """The answer to a query: all of it in `body`, or what comes of `stream` after that."""

    is_graph: bool
    format: str
    body: bytes
    stream: Stream | None = None


class Pool:
    """The query processes of one server process; to be used from one event loop."""

    def __init__(
        self,
        width: int,
        deadline: float,
        memory: int,
        counted: Callable[[str], None] | None = None,
        replica: Replica | None = None,
    ) -> None:
        self._counted = counted
        self._replica = replica or Replica()
        self._runs: set[Run] = set()
        self.deadline = deadline
        self.memory = memory
        #: Processes to keep: one for each query that may run, and one to spare.
        self._keep = width + 2
        self._lanes = Lanes(width)
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def tend(self, snapshot: str) -> None:
        """Have two fresh processes ready for the current snapshot, in memory if it is there; to be called regularly."""
        self._replica.follow(snapshot)
        now, replica = asyncio.get_running_loop().time(), self._replica.of(snapshot)
        for process in [one for one in self._idle if one.replica != replica or one.stale_from < now]:
            self._idle.remove(process)
            self._spawn(process.close())
        while len(self._idle) < 2 and not self._is_closed:
            await self._adopt(self._start(snapshot))

    async def answer(self, task: Task, client: str, seconds: float | None = None) -> Reply:
        """Answer a query within the deadline, or within fewer seconds, or raise the `HttpError` that says why not."""
        seconds = self.deadline if seconds is None else min(seconds, self.deadline)
        ends = asyncio.get_running_loop().time() + seconds
        heavy = False
        while True:
            turn = await self._enter(client, ends, seconds, heavy=heavy)
            try:
                return await self._run(turn, task, ends, client)
            except EndedError as error:
                if error.cause is not Cause.GAVE_WAY:
                    raise self._error(error.cause, seconds) from None
            heavy = True

    async def check(self, task: Task, client: str, seconds: float | None) -> None:
        """Raise the `HttpError` that says what is wrong with a query's syntax, without running it."""
        try:
            await self.answer(replace(task, check=True), client, seconds)
        except HttpError as error:
            if error.status != _CHECKED:
                raise

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._idle) + len(self._busy)

    def is_in_memory(self, snapshot: str) -> bool:
        """Return whether queries on a snapshot are answered from memory."""
        return bool(self._replica.of(snapshot))

    def live(self) -> list[Live]:
        """Return the queries that run."""
        now = asyncio.get_running_loop().time()
        return [
            Live(_id(run), round(now - run.turn.since, 3), run.turn.lane.value, run.query[:_SHOWN])
            for run in self._runs
        ]

    def kill(self, identifier: str) -> bool:
        """Stop a query that runs here; return whether there is one."""
        found = [run for run in self._runs if _id(run) == identifier]
        for run in found:
            run.process.end(Cause.KILLED)
        return bool(found)

    async def close(self) -> None:
        """Kill all processes, those that answer included."""
        self._is_closed = True
        self._replica.close()
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(process.close() for process in processes), *self._tasks)

    async def _enter(self, client: str, ends: float, seconds: float, *, heavy: bool) -> Turn:
        if self._is_closed:
            raise self._error(Cause.CLOSED, seconds)
        try:
            async with asyncio.timeout_at(ends):
                return await self._lanes.enter(client, heavy=heavy)
        except TimeoutError:
            told = f"the server is busy: no query process was free for it within {seconds:g} seconds"
            raise HttpError(504 if heavy else 503, told, headers=_SOON) from None

    async def _run(self, turn: Turn, task: Task, ends: float, client: str) -> Reply:
        try:
            process = await self._take(task.snapshot, ends)
        except BaseException:
            self._lanes.leave(turn)
            raise
        run = Run(process, turn, self._lanes, ends, self._done, task.query).start()
        self._runs.add(run)
        try:
            return await self._begin(run, task, client)
        except HttpError:
            run.finish(reusable=True)
            raise
        except BaseException:
            run.finish(reusable=False)
            raise

    async def _begin(self, run: Run, task: Task, client: str) -> Reply:
        """Send the query and return its reply as soon as that begins."""
        rest = run.ends - asyncio.get_running_loop().time() + _GRACE
        await run.process.send(task.message(rest))
        kind, content = await run.process.receive()
        if kind == ERROR:
            raise _refusal(json.loads(content))
        head = json.loads(content)
        reply = Reply(head["graph"], head["format"], b"")
        kind, content = await run.process.receive()
        if kind == DATA:
            reply.body = content
            following = run.process.received()
            if following is None or following[0] == DATA:
                await self._let_stream(run, client)
                reply.stream = Stream(run, following)
                return reply
            kind, content = following
        end = json.loads(content)
        if kind == ERROR:
            raise _refusal(end)
        run.finish(reusable=not end["retire"])
        return reply

    async def _let_stream(self, run: Run, client: str) -> None:
        """Wait until a query whose answer has begun may go on; until then it stands still, as nobody takes more."""
        if self._lanes.may_stream(run.turn):
            return
        is_let = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(run.ends):
                is_let = await self._lanes.pause(run.turn, client)
        if not is_let:
            raise EndedError(Cause.GAVE_WAY)

    def _done(self, run: Run, reusable: bool) -> None:  # noqa: FBT001 - called by `Run` alone
        """Give the turn back, and keep the process for the next query or end it."""
        self._lanes.leave(run.turn)
        self._runs.discard(run)
        if run.process.cause is not None and self._counted is not None:
            self._counted(run.process.cause.value)
        self._busy.discard(run.process)
        keep = reusable and len(self._idle) < self._keep and not self._is_closed
        if keep and run.process.is_alive and run.process.make_normal():
            run.process.stale_from = asyncio.get_running_loop().time() + _STALE
            self._idle.append(run.process)
        else:
            run.process.end(Cause.CLOSED)
            self._spawn(run.process.close())

    async def _take(self, snapshot: str, ends: float) -> Process:
        """Return a process that is ready, and see that the next one will find another."""
        process = None
        replica = self._replica.of(snapshot)
        while self._idle and process is None:
            found = self._idle.pop()
            if found.is_alive and found.replica == replica:
                process = found
            else:
                self._spawn(found.close())
        if process is None:
            process = await self._start_until(snapshot, ends)
        if not self._idle and not self._is_closed:
            self._spawn(self._adopt(self._start(snapshot)))
        self._busy.add(process)
        return process

    async def _start(self, snapshot: str) -> Process:
        loop = asyncio.get_running_loop()
        try:
            if self._replica.of(snapshot):
                with contextlib.suppress(OSError):  # then the host is gone
                    return await loop.run_in_executor(None, self._replica.fork, self.memory)
            return await loop.run_in_executor(None, Process.start, self.memory, snapshot)
        except OSError as error:
            raise HttpError(503, f"cannot start a query process: {error}", headers=_SOON) from error

    async def _start_until(self, snapshot: str, ends: float) -> Process:
        """Start a process; if it comes too late for this query, another gets it."""
        starting = asyncio.create_task(self._start(snapshot))
        try:
            async with asyncio.timeout_at(ends):
                return await asyncio.shield(starting)
        except (TimeoutError, asyncio.CancelledError) as error:
            self._spawn(self._adopt(starting))
            if isinstance(error, TimeoutError):
                raise EndedError(Cause.DEADLINE) from None
            raise

    async def _adopt(self, starting: Awaitable[Process]) -> None:
        """Keep a process for later as soon as it has started."""
        with contextlib.suppress(HttpError):
            process = await starting
            if self._is_closed or len(self._idle) >= self._keep:
                await process.close()
            else:
                self._idle.append(process)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _error(self, cause: Cause, seconds: float) -> HttpError:
        status, text = _WHY[cause]
        return HttpError(status, text.format(deadline=seconds, memory=self.memory))


def _id(run: Run) -> str:
    return f"{os.getpid()}-{run.process.id}"


def _refusal(error: dict[str, Json]) -> HttpError:
    """Return the process's error as an answer."""
    kind, detail = str(error.pop("kind")), str(error.pop("detail"))
    extra = {name: value for name, value in error.items() if isinstance(value, str | int)}
    if kind == "evaluation" and detail.endswith("is not supported"):
        return HttpError(400, detail.partition(": ")[2], extra=extra)
    return HttpError(_STATUS.get(kind, 500), detail, extra=extra)
