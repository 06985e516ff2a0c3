"""Exports: the same bytes in any order, equal graphs when read back, no blank nodes, readable, in bounded memory."""

import random
from collections.abc import Iterable

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.compare import isomorphic

from reelgraph import excerpts, export
from reelgraph.config import DEFAULT_BASE as BASE
from reelgraph.errors import ExportError
from reelgraph.export import FORMATS, turtle
from reelgraph.turtle import Names

SCHEMA, FILM, OA, XSD = (
    "https://schema.org/",
    "https://w3id.org/reelgraph/ontology#",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/2001/XMLSchema#",
)
TRIG = """
@base <https://w3id.org/reelgraph/id/> .
@prefix schema: <https://schema.org/> . @prefix film: <https://w3id.org/reelgraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<document/aa> {
  <film/her-2013> a schema:Movie ; schema:name "Her" ; schema:actor <person/amy-adams> ; film:castCredit <cast/01> .
  <person/amy-adams> a schema:Person ; schema:name "Amy Adams" .
  <cast/01> a film:CastCredit ; schema:actor <person/amy-adams> ; schema:characterName "Amy \\"A.\\"\\n" ;
    schema:position 3 ; film:status film:Actual ; film:evidence <evidence/01> .
  <evidence/01> a oa:SpecificResource ; oa:hasSource <document/aa> ; oa:hasSelector <evidence/01#quote> .
  <evidence/01#quote> a oa:TextQuoteSelector ; oa:exact "Amy Adams as Amy" .
}
<document/bb> {
  <film/her-2013> a schema:Movie ; schema:name "Her"@en ; film:runtimeMinutes 126 .
  <claim/01> a film:Claim ; rdf:subject <film/her-2013> ; rdf:predicate film:runtimeMinutes ; rdf:object 126 ;
    film:status film:Actual ; film:evidence <evidence/02> .
  <evidence/02> a oa:SpecificResource ; oa:hasSource <document/bb> .
  <film/up-2009> a schema:Movie ; schema:name "Up" .
}
<graph/sources> { <document/aa> film:file "her.txt" . <document/bb> film:file "films.txt" . }
<graph/preferred> { <film/her-2013> rdfs:label "Her" ; film:year 2013 . <person/amy-adams> rdfs:label "Amy Adams" . }
<graph/vocabulary> { film:Movie rdfs:label "film" . }
"""
EXPECTED = """\
@base <https://w3id.org/reelgraph/id/> .
@prefix film: <https://w3id.org/reelgraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .

<film/her-2013>
    a schema:Movie ;
    schema:name "Her"@en ;
    film:runtimeMinutes 126 .

<film/up-2009>
    a schema:Movie ;
    schema:name "Up" .
"""


