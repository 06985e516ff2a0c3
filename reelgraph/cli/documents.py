"""The commands about stored documents: sources and show."""

from pathlib import Path

import click

from reelgraph.cli.options import absolute, find_document, format_option, open_store, settings_of, store_option
from reelgraph.cli.tables import visible


@click.command(short_help="List the documents of the store.")
@store_option
@format_option
@click.option("--film", metavar="IRI", help="Only documents about this film.")
def sources(folder: Path | None, form: str, film: str | None) -> None:
    """List the documents of the store, also those found inside a file.

    \b
    Example:
      reelgraph sources --format csv
    """
    from reelgraph.cli.querying import answer
    from reelgraph.queries import catalogue

    settings = settings_of(folder)
    query = catalogue(settings.base)["sources"]
    answer(settings, query.bind({"film": [absolute(film, settings.base)]} if film else {}), form, query.columns or {})


@click.command(short_help="Show a document with its facts marked.")
@click.argument("document")
@store_option
def show(document: str, folder: Path | None) -> None:
    """Show a stored DOCUMENT with its facts marked: a file name, or the first digits of its hash.

    Each document found inside the file has its heading; the facts are in colours, or in brackets where there are none.

    \b
    Example:
      reelgraph show her-review.txt
    """
    from rich.console import Console
    from rich.text import Text

    from reelgraph.cli.marks import bracketed, coloured, marks, parts, styles

    store = open_store(folder)
    snapshot = store.snapshot()
    stored = find_document(snapshot, document)
    text = store.document(stored.sha256).text
    graph = snapshot.open()
    found = marks(graph, stored.sources)
    colours = styles(found)
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for part in parts(graph, stored.sources, len(text)):
        inside = [mark for mark in found if part.start <= mark.start and mark.end <= part.end]
        words = text[part.start : part.end]
        console.print(Text(visible(f"── {part.title} [{part.start}–{part.end}]"), style="bold"))
        if console.is_terminal:
            console.print(coloured(words, part.start, inside, colours))
        else:
            click.echo(bracketed(words, part.start, inside))
    console.print()
    for kind, colour in colours.items():
        console.print(Text(f"{sum(mark.kind == kind for mark in found):>5}  {kind}", style=colour))
