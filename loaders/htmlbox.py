"""The infobox of an encyclopedia page in HTML, read like the infobox of its wikitext."""

import re
from collections.abc import Mapping
from functools import cache

from reelgraph.loaders import castlist, fiche, htmlflat, identifiers, infobox, markup, vocabulary
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SITE = re.compile(r"\s+[-–—|]\s+[^-–—|]*$")
_DATED = re.compile(r"\((?:film, )?((?:18[89]|19\d|20[0-4])\d)(?: [^()\d]{0,20}film)?\)")
#: An infobox with fewer of a film's labels is about something else.
_LEAST = 3


def read(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down the facts of a film's infobox; return the film, None if the page has no such box."""
    rows = htmlflat.infobox(page.text)
    labels = {label for label, _ in rows}
    language = max(infobox.languages(), key=lambda one: len(labels & _known(one).keys()))
    known, words = _known(language), infobox.languages()[language]
    directed = any(words["credits"].get(known.get(label, "")) == "director" for label in labels)
    if any(map(is_other, labels)) or len(labels & known.keys()) < _LEAST:
        return None
    if not directed and not labels & {"release date", "release dates"}:
        return None
    named = {known[label]: (text, label) for label, text in rows if label in known}
    film = Ref("film", _title(page, rows), infobox.year(named, language) or _title_year(page), _ids(page))
    if not film.name:
        return None
    for heading in page.root.xpath("//h1")[:1]:
        facts.add("title", film, page.words(heading), title=film.name)
    for label, text in rows:
        if label in known:
            place = Place(f"infobox/{label}", lambda span: span)
            infobox.write_field(known[label], text, language, film, facts, place)
    for name, section in htmlflat.sections(page.text):
        place = Place(f"section {name}", lambda span: span)
        if re.fullmatch(words["headings"]["cast"], name, re.I):
            castlist.write(section, film, facts, place, voice=castlist.is_voice(name), colon=language != "en")
        elif language != "en" and re.fullmatch(words["headings"]["fiche"], name, re.I):
            fiche.write(section, language, film, facts, place)
    return film


@cache
def _known(language: str) -> Mapping[str, str]:
    """Return the parameter that each label of a language is; where none are listed, labels are called as parameters."""
    words = infobox.languages()[language]
    same = {name: name for group in ("credits", "companies", "fields") for name in words[group]}
    return words["labels"] if language == "en" else {**same, **words.get("labels", {})}


def is_other(label: str) -> bool:
    """Whether a label is one that series, games, books and records have, and films have not."""
    return bool(_others().search(label))


@cache
def _others() -> re.Pattern[str]:
    """Return what labels of series, games, books and records say, and those of films do not."""
    return re.compile(str(vocabulary.table("infobox")["names"]["other_labels"]), re.I)


def _title(page: markup.Page, rows: list[tuple[str, TextMap]]) -> str:
    for element in (*page.root.xpath("//h1"), *page.root.xpath("//title")):
        words = _SITE.sub("", markup.words_of(element)) if element.tag == "title" else markup.words_of(element)
        if words:
            return _BRACKETS.sub("", words).strip()
    return next((" ".join(text.text.split()) for label, text in rows if not label), "")


def _title_year(page: markup.Page) -> int | None:
    """Return the year with which an article's title tells the film from others, as in `Low Fell (1999 film)`."""
    words = (markup.words_of(element) for element in page.root.xpath("//h1 | //title"))
    years = [int(match[1]) for one in words if (match := _DATED.search(one))]
    return years[0] if years else None


def _ids(page: markup.Page) -> tuple[str, ...]:
    own = identifiers.from_address(page.address)
    return (own,) if own.startswith("wikipedia:") else ()
