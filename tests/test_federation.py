"""SERVICE and LOAD: refused unless the settings name the address, and never a way to a private machine."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reelgraph import access
from reelgraph.access import Role
from reelgraph.config import Settings
from reelgraph.server import clauses, federation, fetching
from reelgraph.server.app import ENDPOINT
from reelgraph.server.fetching import Fetcher, Sent, is_public
from reelgraph.server.problem import HttpError
from reelgraph.store import Manifest, Store

SECRET, LINE = access.new("curator", Role.WRITE)
E = "http://e.example/"
ELSEWHERE = pyoxigraph.Store()
ELSEWHERE.extend(
    pyoxigraph.Quad(
        pyoxigraph.NamedNode(f"{E}{n}"), pyoxigraph.NamedNode(f"{E}rating"), pyoxigraph.Literal(n * 10), None
    )
    for n in range(1, 4)
)
BLANK = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"bnode","value":"b"}}]}}'


class Handler(BaseHTTPRequestHandler):
    """An endpoint of somebody else, and some documents beside it."""

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/sparql":
            found = ELSEWHERE.query(query)
            assert isinstance(found, pyoxigraph.QuerySolutions)
            self.give(
                200, "application/sparql-results+json", found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            )
        else:
            self.odd()

    def do_GET(self) -> None:
        if self.path == "/films/a.ttl":
            self.give(200, "text/turtle", b"<#it> <http://e.example/name> 'A', _:b . _:b <http://e.example/of> <#it> .")
        elif self.path == "/films/plain.nt":
            self.give(200, "text/plain", b'<http://e.example/n> <http://e.example/p> "N" .')
        elif self.path == "/films/broken.ttl":
            self.give(200, "text/turtle", b"<#it> <")
        else:
            self.odd()

    def odd(self) -> None:
        if self.path.startswith("/moved"):
            self.give(302, "text/plain", b"", Location="/sparql")
        elif self.path == "/blank":
            self.give(200, "application/sparql-results+json", BLANK)
        elif self.path == "/large":
            self.give(200, "application/sparql-results+json", b" " * 2000)
        elif self.path == "/cut":
            self.give(200, "text/turtle", b"x", **{"Content-Length": "1000"})
        elif self.path == "/nonsense":
            self.give(200, "text/html", b"<p>")
        else:
            self.give(500, "text/plain", b"")

    def give(self, status: int, content_type: str, body: bytes | None, **headers: str) -> None:
        self.send_response(status)
        fields = {"Content-Type": content_type, "Content-Length": str(len(body or b"")), **headers}
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    node = pyoxigraph.NamedNode
    with Store(path).writer() as writer:
        writer.add(
            pyoxigraph.Quad(node(f"{E}{n}"), node(f"{E}name"), pyoxigraph.Literal(f"film {n}"), node(f"{E}g"))
            for n in range(2, 5)
        )
        writer.publish(Manifest())
    return path


@contextmanager
def application(folder: Path, **settings: object) -> Iterator[Flask]:
    from reelgraph.server import create_app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reelgraph.server.app.PAGES", ())
        app = create_app(Settings(store=folder, tokens=LINE, deadline=20.0, **settings))  # type: ignore[arg-type]
    try:
        yield app
    finally:
        app.extensions[ENDPOINT].stop()


@pytest.fixture(scope="module")
def client(folder: Path, other: str) -> Iterator[FlaskClient]:
    names = "sparql moved blank large nonsense error cut".split()
    closed = "http://127.0.0.1:1/sparql"
    services = " ".join([*(f"{other}/{name}" for name in names), closed])
    with application(folder, services=services, loads=f"{other}/films/ {other}/moved", private_hosts=True) as app:
        yield app.test_client()


def ask(client: FlaskClient, query: str) -> TestResponse:
    return client.post("/sparql", data={"query": f"PREFIX e: <{E}> {query}"}, headers={"Accept": "text/csv"})


def rows(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines()[1:])


def test_a_service_is_joined_with_what_is_here(client: FlaskClient, other: str) -> None:
    service = f"SERVICE <{other}/sparql> {{ ?f e:rating ?r }}"
    found = ask(client, f"SELECT ?n ?r {{ ?f e:name ?n . {service} }}")
    assert rows(found) == ["film 2,20", "film 3,30"]
    assert "ETag" not in found.headers
    assert rows(ask(client, f"SELECT ?n ?r {{ ?f e:name ?n OPTIONAL {{ {service} }} }}"))[-1] == "film 4,"
    assert rows(ask(client, f"SELECT ?n {{ ?f e:name ?n FILTER NOT EXISTS {{ {service} }} }}")) == ["film 4"]
    assert rows(ask(client, f"SELECT ?r {{ {service} }} ORDER BY ?r")) == ["10", "20", "30"]


def test_a_service_by_a_prefix_and_with_what_the_pattern_needs(client: FlaskClient, other: str) -> None:
    prefix = f"PREFIX o: <{other}/>"
    query = (
        f"{prefix} SELECT ?r ?x {{ SERVICE o:sparql {{ ?f e:rating ?r OPTIONAL {{ ?f e:none ?x }} FILTER(?r > 15) }} }}"
    )
    assert rows(client.post("/sparql", data={"query": f"PREFIX e: <{E}> {query}"}, headers={"Accept": "text/csv"})) == [
        "20,",
        "30,",
    ]


def test_a_pattern_without_variables(client: FlaskClient, other: str) -> None:
    for number, expected in ((1, ["1"]), (9, [])):
        service = f"SERVICE <{other}/sparql> {{ e:{number} a ?x OPTIONAL {{ }} }}"
        assert rows(ask(client, f"SELECT (1 AS ?one) {{ {service} }}")) == []
        service = f"SERVICE <{other}/sparql> {{ {{ SELECT (1 AS ?y) {{ e:{number} e:rating ?z }} }} }}"
        assert rows(ask(client, f"SELECT ?y {{ {service} }}")) == expected


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("moved", 502, "302"),
        ("blank", 502, "blank nodes"),
        ("nonsense", 502, "no rows"),
        ("error", 502, "500"),
        ("cut", 502, ""),
        ("elsewhere", 403, "services"),
        ("sparql/", 403, "services"),
    ],
)
def test_services_that_fail(client: FlaskClient, other: str, path: str, status: int, words: str) -> None:
    answer = ask(client, f"SELECT * {{ SERVICE <{other}/{path}> {{ ?s ?p ?o }} }}")
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    silent = ask(client, f"SELECT (1 AS ?n) {{ SERVICE SILENT <{other}/{path}> {{ ?s ?p ?o }} }}")
    assert silent.status_code == (403 if status == 403 else 200)


def test_a_service_nobody_listens_at(client: FlaskClient) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }"
    assert ask(client, query).status_code == 502
    assert ask(client, query.replace("SERVICE", "SERVICE SILENT")).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * { VALUES ?x { <OTHER> } SERVICE ?x { ?s ?p ?o } }", 403, "written out"),
        ("SELECT * { SERVICE <OTHER> { SERVICE <OTHER> { ?s ?p ?o } } }", 403, "inside"),
        ("SELECT * { SERVICE <OTHER> { ?s ?p ?o }", 400, "line"),
        ("SELECT * { SERVICE <OTHER> { ?s ?p } }", 400, "line"),
        ("SELECT * {" + "SERVICE <OTHER> { ?s ?p ?o }" * 9 + "}", 403, "9"),
        ("SELECT * { ?s a trueSERVICE<OTHER>{} }", 403, "SERVICE"),
    ],
    ids=["variable", "nested", "open", "malformed", "many", "disguised"],
)
def test_calls_that_are_refused(client: FlaskClient, other: str, query: str, status: int, words: str) -> None:
    answer = ask(client, query.replace("OTHER", f"{other}/sparql"))
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_too_much_is_an_error(client: FlaskClient, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    query = f"SELECT * {{ SERVICE <{other}/sparql> {{ ?f e:rating ?r }} }}"
    monkeypatch.setattr(federation, "MOST_ROWS", 2)
    assert "2 rows" in ask(client, query).text
    monkeypatch.setattr(federation, "MOST_BYTES", 20)
    assert "20 bytes" in ask(client, query).text


def update(client: FlaskClient, text: str) -> TestResponse:
    return client.post("/sparql", data={"update": text}, headers={"Authorization": f"Bearer {SECRET}"})


def test_load(client: FlaskClient, other: str) -> None:
    into = f"LOAD <{other}/films/a.ttl> INTO GRAPH <{E}loaded> ; LOAD <{other}/films/plain.nt> INTO GRAPH <{E}loaded>"
    answer = update(client, into)
    assert answer.status_code == 204, answer.text
    found = rows(ask(client, f"SELECT ?s {{ GRAPH <{E}loaded> {{ ?s ?p ?o FILTER(!ISBLANK(?s)) }} }}"))
    assert found == sorted([f"{E}n", *[f"{other}/films/a.ttl#it"] * 2])
    path = "e:name ?b . ?b e:of ?s"
    assert len(rows(ask(client, f"SELECT ?s {{ GRAPH <{E}loaded> {{ ?s {path} FILTER(ISBLANK(?b)) }} }}"))) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/films/none.ttl", 502),
        ("/films/broken.ttl", 400),
        ("/moved", 502),
        ("/sparql", 403),
        ("/films/../sparql", 403),
        ("/films/%2e%2e/sparql", 403),
        ("/filmsx", 403),
    ],
)
def test_loads_that_fail(client: FlaskClient, other: str, path: str, status: int) -> None:
    before = rows(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    answer = update(client, f"INSERT DATA {{ <a:b> <a:b> 1 }} ; LOAD <{other}{path}>")
    assert answer.status_code == status, answer.text
    silent = update(client, f"LOAD SILENT <{other}{path}>")
    assert silent.status_code == (403 if status == 403 else 204)
    assert rows(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == before


def test_a_load_in_disguise_is_not_run(client: FlaskClient, other: str) -> None:
    answer = update(client, f"LOAD <{other}/films/a.ttl> ; INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE ?x {{ ?s ?p ?o }} }}")
    assert answer.status_code == 403


def test_off_by_default(folder: Path, other: str) -> None:
    with application(folder, private_hosts=True) as app:
        client = app.test_client()
        assert ask(client, f"SELECT * {{ SERVICE <{other}/sparql> {{ ?s ?p ?o }} }}").status_code == 403
        assert ask(client, f"SELECT * {{ SERVICE <{other}/sparql> {{ ?s ?p }} }}").status_code == 400
        assert update(client, f"LOAD <{other}/films/a.ttl>").status_code == 403
        assert update(client, f"LOAD <{other}/films/a.ttl> INTO").status_code == 400
        assert "malformed" in update(client, f"LOAD <{other}/films/a.ttl> ; ;").text


def test_private_addresses_are_refused(folder: Path, other: str) -> None:
    port = other.rpartition(":")[2]
    urls = [
        f"{host}:{port}/sparql"
        for host in ("http://127.0.0.1", "http://localhost", "http://[::1]", "http://2130706433")
    ]
    with application(folder, services=" ".join(urls), loads=f"{other}/films/") as app:
        client = app.test_client()
        for url in urls:
            answer = ask(client, f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}")
            assert answer.status_code in (200, 403), answer.text
            assert answer.status_code == 403 or "2130706433" in url or "[::1]" in url
        assert update(client, f"LOAD <{other}/films/a.ttl>").status_code == 403


def answers(*addresses: str) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def test_the_name_service_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private when it is used leads to the public address."""
    asked: list[str] = []
    connected: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> object:
        asked.append(host)
        return answers("93.184.216.34" if len(asked) == 1 else "127.0.0.1")

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    fetcher = Fetcher(frozenset(), (), private=False)
    with pytest.raises(HttpError):
        fetcher.fetch("http://rebind.example/sparql", Sent("*/*"), 1.0, 100)
    assert (asked, connected) == (["rebind.example"], ["93.184.216.34"])