def filled(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


@pytest.fixture
def quads() -> list[Quad]:
    return list(parse(TRIG, RdfFormat.TRIG))


@pytest.fixture
def store(quads: list[Quad]) -> Store:
    return filled(quads)


def text(store: Store, form: str = "turtle", names: list[str] | None = None) -> str:
    return "".join(export.export(store, form, names))


def union(quads: Iterable[Quad]) -> Dataset:
    """All statements in one graph, to compare."""
    made = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    made.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return made


@pytest.mark.parametrize("form", sorted({one.name for one in FORMATS.values()}))
class TestAllFormats:
    def test_same_bytes_in_any_order(self, quads: list[Quad], form: str) -> None:
        expected = text(filled(quads), form)
        for seed in range(4):
            shuffled = random.Random(seed).sample(quads, len(quads))
            store = Store()
            for quad in shuffled:
                store.add(quad)
            assert text(store, form) == expected

    def test_reads_back_the_same(self, quads: list[Quad], form: str) -> None:
        one = FORMATS[form]
        again = list(parse(text(filled(quads), form), RdfFormat.from_media_type(one.media_type)))
        assert union(again) == union(quads)
        if one.graphs:
            assert set(again) == set(quads)

    def test_no_blank_nodes(self, store: Store, form: str) -> None:
        store.add(Quad(NamedNode("http://a/b"), NamedNode("http://a/c"), BlankNode("x"), NamedNode("http://a/g")))
        with pytest.raises(ExportError, match="_:x"):
            text(store, form)

    def test_chosen_graphs(self, store: Store, form: str) -> None:
        written = text(store, form, [f"{BASE}document/bb"])
        assert "Amy" not in written
        assert "126" in written

    def test_nothing(self, form: str) -> None:
        assert list(parse(text(Store(), form), RdfFormat.from_media_type(FORMATS[form].media_type))) == []


class TestTurtle:
    def test_is_readable(self, store: Store) -> None:
        assert text(store, names=[f"{BASE}document/bb"]).startswith(EXPECTED)

    def test_rdflib_reads_an_equal_graph(self, quads: list[Quad]) -> None:
        expected = rdflib.Graph().parse(data=text(filled(quads), "nt"), format="nt")
        assert isomorphic(rdflib.Graph().parse(data=text(filled(quads)), format="turtle"), expected)
        assert len(expected) == len(union(quads))

    def test_the_vocabulary_is_left_out(self, store: Store) -> None:
        names = export.graphs(store)
        assert [name.removeprefix(BASE) for name in names] == [
            "document/aa",
            "document/bb",
            "graph/preferred",
            "graph/sources",
        ]

    def test_what_two_sources_say_is_written_once(self, store: Store) -> None:
        assert text(store).count("<film/her-2013>\n    a schema:Movie ;") == 1

    def test_a_blank_subject_is_refused(self, store: Store) -> None:
        store.add(Quad(BlankNode("x"), NamedNode("http://a/c"), Literal("x")))
        with pytest.raises(ExportError, match="blank node"):
            text(store)

    def test_unknown_format(self, store: Store) -> None:
        with pytest.raises(ExportError, match="n4: no such format; there are turtle, ntriples"):
            text(store, "n4")

    def test_long_ones_stream_with_all_prefixes(self, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
        monkeypatch.setattr(export, "_WAIT", 100)
        chunks = turtle(store)
        assert "@prefix xsd:" in next(chunks)
        assert sum(1 for _ in chunks) == 11

    def test_default_graph_of_a_file(self) -> None:
        store = filled([Quad(NamedNode(f"{BASE}film/her-2013"), NamedNode(f"{SCHEMA}name"), Literal("Her"))])
        assert '<film/her-2013>\n    schema:name "Her" .' in text(store)
        assert list(parse(text(store, "trig"), RdfFormat.TRIG)) == list(store)


class TestTerms:
    @pytest.mark.parametrize(
        ("iri", "written"),
        [
            (f"{SCHEMA}name", "schema:name"),
            (f"{BASE}film/her-2013", "<film/her-2013>"),
            (f"{BASE}evidence/0a#quote", "<evidence/0a#quote>"),
            (f"{BASE}character/her-2013/samantha", "<character/her-2013/samantha>"),
            (f"{BASE}person/黒澤明", "<person/黒澤明>"),
            (f"{FILM[:-1]}/jobs#director", "jobs:director"),
            (f"{SCHEMA}a/b", f"<{SCHEMA}a/b>"),
            (f"{SCHEMA}.a", f"<{SCHEMA}.a>"),
            (f"{SCHEMA}a.", f"<{SCHEMA}a.>"),
            (f"{BASE}film/../person/x", f"<{BASE}film/../person/x>"),
            (f"{BASE}film/.", f"<{BASE}film/.>"),
            (f"{BASE}film//x", f"<{BASE}film//x>"),
            (f"{BASE}a:b", f"<{BASE}a:b>"),
            (BASE, f"<{BASE}>"),
            ("urn:isbn:1", "<urn:isbn:1>"),
        ],
    )
    def test_iris(self, iri: str, written: str) -> None:
        assert Names(BASE).iri(iri) == written

    @pytest.mark.parametrize(
        ("value", "datatype", "written"),
        [
            ("126", "integer", "126"),
            ("-3", "integer", "-3"),
            ("007", "integer", '"007"^^xsd:integer'),
            ("+7", "integer", '"+7"^^xsd:integer'),
            ("1.50", "decimal", "1.50"),
            ("1.", "decimal", '"1."^^xsd:decimal'),
            ("5", "decimal", '"5"^^xsd:decimal'),
            ("1e3", "double", '"1e3"^^xsd:double'),
            ("true", "boolean", "true"),
            ("1", "boolean", '"1"^^xsd:boolean'),
            ("2013", "gYear", '"2013"^^xsd:gYear'),
            ("many", "integer", '"many"^^xsd:integer'),
        ],
    )
    def test_numbers_are_short_only_if_exact(self, value: str, datatype: str, written: str) -> None:
        assert Names(BASE).term(Literal(value, datatype=NamedNode(XSD + datatype))) == written

    def test_strings_stay_on_one_line(self) -> None:
        literal = Literal('a"b\\c\nd\re\tf\x00g\u2028h\ufeffi“')
        assert Names(BASE).term(literal) == '"a\\"b\\\\c\\nd\\re\\tf\\u0000g\\u2028h\\uFEFFi“"'


IRIS = st.builds(
    lambda space, rest: space + rest,
    st.sampled_from([BASE, f"{BASE}film/", SCHEMA, FILM, f"{FILM[:-1]}/jobs#", "urn:x:", f"{XSD}"]),
    st.text(st.sampled_from("abz-_./:#?%41~!$&'()*+,;=@[]üж黒\u0300"), max_size=12),
)
LITERALS = st.one_of(
    st.builds(Literal, st.text()),
    st.builds(lambda value, language: Literal(value, language=language), st.text(), st.sampled_from(["en", "de-at"])),
    st.builds(
        lambda value, datatype: Literal(value, datatype=NamedNode(XSD + datatype)),
        st.one_of(st.text("0123456789.+-eE", max_size=6), st.sampled_from(["true", "false", "1", "INF", "2013-08"])),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYear", "date", "string"]),
    ),
)


def node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=8))
def test_any_terms_survive(rows: list[tuple[str, str, str | Literal]]) -> None:
    statements = []
    for subject, predicate, value in rows:
        terms = node(subject), node(predicate), node(value) if isinstance(value, str) else value
        if terms[0] is not None and terms[1] is not None and terms[2] is not None:
            statements.append(Quad(terms[0], terms[1], terms[2]))
    store = filled(statements)
    assert set(parse(text(store), RdfFormat.TURTLE)) == set(store)
    expected = rdflib.Graph().parse(data=text(store, "nt"), format="nt")
    assert set(rdflib.Graph().parse(data=text(store), format="turtle")) == set(expected)


