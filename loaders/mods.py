"""MODS: library catalogue records, of which those of films are read."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "mods"
DESCRIPTION = "MODS catalogue records, also from OAI-PMH, of which only the films are read"
PRIORITY = 10

_LENGTH = re.compile(r"\d{1,3}\s*min|\b\d{1,2}:\d\d:\d\d\b", re.I)
_ALTERNATE = frozenset({"alternative", "translated", "uniform"})
_ORIGINAL = frozenset({"original", "otherFormat", "otherVersion"})


def accepts(document: Document) -> bool:
    """Whether the text is XML with records of MODS."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and "loc.gov/mods/v3" in head and bool(re.search(r"<(?:\w+:)?mods\b", head))


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, lambda one: one.name == "mods")
    return catalogue.extracted(document, facts, found, _film)


def _film(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record; yield its film, if it is of one and has a title."""
    titles = [one for one in record.all("titleInfo") if "type" not in one.attributes and one.first("title").text]
    agents = [(name, _role(name)) for name in record.all("name")]
    kinds = [one.text for one in (*record.all("genre", "typeOfResource"), *_physical(record, "form"))]
    if not titles or not catalogue.is_film(kinds, [role for _, role in agents]):
        return
    year, cell = next(_years(record, is_copy=catalogue.is_video((*kinds, *_forms(record)))), (None, Cell("")))
    known = catalogue.ids((one.attributes.get("type", ""), one.text) for one in record.all("identifier"))
    film = Ref("film", _title(titles[0]), year, known)
    facts.add("title", film, titles[0].first("title").cell, title=film.name)
    facts.add("year", film, cell, year=year)
    for one in record.all("titleInfo"):
        other = _title(one)
        if one.attributes.get("type") in _ALTERNATE and other.casefold() != film.name.casefold():
            facts.add("alternate-title", film, one.first("title").cell, title=other)
    for name, role in agents:
        is_company = name.attributes.get("type") == "corporate"
        catalogue.agent(facts, film, _name(name), role, is_company=is_company)
    _rest(record, film, facts)
    yield film


def _title(info: Element) -> str:
    """Return a title with its article and the name of the part, without what explains it."""
    title = " ".join(one.text for one in (info.first("nonSort"), info.first("title")) if one.text).replace("' ", "'")
    parts = [one.text for one in (info.first("partNumber"), info.first("partName")) if one.text]
    return catalogue.title(", ".join([catalogue.title(title), *parts]))


def _role(name: Element) -> str:
    return catalogue.role_of(*(term.text for role in name.all("role") for term in role.all("roleTerm")))


def _name(name: Element) -> Cell:
    """Return a name's words: family and given name, or all in one part."""
    parts = {part.attributes.get("type", ""): part for part in reversed(list(name.all("namePart")))}
    if "family" in parts and "given" in parts:
        return parts["family"].cell.part(f"{parts['given'].text} {parts['family'].text}")
    return parts[""].cell if "" in parts else name.first("displayForm").cell


def _physical(record: Element, name: str) -> Iterator[Element]:
    for description in record.all("physicalDescription"):
        yield from description.all(name)


def _forms(record: Element) -> list[str]:
    return [one.text for name in ("extent", "internetMediaType", "note") for one in _physical(record, name)]


def _years(record: Element, *, is_copy: bool) -> Iterator[tuple[int, Cell]]:
    """Yield years of the film with the words that give them, the surest first; not when a copy was published."""
    related = [one for one in record.all("relatedItem") if one.attributes.get("type") in _ORIGINAL]
    own = list(record.all("originInfo"))
    made = [info for info in own if info.attributes.get("eventType") in ("production", "creation")]
    places = [(info, name) for info in own for name in ("dateCreated",)]
    places += [(info, name) for info in made for name in ("dateIssued", "dateOther", "copyrightDate")]
    places += [(info, "dateIssued") for one in related for info in one.all("originInfo")]
    places += [] if is_copy else [(info, name) for info in own for name in ("copyrightDate", "dateIssued", "dateOther")]
    for info, name in places:
        for date in info.all(name):
            if year := year_of(date.text):
                yield year, date.cell


def _rest(record: Element, film: Ref, facts: Facts) -> None:
    for extent in _physical(record, "extent"):
        match = _LENGTH.search(extent.text)
        facts.add("runtime", film, extent.cell, minutes=minutes(match[0]) if match else None)
    languages = [one for one in record.all("language") if "objectPart" not in one.attributes]
    for language in languages if len(languages) == 1 else ():
        term = next((one for one in language.all("languageTerm") if one.text in concepts("languages")), None)
        if term is not None:
            facts.add("language", film, term.cell, language=term.text)
    for word in record.all("genre"):
        catalogue.genre(facts, film, word.cell)
    for abstract in record.all("abstract"):
        facts.add("description", film, abstract.cell, description_kind="synopsis", text=abstract.text)
    for subject in record.all("subject"):
        for topic in subject.all("topic"):
            facts.add("keyword", film, topic.cell, keyword=topic.text.rstrip("."))
    for note in record.all("note"):
        if note.attributes.get("type") == "performers" or catalogue.is_cast(note.text):
            catalogue.note_of_cast(facts, film, note.cell)
        elif note.attributes.get("type") in ("creation/production credits", "statement of responsibility"):
            catalogue.note_of_credits(facts, film, note.cell)
