"""Cast tables that lost their cells."""

import pytest

from reelgraph.loaders.prose.casttable import runs
from reelgraph.loaders.prose.names import NameTable

STORY = "Arden keeps the lamp. Mrs. Calloway and the boy Pike row out to Kessler, and Arden waits. "


def entries(table: str, *credited: str) -> list[tuple[str, str]]:
    """Return performers and characters that are read from a table below a story."""
    text, names = STORY + table, NameTable()
    names.credited.update(credited)
    return [(e.actor, e.character) for run in runs(text, 0, len(text), names) for e in run.entries]


def test_performers_and_characters_take_turns() -> None:
    table = (
        "Actor Role Martin Hale Tom Arden Diane Foster Mrs. Calloway Robert W. Lane Captain Kessler Helen Mae Stone "
        "Pike Una Ostrow Commander of the Port, his friend Peter Vance Second Keeper. It was shot in May."
    )
    assert entries(table, "Una Ostrow") == [
        ("Martin Hale", "Tom Arden"),
        ("Diane Foster", "Mrs. Calloway"),
        ("Robert W. Lane", "Captain Kessler"),
        ("Helen Mae Stone", "Pike"),
        ("Una Ostrow", "Commander of the Port"),
        ("Peter Vance", "Second Keeper"),
    ]


def test_further_columns_and_the_prose_behind_are_left_out() -> None:
    table = (
        "ACTOR CHARACTER OUTCOME Martin Hale Arden Nominee Best Actor Diane Foster Calloway Robert Lane Kessler Paul "
        "Moss Pike Critics were not impressed at the time and the film lost money."
    )
    assert [actor for actor, _ in entries(table)] == ["Martin Hale", "Diane Foster", "Robert Lane", "Paul Moss"]


@pytest.mark.parametrize(
    "text",
    [
        "Actor Role Sale Boat Net Rope Tar Oil Lamp Wick Glass",
        "Name Character Arden",
        "Martin Hale Arden Diane Foster Calloway Robert Lane Kessler Paul Moss Pike",
        "Actor Role ",
    ],
)
def test_without_header_or_names_there_is_no_table(text: str) -> None:
    assert entries(text) == []
