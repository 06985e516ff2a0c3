"""From the facts of one document to quads: a named graph for each source document in it, every fact with its evidence.

Passages that several facts share have one evidence node; a fact that a source states twice is one node with two pieces
of evidence. What the source documents are is described in `graph/sources`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from reelgraph import iris, mapping
from reelgraph.errors import MappingError
from reelgraph.mapping import STATUS_NODES, Statement, Triple
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span
from reelgraph.ontology import term
from reelgraph.values import address, integer, moment, named

#: Triples after which the quads of a large source document are handed on.
CHUNK = 50_000
_CONTEXT = 32
_TYPE = term("rdf:type")
_T = {
    name: term(name)
    for name in re.findall(
        r"\S+",
        "rdf:subject rdf:predicate rdf:object rdf:value oa:SpecificResource oa:hasSource oa:hasSelector oa:exact "
        "oa:TextQuoteSelector oa:TextPositionSelector oa:FragmentSelector oa:prefix oa:suffix oa:start oa:end "
        "film:Claim film:evidence film:status film:documentKind film:site film:authorName film:file film:start "
        "film:end film:loader schema:name schema:identifier schema:sameAs schema:datePublished schema:sha256 "
        "schema:isPartOf schema:hasPart schema:about schema:encodingFormat schema:DigitalDocument",
    )
}
_CLASSES = {
    kind: term(name)
    for kind, name in {
        "film": "schema:Movie",
        "person": "schema:Person",
        "organization": "schema:Organization",
        "character": "film:Character",
        "place": "schema:Place",
        "work": "schema:CreativeWork",
        "award": "film:Award",
        "topic": "film:Topic",
    }.items()
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
        """Return the IRI."""


@dataclass(slots=True)
class _Graph:
    """The graph of one source document while it is written."""

    document: Document
    source: SourceDocument
    name: NamedNode
    names: Names
    base: str
    subject: Ref | None = None
    triples: list[Triple] = field(default_factory=list)
    things: dict[tuple[Ref, Ref | None], NamedNode] = field(default_factory=dict)
    evidence: dict[tuple[Span | None, str, str], NamedNode] = field(default_factory=dict)

    def add(self, triple: Triple) -> None:
        """Add a triple; what is added twice is one in the store."""
        self.triples.append(triple)

    def flush(self) -> list[Quad]:
        """Return what was added, and begin again."""
        name = self.name
        quads = [Quad(subject, predicate, value, name) for subject, predicate, value in self.triples]
        self.triples.clear()
        self.things.clear()
        self.evidence.clear()
        return quads

    def thing(self, ref: Ref) -> NamedNode:
        """Return the node of an entity; the first time, say what it is and how this source names it."""
        key = (ref, self.subject)
        known = self.things.get(key)
        if known is not None:
            return known
        node = named(self.names.iri(ref, self.document.sha256, self.subject))
        self.things[key] = node
        self.add((node, _TYPE, _CLASSES[ref.kind]))
        self.add((node, _T["schema:name"], Literal(ref.name)))
        for identifier in ref.ids:
            self.add((node, _T["schema:identifier"], Literal(identifier)))
            page = address(iris.same_as(identifier))
            if page is not None:
                self.add((node, _T["schema:sameAs"], page))
        return node


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


def quads(document: Document, extraction: Extraction, names: Names, base: str) -> Iterator[Quad]:
    """Yield all quads of a document: one graph per source document, then their description in `graph/sources`."""
    for chunk in chunks(document, extraction, names, base):
        yield from chunk
    yield from descriptions(document, extraction, names, base)


def chunks(document: Document, extraction: Extraction, names: Names, base: str) -> Iterator[list[Quad]]:
    """Yield the quads of each source document, in parts that describe all they name, so that each can be checked."""
    by_source: list[list[Fact]] = [[] for _ in extraction.sources]
    for fact in extraction.facts:
        if not 0 <= fact.source < len(by_source):
            raise MappingError(f"{document.name}: {fact.kind}: source {fact.source} is not one of {len(by_source)}")
        by_source[fact.source].append(fact)
    triples: list[list[Triple]] = [[] for _ in extraction.sources]
    for triple in extraction.triples:
        triples[triple.source].append(_parsed(triple.subject, triple.predicate, triple.object))
    made = source_iris(document, extraction.sources, base)
    for source, iri, facts, taken in zip(extraction.sources, made, by_source, triples, strict=True):
        graph = _Graph(document, source, named(iri), names, base, triples=taken)
        if source.evidence is not None:
            graph.add((graph.name, _T["film:evidence"], _evidence(graph, source.evidence, "", "")))
        subject = None
        for fact in facts:
            if len(graph.triples) > CHUNK and fact.subject != subject:
                yield graph.flush()
            _write_fact(graph, fact)
            subject = fact.subject
        yield graph.flush()


def _parsed(subject: str, predicate: str, value: str) -> Triple:
    line = f"{subject} {predicate} {value} ."
    try:
        (quad,) = parse(line, format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise MappingError(f"not an N-Triples statement: {line[:200]!r} ({error})") from None
    value_node = quad.object
    if not isinstance(quad.subject, NamedNode) or not isinstance(value_node, NamedNode | Literal):
        raise MappingError(f"a statement must have IRIs and literals only: {line[:200]!r}")
    return quad.subject, quad.predicate, value_node


def _write_fact(graph: _Graph, fact: Fact) -> None:
    graph.subject = fact.subject
    subject = graph.name if fact.subject is None else graph.thing(fact.subject)
    statement = mapping.write(fact, subject, graph.name.value, graph.base, graph.thing, graph.add)
    evidence = None
    if fact.span is not None or fact.pointer:
        evidence = _evidence(graph, fact.span, fact.pointer, fact.quote)
    _attach(graph, statement, fact.status, evidence)


def _attach(graph: _Graph, statement: Statement, status: str, evidence: NamedNode | None) -> None:
    if statement.node is not None:
        if evidence is not None:
            graph.add((statement.node, _T["film:evidence"], evidence))
        return
    if evidence is None and status == "actual":
        return
    for subject, predicate, value in statement.plain:
        parts = (graph.name.value, str(subject), str(predicate), str(value), status)
        claim = named(iris.node(graph.base, "claim", parts))
        graph.add((claim, _TYPE, _T["film:Claim"]))
        graph.add((claim, _T["rdf:subject"], subject))
        graph.add((claim, _T["rdf:predicate"], predicate))
        graph.add((claim, _T["rdf:object"], value))
        graph.add((claim, _T["film:status"], STATUS_NODES[status]))
        if evidence is not None:
            graph.add((claim, _T["film:evidence"], evidence))


def _evidence(graph: _Graph, span: Span | None, pointer: str, quote: str) -> NamedNode:
    key = (span, pointer, quote if span is None else "")
    known = graph.evidence.get(key)
    if known is not None:
        return known
    where = f"{span.start}-{span.end}" if span is not None else ""
    node = named(iris.node(graph.base, "evidence", (graph.name.value, where, *key[1:])))
    graph.evidence[key] = node
    add = graph.add
    add((node, _TYPE, _T["oa:SpecificResource"]))
    add((node, _T["oa:hasSource"], graph.name))
    quoted = named(node.value + "#quote")
    add((node, _T["oa:hasSelector"], quoted))
    add((quoted, _TYPE, _T["oa:TextQuoteSelector"]))
    if span is None:
        add((quoted, _T["oa:exact"], Literal(quote)))
    else:
        _add_position(graph, node, quoted, span)
    if pointer:
        fragment = named(node.value + "#pointer")
        add((node, _T["oa:hasSelector"], fragment))
        add((fragment, _TYPE, _T["oa:FragmentSelector"]))
        add((fragment, _T["rdf:value"], Literal(pointer)))
    return node


def _add_position(graph: _Graph, node: NamedNode, quoted: NamedNode, span: Span) -> None:
    text, add = graph.document.text, graph.add
    if not 0 <= span.start < span.end <= len(text):
        raise MappingError(f"{graph.document.name}: span {span.start}-{span.end} is outside the text ({len(text)})")
    inside = graph.source.span
    first = max(span.start - _CONTEXT, inside.start if inside.start <= span.start else 0)
    last = min(span.end + _CONTEXT, inside.end if inside.end >= span.end else len(text))
    add((quoted, _T["oa:exact"], Literal(text[span.start : span.end])))
    if first < span.start:
        add((quoted, _T["oa:prefix"], Literal(text[first : span.start])))
    if last > span.end:
        add((quoted, _T["oa:suffix"], Literal(text[span.end : last])))
    position = named(node.value + "#position")
    add((node, _T["oa:hasSelector"], position))
    add((position, _TYPE, _T["oa:TextPositionSelector"]))
    add((position, _T["oa:start"], integer(span.start)))
    add((position, _T["oa:end"], integer(span.end)))


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
    made = source_iris(document, extraction.sources, base)
    for source, iri in zip(extraction.sources, made, strict=True):
        node = named(iri)
        if node != file:
            triples.append((file, _T["schema:hasPart"], node))
            triples.append((node, _T["schema:isPartOf"], file))
        triples.extend(_description(node, source, document, extraction.loader))
        about = dict.fromkeys(names.iri(ref, document.sha256) for ref in source.about)
        triples.extend((node, _T["schema:about"], named(film)) for film in about)
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
