"""Aggregate scores in the short lines of film pages."""

import pytest
from prose_texts import facts, values

PAGE = "The Lantern Keeper (1987) - Tide Pages\nThe Lantern Keeper\n1987\n1h 58m\n"
FIELDS = ("site", "metric", "value", "best", "count")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "METASCORE 91 Universal Acclaim Based on 48 Critic Reviews",
            ("Metacritic", "weighted average", "91", 100, 48),
        ),
        ("IMDb RATING\n7.9/10\n811K", ("IMDb", "user rating", "7.9", 10, None)),
        ("87% Tomatometer 1,142 Reviews", ("Rotten Tomatoes", "tomatometer", "87", 100, 1142)),
        ("Popcornmeter: 74%", ("Rotten Tomatoes", "audience score", "74", 100, None)),
        ("74%\nPopcornmeter 25,000+ Ratings", ("Rotten Tomatoes", "audience score", "74", 100, None)),
        ("95%\nTOMATOMETER\n210 Reviews", ("Rotten Tomatoes", "tomatometer", "95", 100, 210)),
        (
            "Metascore\nUniversal Acclaim\nBased on 38 Critic Reviews\n90",
            ("Metacritic", "weighted average", "90", 100, 38),
        ),
    ],
)
def test_a_score_beside_its_label(lines: str, expected: tuple[object, ...]) -> None:
    assert values(f"{lines}\n", "rating", *FIELDS, lead=PAGE) == {expected}


@pytest.mark.parametrize(
    "lines",
    [
        "METASCORE 911",
        "Metascore\nTomatometer\nReviews\nNews\nMore\n90",
        "IMDb RATING\n811K",
        "IMDb 8.2/5",
        "Your rating\n8/10",
        "Critics Score 87%",
        "IMDb Top 250: 12th",
    ],
)
def test_other_figures_are_no_scores(lines: str) -> None:
    assert not facts(f"{lines}\n", "rating", lead=PAGE)


def test_the_scores_of_a_page_about_no_film_are_left_alone() -> None:
    assert not facts("METASCORE 91\n", "rating", lead="Our staff\n")


def test_a_consensus_below_its_heading_on_a_page_of_its_site() -> None:
    said = "The Lantern Keeper lights up an old story with wit and patience, and Hale was never better than here."
    page = f"{PAGE}Rotten Tomatoes\nWhat to Know\n{said}\n"
    assert values("", "consensus", "site", "text", lead=page) == {("Rotten Tomatoes", said)}
    assert not facts("", "consensus", lead=f"{PAGE}What to Know\n{said}\n")
