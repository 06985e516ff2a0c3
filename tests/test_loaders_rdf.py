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
