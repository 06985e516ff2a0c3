"""Texts in RTF: their words, rows of tables as lines; what cannot be read is refused with a reason."""

import pytest

from reelgraph import loaders, packed, reading
from reelgraph.errors import DocumentError
from reelgraph.model import Document, Extraction, Ref

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"


def read(body: str) -> tuple[Document, Extraction]:
    found = reading.document("notes.rtf", f"{HEAD}{body}}}".encode("cp1252"))
    return found, loaders.load(found)


def test_the_words_of_a_data_sheet() -> None:
    found, said = read(
        r"\pard\b LOW FELL\b0\par\par \b Directed by:\b0  Ada Vol\'e9\par "
        r"\b Cast:\b0  Jon\'e1\f1\'9a Elm\f0 , Dee Fir\par "
        r"\b Year:\b0  1999\par \b Running time:\b0  92 min\par"
    )
    assert (found.media_type, said.loader) == (packed.RTF, "packedtext")
    assert found.text.splitlines()[2:4] == ["Directed by: Ada Volé", "Cast: Jonáš Elm, Dee Fir"]
    cast = [fact for fact in said.facts if fact.kind == "cast"]
    assert [fact.fields["person"].name for fact in cast if isinstance(fact.fields["person"], Ref)] == [
        "Jonáš Elm",
        "Dee Fir",
    ]
    assert ["Elm, Dee" in found.text[fact.span.start : fact.span.end] for fact in cast if fact.span] == [True, True]


def test_rows_of_tables_are_lines_and_their_films_are_read() -> None:
    rows = (("Film", "Director", "Year"), ("Low Fell", "Ada Vole", "1999"), ("Tin Harbour", "Cy Elm", "2001"))
    body = "".join("\\trowd" + "".join(f" {cell}\\cell" for cell in row) + "\\row" for row in rows)
    found, said = read(rf"Seen:\par {body}\pard Done.\par")
    assert "Low Fell\tAda Vole\t1999" in found.text
    assert [film.name for film in said.sources[0].about] == ["Low Fell", "Tin Harbour"]


def test_signs_in_two_halves_and_links() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt the site}}'
    found, _ = read(rf"A clapper \u-10180?\u-8276? on {link}.\par")
    assert found.text == "A clapper \U0001f3ac on the site."


def test_many_links_in_one_line_take_no_time() -> None:
    found, _ = read(r'{\field{\*\fldinst{ HYPERLINK "a" }}{\fldrslt b }}' * 5000)
    assert found.text.count("b") == 5000


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "the document holds no text"),
        (r"\u9999999?", "a broken RTF document"),
        (r"{\pict\bin}", "a broken RTF document"),
    ],
)
def test_what_cannot_be_read_is_refused(body: str, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"notes\.rtf: {message}"):
        read(body)


def test_a_cut_document_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"notes\.rtf: a cut RTF document"):
        reading.document("notes.rtf", rf"{HEAD}\pard Directed by: Jona Kov".encode())
