"""The SPARQL 1.1 Service Description: what the endpoint says about itself when it is asked nothing."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from reelgraph.server.limits import FIELDS, Limits
from reelgraph.server.negotiate import GRAPHS, RESULTS, Choice, Format
from reelgraph.server.serializers import GRAPH_FORMATS, RESULT_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SEE_ALSO = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_COMMENT = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")


def describe(url: str, choice: Choice, limits: Limits, *, updates: bool = False) -> bytes:
    """Return the description of the endpoint at this address in a format."""
    data = pyoxigraph.serialize(
        _triples(url, limits, updates=updates),
        format=GRAPH_FORMATS[choice.format.name],
        prefixes={"sd": _SD, "formats": "http://www.w3.org/ns/formats/"},
    )
    return data or b""


def _triples(url: str, limits: Limits, *, updates: bool) -> Iterator[Triple]:
    service, dataset, graph = (NamedNode(url + part) for part in ("", "#dataset", "#default-graph"))
    yield Triple(service, _RDF_TYPE, _sd("Service"))
    yield Triple(
        service, _LABEL, Literal("reelgraph: films, people and companies, each fact with its sources", language="en")
    )
    said = f"Limits of a query: {limits}. A request may set lower ones by {', '.join(FIELDS)}, or by Prefer: wait."
    yield Triple(service, _COMMENT, Literal(said, language="en"))
    yield Triple(service, _sd("endpoint"), NamedNode(url))
    yield Triple(service, _SEE_ALSO, NamedNode(urljoin(url, "void.ttl")))
    yield Triple(service, _SEE_ALSO, NamedNode(urljoin(url, ".well-known/sparql-examples")))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if updates:
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for offer in (*RESULTS, *GRAPHS):
        yield Triple(service, _sd("resultFormat"), NamedNode(_iri(offer)))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, _RDF_TYPE, _sd("Graph"))


def _iri(offer: Format) -> str:
    if offer.name in RESULT_FORMATS:
        return RESULT_FORMATS[offer.name].iri
    return GRAPH_FORMATS[offer.name].iri


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
