"""Feeds of reviews, RSS 2.0 and Atom: every item about a film is a source document of its own."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reelgraph.loaders import htmlflat, runningtext, vocabulary
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.loaders.values import decimal, iso_date, number_text, year_of
from reelgraph.model import Document, Extraction, Ref, SourceDocument, Span, Value

NAME = "feed"
DESCRIPTION = "RSS 2.0 and Atom feeds of reviews and articles about films"
PRIORITY = 10

_BEGIN = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(?:rss\b|feed\b[^>]*xmlns\s*=\s*[\"']http://www\.w3\.org/2005/Atom)",
    re.DOTALL,
)
_CDATA = ("<![CDATA[", "]]>")
_LINK = re.compile(r"<link\b(?![^<>]*\brel\s*=\s*[\"'](?!alternate))[^<>]*\bhref\s*=\s*[\"']([^\"'<>]+)[\"']")
_TERM = re.compile(r"<category\b[^<>]*\bterm\s*=\s*[\"']([^\"'<>]+)[\"']")
_MAILED = re.compile(r"\S+@\S+\s*\(([^()]+)\)$")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATED = re.compile(
    r"\s*(?P<before>[^:–—|]{1,40}[:–—|]\s*)?[\"“'‘]?(?P<title>\S.*?)[\"”'’]?\s*\((?P<year>18[89]\d|19\d\d|20\d\d)\)"
    r"\s*(?P<after>[-–—:|,]?\s*.{0,40})$"
)
_SCORE = re.compile(
    r"^[ \t]*(?P<score>(?:[^\W\d_]+[ \t]*:[ \t]*)?(\d{1,3}(?:[.,]\d)?)\s?(?:/|out of)\s?(5|10|20|100))[ \t]*$",
    re.MULTILINE,
)
#: What the feeds of Letterboxd's members say of each film; its members give up to five stars.
_LOGGED = ("letterboxd:filmTitle", "letterboxd:filmYear", "letterboxd:memberRating", "tmdb:movieId")
_STARS = Decimal(5)
_LONGEST_TITLE = 300
_BODIES = ("content:encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the XML: with its tags, and what is between them."""

    outer: Span
    inner: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its words and those of its parts, each with their places; what it says of itself."""

    number: int
    span: Span
    title: TextMap
    body: TextMap
    author: str
    date: str
    link: str
    categories: tuple[str, ...]
    logged: Mapping[str, str]


def accepts(document: Document) -> bool:
    """Whether the text begins as a feed does."""
    return bool(_BEGIN.match(document.text[:8192].lstrip("\ufeff")))


def load(document: Document) -> Extraction:
    """Return what the items say about films; items about none are counted in a note."""
    text = document.text
    found = list(_elements(text, 0, len(text), "item")) or list(_elements(text, 0, len(text), "entry"))
    head = text[: found[0].outer.start] if found else text
    channel = " ".join(_field(head, 0, len(head), "title").text.split())
    sources: list[SourceDocument] = []
    collected: list[Facts] = []
    for number, element in enumerate(found, 1):
        facts = Facts(NAME, len(sources))
        item = _item(text, number, element)
        about, kind = read(item, channel, facts)
        if about:
            title = " ".join(item.title.text.split())
            sources.append(SourceDocument(item.span, kind, channel, item.author, title, item.date, tuple(about)))
            collected.append(facts)
    notes = Facts(NAME)
    if len(sources) < len(found) or not found:
        notes.note("document", f"items without a film that is recognised: {len(found) - len(sources)} of {len(found)}")
    return extraction(NAME, sources or source(document, "page", title=channel), *collected, notes)


def _item(text: str, number: int, element: _Element) -> Item:
    start, end = element.inner.start, element.inner.end
    body = next((one for name in _BODIES if (one := _field(text, start, end, name)).text.strip()), TextMap())
    author = _words(text, start, end, "dc:creator") or _words(text, start, end, "author")
    mailed = _MAILED.match(author)
    link = _LINK.search(text, start, end)
    dates = (_words(text, start, end, name) for name in ("pubDate", "published", "dc:date", "updated"))
    categories = [unescaped(text, *one.span(1)).text for one in _TERM.finditer(text, start, end)]
    categories += [_unwrapped(text, one.inner).text for one in _elements(text, start, end, "category")]
    return Item(
        number, element.outer, _field(text, start, end, "title"), body, mailed[1].strip() if mailed else author,
        next((day for one in dates if one and (day := iso_date(one))), ""),
        unescaped(text, *link.span(1)).text if link else _words(text, start, end, "link"), tuple(categories),
        {name: words for name in _LOGGED if (words := _words(text, start, end, name))},
    )  # fmt: skip


@cache
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{name}(?:\s[^<>]*)?(?<!/)>")


def _elements(text: str, start: int, end: int, name: str) -> Iterator[_Element]:
    """Yield the elements of a name that are closed, those inside of others left out."""
    while match := _opening(name).search(text, start, end):
        close = text.find(f"</{name}>", match.end(), end)
        if close < 0:
            return
        start = close + len(name) + len("</>")
        yield _Element(Span(match.start(), start), Span(match.end(), close))


def _field(text: str, start: int, end: int, name: str) -> TextMap:
    """Return the content of the first element of this name, markup that was escaped as markup."""
    element = next(_elements(text, start, end, name), None)
    return _unwrapped(text, element.inner) if element else TextMap()


def _unwrapped(text: str, span: Span) -> TextMap:
    """Return XML content without CDATA marks, entities resolved outside of them; XHTML inside stays as it is."""
    result, here, end = TextMap(), span.start, span.end
    begin, close = _CDATA
    while (at := text.find(begin, here, end)) >= 0 and (last := text.find(close, at, end)) >= 0:
        part = unescaped(text, here, at)
        result.extend(part, part.text)
        result.add(text[at + len(begin) : last], at + len(begin))
        here = last + len(close)
    rest = TextMap()
    if "<" in text[here:end]:
        rest.add(text[here:end], here)
    else:
        rest = unescaped(text, here, end)
    result.extend(rest, rest.text)
    return result


def _words(text: str, start: int, end: int, name: str) -> str:
    found = _field(text, start, end, name)
    return " ".join(htmlflat.flatten(found.text, 0, len(found.text)).text.split())


def read(item: Item, channel: str, facts: Facts) -> tuple[list[Ref], str]:
    """Write down what an item says; return the films it is about, and whether it is a review."""
    title = " ".join(item.title.text.split())
    if item.logged.get(_LOGGED[0]):
        return [_log(item, title, facts)], "review"
    if _said("other", title, *item.categories):
        return [], ""
    named, is_review = _film(item, channel), bool(_said("review", title, channel, *item.categories))
    film = Ref("film", named["title"].strip(), int(named["year"])) if named else None
    page, prose = _page(item, _head(item, channel, named)), Facts(NAME, facts.source)
    about = _prose(page, film, prose)
    film = film or (about[0] if len(about) == 1 else None)
    cell = Cell(title, f"item {item.number}/title", item.title.span(0, len(item.title)))
    if film and named:
        facts.add("title", film, cell, title=film.name)
        facts.add("year", film, cell, year=film.year)
    scores = [fact for fact in prose if fact.kind == "review"] if is_review else []
    if film and is_review:
        said, span = (scores[0].fields, scores[0].span) if len(scores) == 1 else _score(page)
        _review(item, film, channel, replace(cell, span=span) if span else cell, said, facts)
    for fact in prose:
        if fact not in scores[:1] and not (named and fact.kind in ("title", "year")):
            facts.keep(fact)
    return about or ([film] if film else []), "review" if is_review else "article"


def _log(item: Item, title: str, facts: Facts) -> Ref:
    """Write down what a member of Letterboxd says of a film."""
    name, year, rating, code = (item.logged.get(one, "") for one in _LOGGED)
    film = Ref("film", name, year_of(year), (f"tmdb:movie/{code}",) if code.isdigit() else ())
    cell = Cell(title, f"item {item.number}/title", item.title.span(0, len(item.title)))
    facts.add("title", film, cell, title=name)
    facts.add("year", film, cell, year=film.year)
    facts.add(
        "user-review", film, cell, title=title, author=item.author, date=item.date or None,
        value=number_text(rating) if rating else None, best=_STARS if rating else None,
    )  # fmt: skip
    head = TextMap()
    head.add(html.escape(f"{name} ({year})"))
    _prose(_page(item, head), film, facts)
    return film


def _page(item: Item, head: TextMap) -> TextMap:
    """Return an item as a page of HTML, its head and its text."""
    page = TextMap()
    page.add("<div>")
    page.extend(head, head.text)
    page.add("</div>\n<div>")
    page.extend(item.body, item.body.text)
    page.add("</div>")
    return page


def _head(item: Item, channel: str, named: re.Match[str] | None) -> TextMap:
    """Return the head of a review, publication, film and author, else the title as it is."""
    if not named:
        return item.title
    head = TextMap()
    head.add(f"{html.escape(channel)}<br>")
    for group, after in (("title", " ("), ("year", ")")):
        part = item.title.part(*named.span(group))
        head.extend(part, part.text)
        head.add(after)
    head.add(f"<br>By {html.escape(item.author)}" if _is_person(item.author) else "")
    return head


def _prose(page: TextMap, film: Ref | None, facts: Facts) -> list[Ref]:
    """Write down what the words of a page say; return the films it is about."""
    words = htmlflat.flatten(page.text, 0, len(page.text))
    return runningtext.write(words, film, facts, lambda span: page.span(span.start, span.end))


def _score(page: TextMap) -> tuple[Mapping[str, Value], Span | None]:
    """Return the score that has a line of its own, if only one has, and its place."""
    words = htmlflat.flatten(page.text, 0, len(page.text))
    found = list(_SCORE.finditer(words.text))
    value, best = (decimal(found[0][2]), decimal(found[0][3])) if len(found) == 1 else (None, None)
    if value is None or best is None or value > best:
        return {}, None
    inner = words.span(*found[0].span("score"))
    return {"value": number_text(found[0][2]), "best": best}, page.span(inner.start, inner.end) if inner else None


def _is_person(author: str) -> bool:
    return len(author.split()) > 1 and "@" not in author


def _review(item: Item, film: Ref, channel: str, cell: Cell, said: Mapping[str, Value], facts: Facts) -> None:
    """Write down the review that an item is, by its author in this feed, with the score that its text gives."""
    facts.add(
        "review", film, cell, title=cell.text, value=said.get("value"), best=said.get("best"),
        critic=Ref("person", item.author) if _is_person(item.author) else said.get("critic"),
        publication=Ref("organization", channel) if channel else None, date=item.date or None,
        polarity=said.get("polarity"), url=item.link if _ADDRESS.fullmatch(item.link) else None,
    )  # fmt: skip


def _film(item: Item, channel: str) -> re.Match[str] | None:
    """Return title and year in a title such as `Low Water (1999) review`, if the item says that it is about a film."""
    match = _DATED.match(item.title.text) if len(item.title) < _LONGEST_TITLE else None
    words = htmlflat.flatten(item.body.text, 0, len(item.body.text)).text
    if match is None or not _said("film", item.title.text, channel, words, *item.categories):
        return None
    beside = [part for part in (match["before"], match["after"]) if part and re.search(r"\w", part)]
    return match if all(_said("review", part) or _said("film", part) for part in beside) else None


def _said(kind: str, *texts: str) -> frozenset[str]:
    """Return which words of a kind some texts have."""
    return _kind(kind) & frozenset(word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()))


@cache
def _kind(name: str) -> frozenset[str]:
    return frozenset(vocabulary.table("feed")["items"][name].split())
