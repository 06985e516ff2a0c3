"""Facts about real persons."""

import pytest
from prose_texts import values

FIELDS = ("person", "relation", "object")
PRODUCTION = "Principal photography began in May 1986 in Maine. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The look was inspired by the work of the Danish painter Anna Holm.",
            {("Anna Holm", "occupation", "painter"), ("Anna Holm", "nationality", "Danish")},
        ),
        (
            "Whitfield hired animation director Robert Poe for the titles.",
            {("Robert Poe", "occupation", "animation director")},
        ),
        (
            "Whitfield drew on her divorce from Paul Drummond.",
            {("Nora Whitfield", "divorced from", "Paul Drummond")},
        ),
        (
            "Whitfield's long-time cinematographer, Robert Poe, was ill.",
            {("Robert Poe", "frequent collaborator", "Nora Whitfield")},
        ),
        (
            "Salt Hymn frontwoman Diane Wells recorded the theme.",
            {("Diane Wells", "member of", "Salt Hymn")},
        ),
        (
            "Hale's sister Anna Stone drew the maps.",
            {("Anna Stone", "sister of", "Martin Hale")},
        ),
        (
            "The film was dedicated to Robert Poe and Ann Lee, who both died before the film's release.",
            {
                ("Robert Poe", "died before", "the film's release"),
                ("Ann Lee", "died before", "the film's release"),
            },
        ),
    ],
)
def test_people(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(PRODUCTION + text, "people", *FIELDS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Robert Poe served as executive producer Ann Lee's deputy.",
        "The studio wanted a director with a name.",
        "The character's wife was cut from the script.",
        "Whitfield called the writer twice.",
    ],
)
def test_nothing_about_people(text: str) -> None:
    assert not values(PRODUCTION + text, "people", *FIELDS)
