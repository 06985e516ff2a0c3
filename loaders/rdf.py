"""RDF files: films described with terms of schema.org, DBpedia, Wikidata or LinkedMDB become facts, the rest stays."""

import json
import re
from collections.abc import Iterator

import pyoxigraph as ox

from reelgraph.errors import DocumentError
from reelgraph.loaders import rdfitems, schemaorg
from reelgraph.loaders.base import Facts, source
from reelgraph.loaders.filmrefs import Context
from reelgraph.loaders.items import Items
from reelgraph.loaders.schemaorg_reviews import site_name
from reelgraph.model import Document, Extraction, Triple

NAME = "rdf"
DESCRIPTION = "RDF files: Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD"
PRIORITY = 10

#: Blank nodes become IRIs under this address, numbered in the order of the file.
GENID = "https://w3id.org/reelgraph/.well-known/genid/"

_SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_MEDIA_TYPES = frozenset(found.media_type for found in _SUFFIXES.values())
_XML = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE\s+rdf:RDF\b.*?\]>\s*)*<rdf:RDF\b", re.DOTALL)
_PREFIX = re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:@prefix\s+[\w-]*:\s*<|@base\s+<|PREFIX\s+[\w-]*:\s*<|BASE\s+<)", re.I)
_BRACES = re.compile(r"^[ \t]*(?:GRAPH\s+)?(?:<[^>]*>|[\w-]+:[\w-]*)\s*\{", re.MULTILINE)
_STATEMENT = re.compile(
    r"(?:\s*#[^\n]*\n)*\s*(?:<[^<>\s]*>|_:\w+)\s+<[^<>\s]*>\s+(?:<[^<>\s]*>|_:\w+|\"[^\n]*\")[^\n]*\.\s*(?:\n|$)"
)
_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.json(?:ld)?)?$")


def rdf_format(document: Document) -> ox.RdfFormat | None:
    """Return the RDF format of a document, judged by how it begins, then by its name; None if it is not RDF."""
    head = document.text[:8192].lstrip("\ufeff")
    suffix = "." + document.name.lower().rpartition(".")[2]
    if _XML.match(head):
        return ox.RdfFormat.RDF_XML
    if _PREFIX.match(head):
        return ox.RdfFormat.TRIG if suffix == ".trig" or _BRACES.search(document.text[:65536]) else ox.RdfFormat.TURTLE
    if re.match(r"\s*[\[{]", head) and '"@context"' in head:
        return ox.RdfFormat.JSON_LD
    if _STATEMENT.match(head):
        return _SUFFIXES.get(suffix, ox.RdfFormat.N_QUADS)
    named = _SUFFIXES.get(suffix)
    return named or (ox.RdfFormat.from_media_type(document.media_type) if document.media_type in _MEDIA_TYPES else None)


def accepts(document: Document) -> bool:
    """Whether the document begins as one of the formats does, or is named as one."""
    return rdf_format(document) is not None


def load(document: Document) -> Extraction:
    """Return facts for the films of a graph and the other triples; a file with a syntax error is refused as a whole."""
    facts = Facts(NAME)
    graph, quoted = rdfitems.graph(document.text, _quads(document))
    if quoted:
        facts.note("document", f"{quoted} statements about statements (RDF 1.2 triple terms) are left out")
    about = []
    for film in graph.films():
        context = Context(Items([]), site=site_name(film.id))
        ref = schemaorg.describe([film], facts, context)
        about.extend([ref] if ref else [])
    if not graph.triples:
        facts.note("document", "the file has no triples")
    triples = tuple(_triples(graph, document))
    return Extraction(NAME, (source(document, "data", *about),), tuple(facts), triples, tuple(facts.issues))


def _quads(document: Document) -> Iterator[ox.Quad]:
    found = rdf_format(document)
    text = document.text.lstrip("\ufeff")
    if found == ox.RdfFormat.JSON_LD:
        text = _with_contexts(document)
    try:
        yield from ox.parse(input=text, format=found, base_iri=f"{GENID}{document.sha256[:16]}/")
    except SyntaxError as error:
        message = re.sub(r"^Parser error (?:at|between) lines? .*?: ", "", str(error.msg))
        place = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
        name = found.name if found else "RDF"
        raise DocumentError(
            f"{document.name}: {place}not {name}: {message}; correct it, nothing of the file is loaded"
        ) from error


def _with_contexts(document: Document) -> str:
    """Return a JSON-LD text with schema.org's context written out; other contexts are not fetched from the web."""
    try:
        data = json.loads(document.text.lstrip("\ufeff"))
    except ValueError as error:
        raise DocumentError(f"{document.name}: not JSON: {error}; correct it, nothing of the file is loaded") from error
    return json.dumps(_inline(data, document))


def _inline(value: object, document: Document) -> object:
    if isinstance(value, list):
        return [_inline(member, document) for member in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(inner, document) if key == "@context" else _inline(inner, document)
        for key, inner in value.items()
    }


def _context(value: object, document: Document) -> object:
    if isinstance(value, list):
        return [_context(member, document) for member in value]
    if not isinstance(value, str):
        return value
    if _SCHEMA.match(value):
        return {"@vocab": "https://schema.org/", "schema": "https://schema.org/"}
    raise DocumentError(
        f"{document.name}: its @context {value} would have to be fetched; write the context into the file"
    )


def _triples(graph: rdfitems.Graph, document: Document) -> Iterator[Triple]:
    """Yield the triples that are no facts, blank nodes numbered as they come in the file."""
    numbers: dict[ox.BlankNode, str] = {}
    for subject, predicate, value in graph.rest():
        terms = [_term(one, numbers, document.sha256) for one in (subject, predicate, value)]
        yield Triple(terms[0], terms[1], terms[2])


def _term(term: object, numbers: dict[ox.BlankNode, str], sha256: str) -> str:
    if isinstance(term, ox.BlankNode):
        return numbers.setdefault(term, f"<{GENID}{sha256[:16]}-{len(numbers) + 1}>")
    return str(term)
