"""Where a film was shot and where it plays."""

import pytest
from prose_texts import facts, values


def test_places_of_filming_are_each_named() -> None:
    text = "Filming took place in Grimsey and Akureyri, Iceland, from May to August 1986."
    assert values(text, "location", "place", "location_kind", "date") == {
        (place, "filming", "1986-05/1986-08") for place in ("Grimsey", "Akureyri", "Iceland")
    }


def test_other_words_for_filming() -> None:
    for text in ("Location work was done at Boston.", "The shoot began in Boston in May 1986."):
        assert {place for place, _ in values(text, "location", "place", "location_kind")} == {"Boston"}


def test_each_clause_has_its_places_and_its_date() -> None:
    text = (
        "Filming took place near Akureyri from May to August 1986; the town scenes were filmed in Whitby, which stood "
        "in for Boston. Additional scenes were shot in Cork."
    )
    assert values(text, "location", "place", "date", "stands_in_for") == {
        ("Akureyri", "1986-05/1986-08", None),
        ("Whitby", None, "Boston"),
        ("Cork", None, None),
    }


def test_the_setting_is_narrative() -> None:
    assert values("The film is set in Boston in the 1920s.", "location", "place", "location_kind") == {
        ("Boston", "narrative")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The crew had planned to shoot in Dublin, but could not get permission.",
        "The trailer was shot in London.",
        "Whitfield was born in Toronto.",
        "The film was screened in Berlin.",
        "The film was not shot in Boston.",
        "The film was not, as is often said, shot in Boston.",
        "He is shot in Boston by a stranger.",
        "The television series was filmed in Vancouver.",
        "The film was shot in Technicolor.",
        "Some scenes were filmed in Color.",
        "Filming began in May 1986, with songs in the Dutch dub.",
        "Filming ended in May 1986.",
        "The record was set in Boston.",
    ],
)
def test_other_places_are_no_locations(text: str) -> None:
    assert not facts(text, "location")


def test_what_is_shot_at_a_place_or_included() -> None:
    assert values("The interior scenes were shot at Gull Studios.", "location", "place") == {("Gull Studios",)}
    text = "Locations included Port Arthur and Houston."
    assert values(text, "location", "place") == {("Port Arthur",), ("Houston",)}
    assert values("In the scene Hale is shot at by men in Boston.", "location", "place") == set()
