"""Items of a page's list that begin with `Title (1999)`: what they say of a film, and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reelgraph.loaders import entries, htmlflat, htmllabels, identifiers, markup, vocabulary
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.htmltree import Element
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.values import minutes
from reelgraph.model import Ref

_BEGINNINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "td", "p", "div", "a", "span", "strong", "b"})
_ITEM = re.compile(
    r"\s*(?:#?\d{1,4}\s?[.):]\s+|#\d{1,4}\s+)?[\"“«]?"
    r"(?P<title>[^\s\"“«()][^()\n]{0,140}?)[\"”»]?,?(?P<beside>\s\([^()\d\n]{1,60}\))?\s*"
    r"\((?P<inside>[^()\n]{0,100}?(?<!\d)(?P<year>(?:18[89]|19\d|20\d)\d)(?!\d)[^()\n]{0,60})\)"
)
#: How the title is marked: as a link, or as a title is printed.
_MARKED = re.compile(r"<(?:a|i|em|cite|b|strong)\b[^<>]*>(?:\s|&nbsp;|<[a-z][^<>]*>|#?\d{1,4}[.):])*[\"“«]?$", re.I)
_HREF = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.I)
_PART = re.compile(r"\s*([^,;|/·•]+?)\s*(?:[,;|/·•]|$)")
_DATED = re.compile(r"\((?:[^()]|<[^<>]*>){0,200}?(?:18|19|20)\d\d")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_WORD = re.compile(r"[^\W\d_]+")
#: So much of an element is looked at to see whether it is an item; so far does an item reach.
_LOOKED_AT, _LONGEST = 1500, 6000
#: The share of the items of a list that must say that they are films.
_MOST = 0.6
_MAKERS = frozenset({"director", "directors", "directed by", "starring", "stars"})


@dataclass(frozen=True, slots=True)
class Item:
    """The beginning of an item: its element and words, which of them are title and brackets, and where it links to."""

    element: Element
    words: TextMap
    title: tuple[int, int]
    inside: tuple[int, int]
    year: int
    address: str

    @property
    def kind(self) -> tuple[str, ...]:
        """What items of one list have in common: the names of the elements that they are in."""
        return (self.element.name, *(one.name for one in self.element.above()))


def begins(element: Element, text: str) -> bool:
    """Whether an element begins with `Title (1999)`."""
    return bool(_ITEM.match(_head(element, text).text))


def _head(element: Element, text: str) -> TextMap:
    """Return the first words of an element, none if there can be no year in brackets among them."""
    end = min(element.end, element.inner + _LOOKED_AT)
    return htmlflat.flatten(text, element.inner, end) if _DATED.search(text, element.inner, end) else TextMap()


def item(element: Element, page: markup.Page) -> Item | None:
    """Return the item that an element begins, None if it begins none."""
    if element.name not in _BEGINNINGS:
        return None
    words = _head(element, page.text)
    match = _ITEM.match(words.text)
    span = words.span(*match.span("title")) if match else None
    if match is None or span is None or not _is_year(match["inside"]) or is_other(match["inside"], match["beside"]):
        return None
    if match["title"].strip().lower() in vocabulary.table("values")["months"]:
        return None
    before, title = page.text[element.start : span.start], page.text[span.start : span.end]
    is_heading = element.name[0] == "h"
    if not is_heading and ("</" in title or not _MARKED.search(before)):
        return None
    links = list(_HREF.finditer(page.text, element.start, span.start))
    address = page.absolute(links[-1][1]) if links else ""
    return Item(element, words, match.span("title"), match.span("inside"), int(match["year"]), address)


def _is_year(inside: str) -> bool:
    """Whether brackets have one year, alone or beside names, which have capitals: `b. 1944` has none."""
    parts = [part[1] for part in _PART.finditer(inside) if _YEAR.search(part[1])]
    return len(_YEAR.findall(inside)) == 1 and all(map(_CAPITAL.match, _WORD.findall(parts[0])))


def is_other(*brackets: str | None) -> bool:
    """Whether brackets say that an item is no film."""
    words = {word.lower() for part in brackets if part for word in re.findall(r"[^\W\d_]+(?: story)?", part)}
    return not words.isdisjoint(_table()["other"].replace("\n", "").split("|"))


def _table() -> dict[str, str]:
    return vocabulary.table("htmllists")["brackets"]


def are_films(items: Sequence[Item], text: str) -> bool:
    """Whether most items link to pages about films, or have labels for who made a film."""
    linked = sum(1 for one in items if _is_film_address(one.address))
    labelled = sum(1 for one, end in zip(items, _ends(items), strict=True) if _MAKERS & _labels(one, end, text).keys())
    return max(linked, labelled) >= _MOST * len(items)


def _is_film_address(address: str) -> bool:
    found = identifiers.from_address(address)
    return (
        identifiers.fits(found, "film") and not found.startswith(("wikipedia:", "dbpedia:"))
        if found
        else bool(_films().search(address))
    )


@cache
def _films() -> re.Pattern[str]:
    return re.compile(rf"(?:^|/)(?:{vocabulary.table('htmllists')['addresses']['film']})/[^/]", re.I)


def _labels(one: Item, end: int, text: str) -> dict[str, TextMap]:
    return htmllabels.values(text, one.element.start, end)


def _ends(items: Sequence[Item]) -> list[int]:
    """Return where each item ends: where the next begins with all that is around it; the last with what they are in."""
    ends = []
    for one, following in pairwise(items):
        around = {id(element): element for element in one.element.above()}
        inner = following.element
        while inner.parent is not None and id(inner.parent) not in around:
            inner = inner.parent
        ends.append(inner.start)
    shared = set(map(id, items[-2].element.above())) if len(items) > 1 else set()
    last = next((element for element in items[-1].element.above() if id(element) in shared), items[-1].element)
    below = [one.start for one in last.all() if one.name[:1] == "h" and one.start > items[-1].element.end]
    ends.append(min([last.end, *below[:1]]))
    return [min(end, one.element.start + _LONGEST) for one, end in zip(items, ends, strict=True)]


def write(items: Sequence[Item], text: str, facts: Facts) -> list[Ref]:
    """Write down what the items of a list say; return their films."""
    films = []
    for one, end in zip(items, _ends(items), strict=True):
        known = identifiers.from_address(one.address)
        ids = (known,) if known and identifiers.fits(known, "film") else ()
        place = Place(one.element.path, lambda span: span)
        title = place.cell(one.words, *one.title)
        film = Ref("film", title.text, one.year, ids)
        facts.add("title", film, title, title=film.name)
        _inside(one, film, facts, place)
        _after(one, film, facts, place)
        htmllabels.write(_labels(one, end, text), film, facts, f"{one.element.path} ")
        films.append(film)
    return films


def _inside(one: Item, film: Ref, facts: Facts, place: Place) -> None:
    """Write down what stands in brackets: the year, the running time, the director if that is said."""
    start, end = one.inside
    for part in _PART.finditer(one.words.text, start, end):
        year = _YEAR.search(one.words.text, *part.span(1))
        if year:
            facts.add("year", film, place.cell(one.words, *year.span()), year=one.year)
        elif re.fullmatch(r"\d{2,3}\s?(?:min\.?|mins\.?|minutes?|minuten|['’′])", part[1], re.I):
            facts.add(
                "runtime",
                film,
                place.cell(one.words, *part.span(1)),
                minutes=minutes(part[1].replace("’", "'").replace("′", "'")),
            )
        elif said := _director().match(part[1]):
            at = part.start(1) + said.start("name")
            _directors(one.words.part(at, part.end(1)), film, facts, place)


def _after(one: Item, film: Ref, facts: Facts, place: Place) -> None:
    """Write down the director after the brackets, if that is said."""
    rest = re.compile(r"\)[\s,:–—-]*(?P<rest>[^\n.;(|]+)").match(one.words.text, one.inside[1])
    said = _director().match(rest["rest"]) if rest else None
    if rest and said:
        at = rest.start("rest") + said.start("name")
        _directors(one.words.part(at, rest.end("rest")), film, facts, place)


def _directors(words: TextMap, film: Ref, facts: Facts, place: Place) -> None:
    for entry in entries.people(words, place):
        facts.add("credit", film, entry.cell, agent=Ref("person", entry.text), role="director")


@cache
def _director() -> re.Pattern[str]:
    return re.compile(rf"(?:{_table()['director']})\s*:?\s+(?P<name>[^\W\d_].*)", re.I)
