"""References to the films, persons and companies that schema.org items describe."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from reelgraph.loaders import identifiers, vocabulary
from reelgraph.loaders.base import Cell
from reelgraph.loaders.items import Item, Items
from reelgraph.loaders.values import iso_date, year_of
from reelgraph.model import Ref

_YEAR_AFTER = re.compile(r"\s*\(((?:18[89]|19\d|20\d)\d)\)\s*$")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_JUNIOR = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|M\.?D)\.?$")


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the items of a document: all of them, the page's address, the name of its site."""

    items: Items
    address: str = ""
    site: str = ""

    def absolute(self, address: str) -> str:
        """Return an address of this document in full, empty if it stays relative."""
        if not address.strip():
            return ""
        try:
            full = identifiers.original(urljoin(self.address, address) if self.address else address)
        except ValueError:
            return ""
        return full if re.match(r"https?://[^\s<>\"{}|\\^`]+$", full) else ""


def _carrier(name: str) -> re.Match[str] | None:
    """Return what a shop adds to a title in brackets, such as `[Blu-ray]`."""
    match = _BRACKETS.search(name)
    sold = vocabulary.table("htmllists")["shop"]["titles"].split("|")
    return match if match and match.start() and match[1].strip().lower() in sold else None


def split_title(name: str) -> tuple[str, int | None]:
    """Return a title without the year in brackets after it, and the year; what a disc's title adds is left out.

    >>> split_title("Her (2013)"), split_title("1984"), split_title("Her (2013) [Blu-ray]")
    (('Her', 2013), ('1984', None), ('Her', 2013))
    """
    carrier = _carrier(name)
    name = name[: carrier.start()] if carrier else name
    match = _YEAR_AFTER.search(name)
    return (name[: match.start()].strip(), int(match[1])) if match and match.start() else (name.strip(), None)


def addresses(item: Item, context: Context) -> list[str]:
    """Return the addresses that stand for the described thing: its IRI, `url` and `sameAs`."""
    given = [item.id, *(cell.text for cell in item.cells("url")), *(cell.text for cell in item.cells("sameAs"))]
    return list(dict.fromkeys(full for one in given if one and (full := context.absolute(one))))


def ids(item: Item, kind: str, context: Context) -> tuple[str, ...]:
    """Return the identifiers of the described thing, its own IRI among them if it is of no known site."""
    found = [identifiers.from_address(address) for address in addresses(item, context)]
    own = context.absolute(item.id)
    if own and not identifiers.from_address(own):
        found.append(own)
    for value in item.all("identifier", "titleEIDR"):
        if isinstance(value, Cell):
            found.append(identifiers.from_address(value.text) or identifiers.from_bare(value.text))
        else:
            code = value.text("value")
            found.append(identifiers.from_code(value.text("propertyID", "name"), code) or identifiers.from_bare(code))
    return tuple(sorted({one for one in found if one and identifiers.fits(one, kind)}))


def release_cell(item: Item) -> Cell | None:
    """Return the cell with the film's release date.

    Sites use `dateCreated` for it, too, but also for the day their record was made; then it has a time of day or
    stands beside `dateModified`.
    """
    if _carrier(item.text("name")):
        return None  # it is when the disc came out
    for event in item.all("releasedEvent"):
        if isinstance(event, Item) and (cell := event.first("startDate")):
            return cell
    published = item.first("datePublished")
    if published:
        return published
    created = item.first("dateCreated")
    return created if created and "T" not in created.text and "dateModified" not in item.properties else None


def year_cell(item: Item) -> tuple[int, Cell] | None:
    """Return the year of the film and the cell that says it."""
    name = item.first("name")
    if name and split_title(name.text)[1]:
        return split_title(name.text)[1] or 0, name
    for cell in (item.first("copyrightYear"), release_cell(item)):
        year = year_of(iso_date(cell.text) or "") if cell else None
        if cell and year:
            return year, cell
    return None


def stated_year(item: Item) -> tuple[int, Cell] | None:
    """Return the year that the description states as such; that of a full release date may be one country's only."""
    year = year_cell(item)
    return year if year and (len(year[1].text) <= 4 or split_title(year[1].text)[1]) else None


def film(item: Item, context: Context) -> Ref | None:
    """Return the reference to the film that `item` describes, None if it has no name."""
    title = split_title(item.text("name"))[0]
    year = year_cell(item)
    return Ref("film", title, year[0] if year else None, ids(item, "film", context)) if title else None


def named(value: "Item | Cell", kind: str, context: Context) -> Iterator[tuple[Ref, Cell]]:
    """Yield the things of `kind` that a value names: an item, a text, or a text with several names."""
    if isinstance(value, Cell):
        for name in split_names(value.text):
            yield Ref(kind, name), value.part(name) if name != value.text else value
        return
    item = context.items.full(value)
    item.taken.update(("url", "sameAs"))
    names = list(item.cells("name"))
    for cell in names:
        if cell.text:
            yield Ref(kind, cell.text, None, ids(item, kind, context) if len(names) == 1 else ()), cell


def split_names(text: str) -> list[str]:
    """Return the names of a list written with commas.

    >>> split_names("Amy Adams, Robert Downey, Jr., Chris Pratt")
    ['Amy Adams', 'Robert Downey, Jr.', 'Chris Pratt']
    """
    if "://" in text:
        return []
    found: list[str] = []
    for part in text.split(","):
        name = part.strip()
        if found and _JUNIOR.match(name):
            found[-1] = f"{found[-1]}, {name}"
        elif name:
            found.append(name)
    return found


def is_organization(value: "Item | Cell") -> bool:
    """Whether a value is described as an organization of any kind, a band among them."""
    return isinstance(value, Item) and any(kind.endswith(("Organization", "Company", "Group")) for kind in value.types)
