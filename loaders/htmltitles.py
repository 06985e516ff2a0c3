"""The element of a page in which the title of its film stands, and titles without what sites write around them."""

import re
from functools import cache

from lxml.html import HtmlElement

from reelgraph.loaders import htmltables, markup, vocabulary
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.htmltree import Element
from reelgraph.loaders.mainfilm import plain
from reelgraph.model import Ref

_UNSEEN = frozenset({"head", "title", "script", "style", "nav", "footer", "select", "noscript", "template", "a"})


def heading(root: Element, page: markup.Page, known: str = "") -> Element | None:
    """Return the one first heading with which the page's title begins or ends, or the only one if it ends with a year.

    On a page without first headings, the first element that says but the title of its `known` film.
    """
    titles = [plain(markup.words_of(element)) for element in page.root.xpath("//title")]
    titles.append(plain(page.meta("og:title")))
    found = [one for one in root.all() if one.name == "h1"]
    if not found and not known:
        found = [_before_brackets(one, page) for one in root.all() if one.name == "h2"]
        found = found if len(found) == 1 else []
    names = [words_of(one, page) for one in found]
    fitting = [
        one for one, words in zip(found, names, strict=True) if _fits(plain(words), titles, alone=len(found) < 2)
    ]
    if len(found) == 1 and not fitting and split_title(names[0])[1]:
        return found[0]
    if not found and known:
        return _said(root, page, plain(known))
    return fitting[0] if len(fitting) == 1 else None


def dated(page: markup.Page) -> tuple[HtmlElement, Ref] | None:
    """Return the first heading of a page, or its title, that names a film with its year."""
    for element in (*page.root.xpath("//h1"), *page.root.xpath("//title")):
        title, year = split_title(bare(markup.words_of(element)))
        if title and year:
            return element, Ref("film", title, year)
    return None


def _before_brackets(element: Element, page: markup.Page) -> Element:
    """Return an element up to the brackets that end it, in which another title stands; those of a year stay."""
    words = words_of(element, page)
    at = page.text.find("(", element.inner, element.end)
    if not words.endswith(")") or split_title(words)[1] or at <= element.inner or element.children:
        return element
    return Element("", "", element.inner, element.inner, at, element)


def words_of(element: Element, page: markup.Page) -> str:
    """Return the words of an element in one line."""
    return htmltables.short(page.text, element)


def _fits(name: str, titles: list[str], *, alone: bool) -> bool:
    begins = any(title == name or title.startswith(f"{name} ") for title in titles)
    return bool(name) and (begins or (alone and any(title.endswith(f" {name}") for title in titles)))


def _said(root: Element, page: markup.Page, name: str) -> Element | None:
    """Return the first element, from the outside in, that says nothing but a name."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name in _UNSEEN:
            continue
        if (
            element.name
            and element.end - element.inner < 10 * len(name) + 200
            and plain(words_of(element, page)) == name
        ):
            return element
        waiting.extend(reversed(element.children))
    return None


def bare(title: str) -> str:
    """Return a page's title without what says that it is a review.

    >>> bare("Movie Review: Low Fell"), bare("Kritik – Low Fell"), bare("Review")
    ('Low Fell', 'Low Fell', 'Review')
    """
    return _around().sub("", title, count=1)


@cache
def _around() -> re.Pattern[str]:
    words = "".join(vocabulary.table("htmllists")["titles"]["before"].split("\n"))
    return re.compile(rf"(?:{words})\s*(?::|\s[-–—])\s+(?=\S)", re.I)
