"""Cast lists without separators: where a character ends and the next actor begins."""

import pytest

from reelgraph.loaders.prose import castpairs, castrun
from reelgraph.loaders.prose.names import NameTable


def entries(text: str, *credited: str) -> list[tuple[str, str]]:
    table = NameTable()
    table.add_all(credited)
    table.credited.update(credited)
    return [(e.actor, e.character) for run in castrun.runs(text, 0, len(text), table) for e in run.entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vera N. Holm as Kamal Hugh Pell as Guru B. S. Rao as Andrews Asha Rao as Tara",
            [("Vera N. Holm", "Kamal"), ("Hugh Pell", "Guru"), ("B. S. Rao", "Andrews"), ("Asha Rao", "Tara")],
        ),
        (
            "Hugh Pell as Sgt. Carter Vera Holm as Dr. Ruth Dale Agnes Corrie as Mr. O'Dell's Wife",
            [("Hugh Pell", "Sgt. Carter"), ("Vera Holm", "Dr. Ruth Dale"), ("Agnes Corrie", "Mr. O'Dell's Wife")],
        ),
        (
            "Larry the Lamp Guy as Otto, a tired old truck. Vera Holm as: Ada, his sister Paul Lind as Pike",
            [("Larry the Lamp Guy", "Otto"), ("Vera Holm", "Ada"), ("Paul Lind", "Pike")],
        ),
        (
            'Hugh Pell as Edward "Rusty" Dale Vera Holm as Ada / The Owl Paul Lind as Tom, a sailor Ann Poe as Cop',
            [
                ("Hugh Pell", 'Edward "Rusty" Dale'),
                ("Vera Holm", "Ada / The Owl"),
                ("Paul Lind", "Tom"),
                ("Ann Poe", "Cop"),
            ],
        ),
        (
            "Hugh Pell as Adam and Vera Holm as Milly Paul Lind as Ben and Ann Poe as Dora",
            [("Hugh Pell", "Adam"), ("Vera Holm", "Milly"), ("Paul Lind", "Ben"), ("Ann Poe", "Dora")],
        ),
        (
            "Hugh Pell as L.A. Cop Vera Holm as Village Man Paul Lind as Ship's mate Due to rain the shoot was moved.",
            [("Hugh Pell", "L.A. Cop"), ("Vera Holm", "Village Man"), ("Paul Lind", "Ship's mate")],
        ),
        (
            "Hugh Pell as Tom. Joe Mander and Paul Lind as Grem and Acer: two henchmen. Vera Holm as Ada",
            [
                ("Hugh Pell", "Tom"),
                ("Joe Mander", "Grem and Acer"),
                ("Paul Lind", "Grem and Acer"),
                ("Vera Holm", "Ada"),
            ],
        ),
        (
            "Ann Poe as Ruth Jacques d'Arc as Luc Paul Lind as Special Agent Dale Cooke Tom Ash as Sheriff Harry S. "
            "Dunn",
            [
                ("Ann Poe", "Ruth"),
                ("Jacques d'Arc", "Luc"),
                ("Paul Lind", "Special Agent Dale Cooke"),
                ("Tom Ash", "Sheriff Harry S. Dunn"),
            ],
        ),
    ],
)
def test_split(text: str, expected: list[tuple[str, str]]) -> None:
    assert entries(text) == expected


def test_two_roles_of_one_actor_are_two_entries() -> None:
    text = "Ann Lee as Rose and Iris (dual role) Bo Ray as Tom Dee Fox as Pam Cy Poe as Man with Gun (uncredited)"
    found = [(e.actor, e.character) for run in castrun.runs(text, 0, len(text), NameTable()) for e in run.entries]
    assert found == [
        ("Ann Lee", "Rose"),
        ("Ann Lee", "Iris"),
        ("Bo Ray", "Tom"),
        ("Dee Fox", "Pam"),
        ("Cy Poe", "Man with Gun"),
    ]


def test_a_particle_is_no_word_too_many() -> None:
    text = "Mei Wong as Lily Chang Rosalind de la Tour as Mrs. Pruitt Bo Ray as Tom"
    found = [(e.actor, e.character) for run in castrun.runs(text, 0, len(text), NameTable()) for e in run.entries]
    assert found == [("Mei Wong", "Lily Chang"), ("Rosalind de la Tour", "Mrs. Pruitt"), ("Bo Ray", "Tom")]


