"""The Reconciliation Service API 0.2 of the W3C community group: others match names in their tables against the graph.

OpenRefine and other clients ask `/reconcile` for the manifest, send batches of queries there, and the things they have
matched to get more columns; names, types and properties are completed below `/reconcile/suggest`. Identifiers are what
follows the base in an IRI: `film/her-2013`.
"""

import json

from flask import Blueprint, Flask, Response, render_template, request

from reelgraph.ontology import ONTOLOGY
from reelgraph.server import extending, properties
from reelgraph.server.headers import CORS
from reelgraph.server.matching import BATCH, LONGEST, TYPES, batch, candidates, described, type_of
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, settings
from reelgraph.server.search import Hit, index
from reelgraph.server.view import view

blueprint = Blueprint("reconcile", __name__)

_SPECIFICATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
#: Pixels of a preview, and suggestions of one answer.
_WIDTH, _HEIGHT, _SUGGESTED = 420, 260, 10
_LIMIT = {
    "name": "limit",
    "label": "Values at most",
    "type": "number",
    "default": 0,
    "help_text": "0 sends all values",
}


def register(app: Flask) -> None:
    """Add the routes of the reconciliation service."""
    app.register_blueprint(blueprint)


@blueprint.after_request
def _for_everybody(response: Response) -> Response:
    """Let pages of other sites ask, also by POST."""
    for name, value in CORS:
        response.headers.setdefault(name, value)
    return response


@blueprint.route("/reconcile", methods=["GET", "POST"])
@blueprint.route("/reconcile/", methods=["GET", "POST"])
def reconcile() -> Response:
    """Send the manifest, the candidates for a batch of queries, or properties of things."""
    given, wanted = request.values.get("queries"), request.values.get("extend")
    if wanted is not None:
        return _json(extending.extension(wanted))
    if given is None:
        return _json(_manifest())
    seen = view()
    return _json({key: {"result": candidates(seen, query)} for key, query in batch(given).items()})


@blueprint.get("/reconcile/suggest/entity")
def suggest() -> Response:
    """Send the things whose names begin like, contain or resemble a text."""
    text, start = _prefix()
    seen = view()
    hits = index(seen).find(seen, text, most=start + _SUGGESTED)[start:] if text.strip() else []
    found = [
        {"id": links().rest(hit.iri), "name": hit.name, "description": described(hit), "notable": [type_of(hit.kind)]}
        for hit in hits
    ]
    return _json({"result": found})


@blueprint.get("/reconcile/suggest/type")
def suggest_type() -> Response:
    """Send the types whose names contain a text."""
    text, start = _prefix()
    found = [type_of(kind) for kind, name in TYPES.items() if text.casefold() in f"{kind} {name}".casefold()]
    return _json({"result": found[start : start + _SUGGESTED]})


@blueprint.get("/reconcile/suggest/property")
def suggest_property() -> Response:
    """Send the properties whose names contain a text."""
    text, start = _prefix()
    found = [
        {"id": one.id, "name": one.name, "description": _owners(one)}
        for one in properties.PROPERTIES
        if text.casefold() in f"{one.id} {one.name}".casefold()
    ]
    return _json({"result": found[start : start + _SUGGESTED]})


@blueprint.get("/reconcile/properties")
def propose() -> Response:
    """Send the properties that things of a type have."""
    return _json(extending.proposed())


@blueprint.get("/reconcile/preview/<path:rest>")
def preview(rest: str) -> Response:
    """Show a thing in a few lines."""
    return extending.preview(rest, described(_hit(rest)))


@blueprint.get("/reconcile/flyout/<path:rest>")
def flyout(rest: str) -> Response:
    """Send a thing in a few lines, for a box beside its name."""
    hit = _hit(rest)
    html = render_template("flyout.html", name=hit.name, described=described(hit))
    return _json({"id": rest, "html": html})


def _hit(rest: str) -> Hit:
    """Return the thing with an identifier; raise 404 if the graph has none."""
    iri, seen = links().iri(rest), view()
    if links().kind(iri) not in TYPES or not seen.has_name(iri):
        raise HttpError(404, f"the graph has nothing called {iri}")
    return Hit(iri, seen.name(iri), links().kind(iri), seen.preferred(iri, "film:year"))


def _prefix() -> tuple[str, int]:
    """Return the text to complete, and how many suggestions the client has already."""
    cursor = request.args.get("cursor", "")
    return request.args.get("prefix", "")[:LONGEST], int(cursor) if cursor.isdecimal() and len(cursor) < 5 else 0


def _owners(one: properties.Property) -> str:
    return "of " + ", ".join(TYPES[kind].lower() for kind in one.kinds) if one.kinds else "of everything"


def _manifest() -> dict[str, object]:
    root = request.host_url.rstrip("/")
    paths = links()

    def service(path: str) -> dict[str, str]:
        return {"service_url": root, "service_path": paths(path)}

    return {
        "versions": ["0.1", "0.2"],
        "name": "reelgraph",
        "identifierSpace": settings().base,
        "schemaSpace": ONTOLOGY,
        "documentation": _SPECIFICATION,
        "defaultTypes": [type_of(kind) for kind in TYPES],
        "view": {"url": f"{root}{paths('/page/')}{{{{id}}}}"},
        "preview": {"url": f"{root}{paths('/reconcile/preview/')}{{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            "entity": service("/reconcile/suggest/entity") | {"flyout_service_path": paths("/reconcile/flyout/${id}")},
            "type": service("/reconcile/suggest/type"),
            "property": service("/reconcile/suggest/property"),
        },
        "extend": {"propose_properties": service("/reconcile/properties"), "property_settings": [_LIMIT]},
        "batchSize": BATCH,
    }


def _json(content: object) -> Response:
    return Response(json.dumps(content, ensure_ascii=False) + "\n", mimetype="application/json")
