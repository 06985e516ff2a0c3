"""Runs a WSGI application under ASGI: each request in a thread, large answers at the speed of the client."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Scope = Mapping[str, object]
Message = MutableMapping[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

Block = tuple[tuple[bytes, bytes], ...]
#: Bytes of headers that are remembered, and number of clients they are remembered of.
_SMALL = 4096
_CLIENTS = 256
#: Bytes of an answer that are put together before it counts as a stream.
_TOGETHER = 256 << 10


#: A client sends the same headers again and again, so those it sent before are not read again.
_known: dict[Block, Mapping[str, str]] = {}


@dataclass
class _Started:
    """What the application has said of its answer so far."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    def __call__(self, status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _no_write


def _no_write(data: bytes) -> object:
    raise NotImplementedError("answers are yielded, not written")


class Threaded:
    """A WSGI application as an ASGI one, with a number of threads."""

    def __init__(self, application: "WSGIApplication", threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    def close(self) -> None:
        """Let the threads end when they have answered."""
        self._threads.shutdown(wait=False)

    async def __call__(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        """Answer a request whose body has been read."""
        loop = asyncio.get_running_loop()
        gone = loop.create_task(_disconnect(receive))
        environ = environment(scope, body)

        def deliver(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_send(send, message), loop).result()

        try:
            for message in await loop.run_in_executor(self._threads, self._answer, environ, deliver, gone.done):
                await send(message)
        finally:
            gone.cancel()

    def _answer(
        self, environ: dict[str, object], deliver: Callable[[Message], None], is_gone: Callable[[], bool]
    ) -> list[Message]:
        """Run the application, deliver what comes early of a large answer, and return the rest of the messages."""
        started = _Started()
        pieces = self._application(environ, started)
        pending, begin = bytearray(), True
        try:
            for piece in pieces:
                pending += piece
                if is_gone():
                    return []
                if len(pending) >= _TOGETHER:
                    if begin:
                        deliver(_start(started))
                    deliver({"type": "http.response.body", "body": bytes(pending), "more_body": True})
                    pending.clear()
                    begin = False
        finally:
            _close(pieces)
        end: Message = {"type": "http.response.body", "body": bytes(pending)}
        return [_start(started), end] if begin else [end]


def _start(started: _Started) -> Message:
    return {"type": "http.response.start", "status": started.status, "headers": started.headers}


async def _send(send: Send, message: Message) -> None:
    await send(message)


async def _disconnect(receive: Receive) -> None:
    """Return when the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _close(pieces: Iterable[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()


def environment(scope: Scope, body: bytes) -> dict[str, object]:
    """Return the WSGI environment of an ASGI request."""
    root, path = str(scope.get("root_path", "")), str(scope["path"])
    server, client = scope.get("server"), scope.get("client")
    assert isinstance(server, Iterable | None)  # noqa: S101 - ASGI has it so
    host, port = tuple(server or ("localhost", 80))
    query = scope.get("query_string", b"")
    environ: dict[str, object] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": path.removeprefix(root).encode().decode("latin-1") or "/",
        "QUERY_STRING": query.decode("latin-1") if isinstance(query, bytes) else "",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": str(client[0]) if isinstance(client, tuple | list) else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in header_fields(scope).items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key != "CONTENT_LENGTH":
            environ[f"HTTP_{key}"] = value
    return environ


def header_fields(scope: Scope) -> Mapping[str, str]:
    """Return the headers of a request, names in small letters, without those that could pass for others."""
    block = header_block(scope)
    fields = _known.get(block)
    if fields is None:
        fields = _read(block)
        if sum(len(value) for _, value in block) <= _SMALL:
            if len(_known) >= _CLIENTS:
                _known.clear()
            _known[block] = fields
    return fields


def header_block(scope: Scope) -> Block:
    """Return the headers of a request as they were sent."""
    return tuple(cast("Iterable[tuple[bytes, bytes]]", scope["headers"]))


def _read(block: Block) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    for raw_name, raw_value in block:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" not in name:
            fields[name] = f"{fields[name]},{value}" if name in fields else value
    return fields
