"""Sentence borders: abbreviations, initials, quotes, line ends."""

import pytest

from reelgraph.loaders.prose import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. He left.", ["It rained.", "He left."]),
        ("It was shot by Saltmarsh Bros. Pictures in May.", ["It was shot by Saltmarsh Bros. Pictures in May."]),
        ("It was bought by Saltmarsh Bros. The film ran.", ["It was bought by Saltmarsh Bros.", "The film ran."]),
        ("It stars J. R. Poe and S. A. Rao. It ran.", ["It stars J. R. Poe and S. A. Rao.", "It ran."]),
        ("It was directed by Sundar C. The film ran.", ["It was directed by Sundar C.", "The film ran."]),
        ('"Why?" she asked. "Because."', ['"Why?" she asked.', '"Because."']),
        ("It got a B on a scale of A+ to F. Ann Lee left.", ["It got a B on a scale of A+ to F.", "Ann Lee left."]),
        ("A line\nAnother line", ["A line", "Another line"]),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences.split(text, 0, len(text))] == expected
