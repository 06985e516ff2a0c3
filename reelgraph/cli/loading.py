"""The commands that change what is in the store: load and remove; and loaders, which lists what can be loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from reelgraph.cli.loads import finish, judgements_of, load_paths
from reelgraph.cli.options import settings_of, store_of, store_option, wait_option

verbose_option = click.option("--verbose", "-v", is_flag=True, help="Report every warning, not only the first ones.")

mapping_option = click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mapping file (YAML) that says what the columns or keys of CSV, TSV, JSON mean.",
)


@click.command(short_help="Load files, folders, archives, standard input.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, allow_dash=True))
@store_option
@click.option(
    "--jobs", "-j", type=click.IntRange(1), help="Processes that read much.  [default: as many as processors]"
)
@mapping_option
@click.option("--watch", is_flag=True, help="Look for changes every few seconds and load them, until Ctrl-C.")
@wait_option
@verbose_option
def load(
    paths: Sequence[str],
    folder: Path | None,
    jobs: int | None,
    mapping: Path | None,
    watch: bool,
    wait: float,
    verbose: bool,
) -> None:
    """Load documents: files, folders, archives (.zip, .tar.gz), and - for standard input.

    What is in the store already is not read again. What cannot be used is reported and the rest is loaded; then the
    exit code is 1. Tables and JSON whose headings do not tell what is in them need a mapping file: --mapping, or
    data.csv.map.yml beside data.csv.
    A parser, a classifier or a language model reads plain text, too, if the settings nlp, ml or llm name one.

    \b
    Example:
      reelgraph load her/*.txt pages.zip
      reelgraph load films.csv --mapping films.map.yml
      reelgraph load --watch ~/films
    """
    settings = settings_of(folder)
    if watch:
        from reelgraph.cli.watching import watch_paths

        watch_paths(settings, paths, jobs, wait, mapping, verbose=verbose)
        return
    finish(load_paths(settings, paths, jobs, wait, mapping), verbose=verbose)


@click.command(short_help="Remove documents and what came only from them.")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@store_option
@wait_option
@verbose_option
def remove(documents: Sequence[str], folder: Path | None, wait: float, verbose: bool) -> None:
    """Remove DOCUMENTs, given by file name or the first digits of their hash, with all that came only from them.

    \b
    Example:
      reelgraph remove her-review.txt
    """
    from reelgraph import pipeline
    from reelgraph.cli.reporting import progress

    chosen = settings_of(folder)
    with progress() as listener:
        report = pipeline.remove(store_of(chosen), documents, listener, judgements=judgements_of(chosen), wait=wait)
    finish(report, verbose=verbose)


@click.command(short_help="List the kinds of documents understood.")
def loaders() -> None:
    """List the kinds of documents that are understood, in the order they are tried.

    \b
    Example:
      reelgraph loaders
    """
    from reelgraph.cli.tables import print_table
    from reelgraph.loaders import loaders as known

    print_table(["loader", "priority", "reads"], [[one.NAME, str(one.PRIORITY), one.DESCRIPTION] for one in known()])
    click.echo(
        "\nAlso inside of archives (zip, tar, gzip), SQLite databases, e-mails and pages saved as MHTML; with "
        "reelgraph[archives]\nof web archives (WARC, WACZ), with reelgraph[sheets] of spreadsheets."
    )
