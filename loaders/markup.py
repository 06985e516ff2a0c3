"""An HTML page as a tree whose marked-up elements know where they stand in the document's text."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from lxml import etree, html

from reelgraph.loaders import identifiers
from reelgraph.loaders.base import Cell
from reelgraph.loaders.tags import Tag, tags, words_after
from reelgraph.model import Span

_MARKS = ("itemprop", "itemscope", "property", "typeof")
_ADDRESS_IN = {"img": "src", "audio": "src", "video": "src", "source": "src", "embed": "src", "iframe": "src",
               "track": "src", "a": "href", "area": "href", "link": "href", "object": "data"}  # fmt: skip
#: Where a page says its own address; pages of Wikipedia's own parser name their article.
_OWN = (
    "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//link[@rel='dc:isVersionOf']/@href",
    "//base/@href",
)  # fmt: skip
_ADDRESSES = {
    "url",
    "sameas",
    "image",
    "thumbnailurl",
    "contenturl",
    "embedurl",
    "trailer",
    "logo",
    "photo",
    "mainentityofpage",
}


@dataclass(frozen=True)
class Page:
    """The tree of a page, its text, the start tags of its marked-up elements, and the address it was got from."""

    text: str
    root: html.HtmlElement
    places: dict[html.HtmlElement, Tag] = field(repr=False)
    called: str = ""

    def path(self, element: html.HtmlElement, attribute: str = "") -> str:
        """Return the XPath of an element, or of one of its attributes."""
        path = str(element.getroottree().getpath(element))
        return f"{path}/@{attribute}" if attribute else path

    def attribute(self, element: html.HtmlElement, name: str) -> Cell:
        """Return an attribute's value as a cell."""
        tag = self.places.get(element)
        words = " ".join((element.get(name) or "").split())
        return Cell(words, self.path(element, name), tag.attributes.get(name) if tag else None)

    def words(self, element: html.HtmlElement) -> Cell:
        """Return an element's text as a cell, with its place if it begins with nothing but these words."""
        words = words_of(element)
        tag = self.places.get(element)
        span = words_after(self.text, tag, words) if tag else self._heading(element, words)
        return Cell(words, self.path(element), span)

    def _heading(self, element: html.HtmlElement, words: str) -> Span | None:
        """Return where the words of the page's only first heading stand in the text, None for other elements."""
        if element.tag != "h1":
            return None
        found = [match.end() for match in re.finditer(rf"<{element.tag}\b[^<>]*>", self.text, re.I)]
        at = self.text.find(words, found[0]) if len(found) == 1 and words else -1
        end = re.compile(rf"</{element.tag}\b", re.I).search(self.text, found[0]) if found else None
        return Span(at, at + len(words)) if end is not None and 0 <= at < end.start() else None

    def value(self, element: html.HtmlElement, name: str) -> Cell:
        """Return what a marked-up element says for the property `name`."""
        kind = str(element.tag).lower()
        for attribute in ("content", "datetime", "value"):
            if element.get(attribute) is not None and (attribute != "value" or kind in ("data", "meter")):
                return self.attribute(element, attribute)
        address = _ADDRESS_IN.get(kind)
        if address and element.get(address) and (name.lower() in _ADDRESSES or not words_of(element)):
            return self.attribute(element, address)
        return self.words(element)

    @cached_property
    def address(self) -> str:
        """The page's own address as it declares it, else the one it was got from; that of the page, not of a copy."""
        for path in _OWN:
            found = [re.sub(r"^//", "https://", str(value)) for value in self.root.xpath(path) if "//" in str(value)]
            if found:
                return identifiers.original(found[0])
        return identifiers.original(self.called) if "://" in self.called else ""

    def meta(self, name: str) -> str:
        """Return the content of a `meta` element by its name or property."""
        found = self.root.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        return " ".join(str(found[0]).split()) if found else ""

    def absolute(self, address: str) -> str:
        """Return an address of this page in full."""
        try:
            return identifiers.original(urljoin(self.address, address))
        except ValueError:
            return address


def words_of(element: html.HtmlElement) -> str:
    """Return the text of an element and everything in it, with single spaces."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def page(text: str, called: str = "") -> Page | None:
    """Return the page that an HTML text holds, None if there is no element in it; `called` is its file or address."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    return Page(text, root, _places(text, root), called)


def _places(text: str, root: html.HtmlElement) -> dict[html.HtmlElement, Tag]:
    """Return the start tag of each marked-up element; none when text and tree do not agree about them."""
    marked = [element for element in root.iter(etree.Element) if any(mark in element.attrib for mark in _MARKS)]
    if not marked:
        return {}
    written = [tag for tag in tags(text) if any(mark in tag.attributes for mark in _MARKS) or _bare(text, tag)]
    agree = len(marked) == len(written) and all(
        str(element.tag) == tag.name for element, tag in zip(marked, written, strict=True)
    )
    return dict(zip(marked, written, strict=True)) if agree else {}


def _bare(text: str, tag: Tag) -> bool:
    """Whether a tag carries a mark without a value, as `itemscope` does."""
    return "itemscope" in text[tag.start : tag.end].lower() or " typeof" in text[tag.start : tag.end].lower()
