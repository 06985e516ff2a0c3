"""The commands that serve pages: serve and demo."""

from pathlib import Path

import click

from reelgraph.cli.options import settings_of, store_of, store_option

#: How many ports after the usual one `demo` tries when that is taken.
TRIES = 20
#: Seconds the server gets to start.
PATIENCE = 60


@click.command(short_help="Serve pages, SPARQL and exports.")
@store_option
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1), help="Queries that run at once.  [default: 2]")
@click.option("--deadline", type=click.FloatRange(0.1), help="Seconds a query may take.  [default: 30]")
@click.option("--memory", type=click.IntRange(0), help="Megabytes to hold the graph in memory; 0 is never.")
def serve(
    folder: Path | None,
    host: str | None,
    port: int | None,
    workers: int | None,
    deadline: float | None,
    memory: int | None,
) -> None:
    """Serve pages, SPARQL and exports of the store.

    A load that runs meanwhile shows as soon as it is complete; the server need not be restarted.

    \b
    Example:
      reelgraph serve --port 8080
      curl 'http://127.0.0.1:8080/queries/cast.csv'
    """
    start(folder, host, port, workers=workers, deadline=deadline, memory=memory)


@click.command(short_help="Serve the sample documents.")
@store_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: the first free from 8000]")
def demo(folder: Path | None, port: int | None) -> None:
    """Load the sample documents into a store of their own and serve it.

    \b
    Example:
      reelgraph demo
    """
    from importlib.resources import as_file, files

    import platformdirs

    from reelgraph.cli.loads import load_paths
    from reelgraph.cli.reporting import print_skipped, summary

    folder = folder or Path(platformdirs.user_cache_dir("reelgraph")) / "demo"
    with as_file(files("reelgraph") / "samples") as samples:
        report = load_paths(settings_of(folder), [samples])
    click.echo(summary(report))
    print_skipped(report)
    start(folder, "127.0.0.1", port or free_port())


@click.command(short_help="Make a token for writing over HTTP.")
@click.argument("name")
@click.option("--role", type=click.Choice(["read", "write", "admin"]), default="write", show_default=True)
def token(name: str, role: str) -> None:
    """Make a token called NAME; print it, and what to add to the settings, which know only its hash.

    \b
    Example:
      reelgraph token curator --role write
    """
    from reelgraph.access import Role, new

    secret, line = new(name, Role[role.upper()])
    click.echo(secret)
    click.echo(f'Give this token to its holder and add to the settings: tokens = "{line}"', err=True)


def start(folder: Path | None, host: str | None, port: int | None, **flags: float | None) -> None:
    """Serve until stopped, and say where the pages are as soon as they can be opened."""
    from threading import Thread

    from reelgraph.server.runner import serve as run

    settings = settings_of(folder, host=host, port=port, **flags)
    store_of(settings).snapshot().open()  # without a store that can be read there is nothing to serve
    Thread(target=announce, args=(settings.host, settings.port), daemon=True).start()
    run(settings)


def announce(host: str, port: int) -> None:
    """Print the page to open once the server answers."""
    import socket
    import time

    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    for _ in range(PATIENCE * 20):
        try:
            socket.create_connection((reached, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            shown = f"[{reached}]" if ":" in reached else reached
            click.echo(f"Open http://{shown}:{port}/  (Ctrl-C stops)")
            return


def free_port(first: int = 8000) -> int:
    """The first port from `first` on that nothing listens on."""
    import socket

    for port in range(first, first + TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return first
