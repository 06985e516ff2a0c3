"""The command line `reelgraph`: thin commands that import the library only when they run, so that help is quick."""

import click

from reelgraph import __version__
from reelgraph.cli.documents import show, sources
from reelgraph.cli.exchange import diff, export, validate
from reelgraph.cli.explaining import explain
from reelgraph.cli.history import rollback, snapshots
from reelgraph.cli.loading import load, loaders, remove
from reelgraph.cli.querying import check_queries, query
from reelgraph.cli.resolving import resolve
from reelgraph.cli.serving import demo, serve, token
from reelgraph.cli.site import export_site
from reelgraph.cli.tables import visible
from reelgraph.errors import ReelgraphError


class Commands(click.Group):
    """A group in which a problem with the data is one line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was asked for."""
        try:
            super().invoke(ctx)
            return
        except ReelgraphError as error:
            message = str(error)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise  # the reader of our output has enough; click ends quietly
            message = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
        click.echo(f"reelgraph: {visible(message)}", err=True)
        ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order one meets them."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="reelgraph")
def main() -> None:
    """Film documents in, a knowledge graph out in which every fact cites the exact words it came from.

    \b
    Example:
      reelgraph load her/*.txt
      reelgraph query cast
      reelgraph serve
    """


for command in (
    *(load, query, serve, demo, export, export_site, diff, sources, show, explain, remove),
    *(snapshots, rollback, resolve, validate, check_queries, loaders, token),
):
    main.add_command(command)