class TestExcerpts:
    def test_entity(self, store: Store) -> None:
        written = text(excerpts.entity(store, f"{BASE}film/her-2013"))
        for wanted in ("<cast/01>", "Amy Adams as Amy", "<claim/01>", "<evidence/02>", 'film:file "films.txt"'):
            assert wanted in written
        assert '<person/amy-adams>\n    rdfs:label "Amy Adams" .' in written
        assert "Up" not in written

    def test_entity_that_others_point_to(self, store: Store) -> None:
        written = text(excerpts.entity(store, f"{BASE}person/amy-adams"))
        for wanted in ("<cast/01>", "film:castCredit <cast/01>", "schema:actor <person/amy-adams>", 'rdfs:label "Her"'):
            assert wanted in written
        assert "126" not in written

    def test_source(self, store: Store) -> None:
        written = text(excerpts.source(store, f"{BASE}document/bb"))
        assert "Up" in written
        assert 'film:file "films.txt"' in written
        assert "Amy" not in written

    def test_parts_of_a_source(self, store: Store) -> None:
        part = NamedNode(f"{BASE}document/bb-40")
        store.add(Quad(NamedNode(f"{BASE}film/us-2019"), NamedNode(f"{SCHEMA}name"), Literal("Us"), part))
        assert "Us" in text(excerpts.source(store, f"{BASE}document/bb"))
        assert "Up" not in text(excerpts.source(store, part.value))

    @pytest.mark.parametrize(
        ("name", "is_entity"),
        [
            ("film/her-2013", True),
            ("award/academy-award", True),
            ("award/0123456789abcdef", False),
            ("character/her-2013/samantha", True),
            ("character/0123456789abcdef", False),
            ("document/0123456789abcdef", True),
            ("document/0123456789abcdef-40", True),
            ("cast/0123456789abcdef", False),
            ("review/0123456789abcdef#rating", False),
            ("evidence/0123456789abcdef#quote", False),
        ],
    )
    def test_things_and_statements_about_them(self, name: str, is_entity: bool) -> None:
        assert excerpts.is_entity(BASE + name) is is_entity

    @pytest.mark.parametrize("find", [excerpts.entity, excerpts.source])
    def test_unknown(self, store: Store, find: type) -> None:
        with pytest.raises(ExportError, match="film/none: "):
            find(store, f"{BASE}film/none")
