"""The description of the server for programs, OpenAPI 3.1: an operation for each canned query, search and SPARQL."""

import json
from collections.abc import Mapping

from flask import Blueprint, Response, request

from reelgraph import __version__
from reelgraph.queries import Query, catalogue
from reelgraph.queries.parameters import Parameter
from reelgraph.server.limits import FIELDS
from reelgraph.server.negotiate import GRAPHS, RESULTS, TEXT, Format
from reelgraph.server.omission import reads_sources
from reelgraph.server.problem import PROBLEM_JSON
from reelgraph.server.rendering import lasting, settings

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]

blueprint = Blueprint("openapi", __name__)

#: Type of a parameter -> JSON schema of a value.
_SCHEMAS: Mapping[str, Mapping[str, Json]] = {
    "iri": {"type": "string", "format": "iri"},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "gYear": {"type": "string", "pattern": "^[0-9]{4}$"},
}
_SPARQL = "application/sparql-query"
_TERM: Object = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}
_ROWS: Object = {
    "description": "Rows as SPARQL 1.1 Query Results JSON has them.",
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {
            "type": "object",
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Term"}},
                }
            },
        },
        "boolean": {"type": "boolean"},
    },
}
_PROBLEM: Object = {
    "description": "What went wrong, as RFC 9457 has it.",
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter that is wrong."},
    },
}

_WITHOUT: Object = {
    "name": "without",
    "in": "query",
    "description": "IRIs of documents that are left out: the rows as they are without what those say.",
    "style": "form",
    "explode": True,
    "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
}


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Send the description."""

    def make() -> Response:
        text = json.dumps(description(catalogue(settings().base), request.url_root.rstrip("/")), ensure_ascii=False)
        return Response(text + "\n", mimetype="application/json")

    return lasting(make, request.host_url)


def description(queries: Mapping[str, Query], url: str) -> Object:
    """Return the description of a server at a URL."""
    paths: Object = {f"/queries/{query.name}.{{format}}": {"get": _operation(query)} for query in queries.values()}
    tags = sorted({tag for query in queries.values() for tag in query.tags} | {"graph"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "reelgraph",
            "version": __version__,
            "description": "A film graph in which every fact cites the words it came from. "
            "A parameter may be repeated, for one value or the other; left out it means all, or its default.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url}],
        "tags": [{"name": tag} for tag in tags],
        "paths": {**paths, "/suggest.json": {"get": _suggest()}, "/sparql": {"get": _sparql(), "post": _sparql_post()}},
        "components": {
            "schemas": {"Term": _TERM, "Rows": _ROWS, "Problem": _PROBLEM},
            "responses": {
                "Problem": {
                    "description": "The request was not understood.",
                    "content": {
                        PROBLEM_JSON.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}},
                        TEXT.media_type: {"schema": {"type": "string"}},
                    },
                }
            },
        },
    }


def _operation(query: Query) -> Object:
    offers = GRAPHS if query.form == "CONSTRUCT" else RESULTS
    columns = "; ".join(f"`{name}`: {title}" for name, title in (query.columns or {}).items())
    formats: list[Json] = [*(one.name for one in offers), "rq"]
    form: Object = {
        "name": "format",
        "in": "path",
        "required": True,
        "description": "How the rows are written; `rq` is the query itself with the values in it.",
        "schema": {"type": "string", "enum": formats},
        "example": offers[0].name,
    }
    return {
        "operationId": query.name,
        "summary": query.title,
        "description": query.description + (f"\n\nColumns: {columns}." if columns else ""),
        "tags": list(query.tags),
        "parameters": [form, *map(_parameter, query.params), *([_WITHOUT] if reads_sources(query.body) else [])],
        "responses": _responses({**_content(offers), _SPARQL: {"schema": {"type": "string"}}}, "The rows."),
    }


def _parameter(parameter: Parameter) -> Object:
    items: Object = dict(_SCHEMAS[parameter.type])
    if parameter.enum:
        items["enum"] = list(parameter.enum)
    for key, limit in (("minimum", parameter.minimum), ("maximum", parameter.maximum)):
        if limit and items["type"] in ("integer", "number"):
            items[key] = float(limit) if items["type"] == "number" else int(limit)
    schema: Object = {"type": "array", "items": items}
    if parameter.default:
        schema["default"] = [_typed(one, parameter.type) for one in parameter.default]
    kind = f" IRI of a {parameter.class_iri.rpartition('/')[2]}." if parameter.class_iri else ""
    found: Object = {
        "name": parameter.name,
        "in": "query",
        "description": (parameter.description or f"{parameter.label}.") + kind,
        "style": "form",
        "explode": True,
        "schema": schema,
    }
    if parameter.example:
        found["example"] = [_typed(parameter.example, parameter.type)]
    return found


def _typed(text: str, kind: str) -> Json:
    if kind == "integer":
        return int(text)
    if kind == "decimal":
        return float(text)
    return text in ("true", "1") if kind == "boolean" else text


def _content(offers: tuple[Format, ...]) -> Object:
    rows: Object = {"$ref": "#/components/schemas/Rows"}
    return {
        one.media_type: {"schema": rows if one.media_type.endswith("results+json") else {"type": "string"}}
        for one in offers
    }


def _responses(content: Object, what: str) -> Object:
    problem: Object = {"$ref": "#/components/responses/Problem"}
    return {"200": {"description": what, "content": content}, "default": problem}


def _suggest() -> Object:
    text: Object = {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}, "example": "her"}
    kind: Object = {"name": "kind", "in": "query", "schema": {"type": "string"}, "example": "film"}
    fields: Object = {name: {"type": "string"} for name in ("iri", "name", "kind", "year", "page")}
    schema: Object = {"type": "array", "items": {"type": "object", "properties": fields}}
    return {
        "operationId": "suggest",
        "summary": "Things whose names fit",
        "description": "The IRIs of films, people and other things by a part of their names, also misspelt.",
        "tags": ["graph"],
        "parameters": [text, kind],
        "responses": _responses({"application/json": {"schema": schema}}, "The things."),
    }


def _sparql() -> Object:
    query: Object = {
        "name": "query",
        "in": "query",
        "required": True,
        "schema": {"type": "string"},
        "example": "SELECT ?film WHERE { ?film a <https://schema.org/Movie> } LIMIT 10",
    }
    found = _sparql_post()
    del found["requestBody"]
    limits: list[Json] = [
        {"name": name, "in": "query", "schema": {"type": "number", "exclusiveMinimum": 0}, "description": meaning}
        for name, meaning in zip(
            FIELDS, ("Seconds it may take.", "Rows it may have.", "Bytes it may have."), strict=True
        )
    ]
    return {**found, "operationId": "sparql", "parameters": [query, *limits]}


def _sparql_post() -> Object:
    answers = _content((*RESULTS, *GRAPHS))
    return {
        "operationId": "sparqlPost",
        "summary": "SPARQL 1.1",
        "description": "Answers any query, as the SPARQL 1.1 Protocol has it; `Accept` says how.",
        "tags": ["graph"],
        "requestBody": {"required": True, "content": {_SPARQL: {"schema": {"type": "string"}}}},
        "responses": _responses(answers, "The answer."),
    }
