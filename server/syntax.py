"""Finds where a malformed query stops making sense, which the engine itself says only roughly.

The engine names the furthest character that any attempt has looked at, up to a keyword's length past the mistake. The
mistake is where a prefix of the query can no longer be continued: cut there and padded with spaces, the engine still
reads to the end; cut one token later, it does not.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from reelgraph.ontology import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
#: Expectations that are sentences, which say what is wrong; the rest are fragments of the grammar.
_SENTENCE = re.compile(r"\b(?:The|BIND|Already|Duplicated|Aggregate|SELECT \*|Annotations)\b[^,\[\]\"]{12,}")
_TOKEN = re.compile(
    r"""\s++|\#[^\n\r]*+|<[^\s<>"{}|^`]*+>|"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+'|[?$@]\w++"""
    r"""|[\w-]*+:[\w.-]*+|\w++|&&|\|\||\^\^|[<>!]=|.""",
    re.DOTALL,
)
_PREFIX = re.compile(r"\bPREFIX\s+([^\s:<]*):", re.IGNORECASE)
_BAD_IRI = "IRI parsing failed"
#: What the engine expects inside a string only.
_IN_STRING = r'"\\u"'
_UPDATE = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
#: How far the engine looks past a mistake, at most, and how long a query may be to be looked at closely.
_LOOKAHEAD = 24
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a query is malformed (counted from 1), the line it is in, and what is wrong there."""

    line: int
    column: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.reason}\n{self.text}\n{' ' * (self.column - 1)}^"


def mistake(query: str, message: str, parse: Callable[[str], str | None], declared: Container[str] = ()) -> Mistake:
    """Return the mistake in a query the engine refused with `message`; `parse` returns the engine's message or None.

    `declared` are prefixes that need no declaration.
    """
    found = _PLACE.search(message)
    if found is None:
        return Mistake(1, 1, query.partition("\n")[0], message)
    place, expected = _offset(query, found), found[3]
    if _IN_STRING not in expected and len(query) <= _LONGEST:
        place = _closest(query, place, parse)
    if _BAD_IRI in expected and query.count("<", 0, place + 1):
        place = query.rfind("<", 0, place + 1)
    start = query.rfind("\n", 0, place) + 1
    text = query[start:].partition("\n")[0].rstrip("\r")
    return Mistake(query.count("\n", 0, place) + 1, place - start + 1, text, _reason(query, place, expected, declared))


def _offset(query: str, found: re.Match[str]) -> int:
    """Return the place in the text that the engine's line and column mean."""
    start = 0
    for _ in range(int(found[1]) - 1):
        start = query.find("\n", start) + 1
    return min(start + int(found[2]) - 1, len(query))


def _closest(query: str, far: int, parse: Callable[[str], str | None]) -> int:
    """Return the start of the first token that cannot follow what is before it."""
    starts = [token.start() for token in _TOKEN.finditer(query) if not _is_gap(token[0])] + [len(query)]
    near = [start for start in starts if far - 2 * _LOOKAHEAD <= start <= far]
    return max((start for start in near if _can_go_on(query[:start], parse)), default=far)


def _can_go_on(prefix: str, parse: Callable[[str], str | None]) -> bool:
    padded = prefix + " " * (2 * _LOOKAHEAD)
    found = _PLACE.search(parse(padded) or "")
    return found is None or _offset(padded, found) > len(prefix) + _LOOKAHEAD


def _is_gap(token: str) -> bool:
    return token.isspace() or token.startswith("#")


def _reason(query: str, place: int, expected: str, declared: Container[str]) -> str:
    token = next((found[0] for found in _TOKEN.finditer(query, place) if not _is_gap(found[0])), "")
    if sentence := _SENTENCE.search(expected):
        return sentence[0].strip()
    if _IN_STRING in expected:
        return "a string that begins before is not closed in its line"
    if _BAD_IRI in expected and token.startswith("<"):
        return f"{_short(query[place:].partition('>')[0])}> is not an absolute IRI"
    if not token:
        return "the query ends too early" if query.strip() else "the query is empty"
    if _UPDATE.fullmatch(token):
        return f"{token} begins an update; only queries are answered here"
    prefix = token.partition(":")[0]
    if prefix == "_":
        return f"{token} stands in two groups, where it would mean two things; use a variable"
    if ":" in token and token[0] not in "<\"'" and prefix not in declared and prefix not in _PREFIX.findall(query):
        hint = f"; begin with PREFIX {prefix}: <{PREFIXES[prefix]}>" if prefix in PREFIXES else ""
        return f"the prefix {prefix}: is not declared{hint}"
    return f"unexpected {_short(token)}"


def _short(token: str) -> str:
    return token if len(token) <= 60 else f"{token[:60]}…"
