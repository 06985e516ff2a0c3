"""EAD: finding aids of archives, of whose items those are read that are said to be films.

Most of what a finding aid lists is about films: scripts, photographs, letters. An item is a film only if its own genre
or form says so and nothing in its title says that it is something else, or but a part.
"""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element, root_name
from reelgraph.model import Document, Extraction, Ref

NAME = "ead"
DESCRIPTION = "EAD finding aids (XML), of whose items only those said to be films are read"
PRIORITY = 10

_COMPONENT = re.compile(r"c(?:0\d|1[0-2])?$|archdesc$")
_ITEM_LEVELS = frozenset({"item", ""})
_AGENTS = ("persname", "corpname", "famname", "name")
_LENGTH = re.compile(r"\d{1,3}\s*min|\b\d{1,2}:\d\d:\d\d\b", re.I)
_YEAR = re.compile(r"\[?(?P<year>(?:18[89]|19\d|20\d)\d)\]?(?:-\d\d(?:-\d\d)?)?\.?$")
_PART = re.compile(r"\b(?:reels?|rolls?|tapes?|parts?|outtakes?|rushes|trailers?|excerpts?|footage|tests?)\b", re.I)


def accepts(document: Document) -> bool:
    """Whether the text is a finding aid that lists a film."""
    return is_finding_aid(document) and bool(load(document).facts)


def is_finding_aid(document: Document) -> bool:
    """Whether the root element is that of EAD."""
    return document.media_type == "application/xml" and root_name(document.text) == "ead"


def load(document: Document) -> Extraction:
    """Return the facts of the items that are films; others are counted in a note."""
    facts = Facts(NAME)
    found = catalogue.read(document, facts, _is_item)
    return catalogue.extracted(document, facts, found, _film)


def _is_item(element: Element) -> bool:
    """Whether an element is a component without others in it."""
    lists = [child for child in element.children if _COMPONENT.match(child.name) or child.name == "dsc"]
    return bool(_COMPONENT.match(element.name)) and not any(child.children for child in lists)


def _film(item: Element, facts: Facts) -> Iterator[Ref]:
    """Write down what an item says if it is a film; yield that."""
    did = item.first("did")
    access = list(item.all("controlaccess"))
    kinds = [_text(one) for place in (did, *access) for one in _below(place, "genreform")]
    places = (*did.all("origination"), *access)
    named = [(one, _role(one, place)) for place in places for one in _below(place, *_AGENTS)]
    title = _title(did)
    if item.attributes.get("level", "") not in _ITEM_LEVELS or title is None:
        return
    if not catalogue.is_film(kinds, [role for _, role in named]) or _is_other(kinds, title.text):
        return
    name, year = split_title(catalogue.title(title.text))
    described = [_text(one) for one in (*did.all("physdesc"), *did.all("physdescstructured"))]
    dates = [one for one in _below(did, "unitdate") if _YEAR.match(one.text)]
    dates = [] if catalogue.is_video((*kinds, *described)) else dates
    cell = title if year or not dates else dates[0].cell
    year = year or (year_of(dates[0].text) if dates else None)
    film = Ref("film", name, year)
    facts.add("title", film, title, title=name)
    facts.add("year", film, cell, year=year)
    for one, role in named:
        part = next(one.all("part"), one)
        catalogue.agent(facts, film, part.cell, role, is_company=one.name == "corpname")
    for place in did.all("physdesc"):
        for one in (place, *place.children):
            match = _LENGTH.search(one.text)
            facts.add("runtime", film, one.cell, minutes=minutes(match[0]) if match else None)
    yield film


def _title(did: Element) -> Cell | None:
    """Return the title of an item, in an element of its own if it has one there."""
    whole = did.first("unittitle")
    inner = next((one for one in _below(whole, "title", "part") if one.text), whole)
    return inner.cell.part(inner.text.rstrip(" ,;:/")) if inner.text.strip(" ,;:/") else None


def _is_other(kinds: list[str], title: str) -> bool:
    """Whether a form, or what follows the title itself, says that the item is no film, or not all of one."""
    _, *more = re.split(r"[:,;(\[]|\s[-–—]\s", title)
    return catalogue.is_of_papers((*kinds, *more)) or any(map(_PART.search, more))


def _role(agent: Element, place: Element) -> str:
    attributes = (*(agent.attributes.get(name, "") for name in ("role", "relator")), place.attributes.get("label", ""))
    return catalogue.role_of(*filter(None, attributes))


def _below(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names anywhere in an element."""
    for child in element.children:
        if child.name in names:
            yield child
        else:
            yield from _below(child, *names)


def _text(element: Element) -> str:
    """Return the words of an element and of all in it."""
    return " ".join([element.text, *map(_text, element.children)]).strip()
