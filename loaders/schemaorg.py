"""Facts from things described with schema.org terms; the one mapping for JSON-LD, microdata, RDFa and RDF."""

import html
import re

from reelgraph.loaders import identifiers, schemaorg_reviews, vocabulary
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.filmrefs import Context, film, is_organization, named, release_cell, split_title, stated_year
from reelgraph.loaders.items import Item
from reelgraph.loaders.values import board_of, decimal, is_mark, iso_date, minutes, money
from reelgraph.model import Ref
from reelgraph.ontology import concepts

_ORIGINAL = re.compile(r"\s*\((?:original|orig\.) title\)\s*$", re.I)
_BOARD = re.compile(r"(?P<board>MPAA?|BBFC|FSK|CNC|OFLC|CBFC|Eirin|IFCO)[ :]+(?P<code>\S.*)$")
_LABEL = re.compile(r"^[A-Z]\w+(?: \w+)?:\s+")
#: Properties of other vocabularies whose values are bare numbers, with how many of them are a minute.
_UNITS = {"minutes": 1, "seconds": 60}
_ROLES = ("Role", "PerformanceRole")


def describe(group: list[Item], facts: Facts, context: Context, year: tuple[int, Cell] | None = None) -> Ref | None:
    """Write down all facts about the one film that the items of `group` describe; return its reference.

    `year` is the film's year as the page around the items states it.
    """
    refs = [ref for item in group if (ref := film(item, context))]
    if not refs:
        return None
    years = [year[0]] if year else [ref.year for ref in refs if ref.year]
    known = tuple(sorted({one for ref in refs for one in ref.ids}))
    subject = Ref("film", refs[0].name, years[0] if years else None, known)
    if year:
        facts.add("year", subject, year[1], year=year[0])
    for item in group:
        _titles(item, subject, facts)
        _people(item, subject, facts, context)
        _companies(item, subject, facts, context)
        _dates(item, subject, facts, context)
        _words(item, subject, facts)
        _classification(item, subject, facts, context)
        _figures(item, subject, facts)
        _works(item, subject, facts, context)
        _places(item, subject, facts, context)
        _links(item, subject, facts, context)
        schemaorg_reviews.write(item, subject, facts, context)
    return subject


def _titles(item: Item, subject: Ref, facts: Facts) -> None:
    for number, cell in enumerate(item.cells("name")):
        title = split_title(cell.text)[0].strip('"“”')
        if _ORIGINAL.search(title):
            facts.add("original-title", subject, cell, title=_ORIGINAL.sub("", title).strip('"“” '))
        else:
            facts.add("alternate-title" if number else "title", subject, cell, title=title)
    for cell in item.cells("alternateName"):
        facts.add("alternate-title", subject, cell, title=cell.text)
    year = stated_year(item)
    if year:
        facts.add("year", subject, year[1], year=year[0])


