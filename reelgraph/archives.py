"""Archives and compressed files: their members as bytes, within limits, never written to disk."""

import gzip
import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from reelgraph import databases, mail, packed, spreadsheets, webarchives
from reelgraph.errors import DocumentError

_CHUNK = 1 << 20
_OFFICE = {"ppt/": "a PowerPoint document; save it as text or HTML first"}
#: Bytes a document may have unless the settings say otherwise.
DOCUMENT_LIMIT = 512 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes of one document, bytes and members of one archive, and how far data may expand.

    Expansion counts from `ratio_from` bytes on, since small repetitive texts compress well.
    """

    document: int = DOCUMENT_LIMIT
    archive: int = 8 << 30
    members: int = 200_000
    ratio: int = 200
    ratio_from: int = 32 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name, its bytes or, if they cannot be read, why."""

    name: str
    data: bytes = b""
    problem: str = ""


class ExhaustedError(DocumentError):
    """An archive as a whole has reached a limit."""


class Budget:
    """How much an archive of so many bytes may still expand to, the archives in it included."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self._most = min(limits.archive, max(limits.ratio_from, limits.ratio * packed))
        self._left = self._most

    def spend(self, stream: IO[bytes], size: int) -> bytes:
        """Read up to so many bytes; raise ExhaustedError if that is more than is left."""
        chunk = stream.read(min(size, self._left + 1))
        self._left -= len(chunk)
        if self._left < 0:
            raise ExhaustedError(
                f"expands to more than {megabytes(self._most)}, like a zip bomb; unpack it yourself first"
            )
        return chunk

    def document(self, stream: IO[bytes]) -> bytes:
        """Return all bytes of a stream; raise DocumentError as soon as they are too many for a document."""
        chunks, size = [], 0
        while chunk := self.spend(stream, _CHUNK):
            size += len(chunk)
            if size > self.limits.document:
                raise DocumentError(too_large(self.limits.document))
            chunks.append(chunk)
        return b"".join(chunks)


class _Metered(io.RawIOBase):
    """A stream that pays for what is read from it, so that no header of a tar archive can ask for too much."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1, /) -> bytes:
        return self._budget.spend(self._stream, size if size >= 0 else _CHUNK)


def members(name: str, stream: IO[bytes], budget: Budget) -> Iterator[Member] | None:
    """Return the members of an archive in a seekable stream, or None if it is no archive."""
    head = stream.read(4096)
    stream.seek(0)
    if mail.is_message(head):
        return (Member(part.name, part.data) for part in mail.parts(budget.document(stream)))
    if head.startswith(b"\x1f\x8b"):
        return _gzip(name, stream, budget)
    if head.startswith(b"WARC/"):
        return _warc(stream, budget)
    if head.startswith(databases.SIGNATURE):
        return _database(stream, budget)
    if _is_document(head, stream):
        return None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(stream, budget)
    return _tar(stream, budget) if _is_tar(head) else None


def is_archive(data: bytes) -> bool:
    """Return whether these bytes are an archive or a compressed file."""
    return members("", io.BytesIO(data), Budget(Limits(), 0)) is not None


def megabytes(size: int) -> str:
    """Return a size for people."""
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size} bytes"


def too_large(limit: int) -> str:
    """Return what to say of a document over the limit."""
    return f"larger than {megabytes(limit)}; split it, or raise the limit (max_file)"


def escapes(name: str) -> bool:
    """Return whether a member's name points outside of where the archive would be unpacked."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _gzip(name: str, stream: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the one file in a gzip file, or the members if that is a tar archive."""
    inner = re.sub(r"(?i)(?<=.)\.(gz|gzip)$", "", name)
    try:
        with gzip.open(stream) as unpacked:
            begin = unpacked.peek(512)[:512]
            if begin.startswith(b"WARC/"):
                stream.seek(0)
                yield from _warc(stream, budget)
            elif _is_tar(begin):
                yield from _tar(cast("IO[bytes]", unpacked), budget)
            else:
                yield Member(inner, budget.document(cast("IO[bytes]", unpacked)))
    except DocumentError as error:
        yield Member("", problem=str(error))
    except (EOFError, OSError, zlib.error) as error:
        yield Member("", problem=f"broken or cut off gzip file ({error}); get it again")


