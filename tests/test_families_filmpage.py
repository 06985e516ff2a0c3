"""Copied pages of databases about one film: labels, lists of names and jobs, figures, critics."""

from decimal import Decimal

import pytest
from prose_texts import document, facts, values

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose.page import read

LABELS = """Low Tide
1991
R
1h 38m
Quiet Drama
Comedy
Drama
A keeper writes letters that the sea takes away.
Director
Nora Whitfield
Writers
Nora Whitfield
Paul Drummond
Stars
Martin Hale Diane Foster Hugh Pell
See production info at Tide Pages
67
Metascore
Top cast
Martin Hale
Tom
Diane Foster
Rose
Hugh Pell
Uncle Bert
More like this
High Water
Soundtracks
The Lamp Song
Written by Carl Voss
Details
Release date
February 28, 1991 (Norway)
Countries of origin
Norway United Kingdom
Languages
English French
Also known as
Ebbe
Filming locations
Lime Street, Bergen, Norway
Production companies
Kelp Pictures Low Harbour
Box office
Budget
$1,500,000 (estimated)
Gross US & Canada
$780,825
Runtime
1h 38m(98 min)
"""
NAMED_ABOVE = """The Paper Lamp (2003)
12A Drama 1h 47m
Overview
After her aunt dies Mina Cole travels to Bergen.
Nora Whitfield
Director, Writer
Paul Drummond
Writer
Top Billed Cast
Diane Foster
Mina Cole
Martin Hale
Uncle Bert
View More
Full Cast & Crew
Social
Original Language English
Budget $4,500,000.00
Revenue $11,230,118.00
Recommendations
High Water
71%
"""
PIECES = """Home » Films » The Paper Lamp
The Paper Lamp (2003)
Genres - Thriller, Crime | Sub-Genres - Police | Release Date - Sep 12, 2003 (USA) | Run Time - 104 min.
Cast
Diane Foster
Det. Ann Moss
Martin Hale
Bert
Crew
Nora Whitfield
Director
Paul Drummond
Composer (Music Score)
"""
DOTTED = """Dust on the Lamp (1998)
Drama, Crime | R | 1h 52min | 6 November 1998 (USA)
Directed by
Nora Whitfield
Writing Credits
Paul Drummond\t...\t(screenplay)
Cy Poe\t...\t(novel)
Cast (in credits order) verified as complete
Diane Foster\t...\tClaire Hobbs
Martin Hale\t...\tMan at Bar (uncredited)
Produced by
Hugh Pell\t...\texecutive producer
Production Design by
Carl Voss
Distributors
Tern Films (1998) (USA) (theatrical)
"""
GERMAN = """Ebbe
Titel\tEbbe
Produktionsland\tDeutschland, Österreich
Originalsprache\tDeutsch, Englisch
Erscheinungsjahr\t2016
Länge\t162 Minuten
Altersfreigabe\tFSK 12
Regie\tNora Whitfield
Drehbuch\tNora Whitfield
Produktion\tPaul Drummond, Martin Hale
Besetzung
Diane Foster: Rose
Hugh Pell: Tom / Bert
"""


def test_labels_with_their_values_below_give_facts() -> None:
    assert values("", "credit", "agent", "role", lead=LABELS) == {
        ("Nora Whitfield", "director"),
        ("Nora Whitfield", "screenwriter"),
        ("Paul Drummond", "screenwriter"),
    }
    assert values("", "cast", "person", "character", lead=LABELS) == {
        ("Martin Hale", None), ("Diane Foster", None), ("Hugh Pell", None),
        ("Martin Hale", "Tom"), ("Diane Foster", "Rose"), ("Hugh Pell", "Uncle Bert"),
    }  # fmt: skip
    assert values("", "country", "country", lead=LABELS) == {("Norway",), ("United Kingdom",)}
    assert values("", "language", "language", lead=LABELS) == {("English",), ("French",)}
    assert values("", "genre", "genre", lead=LABELS) == {("comedy",), ("drama",)}
    assert values("", "runtime", "minutes", lead=LABELS) == {(98,)}
    assert values("", "content-rating", "rating", lead=LABELS) == {("R",)}
    assert values("", "content-rating", "rating", lead=LABELS.replace("\nR\n", "\nMA15+\n")) == {("MA15+",)}
    assert values("", "content-rating", "rating", lead=LABELS.replace("\nR\n", "\nIII\n")) == set()
    assert values("", "release", "date", "territory", lead=LABELS) == {("1991-02-28", "Norway")}
    assert values("", "alternate-title", "title", lead=LABELS) == {("Ebbe",)}
    assert values("", "location", "place", lead=LABELS) == {("Lime Street, Bergen, Norway",)}
    assert values("", "money", "measure", "amount", "territory", lead=LABELS) == {
        ("budget", Decimal(1500000), None), ("gross", Decimal(780825), "United States and Canada"),
    }  # fmt: skip
    assert values("", "rating", "site", "value", lead=LABELS) == {("Metacritic", "67")}


