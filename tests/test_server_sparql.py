"""The endpoint and the application around it, through Flask's test client."""

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reelgraph.config import Settings
from reelgraph.server import create_app
from reelgraph.server.app import ENDPOINT
from reelgraph.server.headers import CORS
from reelgraph.server.negotiate import CSV, GRAPHS, RESULTS, Format
from reelgraph.server.snapshot import EXTENSION
from reelgraph.store import Manifest, Store

BASE = "https://w3id.org/reelgraph/id/"
ROWS = 3000
PAIRS = "SELECT ?s ?o { ?s <http://e.example/p> ?o } ORDER BY ?s LIMIT 2"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def write(folder: Path, count: int) -> str:
    """Add films to a store and return the id of the new snapshot."""
    node = pyoxigraph.NamedNode
    with Store(folder).writer() as writer:
        writer.add(
            pyoxigraph.Quad(
                node(f"{BASE}film/{n}"),
                node("http://e.example/p"),
                pyoxigraph.Literal(f"film {n}"),
                node(f"http://e.example/g{n % 2}"),
            )
            for n in range(count)
        )
        return writer.publish(Manifest(extra={"count": count})).id


def application(folder: Path, **settings: object) -> Iterator[Flask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reelgraph.server.app.PAGES", ())
        app = create_app(Settings(store=folder, **settings))  # type: ignore[arg-type]
    yield app
    app.extensions[ENDPOINT].stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    write(path, ROWS)
    return path


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[Flask]:
    yield from application(folder, deadline=3.0)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", query_string={"query": query}, headers=named)


@pytest.mark.parametrize("offer", RESULTS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("by_name", [False, True], ids=["accept", "format"])
def test_rows_in_every_format(client: FlaskClient, offer: Format, by_name: bool) -> None:
    fields = {"query": PAIRS} | ({"format": offer.name} if by_name else {})
    headers = {"Accept": "image/png" if by_name else offer.media_type}
    response = client.get("/sparql", query_string=fields, headers=headers)
    assert (response.status_code, response.mimetype) == (200, offer.media_type)
    if offer is CSV:
        assert response.data == f"s,o\r\n{BASE}film/0,film 0\r\n{BASE}film/1,film 1\r\n".encode()
        return
    form = pyoxigraph.QueryResultsFormat.from_media_type(offer.media_type)
    found = pyoxigraph.parse_query_results(response.data, format=form)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert [str(row["o"].value) for row in found] == ["film 0", "film 1"]


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { <film/1> ?p ?o }", "DESCRIBE <film/1>"], ids=["construct", "describe"]
)
def test_graphs_in_every_format(client: FlaskClient, offer: Format, query: str) -> None:
    response = ask(client, query, Accept=offer.media_type)
    assert (response.status_code, response.mimetype) == (200, offer.media_type)
    triples = list(pyoxigraph.parse(response.data, format=pyoxigraph.RdfFormat.from_media_type(offer.media_type)))
    assert [(quad.subject.value, quad.object.value) for quad in triples] == [(f"{BASE}film/1", "film 1")]


def test_post_is_answered_like_get(client: FlaskClient) -> None:
    expected = ask(client, PAIRS).data
    assert client.post("/sparql", data={"query": PAIRS}).data == expected
    assert client.post("/sparql", data=PAIRS, content_type="application/sparql-query").data == expected


def count(response: TestResponse) -> int:
    return int(json.loads(response.data)["results"]["bindings"][0]["n"]["value"])


def test_all_graphs_count_unless_some_are_named(client: FlaskClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert count(ask(client, query)) == ROWS
    assert count(ask(client, query.replace("{", "FROM <http://e.example/g1> {", 1))) == ROWS // 2
    response = client.get("/sparql", query_string={"query": query, "default-graph-uri": "http://e.example/g0"})
    assert count(response) == ROWS // 2
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    response = client.get("/sparql", query_string={"query": named, "named-graph-uri": "http://e.example/g0"})
    assert count(response) == ROWS // 2


def test_a_large_answer_is_streamed(client: FlaskClient) -> None:
    response = ask(client, "SELECT * { ?s ?p ?o }", Accept="text/csv")
    assert "Content-Length" not in response.headers
    assert len(response.data.splitlines()) == ROWS + 1


def test_what_is_malformed_is_shown(client: FlaskClient) -> None:
    response = ask(client, "SELECT *\n{ ?s ?p }")
    assert response.status_code == 400
    assert response.text.endswith("line 2, column 9: unexpected }\n{ ?s ?p }\n        ^\n")
    problem = json.loads(ask(client, "SELECT *\n{ ?s ?p }", Accept="application/sparql-results+json").data)
    assert (problem["line"], problem["column"], problem["text"]) == (2, 9, "{ ?s ?p }")


@pytest.mark.parametrize(
    ("query", "accept", "status", "words"),
    [
        (PAIRS, "image/png", 406, "text/csv"),
        ("DESCRIBE <film/1>", "text/csv", 406, "text/turtle"),
        ("BASE <http://e.example/> # note\nDESCRIBE <x>", "text/csv", 406, "text/turtle"),
        ("PREFIX e: # note\n<http://e.example/> DESCRIBE e:x", "text/csv", 406, "text/turtle"),
        ("SELECT * { SERVICE <http://e.example/> { ?s ?p ?o } }", "*/*", 403, "SERVICE"),
        ("SELECT * " + "{" * 3000 + "}" * 3000, "*/*", 400, "nested"),
        ("ASK {} #" + "x" * (1 << 20), "*/*", 413, "characters"),
        (RUNAWAY, "*/*", 504, "3 seconds"),
        ("INSERT DATA {}", "*/*", 400, "update"),
    ],
    ids=["406", "406 graph", "406 base", "406 late", "SERVICE", "nesting", "size", "runaway", "update"],
)
def test_refusals(client: FlaskClient, query: str, accept: str, status: int, words: str) -> None:
    response = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert (response.status_code, words in response.text) == (status, True), response.text
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert ask(client, "ASK {}").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_updates_are_off(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"update": "CLEAR ALL"})
    assert (response.status_code, "reelgraph load" in response.text) == (403, True)


def test_etags(client: FlaskClient) -> None:
    response = ask(client, PAIRS)
    tag = response.headers["ETag"]
    assert tag.startswith('"')
    assert response.headers["X-Reelgraph-Snapshot"].startswith("000001-")
    assert ask(client, PAIRS).headers["ETag"] == tag
    assert ask(client, PAIRS, Accept="text/csv").headers["ETag"] != tag
    assert ask(client, PAIRS + " ").headers["ETag"] != tag
    for condition in (tag, f'"other", W/{tag}'):
        unchanged = ask(client, PAIRS, If_None_Match=condition)
        assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)
    assert ask(client, PAIRS, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize(
    "query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}", "CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }"]
)
def test_no_etag_for_what_differs_each_time(client: FlaskClient, query: str) -> None:
    assert "ETag" not in ask(client, query).headers


