"""EIDR: records of the registry of audiovisual works (XML), of which those of films are read, no edits of them."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Facts
from reelgraph.loaders.values import iso_date, minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref

NAME = "eidr"
DESCRIPTION = "EIDR records (XML), of which only the films are read"
PRIORITY = 10

#: Types of what is a film; of other types are series, seasons, episodes and what goes with a film.
_FILMS = frozenset({"movie", "short"})
#: What organisations did.
_ROLES = {"producer": "production company", "distributor": "distributor"}


def accepts(document: Document) -> bool:
    """Whether the text is XML with the namespace of EIDR and data of an object."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and "eidr.org/schema" in head and bool(re.search(r"<(?:\w+:)?BaseObjectData\b", head))


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, lambda one: one.name == "BaseObjectData")
    return catalogue.extracted(document, facts, found, _film, site="EIDR")


def _film(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record and yield its film, unless it is of something else or has no title."""
    title, date = record.first("ResourceName"), record.first("ReleaseDate")
    is_film = record.first("ReferentType").text.lower() in _FILMS
    is_work = record.first("StructuralType").text.lower() in ("abstraction", "")
    if not is_film or not is_work or not title.text:
        return
    kind = "{http://www.w3.org/2001/XMLSchema-instance}type"
    codes = [(one.attributes.get(kind, one.attributes.get("type", "")), one.text) for one in record.all("AlternateID")]
    known = catalogue.ids([("eidr", record.first("ID").text), *codes])
    year = year_of(date.text)
    film = Ref("film", title.text, year, known)
    facts.add("title", film, title.cell, title=title.text)
    for other in record.all("AlternateResourceName"):
        facts.add("alternate-title", film, other.cell, title=other.text)
    facts.add("year", film, date.cell, year=year)
    if len(date.text) > len("1999"):
        facts.add("release", film, date.cell, date=iso_date(date.text))
    _words(record, film, facts)
    _agents(record, film, facts)
    yield film


def _words(record: Element, film: Ref, facts: Facts) -> None:
    length = record.first("ApproximateLength")
    facts.add("runtime", film, length.cell, minutes=minutes(length.text))
    for language in record.all("OriginalLanguage"):
        facts.add("language", film, language.cell, language=language.text.partition("-")[0])
    for country in record.all("CountryOfOrigin"):
        facts.add("country", film, country.cell, country=country.text)


def _agents(record: Element, film: Ref, facts: Facts) -> None:
    for company in record.all("AssociatedOrg"):
        name, role = company.first("DisplayName"), _ROLES.get(company.attributes.get("role", "").lower())
        if role:
            facts.add("company", film, name.cell, company=Ref("organization", name.text), role=role)
    for credited in record.all("Credits"):
        for director in credited.all("Director"):
            name = director.first("DisplayName")
            facts.add("credit", film, name.cell, agent=Ref("person", name.text), role="director")
        for actor in credited.all("Actor"):
            name = actor.first("DisplayName")
            facts.add("cast", film, name.cell, person=Ref("person", name.text))
