"""`reelgraph load --watch`: look at files again and again, load what changed, remove what is gone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelgraph.cli.loads import judgements_of, load_paths
from reelgraph.cli.options import counted, store_of
from reelgraph.cli.reporting import print_skipped, summary
from reelgraph.errors import ReelgraphError
from reelgraph.mediatypes import MAPPING

if TYPE_CHECKING:
    from reelgraph.config import Settings

#: Seconds between two looks.
PAUSE = 3.0
#: A file's time of change and size: when neither moved, the file is as it was.
_Stamps = Mapping[Path, tuple[int, int]]


def watch_paths(
    settings: Settings,
    paths: Sequence[str],
    jobs: int | None,
    wait: float,
    mapping: Path | None = None,
    *,
    verbose: bool,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Load, then keep the store as the files are, until Ctrl-C."""
    if "-" in paths:
        raise ReelgraphError("--watch: standard input cannot be watched; give files and folders")
    before: _Stamps = {}
    is_first = True
    try:
        while True:
            now = stamps(paths)
            changed = sorted(path for path, stamp in now.items() if before.get(path) != stamp)
            gone = sorted(path for path in before if path not in now)
            if is_first or changed or gone:
                if is_first or any(path.name.endswith(MAPPING) for path in (*changed, *gone)):
                    changed = sorted(now)
                _bring_up_to_date(settings, changed, gone, (jobs, wait, mapping), verbose=verbose)
            if is_first:
                click.echo(f"Watching {counted(len(now), 'file')}; Ctrl-C stops.")
            before, is_first = now, False
            sleep(PAUSE)
    except KeyboardInterrupt:
        click.echo("Stopped.")


def stamps(paths: Iterable[str | Path]) -> _Stamps:
    """Return the files that loading these paths would read, each with time of change and size."""
    found = {}
    for path in _files(Path(path) for path in paths):
        try:
            status = path.stat()
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def _bring_up_to_date(
    settings: Settings,
    changed: Sequence[Path],
    gone: Sequence[Path],
    how: tuple[int | None, float, Path | None],
    *,
    verbose: bool,
) -> None:
    """Load what changed and remove what is gone; a problem is told, and watching goes on."""
    from reelgraph import pipeline
    from reelgraph.archives import Limits
    from reelgraph.cli.reporting import print_report
    from reelgraph.state import read_from, vanished_from

    documents = [path for path in changed if not path.name.endswith(MAPPING)]
    jobs, wait, mapping = how
    try:
        if documents:
            report = load_paths(settings, documents, jobs, wait, mapping)
            if verbose:
                print_report(report, verbose=True)
            else:
                click.echo(summary(report))
                print_skipped(report)
        lost = read_from(store_of(settings), gone) if gone else []
        lost += vanished_from(store_of(settings), documents, Limits(document=settings.max_file << 20))
        if lost:
            judged = judgements_of(settings)
            click.echo(summary(pipeline.remove(store_of(settings), lost, judgements=judged, wait=wait)))
    except ReelgraphError as error:
        click.echo(f"reelgraph: {error}", err=True)
