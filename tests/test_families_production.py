"""The steps of making a film, and to whom it is dedicated."""

import pytest
from prose_texts import facts, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Principal photography began on May 5, 1986, in Halifax, Nova Scotia.",
            ("photography", "1986-05-05", None, None),
        ),
        (
            "Whitfield conceived the idea in 1979 after reading a newspaper article.",
            ("idea", "1979", "Nora Whitfield", "after reading a newspaper article"),
        ),
        (
            "Drummond wrote the first draft of the screenplay in five months.",
            ("script", None, "Paul Drummond", "five months"),
        ),
        ("In August 1986 additional scenes were shot in Halifax.", ("additional shooting", "1986-08", None, None)),
    ],
)
def test_a_step_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    assert values(text, "production", "event", "date", "person", "detail") == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Filming was supposed to begin in May 1985.",
        "Filming of The Stone Ferry began in May 1990.",
        "Production of the sequel began in 1992.",
        "Filming never began in 1985.",
        "Filming was scheduled to begin on May 5, 1985.",
    ],
)
def test_plans_and_other_films_are_no_steps(text: str) -> None:
    assert not [fact for fact in facts(text, "production") if fact.status == "actual"]


def test_a_dedication_names_whom() -> None:
    assert values("The film is dedicated to Carl Voss.", "dedication", "agent") == {("Carl Voss",)}
