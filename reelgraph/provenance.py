"""From the facts of one document to quads: a named graph for each source document in it, every fact with its evidence.

Passages that several facts share have one evidence node; a fact that a source states twice is one node with two pieces
of evidence. What the source documents are is described in `graph/sources`. Quads are made as lines of N-Quads, the form
in which the store takes many at once: an object for each of them would take longer than all else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from reelgraph import evidence, iris, mapping
from reelgraph.errors import MappingError
from reelgraph.mapping import STATUS_NODES, Statement, Triple
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span
from reelgraph.names import is_code
from reelgraph.ontology import term
from reelgraph.sourcedocs import Names, descriptions, source_iris
from reelgraph.validation import SOUND_EVIDENCE, Properties
from reelgraph.values import address, named

#: Parts of text after which the quads of a large source document are handed on: some 4 MB, which are made fastest.
CHUNK = 4_000
_TYPE = term("rdf:type")
_T = {
    name: term(name)
    for name in re.findall(
        r"\S+",
        "rdf:subject rdf:predicate rdf:object film:Claim film:evidence film:status schema:name schema:identifier "
        "schema:sameAs",
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


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some quads of a source's graph as lines of N-Quads, what they say of nodes, and the quotes with evidence."""

    source: str
    data: bytes
    nodes: dict[str, Properties]
    quotes: list[tuple[str, str]]

    def quads(self) -> Iterator[Quad]:
        """Return the quads as objects."""
        return parse(self.data, format=RdfFormat.N_QUADS)


@dataclass(slots=True)
class _Graph:
    """The graph of one source document while it is written."""

    document: Document
    source: SourceDocument
    name: NamedNode
    names: Names
    base: str
    tail: str
    subject: Ref | None = None
    lines: list[str] = field(default_factory=list)
    nodes: dict[str, Properties] = field(default_factory=dict)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    things: dict[tuple[int, int], NamedNode] = field(default_factory=dict)
    described: set[tuple[str, str, tuple[str, ...]]] = field(default_factory=set)
    evidence: dict[tuple[object, ...], NamedNode] = field(default_factory=dict)

    def add(self, triple: Triple) -> None:
        """Add a triple to check; what is added twice is one in the store."""
        subject, predicate, value = triple
        focus, name = subject.value, predicate.value
        self.lines.append(f"<{focus}> <{name}> {value}{self.tail}")
        properties = self.nodes.get(focus)
        if properties is None:
            self.nodes[focus] = {name: [value]}
        elif properties is SOUND_EVIDENCE:
            return
        elif name in properties:
            properties[name].append(value)
        else:
            properties[name] = [value]

    def flush(self) -> Chunk:
        """Return what was added, and begin again."""
        chunk = Chunk(self.name.value, "".join(self.lines).encode(), self.nodes, self.quotes)
        self.lines, self.nodes, self.quotes = [], {}, []
        self.things.clear()
        self.described.clear()
        self.evidence.clear()
        return chunk

    def thing(self, ref: Ref) -> NamedNode:
        """Return the node of an entity; the first time, say what it is and how this source names it."""
        key = (id(ref), id(self.subject))
        known = self.things.get(key)
        if known is not None:
            return known
        node = named(self.names.iri(ref, self.document.sha256, self.subject))
        self.things[key] = node
        described = (node.value, ref.name, ref.ids)
        if described in self.described:
            return node
        self.described.add(described)
        self.add((node, _TYPE, _CLASSES[ref.kind]))
        name = self.names.name(node.value) if is_code(ref.name, ref.ids) else ""
        self.add((node, _T["schema:name"], Literal(name or ref.name)))
        for identifier in ref.ids:
            self.add((node, _T["schema:identifier"], Literal(identifier)))
            page = address(iris.same_as(identifier))
            if page is not None:
                self.add((node, _T["schema:sameAs"], page))
        return node

    def cite(self, span: Span | None, pointer: str = "", quote: str = "", layer: str = "") -> NamedNode:
        """Return the evidence node of a passage or cell; the first time, write it down."""
        key = (None, None, pointer, quote, layer) if span is None else (span.start, span.end, pointer, "", layer)
        known = self.evidence.get(key)
        if known is not None:
            return known
        made = evidence.write(self.document, self.source.span, self.name.value, self.base, span, pointer, quote, layer)
        node = self.evidence[key] = NamedNode(made.iri)
        self.lines.append(made.lines)
        self.quotes.append((made.quote, made.iri))
        self.nodes[made.iri] = SOUND_EVIDENCE
        self.nodes.update(made.doubtful)
        return node


