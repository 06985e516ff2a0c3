"""MARCXML: library catalogue records, of which those of films are read; of a disc, what it says of the film on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "marcxml"
DESCRIPTION = "MARCXML catalogue records, also from OAI-PMH, of which only the films are read"
PRIORITY = 10

_AGENTS = ("100", "110", "700", "710")
#: The places of the type of date, of both dates in field 008, and of the kind of visual material.
_DATE_TYPE, _FIRST, _SECOND, _KIND = 6, slice(7, 11), slice(11, 15), 33
#: Types of dates of which the second is when the film was made, and the first when this copy was published.
_COPIES = ("p", "r")
_MADE = re.compile(r"\b(?:motion picture|film|movie)\b[^()]*?\b((?:18|19|20)\d\d)\b", re.I)
_LENGTH = re.compile(r"\d{1,3}\s*min", re.I)
_ORIGINALLY = re.compile(
    r"\b(?:originally|first)\b[^.]{0,60}?\b(?:released|produced|issued|shown)\b[^.]{0,60}?(?<!\d)((?:18|19|20)\d\d)(?!\d)",
    re.I,
)


def accepts(document: Document) -> bool:
    """Whether the text is XML with data fields of MARC."""
    head = document.text[:65536].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and bool(re.search(r"<(?:\w+:)?datafield\b[^>]*\btag=", head))


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, lambda one: one.name == "record" and any(one.all("datafield")))
    return catalogue.extracted(document, facts, found, read_record)


def read_record(record: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record with the elements of MARCXML; yield its film, if it is of one."""
    return _film(_Marc(record), facts)


@dataclass(frozen=True, slots=True)
class _Marc:
    """A record with its fields by their tags."""

    record: Element

    def control(self, tag: str) -> tuple[str, Cell]:
        """Return a control field as it is written, and as a cell."""
        for one in self.record.all("controlfield"):
            if one.attributes.get("tag") == tag:
                return "".join(one.parts), one.cell
        return "", Cell("")

    def fields(self, *tags: str) -> Iterator[Element]:
        """Yield the data fields with these tags."""
        yield from (one for one in self.record.all("datafield") if one.attributes.get("tag") in tags)

    def parts(self, tags: str, codes: str) -> Iterator[Element]:
        """Yield the subfields of the fields with these tags, which are parted by blanks."""
        for one in self.fields(*tags.split()):
            yield from _parts(one, codes)


def _parts(field: Element, codes: str) -> Iterator[Element]:
    yield from (part for part in field.all("subfield") if part.attributes.get("code", " ") in codes)


