"""The Reconciliation Service API 0.2 of the W3C community group: others match names in their tables against the graph.

OpenRefine and other clients ask `/reconcile` for the manifest, send batches of queries there, and complete names with
`/reconcile/suggest/entity`. Identifiers are what follows the base in an IRI: `film/her-2013`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, request
from rapidfuzz import fuzz

from reelgraph import iris
from reelgraph.ontology import ONTOLOGY
from reelgraph.server.headers import CORS
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, settings
from reelgraph.server.search import Hit, index
from reelgraph.server.view import View, view

blueprint = Blueprint("reconcile", __name__)

_TYPES = {
    "film": "Film",
    "person": "Person",
    "organization": "Company or organization",
    "character": "Character",
    "place": "Place",
    "work": "Other work",
    "award": "Award",
    "topic": "Topic",
}
_ALIASES = {"company": "organization", "movie": "film"}
_YEAR = re.compile(r"\s*\(((?:18|19|20)\d\d)\)\s*$")
#: Queries in one batch, candidates for one query, and characters of a name.
_BATCH, _CANDIDATES, _LONGEST = 100, 50, 200
#: A candidate this good matches by itself, if the next is so much worse.
_SURE, _AHEAD = 95.0, 5.0
#: What a film loses of 100 when its year is unknown, one off, or another.
_NO_YEAR, _NEXT_YEAR, _OTHER_YEAR = 5.0, 8.0, 40.0


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    kind: str = ""
    limit: int = 10
    year: int | None = None


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
    """Send the manifest, or the candidates for a batch of queries."""
    given = request.values.get("queries")
    if given is None:
        return _json(_manifest())
    seen = view()
    return _json({key: {"result": _candidates(seen, query)} for key, query in _batch(given).items()})


@blueprint.get("/reconcile/suggest/entity")
def suggest() -> Response:
    """Send the things whose names begin like, contain or resemble a text."""
    text = request.args.get("prefix", "")[:_LONGEST]
    cursor = request.args.get("cursor", "")
    start = int(cursor) if cursor.isdigit() and len(cursor) < 5 else 0
    seen = view()
    hits = index(seen).find(seen, text, most=start + 10)[start:] if text.strip() else []
    found = [
        {"id": _id(hit), "name": hit.name, "description": _described(hit), "notable": [_type(hit.kind)]} for hit in hits
    ]
    return _json({"result": found})


def _manifest() -> dict[str, object]:
    root = request.url_root.rstrip("/")
    return {
        "versions": ["0.1", "0.2"],
        "name": "reelgraph",
        "identifierSpace": settings().base,
        "schemaSpace": ONTOLOGY,
        "documentation": "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
        "defaultTypes": [_type(kind) for kind in _TYPES],
        "view": {"url": f"{root}{links()('/page/')}{{{{id}}}}"},
        "suggest": {
            "entity": {"service_url": root, "service_path": links()("/reconcile/suggest/entity")},
        },
        "batchSize": _BATCH,
    }


def _batch(given: str) -> Mapping[str, _Query]:
    """Return the queries of a batch."""
    try:
        batch = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, f"queries: not JSON ({error}); send an object of queries") from None
    if not isinstance(batch, dict):
        raise HttpError(400, "queries: must be an object whose values are queries")
    if len(batch) > _BATCH:
        raise HttpError(413, f"queries: {len(batch)} in one batch; send at most {_BATCH}")
    return {str(key): _query(str(key), one) for key, one in batch.items()}


def _query(key: str, given: object) -> _Query:
    if not isinstance(given, dict):
        raise HttpError(400, f"queries: {key}: must be an object with a member `query`")
    text = given.get("query", "")
    if not isinstance(text, str):
        raise HttpError(400, f"queries: {key}: query must be a text")
    text = text[:_LONGEST]
    year = _year(given.get("properties"))
    match = _YEAR.search(text)
    if match and match.start():
        text, year = text[: match.start()], year or int(match[1])
    limit = given.get("limit")
    most = min(limit, _CANDIDATES) if isinstance(limit, int) and limit > 0 else 10
    return _Query(text, _kind(key, given.get("type")), most, year)


def _kind(key: str, given: object) -> str:
    """Return the kind that a query asks for, by its name or IRI, empty for all."""
    first = given[0] if isinstance(given, list) and given else given
    if not isinstance(first, str) or not first:
        return ""
    name = re.split(r"[/#]", first)[-1].lower()
    name = _ALIASES.get(name, name)
    if name not in _TYPES:
        raise HttpError(400, f"queries: {key}: unknown type {first!r}; there are {', '.join(_TYPES)}")
    return name


def _year(properties: object) -> int | None:
    """Return the year among the properties of a query."""
    for one in properties if isinstance(properties, list) else ():
        if isinstance(one, dict) and re.split(r"[/#]", str(one.get("pid", "")))[-1] == "year":
            value = one.get("v")
            value = value[0] if isinstance(value, list) and value else value
            match = re.search(r"\d{4}", str(value.get("id", "") if isinstance(value, dict) else value))
            if match:
                return int(match[0])
    return None


def _candidates(seen: View, query: _Query) -> list[dict[str, object]]:
    """Return the things a query may mean, the best first; `match` where there is no doubt."""
    hits = index(seen).find(seen, query.text, query.kind, most=_CANDIDATES) if query.text.strip() else []
    scored = sorted(((_score(query, hit), hit) for hit in hits), key=lambda one: (-one[0], one[1].iri))
    best = [score for score, _ in scored[:2]]
    sure = bool(best) and best[0] >= _SURE and (len(best) == 1 or best[0] - best[1] >= _AHEAD)
    return [
        {
            "id": _id(hit),
            "name": hit.name,
            "description": _described(hit),
            "type": [_type(hit.kind)],
            "score": score,
            "match": sure and place == 0,
            "features": _features(query, hit),
        }
        for place, (score, hit) in enumerate(scored[: query.limit])
    ]


def _score(query: _Query, hit: Hit) -> float:
    score = _likeness(query.text, hit)
    if query.year is not None and hit.kind == "film":
        apart = abs(int(hit.year) - query.year) if hit.year.isdigit() else None
        score -= {None: _NO_YEAR, 0: 0.0, 1: _NEXT_YEAR}.get(apart, _OTHER_YEAR)
    return round(max(score, 0.0), 1)


def _likeness(text: str, hit: Hit) -> float:
    wanted = " ".join(iris.words(text))
    return max(fuzz.ratio(wanted, " ".join(iris.words(name))) for name in (hit.name, hit.also) if name)


def _features(query: _Query, hit: Hit) -> Sequence[Mapping[str, object]]:
    found: list[Mapping[str, object]] = [{"id": "name", "value": round(_likeness(query.text, hit), 1)}]
    if query.year is not None and hit.kind == "film":
        found.append({"id": "year", "value": hit.year == str(query.year)})
    return found


def _id(hit: Hit) -> str:
    return links().rest(hit.iri)


def _described(hit: Hit) -> str:
    said = f"{_TYPES.get(hit.kind, hit.kind)}, {hit.year}" if hit.year else _TYPES.get(hit.kind, hit.kind)
    return f"{said}, also {hit.also}" if hit.also else said


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": _TYPES.get(kind, kind)}


def _json(content: object) -> Response:
    return Response(json.dumps(content, ensure_ascii=False) + "\n", mimetype="application/json")
