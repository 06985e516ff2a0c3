"""The elements of a page as a tree that knows where each begins and ends in the document's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reelgraph.loaders import htmlflat
from reelgraph.loaders.htmlflat import VOID, Token

#: Elements that end where one of these begins, unless one of the last stands between.
_ENDED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "tr", "td", "th"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
#: Blocks, which a paragraph never holds.
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p "
        "pre section table ul",
    )
)
_PARAGRAPH = (frozenset({"p"}), _BLOCKS - {"p"} | {"li", "td", "th", "dd"})
_CELLS = frozenset({"td", "th", "table"})
_AROUND_CELLS = _CELLS | {"tr", "tbody", "thead", "tfoot", "body", "html"}
_NAMES = re.compile(r"\b(?:class|id|role)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_DEEPEST = 500


@dataclass(eq=False, slots=True)
class Element:
    """An element: its name and attributes, where its content begins and ends, where it is in the tree.

    `number` counts it among its parent's children of the same name, `place` among all of them from 0; `counts` are its
    own children by their names.
    """

    name: str
    attributes: str
    start: int
    inner: int
    end: int = -1
    parent: "Element | None" = None
    children: "list[Element]" = field(default_factory=list)
    number: int = 1
    place: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The XPath of the element."""
        if self.parent is None:
            return ""
        if not self.name:  # a part of its parent
            return self.parent.path
        number = f"[{self.number}]" if self.parent.counts[self.name] > 1 else ""
        return f"{self.parent.path}/{self.name}{number}"

    @property
    def called(self) -> str:
        """Its class, identifier and role."""
        return " ".join(next(filter(None, groups), "") for groups in _NAMES.findall(self.attributes))

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, empty if it has none."""
        match = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", self.attributes, re.I)
        return next((group for group in match.groups() if group), "") if match else ""

    def all(self) -> "Iterator[Element]":
        """Yield the element and all below, in the order of the text."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    def above(self) -> "Iterator[Element]":
        """Yield the elements that the element is in, the nearest first."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent


def parse(text: str) -> Element:
    """Return the root of a page's elements; what is not closed ends with what it stands in."""
    root = Element("", "", 0, 0, len(text))
    opened = [root]
    for token in htmlflat.tokens(text, 0, len(text)):
        if not token.name:
            continue
        if token.is_end:
            _close(token, opened)
        elif len(opened) < _DEEPEST:
            _open(token, opened)
    for element in opened[1:]:
        element.end = len(text)
    return root


def _open(token: Token, opened: list[Element]) -> None:
    ended, within = _ENDED.get(token.name, _PARAGRAPH if token.name in _BLOCKS else (frozenset(), frozenset()))
    for number in range(len(opened) - 1, 0, -1):
        if opened[number].name in within or not ended:
            break
        if opened[number].name in ended:
            _end(opened, number, token.start)
            if token.name not in ("tr", "tbody"):
                break
    parent = opened[-1]
    number = parent.counts[token.name] = parent.counts.get(token.name, 0) + 1
    element = Element(token.name, token.attributes, token.start, token.end, parent=parent, number=number)
    element.place = len(parent.children)
    parent.children.append(element)
    if token.name in VOID or token.attributes.endswith("/"):
        element.end = token.end
    else:
        opened.append(element)


def _close(token: Token, opened: list[Element]) -> None:
    """End the innermost open element of a name; a stray end tag in a cell ends nothing around the cell."""
    for number in range(len(opened) - 1, 0, -1):
        if opened[number].name == token.name:
            _end(opened, number, token.start)
            return
        if opened[number].name in _CELLS and token.name not in _AROUND_CELLS:
            return


def _end(opened: list[Element], number: int, at: int) -> None:
    for element in opened[number:]:
        element.end = at
    del opened[number:]
