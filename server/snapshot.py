"""The snapshot that answers: opened once in each server process, shared by its threads, replaced by the next one."""

import fcntl
import logging
import os
import sys
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pyoxigraph
from flask import current_app, g

from reelgraph.config import Settings
from reelgraph.errors import StoreError
from reelgraph.server.problem import HttpError
from reelgraph.snapshots import Snapshot
from reelgraph.store import Store

#: Where the application keeps its `Snapshots`.
EXTENSION = "reelgraph.snapshots"
#: Bytes of memory that holding a snapshot takes, for each byte of its files: 1.27 was measured.
_GROWTH = 1.4
#: Copies of a snapshot if server processes have one each: theirs, and the one of the query processes.
_COPIES = 3
#: Bytes of a snapshot for which a server process waits a second before it copies, as a load publishes several in a row.
_PER_SECOND = 100 << 20
_NICE = 10
_PIECE = 1 << 20

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Current:
    """One snapshot in use: its graph is read-only, and its files stay as long as this object lives.

    `store` is the graph on disk, and as soon as that is ready, the same graph in memory.
    """

    snapshot: Snapshot
    store: pyoxigraph.Store

    @property
    def id(self) -> str:
        """The snapshot's id, which is part of every ETag."""
        return self.snapshot.id


class Snapshots:
    """Follows the store's pointer to the current snapshot; asking costs one look at a file's date."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(settings.store, settings.base)
        self._pointer = str(settings.store / "CURRENT")
        self._room = settings.memory << 20
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._current: Current | None = None

    def snapshot(self) -> Snapshot:
        """Return the current snapshot, not opened."""
        try:
            state = os.stat(self._pointer)  # noqa: PTH116 - this runs for every request, and `Path.stat` is slower
            seen = (state.st_mtime_ns, state.st_ino, state.st_size)
            if seen != self._seen or self._snapshot is None:
                with self._lock:
                    self._snapshot = self._store.snapshot()
                    self._seen = seen
        except (OSError, StoreError) as error:
            if isinstance(error, FileNotFoundError):
                error = StoreError(f"{self._store.path}: no store here yet; make one with `reelgraph load`")
            raise HttpError(503, str(error), headers={"Retry-After": "5"}) from error
        return self._snapshot

    def current(self) -> Current:
        """Return the current snapshot, opened."""
        snapshot = self.snapshot()
        current = self._current
        if current is None or current.id != snapshot.id:
            with self._lock:
                current = self._current
                if current is None or current.id != snapshot.id:
                    current = self._current = _open(snapshot)
                    self._hold(current)
        return current

    def opened(self, snapshot: Snapshot) -> Current | None:
        """Return the current snapshot if it is open already; else open it in a thread, for the next who asks."""
        current = self._current
        if current is not None and current.id == snapshot.id:
            return current
        if not self._lock.locked():
            threading.Thread(target=self.open_ahead, name="open", daemon=True).start()
        return None

    def open_ahead(self) -> None:
        """Open the current snapshot, if there is one, so that the first request need not."""
        with suppress(HttpError):
            self.current()

    def _hold(self, opened: Current) -> None:
        """Begin to copy a snapshot to memory if there is room; nobody waits for it."""
        size = size_in_memory(opened.snapshot.path)
        if self._room and size * _COPIES <= self._room:
            given = weakref.ref(opened), opened.store, size / _PER_SECOND
            threading.Thread(target=_to_memory, args=given, name="to memory", daemon=True).start()


def current() -> Current:
    """Return the snapshot that answers the request at hand; it is the same one to the request's end."""
    if "snapshot" not in g:
        snapshots: Snapshots = current_app.extensions[EXTENSION]
        g.snapshot = snapshots.current()
    found: Current = g.snapshot
    return found


def _open(snapshot: Snapshot) -> Current:
    """Open a snapshot and keep it from being pruned until nobody uses it any more."""
    try:
        hold = os.open(snapshot.manifest_path, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(hold, fcntl.LOCK_SH)
        opened = Current(snapshot, snapshot.open())
    except (OSError, StoreError) as error:
        raise HttpError(503, f"cannot open snapshot {snapshot.id}: {error}", headers={"Retry-After": "1"}) from error
    weakref.finalize(opened, os.close, hold)
    return opened


def _to_memory(opened: weakref.ref[Current], store: pyoxigraph.Store, wait: float) -> None:
    """Let a snapshot answer from memory after some seconds, unless it is out of use by then."""
    time.sleep(wait)
    if opened() is None:
        return
    try:
        with suppress(OSError):  # answers go before this; nowhere else have threads priorities of their own
            if sys.platform == "linux":
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        copy = _copy(store)
    except (OSError, MemoryError, RuntimeError) as error:
        _log.warning("the snapshot is read from disk, not from memory: %s", error)
        return
    current = opened()
    if current is not None:
        current.store = copy


def _copy(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """Return a graph in memory, by way of a file: of bytes the interpreter makes a copy, and all others wait for it.

    The file has no name in its folder, so that it is gone even if this process is killed.
    """
    copy = pyoxigraph.Store()
    with TemporaryFile() as file:
        path = f"/dev/fd/{file.fileno()}"
        store.dump(path, pyoxigraph.RdfFormat.N_QUADS)
        if _has_blank_nodes(file):  # the quick way gives them other names
            copy.bulk_extend(store)
        else:
            copy.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
    for graph in store.named_graphs():  # some may be empty
        copy.add_graph(graph)
    return copy


def _has_blank_nodes(file: IO[bytes]) -> bool:
    """Return whether a file of N-Quads may have blank nodes; True also if only a text in it looks so."""
    last = b""
    while piece := file.read(_PIECE):
        if b"_:" in last + piece:
            return True
        last = piece[-1:]
    return False


def size_in_memory(folder: Path) -> int:
    """Return about how many bytes of memory holding a snapshot's graph takes, by the size of its files."""
    return int(sum(one.stat().st_size for one in folder.glob("*.sst")) * _GROWTH)
