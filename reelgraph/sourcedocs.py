"""What is known of stored files and the source documents in them: their IRIs, and what `graph/sources` says of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from reelgraph import iris
from reelgraph.mapping import Triple
from reelgraph.model import Document, Extraction, Ref, SourceDocument, Span
from reelgraph.ontology import term
from reelgraph.values import address, integer, moment, named

_TYPE = term("rdf:type")
_T = {
    name: term(name)
    for name in re.findall(
        r"\S+",
        "film:documentKind film:site film:authorName film:file film:start film:end film:loader schema:name "
        "schema:datePublished schema:url schema:sha256 schema:isPartOf schema:hasPart schema:about "
        "schema:encodingFormat schema:DigitalDocument",
    )
}
_SOURCE_CLASSES = {
    "article": "schema:Article",
    "analysis": "schema:Article",
    "review": "schema:Review",
    "page": "schema:WebPage",
    "aggregator page": "schema:WebPage",
    "parents' guide": "schema:WebPage",
    "search snippet": "schema:WebPage",
}


class Names(Protocol):
    """What gives the IRI of a thing as a document names it; `subject` is the film it is named with."""

    def iri(self, ref: Ref, doc: str, subject: Ref | None = None) -> str:
        """Return the IRI, nothing for a film that no document has a name for."""

    def name(self, iri: str) -> str:
        """Return the canonical name of a thing, empty if that is not known."""


def source_iris(document: Document, sources: Sequence[SourceDocument], base: str) -> list[str]:
    """Return the IRI, which is also the graph name, of each source document of a file."""
    whole = len(sources) == 1 and sources[0].span == Span(0, len(document.text))
    made = [iris.source(base, document.sha256, source.span.start, whole=whole) for source in sources]
    taken: dict[str, int] = {}
    for index, iri in enumerate(made):
        taken[iri] = taken.get(iri, 0) + 1
        if taken[iri] > 1:
            made[index] = f"{iri}-{taken[iri]}"
    return made


def descriptions(document: Document, extraction: Extraction, names: Names, base: str) -> Iterator[Quad]:
    """Yield what is known of a stored file and its source documents, for `graph/sources`."""
    graph = named(iris.graph(base, "sources"))
    file = named(iris.document(base, document.sha256))
    triples: list[Triple] = [
        (file, _TYPE, _T["schema:DigitalDocument"]),
        (file, _T["film:file"], Literal(document.name)),
        (file, _T["schema:sha256"], Literal(document.sha256)),
        (file, _T["schema:encodingFormat"], Literal(document.media_type)),
    ]
    if "://" in document.name and (page := address(document.name)):
        triples.append((file, _T["schema:url"], page))
    made = source_iris(document, extraction.sources, base)
    for source, iri in zip(extraction.sources, made, strict=True):
        node = named(iri)
        if node != file:
            triples.append((file, _T["schema:hasPart"], node))
            triples.append((node, _T["schema:isPartOf"], file))
        triples.extend(_description(node, source, document, extraction.loader))
        about = dict.fromkeys(names.iri(ref, document.sha256) for ref in source.about)
        triples.extend((node, _T["schema:about"], named(film)) for film in about if film)
    for subject, predicate, value in dict.fromkeys(triples):
        yield Quad(subject, predicate, value, graph)


def _description(node: NamedNode, source: SourceDocument, document: Document, loader: str) -> Iterator[Triple]:
    yield node, _TYPE, term(_SOURCE_CLASSES.get(source.kind, "schema:DigitalDocument"))
    yield node, _T["film:file"], Literal(document.name)
    yield node, _T["schema:sha256"], Literal(document.sha256)
    yield node, _T["film:start"], integer(source.span.start)
    yield node, _T["film:end"], integer(source.span.end)
    for name, text in (
        ("schema:name", source.title),
        ("film:documentKind", source.kind),
        ("film:site", source.site),
        ("film:authorName", source.author),
        ("film:loader", loader),
    ):
        if text:
            yield node, _T[name], Literal(text)
    if source.date:
        yield node, _T["schema:datePublished"], moment(source.date)
