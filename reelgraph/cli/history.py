"""The commands about the states of the store: snapshots and rollback."""

from pathlib import Path

import click

from reelgraph.cli.options import counted, open_store, store_option, wait_option


@click.command(short_help="List the states that were kept.")
@store_option
def snapshots(folder: Path | None) -> None:
    """List the states of the store that were kept, newest first.

    \b
    Example:
      reelgraph snapshots
    """
    from reelgraph.cli.tables import print_table

    store = open_store(folder)
    current = store.current()
    rows = [
        [one.id, one.manifest.created, str(len(one.manifest.documents)), "current" if one.id == current else ""]
        for one in reversed(store.snapshots())
    ]
    print_table(["snapshot", "created", "documents", ""], rows)


@click.command(short_help="Go back to an older state.")
@click.argument("snapshot")
@store_option
@click.option("--whole", is_flag=True, help="Take back what was written over HTTP since, too.")
@wait_option
def rollback(snapshot: str, folder: Path | None, whole: bool, wait: float) -> None:
    """Make an older SNAPSHOT, given by its id or number, the current one; servers follow at once.

    Graphs written over HTTP since are carried over, for they come from no document; --whole takes them back, too.

    \b
    Example:
      reelgraph rollback 3
    """
    chosen = open_store(folder).rollback(snapshot, wait, whole=whole)
    documents = counted(len(chosen.manifest.documents), "document")
    click.echo(f"The store is at snapshot {chosen.id} now, with {documents}.")
