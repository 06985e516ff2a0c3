"""The canned queries themselves: what each promises, on the fixture graph."""

import random
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from reelgraph import queries
from reelgraph.queries import DEFAULT_BASE, Query

FILM = "https://w3id.org/reelgraph/ontology#"
HER = f"{DEFAULT_BASE}film/her-2013"
FACTS = {
    "films": "title alternateTitle country language",
    "cast": "person personName character voice credited position",
    "credits": "agent agentName role credited",
    "casting": "person personName status character role replacedBy replacedByName date reason",
    "companies": "company companyName role territory",
    "genres": "genre",
    "subjects": "subject",
    "releases": "event date place territory format company status",
    "money": "measure amount currency territory period qualifier",
    "theatres": "count unit period territory qualifier",
    "runtimes": "minutes version",
    "content-ratings": "system rating reasons",
    "ratings": "site metric value best count",
    "reviews": "critic publication title value best date polarity",
    "opinions": "critic publication target polarity text",
    "descriptions": "kind text accordingTo",
    "consensus": "site text",
    "user-reviews": "title author date value best",
    "rankings": "list critic publication rank year ranked voters",
    "awards": "ceremony edition year category outcome recipient",
    "award-counts": "ceremony edition outcome count",
    "locations": "place kind date period standsInFor",
    "production": "event date person detail",
    "songs": "title artist album use featured",
    "soundtrack": "event date format tracks",
    "dedications": "agent agentName",
    "related-works": "work relation workType year creator accordingTo",
    "quotations": "speaker text kind",
    "characters": "character relation object",
    "people": "person personName relation object",
    "availability": "service mode",
    "citations": "author title publication date archived retrieved",
    "sources": "document site author title date kind about file sha256",
    "disagreements": "property value sources chosen",
    "evidence": "statement subject property object",
}
#: Fact queries with a column that tells plans and rumours from what happened.
WITH_STATUS = {"casting", "releases", "money", "related-works"}
#: Fact queries over derived graphs.
DERIVED = {"sources", "disagreements"}
CATALOGUE = queries.catalogue()
Row = Mapping[str, str]

TAIL = """
    OPTIONAL {
      GRAPH ?source { ?fact film:evidence ?evidence }
      OPTIONAL { ?evidence oa:hasSelector ?words . ?words oa:exact ?quote }
      OPTIONAL { ?evidence oa:hasSelector ?span . ?span oa:start ?start ; oa:end ?end }
    }"""
FILM_TAIL = """
    OPTIONAL { GRAPH graph:preferred { ?film rdfs:label ?filmName } }
    OPTIONAL { GRAPH graph:preferred { ?film film:year ?filmYear } }"""


def rows(store: ox.Store, query: Query, **values: str) -> list[Row]:
    answer = queries.run(store, query, {name: [value] for name, value in values.items()})
    names = [variable.value for variable in answer.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in answer]


def csv(store: ox.Store, query: Query) -> bytes:
    return queries.run(store, query).serialize(format=ox.QueryResultsFormat.CSV)


def changed(status: str) -> Iterator[ox.Quad]:
    """The fixture with another status on every fact, and without the plain triples that only actual facts have."""
    for quad in queries.fixture():
        if quad.predicate.value == f"{FILM}status":
            yield ox.Quad(quad.subject, quad.predicate, ox.NamedNode(f"{FILM}{status}"), quad.graph_name)
        elif "/film/" not in quad.subject.value or not isinstance(quad.object, ox.Literal):
            yield quad


@pytest.fixture(scope="module")
def built() -> Iterator[object]:
    """The module that builds the fixture graph."""
    sys.path.insert(0, str(Path(__file__).parent))
    import fixture_graph

    yield fixture_graph
    sys.path.pop(0)


def test_all_query_files_pass_their_own_tests() -> None:
    assert [str(problem) for problem in queries.check()] == []


def test_the_fact_queries_are_complete() -> None:
    assert {name for name, query in CATALOGUE.items() if "facts" in query.tags} == set(FACTS)


def test_there_are_many_more_queries() -> None:
    assert len(CATALOGUE) - len(FACTS) >= 60


@pytest.mark.parametrize("name", FACTS)
def test_fact_query_has_its_columns_and_the_parameter_film(name: str) -> None:
    query = CATALOGUE[name]
    columns = ["film", "filmName", "filmYear", *FACTS[name].split(), "source", "quote", "start", "end"]
    assert list(query.columns or ()) == columns
    assert query.param("film").type == "iri"
    assert not query.param("film").required


@pytest.mark.parametrize("name", FACTS)
def test_fact_query_ends_as_all_others_do(name: str) -> None:
    text = re.sub(r"\s+", " ", CATALOGUE[name].body)
    assert re.sub(r"\s+", " ", TAIL) in text
    if name != "evidence":
        assert re.sub(r"\s+", " ", FILM_TAIL) in text
    assert text.count("oa:hasSelector") == 2


