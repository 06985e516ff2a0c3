from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from reelgraph import iris, ontology, provenance, sourcedocs
from reelgraph.errors import MappingError
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span, Triple, Value
from reelgraph.validation import faults, validate

BASE = "https://w3id.org/reelgraph/id/"
HER = Ref("film", "Her", 2013)
TEXT = "Her, from 2013, stars Joaquin Phoenix as Theodore. It runs 126 minutes. Phoenix plays Theodore well."


class Names:
    """Gives each reference the IRI of its name."""

    def iri(self, ref: Ref, doc: str, subject: Ref | None = None) -> str:
        return iris.film(BASE, ref.name, ref.year) if ref.kind == "film" else iris.entity(BASE, ref.kind, ref.name)


def document(text: str = TEXT) -> Document:
    data = text.encode()
    return Document("her.txt", sha256(data).hexdigest(), "text/plain", data, text)


def whole(text: str = TEXT, site: str = "", author: str = "", title: str = "", date: str = "") -> SourceDocument:
    return SourceDocument(Span(0, len(text)), "article", site, author, title, date, (HER,))


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def quads(*facts: Fact, sources: tuple[SourceDocument, ...] | None = None, text: str = TEXT) -> list[Quad]:
    extraction = Extraction("plaintext", sources or (whole(text),), facts)
    return list(provenance.quads(document(text), extraction, Names(), BASE))


