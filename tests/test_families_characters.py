"""Facts inside the fiction."""

import pytest
from prose_texts import values

FIELDS = ("character", "relation", "object")
CAST = "Martin Hale as Joseph Carrow Diane Foster as Ellen Carrow Robert Poe as Tom Brandt Ann Lee as Mary Brandt "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Joseph Carrow is a lonely widower who tends a lamp. He meets Ellen and falls silent. They leave "
            "town together.",
            {("Joseph Carrow", "occupation", "widower")},
        ),
        (
            "One night Joseph's estranged wife, Ellen, returns to the island. She finds him asleep.",
            {
                ("Ellen Carrow", "estranged spouse", "Joseph Carrow"),
                ("Joseph Carrow", "estranged spouse", "Ellen Carrow"),
            },
        ),
        (
            "Tom tells his daughter Mary about the wreck. She leaves the house at dawn.",
            {("Mary Brandt", "daughter of", "Tom Brandt")},
        ),
        (
            "Mary reveals that she is divorcing Tom after a quarrel. He leaves the house at dawn.",
            {("Mary Brandt", "divorcing spouse", "Tom Brandt")},
        ),
    ],
)
def test_characters(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(f"{text} {CAST}", "character", *FIELDS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Joseph pretends to be a sailor. Tom believes him at once and leaves.",
        "Joseph, Tom and Mary argue about his wife Ellen. They leave town together and never return.",
        "When her mother dies, her son Tom walks in his sleep, and her friend Mary writes letters to him.",
        "Joseph dreams of marrying the woman in the picture. He wakes alone in the tower.",
    ],
)
def test_no_fact(text: str) -> None:
    assert not values(f"{text} {CAST}", "character", *FIELDS)
