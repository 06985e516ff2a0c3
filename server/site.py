"""What programs look for on a site: robots.txt, a site map, a description of the search."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from reelgraph.ontology import ONTOLOGY
from reelgraph.queries import catalogue
from reelgraph.server.rendering import lasting, links, page, settings
from reelgraph.server.search import index
from reelgraph.server.view import View, view

blueprint = Blueprint("site", __name__)

#: Addresses a site map may hold.
_MOST = 50_000
_KINDS = ("film", "person", "organization", "work", "character", "award", "place", "topic")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell robots what to leave alone."""
    lines = ("User-agent: *", "Disallow: /sparql", "Disallow: /query", "Disallow: /search", "Disallow: /export.")
    text = "\n".join((*lines, f"Sitemap: {request.url_root}sitemap.xml", ""))
    return Response(text, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages."""

    def make() -> Response:
        here = request.host_url.rstrip("/")
        pages = "".join(
            f"<url><loc>{escape(here + path)}</loc></url>\n"
            for path, _ in zip(_paths(view()), range(_MOST), strict=False)
        )
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
        return Response(text, mimetype="application/xml")

    return lasting(make, request.host_url)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to browsers."""
    here = escape(request.url_root)
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>reelgraph</ShortName><Description>Films, people and companies</Description>\n"
        f'<Url type="text/html" template="{here}search?q={{searchTerms}}"/>\n</OpenSearchDescription>\n',
        mimetype="application/opensearchdescription+xml",
    )


@blueprint.get("/query")
def query() -> Response:
    """Show a form for SPARQL."""
    known = [one for one in catalogue(settings().base).values() if "facts" in one.tags]
    text = request.args.get("query", "")
    return page("sparql.html", text=text, queries=known, base=settings().base, ontology=ONTOLOGY)


def _paths(seen: View) -> Iterator[str]:
    for path in ("/", "/films", "/sources", "/disagreements", "/queries/", "/query", "/ontology"):
        yield links()(path)
    for name in catalogue(settings().base):
        yield links()(f"/queries/{name}")
    for kind in _KINDS:
        yield from (links().page(iri) for iri in index(seen).of_kind(kind))
