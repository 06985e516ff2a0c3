"""Builds the graph that the tests of the canned queries run on: `python tests/fixture_graph.py` writes it anew.

It goes the way of real documents (facts, identity, mapping, provenance, preferred values), so that it cannot drift from
what the pipeline makes.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from reelgraph import identity, iris, ontology, preferred, provenance
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span, Triple, Value
from reelgraph.queries import DEFAULT_BASE

TARGET = Path(__file__).parents[1] / "queries" / "fixture.trig"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PREFIXES = {**ontology.PREFIXES, "graph": f"{DEFAULT_BASE}graph/"}

#: A fact as the documents write it: kind, subject, the words (of the sentence), fields, and the status if not actual.
Said = tuple[str, Ref | None, str, Mapping[str, Value]] | tuple[str, Ref | None, str, Mapping[str, Value], str]


@dataclass(frozen=True)
class Statement:
    """A sentence and what it says."""

    sentence: str
    facts: tuple[Said, ...]


def says(sentence: str, *facts: Said) -> Statement:
    """Return a sentence with its facts."""
    return Statement(sentence, facts)


@dataclass(frozen=True)
class Page:
    """A text with one source document, or more when another page follows in the same file."""

    name: str
    kind: str
    statements: tuple[Statement, ...]
    site: str = ""
    author: str = ""
    title: str = ""
    date: str = ""
    about: tuple[Ref, ...] = ()
    then: "Page | None" = None

    def extraction(self) -> tuple[Document, Extraction]:
        """Return the text and all facts in it, with spans where the words are."""
        text, sources, facts = "", [], []
        page: Page | None = self
        while page is not None:
            start = len(text)
            text += f"{page.title}\n"
            for statement in page.statements:
                facts += [_spanned(said, len(text), statement.sentence, len(sources)) for said in statement.facts]
                text += f"{statement.sentence}\n"
            evidence = Span(start, start + len(page.title)) if page.title else None
            sources.append(
                SourceDocument(
                    Span(start, len(text)),
                    page.kind,
                    page.site,
                    page.author,
                    page.title,
                    page.date,
                    page.about,
                    evidence,
                )
            )
            page = page.then
        return _document(self.name, text, "text/plain"), Extraction("fixture", tuple(sources), tuple(facts))


@dataclass(frozen=True)
class Table:
    """A structured file: facts with a pointer and the words of a cell, or with neither."""

    name: str
    facts: tuple[tuple[str, Ref, str, str, Mapping[str, Value]], ...]
    triples: tuple[Triple, ...] = ()
    site: str = ""
    title: str = ""
    about: tuple[Ref, ...] = ()

    def extraction(self) -> tuple[Document, Extraction]:
        """Return a document that stands for the file, and its facts."""
        document = _document(self.name, f'{{"title": "{self.title}"}}', "application/json")
        source = SourceDocument(Span(0, len(document.text)), "data", self.site, "", self.title, "", self.about)
        facts = (
            Fact(kind, subject, fields, pointer=pointer, quote=quote)
            for kind, subject, pointer, quote, fields in self.facts
        )
        return document, Extraction("fixture", (source,), tuple(facts), self.triples)


def _spanned(said: Said, start: int, sentence: str, source: int) -> Fact:
    kind, subject, words, fields, *status = said
    first = start + sentence.index(words)
    return Fact(kind, subject, fields, Span(first, first + len(words)), source=source, status=(*status, "actual")[0])


def _document(name: str, text: str, media_type: str) -> Document:
    data = text.encode()
    return Document(name, sha256(data).hexdigest(), media_type, data, text)


def build(base: str = DEFAULT_BASE) -> ox.Store:
    """Return a store with the fixture graph."""
    from fixture_documents import DOCUMENTS

    extracted = [(document, _moved(extraction, base)) for document, extraction in map(_extraction, DOCUMENTS)]
    resolution = identity.resolve(((document.sha256, extraction) for document, extraction in extracted), base)
    store = ox.Store()
    for document, extraction in extracted:
        store.extend(provenance.quads(document, extraction, resolution, base))
    store.extend(list(_labels(store, base)))
    store.extend(list(preferred.quads(store, resolution, base)))
    return store


def _extraction(page: Page | Table) -> tuple[Document, Extraction]:
    return page.extraction()


def _moved(extraction: Extraction, base: str) -> Extraction:
    triples = (replace(triple, subject=triple.subject.replace(DEFAULT_BASE, base)) for triple in extraction.triples)
    return replace(extraction, triples=tuple(triples))


def _labels(store: ox.Store, base: str) -> Iterator[ox.Quad]:
    """Yield the names of the concepts that the graph uses, which a real store has from the ontology."""
    used = {quad.object for quad in store}
    graph = iris.graph(base, "vocabulary")
    for quad in ontology.vocabulary_quads(base):
        if quad.subject in used and quad.predicate.value == f"{_SKOS}prefLabel":
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))


def written(store: ox.Store) -> str:
    """Return the store as sorted TriG."""
    quads = sorted(
        store, key=lambda quad: tuple(map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object)))
    )
    prefixes = {
        prefix: iri for prefix, iri in sorted(_PREFIXES.items()) if prefix in "film graph oa rdf rdfs schema skos xsd"
    }
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes).decode()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.modules["fixture_graph"] = sys.modules["__main__"]
    TARGET.write_text(written(build()), encoding="utf-8")
