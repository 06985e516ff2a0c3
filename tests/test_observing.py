"""What can be seen of a running server: counters, the query log, queries that run; compression; a path prefix."""

import asyncio
import gzip
import json
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
import zstandard
from fixture_numbers import numbered
from flask import Response, request

from reelgraph import access
from reelgraph.access import Role
from reelgraph.config import Settings
from reelgraph.server import app as application
from reelgraph.server.answer import Answer
from reelgraph.server.asgi import Front
from reelgraph.server.encoding import encoded
from reelgraph.server.metrics import Metrics, text
from reelgraph.server.observing import Live, Observer
from reelgraph.server.process import Cause
from reelgraph.server.wsgi import Message
from reelgraph.store import Store

ADMIN, LINE = access.new("boss", Role.ADMIN)
READER, READ_LINE = access.new("reader", Role.READ)
RUNAWAY = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
Played = TypeVar("Played")
MANY = b"SELECT * { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered(tmp_path_factory.mktemp("store"), 3000)


@contextmanager
def front(folder: Path, shared: Path | None = None, **settings: object) -> Iterator[Front]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "PAGES", ())
        chosen = {"store": folder, "deadline": 5.0, "tokens": f"{LINE} {READ_LINE}"} | settings
        app = application.create_app(Settings(**chosen))  # type: ignore[arg-type]
    app.add_url_rule("/root", "root", lambda: request.script_root + "|" + request.path)
    app.add_url_rule("/short", "short", lambda: "short")
    app.add_url_rule("/text", "text", lambda: "a film " * 1000)
    app.add_url_rule(
        "/texts", "texts", lambda: Response(("a film " * 9000 for _ in range(20)), headers={"ETag": '"x"'})
    )
    app.add_url_rule("/packed", "packed", lambda: Response(b"x" * 9000, mimetype="application/zip"))
    yield Front(app, shared)


def play(run: Callable[[Front], Awaitable[Played]], made: Front) -> Played:
    async def whole() -> Played:
        try:
            return await run(made)
        finally:
            await made._endpoint.close()

    return asyncio.run(whole())


