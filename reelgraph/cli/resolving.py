"""The command resolve: what may be the same, with evidence, and the decisions of people about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from reelgraph.cli.loads import finish
from reelgraph.cli.options import absolute, counted, settings_of, store_of, store_option, wait_option
from reelgraph.cli.tables import visible
from reelgraph.errors import ReelgraphError

if TYPE_CHECKING:
    from reelgraph.config import Settings
    from reelgraph.identity import Resolution
    from reelgraph.model import Extraction
    from reelgraph.proposals import Proposal
    from reelgraph.store import Store

_QUOTES = """
PREFIX film: <https://w3id.org/reelgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT ?quote ?file WHERE {{
  {{ ?node ?property <{iri}> }} UNION {{ <{iri}> ?link ?node }}
  ?node film:evidence ?evidence . ?evidence oa:hasSource ?source ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL {{ ?source film:file ?file }}
}} ORDER BY ?quote LIMIT 3
"""


@click.command(short_help="List what may be the same, and decide it.")
@store_option
@click.option(
    "--judgements", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="File of decisions."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(["film", "person", "organization", "award"]))
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many pairs.")
@click.option("--same", nargs=2, multiple=True, metavar="IRI IRI", help="Decide that two are one thing.")
@click.option("--different", nargs=2, multiple=True, metavar="IRI IRI", help="Decide that two are two things.")
@click.option("--decisions", type=click.File(encoding="utf-8"), help="File of decisions to add; - is standard input.")
@click.option("--reason", default="", help="Why, kept with the decisions.")
@click.option("--ask", is_flag=True, help="Ask about each pair.")
@wait_option
def resolve(
    folder: Path | None,
    judgements: Path | None,
    kinds: Sequence[str],
    limit: int,
    same: Sequence[tuple[str, str]],
    different: Sequence[tuple[str, str]],
    decisions: TextIO | None,
    reason: str,
    ask: bool,
    wait: float,
) -> None:
    """List pairs of things that may be the same, with the words that name them, and decide.

    Decisions are lines in the judgements file (--judgements, else the setting, else judgements.txt in the store); the
    graph is derived anew from them. IRIs may be given from their kind on.

    \b
    Example:
      reelgraph resolve --kind person
      reelgraph resolve --same person/t-j-miller person/tj-miller --reason "one actor"
      reelgraph resolve --decisions my-decisions.txt
      reelgraph resolve --ask
    """
    settings = settings_of(folder, judgements=None if judgements is None else judgements.absolute())
    lines: list[tuple[str, ...]] = [("same", *pair, reason) for pair in same]
    lines += [("different", *pair, reason) for pair in different]
    _check(settings, [*(iri for pair in same for iri in pair), *(pair[0] for pair in different)])
    lines += [(line,) for line in decisions or () if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        lines = list(_shown(settings, kinds, limit, ask=ask))
    if lines:
        _decide(settings, [" ".join(" ".join(line).split()) for line in lines], wait)


def _check(settings: Settings, iris: Sequence[str]) -> None:
    """Refuse a name that nothing in the graph has, so that a typing error does not stay in the file."""
    from pyoxigraph import NamedNode

    from reelgraph import judgements
    from reelgraph.ontology import term

    if not iris:
        return
    graph = store_of(settings).snapshot().open()
    judged = {iri for one in judgements.known(settings) for iri in (one.one, one.other)}
    for iri in (absolute(iri.strip("<>"), settings.base) for iri in iris):
        known = iri in judged or (
            iri.startswith(settings.base) and any(graph.quads_for_pattern(NamedNode(iri), term("rdfs:label"), None))
        )
        if not known:
            raise ReelgraphError(f"{iri}: nothing in the graph is called so; its page shows how a thing is called")


def _shown(settings: Settings, kinds: Sequence[str], limit: int, *, ask: bool) -> Iterator[tuple[str, ...]]:
    """Print the pairs, and yield what is decided when asked."""
    from reelgraph import identity, judgements
    from reelgraph.proposals import proposals

    store = store_of(settings)
    judged = judgements.known(settings) if judgements.location(settings).exists() else ()
    resolution = identity.resolve(_extractions(store), settings.base, judged)
    found = proposals(resolution, judged, kinds or ("film", "person", "organization", "award"))
    for number, proposal in enumerate(found[:limit], 1):
        _print(number, proposal, resolution, store)
        if ask:
            answer = click.prompt("[s]ame, [d]ifferent, [n]ext, [q]uit", type=click.Choice("sdnq"), show_choices=False)
            if answer == "q":
                return
            if answer in "sd":
                why = click.prompt("reason", default="", show_default=False)
                yield {"s": "same", "d": "different"}[answer], proposal.one, proposal.other, why
    if not found:
        click.echo("Nothing to decide.")
    elif len(found) > limit and not ask:
        click.echo(f"{len(found) - limit} more; --limit shows them.")


def _extractions(store: Store) -> Iterator[tuple[str, Extraction]]:
    """The facts of all documents, from the cache."""
    from reelgraph import extractions

    for stored in store.snapshot().manifest.documents:
        data = store.facts(stored.sha256, stored.facts)
        if data is None:
            raise ReelgraphError(f"{stored.names[0]}: its facts are not in the cache; load it again")
        yield stored.sha256, extractions.loads(data)


def _print(number: int, proposal: Proposal, resolution: Resolution, store: Store) -> None:
    """Print a pair: each with name, year, identifiers, and words that name it."""
    click.echo(visible(f"{number}. {proposal.kind}, {proposal.score}: {proposal.reason}"))
    graph = store.snapshot().open()
    for iri in (proposal.one, proposal.other):
        entity = resolution.entities.get(iri)
        year = f" ({entity.year})" if entity and entity.year else ""
        ids = f" [{', '.join(entity.ids)}]" if entity and entity.ids else ""
        click.echo(visible(f"   {iri.removeprefix(resolution.base)}{year}{ids}"))
        rows = graph.query(_QUOTES.format(iri=iri), use_default_graph_as_union=True)
        for row in rows:  # type: ignore[union-attr]
            file = row["file"]
            quote = " ".join(row["quote"].value.split())[:120]
            click.echo(visible(f"      “{quote}”" + (f"  {file.value}" if file is not None else "")))


def _decide(settings: Settings, lines: Sequence[str], wait: float) -> None:
    """Append decisions to the file, after checking them, and derive the graph anew."""
    from reelgraph import judgements, pipeline
    from reelgraph.cli.reporting import progress

    judgements.add(settings, lines)
    path = judgements.location(settings)
    click.echo(f"{counted(len(lines), 'decision')} written to {path}.")
    with progress() as listener:
        report = pipeline.load(
            store_of(settings), [], listener, judgements=judgements.read(path, settings.base), wait=wait
        )
    finish(report, verbose=False)
