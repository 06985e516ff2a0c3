"""Texts with several films, press notes and calendars: each film gets its own lines, other things get nothing."""

from reelgraph import loaders, reading
from reelgraph.model import Extraction

PROGRAMME = """HARBOUR FILM FESTIVAL 2019

FRIDAY 4 OCTOBER

18:00 Main Hall
LOW WATER
Ada Vole, Norway/Denmark 2019, 102 min, Norwegian with English subtitles
Cast: Cy Elm, Dee Fir

20:30 Main Hall
THE TIN GARDEN
Dir. Ben Ash | France | 2018 | 94 min
Cast: Nan Birch

16:00 Studio
SHORTS (78 min)
"""

SHEETS = """Titre : Marée basse
Année : 1999
Réalisation : Ada Vole
Durée : 92 min

Titre : Le Jardin
Année : 2001
Réalisation : Ben Ash
Pays : France
"""

NOTES = """PRESS NOTES

LOW WATER

A film by Ada Vole

Norway / Denmark, 2019, 92 min, B&W

CAST

Mara .......... Cy Elm
Tor ........... Dee Fir

CREW

Director          Ada Vole
"""

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:Low Water (2019)
DESCRIPTION:Norwegen 2019\\, 92 min.\\nRegie: Ada Vole\\nMit: Cy Elm\\,
  Dee Fir
END:VEVENT
BEGIN:VEVENT
SUMMARY:Staff meeting (2019)
DESCRIPTION:Bring the keys.
END:VEVENT
END:VCALENDAR
"""


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def films(found: Extraction) -> list[tuple[str, int | None]]:
    return [(film.name, film.year) for source in found.sources for film in source.about]


def said(found: Extraction, kind: str, field: str, film: str) -> list[str]:
    facts = (fact for fact in found.facts if fact.kind == kind and fact.subject and fact.subject.name == film)
    return [str(getattr(fact.fields[field], "name", fact.fields[field])) for fact in facts]


def test_each_film_of_a_programme_keeps_its_own_lines() -> None:
    found = read("programme.txt", PROGRAMME)
    assert films(found) == [("Low Water", 2019), ("The Tin Garden", 2018)]
    assert said(found, "cast", "person", "Low Water") == ["Cy Elm", "Dee Fir"]
    assert said(found, "cast", "person", "The Tin Garden") == ["Nan Birch"]
    assert said(found, "credit", "agent", "The Tin Garden") == ["Ben Ash"]
    assert said(found, "country", "country", "Low Water") == ["Norway", "Denmark"]
    assert said(found, "runtime", "minutes", "Low Water") == ["102"]
    assert all(fact.span for fact in found.facts)


def test_a_programme_of_plays_is_left_alone() -> None:
    text = PROGRAMME.replace("FILM ", "").replace("subtitles", "surtitles")
    assert read("programme.txt", text).loader == "plaintext"


def test_data_sheets_in_other_languages_are_told_apart() -> None:
    found = read("sheets.txt", SHEETS)
    assert films(found) == [("Marée basse", 1999), ("Le Jardin", 2001)]
    assert said(found, "credit", "agent", "Le Jardin") == ["Ben Ash"]
    assert said(found, "runtime", "minutes", "Marée basse") == ["92"]
    assert said(found, "country", "country", "Marée basse") == []


def test_press_notes_give_the_cast_of_their_columns() -> None:
    found = read("notes.txt", NOTES)
    assert films(found) == [("Low Water", 2019)]
    cast = [(fact.fields["person"], fact.fields["character"]) for fact in found.facts if fact.kind == "cast"]
    assert [(getattr(one, "name", ""), role) for one, role in cast] == [("Cy Elm", "Mara"), ("Dee Fir", "Tor")]


def test_columns_that_both_have_names_are_reported() -> None:
    found = read("notes.txt", NOTES.replace("Mara ", "Mara Holt ").replace("Tor ", "Tor Lund "))
    assert not [fact for fact in found.facts if fact.kind == "cast"]
    assert any("which are the actors is not clear" in issue.message for issue in found.issues)


def test_a_calendar_gives_its_films() -> None:
    found = read("cinema.ics", CALENDAR)
    assert (found.loader, films(found)) == ("calendars", [("Low Water", 2019)])
    assert said(found, "cast", "person", "Low Water") == ["Cy Elm", "Dee Fir"]
    assert said(found, "credit", "agent", "Low Water") == ["Ada Vole"]
    assert found.issues[0].message == "records that are not said to be of films, or without a title: 1 of 2"


ITEMS = """# Films of the year

1. **Low Water** (2019), dir. Ada Vole - 4/5
2. *Tin* (2018, Ben Ash)
3. The Garden (Norway, 2017)

# Books

- Film Form (1949), by Otto Pike
- Film Sense (1942), by Otto Pike
- Film Essays (1968), by Otto Pike
"""


def test_items_of_a_list_are_films_under_a_heading_of_films() -> None:
    found = read("list.md", ITEMS)
    assert films(found) == [("Low Water", 2019), ("Tin", 2018), ("The Garden", 2017)]
    directors = [said(found, "credit", "agent", name) for name in ("Low Water", "Tin", "The Garden")]
    assert directors == [["Ada Vole"], ["Ben Ash"], []]
    assert read("list.md", ITEMS.replace("Films of", "Songs of")).loader == "markdown"


def test_directors_stand_between_titles_and_particulars() -> None:
    text = "KELP FILM FESTIVAL\n\nEo\nAda Vole\nPoland, 2022, 86'\n\nToni Lund\nBen Ash\nNorway, 2016, 162'\n"
    found = read("programme.txt", text)
    assert films(found) == [("Eo", 2022), ("Toni Lund", 2016)]
    assert [said(found, "credit", "agent", name) for name in ("Eo", "Toni Lund")] == [["Ada Vole"], ["Ben Ash"]]
    named = read("programme.txt", text.replace("Ada Vole\n", "").replace("Ben Ash\n", ""))
    assert films(named) == [("Eo", 2022), ("Toni Lund", 2016)]
    assert not [fact for fact in named.facts if fact.kind == "credit"]


def test_a_page_with_several_films_tells_them_apart() -> None:
    film = "<div><h2>{}</h2><p>{} 2023, 124 Min., Regie: {}, mit Cy Elm</p></div>"
    body = film.format("Ebbe", "Norwegen/Dänemark", "Ada Vole") + film.format("Salz", "Frankreich", "Ben Ash")
    page = f"<!DOCTYPE html><html><head><title>Kinoprogramm</title></head><body><h1>Programm</h1>{body}</body></html>"
    found = read("programm.html", page)
    assert films(found) == [("Ebbe", 2023), ("Salz", 2023)]
    assert said(found, "credit", "agent", "Ebbe") == ["Ada Vole"]
    assert said(found, "country", "country", "Salz") == ["Frankreich"]
    assert all(fact.span and page[fact.span.start : fact.span.end] for fact in found.facts)
