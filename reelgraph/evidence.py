"""Evidence and claims as lines of N-Quads, written by template: they are most of the quads, and always of one form."""

from dataclasses import dataclass, field

from pyoxigraph import Literal

from reelgraph import iris
from reelgraph.errors import MappingError
from reelgraph.mapping import STATUS_NODES
from reelgraph.model import Document, Span
from reelgraph.ontology import OA, XSD, term
from reelgraph.validation import Properties

#: Characters of the text before and after the words that are cited.
_CONTEXT = 32
_TYPE = term("rdf:type")
_IS_EVIDENCE = f"{_TYPE} {OA.SpecificResource}"
_IS_QUOTE = f"{_TYPE} {OA.TextQuoteSelector}"
_IS_POSITION = f"{_TYPE} {OA.TextPositionSelector}"
_IS_POINTER = f"{_TYPE} {OA.FragmentSelector}"
_IS_CLAIM = f"{_TYPE} {term('film:Claim')}"
_SOURCE, _SELECTOR = OA.hasSource, OA.hasSelector
_EXACT, _BEFORE, _AFTER, _START, _END = OA.exact, OA.prefix, OA.suffix, OA.start, OA.end
_VALUE, _LAYER, _EVIDENCE = term("rdf:value"), term("film:layer"), term("film:evidence")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_STATUS = term("film:status")
_INTEGER = f"^^{XSD.integer}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a passage or cell: its IRI, its quads, the words, and nodes that may not be sound."""

    iri: str
    lines: str
    quote: str
    doubtful: dict[str, Properties] = field(default_factory=dict)


def write(
    document: Document, inside: Span, graph: str, base: str, span: Span | None, pointer: str, quote: str, layer: str
) -> Evidence:
    """Return the evidence of a passage of a document in a graph; `inside` is its source document there."""
    where, said = (f"{span.start}-{span.end}", "") if span is not None else ("", quote)
    parts = (graph, where, pointer, said, layer) if layer else (graph, where, pointer, said)
    iri = iris.node(base, "evidence", parts)
    node, tail = f"<{iri}", f" <{graph}> .\n"
    lines = (
        f"{node}> {_IS_EVIDENCE}{tail}{node}> {_SOURCE} <{graph}>{tail}"
        f"{node}> {_SELECTOR} {node}#quote>{tail}{node}#quote> {_IS_QUOTE}{tail}"
    )
    if span is not None:
        quote, passage = _passage(document, inside, span, node, tail)
        lines += passage
    lines += f"{node}#quote> {_EXACT} {literal(quote)}{tail}"
    if layer:
        lines += f"{node}> {_LAYER} {literal(layer)}{tail}"
    if pointer:
        lines += (
            f"{node}> {_SELECTOR} {node}#pointer>{tail}{node}#pointer> {_IS_POINTER}{tail}"
            f"{node}#pointer> {_VALUE} {literal(pointer)}{tail}"
        )
    if quote:
        return Evidence(iri, lines, quote)
    empty: Properties = {_TYPE.value: [OA.TextQuoteSelector], _EXACT.value: [Literal("")]}
    return Evidence(iri, lines, quote, {f"{iri}#quote": empty})


def _passage(document: Document, inside: Span, span: Span, node: str, tail: str) -> tuple[str, str]:
    """Return the words of a passage, and the quads about its place and the words around it."""
    text, start, end = document.text, span.start, span.end
    if not 0 <= start < end <= len(text):
        raise MappingError(f"{document.name}: span {start}-{end} is outside the text ({len(text)})")
    first = max(start - _CONTEXT, inside.start if inside.start <= start else 0)
    last = min(end + _CONTEXT, inside.end if inside.end >= end else len(text))
    lines = (
        f"{node}> {_SELECTOR} {node}#position>{tail}{node}#position> {_IS_POSITION}{tail}"
        f'{node}#position> {_START} "{start}"{_INTEGER}{tail}{node}#position> {_END} "{end}"{_INTEGER}{tail}'
    )
    if first < start:
        lines += f"{node}#quote> {_BEFORE} {literal(text[first:start])}{tail}"
    if last > end:
        lines += f"{node}#quote> {_AFTER} {literal(text[end:last])}{tail}"
    return text[start:end], lines


def claim(iri: str, parts: tuple[str, str, str, str, str], evidence: str) -> str:
    """Return the quads of a claim; `parts` are its graph, the triple it is about as N-Triples, and its status."""
    graph, subject, predicate, value, status = parts
    node, tail = f"<{iri}>", f" <{graph}> .\n"
    return (
        f"{node} {_IS_CLAIM}{tail}{node} {_SUBJECT} {subject}{tail}{node} {_PREDICATE} {predicate}{tail}"
        f"{node} {_OBJECT} {value}{tail}{node} {_STATUS} {STATUS_NODES[status]}{tail}"
        f"{node} {_EVIDENCE} <{evidence}>{tail}"
    )


def literal(text: str) -> str:
    r"""Return a text as N-Quads write it.

    >>> print(literal('He said "no".'))
    "He said \"no\"."
    """
    if "\\" in text or '"' in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"'
