"""What a store no longer needs goes: old snapshots, documents of none, and what writers that were killed left."""

import shutil
from pathlib import Path

from reelgraph import snapshots
from reelgraph.documents import Documents
from reelgraph.snapshots import Snapshot


def prune(path: Path, current: Snapshot, keep: int) -> None:
    """Remove all but the newest snapshots and the current one, except those a reader holds, and documents of none."""
    found = snapshots.listed(path / "snapshots")
    gone = [one for one in found[: max(0, len(found) - keep)] if one.id != current.id and snapshots.is_free(one)]
    for snapshot in gone:
        snapshot.manifest_path.unlink()
        shutil.rmtree(snapshot.path, ignore_errors=True)
    if gone:
        collect(path)


def collect(path: Path) -> None:
    """Remove documents and cached facts no snapshot names."""
    kept = snapshots.listed(path / "snapshots")
    used = {(document.sha256, document.facts) for one in kept for document in one.manifest.documents}
    Documents(path).collect(used)


def recover(path: Path) -> None:
    """Remove what writers that were killed left behind."""
    folder = path / "snapshots"
    whole = {snapshot.id for snapshot in snapshots.listed(folder)}
    waste = [one for one in folder.iterdir() if one.name.removesuffix(".json") not in whole]
    waste += [*(path / "work").iterdir(), *path.glob(".*.tmp")]
    for one in waste:
        _remove(one)
    if waste:
        collect(path)


def clear(folder: Path) -> None:
    """Empty a folder."""
    for path in folder.iterdir():
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
