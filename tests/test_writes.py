"""Writes over HTTP: tokens, updates, the graph store, what is protected, what stays."""

import asyncio
import base64
import json
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from reelgraph import access, foreign, pipeline
from reelgraph.access import Role
from reelgraph.config import Settings
from reelgraph.errors import ConfigError, WriteError
from reelgraph.server.answer import Answer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Request
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.sparql import Endpoint
from reelgraph.server.usings import with_dataset
from reelgraph.store import Manifest, Store
from reelgraph.writes import Change, is_harmless, write

BASE = "https://w3id.org/reelgraph/id/"
OWN = f"{BASE}graph/preferred"
SOURCE = f"{BASE}document/0123456789abcdef"
FOREIGN = "http://e.example/notes"
TURTLE = "<http://e.example/s> <http://e.example/p> [ <http://e.example/p> 1 ] ."
SECRET, LINE = access.new("curator", Role.WRITE)
READER, READ_LINE = access.new("reader", Role.READ)


def quad(graph: str, value: str = "x") -> Quad:
    return Quad(NamedNode("http://e.example/s"), NamedNode("http://e.example/p"), Literal(value), NamedNode(graph))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    with made.writer() as writer:
        writer.add([quad(OWN), quad(SOURCE)])
        writer.publish(Manifest())
    return made


def graph_of(store: Store) -> set[str]:
    return {str(found) for found in store.snapshot().open()}


def exchange(store: Store, *requests: Request, **settings: object) -> list[Answer]:
    """Answer requests one after the other in a server of its own."""

    async def run() -> list[Answer]:
        chosen = Settings(**({"store": store.path, "tokens": f"{LINE} {READ_LINE}"} | settings))  # type: ignore[arg-type]
        endpoint = Endpoint(chosen, Snapshots(chosen))
        try:
            return [await endpoint.answer(request) for request in requests]
        finally:
            await endpoint.close()

    return asyncio.run(run())


def update(text: str, secret: str = SECRET, query_string: str = "") -> Request:
    fields = {"content-type": "application/sparql-update"} | ({"authorization": f"Bearer {secret}"} if secret else {})
    return Request("POST", query_string, fields, text.encode())


def graph(
    method: str, query_string: str, body: str = "", path: str = "/graph-store", kind: str = "text/turtle"
) -> Request:
    fields = {"content-type": kind, "authorization": f"Bearer {SECRET}", "accept": "application/n-triples"}
    return Request(method, query_string, fields, body.encode(), url=f"http://films.example{path}", path=path)


INSERT = f"INSERT DATA {{ GRAPH <{FOREIGN}> {{ <http://e.example/a> <http://e.example/p> 1 }} }}"


def test_an_update_makes_a_snapshot_and_a_line_in_the_log(store: Store) -> None:
    before = store.current()
    (answer,) = exchange(store, update(INSERT))
    assert answer.status == 204
    assert ("X-Reelgraph-Snapshot", store.current()) in answer.headers
    assert len(graph_of(store)) == 3
    (entry,) = [json.loads(line) for line in (store.path / "audit.jsonl").read_text().splitlines()]
    assert (entry["who"], entry["kind"], entry["parent"], entry["update"]) == ("curator", "update", before, INSERT)
    assert store.snapshot().manifest.extra["written"] == entry["number"]


@pytest.mark.parametrize(
    ("secret", "status"),
    [("", 401), ("wrong", 401), (SECRET[:-1], 401), (SECRET + "x", 401), ("x" * 10_000, 401), (READER, 403)],
    ids=["none", "wrong", "shorter", "longer", "long", "reader"],
)
def test_only_who_may_writes(store: Store, secret: str, status: int) -> None:
    before = store.current()
    (answer,) = exchange(store, update(INSERT, secret))
    assert (answer.status, store.current()) == (status, before)
    assert ("WWW-Authenticate" in dict(answer.headers)) == (status == 401)


def test_off_unless_there_are_tokens(store: Store) -> None:
    answers = exchange(store, update(INSERT), graph("PUT", "default", TURTLE), tokens=None)
    assert [answer.status for answer in answers] == [403, 403]


@pytest.mark.parametrize(
    "text",
    [
        f"CLEAR GRAPH <{OWN}>",
        "DROP ALL",
        "CLEAR NAMED",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"WITH <{SOURCE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 'y' }} WHERE {{ ?s ?p ?o }}",
        f"PREFIX r: <{BASE}graph/> INSERT DATA {{ GRAPH r:preferred {{ r:a r:b 1 }} }}",
        f"BASE <{BASE}x/> INSERT DATA {{ GRAPH <../graph/preferred> {{ <a> <b> 1 }} }}",
        f"MOVE <{OWN}> TO <{FOREIGN}>",
        f"COPY DEFAULT TO GRAPH <{OWN}>",
        f"ADD <{SOURCE}> TO # note\n <{OWN}>; INSERT DATA {{ GRAPH<{SOURCE}>{{ <http://a/> <http://b/> true}}}}",
    ],
)
@pytest.mark.parametrize("is_open", [False, True])
def test_what_documents_say_is_protected(store: Store, text: str, is_open: bool) -> None:
    assert not is_harmless(text, BASE)
    before, old = graph_of(store), store.current()
    (answer,) = exchange(store, update(text), open_sources=is_open)
    assert answer.status == (204 if is_open else 403)
    assert (store.current() == old) != is_open
    if not is_open:
        assert graph_of(store) == before
        assert not (store.path / "audit.jsonl").exists()


