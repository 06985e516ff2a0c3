"""Libraries of media servers: Jellyfin's and Emby's items (JSON), Plex's (XML and JSON)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reelgraph.loaders import identifiers, jsondocument, xmltext
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import integer, is_mark, iso_date, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref

NAME = "mediaservers"
DESCRIPTION = "libraries of media servers: Jellyfin and Emby (JSON), Plex (XML, JSON)"
PRIORITY = 11

_XML = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<MediaContainer\b")
#: Ticks and milliseconds that a minute has.
_TICKS, _MILLISECONDS = 600_000_000, 60_000
_JOBS = {one: one for one in ("director", "writer", "producer", "composer", "editor")}
_PLEX_JOBS = {"Director": "director", "Writer": "writer", "Producer": "producer"}
#: The keys of Jellyfin's items, and of Plex's, for what both have.
_JELLYFIN = {"title": "Name", "original-title": "OriginalTitle", "synopsis": "Overview", "year": "ProductionYear",
             "date": "PremiereDate", "mark": "OfficialRating"}  # fmt: skip
_PLEX = {"title": "title", "original-title": "originalTitle", "synopsis": "summary", "tagline": "tagline",
         "year": "year", "date": "originallyAvailableAt", "mark": "contentRating", "studio": "studio"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Item:
    """A film of a library: its single values and lists of them, and who did what: name, job, character."""

    kind: str
    values: Mapping[str, Cell]
    ids: tuple[str, ...]
    minutes: tuple[int, Cell] | None
    people: list[tuple[Cell, str, str]] = field(default_factory=list)
    lists: Mapping[str, list[Cell]] = field(default_factory=dict)


def accepts(document: Document) -> bool:
    """Whether the text is an answer of such a server."""
    if _XML.match(document.text[:1024].lstrip("\ufeff")):
        return True
    return jsondocument.has_keys(document, "RunTimeTicks", "Name") or jsondocument.has_keys(document, "MediaContainer")


def load(document: Document) -> Extraction:
    """Return the facts of the films; series, music and the like are counted in a note."""
    facts = Facts(NAME)
    found = list(_items(document, facts))
    films = [film for item in found if item.kind == "movie" for film in _film(item, facts)]
    if len(films) < len(found) or not found:
        facts.note("document", f"entries that are no films: {len(found) - len(films)} of {len(found)}")
    return extraction(NAME, source(document, "data", *films), facts)


def _items(document: Document, facts: Facts) -> Iterator[_Item]:
    if not jsondocument.is_json(document):
        root, error = xmltext.parse_partly(document.text)
        if error:
            facts.warn(f"line {error.line}", f"the XML breaks off here ({error}); what stands before it is loaded")
        yield from (_plex(_Xml(one)) for one in (root.children if root else ()) if _is_item(one))
        return
    node = jsondocument.read(document, facts)
    for container in node.at("MediaContainer", "Metadata"):
        yield _plex(_Json(container))
    listed = [one for one in (node.at("Items") or node) if one.fields]
    yield from (_jellyfin(one) for one in listed if one.at("Name").text and one.at("Type").text)


def _is_item(element: Element) -> bool:
    """Whether an element of Plex is an item: a directory can be a series, but one of films is a whole library."""
    return element.name == "Video" or (element.name == "Directory" and element.attributes.get("type") != "movie")


def _jellyfin(node: Node) -> _Item:
    ticks = node.at("RunTimeTicks")
    length = round((integer(ticks.text) or 0) / _TICKS)
    codes = {key.lower(): value.text for key, value in node.at("ProviderIds").fields.items()}
    people = [(one.at("Name").cell, one.at("Type").text.lower(), one.at("Role").text) for one in node.at("People")]
    lists = {
        "genre": [one.cell for one in node.at("Genres")],
        "country": [one.cell for one in node.at("ProductionLocations")],
        "tagline": [one.cell for one in node.at("Taglines")],
        "studio": [one.at("Name").cell for one in node.at("Studios")],
    }
    values = {name: node.at(key).cell for name, key in _JELLYFIN.items()}
    return _Item(
        node.at("Type").text.lower(), values, _ids(codes), (length, ticks.cell) if length else None, people, lists
    )


@dataclass(frozen=True, slots=True)
class _Xml:
    """An item of Plex in XML: attributes, and elements with a `tag` for the values of lists."""

    element: Element

    def value(self, name: str) -> Cell:
        return Cell(self.element.attributes.get(name, ""), f"{self.element.path}/@{name}")

    def all(self, name: str) -> Iterator["_Xml"]:
        yield from (_Xml(one) for one in self.element.children if one.name == name)


@dataclass(frozen=True, slots=True)
class _Json:
    """The same in JSON."""

    node: Node

    def value(self, name: str) -> Cell:
        return self.node.at(name).cell

    def all(self, name: str) -> Iterator["_Json"]:
        yield from (_Json(one) for one in self.node.at(name))


def _plex(item: _Xml | _Json) -> _Item:
    length = round((integer(item.value("duration").text) or 0) / _MILLISECONDS)
    guids = [item.value("guid").text, *(one.value("id").text for one in item.all("Guid"))]
    found = (re.match(r"(?:[\w.]*\.)?(imdb|tmdb|themoviedb)://(\w+)", guid) for guid in guids)
    codes = {match[1]: match[2] for match in found if match}
    people = [(one.value("tag"), "actor", one.value("role").text) for one in item.all("Role")]
    people += [(one.value("tag"), job, "") for name, job in _PLEX_JOBS.items() for one in item.all(name)]
    lists = {name.lower(): [one.value("tag") for one in item.all(name)] for name in ("Genre", "Country")}
    values = {name: item.value(key) for name, key in _PLEX.items()}
    minutes = (length, item.value("duration")) if length else None
    return _Item(item.value("type").text, values, _ids(codes), minutes, people, lists)


def _ids(codes: Mapping[str, str]) -> tuple[str, ...]:
    pairs = ((scheme, f"movie/{code}" if scheme in ("tmdb", "themoviedb") else code) for scheme, code in codes.items())
    found = {identifiers.from_code(scheme, code) for scheme, code in pairs}
    return tuple(sorted(one for one in found if one and identifiers.fits(one, "film")))


def _film(item: _Item, facts: Facts) -> Iterator[Ref]:
    values = {name: cell for name, cell in item.values.items() if cell.text}
    if "title" not in values:
        return
    day = iso_date(values["date"].text) if "date" in values else None
    year = year_of(values["year"].text) if "year" in values else year_of(day or "")
    film = Ref("film", values["title"].text, year, item.ids)
    for name in ("title", "original-title"):
        if name in values:
            facts.add(name, film, values[name], title=values[name].text)
    if "year" in values:
        facts.add("year", film, values["year"], year=year)
    if "date" in values:
        facts.add("release", film, values["date"], date=day)
    if item.minutes:
        facts.add("runtime", film, item.minutes[1], minutes=item.minutes[0])
    if "mark" in values and is_mark(values["mark"].text):
        facts.add("content-rating", film, values["mark"], rating=values["mark"].text)
    _words(item, values, film, facts)
    _people(item, film, facts)
    yield film


def _words(item: _Item, values: Mapping[str, Cell], film: Ref, facts: Facts) -> None:
    for name in ("synopsis", "tagline"):
        for cell in (*item.lists.get(name, []), *([values[name]] if name in values else [])):
            facts.add("description", film, cell, description_kind=name, text=cell.text)
    for name in ("genre", "country"):
        for cell in item.lists.get(name, []):
            facts.add(name, film, cell, **{name: cell.text})
    for cell in (*item.lists.get("studio", []), *([values["studio"]] if "studio" in values else [])):
        facts.add("company", film, cell, company=Ref("organization", cell.text), role="production company")


def _people(item: _Item, film: Ref, facts: Facts) -> None:
    for number, (cell, job, role) in enumerate(item.people, 1):
        person = Ref("person", cell.text)
        if job in ("actor", "gueststar"):
            voice = "(voice)" in role
            character = re.sub(r"\s*\((?:voice|uncredited)\)", "", role)
            facts.add("cast", film, cell, person=person, character=character, voice=voice or None, position=number)
        elif job in _JOBS:
            facts.add("credit", film, cell, agent=person, role=_JOBS[job])
