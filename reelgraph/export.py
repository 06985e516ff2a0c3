"""The graph as text, the same bytes for the same graph whatever the order it was loaded in.

Subject by subject in sorted order, so that memory holds the names of the subjects and never the whole graph.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Triple

from reelgraph.config import DEFAULT_BASE
from reelgraph.errors import ExportError
from reelgraph.turtle import Names, statements

#: Kinds of things in the order a reader wants them; what is between is in alphabetical order.
_FIRST = ("film", "person", "organization", "character", "work", "place", "award", "topic")
_LAST = ("document", "claim", "evidence")
_BLOCK = 1 << 16
_WAIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write the graph; `graphs` says whether it keeps apart what each source says."""

    name: str
    media_type: str
    suffix: str
    graphs: bool = False


_FORMATS = (
    Format("turtle", "text/turtle", "ttl"),
    Format("ntriples", "application/n-triples", "nt"),
    Format("rdfxml", "application/rdf+xml", "rdf"),
    Format("jsonld", "application/ld+json", "jsonld"),
    Format("trig", "application/trig", "trig", graphs=True),
    Format("nquads", "application/n-quads", "nq", graphs=True),
)
#: The formats by name and by suffix.
FORMATS: Mapping[str, Format] = {key: one for one in _FORMATS for key in (one.name, one.suffix)}


def graphs(store: pyoxigraph.Store, base: str = DEFAULT_BASE) -> list[str]:
    """Return the named graphs that are exported when nothing else is asked for: all but the vocabulary."""
    names = (_iri(graph) for graph in store.named_graphs())
    return sorted(name for name in names if name != f"{base}graph/vocabulary")


def export(
    store: pyoxigraph.Store, form: str = "turtle", names: Iterable[str] | None = None, base: str = DEFAULT_BASE
) -> Iterator[str]:
    """Yield the named graphs (all the store has, unless given) in a format of `FORMATS`."""
    if form not in FORMATS:
        raise ExportError(f"{form}: no such format; there are {', '.join(one.name for one in _FORMATS)}")
    chosen = None if names is None else sorted(set(names))
    short = Names(base)
    write: dict[str, Callable[[], Iterator[str]]] = {
        "turtle": lambda: turtle(store, chosen, base),
        "trig": lambda: _headed(short, _trig_body(short, store, chosen)),
        "ntriples": lambda: _lines(store, chosen, base),
        "nquads": lambda: _quad_lines(store, chosen, base),
        "rdfxml": lambda: _native(store, chosen, base, RdfFormat.RDF_XML),
        "jsonld": lambda: _native(store, chosen, base, RdfFormat.JSON_LD),
    }
    return write[FORMATS[form].name]()


