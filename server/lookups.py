"""Answers look-ups in the server process itself, which costs a fraction of what a query process does.

Only queries in a few plain forms come here, which are recognised as a whole: those of one triple pattern, and stars
whose work was found to be small (`stars`). Each step of the engine then gives a row or is one of a few, and every row
passes `_Output`, which breaks off after some milliseconds or kilobytes. So nothing here can last or grow; what breaks
off, and whatever else is asked, is answered by a process that can be killed.
"""

import re
from functools import lru_cache
from time import monotonic
from typing import IO, NamedTuple, cast

import pyoxigraph

from reelgraph.server.limits import Limits
from reelgraph.server.rows import Counter, counter
from reelgraph.server.serializers import RESULT_FORMATS
from reelgraph.server.stars import IRI, PREFIX, Bounds, Pattern, prefixes, terms_of

#: Seconds and bytes after which a look-up is no longer one, and characters its query may have.
_SECONDS = 0.005
_BYTES = 64 << 10
_LONGEST = 4096

_NAME = r"[a-z][\w-]*+:\w[\w-]*+"
_VARIABLE = r"[?$][a-z_]\w*+"
_LITERAL = r"\"[^\"\\\n\r]*+\"(?:@[a-z]+(?:-[a-z0-9]+)*+)?"
_FACT = rf"(?:{IRI}|{_NAME}|{_VARIABLE}|a)\s++(?:{IRI}|{_NAME}|{_VARIABLE}|{_LITERAL})"
_TRIPLE = rf"(?:{IRI}|{_NAME}|{_VARIABLE})\s++{_FACT}"
_LOOKUP = re.compile(
    rf"""\s*+((?:{PREFIX.replace("(", "(?:")})*+)
    (?:(ask)|select\s++(?:\*|{_VARIABLE}(?:\s++{_VARIABLE})*+))\s*+(?:where\s*+)?
    \{{\s*+({_TRIPLE}(?:\s*+;\s*+{_FACT}|\s*+\.(?=[\s<?$])\s*+{_TRIPLE}){{0,7}}+)(?:\s*+\.)?\s*+\}}\s*+
    (limit\s++\d{{1,9}}\s*+)?(?:\#[^\n\r]*+)?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_TERM = re.compile(rf"{IRI}|{_NAME}|{_VARIABLE}|{_LITERAL}|[a;.]", re.IGNORECASE | re.ASCII)


class _LargeError(Exception):
    """The answer is not that of a look-up."""


class _Output:
    """Takes an answer as long as it is small."""

    def __init__(self, limits: Limits, rows: Counter | None) -> None:
        self.data = bytearray()
        self._most = _BYTES if limits.bytes is None else min(_BYTES, limits.bytes)
        self._rows = rows
        self._most_rows = limits.rows or 0
        self._ends = monotonic() + _SECONDS

    def write(self, data: bytes) -> int:
        is_late = len(self.data) > 0 and monotonic() > self._ends  # the first piece may be all
        self.data += data
        many = self._rows is not None and self._rows.count(data) > self._most_rows
        if many or len(self.data) > self._most or is_late:
            raise _LargeError
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


class Lookup(NamedTuple):
    """A query that may be a look-up, and its triple patterns; `only_asks` is ASK without anything after it."""

    query: str
    prologue: str
    patterns: tuple[Pattern, ...]
    only_asks: bool


def found(query: str) -> Lookup | None:
    """Return a query over the union of all graphs as a look-up, None if it has another form."""
    if len(query) > _LONGEST or (match := _LOOKUP.fullmatch(query)) is None:
        return None
    prologue, asks, body, limit = match.groups()
    patterns = _patterns(body)
    if len(patterns) == 1:
        variables = [term[1:] for term in patterns[0] if term[0] in "?$"]
        if len(set(variables)) < len(variables):
            return None  # `?x ?p ?x` would look at much and give little
    return Lookup(query, prologue, patterns, only_asks=asks is not None and limit is None)


def _patterns(body: str) -> tuple[Pattern, ...]:
    """Return the triple patterns of a body that is well formed."""
    terms = _TERM.findall(body)
    patterns = [(terms[0], terms[1], terms[2])]
    place = 3
    while place < len(terms):
        shared = terms[place] == ";"
        subject = patterns[-1][0] if shared else terms[place + 1]
        place += 1 if shared else 2
        patterns.append((subject, terms[place], terms[place + 1]))
        place += 2
    return tuple(patterns)


def answer(
    store: pyoxigraph.Store, lookup: Lookup, name: str, limits: Limits, base: str, bounds: Bounds
) -> bytes | None:
    """Return the answer to a look-up in a format, or None if a query process should give it, an error included."""
    try:
        if len(lookup.patterns) > 1 and not bounds.hold(store, lookup.patterns, lookup.prologue):
            return None
        if lookup.only_asks and limits.bytes is None and (truth := _truth(store, lookup)) is not None:
            return _boolean(name, truth)
        output = _Output(limits, None if limits.rows is None else counter(name))
        results = store.query(lookup.query, base_iri=base, use_default_graph_as_union=True)
        if not isinstance(results, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean):
            return None
        results.serialize(cast("IO[bytes]", output), RESULT_FORMATS[name])
    except (_LargeError, KeyError, SyntaxError, ValueError, OSError, RuntimeError):
        return None
    return bytes(output.data)


def _truth(store: pyoxigraph.Store, lookup: Lookup) -> bool | None:
    """Return whether anything matches an only pattern: the store tells that faster than the engine. None: ask that."""
    if len(lookup.patterns) > 1:
        return None
    try:
        subject, predicate, thing = terms_of(lookup.patterns[0], prefixes(lookup.prologue))
    except (KeyError, ValueError):
        return None
    return any(True for _ in store.quads_for_pattern(subject, predicate, thing, None))


@lru_cache(maxsize=16)
def _boolean(name: str, value: bool) -> bytes:  # noqa: FBT001 - it is all that matters here
    results = pyoxigraph.Store().query("ASK {}" if value else "ASK { ?s ?p ?o }")
    assert isinstance(results, pyoxigraph.QueryBoolean)  # noqa: S101 - it is an ASK
    return results.serialize(format=RESULT_FORMATS[name]) or b""
