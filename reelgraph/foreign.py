"""Graphs that no document owns: what was written over HTTP; loads leave them alone, a rollback carries them over."""

import hashlib
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from reelgraph.snapshots import Json, Manifest, Snapshot
from reelgraph.writer import WRITTEN, Writer


def is_own(graph: str, base: str) -> bool:
    """Return whether a graph is made from documents: a source document's, or one derived from all."""
    return graph.startswith((f"{base}document/", f"{base}graph/"))


def graphs(store: pyoxigraph.Store, base: str) -> Iterator[NamedNode | BlankNode | DefaultGraph]:
    """Yield the graphs that no document owns, the default graph first."""
    yield DefaultGraph()
    yield from (graph for graph in store.named_graphs() if not is_own(graph.value, base))


def written(manifest: Manifest) -> Json:
    """Return which write over HTTP a snapshot has as its last."""
    return manifest.extra.get(WRITTEN)


def carry(writer: Writer, source: Snapshot, base: str) -> None:
    """Give the writer's graph the foreign graphs of another snapshot in place of its own."""
    other = source.open()

    def change(work: pyoxigraph.Store) -> None:
        for graph in list(graphs(work, base)):
            clear(work, graph)
        for graph in graphs(other, base):
            if not isinstance(graph, DefaultGraph):
                work.add_graph(graph)
            work.extend(other.quads_for_pattern(None, None, None, graph))

    writer.change(change)


def clear(store: pyoxigraph.Store, graph: NamedNode | BlankNode | DefaultGraph) -> None:
    """Remove a graph; of the default graph, all that is in it."""
    if isinstance(graph, DefaultGraph):
        store.clear_graph(graph)
    else:
        store.remove_graph(graph)


def digest(store: pyoxigraph.Store, base: str) -> bytes:
    """Return a hash of all graphs that documents own, equal for equal graphs of one store."""
    hashed = _Hash()
    for graph in sorted((graph for graph in store.named_graphs() if is_own(graph.value, base)), key=str):
        hashed.write(str(graph).encode() + b"\n")
        store.dump(hashed, pyoxigraph.RdfFormat.N_TRIPLES, from_graph=graph)  # type: ignore[arg-type]
    return hashed.state.digest()


class _Hash:
    """A file that only hashes what is written."""

    def __init__(self) -> None:
        self.state = hashlib.blake2b()

    def write(self, data: bytes) -> int:
        self.state.update(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: a hash has no buffer."""
