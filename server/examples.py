"""The canned queries as SHACL examples (`sh:SPARQLExecutable`), which query editors offer beside an endpoint."""

from collections.abc import Iterator

import pyoxigraph
from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, Triple

from reelgraph.ontology import PREFIXES, RDF, RDFS, SCHEMA, SH, XSD
from reelgraph.queries import Query, catalogue
from reelgraph.server.rendering import lasting, settings

blueprint = Blueprint("examples", __name__)

#: Where editors look for examples.
PATH = "/.well-known/sparql-examples"
_FORMS = {"SELECT": ("SPARQLSelectExecutable", "select"), "ASK": ("SPARQLAskExecutable", "ask")}
_CONSTRUCT = ("SPARQLConstructExecutable", "construct")


@blueprint.get(PATH)
def examples() -> Response:
    """Send all examples."""

    def make() -> Response:
        body = pyoxigraph.serialize(_triples(), format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
        return Response(body, content_type="text/turtle; charset=utf-8")

    return lasting(make, request.url_root)


def _triples() -> Iterator[Triple]:
    here = request.url_root.rstrip("/")
    prefixes = NamedNode(f"{here}{PATH}#prefixes")
    yield Triple(prefixes, RDF.type, NamedNode("http://www.w3.org/2002/07/owl#Ontology"))
    for prefix, space in PREFIXES.items():
        declared = NamedNode(f"{here}{PATH}#prefix-{prefix}")
        yield Triple(prefixes, SH.declare, declared)
        yield Triple(declared, SH.prefix, Literal(prefix))
        yield Triple(declared, SH.namespace, Literal(space, datatype=XSD.anyURI))
    for query in catalogue(settings().base).values():
        yield from _example(NamedNode(f"{here}/queries/{query.name}"), query, prefixes, here)


def _example(node: NamedNode, query: Query, prefixes: NamedNode, here: str) -> Iterator[Triple]:
    kind, name = _FORMS.get(query.form.upper(), _CONSTRUCT)
    yield Triple(node, RDF.type, SH.SPARQLExecutable)
    yield Triple(node, RDF.type, SH[kind])
    yield Triple(node, RDFS.label, Literal(query.title, language="en"))
    yield Triple(node, RDFS.comment, Literal(f"{query.title}. {query.description}".strip(), language="en"))
    yield Triple(node, SH.prefixes, prefixes)
    yield Triple(node, SH[name], Literal(query.body))
    yield Triple(node, NamedNode(f"{SCHEMA}target"), NamedNode(f"{here}/sparql"))
    for tag in query.tags:
        yield Triple(node, SCHEMA.keywords, Literal(tag))
