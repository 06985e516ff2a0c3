"""Texts with several films, press notes and calendars: each film gets its own lines, other things get nothing."""

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

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


def test_lines_that_say_of_whom_a_film_is() -> None:
    text = (
        "CINÉ-CLUB DU JEUDI\n\nMarée basse\nDe Ada Vole - Mauritanie, France - 2014 - 1h37 - VOST\n\n"
        "Le Jardin\nD'Ella Ash - Géorgie - 2015 - 2h\n\nSel\nDe Sica - Italie - 1952 - 1h29\n"
    )
    found = read("programme.txt", text)
    assert films(found) == [("Marée basse", 2014), ("Le Jardin", 2015), ("Sel", 1952)]
    names = [name for title in ("Marée basse", "Le Jardin", "Sel") for name in said(found, "credit", "agent", title)]
    assert names[:2] == ["Ada Vole", "Ella Ash"]
    assert said(found, "country", "country", "Marée basse") == ["Mauritanie", "France"]
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [97, 120, 89]


def test_titles_inside_lines_of_particulars_are_no_directors() -> None:
    rows = "Tin Garden, Norway 2019, 92 min\nLow Water, France 2018, 94 min\nRust, Italy 2017, 80 min\n"
    assert not films(read("programme.txt", f"KELP FILM FESTIVAL\n\nPanorama\n\n{rows}"))
    headed = rows.replace("Tin Garden,", "EBB\nTin Garden,").replace("Low Water,", "SALT\nLow Water,")
    found = read("programme.txt", f"KELP FILM FESTIVAL\n\n{headed.partition('Rust')[0]}")
    assert [said(found, "credit", "agent", name) for name in ("EBB", "SALT")] == [["Tin Garden"], ["Low Water"]]


def test_rooms_and_kinds_of_films_are_no_directors() -> None:
    text = "KELP FILM FESTIVAL\n\nEbb\n{}, Norway 2019, 92 min\n\nSalt\nBen Ash, France 2018, 94 min\n"
    for words in ("Main Hall", "Documentary Feature", "Animated Short"):
        found = read("programme.txt", text.format(words))
        assert films(found) == [("Ebb", 2019), ("Salt", 2018)]
        assert [said(found, "credit", "agent", name) for name in ("Ebb", "Salt")] == [[], ["Ben Ash"]]


def test_novels_in_a_list_of_films_are_left_out() -> None:
    text = "# Films\n\n1. Ebb (2019), a drama by Ada Vole\n2. Salt (2018)\n3. Rust (2017)\n{}"
    assert len(films(read("list.md", text.format("4. Tin (2016), a film by Ben Ash\n")))) == 4
    assert len(films(read("list.md", text.format("4. Tin (2016), a short novel by Ben Ash\n")))) == 3
    assert not films(read("list.md", text.format("").replace("# Films", "# Film schools")))


def test_a_calendar_without_a_word_of_films_has_plays() -> None:
    event = "BEGIN:VEVENT\nSUMMARY:Low Water\nDESCRIPTION:{}\nEND:VEVENT\n"
    text = "BEGIN:VCALENDAR\nX-WR-CALNAME:{}\n{}END:VCALENDAR\n"
    directed = event.format("Directed by: Ada Vole\\nCast: Cy Elm")
    assert films(read("a.ics", text.format("Cinema Harbour", directed))) == [("Low Water", None)]
    assert not films(read("a.ics", text.format("Old Mill", directed)))
    assert not films(read("a.ics", text.format("Cinema Harbour", event.format("With: Ada Vole"))))


SHEET = "## {}\n\nDirector: {}\nCountry: Norway\nYear: {}\nRunning time: 92 min\n\nA ferryman goes home.\n\n"


def test_films_below_headings_in_markdown_keep_their_labels() -> None:
    text = (
        "# Programme\n\n" + SHEET.format("Low Fell", "Ada Vole", 1999) + SHEET.format("Tin Harbour", "Otto Pike", 2001)
    )
    found = loaders.load(reading.document("programme.md", text.encode()))
    assert found.loader == "textlists"
    directors = {(fact.subject, fact.fields["agent"]) for fact in found.facts if fact.kind == "credit"}
    low, tin = Ref("film", "Low Fell", 1999), Ref("film", "Tin Harbour", 2001)
    assert directors == {(low, Ref("person", "Ada Vole")), (tin, Ref("person", "Otto Pike"))}
    for fact in found.facts:
        assert fact.span
        assert not fact.quote or text[fact.span.start : fact.span.end] == fact.quote


def test_sections_about_one_film_in_markdown_are_no_films() -> None:
    crew = "## Crew\n\nDirector: Ada Vole\nEditor: Nan Birch\n\n## Figures\n\nCast: Cy Elm\nRunning time: 92 min\n"
    text = f"# Low Fell\n\nLow Fell is a 1999 drama film.\n\n{crew}"
    found = loaders.load(reading.document("sheet.md", text.encode()))
    assert {film for source in found.sources for film in source.about} == {Ref("film", "Low Fell", 1999)}


