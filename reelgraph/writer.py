"""The writer of a store: works on a clone of the current snapshot and publishes it as the next one."""

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pyoxigraph

from reelgraph import durable, lookup, snapshots
from reelgraph.documents import Documents
from reelgraph.lookup import Lookup
from reelgraph.model import Document
from reelgraph.parallel import stand_back
from reelgraph.pruning import clear, prune
from reelgraph.snapshots import Manifest, Snapshot

#: Quads gathered before they are written; more at a time take longer each, for what is sorted no longer fits a cache.
BATCH = 50_000
#: From this many quads on, writing new table files directly beats a transaction.
BULK = 5_000
#: Bytes of N-Quads that are about so many as `BATCH` and `BULK`.
_BATCH_BYTES = 8 << 20
_BULK_BYTES = 1 << 20
#: Batches that the engine takes in at the same time. It reads each in one thread, and merges what it has written in
#: another; the more come while that goes on, the less often all of it is written again. Each takes some 40 MB.
_LOADS = 3
#: Steps of niceness by which the engine's merging stands back behind loading: it merges less often, more each time.
_NICENESS = 5
#: Where a manifest keeps the number of the last write over HTTP; what was written stays through later loads.
WRITTEN = "written"
_N_QUADS = pyoxigraph.RdfFormat.N_QUADS


