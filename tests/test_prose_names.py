"""The shape of names, lists of them, and whom a surname means."""

import pytest

from reelgraph.loaders.prose.names import NameTable, clean, is_organisation, is_person, name_list, names_in, surname


@pytest.mark.parametrize(
    "name",
    [
        "Nora Whitfield",
        "J. R. Poe",
        "Oskar van der Lind",
        "Michael O'Dell",
        "Jean-Luc Moreau",
        "Lee Min-ho",
        "Ann Lee Jr.",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["In Brazil", "A Long Night", "Saltmarsh Pictures", "March 1988", "The Keeper", "Principal Photography"]
)
def test_no_persons(name: str) -> None:
    assert not is_person(name)


def test_organisations_by_their_words() -> None:
    assert is_organisation("Saltmarsh Pictures")
    assert is_organisation("London Philharmonic Orchestra")
    assert not is_organisation("Nora Whitfield")


def test_names_with_initials_particles_nicknames_and_suffixes() -> None:
    text = 'with J. R. Poe, Oskar van der Lind, Ed "The Cat" Gray, Jacques d\'Arc and Hugh Pell Jr. in May'
    assert [n.name for n in name_list(text, 5)] == [
        "J. R. Poe",
        "Oskar van der Lind",
        'Ed "The Cat" Gray',
        "Jacques d'Arc",
        "Hugh Pell Jr.",
    ]


def test_names_in_are_cut_at_possessives() -> None:
    assert [n.name for n in names_in("when Whitfield's Low Tide met Ann Lee")] == ["Whitfield", "Low Tide", "Ann Lee"]


def test_clean_and_surname() -> None:
    assert clean("Nora  Whitfield's") == "Nora Whitfield"
    assert surname("Oskar van Lind") == "van lind"


def test_a_surname_means_the_person_named_last_before() -> None:
    table = NameTable()
    table.add("Peter Varga", 10)
    table.add("Paul Varga", 500)
    table.add("Paul Varga", 700)
    assert table.person("Varga", 100) == "Peter Varga"
    assert table.person("Varga", 600) == "Paul Varga"
    assert table.person("Varga") == "Paul Varga"


def test_misspelt_surnames_and_unknown_words() -> None:
    table = NameTable()
    table.add("Nora Whitfield")
    assert table.person("Whitfeild") == "Nora Whitfield"
    assert table.person("Lighthouse") is None
    assert table.person("") is None


def test_forgotten_names_mean_nobody() -> None:
    table = NameTable()
    table.add("Tom Arden")
    table.discard("Tom Arden")
    assert table.person("Arden") is None


def test_a_family_name_that_stands_first_means_its_bearer() -> None:
    table = NameTable()
    table.add_all(["Kim Hyung-koo", "Ann Lee"])
    assert table.person("Kim") == "Kim Hyung-koo"
    table.discard("Kim Hyung-koo")
    assert table.person("Kim") is None


def test_openers_are_family_names_behind_a_given_name_alone() -> None:
    assert all(map(is_person, ("Jane Guest", "Paul March", "Ann-Marie Down")))
    assert not any(map(is_person, ("In March", "Tide Guest", "Jane Film")))
