"""The box of particulars of a copied article, and its tables that kept their tabs."""

import pytest
from prose_texts import document, facts, values

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose.page import read

BOX = (
    "Directed by\tNora Whitfield\nIda Lund\nWritten by\tNora Whitfield\nPaul Drummond\n"
    'Based on\t"The Lamp" (short story)\nby Cy Poe\n'
    "Starring\t\nMartin Hale\nDiane Foster\nNarrated by\tHugh Pell\nProduction\ncompany\t\nKelp Pictures[2]\n"
    "Release dates\t7 September 1987 (Cork Film Festival)\n9 October 1987 (Norway)\nRunning time\t98 minutes[3]\n"
    "Countries\tNorway\nIreland\nBudget\t$1.2 million\n"
)
FIRST = "Low Tide is a 1987 Norwegian drama film directed by Nora Whitfield.[1] It follows a keeper who writes letters."
REST = "\n\nPlot[edit]\nA keeper, Tom, writes.\n\nCast[edit]\nMartin Hale as Tom\n\nReferences[edit]\nA book."
TITLE = "Low Tide\nFrom Tidepedia, the free encyclopedia\n"
ABOVE = f"{TITLE}{BOX}\n{FIRST}{REST}"
PAGES = (ABOVE, ABOVE.replace("\t\n", "\n").replace("\t", "\n"), f"{TITLE}{FIRST}\n\nLow Tide\n{BOX}{REST}")


@pytest.mark.parametrize("page", PAGES, ids=["tabs", "lines", "below"])
def test_a_box_above_or_below_the_opening_is_read(page: str) -> None:
    assert {part.film.name for part in read(document(page)) if part.film} == {"Low Tide"}
    assert values("", "credit", "agent", "role", lead=page) == {
        ("Nora Whitfield", "director"),
        ("Ida Lund", "director"),
        ("Nora Whitfield", "screenwriter"),
        ("Paul Drummond", "screenwriter"),
    }
    assert values("", "cast", "person", "character", lead=page) >= {("Martin Hale", None), ("Diane Foster", None)}
    assert "Hugh Pell" not in {name for (name,) in values("", "cast", "person", lead=page)}
    assert values("", "company", "company", "role", lead=page) == {("Kelp Pictures", "production company")}
    assert values("", "release", "date", "territory", "event", lead=page) == {
        ("1987-09-07", None, "festival screening"),
        ("1987-10-09", "Norway", None),
    }
    assert values("", "runtime", "minutes", lead=page) == {(98,)}
    assert values("", "country", "country", lead=page) == {("Norway",), ("Ireland",)}
    assert values("", "related-work", "work", "creator", lead=page) == {("The Lamp", "Cy Poe")}


@pytest.mark.parametrize("page", PAGES, ids=["tabs", "lines", "below"])
def test_facts_lie_in_their_source_document(page: str) -> None:
    found = plaintext.load(document(page))
    for fact in found.facts:
        source = found.sources[fact.source].span
        assert fact.span is not None
        assert source.start <= fact.span.start < fact.span.end <= source.end


def test_a_few_labels_are_no_box() -> None:
    page = f"{TITLE}Directed by\tBo Ray\nBudget\t$1.2 million\n\n{FIRST}{REST}"
    assert ("Bo Ray",) not in values("", "credit", "agent", lead=page)


def test_headings_are_no_labels() -> None:
    page = f"{TITLE}{FIRST}\n\nProduction\nKelp was wet.\nCinematography\nBo Ray\nMusic\nCy Poe\nCast\nLena Oster\n"
    assert values("", "credit", "agent", lead=page) == {("Nora Whitfield",)}


def test_what_stands_below_a_heading_is_no_box() -> None:
    page = f"{TITLE}{FIRST}\n\nLegacy\nA remake followed.\n{BOX.replace('Nora Whitfield', 'Bo Ray')}"
    assert ("Bo Ray",) in values("", "credit", "agent", lead=page.replace("Legacy\nA remake followed.\n", ""))
    assert ("Bo Ray",) not in values("", "credit", "agent", lead=page)


