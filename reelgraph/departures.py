"""What becomes of things that no document names any more, so that their addresses can say so.

A thing whose documents now name another by the same name has become that one; a document that was removed, or
replaced by another version of the file, is gone, and so are the facts that only it stated.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Store

from reelgraph import iris
from reelgraph.excerpts import kind
from reelgraph.lookup import Departed
from reelgraph.ontology import term
from reelgraph.snapshots import StoredDocument
from reelgraph.writer import Writer

_LABEL = term("rdfs:label")
_NAME = term("schema:name")
_STATUS = term("film:status")


def note(
    writer: Writer,
    outdated: Iterable[Quad],
    things: Iterable[str],
    documents: Mapping[str, StoredDocument],
    base: str,
) -> None:
    """Write down what is gone since the writer's last snapshot, by the quads that are outdated.

    `things` and `documents` are what the store has now, by IRI and by hash.
    """
    former = _labels(outdated)
    departed = writer.lookup.gone()
    asked = {*former, *departed}
    there = asked.intersection(things) if asked else set[str]()
    before = {iri: stored for stored in writer.snapshot.manifest.documents for iri in _iris(stored, base)}
    now = {iri for stored in documents.values() for iri in _iris(stored, base)}
    gone = {iri: name for iri, name in former.items() if iri not in there}
    lost = {iri: stored.names[0] for iri, stored in before.items() if iri not in now}
    back = [iri for iri in departed if iri in there or iri in now]
    fresh = list(_departed(gone, lost, writer, base)) if gone or lost else []
    writer.lookup.depart(fresh, back)


def _departed(gone: Mapping[str, str], lost: Mapping[str, str], writer: Writer, base: str) -> Iterator[Departed]:
    """Yield things and documents that are gone, by IRI and name, and the facts that these documents stated."""
    last = writer.snapshot.id
    before, after = writer.snapshot.open(), writer.store
    for iri, name in gone.items():
        yield Departed(iri, name, last, _heir(iri, before, after, base))
    for iri, name in lost.items():
        yield Departed(iri, name, last)
        for quad in before.quads_for_pattern(None, _STATUS, None, NamedNode(iri)):
            if isinstance(quad.subject, NamedNode):
                yield Departed(quad.subject.value, f"A fact of {name}", last)


def _heir(iri: str, before: Store, after: Store, base: str) -> str:
    """Return the one thing that is now called so wherever this one was, empty if there is none or several."""
    heirs = {
        other.subject.value
        for quad in before.quads_for_pattern(NamedNode(iri), _NAME, None)
        for other in after.quads_for_pattern(None, _NAME, quad.object, quad.graph_name)
        if isinstance(other.subject, NamedNode) and kind(other.subject.value, base) == kind(iri, base)
    }
    return heirs.pop() if len(heirs) == 1 else ""


def _labels(quads: Iterable[Quad]) -> dict[str, str]:
    """Return the names of things among quads."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == _LABEL and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def _iris(stored: StoredDocument, base: str) -> Iterator[str]:
    yield iris.document(base, stored.sha256)
    yield from stored.sources
