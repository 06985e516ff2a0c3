"""Look-ups that are answered without a query process: which queries they are, and that nothing large is one."""

import json

import pyoxigraph
import pytest

from reelgraph.server import lookups
from reelgraph.server.worker import Task

E = "http://e.example/"
STORE = pyoxigraph.Store()
STORE.extend(
    pyoxigraph.Quad(
        pyoxigraph.NamedNode(f"{E}{n}"),
        pyoxigraph.NamedNode(f"{E}p"),
        pyoxigraph.Literal(f"name {n}"),
        pyoxigraph.NamedNode(f"{E}g{n % 2}"),
    )
    for n in range(3000)
)


def task(query: str, **more: object) -> Task:
    return Task(query, "json", "ttl", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (f"SELECT ?p ?o {{ <{E}1> ?p ?o }}", 1),
        (f"SELECT * WHERE {{ <{E}1> ?p ?o . }} #again", 1),
        (f'PREFIX e: <{E}> select ?s where {{ ?s e:p "name 7" }}', 1),
        (f"PREFIX e: <{E}>\nSELECT ?s {{ ?s a e:none }}", 0),
        ("SELECT * { ?s ?p ?o } LIMIT 5", 5),
    ],
)
def test_lookups_are_answered(query: str, rows: int) -> None:
    assert lookups.is_lookup(task(query))
    body = lookups.answer(STORE, task(query))
    assert body is not None
    assert len(json.loads(body)["results"]["bindings"]) == rows


def test_an_ask() -> None:
    for number, expected in ((1, True), (9999, False)):
        body = lookups.answer(STORE, task(f"ASK {{ <{E}{number}> ?p ?o }}"))
        assert body is not None
        assert json.loads(body)["boolean"] is expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x ?p ?x }",
        "SELECT * { ?s ?p ?o . ?o ?q ?r }",
        "SELECT * { ?s ?p ?o ; ?q ?r }",
        "SELECT DISTINCT ?p { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 5",
        "SELECT * { ?s ?p ?o } OFFSET 100000",
        "SELECT * FROM <http://e.example/g> { ?s ?p ?o }",
        "SELECT * { ?s <http://e.example/p>* ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o = 1) }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "ASK { <http://e.example/" + "x" * 5000 + "> ?p ?o }",
    ],
)
def test_whatever_could_last_is_no_lookup(query: str) -> None:
    assert not lookups.is_lookup(task(query))


def test_a_dataset_or_other_formats_are_no_lookup() -> None:
    query = f"SELECT ?p ?o {{ <{E}1> ?p ?o }}"
    for other in (task(query, union=False), task(query, default_graphs=[E]), Task(query, None, "ttl")):
        assert not lookups.is_lookup(other)


@pytest.mark.parametrize(
    "more",
    [{}, {"max_rows": 10}, {"max_bytes": 100}],
    ids=["too large for a look-up", "more rows than allowed", "more bytes than allowed"],
)
def test_what_turns_out_large_is_left_to_a_process(more: dict[str, int]) -> None:
    assert lookups.answer(STORE, task("SELECT * { ?s ?p ?o }", **more)) is None


def test_what_takes_long_is_left_to_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "_SECONDS", -1.0)
    assert lookups.answer(STORE, task("SELECT * { ?s ?p ?o } LIMIT 5")) is None


def test_mistakes_are_told_by_a_process() -> None:
    assert lookups.answer(STORE, task("SELECT * { e:x ?p ?o }")) is None
