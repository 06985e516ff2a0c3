"""A film described by Open Graph `meta` elements, for pages that have nothing better."""

import re

from reelgraph.loaders.base import Cell
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.items import Item
from reelgraph.loaders.markup import Page, words_of

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
#: What stands between a title and the name of a site, and what sites ask for before a title.
_SITE = re.compile(r"\s+[|–—·•-]\s+")
_CALL = re.compile(r"(?:watch|stream|rent|voir|regarder|ver|assistir|guarda|kijk|titta på|смотреть)\s+(?=\S)", re.I)


def item(page: Page) -> Item | None:
    """Return the film of a page that calls itself a `video.movie`, None for all other pages."""
    if page.meta("og:type") not in ("video.movie", "movie"):
        return None
    properties: dict[str, list[Item | Cell]] = {}
    for element in page.root.xpath("//meta[@property and @content]"):
        name = element.get("property")
        cell = page.attribute(element, "content")
        if name == "video:duration" and cell.text.isdigit():
            properties.setdefault("seconds", []).append(cell)
        elif name in _NAMES and cell.text and not (name == "video:actor" and "://" in cell.text):
            properties.setdefault(_NAMES[name], []).append(_title(page, cell) if name == "og:title" else cell)
    return Item(frozenset({"Movie"}), "", properties, Cell("", "og"))


def _title(page: Page, cell: Cell) -> Cell:
    """Return the title without what a site writes around it, where the page's heading shows what that is."""
    first = _SITE.split(cell.text)[0]
    dated = [title for element in page.root.xpath("//h1") for title, year in [split_title(words_of(element))] if year]
    if len(dated) == 1 and not split_title(cell.text)[1] and re.match(rf"{re.escape(dated[0])}(?!\w)", cell.text):
        return cell.part(dated[0])
    shown = {words_of(element) for element in page.root.xpath("//h1")}
    return next((cell.part(words) for words in (first, _CALL.sub("", first, count=1)) if words in shown), cell)
