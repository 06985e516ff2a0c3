"""Answers that are kept: ready to be sent, or put together on their way, and never those of another snapshot."""

import asyncio
from pathlib import Path

import pyoxigraph
import pytest

from reelgraph.config import Settings
from reelgraph.server import app as application
from reelgraph.server.answer import Tee
from reelgraph.server.asgi import Front
from reelgraph.server.wsgi import Message, Scope
from reelgraph.store import Manifest, Store

MANY = "/sparql", b"query=SELECT+*+%7B+%3Fa+%3Fb+%3Fc+%7D"
COUNT = "/sparql", b"query=SELECT+(COUNT(*)+AS+%3Fn)+%7B+%3Fa+%3Fb+%3Fc+%7D"


def write(folder: Path, count: int) -> None:
    node = pyoxigraph.NamedNode
    with Store(folder).writer() as writer:
        writer.add(
            pyoxigraph.Quad(node(f"http://e/{n}"), node("http://e/p"), pyoxigraph.Literal("x" * 50), node("http://g/"))
            for n in range(count)
        )
        writer.publish(Manifest(extra={"count": count}))


def made(folder: Path, **settings: object) -> Front:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "PAGES", ())
        return Front(application.create_app(Settings(store=folder, **settings)))  # type: ignore[arg-type]


async def ask(front: Front, target: tuple[str, bytes], **headers: str) -> tuple[list[Message], bytes]:
    got: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(message)

    fields = [(b"host", b"a"), (b"accept", b"text/csv"), *((k.encode(), v.encode()) for k, v in headers.items())]
    scope: Scope = {"type": "http", "method": "GET", "path": target[0], "query_string": target[1], "headers": fields}
    await front(scope, receive, send)
    return got, b"".join(bytes(message.get("body", b"")) for message in got[1:])  # type: ignore[call-overload]


def test_a_repeated_request_is_answered_as_before_until_the_snapshot_changes(tmp_path: Path) -> None:
    write(tmp_path, 3)

    async def run() -> None:
        front = made(tmp_path)
        first, body = await ask(front, COUNT)
        again, same = await ask(front, COUNT)
        assert (body, same, again[0]) == (b"n\r\n3\r\n", body, first[0])
        fields = [(b"host", b"a"), (b"accept", b"text/csv")]
        scope = {"method": "GET", "path": COUNT[0], "query_string": COUNT[1], "headers": fields}
        found = front._repeats.find(front._snapshots.snapshot().id, scope)
        assert found is not None
        assert (await ask(front, COUNT, **{"if-none-match": "*x"}))[1] == body
        write(tmp_path, 5)
        assert (await ask(front, COUNT))[1] == b"n\r\n5\r\n"
        assert front._observer.metrics.counts['reelgraph_requests_total{route="/sparql",status="200"}'] == 4
        await front._endpoint.close()

    asyncio.run(run())


def test_logged_requests_go_the_long_way(tmp_path: Path) -> None:
    write(tmp_path / "store", 3)

    async def run() -> None:
        front = made(tmp_path / "store", query_log=tmp_path / "log")
        for _ in range(3):
            await ask(front, COUNT)
        front._observer.stop()
        await front._endpoint.close()

    asyncio.run(run())
    assert len((tmp_path / "log").read_text().splitlines()) == 3


def test_an_answer_in_pieces_is_kept_when_it_is_complete(tmp_path: Path) -> None:
    write(tmp_path, 4000)

    async def run() -> None:
        front = made(tmp_path)
        first, body = await ask(front, MANY)
        assert (len(first) > 2, body.count(b"\n")) == (True, 4001)
        again, same = await ask(front, MANY)
        assert (len(again) < len(first), same) == (True, body)
        assert front._observer.metrics.counts['reelgraph_cache_total{found="yes"}'] == 1
        await front._endpoint.close()

    asyncio.run(run())


class Pieces:
    def __init__(self, *pieces: bytes, fails: bool = False) -> None:
        self._pieces = list(pieces)
        self._fails = fails

    def __aiter__(self) -> "Pieces":
        return self

    async def __anext__(self) -> bytes:
        if self._pieces:
            return self._pieces.pop(0)
        raise ValueError if self._fails else StopAsyncIteration

    def close(self) -> None:
        """Nothing is left."""


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [
        (Pieces(b"b", b"c"), [b"abc"]),
        (Pieces(b"b" * 10, b"c"), []),
        (Pieces(b"b", fails=True), []),
    ],
    ids=["whole", "too large", "cut"],
)
def test_only_whole_small_answers_are_kept(pieces: Pieces, kept: list[bytes]) -> None:
    found: list[bytes] = []

    async def run() -> None:
        async for _ in Tee(pieces, b"a", 5, found.append):
            pass

    try:
        asyncio.run(run())
    except ValueError:
        assert not kept
    assert found == kept