def turtle(store: pyoxigraph.Store, names: Iterable[str] | None = None, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield these named graphs, or the whole store with its default graph, as one graph in Turtle."""
    short = Names(base)
    return _headed(short, _turtle_body(short, store, names))


def _turtle_body(short: Names, store: pyoxigraph.Store, names: Iterable[str] | None) -> Iterator[str]:
    for subject, quads in _subjects(store, names, short.base):
        yield "\n" + statements(short, subject, ((quad.predicate, quad.object) for quad in quads))


def _trig_body(short: Names, store: pyoxigraph.Store, names: Iterable[str] | None) -> Iterator[str]:
    for name in _all_graphs(store) if names is None else names:
        opening = f"\nGRAPH {short.iri(name)} {{\n" if name else "\n{\n"
        for subject, quads in _subjects(store, [name], short.base):
            yield opening + statements(short, subject, ((quad.predicate, quad.object) for quad in quads), "    ")
            opening = "\n"
        if opening == "\n":
            yield "}\n"


def _headed(short: Names, body: Iterator[str]) -> Iterator[str]:
    """Put the prefixes before a body: those it uses if it is short, all if it is too long to wait for its end."""
    begun, size = [], 0
    for text in body:
        begun.append(text)
        size += len(text)
        if size > _WAIT:
            break
    yield short.header(used=size <= _WAIT)
    yield from begun
    yield from body


def _lines(store: pyoxigraph.Store, names: Iterable[str] | None, base: str) -> Iterator[str]:
    for _, quads in _subjects(store, names, base):
        yield "".join(sorted({f"{_checked(quad).triple} .\n" for quad in quads}))


def _quad_lines(store: pyoxigraph.Store, names: Iterable[str] | None, base: str) -> Iterator[str]:
    for name in _all_graphs(store) if names is None else names:
        for _, quads in _subjects(store, [name], base):
            yield "".join(sorted(f"{_checked(quad)} .\n" for quad in quads))


def _native(store: pyoxigraph.Store, names: Iterable[str] | None, base: str, form: RdfFormat) -> Iterator[str]:
    """Let the engine write sorted triples; its writers cannot pause, so the text waits in a file."""
    prefixes = dict(Names(base).prefixes)
    with tempfile.TemporaryFile() as file:
        pyoxigraph.serialize(_triples(store, names, base), file, form, prefixes=prefixes)
        file.seek(0)
        text = io.TextIOWrapper(file, "utf-8", newline="")
        while block := text.read(_BLOCK):
            yield block


def _triples(store: pyoxigraph.Store, names: Iterable[str] | None, base: str) -> Iterator[Triple]:
    for _, quads in _subjects(store, names, base):
        for _, triple in sorted({(str(triple), triple) for triple in (_checked(quad).triple for quad in quads)}):
            yield triple


def _subjects(store: pyoxigraph.Store, names: Iterable[str] | None, base: str) -> Iterator[tuple[str, list[Quad]]]:
    """Yield each subject of the graphs with all its quads there, in order."""
    chosen = None if names is None else [_graph(name) for name in names]
    nodes = _nodes(store, chosen)
    only = None if chosen is None else set(chosen)
    alone = chosen[0] if chosen is not None and len(chosen) == 1 else None
    for node in sorted(nodes, key=lambda node: _place(node.value, base)):
        quads = store.quads_for_pattern(node, None, None, alone)
        yield node.value, [quad for quad in quads if only is None or quad.graph_name in only]


def _nodes(store: pyoxigraph.Store, chosen: list[NamedNode | DefaultGraph] | None) -> set[NamedNode]:
    query = "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"
    found: set[NamedNode] = set()
    for graph in [None] if chosen is None else chosen:
        rows = store.query(query, default_graph=graph, use_default_graph_as_union=graph is None)
        if not isinstance(rows, QuerySolutions):
            continue
        for row in rows:
            node = row[0]
            if not isinstance(node, NamedNode):
                raise ExportError(f"{node}: a blank node cannot be exported; load the document it is from again")
            found.add(node)
    return found


def _place(iri: str, base: str) -> tuple[int, str]:
    """Return what subjects are sorted by: films first, evidence last."""
    kind = iri.removeprefix(base).partition("/")[0] if iri.startswith(base) else ""
    if kind in _FIRST:
        return _FIRST.index(kind), iri
    return (len(_FIRST) + 1 + _LAST.index(kind), iri) if kind in _LAST else (len(_FIRST), iri)


def _all_graphs(store: pyoxigraph.Store) -> list[str]:
    """Return the names of all graphs, the default graph's as an empty one."""
    return ["", *sorted(_iri(graph) for graph in store.named_graphs())]


def _graph(name: str) -> NamedNode | DefaultGraph:
    return NamedNode(name) if name else DefaultGraph()


def _iri(graph: NamedNode | BlankNode) -> str:
    if isinstance(graph, BlankNode):
        raise ExportError(f"{graph}: a graph without a name cannot be exported; load the document it is from again")
    return graph.value


def _checked(quad: Quad) -> Quad:
    if isinstance(quad.object, BlankNode | Triple):
        raise ExportError(f"{quad.object}: only IRIs and literals can be exported; load the document it is from again")
    return quad
