"""Gives an update the dataset that a request names for it, as USING clauses: the engine takes it from the text only."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.server.problem import HttpError

#: A token of SPARQL, as the standard reads it.
TOKEN = re.compile(
    r"""\s++|\#[^\n\r]*+|<[^\s<>"{}|^`]*+>|'''(?:'{0,2}(?:[^'\\]|\\.))*+'''|\"""(?:"{0,2}(?:[^"\\]|\\.))*+\"""
    |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+'|[?$@]\w++|[\w-]*+:(?:\\.|[\w.:%-])*+|\w++|.""",
    re.DOTALL | re.VERBOSE,
)
_BAD = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return the update with these graphs in each of its WHERE operations; refuse one that has its own."""
    for iri in (*default, *named):
        if not iri or _BAD.search(iri):
            raise HttpError(400, f"a graph's IRI is malformed: {iri!r}")
    clauses = [f"USING <{iri}>" for iri in default] + [f"USING NAMED <{iri}>" for iri in named]
    using = " ".join(clauses)
    pieces: list[str] = []
    previous, last = "", 0
    for word, start, end in _outermost(update):
        if word in ("using", "with"):
            raise HttpError(400, f"the update has {word.upper()} and the request names graphs too; use one of both")
        if word == "where":
            block = update[end : _close(update, end)] if previous == "delete" else ""
            pieces += [update[last:start], f"{block} " if block else "", f"{using} "]
            last = start
        previous = word
    return "".join([*pieces, update[last:]])


def _outermost(update: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words and marks outside of braces, in small letters, with their place."""
    depth = 0
    for token in TOKEN.finditer(update):
        text = token[0]
        if text == "}":
            depth -= 1
        elif text == "{":
            depth += 1
        elif depth == 0 and not text.isspace() and text[0] != "#":
            yield text.lower(), token.start(), token.end()


def _close(update: str, start: int) -> int:
    """Return the end of the block in braces that begins after `start`."""
    depth = 0
    for token in TOKEN.finditer(update, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if token[0] == "}" and depth == 0:
            return token.end()
    return len(update)
