"""What must not hurt those who read: queries that never end, large answers, a load of many documents."""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import films

from reelgraph.store import Manifest, Store
from serving import servers
from serving.questions import QUESTIONS
from serving.servers import Running
from serving.wrk import load

#: Seconds a query may take here.
DEADLINE = 3.0
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_LOOKUP = QUESTIONS[1]


def hostile(server: Running, seconds: float) -> None:
    """Print latencies of look-ups alone and beside eight never-ending queries, and when those end."""
    alone = load(server.url, _LOOKUP.paths(server.path), _LOOKUP.accept, seconds, fresh=True, clients=1)
    ended: list[tuple[int, float]] = []
    stop = threading.Event()
    threads = [threading.Thread(target=_runaways, args=(server, number, stop, ended)) for number in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    beside = load(server.url, _LOOKUP.paths(server.path), _LOOKUP.accept, 2 * seconds, fresh=True, clients=1)
    stop.set()
    for thread in threads:
        thread.join()
    print(
        f"{server.name}: look-ups, one client: p50 {alone.p50:.1f} ms, p99 {alone.p99:.1f} ms; beside eight "
        f"never-ending queries p50 {beside.p50:.1f} ms, p99 {beside.p99:.1f} ms, {alone.failed + beside.failed} failed"
    )
    late = [waited - DEADLINE for status, waited in ended if status == 504]
    others = sorted({status for status, _ in ended} - {504})
    if late:
        print(
            f"{len(late)} runaways answered 504, at the latest {max(late):.3f} s after the deadline; others: {others}"
        )
    print(f"peak memory, {server.name}, beside them: {server.peak:.0f} MB")


def _runaways(server: Running, number: int, stop: threading.Event, ended: list[tuple[int, float]]) -> None:
    turn = 0
    while not stop.is_set():
        turn += 1
        begin = time.monotonic()
        path = f"{server.path}?query={quote(f'{_RUNAWAY} #{number}-{turn}')}&timeout={DEADLINE:g}"
        ended.append((_status(server, path), time.monotonic() - begin))


def _status(server: Running, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def first_byte(server: Running) -> tuple[float, float]:
    """Return the median and the least of the milliseconds until the first byte of a large answer comes."""
    times = sorted(_first_byte(server, number) for number in range(9))
    return times[4], times[0]


def _first_byte(server: Running, number: int) -> float:
    path = QUESTIONS[5].paths(server.path)[0] + quote(f" #{number}")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.connect()
    begin = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read(1)
    taken = (time.perf_counter() - begin) * 1000
    while answer.read(1 << 20):
        pass
    connection.close()
    return taken


def loading(count: int) -> None:
    """Load many documents into a store that is served, and print how many requests failed meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder, documents = Path(name) / "store", Path(name) / "documents"
        documents.mkdir()
        for number in range(count):
            text = f"The Film of {number} is a {1950 + number % 70} drama film directed by Ann Berg{number}.\n"
            (documents / f"{number:05}.txt").write_text(text, "utf-8")
        with Store(folder).writer() as writer:
            writer.add(films.quads(100))
            writer.publish(Manifest())
        with servers.ours(folder).running() as server:
            statuses: list[int] = []
            stop = threading.Event()
            path = f"{server.path}?query={quote('SELECT (COUNT(*) AS ?n) { ?s ?p ?o } #')}"

            def read() -> None:
                while not stop.is_set():
                    statuses.append(_status(server, f"{path}{len(statuses)}"))

            threads = [threading.Thread(target=read) for _ in range(4)]
            for thread in threads:
                thread.start()
            begin = time.monotonic()
            command = [sys.executable, "-c", "from reelgraph.cli import main; main()", "load", str(documents)]
            done = subprocess.run(
                command, env=os.environ | {"REELGRAPH_STORE": str(folder)}, capture_output=True, text=True, check=False
            )
            stop.set()
            for thread in threads:
                thread.join()
        failed = sum(status != 200 for status in statuses)
        print(f"a load of {count} documents in {time.monotonic() - begin:.0f} s (exit {done.returncode}): ", end="")
        print(f"{failed} of {len(statuses)} requests meanwhile failed")
