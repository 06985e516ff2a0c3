"""Answers look-ups in the server process itself, which costs a fraction of what a query process does.

Only queries of one triple pattern come here, in a few plain forms that are recognised as a whole: each step of the
engine then gives a row, and every row passes `_Output`, which breaks off after some milliseconds or kilobytes. So
nothing here can last or grow; what breaks off, and whatever else is asked, is answered by a process that can be killed.
"""

import re
from time import monotonic
from typing import IO, cast

import pyoxigraph

from reelgraph.server.rows import Counter, counter
from reelgraph.server.serializers import RESULT_FORMATS
from reelgraph.server.worker import Task

#: Seconds and bytes after which a look-up is no longer one, and characters its query may have.
_SECONDS = 0.005
_BYTES = 64 << 10
_LONGEST = 4096

_IRI = r"<[^\s<>\"{}|^`\\]*+>"
_NAME = r"[a-z][\w-]*+:\w[\w-]*+"
_VARIABLE = r"[?$][a-z_]\w*+"
_LITERAL = r"\"[^\"\\\n\r]*+\"(?:@[a-z]+(?:-[a-z0-9]+)*+)?"
_LOOKUP = re.compile(
    rf"""\s*+(?:prefix\s++[a-z][\w-]*+:\s*+{_IRI}\s*+)*+
    (?:ask|select\s++(?:\*|{_VARIABLE}(?:\s++{_VARIABLE})*+))\s*+(?:where\s*+)?
    \{{\s*+({_IRI}|{_NAME}|{_VARIABLE})\s++({_IRI}|{_NAME}|{_VARIABLE}|a)\s++({_IRI}|{_NAME}|{_VARIABLE}|{_LITERAL})
    (?:\s*+\.)?\s*+\}}\s*+(?:limit\s++\d{{1,9}}\s*+)?(?:\#[^\n\r]*+)?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)


class _LargeError(Exception):
    """The answer is not that of a look-up."""


class _Output:
    """Takes an answer as long as it is small."""

    def __init__(self, task: Task, rows: Counter | None) -> None:
        self.data = bytearray()
        self._most = _BYTES if task.max_bytes is None else min(_BYTES, task.max_bytes)
        self._rows = rows
        self._most_rows = task.max_rows or 0
        self._ends = monotonic() + _SECONDS

    def write(self, data: bytes) -> int:
        self.data += data
        many = self._rows is not None and self._rows.count(data) > self._most_rows
        if many or len(self.data) > self._most or monotonic() > self._ends:
            raise _LargeError
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def is_lookup(task: Task) -> bool:
    """Return whether a query is a look-up over the union of all graphs."""
    is_union = task.union and task.default_graphs is None and task.named_graphs is None
    if not is_union or task.results is None or len(task.query) > _LONGEST:
        return False
    found = _LOOKUP.fullmatch(task.query)
    if found is None:
        return False
    variables = [term[1:] for term in found.groups() if term[0] in "?$"]
    return len(set(variables)) == len(variables)  # `?x ?p ?x` would look at much and give little


def answer(store: pyoxigraph.Store, task: Task) -> bytes | None:
    """Return the answer to a look-up, or None if a query process should give it, an error included."""
    name = task.results or ""
    output = _Output(task, None if task.max_rows is None else counter(name))
    try:
        results = store.query(task.query, base_iri=task.base, use_default_graph_as_union=True)
        if not isinstance(results, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean):
            return None
        results.serialize(cast("IO[bytes]", output), RESULT_FORMATS[name])
    except (_LargeError, SyntaxError, ValueError, OSError, RuntimeError):
        return None
    return bytes(output.data)
