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
            yield [cell.strip() for cell in line.split("|")]


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a line that are separated by `|`."""
    return tuple(phrase.strip() for phrase in text.split("|"))


@dataclass(frozen=True, eq=False)
class Terms:
    """Wordings of one kind of thing, each with the canonical name it stands for.

    `wordings` maps the text as written to the canonical name. Case matters in text unless `ignore_case`, never in
    `canonical`. `bounded` terms begin and end at word borders.
    """

    wordings: Mapping[str, str]
    ignore_case: bool = False
    bounded: bool = True

    @cached_property
    def names(self) -> frozenset[str]:
        """The canonical names."""
        return frozenset(self.wordings.values())

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Canonical names by the compared form of each wording; where two things share a wording the first holds."""
        return {key(wording): name for wording, name in reversed(list(self.wordings.items()))}

    @cached_property
    def source(self) -> str:
        """A regular expression without groups that matches any of the wordings, the longest possible."""
        wordings = {w for wording in self.wordings for w in (wording, plain(wording))}
        return _alternation({w.lower() for w in wordings} if self.ignore_case else wordings, bounded=self.bounded)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled `source`."""
        return re.compile(self.source, re.IGNORECASE if self.ignore_case else re.NOFLAG)

    def canonical(self, text: str) -> str:
        """Return the canonical name for a whole wording, whatever its case and accents; empty if there is none."""
        return self.keys.get(key(text), "")

    @cached_property
    def _lower(self) -> re.Pattern[str]:
        """The pattern for lower-cased text: without the flag the engine skips what cannot begin a term."""
        return re.compile(self.source)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """Yield the terms in `text[start:end]` from left to right, the longest at each place."""
        pattern = self.pattern
        if self.ignore_case and len(lower := text.lower()) == len(text):
            pattern, text = self._lower, lower
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            yield Found(self.keys[key(match[0])], match.start(), match.end())

    def starts(self, text: str, position: int = 0) -> Found | None:
        """Return the term that begins exactly at `position`."""
        match = self.pattern.match(text, position)
        return Found(self.keys[key(match[0])], match.start(), match.end()) if match else None

    def only(self, names: Iterable[str]) -> "Terms":
        """Return the terms of `names` alone."""
        wanted = frozenset(names)
        kept = {wording: name for wording, name in self.wordings.items() if name in wanted}
        return Terms(kept, ignore_case=self.ignore_case, bounded=self.bounded)


@cache
def tables(file: str) -> Mapping[str, str]:
    """Return the tables of a vocabulary file by name, those of a TOML section as `section.name`.

    >>> phrases(tables("currencies")["multipliers.7"])[0]
    'crore'
    """
    with (_FOLDER / f"{file}.toml").open("rb") as opened:
        data: dict[str, str | dict[str, str]] = tomllib.load(opened)
    flat: dict[str, str] = {}
    for label, value in data.items():
        flat |= {label: value} if isinstance(value, str) else {f"{label}.{k}": v for k, v in value.items()}
    return flat


def terms(file: str, *labels: str, ignore_case: bool = False, skip: int = 0) -> Terms:
    """Return the terms of tables whose rows are a canonical name, `skip` cells of something else, and wordings.

    The name is a wording, too, unless `skip` is negative.
    """
    wordings: dict[str, str] = {}
    for label in labels:
        for name, *others in rows(tables(file)[label]):
            for wording in others if skip < 0 else (name, *others[skip:]):
                wordings.setdefault(wording, name)
    return Terms(wordings, ignore_case=ignore_case)


def line(file: str, label: str, *, ignore_case: bool = True) -> Terms:
    """Return the terms of a line of phrases, each its own canonical name."""
    return Terms({phrase: phrase for phrase in phrases(tables(file)[label])}, ignore_case=ignore_case)


def numbers(file: str, label: str) -> Mapping[str, float]:
    """Return the numbers of a line such as `one=1|half=0.5`."""
    pairs = (pair.rpartition("=") for pair in phrases(tables(file)[label]))
    return {word: float(number) for word, _, number in pairs}


class _Node:
    """A node of a prefix tree: `next` by pattern of one character, `ends` if a wording ends here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends = False
        self.next: dict[str, _Node] = {}


def _alternation(wordings: Iterable[str], *, bounded: bool) -> str:
    """Return the alternation of `wordings` as a prefix tree, so that matching does not slow down with their number.

    The check for a word border stands behind the first character: then the engine skips all other first characters.
    """
    root = _Node()
    for wording in wordings:
        node = root
        for character in wording:
            node = node.next.setdefault(_LOOSE.get(character) or re.escape(character), _Node())
        node.ends = True
    branches = [
        first + (r"(?<!\w.)" if bounded else "") + _source(node, bounded=bounded)
        for first, node in sorted(root.next.items())
    ]
    return f"(?:{'|'.join(branches)})" if branches else "(?!)"


def _source(node: _Node, *, bounded: bool) -> str:
    """Return the pattern of what may follow a node, longest first."""
    stop = r"(?!\w)" if bounded else ""
    if not node.next:
        return stop
    branches = [character + _source(below, bounded=bounded) for character, below in sorted(node.next.items())]
    if node.ends:
        branches.append(stop)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
