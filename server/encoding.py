"""Answers compressed by zstd or gzip for those who ask; one that breaks off has no end mark, and so is not whole."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, Self

import zstandard

from reelgraph.server.answer import Answer, Pieces

#: Bytes from which on an answer is worth it.
_LEAST = 1024
_GZIP = 31
#: What of the web is compressed; the rest is so already.
_TEXT = re.compile(rb"text/|image/svg|application/(?!zip|gzip|zstd|pdf|octet-stream)")


class _Coder(Protocol):
    """Compresses one answer, piece by piece."""

    def piece(self, data: bytes) -> bytes:
        """Return all of a piece, so that the client can read it now."""

    def last(self, data: bytes) -> bytes:
        """Return the last piece and the end mark."""


class _Gzip:
    def __init__(self) -> None:
        self._work = zlib.compressobj(1, zlib.DEFLATED, _GZIP)

    def piece(self, data: bytes) -> bytes:
        return self._work.compress(data) + self._work.flush(zlib.Z_SYNC_FLUSH)

    def last(self, data: bytes) -> bytes:
        return self._work.compress(data) + self._work.flush()


class _Zstd:
    def __init__(self) -> None:
        self._work = zstandard.ZstdCompressor(level=1, write_checksum=True).compressobj()

    def piece(self, data: bytes) -> bytes:
        return self._work.compress(data) + self._work.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def last(self, data: bytes) -> bytes:
        return self._work.compress(data) + self._work.flush()


#: The codings by name, the one the server likes best first.
_CODERS: dict[str, Callable[[], _Coder]] = {"zstd": _Zstd, "gzip": _Gzip}


def encoded(answer: Answer, accepted: str) -> Answer:
    """Return the answer as the `Accept-Encoding` header asks for it."""
    if answer.status != 200 or (answer.stream is None and len(answer.body) < _LEAST):
        return answer
    headers = [*answer.headers, ("Vary", "Accept-Encoding")]
    coding = chosen(accepted)
    if coding is None:
        return Answer(answer.status, headers, answer.body, answer.stream)
    headers = [_marked(name, value, coding) for name, value in headers if name != "Content-Length"]
    headers.append(("Content-Encoding", coding))
    coder = _CODERS[coding]()
    if answer.stream is None:
        body = coder.last(answer.body)
        return replace(answer, headers=[*headers, ("Content-Length", str(len(body)))], body=body)
    return replace(answer, headers=headers, body=coder.piece(answer.body), stream=_Coded(answer.stream, coder))


class _Coded:
    """The pieces of an answer, compressed."""

    def __init__(self, pieces: Pieces, coder: _Coder) -> None:
        self._pieces = pieces
        self._coder = coder
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
            return self._coder.last(b"")
        return self._coder.piece(piece)

    def close(self) -> None:
        """Stop what is left."""
        self._pieces.close()


Headers = list[tuple[bytes, bytes]]


@dataclass
class Page:
    """A page on its way: its head is changed when its first piece shows whether compressing is worth it."""

    accepted: str
    _coder: _Coder | None = None

    def head(self, status: int, headers: Headers, first: bytes, *, is_whole: bool) -> Headers:
        """Return the head of a page that begins so."""
        fields = dict(headers)
        is_text = _TEXT.match(fields.get(b"content-type", b""))
        if status != 200 or not is_text or b"content-encoding" in fields or (is_whole and len(first) < _LEAST):
            return headers
        headers = [*headers, (b"vary", b"Accept-Encoding")]
        coding = chosen(self.accepted)
        if coding is None:
            return headers
        self._coder = _CODERS[coding]()
        kept = [(name, _weak(value) if name == b"etag" else value) for name, value in headers]
        return [*(one for one in kept if one[0] != b"content-length"), (b"content-encoding", coding.encode())]

    def piece(self, data: bytes, *, is_last: bool) -> bytes:
        """Return a piece as it is sent."""
        if self._coder is None:
            return data
        return self._coder.last(data) if is_last else self._coder.piece(data)


def plain_tag(tag: str) -> str:
    """Return the strong ETag of the answer itself from that of any of its codings."""
    tag = tag.strip().removeprefix("W/")
    for coding in _CODERS:
        tag = tag.replace(f'-{coding}"', '"')
    return tag


def _marked(name: str, value: str, coding: str) -> tuple[str, str]:
    return (name, f'{value[:-1]}-{coding}"') if name == "ETag" else (name, value)


def _weak(tag: bytes) -> bytes:
    return tag if tag.startswith(b"W/") else b"W/" + tag


@lru_cache(maxsize=256)
def chosen(accepted: str) -> str | None:
    """Return the coding a client likes best by its `Accept-Encoding`, the server's choice of equals, None for none."""
    qualities: dict[str, float] = {}
    for part in accepted.lower().split(",")[:20]:
        name, *parameters = (one.replace(" ", "") for one in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            qualities[name] = float(quality)
        except ValueError:
            continue
    if "gzip" not in qualities and "*" in qualities:
        qualities["gzip"] = qualities["*"]
    best = max(_CODERS, key=lambda coding: qualities.get(coding, 0.0))
    return best if qualities.get(best, 0.0) > 0 else None
