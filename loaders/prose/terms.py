"""Lists of terms, read from `vocab/`: from any wording to one canonical name, and the patterns that find them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

#: Characters that texts write in several ways; the pattern of a term allows all of them.
_LOOSE = {" ": r"\s+", "'": "['’`´]", "’": "['’`´]", "-": "[-‐‑–]", "–": "[-‐‑–]"}
_FOLD = str.maketrans({"’": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " "})


_FOLDER = Path(__file__).with_name("vocab")


class Found(NamedTuple):
    """A term at a place: its canonical name and the offsets of the words."""

    value: str
    start: int
    end: int


def plain(text: str) -> str:
    """Return `text` without accents: `César` becomes `Cesar`; letters that do not decompose (`ł`, `ø`) stay.

    >>> plain("César à Łódź")
    'Cesar a Łodz'
    """
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


def key(text: str) -> str:
    """Return the form in which wordings are compared: lower case, plain quotes, hyphens and spaces, no accents."""
    return " ".join(plain(text).translate(_FOLD).lower().split())


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table whose columns are separated by ` | `."""
    for line in text.splitlines():
        if line:
            yield [cell.strip() for cell in line.split(" | ")]


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a line that are separated by `|`."""
    return tuple(phrase.strip() for phrase in text.split("|"))


@dataclass(frozen=True, eq=False)
class Terms:
    """Wordings of one kind of thing, each with the canonical name it stands for.

    `wordings` maps the text as written to the canonical name. Case matters in text, never in `canonical`. Typographic
    quotes, spaces and hyphens match plain ones. Terms begin and end at word borders.
    """

    wordings: Mapping[str, str]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Canonical names by the compared form of each wording; where two things share a wording the first holds."""
        return {key(wording): name for wording, name in reversed(list(self.wordings.items()))}

    @cached_property
    def source(self) -> str:
        """A regular expression without groups that matches any of the wordings, the longest possible."""
        return _alternation({w for wording in self.wordings for w in (wording, plain(wording))})

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled `source`."""
        return re.compile(self.source)

    def canonical(self, text: str) -> str:
        """Return the canonical name for a whole wording, whatever its case and accents; empty if there is none."""
        return self.keys.get(key(text), "")

    def find(self, text: str) -> Iterator[Found]:
        """Yield the terms in `text` from left to right, the longest at each place."""
        for match in self.pattern.finditer(text):
            yield Found(self.keys[key(match[0])], match.start(), match.end())

    def starts(self, text: str) -> Found | None:
        """Return the term that `text` begins with."""
        match = self.pattern.match(text)
        return Found(self.keys[key(match[0])], match.start(), match.end()) if match else None


@cache
def tables(file: str) -> Mapping[str, str]:
    """Return the tables of a vocabulary file by name, each as it is written."""
    return tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


@cache
def terms(file: str, *labels: str, named: bool = True) -> Terms:
    """Return the terms of tables whose rows are a canonical name and wordings; the name is one, too, if `named`."""
    wordings: dict[str, str] = {}
    for label in labels:
        for row in rows(tables(file)[label]):
            for wording in row if named else row[1:]:
                wordings.setdefault(wording, row[0])
    return Terms(wordings)


@cache
def line(file: str, label: str) -> Terms:
    """Return the terms of a line of phrases, each its own canonical name."""
    return Terms({phrase: phrase for phrase in phrases(tables(file)[label])})


class _Node:
    """A node of a prefix tree: `next` by pattern of one character, `ends` if a wording ends here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends = False
        self.next: dict[str, _Node] = {}


def _alternation(wordings: Iterable[str]) -> str:
    """Return the alternation of `wordings` as a prefix tree, so that matching does not slow down with their number.

    The check for a word border stands behind the first character: then the engine skips all other first characters.
    """
    root = _Node()
    for wording in wordings:
        node = root
        for character in wording:
            node = node.next.setdefault(_LOOSE.get(character) or re.escape(character), _Node())
        node.ends = True
    branches = [rf"{first}(?<!\w.){_source(node)}" for first, node in sorted(root.next.items())]
    return f"(?:{'|'.join(branches)})" if branches else "(?!)"


def _source(node: _Node) -> str:
    """Return the pattern of what may follow a node, longest first."""
    branches = [character + _source(below) for character, below in sorted(node.next.items())]
    if node.ends:
        branches.append(r"(?!\w)")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
