"""YAML read as JSON is: values with their pointers and places; a date stays as it is written.

Tags are never followed: what one says is an object of a program, or bytes, has no value here. It is read event by
event, since the parser in C ends the process where values are nested too deeply to be composed.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from reelgraph.loaders.jsontext import Node

_DEPTH = 100
#: So many values may be meant by aliases, besides as many as the file has.
_REPEATED = 10_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OBJECTS = ("tag:yaml.org,2002:python/", "tag:yaml.org,2002:binary")
_NULL, _WORDS = frozenset({"", "~", "null", "Null", "NULL"}), {"true": True, "false": False}


class TreeError(ValueError):
    """A text is no tree of values from a line and column on."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@lru_cache(maxsize=2)
def read(text: str) -> Node:
    """Return the value of a YAML text, of several documents in it a list; raise `TreeError` if it is none."""
    try:
        found = list(_Builder(text).documents())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise TreeError(error.problem or "no YAML", line, column) from None
    except yaml.YAMLError as error:
        raise TreeError(str(error).splitlines()[0], 1, 1) from None
    return found[0] if len(found) == 1 else Node(found, "", 0, len(text))


class _Builder:
    """Makes values of the events in a text; a byte order mark before them is not parsed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.before = int(text.startswith("\ufeff"))
        self.events: Iterator[Any] = yaml.parse(text[self.before :], _LOADER)
        self.end = 0
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = self.again = 0

    def documents(self) -> Iterator[Node]:
        """Yield the values of the documents in the text; from the second one on, pointers begin with a number."""
        number = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchors = {}
                yield self.value(next(self.events), f"/{number}" if number else "", 0)
                number += 1

    def value(self, event: Any, pointer: str, depth: int) -> Node:
        """Return the value that begins with an event, with all below it."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > _DEPTH:
            raise _error(f"nested more than {_DEPTH} deep", event)
        before = self.count + self.again
        self.count += 1
        node = self.made(event, pointer, depth)
        if (event.tag or "").startswith(_OBJECTS):
            node = Node(None, pointer, node.start, node.end)
        if event.anchor:
            self.anchors[event.anchor] = node, self.count + self.again - before
        return node

    def ended(self, event: Any) -> None:
        """Keep where a value ends."""
        self.end = event.end_mark.index + self.before

    def alias(self, event: Any) -> Node:
        """Return the value that an alias means, where it stands."""
        if event.anchor not in self.anchors:
            raise _error("an alias for what does not stand before it, or for what it stands in", event)
        node, values = self.anchors[event.anchor]
        self.again += values
        if self.again > _REPEATED + self.count:
            raise _error("aliases that repeat more than the file has, like a bomb", event)
        return node

    def made(self, event: Any, pointer: str, depth: int) -> Node:
        start = event.start_mark.index + self.before
        if isinstance(event, yaml.MappingStartEvent):
            fields = self.fields(pointer, depth)
            return Node(fields, pointer, start, self.end)
        if isinstance(event, yaml.SequenceStartEvent):
            members: list[Node] = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                members.append(self.value(inner, f"{pointer}/{len(members)}", depth + 1))
            self.ended(inner)
            return Node(members, pointer, start, self.end)
        self.ended(event)
        return self.scalar(event, pointer, start, self.end)

    def fields(self, pointer: str, depth: int) -> dict[str, Node]:
        """Return the members of a mapping, those it merges from another behind its own."""
        own: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.value(event, pointer, depth + 1)
            name = event.value if isinstance(event, yaml.ScalarEvent) else key.text
            step = name.replace("~", "~0").replace("/", "~1")
            value = self.value(next(self.events), f"{pointer}/{step}", depth + 1)
            if name == "<<":
                merged = {name: one for other in reversed(list(value)) for name, one in other.fields.items()} | merged
            else:
                own[name] = value
        self.ended(event)
        return own | {name: value for name, value in merged.items() if name not in own}

    def scalar(self, event: Any, pointer: str, start: int, end: int) -> Node:
        """Return a single value as it is written; only `true`, `false` and nothing are other values than text."""
        words = event.value
        if event.style in ("'", '"'):
            return Node(words, pointer, start, end)
        if event.style in ("|", ">"):
            line = self.text.find("\n", start, end) + 1 or end
            start = line + len(self.text[line:end]) - len(self.text[line:end].lstrip())
            end = start + len(self.text[start:end].rstrip())
        elif words in _NULL:
            return Node(None, pointer, start, end)
        return Node(_WORDS.get(words.lower(), words), pointer, start, end, 0)


def _error(message: str, event: Any) -> TreeError:
    return TreeError(message, event.start_mark.line + 1, event.start_mark.column + 1)