def test_head(client: FlaskClient) -> None:
    response = client.head("/sparql", query_string={"query": PAIRS})
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Content-Length"] == ask(client, PAIRS).headers["Content-Length"]
    large = client.head("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
    assert (large.status_code, large.data) == (200, b"")


def test_preflight(client: FlaskClient) -> None:
    response = client.options(
        "/sparql", headers={"Origin": "http://e.example", "Access-Control-Request-Method": "POST"}
    )
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_every_answer_has_its_headers(client: FlaskClient) -> None:
    for response in (ask(client, PAIRS), ask(client, "nonsense"), client.get("/healthz"), client.get("/nothing")):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in response.headers
        assert response.headers["Content-Security-Policy"].startswith("default-src ")
        assert all(response.headers[name] == value for name, value in CORS)


@pytest.mark.parametrize("media_type", [offer.media_type for offer in GRAPHS])
def test_asked_nothing_it_describes_itself(client: FlaskClient, media_type: str) -> None:
    response = client.get("/sparql", headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    triples = list(pyoxigraph.parse(response.data, format=pyoxigraph.RdfFormat.from_media_type(media_type)))
    service = "http://localhost/sparql"
    endpoint = pyoxigraph.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert [(quad.subject.value, quad.object.value) for quad in triples if quad.predicate == endpoint] == [
        (service, service)
    ]


def test_a_new_snapshot_answers_at_once(tmp_path: Path) -> None:
    first = write(tmp_path, 1)
    for app in application(tmp_path):
        client = app.test_client()
        before = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        second = write(tmp_path, 5)
        after = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", If_None_Match=before.headers["ETag"])
        assert (before.headers["X-Reelgraph-Snapshot"], after.headers["X-Reelgraph-Snapshot"]) == (first, second)
        assert (count(before), count(after)) == (1, 5)
        assert second in client.get("/readyz").text


def test_without_a_store(tmp_path: Path) -> None:
    for app in application(tmp_path / "none"):
        client = app.test_client()
        assert client.get("/healthz").status_code == 200
        for response in (client.get("/readyz"), ask(client, "ASK {}")):
            assert (response.status_code, "reelgraph load" in response.text) == (503, True)
        write(tmp_path / "none", 1)
        assert client.get("/readyz").status_code == 200


def test_limits(folder: Path) -> None:
    for app in application(folder, max_rows=10):
        client = app.test_client()
        assert ask(client, PAIRS).status_code == 200
        response = ask(client, "SELECT * { ?s ?p ?o }")
        assert (response.status_code, "10 rows" in response.text) == (422, True)


def test_unexpected_errors_say_nothing_of_themselves(folder: Path) -> None:
    for app in application(folder):
        app.add_url_rule("/broken", view_func=lambda: 1 / 0)
        response = app.test_client().get("/broken")
        assert (response.status_code, "ZeroDivision" in response.text) == (500, False)


def test_an_unknown_function_is_the_clients_mistake(client: FlaskClient) -> None:
    response = ask(client, "SELECT (<http://e.example/f>(1) AS ?n) {}")
    assert (response.status_code, "http://e.example/f" in response.text) == (400, True)


def test_a_request_may_set_lower_limits(client: FlaskClient) -> None:
    everything = "SELECT * { ?s ?p ?o }"
    answer = client.get("/sparql", query_string={"query": RUNAWAY, "timeout": "0.3"})
    assert (answer.status_code, "0.3 seconds" in answer.text) == (504, True)
    waiting = client.get("/sparql", query_string={"query": RUNAWAY}, headers={"Prefer": "return=minimal, wait=1"})
    assert waiting.status_code == 504
    for name in ("max-rows", "max-bytes"):
        assert client.get("/sparql", query_string={"query": everything, name: "1"}).status_code == 422
        assert client.get("/sparql", query_string={"query": everything, name: "1000000"}).status_code == 200
    lowered = client.get("/sparql", query_string={"query": "ASK {}", "timeout": "0.5", "max-rows": "7"})
    assert lowered.headers["X-Reelgraph-Limits"] == "seconds=0.5, rows=7"
    raised = client.get("/sparql", query_string={"query": "ASK { }", "timeout": "1000"})
    assert raised.headers["X-Reelgraph-Limits"] == "seconds=3"
    post = client.post("/sparql", data={"query": everything, "max-rows": "1"})
    assert post.status_code == 422


@pytest.mark.parametrize("field", ["timeout=0", "timeout=soon", "timeout=-1", "max-rows=1.5", "max-bytes="])
def test_what_is_no_limit_is_refused(client: FlaskClient, field: str) -> None:
    answer = client.get(f"/sparql?query=ASK%7B%7D&{field}")
    assert (answer.status_code, field.partition("=")[0] in answer.text) == (400, True)


def test_the_description_says_the_limits(client: FlaskClient) -> None:
    text = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "seconds=3" in text
    assert "timeout" in text


def test_a_snapshot_pruned_while_a_query_waits_is_replaced_by_the_current_one(tmp_path: Path) -> None:
    write(tmp_path, 1)
    for app in application(tmp_path):
        old = app.extensions[EXTENSION].snapshot()
        write(tmp_path, 5)
        shutil.rmtree(old.path)
        old.manifest_path.unlink()
        seen = iter([old, app.extensions[EXTENSION].snapshot()])
        app.extensions[EXTENSION].snapshot = functools.partial(next, seen)
        answer = ask(app.test_client(), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert (answer.status_code, count(answer)) == (200, 5)


def test_a_server_that_nobody_stopped_ends_quietly(folder: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom reelgraph.config import Settings\n"
        "from reelgraph.server import app\napp.PAGES = ()\n"
        "client = app.create_app(Settings(store=Path(sys.argv[1]))).test_client()\n"
        "assert client.get('/sparql?query=ASK%7B%7D').status_code == 200"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
