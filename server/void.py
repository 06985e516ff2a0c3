"""What the data set is, in VoID: how much there is of every class and property, and where it can be had."""

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph
from flask import Blueprint, Response, redirect, request
from pyoxigraph import Literal, NamedNode, Triple

from reelgraph import export
from reelgraph.ontology import DCTERMS, ONTOLOGY, PREFIXES, RDF, RDFS, SCHEMES, XSD, curie
from reelgraph.server import examples
from reelgraph.server.census import census
from reelgraph.server.rendering import lasting, links
from reelgraph.server.view import View, view

blueprint = Blueprint("void", __name__)

_VOID = "http://rdfs.org/ns/void#"
_FOAF = "http://xmlns.com/foaf/0.1/"


@blueprint.get("/.well-known/void")
def well_known() -> Response:
    """Lead to the description."""
    return redirect(links()("/void.ttl"), 303)  # type: ignore[return-value]


@blueprint.get("/void.ttl")
def description() -> Response:
    """Send the description of the data set."""

    def make() -> Response:
        prefixes = {"void": _VOID, "foaf": _FOAF, **PREFIXES}
        body = pyoxigraph.serialize(_triples(view()), format=pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes)
        return Response(body, content_type="text/turtle; charset=utf-8")

    return lasting(make, request.url_root)


def _triples(seen: View) -> Iterator[Triple]:
    here = request.url_root.rstrip("/")
    dataset = NamedNode(f"{seen.base}dataset")
    yield Triple(dataset, RDF.type, _void("Dataset"))
    yield Triple(
        dataset,
        DCTERMS.title,
        Literal("Films, people and companies, every fact with the words it came from", language="en"),
    )
    yield Triple(dataset, DCTERMS.modified, Literal(seen.snapshot.manifest.created, datatype=XSD.dateTime))
    yield Triple(dataset, DCTERMS.hasVersion, Literal(seen.id))
    yield Triple(dataset, NamedNode(f"{_FOAF}homepage"), NamedNode(f"{here}/"))
    yield Triple(dataset, _void("sparqlEndpoint"), NamedNode(f"{here}/sparql"))
    yield Triple(dataset, _void("uriSpace"), Literal(seen.base))
    yield Triple(dataset, _void("openSearchDescription"), NamedNode(f"{here}/opensearch.xml"))
    for suffix in dict.fromkeys(one.suffix for one in export.FORMATS.values()):
        yield Triple(dataset, _void("dataDump"), NamedNode(f"{here}/export.{suffix}"))
    for name in (ONTOLOGY, PREFIXES["schema"], PREFIXES["oa"], *(f"{ONTOLOGY}/{scheme}" for scheme in SCHEMES)):
        yield Triple(dataset, _void("vocabulary"), NamedNode(name))
    yield Triple(dataset, RDFS.seeAlso, NamedNode(f"{here}{examples.PATH}"))
    counted = seen.kept(census)
    yield Triple(dataset, _void("triples"), _count(counted.triples))
    yield Triple(dataset, _void("properties"), _count(len(counted.properties)))
    yield Triple(dataset, _void("classes"), _count(len(counted.classes)))
    yield Triple(dataset, _void("documents"), _count(len(seen.snapshot.manifest.documents)))
    for name, count in counted.properties.items():
        yield from _partition(dataset, "property", name, "triples", count)
    for name, count in counted.classes.items():
        yield from _partition(dataset, "class", name, "entities", count)


def _partition(dataset: NamedNode, kind: str, name: str, what: str, count: int) -> Iterator[Triple]:
    part = NamedNode(f"{dataset.value}#{kind}-{quote(curie(name).replace(':', '-', 1), '')}")
    yield Triple(dataset, _void(f"{kind}Partition"), part)
    yield Triple(part, _void(kind), NamedNode(name))
    yield Triple(part, _void(what), _count(count))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
