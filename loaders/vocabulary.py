"""The word tables of the structured loaders, read once from `vocab/`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

#: A table of a vocabulary file: names to words, numbers, lists or more such tables.
Table = dict[str, dict[str, Any]]


@cache
def table(name: str) -> Table:
    """Return the tables of `vocab/NAME.toml`."""
    return tomllib.loads((files("reelgraph.loaders") / "vocab" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, section: str, key: str) -> frozenset[str]:
    """Return a list of words of a vocabulary file as a set."""
    return frozenset(table(name)[section][key])