async def ask(
    made: Front, path: str, body: bytes = b"", method: str = "GET", secret: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    fields = {"host": "inner:8000", "content-length": str(len(body)), "content-type": "application/sparql-query"}
    fields |= {"authorization": f"Bearer {secret}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    got: list[Message] = []
    waiting = asyncio.Event()

    async def receive() -> Message:
        if not waiting.is_set():
            waiting.set()
            return {"type": "http.request", "body": body}
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(message)

    pairs = [(name.encode(), value.encode()) for name, value in fields.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": pairs, "scheme": "http"}
    await made(scope, receive, send)
    found = dict[str, str]()
    for name, value in got[0]["headers"]:  # type: ignore[attr-defined]
        key = name.decode()
        found[key] = f"{found[key]}, {value.decode()}" if key in found else value.decode()
    content = b"".join(message.get("body", b"") for message in got[1:])  # type: ignore[misc]
    return int(str(got[0]["status"])), found, content


def test_counters_in_the_text_format_of_prometheus(folder: Path) -> None:
    async def run(made: Front) -> str:
        await ask(made, "/sparql", b"ASK {}", "POST")
        await ask(made, "/sparql", b"ASK {}", "POST")
        await ask(made, "/sparql", b"ASK", "POST")
        await ask(made, "/root")
        status, headers, body = await ask(made, "/metrics")
        assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        return body.decode()

    with front(folder) as made:
        lines = play(run, made).splitlines()
    assert 'reelgraph_requests_total{route="/sparql",status="200"} 2' in lines
    assert 'reelgraph_requests_total{route="/sparql",status="400"} 1' in lines
    assert 'reelgraph_requests_total{route="pages",status="200"} 1' in lines
    assert 'reelgraph_cache_total{found="yes"} 1' in lines
    assert 'reelgraph_query_duration_seconds_bucket{le="+Inf"} 3' in lines
    assert "reelgraph_query_duration_seconds_count 3" in lines
    assert any(line.startswith("reelgraph_snapshot_age_seconds ") for line in lines)
    assert all(line.startswith("#") or len(line.rsplit(" ", 1)) == 2 for line in lines)


def test_counters_of_processes_are_added() -> None:
    one, other = Metrics(), Metrics()
    for metrics in (one, other):
        metrics.request("/sparql", 200)
        metrics.query(0.3)
    lines = text([one, other], {"queries_running": 1}).splitlines()
    assert 'reelgraph_requests_total{route="/sparql",status="200"} 2' in lines
    assert 'reelgraph_query_duration_seconds_bucket{le="0.1"} 0' in lines
    assert 'reelgraph_query_duration_seconds_bucket{le="0.5"} 2' in lines
    assert "reelgraph_queries_running 1" in lines


def test_queries_are_logged_without_who_asked(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "queries.jsonl"

    async def run(made: Front) -> None:
        await ask(made, "/sparql", MANY, "POST")
        await ask(made, "/sparql", b"ASK", "POST")
        await ask(made, "/sparql")

    with front(folder, query_log=log) as made:
        play(run, made)
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(entry["kind"], entry["status"]) for entry in entries] == [
        ("query", 200),
        ("query", 400),
        ("description", 200),
    ]
    assert entries[0]["bytes"] > 100_000
    assert entries[0]["snapshot"] == Store(folder).current()
    fields = {"time", "kind", "query", "status", "seconds", "bytes", "snapshot", "problem"}
    assert all(set(entry) == fields for entry in entries)


def test_a_running_query_is_seen_and_stopped(folder: Path) -> None:
    async def run(made: Front) -> None:
        running = asyncio.create_task(ask(made, "/sparql", RUNAWAY, "POST"))
        live: list[dict[str, str]] = []
        while not live:
            await asyncio.sleep(0.01)
            live = json.loads((await ask(made, "/admin/queries", secret=READER))[2])
        assert live[0]["query"] == RUNAWAY.decode()
        target = f"/admin/queries/{live[0]['id']}"
        assert [(await ask(made, target, method="DELETE", secret=secret))[0] for secret in ("", READER)] == [401, 403]
        assert (await ask(made, target, method="DELETE", secret=ADMIN))[0] == 204
        status, _, body = await running
        assert (status, b"stopped by those who run" in body) == (503, True)
        assert (await ask(made, target, method="DELETE", secret=ADMIN))[0] == 404
        assert (await ask(made, "/admin/queries", method="POST", secret=ADMIN))[0] == 405
        page = await ask(made, "/admin/queries", secret=READER, accept="text/html")
        assert (page[0], page[1]["content-type"]) == (200, "text/html; charset=utf-8")
        assert b'reelgraph_kills_total{cause="killed"} 1' in (await ask(made, "/metrics"))[2]

    with front(folder) as made:
        play(run, made)


def test_other_processes_are_seen_and_asked(tmp_path: Path) -> None:
    seen = {"counts": {"reelgraph_bytes_total": 5}, "durations": Metrics().durations, "seconds": 1.0}
    live = {"id": "1-2", "seconds": 0.5, "lane": "main", "query": "ASK {}"}
    (tmp_path / "1.json").write_text(json.dumps(seen | {"live": [live]}))
    (tmp_path / "2.json").write_text("half writ")
    observer = Observer(None, tmp_path)
    ((metrics, found),) = observer.others()
    assert (metrics.counts["reelgraph_bytes_total"], found) == (5, [Live("1-2", 0.5, "main", "ASK {}")])
    observer.ask_to_kill("1-2")
    assert (tmp_path / "1-2.kill").exists()


def test_a_process_tells_and_obeys(tmp_path: Path) -> None:
    killed: list[str] = []

    async def run() -> None:
        observer = Observer(None, tmp_path)

        def kill(identifier: str) -> bool:
            killed.append(identifier)
            return True

        own = f"{os.getpid()}-7"
        observer.ask_to_kill(own)
        observer.start(list, kill)
        end = time.monotonic() + 10
        while not killed and time.monotonic() < end:
            await asyncio.sleep(0.01)
        observer.stop()
        assert killed == [own]

    asyncio.run(run())
    assert len(list(tmp_path.glob("*.json"))) == 1


def unpacked(coding: str, data: bytes) -> bytes:
    """Return what was compressed; a cut piece is an error."""
    if coding == "gzip":
        return gzip.decompress(data)
    work = zstandard.ZstdDecompressor().decompressobj()
    found = work.decompress(data)
    if not work.eof:
        raise EOFError
    return found


def test_the_button_that_stops_a_query(folder: Path) -> None:
    async def run(made: Front) -> None:
        status, headers, _ = await ask(made, "/admin/queries", accept="text/html")
        assert (status, "Basic" in headers["www-authenticate"]) == (401, True)
        assert (
            "Basic"
            not in (await ask(made, "/sparql", b"update=CLEAR+ALL", "POST", content_type=FORM))[1]["www-authenticate"]
        )
        runaway = asyncio.create_task(ask(made, "/sparql", RUNAWAY + b" #<script>", "POST"))
        found = None
        while found is None:
            await asyncio.sleep(0.02)
            page = (await ask(made, "/admin/queries", secret=READER, accept="text/html"))[2].decode()
            found = re.search(r'action="queries/([\w-]+)"', page)
        assert "&lt;script&gt;" in page
        target = f"/admin/queries/{found[1]}"
        for origin in ({}, {"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site"}):
            assert (await ask(made, target, method="POST", secret=ADMIN, **origin))[0] == 403
        assert (await ask(made, target, method="POST", secret=READER, origin="http://inner:8000"))[0] == 403
        assert (await ask(made, target, method="POST", secret=ADMIN, origin="http://inner:8000"))[0] == 303
        assert (await runaway)[0] == 503

    with front(folder) as made:
        play(run, made)


@pytest.mark.parametrize("query", [MANY, b"SELECT * { ?s ?p ?o } LIMIT 100"], ids=["stream", "whole"])
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("br, gzip;q=0.5", "gzip"), ("gzip, deflate, br, zstd", "zstd"), ("gzip, zstd;q=0.9", "gzip"), ("*", "gzip")],
)
def test_compressed_when_asked(folder: Path, query: bytes, accepted: str, coding: str) -> None:
    async def run(made: Front) -> None:
        _, plain, body = await ask(made, "/sparql", query, "POST")
        _, headers, zipped = await ask(made, "/sparql", query, "POST", accept_encoding=accepted)
        assert "content-encoding" not in plain
        assert "Accept-Encoding" in plain["vary"]
        assert (headers["content-encoding"], unpacked(coding, zipped)) == (coding, body)
        assert headers["etag"] != plain["etag"]
        for tag in (headers["etag"], plain["etag"]):
            assert (await ask(made, "/sparql", query, "POST", if_none_match=tag))[0] == 304
        assert "content-encoding" not in (await ask(made, "/sparql", query, "POST", accept_encoding="gzip;q=0"))[1]

    with front(folder) as made:
        play(run, made)


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_pages_are_compressed_when_asked(folder: Path, coding: str) -> None:
    async def run(made: Front) -> None:
        for path in ("/text", "/texts"):
            _, plain, body = await ask(made, path)
            status, headers, zipped = await ask(made, path, accept_encoding=coding)
            assert (status, headers["content-encoding"], unpacked(coding, zipped)) == (200, coding, body)
            assert ("content-encoding" in plain, "Accept-Encoding" in plain["vary"]) == (False, True)
        assert headers["etag"] == 'W/"x"'
        for path in ("/short", "/packed"):
            assert "content-encoding" not in (await ask(made, path, accept_encoding=coding))[1]

    with front(folder) as made:
        play(run, made)


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_a_cut_answer_is_no_whole_one(coding: str) -> None:
    class Broken:
        def __aiter__(self) -> "Broken":
            return self

        async def __anext__(self) -> bytes:
            raise ValueError

        def close(self) -> None:
            pass

    answer = encoded(Answer(200, [], b"x" * 5000, Broken()), coding)
    with pytest.raises(EOFError):
        unpacked(coding, answer.body)


@pytest.mark.parametrize("path", ["/films/root", "/root"], ids=["whole", "taken off"])
def test_below_a_path(folder: Path, path: str) -> None:
    async def run(made: Front) -> None:
        assert (await ask(made, path))[2] == b"/films|/root"
        assert (await ask(made, "/films/sparql", b"ASK {}", "POST"))[0] == 200
        _, _, body = await ask(made, "/sparql", accept="text/turtle")
        assert b"<https://films.example/films/sparql>" in body

    with front(folder, public_url="https://films.example/films") as made:
        play(run, made)


def test_every_cause_has_a_name() -> None:
    assert len({cause.value for cause in Cause}) == len(Cause)


def test_limits_are_said(folder: Path) -> None:
    async def run(made: Front) -> None:
        status, headers, _ = await ask(made, "/sparql", b"SELECT * { ?s ?p ?o } LIMIT 9", "POST")
        assert (status, headers["x-reelgraph-limits"]) == (200, "seconds=5, rows=10")
        status, _, body = await ask(made, "/sparql", b"SELECT * { ?s ?p ?o } LIMIT 11", "POST")
        assert (status, b"10" in body) == (422, True)

    with front(folder, max_rows=10) as made:
        play(run, made)
