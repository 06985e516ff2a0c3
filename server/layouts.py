"""How kinds of facts are shown, as `layouts.toml` says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and the fields whose values it holds."""

    heading: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of fact is shown; the comments of `layouts.toml` say what each part means."""

    kind: str
    title: str
    key: tuple[str, ...]
    shape: str = "table"
    columns: tuple[Column, ...] = ()
    sort: tuple[str, ...] = ()
    repeats: bool = False
    folds: bool = False
    value: str = ""
    query: str = ""
    chart: str = ""
    expected: bool = False
    seen: Mapping[str, str] = field(default_factory=dict)


@cache
def layouts() -> Mapping[str, Layout]:
    """Return the layout of each kind of fact, in the order of a film's page."""
    text = files("reelgraph.server").joinpath("layouts.toml").read_text("utf-8")
    return {kind: _layout(kind, table) for kind, table in tomllib.loads(text).items()}


def layout(kind: str) -> Layout:
    """Return the layout of a kind of fact; one that nobody wrote a layout for shows all its fields."""
    known = layouts().get(kind)
    if known is not None:
        return known
    name = kind.rpartition("#")[2].rpartition("/")[2] or kind
    return Layout(kind, name.replace("-", " ").capitalize(), ("value", "title"), "fact")


def _layout(kind: str, table: Mapping[str, object]) -> Layout:
    def texts(name: str) -> tuple[str, ...]:
        found = table.get(name, ())
        return tuple(map(str, found)) if isinstance(found, list) else ()

    seen = table.get("seen", {})
    return Layout(
        kind,
        str(table["title"]),
        texts("key"),
        str(table.get("shape", "table")),
        tuple(_column(text) for text in texts("columns")),
        texts("sort"),
        bool(table.get("repeats", False)),
        bool(table.get("folds", False)),
        str(table.get("value", "")),
        str(table.get("query", "")),
        str(table.get("chart", "")),
        bool(table.get("expected", False)),
        dict(seen) if isinstance(seen, dict) else {},
    )


def _column(text: str) -> Column:
    fields, _, heading = text.partition("=")
    return Column(heading, tuple(fields.split("+")))