class Writer:
    """Changes to a store that become visible together at `publish`, and are gone without it.

    Got from `Store.writer()`, which holds the store's lock meanwhile.
    """

    def __init__(self, path: Path, base: Snapshot, keep: int) -> None:
        self.snapshot = base
        self.documents = Documents(path)
        #: The folder of the store.
        self.path = path
        self._keep = keep
        self._folder = path / "work"
        self._work: pyoxigraph.Store | None = None
        self._lookup: Lookup | None = None
        self._pending: list[pyoxigraph.Quad] = []
        self._graphs: set[object] = set()
        self._lines: list[bytes] = []
        self._size = 0
        self._added = 0
        self._loading: deque[Future[None]] = deque()
        self._threads = ThreadPoolExecutor(_LOADS, "bulk-load")
        self._tidying: Future[None] | None = None
        #: Whether quads were dropped or added since the last snapshot.
        self.changed = False

    @property
    def store(self) -> pyoxigraph.Store:
        """The graph with all changes so far; change it through the writer's methods only."""
        with self._explained():
            return self._written()

    @property
    def lookup(self) -> Lookup:
        """What lies beside the graph, to be changed with it."""
        with self._explained():
            if self._lookup is None:
                self._lookup = Lookup(self.path / "work" / lookup.FILE, self.snapshot.path / lookup.FILE)
            return self._lookup

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove the named graphs with these IRIs; those the store does not have do not matter."""
        with self._explained():
            for iri in graphs:
                graph = pyoxigraph.NamedNode(iri)
                work = self._written() if self._lines or graph in self._graphs else self._settled()
                if work.contains_named_graph(graph):
                    work.remove_graph(graph)
                    self.changed = True

    def remove(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        """Remove single quads; those the store does not have do not matter."""
        with self._explained():
            work = self._written()
            for quad in quads:
                work.remove(quad)
                self.changed = True

    def add(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        """Add quads, in named graphs."""
        iterator = iter(quads)
        while batch := list(islice(iterator, BATCH)):
            self.changed = True
            self._added += len(batch)
            self._pending += batch
            self._graphs.update({quad.graph_name for quad in batch})
            if len(self._pending) >= BATCH:
                with self._explained():
                    self._send()

    def add_lines(self, lines: bytes, quads: int | None = None) -> None:
        """Add quads of named graphs, written as whole lines of N-Quads; they are counted unless it is said how many."""
        self._added += lines.count(b"\n") if quads is None else quads
        self.changed = True
        self._lines.append(lines)
        self._size += len(lines)
        if self._size >= _BATCH_BYTES:
            with self._explained():
                self._send()

    def add_file(self, path: Path, quads: int) -> None:
        """Add the quads in a file of N-Quads, which are so many."""
        with self._explained(), path.open("rb") as file:
            while lines := file.read(_BATCH_BYTES):
                self.add_lines(lines + file.readline(), quads)
                quads = 0

    def replace(self, graphs: Iterable[str], quads: Iterable[pyoxigraph.Quad]) -> None:
        """Remove these named graphs, then add the quads."""
        self.drop(graphs)
        self.add(quads)

    def change(self, work: Callable[[pyoxigraph.Store], None]) -> None:
        """Let a function change the graph, as an update does."""
        with self._explained():
            work(self._written())
            self.changed = True

    def tidy(self) -> None:
        """Begin to put in order what was loaded, if it is much and little else will come; `publish` waits for it."""
        with self._explained():
            work = self._written()
            if not self._is_worn() and _size(self._folder) > 2 * self._wear("bytes"):
                self._tidying = self._threads.submit(work.optimize)

    def put_document(self, document: Document) -> None:
        """Keep the bytes of a document; name it in the manifest, or they go again."""
        with self._explained():
            self.documents.put(document.sha256, document.data)

    def put_facts(self, sha256: str, key: str, parts: Sequence[bytes]) -> None:
        """Cache the extraction of a document under a key; name it in the manifest, or it goes again."""
        with self._explained():
            self.documents.put_facts(sha256, key, parts)

    def publish(self, manifest: Manifest) -> Snapshot:
        """Make all changes so far the store's next snapshot, prune old ones, and return it."""
        with self._explained():
            wear = self._finish()
            before = self.snapshot.manifest.extra
            kept = {WRITTEN: before[WRITTEN]} if WRITTEN in before else {}
            manifest = replace(manifest, extra={**kept, **manifest.extra, "store": wear})
            self.documents.sync()
            graph = self.snapshot.open() if self._work is None else self._work  # an empty graph is false
            beside, self._lookup = self._lookup, None
            former = self.snapshot.path / lookup.FILE if beside is None else beside.close()
            self.snapshot = release(self.path, graph, manifest, former)
            self._added, self.changed = 0, False
            prune(self.path, self.snapshot, self._keep)
            return self.snapshot

    def close(self) -> None:
        """Forget all that was not published."""
        self._threads.shutdown()
        self._loading.clear()
        self._work = None
        self._lookup = None
        self._forget()
        clear(self.path / "work")

    def _clone(self) -> pyoxigraph.Store:
        if self._work is None:
            self._folder = self.path / "work" / "graph"
            self.snapshot.open().backup(self._folder)
            self._work = pyoxigraph.Store(self._folder)
            stand_back("rocksdb:low", _NICENESS)
        return self._work

    def _settled(self) -> pyoxigraph.Store:
        """Return the graph when all that was sent has been loaded."""
        self._wait(0)
        return self._clone()

    def _wait(self, most: int) -> None:
        """Wait until no more than so many batches are being loaded."""
        while len(self._loading) > most:
            self._loading.popleft().result()

    def _send(self) -> None:
        """Load what is pending in another thread: the engine does that beside Python, but for N-Quads only."""
        work = self._clone()
        self._wait(_LOADS - 1)
        data = b"".join((*self._lines, lines_of(self._pending)) if self._pending else self._lines)
        self._forget()
        self._loading.append(self._threads.submit(work.bulk_load, data, _N_QUADS, lenient=True))

    def _written(self) -> pyoxigraph.Store:
        if len(self._pending) >= BULK or self._size >= _BULK_BYTES:
            self._send()
        work = self._settled()
        if self._lines or self._pending:
            lines = b"".join(self._lines)
            work.extend((*pyoxigraph.parse(lines, format=_N_QUADS), *self._pending))
        self._forget()
        return work

    def _forget(self) -> None:
        self._pending.clear()
        self._graphs.clear()
        self._lines.clear()
        self._size = 0

    def _finish(self) -> dict[str, snapshots.Json]:
        """Flush; after much change also optimize, or rebuild if most of what was ever added is gone.

        The engine never removes a term that nothing uses any more, so a store whose documents are replaced again and
        again would grow for ever.
        """
        settled, added = self._wear("bytes"), self._wear("added")
        if self.changed:
            self._written().flush()
            added += self._added
            if self._tidying is not None:
                self._tidying.result()
                self._tidying, settled = None, _size(self._folder)
            elif _size(self._folder) > 2 * settled:
                if self._is_worn():
                    added = self._rebuild()
                self._written().optimize()
                settled = _size(self._folder)
        return {"parent": self.snapshot.id, "bytes": settled, "added": added}

    def _wear(self, name: str) -> int:
        """Return the bytes of the graph when it was last in order, or the number of quads that were ever added."""
        wear = self.snapshot.manifest.extra.get("store")
        value = wear.get(name) if isinstance(wear, dict) else None
        return value if isinstance(value, int) else 0

    def _is_worn(self) -> bool:
        """Whether most of what was ever added is gone, so that the graph had better be built anew."""
        added = self._wear("added") + self._added
        return bool(self._wear("bytes")) and added > 2 * max(len(self._written()), BATCH)

    def _rebuild(self) -> int:
        """Copy the quads alone into a fresh graph and work on that; return how many there are."""
        worn, self._folder = self._folder, self._folder.with_name(f"{self._folder.name}-rebuilt")
        fresh, quads, count = pyoxigraph.Store(self._folder), iter(self._written()), 0
        while batch := list(islice(quads, BATCH)):
            fresh.bulk_extend(batch)
            count += len(batch)
        fresh.flush()
        self._work = fresh
        shutil.rmtree(worn, ignore_errors=True)
        return count

    def _explained(self) -> AbstractContextManager[None]:
        return durable.explained(self.path, "write the store")


def release(path: Path, graph: pyoxigraph.Store, manifest: Manifest, beside_it: Path | None = None) -> Snapshot:
    """Make a flushed graph the next snapshot of the store, and only when that is on the disk the current one.

    `beside_it` is the file of what lies beside the graph.
    """
    folder, text = path / "snapshots", manifest.to_json()
    last = max((snapshots.sequence(snapshot.id) for snapshot in snapshots.listed(folder)), default=-1)
    snapshot = Snapshot(snapshots.name(last + 1, text), folder)
    beside = path / "work" / snapshot.id
    graph.backup(beside)
    if beside_it is not None:
        lookup.share(beside_it, beside)
    durable.sync_all(beside.iterdir())
    beside.rename(snapshot.path)
    durable.replace(snapshot.manifest_path, text.encode())
    durable.replace(path / "CURRENT", f"{snapshot.id}\n".encode())
    return snapshot


def lines_of(quads: Iterable[pyoxigraph.Quad]) -> bytes:
    """Return quads as lines of N-Quads."""
    return pyoxigraph.serialize(quads, format=_N_QUADS) or b""


def _size(folder: Path) -> int:
    """Return the bytes of the graph's tables; the engine may remove some while they are counted."""
    total = 0
    for path in folder.glob("*.sst"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total
