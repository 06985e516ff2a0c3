"""Canned queries without a source: the query as it is answered when documents are left out, and which can be."""

from collections.abc import Iterable, Iterator, Sequence, Set

from pyoxigraph import NamedNode

from reelgraph.queries.lexer import Token, closing, tokens
from reelgraph.server import guard
from reelgraph.server.problem import HttpError
from reelgraph.server.results import Sheet
from reelgraph.server.view import Source, View

#: Up to so many documents of the store can be chosen from; of more, only those that the shown rows name.
_MOST = 200
#: Graphs a query can name, as it has to when a reader's own query leaves one out.
_MOST_NAMED = 5000
_FORMS = ("SELECT", "ASK", "CONSTRUCT")


def omitting(text: str, sources: Set[str]) -> str:
    """Return a query whose `GRAPH ?variable { … }` never match these graphs.

    Patterns outside of them are left as they are: the canned queries ask there only for the words of facts that such
    a graph has.
    """
    if not sources:
        return text
    names = ", ".join(str(NamedNode(one)) for one in sorted(sources))
    parts: list[str] = []
    position = 0
    for end, variable in sorted(_groups(tokens(text))):
        parts += [text[position:end], f" FILTER({variable} NOT IN ({names}))"]
        position = end
    return "".join([*parts, text[position:]])


def dataset_without(text: str, sources: Set[str], seen: View) -> str:
    """Return any query over all graphs but these, by naming all others; one with a dataset of its own is refused."""
    if not sources:
        return text
    found = tokens(text)
    if guard.names_dataset(text):
        raise HttpError(422, "the query names its own dataset with FROM: leave the source out there")
    start = next((place for place, token in enumerate(found) if token.keyword in _FORMS), None)
    at = None if start is None else _dataset_place(found, start)
    if at is None:
        raise HttpError(422, "a source can be left out of SELECT, ASK and CONSTRUCT queries with a WHERE only")
    graphs = sorted({one.value for one in seen.store.named_graphs() if isinstance(one, NamedNode)} - sources)
    if len(graphs) > _MOST_NAMED:
        raise HttpError(422, f"there are {len(graphs)} graphs; up to {_MOST_NAMED} a source can be left out here")
    names = "".join(f" FROM {NamedNode(one)} FROM NAMED {NamedNode(one)}" for one in graphs)
    return f"{text[:at]}{names} {text[at:]}"


def _dataset_place(found: Sequence[Token], start: int) -> int | None:
    """Return where FROM would stand in the text: before WHERE, or its brace."""
    place = start + 1
    if found[start].keyword == "CONSTRUCT" and found[place].text == "{":
        place = closing(found, place) + 1
    while place < len(found) and found[place].text != "{" and found[place].keyword != "WHERE":
        place = (closing(found, place) if found[place].text == "(" else place) + 1
    return found[place].start if place < len(found) else None


def reads_sources(text: str) -> bool:
    """Return whether a query reads what single documents say; the others read what was put together from all."""
    return any(True for _ in _groups(tokens(text)))


def sources_of(sheet: Sheet | None, seen: View) -> list[Source]:
    """Return the documents that can be left out, by name: those of a small store, else those that the rows name."""
    known = [iri for one in seen.snapshot.manifest.documents for iri in one.sources]
    return sorted(map(seen.source, known if len(known) <= _MOST else _named(sheet, seen)), key=lambda one: one.name)


def _named(sheet: Sheet | None, seen: View) -> Iterable[str]:
    start = f"{seen.base}document/"
    return {cell.value for row in (sheet.rows if sheet else ()) for cell in row if cell.value.startswith(start)}


def _groups(found: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield where the group of each `GRAPH ?variable` ends, and the variable."""
    for place, token in enumerate(found[:-2]):
        variable, brace = found[place + 1 : place + 3]
        if token.keyword == "GRAPH" and variable.kind == "variable" and brace.text == "{":
            yield found[closing(found, place + 2)].end, variable.text
