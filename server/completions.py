"""What the query page completes: the prefixes, classes and properties that this graph has, the frequent ones first."""

import json

from flask import Blueprint, Response

from reelgraph.ontology import PREFIXES
from reelgraph.server.rendering import lasting
from reelgraph.server.view import View, view

blueprint = Blueprint("completions", __name__)

_CLASSES = """SELECT ?name (COUNT(?thing) AS ?count) WHERE {
  GRAPH ?graph { ?thing a ?name } FILTER(?graph != <{base}graph/vocabulary>)
} GROUP BY ?name ORDER BY DESC(?count) ?name"""
_PROPERTIES = """SELECT ?name (COUNT(*) AS ?count) WHERE {
  GRAPH ?graph { ?subject ?name ?object } FILTER(?graph != <{base}graph/vocabulary>)
} GROUP BY ?name ORDER BY DESC(?count) ?name"""


@blueprint.get("/completions.json")
def completions() -> Response:
    """Send what can be completed."""

    def make() -> Response:
        seen = view()
        found = {
            "prefixes": dict(PREFIXES),
            "classes": _names(_CLASSES, seen),
            "properties": _names(_PROPERTIES, seen),
        }
        return Response(json.dumps(found, ensure_ascii=False) + "\n", mimetype="application/json")

    return lasting(make)


def _names(query: str, seen: View) -> list[str]:
    return [name for name, _ in seen.rows(query.replace("{base}", seen.base))]
