"""XMLTV programme lists: the programmes that are films by their category, or by their year, director and cast."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders import vocabulary, xmltext
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.values import integer, is_mark, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "xmltv"
DESCRIPTION = "XMLTV programme lists, of which only the films are read"
PRIORITY = 10

_BEGIN = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+tv\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<tv\b", re.DOTALL
)
_CREDITS = {
    "director": "director",
    "writer": "writer",
    "producer": "producer",
    "composer": "composer",
    "editor": "editor",
}
_MINUTES = {"minutes": 1, "hours": 60}


def accepts(document: Document) -> bool:
    """Whether the text is XML with `tv` as its root and programmes in it."""
    return bool(_BEGIN.match(document.text[:8192].lstrip("\ufeff"))) and "<programme" in document.text


def load(document: Document) -> Extraction:
    """Return the facts of the films; other programmes are counted in a note."""
    facts = Facts(NAME)
    root, error = xmltext.parse_partly(document.text)
    if error:
        facts.warn(
            f"line {error.line}", f"the XML breaks off or is wrong here ({error}); what stands before it is loaded"
        )
    programmes = list(root.all("programme")) if root else []
    films = [film for programme in programmes for film in _film(programme, facts)]
    if len(films) < len(programmes):
        facts.note(
            "document", f"programmes that are not said to be films: {len(programmes) - len(films)} of {len(programmes)}"
        )
    return extraction(NAME, source(document, "data", *films), facts)


def _film(programme: Element, facts: Facts) -> Iterator[Ref]:
    title = programme.first("title")
    if not title.text or not _is_film(programme):
        return
    date = programme.first("date")
    year = year_of(date.text[:4])
    film = Ref("film", title.text, year)
    facts.add("title", film, title.cell, title=title.text)
    for other in programme.all("title"):
        if other.text != title.text:
            facts.add("alternate-title", film, other.cell, title=other.text)
    facts.add("year", film, date.cell, year=year)
    _people(programme.first("credits"), film, facts)
    _words(programme, film, facts)
    yield film


def _is_film(programme: Element) -> bool:
    """Whether a category says film, or year, director and cast are given and nothing says that it is an episode."""
    categories = {element.text.casefold() for element in programme.all("category")}
    if categories & _categories("other") or any(True for _ in programme.all("episode-num", "sub-title")):
        return False
    credits_ = programme.first("credits")
    made = year_of(programme.first("date").text[:4]) and any(credits_.all("director")) and any(credits_.all("actor"))
    return bool(categories & _categories("film") or made)


@cache
def _categories(kind: str) -> frozenset[str]:
    return frozenset(word.strip() for word in vocabulary.table("feed")["programmes"][kind].split("|"))


def _people(credits_: Element, film: Ref, facts: Facts) -> None:
    for actor in credits_.all("actor"):
        facts.add(
            "cast", film, actor.cell, person=Ref("person", actor.text), character=actor.attributes.get("role") or None
        )
    for name, role in _CREDITS.items():
        for element in credits_.all(name):
            facts.add("credit", film, element.cell, agent=Ref("person", element.text), role=role)


def _words(programme: Element, film: Ref, facts: Facts) -> None:
    for element in programme.all("category"):
        if element.text in concepts("genres"):
            facts.add("genre", film, element.cell, genre=element.text)
    for element in programme.all("country"):
        facts.add("country", film, element.cell, country=element.text)
    for element in programme.all("orig-language"):
        facts.add("language", film, element.cell, language=element.text)
    for element in programme.all("length"):
        unit = _MINUTES.get(element.attributes.get("units", ""))
        number = integer(element.text)
        facts.add("runtime", film, element.cell, minutes=number * unit if unit and number else None)
    for rating in programme.all("rating"):
        value = rating.first("value")
        if is_mark(value.text):
            facts.add(
                "content-rating", film, value.cell, system=rating.attributes.get("system") or None, rating=value.text
            )
