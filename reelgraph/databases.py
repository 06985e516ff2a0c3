"""Databases of SQLite: each table as CSV. The file is only read, from memory; views and triggers are not run."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from reelgraph.errors import DocumentError

SIGNATURE = b"SQLite format 3\0"
#: Where the header says that there is a journal beside the file, and what says that there is none.
_JOURNAL, _NONE = slice(18, 20), b"\x01\x01"
_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND rootpage > 0"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name as a file's, its rows as CSV, and what kept from reading all of them."""

    name: str
    data: bytes = b""
    problem: str = ""


def tables(data: bytes, limit: int) -> Iterator[Table]:
    """Yield the tables that have rows, by name; no table may have more than `limit` bytes.

    Raise DocumentError if the file is no database that can be read. Of a table that is broken, what stands before the
    fault is given, and the problem after it.
    """
    header = bytearray(data)
    header[_JOURNAL] = _NONE
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.text_factory = lambda words: words.decode("utf-8", "replace")
        try:
            database.deserialize(bytes(header))
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            names = sorted(name for (name,) in database.execute(_TABLES))
        except sqlite3.Error as error:
            raise DocumentError(f"a broken SQLite database ({error}); export its tables as CSV") from None
        for name in names:
            yield from _table(database, name, limit)


def _table(database: sqlite3.Connection, name: str, limit: int) -> Iterator[Table]:
    out, called, problem, rows = io.StringIO(), f"{name.replace('/', '-')}.csv", "", 0
    writer = csv.writer(out, lineterminator="\n")
    try:
        columns = [str(row[1]) for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
        writer.writerow(columns)
        chosen = ", ".join(map(_quoted, columns))
        for row in database.execute(f"SELECT {chosen} FROM {_quoted(name)}"):  # noqa: S608 (names are quoted)
            writer.writerow(map(_text, row))
            rows += 1
            if out.tell() > limit:
                problem = f"larger than {limit >> 20} MB; export the rows that matter as CSV"
                break
    except sqlite3.Error as error:
        problem = f"broken after row {rows} ({error}); what stands before it is read"
    if rows:
        yield Table(called, out.getvalue().encode("utf-8", "replace"))
    if problem:
        yield Table(called, problem=problem)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(cell: object) -> str:
    """Return a cell as CSV has it: whole numbers without a point, of bytes nothing.

    >>> [_text(cell) for cell in (None, 1999, 92.0, 7.5, "Low Fell", b"x")]
    ['', '1999', '92', '7.5', 'Low Fell', '']
    """
    if cell is None or isinstance(cell, bytes):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
