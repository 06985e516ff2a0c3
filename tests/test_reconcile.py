"""The reconciliation service through Flask's test client."""

import json
from collections.abc import Iterator, Mapping

import jsonschema
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
MAPPING = """film: {title: name, year: year, ids: {imdb: code}}
facts: {cast: {from: cast, split: ','}, company: {from: by, role: {constant: production company}}}
"""
ROWS = """name,year,cast,by,code
Haven Road,1987,Otto Quill,Shore Pictures,
Haven Road,2011,Ada Vole,Shore Pictures,
The Salt Lantern,1962,"Ada Vole,Ben Ash",Tern & Sons,tt0000077
Long Tide,1970,,,
Long Tide II,1973,,,
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


def test_numbers_of_parts_may_be_written_either_way(client: FlaskClient) -> None:
    found = ask(client, q={"query": "Long Tide 2", "type": "film"}).get_json()["q"]["result"]
    assert [(one["name"], one["match"]) for one in found] == [("Long Tide II", True), ("Long Tide", False)]


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


_TEXT = {"type": "string"}
_THING = {"type": "object", "properties": {"id": _TEXT, "name": _TEXT}, "required": ["id", "name"]}
_SERVICE = {
    "type": "object",
    "properties": {"service_url": {"pattern": "^https?://[^/]+$"}, "service_path": {"pattern": "^/"}},
    "required": ["service_url", "service_path"],
}
_TEMPLATE = {"type": "object", "properties": {"url": {"pattern": r"\{\{id\}\}"}}, "required": ["url"]}
#: What the specification says of answers, version 0.2.
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "preview", "suggest", "extend"],
    "properties": {
        "versions": {"contains": {"const": "0.2"}},
        "name": _TEXT,
        "identifierSpace": {"pattern": "^https?://"},
        "schemaSpace": {"pattern": "^https?://"},
        "defaultTypes": {"type": "array", "items": _THING, "uniqueItems": True},
        "view": _TEMPLATE,
        "preview": _TEMPLATE
        | {
            "properties": _TEMPLATE["properties"] | {"width": {"type": "integer"}, "height": {"type": "integer"}},  # type: ignore[operator]
            "required": ["url", "width", "height"],
        },
        "suggest": {
            "properties": {
                "entity": {"allOf": [_SERVICE, {"properties": {"flyout_service_path": {"pattern": r"\$\{id\}"}}}]},
                "property": _SERVICE,
                "type": _SERVICE,
            },
            "required": ["entity", "property", "type"],
        },
        "extend": {
            "properties": {
                "propose_properties": _SERVICE,
                "property_settings": {
                    "items": {
                        "properties": {"type": {"enum": ["number", "text", "checkbox", "select"]}},
                        "required": ["type", "label", "name"],
                    }
                },
            }
        },
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "required": ["result"],
        "properties": {
            "result": {
                "items": {
                    "required": ["id", "name", "score"],
                    "properties": {
                        "id": _TEXT,
                        "name": _TEXT,
                        "description": _TEXT,
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": {"items": _THING},
                        "features": {"items": {"properties": {"id": _TEXT, "value": {"type": ["boolean", "number"]}}}},
                    },
                }
            }
        },
    },
}
SUGGESTED = {"type": "object", "required": ["result"], "properties": {"result": {"type": "array", "items": _THING}}}
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": {"allOf": [_THING, {"properties": {"type": _THING}}]}},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "oneOf": [
                            _THING | {"additionalProperties": False},
                            {"properties": {"str": _TEXT}, "required": ["str"], "additionalProperties": False},
                            {
                                "properties": {"int": {"type": "integer"}},
                                "required": ["int"],
                                "additionalProperties": False,
                            },
                        ]
                    },
                },
            },
        },
    },
}


def extended(client: FlaskClient, ids: list[str], *wanted: str | dict[str, object]) -> TestResponse:
    asked = {"ids": ids, "properties": [{"id": one} if isinstance(one, str) else one for one in wanted]}
    return client.post("/reconcile", data={"extend": json.dumps(asked)})


def test_answers_have_the_form_of_the_specification(client: FlaskClient) -> None:
    jsonschema.validate(client.get("/reconcile").get_json(), MANIFEST)
    properties = [{"pid": "cast", "v": [{"id": "person/ada-vole", "name": "Ada Vole"}]}, {"pid": "year", "v": 2011}]
    jsonschema.validate(
        ask(client, a={"query": "haven", "properties": properties}, b={"query": ""}).get_json(), RESULTS
    )
    for kind in ("entity", "type", "property"):
        jsonschema.validate(client.get(f"/reconcile/suggest/{kind}?prefix=e").get_json(), SUGGESTED)
    answer = extended(client, ["film/haven-road-2011", "film/none"], "year", "cast", "imdb").get_json()
    jsonschema.validate(answer, EXTENDED)


def test_extension(client: FlaskClient) -> None:
    films = ["film/haven-road-2011", "film/the-salt-lantern-1962"]
    answer = extended(client, films, "year", {"id": "cast", "settings": {"limit": "1"}}, "company")
    assert answer.get_json() == {
        "meta": [
            {"id": "year", "name": "Year"},
            {"id": "cast", "name": "Cast", "type": {"id": "person", "name": "Person"}},
            {"id": "company", "name": "Production company", "type": {"id": "organization", "name": "Organization"}},
        ],
        "rows": {
            films[0]: {
                "year": [{"int": 2011}],
                "cast": [{"id": "person/ada-vole-2011", "name": "Ada Vole"}],
                "company": [{"id": "organization/shore-pictures", "name": "Shore Pictures"}],
            },
            films[1]: {
                "year": [{"int": 1962}],
                "cast": [{"id": "person/ada-vole", "name": "Ada Vole"}],
                "company": [{"id": "organization/tern-and-sons", "name": "Tern & Sons"}],
            },
        },
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = extended(client, ["person/ben-ash"], "acted-in").get_json()["rows"]["person/ben-ash"]["acted-in"]
    assert found == [{"id": "film/the-salt-lantern-1962", "name": "The Salt Lantern"}]
    assert extended(client, ["a b<", "film/none"], "year").get_json()["rows"] == {
        "a b<": {"year": []},
        "film/none": {"year": []},
    }


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("{", 400, "not JSON"),
        ("[]", 400, "must be an object"),
        ('{"ids": []}', 400, "two lists"),
        ('{"ids": [], "properties": [{"id": "size"}]}', 400, "unknown property 'size'; there are year"),
        (json.dumps({"ids": ["x"] * 501, "properties": []}), 413, "at most 500"),
    ],
)
def test_wrong_extensions(client: FlaskClient, asked: str, status: int, says: str) -> None:
    answer = client.post("/reconcile", data={"extend": asked})
    assert answer.status_code == status
    assert says in answer.get_data(as_text=True)


def test_proposed_properties(client: FlaskClient) -> None:
    found = client.get("/reconcile/properties?type=person&limit=2").get_json()
    assert found == {
        "type": "person",
        "limit": 2,
        "properties": [{"id": "other-name", "name": "Other name"}, {"id": "acted-in", "name": "Acted in"}],
    }
    assert len(client.get("/reconcile/properties").get_json()["properties"]) > 20


def test_properties_tell_films_of_one_title_apart(client: FlaskClient) -> None:
    clue = [{"pid": "cast", "v": "Otto Quill"}]
    first, second = ask(client, q={"query": "Haven Road", "properties": clue}).get_json()["q"]["result"]
    assert (first["id"], first["match"], second["match"]) == ("film/haven-road-1987", True, False)
    assert {"id": "cast", "value": 100.0} in first["features"]
    assert second["score"] < first["score"]


def test_identifier_finds_a_film_of_any_name(client: FlaskClient) -> None:
    clue = [{"pid": "imdb", "v": "tt0000077"}]
    (first,) = ask(client, q={"query": "La lanterna di sale", "properties": clue}).get_json()["q"]["result"]
    assert (first["id"], first["match"], first["score"]) == ("film/the-salt-lantern-1962", True, 100)


def test_preview_and_flyout(client: FlaskClient) -> None:
    manifest = client.get("/reconcile").get_json()
    path = manifest["preview"]["url"].replace("{{id}}", "film/haven-road-2011").removeprefix("http://localhost")
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert "Haven Road" in page
    assert "<dd>Ada Vole</dd>" in page
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    path = manifest["suggest"]["entity"]["flyout_service_path"].replace("${id}", "person/otto-quill")
    flyout = client.get(path).get_json()
    assert flyout == {"id": "person/otto-quill", "html": "<p><strong>Otto Quill</strong><br>Person</p>"}
    assert client.get("/reconcile/preview/film/none").status_code == 404
    assert client.get("/reconcile/flyout/cast/none").status_code == 404


def test_types_and_properties_are_suggested(client: FlaskClient) -> None:
    assert client.get("/reconcile/suggest/type?prefix=comp").get_json()["result"] == [
        {"id": "organization", "name": "Company or organization"}
    ]
    (found,) = client.get("/reconcile/suggest/property?prefix=direct").get_json()["result"]
    assert found == {"id": "director", "name": "Director", "description": "of film"}


def test_addresses_of_a_mounted_server(client: FlaskClient) -> None:
    manifest = client.get("/reconcile", environ_overrides={"SCRIPT_NAME": "/graph"}).get_json()
    entity = manifest["suggest"]["entity"]
    assert (entity["service_url"], entity["service_path"]) == ("http://localhost", "/graph/reconcile/suggest/entity")
    assert manifest["view"]["url"] == "http://localhost/graph/page/{{id}}"
