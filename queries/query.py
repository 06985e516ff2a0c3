"""A canned query: its text with all that its header says, how values are bound to it, and how it is run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from reelgraph.errors import QueryError
from reelgraph.queries.lexer import tokens, values_blocks
from reelgraph.queries.parameters import Parameter

#: The base of entity IRIs that the files are written for.
DEFAULT_BASE = "https://w3id.org/reelgraph/id/"


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a query: with these values, so many rows, rows that must be there and rows that must not.

    In a wanted row None stands for an unbound column.
    """

    line: int
    params: Mapping[str, tuple[str, ...]]
    rows: int | None = None
    contains: tuple[Mapping[str, str | None], ...] = ()
    lacks: tuple[Mapping[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query. `text` is the whole file, `body` the SPARQL without the header, both for the configured base."""

    name: str
    title: str
    description: str
    text: str
    body: str
    form: str
    path: Path
    params: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] | None = None
    tags: tuple[str, ...] = ()
    view: str = "table"
    draw: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    limit: int = 100
    tests: tuple[Case, ...] = ()

    def param(self, name: str) -> Parameter:
        """Return a parameter by its name; an unknown one is a QueryError."""
        for parameter in self.params:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.params) or "none"
        raise QueryError(f"{self.name} has no parameter {name[:60]!a}; it has: {known}", name)

    def bind(self, values: Mapping[str, Sequence[str]] | None = None) -> str:
        """Return the SPARQL with these values in its VALUES blocks; empty ones are left out, so the default stays."""
        bound: dict[str, str] = {}
        for name, given in (values or {}).items():
            terms = self.param(name).terms([value for value in given if value != ""])
            if terms:
                bound[name] = " ".join(map(str, terms))
        if not bound:
            return self.body
        parts: list[str] = []
        position = 0
        for block in values_blocks(tokens(self.body)):
            if block.variable in bound:
                parts += [self.body[position : block.start], f" {bound[block.variable]} "]
                position = block.end
        return "".join([*parts, self.body[position:]])


def by_title(queries: Iterable[Query]) -> list[Query]:
    """Return queries as people look for them."""
    return sorted(queries, key=lambda query: (query.title.casefold(), query.name))


def run(store: Store, query: Query, values: Mapping[str, Sequence[str]] | None = None) -> QuerySolutions:
    """Return the rows of a SELECT query on the union of all graphs."""
    answer = store.query(query.bind(values), use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise QueryError(f"{query.name} is no SELECT query, it has no rows")
    return answer
