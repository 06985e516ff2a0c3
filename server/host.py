"""The replica's host: holds one snapshot in memory and forks query processes, which share it and can be killed.

Started as `python -m reelgraph.server.host ADDRESS MEGABYTES SNAPSHOT`; it listens at ADDRESS, a local socket, as soon
as the snapshot is in memory, and ends if that takes more than so many megabytes. It has one thread and never runs a
query itself, so that a fork of it is always sound. Server processes send how many megabytes a query process may use,
with its channel and a pipe for what is reported of it; they get its number, 0 if it could not be started. The host ends
when the last of them has closed its connection.
"""

import contextlib
import gc
import os
import resource
import selectors
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pyoxigraph

from reelgraph.server import worker

#: Bytes that the engine reserves while it loads, without using them.
_RESERVED = 256 << 20
#: Seconds that nobody may be connected at the beginning.
_PATIENCE = 60.0
#: Writes a snapshot to its standard output and the names of its graphs, which can be empty, to a file. A process of its
#: own, because the store on disk starts threads, and one that answers go before. What has the same predicate comes
#: together: a query then touches less of the memory, and forked processes share more of it.
_DUMP = """
import os, sys
import pyoxigraph as ox
os.nice(10)
store = ox.Store.read_only(sys.argv[1])
with open(sys.argv[2], "w", encoding="utf-8") as names:
    names.writelines(f"{graph.value}\\n" for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
found = store.query("SELECT DISTINCT ?p { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
for predicate in sorted(row["p"].value for row in found):
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None)
    ox.serialize(quads, sys.stdout.buffer, ox.RdfFormat.N_QUADS)
"""


@dataclass
class Host:
    """The snapshot in memory, those who are connected, and the query processes that run: their handles and pipes."""

    snapshot: str
    store: pyoxigraph.Store
    listener: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    connected: set[socket.socket] = field(default_factory=set)
    running: dict[int, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> None:
        """Fork when asked to, until nobody is connected and no query process runs any more."""
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        patience: float | None = _PATIENCE
        while True:
            found = self.selector.select(patience)
            if not found:
                return
            for key, _ in found:
                key.data(key.fileobj)
                patience = None
            if not self.connected and not self.running:
                return

    def _accept(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        self.connected.add(connection)
        self.selector.register(connection, selectors.EVENT_READ, self._asked)

    def _asked(self, connection: socket.socket) -> None:
        try:
            message, handles, _, _ = socket.recv_fds(connection, 64, 2)
        except OSError:
            message, handles = b"", []
        if not message:
            self.selector.unregister(connection)
            self.connected.discard(connection)
            connection.close()
            return
        channel, report = handles
        try:
            pid = self._fork(channel, report, int(message))
        except OSError:
            os.close(report)
            pid = 0
        os.close(channel)
        with contextlib.suppress(OSError):  # who asked is gone, which the next look tells
            connection.sendall(b"%d\n" % pid)

    def _fork(self, channel: int, report: int, memory: int) -> int:
        pid = os.fork()
        if pid == 0:
            _become(self, channel, report, memory)
        handle = os.pidfd_open(pid)
        self.running[handle] = pid, report
        self.selector.register(handle, selectors.EVENT_READ, self._ended)
        return pid

    def _ended(self, handle: int) -> None:
        """Write how a process ended behind what it said itself."""
        self.selector.unregister(handle)
        pid, report = self.running.pop(handle)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.set_blocking(report, False)
        with contextlib.suppress(OSError):  # nobody reads it, or the process said more than a pipe holds
            os.write(report, b"\0%d" % status)
        os.close(report)
        os.close(handle)


def _become(host: Host, channel: int, report: int, memory: int) -> NoReturn:
    """Answer queries in the forked process until the channel is closed."""
    try:
        os.dup2(report, sys.stderr.fileno())
        for handle in (report, host.listener.fileno(), *(one.fileno() for one in host.connected)):
            os.close(handle)
        for process, (_, other) in host.running.items():
            os.close(process)
            os.close(other)
        host.selector.close()
        worker.work(socket.socket(fileno=channel), worker.Graph(host.snapshot, host.store), memory)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)


def held(snapshot: str, names: Path) -> pyoxigraph.Store:
    """Return a snapshot in memory, by way of a file for the names of its graphs; raises `OSError` or `SyntaxError`."""
    store = pyoxigraph.Store()
    command = [sys.executable, "-c", _DUMP, snapshot, str(names)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as dump:  # noqa: S603 - it is fixed
        assert dump.stdout is not None  # noqa: S101 - so says Popen
        # not `bulk_load`, which gives blank nodes other names than they have on disk
        store.bulk_extend(pyoxigraph.parse(dump.stdout, pyoxigraph.RdfFormat.N_QUADS))
    if dump.returncode != 0:
        raise OSError(f"{snapshot}: the snapshot cannot be read")
    for name in names.read_text("utf-8").splitlines():
        store.add_graph(pyoxigraph.NamedNode(name))
    return store


def main() -> None:
    """Hold the snapshot and listen."""
    address, room, snapshot = Path(sys.argv[1]), (int(sys.argv[2]) << 20) + _RESERVED, sys.argv[3]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (room, before[1]))
    store = held(snapshot, address.with_suffix(".graphs"))
    resource.setrlimit(resource.RLIMIT_DATA, before)
    beside = address.with_suffix(".new")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(beside))
        listener.listen()
        beside.rename(address)
        gc.collect()
        gc.freeze()
        Host(snapshot, store, listener).run()


if __name__ == "__main__":
    main()
