"""The `#+` header of a query file: one YAML block, read into nested blocks that know their lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from reelgraph.errors import QueryError

_MARK = "#+"
_Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping of the header: its entries, and the line of the file each is on. Scalars stay text, null is None."""

    path: Path
    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def error(self, message: str, key: str = "") -> QueryError:
        """Return an error that names the file and the line of this block, or of one of its keys."""
        return fault(self.path, self.lines.get(key, self.line), message)

    def allow(self, keys: Iterable[str]) -> None:
        """Refuse all keys but these."""
        known = tuple(keys)
        for key in self.entries:
            if key not in known:
                raise self.error(f"unknown key {key!r}; known: {', '.join(known)}", key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text of one value; without a default it must be there."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(f"{key} must be given, as text", key)
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the key is missing."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key} must be a list of texts", key)
        return tuple(item for item in value if isinstance(item, str))

    def number(self, key: str) -> int | None:
        """Return a whole number, or None when the key is missing."""
        value = self.entries.get(key)
        if value is None and key not in self.entries:
            return None
        if not isinstance(value, str) or not value.isdecimal():
            raise self.error(f"{key} must be a whole number", key)
        return int(value)

    def flag(self, key: str) -> bool:
        """Return true or false; a missing key is false."""
        value = self.entries.get(key, "false")
        if value not in ("true", "false"):
            raise self.error(f"{key} must be true or false", key)
        return value == "true"

    def block(self, key: str) -> "Block | None":
        """Return a mapping, or None when the key is missing."""
        value = self.entries.get(key)
        if value is None or isinstance(value, Block):
            return value
        raise self.error(f"{key} must be a mapping", key)

    def blocks(self, key: str) -> tuple["Block", ...]:
        """Return a list of mappings; one mapping counts as a list of one."""
        value = self.entries.get(key, [])
        items = [value] if isinstance(value, Block) else value
        if not isinstance(items, list) or not all(isinstance(item, Block) for item in items):
            raise self.error(f"{key} must be a list of mappings", key)
        return tuple(item for item in items if isinstance(item, Block))


Node = str | None | Block | list["Node"]


def fault(path: Path, line: int, message: str) -> QueryError:
    """Return an error about a place in a query file."""
    return QueryError(f"{path.name}:{line}: {message}")


def split(text: str, path: Path) -> tuple[str, str]:
    """Return the header as YAML and the SPARQL after it; both keep their line numbers."""
    lines = text.split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
    if not count:
        raise fault(path, 1, "no header: the file must begin with '#+ summary: …'")
    for number, line in enumerate(lines[count:], count + 1):
        if line.startswith(_MARK):
            raise fault(path, number, "a header line after the query has begun; the header is one block")
    yaml_lines = [line.removeprefix(_MARK).removeprefix(" ") for line in lines[:count]]
    return "\n".join(yaml_lines), "\n" * count + "\n".join(lines[count:])


def parse(text: str, path: Path) -> Block:
    """Return the YAML of a header as a block."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise fault(path, line, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise fault(path, 1, f"not YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode):
        raise fault(path, 1, "the header must be a mapping such as 'summary: …'")
    return _mapping(root, path)


def _mapping(node: yaml.MappingNode, path: Path) -> Block:
    block = Block(path, node.start_mark.line + 1)
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise fault(path, line, "a key must be text")
        if key.value in block.entries:
            raise fault(path, line, f"{key.value!r} is given twice")
        block.entries[key.value] = _node(value, path)
        block.lines[key.value] = line
    return block


def _node(node: yaml.Node, path: Path) -> Node:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_node(item, path) for item in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
