"""Calendars of cinemas and festivals (iCalendar): the screenings whose notes say that they are of films."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial

from reelgraph.loaders import catalogue, headingwords, identifiers, labelrows, otherworks, particulars, vocabulary
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Document, Extraction, Ref

NAME = "calendars"
DESCRIPTION = "calendars of cinemas and festivals (iCalendar), of which only the films are read"
PRIORITY = 10

_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*\r?$(?P<lines>.*?)(?:^END:VEVENT|\Z)", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(
    r"^(?P<name>[A-Z-]+)(?:;(?:[^:\"\n]|\"[^\"\n]*\")*)?:(?P<value>[^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE
)
_ESCAPED = re.compile(r"\r?\n[ \t]|\\[nN]|\\[,;\\]|\r$")


@dataclass(frozen=True, slots=True)
class _Event:
    number: int
    fields: dict[str, TextMap] = field(default_factory=dict)

    def words(self, name: str) -> TextMap:
        return self.fields.get(name, TextMap())


def accepts(document: Document) -> bool:
    """Whether the text begins as a calendar does."""
    return document.text[:1024].lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR")


def load(document: Document) -> Extraction:
    """Return what the events say of films; other events are counted in a note."""
    facts = Facts(NAME)
    events = list(_events(document.text))
    of_films = otherworks.says_film(document.text.partition("BEGIN:VEVENT")[0])
    read = partial(_film, document.text, of_films=of_films)
    return catalogue.extracted(document, facts, events, read)


def _events(text: str) -> Iterator[_Event]:
    for number, match in enumerate(_EVENT.finditer(text), 1):
        event = _Event(number)
        for one in _FIELD.finditer(text, *match.span("lines")):
            event.fields.setdefault(one["name"], _unfolded(text, *one.span("value")))
        yield event


def _unfolded(text: str, start: int, end: int) -> TextMap:
    """Return a value without folds and backslashes, each word with its place."""
    result, here = TextMap(), start
    for match in _ESCAPED.finditer(text, start, end):
        result.add(text[here : match.start()], here)
        sign = match[0][1:] if match[0].startswith("\\") else ""
        result.add("\n" if sign in ("n", "N") else sign, match.start(), len(match[0]))
        here = match.end()
    result.add(text[here:end], here)
    return result


@cache
def _others() -> frozenset[str]:
    """Return words that say that an event is a concert, a play or the like."""
    return frozenset(vocabulary.table("feed")["items"]["other"].split())


def _film(whole: str, event: _Event, facts: Facts, *, of_films: bool) -> Iterator[Ref]:
    """Write down what an event says of a film; yield it if its notes have particulars of one, or name its director.

    Plays have directors, too, so that the event or its calendar (`of_films`) has to say film then.
    """
    summary, notes = event.words("SUMMARY"), event.words("DESCRIPTION")
    place = f"event {event.number}"
    title, year = split_title(" ".join(summary.text.split()))
    told = particulars.first(notes)
    found = labelrows.labels(notes, f"{place}, DESCRIPTION, ")
    said = " ".join((title, event.words("CATEGORIES").text)).lower()
    of_films = of_films or otherworks.says_film(f"{said} {notes.text} {event.words('LOCATION').text}")
    directed = any(headingwords.meaning(name).role == "director" for name in found) or (told and told.director)
    made = of_films and directed
    if not title or not (made or (told and year)) or _others() & set(re.findall(r"[^\W\d_]+", said)):
        return
    address = identifiers.from_address(event.words("URL").text.strip())
    known = (address,) if address and identifiers.fits(address, "film") else ()
    film = Ref("film", title, year or (told.year if told else None), known)
    cell = Cell(title, f"{place}, SUMMARY", summary.span(0, len(summary)))
    facts.add("title", film, cell, title=title)
    dated = notes.span(*told.span) if told else None
    facts.add(
        "year", film, Cell(notes.text[slice(*told.span)], place, dated) if told and not year else cell, year=film.year
    )
    if told:
        particulars.tell(told, notes, film, place, facts)
    labelrows.write(film, cell, found, whole, facts)
    yield film
