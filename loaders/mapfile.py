"""Mapping files: a short YAML that says which columns or keys of a table or JSON file state which facts.

It is a YAML of our own, not RML through morph-kgc, because every fact must cite the cell it comes from, records must be
read one after the other without an SQL engine, and running text inside a cell must reach the extractors for prose.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from reelgraph.errors import DocumentError
from reelgraph.model import STATUSES

#: Ways to read a value beside those its field implies.
PARSERS = ("text", "int", "decimal", "date", "day-first", "month-first", "minutes", "money", "name", "year", "truth")
#: Those that read a date.
DATES = ("date", "day-first", "month-first")
_TOP = ("files", "format", "records", "delimiter", "columns", "site", "language", "film", "facts", "text")
_OPTIONS = ("from", "as", "split", "constant", "prefix", "optional")
_FORMATS = ("", "csv", "tsv", "json", "jsonl")
#: What `split` can be beside a sign: the ways a list of names is written, and a list in JSON inside a cell.
NAMES, LIST = "names", "json"
#: The field that `kind: column` means, where it is not the first of the kind.
_MAIN = {"rating": "value", "content-rating": "rating", "money": "amount", "release": "date", "description": "text",
         "opinion": "text", "user-review": "text", "award-count": "count", "people": "object"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """How one value is got: from a column or path, or a constant; a text may be split, parsed, and given a prefix."""

    path: str = ""
    parser: str = ""
    split: str = ""
    constant: str = ""
    prefix: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A fact for each value of `fields[main]`, or for each object of the list `each` that has values of `where`."""

    kind: str
    main: str
    fields: Mapping[str, Part]
    each: str = ""
    status: str = "actual"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping file, checked: where the records are, what names the film, which facts and texts they hold."""

    title: Part
    year: Part | None = None
    ids: Mapping[str, Part] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    texts: tuple[Part, ...] = ()
    records: str = ""
    form: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    site: str = ""
    language: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def paths(self) -> list[Part]:
        """Return all parts that name a column or path of the record itself."""
        parts = [self.title, *([self.year] if self.year else []), *self.ids.values(), *self.texts]
        parts += [Part(path) for path in self.where if path not in {part.path for part in parts}]
        for rule in self.rules:
            parts += [Part(rule.each)] if rule.each else []
            for part in rule.fields.values():
                if not rule.each:
                    parts.append(part)
                elif part.path.startswith("/"):
                    parts.append(Part(part.path[1:], optional=part.optional))
        return [part for part in parts if part.path]


@cache
def ranges() -> Mapping[str, Mapping[str, str]]:
    """Return for each kind of fact its fields with their ranges."""
    text = (files("reelgraph.ontology") / "facts.toml").read_text(encoding="utf-8")
    return {
        kind: {name: str(line).split()[-1] for name, line in row["fields"].items()}
        for kind, row in tomllib.loads(text).items()
    }


@cache
def parse(text: str) -> Plan:
    """Return the plan of a mapping file; what is wrong in it is a `DocumentError` that says where."""
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        place = f"line {where.line + 1}: " if where else ""
        raise DocumentError(f"mapping: {place}not YAML ({getattr(error, 'problem', None) or error})") from None
    top = _table(content, "mapping", _TOP)
    film = _table(top.get("film"), "film", ("title", "year", "ids", "where"))
    if "title" not in film:
        raise DocumentError("mapping: film: `title` is missing; it names the column of the title")
    form = _text(top, "format")
    if form not in _FORMATS:
        raise DocumentError(f"mapping: format: must be {', '.join(_FORMATS[1:])}, not {form!r}")
    ids = film.get("ids") or {}
    return Plan(
        _part(film["title"], "film: title"),
        _part(film["year"], "film: year") if "year" in film else None,
        {name: _part(one, f"film: ids: {name}") for name, one in _table(ids, "film: ids").items()},
        tuple(_rules(top.get("facts") or {})),
        tuple(_part(one, "text") for one in _list(top.get("text"))),
        _text(top, "records").strip("/"),
        form,
        _text(top, "delimiter"),
        tuple(str(one) for one in _list(top.get("columns"))),
        _text(top, "site"),
        _text(top, "language"),
        {path: tuple(map(str, _list(one))) for path, one in _table(film.get("where") or {}, "film: where").items()},
    )


def _rules(facts: object) -> Sequence[Rule]:
    found = []
    for kind, given in _table(facts, "facts").items():
        if kind not in ranges():
            raise DocumentError(f"mapping: facts: {kind!r} is no kind of fact; kinds are {', '.join(ranges())}")
        found += [_rule(kind, one) for one in _list(given)]
    return found


def _rule(kind: str, given: object) -> Rule:
    known, where = ranges()[kind], f"facts: {kind}"
    main = _MAIN.get(kind) or next(iter(known))
    if not isinstance(given, dict):
        return Rule(kind, main, {main: _part(given, where)})
    row = _table(given, where, (*_OPTIONS, "each", "status", *known))
    status = str(row.get("status", "actual"))
    if status not in STATUSES:
        raise DocumentError(f"mapping: {where}: status must be one of {', '.join(STATUSES)}, not {status!r}")
    options = {name: value for name, value in row.items() if name in _OPTIONS}
    fields = {name: _part(value, f"{where}: {name}") for name, value in row.items() if name in known}
    if options:
        fields = {main: _part(options, where), **fields}
    if not fields:
        raise DocumentError(f"mapping: {where}: no field is mapped; its fields are {', '.join(known)}")
    return Rule(kind, main, fields, _text(row, "each"), status)


def _part(given: object, where: str) -> Part:
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        return Part(str(given))
    row = _table(given, where, _OPTIONS)
    part = Part(
        _text(row, "from"), _text(row, "as"), _text(row, "split"), _text(row, "constant"), _text(row, "prefix"),
        bool(row.get("optional", False)),
    )  # fmt: skip
    if bool(part.path) == bool(part.constant):
        raise DocumentError(f"mapping: {where}: give either `from`, a column or path, or `constant`, a value")
    if part.parser and part.parser not in PARSERS:
        raise DocumentError(f"mapping: {where}: as: must be one of {', '.join(PARSERS)}, not {part.parser!r}")
    return part


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str | int | float):
        raise DocumentError(f"mapping: {name}: must be a text")
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _table(value: object, where: str, known: Sequence[str] = ()) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DocumentError(f"mapping: {where}: must be a table of names and values")
    for name in value:
        if known and name not in known:
            raise DocumentError(f"mapping: {where}: {name!r} is unknown; there are {', '.join(known)}")
    return {str(name): one for name, one in value.items()}
