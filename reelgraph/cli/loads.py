"""What the commands that change a store share: a load with its progress, the decisions of people, and the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelgraph.cli.options import store_of

if TYPE_CHECKING:
    from reelgraph.config import Settings
    from reelgraph.judgements import Judgement
    from reelgraph.reports import LoadReport


def load_paths(
    settings: Settings,
    paths: Iterable[str | Path],
    jobs: int | None = None,
    wait: float = 0,
    mapping: Path | None = None,
) -> LoadReport:
    """Load with a progress bar, and return the report."""
    from reelgraph import pipeline
    from reelgraph.archives import Limits
    from reelgraph.cli.reporting import progress
    from reelgraph.parallel import available, processes

    limits = Limits(document=settings.max_file << 20)
    with processes(jobs or available()) as executor, progress() as listener:
        return pipeline.load(
            store_of(settings),
            paths,
            listener,
            judgements=judgements_of(settings),
            executor=executor,
            wait=wait,
            limits=limits,
            mapping=mapping,
            layers=settings.layers,
        )


def judgements_of(settings: Settings) -> tuple[Judgement, ...]:
    """The decisions of people about who is who."""
    from reelgraph import judgements

    return judgements.known(settings)


def finish(report: LoadReport, *, verbose: bool) -> None:
    """Print the report and end with its exit code."""
    from reelgraph.cli.reporting import print_report

    print_report(report, verbose=verbose)
    if not report.ok:
        click.get_current_context().exit(1)
