"""What two states of the graph say differently: facts gained, lost and changed, with the documents that state them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store

from reelgraph.config import DEFAULT_BASE
from reelgraph.errors import StoreError
from reelgraph.telling import Statement, Teller

Graph = NamedNode | BlankNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that has another value, or other sources, than before."""

    before: Statement
    after: Statement

    def __str__(self) -> str:
        if self.before.value == self.after.value:
            return f"{self.after.fact} [{'; '.join(self._sources())}]"
        sources = f" [{_listed(self.before)} -> {_listed(self.after)}]"
        return f"{self.before.fact} -> {self.after.value}{sources}"

    def _sources(self) -> Iterator[str]:
        """Yield the sources that are new, then those that are gone."""
        before, after = set(self.before.sources), set(self.after.sources)
        for words, names in (("now in", after - before), ("no longer in", before - after)):
            if names:
                yield f"{words} {', '.join(sorted(names))}"


@dataclass(frozen=True, slots=True)
class Diff:
    """The facts only the second state has, only the first has, and those that changed between them, each in order."""

    gained: tuple[Statement, ...] = ()
    lost: tuple[Statement, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)

    def lines(self) -> Iterator[str]:
        """Yield one line for each fact: `+` gained, `-` lost, `~` changed."""
        found = [(one.order, f"- {one.fact} [{_listed(one)}]") for one in self.lost]
        found += [(one.order, f"+ {one.fact} [{_listed(one)}]") for one in self.gained]
        found += [(one.before.order, f"~ {one}") for one in self.changed]
        yield from (line for _, line in sorted(found))


@dataclass(slots=True)
class _Found:
    """The differences while they are gathered."""

    gained: list[Statement] = field(default_factory=list)
    lost: list[Statement] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    def compare(self, before: Mapping[str, Statement], after: Mapping[str, Statement]) -> None:
        """Add what the two states say differently about one property of one subject."""
        lost = [one for value, one in before.items() if value not in after]
        gained = [one for value, one in after.items() if value not in before]
        both = [Change(one, after[value]) for value, one in before.items() if value in after]
        self.changed += [change for change in both if change.before.sources != change.after.sources]
        for one in sorted(lost, key=lambda one: one.order):
            other = _successor(one, gained, alone=len(lost) == len(gained) == 1)
            if other is None:
                self.lost.append(one)
            else:
                gained.remove(other)
                self.changed.append(Change(one, other))
        self.gained += gained


def diff(before: Store, after: Store, base: str = DEFAULT_BASE) -> Diff:
    """Return what two graphs, of snapshots or from files, say differently; how it is evidenced does not matter."""
    old, new = Teller(before, base), Teller(after, base)
    graphs = _differing(before, after, base)
    topics = {*old.topics(_missing(before, after, graphs)), *new.topics(_missing(after, before, graphs))}
    found = _Found()
    for subject, predicate in topics:
        found.compare(old.statements(subject, predicate), new.statements(subject, predicate))
    return Diff(
        tuple(sorted(found.gained, key=lambda one: one.order)),
        tuple(sorted(found.lost, key=lambda one: one.order)),
        tuple(sorted(found.changed, key=lambda one: one.before.order)),
    )


def read_graph(path: Path) -> Store:
    """Return the graph in an RDF file, in memory."""
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise StoreError(
            f"{path}: not the name of an RDF file; give a snapshot's id or a .ttl, .nt, .nq, .trig or .rdf"
        )
    store = Store()
    try:
        store.bulk_load(path=path, format=form)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: cannot read the graph: {error}") from error
    return store


def _differing(before: Store, after: Store, base: str) -> list[Graph]:
    """Return the graphs, vocabulary aside, that are not the same in both; comparing their dumps is the quickest way."""
    names = {*before.named_graphs(), *after.named_graphs()} - {NamedNode(f"{base}graph/vocabulary")}
    return [name for name in (DefaultGraph(), *names) if _dump(before, name) != _dump(after, name)]


def _dump(store: Store, graph: Graph) -> bytes | None:
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)


def _missing(store: Store, other: Store, graphs: Iterable[Graph]) -> Iterator[Quad]:
    """Yield the triples of these graphs of a store that are in no graph of the other."""
    for graph in graphs:
        for quad in store.quads_for_pattern(None, None, None, graph):
            if next(other.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is None:
                yield quad


def _successor(one: Statement, others: Iterable[Statement], *, alone: bool) -> Statement | None:
    """Return the statement that takes another's place: the only one, or one that shares half of what it says."""
    scored = [(len(one.parts & other.parts), other) for other in others]
    fitting = [(score, other) for score, other in scored if alone or 2 * score >= max(len(one.parts), len(other.parts))]
    return max(fitting, key=lambda pair: (pair[0], pair[1].order))[1] if fitting else None


def _listed(statement: Statement) -> str:
    return ", ".join(statement.sources) or "no document"
