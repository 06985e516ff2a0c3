"""What programs look for on a site: robots.txt, a site map, a description of the search."""

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from reelgraph.queries import catalogue
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, settings
from reelgraph.server.search import KINDS, index
from reelgraph.server.view import View, view

blueprint = Blueprint("site", __name__)

#: Addresses a site map may hold.
_MOST = 50_000


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell robots what to leave alone."""
    closed = ("/sparql", "/query", "/search", "/export.", "/resolve/", "/*?without=", "/*&without=")
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {request.url_root}sitemap.xml", "")
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages, or the parts of the list if there are more than one list may hold."""

    def make() -> Response:
        paths = list(_paths(view()))
        if len(paths) <= _MOST:
            return _listing("urlset", "url", paths)
        parts = range(1, -(-len(paths) // _MOST) + 1)
        return _listing("sitemapindex", "sitemap", (links()(f"/sitemap-{part}.xml") for part in parts))

    return lasting(make, request.host_url)


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """List a part of the pages."""

    def make() -> Response:
        paths = list(islice(_paths(view()), (part - 1) * _MOST, part * _MOST)) if part else []
        if not paths:
            raise HttpError(404, f"there is no part {part} of the site map")
        return _listing("urlset", "url", paths)

    return lasting(make, request.host_url)


def _listing(whole: str, one: str, paths: Iterable[str]) -> Response:
    here, changed = request.host_url.rstrip("/"), view().snapshot.manifest.created
    date = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
    listed = "".join(f"<{one}><loc>{escape(here + path)}</loc>{date}</{one}>\n" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{space}">\n{listed}</{whole}>\n'
    return Response(text, mimetype="application/xml")


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


def _paths(seen: View) -> Iterator[str]:
    for path in ("/", "/films", "/browse", "/sources", "/disagreements", "/queries/", "/query", "/ontology"):
        yield links()(path)
    for name in catalogue(settings().base):
        yield links()(f"/queries/{name}")
    for kind in KINDS[1:]:
        yield links()(f"/browse/{kind}")
    for kind in KINDS:
        yield from (links().page(iri) for iri in index(seen).of_kind(kind))
