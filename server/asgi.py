"""The front of a server process: SPARQL in the event loop, pages in threads.

An ASGI front and not a WSGI one, because only there granian tells when a client is gone, and breaks a connection off
when an answer ends early; under WSGI it would finish a cut answer as if it were whole.
"""

import asyncio
import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from urllib.parse import SplitResult, urlsplit

from flask import Flask

from reelgraph.config import Settings
from reelgraph.server import admin, graphstore
from reelgraph.server.answer import Answer
from reelgraph.server.app import ENDPOINT, MAX_BODY, SETTINGS, new_endpoint
from reelgraph.server.bridge import Bridge
from reelgraph.server.encoding import Page, encoded
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.repeats import Repeats
from reelgraph.server.running import CutError
from reelgraph.server.snapshot import EXTENSION, Snapshots
from reelgraph.server.sparql import PATH, Endpoint
from reelgraph.server.watching import Seen, note, watched
from reelgraph.server.wsgi import Message, Receive, Scope, Send, Threaded, header_fields
from reelgraph.snapshots import Snapshot

#: Threads for pages, and seconds a client has to send its request's body.
THREADS = 8
BODY_SECONDS = 20.0
#: Seconds after which it is worth looking whether the client still waits.
_LOOK_AFTER = 0.05

_HOST = re.compile(r"[\w.~-]*(?::\d*)?|\[[0-9a-fA-F:.]+\](?::\d*)?", re.ASCII)
#: Where data is and not pages.
_DATA = (PATH, graphstore.PATH, admin.METRICS, admin.QUERIES)
_BELOW = (f"{graphstore.PATH}/", f"{admin.QUERIES}/")
_log = logging.getLogger(__name__)


class GoneError(Exception):
    """The client has closed its connection."""


class Front:
    """The ASGI application of one server process."""

    def __init__(self, app: Flask, shared: Path | None = None) -> None:
        settings: Settings = app.extensions[SETTINGS]
        self._public = urlsplit(settings.public_url) if settings.public_url else None
        self._observer = Observer(settings.query_log, shared)
        self._endpoint: Endpoint = new_endpoint(app, self._observer)
        self._most_written = settings.max_write << 20
        self._app = app
        self._pages = Threaded(app.wsgi_app, THREADS)
        self._snapshots: Snapshots = app.extensions[EXTENSION]
        self._repeats = Repeats(self._observer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        snapshot = self._asked(scope)
        if snapshot is not None and (ready := self._repeats.find(snapshot.id, scope)) is not None:
            self._observer.metrics.again(len(ready.body))
            await send(ready.start)
            await send(ready.end)
            return
        try:
            await self._answer(_shown(scope, self._public), receive, send, snapshot)
        except GoneError:
            return

    def _asked(self, scope: Scope) -> Snapshot | None:
        """Return the current snapshot if it may be asked something."""
        if scope["method"] != "GET" or not str(scope["path"]).endswith(PATH):
            return None
        try:
            return self._snapshots.snapshot()
        except HttpError:
            return None

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._endpoint.start()
        # Queries that pages ask go the same way, to the same processes.
        self._app.extensions[ENDPOINT] = Bridge(self._endpoint, asyncio.get_running_loop())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._pages.close()
        await self._endpoint.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send, snapshot: Snapshot | None) -> None:
        fields = header_fields(scope)
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        try:
            if not _HOST.fullmatch(fields.get("host", "")):
                raise HttpError(400, "the Host header is not the name or address of a host")
            is_graph = path.startswith(graphstore.PATH) and bool(fields.get("authorization"))
            most = self._most_written if is_graph else MAX_BODY
            body = b"" if scope["method"] in ("GET", "HEAD") else await _body(fields, receive, most)
        except HttpError as error:
            content_type, text = error.body(fields.get("accept"))
            await _send(Answer(error.status, [("Content-Type", content_type), ("Connection", "close")], text), send)
            return
        if path in _DATA or path.startswith(_BELOW):
            await self._data(scope, _request(scope, fields, body, path), receive, send, snapshot)
        else:
            await self._pages(scope, body, receive, self._counted(_coded(send, fields.get("accept-encoding", ""))))

    async def _data(
        self, scope: Scope, request: Request, receive: Receive, send: Send, snapshot: Snapshot | None
    ) -> None:
        begin = perf_counter()
        begun = self._endpoint.begin(request, snapshot)
        accepted = request.headers.get("accept-encoding", "")
        if isinstance(begun, Answer):
            answer = encoded(begun, accepted)
            seen = Seen(answer.status, len(answer.body), headers=answer.headers)
            note(self._observer, request, seen, perf_counter() - begin)
            head = _pairs(answer)
            if begun.again:
                self._repeats.keep(scope, answer, head)
            await send({"type": "http.response.start", "status": answer.status, "headers": head})
            await send({"type": "http.response.body", "body": answer.body})
            return
        with _CancelledWith(receive), watched(self._observer, request) as seen:
            answer = await begun
            seen.take(answer)
            answer = encoded(answer, accepted)
            try:
                await _send(answer, seen.sending(send))
            except CutError as error:
                seen.problem = str(error)
                _log.warning("an answer broke off: %s", error)
            finally:
                answer.close()

    def _counted(self, send: Send) -> Send:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._observer.metrics.request("pages", int(str(message["status"])))
            await send(message)

        return counted


