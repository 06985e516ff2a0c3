"""The tests a suite has, read from its manifests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
#: What the addresses of the suite's files begin with while they are tested.
BASE = "http://w3c.example/"


@dataclass(frozen=True)
class Case:
    """One test: its group (folder), name and kind, and the manifest that describes it."""

    group: str
    name: str
    kind: str
    node: Node
    graph: Graph
    suite: Path

    def file(self, iri: Node) -> Path:
        """Return the file with this address."""
        return self.suite / str(iri).removeprefix(BASE)

    def text(self, iri: Node) -> str:
        """Return the text of the file with this address."""
        return self.file(iri).read_text("utf-8")


def cases(suite: Path) -> Iterator[Case]:
    """Yield all tests."""
    for manifest in sorted(suite.glob("*/manifest*.ttl")):
        group = manifest.parent.name
        if group == "http-rdf-update":
            continue  # the tests of graph-store-protocol in an older form
        graph = Graph().parse(manifest, format="turtle", publicID=f"{BASE}{group}/{manifest.name}")
        for head in graph.objects(None, MF.entries):
            for node in Collection(graph, head):
                kinds = [str(kind).rpartition("#")[2] for kind in graph.objects(node, RDF.type)]
                name = str(graph.value(node, MF.name) or node)
                kind = kinds[0] if kinds else ""
                yield Case(group, name, kind, node, graph, suite)
