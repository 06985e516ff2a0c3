"""schema.org microdata of a page."""

from collections.abc import Iterator

from lxml import etree, html

from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item, local_name
from reelgraph.loaders.markup import Page


def items(page: Page) -> Iterator[Item]:
    """Yield the things that stand in the page by themselves, not as a property of another."""
    for element in page.root.iter(etree.Element):
        if "itemscope" in element.attrib and "itemprop" not in element.attrib:
            yield _item(page, element, frozenset())


def _item(page: Page, element: html.HtmlElement, inside: frozenset[html.HtmlElement]) -> Item:
    types = frozenset(local_name(name) for name in (element.get("itemtype") or "").split())
    properties: dict[str, list[Item | Cell]] = {}
    place = Cell("", page.path(element))
    if element in inside:
        return Item(types - {""}, element.get("itemid") or "", properties, place)
    for child in _marked(page, element):
        if "itemscope" not in child.attrib and child.xpath(".//*[@itemprop=$name]", name=child.get("itemprop")):
            continue  # a box around the real values, marked with the same name
        for name in (child.get("itemprop") or "").split():
            short = local_name(name)
            if short:
                value = (
                    _item(page, child, inside | {element}) if "itemscope" in child.attrib else page.value(child, short)
                )
                properties.setdefault(short, []).append(value)
    return Item(types - {""}, element.get("itemid") or "", properties, place)


def _marked(page: Page, element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the elements whose properties belong to the thing of `element`: below it and where `itemref` points."""
    roots = list(element)
    for name in (element.get("itemref") or "").split():
        roots.extend(page.root.xpath("//*[@id=$name]", name=name)[:1])
    waiting = list(reversed(roots))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop"):
            yield child
        if "itemscope" not in child.attrib:
            waiting.extend(reversed(list(child)))
