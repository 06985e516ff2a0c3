"""Checks of query files: each must load, and answer its own tests on the small graph that ships with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from reelgraph.errors import QueryError
from reelgraph.queries.catalogue import FOLDER, check_options
from reelgraph.queries.query import Case, Query
from reelgraph.queries.queryfile import read

_FIXTURE = "fixture.trig"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a query file, and where."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.message}"


@cache
def fixture() -> Store:
    """Return the graph the tests of the queries run on: a real film and invented ones."""
    store = Store()
    store.bulk_load(path=FOLDER / _FIXTURE, format=RdfFormat.TRIG)
    return store


def check(store: Store | None = None, folder: Path = FOLDER) -> Iterator[Problem]:
    """Yield what is wrong with the query files of a folder; their tests run on `store`, else on the fixture graph."""
    queries: dict[str, Query] = {}
    for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem):
        try:
            queries[path.stem] = read(path)
        except QueryError as error:
            yield _problem(path, error)
    for query in queries.values():
        try:
            check_options(query, queries)
        except QueryError as error:
            yield _problem(query.path, error)
        if not query.tests:
            yield Problem(query.path, 1, "no tests: give at least one, with rows or contains")
        for case in query.tests:
            yield from _failures(fixture() if store is None else store, query, case)


def _problem(path: Path, error: QueryError) -> Problem:
    line, _, message = str(error).removeprefix(f"{path.name}:").partition(": ")
    return Problem(path, int(line), message) if line.isdecimal() else Problem(path, 1, str(error))


def _failures(store: Store, query: Query, case: Case) -> Iterator[Problem]:
    try:
        rows = _rows(store, query, case)
    except (QueryError, ValueError, RuntimeError) as error:
        yield Problem(query.path, case.line, f"the query fails: {error}")
        return
    if case.rows is not None and len(rows) != case.rows:
        yield Problem(query.path, case.line, f"{len(rows)} rows instead of {case.rows}")
    for wanted in case.contains:
        if not any(_agrees(row, wanted) for row in rows):
            yield Problem(query.path, case.line, f"no row with {_shown(wanted)}; nearest: {_nearest(rows, wanted)}")
    for unwanted in case.lacks:
        if any(_agrees(row, unwanted) for row in rows):
            yield Problem(query.path, case.line, f"a row with {_shown(unwanted)}")


def _rows(store: Store, query: Query, case: Case) -> list[dict[str, str]]:
    answer = store.query(query.bind(case.params), use_default_graph_as_union=True)
    if isinstance(answer, QueryBoolean):
        return [{}] if answer else []
    if isinstance(answer, QueryTriples):
        return [{} for _ in answer]
    return list(_bound(answer))


def _bound(answer: QuerySolutions) -> Iterator[dict[str, str]]:
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        terms = {name: solution[name] for name in names}
        yield {name: term.value for name, term in terms.items() if isinstance(term, NamedNode | Literal)}


def _agrees(row: Mapping[str, str], wanted: Mapping[str, str | None]) -> bool:
    return all(row.get(name) == value for name, value in wanted.items())


def _nearest(rows: list[dict[str, str]], wanted: Mapping[str, str | None]) -> str:
    if not rows:
        return "there are no rows"
    best = max(rows, key=lambda row: sum(row.get(name) == value for name, value in wanted.items()))
    return _shown({name: best.get(name) for name in wanted})


def _shown(row: Mapping[str, str | None]) -> str:
    return "{" + ", ".join(f"{name}: {'unbound' if value is None else value}" for name, value in row.items()) + "}"
