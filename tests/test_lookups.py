"""Look-ups that are answered without a query process: which queries they are, and that nothing large is one."""

import json
from itertools import product

import pyoxigraph
import pytest

from reelgraph.server import lookups, stars
from reelgraph.server.limits import Limits
from reelgraph.server.serializers import RESULT_FORMATS
from reelgraph.server.stars import Bounds

E = "http://e.example/"
P = f"PREFIX e: <{E}> "


def node(name: object) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(f"{E}{name}")


def quads() -> list[pyoxigraph.Quad]:
    """Things with names, some made by one maker, more of a kind, and one with many parts."""
    facts: list[tuple[str, str, object]] = []
    for number in range(3000):
        facts.append((f"t{number}", "name", pyoxigraph.Literal(f"name {number}")))
        facts.append((f"t{number}", "kind", node(f"kind{number % 10}")))
        facts.append((f"t{number}", "maker", node(f"maker{number // 20}")))
    facts += [("whole", "part", node(f"t{number}")) for number in range(40)]
    facts += [("hub", "near", node(f"t{number}")) for number in range(300)]
    facts += [("t7", "note", pyoxigraph.Literal(f"note {number}")) for number in range(190)]
    facts += [("t8", "word", pyoxigraph.Literal("mot", language="fr"))]
    return [
        pyoxigraph.Quad(node(one), node(two), last, node(f"g{place % 2}"))  # type: ignore[arg-type]
        for place, (one, two, last) in enumerate(facts)
    ]


