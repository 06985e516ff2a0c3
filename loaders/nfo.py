"""Kodi NFO files: the XML that media centres keep beside a film."""

import re
from collections.abc import Iterator

from reelgraph.loaders import identifiers, xmltext
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.values import decimal, integer, is_mark, iso_date, minutes, number_text, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref

NAME = "nfo"
DESCRIPTION = "Kodi NFO files about films, and exported libraries (XML)"
PRIORITY = 10

_BEGIN = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(movie|videodb|episodedetails|tvshow)\b", re.DOTALL)
_SITES = {"themoviedb": "TMDb", "imdb": "IMDb", "metacritic": "Metacritic", "tomatometerallcritics": "Rotten Tomatoes",
          "tomatometerallaudience": "Rotten Tomatoes", "trakt": "Trakt"}  # fmt: skip
_SERIES = ("episodedetails", "tvshow")
_CREDITS = {"director": "director", "credits": "writer", "producer": "producer", "composer": "composer"}


def accepts(document: Document) -> bool:
    """Whether the text is XML with `movie` or another of Kodi's elements as its root."""
    return bool(_BEGIN.match(document.text[:8192].lstrip("\ufeff")))


def load(document: Document) -> Extraction:
    """Return the facts of the film, or of all films of a library."""
    facts = Facts(NAME)
    roots, error = xmltext.parse_roots(document.text)
    if error:
        facts.warn(
            f"line {error.line}", f"the XML breaks off or is wrong here ({error}); what stands before it is loaded"
        )
    elements = [one for root in roots for one in (root.children if root.name == "videodb" else [root])]
    films = [film for one in elements if one.name == "movie" for film in _film(one, facts)]
    others = sum(one.name in _SERIES for one in elements)
    if others:
        facts.note("document", f"about series and their episodes, no films: {others}")
    elif not films:
        facts.note("document", "the file names no film")
    return extraction(NAME, source(document, "data", *films), facts)


def _film(root: Element, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a film; yield it unless it has no title."""
    title = root.first("title", "originaltitle")
    if not title.text:
        facts.warn(root.path, "no title; the film is left out")
        return
    day = iso_date(root.first("premiered", "releasedate").text)
    year = root.first("year")
    film = Ref("film", title.text, year_of(year.text) or year_of(day or ""), _ids(root))
    _titles(root, film, facts)
    _people(root, film, facts)
    _numbers(root, film, facts)
    facts.add("year", film, year.cell, year=year_of(year.text))
    facts.add("release", film, root.first("premiered", "releasedate").cell, date=day)
    yield film


def _ids(root: Element) -> tuple[str, ...]:
    found = set()
    for element in root.all("uniqueid", "id", "imdbid", "tmdbid"):
        scheme = element.attributes.get("type") or element.name.removesuffix("id")
        code = f"movie/{element.text}" if scheme in ("tmdb", "themoviedb") else element.text
        found.add(identifiers.from_code(scheme, code) or identifiers.from_bare(element.text))
    return tuple(sorted(found - {""}))


def _titles(root: Element, film: Ref, facts: Facts) -> None:
    for name, kind in (("title", "title"), ("originaltitle", "original-title")):
        for element in root.all(name):
            facts.add(kind, film, element.cell, title=element.text)
    for name, kind in (("plot", "synopsis"), ("outline", "synopsis"), ("tagline", "tagline")):
        for element in root.all(name):
            facts.add("description", film, element.cell, description_kind=kind, text=element.text)
    for name in ("genre", "country", "language"):
        for element in root.all(name):
            for word in re.split(r"\s+/\s+|,\s*", element.text):
                facts.add(name, film, element.cell, **{name: word.strip()})
    for element in root.all("tag"):
        facts.add("keyword", film, element.cell, keyword=element.text)
    series = next(root.first("set").all("name"), root.first("set"))
    facts.add("related-work", film, series.cell, work=Ref("work", series.text), relation="part of series")


def _people(root: Element, film: Ref, facts: Facts) -> None:
    for actor in root.all("actor"):
        name, role, order = actor.first("name"), actor.first("role").text, integer(actor.first("order").text)
        facts.add(
            "cast", film, name.cell, person=Ref("person", name.text), voice=True if "(voice)" in role else None,
            character=re.sub(r"\s*\((?:voice|uncredited)\)", "", role), position=None if order is None else order + 1,
            credited=False if "(uncredited)" in role else None,
        )  # fmt: skip
    for element in root.all(*_CREDITS):
        for person in re.split(r"\s+/\s+", element.text):
            role = _CREDITS[element.name]
            facts.add("credit", film, element.cell, agent=Ref("person", person.strip()), role=role)
    for element in root.all("studio"):
        for studio in re.split(r"\s+/\s+", element.text):
            company = Ref("organization", studio.strip())
            facts.add("company", film, element.cell, company=company, role="production company")


def _numbers(root: Element, film: Ref, facts: Facts) -> None:
    facts.add("runtime", film, root.first("runtime").cell, minutes=minutes(root.first("runtime").text))
    for rating in root.first("ratings").all("rating"):
        value, name = rating.first("value"), rating.attributes.get("name", "")
        site = _SITES.get(name.lower(), name)
        if decimal(value.text):
            facts.add(
                "rating", film, value.cell, site=Ref("organization", site) if site else None,
                value=number_text(value.text), best=decimal(rating.attributes.get("max", "")),
                count=integer(rating.first("votes").text),
            )  # fmt: skip
    mark = root.first("mpaa")
    match = re.match(r"(?:Rated )?([\w-]+)(?: for (.*))?$", mark.text)
    if match and is_mark(match[1]):
        reasons = "; ".join(re.split(r",\s*(?:and\s+)?|\s+and\s+", match[2])) if match[2] else None
        system = "MPA" if mark.text.startswith("Rated") else None
        facts.add("content-rating", film, mark.cell, system=system, rating=match[1], reasons=reasons)
