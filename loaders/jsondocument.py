"""JSON documents: one record, a list of records, or a record a line, read as far as they are sound."""

import re

from reelgraph.loaders.base import Facts, line_of
from reelgraph.loaders.jsontext import Node, parse_partly
from reelgraph.model import Document

_BEGINS = re.compile(r"\s*[\[{]")
_LISTS = ("results", "movies", "films", "items", "data", "Search")


def is_json(document: Document) -> bool:
    """Whether a text begins as a JSON object or list does."""
    return bool(_BEGINS.match(document.text[:256].lstrip("\ufeff")))


def has_keys(document: Document, *keys: str) -> bool:
    """Whether a text begins as JSON and has all these keys near its beginning."""
    head = document.text[:65536]
    return is_json(document) and all(f'"{key}"' in head for key in keys)


def read(document: Document, facts: Facts) -> Node:
    """Return the JSON value of a document, lines of JSON as a list; what breaks off is reported, not lost."""
    text = document.text
    start = 1 if text.startswith("\ufeff") else 0
    node, error = parse_partly(text, start)
    if error is None:
        return node
    if str(error) == "text after the JSON value":
        return _lines(text, node, error.offset, facts)
    place = f"line {line_of(text, error.offset)}"
    facts.warn(place, f"the JSON breaks off or is wrong here ({error}); what stands before it is loaded")
    return node


def _lines(text: str, first: Node, offset: int, facts: Facts) -> Node:
    """Return records written one after the other, their pointers beginning with their number."""
    found = [first]
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        if text[offset:end].strip(" ,\r\t]"):
            node, error = parse_partly(text, offset, offset + len(text[offset:end].rstrip(" ,\r\t")), f"/{len(found)}")
            if error:
                facts.warn(f"line {line_of(text, error.offset)}", f"not JSON ({error}); the line is left out")
            else:
                found.append(node)
        offset = end + 1
    return Node(found, "", 0, len(text))


def records(node: Node) -> list[Node]:
    """Return the records of a value: the members of a list, of the list in an answer with several, or the value."""
    for name in _LISTS:
        if isinstance(node.at(name).value, list):
            return [member for member in node.at(name) if member.fields]
    return [member for member in node if member.fields]