def test_of_companies_side_by_side_only_those_that_end_like_one_are_named() -> None:
    assert values("", "company", "company", lead=LABELS) == {("Kelp Pictures",)}


def test_a_page_is_one_document_about_one_film() -> None:
    parts = read(document(LABELS))
    assert [(part.kind, part.film and part.film.name) for part in parts] == [("aggregator page", "Low Tide")]
    assert {fact.subject.name for fact in plaintext.load(document(LABELS)).facts if fact.subject} == {"Low Tide"}


def test_a_person_above_a_line_of_jobs_has_them() -> None:
    assert values("", "credit", "agent", "role", lead=NAMED_ABOVE) == {
        ("Nora Whitfield", "director"), ("Nora Whitfield", "screenwriter"), ("Paul Drummond", "screenwriter"),
    }  # fmt: skip
    assert values("", "cast", "person", "character", lead=NAMED_ABOVE) == {
        ("Diane Foster", "Mina Cole"), ("Martin Hale", "Uncle Bert"),
    }  # fmt: skip
    assert values("", "money", "measure", "amount", lead=NAMED_ABOVE) == {
        ("budget", Decimal(4500000)), ("gross", Decimal(11230118)),
    }  # fmt: skip


def test_labelled_pieces_of_a_line_give_facts() -> None:
    assert values("", "genre", "genre", lead=PIECES) == {("thriller",), ("crime",)}
    assert values("", "release", "date", "territory", lead=PIECES) == {("2003-09-12", "United States")}
    assert values("", "runtime", "minutes", lead=PIECES) == {(104,)}
    assert values("", "cast", "person", "character", lead=PIECES) == {
        ("Diane Foster", "Det. Ann Moss"), ("Martin Hale", "Bert"),
    }  # fmt: skip
    assert values("", "credit", "agent", "role", lead=PIECES) == {
        ("Nora Whitfield", "director"), ("Paul Drummond", "composer"),
    }  # fmt: skip


def test_names_before_dots_have_the_character_or_job_behind_them() -> None:
    assert values("", "credit", "agent", "role", lead=DOTTED) == {
        ("Nora Whitfield", "director"), ("Paul Drummond", "screenwriter"), ("Hugh Pell", "executive producer"),
        ("Carl Voss", "production designer"),
    }  # fmt: skip
    assert values("", "cast", "person", "character", "credited", lead=DOTTED) == {
        ("Diane Foster", "Claire Hobbs", None), ("Martin Hale", "Man at Bar", False),
    }  # fmt: skip
    assert values("", "release", "date", lead=DOTTED) == {("1998-11-06",)}
    assert values("", "company", "company", lead=DOTTED) == {("Tern Films",)}


def test_pages_in_other_languages_give_english_values() -> None:
    assert values("", "country", "country", lead=GERMAN) == {("Germany",), ("Austria",)}
    assert values("", "language", "language", lead=GERMAN) == {("German",), ("English",)}
    assert values("", "runtime", "minutes", lead=GERMAN) == {(162,)}
    assert values("", "content-rating", "system", "rating", lead=GERMAN) == {("FSK", "12")}
    assert values("", "cast", "person", "character", lead=GERMAN) == {
        ("Diane Foster", "Rose"),
        ("Hugh Pell", "Tom / Bert"),
    }
    assert ("Martin Hale", "producer") in values("", "credit", "agent", "role", lead=GERMAN)
    assert not facts("", "company", lead=GERMAN)
    assert {part.film and (part.film.name) for part in read(document(GERMAN))} == {"Ebbe"}


def test_the_cast_of_a_french_page_is_no_distributor() -> None:
    page = "Ebbe\nRéalisation : Nora Whitfield\nScénario : Paul Drummond\nPays de production : France\nGenre : Drame\n"
    page += "Durée : 98 minutes\nDistribution\nDiane Foster : Rose\nHugh Pell : Tom\nBox-office\nEbbe a plu.\n"
    assert values("", "cast", "person", "character", lead=page) == {("Diane Foster", "Rose"), ("Hugh Pell", "Tom")}
    assert not facts("", "company", lead=page)
    assert values("", "genre", "genre", lead=page) == {("drama",)}


