"""Running times of the film and its cuts; numbers of theatres."""

import pytest
from prose_texts import facts, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film runs for 118 minutes.", (118, None)),
        ("The running time is 1 hour 58 minutes.", (118, None)),
        ("The film lasts 118 minutes.", (118, None)),
        ("In Spain it was released in a version cut from 118 to 97 minutes.", (97, "cut version")),
        ("The first cut of the film ran 150 minutes.", (150, "first cut")),
        ("At 118 minutes, the film is shorter than most of its kind.", (118, None)),
    ],
)
def test_a_running_time_is_read(text: str, expected: tuple[int, str | None]) -> None:
    assert values(text, "runtime", "minutes", "version") == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The film received a 12-minute standing ovation.",
        "The film opens with a 25-minute sequence without words.",
        "Each episode of the series runs 45 minutes.",
        "Hale appears after 40 minutes.",
        "The crew removed 20 minutes of footage.",
        "In Japan it was shown in a version cut by 35 minutes.",
        "They waited 90 minutes for the light.",
        "The making of it is told in a 52-minute documentary.",
    ],
)
def test_minutes_of_other_things_are_no_running_time(text: str) -> None:
    assert not facts(text, "runtime")


def test_a_cut_that_was_not_released_is_not_the_film() -> None:
    text = "Voss trimmed it to 90 minutes. That was not the final version."
    assert not facts(text, "runtime")


def test_theatres_have_the_period_beside_them() -> None:
    text = "The film opened in 1,203 theaters and expanded to 2,010 theaters in its second weekend."
    assert values(text, "theatres", "count", "unit", "period") == {
        (1203, "theatres", None),
        (2010, "theatres", "wide release"),
    }


@pytest.mark.parametrize(
    "text",
    ["It took in $7,000 per theater.", "There are three theaters in Grimsey.", "Both theaters burnt down in 1990."],
)
def test_theatres_that_did_not_show_the_film(text: str) -> None:
    assert not facts(text, "theatres")
