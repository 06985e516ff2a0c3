"""JSON read together with the place of every value, so that a fact can cite its pointer and its words."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.base import Cell
from reelgraph.model import Span

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r'"([^"\\]*)"')
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORD = re.compile(r"true|false|null")
_WORDS = {"true": True, "false": False, "null": None}
_DEPTH = 200

Scalar = str | int | float | bool | None


class JsonError(ValueError):
    """A text is not JSON from `offset` on."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value with its JSON pointer and the code points it stands at; a missing value is a `None` node.

    `edge` is how many signs stand before and after a string in its place, as its quotes do.
    """

    value: "dict[str, Node] | list[Node] | Scalar"
    pointer: str = ""
    start: int = 0
    end: int = 0
    edge: int = 1

    def __bool__(self) -> bool:
        return self.value not in (None, "", [], {})

    def __iter__(self) -> "Iterator[Node]":
        """Yield the members of a list, or the single value itself, for data that write either."""
        if isinstance(self.value, list):
            yield from self.value
        elif self.value is not None:
            yield self

    def at(self, *path: str | int) -> "Node":
        """Return the value below `path`, a `None` node where there is none."""
        node = self
        for step in path:
            value = node.value
            if isinstance(value, dict) and isinstance(step, str):
                node = value.get(step) or Node(None, f"{node.pointer}/{step}")
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                node = value[step]
            else:
                return Node(None, f"{node.pointer}/{step}")
        return node

    @property
    def fields(self) -> "dict[str, Node]":
        """The members of an object, nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str:
        """A string or number as text, HTML entities resolved; empty for any other value."""
        if isinstance(self.value, str):
            return " ".join((html.unescape(self.value) if "&" in self.value else self.value).split())
        return str(self.value) if isinstance(self.value, int | float) and not isinstance(self.value, bool) else ""

    @property
    def integer(self) -> int | None:
        """A whole number, also one written as a string."""
        digits = self.text.replace(",", "")
        return int(digits) if re.fullmatch(r"-?\d{1,18}", digits) else None

    @property
    def cell(self) -> Cell:
        """The value's words and place, without the quotes of a string."""
        inner = self.edge if isinstance(self.value, str) else 0
        return Cell(self.text, self.pointer or "/", Span(self.start + inner, self.end - inner) if self.end else None)


class _Reader:
    """A recursive reader that can keep what it read before an error."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.limit = text, end
        self.error: JsonError | None = None

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at, self.limit)
        return match.end() if match else at

    def fail(self, message: str, at: int) -> None:
        self.error = self.error or JsonError(message, at)

    def string(self, at: int) -> tuple[str, int] | None:
        match = _PLAIN.match(self.text, at, self.limit)
        if match:
            return match[1], match.end()
        match = _STRING.match(self.text, at, self.limit)
        if match is None:
            self.fail("a string that does not end", at)
            return None
        try:
            return str(json.loads(match[0], strict=False)), match.end()
        except ValueError:
            self.fail("a wrong escape in a string", at)
            return None

    def value(self, at: int, pointer: str, depth: int) -> Node | None:
        first = self.text[at] if at < self.limit else ""
        if depth > _DEPTH:
            self.fail(f"nested more than {_DEPTH} deep", at)
        elif first == "{":
            return self.members(at, pointer, depth)
        elif first == "[":
            return self.elements(at, pointer, depth)
        elif first == '"':
            read = self.string(at)
            return Node(read[0], pointer, at, read[1]) if read else None
        else:
            return self.scalar(at, pointer)
        return None

    def scalar(self, at: int, pointer: str) -> Node | None:
        word = _WORD.match(self.text, at, self.limit)
        if word:
            return Node(_WORDS[word[0]], pointer, at, word.end())
        number = _NUMBER.match(self.text, at, self.limit)
        if number is None or (number.end() == self.limit and pointer):
            self.fail("no JSON value" if at < self.limit else "the text ends in the middle", at)
            return None
        digits = number[0]
        return Node(int(digits) if digits.lstrip("-").isdigit() else float(digits), pointer, at, number.end())

    def members(self, at: int, pointer: str, depth: int) -> Node:
        found: dict[str, Node] = {}
        here = self.skip(at + 1)
        while here < self.limit and self.text[here] == '"':
            key = self.string(here)
            if key is None:
                break
            here = self.skip(key[1])
            if self.text[here : here + 1] != ":":
                self.fail('":" expected after a key', here)
                break
            step = key[0].replace("~", "~0").replace("/", "~1")
            child = self.value(self.skip(here + 1), f"{pointer}/{step}", depth + 1)
            if child is not None:
                found[key[0]] = child
                here = self.skip(child.end)
            if self.error or not self.follows(here, "}"):
                break
            here = self.skip(here + 1) if self.text[here] == "," else here
        if not self.error and self.text[here : min(here + 1, self.limit)] != "}":
            self.fail('a key or "}" expected', here)
        return Node(found, pointer, at, here + 1)

    def elements(self, at: int, pointer: str, depth: int) -> Node:
        found: list[Node] = []
        here = self.skip(at + 1)
        while here < self.limit and self.text[here] != "]":
            child = self.value(here, f"{pointer}/{len(found)}", depth + 1)
            if child is not None:
                found.append(child)
                here = self.skip(child.end)
            if self.error or not self.follows(here, "]"):
                break
            here = self.skip(here + 1) if self.text[here] == "," else here
        if not self.error and here >= self.limit:
            self.fail("the text ends in the middle", here)
        return Node(found, pointer, at, here + 1)

    def follows(self, at: int, closing: str) -> bool:
        """Whether a comma or the closing bracket stands at `at`; anything else is an error."""
        character = self.text[at : min(at + 1, self.limit)]
        if character not in (",", closing) or not character:
            self.fail(f'"," or "{closing}" expected' if character else "the text ends in the middle", at)
            return False
        return character == "," or character == closing


def parse(text: str, start: int = 0, end: int | None = None, pointer: str = "") -> Node:
    """Return the JSON value of `text[start:end]`; raise `JsonError` with the offset in `text` if it is none.

    >>> parse('{"a": [1, {"b": "x"}]}').at("a", 1, "b").cell
    Cell(text='x', pointer='/a/1/b', span=Span(start=17, end=18))
    """
    node, error = parse_partly(text, start, end, pointer)
    if error:
        raise error
    return node


def parse_partly(text: str, start: int = 0, end: int | None = None, pointer: str = "") -> tuple[Node, JsonError | None]:
    """Return what can be read of a JSON text, and the error it breaks off with, if any."""
    limit = len(text) if end is None else end
    reader = _Reader(text, limit)
    found = reader.value(reader.skip(start), pointer, 0)
    node = Node(None, pointer) if found is None else found
    if not reader.error:
        rest = reader.skip(node.end)
        if rest < limit and text[rest] != "\x00":
            reader.fail("text after the JSON value", rest)
    return node, reader.error
