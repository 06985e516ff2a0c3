"""EBUCore: records of broadcasters and archives, of which those of films are read."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "ebucore"
DESCRIPTION = "EBUCore records of archives (XML), of which only the films are read"
PRIORITY = 10

_AGENTS = ("creator", "contributor", "publisher")
_YEARS = ("startYear", "startDate", "endYear")
_SHORTEST = 40


def accepts(document: Document) -> bool:
    """Whether the text is XML with records of EBUCore."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and bool(re.search(r"<(?:\w+:)?coreMetadata\b", head)) and "ebucore" in head.lower()


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, lambda one: one.name == "coreMetadata")
    return catalogue.extracted(document, facts, found, _film)


def _film(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record; yield its film, if it is of one and has a title."""
    titles = list(_inner(record, "title", "title"))
    agents = [agent for part in record.all(*_AGENTS) for agent in _agents(part)]
    kinds = [word for part in record.all("type") for one in (part, *part.children) for word in _words(one)]
    if not titles or not catalogue.is_film(kinds, [role for _, role, _ in agents]):
        return
    year, cell = next(_years(record), (None, Cell("")))
    inner = [(one, part) for part in record.all("identifier") for one in part.all("identifier")]
    known = catalogue.ids((part.attributes.get("typeLabel", ""), one.text) for one, part in inner)
    film = Ref("film", catalogue.title(titles[0].text), year, known)
    facts.add("title", film, titles[0].cell, title=film.name)
    for part in record.all("alternativeTitle"):
        kind = "original-title" if "original" in part.attributes.get("typeLabel", "").lower() else "alternate-title"
        for other in part.all("title"):
            facts.add(kind, film, other.cell, title=catalogue.title(other.text))
    facts.add("year", film, cell, year=year)
    for name, role, is_company in agents:
        catalogue.agent(facts, film, name.cell, role, is_company=is_company)
    _rest(record, film, facts)
    yield film


def _words(element: Element) -> list[str]:
    """Return the words of an element, and its label."""
    return [word for word in (element.attributes.get("typeLabel", ""), element.text) if word]


def _agents(part: Element) -> Iterator[tuple[Element, str, bool]]:
    """Yield the names in a part of a record with their role, and whether they are of an organisation."""
    role = catalogue.role_of(*(word for one in part.children if one.name == "role" for word in _words(one)))
    for details, name in (("contactDetails", "name"), ("organisationDetails", "organisationName")):
        for one in part.all(details):
            for words in one.all(name):
                yield words, role, name != "name"


def _years(record: Element) -> Iterator[tuple[int, Cell]]:
    """Yield the years of production with their words, which may be those of an attribute."""
    for kinds in (("created", "produced"), ("issued", "released", "date")):
        for date in (one for part in record.all("date") for one in part.children if one.name in kinds):
            given = [(date.attributes[name], f"{date.path}/@{name}") for name in _YEARS if name in date.attributes]
            for text, pointer in given:
                if year := year_of(text):
                    yield year, Cell(text, pointer)
            if year := year_of(date.text):
                yield year, date.cell


def _rest(record: Element, film: Ref, facts: Facts) -> None:
    for duration in _inner(record, "format", "duration"):
        for length in duration.all("normalPlayTime"):
            facts.add("runtime", film, length.cell, minutes=minutes(length.text))
    for language in _inner(record, "language", "language"):
        if language.text in concepts("languages"):
            facts.add("language", film, language.cell, language=language.text)
    for one in (child for part in record.all("type") for child in part.children):
        for word in _words(one):
            catalogue.genre(facts, film, Cell(word, one.path, one.span if word == one.text else None))
    for text in _inner(record, "description", "description"):
        if len(text.text) >= _SHORTEST:
            facts.add("description", film, text.cell, description_kind="synopsis", text=text.text)
    for subject in _inner(record, "subject", "subject"):
        facts.add("keyword", film, subject.cell, keyword=subject.text)


def _inner(record: Element, name: str, inner: str) -> Iterator[Element]:
    """Yield the elements inside of the parts of a record."""
    for part in record.all(name):
        yield from part.all(inner)
