"""The snapshot in memory: made once for all, followed, and never missed when it is not there."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path

import pyoxigraph
import pytest

from reelgraph.server import host, replica
from reelgraph.server.children import Forked
from reelgraph.server.replica import Replica
from reelgraph.server.worker import Task
from reelgraph.server.workers import Pool

NODE = pyoxigraph.NamedNode("http://e.example/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that server processes share, with the snapshots in it."""
    return tmp_path


def snapshot(folder: Path, number: int) -> str:
    """Make a snapshot that says its number."""
    path = folder / f"{number:06}-abc"
    store = pyoxigraph.Store(path)
    store.add(pyoxigraph.Quad(NODE, NODE, pyoxigraph.Literal(str(number)), NODE))
    store.flush()
    return str(path)


def in_loop(test: Callable[[Path], Coroutine[None, None, None]]) -> Callable[[Path], None]:
    @wraps(test)
    def run(folder: Path) -> None:
        asyncio.run(test(folder))

    return run


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait until something holds; return whether it did in time."""
    ends = asyncio.get_running_loop().time() + seconds
    while not condition() and asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(0.02)
    return condition()


async def reached(held: Replica, path: str) -> bool:
    """Follow a snapshot until it is in memory."""

    def follow() -> bool:
        held.follow(path)
        return bool(held.of(path))

    return await until(follow)


async def said(pool: Pool, path: str, query: str = "SELECT ?o { ?s ?p ?o }") -> str:
    """Return what a query finds."""
    reply = await pool.answer(Task(query, "csv", "nt", path), "me")
    return reply.body.decode().split("\r\n")[1]


@in_loop
async def test_processes_are_forked_from_one_host_of_two_servers(folder: Path) -> None:
    path = snapshot(folder, 1)
    one, other = Replica(folder, 64), Replica(folder, 64)
    assert await reached(one, path)
    assert await reached(other, path)
    first, second = Pool(1, 30, 256, replica=one), Pool(1, 30, 256, replica=other)
    assert await said(first, path) == await said(second, path) == "1"
    assert {process.replica for pool in (first, second) for process in pool._idle} == {path}
    parents = {_parent(process.id) for pool in (first, second) for process in pool._idle}
    assert len(parents) == 1
    await first.close()
    await second.close()


@in_loop
async def test_forked_processes_draw_different_lots(folder: Path) -> None:
    path = snapshot(folder, 1)
    held = Replica(folder, 64)
    assert await reached(held, path)
    pools = [Pool(1, 30, 256, replica=held) for _ in range(3)]
    drawn = [await said(pool, path, "SELECT (CONCAT(STR(UUID()), STR(RAND())) AS ?lot) {}") for pool in pools]
    assert len(set(drawn)) == 3
    for pool in pools:
        await pool.close()


@in_loop
async def test_the_next_snapshot_is_read_from_disk_until_it_is_in_memory(folder: Path) -> None:
    first, second = snapshot(folder, 1), snapshot(folder, 2)
    held = Replica(folder, 64)
    pool = Pool(1, 30, 256, replica=held)
    assert await reached(held, first)
    assert await said(pool, first) == "1"
    assert await said(pool, second) == "2"
    await pool.tend(second)
    assert (held.of(first), held.of(second)) == ("", "")
    assert await said(pool, second) == "2"
    assert [process.replica for process in pool._idle if process.replica] == []
    assert await reached(held, second)
    await pool.tend(second)
    assert await said(pool, second) == "2"
    assert {process.replica for process in pool._idle} == {second}
    await pool.close()


@in_loop
async def test_snapshots_in_a_row_are_not_copied_one_by_one(folder: Path) -> None:
    held = Replica(folder, 64)
    for number in range(1, 5):
        held.follow(snapshot(folder, number))
    assert {one.name for one in folder.glob("*.lock")} == {"000001-abc.lock"}
    held.close()


@in_loop
async def test_a_host_that_is_gone_is_not_missed(folder: Path) -> None:
    path = snapshot(folder, 1)
    held = Replica(folder, 64)
    pool = Pool(1, 30, 256, replica=held)
    assert await reached(held, path)
    process = await asyncio.to_thread(held.fork, 256)
    os.kill(_parent(process.id), signal.SIGKILL)
    assert await until(lambda: _parent(process.id) != 0)
    assert await said(pool, path) == "1"
    assert {one.replica for one in pool._idle} == {""}
    await process.close()
    await pool.close()


@pytest.mark.parametrize("reason", ["no room", "no folder", "too large"])
def test_without_room_the_snapshot_stays_on_disk(reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "size_in_memory", lambda folder: 65 << 20 if reason == "too large" else 1)
    path = snapshot(tmp_path, 1)
    held = Replica(None if reason == "no folder" else tmp_path, 0 if reason == "no room" else 64)
    for _ in range(5):
        held.follow(path)
    assert not list(tmp_path.glob("*.lock"))
    with pytest.raises(OSError, match="no host"):
        held.fork(256)


@in_loop
async def test_a_copy_that_fails_is_told_and_not_tried_again(folder: Path) -> None:
    path = snapshot(folder, 1)
    for file in Path(path).glob("*.sst"):
        file.write_bytes(b"broken")
    for file in Path(path).glob("CURRENT"):
        file.write_bytes(b"broken")
    held = Replica(folder, 64)

    def ended() -> bool:
        held.follow(path)
        return held._host is None

    held.follow(path)
    assert held._host is not None
    assert await until(ended)
    held.follow(path)
    assert (held._host, held.of(path)) == (None, "")


def test_all_that_a_snapshot_has_is_in_memory(tmp_path: Path) -> None:
    store = pyoxigraph.Store(tmp_path / "snapshot")
    triple, text = pyoxigraph.Triple(NODE, NODE, NODE), pyoxigraph.Literal('a "b"\n', language="de-at", direction=None)
    for value in (NODE, text, triple, pyoxigraph.BlankNode("b0")):
        store.add(pyoxigraph.Quad(NODE, pyoxigraph.NamedNode(f"http://p.example/{id(value)}"), value, NODE))
    store.add(pyoxigraph.Quad(NODE, NODE, NODE))
    store.add_graph(pyoxigraph.NamedNode("http://empty.example/ü"))
    store.flush()
    held = host.held(str(tmp_path / "snapshot"), tmp_path / "names")
    assert set(held) == set(store), "blank nodes have the same names"
    assert set(held.named_graphs()) == set(store.named_graphs())


def test_a_snapshot_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none: the snapshot cannot be read"):
        host.held(str(tmp_path / "none"), tmp_path / "names")


@in_loop
async def test_the_host_ends_with_its_last_server(folder: Path) -> None:
    path = snapshot(folder, 1)
    starter, other = Replica(folder, 64), Replica(folder, 64)
    assert await reached(starter, path)
    assert await reached(other, path)
    process = await asyncio.to_thread(other.fork, 256)
    number = _parent(process.id)
    other.close()
    await process.close()
    assert starter._host is not None
    starter._lose()
    assert await until(lambda: starter._host is not None and starter._host.poll() == 0), "nobody uses it any more"
    assert number == starter._host.pid
    starter.close()


def test_a_forked_process_tells_how_it_ended() -> None:
    report, reported = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(reported, b"memory allocation of 12 bytes failed")
        os._exit(3)
    os.close(reported)
    child = Forked(pid, report)
    assert child.ended(5.0) == (1, "memory allocation of 12 bytes failed"), "no host has told the exit code"
    assert not child.is_alive()
    child.kill()
    os.waitpid(pid, 0)


def _parent(pid: int) -> int:
    """Return the number of the process that a process was forked from."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
