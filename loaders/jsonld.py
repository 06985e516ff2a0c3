"""schema.org JSON-LD blocks of a page."""

import re
from collections.abc import Iterator

from reelgraph.loaders import jsontext
from reelgraph.loaders.base import Cell, line_of
from reelgraph.loaders.items import Item, local_name
from reelgraph.loaders.jsontext import JsonError, Node
from reelgraph.model import Issue

_BLOCK = re.compile(
    r"<script\b[^<>]*\btype\s*=\s*[\"']?application/ld\+json[^<>]*>(?P<json>.*?)(?:</script\s*>|\Z)", re.I | re.DOTALL
)
_WRAPPING = re.compile(r"\s*(?:/\*+\s*)?(?://\s*)?(?:<!--)?\s*(?:<!\[CDATA\[)?\s*(?:\*+/)?\s*")
_CLOSING = re.compile(r"\s*(?:/\*+\s*)?(?://\s*)?(?:\]\]>)?\s*(?:-->)?\s*(?:\*+/)?\s*;?\s*$")


def items(text: str) -> tuple[list[Item], list[Issue]]:
    """Return the things all JSON-LD blocks of a page describe, and the blocks that cannot be read."""
    found: list[Item] = []
    issues: list[Issue] = []
    for number, block in enumerate(_BLOCK.finditer(text)):
        start, end = _inner(text, block.start("json"), block.end("json"))
        try:
            node = jsontext.parse(text, start, end, f"jsonld[{number}]")
        except JsonError as error:
            place = f"line {line_of(text, error.offset)}"
            issues.append(Issue("warning", place, f"JSON-LD block {number} is not JSON ({error}); it is left out"))
            continue
        found.extend(things(node))
    return found, issues


def things(node: Node) -> Iterator[Item]:
    """Yield the top-level things of a JSON-LD document."""
    for member in node:
        terms = _terms(member.at("@context"))
        if member.at("@graph"):
            for inner in member.at("@graph"):
                if inner.fields:
                    yield _item(inner, terms | _terms(inner.at("@context")))
        if set(member.fields) - {"@context", "@graph", "@id"}:
            yield _item(member, terms)


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the borders of the JSON in a block without the comments around it."""
    opening = _WRAPPING.match(text, start, end)
    start = opening.end() if opening else start
    closing = _CLOSING.search(text, max(start, end - 200), end)
    return start, closing.start() if closing else end


def _terms(context: Node) -> dict[str, str]:
    """Return what the keys of an inline context mean, as schema.org names; `""` for terms of other vocabularies."""
    found: dict[str, str] = {}
    for part in context:
        for key, value in part.fields.items():
            meaning = value.text or value.at("@id").text
            if not key.startswith("@") and meaning:
                found[key] = "*" if re.fullmatch(r"https?://schema\.org/", meaning) else local_name(meaning)
    return found


def _name(key: str, terms: dict[str, str]) -> str:
    prefix, colon, rest = key.partition(":")
    if colon and terms.get(prefix) == "*":
        return rest
    return terms.get(key) or local_name(key)


def _item(node: Node, terms: dict[str, str]) -> Item:
    properties: dict[str, list[Item | Cell]] = {}
    for key, value in node.fields.items():
        name = _name(key, terms)
        if key.startswith("@") or not name:
            continue
        values = properties.setdefault(name, [])
        for member in value.at("@list") or value.at("@set") or value:
            values.extend(_value(member, terms))
    types = frozenset(_name(kind.text, terms) for kind in node.at("@type") if kind.text)
    place = node.at("@id").cell if node.at("@id") else Cell("", node.pointer)
    return Item(types - {""}, node.at("@id").text, properties, place)


def _value(node: Node, terms: dict[str, str]) -> Iterator[Item | Cell]:
    if "@value" in node.fields:
        yield node.at("@value").cell
    elif node.fields:
        yield _item(node, terms)
    elif node.text:
        yield node.cell
