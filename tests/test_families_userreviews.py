"""Headlines of user reviews, of which titles and authors may be lost."""

from prose_texts import facts, values

PAGE = "Watch The Lantern Keeper with a subscription on Tidebox.\nThe Lantern Keeper\nUser reviews\n"
HEADLINES = (
    "A quiet wonder\n- annab\nMay 3, 2004\n"
    "- carlv\nJune 4, 2005\n"
    "Too dark for me\nJuly 5, 2006\n"
    "8/10\nBetter than its book\n- dora_k\nAugust 6, 2007\n"
)


def test_what_is_lost_is_not_taken_from_a_neighbour() -> None:
    assert values(HEADLINES, "user-review", "title", "author", "date", "value", lead=PAGE) == {
        ("A quiet wonder", "annab", "2004-05-03", None),
        (None, "carlv", "2005-06-04", None),
        ("Too dark for me", None, "2006-07-05", None),
        ("Better than its book", "dora_k", "2007-08-06", None),
    }


def test_two_dates_are_no_list_of_reviews() -> None:
    assert not facts("A quiet wonder\n- annab\nMay 3, 2004\nToo dark\nJuly 5, 2006\n", "user-review", lead=PAGE)


def test_reviews_of_no_film_are_left_alone() -> None:
    assert not facts(HEADLINES, "user-review", lead="Guest book\n")


def test_a_list_far_below_a_text_keeps_the_first_title_and_the_film() -> None:
    text = (
        "It is told well and slowly, and the keeper of The Lantern Keeper is a man whom one would like to meet again.\n"
    )
    menu = "Cast and crew\nTrailers\nPhotos\nMore like this\nUser reviews\n"
    found = values(text + menu + HEADLINES, "user-review", "title", "author", "date", lead=PAGE)
    assert ("A quiet wonder", "annab", "2004-05-03") in found
