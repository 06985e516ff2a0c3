"""Tests that are exchanges of requests and responses: protocol, graph store, service description."""

import re

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, QueryResultsFormat, RdfFormat, parse
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from w3c.client import Client, Response
from w3c.manifest import BASE, MF, Case

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_LABEL = Namespace("http://www.w3.org/2000/01/rdf-schema#").label
_STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404", "BadRequest": "400"}


def protocol(client: Client, case: Case) -> str:
    """Run a test of the protocol; return what is wrong."""
    graphs: dict[str | None, str] = {}
    for data in case.graph.objects(case.node, UT.graphData):
        graphs[str(case.graph.value(data, _LABEL))] = case.text(_one(case.graph, data, UT.graph))
    if graphs:
        client.fill(graphs)
    return _exchange(client, case, "/sparql/", "/sparql")


def graph_store(client: Client, case: Case) -> str:
    """Run a test of the graph store; return what is wrong."""
    client.fill({})
    return _exchange(client, case, "/gsp", "/graph-store")


def description(client: Client, case: Case) -> str:
    """Run a test of the service description; return what is wrong."""
    answer = client.send("GET", "/sparql", {"Accept": "text/turtle"})
    if answer.status != 200:
        return f"status {answer.status}"
    sd = "http://www.w3.org/ns/sparql-service-description#"
    quads = list(parse(answer.body, RdfFormat.TURTLE))
    services = {quad.subject for quad in quads if quad.object.value == f"{sd}Service"}
    endpoints = {(quad.subject, quad.object.value) for quad in quads if quad.predicate.value == f"{sd}endpoint"}
    if "endpoint" in case.name and not any(f"{client.url}/sparql" == found for _, found in endpoints):
        return f"no sd:endpoint {client.url}/sparql"
    if "schema" in case.name and (not services or any(one not in {s for s, _ in endpoints} for one in services)):
        return "an sd:Service without sd:endpoint"
    return "" if quads else "nothing in it"


def _exchange(client: Client, case: Case, path: str, ours: str) -> str:
    graph, action = case.graph, _one(case.graph, case.node, MF.action)
    location = ""
    for number, request in enumerate(Collection(graph, _one(graph, action, HT.requests)), 1):
        target = str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", location)
        target = ours + target.removeprefix(path) if target.startswith(path) else target
        body = _body(graph, request)
        answer = client.send(str(graph.value(request, HT.methodName)), target, _headers(graph, request), body)
        if problem := _compare(graph, _one(graph, request, HT.resp), answer):
            return f"request {number}: {problem} {answer.body[:150]!r}"
        location = answer.headers.get("location", location)
    return ""


def _compare(graph: Graph, expected: Node, answer: Response) -> str:
    statuses = [str(one).rpartition("#")[2] for one in graph.objects(expected, MF.expectedStatus)]
    patterns = [_STATUS.get(one, one.removeprefix("StatusCode")).replace("xx", r"\d\d") for one in statuses]
    if not any(re.fullmatch(pattern, str(answer.status)) for pattern in patterns):
        return f"status {answer.status}, not {' or '.join(statuses)}"
    for name, value in _headers(graph, expected).items():
        if answer.headers.get(name.lower(), "").lower() != value.lower():
            return f"{name}: {answer.headers.get(name.lower())!r}, not {value!r}"
    form = str(graph.value(expected, MF.expectedFormat) or "")
    if form and (problem := _format(form, answer.media_type)):
        return problem
    boolean = graph.value(expected, MF.expectedBoolean)
    if boolean is not None and f'"boolean":{str(boolean).lower()}'.encode() not in answer.body.replace(b" ", b""):
        return f"not {boolean}"
    body = _body(graph, expected)
    if body is not None and _canonical(body) != _canonical(answer.body):
        return "another graph"
    return ""


def _format(expected: str, media_type: str) -> str:
    if expected == "RDF":
        return "" if RdfFormat.from_media_type(media_type) else f"{media_type} is not RDF"
    found = QueryResultsFormat.from_media_type(media_type)
    return "" if found else f"{media_type} is no format of results"


def _canonical(data: bytes) -> Dataset:
    dataset = Dataset(
        Quad(one.subject, one.predicate, one.object) for one in parse(data, RdfFormat.TURTLE, base_iri=BASE)
    )
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _body(graph: Graph, message: Node) -> bytes | None:
    content = graph.value(message, HT.body)
    if content is None:
        return None
    encoding = str(graph.value(content, CNT.characterEncoding) or "utf-8")
    return str(graph.value(content, CNT.chars)).encode(encoding)


def _headers(graph: Graph, message: Node) -> dict[str, str]:
    head = graph.value(message, HT.headers)
    found = Collection(graph, head) if head is not None else ()
    return {str(graph.value(one, HT.fieldName)): str(graph.value(one, HT.fieldValue)) for one in found}


def _one(graph: Graph, node: Node, name: Node) -> Node:
    value = graph.value(node, name)
    if value is None:
        raise ValueError(f"the manifest has no {name}")
    return value
