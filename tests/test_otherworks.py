"""Documents about works that are no films, though they have titles, years, makers and casts: nothing is read."""

import json

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

LABELS = (
    "<p><b>Directed by:</b> Cy Elm</p><p><b>Written by:</b> Nan Birch</p><p><b>Cast:</b> Ada Vole, Ira Oak</p>"
    "<p><b>Running time:</b> 90 min</p><p><b>Genre:</b> Drama</p>"
)


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def page(title: str, body: str, thing: dict[str, object] | None = None) -> Extraction:
    data = (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **thing})}</script>'
        if thing
        else ""
    )
    return read("page.html", f"<html><head><title>{title}</title>{data}</head><body>{body}</body></html>")


def films(found: Extraction) -> list[str]:
    return [fact.subject.name for fact in found.facts if fact.kind == "title" and fact.subject]


def test_labels_of_a_film_are_read() -> None:
    assert films(page("Low Water (1999)", f"<h1>Low Water (1999)</h1>{LABELS}")) == ["Low Water"]


@pytest.mark.parametrize("kind", ["VideoGame", "TVSeries", "Play", "MusicAlbum", "Person"])
def test_a_page_about_another_thing_of_its_name_is_about_no_film(kind: str) -> None:
    thing = {"@type": kind, "name": "Low Water"}
    assert not page("Low Water (1999)", f"<h1>Low Water (1999)</h1>{LABELS}", thing).facts


@pytest.mark.parametrize("words", ["A ballet in two acts.", "Premiere: Old Mill Theatre", "Genre: Crime series"])
def test_words_of_other_works_speak_against_labels_where_nothing_says_film(words: str) -> None:
    assert not page("Low Water (1999)", f"<h1>Low Water (1999)</h1><p>{words}</p>{LABELS}").facts
    assert films(page("Low Water (1999) - Film Barn", f"<h1>Low Water (1999)</h1><p>{words}</p>{LABELS}"))


def test_a_person_has_no_film_but_those_of_the_filmography() -> None:
    table = (
        "<table><tr><th>Year</th><th>Title</th></tr><tr><td>1999</td><td>Low Water</td></tr>"
        "<tr><td>2003</td><td>Tin</td></tr></table>"
    )
    body = f"<h1>Ada Vole</h1><p>Known for Grey Mill (2001), directed by Cy Elm, a film.</p><h2>Filmography</h2>{table}"
    assert films(page("Ada Vole", body, {"@type": "Person", "name": "Ada Vole"})) == ["Low Water", "Tin"]


def test_courses_are_no_films() -> None:
    table = (
        "<table><tr><th>Title</th><th>Director</th><th>Year</th><th>Duration</th></tr>"
        "<tr><td>Light</td><td>Cy Elm</td><td>1999</td><td>90 min</td></tr>"
        "<tr><td>Sound</td><td>Nan Birch</td><td>2003</td><td>60 min</td></tr></table>"
    )
    assert films(page("Old Mill", f"<h1>Films of the year</h1>{table}")) == ["Light", "Sound"]
    assert not page("Old Mill", f"<h1>Film school: courses</h1>{table}").facts


@pytest.mark.parametrize(
    "text",
    [
        "Low Water (1999)\nRadio play, 54 min\nDirector: Cy Elm\nCast: Ada Vole, Ira Oak\nWritten by: Nan Birch\n",
        "Low Water (1999)\nDirector: Cy Elm\nGenre: Action\n\nA third-person game. Ada Vole voices the captain.\n",
        "Low Water (1999)\nProducer: Cy Elm\nRunning time: 42 min\n\nThe second album by the quartet is warm.\n",
        "Low Water (1999)\nStarring Ada Vole, Ira Oak.\n\nThe first season is slow. Ada Vole plays Mary Pike.\n",
    ],
)
def test_texts_about_other_works(text: str) -> None:
    assert not read("text.txt", text).facts
    assert films(read("text.txt", f"{text}\nIt was made into a film.\n")) == ["Low Water"]


def test_titles_with_years_are_films_only_where_something_says_so() -> None:
    text = "Low Water (1999)\n\nDark and slow at first, it opens after an hour: the {} of the year.\n"
    assert not read("list.txt", text.format("wine")).facts
    assert "Low Water" in films(read("list.txt", text.format("film")))


def test_books_in_notes_about_films() -> None:
    notes = (
        "# Read and seen\n\n## Books\n\n- Low Water (1999)\n- Old Mill (2003)\n\n"
        "## Films\n\n| Title | Year | Director |\n|---|---|---|\n| Tin | 2001 | Cy Elm |\n| Rust | 2004 | Nan Birch |\n"
    )
    found = read("notes.md", notes)
    assert films(found) == ["Tin", "Rust"]
    assert {film.name for one in found.sources for film in one.about} == {"Tin", "Rust"}


def test_works_older_than_films() -> None:
    rows = "Title,Director,Year,Cast,Country\n{0},Cy Elm,{1},Ada Vole,France\nOld Mill,Nan Birch,{1},Ira Oak,Italy\n"
    assert len(films(read("list.csv", rows.format("Low Water", 1999)))) == 2
    with pytest.raises(Exception, match="nothing says that it is about films"):
        read("list.csv", rows.format("Low Water", 1841))


def test_episodes_of_a_series_in_wikitext() -> None:
    table = (
        '{| class="wikitable"\n! Nr. !! Titel !! Regie !! Drehbuch\n|-\n| 1 || Nebel || [[Cy Elm]] || Nan Birch\n|}\n'
    )
    assert not read("serie.wikitext", f"'''Hafen''' ist eine Serie.\n== Episoden ==\n{table}").facts
    assert films(read("liste.wikitext", f"'''Hafen''' ist eine Liste.\n== Filme ==\n{table}")) == ["Nebel"]


def test_tables_of_notes_are_what_their_headings_say() -> None:
    rows = "| Year | Title | Length |\n|---|---|---|\n| {0} |\n| {1} |\n\n"
    notes = (
        "# Cy Elm\n\n## Films\n\n"
        + rows.format("1999 | Low Water | 92 min", "2003 | Tin | 88 min")
        + "## Commercials\n\n| Year | Title | Director | Length |\n|---|---|---|---|\n| 2011 | Shoe | Cy Elm | 1 |\n"
    )
    assert films(read("notes.md", notes)) == ["Low Water", "Tin"]


def test_a_label_after_the_director_ends_the_name() -> None:
    body = (
        "<h1>Film programme</h1><h2>Low Water</h2><p>Norway 1999, 92 min. Director: Cy Elm. Cast: Ada Vole</p>"
        "<h2>Tin</h2><p>Italy 2003, 88 min. Director: Ben Ash. Cast: Nan Birch</p>"
    )
    found = page("Film programme", body)
    directors = [fact.fields["agent"] for fact in found.facts if fact.kind == "credit"]
    assert directors == [Ref("person", "Cy Elm"), Ref("person", "Ben Ash")]


def test_music_videos_have_an_artist() -> None:
    text = "Title: Low Fell\nArtist: The Harbour Band\nYear: 1988\nLength: 4 min\nDirector: Bo Ray\nCountry: Norway\n"
    assert not films(read("a.txt", text))
    assert films(read("a.txt", text.replace("Artist: The Harbour Band\n", "")))


def test_labels_that_recipes_have_too_make_no_film() -> None:
    assert not films(read("a.txt", "Title: Lemon Cake\nServes: 8\nCountry: Norway\nYear: 2017\nBake 50 min.\n"))