def test_actors_without_a_character_are_found_by_their_names() -> None:
    text = "Hugh Pell as Tom Vera Holm Paul Lind as Cop Ann Poe as Nurse Bo Ray as Priest"
    assert entries(text, "Vera Holm") == [
        ("Hugh Pell", "Tom"),
        ("Vera Holm", ""),
        ("Paul Lind", "Cop"),
        ("Ann Poe", "Nurse"),
        ("Bo Ray", "Priest"),
    ]


def test_a_cameo_is_no_character() -> None:
    assert ("Paul Lind", "") in entries(
        "Hugh Pell as Tom Paul Lind as Cameo Appearance Vera Holm as Ada Ann Poe as Cop"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Pell described it as a mess. Holm saw it as the best of the year, and Lind as it was known.",
        "He worked as a waiter and as a cook. Later he was known as Tom.",
    ],
)
def test_prose_is_no_cast_list(text: str) -> None:
    assert entries(text) == []


def test_a_long_list_takes_linear_time() -> None:
    text = "Ann Lee as Rose Bo Ray as Tom " * 3000
    assert len(entries(text)) == 6000


def test_pairs_in_both_orders() -> None:
    def pairs(text: str) -> list[tuple[str, str]]:
        found = castpairs.runs(text, 0, len(text), NameTable())
        return [(e.actor, e.character) for run in found for e in run.entries]

    expected = [("Ann Lee", "Rose"), ("Paul Lind", "Mrs. Kim"), ("Hugh Pell", "Cop")]
    assert pairs("Ann Lee .... Rose Paul Lind .... Mrs. Kim Hugh Pell .... Cop") == expected
    assert pairs("Rose – Ann Lee Mrs. Kim – Paul Lind Cop – Hugh Pell") == expected
    assert pairs("Best Actor – Ann Lee Best Actress – Vera Holm Best Director – Hugh Pell") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hugh Pell as Tom Vera Holm as Car Rental Clerk Lubna as Nurse Asha Rao as Tara",
            [("Hugh Pell", "Tom"), ("Vera Holm", "Car Rental Clerk"), ("Lubna", "Nurse"), ("Asha Rao", "Tara")],
        ),
        (
            "Hugh Pell as Andrew Dale Vera Holm as Ruth, who once loved Andrew Carl Stowell as Ray Asha Rao as Tara",
            [("Hugh Pell", "Andrew Dale"), ("Vera Holm", "Ruth"), ("Carl Stowell", "Ray"), ("Asha Rao", "Tara")],
        ),
        (
            "Hugh Pell as Otto: a tired old cook. Vera Holm as Ada: Otto's sister. Paul Lind as Pike",
            [("Hugh Pell", "Otto"), ("Vera Holm", "Ada"), ("Paul Lind", "Pike")],
        ),
    ],
)
def test_roles_and_characters_end_before_an_actor(text: str, expected: list[tuple[str, str]]) -> None:
    assert entries(text) == expected


def test_a_single_word_known_as_an_artist_is_a_name() -> None:
    text = "Hugh Pell as Captain Dale Vera Holm as John Dube Lubna as Nurse Asha Rao as Tara"
    assert ("Lubna", "Nurse") in entries(text, "Lubna")


def test_ranks_before_dashes_are_no_characters() -> None:
    text = "1st – Hugh Pell, Tide 1st – Vera Holm, Gull 2nd – Asha Rao & Paul Lind, Tern 3rd – Ann Lee, The Sea"
    assert not castpairs.runs(text, 0, len(text), NameTable())


def test_dotted_lines_end_above_the_crew() -> None:
    text = "CAST\nKeeper .... Hugh Pell\nCook .... Vera Holm\nBoy .... Paul Lind\nCREW\nEditor .... Asha Rao\n"
    found = castpairs.runs(text, 0, len(text), NameTable())
    assert [(e.actor, e.character) for run in found for e in run.entries] == [
        ("Hugh Pell", "Keeper"),
        ("Vera Holm", "Cook"),
        ("Paul Lind", "Boy"),
    ]


def test_full_names_on_both_sides_of_lines_are_left_alone() -> None:
    text = "Ann Dale ..... Vera Holm\nPaul Dale ..... Hugh Pell\nRuth Dale ..... Martha Rao\n"
    assert not castpairs.runs(text, 0, len(text), NameTable())


def test_a_character_named_in_full_ends_before_a_name_of_three_words() -> None:
    text = "Hugh Pell as Wade Dunn John Carl Lynd as Norm Dunn Asha Rao as Tara Paul Lind as himself The crew's friend"
    assert entries(text) == [
        ("Hugh Pell", "Wade Dunn"),
        ("John Carl Lynd", "Norm Dunn"),
        ("Asha Rao", "Tara"),
        ("Paul Lind", "himself"),
    ]
