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
