"""The OpenAPI description: valid, complete, and true of what the server answers."""

import json

import pytest

from reelgraph.queries import catalogue
from reelgraph.server.omission import reads_sources
from reelgraph.server.openapi import description

URL = "https://films.example"


def described() -> dict[str, object]:
    found = json.loads(json.dumps(description(catalogue(), URL)))
    assert isinstance(found, dict)
    return found


def operations() -> dict[str, dict[str, object]]:
    paths = described()["paths"]
    assert isinstance(paths, dict)
    return {path: one for path, methods in paths.items() for one in methods.values()}


def test_the_description_is_valid() -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(described())


def test_every_query_is_described() -> None:
    found = operations()
    for query in catalogue().values():
        operation = found[f"/queries/{query.name}.{{format}}"]
        assert operation["summary"] == query.title
        parameters = operation["parameters"]
        assert isinstance(parameters, list)
        assert [one["name"] for one in parameters] == [
            "format", *(one.name for one in query.params), *(["without"] if reads_sources(query.body) else [])
        ]  # fmt: skip


def test_operations_have_different_names() -> None:
    paths = described()["paths"]
    assert isinstance(paths, dict)
    names = [one["operationId"] for methods in paths.values() for one in methods.values()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere() -> None:
    found = described()

    def follow(node: object) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                place: object = found
                for part in str(node["$ref"]).removeprefix("#/").split("/"):
                    assert isinstance(place, dict)
                    place = place[part]
            for one in node.values():
                follow(one)
        elif isinstance(node, list):
            for one in node:
                follow(one)

    follow(found)


def test_parameters_have_types_and_examples() -> None:
    parameters = operations()["/queries/cast.{format}"]["parameters"]
    assert isinstance(parameters, list)
    form, film, _ = parameters
    assert form["schema"]["enum"] == ["json", "xml", "csv", "tsv", "rq"]
    assert film["schema"]["items"] == {"type": "string", "format": "iri"}
    assert film["example"] == ["https://w3id.org/reelgraph/id/film/her-2013"]
