"""The vocabularies of film texts: typed, frozen views of the TOML files in `vocab/`, read once on first use."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from reelgraph.loaders.prose.terms import Found, Terms, phrases, rows, terms

_FOLDER = Path(__file__).with_name("vocab")


def _table(name: str) -> dict[str, str]:
    """Return one vocabulary file: strings by key, those of its tables as `table.key`."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    flat: dict[str, str] = {}
    for label, value in data.items():
        if isinstance(value, dict):
            flat.update({f"{label}.{inner}": text for inner, text in value.items()})
        else:
            flat[label] = value
    return cast("dict[str, str]", flat)


def _numbers(text: str) -> Mapping[str, int]:
    """Return the numbers of a line such as `one=1|two=2`."""
    return {word: int(number) for word, _, number in (pair.rpartition("=") for pair in phrases(text))}