LINE_UPS = {
    "titles before dashes": "{0} – {1} (Norway, Sweden, 2019, 92')",
    "titles in capitals after the director": "{1}, {2}, Norway/Sweden 2019, 92 min",
    "strokes and numbers": "3. {0} | {1} | Norwegen, Schweden 2019 | 92 Min.",
    "all in brackets": "{0} ({1}, Norway, Sweden, 2019, 92')",
    "with a preposition": "{0} (La marée) by {1} – 2019 – Norway, Sweden – 92' – World Premiere",
}
NAMED = (("The Low Fell", "Ada Vole"), ("Tin Harbour, Again", "Otto Pike"), ("Of Stone", "Nan Birch Holm"))


def line_up(line: str, named: tuple[tuple[str, str], ...] = NAMED, head: str = "HARBOUR FILM FESTIVAL") -> Extraction:
    named = (
        named
        if "|" not in line and ", {2}" not in line
        else (("The Low Fell", "Ada Vole"), *named[2:], ("Tin", "Otto Pike"))
    )
    return read("a.txt", f"{head}\n\n" + "\n".join(line.format(*one, one[0].upper()) for one in named) + "\n")


def test_line_ups_have_a_film_a_line() -> None:
    for name, line in LINE_UPS.items():
        found = line_up(line)
        assert ("The Low Fell", 2019) in films(found), name
        assert ("Of Stone", 2019) in films(found), name
        assert said(found, "credit", "agent", "Of Stone") == ["Nan Birch Holm"], name
        assert len(said(found, "country", "country", "Of Stone")) == 2, name
        assert said(found, "runtime", "minutes", "Of Stone") == ["92"], name


def test_line_ups_of_which_the_order_is_not_clear_or_of_dances_are_left_alone() -> None:
    line = LINE_UPS["titles before dashes"]
    unclear = (("Anna Lund", "Clara Vik"), ("Peter Ohlin", "Astrid Lie"), ("Otto Pike", "Nora Birch"))
    assert not line_up(line, unclear).facts
    assert not line_up(line, head="DANCE FESTIVAL").facts
    assert not line_up(line, NAMED[:2]).facts


def test_a_title_and_a_director_are_no_title_of_an_item() -> None:
    found = line_up(LINE_UPS["titles before dashes"], head="Films")
    assert [title for title, _ in films(found)] == ["The Low Fell", "Tin Harbour, Again", "Of Stone"]


def test_a_film_by_somebody_is_directed_by_them() -> None:
    found = read(
        "notes.txt", NOTES.replace("\nNorway / Denmark", "Norway / Denmark").replace("Director          Ada Vole\n", "")
    )
    assert said(found, "credit", "agent", "Low Water") == ["Ada Vole"]


def test_a_director_before_the_country_in_brackets() -> None:
    items = "Salt Road (Mira Holm, Norway 1988)\nTin (Cy Elm, France, Italy 2001)\nStone (Ada Vole, 1999)\n"
    found = read("a.txt", f"Best film nominees\n\n{items}")
    assert films(found) == [("Salt Road", 1988), ("Tin", 2001), ("Stone", 1999)]
    directed = [said(found, "credit", "agent", name) for name, _ in films(found)]
    assert list(map(set, directed)) == [{"Mira Holm"}, {"Cy Elm"}, {"Ada Vole"}]


def test_members_of_a_staff_have_countries_and_years_too() -> None:
    rows = "Mira Holm\tProfessor\tNorway\t1999\nOmar Said\tLecturer\tEgypt\t2004\nAna Elm\tTutor\tPortugal\t2011\n"
    assert not read("a.txt", f"Staff of the film school\n{rows}").facts


DATA_SHEET = "Titel: Marsch\nRegie: Ada Vole\nLand: Norwegen\nJahr: 1999\nLänge: 92 Min.\nDarsteller: Cy Elm, Dee Fir\n"


def test_a_data_sheet_of_one_film_in_any_language() -> None:
    found = read("sheet.txt", DATA_SHEET)
    assert films(found) == [("Marsch", 1999)]
    assert said(found, "credit", "agent", "Marsch") == ["Ada Vole"]
    assert said(found, "cast", "person", "Marsch") == ["Cy Elm", "Dee Fir"]


def test_sheets_of_plays_and_of_little_are_no_films() -> None:
    for old, new in (("Land: Norwegen\n", ""), ("Regie", "Chef"), ("Marsch", "Marsch\nOrt: Stadttheater")):
        assert not read("sheet.txt", DATA_SHEET.replace(old, new)).facts
