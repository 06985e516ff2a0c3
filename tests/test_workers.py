"""Query processes: answers, errors, limits, and that nothing a query does hurts the next one."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from time import monotonic

import pyoxigraph
import pytest

from reelgraph.server.problem import HttpError
from reelgraph.server.process import EndedError, Process
from reelgraph.server.replica import Replica
from reelgraph.server.running import CutError
from reelgraph.server.worker import Task
from reelgraph.server.workers import Pool, Reply

ROWS = 4000
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ALL = "SELECT * { ?s ?p ?o }"
TRUE = b'{"head":{},"boolean":true}'
_snapshot = ""
_folder: Path | None = None
pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("snapshots") / "000001-abc"
    store = pyoxigraph.Store(path)
    node = pyoxigraph.NamedNode
    store.bulk_extend(
        pyoxigraph.Quad(
            node(f"http://e.example/{n}"), node("http://e.example/p"), pyoxigraph.Literal(f"film {n}"), graph
        )
        for graph in (node("http://e.example/g"),)
        for n in range(ROWS)
    )
    store.flush()
    return str(path)


@pytest.fixture(autouse=True, params=["disk", "memory"])
def replica(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Let the pools of a test answer from disk, and then from memory."""
    global _snapshot, _folder
    _snapshot, _folder = request.getfixturevalue("snapshot"), tmp_path if request.param == "memory" else None
    return _folder


