"""XML whose text and elements are mixed, as a tree that keeps their order and the place of each word."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from reelgraph.loaders.textmap import TextMap, unescaped

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>|<![^<>]*>"
    r"|<(?P<end>/)?(?:[\w.-]+:)?(?P<name>[\w.-]+)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/)?>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLANKS = re.compile(r"\s+")


@dataclass
class Piece:
    """An element without its prefix: its attributes, its borders, and what it holds, elements and borders of text."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    content: "list[Piece | tuple[int, int]]" = field(default_factory=list)

    @property
    def children(self) -> "list[Piece]":
        """The elements in it."""
        return [one for one in self.content if isinstance(one, Piece)]

    def all(self, *names: str) -> "Iterator[Piece]":
        """Yield the elements of these names below it, but not those inside of others of them."""
        for child in self.children:
            if child.name in names:
                yield child
            else:
                yield from child.all(*names)


def read(text: str) -> Piece:
    """Return what a well-formed XML text holds; of another, elements that do not end go on to its end."""
    root = Piece("", {}, 0, len(text))
    stack, here = [root], 0
    for match in _TOKEN.finditer(text):
        if match.start() > here:
            stack[-1].content.append((here, match.start()))
        here = match.end()
        if match["cdata"]:
            stack[-1].content.append(match.span("cdata"))
        elif match["end"]:
            if len(stack) > 1 and stack[-1].name == match["name"]:
                stack.pop().end = match.end()
        elif match["name"]:
            found = _ATTRIBUTE.findall(match["attributes"])
            piece = Piece(match["name"], {name: one or other for name, one, other in found}, match.start(), match.end())
            stack[-1].content.append(piece)
            if not match["empty"]:
                stack.append(piece)
    for piece in stack:
        piece.end = len(text)
    return root


def words(text: str, piece: Piece, hidden: Collection[str], apart: Collection[str]) -> TextMap:
    """Return the words of an element with single blanks, also around elements apart; of hidden ones, none."""
    raw, out = TextMap(), TextMap()
    _collect(text, piece, (hidden, apart), raw)
    here = 0
    for blank in _BLANKS.finditer(raw.text):
        _keep(raw, here, blank.start(), out)
        if len(out) and blank.end() < len(raw):
            place = raw.span(*blank.span())
            out.add(" ", *((place.start, place.end - place.start) if place else ()))
        here = blank.end()
    _keep(raw, here, len(raw), out)
    return out


def _keep(raw: TextMap, start: int, end: int, out: TextMap) -> None:
    if start < end:
        part = raw.part(start, end)
        out.extend(part, part.text)


def _collect(text: str, piece: Piece, names: tuple[Collection[str], Collection[str]], out: TextMap) -> None:
    for one in piece.content:
        if isinstance(one, tuple):
            found = unescaped(text, *one)
            out.extend(found, found.text)
        elif one.name not in names[0]:
            around = " " if one.name in names[1] and one.attributes.get("break") != "no" else ""
            out.add(around)
            _collect(text, one, names, out)
            out.add(around)