def rows(found: list[Quad], where: str, *names: str) -> list[tuple[str, ...]]:
    """The answers to a pattern, of each the values with these names."""
    store = Store()
    store.extend(found)
    answer = store.query(f"{ontology.PROLOGUE} SELECT * WHERE {{ {where} }}", use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return sorted(tuple(str(getattr(row[name], "value", "")) for name in names) for row in answer)


def cast(words: str, person: str = "Joaquin Phoenix", source: int = 0, status: str = "actual") -> Fact:
    fields: dict[str, Value] = {"person": Ref("person", person), "character": "Theodore"}
    return Fact("cast", HER, fields, span(words), source=source, status=status)


def test_a_fact_leads_to_its_words() -> None:
    found = quads(cast("Joaquin Phoenix as Theodore"))
    evidence = (
        "?f film:castCredit/film:evidence ?e . ?e a oa:SpecificResource ; oa:hasSource ?d ;"
        " oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ?q ; oa:prefix ?b ; oa:suffix ?a ] ,"
        " [ a oa:TextPositionSelector ; oa:start ?s ; oa:end ?t ]"
    )
    ((before, exact, after, start, end, source),) = rows(found, evidence, "b", "q", "a", "s", "t", "d")
    assert (before, exact) == ("Her, from 2013, stars ", "Joaquin Phoenix as Theodore")
    assert after == ". It runs 126 minutes. Phoenix p"
    assert (int(start), int(end)) == (22, 49)
    assert source == f"{BASE}document/{document().sha256[:16]}"


def test_all_is_in_the_graph_of_the_source() -> None:
    found = quads(cast("Joaquin Phoenix as Theodore"))
    graphs = {str(quad.graph_name) for quad in found}
    assert graphs == {f"<{BASE}document/{document().sha256[:16]}>", f"<{BASE}graph/sources>"}


def test_entities_are_named_as_the_source_names_them() -> None:
    found = rows(quads(cast("Joaquin Phoenix as Theodore")), "?e a schema:Person ; schema:name ?n", "e", "n")
    assert found == [(f"{BASE}person/joaquin-phoenix", "Joaquin Phoenix")]


def test_identifiers_lead_elsewhere() -> None:
    her = Ref("film", "Her", 2013, ("imdb:tt1798709",))
    found = rows(
        quads(Fact("title", her, {"title": "Her"})), "?f schema:identifier ?i ; schema:sameAs ?a", "f", "i", "a"
    )
    assert found == [(f"{BASE}film/her-2013", "imdb:tt1798709", "https://www.imdb.com/title/tt1798709/")]


def test_plain_facts_get_a_claim() -> None:
    fact = Fact("year", HER, {"year": 2013}, span("2013"))
    where = "?c a film:Claim ; rdf:subject ?s ; rdf:predicate film:year ; rdf:object ?o ; film:status film:Actual ; "
    found = rows(quads(fact), where + "film:evidence/oa:hasSelector/oa:exact ?q", "s", "o", "q")
    assert found == [(f"{BASE}film/her-2013", "2013", "2013")]
    assert rows(quads(fact), "?f film:year ?y", "f", "y") == [(f"{BASE}film/her-2013", "2013")]


def test_no_claim_where_the_words_are_unknown() -> None:
    assert not rows(quads(Fact("year", HER, {"year": 2013})), "?c a film:Claim")


def test_a_claim_of_what_is_not_so() -> None:
    denied = Fact("year", HER, {"year": 2012}, status="denied")
    assert len(rows(quads(denied), "?c a film:Claim ; film:status film:Denied ; rdf:object 2012")) == 1
    assert not rows(quads(denied), "?f film:year ?y")


def test_said_twice_is_one_node_with_two_passages() -> None:
    found = quads(cast("Joaquin Phoenix as Theodore"), cast("Phoenix plays Theodore"))
    assert len(rows(found, "?f film:castCredit ?c")) == 1
    assert len(rows(found, "?c a film:CastCredit ; film:evidence ?e")) == 2


def test_a_passage_is_one_node_for_all_its_facts() -> None:
    runs = span("It runs 126 minutes")
    found = quads(Fact("runtime", HER, {"minutes": 126}, runs), Fact("title", HER, {"title": "Her"}, runs))
    assert len(rows(found, "?e a oa:SpecificResource")) == 1
    assert len(rows(found, "?c film:evidence ?e")) == 2


def test_cells_are_cited_by_pointer() -> None:
    fact = Fact("runtime", HER, {"minutes": 126}, pointer="/runtime", quote="126 min")
    where = "?e oa:hasSelector [ a oa:FragmentSelector ; rdf:value ?p ] , [ oa:exact ?q ]"
    assert rows(quads(fact), where, "p", "q") == [("/runtime", "126 min")]
    assert not rows(quads(fact), "?p a oa:TextPositionSelector")


@pytest.mark.parametrize("pointer", ["row 3, column minutes", "/films/0/minutes"])
def test_around_a_value_are_no_words(pointer: str) -> None:
    found = quads(Fact("runtime", HER, {"minutes": 126}, span("126 minutes"), pointer, "126 minutes"))
    assert rows(found, "?q oa:exact ?e", "e") == [("126 minutes",)]
    assert rows(found, "?p oa:start ?s ; oa:end ?t", "s", "t") == [("59", "70")]
    assert not rows(found, "?q oa:prefix|oa:suffix ?w")


def test_below_a_heading_the_words_around_are_told() -> None:
    found = quads(Fact("runtime", HER, {"minutes": 126}, span("126 minutes"), "==Length==", "126 minutes"))
    around = rows(found, "?q oa:prefix ?b ; oa:suffix ?a", "b", "a")
    assert around == [("in Phoenix as Theodore. It runs ", ". Phoenix plays Theodore well.")]


def test_context_ends_with_the_source_document() -> None:
    parts = (SourceDocument(span("Her, from 2013, stars Joaquin Phoenix as Theodore."), "review"),)
    found = quads(cast("Joaquin Phoenix as Theodore"), sources=parts)
    assert rows(found, "?q oa:suffix ?s", "s") == [(".",)]


def test_source_documents_of_one_file() -> None:
    first = span("Her, from 2013, stars Joaquin Phoenix as Theodore.")
    parts = (SourceDocument(first, "review", site="Example Review"), SourceDocument(Span(51, 71), "search snippet"))
    found = quads(cast("Joaquin Phoenix as Theodore"), sources=parts)
    file = f"{BASE}document/{document().sha256[:16]}"
    assert rows(found, "?d film:start ?s", "d", "s") == [(f"{file}-0", "0"), (f"{file}-51", "51")]
    assert len(rows(found, f"<{file}> schema:hasPart ?p . ?p schema:isPartOf <{file}>")) == 2
    assert rows(found, "?d film:site ?s", "d", "s") == [(f"{file}-0", "Example Review")]


def test_description_of_a_whole_file() -> None:
    source = whole(site="Example Review", author="Ann Example", title="On Her", date="2014-01-10")
    found = quads(sources=(source,))
    where = "?d schema:name ?n ; film:documentKind ?k ; film:authorName ?a ; schema:datePublished ?p ; schema:about ?f"
    described = rows(found, where, "n", "k", "a", "p", "f")
    assert described[0] == ("On Her", "article", "Ann Example", "2014-01-10", f"{BASE}film/her-2013")
    where = "?d a schema:Article ; film:file ?n ; schema:encodingFormat ?m ; schema:sha256 ?s ; film:end ?e"
    described = rows(found, where, "n", "m", "s", "e")
    assert described[0] == ("her.txt", "text/plain", document().sha256, str(len(TEXT)))


def test_two_source_documents_may_begin_at_one_place() -> None:
    parts = (SourceDocument(Span(0, 10), "page"), SourceDocument(Span(0, 20), "page"))
    made = sourcedocs.source_iris(document(), parts, BASE)
    assert len(set(made)) == 2


def test_evidence_of_the_source_s_own_description() -> None:
    source = SourceDocument(Span(0, len(TEXT)), "review", author="Ann Example", evidence=span("from 2013"))
    found = rows(quads(sources=(source,)), "?d film:start 0 ; film:evidence/oa:hasSelector/oa:exact ?q", "q")
    assert found == [("from 2013",)]


def test_taken_over_triples() -> None:
    taken = Triple("<https://example.org/a>", "<https://schema.org/name>", '"Her"@en')
    extraction = Extraction("rdf", (whole(),), triples=(taken,))
    found = list(provenance.quads(document(), extraction, Names(), BASE))
    name = Quad(
        NamedNode("https://example.org/a"),
        NamedNode("https://schema.org/name"),
        Literal("Her", language="en"),
        NamedNode(f"{BASE}document/{document().sha256[:16]}"),
    )
    assert name in found


@pytest.mark.parametrize("term", ["_:b1", "<<( <a:a> <a:b> <a:c> )>>", "nonsense"])
def test_taken_over_triples_have_no_blank_nodes(term: str) -> None:
    extraction = Extraction("rdf", (whole(),), triples=(Triple("<a:a>", "<a:b>", term),))
    with pytest.raises(MappingError):
        list(provenance.quads(document(), extraction, Names(), BASE))


@pytest.mark.parametrize(
    "fact",
    [
        Fact("title", HER, {"title": "Her"}, Span(90, 400)),
        Fact("title", HER, {"title": "Her"}, Span(5, 5)),
        Fact("title", HER, {"title": "Her"}, source=3),
    ],
)
def test_evidence_that_cannot_be(fact: Fact) -> None:
    with pytest.raises(MappingError, match=r"her\.txt"):
        quads(fact)


def test_large_sources_come_in_parts_that_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "CHUNK", 20)
    films = [Ref("film", f"Film {number}", 2000) for number in range(9)]
    star = Ref("person", "Ann Example")
    facts = tuple(Fact("cast", film, {"person": star}, span("Theodore")) for film in films)
    made = provenance.chunks(document(), Extraction("x", (whole(),), facts), Names(), BASE)
    parts = [list(chunk.quads()) for chunk in made]
    assert len(parts) > 2
    for chunk in parts[:-1]:
        assert rows(chunk, "?p a schema:Person ; schema:name ?n")
        assert rows(chunk, "?e a oa:SpecificResource ; oa:hasSelector/oa:exact ?q")
    assert len(rows([quad for chunk in parts for quad in chunk], "?c a film:CastCredit")) == 9


