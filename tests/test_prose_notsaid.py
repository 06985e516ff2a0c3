"""What texts mention beside a film without saying it of the film."""

import pytest
from prose_texts import LEAD, document, facts, values

from reelgraph.loaders import plaintext

REVIEW = (
    "The Lantern Keeper review: wet and slow\nBy Hugh Pell\n\nNora Whitfield's film The Lantern Keeper stars Martin "
    "Hale as a keeper who writes letters. The film was made on an island. {}\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "There is only one piece, music by Franz Poe, in the concert scene.",
        "A choir sings, with music by Franz Poe and Cy Elm.",
        "The ballet, with music by Franz Poe, is danced in the harbour.",
    ],
)
def test_music_that_is_heard_in_a_scene_has_no_composer_of_the_film(sentence: str) -> None:
    assert not values("", "credit", "agent", lead=REVIEW.format(sentence)) & {("Franz Poe",), ("Cy Elm",)}
    told = "Filming began in May 1986. It ended in June. Nobody was hurt. "
    assert ("Franz Poe",) not in values(f"{told}In the film {sentence}", "credit", "agent")


@pytest.mark.parametrize("sentence", ["The music by Franz Poe is spare.", "It has an original score by Franz Poe."])
def test_the_music_of_the_film_has_its_composer(sentence: str) -> None:
    assert ("Franz Poe", "composer") in values("", "credit", "agent", "role", lead=REVIEW.format(sentence))


@pytest.mark.parametrize("words", ["once said that it made her want to move to the sea", "has called it a favourite"])
def test_a_director_who_speaks_of_the_film_did_not_make_it(words: str) -> None:
    sentence = f"Director Ann Lee {words}."
    assert ("Ann Lee",) not in values("", "credit", "agent", lead=REVIEW.format(sentence))
    assert ("Ann Lee",) not in values(f"Filming began in 1986. {sentence}", "credit", "agent")


def test_a_house_that_opens_across_from_another_is_no_release() -> None:
    assert not facts("The film opens across from a lighthouse in 1944.", "release")
    assert values("The film opens across Norway on May 3, 1988.", "release", "date") == {("1988-05-03",)}


def test_the_date_of_a_characters_story_is_none_of_the_casting() -> None:
    text = "Ann Lee will play Nora, a biologist who is stranded at a remote lighthouse in 1944."
    assert values(text, "casting", "person", "character", "date") == {("Ann Lee", "Nora", None)}


def test_actors_known_for_a_film_in_brackets_have_signed() -> None:
    found = values("Ann Lee (High Water) and Bo Ray (Salt) have signed on to star in the film.", "casting", "person")
    assert found == {("Ann Lee",), ("Bo Ray",)}


def test_an_opera_likened_to_a_film_is_none() -> None:
    text = (
        "Ebbe\nOpera in three acts by Cy Elm\nGrand Theatre, Leeds\n\nLibretto by Bo Ray\nLove by the sea.\n\n"
        'Director Hugh Pell said: "It is like a film about the sea." He also directed Salt.\nDirector Hugh Pell\n'
    )
    assert not plaintext.load(document(text)).facts


LISTING = """FILM CHOICE

Low Tide
Channel Nine, 5.10pm
(Nora Whitfield, 1991) A keeper, Tom (Martin Hale), writes letters. ****

High Water
BBC2, 11.45pm
(Hugh Pell, 2016) A diver, Rose (Diane Foster), finds a bell. ***
"""


def test_the_channel_above_a_film_is_no_title() -> None:
    assert values("", "credit", "agent", lead=LISTING) == {("Nora Whitfield",), ("Hugh Pell",)}
    found = {fact.subject.name for fact in facts("", "credit", lead=LISTING) if fact.subject}
    assert found == {"Low Tide", "High Water"}


def test_a_line_of_labels_above_the_credits_is_no_title() -> None:
    text = (
        "Low Tide\nEbbe\n\nDirector: Nora Whitfield\nCountry: Norway\nYear: 1991\nLength: 97 min\nSubtitles: English\n"
        "Cast: Martin Hale, Diane Foster\nMusic: Carl Voss\n\nThe film tells of a keeper who writes to the sea.\n"
    )
    assert values("", "title", "title", lead=text) <= {("Low Tide",), ("Ebbe",)}
    assert ("Nora Whitfield", "director") in values("", "credit", "agent", "role", lead=text)


def test_two_dated_films_in_a_headline_are_not_one() -> None:
    text = (
        "A double bill: Low Tide (1947) and High Water (1951)\n\nTwo quick films. Directed by Ann Lee, it is short.\n"
    )
    assert not [title for (title,) in values("", "title", "title", lead=text) if "(" in str(title)]


def test_a_festival_where_a_film_won_is_no_location() -> None:
    text = "Shot in black and white by Bo Ray, The Lantern Keeper won the Jury Prize at Cannes in 1988."
    assert not facts(text, "location", lead=LEAD)


def test_the_year_of_a_novel_is_no_work() -> None:
    assert not [
        f for f in facts("It is an adaptation of Ann Lee's 1951 novel.", "related-work") if "1951" in str(f.fields)
    ]


def test_an_interview_is_no_review() -> None:
    text = REVIEW.format("It is long. It is wet. It is slow. It is good.")
    assert facts("", "review", lead=text)
    assert not facts("", "review", lead=f"INTERVIEW\n{text}")


def test_the_year_behind_a_title_is_no_date_of_shooting() -> None:
    found = values("The Lantern Keeper (1987) was filmed in Wales.", "location", "place", "date")
    assert found == {("Wales", None)}


def test_the_author_of_a_reference_is_on_its_line() -> None:
    text = "Filming began in 1986.\n\nReferences\n Walker, Tales of the Sea, Orion, 2005\n"
    text += ' Lee, Ann (15 April 1988). "Low". Variety.\n'
    assert {name for (name,) in values(text, "citation", "author")} <= {"Lee, Ann"}
