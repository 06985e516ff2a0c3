"""RDF files that cannot be read, and how formats are told apart."""

import pyoxigraph as ox
import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import rdf


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", '@prefix s: <https://schema.org/> .\n<https://x.example/a> s:name "x .\n', "line 2, column"),
        ("a.nt", "<https://x.example/a> <https://x.example/p> <no iri> .\n", "line 1, column"),
        ("a.jsonld", '{"@context": "https://schema.org", "@type": ', "not JSON"),
        ("a.jsonld", '{"@context": "https://other.example/c.jsonld", "@type": "Movie"}', "would have to be fetched"),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>',
            "nothing of the file is loaded",
        ),
    ],
)
def test_a_file_with_an_error_is_refused_with_its_place(name: str, text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=r"nothing of the file is loaded|fetched") as error:
        loaders.load(reading.document(name, text.encode()))
    assert name in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "@prefix s: <https://schema.org/> .\n", ox.RdfFormat.TURTLE),
        ("a.txt", "# hello\nPREFIX s: <https://schema.org/>\n<a:b> s:name 1 .", ox.RdfFormat.TURTLE),
        ("a.txt", "<a:b> <a:c> <a:d> .\n", ox.RdfFormat.N_QUADS),
        ("a.nt", "<a:b> <a:c> <a:d> .\n", ox.RdfFormat.N_TRIPLES),
        ("a.ttl", "@prefix e: <e:> .\ne:g { e:a e:b e:c }\n", ox.RdfFormat.TRIG),
        ("a.xml", '<?xml version="1.0"?>\n<!-- x -->\n<rdf:RDF xmlns:rdf="r">', ox.RdfFormat.RDF_XML),
        ("a.json", '{"@context": {}, "@id": "x"}', ox.RdfFormat.JSON_LD),
        ("a.json", '{"title": "Her"}', None),
        ("a.html", "<html><p>@prefix</p></html>", None),
        ("a.txt", "Her is a film.", None),
    ],
)
def test_formats_are_told_by_content_first(name: str, text: str, expected: ox.RdfFormat | None) -> None:
    assert rdf.rdf_format(reading.document(name, text.encode())) == expected


def test_blank_nodes_get_the_same_iris_whatever_their_labels() -> None:
    text = b"@prefix e: <https://x.example/> .\n_:one e:p _:two . _:two e:p [ e:q 1 ] .\n"
    first, second = (loaders.load(reading.document("a.ttl", text)) for _ in range(2))
    assert first == second
    assert all(triple.subject.startswith(f"<{rdf.GENID}") for triple in first.triples)
    assert len({triple.subject for triple in first.triples}) == 3


DBPEDIA = """@prefix dbo: <http://dbpedia.org/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://dbpedia.org/resource/Low_Fell_(1999_film)> a dbo:Film ; dbo:runtime "5520.0" ;
  <http://xmlns.com/foaf/0.1/name> "Low Fell"@en ;
  rdfs:label "La bajada"@es , "Low Fell (1999 film)"@en ; dbo:starring <http://dbpedia.org/resource/Cy_Elm_(actor)> ;
  dbo:director <http://dbpedia.org/resource/Ada_Vole> ; <http://x.example/note> "kept" .
"""
WIKIDATA = """@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
wd:Q1 wdt:P31 wd:Q11424 ; rdfs:label "Low Fell"@en ; wdt:P57 wd:Q2 ; wdt:P161 wd:Q3 ; wdt:P577 "1999-05-01T00:00:00Z" ;
  wdt:P2047 "+92" ; wdt:P345 "tt0000001" .
wd:Q2 rdfs:label "Ada Vole"@en . wd:Q3 rdfs:label "Cy Elm"@mul .
wd:Q4 wdt:P31 wd:Q5398426 ; rdfs:label "A series"@en ; wdt:P57 wd:Q2 .
"""
LINKEDMDB = """@prefix m: <http://data.linkedmdb.org/resource/movie/> .
@prefix d: <http://purl.org/dc/terms/> .
<http://a.example/1> a m:film ; d:title "Low Fell" ; m:initial_release_date "1999" ; m:runtime "92" ;
  m:director [ m:director_name "Ada Vole" ] ; m:actor [ m:actor_name "Cy Elm" ] .
"""


@pytest.mark.parametrize("text", [DBPEDIA, WIKIDATA, LINKEDMDB])
def test_films_described_in_other_vocabularies(text: str) -> None:
    found = loaders.load(reading.document("a.ttl", text.encode()))
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Fell", 1999)]
    facts = {fact.kind: fact for fact in found.facts}
    assert getattr(facts["credit"].fields["agent"], "name", "") == "Ada Vole"
    assert getattr(facts["cast"].fields["person"], "name", "") == "Cy Elm"
    assert facts["runtime"].fields["minutes"] == 92
    for fact in found.facts:
        assert not (fact.span and fact.quote) or fact.quote in text


def test_what_no_known_term_says_stays_as_it_is() -> None:
    found = loaders.load(reading.document("a.ttl", DBPEDIA.encode()))
    assert any(triple.object == '"kept"' for triple in found.triples)
    assert not any("ontology/director" in triple.predicate for triple in found.triples)
