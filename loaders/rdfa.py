"""schema.org RDFa and RDFa Lite of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import html

from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item, local_name
from reelgraph.loaders.markup import Page

_SCHEMA = re.compile(r"https?://schema\.org/?$")
_PREFIX = re.compile(r"(\w+):\s+(\S+)")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds at an element: the thing around it, whether bare terms are schema.org's, the prefixes.

    `related` are the properties (of `rel`) that the next things inside are the values of.
    """

    item: Item | None
    schema: bool
    prefixes: frozenset[str]
    related: tuple[str, ...] = ()

    def name(self, term: str) -> str:
        prefix, colon, rest = term.partition(":")
        if colon and prefix in self.prefixes:
            return rest
        return local_name(term) if self.schema or colon else ""


def items(page: Page) -> Iterator[Item]:
    """Yield the things that stand in the page by themselves, not as a property of another."""
    found: list[Item] = []
    outside = _Scope(None, schema=False, prefixes=frozenset({"schema"}))
    waiting: list[tuple[html.HtmlElement, _Scope]] = [(page.root, outside)]
    while waiting:
        element, scope = waiting.pop()
        if isinstance(element.tag, str):
            inner = _enter(page, element, scope, found)
            waiting.extend((child, inner) for child in reversed(list(element)))
    yield from found


def _enter(page: Page, element: html.HtmlElement, scope: _Scope, found: list[Item]) -> _Scope:
    if element.get("vocab") is not None:
        scope = replace(scope, schema=bool(_SCHEMA.match(element.get("vocab") or "")))
    declared = {prefix for prefix, address in _PREFIX.findall(element.get("prefix") or "") if _SCHEMA.match(address)}
    scope = replace(scope, prefixes=scope.prefixes | declared)
    names = [name for term in (element.get("property") or "").split() if (name := scope.name(term))]
    related = tuple(name for term in (element.get("rel") or "").split() if ":" in term and (name := scope.name(term)))
    if element.get("typeof") is None:
        scope = replace(scope, related=related) if related else scope
        for name in names:
            if scope.item is not None:
                scope.item.properties.setdefault(name, []).append(page.value(element, name))
        return scope
    types = frozenset(scope.name(term) for term in (element.get("typeof") or "").split()) - {""}
    iri = element.get("resource") or element.get("about") or element.get("href") or ""
    item = Item(types, page.absolute(iri) if iri else "", {}, Cell("", page.path(element)))
    names += [*related, *scope.related]
    if names and scope.item is not None:
        for name in names:
            scope.item.properties.setdefault(name, []).append(item)
    elif types:
        found.append(item)
    return _Scope(item, scope.schema, scope.prefixes)
