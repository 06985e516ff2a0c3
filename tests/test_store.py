"""The store: snapshots, the lock, rollback, pruning, and that a kill or a full disk harms nothing."""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset

from reelgraph import pruning, reading, writer
from reelgraph.errors import StoreError, StoreLockedError
from reelgraph.store import Manifest, Store, StoredDocument

EX = "https://example.org/"


def quads(graph: str, count: int, start: int = 0) -> Iterator[Quad]:
    for number in range(start, start + count):
        yield Quad(NamedNode(f"{EX}{number}"), NamedNode(f"{EX}p"), Literal(f"{graph} {number}"), NamedNode(EX + graph))


def fill(store: Store, graph: str = "g", count: int = 3) -> str:
    with store.writer() as work:
        work.add(quads(graph, count))
        return work.publish(Manifest(created=graph)).id


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Slow:
    """A graph that is put in order when it is told to go on."""

    def __init__(self, graph: pyoxigraph.Store) -> None:
        self.graph = graph
        self.go_on = threading.Event()
        self.is_tidy = False

    def __getattr__(self, name: str) -> object:
        return getattr(self.graph, name)

    def __len__(self) -> int:
        return len(self.graph)

    def optimize(self) -> None:
        assert self.go_on.wait(30)
        time.sleep(0.5)
        self.graph.optimize()
        self.is_tidy = True


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


class TestSnapshots:
    def test_nothing_is_made_by_looking(self, store: Store) -> None:
        with pytest.raises(StoreError, match="no store here"):
            store.snapshot()
        assert not store.path.exists()
        assert not store.exists()

    def test_first_snapshot_is_empty(self, store: Store) -> None:
        with store.writer() as work:
            assert work.snapshot.id.startswith("000000-")
        assert len(store.snapshot().open()) == 0
        assert store.snapshot().manifest.documents == ()

    def test_readers_keep_what_they_opened(self, store: Store) -> None:
        fill(store, "a")
        before = store.snapshot()
        reader = before.open()
        fill(store, "b")
        assert (len(reader), len(before.open()), len(store.snapshot().open())) == (3, 3, 6)

    def test_nothing_is_visible_before_publish(self, store: Store) -> None:
        fill(store, "a")
        with store.writer() as work:
            work.add(quads("b", 3))
            assert len(work.store) == 6
            assert len(store.snapshot().open()) == 3
        assert len(store.snapshot().open()) == 3
        assert list((store.path / "work").iterdir()) == []

    def test_several_processes_read_one_snapshot(self, store: Store) -> None:
        fill(store, count=1000)
        program = "import sys, pyoxigraph; print(len(pyoxigraph.Store.read_only(sys.argv[1])))"
        command = [sys.executable, "-c", program, str(store.snapshot().path)]
        readers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
        assert [reader.communicate()[0].strip() for reader in readers] == [b"1000"] * 3

    def test_reading_changes_no_file(self, store: Store) -> None:
        fill(store)
        before = tree(store.path)
        store.snapshot().open()
        store.snapshot().dataset()
        with store.snapshot().held():
            pass
        assert tree(store.path) == before

    def test_manifest(self, store: Store) -> None:
        document = StoredDocument("ab" * 32, ("a.txt", "b.txt"), "text/plain", 3, "plaintext", "k1", (f"{EX}d",))
        with store.writer() as work:
            published = work.publish(Manifest("2026-01-02T03:04:05Z", (document,), {"note": [1, "x"]}))
        manifest = store.snapshot().manifest
        assert published.id == store.current() == store.snapshot().id
        assert (manifest.created, manifest.documents) == ("2026-01-02T03:04:05Z", (document,))
        assert manifest.extra["note"] == [1, "x"]
        assert store.snapshot().document("abab") == document
        assert store.snapshot().document("ac") is None

    def test_ambiguous_digits_of_a_document(self, store: Store) -> None:
        documents = tuple(StoredDocument(f"ab{digit}" + "0" * 61, ("x",), "text/plain", 1) for digit in "12")
        with store.writer() as work:
            snapshot = work.publish(Manifest(documents=documents))
        with pytest.raises(StoreError, match="2 documents start with"):
            snapshot.document("ab")

    @pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own use
    def test_as_rdflib_dataset(self, store: Store) -> None:
        fill(store)
        dataset = store.snapshot().dataset()
        assert isinstance(dataset, Dataset)
        assert len(list(dataset.triples((None, None, None)))) == 3
        rows = dataset.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        assert [tuple(map(str, row)) for row in rows] == [(f"{EX}g", "3")]


