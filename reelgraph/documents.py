"""The documents of a store, by the SHA-256 of their bytes, and the cache of what was extracted from them."""

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from reelgraph import durable
from reelgraph.errors import StoreError

_KEY = re.compile(r"[\w.+-]+", re.ASCII)


class Documents:
    """The folders `documents` (raw bytes, content-addressed) and `facts` (extractions that can be made again)."""

    def __init__(self, store: Path) -> None:
        self._documents = store / "documents"
        self._facts = store / "facts"
        self._unsynced: list[Path] = []

    def path(self, sha256: str) -> Path:
        """Return where a document's bytes are."""
        return self._documents / sha256[:2] / sha256

    def data(self, sha256: str) -> bytes:
        """Return the bytes of a document."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise StoreError(f"document {sha256[:16]}: its file is not in the store; load it again") from None

    def put(self, sha256: str, data: bytes) -> None:
        """Keep a document's bytes; they are safe from a power cut after `sync`."""
        path = self.path(sha256)
        if path.exists() and path.stat().st_size == len(data):
            return
        path.parent.mkdir(exist_ok=True)
        durable.replace(path, data, synced=False)
        self._unsynced.append(path)

    def facts(self, sha256: str, key: str) -> bytes | None:
        """Return the cached extraction of a document under this key, None if there is none or it is damaged."""
        try:
            return gzip.decompress(self._facts_path(sha256, key).read_bytes()) or None
        except (FileNotFoundError, EOFError, gzip.BadGzipFile, zlib.error):
            return None

    def put_facts(self, sha256: str, key: str, data: bytes) -> None:
        """Cache the extraction of a document; not synced, since it can be made again."""
        durable.replace(self._facts_path(sha256, key), gzip.compress(data, 1, mtime=0), synced=False)

    def sync(self) -> None:
        """Wait until all documents put since the last call are on the disk."""
        durable.sync_all(self._unsynced)
        if self._unsynced:
            durable.sync(self._documents)
        self._unsynced.clear()

    def collect(self, used: set[tuple[str, str]]) -> int:
        """Remove documents and extractions no pair of SHA-256 and facts key names; return how many files went."""
        hashes = {sha256 for sha256, _ in used}
        facts = {self._facts_path(sha256, key) for sha256, key in used if key}
        waste = [path for path in self._stored() if path.name not in hashes]
        waste += [path for path in self._facts.iterdir() if path not in facts]
        for path in waste:
            path.unlink(missing_ok=True)
        return len(waste)

    def _stored(self) -> Iterator[Path]:
        for folder in self._documents.iterdir():
            if folder.is_dir():
                yield from folder.iterdir()

    def _facts_path(self, sha256: str, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"facts key {key!r}: only letters, digits and . _ + - are allowed")
        return self._facts / f"{sha256}-{key}.json.gz"
