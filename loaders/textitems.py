"""Texts with lists of films, a line each: `3. Low Water (1999), dir. Cy Elm`; what else they say is read as before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reelgraph.loaders import htmlitems, htmllists, markdown, packedtext, particulars, plaintext, textlists
from reelgraph.loaders.base import Cell, Facts, Loader, line_of
from reelgraph.loaders.mainfilm import plain
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.model import Document, Extraction, Fact, Ref, Value

NAME = "textitems"
DESCRIPTION = "lists of films in text and Markdown, a line each: `Low Water (1999), dir. Cy Elm`"
PRIORITY = 77

_ITEM = re.compile(
    r"\s*(?:#?\d{1,3}[.)]\s+|[-*•–]\s+)?[\"“«*_]*(?P<title>[^\s\"“«*_()][^()\n]{0,89}?)[\"”»*_]*,?\s*"
    r"\((?P<inside>[^()\n]{0,60}?(?<!\d)(?P<year>(?:18[89]|19\d|20[0-4])\d)(?!\d)[^()\n]{0,60})\)(?P<after>[^\n]*)$"
)
_NAME_AFTER = r"(?P<name>[^\W\d_][^,;:|()\d★–—]{2,50}?)\s*(?:$|[,;|(★–—]|\s-\s|\.\s|\d|:)"
_DIRECTOR = re.compile(rf"\W*(?:dir(?:ector|ected by|\.)?|d\.|regie|réal\.?|regia|by)\s*:?\s+{_NAME_AFTER}", re.I)
_NAMED = re.compile(r"\s*(?:dir(?:ected by|\.)?\s+)?(?P<name>[^\d,;]{3,50}?)\s*$", re.I)
#: "Low Water (1999), a novel by Ada Vole".
_WHAT = re.compile(r"[\s,:;–—-]*an?\s+(?P<what>(?:[^\W\d_]+[ -]){0,2}[^\W\d_]+)\s+by\b", re.I)
_NUMBER = re.compile(r"^#?\d{1,3}[.)]\s+")
#: Items of one list, lines of a text that may head it.
_FEWEST, _HEADS = 3, 3
_LOOKED_AT = 1 << 20


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: where its title, year and director stand."""

    title: tuple[int, int]
    year: tuple[int, int]
    director: tuple[int, int] | None


def accepts(document: Document) -> bool:
    """Whether a text has a list of films under a heading that says so."""
    if document.media_type not in ("text/plain", "text/markdown") and not packedtext.accepts(document):
        return False
    text = textlists.words(document).text
    return bool(list(_items(text))) and not textlists.is_line_up(text)


def load(document: Document) -> Extraction:
    """Return the films of the lists, and what the text says besides."""
    text, facts = textlists.words(document), Facts(NAME)
    is_markdown = document.media_type == "text/markdown"
    reader: Loader = textlists if textlists.accepts(document) else markdown if is_markdown else plaintext
    items = list(_items(text.text))
    rest = _without(reader.load(document), {plain(text.text[slice(*item.title)]) for item in items})
    films = []
    for item in items:
        film = Ref("film", text.text[slice(*item.title)], int(text.text[slice(*item.year)]))
        films.append(film)
        for kind, span in _told(item):
            words = text.text[slice(*span)]
            cell = Cell(words, f"line {line_of(text.text, span[0])}", text.span(*span))
            if kind == "credit":
                facts.add(kind, film, cell, agent=Ref("person", words), role="director")
            else:
                said: dict[str, Value] = {kind: film.year or 0 if kind == "year" else words}
                facts.keep(Fact(kind, film, said, cell.span, cell.pointer, words, 0, "actual", NAME))
    facts.note("document", f"a list of films, a line each: {len(films)}")
    about = tuple(dict.fromkeys((*rest.sources[0].about, *films)))
    sources = (replace(rest.sources[0], about=about), *rest.sources[1:])
    issues = rest.issues if rest.facts else ()
    return replace(rest, loader=NAME, sources=sources, facts=(*rest.facts, *facts), issues=(*issues, *facts.issues))


def _without(found: Extraction, titles: set[str]) -> Extraction:
    """Return what a text says as a whole without what it says of a listed film: that is not what all of it is about."""
    listed = {film for one in found.sources for film in one.about if plain(_NUMBER.sub("", film.name)) in titles}
    sources = (replace(one, about=tuple(film for film in one.about if film not in listed)) for one in found.sources)
    return replace(found, sources=tuple(sources), facts=tuple(one for one in found.facts if one.subject not in listed))


def _told(item: _Item) -> Iterator[tuple[str, tuple[int, int]]]:
    yield "title", item.title
    yield "year", item.year
    if item.director:
        yield "credit", item.director


def _items(text: str) -> Iterator[_Item]:
    """Yield the items of the lists that stand under a heading of films, or in a text that has one."""
    text = text[:_LOOKED_AT]
    lines = [match.span() for match in written(text)]
    heads = [text[start:end].strip() for start, end in lines[:_HEADS] if not _ITEM.match(text, start, end)]
    run: list[_Item] = []
    above = ""
    for start, end in (*lines, (len(text), len(text))):
        match = _ITEM.match(text, start, end)
        item = _item(match) if match else None
        if item:
            run.append(item)
            continue
        if len(run) >= _FEWEST and _is_of_films((*heads[:1], above)):
            yield from run
        run, above = [], text[start:end].strip()


def _is_of_films(headings: Sequence[str]) -> bool:
    chain = tuple(heading for heading in dict.fromkeys(headings) if heading)
    return htmllists.says(chain, "film") and not htmllists.says(chain, "other")


def _item(match: re.Match[str]) -> _Item | None:
    """Return the item of a line, None if what is in brackets or behind them says that it is of something else."""
    after = _WHAT.match(match["after"])
    if htmlitems.is_other(match["inside"], after and after["what"]):
        return None
    return _Item(match.span("title"), match.span("year"), _director(match))


def _director(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the director that is named in the brackets beside the year, or with a label after them."""
    text, year = match.string, match.span("year")
    begin, end = match.span("inside")
    for low, high in ((begin, year[0]), (year[1], end)):
        words = text[low:high]
        low, high = low + len(words) - len(words.lstrip(" ,;")), high - len(words) + len(words.rstrip(" ,;"))
        cut = text.find(",", low, high)
        if cut >= 0 and particulars.are_countries(text[cut + 1 : high]):
            high = cut
        named = _NAMED.match(text, low, high) if low < high else None
        if named and has_person_shape(named["name"]):
            return named.span("name")
    after = _DIRECTOR.match(text, *match.span("after"))
    return after.span("name") if after and has_person_shape(after["name"]) else None
