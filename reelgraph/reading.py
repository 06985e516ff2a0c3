"""From paths to documents: files, folders, archives and standard input; what cannot be read is reported, not raised."""

import hashlib
import io
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from reelgraph import archives, decoding, mediatypes, packed
from reelgraph.archives import DOCUMENT_LIMIT, Budget, Limits
from reelgraph.errors import DocumentError
from reelgraph.model import Document

#: The path that stands for standard input.
STDIN = "-"
_NESTED = 2
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """A file that was skipped: where it is, for people (`films.zip: her.txt`), what is wrong and what to do."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"


def document(name: str, data: bytes, limit: int = DOCUMENT_LIMIT) -> Document:
    """Return the document of a file's name and bytes; raise DocumentError with one line if it is none."""
    try:
        if len(data) > limit:
            raise DocumentError(archives.too_large(limit))
        return _parsed(name, data)
    except DocumentError as error:
        raise DocumentError(f"{bare_name(name)}: {error}") from None


def _parsed(name: str, data: bytes) -> Document:
    name = bare_name(name)
    if not data:
        raise DocumentError("the file is empty")
    kind = packed.media_type(data)
    if not kind:
        if archives.is_archive(data):
            raise DocumentError("an archive, not a document; unpack it first")
        mediatypes.refuse_binary(data)
        kind = mediatypes.media_type(name, decoding.sample(data))
    text = decoding.text(data, kind)
    if kind not in packed.MEDIA_TYPES:
        mediatypes.refuse_unknown(name, text)
    return Document(name, hashlib.sha256(data).hexdigest(), kind, data, text)


def note(document: Document) -> str:
    """Return what was not certain about a document's encoding, as one line; empty if all was."""
    if document.media_type in packed.MEDIA_TYPES:
        return ""
    return decoding.decode(document.data, document.media_type).note


def bare_name(name: str) -> str:
    """Return a file name without folders and control characters, the same on every machine; of a page its address."""
    is_address = _ADDRESS.match(name) is not None
    last = name if is_address else PurePosixPath(name.replace("\\", "/").rstrip("/")).name
    text = last.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cs", "Cf"))
    text = unicodedata.normalize("NFC", text).strip()[: _LONGEST_ADDRESS if is_address else 255]
    return "document" if text in ("", ".", "..") else text


def read(
    paths: Path | str | Iterable[Path | str], limits: Limits | None = None
) -> Iterator[Document | DocumentProblem]:
    """Yield the documents of files, folders (in order of their names, hidden ones left out), archives and `-`."""
    limits = limits or Limits()
    for path in [paths] if isinstance(paths, str | Path) else paths:
        if str(path) == STDIN:
            yield from _stream("stdin", sys.stdin.buffer, limits)
        elif Path(path).is_dir():
            yield from _folder(Path(path), limits)
        else:
            yield from _file(Path(path), limits)


def _folder(root: Path, limits: Limits) -> Iterator[Document | DocumentProblem]:
    """Walk a folder; links to folders are followed, each folder once."""
    seen: set[tuple[int, int]] = set()
    problems: list[DocumentProblem] = []

    def failed(error: OSError) -> None:
        problems.append(DocumentProblem(str(error.filename), _reason(error)))

    for folder, folders, files in os.walk(root, onerror=failed, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        if _is_store(files, folders):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and not name.endswith(mediatypes.MAPPING):
                yield from _file(Path(folder, name), limits, in_folder=True)
    yield from problems


def _is_store(files: list[str], folders: list[str]) -> bool:
    """Whether a folder is a store of this program, whose documents were loaded already and are not read again."""
    return {"CURRENT", "format"} <= set(files) and {"documents", "snapshots"} <= set(folders)


def _file(path: Path, limits: Limits, *, in_folder: bool = False) -> Iterator[Document | DocumentProblem]:
    """Read a file; a pipe only where it is named itself, since one in a folder may never end."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                yield from _opened(str(path), stream, path.stat().st_size, limits)
        elif stat.S_ISFIFO(mode) and not in_folder:
            with path.open("rb") as stream:
                yield from _stream(str(path), stream, limits)
        else:
            yield DocumentProblem(str(path), "not a file; give a file, a folder or an archive")
    except OSError as error:
        yield DocumentProblem(str(path), _reason(error))


def _stream(label: str, stream: IO[bytes], limits: Limits) -> Iterator[Document | DocumentProblem]:
    """Read what comes from a pipe."""
    data = stream.read(limits.document + 1)
    if len(data) > limits.document:
        yield DocumentProblem(label, archives.too_large(limits.document))
    else:
        yield from _opened(label, io.BytesIO(data), len(data), limits)


def _opened(
    label: str, stream: IO[bytes], size: int, limits: Limits, budget: Budget | None = None, depth: int = 0
) -> Iterator[Document | DocumentProblem]:
    """Yield the document in a stream or, if that is an archive, those of its members."""
    budget = budget or Budget(limits, size)
    members = archives.members(bare_name(label), stream, budget)
    if members is None:
        yield _document(label, stream.read() if size <= limits.document else b"", size, limits)
        return
    if depth == _NESTED:
        yield DocumentProblem(label, "an archive in an archive in an archive; unpack it first")
        return
    for member in members:
        where = f"{label}: {_printable(member.name)}" if member.name else label
        if member.problem:
            yield DocumentProblem(where, member.problem)
        elif not _is_hidden(member.name):
            yield from _opened(where, io.BytesIO(member.data), len(member.data), limits, budget, depth + 1)


def _document(label: str, data: bytes, size: int, limits: Limits) -> Document | DocumentProblem:
    try:
        if size > limits.document:
            raise DocumentError(archives.too_large(limits.document))
        return replace(_parsed(label.rpartition(": ")[2], data), origin=label)
    except DocumentError as error:
        return DocumentProblem(label, str(error))


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts if part != ".")


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return error.strerror or str(error)
