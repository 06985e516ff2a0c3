"""The cast from sentences: lists of performers, roles, brackets; nobody of another film, nobody who left."""

import pytest
from prose_texts import values


def cast(text: str) -> set[tuple[object, ...]]:
    """Return the performers and characters of `text` without those that the sample lead names alone."""
    found = values(text, "cast", "person", "character", "description", "voice")
    return found - {("Martin Hale", None, None, None), ("Diane Foster", None, None, None)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It stars Hale as Tom Arden, Foster as Ruth Arden and newcomer Piotr Zielak.",
            {("Martin Hale", "Tom Arden"), ("Diane Foster", "Ruth Arden"), ("Piotr Zielak", None)},
        ),
        (
            "Hale and Foster star as Tom and Ruth Arden, respectively.",
            {("Martin Hale", "Tom"), ("Diane Foster", "Ruth Arden")},
        ),
        (
            "The supporting cast includes Agnes Corrie, Hugh Pell Jr., Divina and Michael Stone.",
            {("Agnes Corrie", None), ("Hugh Pell Jr.", None), ("Divina", None), ("Michael Stone", None)},
        ),
        (
            "The film also features Agnes Corrie in a dual role, along with Hugh Pell and Vera Holm.",
            {("Agnes Corrie", None), ("Hugh Pell", None), ("Vera Holm", None)},
        ),
        ("Agnes Corrie makes a cameo appearance as herself.", {("Agnes Corrie", "Agnes Corrie")}),
        ("Tom Arden (Hale) mends the lamp.", {("Martin Hale", "Tom Arden")}),
        (
            "Agnes Corrie, Hugh Pell and Vera Holm play supporting roles in the film.",
            {("Agnes Corrie", None), ("Hugh Pell", None), ("Vera Holm", None)},
        ),
    ],
)
def test_performers_and_characters(text: str, expected: set[tuple[object, ...]]) -> None:
    assert {(person, character) for person, character, _, _ in cast(text)} == expected


def test_a_role_without_a_name_is_a_description() -> None:
    assert cast("Agnes Corrie plays a lighthouse inspector in the film.") == {
        ("Agnes Corrie", None, "a lighthouse inspector", False)
    }


def test_voices() -> None:
    found = cast("Otto, voiced by Hugh Pell, is a gull. Ruth [voiced by Agnes Corrie] answers.")
    assert found == {("Hugh Pell", "Otto", None, True), ("Agnes Corrie", "Ruth", None, True)}


def test_a_voice_with_a_place_before_the_bracket() -> None:
    assert ("Hugh Pell", "Old Gull", None, True) in cast(
        "He fears the Old Gull in the harbour game (voiced by Hugh Pell)."
    )


@pytest.mark.parametrize(
    "text",
    [
        "A remake starring Lena Oster and Paul Ahrens was released in 2004.",
        "Hugh Pell was originally considered to star as Tom Arden.",
        "Lena Oster, known for playing Doctor Marsh in Northern Line, praised the film.",
        "Lena Oster played the piano on the soundtrack.",
        "Paul Ahrens would have played the keeper if he had been free.",
        "Critics compared Tom to Paul Ahrens's character in Quiet Harbour.",
        "The sequel, The Lantern Keeper Returns, stars Paul Ahrens.",
        "Best Actor (Paul Ahrens) was one of its five nominations.",
        "A theme song performed by Lena Oster was added.",
    ],
)
def test_nobody_of_another_work_or_of_plans(text: str) -> None:
    assert not {person for person, *_ in cast(text)} & {"Lena Oster", "Paul Ahrens", "Hugh Pell"}