def _coded(send: Send, accepted: str) -> Send:
    """Return `send`, with pages compressed as the client asks for."""
    page, head = Page(accepted), None

    async def coded(message: Message) -> None:
        nonlocal head
        if message["type"] == "http.response.start":
            head = message
            return
        body, is_last = message.get("body", b""), not message.get("more_body", False)
        assert isinstance(body, bytes)  # noqa: S101 - ASGI has it so
        if head is not None:
            status, headers = int(str(head["status"])), head["headers"]
            assert isinstance(headers, list)  # noqa: S101 - `wsgi` has it so
            await send({**head, "headers": page.head(status, headers, body, is_whole=is_last)})
            head = None
        await send({**message, "body": page.piece(body, is_last=is_last)})

    return coded


def _shown(scope: Scope, public: SplitResult | None) -> Scope:
    """Return the scope of a request to the public address, whether or not the proxy took its path off."""
    if public is None:
        return scope
    path, prefix, headers = str(scope["path"]), public.path, scope["headers"]
    assert isinstance(headers, Iterable)  # noqa: S101 - ASGI has it so
    is_whole = path == prefix or path.startswith(f"{prefix}/")
    pairs = [(name, value) for name, value in headers if name.lower() != b"host"]
    return {
        **scope,
        "scheme": public.scheme,
        "root_path": prefix,
        "path": path if is_whole else prefix + path,
        "headers": [*pairs, (b"host", public.netloc.encode())],
    }


async def _send(answer: Answer, send: Send) -> None:
    """Send an answer; if it breaks off, the last message is never sent, and so the connection is closed."""
    await send({"type": "http.response.start", "status": answer.status, "headers": _pairs(answer)})
    if answer.stream is None:
        await send({"type": "http.response.body", "body": answer.body})
        return
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    async for piece in answer.stream:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _pairs(answer: Answer) -> list[tuple[bytes, bytes]]:
    return [(_name(name), value.encode("latin-1")) for name, value in answer.headers]


@lru_cache(maxsize=256)
def _name(name: str) -> bytes:
    return name.lower().encode("latin-1")


class _CancelledWith:
    """Stops the work of the `with` block when the client goes away; small answers never look."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._task = asyncio.current_task()
        self._watcher: asyncio.Task[None] | None = None
        self._is_gone = False

    def __enter__(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(_LOOK_AFTER, self._look)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if kind is asyncio.CancelledError and self._is_gone and self._task is not None:
            self._task.uncancel()
            raise GoneError from None

    def _look(self) -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
        if self._task is not None:
            self._task.cancel()


async def _body(fields: Mapping[str, str], receive: Receive, most: int) -> bytes:
    """Return a request's body; not more than allowed, and not slower."""
    too_large = HttpError(413, f"the body is larger than the {most} bytes allowed")
    length = fields.get("content-length", "0")
    if not length.isdigit() or int(length) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise GoneError
                piece = message.get("body", b"")
                body += piece if isinstance(piece, bytes) else b""
                if len(body) > most:
                    raise too_large
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise HttpError(408, f"the body did not arrive within {BODY_SECONDS:g} seconds") from None


def _request(scope: Scope, fields: Mapping[str, str], body: bytes, path: str) -> Request:
    query, client, server = scope.get("query_string", b""), scope.get("client"), scope.get("server")
    host = fields.get("host") or (
        ":".join(str(part) for part in server if part) if isinstance(server, Iterable) else ""
    )
    return Request(
        method=str(scope["method"]),
        query_string=query.decode("latin-1") if isinstance(query, bytes) else "",
        headers=fields,
        body=body,
        client=str(client[0]) if isinstance(client, tuple | list) else "",
        url=f"{scope.get('scheme', 'http')}://{host}{scope['path']}",
        path=path,
    )
