"""TOML read as JSON is: values with their pointers and places. Dates and numbers stay as they are written."""

import re
import tomllib
from functools import lru_cache

from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.yamltext import TreeError

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}(?!\")|'''.*?'{3,5}(?!')|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'", re.DOTALL
)
_BARE = re.compile(r"[^,\]}\n#]+")
_KEY = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[\w-]+")
_WORDS = {"true": True, "false": False}


@lru_cache(maxsize=2)
def read(text: str) -> Node:
    """Return the value of a TOML text; raise `TreeError` if it is none."""
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.count("\n") + 1, 1)
        raise TreeError(_PLACE.sub("", str(error)), line, column) from None
    except RecursionError:
        raise TreeError("nested too deeply", 1, 1) from None
    return _Reader(text).document()


class _Reader:
    """Finds the places of the values in a text that is sound."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = int(text.startswith("\ufeff"))

    def skip(self, pattern: re.Pattern[str] = _BLANK) -> str:
        """Go on behind what is no value, and return the character that stands there."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def document(self) -> Node:
        root = table = Node({}, "", 0, len(self.text))
        while first := self.skip():
            if first == "[":
                several = self.text.startswith("[[", self.at)
                self.at += 1 + several
                *way, last = self.keys()
                self.at = self.text.index("]", self.at) + 1 + several
                table = _below(_inside(root, way), last, several=several)
            else:
                self.pair(table)
        return root

    def pair(self, table: Node) -> None:
        """Read a key and its value into a table."""
        *way, last = self.keys()
        self.at = self.text.index("=", self.at) + 1
        inner = _inside(table, way)
        inner.fields[last] = self.value(_pointer(inner, last))

    def keys(self) -> list[str]:
        """Return the parts of a key."""
        found: list[str] = []
        while True:
            self.skip(_SPACE)
            match = _KEY.match(self.text, self.at)
            if match is None:
                return found
            found.append(_string(match[0]) if match[0][0] in "\"'" else match[0])
            self.at = match.end()
            if self.skip(_SPACE) != ".":
                return found
            self.at += 1

    def value(self, pointer: str) -> Node:
        first, start = self.skip(), self.at
        if first == "[":
            members: list[Node] = []
            self.at += 1
            while self.skip() != "]":
                members.append(self.value(f"{pointer}/{len(members)}"))
                self.at += self.skip() == ","
            self.at += 1
            return Node(members, pointer, start, self.at)
        if first == "{":
            table = Node({}, pointer, start, start)
            self.at += 1
            while self.skip() != "}":
                self.pair(table)
                self.at += self.skip() == ","
            self.at += 1
            return Node(table.value, pointer, start, self.at)
        quoted = _STRING.match(self.text, start)
        if quoted:
            self.at = quoted.end()
            return Node(_string(quoted[0]), pointer, start, self.at, 3 if quoted[0][:3] in ("'''", '"""') else 1)
        bare = _BARE.match(self.text, start)
        words = bare[0].rstrip() if bare else ""
        self.at = start + max(len(words), 1)
        return Node(_WORDS.get(words, words), pointer, start, start + len(words), 0)


def _inside(table: Node, way: list[str]) -> Node:
    """Return the table that a way of keys leads to; of a list of tables, the last one."""
    for key in way:
        table = _below(table, key, several=False)
    return table


def _below(table: Node, key: str, *, several: bool) -> Node:
    """Return the table under a key, a new one at the end of the list if that is one of several."""
    found = table.fields.get(key)
    pointer = _pointer(table, key)
    if several:
        members = found.value if found is not None and isinstance(found.value, list) else []
        one = Node({}, f"{pointer}/{len(members)}")
        members.append(one)
        table.fields[key] = Node(members, pointer)
        return one
    if found is None:
        found = table.fields[key] = Node({}, pointer)
    return found.value[-1] if isinstance(found.value, list) else found


def _pointer(table: Node, key: str) -> str:
    return f"{table.pointer}/{key.replace('~', '~0').replace('/', '~1')}"


def _string(words: str) -> str:
    return str(tomllib.loads(f"x = {words}")["x"])
