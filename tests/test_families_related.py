"""Other works: sources, sequels, remakes, comparisons."""

import pytest
from prose_texts import facts, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The film is based on the 1975 novel Night Signals by Carl Voss.",
            ("Night Signals", "based on", "novel", 1975, "Carl Voss"),
        ),
        (
            "The screenplay is based on the novel of the same name by Carl Voss.",
            ("The Lantern Keeper", "based on", "novel", None, "Carl Voss"),
        ),
        (
            "A sequel, titled The Lantern Returns, was released in 1992.",
            ("The Lantern Returns", "sequel", None, None, None),
        ),
        (
            "The film is based on the 1975 French novel Le Gardien de la lampe by Carl Voss.",
            ("Le Gardien de la lampe", "based on", "novel", 1975, "Carl Voss"),
        ),
        ("Ann Lee directed a remake titled Lamplight in 1999.", ("Lamplight", "remade as", None, 1999, None)),
        ("It was followed by The Lantern Returns (1992).", ("The Lantern Returns", "sequel", None, 1992, None)),
        ("It is a remake of the 1951 film The Long Pier.", ("The Long Pier", "remake of", None, 1951, None)),
        ("The film is the second film in the Harbour trilogy.", ("Harbour", "part of series", "trilogy", None, None)),
    ],
)
def test_a_relation_is_read(text: str, expected: tuple[object, ...]) -> None:
    assert values(text, "related-work", "work", "relation", "work_type", "year", "creator") == {expected}


def test_a_comparison_is_read() -> None:
    text = "The film received positive reviews. Critics compared the film to The Long Pier."
    assert ("The Long Pier", "compared with") in values(text, "related-work", "work", "relation")


@pytest.mark.parametrize(
    "text",
    [
        "A sequel titled The Lantern Returns was planned but never made.",
        "Whitfield's next film was based on the novel Low Tide by Anna Voss.",
        "The script is based on a true story.",
        "Rumours of a remake called New Lantern were denied.",
        "The story is not based on the novel Low Tide.",
    ],
)
def test_what_was_not_made_or_is_of_another_film_is_no_relation(text: str) -> None:
    assert not facts(text, "related-work")


def test_small_words_of_other_languages_inside_a_title() -> None:
    text = "It is based on the manga Tsuki no Eki by Rei Kuroda."
    assert values(text, "related-work", "work", "creator") == {("Tsuki no Eki", "Rei Kuroda")}


def test_an_owner_who_is_nobody_is_part_of_the_title() -> None:
    head = "Film Review: The Lantern Keeper (1987)\nBy Carl Voss\n\n"
    said = "The film is slow and sad. It is a film that recalls Mathilda's Boat. It has no end. It is told well.\n"
    assert values(said, "related-work", "work", "creator", lead=head) == {("Mathilda's Boat", None)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The screenplay was adapted by Drummond from Carl Voss's novel Night Signals.",
            {("Night Signals", "based on", None, "Carl Voss")},
        ),
        (
            "It is the third film in the Signals trilogy, following Wet Signals (1980) and Dry Signals (1983).",
            {
                ("Signals", "part of series", None, None),
                ("Wet Signals", "sequel to", 1980, None),
                ("Dry Signals", "sequel to", 1983, None),
            },
        ),
        ("A sequel, Night Watch, was released in 1992.", {("Night Watch", "sequel", None, None)}),
        ("Voss's book Motel Songs was an early inspiration.", {("Motel Songs", "inspired by", None, "Voss")}),
    ],
)
def test_sources_and_earlier_films(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "related-work", "work", "relation", "year", "creator") == expected


def test_the_year_of_what_is_compared_is_no_part_of_its_title() -> None:
    assert values("The title is an homage to Night Signals (1961).", "related-work", "work", "year") == {
        ("Night Signals", 1961)
    }
