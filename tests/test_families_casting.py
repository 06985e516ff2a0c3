"""Casting history: every step with its status, replaced and cut performers."""

import pytest
from prose_texts import values

INTRO = (
    "Principal photography began in March 1986 after the script was written. Hugh Pell and Agnes Corrie auditioned. "
)
FIELDS = ("person", "casting_status", "replaced_by", "character", "date", "reason", "role")


def steps(text: str) -> set[tuple[object, ...]]:
    return {row for row in values(INTRO + text, "casting", *FIELDS) if row[1] != "auditioned"}


@pytest.mark.parametrize(
    ("text", "person", "status"),
    [
        ("In May 1985, Pell entered negotiations to star in the film.", "Hugh Pell", "in negotiations"),
        ("Pell signed on to the project in May 1985.", "Hugh Pell", "signed"),
        ("Pell's casting was announced in May 1985.", "Hugh Pell", "announced"),
        ("Corrie was considered for the role of Ruth.", "Agnes Corrie", "considered"),
        ("Pell will play Tom Marsh.", "Hugh Pell", "cast"),
        ("Corrie turned the role down.", "Agnes Corrie", "turned down"),
        ("Corrie turned down the role.", "Agnes Corrie", "turned down"),
        ("The actor he envisioned for the part was Pell.", "Hugh Pell", "envisioned"),
        ("Pell dropped out because of a strike.", "Hugh Pell", "dropped out"),
        ("Pell was cast as Tom but left because of a strike.", "Hugh Pell", "dropped out"),
        ("Pell was not available.", "Hugh Pell", "unavailable"),
        ("A policeman played by Pell was removed from the final cut.", "Hugh Pell", "cut"),
    ],
)
def test_steps(text: str, person: str, status: str) -> None:
    assert (person, status) in {row[:2] for row in steps(text)}


def test_date_reason_and_job() -> None:
    assert steps("In May 1985, Corrie dropped out due to a strike.") == {
        ("Agnes Corrie", "dropped out", None, None, "1985-05", "a strike", None)
    }
    assert steps("Pell signed on to direct.") == {("Hugh Pell", "signed", None, None, None, None, "director")}


def test_a_list_of_names_shares_the_step() -> None:
    found = {row[:2] for row in steps("Pell, Corrie and Hale were considered for the role.")}
    assert found == {("Hugh Pell", "considered"), ("Agnes Corrie", "considered"), ("Martin Hale", "considered")}


@pytest.mark.parametrize(
    "text",
    [
        "Corrie was replaced by Hale.",
        "Hale replaced Corrie.",
        "Hale was brought in to replace Corrie.",
        "Corrie was first cast as Tom Arden, but was replaced by Hale.",
    ],
)
def test_replaced(text: str) -> None:
    assert ("Agnes Corrie", "replaced", "Martin Hale") in {row[:3] for row in steps(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Pell signed a deal with a record label.",
        "Tidal Films acquired the rights, and the company signed a lawsuit.",
        "The old lamp was replaced by a new one.",
    ],
)
def test_no_step_of_something_else(text: str) -> None:
    assert not steps(text)


def test_she_is_whom_somebody_wanted() -> None:
    text = "Ray Corrie had wanted Agnes Corrie for the role of Ruth, but she was unavailable."
    assert ("Agnes Corrie", "unavailable") in {row[:2] for row in steps(text)}


def test_a_report_tells_of_casting_too() -> None:
    head = "Agnes Corrie joins 'Low Tide'\nBy Carl Voss\n\n"
    said = "Corrie is in talks to star in Low Tide, the thriller that Ann Lee wrote. Hugh Pell has dropped out.\n"
    found = values(said, "casting", "person", "casting_status", lead=head)
    assert found == {("Agnes Corrie", "in negotiations"), ("Hugh Pell", "dropped out")}
