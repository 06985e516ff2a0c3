"""Which snapshot answers, and that it stays as long as it is in use."""

import gc
import os
import sys
import tempfile
import threading
from pathlib import Path

import pyoxigraph
import pytest
from flask import Flask

from reelgraph.config import Settings
from reelgraph.server import snapshot
from reelgraph.server.problem import HttpError
from reelgraph.server.snapshot import EXTENSION, Snapshots, current
from reelgraph.snapshots import Snapshot, is_free
from reelgraph.store import Manifest, Store

NODE = pyoxigraph.NamedNode("http://e.example/")


def write(folder: Path, number: int) -> Snapshot:
    with Store(folder).writer() as writer:
        writer.add([pyoxigraph.Quad(NODE, NODE, pyoxigraph.Literal(str(number)), NODE)])
        return writer.publish(Manifest(extra={"number": number}))


def test_the_pointer_is_followed(tmp_path: Path) -> None:
    first = write(tmp_path, 1)
    snapshots = Snapshots(Settings(store=tmp_path))
    found = snapshots.current()
    assert (found.id, len(found.store)) == (first.id, 1)
    assert snapshots.current() is found
    second = write(tmp_path, 2)
    assert (snapshots.current().id, len(snapshots.current().store)) == (second.id, 2)
    assert len(found.store) == 1
    Store(tmp_path).rollback(first.id)
    assert snapshots.current().id == first.id


def test_a_snapshot_in_use_is_held(tmp_path: Path) -> None:
    first = write(tmp_path, 1)
    snapshots = Snapshots(Settings(store=tmp_path, memory=0))
    found = snapshots.current()
    assert not is_free(first)
    write(tmp_path, 2)
    snapshots.current()
    assert not is_free(first)
    del found
    gc.collect()
    assert is_free(first)


def test_one_request_sees_one_snapshot(tmp_path: Path) -> None:
    first = write(tmp_path, 1)
    app = Flask("test")
    app.extensions[EXTENSION] = Snapshots(Settings(store=tmp_path))
    with app.app_context():
        assert current().id == first.id
        second = write(tmp_path, 2)
        assert current().id == first.id
    with app.app_context():
        assert current().id == second.id


@pytest.mark.parametrize(
    "pointer", [None, "", "000009-abcdefabcdef\n", "\xff"], ids=["none", "empty", "dangling", "broken"]
)
def test_no_snapshot_to_be_found(tmp_path: Path, pointer: str | None) -> None:
    write(tmp_path, 1)
    if pointer is None:
        (tmp_path / "CURRENT").unlink()
    else:
        (tmp_path / "CURRENT").write_text(pointer)
    with pytest.raises(HttpError) as caught:
        Snapshots(Settings(store=tmp_path)).current()
    assert caught.value.status == 503


def copied() -> None:
    """Wait for the copies under way."""
    for thread in threading.enumerate():
        if thread.name == "to memory":
            thread.join()


def test_a_small_snapshot_answers_from_memory_when_it_is_ready(tmp_path: Path) -> None:
    write(tmp_path, 1)
    snapshots = Snapshots(Settings(store=tmp_path))
    found = snapshots.current()
    disk = pyoxigraph.Store.read_only(str(found.snapshot.path))
    copied()
    assert snapshots.current() is found
    found.store.add(pyoxigraph.Quad(NODE, NODE, NODE))  # which only memory allows
    assert len(found.store) == len(disk) + 1
    write(tmp_path, 2)
    later = snapshots.current()
    copied()
    assert later.id != found.id
    assert set(later.store) == set(later.snapshot.open())
    later.store.add(pyoxigraph.Quad(NODE, NODE, NODE))


def test_the_copy_in_memory_has_all_of_the_snapshot(tmp_path: Path) -> None:
    empty, blank = pyoxigraph.NamedNode("http://empty.example/"), pyoxigraph.BlankNode("b0")
    for quads in ([pyoxigraph.Quad(NODE, NODE, NODE)], [pyoxigraph.Quad(blank, NODE, blank, NODE)]):
        store = pyoxigraph.Store()
        store.bulk_extend(quads)
        store.add_graph(empty)
        copy = snapshot._copy(store)
        assert set(copy) == set(store), "blank nodes have the same names"
        assert set(copy.named_graphs()) == set(store.named_graphs())


def test_the_file_of_a_copy_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[list[Path]] = []
    monkeypatch.setattr(snapshot, "_has_blank_nodes", lambda file: seen.append(list(tmp_path.iterdir())))
    snapshot._copy(pyoxigraph.Store())
    assert seen == [[]]


def test_requests_do_not_wait_for_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 1)
    gate = threading.Event()
    copy = snapshot._to_memory
    monkeypatch.setattr(snapshot, "_to_memory", lambda *given: (gate.wait(30), copy(*given)))
    found = (snapshots := Snapshots(Settings(store=tmp_path))).current()
    on_disk = found.store
    assert snapshots.current().store is on_disk
    gate.set()
    copied()
    assert snapshots.current().store is not on_disk


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities of their own")
def test_answers_go_before_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 1)
    seen: list[int] = []
    copy = snapshot._copy

    def seen_copy(store: pyoxigraph.Store) -> pyoxigraph.Store:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return copy(store)

    monkeypatch.setattr(snapshot, "_copy", seen_copy)
    found = Snapshots(Settings(store=tmp_path)).current()
    copied()
    assert found.id
    assert seen == [10]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 10


@pytest.mark.parametrize("memory", [0, 2])
def test_a_snapshot_without_room_stays_on_disk(tmp_path: Path, memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "size_in_memory", lambda folder: 1 << 20)
    write(tmp_path, 1)
    found = Snapshots(Settings(store=tmp_path, memory=memory)).current()
    copied()
    with pytest.raises(RuntimeError, match="read-write"):
        found.store.add(pyoxigraph.Quad(NODE, NODE, NODE))


def test_opening_ahead_needs_no_store(tmp_path: Path) -> None:
    snapshots = Snapshots(Settings(store=tmp_path))
    snapshots.open_ahead()
    write(tmp_path, 1)
    snapshots.open_ahead()
    assert snapshots.current().id
