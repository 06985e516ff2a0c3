"""What a film's page of a database, an article's box in one line and runs of names are read as."""

import doctest

import pytest
from prose_texts import document, values

from reelgraph.loaders.prose import filmpage, lines, namerun, runinbox, worldwords
from reelgraph.loaders.prose.page import read

BOX = (
    "Low Tide Theatrical release poster Directed by Nora Whitfield Screenplay by Paul Drummond Carl Voss Produced by "
    "Hugh Pell Starring Martin Hale Diane Foster Music by Anton Lind Production company Kelp Films Distributed by Tern "
    "Films (UK) Harbour Releasing Organization (US) Release dates 1 September 1991 (UK) 2 February 1992 (New York "
    "City) Running time 108 minutes Countries United Kingdom Norway Languages English German Budget £277,549 "
)
FIRST = (
    "Low Tide is a 1991 drama film directed by Nora Whitfield. It follows a keeper who writes letters to strangers. "
)
REST = (
    "Plot Tom, a keeper, writes a letter. Nobody answers it. Cast Martin Hale as Tom Diane Foster as Rose Hugh Pell as "
    "Bert Ann Lee as Mary Production The film was shot in Wales. Release It was released in Norway on 3 May 1992."
)
ARTICLES = (BOX + FIRST + REST, "Low Tide From Tidepedia, the free encyclopedia " + BOX + FIRST + REST)
LABELS = "{}\n1991\nDirector\n{}\nWriter\nPaul Drummond\nGenre\nDrama\nRuntime\n98 min\nCountry\nNorway\n"


@pytest.mark.parametrize("module", [filmpage, namerun, runinbox, worldwords])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("article", ARTICLES, ids=["alone", "below the site"])
def test_a_box_in_one_line_is_read(article: str) -> None:
    assert {part.film and (part.film.name, part.film.year) for part in read(document(article))} == {("Low Tide", 1991)}
    assert values("", "credit", "agent", "role", lead=article) == {
        ("Nora Whitfield", "director"), ("Paul Drummond", "screenwriter"), ("Carl Voss", "screenwriter"),
        ("Hugh Pell", "producer"), ("Anton Lind", "composer"),
    }  # fmt: skip
    assert values("", "company", "company", lead=article) == {
        ("Kelp Films",), ("Tern Films",), ("Harbour Releasing Organization",),
    }  # fmt: skip
    assert values("", "release", "date", "territory", "place", lead=article) >= {
        ("1991-09-01", "United Kingdom", None), ("1992-02-02", None, "New York City"),
    }  # fmt: skip
    assert values("", "country", "country", lead=article) == {("United Kingdom",), ("Norway",)}
    assert values("", "language", "language", lead=article) == {("English",), ("German",)}
    assert values("", "runtime", "minutes", lead=article) == {(108,)}
    assert values("", "cast", "person", "character", lead=article) >= {("Martin Hale", "Tom"), ("Diane Foster", "Rose")}


def test_an_article_without_a_box_stays_as_it_is() -> None:
    assert runinbox.boxed(FIRST + REST) == FIRST + REST


def test_a_film_of_another_name_ends_no_box() -> None:
    text = BOX + FIRST.replace("Low Tide", "High Water", 1)
    assert runinbox.boxed(text) == text


@pytest.mark.parametrize(
    "words",
    [
        "Green Tide Harbour Nine",
        "Helena Bonham Carter Daniel Day Lewis Ann Lee",
        "Ann Ann Ann Ann Ann",
        "Ann Lee " * 40,
    ],
)
def test_runs_that_can_be_read_in_two_ways_are_not_split(words: str) -> None:
    assert not namerun.split(words.strip())


def test_a_page_of_paragraphs_is_no_page_of_a_database() -> None:
    told = "The keeper writes letters in the lamp room, and nobody on the shore has answered.\n"
    labels = LABELS.format("Low Tide", "Nora Whitfield")
    assert filmpage.is_film_page(lines.lines(labels + told))
    assert not filmpage.is_film_page(lines.lines(labels + told * 5))


def test_a_page_of_two_films_is_none() -> None:
    page = LABELS.format("Low Tide", "Nora Whitfield") + LABELS.format("High Water", "Hugh Pell")
    assert not filmpage.is_film_page(lines.lines(page))


def test_what_is_written_for_songs_is_no_credit_of_the_film() -> None:
    page = "Director\nNora Whitfield\nSoundtracks\nThe Lamp Song\nWritten by Carl Voss\nRuntime\n98 min\n"
    assert [row.meaning for row in filmpage.rows(lines.lines(page))] == ["director", "runtime"]