class TestWriting:
    def test_replace_drops_and_adds(self, store: Store) -> None:
        fill(store, "a")
        with store.writer() as work:
            work.replace([f"{EX}a", f"{EX}unknown"], quads("b", 2))
            work.drop([f"{EX}b"])
            work.add(quads("c", 1))
            assert work.changed
            work.publish(Manifest())
            assert not work.changed
        assert sorted(str(graph) for graph in store.snapshot().open().named_graphs()) == [f"<{EX}c>"]

    def test_remove_single_quads(self, store: Store) -> None:
        fill(store, "a")
        with store.writer() as work:
            work.remove(quads("a", 2))
            work.publish(Manifest())
        assert [quad.object.value for quad in store.snapshot().open()] == ["a 2"]

    def test_looking_is_no_change(self, store: Store) -> None:
        fill(store)
        with store.writer() as work:
            assert len(work.store) == 3
            work.drop([f"{EX}unknown"])
            assert not work.changed

    def test_large_adds_are_loaded_in_bulk(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "BATCH", 100)
        monkeypatch.setattr(writer, "BULK", 50)
        fill(store, count=1234)
        assert len(store.snapshot().open()) == 1234

    @pytest.mark.parametrize("count", [3, 20_000], ids=["few", "many"])
    def test_lines_and_files_of_quads(self, store: Store, tmp_path: Path, count: int) -> None:
        path = tmp_path / "more.nq"
        path.write_bytes(writer.lines_of(quads("b", count)))
        with store.writer() as work:
            work.add_lines(writer.lines_of(quads("a", count)))
            work.drop([f"{EX}a"])
            work.add_lines(writer.lines_of(quads("c", count)))
            work.add_file(path, count)
            work.add(quads("d", 1))
            work.publish(Manifest())
        assert set(store.snapshot().open()) == {*quads("b", count), *quads("c", count), *quads("d", 1)}

    def test_publish_twice(self, store: Store) -> None:
        with store.writer() as work:
            work.add(quads("a", 1))
            first = work.publish(Manifest())
            work.add(quads("b", 1))
            second = work.publish(Manifest())
        assert (len(first.open()), len(second.open())) == (1, 2)
        assert [one.id for one in store.snapshots()][1:] == [first.id, second.id]

    def test_an_error_publishes_nothing_and_frees_the_lock(self, store: Store) -> None:
        fill(store)
        current = store.current()
        with pytest.raises(ZeroDivisionError), store.writer() as work:
            work.add(Quad(one.subject, one.predicate, one.object) for one in quads("b", 1 // 0))
        with store.writer():
            assert store.current() == current

    def test_batches_are_taken_in_at_the_same_time(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "_BATCH_BYTES", 2000)
        with store.writer() as work:
            for start in range(0, 1000, 10):
                work.add_lines(writer.lines_of(quads("g", 10, start)))
            work.tidy()
            work.add(quads("h", 5))
            work.publish(Manifest())
            work.drop([f"{EX}h"])
            work.tidy()
            work.publish(Manifest())
        assert set(store.snapshot().open()) == set(quads("g", 1000))

    def test_it_is_put_in_order_while_more_comes(self, store: Store) -> None:
        with store.writer() as work:
            work.add_lines(writer.lines_of(quads("g", 1000)))
            work.store.flush()
            graph = Slow(work.store)
            work._work = graph  # type: ignore[assignment]
            work.tidy()
            work.add(quads("h", 5))
            assert not graph.is_tidy
            assert len(work.store) == 1005
            graph.go_on.set()
            work.publish(Manifest())
            assert graph.is_tidy
        assert len(store.snapshot().open()) == 1005

    def test_merging_stands_back_behind_loading(self, store: Store) -> None:
        fill(store)
        threads = [one for one in Path("/proc/self/task").iterdir() if "rocksdb:low" in (one / "comm").read_text()]
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert threads
        assert all(os.getpriority(os.PRIO_PROCESS, int(one.name)) > min(own, 18) for one in threads)

    def test_a_batch_that_is_none_fails_the_load(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "_BATCH_BYTES", 10)
        fill(store)
        current = store.current()
        with pytest.raises(SyntaxError):
            self.load(store, b"this is no statement .\n", writer.lines_of(quads("g", 10)))
        assert store.current() == current

    def load(self, store: Store, *batches: bytes) -> None:
        with store.writer() as work:
            for lines in batches:
                work.add_lines(lines)
            work.publish(Manifest())

    def test_small_loads_do_not_pile_up_files(self, store: Store) -> None:
        for number in range(30):
            fill(store, f"g{number % 4}", 20)
        assert len(list(store.snapshot().path.iterdir())) < 60
        assert len(list((store.path / "snapshots").iterdir())) == 2 * store.keep

    def test_terms_nothing_uses_do_not_pile_up(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "BATCH", 1000)
        with store.writer() as work:
            for number in range(12):
                work.replace([f"{EX}g"], quads("g", 2000, number * 2000))
                work.publish(Manifest())
                assert len(work.store) == 2000
        wear = store.snapshot().manifest.extra["store"]
        assert isinstance(wear, dict)
        assert wear["added"] < 12 * 2000
        assert len(store.snapshot().open()) == 2000


class TestLock:
    def test_names_the_holder(self, store: Store) -> None:
        with store.writer(), pytest.raises(StoreLockedError, match=f"process {os.getpid()} is writing"), store.writer():
            pass

    def test_waits_if_told_to(self, store: Store, tmp_path: Path) -> None:
        program = (
            "import sys, time; from pathlib import Path; from reelgraph.store import Store\n"
            "with Store(Path(sys.argv[1])).writer():\n    print('held', flush=True); time.sleep(0.5)"
        )
        command = [sys.executable, "-c", program, str(store.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            with pytest.raises(StoreLockedError, match=f"process {holder.pid}"), store.writer():
                pass
            with store.writer(wait=30):
                assert holder.poll() == 0 or holder.wait(5) == 0

    def test_children_do_not_inherit_it(self, store: Store) -> None:
        """The lock of a killed process goes with it, though a child of it lives on."""
        program = (
            "import os, sys, time; from pathlib import Path; from reelgraph.store import Store\n"
            "with Store(Path(sys.argv[1])).writer():\n"
            "    child = os.fork()\n"
            "    if child: time.sleep(30)\n"
            "    print(os.getpid(), flush=True); time.sleep(30)\n"
        )
        command = [sys.executable, "-c", program, str(store.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            parent.kill()
            parent.wait()
            try:
                with store.writer():
                    pass
            finally:
                os.kill(child, 9)

    def test_readers_need_no_lock(self, store: Store) -> None:
        fill(store)
        with store.writer():
            assert len(store.snapshot().open()) == 3


class TestHistory:
    def test_rollback(self, store: Store) -> None:
        first, second = fill(store, "a"), fill(store, "b")
        assert store.rollback(first).id == store.current() == first
        assert len(store.snapshot().open()) == 3
        assert store.rollback("2").id == second
        third = fill(store, "c")
        assert third.startswith("000003-")

    def test_rollback_to_the_unknown(self, store: Store) -> None:
        known = fill(store)
        with pytest.raises(StoreError, match=f"no snapshot 77; there are .*{known}"):
            store.rollback("77")

    def test_old_ones_are_pruned_the_current_one_never(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store", keep=2)
        ids = [fill(store, name) for name in "abcd"]
        assert [one.id for one in store.snapshots()] == ids[-2:]
        store.rollback(ids[2])
        work = writer.Writer(store.path, store.snapshot(), 1)
        pruning.prune(store.path, work.snapshot, 1)
        assert [one.id for one in store.snapshots()] == ids[-2:]

    def test_held_ones_are_not_pruned(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store", keep=1)
        held = fill(store, "a")
        with store.snapshot().held() as graph:
            fill(store, "b")
            fill(store, "c")
            assert len(graph) == 3
            assert held in [one.id for one in store.snapshots()]
        fill(store, "d")
        assert [one.id for one in store.snapshots()] == [store.current()]

    def test_a_lost_snapshot_is_told(self, store: Store) -> None:
        first, second = fill(store, "a"), fill(store, "b")
        shutil.rmtree(store.path / "snapshots" / second)
        with pytest.raises(StoreError, match="is missing; go back"):
            store.snapshot()
        assert store.rollback(first).id == store.snapshot().id == first

    def test_a_damaged_manifest_is_told(self, store: Store) -> None:
        (store.path / "snapshots" / f"{fill(store)}.json").write_text("{")
        snapshot = store.snapshot()
        with pytest.raises(StoreError, match="cannot read the manifest"):
            _ = snapshot.manifest


class TestDocuments:
    def test_stored_and_read_again(self, store: Store) -> None:
        document = reading.document("her.txt", "\ufeffHer\r\nby Spike Jonze – 2013\n".encode())
        record = StoredDocument(document.sha256, ("her.txt",), document.media_type, len(document.data), facts="v1")
        with store.writer() as work:
            work.put_document(document)
            work.put_document(document)
            work.put_facts(document.sha256, "v1", [b"{}"])
            work.publish(Manifest(documents=(record,)))
        assert store.document(document.sha256[:16]) == document
        assert store.data(document.sha256) == document.data
        assert store.facts(document.sha256, "v1") == [b"{}"]
        assert store.facts(document.sha256, "v2") is None
        with pytest.raises(StoreError, match="not in the store"):
            store.document("0000")

    def test_damaged_facts_are_as_none(self, store: Store) -> None:
        with store.writer() as work:
            work.put_facts("ab" * 32, "v1", [b"{}" * 1000, b"[]"])
        file = next((store.path / "facts").iterdir())
        for damaged in (b"", b"junk", file.read_bytes()[:-9]):
            file.write_bytes(damaged)
            assert store.facts("ab" * 32, "v1") is None

    def test_cached_facts_have_the_same_bytes_everywhere(self, store: Store) -> None:
        with store.writer() as work:
            work.put_facts("ab" * 32, "v1", [b"{}"])
            first = next((store.path / "facts").iterdir()).read_bytes()
            work.put_facts("ab" * 32, "v1", [b"{}"])
            assert next((store.path / "facts").iterdir()).read_bytes() == first

    def test_a_key_stays_in_its_folder(self, store: Store) -> None:
        with store.writer() as work, pytest.raises(ValueError, match="only letters"):
            work.put_facts("ab" * 32, "../../x", [b"{}"])

    def test_unused_ones_go_with_the_last_snapshot_that_names_them(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store", keep=2)
        document = reading.document("her.txt", b"Her by Spike Jonze")
        record = StoredDocument(document.sha256, ("her.txt",), document.media_type, 18, facts="v1")
        with store.writer() as work:
            work.put_document(document)
            work.put_facts(document.sha256, "v1", [b"{}"])
            work.put_facts(document.sha256, "v0", [b"{}"])
            work.publish(Manifest(documents=(record,)))
        fill(store, "a")
        assert store.data(document.sha256)
        fill(store, "b")
        with pytest.raises(StoreError, match="not in the store"):
            store.data(document.sha256)
        assert store.facts(document.sha256, "v1") is None


class TestTrouble:
    def test_newer_format_is_left_alone(self, store: Store) -> None:
        fill(store)
        (store.path / "format").write_text(json.dumps({"format": 99, "base": store.base}))
        before = tree(store.path)
        for action in (store.snapshot, store.snapshots, lambda: fill(store), lambda: store.rollback("0")):
            with pytest.raises(StoreError, match=r"format 99.*upgrade reelgraph"):
                action()
        assert tree(store.path) == before

    def test_another_base_is_refused(self, store: Store) -> None:
        fill(store)
        with pytest.raises(StoreError, match=r"the setting is https://example\.org/id/"):
            Store(store.path, base=f"{EX}id/").snapshot()

    def test_unreadable_format(self, store: Store) -> None:
        fill(store)
        (store.path / "format").write_text("?")
        with pytest.raises(StoreError, match="cannot read the format"):
            store.snapshot()

    @pytest.mark.parametrize("name", ["letter.txt", "work/thesis.txt", "documents/thesis.txt"])
    def test_foreign_folder_is_refused(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("precious")
        with pytest.raises(StoreError, match=rf"not a store, and not empty \(has {name.split('/')[0]}\)"):
            fill(Store(tmp_path))
        assert tree(tmp_path) == {name: b"precious"}

    def test_a_store_whose_making_was_killed(self, tmp_path: Path) -> None:
        for name in ("work", "documents"):
            (tmp_path / name).mkdir()
        (tmp_path / ".format.77.tmp").write_text("{")
        (tmp_path / "lock").touch()
        fill(Store(tmp_path))
        assert not list(tmp_path.glob(".*"))

    def test_a_file_is_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="is a file, not a folder"):
            fill(Store(tmp_path / "file" / "store"))

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_read_only_folder(self, store: Store) -> None:
        fill(store)
        before = tree(store.path)
        store.path.chmod(0o555)
        (store.path / "lock").chmod(0o444)
        try:
            with pytest.raises(StoreError, match="no permission"):
                fill(store, "b")
            assert len(store.snapshot().open()) == 3
        finally:
            store.path.chmod(0o755)
        assert tree(store.path) == before

    def test_no_room_on_the_disk(self, store: Store) -> None:
        """Stands in for a full disk: the system refuses to let any file grow."""
        fill(store)
        before = store.current()
        program = (
            "import resource, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
            "from test_store import quads, Store, Manifest\n"
            "with Store(Path(sys.argv[1])).writer() as work:\n"
            "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
            "    work.add(quads('b', 20_000)); work.publish(Manifest())\n"
        )
        command = [sys.executable, "-c", program, str(store.path), str(Path(__file__).parent)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "reelgraph.errors.StoreError" in done.stderr
        assert "cannot write the store: the file grew over the largest allowed size" in done.stderr
        assert store.current() == before
        assert len(store.snapshot().open()) == 3
        fill(store, "c")
        assert len(store.snapshot().open()) == 6

    def test_what_killed_writers_left_is_removed(self, store: Store) -> None:
        fill(store)
        (store.path / "work" / "graph").mkdir()
        (store.path / "work" / "graph" / "000001.sst").write_bytes(b"x")
        (store.path / "snapshots" / "000009-abcdefabcdef").mkdir()
        (store.path / "snapshots" / "000008-abcdefabcdef.json").write_text("{}")
        (store.path / "documents" / "ab").mkdir()
        (store.path / "documents" / "ab" / ("ab" * 32)).write_bytes(b"never published")
        with store.writer() as work:
            assert len(work.store) == 3
        assert list((store.path / "work").iterdir()) == []
        assert len(list((store.path / "snapshots").iterdir())) == 4
        assert [path for path in (store.path / "documents").rglob("*") if path.is_file()] == []


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store import quads
from reelgraph.store import Manifest, Store
print("ready", flush=True)
number = 0
while True:
    number += 1
    with Store(Path(sys.argv[1]), keep=3).writer() as work:
        work.replace(["https://example.org/n"], quads("n", 300, number * 300))
        work.add(quads(f"g{number % 5}", 6000))
        snapshot = work.publish(Manifest(created=str(number)))
    print(snapshot.id, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_kill_in_the_middle(store: Store, seed: int) -> None:
    """What was acknowledged is there, what is there is whole, and the next writer goes on."""
    fill(store, "first")
    command = [sys.executable, "-c", KILLED, str(store.path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.02, 0.6))
        process.kill()
        acknowledged = process.stdout.read().split()
    snapshot = store.snapshot()
    if acknowledged:
        assert snapshot.id >= acknowledged[-1]
    graph = snapshot.open()
    number = int(snapshot.manifest.created) if snapshot.manifest.created != "first" else 0
    texts = {quad.object.value for quad in graph.quads_for_pattern(None, None, None, NamedNode(f"{EX}n"))}
    assert texts == {f"n {one}" for one in range(number * 300, number * 300 + 300)} if number else not texts
    assert all(len(one.open()) >= 3 for one in store.snapshots() if one.id >= snapshot.id)
    fill(store, "after")
    assert len(list(store.snapshot().open().quads_for_pattern(None, None, None, NamedNode(f"{EX}after")))) == 3
    assert list((store.path / "work").iterdir()) == []
