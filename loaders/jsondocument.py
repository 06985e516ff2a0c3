"""JSON documents: one record, a list of records, or a record a line, read as far as they are sound; YAML and TOML."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from reelgraph.loaders import tomltext, yamltext
from reelgraph.loaders.base import Facts, line_of
from reelgraph.loaders.jsontext import Node, parse_partly
from reelgraph.loaders.yamltext import TreeError
from reelgraph.model import Document

#: What holds the same values in other signs; it is read as a whole or not at all.
_OTHERS: Mapping[str, Callable[[str], Node]] = {
    "application/yaml": yamltext.read,
    "application/toml": tomltext.read,
}
_BEGINS = re.compile(r"\s*[\[{]")
_LISTS = ("results", "movies", "films", "items", "data", "Search")


def is_json(document: Document) -> bool:
    """Whether a text begins as a JSON object or list does, or holds the same in other signs."""
    return document.media_type in _OTHERS or bool(_BEGINS.match(document.text[:256].lstrip("\ufeff")))


def has_keys(document: Document, *keys: str) -> bool:
    """Whether a text begins as JSON and has all these keys near its beginning."""
    head = document.text[:65536]
    return is_json(document) and all(f'"{key}"' in head for key in keys)


def read(document: Document, facts: Facts) -> Node:
    """Return the JSON value of a document, lines of JSON as a list; what breaks off is reported, not lost."""
    text = document.text
    if document.media_type in _OTHERS:
        return _other(document, facts)
    start = 1 if text.startswith("\ufeff") else 0
    node, error = parse_partly(text, start)
    if error is None:
        return node
    if str(error) == "text after the JSON value":
        return _lines(text, node, error.offset, facts)
    place = f"line {line_of(text, error.offset)}"
    facts.warn(place, f"the JSON breaks off or is wrong here ({error}); what stands before it is loaded")
    return node


def beginning(document: Document, size: int) -> Document:
    """Return the first so many characters of a document, of one that is read as a whole all of it."""
    return document if document.media_type in _OTHERS else replace(document, text=document.text[:size])


def broken(document: Document) -> str:
    """Return where and why a text is no YAML or no TOML, as its name says; empty if it is."""
    facts = Facts("")
    if document.media_type in _OTHERS:
        _other(document, facts)
    return "".join(f"{one.place}: {one.message}" for one in facts.issues)


def _other(document: Document, facts: Facts) -> Node:
    try:
        return _OTHERS[document.media_type](document.text)
    except TreeError as error:
        called = document.media_type.rpartition("/")[2].upper()
        facts.warn(f"line {error.line}, column {error.column}", f"not {called} ({error}); mend it")
        return Node(None)


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