def task(snapshot: str, query: str, *, results: str | None = "json", **more: object) -> Task:
    return Task(query=query, results=results, graph="nt", snapshot=snapshot, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def pool(width: int = 1, deadline: float = 30.0, memory: int = 2048) -> AsyncIterator[Pool]:
    held = Replica(_folder, 64)
    made = Pool(width, deadline, memory, replica=held)
    while _folder is not None and not held.of(_snapshot):
        held.follow(_snapshot)
        await asyncio.sleep(0.02)
    try:
        yield made
    finally:
        await made.close()


async def whole(reply: Reply) -> bytes:
    body = bytearray(reply.body)
    if reply.stream is not None:
        async for piece in reply.stream:
            body += piece
    return bytes(body)


async def refused(work: Awaitable[Reply]) -> HttpError:
    with pytest.raises(HttpError) as caught:
        await work
    return caught.value


def test_answers_of_each_kind(snapshot: str) -> None:
    async def run() -> None:
        async with pool() as workers:
            reply = await workers.answer(task(snapshot, "ASK { ?s ?p ?o }"), "me")
            assert (reply.is_graph, reply.format, reply.body, reply.stream) == (False, "json", TRUE, None)
            reply = await workers.answer(task(snapshot, "DESCRIBE <http://e.example/7>"), "me")
            assert (reply.is_graph, reply.format) == (True, "nt")
            assert reply.body == b'<http://e.example/7> <http://e.example/p> "film 7" .\n'
            reply = await workers.answer(task(snapshot, ALL, results="csv"), "me")
            assert reply.stream is not None
            assert len((await whole(reply)).splitlines()) == ROWS + 1

    asyncio.run(run())


def test_graphs_that_count(snapshot: str) -> None:
    async def count(workers: Pool, **more: object) -> bytes:
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        return (await workers.answer(task(snapshot, query, results="csv", **more), "me")).body.split()[1]

    async def run() -> None:
        async with pool() as workers:
            graph = ["http://e.example/g"]
            assert await count(workers) == b"4000"
            assert await count(workers, union=False) == b"0"
            assert await count(workers, default_graphs=graph, named_graphs=[]) == b"4000"
            assert await count(workers, default_graphs=[], named_graphs=graph) == b"0"
            error = await refused(workers.answer(task(snapshot, "ASK {}", default_graphs=["no iri"]), "me"))
            assert error.status == 400

    asyncio.run(run())


@pytest.mark.parametrize(
    ("query", "more", "status", "words"),
    [
        ("SELECT * {\n ?s ?p }", {}, 400, "line 2, column 8"),
        (ALL, {"max_rows": 10}, 422, "more than the 10 rows"),
        (ALL, {"max_bytes": 100}, 422, "larger than the 100 bytes"),
        (ALL, {"results": None}, 406, "results"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, {}, 400, "nested too deeply"),
        ("SELECT * { FILTER(" + "!" * 50_000 + "?x) }", {}, 400, "nested too deeply"),
    ],
    ids=["syntax", "rows", "bytes", "format", "braces", "negations"],
)
def test_refusals_leave_the_next_query_alone(
    snapshot: str, query: str, more: dict[str, object], status: int, words: str
) -> None:
    async def run() -> None:
        async with pool() as workers:
            error = await refused(workers.answer(task(snapshot, query, **more), "me"))
            assert (error.status, words in error.detail) == (status, True), error.detail
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE

    asyncio.run(run())


def test_a_query_that_never_ends_is_stopped(snapshot: str) -> None:
    async def run() -> None:
        async with pool(deadline=0.3) as workers:
            error = await refused(workers.answer(task(snapshot, RUNAWAY), "me"))
            assert (error.status, "0.3 seconds" in error.detail) == (504, True)
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE

    asyncio.run(run())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_takes_all_memory_is_stopped(snapshot: str) -> None:
    async def run() -> None:
        async with pool(memory=200) as workers:
            query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?i"
            error = await refused(workers.answer(task(snapshot, query), "me"))
            assert (error.status, "200 megabytes" in error.detail) == (400, True), error.detail
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE

    asyncio.run(run())


def test_an_answer_that_breaks_off_says_so(snapshot: str) -> None:
    async def run() -> None:
        async with pool(deadline=4.0) as workers:
            reply = await workers.answer(task(snapshot, ENDLESS, results="csv"), "me")
            assert reply.stream is not None
            with pytest.raises(CutError):
                await whole(reply)
            reply = await workers.answer(task(snapshot, ALL, max_rows=1000), "me")
            with pytest.raises(CutError, match="1000 rows"):
                await whole(reply)

    asyncio.run(run())


def test_a_slow_reader_has_time_and_blocks_nobody(snapshot: str) -> None:
    async def run() -> None:
        async with pool(deadline=3.0) as workers:
            slow = [await workers.answer(task(snapshot, ALL), f"slow {n}") for n in range(2)]
            await asyncio.sleep(3.2)
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE
            assert {len(await whole(reply)) for reply in slow} == {
                len(await whole(await workers.answer(task(snapshot, ALL), "me")))
            }

    asyncio.run(run())


def test_small_queries_pass_runaways(snapshot: str) -> None:
    async def run() -> None:
        async with pool(deadline=4.0) as workers:
            runaways = [
                asyncio.create_task(refused(workers.answer(task(snapshot, RUNAWAY), f"r{n}"))) for n in range(6)
            ]
            await asyncio.sleep(1.0)
            for _ in range(20):
                assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE
            assert not any(runaway.done() for runaway in runaways)
            assert {(await runaway).status for runaway in runaways} == {504}

    asyncio.run(run())


def test_those_who_find_no_lane_are_told_to_come_back(snapshot: str) -> None:
    async def run() -> None:
        async with pool(deadline=4.0) as workers:
            held = [await workers.answer(task(snapshot, ALL), f"slow {n}") for n in range(2)]
            error = await refused(workers.answer(task(snapshot, ALL), "me"))
            assert (error.status, error.headers) == (504, {"Retry-After": "5"})
            for reply in held:
                assert reply.stream is not None
                reply.stream.close()
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE

    asyncio.run(run())


def test_a_client_that_leaves_frees_its_process(snapshot: str) -> None:
    async def run() -> None:
        async with pool() as workers:
            running = asyncio.create_task(workers.answer(task(snapshot, RUNAWAY), "me"))
            await asyncio.sleep(0.3)
            busy = list(workers._busy)
            assert len(busy) == 1
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            assert not workers._busy
            assert not busy[0].is_alive

    asyncio.run(run())


def test_a_killed_process_is_replaced(snapshot: str) -> None:
    async def run() -> None:
        async with pool() as workers:
            await workers.tend(snapshot)
            for process in workers._idle:
                os.kill(process.id, signal.SIGKILL)
                while process.is_alive:
                    await asyncio.sleep(0.01)
            assert (await workers.answer(task(snapshot, "ASK {}"), "me")).body == TRUE

    asyncio.run(run())


@pytest.mark.skipif(sys.platform != "linux", reason="the priority of another process's threads is read as Linux has it")
def test_what_takes_long_goes_behind_others(snapshot: str) -> None:
    async def run() -> None:
        process = Process.start(2048, snapshot)
        try:
            await process.send(task(snapshot, ENDLESS).message(30))
            await process.receive()  # the thread that answers has begun
            process.make_nice()
            assert priorities(process.id) == {15}
            if process.make_normal():  # which not every system allows
                assert priorities(process.id) == {os.getpriority(os.PRIO_PROCESS, 0) + 4}
        finally:
            await process.close()

    asyncio.run(run())


def priorities(pid: int) -> set[int]:
    """Return the priorities of a process's threads."""
    return {os.getpriority(os.PRIO_PROCESS, int(entry.name)) for entry in Path(f"/proc/{pid}/task").iterdir()}


def test_another_snapshot_is_opened_when_asked_for(snapshot: str, tmp_path: Path) -> None:
    async def run() -> None:
        pyoxigraph.Store(tmp_path / "next").flush()
        async with pool() as workers:
            await workers.tend(snapshot)
            query = "ASK { ?s ?p ?o }"
            assert (await workers.answer(task(snapshot, query), "me")).body == TRUE
            assert b"false" in (await workers.answer(task(str(tmp_path / "next"), query), "me")).body
            error = await refused(workers.answer(task(str(tmp_path / "none"), query), "me"))
            assert error.status == 500

    asyncio.run(run())


@pytest.fixture
def neighbour() -> Iterator[HTTPServer]:
    """A server on this machine that must never be asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        do_POST = do_GET  # noqa: N815 - the class names methods so

    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked = asked  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(sys.platform != "linux", reason="the second wall stands on Linux only")
def test_a_process_cannot_reach_the_network(snapshot: str, neighbour: HTTPServer) -> None:
    async def run() -> None:
        async with pool() as workers:
            query = f"SELECT * {{ SERVICE <http://127.0.0.1:{neighbour.server_port}/> {{ ?s ?p ?o }} }}"
            error = await refused(workers.answer(task(snapshot, query), "me"))
            assert (error.status, "denied" in error.detail) == (500, True)

    asyncio.run(run())
    assert not neighbour.asked  # type: ignore[attr-defined]


_PARENT = """
import asyncio, sys, time
from reelgraph.server.process import Process
from reelgraph.server.worker import Task
async def run():
    process = Process.start(2048, sys.argv[1])
    await process.send(Task(sys.argv[2], "json", "nt", sys.argv[1]).message(60))
    print(process.id, flush=True)
    time.sleep(60)
asyncio.run(run())
"""


@pytest.mark.parametrize("query", ["ASK {}", RUNAWAY], ids=["idle", "busy"])
def test_no_process_outlives_a_killed_parent(snapshot: str, query: str) -> None:
    command = [sys.executable, "-c", _PARENT, snapshot, query]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert eventually(lambda: not is_running(child))


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = monotonic() + seconds
    while not condition() and monotonic() < end:
        threading.Event().wait(0.02)
    return condition()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_process_ends_by_itself_when_told_to(snapshot: str) -> None:
    async def run() -> None:
        process = Process.start(2048, snapshot)
        try:
            await process.send(task(snapshot, RUNAWAY).message(0.3))
            with pytest.raises(EndedError):
                await process.receive()
        finally:
            await process.close()

    asyncio.run(run())