def test_harmless_updates_need_no_look_at_all_graphs(store: Store) -> None:
    assert is_harmless(INSERT, BASE)
    assert is_harmless(f"CLEAR GRAPH <{FOREIGN}> ; COPY DEFAULT TO <{FOREIGN}>", BASE)
    (answer,) = exchange(store, update("INSERT { ?s <http://e.example/q> ?g } WHERE { GRAPH ?g { ?s ?p ?o } }"))
    assert answer.status == 204
    assert len(graph_of(store)) == 4


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("INSERT DATA {\n <http://a/> }", 400, b"line 2"),
        ("LOAD <http://127.0.0.1/>", 403, b"LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, b"SERVICE"),
        ("INSERT DATA " + "{" * 3000, 400, b"nested"),
        ("CREATE GRAPH <http://e.example/g> ; CREATE GRAPH <http://e.example/g>", 400, b"failed"),
    ],
)
def test_what_is_wrong_with_an_update_is_said(store: Store, text: str, status: int, words: bytes) -> None:
    before = store.current()
    (answer,) = exchange(store, update(text))
    assert answer.status == status, answer.body
    assert words in answer.body
    assert store.current() == before


def test_a_write_that_never_ends_is_stopped(store: Store) -> None:
    many = " ".join(f'<http://e.example/{n}> <http://e.example/p> "{n}" .' for n in range(1000))
    never = "FILTER(CONCAT(STR(?l), STR(?a), STR(?d), STR(?g)) = '')"
    endless = f"INSERT {{ ?a ?b ?f }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l {never} }}"
    answers = exchange(store, update(f"INSERT DATA {{ {many} }}"), update(endless), update(INSERT), deadline=1.5)
    assert [answer.status for answer in answers] == [204, 504, 204]


def test_the_graph_store(store: Store) -> None:
    named = f"graph={FOREIGN}"
    answers = exchange(
        store,
        graph("GET", named),
        graph("PUT", named, TURTLE),
        graph("GET", named),
        graph("PUT", named, TURTLE),
        graph("POST", named, TURTLE),
        graph("GET", named),
        graph("HEAD", named),
        graph("DELETE", named),
        graph("DELETE", named),
        graph("PUT", "default", TURTLE),
        graph("GET", "default"),
        graph("PATCH", named),
        graph("OPTIONS", named),
    )
    statuses = [answer.status for answer in answers]
    assert statuses == [404, 201, 200, 204, 204, 200, 200, 204, 404, 204, 200, 405, 204]
    assert [answers[n].body.count(b"\n") for n in (2, 5, 6, 10)] == [2, 4, 0, 2]


def test_graphs_at_their_own_address(store: Store) -> None:
    created, read, new = exchange(
        store,
        graph("PUT", "", TURTLE, "/graph-store/notes/1"),
        graph("GET", "", path="/graph-store/notes/1"),
        graph("POST", "", TURTLE),
    )
    assert (created.status, read.status, new.status) == (201, 200, 201)
    address = dict(new.headers)["Location"]
    assert store.snapshot().open().contains_named_graph(NamedNode(address))
    assert store.snapshot().open().contains_named_graph(NamedNode("http://films.example/graph-store/notes/1"))


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (graph("PUT", f"graph={OWN}", TURTLE), 403),
        (graph("DELETE", f"graph={SOURCE}"), 403),
        (graph("PUT", f"graph={FOREIGN}", "<a"), 400),
        (graph("PUT", f"graph={FOREIGN}", TURTLE, kind="image/png"), 415),
        (graph("PUT", f"graph={FOREIGN}", TURTLE, kind="multipart/form-data"), 400),
        (graph("PUT", "graph=no+iri", TURTLE), 400),
        (graph("PUT", f"graph={FOREIGN}&default", TURTLE), 400),
        (graph("PUT", "", TURTLE), 400),
        (graph("GET", ""), 400),
    ],
)
def test_what_the_graph_store_refuses(store: Store, request_: Request, status: int) -> None:
    before = store.current()
    (answer,) = exchange(store, request_)
    assert (answer.status, store.current()) == (status, before), answer.body


def test_foreign_graphs_stay_through_loads_and_rollbacks(store: Store) -> None:
    first = store.current()
    write(store, Change("update", "curator", INSERT))
    with store.writer() as writer:
        writer.replace([SOURCE], [quad(SOURCE, "y")])
        writer.publish(Manifest(created="later"))
    assert store.snapshot().manifest.extra["written"]
    carried = store.rollback(first)
    found = graph_of(store)
    assert carried.id == store.current() != first
    assert str(quad(SOURCE)) in found
    assert str(quad(SOURCE, "y")) not in found
    assert sum(FOREIGN in one for one in found) == 1
    assert store.rollback(carried.id).id == carried.id
    assert store.rollback(first, whole=True).id == first