@pytest.mark.parametrize("addresses", [["93.184.216.34", "10.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.1"]])
def test_a_name_with_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: answers(*addresses))
    with pytest.raises(HttpError) as caught:
        Fetcher(frozenset(), (), private=False).fetch("http://e.example/", Sent("*/*"), 1.0, 100)
    assert caught.value.status == 403


@pytest.mark.parametrize("url", ["ftp://e.example/", "file:///etc/hosts", "http://user@e.example/", "http:///x"])
def test_only_addresses_of_the_web(url: str) -> None:
    with pytest.raises(HttpError) as caught:
        Fetcher(frozenset(), (), private=True).fetch(url, Sent("*/*"), 1.0, 100)
    assert caught.value.status in (403, 502)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_clauses_are_found_where_they_are() -> None:
    query = (
        "PREFIX o: <http://o.example/> SELECT * { ?service o:service 'SERVICE <x> {' # SERVICE\n SERVICE o:a { { } } }"
    )
    prologue, (call,) = clauses.services(query)
    assert (prologue.strip(), call.iri, call.inner) == ("PREFIX o: <http://o.example/>", "http://o.example/a", " { } ")
    assert clauses.replaced(query, [call], ["{ }"]).endswith("# SERVICE\n { } }")
    assert json.dumps([one.iri for one in clauses.loads("BASE <http://o.example/> LOAD <x> ; LOAD <y> INTO GRAPH <z>")])
