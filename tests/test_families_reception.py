"""Opinions and reviews that articles report."""

import pytest
from prose_texts import values

OPINION = ("critic", "publication", "target", "polarity", "text")
REVIEW = ("critic", "publication", "value", "best", "polarity")
RECEPTION = "The film received mixed reviews from critics. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Ann Lee of The Boston Globe called the film "a quiet triumph".',
            {("Ann Lee", "The Boston Globe", None, "positive", "a quiet triumph")},
        ),
        (
            "Ann Lee of The Boston Globe praised Hale's performance and the cinematography, but criticized the pacing.",
            {
                ("Ann Lee", "The Boston Globe", "Martin Hale", "positive", None),
                ("Ann Lee", "The Boston Globe", "cinematography", "positive", None),
                ("Ann Lee", "The Boston Globe", "pacing", "negative", None),
            },
        ),
        (
            'Writing for Variety, Robert Poe said the script was "tedious" and that the score was lovely.',
            {
                ("Robert Poe", "Variety", "script", "negative", "tedious"),
                ("Robert Poe", "Variety", "score", "positive", None),
            },
        ),
        (
            'Ann Lee of The Boston Globe praised Foster\'s "luminous work" and the performances of Hale.',
            {
                ("Ann Lee", "The Boston Globe", "Diane Foster", "positive", "luminous work"),
                ("Ann Lee", "The Boston Globe", "Martin Hale", "positive", None),
            },
        ),
        (
            "Ann Lee of The Boston Globe praised Foster's performance, "
            'noting that she "plays Ruth with a fierce calm" and that her "vocal range is superb".',
            {
                ("Ann Lee", "The Boston Globe", "Diane Foster", "positive", None),
                ("Ann Lee", "The Boston Globe", "Diane Foster", None, "plays Ruth with a fierce calm"),
                ("Ann Lee", "The Boston Globe", "Diane Foster", "positive", "vocal range is superb"),
            },
        ),
        (
            "Ann Lee of The Boston Globe disliked the mix of romance and horror.",
            {("Ann Lee", "The Boston Globe", "mix of romance and horror", "negative", None)},
        ),
        (
            "Ann Lee of The Boston Globe said the picture was a pale twin of the original.",
            {("Ann Lee", "The Boston Globe", None, "negative", None)},
        ),
        (
            'Ann Lee of The Boston Globe called the performances of Hale and Foster "dull" and "superb", respectively.',
            {
                ("Ann Lee", "The Boston Globe", "Martin Hale", "negative", "dull"),
                ("Ann Lee", "The Boston Globe", "Diane Foster", "positive", "superb"),
            },
        ),
    ],
)
def test_opinions(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(RECEPTION + text, "opinion", *OPINION) == expected


@pytest.mark.parametrize(
    "text",
    [
        'Ann Lee of The Boston Globe said that by adding a child, the makers turned it into "Lantern Keepers at Home".',
        "Ann Lee of The Boston Globe lamented the glut of sequels that summer.",
        "Ann Lee of The Boston Globe said the film would have been better with another ending.",
        'CinemaScore polls show that moviegoers gave an average rating of "B+" on a scale of A+ to F.',
        "The review aggregator website Rotten Tomatoes reported that 80% of critics praised the film.",
        "Martin Hale said the lighthouse was beautiful.",
        "Ann Lee wrote in The Boston Globe that it rains a lot. The reviewer of the harbour paper praised the music.",
    ],
)
def test_no_opinion(text: str) -> None:
    assert not values(RECEPTION + text, "opinion", *OPINION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee of The Boston Globe gave this film a rating of 4 out of 5.",
            ("Ann Lee", "The Boston Globe", "4", 5, "positive"),
        ),
        (
            "Ann Lee of The Boston Globe gave the film two and a half stars out of four, calling it a mess.",
            ("Ann Lee", "The Boston Globe", "2.5", 4, None),
        ),
        (
            "Ann Lee of The Boston Globe praised the film. Lee criticized the music.",
            ("Ann Lee", "The Boston Globe", None, None, "mixed-positive"),
        ),
        ("Ann Lee of The Boston Globe gave it a mixed review.", ("Ann Lee", "The Boston Globe", None, None, "mixed")),
        ("TV Guide gave the film two stars.", (None, "TV Guide", "2", None, None)),
        (
            "Ann Lee of The Boston Globe praised the cinematography.",
            ("Ann Lee", "The Boston Globe", None, None, None),
        ),
    ],
)
def test_reviews(text: str, expected: tuple[object, ...]) -> None:
    assert values(RECEPTION + text, "review", *REVIEW) == {expected}


def test_aggregators_review_nothing() -> None:
    text = 'CinemaScore polls reported that audiences gave an average grade of "A-". Metacritic gave it 6 out of 10.'
    assert not values(RECEPTION + text, "review", *REVIEW)


def test_summaries() -> None:
    kinds = values("The film received widespread acclaim from critics.", "description", "description_kind", "text")
    assert kinds == {
        ("premise", "It follows a lighthouse keeper who writes letters to strangers."),
        ("reception summary", "The film received widespread acclaim from critics."),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Ann Lee of The Boston Globe noted that the film "never finds its feet".',
            {("Ann Lee", "The Boston Globe", None, None, "never finds its feet")},
        ),
        (
            'Ann Lee of The Boston Globe wrote that Whitfield "has made a surprising debut".',
            {("Ann Lee", "The Boston Globe", "Nora Whitfield", "positive", "has made a surprising debut")},
        ),
        (
            'According to Ann Lee of The Boston Globe, it is "one of the best films of the year".',
            {("Ann Lee", "The Boston Globe", None, "positive", "one of the best films of the year")},
        ),
        (
            '"A masterpiece," wrote Ann Lee in The Boston Globe.',
            {("Ann Lee", "The Boston Globe", None, "positive", "A masterpiece")},
        ),
        ('Variety called it "a quiet triumph".', {(None, "Variety", None, "positive", "a quiet triumph")}),
        (
            "Ann Lee of The Boston Globe praised Hale's restraint, but found the ending sentimental.",
            {
                ("Ann Lee", "The Boston Globe", "Martin Hale", "positive", None),
                ("Ann Lee", "The Boston Globe", "ending", "negative", None),
            },
        ),
        (
            'Ann Lee, in her review for The Boston Globe, complained that the film "sags badly".',
            {("Ann Lee", "The Boston Globe", None, "negative", "sags badly")},
        ),
        # what is long, or turned round, may judge others: no polarity
        (
            "Ann Lee of The Boston Globe wrote: \"At a time when some films are shallow and dumb, here is a movie that "
            'thinks before it speaks."',
            set(),
        ),
        (
            'Ann Lee of The Boston Globe wrote that the film "tears up the clichés of its genre and puts them together '
            'again with the care of a watchmaker".',
            {
                (
                    "Ann Lee", "The Boston Globe", None, None,
                    "tears up the clichés of its genre and puts them together again with the care of a watchmaker",
                ),
            },
        ),
    ],
)  # fmt: skip
def test_words_quoted_as_predicate_or_whole(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(RECEPTION + text, "opinion", *OPINION) == expected


def test_each_publication_has_its_own_score() -> None:
    text = RECEPTION + 'Time Out called it "an elegant puzzle", while Total Film awarded it four stars.'
    assert {row[:2] for row in values(text, "review", "publication", "value") if row[1]} == {("Total Film", "4")}
