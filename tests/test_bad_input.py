"""Hostile requests to a running server: each gets a clear answer, others are served on, and memory comes back."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph
import pytest

from reelgraph import access
from reelgraph.access import Role
from reelgraph.store import Manifest, Store

pytestmark = [
    pytest.mark.xdist_group("bad input"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes the Linux way"),
]
SECRET, LINE = access.new("curator", Role.WRITE)
START = """
import sys
from pathlib import Path
from reelgraph.config import Settings
from reelgraph.server import asgi, runner
from granian.http import HTTP1Settings
asgi.BODY_SECONDS = 1.0
runner._HTTP = HTTP1Settings(header_read_timeout=1000, max_buffer_size=1 << 18)
store, port, tokens = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
runner.serve(Settings(store=store, port=port, tokens=tokens, deadline=1.5, worker_memory=512))
"""
TRUE = b'{"head":{},"boolean":true}'


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    node = pyoxigraph.NamedNode
    with Store(folder).writer() as writer:
        writer.add(
            pyoxigraph.Quad(node(f"http://e/{n}"), node("http://e/p"), pyoxigraph.Literal(str(n)), node("http://e/g"))
            for n in range(3000)
        )
        writer.publish(Manifest())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-c", START, str(folder), str(number), LINE], start_new_session=True)
    try:
        for _ in range(600):
            with suppress(OSError, http.client.HTTPException):
                if ask(number, "ASK {}")[0] == 200:
                    break
            time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(30)


def send(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before all is sent
            connection.request(method, path, body, fields)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def ask(port: int, query: str) -> tuple[int, bytes]:
    return send(port, "POST", "/sparql", query.encode(), Content_Type="application/sparql-query")


def raw(port: int, data: bytes, seconds: float = 20.0) -> bytes:
    """Return what the server says to some bytes until it closes."""
    with socket.create_connection(("127.0.0.1", port), seconds) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(data)
        pieces = bytearray()
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                pieces += piece
        return bytes(pieces)


def is_well(port: int) -> bool:
    return ask(port, "ASK {}") == (200, TRUE)


HOSTILE = {
    "braces": ("SELECT * " + "{" * 3000 + "}" * 3000, {400}),
    "parentheses": ("SELECT * { ?s ?p " + "(" * 10_000 + ")" * 10_000 + " }", {400}),
    "negations": ("SELECT * { FILTER(" + "!" * 10_000 + "?x) }", {400}),
    "unary plus": ("SELECT * { FILTER(?x = " + "+ " * 10_000 + "1) }", {400}),
    "unions": ("SELECT * { " + "{} UNION " * 10_000 + "{} }", {200, 400, 504}),
    "path": ("SELECT * { ?s " + "/".join(["<x:p>"] * 1000) + " ?o }", {200, 400, 504}),
    "collection": ("SELECT * { ?s ?p " + "(" * 300 + "1" + ")" * 300 + " }", {400, 504}),
    "product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", {504}),
    "regex": ("SELECT * { FILTER(REGEX('" + "a" * 5000 + "', '(a*)*(a*)*(a*)*b')) }", {200, 400, 504}),
    "order": ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", {400, 504}),
    "values": ("SELECT (COUNT(*) AS ?n) {" + "".join(
        f"VALUES ?v{k} {{ {' '.join(map(str, range(1000)))} }}" for k in range(3)) + "}", {504}),
    "long": ("ASK {} #" + "x" * (2 << 20), {413}),
    "malformed IRI": ("SELECT * { <http://e/<> ?p ?o }", {400}),
    "nothing": ("", {400}),
}  # fmt: skip


@pytest.mark.parametrize(("query", "statuses"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries(port: int, query: str, statuses: set[int]) -> None:
    status, body = ask(port, query)
    assert status in statuses, body[:200]
    assert is_well(port)


def test_a_query_of_ten_megabytes(port: int) -> None:
    status, _ = send(port, "POST", "/sparql", b"x" * (10 << 20), Content_Type="application/sparql-query")
    assert status == 413
    assert is_well(port)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("POST", "/sparql", b"ASK { \xff }", {"Content_Type": "application/sparql-query"}, 400),
        ("GET", "/sparql?query=%FF", None, {}, 400),
        ("GET", "/sparql?query=%zz", None, {}, 400),
        ("POST", "/sparql", b"ASK {}", {"Content_Type": "image/png"}, 415),
        ("POST", "/sparql", b"ASK {}", {}, 415),
        ("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", None, {}, 400),
        ("TRACE", "/sparql", None, {}, 405),
        ("GET", "/static/../../../../etc/passwd", None, {}, 404),
        ("GET", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", None, {}, 404),
        ("GET", "/graph-store/..%2f..%2fetc/passwd", None, {}, 404),
        ("GET", "/healthz", None, {"Host": "evil.example/<script>"}, 400),
    ],
)
def test_bad_requests(
    port: int, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    found, content = send(port, method, path, body, **headers)
    assert found == status, content[:200]
    assert b"root:" not in content
    assert is_well(port)


@pytest.mark.parametrize(
    "secret",
    ["", "x", "x" * 43, "x" * 5000, SECRET + "x", SECRET[:-1], "\xe9" * 43],
    ids=["empty", "a letter", "as long", "very long", "longer", "shorter", "not ASCII"],
)
def test_wrong_tokens(port: int, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Content_Type": "application/sparql-update"}
    assert send(port, "POST", "/sparql", b"CLEAR ALL", **headers)[0] == 401


def test_what_a_proxy_would_say_is_not_believed(port: int) -> None:
    forged = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.1"}
    for path in ("/robots.txt", "/sparql"):
        status, body = send(port, "GET", path, None, Accept="text/turtle, text/plain;q=0.9", **forged)
        assert status == 200
        assert b"evil" not in body


def test_headers_of_a_megabyte(port: int) -> None:
    answer = raw(port, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"x" * (1 << 20) + b"\r\n\r\n")
    assert answer.split(b" ", 2)[1:2] in ([], [b"400"], [b"431"])
    assert is_well(port)


@pytest.mark.parametrize(
    "data",
    [b"GET /sparql HT", b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf", b"\x00" * 100, b""],
    ids=["request line", "body", "no HTTP", "nothing"],
)
def test_half_sent_requests_are_given_up(port: int, data: bytes) -> None:
    answer = raw(port, data)
    assert not answer or answer.split(b" ", 2)[1] in (b"400", b"408")
    assert is_well(port)


def test_a_thousand_connections_and_slow_clients(port: int) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 20)) for _ in range(900)]
        for connection in slow:
            with suppress(OSError):
                connection.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        assert all(is_well(port) for _ in range(20))
    assert is_well(port)


def test_memory_comes_back(port: int) -> None:
    before = held(port)
    sort = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    threads = [threading.Thread(target=ask, args=(port, f"{sort} #{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_well(port)
    for _ in range(100):
        if held(port) < before + 200:
            break
        time.sleep(0.1)
    assert held(port) < before + 200


def held(port: int) -> float:
    """Return the megabytes that all processes of the server hold, found by the port on the first one's command line."""
    table = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if entry.name.isdigit():
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                table[int(entry.name)] = parent, (entry / "cmdline").read_bytes().split(b"\0")
    family = {pid for pid, (_, command) in table.items() if str(port).encode() in command}
    for _ in range(4):
        family |= {pid for pid, (parent, _) in table.items() if parent in family}
    total = 0.0
    for pid in family:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    assert family
    return total


def test_forms_with_many_fields(port: int) -> None:
    body = urlencode([("a", "1")] * 5000).encode()
    assert send(port, "POST", "/sparql", body, Content_Type="application/x-www-form-urlencoded")[0] == 400
