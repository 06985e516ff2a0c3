"""Keeps small answers in memory, the least recently used ones go first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer: status, headers, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Cache:
    """Answers by key, up to a number of bytes; for any number of threads."""

    def __init__(self, room: int = 64 << 20, largest: int = 1 << 20) -> None:
        self.largest = largest
        self._room = room
        self._held = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()

    def get(self, key: Hashable) -> Entry | None:
        """Return the answer kept under this key."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an answer, unless it is too large."""
        if len(entry.body) > self.largest:
            return
        with self._lock:
            if (old := self._entries.pop(key, None)) is not None:
                self._held -= _size(old)
            self._entries[key] = entry
            self._held += _size(entry)
            while self._held > self._room:
                self._held -= _size(self._entries.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget everything, as a new snapshot asks for."""
        with self._lock:
            self._entries.clear()
            self._held = 0


def _size(entry: Entry) -> int:
    """Return about how much memory an entry takes, its key and headers included."""
    return len(entry.body) + 2048
