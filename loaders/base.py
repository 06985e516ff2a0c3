"""What every loader is, and how loaders for structured sources write down their facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from reelgraph.model import Document, Extraction, Fact, Issue, Ref, SourceDocument, Span, Value


@runtime_checkable
class Loader(Protocol):
    """A module that reads one kind of document; the lowest PRIORITY that accepts a document gets it."""

    NAME: str
    DESCRIPTION: str
    PRIORITY: int

    def accepts(self, document: Document) -> bool:
        """Whether this loader reads `document`, judged by its content first and its name second."""
        ...

    def load(self, document: Document) -> Extraction:
        """Return everything found in `document`."""
        ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as its source writes it, and where: a pointer, and the code points of the document if they are known."""

    text: str
    pointer: str = ""
    span: Span | None = None

    def part(self, text: str) -> "Cell":
        """Return the cell for some of its words; the place stays the whole cell's."""
        return Cell(text, self.pointer, self.span)


#: Of these kinds, a fact without one of these fields says nothing.
_ESSENTIAL = {
    "cast": ("person",),
    "credit": ("agent",),
    "company": ("company",),
    "release": ("date",),
    "money": ("amount",),
    "runtime": ("minutes",),
    "content-rating": ("rating",),
    "rating": ("value",),
    "review": ("critic", "publication"),
    "opinion": ("text",),
    "user-review": ("title", "text"),
    "description": ("text",),
    "award": ("ceremony",),
    "award-count": ("count",),
    "location": ("place",),
    "related-work": ("work",),
    "people": ("object",),
}


class Facts:
    """The facts one loader collects from one source document, each with its evidence, no two the same."""

    def __init__(self, extractor: str, source: int = 0) -> None:
        self.extractor = extractor
        self.source = source
        self.issues: list[Issue] = []
        self._facts: dict[tuple[object, ...], Fact] = {}

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def add(self, kind: str, subject: Ref, cell: Cell, status: str = "actual", **fields: Value | None) -> None:
        """Keep one fact; fields without a value are left out, and nothing is kept when no field has one."""
        stated = {name: value for name, value in fields.items() if value is not None and value != ""}
        needed = _ESSENTIAL.get(kind)
        if not stated or (needed is not None and not any(name in stated for name in needed)):
            return
        for value in stated.values():
            if isinstance(value, Ref) and not value.name:
                return
        self.keep(Fact(kind, subject, stated, cell.span, cell.pointer, cell.text, self.source, status, self.extractor))

    def keep(self, fact: Fact) -> None:
        """Keep a fact that is complete already."""
        key = (fact.kind, fact.subject, fact.pointer, fact.span, fact.status, *fact.fields.items())
        self._facts.setdefault(key, fact)

    def rename(self, film: Ref, known: Ref) -> None:
        """Let all facts about `film` be about `known`, of which more is known."""
        kept = [replace(fact, subject=known) if fact.subject == film else fact for fact in self]
        self._facts.clear()
        for fact in kept:
            self.keep(fact)

    def warn(self, place: str, message: str) -> None:
        """Report something that could not be used."""
        self.issues.append(Issue("warning", place, message))

    def note(self, place: str, message: str) -> None:
        """Report something that the user may want to know."""
        self.issues.append(Issue("note", place, message))


def whole(document: Document) -> Span:
    """Return the span of the whole text of `document`."""
    return Span(0, len(document.text))


def source(document: Document, kind: str, *about: Ref, **described: str) -> SourceDocument:
    """Return the one source document that is all of `document`."""
    return SourceDocument(whole(document), kind, about=tuple(dict.fromkeys(about)), **described)  # type: ignore[arg-type]


def extraction(loader: str, sources: SourceDocument | Iterable[SourceDocument], *collected: Facts) -> Extraction:
    """Return the extraction that holds what was collected."""
    found = (sources,) if isinstance(sources, SourceDocument) else tuple(sources)
    return Extraction(
        loader,
        found,
        tuple(fact for facts in collected for fact in facts),
        issues=tuple(issue for facts in collected for issue in facts.issues),
    )


def line_of(text: str, offset: int) -> int:
    """Return the number of the line that holds code point `offset`, counted from 1."""
    return text.count("\n", 0, offset) + 1
