"""The options and openings that the commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reelgraph.errors import ReelgraphError

if TYPE_CHECKING:
    from reelgraph.config import Settings
    from reelgraph.store import Snapshot, Store, StoredDocument

Command = TypeVar("Command", bound=Callable[..., object])


def store_option(command: Command) -> Command:
    """Give a command the option --store."""
    return click.option(
        "--store",
        "folder",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder of the store; else REELGRAPH_STORE, else one in your data directory.",
    )(command)


def wait_option(command: Command) -> Command:
    """Give a command the option --wait."""
    return click.option(
        "--wait",
        metavar="SECONDS",
        type=click.FloatRange(0),
        default=0.0,
        help="How long to wait while another process writes the store.  [default: 0]",
    )(command)


def settings_of(folder: Path | None, **flags: object) -> Settings:
    """The settings with the flags that were given on the command line."""
    from reelgraph.config import settings

    given = {"store": folder, **flags}
    return settings({name: str(value) for name, value in given.items() if value is not None})


def store_of(settings: Settings) -> Store:
    """The store the settings name."""
    from reelgraph.store import Store

    return Store(settings.store, settings.base, settings.keep)


def open_store(folder: Path | None) -> Store:
    """The store a command works on."""
    return store_of(settings_of(folder))


def format_option(command: Command) -> Command:
    """Give a command the option --format for rows."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv", "tsv"]),
        default="table",
        show_default=True,
        help="How the rows are written.",
    )(command)


def absolute(iri: str, base: str) -> str:
    """The IRI of a thing that may be written from its kind on, as the commands print it: `film/her-2013`."""
    return base + iri if "/" in iri and ":" not in iri.partition("/")[0] else iri


def counted(number: int, noun: str) -> str:
    """A number with what it counts: `1 row`, `2 rows`."""
    return f"{number} {noun}" if number == 1 else f"{number} {'queries' if noun == 'query' else noun + 's'}"


def find_document(snapshot: Snapshot, text: str) -> StoredDocument:
    """The stored document with this file name, IRI, or hash of which these are the first digits."""
    named = [document for document in snapshot.manifest.documents if text in document.names]
    if len(named) > 1:
        choices = ", ".join(document.sha256[:16] for document in named)
        raise ReelgraphError(f"{text}: {len(named)} documents have this name; give one of {choices}")
    digits = text.rpartition("/")[2].partition("-")[0].lower()
    found = named[0] if named else snapshot.document(digits)
    if found is None:
        raise ReelgraphError(f"{text}: no such document in the store; `reelgraph sources` lists them")
    return found


def find_snapshot(store: Store, text: str) -> Snapshot:
    """The snapshot with this id or number."""
    kept = store.snapshots()
    found = [one for one in kept if one.id == text or one.id.partition("-")[0].lstrip("0") == text.lstrip("0")]
    if not found:
        raise ReelgraphError(f"{text}: no such snapshot or file; snapshots are {', '.join(one.id for one in kept)}")
    return found[0]
