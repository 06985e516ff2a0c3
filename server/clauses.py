"""Finds the SERVICE clauses of a query and the LOAD operations of an update, to put in their place what they give."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from reelgraph.server.problem import HttpError
from reelgraph.server.usings import TOKEN

_FORMS = ("select", "ask", "construct", "describe", "insert", "delete", "load", "clear", "drop", "create", "with")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """A clause that asks another machine: its place in the text, the IRI it asks, and whether it fails silently.

    `inner` is the pattern of a SERVICE, or the graph clause of a LOAD.
    """

    start: int
    end: int
    iri: str
    silent: bool
    inner: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def services(query: str) -> tuple[str, list[Call]]:
    """Return the query's prologue and its SERVICE clauses."""
    tokens = list(_tokens(query))
    names = _prefixes(tokens)
    first = next((token.start for token in tokens if token.text.lower() in _FORMS), 0)
    calls: list[Call] = []
    for place, token in enumerate(tokens):
        if token.text.lower() != "service":
            continue
        if calls and token.start < calls[-1].end:
            raise HttpError(403, "SERVICE inside of SERVICE is not allowed")
        silent, place = _silent(tokens, place + 1)
        iri, opening = _iri(tokens, place, names), place + 1
        closing = _closing(tokens, opening)
        inner = query[tokens[opening].end : tokens[closing].start]
        calls.append(Call(token.start, tokens[closing].end, iri, silent, inner))
    return query[:first], calls


def loads(update: str) -> list[Call]:
    """Return the update's LOAD operations."""
    tokens = list(_tokens(update))
    names = _prefixes(tokens)
    calls: list[Call] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth or token.text.lower() != "load":
            continue
        silent, place = _silent(tokens, place + 1)
        iri, graph, end = _iri(tokens, place, names), "", tokens[place].end
        if [one.text.lower() for one in tokens[place + 1 : place + 3]] == ["into", "graph"]:
            graph, end = f"<{_iri(tokens, place + 3, names)}>", tokens[place + 3].end
        calls.append(Call(token.start, end, iri, silent, graph))
    return calls


def replaced(text: str, calls: Sequence[Call], contents: Sequence[str]) -> str:
    """Return the text with the clauses replaced."""
    pieces, last = [], 0
    for call, content in zip(calls, contents, strict=True):
        pieces += [text[last : call.start], content]
        last = call.end
    return "".join([*pieces, text[last:]])


def _tokens(text: str) -> Iterator[_Token]:
    for found in TOKEN.finditer(text):
        if not found[0].isspace() and found[0][0] != "#":
            yield _Token(found[0], found.start(), found.end())


def _prefixes(tokens: Sequence[_Token]) -> dict[str, str]:
    """Return the prefixes by name, and the base by an empty name without a colon."""
    names = {"": ""}
    for place, token in enumerate(tokens):
        following = [one.text for one in tokens[place + 1 : place + 3]]
        if token.text.lower() == "prefix" and len(following) == 2:
            names[following[0]] = urljoin(names[""], following[1][1:-1])
        elif token.text.lower() == "base" and following:
            names[""] = urljoin(names[""], following[0][1:-1])
    return names


def _silent(tokens: Sequence[_Token], place: int) -> tuple[bool, int]:
    is_silent = place < len(tokens) and tokens[place].text.lower() == "silent"
    return is_silent, place + is_silent


def _iri(tokens: Sequence[_Token], place: int, names: Mapping[str, str]) -> str:
    """Return the IRI that a token stands for, if it is one of the web."""
    text = tokens[place].text if place < len(tokens) else ""
    prefix, colon, local = text.partition(":")
    iri = ""
    if text.startswith("<") and text.endswith(">"):
        iri = urljoin(names[""], text[1:-1])
    elif colon and prefix + colon in names and "\\" not in local:
        iri = names[prefix + colon] + local
    if not _ABSOLUTE.match(iri) or "\\" in iri:
        raise HttpError(403, f"only an address written out can be asked, not {text[:100]!r}")
    return iri


def _closing(tokens: Sequence[_Token], opening: int) -> int:
    """Return the place of the brace that closes the one at `opening`."""
    depth = 0
    for place in range(opening, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[place].text, 0)
        if depth == 0:
            if place == opening:
                break
            return place
    raise HttpError(400, "a SERVICE clause has no pattern in braces")