STORE = pyoxigraph.Store()
STORE.extend(quads())


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time."""
    monkeypatch.setattr(lookups, "_SECONDS", 60.0)


def answer(query: str, name: str = "json", limits: Limits | None = None) -> bytes | None:
    found = lookups.found(query)
    assert found is not None
    return lookups.answer(STORE, found, name, limits or Limits(), f"{E}base/", Bounds())


def engine(query: str, name: str = "json") -> bytes:
    results = STORE.query(query, base_iri=f"{E}base/", use_default_graph_as_union=True)
    return results.serialize(format=RESULT_FORMATS[name]) or b""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (f"SELECT ?p ?o {{ <{E}t1> ?p ?o }}", 3),
        (f"SELECT * WHERE {{ <{E}t1> ?p ?o . }} #again", 3),
        (f'{P} select ?s where {{ ?s e:name "name 7" }}', 1),
        (f"{P}\nSELECT ?s {{ ?s a e:none }}", 0),
        ("SELECT * { ?s ?p ?o } LIMIT 5", 5),
        (f"{P} SELECT ?t ?n {{ ?t e:maker e:maker3 ; e:name ?n }}", 20),
        (f"{P} SELECT * {{ ?t e:name ?n . ?t e:maker e:maker3 . }} LIMIT 7", 7),
        (f"{P} SELECT * {{ e:whole e:part ?t . ?t e:name ?n }}", 40),
        (f"{P} SELECT ?t {{ ?t e:maker e:maker3 ; e:name 'x' }}".replace("'", '"'), 0),
        (f"{P} SELECT * {{ ?t e:maker e:maker0 ; e:note ?n }}", 190),
        (f"{P} SELECT * {{ ?t e:maker e:maker3 ; e:name ?n ; e:kind ?k ; e:none ?x }}", 0),
        (f"{P} SELECT * {{ ?t e:maker e:maker3 ; e:name ?n . e:whole e:part ?t }}", 0),
        (f"{P} SELECT * {{ ?t e:maker e:maker1 ; e:name ?n . e:whole e:part ?t }}", 20),
    ],
)
def test_lookups_are_answered_as_the_engine_does(query: str, rows: int) -> None:
    body = answer(query)
    assert body == engine(query)
    assert len(json.loads(body)["results"]["bindings"]) == rows


@pytest.mark.parametrize(
    "pattern",
    [
        f"<{E}t1> ?p ?o",
        f"<{E}t9999> ?p ?o",
        f"<{E}t1> e:kind e:kind1",
        f"<{E}t1> e:kind e:kind2",
        f'<{E}t1> <{E}name> "name 1"',
        '?x e:word "mot"',
        '?x e:word "mot"@fr',
        '?x e:word "mot"@FR',
        "?x a e:kind1",
        "<../t1> e:kind ?k",
        f"<{E}base/../t1> e:kind ?k",
        f"<{E}t1> ?p e:kind1",
        "?s ?p ?o",
        "e:t1 e:maker ?m ; e:kind ?k",
        "?t e:maker e:maker1 ; e:name ?n",
        '?t e:maker e:maker1 ; e:name "name 21"',
        '?t e:maker e:maker1 ; e:name "name 1"',
        "?t e:maker e:maker1 ; e:kind e:kind1",
    ],
)
@pytest.mark.parametrize("name", ["json", "xml"])
def test_whether_there_is_any(pattern: str, name: str) -> None:
    query = f"{P} ASK {{ {pattern} }} #1"
    given = answer(query, name)
    assert given in (engine(query, name), None)
    assert (given is None) == ("; e:kind" in pattern)


def test_the_last_of_two_prefixes_counts() -> None:
    query = f"PREFIX e: <http://other.example/> {P} ASK {{ e:t1 e:kind e:kind1 }}"
    assert answer(query) == engine(query) == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x ?p ?x }",
        "SELECT DISTINCT ?p { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 5",
        "SELECT * { ?s ?p ?o } OFFSET 100000",
        "SELECT * FROM <http://e.example/g> { ?s ?p ?o }",
        "SELECT * { ?s <http://e.example/p>* ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o = 1) }",
        "SELECT * { ?s e:maker e:maker1 ; e:name ?n FILTER(?n > 1) }",
        "SELECT * { ?s e:maker e:maker1 OPTIONAL { ?s e:name ?n } }",
        "SELECT DISTINCT ?n { ?s e:maker e:maker1 ; e:name ?n }",
        "SELECT * { ?s e:maker e:maker1 ; e:name ?n } ORDER BY ?n",
        "SELECT * { ?s e:maker e:maker1 , e:maker2 }",
        "SELECT * { ?s e:maker e:maker1 ; e:part/e:name ?n }",
        "SELECT * { ?s e:maker [] ; e:name ?n }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "SELECT * { ?s e:a ?b " + "; e:a ?b " * 8 + "}",
        "SELECT * { ?s e:a e:b.e:c ?d ?e }",
        "ASK { <http://e.example/" + "x" * 5000 + "> ?p ?o }",
    ],
)
def test_whatever_could_last_is_no_lookup(query: str) -> None:
    assert lookups.found(query) is None


@pytest.mark.parametrize(
    "patterns",
    [
        "?s ?p ?o . ?o ?q ?r",
        "?s ?p ?o ; ?q ?r",
        "?t e:name ?n ; e:kind ?k",
        "?t e:kind e:kind1 ; e:name ?n",
        "?t e:kind e:kind1 ; e:maker e:maker1",
        "e:hub e:near ?t . ?t e:name ?n",
        "?t e:maker e:maker1 ; ?p ?o",
        "?t e:maker e:maker1 . ?u e:name ?n",
        "?t e:maker e:maker1 . ?u e:name ?t",
        "?t e:maker e:maker1 ; e:name ?n ; e:kind ?n",
        "?t e:maker e:maker1 ; e:name ?t",
        "e:t1 ?t e:kind1 . ?t e:name ?n",
        "?t e:maker e:maker0 ; e:note ?a ; e:note ?b",
        "?t e:maker e:maker0 ; e:note ?a . e:whole e:part ?t",
        '?t e:maker e:maker1 ; e:name "a"@en',
        "?t e:maker f:maker1 ; e:name ?n",
        "?t e:maker <maker1> ; e:name ?n",
    ],
    ids=[
        "nothing to begin with",
        "any predicate",
        "no anchor",
        "an anchor with many",
        "one of two anchors with many",
        "an anchor with many objects",
        "an anchor and any predicate",
        "two things apart",
        "the centre is an object behind its anchor",
        "an object twice",
        "the centre twice",
        "the centre is a predicate",
        "many rows for one thing",
        "many statements behind two anchors",
        "a language",
        "an unknown prefix",
        "a relative IRI",
    ],
)
def test_stars_that_are_not_known_to_be_small_are_left_to_a_process(patterns: str) -> None:
    assert answer(f"{P} SELECT * {{ {patterns} }} LIMIT 1") is None


def test_what_is_known_of_a_star_is_kept_for_its_snapshot() -> None:
    bounds = Bounds()
    found = lookups.found(f"{P} SELECT * {{ ?t e:maker e:maker3 ; e:name ?n }}")
    assert found is not None
    ask = (found.patterns, found.prologue)
    assert bounds.of("1").hold(STORE, *ask)
    assert bounds.of("1").hold(pyoxigraph.Store(), *ask)
    full = pyoxigraph.Store()
    full.extend(pyoxigraph.Quad(node(n), node("maker"), node("maker3"), node("g")) for n in range(stars._MOST + 1))
    assert not bounds.of("2").hold(full, *ask)
    full.remove(next(iter(full)))
    assert not bounds.of("2").hold(full, *ask)
    assert bounds.of("3").hold(full, *ask)


def test_not_more_than_some_stars_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stars, "_REMEMBERED", 10)
    bounds = Bounds()
    for number in range(25):
        patterns = (("?t", "<http://e/p>", f"<http://e/{number}>"), ("?t", "<http://e/q>", "?n"))
        assert bounds.of("1").hold(STORE, patterns, "")
        assert len(bounds._known) <= 10


@pytest.mark.parametrize(("matches", "each"), list(product([1, 10, 200, 201], [1, 2, 30, 200])))
def test_rows_of_several_rays_are_bounded(matches: int, each: int) -> None:
    store = pyoxigraph.Store()
    for number in range(matches):
        store.add(pyoxigraph.Quad(node(number), node("in"), node("x")))
        for other in range(each):
            store.add(pyoxigraph.Quad(node(number), node("p"), pyoxigraph.Literal(other)))
            store.add(pyoxigraph.Quad(node(number), node("q"), pyoxigraph.Literal(other)))
    anchor = ("?t", f"<{E}in>", f"<{E}x>")
    rays = [("?t", f"<{E}p>", "?p"), ("?t", f"<{E}q>", "?q")]
    assert Bounds().hold(store, (anchor, rays[0]), "") == (matches <= stars._MOST)
    is_small = matches * each * each <= stars._MOST_ROWS and matches * (each + 1) * 2 < stars._MOST
    assert Bounds().hold(store, (anchor, *rays), "") == is_small


@pytest.mark.parametrize(
    "limits",
    [Limits(), Limits(rows=10), Limits(bytes=100)],
    ids=["too large for a look-up", "more rows than allowed", "more bytes than allowed"],
)
@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", f"{P} SELECT * {{ ?t e:maker e:maker0 ; e:note ?n }}"])
def test_what_turns_out_large_is_left_to_a_process(limits: Limits, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "_BYTES", 8000)
    assert answer(query, limits=limits) is None


def test_what_takes_long_is_left_to_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "_SECONDS", -1.0)
    assert answer("SELECT * { ?s ?p ?o } LIMIT 5") is not None
    assert answer("SELECT * { ?s ?p ?o } LIMIT 200") is None


@pytest.mark.parametrize("query", ["SELECT * { e:x ?p ?o }", "ASK { e:x ?p ?o }", "ASK { <http://a/%> A ?o }"])
def test_mistakes_are_told_by_a_process(query: str) -> None:
    assert answer(query) is None
