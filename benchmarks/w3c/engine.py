"""The engine alone, without a server: what it fails by itself cannot be lost by serving it."""

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    serialize,
)

from w3c.client import Response
from w3c.manifest import BASE

_FORMATS = {"text/csv": QueryResultsFormat.CSV, "text/tab-separated-values": QueryResultsFormat.TSV}


class Engine:
    """Does what `Client` does, in this process."""

    def __init__(self) -> None:
        self._store = Store()

    def fill(self, graphs: dict[str | None, str]) -> Response:
        """Put N-Triples into the graphs of an empty store."""
        self._store = Store()
        for iri, data in graphs.items():
            graph = NamedNode(iri) if iri else DefaultGraph()
            if iri:
                self._store.add_graph(NamedNode(iri))
            for quad in parse(data.encode(), RdfFormat.N_TRIPLES):
                self._store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
        return Response(204, {}, b"")

    def query(self, text: str, dataset: list[tuple[str, str]], accept: str) -> Response:
        """Answer a query; a dataset has the fields of the protocol."""
        default, named = ([NamedNode(iri) for name, iri in dataset if name.startswith(one)] for one in ("def", "nam"))
        has_from = "from" in text.lower()
        try:
            if dataset:
                results = self._store.query(text, base_iri=BASE, default_graph=default, named_graphs=named)
            else:
                results = self._store.query(text, base_iri=BASE, use_default_graph_as_union=not has_from)
            if isinstance(results, QueryTriples):
                media_type, body = "application/n-triples", results.serialize(format=RdfFormat.N_TRIPLES)
            else:
                kind = _FORMATS.get(accept, QueryResultsFormat.JSON) if isinstance(results, QuerySolutions) else None
                kind = kind or QueryResultsFormat.JSON
                media_type, body = kind.media_type, results.serialize(format=kind)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            return Response(400, {}, f"malformed or failed: {error}".encode())
        return Response(200, {"content-type": media_type}, body or b"")

    def update(self, text: str) -> Response:
        """Make an update."""
        try:
            self._store.update(text, base_iri=BASE)
        except SyntaxError as error:
            return Response(400, {}, f"malformed: {error}".encode())
        except (ValueError, RuntimeError, OSError) as error:
            return Response(400, {}, f"failed: {error}".encode())
        return Response(204, {}, b"")

    def graph(self, iri: str | None) -> Response:
        """Return a graph as N-Triples."""
        graph = NamedNode(iri) if iri else DefaultGraph()
        quads = self._store.quads_for_pattern(None, None, None, graph)
        return Response(200, {}, serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b"")
