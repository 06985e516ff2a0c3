"""The production server, running: on a port of this machine, asked by sockets, stopped and killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic
from urllib.parse import urlencode

import pyoxigraph
import pytest

from reelgraph.config import Settings
from reelgraph.errors import ConfigError
from reelgraph.server import runner
from reelgraph.store import Manifest, Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes the Linux way")
TRUE = b'{"head":{},"boolean":true}'
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MILLION = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
START = """
import sys
from pathlib import Path
from reelgraph.config import Settings
from reelgraph.server import app, runner
app.PAGES = ()
runner.serve(Settings(store=Path(sys.argv[1]), port=int(sys.argv[2]), deadline=float(sys.argv[3])))
"""


def write(folder: Path, count: int) -> str:
    node = pyoxigraph.NamedNode
    with Store(folder).writer() as writer:
        writer.add(
            pyoxigraph.Quad(
                node(f"http://e.example/{n}"), node("http://e.example/p"), pyoxigraph.Literal("x"), node("http://g/")
            )
            for n in range(count)
        )
        return writer.publish(Manifest(extra={"count": count})).id


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    write(path, 1200)
    return path


@dataclass
class Running:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, query: str, accept: str = "*/*") -> tuple[int, bytes]:
        with self.connected() as connection:
            return self.begin(connection, query, accept)

    def begin(self, connection: http.client.HTTPConnection, query: str, accept: str = "*/*") -> tuple[int, bytes]:
        response = self.send(connection, query, accept)
        return response.status, response.read()

    def send(self, connection: http.client.HTTPConnection, query: str, accept: str = "*/*") -> http.client.HTTPResponse:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sparql", urlencode({"query": query}), headers)
        return connection.getresponse()

    @contextmanager
    def connected(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()

    def family(self) -> set[int]:
        """Return the processes of the server: itself, its children, and theirs."""
        found, before = {self.process.pid}, 0
        while len(found) > before:
            before = len(found)
            found |= {pid for pid, parent in parents() if parent in found}
        return found


def parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def peak(pid: int) -> int:
    """Return the most memory a process has held, in megabytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def eventually(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = monotonic() + seconds
    while not condition() and monotonic() < end:
        threading.Event().wait(0.05)
    return condition()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(folder: Path, deadline: float = 10.0, temporary: str = gettempdir()) -> Iterator[Running]:
    port = free_port()
    command = [sys.executable, "-c", START, str(folder), str(port), str(deadline)]
    process = subprocess.Popen(command, env=os.environ | {"TMPDIR": temporary})
    running = Running(process, port)

    def answers() -> bool:
        try:
            return running.ask("ASK {}")[0] in (200, 503)
        except (OSError, http.client.HTTPException):
            return False

    try:
        assert eventually(answers)
        yield running
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Running]:
    with server(folder, deadline=1.5) as started:
        yield started


def test_a_runaway_is_stopped_and_the_next_query_is_answered(running: Running) -> None:
    assert running.ask(RUNAWAY)[0] == 504
    assert running.ask("ASK {}") == (200, TRUE)


def test_small_queries_pass_runaways(running: Running) -> None:
    statuses: list[int] = []
    runaways = [threading.Thread(target=lambda: statuses.append(running.ask(RUNAWAY)[0])) for _ in range(8)]
    for thread in runaways:
        thread.start()
    while any(thread.is_alive() for thread in runaways):
        assert running.ask("ASK {}") == (200, TRUE)
        threading.Event().wait(0.05)
    assert set(statuses) == {504}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { ?s ?p " + "(" * 10_000 + ")" * 10_000 + " }",
        "SELECT * { FILTER(" + "!" * 10_000 + "?x) }",
        "SELECT * { FILTER(?x = " + "+1" * 10_000 + ") }",
        "SELECT * { " + "{} UNION " * 10_000 + "{} }",
        "SELECT * { ?s " + "/".join(["<x:p>"] * 1000) + " ?o }",
        "SELECT * { ?s ?p " + "(" * 120 + "1" + ")" * 120 + " }",
        "SELECT * { FILTER(REGEX('" + "a" * 5000 + "', '(a*)*(a*)*(a*)*b')) }",
        "SELECT * { ?s ?p ?o ?q }",
        "SELECT * { <http://e.example/<> ?p ?o }",
    ],
    ids=["braces", "parentheses", "negations", "plus", "unions", "path", "collection", "regex", "malformed", "IRI"],
)
def test_bombs_are_answered(running: Running, query: str) -> None:
    assert running.ask(query)[0] in (200, 400, 504)
    assert running.ask("ASK {}") == (200, TRUE)


def test_an_answer_that_breaks_off_breaks_the_connection(running: Running) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with running.connected() as connection:
        response = running.send(connection, endless, "text/csv")
        assert response.status == 200
        with pytest.raises(http.client.IncompleteRead):
            response.read()


def test_a_million_rows_pass_in_little_memory(folder: Path) -> None:
    with server(folder, deadline=60.0) as started, started.connected() as connection:
        response = started.send(connection, MILLION, "text/tab-separated-values")
        rows = -1
        while piece := response.read(1 << 16):
            rows += piece.count(b"\n")
        assert rows == 1_000_000
        assert max(peak(pid) for pid in started.family()) < 200


def test_a_client_that_leaves_stops_its_query(folder: Path) -> None:
    with server(folder, deadline=60.0) as started:
        before = len(started.family())
        used = {pid: seconds(pid) for pid in started.family()}
        with started.connected() as connection:
            connection.request("GET", "/sparql?" + urlencode({"query": RUNAWAY}))
            assert eventually(lambda: any(seconds(pid) > 0.5 + used.get(pid, 0.0) for pid in started.family()))
            busy = [pid for pid in started.family() if seconds(pid) > 0.5 + used.get(pid, 0.0)]
        assert eventually(lambda: not any(is_running(pid) for pid in busy))
        assert started.ask("ASK {}") == (200, TRUE)
        assert before > 0


def seconds(pid: int) -> float:
    """Return how long a process has used a processor."""
    try:
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_a_new_snapshot_answers_without_a_restart(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with server(tmp_path) as started:
        assert started.ask(count)[0] == 503
        write(tmp_path, 3)
        assert started.ask(count, "text/csv") == (200, b"n\r\n3\r\n")
        write(tmp_path, 7)
        assert started.ask(count, "text/csv") == (200, b"n\r\n7\r\n")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda sign: sign.name)
def test_nothing_is_left_of_a_server_that_stopped(folder: Path, sign: signal.Signals) -> None:
    with TemporaryDirectory() as temporary, server(folder, temporary=temporary) as started:
        started.ask("ASK {}")
        family = started.family()
        assert any(Path(temporary).iterdir())
        assert len(family) > 2
        started.process.send_signal(sign)
        started.process.wait(30)
        assert eventually(lambda: not any(is_running(pid) for pid in family))
        assert eventually(lambda: not any(Path(temporary).iterdir()))


def test_a_taken_port_is_said_to_be_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ConfigError, match="another program listens there; choose another with --port"):
            runner.serve(Settings(store=tmp_path, port=other.getsockname()[1]))


def test_an_address_of_another_machine_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--host"):
        runner.serve(Settings(store=tmp_path, host="192.0.2.1", port=free_port()))
