"""XML read together with the place of every element's text, so that a fact can cite its path and its words."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from reelgraph.loaders.base import Cell
from reelgraph.model import Span

_DEPTH = 100


class XmlError(ValueError):
    """A text is not XML from a line on."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Element:
    """An element: its name, attributes, children, own text, path, and where its text stands."""

    name: str
    attributes: dict[str, str]
    path: str
    children: "list[Element]" = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    span: Span | None = None

    @property
    def text(self) -> str:
        """The text of the element itself, with single blanks."""
        return " ".join("".join(self.parts).split())

    @property
    def cell(self) -> Cell:
        """The text and its place."""
        return Cell(self.text, self.path, self.span)

    def all(self, *names: str) -> "Iterator[Element]":
        """Yield the children of these names that say something."""
        yield from (child for child in self.children if child.name in names and (child.parts or child.children))

    def first(self, *names: str) -> "Element":
        """Return the first such child, an empty element if there is none."""
        return next(self.all(*names), Element(names[0], {}, f"{self.path}/{names[0]}"))


class _Builder:
    """Collects elements as the parser meets them."""

    def __init__(self, text: str) -> None:
        self.places = _Places(text)
        self.text = text
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity
        self.parser.buffer_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _DEPTH:
            raise XmlError(f"nested more than {_DEPTH} deep", self.parser.CurrentLineNumber)
        parent = self.open[-1] if self.open else None
        number = 1 + sum(child.name == name for child in parent.children) if parent else 1
        element = Element(
            name, attributes, f"{parent.path if parent else ''}/{name}" + (f"[{number}]" if number > 1 else "")
        )
        if parent:
            parent.children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if element.span and not element.children:
            words = self.text[element.span.start : (end := self.places.at(self.parser.CurrentByteIndex))]
            start = element.span.start + len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            element.span = Span(start, end) if end > start else None

    def characters(self, data: str) -> None:
        element = self.open[-1]
        if element.span is None and data.strip():
            at = self.places.at(self.parser.CurrentByteIndex)
            element.span = Span(at, at + len(data))
        element.parts.append(data)

    def entity(self, *_declaration: object) -> None:
        raise XmlError("it declares entities", self.parser.CurrentLineNumber)


class _Places:
    """From byte offsets in the UTF-8 form of a text to its code points."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = text.splitlines(keepends=True)
        self.bytes, self.points = [0], [0]
        for line in self.lines:
            self.bytes.append(self.bytes[-1] + len(line.encode("utf-8", "replace")))
            self.points.append(self.points[-1] + len(line))

    def at(self, byte: int) -> int:
        line = bisect_right(self.bytes, byte) - 1
        if line >= len(self.lines):
            return self.points[-1]
        inside = self.lines[line].encode("utf-8", "replace")[: byte - self.bytes[line]]
        return self.points[line] + len(inside.decode("utf-8", "ignore"))


def parse_partly(text: str) -> tuple[Element | None, XmlError | None]:
    """Return the root of an XML text with what could be read, and the error it breaks off with, if any."""
    builder = _Builder(text)
    try:
        builder.parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        if builder.root is not None and not builder.open:
            return builder.root, None  # what stands after the root element, as scrapers' addresses do
        message = expat.ErrorString(error.code) or "not XML"
        for element in builder.open:
            element.span = element.span if element.children else None
            element.parts = element.parts if element.children else []
        return builder.root, XmlError(message, error.lineno)
    except XmlError as error:
        return builder.root, error
    return builder.root, None
