"""The store: a folder with the graph's snapshots, the documents they were made from, and a lock for the one writer.

Readers open a snapshot, which never changes. The writer works on a clone and publishes it by moving the pointer
`CURRENT`, so that a kill at any moment leaves the store as it was before or after the load.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph

from reelgraph import decoding, durable, foreign, pruning, snapshots, writer
from reelgraph.config import DEFAULT_BASE
from reelgraph.documents import Documents
from reelgraph.errors import StoreError
from reelgraph.lock import locked
from reelgraph.model import Document
from reelgraph.snapshots import Manifest, Snapshot, StoredDocument
from reelgraph.writer import Writer

__all__ = ["Manifest", "Snapshot", "Store", "StoredDocument", "Writer"]

#: The version of the folder's layout; a store with a higher one is left alone.
FORMAT = 1
_FOLDERS = ("documents", "facts", "snapshots", "work")


class Store:
    """A store in a folder; creating this object touches nothing, the first writer makes the folder."""

    def __init__(self, path: Path, base: str = DEFAULT_BASE, keep: int = 5) -> None:
        self.path = path
        self.base = base
        self.keep = keep
        self._documents = Documents(path)

    def exists(self) -> bool:
        """Return whether there is a store in the folder."""
        return (self.path / "format").exists()

    def current(self) -> str:
        """Return the id of the current snapshot; cheap enough for every request."""
        try:
            return (self.path / "CURRENT").read_text("ascii").strip()
        except FileNotFoundError:
            raise StoreError(f"{self.path}: no store here; make one with `reelgraph load`, or check --store") from None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self.path}: cannot read the pointer to the current snapshot: {error}") from error

    def snapshot(self) -> Snapshot:
        """Return the current snapshot."""
        self._check()
        snapshot = Snapshot(self.current(), self.path / "snapshots")
        if not snapshot.path.is_dir():
            raise StoreError(
                f"{self.path}: the current snapshot {snapshot.id} is missing; "
                "go back to another one (`reelgraph snapshots`, `reelgraph rollback`)"
            )
        return snapshot

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots that were kept, oldest first."""
        self._check()
        return snapshots.listed(self.path / "snapshots")

    @contextmanager
    def writer(self, wait: float = 0.0) -> Iterator[Writer]:
        """Hold the store's lock, waiting for it if told so, and yield the writer; makes the store if needed."""
        with self._locked(wait):
            work = Writer(self.path, self.snapshot(), self.keep)
            try:
                yield work
            finally:
                work.close()

    def rollback(self, identifier: str, wait: float = 0.0, *, whole: bool = False) -> Snapshot:
        """Make an older snapshot, given by its id or sequence number, the current one; newer ones stay until pruned.

        What was written over HTTP since is carried over into a new snapshot, unless the `whole` state shall go back.
        """
        with self._locked(wait):
            found = [one for one in self.snapshots() if identifier in (one.id, str(snapshots.sequence(one.id)))]
            if not found:
                known = ", ".join(one.id for one in self.snapshots())
                raise StoreError(f"{self.path}: no snapshot {identifier}; there are {known}")
            now = None if whole else self._readable()
            if now is not None and foreign.written(now.manifest) != foreign.written(found[0].manifest):
                return self._carried(found[0], now)
            with durable.explained(self.path, "roll back"):
                durable.replace(self.path / "CURRENT", f"{found[0].id}\n".encode())
            return found[0]

    def _readable(self) -> Snapshot | None:
        """Return the current snapshot, None if it is lost or broken, which is when a rollback matters most."""
        try:
            snapshot = self.snapshot()
            snapshot.open()
            return snapshot if snapshot.manifest else None
        except StoreError:
            return None

    def _carried(self, target: Snapshot, now: Snapshot) -> Snapshot:
        """Publish an older state with the graphs that were written over HTTP since."""
        work = Writer(self.path, target, self.keep)
        try:
            foreign.carry(work, now, self.base)
            extra = {**target.manifest.extra, writer.WRITTEN: foreign.written(now.manifest)}
            return work.publish(replace(target.manifest, extra=extra))
        finally:
            work.close()

    def document(self, sha256: str, snapshot: Snapshot | None = None) -> Document:
        """Return a stored document by its SHA-256, or the first digits of it, as the (current) snapshot lists it."""
        stored = (snapshot or self.snapshot()).document(sha256)
        if stored is None:
            raise StoreError(f"document {sha256}: not in the store; `reelgraph sources` lists those that are")
        data = self._documents.data(stored.sha256)
        text = decoding.text(data, stored.media_type)
        return Document(stored.names[0], stored.sha256, stored.media_type, data, text)

    def data(self, sha256: str) -> bytes:
        """Return the bytes of a stored document by its full SHA-256."""
        return self._documents.data(sha256)

    def facts(self, sha256: str, key: str) -> list[bytes] | None:
        """Return the parts of a document's cached extraction under this key, None if there is none or it is damaged."""
        return self._documents.facts(sha256, key)

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        self._check(missing_ok=True)
        with ExitStack() as stack:
            with durable.explained(self.path, "write the store"):
                self._refuse_foreign()
                self.path.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(self.path / "lock", wait))
                self._check(missing_ok=True)
                self._prepare()
            yield

    def _refuse_foreign(self) -> None:
        """Refuse to make a store among files that are not a store's."""
        if self.path.is_dir() and not self.exists():
            foreign = sorted(path.name for path in self.path.iterdir() if not _is_begun(path))
            if foreign:
                raise StoreError(
                    f"{self.path}: not a store, and not empty (has {foreign[0]}); use a new folder with --store"
                )

    def _prepare(self) -> None:
        """Make what is missing of the store, an empty first snapshot included, and clear up after killed writers."""
        for name in _FOLDERS:
            (self.path / name).mkdir(exist_ok=True)
        if not self.exists():
            header = {"base": self.base, "format": FORMAT}
            durable.replace(self.path / "format", (json.dumps(header) + "\n").encode())
            durable.sync(self.path.parent)
        pruning.recover(self.path)
        if not (self.path / "CURRENT").exists():
            graph = pyoxigraph.Store(self.path / "work" / "graph")
            graph.flush()
            writer.release(self.path, graph, Manifest())
            del graph
            pruning.clear(self.path / "work")

    def _check(self, *, missing_ok: bool = False) -> None:
        """Refuse a store whose layout or base IRI is not this one."""
        path = self.path / "format"
        try:
            header = json.loads(path.read_text("utf-8"))
            version, base = int(header["format"]), str(header["base"])
        except (FileNotFoundError, NotADirectoryError):
            if missing_ok:
                return
            raise StoreError(f"{self.path}: no store here; make one with `reelgraph load`, or check --store") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}: cannot read the format of the store: {error}") from error
        if version > FORMAT:
            raise StoreError(
                f"{self.path}: this store has format {version}, this reelgraph knows up to {FORMAT}; upgrade reelgraph"
            )
        if base != self.base:
            raise StoreError(
                f"{self.path}: the IRIs of this store start with {base}, the setting is {self.base}; "
                "set base accordingly, or use another folder with --store"
            )


def _is_begun(path: Path) -> bool:
    """Return whether a writer that was killed while it made the store can have left this."""
    if path.name in _FOLDERS:
        return path.is_dir() and not any(path.iterdir())
    return path.name == "lock" or (path.name.startswith(".format.") and path.suffix == ".tmp")
