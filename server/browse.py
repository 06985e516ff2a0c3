"""Lists to stroll through: what kinds of things there are, all things of a kind, and what films can be narrowed by."""

from flask import Blueprint, Response, request

from reelgraph.server import structured
from reelgraph.server.facets import facets
from reelgraph.server.paging import paged, window
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page
from reelgraph.server.search import KINDS, index
from reelgraph.server.view import view

blueprint = Blueprint("browse", __name__)


@blueprint.get("/browse")
def browse() -> Response:
    """Show the kinds of things with their numbers, and the genres, countries, languages and years of films."""

    def make() -> Response:
        seen = view()
        counts = index(seen).counts()
        kinds = [(kind, counts[kind]) for kind in KINDS if counts.get(kind)]
        return page("browse.html", kinds=kinds, facets=seen.kept(facets))

    return lasting(make)


@blueprint.get("/browse/<kind>")
def of_kind(kind: str) -> Response:
    """List all things of a kind by name."""
    if kind not in KINDS:
        raise HttpError(404, f"there is no kind of things called {kind}; there are {', '.join(KINDS)}")

    def make() -> Response:
        seen = view()
        found = index(seen).of_kind(kind)
        shown = [(iri, seen.title(iri)) for iri in found[window()]]
        here = request.url_root.rstrip("/")
        names = structured.listed(kind, ((here + links().page(iri), name) for iri, name in shown))
        return page("kind.html", kind=kind, things=shown, total=len(found), paged=paged(len(found)), linked_data=names)

    return lasting(make, request.host_url)
