"""Answers compressed by gzip for those who ask; one that breaks off has no end mark, so nobody takes it for whole."""

import zlib
from dataclasses import replace
from typing import Self

from reelgraph.server.answer import Answer, Pieces

#: Bytes from which on an answer is worth it.
_LEAST = 1024
_LEVEL = 1
_GZIP = 31
MARK = "-gzip"


def encoded(answer: Answer, accepted: str) -> Answer:
    """Return the answer as the `Accept-Encoding` header asks for it."""
    if answer.status != 200 or (answer.stream is None and len(answer.body) < _LEAST):
        return answer
    headers = [*answer.headers, ("Vary", "Accept-Encoding")]
    if not _takes_gzip(accepted):
        return replace(answer, headers=headers)
    headers = [_changed(name, value) for name, value in headers if name != "Content-Length"]
    headers.append(("Content-Encoding", "gzip"))
    work = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    first = work.compress(answer.body)
    if answer.stream is None:
        body = first + work.flush()
        return replace(answer, headers=[*headers, ("Content-Length", str(len(body)))], body=body)
    stream = _Zipped(answer.stream, work)
    return replace(answer, headers=headers, body=first + work.flush(zlib.Z_SYNC_FLUSH), stream=stream)


class _Zipped:
    """The pieces of an answer, compressed."""

    def __init__(self, pieces: Pieces, work: "zlib._Compress") -> None:
        self._pieces = pieces
        self._work = work
        self._is_over = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._is_over:
            raise StopAsyncIteration
        try:
            piece = await anext(self._pieces)
        except StopAsyncIteration:
            self._is_over = True
            return self._work.flush()
        return self._work.compress(piece) + self._work.flush(zlib.Z_SYNC_FLUSH)

    def close(self) -> None:
        """Stop what is left."""
        self._pieces.close()


def _changed(name: str, value: str) -> tuple[str, str]:
    return (name, f'{value[:-1]}{MARK}"') if name == "ETag" else (name, value)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(",")[:20]:
        name, _, parameters = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
