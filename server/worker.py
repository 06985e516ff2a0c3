"""The query process: answers one query at a time on one snapshot, in a process that can be killed at any moment.

Started as `python -m reelgraph.server.worker SOCKET MEMORY [SNAPSHOT]`, or forked from the host of a replica. It
imports neither Flask nor the rest of the server, so that a new one is ready in some dozens of milliseconds.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import sys
import threading
from dataclasses import dataclass, field, fields
from time import monotonic
from typing import IO, NoReturn, cast

import pyoxigraph

from reelgraph.server import sandbox
from reelgraph.server.frames import DATA, END, ERROR, HEAD, QUERY, Frames, frame, message
from reelgraph.server.rows import Counter, counter
from reelgraph.server.serializers import GRAPH_FORMATS, RESULT_FORMATS
from reelgraph.server.syntax import mistake

#: Bytes of an answer that are sent together: few at first, for the first byte to be early, more later.
_FIRST_PIECE = 16 << 10
_PIECE = 64 << 10
#: Bytes a process may gain by a query that takes long (in seconds); with more it is replaced by a fresh one.
_HELD = 256 << 20
_LONG = 0.2
#: How much the server goes before its query processes.
NICE = 4
Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


@dataclass(frozen=True, slots=True)
class Task:
    """One query: on which snapshot, over which graphs (None: the union of all), and how to write its answer.

    A format is None if the client takes none for that kind of result. Relative IRIs are resolved against `base`.
    Graphs that `must_exist` are an error if the snapshot has none by that name. `seconds` is when the process ends by
    itself, should its parent have died without a word. With `check` the query is read and does not run.
    """

    query: str
    results: str | None
    graph: str | None
    snapshot: str = ""
    base: str | None = None
    seconds: float = 0.0
    union: bool = True
    default_graphs: list[str] | None = None
    named_graphs: list[str] | None = None
    must_exist: bool = False
    max_rows: int | None = None
    max_bytes: int | None = None
    check: bool = False

    def message(self, seconds: float) -> bytes:
        """Return the message that asks a process to do this within so many seconds."""
        return frame(
            QUERY, json.dumps([seconds if name == "seconds" else getattr(self, name) for name in _FIELDS]).encode()
        )

    @classmethod
    def from_message(cls, content: bytes) -> "Task":
        """Return the task a message's content asks for."""
        return cls(**dict(zip(_FIELDS, json.loads(content), strict=True)))


_FIELDS = tuple(one.name for one in fields(Task))


class RefusedError(Exception):
    """A query that cannot be answered; `kind` tells the parent which status that is."""

    def __init__(self, kind: str, text: str, /, **extra: str | int) -> None:
        super().__init__(text)
        self.kind = kind
        self.extra = extra


@dataclass
class Graph:
    """The snapshot that is open, kept from being pruned as long as it is."""

    path: str = ""
    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    hold: int = -1

    def open(self, path: str) -> pyoxigraph.Store:
        """Return the graph of a snapshot, opening it if it is not the open one."""
        if path != self.path:
            if self.hold >= 0:
                os.close(self.hold)
            self.hold, self.path = -1, ""
            with contextlib.suppress(FileNotFoundError):
                self.hold = os.open(f"{path}.json", os.O_RDONLY | os.O_CLOEXEC)
                fcntl.flock(self.hold, fcntl.LOCK_SH)
            self.store = pyoxigraph.Store.read_only(path)
            self.path = path
        return self.store


class Output:
    """The file an answer is written to: counts it, checks it against the limits, and sends it in pieces."""

    def __init__(self, channel: socket.socket, head: bytes, task: Task, rows: Counter | None) -> None:
        self._channel = channel
        self._head = head
        self._data = bytearray()
        self._enough = _FIRST_PIECE
        self._task = task
        self._counter = rows
        self.rows = self.bytes = 0

    def write(self, data: bytes) -> int:
        """Take a piece from the engine, which then goes on."""
        self.bytes += len(data)
        if self._counter is not None:
            self.rows = self._counter.count(data)
        if self._task.max_bytes is not None and self.bytes > self._task.max_bytes:
            raise RefusedError("limit", f"the answer is larger than the {self._task.max_bytes} bytes allowed")
        if self._task.max_rows is not None and self.rows > self._task.max_rows:
            raise RefusedError("limit", f"the answer has more than the {self._task.max_rows} rows allowed")
        self._data += data
        if len(self._data) >= self._enough:
            self.send()
            self._enough = _PIECE
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def send(self, last: bytes = b"") -> None:
        """Send what is pending; a slow client holds the process here, and that does not count as its time."""
        _end_in(0)
        data = frame(DATA, bytes(self._data)) if self._data else b""
        self._channel.sendall(self._head + data + last)
        self._head = b""
        self._data.clear()
        _end_in(self._task.seconds)


