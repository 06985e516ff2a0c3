"""The cast from sentences: lists of performers, roles, brackets; nobody of another film, nobody who left."""

import pytest
from prose_texts import LEAD, facts, values


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
        (
            "It stars newcomer Agnes Corrie as Nell and the great Vera Holm as her aunt.",
            {("Agnes Corrie", "Nell"), ("Vera Holm", None)},
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


def test_a_description_goes_on_behind_an_abbreviation() -> None:
    text = "Hale plays a former U.S. Marine who drinks. Foster plays her friend Mr. Carrow."
    found = values(text, "cast", "character", "description")
    assert {(None, "a former U.S. Marine"), (None, "her friend Mr. Carrow")} <= found


def test_how_a_role_is_played_is_no_part_of_it() -> None:
    text = "Lena Oster plays the keeper as if she were asleep."
    assert ("Lena Oster", "the keeper") in values(text, "cast", "person", "description")


def test_roles_told_respectively() -> None:
    text = "Hale and Foster carry the slowest scenes, playing Ruth's uncle and a nosy maid, respectively."
    assert {(person, description) for person, _, description, _ in cast(text)} == {
        ("Martin Hale", "Ruth's uncle"),
        ("Diane Foster", "a nosy maid"),
    }
    assert not cast("Hale carries the film; the two children are fine, playing Ruth's uncle and a maid, respectively.")


def test_a_description_that_a_cast_list_names_is_the_character() -> None:
    review = "Review: The Lantern Keeper (1987)\nBy Ann Lee\nMartin Hale and Diane Foster row to the lighthouse.\n"
    text = (
        "Hale and Foster are fine, playing Ruth's lost twin and a nosy maid, respectively.\n"
        "- Martin Hale as Lost Twin\n- Diane Foster as Iris\n"
    )
    found = values(text, "cast", "person", "character", "description", lead=review)
    assert ("Martin Hale", "Lost Twin", "Ruth's lost twin") in found
    assert ("Diane Foster", None, "a nosy maid") in found


def test_a_trade_before_the_name() -> None:
    text = "Tom Arden (Hale) mends the lamp. Then we meet the shy writer Tom Arden (Martin Hale) again."
    whole = LEAD + text
    quotes = [whole[fact.span.start : fact.span.end] for fact in facts(text, "cast") if fact.span]
    assert "Tom Arden (Martin Hale)" in quotes
    assert not any(role == "Paul Drummond" for _, role, _, _ in cast("It cites the writer Paul Drummond (Foster)."))


def test_capitals_mark_the_performer_before_the_bracket() -> None:
    text = (
        "\nLENA OSTER (Ruth Calder) has played in four films by the same director and lives in Cork with her family.\n"
    )
    assert ("Lena Oster", "Ruth Calder") in values(text, "cast", "person", "character")


def test_a_label_marks_the_performer_before_the_bracket() -> None:
    found = cast("Cast: Martin Hale (Brian Sweeney Pell), Diane Foster (Rose).")
    assert {role[:2] for role in found} == {("Martin Hale", "Brian Sweeney Pell"), ("Diane Foster", "Rose")}


def test_of_two_characters_of_one_surname_a_performer_has_the_own() -> None:
    text = "The film stars Hugh Pell as Arden. Cast Hugh Pell as Leopold Arden Una Ostrow as Vera Arden Cy Poe as Ames"
    assert ("Hugh Pell", "Vera Arden") not in values(text, "cast", "person", "character")


def test_a_voice_that_is_heard_is_no_voice_role() -> None:
    text = "It stars Martin Hale as a keeper who hears a voice in the fog, with Diane Foster and Hugh Pell."
    found = values(text, "cast", "person", "voice")
    assert found == {("Martin Hale", None), ("Diane Foster", None), ("Hugh Pell", None)}


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
        "It was based on a novel that had been filmed in 1934 as Storm Lamp starring Paul Ahrens.",
        "The tale was filmed as The Storm Lamp, starring Paul Ahrens.",
        "It influenced the 1957 film Storm Lamp, starring Paul Ahrens.",
        "It influenced Storm Lamp (1957), starring Paul Ahrens and Lena Oster.",
        "The disc has interviews (featuring Paul Ahrens and Lena Oster).",
        "Best Actor (Paul Ahrens) was one of its five nominations.",
        "A theme song performed by Lena Oster was added.",
        "Lena Oster voiced Iris in the Dutch dub.",
        "In the Dutch dub, Paul Ahrens voiced Tom.",
        "A jury chose the film, including stage stars Paul Ahrens and Lena Oster.",
    ],
)
def test_nobody_of_another_work_or_of_plans(text: str) -> None:
    assert not {person for person, *_ in cast(text)} & {"Lena Oster", "Paul Ahrens", "Hugh Pell"}