def _film(marc: _Marc, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a record; yield its film, if it is of one and has a title."""
    titles = list(marc.parts("245", "a"))
    roles = [_role(field) for field in marc.fields(*_AGENTS)]
    if not titles or not catalogue.is_film(_kinds(marc), roles):
        return
    year, cell = next(_years(marc, is_copy=_is_copy(marc)), (None, Cell("")))
    known = catalogue.ids(
        (_scheme(field), part.text) for field in marc.fields("024", "856") for part in _parts(field, "au")
    )
    parts = [catalogue.title(part.text) for part in (titles[0], *marc.parts("245", "np"))]
    film = Ref("film", ", ".join(parts), year, known)
    facts.add("year", film, cell, year=year)
    _titles(marc, film, facts)
    _people(marc, film, facts)
    _rest(marc, film, facts)
    yield film


def _kinds(marc: _Marc) -> list[str]:
    """Return what says of what kind a record is."""
    kind, visual = marc.record.first("leader").text[6:7], marc.control("008")[0][_KIND : _KIND + 1]
    found = [part.text for part in (*marc.parts("336 655 380", "a"), *marc.parts("245", "h"), *marc.parts("653", "a"))]
    found += ["motion picture"] if marc.control("007")[0].startswith("m") else []
    found += ["moving image"] if kind == "g" and visual in ("m", "v") else []
    found += ["motion picture" for part in marc.parts("130 240", "a") if "(motion picture" in part.text.lower()]
    return found


def _is_copy(marc: _Marc) -> bool:
    """Whether a record is of a disc or cassette, which came out after the film."""
    forms = (*marc.parts("245", "h"), *marc.parts("300 338 347 538", "ab"))
    return marc.control("007")[0].startswith("v") or catalogue.is_video(part.text for part in forms)


def _scheme(field: Element) -> str:
    return next((part.text for part in _parts(field, "2")), "")


def _role(field: Element) -> str:
    return catalogue.role_of(*(part.text for part in _parts(field, "e4")))


def _years(marc: _Marc, *, is_copy: bool) -> Iterator[tuple[int, Cell]]:
    """Yield years of the film with the words that give them, the surest first; not when a copy was published."""
    for part in marc.parts("130 240 245", "a"):
        if match := _MADE.search(part.text):
            yield int(match[1]), part.cell
    dates, cell = marc.control("008")
    kind = dates[_DATE_TYPE : _DATE_TYPE + 1]
    given = [(part.text[:4], part.cell) for part in marc.parts("046", "k")]
    given += [(dates[_SECOND], cell)] if kind in _COPIES else [] if is_copy else [(dates[_FIRST], cell)]
    yield from ((year, one) for text, one in given if text.isdigit() and (year := year_of(text)))
    for part in marc.parts("500 534", "ac"):
        if match := _ORIGINALLY.search(part.text):
            yield int(match[1]), part.cell
    for part in () if is_copy else marc.parts("260 264", "c"):
        if year := year_of(part.text):
            yield year, part.cell


def _titles(marc: _Marc, film: Ref, facts: Facts) -> None:
    title = next(marc.parts("245", "a"))
    facts.add("title", film, title.cell, title=film.name)
    for field in marc.fields("245"):
        for first, second in pairwise(_parts(field, "ahb")):
            if first.text.endswith("=") and second.attributes.get("code") == "b":
                facts.add("alternate-title", film, second.cell, title=catalogue.title(second.text))
    for part in (*marc.parts("130 240", "a"), *marc.parts("246", "a")):
        other = catalogue.title(part.text)
        if other.casefold() != film.name.casefold():
            facts.add("alternate-title", film, part.cell, title=other)


def _people(marc: _Marc, film: Ref, facts: Facts) -> None:
    for field in marc.fields(*_AGENTS):
        name = next(_parts(field, "a"), None)
        roles = [catalogue.role_of(part.text) for part in _parts(field, "e")]
        roles = roles or [catalogue.role_of(part.text) for part in _parts(field, "4")]
        if name is not None:
            for role in dict.fromkeys(roles):
                catalogue.agent(facts, film, name.cell, role, is_company=field.attributes["tag"].endswith("10"))
    for field in marc.fields("511"):
        for part in _parts(field, "a"):
            if field.attributes.get("ind1") == "1" or catalogue.is_cast(part.text):
                catalogue.note_of_cast(facts, film, part.cell)
    for part in marc.parts("508", "a"):
        catalogue.note_of_credits(facts, film, part.cell)


def _rest(marc: _Marc, film: Ref, facts: Facts) -> None:
    for part in marc.parts("306", "a"):
        if re.fullmatch(r"\d{6}", part.text):
            facts.add("runtime", film, part.cell, minutes=int(part.text[:2]) * 60 + int(part.text[2:4]) or None)
    if not any(fact.kind == "runtime" and fact.subject == film for fact in facts):
        for part in list(marc.parts("300", "a"))[:1]:
            match = _LENGTH.search(part.text)
            facts.add("runtime", film, part.cell, minutes=minutes(match[0]) if match else None)
    languages = list(marc.parts("041", "h")) or list(marc.parts("041", "a"))
    for part in languages if len(languages) == 1 or not _is_copy(marc) else ():
        if part.text in concepts("languages"):
            facts.add("language", film, part.cell, language=part.text)
    for part in marc.parts("257", "a"):
        for country in re.split(r"\s*[;,]\s*", part.text.rstrip(" .")):
            facts.add("country", film, part.cell, country=country)
    for part in marc.parts("655", "a"):
        catalogue.genre(facts, film, part.cell)
    for part in marc.parts("520", "a"):
        facts.add("description", film, part.cell, description_kind="synopsis", text=part.text)
    for part in marc.parts("650", "a"):
        facts.add("keyword", film, part.cell, keyword=part.text.strip(" ."))
