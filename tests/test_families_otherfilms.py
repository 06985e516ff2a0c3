"""Films named in passing: what stands beside a title with its year."""

import pytest
from prose_texts import LEAD, document, facts

from reelgraph.loaders import plaintext

COURSE = "Film 214: the sea in cinema. Director of studies: Dr. Hugh Pell\n"


def _said(text: str) -> set[tuple[str, str, object]]:
    found = plaintext.load(document(text)).facts
    return {
        (fact.subject.name, fact.kind, getattr(value, "name", value))
        for fact in found
        if fact.subject
        for value in (fact.fields.get("agent") or fact.fields.get("person") or next(iter(fact.fields.values())),)
    }


def test_a_line_of_a_programme_tells_director_country_year_and_length() -> None:
    text = f"{COURSE}WEEK 1 Tides\nScreening: Low Tide (Nora Whitfield, Norway, 1991, 98 min)\nReading: Poe, ch. 11\n"
    assert _said(text) == {
        ("Low Tide", "title", "Low Tide"),
        ("Low Tide", "year", 1991),
        ("Low Tide", "country", "Norway"),
        ("Low Tide", "runtime", 98),
        ("Low Tide", "credit", "Nora Whitfield"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Read: Low Tide, a novel (Nora Whitfield, 1991)",
        "Low Tide (Harbour Press, 2010)",
        "Low Tide (Nora Whitfield, 1991, sold out)",
    ],
)
def test_other_brackets_tell_nothing(line: str) -> None:
    assert not _said(f"{COURSE}{line}\n")


OBITUARY = (
    "Nora Whitfield obituary\n\nThe film director Nora Whitfield, who has died aged 88, came late to the cinema and "
    "left it early, after seven films.\n\n"
)


def test_an_obituary_tells_of_its_directors_films() -> None:
    found = _said(
        OBITUARY + "Her first feature, The Glass Boat (1961), starring Diane Foster as a teacher, was shot in Wales. "
        "It was followed by Low Tide (1964), adapted from the novel by Cy Poe, and by High Water (1968).\n"
    )
    assert {(film, agent) for film, kind, agent in found if kind == "credit"} == {
        ("The Glass Boat", "Nora Whitfield"), ("Low Tide", "Nora Whitfield"), ("High Water", "Nora Whitfield"),
    }  # fmt: skip
    assert ("The Glass Boat", "cast", "Diane Foster") in found
    assert ("High Water", "year", 1968) in found


def test_a_film_that_was_never_made_is_not_told() -> None:
    assert not _said(f"{OBITUARY}She never made her last film, Salt (1984).\n")


def test_titles_that_begin_with_an_owner_have_no_director() -> None:
    found = facts("It was compared with Gunnar Hede's Lamp (1923) and Nora Whitfield's High Water (1968).", "credit")
    assert {fact.subject.name for fact in found if fact.subject} == {"The Lantern Keeper", "High Water"}


def test_what_follows_a_film_in_an_article_is_not_given_to_its_director() -> None:
    found = facts("It was followed by High Water (1989).", "credit", lead=LEAD)
    assert {fact.subject.name for fact in found if fact.subject} == {"The Lantern Keeper"}
