"""Tables and JSON about films without a mapping file: what their columns or keys mean is seen from their headings."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from reelgraph.loaders import delimited, headingcells, headingobjects, headingwords, jsondocument, mapped
from reelgraph.loaders.base import Facts
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.headingwords import known
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord, TableRecord
from reelgraph.loaders.mapfile import Plan
from reelgraph.model import Document, Extraction
from reelgraph.ontology.concepts import key

NAME = "headings"
DESCRIPTION = "CSV, TSV, JSON, JSON Lines, YAML, TOML and SPARQL results about films, by their headings or keys"
PRIORITY = 95

#: So many characters are looked at to see what a document is.
_HEAD = 1 << 18
_MOST_COLUMNS = 500
_Record = TypeVar("_Record", TableRecord, JsonRecord)


def accepts(document: Document) -> bool:
    """Whether the headings and the first cells are those of films."""
    return _plan(document) is not None


def load(document: Document) -> Extraction:
    """Return the facts of every record, and a note on which columns were read as what."""
    facts = Facts(NAME)
    found = _plan(document)
    if found is None:
        raise ValueError("the headings are not those of films")
    plan, note = found
    facts.note("document", note)
    return mapped.apply(document, plan, facts)


def _plan(document: Document) -> tuple[Plan, str] | None:
    """Return how to read a document and a note about it, None if it is not about films."""
    head = document.text[:_HEAD]
    if head.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    if not jsondocument.is_json(document):
        if _is_called_other(document.name):
            return None
        names = headingwords.unique(delimited.header(head, mapped.delimiter(head)))
        return plan_of(_columns(partial(_table, names), _rows(head)))
    node = jsondocument.read(jsondocument.beginning(document, _HEAD), Facts(NAME))
    for path, records in _lists(node):
        objects = [JsonRecord(record) for record in records if record.fields]
        found = plan_of(_columns(headingobjects.keys, objects), path)
        if found:
            return found
    return None


def _is_called_other(name: str) -> bool:
    """Whether a file is called as a list of other things that have titles, years and directors, as `albums.csv`."""
    words = re.findall(r"[^\W\d_]+", PurePosixPath(name).stem.lower())
    of_films = not set(words).isdisjoint(headingwords.table()["film"]["words"])
    return bool(words) and not of_films and headingwords.is_in(words[-1], "others", "tables")


def why_not(document: Document) -> str:
    """Return what speaks against reading a table as one of films, as the end of a sentence; empty if nothing does."""
    if jsondocument.is_json(document):
        return ""
    if _is_called_other(document.name):
        return f"{document.name!r} is what lists of other things are called"
    names = delimited.header(document.text[:_HEAD], mapped.delimiter(document.text[:_HEAD]))
    other = headingwords.other(name for name in names if name)
    if other:
        return f"its heading {other!r} is one of other things"
    return "" if _rows(document.text[:_HEAD]) else "it has no row with as many cells as there are headings"


def plan_of_object(node: Node) -> Plan | None:
    """Return how to read one JSON object, None if it is not about a film."""
    found = plan_of(_columns(headingobjects.keys, [JsonRecord(node)]))
    return found[0] if found else None


def _columns(read: "Callable[[Sequence[_Record]], list[Column]]", records: "Sequence[_Record]") -> list[Column]:
    """Return the columns of some records, with the cells of those that are films where a column says which are."""
    columns = read(records[:LOOKED_AT])
    kind = next((one for one in columns if one.meaning.group == "kinds" and headingcells.types(one)[0]), None)
    if kind is None:
        return columns
    films = known("types", "film")
    kept = [record for record in records if any(key(cell.text) in films for cell in record.cells(kind.path))]
    return read(kept[:LOOKED_AT]) if kept else columns


def _rows(head: str) -> list[TableRecord]:
    """Return the rows of a table whose first line names its columns; none if it does not."""
    delimiter = mapped.delimiter(head)
    names = delimited.header(head, delimiter)
    named = [name for name in names if name]
    if not 1 < len(named) <= _MOST_COLUMNS:
        return []
    return [TableRecord(row) for row in delimited.rows(head, delimiter) if len(row) == len(names)]


def _table(names: Sequence[str], records: Sequence[TableRecord]) -> list[Column]:
    """Return the columns of some rows."""
    plain = [
        Column(name, headingwords.meaning(name), name, [cell.text for one in records for cell in one.cells(name)])
        for name in names
    ]
    return [one for column in plain for one in headingobjects.in_cells(column) or [column]]


def _lists(node: Node, path: str = "", depth: int = 3) -> Iterator[tuple[str, list[Node]]]:
    """Yield the lists of objects in a JSON value with their paths, the outermost first; then objects by themselves."""
    if isinstance(node.value, list):
        yield path, list(node)
        yield from _inside(node, path)
        return
    inner = [(f"{path}/{name}" if path else name, child) for name, child in node.fields.items() if "/" not in name]
    if depth:
        for below, child in inner:
            if isinstance(child.value, list) or child.fields:
                yield from _lists(child, below, depth - 1)
    if node.fields:
        yield path, [node]


def _inside(node: Node, path: str) -> Iterator[tuple[str, list[Node]]]:
    """Yield the objects that the objects of a list are only shells of, or have, as screenings have a film."""
    shells = {*headingwords.table()["film"]["words"], *headingwords.table()["film"]["shells"]}
    for name in dict.fromkeys(name for member in node for name in member.fields if name.lower() in shells):
        found = [one for member in node for one in member.at(name) if one.fields]
        if found:
            yield f"{path}/{name}" if path else name, found
