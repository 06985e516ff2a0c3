"""Tables of films inside of texts: cells are parted by tabs, odd rows are told, other tables are left alone."""

import io
import zipfile

from reelgraph import loaders, reading
from reelgraph.model import Extraction

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ROWS = (("Title", "Director", "Year"), ("Low Fell", "Ada Vole", "1999"), ("Tin Harbour", "Cy Elm", "2001"))


def lines(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def load(text: str, name: str = "notes.txt") -> Extraction:
    found = loaders.load(reading.document(name, text.encode()))
    for fact in found.facts:
        assert fact.span
        assert not fact.quote or " ".join(text[fact.span.start : fact.span.end].split()) == fact.quote
    return found


def films(found: Extraction) -> list[tuple[str, int | None]]:
    return [(film.name, film.year) for one in found.sources for film in one.about]


def word(*blocks: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{"".join(blocks)}</w:body></w:document>'
        )
    return out.getvalue()


def table(*rows: tuple[str, ...], head: str = "") -> str:
    cells = ["".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) for row in rows]
    cells[0] = head + cells[0]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_and_the_words_around_it() -> None:
    prose = "Stone Ferry is a 2003 drama film directed by Otto Pike and starring Nan Birch."
    found = load(f"Seen this year\n\n{lines(*ROWS)}\n\n{prose}\n")
    assert found.loader == "texttables"
    assert set(films(found)) == {("Low Fell", 1999), ("Tin Harbour", 2001), ("Stone Ferry", 2003)}
    directed = [fact for fact in found.facts if fact.kind == "credit" and fact.quote == "Ada Vole"]
    assert [fact.subject.name for fact in directed if fact.subject] == ["Low Fell"]
    assert directed[0].pointer == "line 4, column Director"


def test_a_row_that_does_not_fit_is_told_with_its_line() -> None:
    found = load(f"Films\n{lines(*ROWS)}\nStone Ferry\tOtto Pike\n")
    assert [(one.severity, one.place) for one in found.issues if one.severity == "warning"] == [("warning", "line 5")]
    assert films(found) == [("Low Fell", 1999), ("Tin Harbour", 2001)]


def test_rows_about_other_things_are_counted() -> None:
    rows = (
        ("Title", "Type", "Director", "Year"),
        ("Low Fell", "Film", "Ada Vole", "1999"),
        ("Tin", "TV series", "Cy Elm", "2001"),
    )
    found = load(f"Seen\n{lines(*rows)}\n")
    assert films(found) == [("Low Fell", 1999)]
    assert ("line 2", "rows of the table that are about no film: 1") in [
        (one.place, one.message) for one in found.issues
    ]


def test_a_line_without_cells_does_not_end_a_table() -> None:
    found = load(f"Films\n{lines(*ROWS[:2])}\nSunday\n{lines(ROWS[2])}\n")
    assert films(found) == [("Low Fell", 1999), ("Tin Harbour", 2001)]


def test_tables_of_other_things_are_left_alone() -> None:
    offices = (("Name", "Director", "Year"), ("North office", "Ada Vole", "1999"), ("South office", "Cy Elm", "2001"))
    plays = (("Title", "Playwright", "Director"), ("Low Fell", "Nan Birch", "Ada Vole"), ("Tin", "Ira Oak", "Cy Elm"))
    for rows in (offices, plays):
        assert not load(f"Report of the season\n\n{lines(*rows)}\n").facts


def test_a_table_of_two_columns_in_word_is_one_if_its_head_is_marked() -> None:
    rows = (("Film", "Director"), ("Low Fell", "Ada Vole"), ("Tin Harbour", "Cy Elm"))
    marked = word(table(*rows, head="<w:trPr><w:tblHeader/></w:trPr>"))
    found = loaders.load(reading.document("a.docx", marked))
    assert [name for name, _ in films(found)] == ["Low Fell", "Tin Harbour"]
    assert reading.document("a.docx", word(table(*rows))).text.splitlines()[1] == "Low Fell: Ada Vole"


def test_an_empty_cell_keeps_the_others_in_their_columns() -> None:
    rows = (*ROWS, ("Stone Ferry", "", "2003"), ("", "Otto Pike", "2004"))
    found = loaders.load(reading.document("a.docx", word(table(*rows))))
    assert films(found) == [("Low Fell", 1999), ("Tin Harbour", 2001), ("Stone Ferry", 2003)]


def test_a_column_of_countries_and_years() -> None:
    rows = (
        ("Film", "Director", "Country/Year"),
        ("Low Fell", "Ada Vole", "Norway 1999"),
        ("Tin", "Cy Elm", "France, Italy 2001"),
    )
    found = load(f"Films\n{lines(*rows)}\n")
    assert films(found) == [("Low Fell", 1999), ("Tin", 2001)]
    assert [fact.fields["country"] for fact in found.facts if fact.kind == "country"] == ["Norway", "France", "Italy"]