def test_the_heading_of_the_cast_is_no_label_of_the_box() -> None:
    page = f"{TITLE}{FIRST}\n\nLow Tide\n{BOX}\nCast\nMartin Hale as Tom\nDiane Foster as Rose\nBo Ray as Pam\n"
    spans = [fact.span for fact in facts("", "cast", lead=page) if "character" in fact.fields]
    quotes = {page[span.start : span.end] for span in spans if span}
    assert quotes == {"Martin Hale as Tom", "Diane Foster as Rose", "Bo Ray as Pam"}


def test_a_table_of_the_cast_with_its_tabs() -> None:
    table = "Role\tActor\tNotes\nTom\tMartin Hale\nThe Doctor\tDiane Foster\tdebut\n\nSong\tSinger\nRose\tHugh Pell\n"
    page = f"{TITLE}{FIRST}\n\nCast\n{table}\nRelease\nIt opened."
    assert values("", "cast", "person", "character", lead=page) == {
        ("Martin Hale", "Tom"),
        ("Diane Foster", "The Doctor"),
    }


def test_the_last_role_of_a_list_ends_with_its_line() -> None:
    cast = "Martin Hale - Tom\nDiane Foster - La directrice\nHugh Pell - Le gardien\nRelease\nIt opened."
    assert ("Hugh Pell", "Le gardien") in values(
        "", "cast", "person", "character", lead=f"{TITLE}{FIRST}\n\nCast\n{cast}"
    )


def test_sentences_end_before_reference_marks() -> None:
    said = "Production[edit]\nShe wrote it in 1974.[5][a] Filming took place in Norway in 1986.[6]\nRelease\nIt ran."
    assert ("Norway", "1986") in values("", "location", "place", "date", lead=f"{TITLE}{FIRST}\n\n{said}")


def test_marks_before_a_note_are_no_part_of_it() -> None:
    notes = (
        'References\n^ Jump up to: a Poe, Cy (May 3, 1987). "Lamps". Slate.\n^ Poe, Di (May 4, 1987). "Tide". Slate.'
    )
    found = values("", "citation", "author", lead=f"{TITLE}{FIRST}\n\nPlot\nA keeper writes.\n\n{notes}")
    assert found == {("Poe, Cy",), ("Poe, Di",)}


def test_a_list_of_contents_does_not_begin_the_references() -> None:
    contents = "Contents\nPlot\nSongs\nReferences\nExternal links\n\n"
    songs = 'Plot\nA keeper writes.\n\nSongs\n"The Keeper of the Lamp"\tLena Oster, Hugh Pell\n\nReferences\nA book.'
    assert not values("", "citation", "title", lead=f"{TITLE}{FIRST}\n\n{contents}{songs}")


def test_labels_of_a_box_that_lost_its_tabs_stand_beside_their_values() -> None:
    box = (
        "Directed by Nora Whitfield\nWritten by Paul Drummond\nStarring\nMartin Hale\nDiane Foster\n"
        "Edited by Ida Lund\nMusic by Carl Voss\nProduction\ncompanies\nKelp Films\nDistributed by Tern Eye\n"
        "Running time 98 minutes\nCountry Norway\nBudget £1.9 million\n"
    )
    page = f"{TITLE}{box}{FIRST}{REST}"
    assert values("", "credit", "agent", "role", lead=page) == {
        ("Nora Whitfield", "director"), ("Paul Drummond", "screenwriter"), ("Ida Lund", "editor"),
        ("Carl Voss", "composer"),
    }  # fmt: skip
    assert {name for (name,) in values("", "cast", "person", lead=page)} == {"Martin Hale", "Diane Foster"}
    assert values("", "company", "company", lead=page) == {("Kelp Films",), ("Tern Eye",)}
    assert values("", "runtime", "minutes", lead=page) == {(98,)}
