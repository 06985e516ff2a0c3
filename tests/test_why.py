"""Why a row is there: what its query matched, the facts behind that, and honest refusals."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from test_pages import BASE, served

from reelgraph.queries import catalogue, fixture
from reelgraph.server.patterns import Block, blocks, filled, question
from reelgraph.server.view import View, view
from reelgraph.server.why import Reason, reason
from reelgraph.server.widening import Row, UnexplainedError, can_be_explained, sums_up, widened

HAVEN = f"{BASE}film/haven-road-1987"
PREFIXES = (
    "PREFIX film: <https://w3id.org/reelgraph/ontology#> PREFIX schema: <https://schema.org/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return served(tmp_path_factory.mktemp("why") / "store")


@pytest.fixture
def seen(app: Flask) -> Iterator[View]:
    with app.test_request_context("/"):
        yield view()


def told(text: str, seen: View, **row: str | None) -> Reason:
    """The reason of a row; values that begin with the base are IRIs."""
    nodes = {
        name: None if value is None else NamedNode(value) if value.startswith(BASE) else Literal(value)
        for name, value in row.items()
    }
    return reason(PREFIXES + text, nodes, seen)


def quotes(found: Reason) -> list[str]:
    return [passage.exact for fact in found.statements for passage in fact.passages]


def rows(text: str, store: Store) -> list[Row]:
    """All rows of a query: a result must end in its thread, and the parser keeps the frames of those who call it."""
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name] for name in names} for row in answer]


@pytest.mark.parametrize("name", [query.name for query in catalogue().values() if can_be_explained(query.body)])
def test_each_row_of_a_canned_query_is_matched_by_its_widened_query(name: str) -> None:
    query, store = catalogue()[name], fixture()
    wide, known = widened(query.body), blocks(widened(query.body).of({}, 1))
    found = rows(query.body, store)
    assert found
    for row in found:
        values = {column: row[column] for column in query.columns or {}}
        solutions = rows(wide.of(values, 50), store)
        assert solutions
        assert any(_holds(block, solution, store) for block in known for solution in solutions)


def _holds(block: Block, solution: Mapping[str, object], store: Store) -> bool:
    whole = filled(block, solution)
    return whole is not None and bool(rows(question(whole), store))


def test_a_plain_triple_leads_to_the_fact_that_states_it_and_no_other(seen: View) -> None:
    found = told("SELECT ?who { ?film schema:director ?who }", seen, who=f"{BASE}person/mira-salt")
    assert {fact.kind for fact in found.statements} == {"credit"}
    assert sorted(quotes(found)) == ["Mira Salt", "directed by Mira Salt"]


def test_the_facts_are_those_of_the_row(seen: View) -> None:
    text = "SELECT ?minutes { GRAPH ?source { ?film film:runningTime ?fact . ?fact film:minutes ?minutes } }"
    number = Literal("110", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    found = reason(PREFIXES + text, {"minutes": number}, seen)
    assert quotes(found) == ["110 minutes"]


def test_an_optional_part_that_did_not_match_gives_nothing(seen: View) -> None:
    text = (
        "SELECT ?film ?label ?critic { ?film film:year ?year ; rdfs:label ?label "
        "OPTIONAL { ?film schema:review ?r . ?r schema:author ?critic } }"
    )
    found = told(text, seen, film=HAVEN, label="Haven Road", critic=None)
    assert {fact.kind for fact in found.statements} <= {"year", "title"}


def test_unnamed_nodes_paths_and_inner_queries_are_followed(seen: View) -> None:
    one = "SELECT ?film { ?film film:castCredit [ schema:characterName 'the keeper' ] }"
    assert quotes(told(one, seen, film=HAVEN)) == ["Otto Quill as the keeper"]
    two = "SELECT ?name { ?film film:castCredit/schema:characterName ?name }"
    assert quotes(told(two, seen, name="the keeper")) == ["Otto Quill as the keeper"]
    three = "SELECT ?film { { SELECT ?film { ?film film:castCredit ?f . ?f schema:characterName 'the keeper' } } }"
    assert quotes(told(three, seen, film=HAVEN)) == ["Otto Quill as the keeper"]


def test_what_a_query_computes_binds_its_row(seen: View) -> None:
    text = "SELECT (UCASE(?role) AS ?shout) { ?film film:castCredit ?f . ?f schema:characterName ?role }"
    assert quotes(told(text, seen, shout="THE KEEPER")) == ["Otto Quill as the keeper"]
    assert not told(text, seen, shout="NOBODY").statements


def test_preferred_values_lead_to_what_they_were_chosen_from(seen: View) -> None:
    text = f"SELECT ?year {{ GRAPH <{BASE}graph/preferred> {{ ?film film:year ?year }} }}"
    year = Literal("1987", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    found = reason(PREFIXES + text, {"year": year}, seen)
    assert not found.statements
    assert {fact.kind for fact in found.chosen} == {"year"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT ?a { { SELECT ?a (MAX(?c) AS ?m) { ?a ?b ?c } GROUP BY ?a } FILTER(?m > 1) }", "reckon"),
        ("SELECT ?a { { SELECT ?a { ?a ?b ?c } LIMIT 1 } }", "only some of its rows"),
        ("SELECT ?a { ?a ?p ?c { SELECT ?a { ?a ?q ?c } } }", "means something else"),
        ("ASK { ?a ?b ?c }", "only a SELECT query"),
        ("SELECT ?a FROM <urn:x> { ?a ?b ?c }", "FROM"),
        ("SELECT ?a { << ?a ?b ?c >> ?d ?e }", "beyond SPARQL 1.1"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(text: str, why: str, seen: View) -> None:
    assert why in told(text, seen, a=HAVEN).refused


def test_a_row_the_graph_does_not_have_is_said_to_be_none(seen: View) -> None:
    found = told("SELECT ?who { ?film schema:director ?who }", seen, who=f"{BASE}person/nobody")
    assert found.notes == ("The graph does not have this row.",)


def test_sums_are_made_from_the_facts_of_their_group(seen: View) -> None:
    pattern = "GRAPH ?source { ?film film:runningTime ?fact . ?fact film:minutes ?minutes }"
    longest = Literal("110", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    found = reason(
        f"{PREFIXES} SELECT ?film (MAX(?minutes) AS ?most) (COUNT(?fact) + 1 AS ?n) {{ {pattern} }} GROUP BY ?film",
        {"film": NamedNode(HAVEN), "most": longest, "n": Literal("3")},
        seen,
    )
    assert sorted(quotes(found)) == ["102 minutes", "110 minutes"]
    assert found.notes == ("This row counts or sums up; these are the facts it was made from.",)
    grouped = (
        f"{PREFIXES} SELECT ?name (COUNT(*) AS ?n) {{ {pattern} }} "
        "GROUP BY (STR(?source) AS ?name) HAVING (COUNT(*) > 0)"
    )
    names = [str(row["name"].value) for row in rows(grouped, seen.store)]
    each = [quotes(reason(grouped, {"name": Literal(name), "n": None}, seen)) for name in names]
    assert sorted(each) == [["102 minutes"], ["110 minutes"]]


def test_most_canned_queries_can_say_why() -> None:
    refused = [query.name for query in catalogue().values() if not can_be_explained(query.body)]
    assert len(refused) < len(catalogue()) / 6
    assert not [name for name in refused if not sums_up(catalogue()[name].body)]


def test_words_in_strings_and_names_do_not_count_as_sums() -> None:
    assert not sums_up('SELECT ?count { ?a <urn:max> "COUNT(?x)" } # SUM')
    with pytest.raises(UnexplainedError):
        widened("SELECT ?b { { SELECT (SAMPLE(?a) AS ?b) { ?a ?p ?c } } ?b ?q ?d }")


def test_pages_of_rows(app: Flask) -> None:
    client = app.test_client()
    text = client.get(f"/queries/cast/why?film={HAVEN}&_row=1").get_data(as_text=True)
    assert "<mark>Otto Quill as the keeper</mark>" in text
    assert client.get("/queries/cast/why?_row=99").status_code == 404
    assert client.get("/queries/nothing/why").status_code == 404
    refused = client.get("/queries/films-by-genre/why?_row=1")
    assert refused.status_code == 422
    assert "reckon with a count or a sum" in refused.get_data(as_text=True)
    sent = {"query": f"{PREFIXES} SELECT ?b {{ ?a schema:actor ?b }}", "row": f"?b\r\n<{BASE}person/otto-quill>\r\n"}
    assert "<mark>Otto Quill as the keeper</mark>" in client.post("/query/why", data=sent).get_data(as_text=True)
    assert client.post("/query/why", data={**sent, "row": "nonsense"}).status_code == 422
