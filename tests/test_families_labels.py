"""Labelled lines of pages: "Director: ...", "Run time : ..."."""

from decimal import Decimal

import pytest
from prose_texts import facts, values

PAGE = (
    "Movie Review: The Lantern Keeper\nBy Carl Voss\n\n"
    "The Lantern Keeper is the kind of quiet drama that people of my age used to wait for all through the winter.\n"
    "It tells of a keeper who writes letters to strangers and never sends one of them, and it is told well.\n"
)


@pytest.mark.parametrize(
    ("line", "kind", "fields", "expected"),
    [
        ("Director: Nora Whitfield", "credit", ("agent", "role"), {("Nora Whitfield", "director")}),
        ("Writer: Paul Drummond", "credit", ("agent", "role"), {("Paul Drummond", "screenwriter")}),
        ("Cast: Martin Hale, Diane Foster", "cast", ("person",), {("Martin Hale",), ("Diane Foster",)}),
        (
            "Cast: Martin Hale (Tom), Diane Foster as Iris, Lena Oster (the mother, as a girl)",
            "cast",
            ("person", "character", "description"),
            {
                ("Martin Hale", "Tom", None),
                ("Diane Foster", "Iris", None),
                ("Lena Oster", None, "the mother, as a girl"),
            },
        ),
        ("Cast: Martin Hale, Diane Foster.", "cast", ("person",), {("Martin Hale",), ("Diane Foster",)}),
        ("Director: Bo Ray Jr.", "credit", ("agent",), {("Bo Ray Jr.",)}),
        ("Rating: PG, for mild language.", "content-rating", ("rating", "reasons"), {("PG", "mild language")}),
        ("Production: Harbour (Cork)", "company", ("company",), {("Harbour",)}),
        ("Production Company: Harbour Pictures, Inc.", "company", ("company",), {("Harbour Pictures, Inc.",)}),
        ("Art Direction: Lena Oster", "credit", ("agent", "role"), {("Lena Oster", "art director")}),
        ("Film Editing: Lena Oster", "credit", ("agent", "role"), {("Lena Oster", "editor")}),
        ("Duration(in mins): 92", "runtime", ("minutes",), {(92,)}),
        ("Director           Nora Whitfield", "credit", ("agent", "role"), {("Nora Whitfield", "director")}),
        ("Music ........ Lena Oster", "credit", ("agent", "role"), {("Lena Oster", "composer")}),
        ("Producers    Lena Oster, Paul Drummond", "credit", ("agent",), {("Lena Oster",), ("Paul Drummond",)}),
        ("Run time : 118 minutes", "runtime", ("minutes",), {(118,)}),
        ("Running time: 1h 58m", "runtime", ("minutes",), {(118,)}),
        ("Genre: Drama", "genre", ("genre",), {("drama",)}),
        ("Country: Canada", "country", ("country",), {("Canada",)}),
        ("Language: English", "language", ("language",), {("English",)}),
        ("In theaters : October 9, 1987", "release", ("event", "date"), {("theatrical", "1987-10-09")}),
        ("Studio: Harbour Pictures", "company", ("company", "role"), {("Harbour Pictures", "studio")}),
        ("Rated: R for violence", "content-rating", ("rating", "reasons"), {("R", "violence")}),
    ],
)
def test_a_line_is_read(line: str, kind: str, fields: tuple[str, ...], expected: set[tuple[object, ...]]) -> None:
    assert values(f"{line}\n", kind, *fields, lead=PAGE) == expected


def test_an_explanation_joins_the_rating_above_it() -> None:
    text = "MPAA rating : PG-13\nMPAA explanation : language and smoking\n"
    assert ("MPAA", "PG-13", "language; smoking") in values(
        text, "content-rating", "system", "rating", "reasons", lead=PAGE
    )


