"""The servers that are compared, each started on a port of its own: ours, the engine's own, a peer, and bare floors."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_OURS = "from reelgraph.cli import main; main()"
_PEER = """
import sys
import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
graph = Graph().parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="error")
"""
_BARE = """
import json
import sys
from granian.constants import HTTPModes, Interfaces
from granian.server import Server
headers, body = json.loads(sys.argv[1])
START = {"type": "http.response.start", "status": 200, "headers": [tuple(map(str.encode, one)) for one in headers]}
END = {"type": "http.response.body", "body": body.encode()}
async def asgi(scope, receive, send):
    if scope["type"] == "http":
        await send(START)
        await send(END)
port = int(sys.argv[2])
server = Server("bare", port=port, interface=Interfaces.ASGINL, workers=2, http=HTTPModes.http1, websockets=False)
server.serve(target_loader=lambda: asgi, wrap_loader=False)
"""
_ENGINE = """
import sys
import tempfile
from binascii import a2b_qp
from granian.constants import HTTPModes, Interfaces
from granian.server import Server
from pyoxigraph import QueryResultsFormat, RdfFormat, Store
JSON = [(b"content-type", b"application/sparql-results+json")]
START = {"type": "http.response.start", "status": 200, "headers": JSON}
def load():
    store = Store()
    with tempfile.NamedTemporaryFile() as file:
        Store.read_only(sys.argv[1]).dump(file.name, RdfFormat.N_QUADS)
        store.bulk_load(path=file.name, format=RdfFormat.N_QUADS)
    async def asgi(scope, receive, send):
        if scope["type"] == "http":
            query = a2b_qp(scope["query_string"][6:].replace(b"%", b"=")).decode()
            found = store.query(query, use_default_graph_as_union=True)
            await send(START)
            await send({"type": "http.response.body", "body": found.serialize(format=QueryResultsFormat.JSON)})
    return asgi
port = int(sys.argv[2])
server = Server("engine", port=port, interface=Interfaces.ASGINL, workers=2, http=HTTPModes.http1, websockets=False)
server.serve(target_loader=load, wrap_loader=False)
"""


@dataclass
class Running:
    """A server that runs; `peak` is the most memory (in MB, shared pages counted once) its processes have held."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str = "/sparql"
    peak: float = field(default=0.0, init=False)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, said: str) -> float:
        """Wait until all processes say something in their metrics; return the seconds that took."""
        begin, heard = time.monotonic(), 0
        while heard < 8:
            with urllib.request.urlopen(f"{self.url}/metrics") as answer:
                heard = heard + 1 if said in answer.read().decode() else 0
            time.sleep(0.05 if heard else 0.5)
        return time.monotonic() - begin

    def used(self) -> float:
        """Return the seconds of processor time its processes have used so far, those that have ended included."""
        return sum(map(_used, family(self.process.pid)))

    def watch(self) -> None:
        """Look at the memory again and again until the server ends."""
        while self.process.poll() is None:
            self.peak = max(self.peak, sum(map(_held, family(self.process.pid))))
            time.sleep(0.25)


def family(pid: int) -> set[int]:
    """Return a process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, before = {pid}, 0
    while len(found) > before:
        before = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _held(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def ours(store: Path, name: str = "reelgraph", **more: str) -> "Start":
    """Return how to start ours; settings are given as variables."""
    environment = {f"REELGRAPH_{key.upper()}": value for key, value in more.items()}
    return Start(name, [sys.executable, "-c", _OURS, "serve", "--store", str(store), "--port", "{port}"], environment)


def native(binary: str, snapshot: Path, *more: str) -> "Start":
    """Return how to start the engine's own server on the same files."""
    command = [binary, "serve-read-only", "--location", str(snapshot), "--bind", "127.0.0.1:{port}"]
    return Start("native", [*command, "--union-default-graph", *more], path="/query")


def peer(python: str, data: Path) -> "Start":
    """Return how to start rdflib-endpoint on the same triples, held in memory."""
    return Start("rdflib-endpoint", [python, "-c", _PEER, str(data), "{port}"], path="/")


def bare(headers: Sequence[tuple[str, str]], body: str) -> "Start":
    """Return how to start an application that only ever sends one answer, in the web server that ours uses."""
    return Start("the web server alone", [sys.executable, "-c", _BARE, json.dumps((headers, body)), "{port}"])


def engine(snapshot: Path) -> "Start":
    """Return how to start an application that only asks the engine, in memory, in the web server that ours uses."""
    return Start("the engine behind the web server", [sys.executable, "-c", _ENGINE, str(snapshot), "{port}"])


@dataclass(frozen=True)
class Start:
    """How a server is started."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    path: str = "/sparql"

    @contextmanager
    def running(self, patience: float = 300.0) -> Iterator[Running]:
        """Start it, wait until it answers, and stop it at the end."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = [part.replace("{port}", str(port)) for part in self.command]
        quiet = subprocess.DEVNULL if self.name == "native" else None  # it says much about clients that leave
        process = subprocess.Popen(command, env=os.environ | self.environment, stdout=subprocess.DEVNULL, stderr=quiet)
        started = Running(self.name, process, port, self.path)
        try:
            _wait(started, patience)
            threading.Thread(target=started.watch, daemon=True).start()
            yield started
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(started: Running, patience: float) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if started.process.poll() is not None:
            raise SystemExit(f"{started.name} did not start")
        try:
            urllib.request.urlopen(f"{started.url}{started.path}?query=ASK%7B%7D", timeout=5).close()
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{started.name} did not answer within {patience:g} seconds")
