"""Databases of SQLite: each table is a document, read as a table in CSV; what is broken is told, the rest is read."""

import sqlite3
from pathlib import Path

import pytest

from reelgraph import databases, pipeline, reading
from reelgraph.archives import Limits
from reelgraph.errors import DocumentError
from reelgraph.export import turtle
from reelgraph.model import Document
from reelgraph.reading import DocumentProblem
from reelgraph.store import Store

FILMS = (
    'CREATE TABLE films("Title" text, "Director" text, "Year" int, "Running time" real, poster blob)',
    "INSERT INTO films VALUES ('Low Fell', 'Ada Vole', 1999, 92.0, x'ffd8')",
    "INSERT INTO films VALUES ('Tin, Harbour', 'Cy Elm', 2001, NULL, NULL)",
)


def database(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def texts(path: Path) -> dict[str, str]:
    return {one.name: one.text for one in reading.read(path) if isinstance(one, Document)}


def problems(path: Path) -> list[str]:
    return [str(one) for one in reading.read(path) if isinstance(one, DocumentProblem)]


def test_each_table_with_rows_is_a_table_in_csv(tmp_path: Path) -> None:
    path = database(
        tmp_path / "shelf.db", *FILMS, "CREATE TABLE empty(a)", "CREATE VIEW seen AS SELECT * FROM films",
        "CREATE TABLE n(i INTEGER PRIMARY KEY AUTOINCREMENT)", "INSERT INTO n DEFAULT VALUES",
        'CREATE TABLE "on/loan"("film ""no""" int)', 'INSERT INTO "on/loan" VALUES (7)',
    )  # fmt: skip
    assert texts(path) == {
        "films.csv": "Title,Director,Year,Running time,poster\nLow Fell,Ada Vole,1999,92,\n"
        '"Tin, Harbour",Cy Elm,2001,,\n',
        "n.csv": "i\n1\n",
        "on-loan.csv": '"film ""no"""\n7\n',
    }


def test_the_films_of_a_database_are_loaded_and_a_mapping_is_found_by_the_table(tmp_path: Path) -> None:
    path = database(
        tmp_path / "shelf.db", *FILMS, "CREATE TABLE p(a text, b int)", "INSERT INTO p VALUES ('Sea', 1970)"
    )
    (tmp_path / "p.csv.map.yml").write_text("film: {title: a, year: b}\n")
    store = Store(tmp_path / "store")
    assert pipeline.load(store, [path]).ok
    text = "".join(turtle(store.snapshot().open()))
    assert all(f'schema:name "{title}"' in text for title in ("Low Fell", "Sea", "Tin, Harbour"))


def test_a_database_with_a_journal_of_its_own_is_read_from_memory(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "PRAGMA journal_mode = WAL", *FILMS)
    before = sorted(one.name for one in tmp_path.iterdir())
    assert "films.csv" in texts(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_columns_that_are_computed_and_triggers_are_not_run(tmp_path: Path) -> None:
    path = database(
        tmp_path / "a.db",
        "CREATE TABLE f(title text, big text AS (hex(zeroblob(99999999))))",
        "INSERT INTO f VALUES ('x')",
    )
    assert texts(path) == {"f.csv": "title\nx\n"}


def test_a_database_that_is_cut_off_is_a_problem_with_a_name(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", *FILMS)
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2])
    (problem,) = problems(path)
    assert problem.startswith(f"{path}: ")
    assert "broken" in problem


def test_of_a_broken_table_what_stands_before_the_fault_is_read(tmp_path: Path) -> None:
    rows = ", ".join(f"('Film {number}', '{'x' * 900}')" for number in range(40))
    path = database(
        tmp_path / "a.db", "CREATE TABLE films(title text, note text)", f"INSERT INTO films VALUES {rows}", *FILMS[:0]
    )
    data = bytearray(path.read_bytes())
    data[-4096:] = b"\xff" * 4096
    path.write_bytes(data)
    (problem,) = problems(path)
    assert problem.startswith(f"{path}: films.csv: broken after row ")
    assert 0 < texts(path)["films.csv"].count("\n") < 41


def test_a_table_larger_than_a_document_may_be_is_cut_and_told() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE f(title text)")
    connection.executemany("INSERT INTO f VALUES (?)", [("x" * 100,)] * 100)
    first, second = databases.tables(connection.serialize(), 1000)
    assert first.data.count(b"\n") < 20
    assert second.problem.startswith("larger than")


def test_bytes_that_only_begin_as_a_database_does_are_refused() -> None:
    with pytest.raises(DocumentError, match="a broken SQLite database"):
        list(databases.tables(databases.SIGNATURE + b"\0" * 4000, 1 << 20))


def test_rules_for_archives_hold_for_databases(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", *FILMS)
    (problem,) = (one for one in reading.read(path, Limits(document=100)))
    assert isinstance(problem, DocumentProblem)
