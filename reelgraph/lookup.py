"""What lies beside a snapshot's graph, in one SQLite file: its words for search, and things it no longer has.

Words are searched by SQLite's FTS5: the quotes of facts, and what people read in documents, in short passages. A thing
is gone when no document names it any more; if the documents that named it now name another, it has become that one.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

from reelgraph import mediatypes
from reelgraph.errors import StoreError

#: Name of the file in a snapshot's folder.
FILE = "lookup.sqlite"
#: Characters a passage has at most; it ends at the end of a line or sentence where there is one.
PASSAGE = 600
_VERSION = 1
_SCHEMA = """
DROP TABLE IF EXISTS quotes;
DROP TABLE IF EXISTS passages;
DROP TABLE IF EXISTS quote_words;
DROP TABLE IF EXISTS passage_words;
DROP TABLE IF EXISTS documents;
CREATE VIRTUAL TABLE quotes USING fts5(text, node UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE passages USING fts5(
  text, source UNINDEXED, start UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE quote_words USING fts5vocab(quotes, row);
CREATE VIRTUAL TABLE passage_words USING fts5vocab(passages, row);
CREATE TABLE documents (
  sha256 TEXT PRIMARY KEY, quote INTEGER, quotes INTEGER, passage INTEGER, passages INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS departed (
  iri TEXT PRIMARY KEY, name TEXT NOT NULL, snapshot TEXT NOT NULL, heir TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
"""
#: Documents people read; of all others only the quotes are searched.
_READABLE = frozenset((mediatypes.HTML, mediatypes.WIKITEXT, *mediatypes.PROSE))
#: What of an HTML page is not for people to read.
MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[a-zA-Z/!?][^<>]*>|&\w+;", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"\n\s*\n|[.!?]['\"”’)]?\s|\n")


@dataclass(frozen=True, slots=True)
class Departed:
    """A thing that is gone: what it was called, the last snapshot that had it, and what it has become, if anything."""

    iri: str
    name: str
    snapshot: str
    heir: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text with the words looked for between `MARKS`; `node` is its evidence or its source."""

    node: str
    text: str
    start: int = 0


#: Stand around the words that were looked for.
MARKS = ("\x02", "\x03")


class Lookup:
    """The file while a writer changes it."""

    def __init__(self, path: Path, former: Path | None = None) -> None:
        """Open the file at a path, made from the one of the snapshot before, if there is one."""
        self._path = path
        path.unlink(missing_ok=True)
        if former is not None and former.exists():
            shutil.copyfile(former, path)
        with _explained(path):
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("PRAGMA synchronous = OFF")
            if self._connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                self._connection.executescript(_SCHEMA)
            self._connection.execute("BEGIN")

    def put(self, sha256: str, quotes: Iterable[tuple[str, str]], texts: Iterable[tuple[str, str, int]]) -> None:
        """Make the words of a document searchable: quotes with their evidence, passages with source and offset."""
        with _explained(self._path):
            self.drop(sha256)
            first = [self._next("quotes"), self._next("passages")]
            self._connection.executemany("INSERT INTO quotes (text, node) VALUES (?, ?)", quotes)
            self._connection.executemany("INSERT INTO passages (text, source, start) VALUES (?, ?, ?)", texts)
            last = [self._next("quotes"), self._next("passages")]
            row = (sha256, first[0], last[0], first[1], last[1])
            self._connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)

    def extend(self, sha256: str, quotes: Iterable[tuple[str, str]]) -> None:
        """Add quotes of the document that was put last."""
        with _explained(self._path):
            self._connection.executemany("INSERT INTO quotes (text, node) VALUES (?, ?)", quotes)
            row = (self._next("quotes"), sha256)
            self._connection.execute("UPDATE documents SET quotes = ? WHERE sha256 = ?", row)

    def drop(self, sha256: str) -> None:
        """Forget the words of a document; one that has none does not matter."""
        with _explained(self._path):
            row = self._connection.execute(
                "DELETE FROM documents WHERE sha256 = ? RETURNING quote, quotes, passage, passages", (sha256,)
            ).fetchone()
            if row is not None:
                self._connection.execute("DELETE FROM quotes WHERE rowid >= ? AND rowid < ?", row[:2])
                self._connection.execute("DELETE FROM passages WHERE rowid >= ? AND rowid < ?", row[2:])

    def depart(self, gone: Iterable[Departed], back: Iterable[str]) -> None:
        """Note things that are gone, and forget that others were which are back."""
        with _explained(self._path):
            rows = ((one.iri, one.name, one.snapshot, one.heir) for one in gone)
            self._connection.executemany("INSERT OR REPLACE INTO departed VALUES (?, ?, ?, ?)", rows)
            self._connection.executemany("DELETE FROM departed WHERE iri = ?", ((iri,) for iri in back))

    def gone(self) -> list[str]:
        """Return the IRIs of all things that are gone."""
        with _explained(self._path):
            return [row[0] for row in self._connection.execute("SELECT iri FROM departed")]

    def close(self) -> Path:
        """Finish the file and return where it is."""
        with _explained(self._path):
            self._connection.execute("COMMIT")
            self._connection.close()
        return self._path

    def _next(self, table: str) -> int:
        row = self._connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()  # noqa: S608 - our own names
        return int(row[0] or 0) + 1


class Reader:
    """The file of a snapshot, for several threads; one that is not there is empty."""

    def __init__(self, folder: Path) -> None:
        self._connection = _opened(folder / FILE)

    def quotes(self, wanted: str, most: int, first: int = 0) -> list[Found]:
        """Return quotes that match an FTS5 query, the best first."""
        sql = (
            "SELECT node, snippet(quotes, 0, ?, ?, '…', 40), 0 FROM quotes WHERE quotes MATCH ? "
            "ORDER BY rank, rowid LIMIT ? OFFSET ?"
        )
        return [Found(*row) for row in self._connection.execute(sql, (*MARKS, wanted, most, first))]

    def passages(self, wanted: str, most: int, first: int = 0) -> list[Found]:
        """Return passages of documents that match an FTS5 query, the best first."""
        sql = (
            "SELECT source, snippet(passages, 0, ?, ?, '…', 40), start FROM passages WHERE passages MATCH ? "
            "ORDER BY rank, rowid LIMIT ? OFFSET ?"
        )
        return [Found(*row) for row in self._connection.execute(sql, (*MARKS, wanted, most, first))]

    def counts(self, wanted: str) -> tuple[int, int]:
        """Return how many quotes and how many passages match."""
        found = [
            self._connection.execute(f"SELECT count(*) FROM {name} WHERE {name} MATCH ?", (wanted,)).fetchone()[0]  # noqa: S608
            for name in ("quotes", "passages")
        ]
        return found[0], found[1]

    def words(self, start: str) -> set[str]:
        """Return all words that begin so."""
        sql = " UNION ".join(
            f"SELECT term FROM {name}_words WHERE term >= ?1 AND term < ?2"  # noqa: S608
            for name in ("quote", "passage")
        )
        return {row[0] for row in self._connection.execute(sql, (start, f"{start}\U0010ffff"))}

    def departed(self, iri: str) -> Departed | None:
        """Return what became of a thing that is gone, by way of all that it has been meanwhile."""
        seen: list[Departed] = []
        while len(seen) < 16 and iri not in [one.iri for one in seen]:
            row = self._connection.execute("SELECT * FROM departed WHERE iri = ?", (iri,)).fetchone()
            if row is None:
                break
            seen.append(Departed(*row))
            iri = seen[-1].heir
        return Departed(seen[0].iri, seen[0].name, seen[0].snapshot, seen[-1].heir) if seen else None


def _opened(path: Path) -> sqlite3.Connection:
    """Return the database in a file, an empty one if there is no file or it has another version."""
    if path.exists():
        address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        found = sqlite3.connect(address, uri=True, check_same_thread=False)
        if found.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
            return found
        found.close()
    empty = sqlite3.connect(":memory:", check_same_thread=False)
    empty.executescript(_SCHEMA)
    return empty


def share(file: Path, folder: Path) -> None:
    """Put the file into a snapshot's folder, too, if it is there; in a snapshot it never changes."""
    if file.exists():
        try:
            os.link(file, folder / FILE)
        except OSError:
            shutil.copyfile(file, folder / FILE)


def passages(text: str, media_type: str, starts: Sequence[tuple[int, str]]) -> Iterator[tuple[str, str, int]]:
    """Yield what people read of a document in short pieces: text, source and offset; `starts` has the sources."""
    if media_type not in _READABLE:
        return
    if media_type == mediatypes.HTML:
        text = MARKUP.sub(lambda found: " " * len(found[0]), text)
    bounds = [*sorted(starts), (len(text), "")]
    for (begin, source), (end, _) in pairwise(bounds):
        for start, stop in _pieces(text, begin, end):
            piece = " ".join(text[start:stop].split())
            if piece:
                yield piece, source, start + len(text[start:stop]) - len(text[start:stop].lstrip())


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where passages begin and end: after a blank line, else the last end of a sentence or line."""
    while begin < end:
        if end - begin <= PASSAGE:
            yield begin, end
            return
        ends = [found.end() for found in _BREAK.finditer(text, begin, begin + PASSAGE) if found.end() > begin + 100]
        stop = ends[-1] if ends else begin + PASSAGE
        yield begin, stop
        begin = stop


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot write the words of the documents: {error}") from error
