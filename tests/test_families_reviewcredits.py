"""Makers whom a review names in passing."""

import pytest
from prose_texts import facts, values

HEAD = (
    "Film Review: The Lantern Keeper (1987)\nBy Carl Voss\n\n"
    "The keeper mends his lamps all winter and writes long letters to people whom he has never met in his life.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Director Nora Whitfield lets the scenes run.", {("Nora Whitfield", "director")}),
        ("Nora Whitfield's The Lantern Keeper is slow.", {("Nora Whitfield", "director")}),
        ("The Lantern Keeper is another slow film from director Nora Whitfield.", {("Nora Whitfield", "director")}),
        ('I liked "The Lantern Keeper," the new film from Nora Whitfield.', {("Nora Whitfield", "director")}),
        ("The Lantern Keeper, Nora Whitfield's second feature, opens with rain.", {("Nora Whitfield", "director")}),
        (
            "She works from a script by Paul Drummond and Ane Goikoetxea.",
            {("Paul Drummond", "screenwriter"), ("Ane Goikoetxea", "screenwriter")},
        ),
        ("The screenplay is credited to Paul Drummond.", {("Paul Drummond", "screenwriter")}),
        (
            "There is a fine scene on the ice, shot by Mikko Hietala in grey light.",
            {("Mikko Hietala", "cinematographer")},
        ),
        ("Mikko Hietala photographed it in CinemaScope.", {("Mikko Hietala", "cinematographer")}),
        (
            "The cinematographer Mikko Hietala films the sea as if it were a wall.",
            {("Mikko Hietala", "cinematographer")},
        ),
        ("Lena Oster's spare score is used well.", {("Lena Oster", "composer")}),
        ("The production design (Amy Orr) is all brown.", {("Amy Orr", "production designer")}),
        ("Whitfield and her co-writer, Paul Drummond, know the sea.", {("Paul Drummond", "screenwriter")}),
    ],
)
def test_makers_beside_their_craft(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(f"{text}\n", "credit", "agent", "role", lead=HEAD) == expected


def test_of_several_directors_the_one_named_most_often_made_the_film() -> None:
    text = "Director Ann Lee hates rain. Nora Whitfield's The Lantern Keeper is wet. Director Nora Whitfield is not.\n"
    assert values(text, "credit", "agent", "role", lead=HEAD) == {("Nora Whitfield", "director")}


@pytest.mark.parametrize(
    "text",
    [
        "Lena Oster's score for Night Ferry was better.",
        "The sergeant is shot by Tom Brand in the harbour.",
        "Director Ann Lee's Night Ferry was better.",
        "It could have used Lena Oster's music.",
        "It was adapted from Paul Drummond's The Lantern Keeper, a novel of few words.",
        "The remake with a script by Paul Drummond never came.",
        "He is chased through the harbour and shot by Tom Brand.",
        "Lena Oster's music teacher appears for a minute.",
        "Martin Hale's The Lantern Keeper character is dull.",
        "Stephen Hale's The Lantern Keeper was a bestseller.",
        "Ann Lee photographed it for the Harbour Times.",
        "Ann Lee scored it five out of ten.",
        "Nora Whitfield's camera never rests.",
    ],
)
def test_makers_of_other_works_are_left_alone(text: str) -> None:
    assert not facts(f"{text}\n", "credit", lead=HEAD)