@given(st.permutations([cast("Joaquin Phoenix as Theodore"), cast("Phoenix plays Theodore"), cast("Her", "Amy Adams")]))
def test_order_of_facts_does_not_matter(facts: list[Fact]) -> None:
    assert set(quads(*facts)) == set(quads(*sorted(facts, key=repr)))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_quotes_are_the_text_at_their_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quads(Fact("title", HER, {"title": "Her"}, Span(start, end)), text=text)
    exact = [quad.object for quad in found if quad.predicate == ontology.term("oa:exact")]
    assert exact == [Literal(text[start:end])]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["", "/runtime", 'row 3, column "a\\b"']),
    st.booleans(),
)
def test_what_is_written_by_template_is_sound(text: str, quote: str, pointer: str, has_span: bool) -> None:
    where = Span(0, len(text)) if has_span else None
    facts = (Fact("title", HER, {"title": text}, where, pointer, quote), Fact("runtime", HER, {"minutes": 9}, where))
    extraction = Extraction("plaintext", (whole(text),), facts)
    for chunk in provenance.chunks(document(text), extraction, Names(), BASE):
        assert faults(chunk.nodes) == validate(chunk.quads())
        words = ((quad.object, quad.subject) for quad in chunk.quads() if quad.predicate == ontology.term("oa:exact"))
        exact = {(getattr(one, "value", ""), str(node)) for one, node in words}
        assert exact == {(words, f"<{iri}#quote>") for words, iri in chunk.quotes}
