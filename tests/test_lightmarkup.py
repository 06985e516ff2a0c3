"""reStructuredText, AsciiDoc and Org: their words are read, their marks are not, and each keeps its place."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Fact, Ref

LEAD = {
    ".rst": "*Low Fell* is a 1999 drama film directed by `Ada Vole <https://a.example>`_ and starring Cy\nElm.",
    ".adoc": "_Low Fell_ is a 1999 Norwegian drama film directed by https://a.example[Ada Vole] and starring Cy\nElm.",
    ".org": "/Low Fell/ is a 1999 drama film directed by [[https://a.example][Ada Vole]] and starring Cy\nElm.",
}
LABELS = {
    ".rst": ":Producer: Otto Pike\n:Editor: Nan Birch\n:Runtime: 92 minutes\n",
    ".adoc": "Producer:: Otto Pike\nEditor::\n  Nan Birch\nRuntime:: 92 minutes\n",
    ".org": "- Producer :: Otto Pike\n- Editor :: Nan Birch\n- Runtime :: 92 minutes\n",
}
TITLE = {".rst": "Low Fell\n========\n", ".adoc": "= Low Fell\n", ".org": "* Low Fell\n"}
HEADED = {".rst": "{}\n----------\n", ".adoc": "== {}\n", ".org": "* {}\n"}
ROWS = (("Title", "Year", "Director"), ("Low Fell", "1999", "Ada Vole"), ("Tin Harbour", "2001", "Otto Pike"))


def grid(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    lines = ["|" + "|".join(f" {cell:12}" for cell in row) + "|" for row in rows]
    rule, double = "+-------------" * 3 + "+", "+=============" * 3 + "+"
    return "\n".join([rule, lines[0], double, lines[1], rule, lines[2], rule, ""])


def simple() -> str:
    rule = "============ ============ ============"
    lines = [" ".join(f"{cell:12}" for cell in row).rstrip() for row in ROWS]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule, ""])


def listed() -> str:
    rows = ["   * - " + "\n     - ".join(row) for row in ROWS]
    return ".. list-table:: Seen\n   :header-rows: 1\n\n" + "\n".join(rows) + "\n"


TABLES = [
    (".rst", grid()),
    (".rst", simple()),
    (".rst", listed()),
    (".rst", ".. csv-table::\n   :header: Title, Year, Director\n\n   Low Fell, 1999, Ada Vole\n"
     '   "Tin Harbour", 2001, Otto Pike\n'),
    (".adoc", "|===\n|Title |Year |Director\n\n|Low Fell |1999 |Ada Vole\n|Tin Harbour\n|2001\n|Otto Pike\n|===\n"),
    (".adoc", '[%header, cols="3*"]\n|===\n' + "\n".join(f"|{cell}" for row in ROWS for cell in row) + "\n|===\n"),
    (".org", "\n|--+--+--|\n".join(f"|{'|'.join(row)}|" for row in ROWS[:2]) + "\n|Tin Harbour|2001|Otto Pike|\n"),
]  # fmt: skip


def load(suffix: str, text: str) -> Extraction:
    found = loaders.load(reading.document(f"notes{suffix}", text.encode()))
    for fact in found.facts:
        assert fact.span
        assert not fact.quote or " ".join(text[fact.span.start : fact.span.end].split()) == fact.quote
    return found


def films(found: Extraction) -> list[Ref]:
    return [ref for source in found.sources for ref in source.about]


def said(found: Extraction, kind: str, field: str) -> list[object]:
    values = [fact.fields[field] for fact in found.facts if fact.kind == kind]
    return [value.name if isinstance(value, Ref) else value for value in values]


def words(text: str, fact: Fact) -> str:
    return text[fact.span.start : fact.span.end] if fact.span else ""


@pytest.mark.parametrize("suffix", LEAD)
def test_prose_has_no_marks(suffix: str) -> None:
    text = f"{TITLE[suffix]}\n{LEAD[suffix]}\n"
    found = load(suffix, text)
    assert found.loader == "lightmarkup"
    assert films(found) == [Ref("film", "Low Fell", 1999)]
    assert said(found, "credit", "agent") == ["Ada Vole"]
    assert said(found, "cast", "person") == ["Cy Elm"]
    (cast,) = [fact for fact in found.facts if fact.kind == "cast"]
    assert words(text, cast) == "starring Cy\nElm"


@pytest.mark.parametrize("suffix", LEAD)
def test_lists_of_labels(suffix: str) -> None:
    text = f"{TITLE[suffix]}\n{LABELS[suffix]}\n{LEAD[suffix]}\n"
    found = load(suffix, text)
    assert said(found, "runtime", "minutes") == [92]
    assert said(found, "credit", "agent") == ["Ada Vole", "Otto Pike", "Nan Birch"]
    assert [words(text, fact) for fact in found.facts if fact.kind == "runtime"] == ["92 minutes"]


@pytest.mark.parametrize(("suffix", "table"), TABLES)
def test_tables(suffix: str, table: str) -> None:
    text = f"{HEADED[suffix].format('Films seen')}\n{table}"
    found = load(suffix, text)
    assert films(found) == [Ref("film", "Low Fell", 1999), Ref("film", "Tin Harbour", 2001)]
    directors = [fact for fact in found.facts if fact.kind == "credit"]
    assert [words(text, fact) for fact in directors] == ["Ada Vole", "Otto Pike"]
    lines = text.splitlines()
    for fact in directors:
        number = int(fact.pointer.removeprefix("line ").partition(",")[0])
        assert any(word in lines[number - 1] for word in ("Low Fell", "Tin Harbour")), fact.pointer


@pytest.mark.parametrize("suffix", LEAD)
def test_tables_of_other_things(suffix: str) -> None:
    table = next(table for one, table in TABLES if one == suffix)
    text = f"{HEADED[suffix].format('Books read')}\n{table.replace('Director', 'Author  ')}"
    assert not films(load(suffix, text))


@pytest.mark.parametrize(
    ("suffix", "hidden"),
    [
        (".rst", ".. code::\n\n   Composer: Ida Lund\n   Editor: Ida Lund\n   Producer: Ida Lund\n"),
        (".rst", "Like this::\n\n   Composer: Ida Lund\n   Editor: Ida Lund\n   Producer: Ida Lund\n"),
        (".rst", ".. Composer: Ida Lund\n   Editor: Ida Lund\n   Producer: Ida Lund\n"),
        (".adoc", "----\nComposer:: Ida Lund\nEditor:: Ida Lund\nProducer:: Ida Lund\n----\n"),
        (".adoc", "// Composer: Ida Lund\n////\nEditor: Ida Lund\n////\n:producer: Ida Lund\n"),
        (".org", "#+begin_src text\nComposer: Ida Lund\nEditor: Ida Lund\nProducer: Ida Lund\n#+end_src\n"),
        (".org", "# Composer: Ida Lund\n: Editor: Ida Lund\n:LOGBOOK:\n- Note :: Ida Lund\n:END:\n"),
    ],
)
def test_what_is_not_shown_is_not_read(suffix: str, hidden: str) -> None:
    found = load(suffix, f"{TITLE[suffix]}\n{hidden}\n{LEAD[suffix]}\n")
    assert said(found, "credit", "agent") == ["Ada Vole"]


def test_drawers_of_properties() -> None:
    drawer = ":PROPERTIES:\n:ID: 4711\n:EDITOR: Nan Birch\n:COUNTRY: Norway\n:RUNTIME: 92 min\n:END:\n"
    found = load(".org", f"* Low Fell\n{drawer}{LEAD['.org']}\n")
    assert said(found, "runtime", "minutes") == [92]
    assert "Nan Birch" in said(found, "credit", "agent")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"#+TITLE: Notes\n\n{LEAD['.org']}\n", "text/x-org"),
        (f"= Low Fell\n:toc:\n\n{LEAD['.adoc']}\n", "text/asciidoc"),
        (f"Low Fell\n========\n\n:Year: 1999\n:Director: Ada Vole\n\n{LEAD['.rst']}\n", "text/x-rst"),
        ("Low Fell\n========\n\nA film of the sea, and of nothing else at all.\n", "text/plain"),
        ("= Low Fell =\n\nA film of the sea: and of nothing else at all.\n", "text/plain"),
    ],
)
def test_texts_without_a_telling_name(text: str, kind: str) -> None:
    assert reading.document("notes.txt", text.encode()).media_type == kind


@pytest.mark.parametrize("sign", ["*", "_", "**", "***"])
def test_emphasis_in_plain_text_is_no_word(sign: str) -> None:
    text = (
        f"{sign}Low Fell{sign} is a 1999 Norwegian drama film directed by {sign}Ada Vole{sign} and starring Cy Elm.\n"
    )
    found = load(".txt", text)
    assert films(found) == [Ref("film", "Low Fell", 1999)]
    assert {words(text, fact) for fact in found.facts if fact.kind == "title"} == {"Low Fell"}
    assert said(found, "credit", "agent") == ["Ada Vole"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_broken_to_a_width_are_read_as_one(suffix: str, end: str) -> None:
    lines = (
        "Low Fell is a 1999 Norwegian drama film directed by Ada",
        "Vole and starring Cy Elm, Nan Birch, Dee Fir and Ida",
        "Lundgren-Holm. It was produced by Otto Pike, who had seen",
        "nothing of the sea, and it runs for 92 minutes. It was",
        "liked by the critics of the day.",
        "",
    )
    text = end.join(lines)
    found = load(suffix, text)
    assert said(found, "credit", "agent") == ["Ada Vole", "Otto Pike"]
    assert said(found, "cast", "person") == ["Cy Elm", "Nan Birch", "Dee Fir", "Ida Lundgren-Holm"]


def test_lines_of_their_own_stay_so() -> None:
    labels = "Cast: Cy Elm, Dee Fir\nEditor: Nan Birch\nRuntime: 92 minutes\n"
    text = f"Low Fell is a 1999 Norwegian drama film by Ada Vole\n{labels}"
    assert said(load(".md", text), "cast", "person") == ["Cy Elm", "Dee Fir"]


@pytest.mark.parametrize("suffix", LABELS)
def test_films_below_headings_keep_their_labels(suffix: str) -> None:
    sheet = HEADED[suffix] + "\n" + LABELS[suffix] + "\n"
    text = "".join(
        sheet.format(title).replace("Otto", name) for title, name in (("Low Fell", "Ada"), ("Tin Moon", "Cy"))
    )
    found = load(suffix, text)
    producers = [
        (fact.subject.name, fact.fields["agent"])
        for fact in found.facts
        if fact.subject and fact.fields.get("role") == "producer"
    ]
    assert producers == [("Low Fell", Ref("person", "Ada Pike")), ("Tin Moon", Ref("person", "Cy Pike"))]


def test_terms_that_are_no_labels_stay_lines() -> None:
    text = "Films shown\n===========\n\nMonday\n------\n\nLow Fell\n  (Norway 1999, 92 min, dir. Ada Vole)\n"
    assert [film.name for film in films(load(".rst", text))] == ["Low Fell"]


@pytest.mark.parametrize("table", ["|===\n\n|===\n", "|===\nLow Fell\n|===\n", "[cols=2]\n|===\n|a\n", "|===\n"])
def test_broken_tables_are_left_out(table: str) -> None:
    text = f"= Low Fell\n\n{LEAD['.adoc']}\n\n{table}"
    assert films(load(".adoc", text)) == [Ref("film", "Low Fell", 1999)]
