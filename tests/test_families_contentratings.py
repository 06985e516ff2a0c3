"""Certificates of boards, advisories of parents' guides, services that show the film."""

import pytest
from prose_texts import facts, values

GUIDE = (
    "Common Sense Media\nReview: The Lantern Keeper\n"
    "The Lantern Keeper is a slow drama about a man who keeps a light, and there is little in it to worry parents.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The film was rated PG-13 by the Motion Picture Association of America for language and smoking.",
            ("Motion Picture Association of America", "PG-13", "language; smoking"),
        ),
        (
            "The film was given an A certificate by the British Board of Film Classification.",
            ("British Board of Film Classification", "A", None),
        ),
        (
            "The film is rated R for language and a moment of nudity, runs 126 minutes and opens on Friday.",
            ("MPA", "R", "language; a moment of nudity"),
        ),
        ("The film was rated R by the MPAA.", ("MPAA", "R", None)),
        ("The BBFC passed the film with a U certificate.", ("BBFC", "U", None)),
        ("In Britain, it was passed with an X certificate after cuts.", (None, "X", None)),
    ],
)
def test_a_certificate_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    assert values(text, "content-rating", "system", "rating", "reasons") == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The Stone Ferry was rated R for violence.",
        "Critics rated it highly.",
        "It received a 12 in the exam.",
        "The film received an A from a reader.",
    ],
)
def test_other_ratings_are_no_certificates(text: str) -> None:
    assert not facts(text, "content-rating")


def test_advisories_stand_under_their_headings() -> None:
    text = "Violence & Scariness\nA man is killed in a storm and there is blood on the rocks.\n"
    found = values(text, "content-rating", "system", "reasons", lead=GUIDE)
    assert ("Common Sense Media", "violence") in found


def test_services_are_listed_with_their_mode() -> None:
    text = "Watch The Lantern Keeper with a subscription on Tidebox, rent on Shoreflix, or buy on Shoreflix.\n"
    assert values(text, "availability", "service", "mode", lead=GUIDE) == {
        ("Tidebox", "subscription"),
        ("Shoreflix", "rent"),
        ("Shoreflix", "buy"),
    }


def test_services_of_another_film_are_left_alone() -> None:
    text = "Watch The Stone Ferry with a subscription on Tidebox.\n"
    assert not facts(text, "availability", lead=GUIDE)


def test_a_certificate_with_its_reasons_in_brackets_ends_a_review() -> None:
    head = "Film Review: The Lantern Keeper (1987)\nBy Carl Voss\n\n"
    found = values(
        "Rated R (language, drug use). 1 hour, 44 minutes.\n", "content-rating", "system", "rating", lead=head
    )
    assert found == {("MPA", "R")}
