"""Which of the films that a page describes it is about."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reelgraph.loaders import vocabulary
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.items import Item, Items


def main_films(items: Items, address: str, headings: Iterable[str]) -> tuple[list[list[Item]], int]:
    """Return the films the document is about, each as all items that describe it, and how many others there are.

    A film that the page names as its main entity, a review's film or a screening's film comes first; else the one whose
    address or title is the page's; a list page, on which none stands out, is about all of its films.
    """
    named = _groups(items, _main_entities(items))
    if named:
        return [_with_twins(group, items) for group in named], 0
    groups = _groups(items, (item for item in items.top if item.is_a("Movie")))
    if not groups:
        groups = _groups(items, _listed(items))
    if len(groups) < 2:
        return groups, 0
    titles = [plain(heading) for heading in headings if heading]
    scores = [max(_score(item, address, titles) for item in group) for group in groups]
    best = max(scores)
    if best and scores.count(best) == 1:
        return [groups[scores.index(best)]], len(groups) - 1
    return groups, 0


def is_of_other(items: Items, headings: Iterable[str]) -> bool:
    """Whether the page describes a thing that is no film, such as a game, a book or a person, and is called like it."""
    others = [item for item in items.top if item.is_a(*vocabulary.words("schemaorg", "others", "types"))]
    named = {plain(item.text("name")) for item in others} - {""}
    return bool(named) and any(plain(heading) in named for heading in headings)


def _main_entities(items: Items) -> Iterator[Item]:
    for item in items.top:
        if not item.is_a("Movie"):
            for name in vocabulary.words("schemaorg", "main", "properties"):
                values = item.properties.get(name, [])
                found = (items.full(value) if isinstance(value, Item) else items.by_id(value.text) for value in values)
                yield from (film for film in found if film is not None and film.is_a("Movie"))


def _listed(items: Items) -> Iterator[Item]:
    for top in items.top:
        if top.is_a("ItemList", "CollectionPage", "SearchResultsPage", "WebPage"):
            yield from (item for item in Items([top]).everything() if item.is_a("Movie"))


def _groups(items: Items, films: Iterable[Item]) -> list[list[Item]]:
    """Put the items that describe the same film together, those without a name left out."""
    groups: list[list[Item]] = []
    for item in dict.fromkeys(items.full(film) for film in films):
        if not item.text("name"):
            continue
        same = next((group for group in groups if any(_same(item, other) for other in group)), None)
        if same is None:
            groups.append([item])
        else:
            same.append(item)
    return groups


def _with_twins(group: list[Item], items: Items) -> list[Item]:
    others = (item for item in items.top if item.is_a("Movie") and item not in group and item.text("name"))
    return [*group, *(item for item in others if any(_same(item, one) for one in group))]


def _same(one: Item, other: Item) -> bool:
    if one.id and one.id == other.id:
        return True
    years = {str(split_title(item.text("name"))[1] or item.text("datePublished")[:4]) for item in (one, other)} - {""}
    return plain(one.text("name")) == plain(other.text("name")) and len(years) < 2


def _score(item: Item, address: str, titles: list[str]) -> int:
    own = {item.id, item.text("url"), item.text("@id")}
    if address and any(one.rstrip("/") == address.rstrip("/") for one in own if one):
        return 4
    name = plain(item.text("name"))
    if not name:
        return 0
    return max((3 if name == title else 2 if title.startswith(f"{name} ") else 0 for title in titles), default=0)


@lru_cache(maxsize=1 << 8)
def plain(title: str) -> str:
    """Return a title for comparison: letters and digits of the words, without the year in brackets and the site.

    >>> plain("Her (2013) – Cinema Guide")
    'her'
    """
    title = re.sub(r"\s*\((?:18|19|20)\d\d\).*$", "", title)
    return " ".join(re.findall(r"\w+", title.casefold()))
