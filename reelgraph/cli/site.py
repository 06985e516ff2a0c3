"""The command that writes the server's pages as files: export-site."""

from pathlib import Path

import click

from reelgraph.cli.options import settings_of, store_of, store_option
from reelgraph.cli.tables import visible


@click.command("export-site", short_help="Write all pages as a static site.")
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@store_option
@click.option("--url", default="http://localhost/", help="Where the site is going to be.  [default: http://localhost/]")
def export_site(target: Path, folder: Path | None, url: str) -> None:
    """Write pages, Turtle and JSON-LD to DIR, for any web host: the same addresses as on the server, links intact.

    Search and SPARQL need the server; links to them lead to a page that says so.

    \b
    Example:
      reelgraph export-site site --url https://example.org/films/
      python -m http.server --directory site
    """
    from urllib.parse import urlsplit

    from reelgraph.server.twin import write

    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise click.BadParameter("must be a web address such as https://example.org/films/", param_hint="--url")
    settings = settings_of(folder)
    store_of(settings).snapshot()  # without a store there is nothing to write
    twin = write(settings, target, url)
    click.echo(f"{twin.files:,} files, {twin.bytes / 1e6:,.1f} MB", err=True)
    for path in twin.missing:
        click.echo(visible(f"{path}: linked, but not there"), err=True)
    if twin.missing:
        click.get_current_context().exit(1)
