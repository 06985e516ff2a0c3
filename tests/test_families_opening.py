"""What the opening of an article says about the film itself."""

import prose_texts
import pytest
from prose_texts import facts, values

LEAD = (
    'Tidvatten (Swedish: Tidvatten, lit. "The Tide") is a 1991 Swedish-Norwegian Swedish-language mystery drama film '
    "directed by Nora Whitfield. The film was released in the United States as The Turning Tide. "
)


def test_titles_year_countries_languages_and_genres() -> None:
    assert values("", "title", "title", lead=LEAD) == {("Tidvatten",)}
    assert values("", "year", "year", lead=LEAD) == {(1991,)}
    assert values("", "alternate-title", "title", lead=LEAD) == {("The Tide",), ("The Turning Tide",)}
    assert values("", "country", "country", lead=LEAD) == {("Sweden",), ("Norway",)}
    assert values("", "language", "language", lead=LEAD) == {("Swedish",)}
    assert values("", "genre", "genre", lead=LEAD) >= {("mystery",), ("drama",)}


def test_a_native_title_is_the_original_one() -> None:
    lead = "The Ferry (渡し船, Watashibune) is a 1962 Japanese film directed by Ken Aoki. "
    assert values("", "original-title", "title", lead=lead) == {("渡し船",)}
    assert values("", "alternate-title", "title", lead=lead) == {("Watashibune",)}


def test_a_review_tells_the_year_in_passing() -> None:
    lead = "Low Tide is an American drama film directed by Nora Whitfield. "
    assert values("2004's Low Tide movie left me cold.", "year", "year", lead=lead) == {(2004,)}


@pytest.mark.parametrize("text", ["2004's The Lantern Keeper film is dim.", "1987's The Lantern Keeper was a lamp."])
def test_another_year_or_thing_is_not_the_films(text: str) -> None:
    assert [fact.span.end <= len(prose_texts.LEAD) for fact in facts(text, "year") if fact.span] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is a French-Belgian co-production.", {"France", "Belgium"}),
        ("The film is a co-production between companies in France and Spain.", {"France", "Spain"}),
        ("The Swedish–Danish co-production was shot in Hull.", {"Sweden", "Denmark"}),
        ("It would have been a French co-production.", set()),
    ],
)
def test_countries_of_a_co_production(text: str, expected: set[str]) -> None:
    assert {country for (country,) in values(text, "country", "country")} - {"United States"} == expected


def test_other_titles_behind_or_simply_and_in_brackets() -> None:
    rest = " is a 1991 drama film directed by Ann Lee."
    for lead, title, others in (
        ("Lagoon: A Year in Hull, or simply Lagoon (lit. 'Salt'),", "Lagoon: A Year in Hull", {"Lagoon", "Salt"}),
        ("Playday (stylized as PlayDay and also written as Play Day)", "Playday", {"Play Day"}),
        ("Gullmen or (The Virtue of Salt)", "Gullmen or (The Virtue of Salt)", set()),
    ):
        assert values("", "title", "title", lead=lead + rest) == {(title,)}
        assert {name for (name,) in values("", "alternate-title", "title", lead=lead + rest)} == others
