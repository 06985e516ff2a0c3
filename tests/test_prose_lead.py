"""The opening sentence of an article: odd titles, years in odd places, what is no film."""

import pytest

from reelgraph.loaders.prose import lead, titles


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("Low Tide is a 1991 drama film.", "Low Tide", "1991"),
        ("Low Tide (1991) is a British drama film directed by Ann Lee.", "Low Tide", "1991"),
        ("Low Tide is a British film, released in May 1991 by Anchor.", "Low Tide", "1991"),
        ("Low Tide is a British cartoon. It was released on May 3, 1991.", "Low Tide", "1991"),
        ("The Tide Is a Friend is a 1991 drama film.", "The Tide Is a Friend", "1991"),
        ("Those Were the Tides! is a 1940 comedy film.", "Those Were the Tides!", "1940"),
        ("Dr. Tide or: How I Sank is a 1964 comedy film.", "Dr. Tide or: How I Sank", "1964"),
        ("Low Tide is a 1994 American made-for-television film.", "Low Tide", "1994"),
        ("Low Tide is a 1951 Saltmarsh Bros. Merry Birds short directed by Ann Lee.", "Low Tide", "1951"),
        ("Low Tide is a 1988 romantic comedy directed by Ann Lee.", "Low Tide", "1988"),
    ],
)
def test_title_and_year(text: str, title: str, year: str) -> None:
    found = lead.parse(text)
    assert found is not None
    assert found.is_film
    assert (found.title.value, found.year.value if found.year else None) == (title, year)
    assert text[found.title.start : found.title.end] == title


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Low Tide, also known as The Ebb, is a 1991 film.", ["The Ebb"]),
        ("Low Tide also known as The Ebb is a 1991 film.", ["The Ebb"]),
        (
            "Low Tide (US release title: The Ebb in Town; French title: La Mer) is a 1991 film.",
            ["The Ebb in Town", "La Mer"],
        ),
        ('Low Tide (lit. "The Sea\'s Breath") is a 1991 film.', ["The Sea's Breath"]),
        ("Low Tide (promoted as Low Tide: The Movie) is a 1991 film.", ["Low Tide: The Movie"]),
        ("Low Tide (stylized in lowercase) is a 1991 film.", []),
    ],
)
def test_other_titles(text: str, others: list[str]) -> None:
    found = lead.parse(text)
    assert found is not None
    assert [item.value for item in found.alternates] == others


def test_titles_abroad() -> None:
    text = "The picture was released in the UK as The Ebb, and as a book. It was known as a failure."
    assert [item.value for item in titles.abroad(text, "Low Tide")] == ["The Ebb"]


@pytest.mark.parametrize(
    "text",
    [
        "Low Tide is a French horror franchise composed of six films.",
        "Low Tide is a series of animated films produced by Anchor.",
        "Low Tide is an American television legal drama starring Ann Lee.",
        "Ann Lee is an American film director.",
        "Low Tide is a 1963 novel by Ann Lee.",
    ],
)
def test_what_is_no_film(text: str) -> None:
    found = lead.parse(text)
    assert found is None or not found.is_film


def test_countries_languages_and_genres() -> None:
    found = lead.parse("Low Tide is a 2001 Indian Tamil film.")
    assert found is not None
    assert [i.value for i in found.countries] == ["India"]
    assert [i.value for i in found.languages] == ["Tamil"]


@pytest.mark.parametrize(
    "above",
    [
        "Low Tide\n\n",
        "Low Tide\nFrom Tidepedia, the free encyclopedia\nFor other uses, see Low Tide (disambiguation).\n",
        "Low Tide (1991 film)\n1991 film by Ann Lee\nDirected by Ann Lee\nRelease date May 3, 1991\n\n",
        "Home\nFilms\n",
        "Low Tide\nWritten by\nCy Poe\nBased on\nThe Lamp\nby Bo Ray\nRunning time\n91 minutes\n\n",
    ],
)
def test_the_head_of_a_page_stands_above_the_definition(above: str) -> None:
    text = (
        above
        + "Low Tide (Swedish: Lågvatten, released in many of the countries of the south as\nThe Ebb) is a 1991 film."
    )
    found = lead.parse(text)
    assert found is not None
    assert (found.title.value, found.title.start) == ("Low Tide", len(above))
    assert found.year is not None
    assert text[found.year.start : found.year.end] == "1991"


@pytest.mark.parametrize(
    "text",
    [
        "Film Review: Low Tide (1991)\nBy Ann Lee\nIt is a slow and gentle film about a keeper.",
        "Low Tide review\nLow Tide is a slow and gentle film about a keeper.",
        "Low Tide (1991) Review\nAnn Lee\nMay 3, 1991\nLow Tide is a 1991 drama film that holds.",
        "Home\nFilms\nLow Tide is a film that holds.",
        "capsule : this is a dull british film about a keeper .",
        "low tide , the last of her quiet films , which is a drama film of 1991 , opened here .",
        f"{'The lamps are lit and the boats come in. ' * 5}\nLow Tide is a 1991 drama film.",
    ],
)
def test_reviews_do_not_begin_like_articles(text: str) -> None:
    assert lead.parse(text) is None
