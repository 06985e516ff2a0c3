"""Pages that list films without marked-up data: tables with headings, and items that begin with `Title (1999)`.

A list counts if something says that it is one of films: a heading, its addresses, or labels such as `Director:`. Menus,
boxes at the side and lists of what is related are not read.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from reelgraph.loaders import htmlflat, htmlitems, htmltables, htmltree, markup, vocabulary
from reelgraph.loaders.base import Facts
from reelgraph.loaders.htmlitems import Item
from reelgraph.loaders.htmltree import Element
from reelgraph.model import Ref

_ASIDE = frozenset(
    re.findall(r"\w+", "aside button datalist dialog footer form menu nav noscript object select template")
)
_NAMED_ASIDE = re.compile(
    rf"\b(?:{htmlflat.FURNITURE}|navigation|similar|recommend\w*|widget|trending|carousel|comments?)\b", re.I
)
_EXEMPT = frozenset({"", "html", "body", "main", "article"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Items of one list.
_FEWEST = 3
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SITE = re.compile(r"\s+[-–—|•·:]\s+")

#: The headings that an element stands under, the page's first.
Chain = tuple[str, ...]


def read(page: markup.Page, facts: Facts) -> list[Ref]:
    """Write down title and year of the films that a page lists, and what else columns and labels say of them."""
    elements = list(_elements(htmltree.parse(page.text), page))
    films: list[Ref] = []
    for element, chain in elements:
        if element.name == "table" and not says(chain, "other"):
            of_films, of_awards = says(chain, "film"), says(chain, "awards")
            films += htmltables.read(element, page.text, page.absolute, facts, of_films=of_films, of_awards=of_awards)
    if not films:
        for items in _lists(elements, page):
            films += htmlitems.write(items, page.text, facts)
    return list(dict.fromkeys(films))


def _elements(root: Element, page: markup.Page) -> Iterator[tuple[Element, Chain]]:
    """Yield the elements of a page in their order, each with its headings; what is beside the page's matter is not."""
    headings: list[tuple[int, str]] = (
        [(0, _SITE.split(_words(page, "//title"))[0])] if not page.root.xpath("//h1") else []
    )
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if _is_aside(element):
            continue
        level = _HEADINGS.get(element.name, 0)
        if level and not htmlitems.begins(element, page.text):
            words = htmltables.short(page.text, element)
            headings = [*(one for one in headings if one[0] < level), (level, words)]
        caption = (
            next((one for one in element.children if one.name == "caption"), None) if element.name == "table" else None
        )
        own = (htmltables.short(page.text, caption),) if caption else ()
        yield element, (*(words for _, words in headings), *own)
        waiting.extend(reversed(element.children))


def _words(page: markup.Page, path: str) -> str:
    return next((markup.words_of(element) for element in page.root.xpath(path)), "")


def _is_aside(element: Element) -> bool:
    if element.name in _EXEMPT:
        return False
    return element.name in _ASIDE or bool(_NAMED_ASIDE.search(element.called))


@cache
def _vocabulary(name: str) -> frozenset[str]:
    return frozenset(vocabulary.table("htmllists")["headings"][name].split())


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{vocabulary.table('htmllists')['headings']['phrases']})\b".replace("\n", ""), re.I)


def is_of_related(heading: str) -> bool:
    """Whether a heading is one such as `You may also like`."""
    return bool(_phrases().search(heading))


@lru_cache(maxsize=1024)
def says(chain: Chain, kind: str) -> bool:
    """Whether headings have a word of a kind; below the page's own, the words of each count by themselves."""
    if kind == "other" and any(map(_phrases().search, chain)):
        return True
    words = [set(_WORDS.findall(heading.lower())) for heading in chain]
    return any(one & _vocabulary(kind) for one in words)


def _lists(elements: Sequence[tuple[Element, Chain]], page: markup.Page) -> Iterator[list[Item]]:
    """Yield the lists of items that are films."""
    begun = ((htmlitems.item(element, page), chain) for element, chain in elements if not says(chain[1:], "other"))
    items = [(item, chain) for item, chain in begun if item is not None]
    found: dict[tuple[str, ...], list[tuple[Item, Chain]]] = {}
    for number, (item, chain) in enumerate(items):
        if number + 1 == len(items) or items[number + 1][0].element.start >= item.element.end:
            found.setdefault(item.kind, []).append((item, chain))
    for members in found.values():
        alike = [item for item, _ in members]
        said = all(says(chain, "film") and not says(chain, "other") for _, chain in members)
        if len(alike) >= _FEWEST and (said or htmlitems.are_films(alike, page.text)):
            yield alike
