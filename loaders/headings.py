"""Tables and JSON about films without a mapping file: what their columns or keys mean is seen from their headings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from reelgraph.loaders import delimited, headingcells, headingwords, jsondocument, mapped
from reelgraph.loaders.base import Facts
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.headingwords import known
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord, Record, TableRecord
from reelgraph.loaders.mapfile import Plan
from reelgraph.model import Document, Extraction
from reelgraph.ontology.concepts import key

NAME = "headings"
DESCRIPTION = "CSV, TSV, JSON, JSON Lines and SPARQL results about films, by their headings or keys"
PRIORITY = 95

#: So many characters are looked at to see what a document is.
_HEAD = 1 << 18
_MOST_COLUMNS = 500
#: Keys of an object that name the thing it is, and of a SPARQL result that hold the value.
_NAMES = ("name", "value", "title", "label", "fullName", "full_name")

#: Keys of the title that a record has in several languages or forms.
_TITLES = ("main", "default", "english", "en", "romaji", "original", "native", "fr", "de", "es", "it")

#: Keys of the thing that a credit holds beside what it did; roles of dates that may be objects.
_SHELLS, _DATED = ("person", "actor", "performer", "artist", "node"), ("release", "year")

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
        names = headingwords.unique(delimited.header(head, mapped.delimiter(head)))
        return plan_of(_columns(partial(_table, names), _rows(head)))
    node = jsondocument.read(replace(document, text=head), Facts(NAME))
    for path, records in _lists(node):
        objects = [JsonRecord(record) for record in records if record.fields]
        found = plan_of(_columns(_keys, objects), path)
        if found:
            return found
    return None


def why_not(document: Document) -> str:
    """Return what speaks against reading a table as one of films, as the end of a sentence; empty if nothing does."""
    if jsondocument.is_json(document):
        return ""
    names = delimited.header(document.text[:_HEAD], mapped.delimiter(document.text[:_HEAD]))
    other = headingwords.other(name for name in names if name)
    if other:
        return f"its heading {other!r} is one of other things"
    return "" if _rows(document.text[:_HEAD]) else "it has no row with as many cells as there are headings"


def plan_of_object(node: Node) -> Plan | None:
    """Return how to read one JSON object, None if it is not about a film."""
    found = plan_of(_columns(_keys, [JsonRecord(node)]))
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
    return [Column(name, headingwords.meaning(name), name, _cells(records, name)) for name in names]


def _cells(records: Sequence[Record], path: str) -> list[str]:
    return [cell.text for record in records for cell in record.cells(path)]


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


def _keys(records: Sequence[JsonRecord]) -> list[Column]:
    """Return the keys of some objects as columns."""
    names = dict.fromkeys(name for record in records for name in record.node.fields if name and "/" not in name)
    columns = [_key(name, records) for name in names] if len(names) <= _MOST_COLUMNS else []
    columns = [one for one in columns if not (one.meaning.role == "film" and _is_record(one.heading, records))]
    return columns + [one for column in columns if not column.meaning.group for one in _ids(column.heading, records)]


def _is_record(name: str, records: Sequence[JsonRecord]) -> bool:
    """Whether a key holds films as records of their own, with a title and a year or identifiers."""
    keys = {inner for record in records for inner in record.node.at(name).fields}
    groups = {"ids" if inner == "ids" else headingwords.meaning(inner).group for inner in keys}
    return "titles" in groups and bool(groups & {"years", "ids"})


def _ids(name: str, records: Sequence[JsonRecord]) -> Iterator[Column]:
    """Yield the keys of an object of identifiers, such as `{"ids": {"imdb": "tt9000001"}}`, as columns."""
    for inner in dict.fromkeys(one for record in records for one in record.node.at(name).fields if "/" not in one):
        meaning = headingwords.meaning(inner)
        if meaning.group == "ids":
            path = f"{name}/{inner}"
            yield Column(path, meaning, path, _cells(records, path))


def _key(name: str, records: Sequence[JsonRecord]) -> Column:
    """Return a key of some objects as a column; of things, the key with their names."""
    meaning = headingwords.meaning(name)
    nodes = [node for record in records if (node := record.node.at(name))]
    several = any(isinstance(node.value, list) for node in nodes)
    things = [member for node in nodes for member in node if member.fields]
    inner = next((one for one in _NAMES if any(one in thing.fields for thing in things)), "")
    if meaning.group == "titles" and not inner:
        inner = next((one for one in _TITLES if any(thing.at(one).text for thing in things)), "")
    if meaning.role in _DATED and not inner and any(thing.at("year").text for thing in things):
        inner, meaning = "year", replace(meaning, role="year")
    shell = "" if inner else next((one for one in _SHELLS if any(thing.at(one, "name") for thing in things)), "")
    inner = f"{shell}/name" if shell else inner
    path = f"{name}/{inner}" if inner else name
    column = Column(name, meaning, path, _cells(records, path), several)
    return _cast(column, inner, things) if inner and several and meaning.role == "person" else column


def _cast(column: Column, inner: str, things: Sequence[Node]) -> Column:
    """Return a list of performers with the key of their characters, if they have one."""
    names = dict.fromkeys(name for thing in things for name in thing.fields if name != inner.partition("/")[0])
    characters = [name for name in names if headingwords.meaning(name).role == "character"]
    fields = {"person": inner, **({"character": characters[0]} if characters else {})}
    return replace(column, each=column.heading, inner=fields)
