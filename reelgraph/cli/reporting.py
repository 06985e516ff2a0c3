"""A load on the terminal: the progress bar while it runs, and the report when it has ended."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar

from reelgraph.cli.tables import visible
from reelgraph.reports import Listener, LoadReport, Progress

#: Lines of each section of the report unless all are wanted.
MOST = 20


@contextmanager
def progress() -> Iterator[Listener]:
    """Show documents, facts and rate on standard error, if that is a terminal."""
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} documents  {task.fields[facts]} facts  {task.fields[rate]}"),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    )
    with bar:
        task = bar.add_task("starting", total=None, facts=0, rate="")

        def listen(now: Progress) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{now.done / elapsed:.0f}/s" if elapsed > 1 and now.stage == "reading" else ""
            facts = now.facts or bar.tasks[0].fields["facts"]
            bar.update(task, description=now.stage, completed=now.done, total=now.total, facts=facts, rate=rate)

        yield listen


def print_report(report: LoadReport, *, verbose: bool) -> None:
    """Print what a load did: documents, facts per kind, and what was not understood; problems on standard error."""
    click.echo(summary(report))
    section("Facts", counted(report.facts), verbose=True)
    section("Of these, added by optional layers", counted(report.layers), verbose=True)
    section("Not understood: words the ontology has no concept for", counted(report.not_understood), verbose=verbose)
    found = [f"{one.name}: {one.issue.place}: {one.issue.message}" for one in report.issues]
    section("Warnings and notes", found, verbose=verbose)
    section("Against the shapes", counted(report.faults), verbose=verbose)
    section("Same name, different things", [str(one) for one in report.homonyms], verbose=verbose)
    section("Who is who", report.notes, verbose=verbose)
    print_skipped(report)


def print_skipped(report: LoadReport) -> None:
    """Print a line on standard error for each document that could not be used."""
    for problem in report.skipped:
        line = str(problem).replace("\n", "␤")
        click.echo(f"reelgraph: skipped {visible(line)}", err=True)


def summary(report: LoadReport) -> str:
    """The first line of the report."""
    counts = {
        "loaded": len(report.loaded),
        "replaced": len(report.replaced),
        "removed": len(report.removed),
        "unchanged": len(report.unchanged),
        "skipped": len(report.skipped),
    }
    done = ", ".join(f"{number} {what}" for what, number in counts.items() if number) or "none"
    if not report.changed:
        return f"Documents: {done}. Nothing new, nothing written."
    read = counts["loaded"] + counts["replaced"]
    rate = f" ({read / max(report.seconds, 0.001):.0f} documents/s)" if read > 1 else ""
    return f"Documents: {done}, in {report.seconds:.1f} s{rate}. The store is at snapshot {report.snapshot}."


def counted(counts: Mapping[str, int]) -> list[str]:
    """A line for each count."""
    width = max((len(str(number)) for number in counts.values()), default=0)
    return [f"{number:>{width}}  {name}" for name, number in counts.items()]


def section(title: str, lines: Iterable[str], *, verbose: bool) -> None:
    """Print a section of the report, unless it is empty."""
    shown = list(lines)
    if not shown:
        return
    click.echo(f"\n{title}")
    for line in shown if verbose else shown[:MOST]:
        click.echo(f"  {visible(line)}")
    if not verbose and len(shown) > MOST:
        click.echo(f"  and {len(shown) - MOST} more; --verbose shows all")
