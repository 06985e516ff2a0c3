"""The commands about queries: query and check-queries."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelgraph.cli.options import absolute, counted, format_option, settings_of, store_of, store_option
from reelgraph.cli.tables import visible
from reelgraph.errors import QueryError

if TYPE_CHECKING:
    import pyoxigraph

    from reelgraph.config import Settings
    from reelgraph.queries import Query


def parameters(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, list[str]]:
    """The values of each parameter, from NAME=VALUE."""
    values: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE")
        values.setdefault(name, []).append(value)
    return values


@click.command(short_help="Answer a canned query or SPARQL.")
@click.argument("asked", metavar="FILE|NAME|-")
@click.option("--param", "-p", "values", metavar="NAME=VALUE", multiple=True, callback=parameters, help="A parameter.")
@store_option
@format_option
def query(asked: str, values: dict[str, list[str]], folder: Path | None, form: str) -> None:
    """Answer a canned query by its NAME, or SPARQL from a FILE or from standard input.

    A file that has a header like the canned ones takes parameters too; IRIs may be given from their kind on. A graph
    is written as Turtle. The usual prefixes (schema, film, rdfs, ...) need no declaration.

    \b
    Example:
      reelgraph query cast -p film=film/her-2013 --format csv
      echo 'SELECT * { ?film a schema:Movie }' | reelgraph query -
    """
    settings = settings_of(folder)
    text, titles = sparql(asked, values, settings.base)
    answer(settings, text, form, titles)


def sparql(asked: str, values: Mapping[str, Sequence[str]], base: str) -> tuple[str, Mapping[str, str]]:
    """The query that is meant by a name, a file or -, with these values, and the titles of a canned query's columns."""
    from reelgraph.queries import catalogue, read
    from reelgraph.server.guard import check_query

    path, named = Path(asked), catalogue(base)
    text = "" if asked in named else script(asked, named)
    if asked in named or (asked != "-" and text.startswith("#+")):
        query = named[asked] if asked in named else read(path, base)
        full = {name: _full(query, name, given, base) for name, given in values.items()}
        return query.bind(full), query.columns or {}
    if values:
        raise click.UsageError("--param goes with a canned query, or a file with a header like theirs")
    check_query(text)
    return text, {}


def _full(query: Query, name: str, given: Sequence[str], base: str) -> Sequence[str]:
    """The values of a parameter, IRIs in full."""
    return [absolute(value, base) for value in given] if query.param(name).type == "iri" else given


def script(asked: str, known: Iterable[str]) -> str:
    """The text of a file or of standard input."""
    if asked == "-":
        return sys.stdin.read()
    if not Path(asked).is_file():
        raise QueryError(f"{asked}: neither a file nor one of the queries {', '.join(sorted(known))}")
    return Path(asked).read_text(encoding="utf-8")


def answer(settings: Settings, text: str, form: str, titles: Mapping[str, str]) -> None:
    """Write the answer of a query on the store."""
    import pyoxigraph

    from reelgraph.ontology import PREFIXES

    store = store_of(settings).snapshot().open()
    try:
        result = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(mistaken(text, error)) from error
    if isinstance(result, pyoxigraph.QueryTriples):
        result.serialize(sys.stdout.buffer, pyoxigraph.RdfFormat.TURTLE)
    elif form != "table":
        formats = pyoxigraph.QueryResultsFormat
        result.serialize(sys.stdout.buffer, {"json": formats.JSON, "csv": formats.CSV, "tsv": formats.TSV}[form])
    elif isinstance(result, pyoxigraph.QueryBoolean):
        click.echo("true" if result else "false")
    else:
        print_solutions(result, titles, settings.base)


def mistaken(text: str, error: SyntaxError) -> str:
    """Where a query is malformed, and why."""
    from pyoxigraph import Store

    from reelgraph.ontology import PREFIXES
    from reelgraph.server.syntax import mistake

    def parse(part: str) -> str | None:
        try:
            Store().query(part, prefixes=dict(PREFIXES))
        except SyntaxError as other:
            return str(other)
        return None

    return str(mistake(text, str(error), parse, PREFIXES))


def print_solutions(solutions: pyoxigraph.QuerySolutions, titles: Mapping[str, str], base: str) -> None:
    """Print rows as a table."""
    from reelgraph.cli.rows import readable
    from reelgraph.cli.tables import print_table

    names = [variable.value for variable in solutions.variables]
    rows = [[getattr(term, "value", str(term or "")) for term in solution] for solution in solutions]
    if not titles:
        print_table(names, rows)
        return
    table = readable(names, rows, titles, base)
    print_table(table.titles, table.cells)
    hint = f" from {table.total}; --format csv has every quote" if table.total > len(table.cells) else ""
    click.echo(f"{counted(len(table.cells), 'row')}{hint}", err=True)


@click.command("check-queries", short_help="Run the tests of the canned queries.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check_queries(folder: Path | None) -> None:
    """Check the canned queries, or those in FOLDER: header, syntax, and the tests in each file.

    \b
    Example:
      reelgraph check-queries
    """
    from reelgraph.queries import FOLDER, check

    chosen = folder or FOLDER
    problems = [str(problem) for problem in check(folder=chosen)]
    for problem in problems:
        click.echo(visible(problem))
    found = len(list(chosen.glob("*.rq")))
    click.echo(f"{counted(found, 'query')}, {counted(len(problems), 'problem')}", err=True)
    if problems:
        click.get_current_context().exit(1)
