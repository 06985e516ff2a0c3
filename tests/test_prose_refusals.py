"""What extractors refuse, and why."""

import pytest
from prose_texts import LEAD, document

from reelgraph.loaders import families
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.refusals import noting

PAGE = (
    "Movie Review: The Lantern Keeper\nBy Carl Voss\n\n"
    "The Lantern Keeper is the kind of quiet drama that people of my age used to wait for all through the winter.\n"
)
REFERENCES = (
    '\nReferences\n"The lamp goes out". Harbour Daily. Retrieved May 3, 1988.\n"A keeper". x\n'
    '"Letters from nobody". Harbour Daily. Retrieved May 4, 1988.\n"Rain". Harbour Daily. Retrieved May 5, 1988.\n'
)


def refused(text: str) -> set[tuple[str, str, str]]:
    """Return extractor, words and reason of what is refused in a text; the words stand where the refusal says."""
    with noting() as found:
        for part in read(document(text)):
            list(families.extract(part))
    assert all(text[one.start : one.start + len(one.words)] == one.words for one in found)
    return {(one.extractor, one.words, one.reason) for one in found}


@pytest.mark.parametrize(
    ("text", "extractor", "words", "reason"),
    [
        (
            "The soundtrack was released by Tidal Films.",
            "companies",
            "The soundtrack was ",
            "something else: “soundtrack”",
        ),
        (
            "The film was distributed by Martin Hale.",
            "companies",
            "distributed by Martin Hale",
            "a person: “Martin Hale”",
        ),
        ("Tidal Films acquired the music rights.", "companies", "Tidal Films acquired the music rights", "“music”"),
        ("It was remade, directed by Irma Dahl.", "credits", "It was remade, directed by", "not said of the film"),
        ("A remake starring Irma Dahl failed.", "starring", "starring Irma Dahl failed", "not said to be the film's"),
        ("In the Dutch dub, Paul Ahrens voiced Tom.", "cast", "Paul Ahrens voiced Tom", "not in this film: “dub”"),
        ("Foster won four Emmys for The Long Watch.", "awardcounts", "won four Emmys", "of another work"),
        ("It hoped to win the Academy Award for Best Picture.", "awards", "It hoped to win", "only hoped for"),
        ("The film was rated A for its language.", "contentratings", "rated A for its language", "without a board"),
        ("The poster was ranked third by printers.", "rankings", "The poster was ranked", "no place of the film"),
        ("Xyzzy lives in Paris.", "people", "Xyzzy", "nobody real"),
        ("Somebody praised the music.", "reception", "Somebody praised the music.", "nobody who judges"),
        ("The sequel has 31% on Rotten Tomatoes.", "ratings", "The sequel has 31%", "a score of something else"),
    ],
)
def test_sentences(text: str, extractor: str, words: str, reason: str) -> None:
    found = refused(LEAD + text)
    assert any(one == extractor and said.startswith(words) and reason in why for one, said, why in found), found


@pytest.mark.parametrize(
    ("text", "extractor", "words", "reason"),
    [
        (PAGE + "Rating: 4/5\n", "labels", "Rating: 4/5", "a score, no certificate"),
        (PAGE + "May 3, 1988\n", "userreviews", "May 3, 1988", "fewer than 3 dates: no list"),
        (
            PAGE + "Watch Storm Lamp with a subscription on Tidal.\n",
            "contentratings",
            "Watch Storm Lamp",
            "another film",
        ),
        (LEAD + REFERENCES, "citations", '"A keeper". x', "neither publication nor date"),
    ],
)
def test_lines(text: str, extractor: str, words: str, reason: str) -> None:
    found = refused(text)
    assert any(one == extractor and said.startswith(words) and reason in why for one, said, why in found), found


def test_nothing_is_noted_unless_asked() -> None:
    with noting() as found:
        pass
    list(families.extract(read(document(PAGE + "Rating: 4/5\n"))[0]))
    assert not found


def test_a_text_too_short_for_a_review() -> None:
    assert any(one == "reviews" and "fewer than 5" in why for one, _, why in refused(PAGE)), refused(PAGE)
