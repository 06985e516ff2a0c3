"""Lets threads use the endpoint, which lives in an event loop: for Flask's test client and for plain WSGI servers."""

import asyncio
import atexit
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from typing import TypeVar

from reelgraph.server.answer import Answer, Pieces
from reelgraph.server.protocol import Request
from reelgraph.server.sparql import Endpoint

_Result = TypeVar("_Result")


class Bridge:
    """An endpoint in the event loop it lives in, else in one of its own with a thread, started when first asked."""

    def __init__(self, endpoint: Endpoint, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._loop = loop
        self._thread: threading.Thread | None = None

    def answer(self, request: Request) -> Answer:
        """Answer a request."""
        return self._wait(self._endpoint.answer(request))

    def pieces(self, answer: Answer) -> Iterator[bytes]:
        """Yield the body of an answer; raises `CutError` if it breaks off."""
        yield answer.body
        if answer.stream is not None:
            while (piece := self._wait(_next(answer.stream))) is not None:
                yield piece

    def close(self, answer: Answer) -> None:
        """Stop what is left of an answer."""
        self._wait(_close(answer))

    def stop(self) -> None:
        """End the query processes and the thread."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._endpoint.close(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            with contextlib.suppress(RuntimeError):  # when the interpreter ends, that has been done
                loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
        atexit.unregister(self.stop)

    def _wait(self, work: Coroutine[None, None, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._running()).result()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="sparql", daemon=True)
                self._thread.start()
                atexit.register(self.stop)
            return self._loop


async def _next(stream: Pieces) -> bytes | None:
    return await anext(stream, None)


async def _close(answer: Answer) -> None:
    answer.close()
