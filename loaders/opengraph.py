"""A film described by Open Graph `meta` elements, for pages that have nothing better."""

from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item
from reelgraph.loaders.markup import Page

_NAMES = {
    "og:title": "name",
    "og:description": "description",
    "og:image": "image",
    "og:url": "url",
    "video:director": "director",
    "video:actor": "actor",
    "video:writer": "author",
    "video:release_date": "datePublished",
    "video:tag": "keywords",
}


def item(page: Page) -> Item | None:
    """Return the film of a page that calls itself a `video.movie`, None for all other pages."""
    if page.meta("og:type") not in ("video.movie", "movie"):
        return None
    properties: dict[str, list[Item | Cell]] = {}
    for element in page.root.xpath("//meta[@property and @content]"):
        name = element.get("property")
        cell = page.attribute(element, "content")
        if name == "video:duration" and cell.text.isdigit():
            properties.setdefault("duration", []).append(Cell(f"PT{cell.text}S", cell.pointer, cell.span))
        elif name in _NAMES and cell.text and not (name == "video:actor" and "://" in cell.text):
            properties.setdefault(_NAMES[name], []).append(cell)
    return Item(frozenset({"Movie"}), "", properties, Cell("", "og"))
