"""The cast as reviews judge it."""

import pytest
from prose_texts import facts, values

HEAD = (
    "Film Review: The Lantern Keeper (1987)\nBy Carl Voss\n\n"
    "The keeper mends his lamps all winter and writes long letters to people whom he has never met in his life.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Martin Hale is superb as Tom.", ("Martin Hale", "Tom", None)),
        ("Martin Hale is miscast as the bailiff.", ("Martin Hale", None, "the bailiff")),
        (
            "Diane Foster, as the eldest sister Agnes, does what she can.",
            ("Diane Foster", "Agnes", "the eldest sister Agnes"),
        ),
        ("Diane Foster gives a brilliant performance as his boss.", ("Diane Foster", None, "his boss")),
        ("Bo Ray turns up as a hitchhiker.", ("Bo Ray", None, "a hitchhiker")),
        ("Tom's wife (Nimra Bux) has left him.", ("Nimra Bux", None, "Tom's wife")),
        ("Tom meets Iris (a gloriously bored Diane Foster) on the pier.", ("Diane Foster", "Iris", None)),
        ("A teacher, played by the French actress Diane Foster, reads them.", ("Diane Foster", None, "A teacher")),
        ("Martin Hale plays the photographer Nico.", ("Martin Hale", "Nico", "the photographer Nico")),
        ("The cast includes Martin Hale and Bo Ray.", ("Bo Ray", None, None)),
    ],
)
def test_performers_with_their_parts(text: str, expected: tuple[str | None, ...]) -> None:
    assert expected in values(f"{text}\n", "cast", "person", "character", "description", lead=HEAD)


def test_a_billed_performer_is_read_once() -> None:
    assert len(facts("The film stars Martin Hale as the walker.\n", "cast", lead=HEAD)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Nora Whitfield, as usual, takes her time.",
        "Nora Whitfield is back as a director.",
        "Diane Foster would have been better as Iris.",
        "Martin Hale was known as the best actor of his year.",
        "The director (Ann Lee) has a good eye.",
        "Diane Foster was wonderful as Rose in Night Ferry.",
        "Diane Foster was born as Rose Pell.",
        "Diane Foster was elected as the mayor of Cork.",
        "Diane Foster shines as the story unfolds.",
        "Diane Foster, as the French say, has chien.",
        "Diane Foster, as a girl, saw the sea.",
    ],
)
def test_what_is_no_part_in_the_film(text: str) -> None:
    assert not facts(f"{text}\n", "cast", lead=HEAD)
