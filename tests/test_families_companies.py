"""Production and distribution companies from sentences."""

import pytest
from prose_texts import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film was produced by Saltmarsh Pictures.", {("Saltmarsh Pictures", "production company", None)}),
        ("It was produced by Selvam Arts.", {("Selvam Arts", "production company", None)}),
        (
            "The film was distributed by Anchor Releasing in the United Kingdom and Polar Film in Sweden.",
            {("Anchor Releasing", "distributor", "United Kingdom"), ("Polar Film", "distributor", "Sweden")},
        ),
        ("Anchor Releasing released the film on DVD in 1999.", {("Anchor Releasing", "home video distributor", None)}),
        (
            "The film was distributed theatrically by Anchor Releasing, and Polar Film bought old prints.",
            {("Anchor Releasing", "distributor", None)},
        ),
        (
            "A Limited Edition of the film was released by Anchor Releasing.",
            {("Anchor Releasing", "home video distributor", None)},
        ),
        (
            "The film was produced by Ann Lee and Bo Ray for Saltmarsh Pictures.",
            {("Saltmarsh Pictures", "production company", None)},
        ),
        ("Polar Film acquired Swedish distribution rights.", {("Polar Film", "distributor", "Sweden")}),
        (
            "The film was made under the banner of Saltmarsh Pictures.",
            {("Saltmarsh Pictures", "production company", None)},
        ),
    ],
)
def test_roles_and_territories(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "company", "company", "role", "territory") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The soundtrack album was released by Tidal Records.",
        "A comic book adaptation of the film was released by Tidal Comics.",
        "The sequel was distributed by Tidal Films.",
        "A picture book by Irma Dahl with paintings from the making of the film was released by Tidal Films.",
        "Tidal Films has acquired the rights to the Lantern Keeper franchise.",
        "Tidal Music acquired the music rights.",
    ],
)
def test_no_company_of_albums_comics_and_sequels(text: str) -> None:
    assert not values(text, "company", "company")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 26 January 2010, the Gull Collection released it on DVD and Blu-ray.",
            {("Gull Collection", "home video distributor", None)},
        ),
        ("Tern released The Lantern Keeper in Japan in 1988.", {("Tern", "distributor", "Japan")}),
        (
            "It was given a limited release in the United States by Gull Pictures.",
            {("Gull Pictures", "distributor", "United States")},
        ),
        (
            "Gull Pictures acquired North American and Latin American distribution rights.",
            {("Gull Pictures", "distributor", "North America"), ("Gull Pictures", "distributor", "Latin America")},
        ),
        (
            "Gull Films, which had bought the North American rights, opened it in Boston.",
            {("Gull Films", "rights holder", "North America")},
        ),
        ("The film was the debut production of Gull Films.", {("Gull Films", "production company", None)}),
    ],
)
def test_more_ways_to_name_a_company(text: str, expected: set[tuple[object, ...]]) -> None:
    found = values(text, "company", "company", "role", "territory")
    assert {row[:2] for row in found} == {row[:2] for row in expected}
    assert {row for row in expected if row[2]} <= found


def test_a_person_who_acquires_rights_is_no_company() -> None:
    assert values("In 1985, Carl Brand acquired the rights.", "company", "company") == set()
