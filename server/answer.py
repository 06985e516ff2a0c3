"""The answer to a request for data, free of any web framework."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from reelgraph.server import headers


class Pieces(Protocol):
    """What follows the first piece of an answer; iterating raises `CutError` if it breaks off."""

    def __aiter__(self) -> Self: ...

    async def __anext__(self) -> bytes: ...

    def close(self) -> None:
        """Stop what is left."""


class Tee:
    """Pieces of an answer that are put together on their way, unless they become too large."""

    def __init__(self, pieces: Pieces, first: bytes, most: int, done: Callable[[bytes], None]) -> None:
        self._pieces = pieces
        self._seen: bytearray | None = bytearray(first)
        self._most = most
        self._done = done

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await anext(self._pieces)
        except StopAsyncIteration:
            if self._seen is not None:
                self._done(bytes(self._seen))
                self._seen = None
            raise
        if self._seen is not None:
            self._seen += piece
            if len(self._seen) > self._most:
                self._seen = None
        return piece

    def close(self) -> None:
        """Stop what is left."""
        self._pieces.close()


@dataclass
class Answer:
    """An answer: all of it in `body`, or what comes of `stream` after that; close the stream in any case.

    It was given before if it is the one `again`.
    """

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""
    stream: Pieces | None = None
    again: bool = False

    def close(self) -> None:
        """Stop what is left of the answer."""
        if self.stream is not None:
            self.stream.close()


def about(content_type: str, length: int | None) -> list[tuple[str, str]]:
    """Return the headers that all answers with data have."""
    common = [("Content-Type", content_type), ("Content-Security-Policy", headers.DATA_POLICY)]
    if length is not None:
        common.append(("Content-Length", str(length)))
    return [*common, *headers.SECURITY, *headers.CORS]


def empty(status: int, *more: tuple[str, str]) -> Answer:
    """Return an answer without a body."""
    length = [] if status == 204 else [("Content-Length", "0")]
    return Answer(status, [*more, *length, *headers.SECURITY, *headers.CORS])
