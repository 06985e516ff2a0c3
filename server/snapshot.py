"""The snapshot that answers: opened once in each server process, shared by its threads, replaced by the next one."""

import fcntl
import os
import threading
import weakref
from dataclasses import dataclass

import pyoxigraph
from flask import current_app, g

from reelgraph.config import Settings
from reelgraph.errors import StoreError
from reelgraph.server.problem import HttpError
from reelgraph.snapshots import Snapshot
from reelgraph.store import Store

#: Where the application keeps its `Snapshots`.
EXTENSION = "reelgraph.snapshots"


@dataclass(frozen=True, eq=False)
class Current:
    """One snapshot in use: its graph is read-only, and its files stay as long as this object lives."""

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
        self._pointer = settings.store / "CURRENT"
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
                error = StoreError(f"{self._pointer.parent}: no store here yet; make one with `reelgraph load`")
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
        return current


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
