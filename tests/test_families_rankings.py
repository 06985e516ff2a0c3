"""Places in critics' lists, polls and unranked lists."""

import pytest
from prose_texts import values

FIELDS = ("list", "critic", "publication", "rank", "year", "ranked", "voters")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In a 2001 BBC poll of 120 critics around the world, The Lantern Keeper was voted the "
            "34th-greatest film since 1980.",
            ("greatest film since 1980", None, "BBC", 34, 2001, True, 120),
        ),
        (
            "In 1999, Time Out ranked the film number 12 on its list of the 100 best dramas.",
            ("100 best dramas", None, "Time Out", 12, 1999, True, None),
        ),
        (
            "It was placed 17th on the American Film Institute's list of the 100 finest sea films.",
            ("100 finest sea films", None, "American Film Institute", 17, None, True, None),
        ),
        (
            'The film ranked #7 in Empire magazine\'s "The 50 Best Films of the Sea" in 2010.',
            ("The 50 Best Films of the Sea", None, "Empire", 7, 2010, True, None),
        ),
        (
            "In 2016, Ann Lee of The Boston Globe ranked the film #11 on a list of 14 Films That Smell of Salt.",
            ("14 Films That Smell of Salt", "Ann Lee", "The Boston Globe", 11, 2016, True, None),
        ),
        (
            "In 2009, Empire listed it as one of the 25 best films about the sea.",
            ("25 best films about the sea", None, "Empire", None, 2009, False, None),
        ),
        (
            "In 2011, Empire ranked it at number 67 on its list of the 100 best British films.",
            ("100 best British films", None, "Empire", 67, 2011, True, None),
        ),
        (
            "In 2005, it was voted the 12th-best drama film of all time by IGN.",
            ("best drama film of all time", None, "IGN", 12, 2005, True, None),
        ),
    ],
)
def test_sentences(text: str, expected: tuple[object, ...]) -> None:
    assert values(text, "ranking", *FIELDS) == {expected}


def test_several_lists_in_one_sentence() -> None:
    text = (
        "Variety included the film as #14 in AFI's 100 Years...100 Movies, #8 in AFI's 100 Years...100 Cheers "
        "and #39 in AFI's 100 Years...100 Passions."
    )
    assert {(rank, name) for rank, name in values(text, "ranking", "rank", "list")} == {
        (14, "100 Years...100 Movies"),
        (8, "100 Years...100 Cheers"),
        (39, "100 Years...100 Passions"),
    }


def test_list_of_critics() -> None:
    text = (
        "1st – Ann Lee, Robert Poe, & Martin Ray, The Boston Globe 2nd – Diane Wells & Paul Stone, Variety "
        "Top 10 (listed alphabetically) – Nora Kent, Time Out"
    )
    assert values(text, "ranking", "critic", "publication", "rank", "ranked") == {
        ("Ann Lee", "The Boston Globe", 1, True),
        ("Robert Poe", "The Boston Globe", 1, True),
        ("Martin Ray", "The Boston Globe", 1, True),
        ("Diane Wells", "Variety", 2, True),
        ("Paul Stone", "Variety", 2, True),
        ("Nora Kent", "Time Out", None, False),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The film ranked third at the box office in its opening weekend.",
        "Empire ranked its theme song #4 on a list of the 50 best film songs.",
        'The line "Keep the lamp lit" was ranked number 8 on Premiere\'s list of the 100 best movie quotes.',
        "Hale named the dog the second best actor of the shoot.",
        "The soundtrack peaked at number 3 on the Billboard chart.",
    ],
)
def test_something_else_is_ranked(text: str) -> None:
    assert not values(text, "ranking", *FIELDS)