@pytest.mark.parametrize("name", FACTS)
def test_one_film_gives_its_part_of_all_rows(name: str) -> None:
    query, store = CATALOGUE[name], queries.fixture()
    everything = rows(store, query)
    assert everything, "the fixture graph has no fact for this query"
    for film in sorted({row["film"] for row in everything if "film" in row}):
        assert rows(store, query, film=film) == [row for row in everything if row.get("film") == film]
    assert rows(store, query, film=f"{DEFAULT_BASE}film/unknown") == []


@pytest.mark.parametrize("name", sorted(set(FACTS) - DERIVED))
def test_facts_that_are_denied_never_show(name: str) -> None:
    store = ox.Store()
    store.extend(changed("Denied"))
    assert [row for row in rows(store, CATALOGUE[name]) if "quote" in row] == []


@pytest.mark.parametrize("name", sorted(set(FACTS) - DERIVED))
def test_plans_show_only_where_a_column_says_so(name: str) -> None:
    store = ox.Store()
    store.extend(changed("Planned"))
    found = [row for row in rows(store, CATALOGUE[name]) if "quote" in row]
    assert bool(found) == (name in WITH_STATUS)
    for row in found:
        if name != "casting":
            assert "planned" in row.get("status", row.get("qualifier", row.get("relation", "")))


@pytest.mark.parametrize("name", FACTS)
def test_a_copy_of_a_source_adds_only_rows_of_its_own(name: str) -> None:
    store = ox.Store()
    store.extend(queries.fixture())
    copy = ox.NamedNode(f"{DEFAULT_BASE}document/copy")
    for quad in queries.fixture():
        if "/graph/" not in quad.graph_name.value:
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, copy))
    original, doubled = rows(queries.fixture(), CATALOGUE[name]), rows(store, CATALOGUE[name])
    assert [row for row in doubled if row.get("source") != copy.value] == original
    assert len(doubled) <= 2 * len(original)


@pytest.mark.parametrize("name", CATALOGUE)
def test_rows_come_in_one_order_however_the_graph_was_filled(name: str) -> None:
    quads = sorted(queries.fixture(), key=str)
    random.Random(7).shuffle(quads)
    store = ox.Store()
    for quad in quads:
        store.add(quad)
    assert csv(store, CATALOGUE[name]) == csv(queries.fixture(), CATALOGUE[name])


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_empty_store_gives_no_rows(name: str) -> None:
    assert rows(ox.Store(), CATALOGUE[name]) == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_query_is_standard_sparql(name: str) -> None:
    prepareQuery(CATALOGUE[name].text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_query_tells_what_a_page_needs(name: str) -> None:
    query = CATALOGUE[name]
    assert query.title
    assert query.description.endswith(".")
    assert query.tags
    assert query.tests
    for parameter in query.params:
        assert parameter.label
        assert parameter.type != "iri" or parameter.class_iri.startswith("http")


def test_quotes_are_the_words_at_their_place(built) -> None:  # type: ignore[no-untyped-def]
    import fixture_documents

    documents = [page.extraction()[0] for page in fixture_documents.DOCUMENTS]
    texts = {document.sha256: document.text for document in documents}
    files = {row["document"]: row["sha256"] for row in rows(queries.fixture(), CATALOGUE["sources"])}
    checked = 0
    for name in FACTS:
        for row in rows(queries.fixture(), CATALOGUE[name]):
            if "start" in row:
                text = texts[files[row["source"]]]
                assert text[int(row["start"]) : int(row["end"])] == row["quote"], name
                checked += 1
    assert checked > 100


def test_fixture_graph_is_what_the_pipeline_makes(built) -> None:  # type: ignore[no-untyped-def]
    assert built.written(built.build()) == built.TARGET.read_text(encoding="utf-8"), "run python tests/fixture_graph.py"


def test_queries_follow_another_base(built) -> None:  # type: ignore[no-untyped-def]
    base = "https://films.example/id/"
    store, moved = built.build(base), queries.catalogue(base)
    for name, query in CATALOGUE.items():
        assert base in moved[name].text or "PREFIX graph:" not in query.text
        assert DEFAULT_BASE not in moved[name].text
        expected = csv(queries.fixture(), query).decode().replace(DEFAULT_BASE, base)
        hashes = re.compile(r"/[0-9a-f]{16}\b")
        assert sorted(hashes.sub("", csv(store, moved[name]).decode()).splitlines()) == sorted(
            hashes.sub("", expected).splitlines()
        )
    assert rows(store, moved["cast"], film=HER.replace(DEFAULT_BASE, base))