def test_characters_before_long_rows_of_dots_are_no_performers() -> None:
    page = LABELS.replace("Top cast\nMartin Hale\nTom\nDiane Foster\nRose\nHugh Pell\nUncle Bert\n",
                          "Cast\nTom Ashe ........ Martin Hale\nRose Dale ........ Diane Foster\n")  # fmt: skip
    assert not {("Tom Ashe",), ("Rose Dale",)} & values("", "cast", "person", lead=page)


CRITICS = (
    "Low Tide\n1991\n1h 38m\nDirector\nNora Whitfield\nWriter\nPaul Drummond\nGenre\nDrama\nDistributor\n"
    "Kelp Pictures\nRuntime\n1h 38m\nCritics Reviews\n{}\nMore like this\n"
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Ann Lee\nVariety\nWet and slow. Rated: 3/4 Nov 11, 1991 Full Review",
            ("Ann Lee", "Variety", "3", Decimal(4), "1991-11-11"),
        ),
        (
            "Metascore\n88\n88\nVariety\nBy Ann Lee\nIt listens.\nNov 11, 1991",
            ("Ann Lee", "Variety", "88", Decimal(100), "1991-11-11"),
        ),
    ],
    ids=["critic above", "critic below"],
)
def test_a_critic_beside_a_publication_has_a_review(lines: str, expected: tuple[object, ...]) -> None:
    found = values("", "review", "critic", "publication", "value", "best", "date", lead=CRITICS.format(lines))
    assert found == {expected}


def test_a_publication_without_a_critic_has_none() -> None:
    assert not facts("", "review", lead=CRITICS.format("Lamps\nVariety\nNov 11, 1991"))


def test_a_name_between_labels_belongs_to_the_one_above() -> None:
    page = (
        "Original title Low Tide\nYear 1991\nRunning time 94 min.\nCountry Canada Canada\nDirector\nNora Whitfield\n"
        "Screenwriter\nPaul Drummond\nCast\nMartin Hale\nDiane Foster\nHugh Pell\nMusic\nCarl Voss\nCinematography\n"
        "Ida Lund\nGenre\nDrama\nSynopsis\nA widow runs a lighthouse.\n"
    )
    assert values("", "credit", "agent", "role", lead=page) == {
        ("Nora Whitfield", "director"), ("Paul Drummond", "screenwriter"), ("Carl Voss", "composer"),
        ("Ida Lund", "cinematographer"),
    }  # fmt: skip
    assert values("", "cast", "person", "character", lead=page) == {
        ("Martin Hale", None), ("Diane Foster", None), ("Hugh Pell", None),
    }  # fmt: skip
    assert values("", "title", "title", lead=page) == {("Low Tide",)}
    assert values("", "country", "country", lead=page) == {("Canada",)}


def test_where_words_stand_above_critics_so_does_their_date() -> None:
    lines = (
        "It listens.\nApril 2, 1992 | Rating: 4/5 | Full Review\nAnn Lee\nVariety\nIt is long.\n"
        "March 30, 1992 | Full Review\nBo Ray\nTime Out"
    )
    found = values("", "review", "critic", "value", "date", lead=CRITICS.format(lines))
    assert found == {("Ann Lee", "4", "1992-04-02"), ("Bo Ray", None, "1992-03-30")}


def test_a_heading_in_capitals_is_no_label_with_a_value() -> None:
    assert not facts("", "company", lead=CRITICS.format("PRODUCTION NOTES").replace("Distributor\nKelp Pictures\n", ""))


def test_credits_with_names_in_capitals_below_each_other() -> None:
    told = "A keeper writes letters that nobody on the shore has answered in the long years of the war at sea.\n" * 4
    page = f"LOW TIDE\nA film by Nora Whitfield\n\n{told}\nCREW\nDirector of Photography IDA LUND\nEditor CY O'POE\n"
    crew = "Production Designer CARL VOSS\n"
    assert values("", "credit", "agent", "role", lead=page + crew) >= {
        ("Ida Lund", "cinematographer"), ("Cy O'Poe", "editor"), ("Carl Voss", "production designer"),
    }  # fmt: skip
    assert ("Ida Lund", "cinematographer") not in values("", "credit", "agent", "role", lead=page)
