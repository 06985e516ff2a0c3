"""Tables in Markdown: those of films are read, others are left to the words around them."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

RULE = "|---|:--|--:|"
TABLE = f"| Film | Director | Year |\n{RULE}\n| *Low Water* | [Cy Elm](https://a.example) | 1999 |\n| Tin |  | 2001 |\n"


def load(text: str) -> Extraction:
    found = loaders.load(reading.document("list.md", text.encode()))
    for fact in found.facts:
        assert fact.span
        assert text[fact.span.start : fact.span.end] == fact.quote
    return found


def films(found: Extraction) -> list[Ref]:
    return [ref for source in found.sources for ref in source.about]


@pytest.mark.parametrize(
    "text", [TABLE, TABLE.replace("\n", "\r\n"), TABLE.replace("| \n", "\n"), f"# Films\n\n{TABLE}\nBye.\n"]
)
def test_cells_without_their_marks(text: str) -> None:
    found = load(text)
    assert films(found) == [Ref("film", "Low Water", 1999), Ref("film", "Tin", 2001)]
    (credit,) = [fact for fact in found.facts if fact.kind == "credit"]
    assert credit.fields["agent"] == Ref("person", "Cy Elm")
    assert credit.pointer.endswith(", column Director")


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("Film", "Book").replace("Director", "Author"),
        TABLE.replace(RULE, "| a | b | c |"),
        TABLE.replace("Film", "Year"),
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "no | table\n",
    ],
)
def test_other_tables(text: str) -> None:
    assert not films(load(text))


def test_rows_of_another_length_are_left_out() -> None:
    assert [film.name for film in films(load(TABLE + "| Salt | 2003 |\n| Reed | Ada Vole | 2004 |\n"))] == [
        "Low Water",
        "Tin",
        "Reed",
    ]


def test_sheets_of_one_film_give_its_cast_and_its_makers() -> None:
    text = (
        "# Low Water\n\nLow Water is a 1999 drama film directed by Ada Vole.\n\n| Character | Actor |\n|---|---|\n"
        "| Mara Holt | Cy Elm |\n| Tor | Dee Fir |\n\n| | |\n|---|---|\n| Produced by | Otto Pike, Nan Birch |\n"
        "| Editor | Ida Lund |\n| Country | Norway |\n\n| Day | Place |\n|---|---|\n| Monday | Oslo |\n"
    )
    found = loaders.load(reading.document("press.md", text.encode()))
    cast = [(fact.fields["person"], fact.fields["character"]) for fact in found.facts if fact.kind == "cast"]
    assert [(getattr(one, "name", ""), role) for one, role in cast] == [("Cy Elm", "Mara Holt"), ("Dee Fir", "Tor")]
    made = [
        (getattr(fact.fields["agent"], "name", ""), fact.fields["role"])
        for fact in found.facts
        if fact.kind == "credit"
    ]
    assert made[1:] == [("Otto Pike", "producer"), ("Nan Birch", "producer"), ("Ida Lund", "editor")]
    assert all(fact.span for fact in found.facts)


@pytest.mark.parametrize(("more", "made"), [("| Country | Norway |\n", 1), ("", 0)])
def test_a_sheet_has_more_than_two_labels_of_films(more: str, made: int) -> None:
    head = "# Low Water\n\nLow Water is a 1999 drama film directed by Ada Vole.\n\n| | |\n|---|---|\n"
    rows = f"| Editor | Ida Lund |\n| Language | Norwegian |\n{more}"
    found = loaders.load(reading.document("press.md", (head + rows).encode()))
    roles = [fact.fields["role"] for fact in found.facts if fact.kind == "credit"]
    assert roles == ["director", *["editor"] * made]
