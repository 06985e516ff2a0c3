"""The reconciliation service through Flask's test client."""

import json
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reelgraph import pipeline
from reelgraph.config import Settings
from reelgraph.server import create_app
from reelgraph.server.app import ENDPOINT
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
MAPPING = "film: {title: name, year: year}\nfacts: {cast: {from: cast, split: ','}, company: by}\n"
ROWS = """name,year,cast,by
Haven Road,1987,Otto Quill,Shore Pictures
Haven Road,2011,Ada Vole,Shore Pictures
The Salt Lantern,1962,"Ada Vole,Ben Ash",Tern & Sons
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("reconcile")
    (folder / "list.csv").write_text(ROWS, "utf-8")
    (folder / "list.csv.map.yml").write_text(MAPPING, "utf-8")
    pipeline.load(Store(folder / "store"), [folder / "list.csv"])
    made = create_app(Settings(store=folder / "store"))
    yield made
    made.extensions[ENDPOINT].stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, **queries: Mapping[str, object]) -> TestResponse:
    return client.post("/reconcile", data={"queries": json.dumps(queries)})


def ids(answer: TestResponse, key: str = "q") -> list[str]:
    return [one["id"] for one in answer.get_json()[key]["result"]]


def test_manifest(client: FlaskClient) -> None:
    answer = client.get("/reconcile")
    manifest = answer.get_json()
    assert "0.2" in manifest["versions"]
    assert manifest["identifierSpace"] == BASE
    assert {"id": "film", "name": "Film"} in manifest["defaultTypes"]
    assert manifest["view"]["url"] == "http://localhost/page/{{id}}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_view_and_suggest_of_the_manifest_lead_somewhere(client: FlaskClient) -> None:
    manifest = client.get("/reconcile").get_json()
    path = manifest["view"]["url"].replace("{{id}}", "film/haven-road-1987").removeprefix("http://localhost")
    assert client.get(path).status_code == 200
    entity = manifest["suggest"]["entity"]
    assert client.get(entity["service_path"], query_string={"prefix": "salt"}).status_code == 200


def test_year_decides_between_films_of_one_title(client: FlaskClient) -> None:
    properties = [{"pid": "year", "v": "2011"}]
    answer = ask(client, q={"query": "Haven Road", "type": "film", "properties": properties})
    first, second = answer.get_json()["q"]["result"]
    assert (first["id"], first["match"], first["score"]) == ("film/haven-road-2011", True, 100)
    assert (second["id"], second["match"]) == ("film/haven-road-1987", False)
    assert {"id": "year", "value": True} in first["features"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_year_may_stand_in_the_name(client: FlaskClient) -> None:
    assert ids(ask(client, q={"query": "Haven Road (1987)"}))[0] == "film/haven-road-1987"


def test_without_a_year_there_is_no_match(client: FlaskClient) -> None:
    found = ask(client, q={"query": "haven road", "type": "film"}).get_json()["q"]["result"]
    assert len(found) == 2
    assert not any(one["match"] for one in found)


@pytest.mark.parametrize(
    ("kind", "query", "best"),
    [
        ("person", "Ada Vole", "person/ada-vole"),
        ("person", "Ada Voles", "person/ada-vole"),
        ("company", "shore pictures", "organization/shore-pictures"),
        ("https://schema.org/Movie", "Salt Lantern", "film/the-salt-lantern-1962"),
        (["organization"], "Tern and Sons", "organization/tern-and-sons"),
    ],
)
def test_types(client: FlaskClient, kind: object, query: str, best: str) -> None:
    assert ids(ask(client, q={"query": query, "type": kind}))[0] == best


def test_batch_limit_and_empty_query(client: FlaskClient) -> None:
    answer = ask(client, a={"query": "haven road", "limit": 1}, b={"query": ""}, c={"query": "zzzzzz"})
    assert [len(ids(answer, key)) for key in "abc"] == [1, 0, 0]


def test_queries_by_get(client: FlaskClient) -> None:
    answer = client.get("/reconcile", query_string={"queries": '{"q": {"query": "Otto Quill"}}'})
    assert ids(answer) == ["person/otto-quill"]


@pytest.mark.parametrize(
    ("queries", "status", "says"),
    [
        ("{", 400, "not JSON"),
        ("[]", 400, "must be an object"),
        ('{"q": 1}', 400, "q: must be an object"),
        ('{"q": {"query": 1}}', 400, "query must be a text"),
        ('{"q": {"query": "x", "type": "ship"}}', 400, "unknown type 'ship'; there are film"),
        (json.dumps({str(number): {"query": "x"} for number in range(101)}), 413, "at most 100"),
        ("[" * 100_000, 400, "not JSON"),
    ],
)
def test_wrong_queries(client: FlaskClient, queries: str, status: int, says: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == status
    assert says in answer.get_data(as_text=True)


def test_suggest(client: FlaskClient) -> None:
    found = client.get("/reconcile/suggest/entity?prefix=haven").get_json()["result"]
    assert {one["id"] for one in found} == {"film/haven-road-1987", "film/haven-road-2011"}
    assert found[0]["notable"] == [{"id": "film", "name": "Film"}]
    assert client.get("/reconcile/suggest/entity?prefix=haven&cursor=1").get_json()["result"] == found[1:]
    assert client.get("/reconcile/suggest/entity").get_json() == {"result": []}