def _tar(stream: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar archive; links and devices are no documents."""
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", _Metered(stream, budget)), mode="r|") as archive:
            for count, info in enumerate(archive):
                _count(count, budget)
                if info.isreg():
                    yield _member(info.name, lambda info=info: _tarred(archive, info, budget))  # type: ignore[misc]
    except DocumentError as error:
        yield Member("", problem=str(error))
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        yield Member("", problem=f"broken or cut off tar archive ({error}); get it again")


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes:
    if info.size > budget.limits.document:
        raise DocumentError(too_large(budget.limits.document))
    opened = archive.extractfile(info)
    return opened.read() if opened else b""


def _zip(stream: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the files of a zip archive by name."""
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if spreadsheets.is_spreadsheet(archive):
                stream.seek(0)
                yield from (Member(sheet.name, sheet.data) for sheet in spreadsheets.sheets(budget.document(stream)))
                return
            _refuse_office(infos)
            infos = _captures(infos) or infos
            _count(len(infos), budget)
            for info in sorted(infos, key=lambda info: info.filename):
                yield _member(info.filename, lambda info=info: _zipped(archive, info, budget))  # type: ignore[misc]
    except DocumentError as error:
        yield Member("", problem=str(error))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        yield Member("", problem=f"broken or cut off zip archive ({error}); get it again")


def _captures(infos: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the web archives in a WACZ file, nothing if it is any other zip archive."""
    if not any(info.filename == "datapackage.json" for info in infos):
        return []
    return [info for info in infos if re.fullmatch(r"archive/[^/]+\.warc(\.gz)?", info.filename)]


def _warc(stream: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the pages in a web archive."""
    yield from (Member(page.address, page.data, page.problem) for page in webarchives.pages(stream, budget.document))


def _database(stream: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the tables of a database."""
    try:
        for table in databases.tables(budget.document(stream), budget.limits.document):
            yield Member(table.name, table.data, table.problem)
    except DocumentError as error:
        yield Member("", problem=str(error))


def _is_document(head: bytes, stream: IO[bytes]) -> bool:
    """Return whether a zip file is a document, such as an e-book."""
    kind = packed.zipped(stream) if head.startswith(b"PK\x03\x04") else ""
    stream.seek(0)
    return bool(kind)


def _refuse_office(infos: Sequence[zipfile.ZipInfo]) -> None:
    what = next((what for prefix, what in _OFFICE.items() if any(i.filename.startswith(prefix) for i in infos)), "")
    if what or (infos and infos[0].filename == "mimetype"):
        raise DocumentError(f"this is {what or 'an office document; save it as text or HTML first'}")


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    if info.flag_bits & 0x1:
        raise DocumentError("encrypted; unpack it with its password first")
    if info.file_size > budget.limits.document:
        raise DocumentError(too_large(budget.limits.document))
    with archive.open(info) as stream:
        return budget.document(stream)


def _count(count: int, budget: Budget) -> None:
    if count > budget.limits.members:
        raise ExhaustedError(f"more than {budget.limits.members} members; unpack it yourself first")


def _member(name: str, read: Callable[[], bytes]) -> Member:
    """Read one member; what is wrong with it alone is its problem, what ends the whole archive is raised."""
    if escapes(name):
        return Member(name, problem="its name leads out of the archive; rename it and pack it again")
    try:
        return Member(name, read())
    except ExhaustedError:
        raise
    except DocumentError as error:
        return Member(name, problem=str(error))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        return Member(name, problem=f"broken in the archive ({error}); pack it again")
