"""Scores of aggregators, and critics' scores on every scale."""

import pytest
from prose_texts import values

from reelgraph.loaders.prose.scores import score


@pytest.mark.parametrize(
    ("text", "value", "best"),
    [
        ("gave it a rating of 4 out of 5", "4", 5),
        ("gave it three and a half stars out of four", "3.5", 4),
        ("awarded it 3½ stars out of four", "3.5", 4),
        ("scored it a two-and-a-half out of five", "2.5", 5),
        ("gave it a half-star out of four", "0.5", 4),
        ('called it "a solid 7.5 out of 10"', "7.5", 10),
        ("rated it 8/10", "8", 10),
        ("gave it a B- overall", "B-", None),
        ("gave it three stars", "3", None),
        ("★★★☆☆", "3", 5),
    ],
)
def test_scales(text: str, value: str, best: int | None) -> None:
    found = score(text)
    assert found is not None
    assert (found.value, found.best) == (value, best)


@pytest.mark.parametrize("text", ["one of 5 films", "an A-list cast", "a film in 4 parts", "one out of every five", ""])
def test_no_score(text: str) -> None:
    assert score(text) is None


def test_the_scale_is_not_the_number_of_critics() -> None:
    text = "Metacritic gives the film a score of 66 out of 100 from 12 critics."
    assert values(text, "rating", "value", "best", "count") == {("66", 100, 12)}


def test_aggregate_scores() -> None:
    text = (
        "Rotten Tomatoes gave the film an approval rating of 81% based on 42 reviews, with an average "
        "rating of 7.1/10. "
        'The site\'s consensus reads, "A patient portrait of a lonely man and of his lamp." '
        "On Metacritic, it has a weighted average score of 66 out of 100, based on 12 reviews, meaning "
        '"generally favorable reviews". Audiences polled by CinemaScore '
        'gave it an average grade of "B+" on a scale of A+ to F.'
    )
    assert values(text, "rating", "site", "metric", "value", "best", "count") == {
        ("Rotten Tomatoes", "tomatometer", "81", 100, 42),
        ("Rotten Tomatoes", "average rating", "7.1", 10, 42),
        ("Metacritic", "weighted average", "66", 100, 12),
        ("Metacritic", "label", "generally favorable reviews", None, None),
        ("CinemaScore", "grade", "B+", None, None),
    }
    assert values(text, "consensus", "site", "text") == {
        ("Rotten Tomatoes", "A patient portrait of a lonely man and of his lamp.")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The sequel holds a 20% rating on Rotten Tomatoes.",
        "Box Office Mojo reported a drop of 60% in the second weekend.",
        "The aggregator opened in 1998.",
    ],
)
def test_figures_of_something_else(text: str) -> None:
    assert not values(text, "rating", "site", "value")
