"""Songs in the film and releases of its soundtrack."""

import pytest
from prose_texts import facts, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'The song "Harbour Light" by Anna Voss is played during the end credits.',
            ("Harbour Light", "Anna Voss", "end credits"),
        ),
        (
            'Anna Voss wrote and performed the song "Harbour Light" for the film.',
            ("Harbour Light", "Anna Voss", "written for the film"),
        ),
        (
            'The theme song, "Last Stop", was written by Paul Drummond and performed by Anna Voss.',
            ("Last Stop", "Anna Voss", "theme song"),
        ),
    ],
)
def test_a_song_is_read(text: str, expected: tuple[str, ...]) -> None:
    assert values(text, "song", "title", "artist", "use") == {expected}


@pytest.mark.parametrize(
    "text",
    [
        'The song "Low Tide" was rejected and replaced by "Harbour Light" in the film.',
        'Critics compared the song "Harbour Light" to a lullaby.',
        'The novel "Low Tide" was written by Anna Voss.',
    ],
)
def test_what_is_not_heard_in_the_film_is_no_song(text: str) -> None:
    assert not facts(text, "song")


def test_each_format_of_a_soundtrack_is_a_release() -> None:
    text = "The soundtrack album was released on September 29, 1987, on vinyl and cassette."
    assert values(text, "soundtrack", "event", "date", "format") == {
        ("release", "1987-09-29", "vinyl"),
        ("release", "1987-09-29", "cassette"),
    }


def test_a_soundtrack_has_its_tracks() -> None:
    text = "A 14-track soundtrack was released on CD on October 1, 1987."
    assert values(text, "soundtrack", "date", "tracks") == {("1987-10-01", 14)}


@pytest.mark.parametrize(
    "text",
    [
        "No official soundtrack album has been released.",
        "The film was released on DVD with its score on May 3, 1999.",
        "The film was released in theaters on October 9, 1987, and its score was praised.",
    ],
)
def test_releases_of_the_film_are_no_soundtrack(text: str) -> None:
    assert not facts(text, "soundtrack")
