"""The front of a server process: what goes where, bodies, clients that leave, answers that break off."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fixture_numbers import numbered
from flask import Flask, Response, request

from reelgraph.config import Settings
from reelgraph.server import app as application
from reelgraph.server import asgi, wsgi
from reelgraph.server.asgi import Front
from reelgraph.server.wsgi import Message, Scope, environment

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RUNAWAY = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered(tmp_path_factory.mktemp("store"), 2000)


def pages(app: Flask) -> None:
    """Some pages as the real ones are."""
    app.add_url_rule("/query", "query", lambda: "the query page")
    app.add_url_rule("/echo", "echo", lambda: Response(request.get_data()), methods=["POST"])
    app.add_url_rule("/large", "large", lambda: Response(b"x" * 65536 for _ in range(100)))
    app.add_url_rule("/breaks", "breaks", lambda: Response(broken()))


def broken() -> Iterator[bytes]:
    yield b"x" * 1_000_000
    raise RuntimeError("in the middle")


@asynccontextmanager
async def front(folder: Path, deadline: float = 5.0) -> AsyncIterator[Front]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "PAGES", ())
        app = application.create_app(Settings(store=folder, deadline=deadline))
    pages(app)
    made = Front(app)
    messages = iter(["lifespan.startup", "lifespan.shutdown"])
    started, stop = asyncio.Event(), asyncio.Event()

    async def receive() -> Message:
        if started.is_set():
            await stop.wait()
        return {"type": next(messages)}

    async def send(message: Message) -> None:
        assert str(message["type"]).endswith(".complete")
        started.set()

    life = asyncio.create_task(made({"type": "lifespan"}, receive, send))
    await started.wait()
    try:
        yield made
    finally:
        stop.set()
        await life


class Client:
    """One request of a client, who may send its body slowly or leave."""

    def __init__(self, target: str, *pieces: bytes, method: str = "GET", leaves: bool = False, **headers: str) -> None:
        path, _, query = target.partition("?")
        named = {"host": "e.example", **headers}
        fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
        self.scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": fields,
            "client": ["192.0.2.1", 5000],
            "server": ["127.0.0.1", 80],
            "scheme": "http",
            "http_version": "1.1",
        }
        self._pieces = list(pieces)
        self._leaves = leaves
        self._asked = False
        self.messages: list[Message] = []

    async def receive(self) -> Message:
        if self._pieces or not self._asked:
            self._asked = True
            piece = self._pieces.pop(0) if self._pieces else b""
            return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}
        if not self._leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    async def ask(self, made: Front) -> "Client":
        await made(self.scope, self.receive, self.send)
        return self

    @property
    def status(self) -> object:
        return self.messages[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])  # type: ignore[call-overload, no-any-return]

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.messages[1:])  # type: ignore[misc]

    @property
    def is_whole(self) -> bool:
        return not self.messages[-1].get("more_body", False)


def run(folder: Path, *clients: Client, deadline: float = 5.0) -> None:
    async def ask() -> None:
        async with front(folder, deadline) as made:
            for client in clients:
                await client.ask(made)

    asyncio.run(ask())


def sparql(query: bytes, **options: object) -> Client:
    return Client("/sparql", query, method="POST", content_type="application/sparql-query", **options)  # type: ignore[arg-type]


def test_queries_and_pages(folder: Path) -> None:
    query, large, page, missing = (
        sparql(b"ASK {}"),
        sparql(b"SELECT * {?s ?p ?o}", accept="text/csv"),
        Client("/query"),
        Client("/no"),
    )
    run(folder, query, large, page, missing)
    assert (query.status, query.body, query.is_whole) == (200, b'{"head":{},"boolean":true}', True)
    assert (large.status, len(large.body.splitlines()), large.is_whole) == (200, 2001, True)
    assert (page.status, page.body, page.headers[b"content-length"]) == (200, b"the query page", b"14")
    assert missing.status == 404


def test_browsers_are_sent_to_the_query_page(folder: Path) -> None:
    with_query, without = Client("/sparql?query=ASK+%7B%7D", accept=BROWSER), Client("/sparql", accept=BROWSER)
    by_name = Client("/sparql?query=ASK+%7B%7D&format=json", accept=BROWSER)
    run(folder, with_query, without, by_name)
    assert (with_query.status, with_query.headers[b"location"]) == (303, b"query?query=ASK+%7B%7D")
    assert (without.status, without.headers[b"location"]) == (303, b"query")
    assert by_name.status == 200


def test_bodies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "MAX_BODY", 1000)
    whole = Client("/echo", b"in ", b"two", method="POST", content_length="6")
    announced = Client("/echo", b"", method="POST", content_length="1001")
    unannounced = Client("/echo", b"x" * 600, b"x" * 600, method="POST")
    nonsense = Client("/echo", b"", method="POST", content_length="-1")
    left = Client("/echo", b"half", method="POST", leaves=True)
    left._pieces.append(b"")
    run(folder, whole, announced, unannounced, nonsense)
    assert whole.body == b"in two"
    assert [client.status for client in (announced, unannounced, nonsense)] == [413, 413, 413]


@pytest.mark.parametrize("host", ["", "e.example", "e.example:8000", "[::1]:80", "192.0.2.1"])
def test_hosts(folder: Path, host: str) -> None:
    client = Client("/sparql", host=host)
    run(folder, client)
    assert client.status == 200


@pytest.mark.parametrize("host", ['e.example"><script>', "e.example/path", "e example", "a@b"])
def test_forged_hosts(folder: Path, host: str) -> None:
    client = Client("/sparql", host=host)
    run(folder, client)
    assert client.status == 400


def test_a_body_that_never_comes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "BODY_SECONDS", 0.05)

    class Slow(Client):
        async def receive(self) -> Message:
            await asyncio.Event().wait()
            raise AssertionError

    client = Slow("/sparql", method="POST")
    run(folder, client)
    assert client.status == 408


@pytest.mark.parametrize("query", [RUNAWAY, ENDLESS], ids=["no answer yet", "answer begun"])
def test_a_client_that_leaves_stops_its_query(folder: Path, query: bytes) -> None:
    async def ask() -> None:
        async with front(folder, 60.0) as made:
            await sparql(query, leaves=True).ask(made)
            assert not made._endpoint._pool._busy

    asyncio.run(ask())


def test_an_answer_that_breaks_off_is_never_completed(folder: Path) -> None:
    client = sparql(ENDLESS, accept="text/csv")
    run(folder, client, deadline=2.0)
    assert (client.status, client.is_whole) == (200, False)


def test_large_pages_are_streamed_and_broken_ones_break_off(folder: Path) -> None:
    large, broken_off = Client("/large"), Client("/breaks")
    run(folder, large)
    assert (len(large.body), len(large.messages) > 3, large.is_whole) == (6_553_600, True, True)
    with pytest.raises(RuntimeError, match="in the middle"):
        run(folder, broken_off)
    assert not broken_off.is_whole


def test_a_large_page_stops_when_the_client_leaves(folder: Path) -> None:
    client = Client("/large", leaves=True)
    run(folder, client)
    assert not client.messages or not client.is_whole


def test_the_environment_is_the_request() -> None:
    scope = Client("/film/%C3%A9?x=1", x_real="1", x_Forged_for="2").scope
    fields = [(b"host", b"e.example"), (b"x-twice", b"1"), (b"x-twice", b"2"), (b"x_forged", b"3")]
    environ = environment({**scope, "path": "/prefix/film/é", "root_path": "/prefix", "headers": fields}, b"body")
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/prefix", "/film/Ã©")
    assert (environ["QUERY_STRING"], environ["HTTP_HOST"], environ["HTTP_X_TWICE"]) == ("x=1", "e.example", "1,2")
    assert "HTTP_X_FORGED" not in environ
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("192.0.2.1", "80")


def test_an_answer_that_needs_no_waiting_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def receive() -> Message:
        raise AssertionError("nobody waits")

    async def ask() -> None:
        async with front(folder) as made:
            made._snapshots.current()
            monkeypatch.setattr(asgi, "_CancelledWith", None)
            clients = [
                Client("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D"),
                Client("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D", method="HEAD"),
                Client("/sparql?query=SELECT+*%7B%3Fs+%3Fp+%3Fo%7DLIMIT+3&format=csv"),
                Client("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D&format=nothing"),
                Client("/sparql?query=%"),
                Client("/sparql", accept="text/turtle"),
                Client("/sparql", method="OPTIONS", content_length="0"),
            ]
            for client in clients[:-1]:
                client.receive = receive  # type: ignore[method-assign]
            for client in clients:
                await client.ask(made)
            assert [client.status for client in clients] == [200, 200, 200, 406, 400, 200, 204]
            assert (clients[0].body, clients[1].body, clients[1].headers[b"content-length"]) == (
                b'{"head":{},"boolean":true}',
                b"",
                b"26",
            )
            tag = clients[0].headers[b"etag"].decode()
            again = await Client("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D", if_none_match=tag).ask(made)
            assert (again.status, again.body) == (304, b"")
            counts, metrics = made._observer.metrics.counts, made._observer.metrics
            assert counts['reelgraph_requests_total{route="/sparql",status="200"}'] == 4
            assert counts['reelgraph_requests_total{route="/sparql",status="406"}'] == 1
            assert counts["reelgraph_bytes_total"] == sum(len(client.body) for client in clients)
            assert sum(metrics.durations) == len(clients) + 1

    asyncio.run(ask())


def test_headers_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi, "_CLIENTS", 10)
    monkeypatch.setattr(wsgi, "_known", {})
    for number in range(35):
        for _ in range(2):
            scope = Client("/", x_number=str(number), X_Number="again").scope
            assert wsgi.header_fields(scope) == {"host": "e.example", "x-number": f"{number},again"}
        assert len(wsgi._known) <= 10
    wsgi._known.clear()
    large = {"headers": [(b"a", b"x" * 5000), (b"a_b", b"hidden")]}
    assert wsgi.header_fields(large) == {"a": "x" * 5000}
    assert not wsgi._known
