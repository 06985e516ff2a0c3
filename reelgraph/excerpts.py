"""Parts of the graph that stand on their own: all about one entity, all from one source."""

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Store

from reelgraph.config import DEFAULT_BASE
from reelgraph.errors import ExportError
from reelgraph.model import REF_KINDS
from reelgraph.ontology import FILM, RDFS, SCHEMA, SKOS

#: What names a thing, and is added of everything an excerpt speaks of; of documents, what a citation needs.
_NAMING = (RDFS.label, SKOS.prefLabel)
_SOURCE_NAMING = (SCHEMA.name, FILM.file, FILM.site, FILM.authorName, SCHEMA.datePublished, SCHEMA.sha256)
#: Kinds of nodes that several statements may share, so that what points to them is not followed back.
_PASSAGES = ("evidence",)
#: Kinds of entities that are kinds of facts, too; the nodes of facts have a hash for a name.
_BOTH = ("award", "character")
_HASH = re.compile("[0-9a-f]{16}(?:#.*)?")


def kind(iri: str, base: str = DEFAULT_BASE) -> str:
    """Return the kind in an IRI of the graph: `film`, `document`, `cast`, `evidence`; empty if it is not ours."""
    rest = iri.removeprefix(base)
    return rest.partition("/")[0] if rest != iri and "/" in rest else ""


def is_entity(iri: str, base: str = DEFAULT_BASE) -> bool:
    """Return whether an IRI is a thing's or a document's, not that of a statement about one."""
    where = kind(iri, base)
    if where in _BOTH and _HASH.fullmatch(iri, len(base) + len(where) + 1):
        return False
    return where in (*REF_KINDS, "document", "graph", "")


def entity(store: Store, iri: str, base: str = DEFAULT_BASE) -> Store:
    """Return what the graph says of an entity, as a store in memory.

    That are its own statements, those that point to it, the nodes and claims in between with their evidence, and the
    names of all other things and documents met.
    """
    try:
        excerpt, queue, seen = Store(), [NamedNode(iri)], {iri}
    except ValueError:
        raise ExportError(f"{iri}: not an IRI; one is {base}film/her-2013") from None
    while queue:
        node = queue.pop()
        found = list(store.quads_for_pattern(node, None, None))
        if kind(node.value, base) not in _PASSAGES:
            found += store.quads_for_pattern(None, None, node)
        excerpt.extend(found)
        for other in (term for quad in found for term in (quad.subject, quad.object)):
            if isinstance(other, NamedNode) and other.value not in seen and not is_entity(other.value, base):
                seen.add(other.value)
                queue.append(other)
    if not len(excerpt):
        raise ExportError(f"{iri}: the graph says nothing about it; check the IRI")
    excerpt.extend(list(_names(store, excerpt, base)))
    return excerpt


def source(store: Store, iri: str, base: str = DEFAULT_BASE) -> Store:
    """Return what one document says, as a store in memory: the graphs of it and its parts, and its description."""
    graphs = [
        graph
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode) and (graph.value == iri or graph.value.startswith(f"{iri}-"))
    ]
    described = NamedNode(f"{base}graph/sources")
    excerpt = Store()
    for graph in graphs:
        excerpt.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    for node in {NamedNode(iri), *graphs}:
        excerpt.extend(store.quads_for_pattern(node, None, None, described))
    if not len(excerpt):
        raise ExportError(f"{iri}: no such document in the graph; `reelgraph sources` lists those that are")
    return excerpt


def _names(store: Store, excerpt: Store, base: str) -> Iterator[Quad]:
    """Yield the names of the things and documents an excerpt mentions without describing them."""
    mentioned = {node for quad in excerpt for node in (quad.subject, quad.object) if isinstance(node, NamedNode)}
    for node in mentioned:
        for name in (*_NAMING, *(_SOURCE_NAMING if kind(node.value, base) == "document" else ())):
            yield from store.quads_for_pattern(node, name, None)
