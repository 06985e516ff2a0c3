"""Evidence and claims as lines of N-Quads, written by template: they are most of the quads, and always of one form."""

from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal

from reelgraph import iris
from reelgraph.errors import MappingError
from reelgraph.mapping import STATUS_NODES
from reelgraph.model import Document, Span
from reelgraph.ontology import OA, XSD, term
from reelgraph.validation import Properties

#: Characters of the text before and after the words that are cited.
_CONTEXT = 32
#: Beginnings of pointers to one cell of a table or one value of a tree; around that are other cells, or markup.
_VALUES = ("row ", "/")
_TYPE = term("rdf:type")
_IS_EVIDENCE = f"{_TYPE} {OA.SpecificResource}"
_IS_QUOTE = f"{_TYPE} {OA.TextQuoteSelector}"
_IS_POSITION = f"{_TYPE} {OA.TextPositionSelector}"
_IS_POINTER = f"{_TYPE} {OA.FragmentSelector}"
_IS_CLAIM = f"{_TYPE} {term('film:Claim')}"
_SOURCE, _SELECTOR = str(OA.hasSource), str(OA.hasSelector)
_EXACT, _BEFORE, _AFTER, _START, _END = map(str, (OA.exact, OA.prefix, OA.suffix, OA.start, OA.end))
_VALUE, _LAYER, _EVIDENCE = (str(term(name)) for name in ("rdf:value", "film:layer", "film:evidence"))
_SUBJECT, _PREDICATE, _OBJECT = (str(term(f"rdf:{name}")) for name in ("subject", "predicate", "object"))
_STATUS = str(term("film:status"))
_STATUSES = {status: str(node) for status, node in STATUS_NODES.items()}
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
    tail, about, place, cell = _fixed(graph)
    lines = [*about]
    if span is not None:
        around = None if pointer.startswith(_VALUES) else inside
        quote, passage = _passage(document, around, span, tail)
        lines += place
        lines += passage
    lines.append(f"#quote> {_EXACT} {literal(quote)}{tail}")
    if layer:
        lines.append(f"> {_LAYER} {literal(layer)}{tail}")
    if pointer:
        lines += cell
        lines.append(f"#pointer> {_VALUE} {literal(pointer)}{tail}")
    text = f"<{iri}".join(lines)
    if quote:
        return Evidence(iri, text, quote)
    empty: Properties = {_TYPE.value: [OA.TextQuoteSelector], OA.exact.value: [Literal("")]}
    return Evidence(iri, text, quote, {f"{iri}#quote": empty})


@lru_cache(maxsize=16)
def _fixed(graph: str) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return how quads of a graph end, and what is alike in all its evidence: on itself, its place and its pointer.

    Between these pieces goes the IRI of the evidence.
    """
    tail = f" <{graph}> .\n"
    about = ("", f"> {_IS_EVIDENCE}{tail}", f"> {_SOURCE} <{graph}>{tail}", f"> {_SELECTOR} ", f"#quote>{tail}")
    place = (f"> {_SELECTOR} ", f"#position>{tail}", f"#position> {_IS_POSITION}{tail}")
    cell = (f"> {_SELECTOR} ", f"#pointer>{tail}", f"#pointer> {_IS_POINTER}{tail}")
    return tail, (*about, f"#quote> {_IS_QUOTE}{tail}"), place, cell


def _passage(document: Document, inside: Span | None, span: Span, tail: str) -> tuple[str, list[str]]:
    """Return the words of a passage, and the quads about where it is and the words around it, without subjects.

    The words around it are those `inside` a source document; without that none are given.
    """
    text, start, end = document.text, span.start, span.end
    if not 0 <= start < end <= len(text):
        raise MappingError(f"{document.name}: span {start}-{end} is outside the text ({len(text)})")
    lines = [f'#position> {_START} "{start}"{_INTEGER}{tail}', f'#position> {_END} "{end}"{_INTEGER}{tail}']
    if inside is None:
        return text[start:end], lines
    first = max(start - _CONTEXT, inside.start if inside.start <= start else 0)
    last = min(end + _CONTEXT, inside.end if inside.end >= end else len(text))
    if first < start:
        lines.append(f"#quote> {_BEFORE} {literal(text[first:start])}{tail}")
    if last > end:
        lines.append(f"#quote> {_AFTER} {literal(text[end:last])}{tail}")
    return text[start:end], lines


def claim(iri: str, parts: tuple[str, str, str, str, str], evidence: str) -> str:
    """Return the quads of a claim; `parts` are its graph, the triple it is about as N-Triples, and its status."""
    graph, subject, predicate, value, status = parts
    node, tail = f"<{iri}>", f" <{graph}> .\n"
    return (
        f"{node} {_IS_CLAIM}{tail}{node} {_SUBJECT} {subject}{tail}{node} {_PREDICATE} {predicate}{tail}"
        f"{node} {_OBJECT} {value}{tail}{node} {_STATUS} {_STATUSES[status]}{tail}"
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
