"""Files that survive a crash: written beside their place, synced, then renamed into it."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reelgraph.errors import StoreError

_ADVICE = {
    errno.ENOSPC: "no space left on the disk; free some and run it again, the store is as it was before",
    errno.EDQUOT: "the disk quota is used up; free some space and run it again, the store is as it was before",
    errno.EFBIG: "the file grew over the largest allowed size; raise the limit (ulimit -f) and run it again",
    errno.EROFS: "the file system is read-only; use another folder with --store",
    errno.EACCES: "no permission; change the folder's rights or use another one with --store",
    errno.EPERM: "no permission; change the folder's rights or use another one with --store",
    errno.ENOTDIR: "a part of this path is a file, not a folder; use another one with --store",
    errno.EMFILE: "too many open files; raise the limit (ulimit -n)",
}
#: How the storage engine begins to say that its files are damaged, and what to do then.
_CORRUPTION = "Corruption"
_DAMAGED = (
    "go back to another one (`reelgraph snapshots`, `reelgraph rollback`), or load the documents into a new store"
)


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's entries, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[Path]) -> None:
    """Sync each file, then each of their folders once."""
    folders = set()
    for path in paths:
        sync(path)
        folders.add(path.parent)
    for folder in sorted(folders):
        sync(folder)


def replace(path: Path, data: bytes, *, synced: bool = True) -> None:
    """Give a file new content so that a reader, or a crash, meets the old or the new one and nothing between."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if synced:
        sync(path.parent)


@contextmanager
def explained(path: Path, action: str) -> Iterator[None]:
    """Turn the operating system's errors into a `StoreError` that names the store and what to do."""
    try:
        yield
    except OSError as error:
        number = error.errno if error.errno is not None else _number(str(error))
        advice = _ADVICE.get(number) or str(error)
        raise StoreError(f"{path}: cannot {action}: {advice}") from error
    except RuntimeError as error:
        if not str(error).startswith(_CORRUPTION):
            raise
        raise StoreError(f"{path}: cannot {action}: its files are damaged; {_DAMAGED}") from error


def _number(message: str) -> int:
    """Return the error number of a message of the storage engine, which passes on only the words; 0 if unknown."""
    return next((number for number in _ADVICE if os.strerror(number) in message), 0)
