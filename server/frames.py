"""The messages between the server and its query processes: one byte of kind, four of length, then the content."""

import json
import struct
from collections.abc import Mapping, Sequence

#: What JSON can hold.
Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

#: A query to answer (JSON).
QUERY = ord("Q")
#: The kind of result (JSON): the answer follows.
HEAD = ord("H")
#: A piece of the answer.
DATA = ord("D")
#: The answer is whole (JSON with its rows).
END = ord("E")
#: There is no answer, or no more of it (JSON with the error).
ERROR = ord("X")

HEADER = struct.Struct("!BI")


def frame(kind: int, content: bytes = b"") -> bytes:
    """Return one message."""
    return HEADER.pack(kind, len(content)) + content


def message(kind: int, content: Mapping[str, Json]) -> bytes:
    """Return one message whose content is JSON."""
    return frame(kind, json.dumps(content).encode())


class Frames:
    """Puts the messages together again from the bytes that arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Take what arrived."""
        self._buffer += data

    def next(self) -> tuple[int, bytes] | None:
        """Return the next whole message, None if more must arrive first."""
        if len(self._buffer) < HEADER.size:
            return None
        kind, length = HEADER.unpack_from(self._buffer)
        end = HEADER.size + length
        if len(self._buffer) < end:
            return None
        content = bytes(memoryview(self._buffer)[HEADER.size : end])
        del self._buffer[:end]
        return kind, content
