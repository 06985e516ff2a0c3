"""Labelled lines of pages: "Director: ...", "Run time : ..."."""

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


@pytest.mark.parametrize("line", ["Phone: 555 1234", "Runtime: soon", "Genre: none", "Director of marketing: Bob Lee"])
def test_other_lines_are_no_facts(line: str) -> None:
    for kind in ("credit", "runtime", "genre"):
        assert not facts(f"{line}\n", kind, lead=PAGE)


def test_labels_of_a_page_about_no_film_are_left_alone() -> None:
    assert not facts("Director: Nora Whitfield\nRun time : 118 minutes\n", "credit", lead="Our staff\n")