def quads(document: Document, extraction: Extraction, names: Names, base: str) -> Iterator[Quad]:
    """Yield all quads of a document: one graph per source document, then their description in `graph/sources`."""
    for chunk in chunks(document, extraction, names, base):
        yield from chunk.quads()
    yield from descriptions(document, extraction, names, base)


def chunks(
    document: Document, extraction: Extraction, names: Names, base: str, *, further: bool = False
) -> Iterator[Chunk]:
    """Yield the quads of each source document, in parts that describe all they name, so that each can be checked.

    Of facts that are only a `further` part of those of the document the quads are yielded, and none else.
    """
    by_source: list[list[Fact]] = [[] for _ in extraction.sources]
    for fact in extraction.facts:
        if not 0 <= fact.source < len(by_source):
            raise MappingError(f"{document.name}: {fact.kind}: source {fact.source} is not one of {len(by_source)}")
        by_source[fact.source].append(fact)
    triples: list[list[Triple]] = [[] for _ in extraction.sources]
    for triple in () if further else extraction.triples:
        triples[triple.source].append(_parsed(triple.subject, triple.predicate, triple.object))
    made = source_iris(document, extraction.sources, base)
    for source, iri, facts, taken in zip(extraction.sources, made, by_source, triples, strict=True):
        if further and not facts:
            continue
        graph = _Graph(document, source, named(iri), names, base, f" <{iri}> .\n")
        for one in taken:
            graph.add(one)
        if source.evidence is not None and not further:
            graph.add((graph.name, _T["film:evidence"], graph.cite(source.evidence)))
        subject, waiting = None, False
        for fact in facts:
            if fact.subject is not subject:
                if len(graph.lines) > CHUNK and fact.subject != subject:
                    yield graph.flush()
                subject, waiting = fact.subject, _is_waiting(graph, fact.subject)
            if not waiting:
                _write_fact(graph, fact)
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


def _is_waiting(graph: _Graph, film: Ref | None) -> bool:
    """Whether a film is one of which only an identifier is known so far."""
    coded = film is not None and film.kind == "film" and is_code(film.name, film.ids)
    return coded and film is not None and not graph.names.iri(film, graph.document.sha256)


def _write_fact(graph: _Graph, fact: Fact) -> None:
    graph.subject = fact.subject
    subject = graph.name if fact.subject is None else graph.thing(fact.subject)
    statement = mapping.write(fact, subject, graph.name.value, graph.base, graph.thing, graph.add)
    passage = None
    if fact.span is not None or fact.pointer:
        passage = graph.cite(fact.span, fact.pointer, fact.quote, fact.layer)
    _attach(graph, statement, fact.status, passage)


def _attach(graph: _Graph, statement: Statement, status: str, passage: NamedNode | None) -> None:
    if statement.node is not None:
        if passage is not None:
            graph.add((statement.node, _T["film:evidence"], passage))
        return
    if passage is None and status == "actual":
        return
    for subject, predicate, value in statement.plain:
        parts = (graph.name.value, str(subject), str(predicate), str(value), status)
        iri = iris.node(graph.base, "claim", parts)
        if passage is not None:
            graph.lines.append(evidence.claim(iri, parts, passage.value))
            continue
        claim = named(iri)
        graph.add((claim, _TYPE, _T["film:Claim"]))
        graph.add((claim, _T["rdf:subject"], subject))
        graph.add((claim, _T["rdf:predicate"], predicate))
        graph.add((claim, _T["rdf:object"], value))
        graph.add((claim, _T["film:status"], STATUS_NODES[status]))
