"""PBCore: records of audiovisual archives, of which those of films are read; programmes and episodes are none."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "pbcore"
DESCRIPTION = "PBCore records of archives (XML), of which only the films are read"
PRIORITY = 10

_AGENTS = ("Creator", "Contributor", "Publisher")
_SUMMARIES = frozenset({"abstract", "summary", "synopsis", "description", ""})
#: Types of a title that say that the record is a part of a series.
_PARTS = frozenset({"series", "episode", "program", "season"})


def accepts(document: Document) -> bool:
    """Whether the text is XML with records of PBCore."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and bool(re.search(r"<(?:\w+:)?pbcoreDescriptionDocument\b", head))


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, lambda one: one.name == "pbcoreDescriptionDocument")
    return catalogue.extracted(document, facts, found, _film)


def _film(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record; yield its film, if it is of one and has a title."""
    titles = list(record.all("pbcoreTitle"))
    agents = list(_agents(record))
    kinds = [one.text for one in record.all("pbcoreAssetType", "pbcoreGenre")]
    kinds += ["episode" for title in titles if title.attributes.get("titleType", "").lower() in _PARTS]
    kinds += [one.text for copy in record.all("pbcoreInstantiation") for one in copy.all("instantiationMediaType")]
    if not titles or not catalogue.is_film(kinds, [role for _, role, _ in agents]):
        return
    dates = [(year, one.cell) for one in _dates(record) if (year := year_of(one.text))]
    year, cell = dates[0] if dates else (None, Cell(""))
    known = catalogue.ids((one.attributes.get("source", ""), one.text) for one in record.all("pbcoreIdentifier"))
    film = Ref("film", catalogue.title(titles[0].text), year, known)
    for number, title in enumerate(titles):
        kind = "alternate-title" if number else "title"
        facts.add(kind, film, title.cell, title=catalogue.title(title.text))
    facts.add("year", film, cell, year=year)
    for name, role, character in agents:
        if role == "cast" and character:
            person = Ref("person", catalogue.natural(name.text))
            facts.add("cast", film, name.cell, person=person, character=character)
        else:
            catalogue.agent(facts, film, name.cell, role)
    _rest(record, film, facts)
    yield film


def _agents(record: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield the names of a record with the first role that is known, and the character where one is played."""
    for kind in _AGENTS:
        for group in record.all(f"pbcore{kind}"):
            roles = list(group.all(f"{kind.lower()}Role"))
            part = next((role.attributes["portrayal"] for role in roles if role.attributes.get("portrayal")), "")
            name = group.first(kind.lower())
            if name.text:
                yield name, catalogue.role_of(*(role.text for role in roles)), part


def _dates(record: Element) -> Iterator[Element]:
    """Yield the dates of the film itself, the surest first; when a copy was made is none of it."""
    dates = list(record.all("pbcoreAssetDate"))
    for kinds in (("released", "release", "created", "copyright"), ("issued", "published", "")):
        yield from (date for date in dates if date.attributes.get("dateType", "").lower() in kinds)


def _rest(record: Element, film: Ref, facts: Facts) -> None:
    for copy in record.all("pbcoreInstantiation"):
        for length in copy.all("instantiationDuration"):
            if not any(fact.kind == "runtime" and fact.subject == film for fact in facts):
                facts.add("runtime", film, length.cell, minutes=minutes(length.text))
        for language in copy.all("instantiationLanguage"):
            if language.text in concepts("languages"):
                facts.add("language", film, language.cell, language=language.text)
    for word in record.all("pbcoreGenre"):
        catalogue.genre(facts, film, word.cell)
    for subject in record.all("pbcoreSubject"):
        facts.add("keyword", film, subject.cell, keyword=subject.text.rstrip("."))
    for text in record.all("pbcoreDescription"):
        if text.attributes.get("descriptionType", "").lower() in _SUMMARIES:
            facts.add("description", film, text.cell, description_kind="synopsis", text=text.text)
