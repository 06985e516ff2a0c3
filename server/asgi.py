"""The front of a server process: SPARQL in the event loop, pages in threads.

An ASGI front and not a WSGI one, because only there granian tells when a client is gone, and breaks a connection off
when an answer ends early; under WSGI it would finish a cut answer as if it were whole.
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from flask import Flask

from reelgraph.config import Settings
from reelgraph.server import admin, graphstore
from reelgraph.server.answer import Answer
from reelgraph.server.app import MAX_BODY, SETTINGS, new_endpoint
from reelgraph.server.encoding import encoded
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.running import CutError
from reelgraph.server.sparql import PATH, Endpoint
from reelgraph.server.watching import watched
from reelgraph.server.wsgi import Message, Receive, Scope, Send, Threaded, header_fields

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
        self._pages = Threaded(app.wsgi_app, THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            with contextlib.suppress(GoneError):
                await self._answer(_shown(scope, self._public), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._endpoint.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._pages.close()
        await self._endpoint.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
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
            await self._data(_request(scope, fields, body, path), receive, send)
        else:
            await self._pages(scope, body, receive, self._counted(send))

    async def _data(self, request: Request, receive: Receive, send: Send) -> None:
        with _cancelled_with(receive), watched(self._observer, request) as seen:
            answer = await self._endpoint.answer(request)
            seen.take(answer)
            answer = encoded(answer, request.headers.get("accept-encoding", ""))
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
    pairs = [_encoded(name, value) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    if answer.stream is None:
        await send({"type": "http.response.body", "body": answer.body})
        return
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    async for piece in answer.stream:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@lru_cache(maxsize=1024)
def _encoded(name: str, value: str) -> tuple[bytes, bytes]:
    return name.lower().encode("latin-1"), value.encode("latin-1")


@contextlib.contextmanager
def _cancelled_with(receive: Receive) -> Iterator[None]:
    """Stop the work of the `with` block when the client goes away."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    watchers: list[asyncio.Task[None]] = []
    is_gone = False

    async def watch() -> None:
        nonlocal is_gone
        while (await receive())["type"] != "http.disconnect":
            pass
        is_gone = True
        if task is not None:
            task.cancel()

    timer = loop.call_later(_LOOK_AFTER, lambda: watchers.append(loop.create_task(watch())))
    try:
        yield
    except asyncio.CancelledError:
        if not is_gone:
            raise
        if task is not None:
            task.uncancel()
        raise GoneError from None
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()


async def _body(fields: dict[str, str], receive: Receive, most: int) -> bytes:
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


def _request(scope: Scope, fields: dict[str, str], body: bytes, path: str) -> Request:
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
