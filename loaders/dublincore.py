"""Dublin Core in XML, as archives and OAI-PMH give it, of which the films are read: creators only with a role."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "dublincore"
DESCRIPTION = "Dublin Core records (XML), also from OAI-PMH, of which only the films are read"
PRIORITY = 12

_ELEMENTS = frozenset({"title", "creator", "contributor", "date", "type", "format", "language", "identifier"})
_LENGTH = re.compile(r"\d{1,3}\s*min|\b\d{1,2}:\d\d:\d\d\b|\bPT\d+H\d+M", re.I)
#: Shorter descriptions are remarks.
_SHORTEST = 60


def accepts(document: Document) -> bool:
    """Whether the text is XML, no RDF, with elements of Dublin Core."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    is_xml = head.startswith("<") and not re.search(r"<(?:rdf:RDF|html|rss|feed|package)\b", head, re.I)
    return is_xml and "purl.org/dc/" in head and bool(re.search(r"<(?:dc|dcterms):title\b", head))


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, _is_record)
    return catalogue.extracted(document, facts, found, _film)


def _is_record(element: Element) -> bool:
    names = {child.name for child in element.children}
    return "title" in names and len(names & _ELEMENTS) > 1


def _film(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record; yield its film, if it is of one and has a title."""
    titles = list(record.all("title"))
    people = [(one, *catalogue.in_brackets(one.text)) for one in record.all("creator", "contributor", "publisher")]
    roles = [catalogue.role_of(role) for _, _, role in people]
    forms = [one.text for one in record.all("format", "medium", "extent")]
    kinds = [one.text for one in record.all("type")]
    if not titles or not catalogue.is_film(kinds, roles):
        return
    year, cell = next(_years(record, is_copy=catalogue.is_video(forms)), (None, Cell("")))
    known = catalogue.ids(("", one.text) for one in record.all("identifier", "relation", "source"))
    film = Ref("film", catalogue.title(titles[0].text), year, known)
    facts.add("title", film, titles[0].cell, title=film.name)
    for other in (*titles[1:], *record.all("alternative")):
        facts.add("alternate-title", film, other.cell, title=catalogue.title(other.text))
    facts.add("year", film, cell, year=year)
    for (one, name, _), role in zip(people, roles, strict=True):
        catalogue.agent(facts, film, one.cell.part(name), role)
    unsaid = sum(1 for role in roles if not role)
    if unsaid:
        facts.note(record.path, f"creators and contributors without a role, left out: {unsaid}")
    _rest(record, film, facts)
    yield film


def _years(record: Element, *, is_copy: bool) -> Iterator[tuple[int, Cell]]:
    """Yield years of the film with the words that give them; not when a copy was published."""
    for name in ("created", *(() if is_copy else ("issued", "date"))):
        for date in record.all(name):
            if year := year_of(date.text):
                yield year, date.cell


def _rest(record: Element, film: Ref, facts: Facts) -> None:
    for extent in record.all("extent", "format"):
        match = _LENGTH.search(extent.text)
        facts.add("runtime", film, extent.cell, minutes=minutes(match[0]) if match else None)
    for language in record.all("language"):
        if language.text in concepts("languages"):
            facts.add("language", film, language.cell, language=language.text)
    for word in (*record.all("type"), *record.all("subject")):
        catalogue.genre(facts, film, word.cell)
    for subject in record.all("subject"):
        facts.add("keyword", film, subject.cell, keyword=subject.text.rstrip("."))
    for text in record.all("abstract", "description"):
        if len(text.text) >= _SHORTEST or text.name == "abstract":
            facts.add("description", film, text.cell, description_kind="synopsis", text=text.text)