def test_an_emptied_store_is_empty(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    write(store, Change("update", "curator", INSERT))
    write(store, Change("update", "curator", "DROP ALL"))
    assert graph_of(store) == set()


def test_own_graphs_are_told_by_their_names() -> None:
    memory = pyoxigraph.Store()
    memory.extend([quad(OWN), quad(SOURCE), quad(FOREIGN)])
    assert list(foreign.graphs(memory, BASE)) == [DefaultGraph(), NamedNode(FOREIGN)]
    before = foreign.digest(memory, BASE)
    memory.add(quad(FOREIGN, "z"))
    assert foreign.digest(memory, BASE) == before
    memory.add(quad(OWN, "z"))
    assert foreign.digest(memory, BASE) != before


def test_tokens_of_the_settings() -> None:
    digest = "0" * 64
    known = access.tokens(f"{LINE}\n{READ_LINE}, old:admin:scrypt:00ff:{digest}")
    assert [(token.name, token.role) for token in known] == [
        ("curator", Role.WRITE),
        ("reader", Role.READ),
        ("old", Role.ADMIN),
    ]
    assert digest not in repr(known)
    for wrong in ("x", "x:write:md5:00", f"x:boss:sha256:{digest}", f"x:write:sha256:{digest[2:]}", f"{LINE} {LINE}"):
        with pytest.raises(ConfigError):
            access.tokens(wrong)
    with pytest.raises(ConfigError):
        access.new("no name", Role.READ)


def test_basic_authorization_and_scrypt() -> None:
    from hashlib import scrypt

    salted = scrypt(b"password", salt=b"salt", n=1 << 14, r=8, p=1, dklen=32).hex()
    known = access.tokens(f"{LINE} ann:admin:scrypt:{b'salt'.hex()}:{salted}")

    def basic(text: str) -> str:
        return f"Basic {base64.b64encode(text.encode()).decode()}"

    def name(authorization: str) -> str | None:
        found = access.holder(known, authorization)
        return found.name if found else None

    assert name(basic(f"anybody:{SECRET}")) == "curator"
    assert name(basic("ann:password")) == "ann"
    assert name(basic("bob:password")) is name(basic("ann:other")) is name("Basic !") is name("Digest x") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p 'where' }", "INSERT { ?s ?p 1 } USING <http://a/> WHERE { ?s ?p 'where' }"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE  { ?s ?p ?o } USING <http://a/> WHERE { ?s ?p ?o }"),
        ("CLEAR ALL # where\n", "CLEAR ALL # where\n"),
    ],
)
def test_the_dataset_of_a_request_becomes_using(text: str, expected: str) -> None:
    assert with_dataset(text, ["http://a/"], []) == expected


def test_one_dataset_only() -> None:
    for text in ("WITH <http://g/> DELETE {} WHERE {}", "INSERT {} USING <http://g/> WHERE {}"):
        with pytest.raises(HttpError) as caught:
            with_dataset(text, ["http://a/"], [])
        assert caught.value.status == 400
    with pytest.raises(HttpError):
        with_dataset("CLEAR ALL", ["> } ; DROP ALL"], [])


def test_reasons_of_a_refusal(store: Store) -> None:
    with pytest.raises(WriteError) as caught:
        write(store, Change("delete", "curator", graph=FOREIGN))
    assert caught.value.reason == "missing"


def test_an_empty_graph_is_there(store: Store) -> None:
    put, read, missing = exchange(
        store,
        graph("PUT", f"graph={FOREIGN}", ""),
        graph("GET", f"graph={FOREIGN}"),
        graph("GET", "graph=http://e.example/other"),
    )
    assert (put.status, read.status, read.body, missing.status) == (201, 200, b"", 404)


def test_loads_leave_foreign_graphs_alone(tmp_path: Path) -> None:
    store, first, second = Store(tmp_path / "store"), tmp_path / "one.ttl", tmp_path / "two.ttl"
    for path, name in ((first, "One"), (second, "Two")):
        text = f'<http://e.example/{name}> a <https://schema.org/Movie> ; <https://schema.org/name> "{name}" .'
        path.write_text(text)
    assert pipeline.load(store, [first]).loaded == ("one.ttl",)
    before = store.current()
    write(store, Change("update", "curator", INSERT))
    assert pipeline.load(store, [second]).loaded == ("two.ttl",)
    assert sum(FOREIGN in one for one in graph_of(store)) == 1
    pipeline.remove(store, ["one.ttl"])
    assert sum(FOREIGN in one for one in graph_of(store)) == 1
    store.rollback(before)
    assert sum(FOREIGN in one for one in graph_of(store)) == 1
    assert [document.names for document in store.snapshot().manifest.documents] == [("one.ttl",)]
    assert pipeline.load(store, [second]).loaded == ("two.ttl",)
    assert sum(FOREIGN in one for one in graph_of(store)) == 1
