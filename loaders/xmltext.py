"""XML read together with the place of every element's text, so that a fact can cite its path and its words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from reelgraph.loaders.base import Cell
from reelgraph.model import Span

_DEPTH = 100
#: So many code points are encoded at once to find a place.
_PIECE = 256
#: What a text with several roots is put into.
_AROUND = "several"
#: What may stand before the root element, in the beginning of a text that is looked at.
_PROLOG = re.compile(r"\ufeff?\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*)*", re.DOTALL)
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_HEAD = 65536
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")


class XmlError(ValueError):
    """A text is not XML from a line on."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def root_name(text: str) -> str:
    """Return the name of the root element of a text, without a prefix; nothing if it does not begin as XML does."""
    head = text[:_HEAD]
    prolog = _PROLOG.match(head)
    found = _NAME.match(head, prolog.end() if prolog else 0)
    return found[1] if found else ""


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

    def __init__(self, text: str, before: int = 0) -> None:
        self.places = _Places(text, before)
        self.text = text
        self.numbers: dict[tuple[int, str], int] = {}
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
        number = self.numbers[id(parent), name] = self.numbers.get((id(parent), name), 0) + 1
        path = f"{parent.path if parent else ''}/{name}" + (f"[{number}]" if number > 1 else "")
        element = Element(name, attributes, "" if name == _AROUND and parent is None else path)
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
    """From byte offsets in the UTF-8 form of a text, `before` bytes into what is parsed, to its code points."""

    def __init__(self, text: str, before: int) -> None:
        self.before = before
        self.pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        self.bytes, self.points = [0], [0]
        for piece in self.pieces:
            self.bytes.append(self.bytes[-1] + len(piece.encode("utf-8", "replace")))
            self.points.append(self.points[-1] + len(piece))

    def at(self, byte: int) -> int:
        byte -= self.before
        number = bisect_right(self.bytes, byte) - 1
        if number >= len(self.pieces):
            return self.points[-1]
        inside = self.pieces[number].encode("utf-8", "replace")[: byte - self.bytes[number]]
        return self.points[number] + len(inside.decode("utf-8", "ignore"))


def parse_partly(text: str) -> tuple[Element | None, XmlError | None]:
    """Return the root of an XML text with what could be read, and the error it breaks off with, if any."""
    builder = _Builder(text)
    return _parsed(builder, text.encode("utf-8", "replace"), 0)


def bare(element: Element | None) -> Element | None:
    """Return an element with its name, and those of all below, without the prefix of the namespace."""
    waiting = [element] if element is not None else []
    while waiting:
        one = waiting.pop()
        one.name = one.name.rpartition(":")[2]
        waiting.extend(one.children)
    return element


def parse_roots(text: str) -> tuple[list[Element], XmlError | None]:
    """Return the roots of a text that has several, one after the other, and the error it breaks off with, if any."""
    opening, closing = f"<{_AROUND}>".encode(), f"</{_AROUND}>".encode()
    bare = _DECLARATION.sub(lambda match: " " * len(match[0]), text)
    root, error = _parsed(_Builder(text, len(opening)), opening + bare.encode("utf-8", "replace") + closing, 1)
    return root.children if root is not None else [], error


def _parsed(builder: _Builder, data: bytes, around: int) -> tuple[Element | None, XmlError | None]:
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003
    except expat.ExpatError as error:
        if builder.root is not None and len(builder.open) <= around:
            return builder.root, None  # what stands after the root element, as scrapers' addresses do
        message = expat.ErrorString(error.code) or "not XML"
        for element in builder.open:
            element.span = element.span if element.children else None
            element.parts = element.parts if element.children else []
        return builder.root, XmlError(message, error.lineno)
    except XmlError as error:
        return builder.root, error
    return builder.root, None