def _people(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    for value in item.all("actor", "actors", "performer"):
        _cast(value, subject, facts, context)
    for name, job in vocabulary.table("schemaorg")["credits"].items():
        for value in item.all(name):
            if name != "creator" or not is_organization(value):
                agents = _inside_role(value, name)
                for agent, cell in named(agents, "organization" if is_organization(agents) else "person", context):
                    facts.add("credit", subject, cell, agent=agent, role=job)


def _cast(value: Item | Cell, subject: Ref, facts: Facts, context: Context) -> None:
    person, character = value, None
    if isinstance(value, Item) and value.is_a(*_ROLES):
        person = _inside_role(value, "actor")
        character = value.first("characterName", "roleName")
    elif isinstance(value, Item):
        character = value.first("characterName")
    voice = bool(character and re.search(r"\(voice\)", character.text))
    role = re.sub(r"\s*\((?:voice|uncredited)[^)]*\)", "", character.text) if character else None
    for agent, cell in named(person, "person", context):
        facts.add("cast", subject, cell, person=agent, character=role, voice=voice or None)


def _inside_role(value: Item | Cell, name: str) -> Item | Cell:
    """Return the person inside a role object, which repeats the property that it stands in."""
    if isinstance(value, Item) and value.is_a(*_ROLES):
        return next(iter(value.all(name, "actor", "agent")), value)
    return value


def _companies(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    for name, role in vocabulary.table("schemaorg")["companies"].items():
        for value in item.all(name):
            if name != "creator" or is_organization(value):
                for company, cell in named(value, "organization", context):
                    facts.add("company", subject, cell, company=company, role=role)


def _dates(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    cell = release_cell(item)
    events = [value for value in item.all("releasedEvent") if isinstance(value, Item)]
    for event in events:
        start = event.first("startDate")
        day = iso_date(start.text) if start else None
        if start and day and (len(day) > 4 or "location" in event.properties):
            territory = next(iter(event.cells("location")), None)
            company = next(
                (ref for value in event.all("publishedBy") for ref, _ in named(value, "organization", context)), None
            )
            facts.add(
                "release", subject, start, date=day, territory=territory.text if territory else None, company=company
            )
    day = iso_date(cell.text) if cell and not events else None
    if cell and day and len(day) > 4:
        facts.add("release", subject, cell, date=day)
    said = [(minutes(cell.text), cell) for cell in item.cells("duration", "timeRequired")]
    said += [(length, cell) for unit in _UNITS for cell in item.cells(unit) if (length := _counted(cell.text, unit))]
    stated = dict(reversed(said))
    for number, (length, cell) in enumerate(reversed(stated.items())):
        if number == 0:
            facts.add("runtime", subject, cell, minutes=length)
        else:
            facts.note(cell.pointer, f"a second running time ({cell.text}) without the name of its version is left out")


def _counted(text: str, unit: str) -> int | None:
    """Return a bare number of minutes or seconds in whole minutes.

    >>> _counted("5520.0", "seconds"), _counted("+92", "minutes"), _counted("1:32", "minutes")
    (92, 92, None)
    """
    number = re.fullmatch(r"\+?(\d{1,6})(?:\.\d*)?", text.strip())
    return int(number[1]) // _UNITS[unit] or None if number else None


def _words(item: Item, subject: Ref, facts: Facts) -> None:
    for cell in item.cells("genre"):
        for genre in re.split(r"\s*[,|/]\s*", _LABEL.sub("", cell.text.rsplit("genre/", 1)[-1])):
            facts.add("genre", subject, cell, genre=genre)
    for cell in item.cells("keywords"):
        for word in cell.text.split(","):
            facts.add("keyword", subject, cell, keyword=word.strip())
    for cell in item.cells("inLanguage"):
        facts.add("language", subject, cell, language=cell.text)
    for cell in item.cells("countryOfOrigin"):
        parts = re.split(r"\s*[,/|]\s*", cell.text)
        for country in parts if all(part in concepts("territories") for part in parts) else [cell.text]:
            facts.add("country", subject, cell, country=country if "://" not in country else None)
    for cell in item.cells("description", "abstract"):
        if len(cell.text) > 20 and "://" not in cell.text.split(" ", 1)[0]:
            facts.add("description", subject, cell, description_kind="synopsis", text=html.unescape(cell.text))
    for cell in item.cells("slogan"):
        facts.add("description", subject, cell, description_kind="tagline", text=cell.text)


def _classification(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    for value in item.all("contentRating"):
        cell = value if isinstance(value, Cell) else value.first("ratingValue", "name")
        if cell is None or not is_mark(cell.text):
            continue
        system, reasons, code = "", "", re.sub(r"^Rated\s+", "", cell.text)
        if isinstance(value, Item):
            system = next(
                (ref.name for author in value.all("author") for ref, _ in named(author, "organization", context)), ""
            )
            reasons = value.text("ratingExplanation")
        match = _BOARD.match(code)
        if match:
            system, code = match["board"].replace("MPAA", "MPA"), match["code"]
        facts.add("content-rating", subject, cell, system=system or board_of(code), rating=code, reasons=reasons)


def _figures(item: Item, subject: Ref, facts: Facts) -> None:
    for value in item.all("productionBudget", "budget"):
        if isinstance(value, Item):
            cell, currency = value.first("value", "minValue"), value.text("currency")
            facts_amount = decimal(cell.text.replace(",", "")) if cell else None
            estimated = "estimated" if "estimated" in value.text("description") else None
            if cell and facts_amount is not None:
                facts.add(
                    "money",
                    subject,
                    cell,
                    measure="budget",
                    amount=facts_amount,
                    currency=currency,
                    qualifier=estimated,
                )
        elif read := money(value.text):
            facts.add(
                "money", subject, value, measure="budget", amount=read.amount, max_amount=read.upper,
                currency=read.currency, qualifier=read.qualifier,
            )  # fmt: skip


def _works(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    for name, relation in vocabulary.table("schemaorg")["works"].items():
        for value in item.all(name):
            for work, cell in named(value, "work", context):
                facts.add("related-work", subject, cell, work=work, relation=relation)


def _places(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    for name, kind in vocabulary.table("schemaorg")["locations"].items():
        for value in item.all(name):
            for place, cell in named(value, "place", context):
                facts.add("location", subject, cell, place=place, location_kind=kind)


def _links(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    """Write down the pages of the same film, one for each identifier, and the first image."""
    seen: set[str] = set()
    own = [item.place.part(item.id)] if item.id else []
    pages = [cell for cell in item.cells("url") if identifiers.from_address(cell.text)]
    for cell in (*own, *item.cells("sameAs"), *pages):
        address = context.absolute(cell.text)
        known = identifiers.from_address(address) or address
        if known not in seen and identifiers.fits(known, "film"):
            seen.add(known)
            facts.add("same-as", subject, cell, url=address)
    for value in list(item.all("image"))[:1]:
        image = value if isinstance(value, Cell) else value.first("url", "contentUrl")
        if image:
            facts.add("image", subject, image, url=context.absolute(image.text))