def main() -> None:
    """Open the snapshot and answer queries."""
    graph = Graph()
    if len(sys.argv) > 3:
        with contextlib.suppress(OSError):
            graph.open(sys.argv[3])
    work(socket.socket(fileno=int(sys.argv[1])), graph, int(sys.argv[2]))


def work(channel: socket.socket, graph: Graph, memory: int) -> NoReturn:
    """Answer queries until the parent closes the channel, in so many megabytes more than the process has now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.nice(NICE)
    sandbox.limit_memory(memory)
    sandbox.refuse_network()
    # In a thread, because what the engine draws lots with is a thread's own: forked processes would draw the same.
    threading.Thread(target=_answer_all, args=(channel, graph, sandbox.held()), daemon=True).start()
    _end_with(channel)


def _answer_all(channel: socket.socket, graph: Graph, held: int) -> None:
    frames = Frames()
    try:
        while data := channel.recv(1 << 16):
            frames.feed(data)
            while (received := frames.next()) is not None:
                if received[0] == QUERY:
                    _answer(channel, graph, Task.from_message(received[1]), held)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    os._exit(1)


def _end_with(channel: socket.socket) -> NoReturn:
    """End the process when the parent is gone, however busy the engine is."""
    poll = select.poll()
    poll.register(channel, 0)
    poll.poll()
    os._exit(0)


def _end_in(seconds: float) -> None:
    """Have the kernel end the process after this time (0: never), even if Python never gets to run again."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(channel: socket.socket, graph: Graph, task: Task, held: int) -> None:
    """Answer one query: the head, the pieces and the end, or an error at any point.

    The process is to be replaced if a query that took long left it with much more memory than it `held` at first.
    """
    _end_in(task.seconds)
    start = monotonic()
    output = None
    try:
        results = _run(graph.open(task.snapshot), task)
        if task.check:
            raise RefusedError("checked", "the query is well formed")
        output = _output(channel, results, task)
        _write(results, output, task)
        retire = monotonic() - start > _LONG and sandbox.held() - held > _HELD
        end = message(END, {"rows": output.rows, "retire": retire})
    except BrokenPipeError:
        os._exit(0)
    except RefusedError as error:
        end = message(ERROR, {"kind": error.kind, "detail": str(error), **error.extra})
    except (OSError, RuntimeError, ValueError) as error:
        end = message(ERROR, {"kind": "evaluation", "detail": f"{type(error).__name__}: {error}"})
    if output is None:
        channel.sendall(end)
    else:
        output.send(end)
    _end_in(0)


def _run(store: pyoxigraph.Store, task: Task) -> Results:
    def parse(text: str) -> str | None:
        try:
            store.query(text, base_iri=task.base)
        except SyntaxError as error:
            return str(error)
        return None

    try:
        default = [pyoxigraph.NamedNode(iri) for iri in task.default_graphs or ()]
        named = [pyoxigraph.NamedNode(iri) for iri in task.named_graphs or ()]
    except ValueError as error:
        raise RefusedError("dataset", f"a graph's IRI is malformed: {error}") from None
    if task.must_exist and not all(store.contains_named_graph(graph) for graph in default):
        raise RefusedError("missing", f"there is no graph {default[0].value}")
    try:
        if task.default_graphs is None and task.named_graphs is None:
            return store.query(task.query, base_iri=task.base, use_default_graph_as_union=task.union)
        return store.query(task.query, base_iri=task.base, default_graph=list(default), named_graphs=list(named))
    except SyntaxError as error:
        found = mistake(task.query, str(error), parse)
        extra: dict[str, str | int] = {"line": found.line, "column": found.column, "text": found.text}
        raise RefusedError("syntax", f"the query is malformed in {found}", reason=found.reason, **extra) from None


def _output(channel: socket.socket, results: Results, task: Task) -> Output:
    is_graph = isinstance(results, pyoxigraph.QueryTriples)
    name = task.graph if is_graph else task.results
    if name is None:
        raise RefusedError("unacceptable", "graph" if is_graph else "results")
    is_table = isinstance(results, pyoxigraph.QuerySolutions)
    head = message(HEAD, {"graph": is_graph, "format": name})
    return Output(channel, head, task, counter(name) if is_table and task.max_rows is not None else None)


def _write(results: Results, output: Output, task: Task) -> None:
    file = cast("IO[bytes]", output)
    if isinstance(results, pyoxigraph.QueryTriples):
        results.serialize(file, GRAPH_FORMATS[task.graph or ""])
    else:
        results.serialize(file, RESULT_FORMATS[task.results or ""])


if __name__ == "__main__":
    main()