@pytest.mark.parametrize(
    "line",
    [
        "Rating: 4/5",
        "Rating: 9½/10",
        "Phone: 555 1234",
        "Runtime: soon",
        "Genre: none",
        "Director of marketing: Bob Lee",
    ],
)
def test_other_lines_are_no_facts(line: str) -> None:
    for kind in ("credit", "runtime", "genre"):
        assert not facts(f"{line}\n", kind, lead=PAGE)


def test_labels_of_a_page_about_no_film_are_left_alone() -> None:
    assert not facts("Director: Nora Whitfield\nRun time : 118 minutes\n", "credit", lead="Our staff\n")


STACKED = (
    "The Lantern Keeper (1987) - Tide Pages\nThe Lantern Keeper\n1987\nPG\n1h 58m\n"
    "Director\nNora Whitfield\nWriters\nPaul Drummond\nCarl Voss\nStars\nMartin Hale\nDiane Foster\n"
    "Release date\nOctober 9, 1987 (United States)\nGross worldwide\n$4,200,000\n"
    "Production companies\nHarbour Pictures\nGenres\nAction\nLanguages\nEnglish\nFrench\n"
)


def test_values_on_the_lines_below_their_labels() -> None:
    assert values("", "credit", "agent", "role", lead=STACKED) == {
        ("Nora Whitfield", "director"),
        ("Paul Drummond", "screenwriter"),
        ("Carl Voss", "screenwriter"),
    }
    assert values("", "cast", "person", lead=STACKED) == {("Martin Hale",), ("Diane Foster",)}
    assert values("", "release", "event", "date", lead=STACKED) == {("theatrical", "1987-10-09")}
    assert values("", "money", "measure", "amount", "territory", lead=STACKED) == {
        ("gross", Decimal(4200000), "worldwide")
    }
    assert values("", "company", "company", "role", lead=STACKED) == {("Harbour Pictures", "production company")}


def test_menus_beside_a_text_are_no_values() -> None:
    told = "The keeper writes letters in the lamp room, and nobody on the shore has ever answered one of them.\n" * 5
    assert not facts("", "genre", lead=STACKED + told)
    assert not facts("", "language", lead=STACKED + told)


def test_the_head_of_a_page_names_its_film() -> None:
    assert values("", "title", "title", lead=STACKED) == {("The Lantern Keeper",)}
    assert values("", "year", "year", lead=STACKED) == {(1987,)}
    assert {fact.subject.name for fact in facts("", "credit", lead=STACKED) if fact.subject} == {"The Lantern Keeper"}


def test_labels_below_a_page_head_and_its_summary_belong_to_its_film() -> None:
    summary = "A keeper of a lighthouse writes letters to people whom he has never met and who never write to him.\n"
    head, labels = STACKED.split("Director\n")
    found = values("", "credit", "agent", lead=f"{head}{summary}Director\n{labels}")
    assert ("Nora Whitfield",) in found


def test_a_name_above_a_job_is_its_own() -> None:
    page = STACKED.replace("Director\nNora Whitfield\n", "Cast & Crew\nNora Whitfield\nDirector\nMartin Hale\nTom\n")
    assert ("Martin Hale", "director") not in values("", "credit", "agent", "role", lead=page)


def test_the_title_above_a_roll_of_credits_is_no_name_above_a_job() -> None:
    roll = "A KELP FILMS PRODUCTION\n\nLOW LAMP\n\nDirected by\nNORA WHITFIELD\n\nWritten by\nPAUL DRUMMOND\n"
    assert ("NORA WHITFIELD", "director") in values("", "credit", "agent", "role", lead=roll)


def test_a_line_of_genres_near_a_credit() -> None:
    assert values("Directed by Nora Whitfield\nComedy, Drama\n1h 52m\n", "genre", "genre", lead=PAGE) == {
        ("comedy",),
        ("drama",),
    }
    assert not facts("More like this\nComedy, Drama\nLog in\n", "genre", lead=PAGE)


def test_an_address_is_no_company() -> None:
    found = values("Distribution: Gull Pictures, 25 Lime Street, Paris\n", "company", "company", lead=PAGE)
    assert found == {("Gull Pictures",)}
