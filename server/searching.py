"""The search: things by their names, facts by their quotes, documents by their words."""

import json
from collections import Counter

from flask import Blueprint, Response, request

from reelgraph.server import words
from reelgraph.server.paging import paged, window
from reelgraph.server.rendering import lasting, links, page, parts
from reelgraph.server.search import KINDS, hit, index
from reelgraph.server.statementpage import sentence
from reelgraph.server.view import view

blueprint = Blueprint("searching", __name__)

#: Names on a page.
_NAMES = 50
#: Quotes and passages on a page that has only them, and on one that has everything.
_MOST, _FEW = 30, 5
#: What is searched for its words, as `?kind=` says it.
QUOTES, DOCUMENTS = "quote", "document"


@blueprint.get("/search")
def search() -> Response:
    """Show the things whose names fit, and the quotes and documents that have the words."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")

    def make() -> Response:
        seen, in_words = view(), kind in (QUOTES, DOCUMENTS)
        asked = words.asked(text, seen)
        counts = dict(zip((QUOTES, DOCUMENTS), seen.lookup.counts(asked.query), strict=True)) if asked.query else {}
        named = index(seen).matching(text) if text else []
        kinds = Counter(one.kind for one in named)
        shown = [one for one in named if not kind or one.kind == kind][:_NAMES]
        most, first = (_MOST, window(_MOST).start) if in_words else (_FEW, 0)
        return page(
            "search.html",
            view=seen,
            show=parts(seen),
            sentence=sentence,
            searched=text,
            kind=kind,
            kinds=[(one, kinds[one]) for one in KINDS if kinds[one]],
            hits=[hit(one, seen) for one in shown],
            counts=counts,
            corrected=asked.corrected,
            quotes=words.quotes(asked.query, seen, most, first) if kind in ("", QUOTES) else [],
            passages=words.passages(asked.query, seen, most, first) if kind in ("", DOCUMENTS) else [],
            paged=paged(counts.get(kind, 0), _MOST),
        )

    return lasting(make)


@blueprint.get("/suggest.json")
def suggest() -> Response:
    """Send the names that begin like, contain or resemble a text."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")

    def make() -> Response:
        hits = index(view()).find(view(), text, kind, most=10) if text else []
        found = [
            {"iri": hit.iri, "name": hit.name, "kind": hit.kind, "year": hit.year, "page": links().page(hit.iri)}
            for hit in hits
        ]
        return Response(json.dumps(found, ensure_ascii=False) + "\n", mimetype="application/json")

    return lasting(make)
