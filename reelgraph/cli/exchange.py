"""The commands that take the graph out and hold it against something: export, diff, validate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelgraph.cli.options import absolute, counted, find_document, find_snapshot, open_store, store_option
from reelgraph.cli.tables import visible

if TYPE_CHECKING:
    import pyoxigraph

    from reelgraph.store import Store

FORMATS = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")


@click.command(short_help="Write the graph, or a part, in any format.")
@store_option
@click.option("--format", "form", type=click.Choice(FORMATS), help="How it is written.  [default: as FILE's name says]")
@click.option("--source", metavar="DOCUMENT", help="Only what one document says: a file name, hash or IRI.")
@click.option(
    "--entity", metavar="IRI", help="Only what is said of one thing; from its kind on is enough: film/her-2013."
)
@click.option("--output", "-o", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
def export(folder: Path | None, form: str | None, source: str | None, entity: str | None, output: Path | None) -> None:
    """Write the graph: all of it, what one document says, or what is said of one thing.

    The same documents give the same bytes, whatever the machine and the order they were loaded in.

    \b
    Example:
      reelgraph export -o films.ttl
      reelgraph export --entity film/her-2013 --format jsonld
    """
    from reelgraph import excerpts
    from reelgraph.export import FORMATS as KNOWN
    from reelgraph.export import export as write
    from reelgraph.export import graphs
    from reelgraph.iris import document

    if source and entity:
        raise click.UsageError("--source and --entity do not go together")
    if output and not output.absolute().parent.is_dir():
        raise click.UsageError(f"--output {output}: there is no folder {output.parent}")
    store = open_store(folder)
    snapshot = store.snapshot()
    graph = snapshot.open()
    names: list[str] | None = graphs(graph, store.base)
    if entity:
        graph, names = excerpts.entity(graph, absolute(entity, store.base), store.base), None
    elif source:
        is_iri = source.startswith(store.base)
        iri = source if is_iri else document(store.base, find_document(snapshot, source).sha256)
        graph, names = excerpts.source(graph, iri, store.base), None
    suffix = output.suffix.removeprefix(".") if output else ""
    chosen = form or (KNOWN[suffix].name if suffix in KNOWN else "turtle")
    with click.open_file(str(output or "-"), "w", encoding="utf-8", atomic=output is not None) as file:
        file.writelines(write(graph, chosen, names, store.base))


@click.command(short_help="Compare two states of the graph.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@store_option
def diff(before: str, after: str, folder: Path | None) -> None:
    """Compare what A and B say; each is a snapshot's id or number, an RDF file, or the folder of a store.

    Facts gained begin with +, facts lost with -, facts that changed with ~; how they are evidenced does not matter.

    \b
    Example:
      reelgraph diff 1 2
      reelgraph diff before.ttl after.ttl
    """
    from reelgraph.diff import diff as compare

    store = open_store(folder)
    found = compare(state(store, before), state(store, after), store.base)
    for line in found.lines():
        click.echo(visible(line))
    if not found:
        click.echo("No difference.", err=True)


def state(store: Store, text: str) -> pyoxigraph.Store:
    """The graph that is meant by a snapshot's id or number, a file or a store's folder."""
    from reelgraph.diff import read_graph
    from reelgraph.store import Store

    path = Path(text)
    if path.is_file():
        return read_graph(path)
    if path.is_dir():
        return Store(path, store.base).snapshot().open()
    return find_snapshot(store, text).open()


@click.command(short_help="Check the graph against the ontology's shapes.")
@store_option
def validate(folder: Path | None) -> None:
    """Check what each document says against the shapes of the ontology; the exit code is 1 if something is wrong.

    \b
    Example:
      reelgraph validate
    """
    from pyoxigraph import NamedNode

    from reelgraph.validation import validate as faults

    snapshot = open_store(folder).snapshot()
    graph = snapshot.open()
    wrong = warned = 0
    for document in snapshot.manifest.documents:
        for source in document.sources:
            for fault in faults(graph.quads_for_pattern(None, None, None, NamedNode(source))):
                is_wrong = fault.severity == "violation"
                wrong, warned = wrong + is_wrong, warned + (not is_wrong)
                place = " ".join(part for part in (fault.focus, fault.path, fault.value) if part)
                click.echo(visible(f"{document.names[0]}: {fault.severity}: {place}: {fault.message}"))
    documents = counted(len(snapshot.manifest.documents), "document")
    click.echo(f"{documents}, {counted(wrong, 'violation')}, {counted(warned, 'warning')}", err=True)
    if wrong:
        click.get_current_context().exit(1)
