"""Things described with schema.org terms, however a document writes them: JSON-LD, microdata, RDFa or RDF."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reelgraph.loaders.base import Cell

_SCHEMA = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One described thing: its schema.org types, its IRI if it has one, its properties in the order of the document.

    `taken` collects the properties that a reader has used, so that the rest can be passed on as it is.
    """

    types: frozenset[str]
    id: str
    properties: "dict[str, list[Item | Cell]]"
    place: Cell
    taken: set[str] = field(default_factory=set)

    def all(self, *names: str) -> "Iterator[Item | Cell]":
        """Yield all values of the named properties."""
        for name in names:
            values = self.properties.get(name)
            if values:
                self.taken.add(name)
                yield from values

    def cells(self, *names: str) -> Iterator[Cell]:
        """Yield the values of the named properties as text; of a thing, its name, value or address."""
        for value in self.all(*names):
            if isinstance(value, Cell):
                yield value
            else:
                yield from list(value.cells("name", "value", "@value"))[:1]

    def first(self, *names: str) -> Cell | None:
        """Return the first value as text that says something."""
        return next((cell for cell in self.cells(*names) if cell.text), None)

    def text(self, *names: str) -> str:
        """Return the text of the first value, empty if there is none."""
        cell = self.first(*names)
        return cell.text if cell else ""

    def is_a(self, *types: str) -> bool:
        """Whether the thing is of one of the types, written in any case."""
        return any(own.lower() == wanted.lower() for own in self.types for wanted in types)

    def children(self) -> "Iterator[Item]":
        """Yield the things among the values."""
        for values in self.properties.values():
            yield from (value for value in values if isinstance(value, Item))


class Items:
    """All things one document describes; `top` are those that are no value of another."""

    def __init__(self, top: Iterable[Item]) -> None:
        self.top = list(top)
        self._by_id: dict[str, Item] = {}
        for item in self.everything():
            known = self._by_id.get(item.id)
            if item.id and (known is None or len(item.properties) > len(known.properties)):
                self._by_id[item.id] = item

    def everything(self) -> Iterator[Item]:
        """Yield every thing once, also those inside others."""
        seen: set[int] = set()
        waiting = list(reversed(self.top))
        while waiting:
            item = waiting.pop()
            if id(item) not in seen:
                seen.add(id(item))
                yield item
                waiting.extend(reversed(list(item.children())))

    def full(self, item: Item) -> Item:
        """Return the fullest description of the thing that `item` refers to."""
        return self._by_id.get(item.id, item) if item.id else item

    def by_id(self, iri: str) -> Item | None:
        """Return the thing with this IRI."""
        return self._by_id.get(iri)


def local_name(name: str) -> str:
    """Return a schema.org term without its namespace, empty for a term of another vocabulary.

    >>> local_name("http://schema.org/actor"), local_name("schema:Movie"), local_name("actor"), local_name("dc:title")
    ('actor', 'Movie', 'actor', '')
    """
    short = _SCHEMA.sub("", name)
    return "" if ":" in short else short
