"""The answer to a request for data, free of any web framework."""

from dataclasses import dataclass
from typing import Protocol, Self

from reelgraph.server import headers


class Pieces(Protocol):
    """What follows the first piece of an answer; iterating raises `CutError` if it breaks off."""

    def __aiter__(self) -> Self: ...

    async def __anext__(self) -> bytes: ...

    def close(self) -> None:
        """Stop what is left."""


@dataclass
class Answer:
    """An answer: all of it in `body`, or what comes of `stream` after that; close the stream in any case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""
    stream: Pieces | None = None

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
