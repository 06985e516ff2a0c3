"""Reconciliation service, second part: the properties of things for tables that were matched, and their previews."""

import json
from collections.abc import Sequence

from flask import Response, render_template, request
from pyoxigraph import NamedNode

from reelgraph.server import properties
from reelgraph.server.headers import PAGE_POLICY
from reelgraph.server.problem import HttpError
from reelgraph.server.properties import Property
from reelgraph.server.rendering import links
from reelgraph.server.view import View, view

#: Things in one question, properties of each, and values of a property that are sent unless the client asks for fewer.
_IDS, _ASKED, _VALUES = 500, 40, 100
#: Values that a preview shows.
_SHOWN = 6
_PREVIEWED = ("year", "director", "cast", "genre", "country", "runtime", "acted-in", "worked-on", "made")

Json = dict[str, object]


def extension(given: str) -> Json:
    """Return what a data extension query asks for: a row for each thing, a cell for each property."""
    asked = _object(given)
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise HttpError(400, "extend: must have the members `ids` and `properties`, two lists")
    if len(ids) > _IDS or len(wanted) > _ASKED:
        raise HttpError(413, f"extend: at most {_IDS} ids and {_ASKED} properties at once")
    columns = [_column(one) for one in wanted]
    seen = view()
    rows = {str(one): {column.id: _cells(seen, str(one), column, most) for column, most in columns} for one in ids}
    return {"meta": [_described(column) for column, _ in columns], "rows": rows}


def _object(given: str) -> Json:
    try:
        asked = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, f"extend: not JSON ({error}); send an object") from None
    if not isinstance(asked, dict):
        raise HttpError(400, "extend: must be an object with `ids` and `properties`")
    return asked


def _column(given: object) -> tuple[Property, int]:
    """Return a property that is asked for, and how many of its values."""
    name = str(given.get("id", "")) if isinstance(given, dict) else str(given)
    found = properties.find(name)
    if found is None:
        known = ", ".join(one.id for one in properties.PROPERTIES)
        raise HttpError(400, f"extend: unknown property {name!r}; there are {known}")
    settings = given.get("settings") if isinstance(given, dict) else None
    limit = str(settings.get("limit", "")) if isinstance(settings, dict) else ""
    return found, min(int(limit[:9]) or _VALUES, _VALUES) if limit.isdecimal() else _VALUES


def _cells(seen: View, name: str, asked: Property, most: int) -> list[Json]:
    """Return the values of a property of the thing with this identifier; none if there is no such thing."""
    iri = links().iri(name)
    try:
        NamedNode(iri)
    except ValueError:
        return []
    found = list(properties.values(seen, iri, asked))[:most]
    return [_cell(iri_, text, asked) for iri_, text in found]


def _cell(iri: str, text: str, asked: Property) -> Json:
    if asked.type and iri:
        return {"id": links().rest(iri), "name": text}
    number = asked.preferred and text.isdecimal()
    return {"int": int(text)} if number else {"str": text}


def _described(asked: Property) -> Json:
    found: Json = {"id": asked.id, "name": asked.name}
    return found | ({"type": {"id": asked.type, "name": asked.type.capitalize()}} if asked.type else {})


def proposed() -> Json:
    """Return the properties that things of the type in the request have."""
    kind = request.args.get("type", "")
    limit = request.args.get("limit", "")
    found: Sequence[Property] = properties.of_kind(kind)
    most = int(limit[:9]) if limit.isdecimal() else 0
    answer: Json = {"properties": [{"id": one.id, "name": one.name} for one in found[: most or None]]}
    return answer | ({"type": kind} if kind else {}) | ({"limit": most} if most else {})


def preview(name: str, described: str) -> Response:
    """Return a small page about a thing, for a frame in the client's page."""
    seen, iri = view(), links().iri(name)
    kind = links().kind(iri)
    rows = []
    for one in properties.of_kind(kind):
        if one.id in _PREVIEWED:
            found = list(properties.values(seen, iri, one))
            rows += [(one.name, [text for _, text in found[:_SHOWN]], len(found) > _SHOWN)] if found else []
    page = render_template("preview.html", name=seen.name(iri), described=described, rows=rows, page=links().page(iri))
    answer = Response(page, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = PAGE_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return answer
