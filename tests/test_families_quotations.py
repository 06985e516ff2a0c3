"""Statements of makers and dialogue of characters."""

import pytest
from prose_texts import values

FIELDS = ("speaker", "text", "quotation_kind")
PRODUCTION = "Principal photography began in May 1986 in Maine. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Whitfield said, "I wanted the sea to be the third character."',
            ("Nora Whitfield", "I wanted the sea to be the third character.", "statement"),
        ),
        (
            '"We had no money for a second lamp," recalled Drummond.',
            ("Paul Drummond", "We had no money for a second lamp,", "statement"),
        ),
        (
            'Whitfield scouted the coast for a year. She later explained: "Every rock was wrong. Then came this one."',
            ("Nora Whitfield", "Every rock was wrong. Then came this one.", "statement"),
        ),
    ],
)
def test_statements(text: str, expected: tuple[object, ...]) -> None:
    assert values(PRODUCTION + text, "quotation", *FIELDS) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        'The song "The Lamp Is Still Burning Low" plays twice.',
        'Whitfield said "yes".',
        '"It was hardest for the crew of the second boat." Whitfield left the island in June.',
        'The poster read "One man and one lamp alone".',
    ],
)
def test_no_speaker_or_no_statement(text: str) -> None:
    assert not values(PRODUCTION + text, "quotation", *FIELDS)
