"""The documents of a store, by the SHA-256 of their bytes, and the cache of what was extracted from them."""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

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

    def facts(self, sha256: str, key: str, wanted: Sequence[int] | None = None) -> list[bytes] | None:
        """Return the parts of the cached extraction of a document under this key, all of them or those `wanted`.

        None if there is none or it is damaged.
        """
        try:
            with ZipFile(self._facts_path(sha256, key)) as archive:
                names = archive.namelist()
                return [archive.read(names[part]) for part in (range(len(names)) if wanted is None else wanted)]
        except (FileNotFoundError, EOFError, BadZipFile, zlib.error, IndexError):
            return None

    def parts(self, sha256: str, key: str) -> int:
        """Return how many parts `facts` has, 0 if there are none or they are damaged."""
        try:
            with ZipFile(self._facts_path(sha256, key)) as archive:
                return len(archive.namelist())
        except (FileNotFoundError, EOFError, BadZipFile):
            return 0

    def put_facts(self, sha256: str, key: str, parts: Sequence[bytes]) -> None:
        """Cache the extraction of a document in parts; not synced, since it can be made again."""
        made = io.BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for number, data in enumerate(parts):
                archive.writestr(ZipInfo(str(number)), data, ZIP_DEFLATED)
        durable.replace(self._facts_path(sha256, key), made.getvalue(), synced=False)

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
        return self._facts / f"{sha256}-{key}.zip"
