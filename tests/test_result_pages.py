"""Results as pages: sorted, paged, without a source, with their sources, of canned queries and of readers' own."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from test_pages import ARTICLE, BASE, get, plain, served

from reelgraph.errors import QueryError
from reelgraph.queries import catalogue, read
from reelgraph.server.omission import dataset_without, omitting, reads_sources

HAVEN = f"{BASE}film/haven-road-1987"
ACTORS = (
    "SELECT ?film ?actor { ?film a <https://schema.org/Movie> ; <https://schema.org/actor> ?actor } "
    "ORDER BY ?film ?actor"
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return served(tmp_path_factory.mktemp("results") / "store")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def document(client: FlaskClient, name: str) -> str:
    """The IRI of a document of the store by a part of what is called in the list of sources."""
    rows = client.get("/queries/sources.json").json
    assert rows is not None
    found = [row["source"]["value"] for row in rows["results"]["bindings"] if name in json.dumps(row)]
    return str(found[0])


def column(text: str, name: str) -> list[str]:
    """The texts of a column of the result table."""
    number = re.findall(r'<th scope="col"(?: data-name="(\w+)")?', text).index(name)
    rows = re.findall(r"<tr>(<td.*?)</tr>", text, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", re.findall(r"<td.*?</td>", row, re.DOTALL)[number])) for row in rows]


def test_rows_are_sorted_by_any_column_both_ways(client: FlaskClient) -> None:
    up = column(get(client, "/queries/runtimes?_sort=minutes"), "minutes")
    down = column(get(client, "/queries/runtimes?_sort=-minutes"), "minutes")
    assert up == ["102", "110"]
    assert down == ["110", "102"]
    text = get(client, "/queries/runtimes?_sort=minutes")
    assert 'aria-sort="ascending"' in text
    assert "_sort=-minutes" in text
    assert get(client, "/queries/runtimes?_sort=nothing")


def test_the_row_that_is_explained_is_the_same_however_rows_are_sorted(client: FlaskClient) -> None:
    links = re.findall(r'href="([^"]*/why\?[^"]*)"', get(client, "/queries/runtimes?_sort=-minutes"))
    assert "<mark>110 minutes</mark>" in get(client, unescape(links[0]))


def test_a_source_can_be_left_out_of_a_canned_query(client: FlaskClient) -> None:
    source = document(client, "haven-road.txt")
    text = get(client, f"/queries/runtimes?without={source}")
    assert column(text, "minutes") == ["110"]
    assert "1 row fewer" in plain(text)
    assert f"without={source.replace(':', '%3A').replace('/', '%2F')}" in text
    rows = list(csv.DictReader(io.StringIO(client.get(f"/queries/runtimes.csv?without={source}").text)))
    assert [row["minutes"] for row in rows] == ["110"]
    assert client.get("/queries/runtimes?without=nonsense").status_code == 200


def test_a_source_is_left_out_of_nothing_that_reads_no_source() -> None:
    assert not reads_sources(catalogue()["films-by-year"].body)
    assert reads_sources(catalogue()["cast"].body)
    text = "SELECT * { GRAPH ?g { ?a ?b 'GRAPH ?x { }' } OPTIONAL { GRAPH ?g { ?a ?c ?d } } }"
    assert omitting(text, frozenset(("urn:x",))).count("FILTER(?g NOT IN (<urn:x>))") == 2
    assert omitting(text, frozenset()) == text


def test_a_query_of_what_was_put_together_says_that_no_source_can_be_left_out(client: FlaskClient) -> None:
    text = get(client, f"/queries/films-by-year?without={document(client, 'haven-road.txt')}")
    assert "No source can be left out" in text


@pytest.mark.parametrize("film", ["Haven Road", "film/haven-road-1987"])
def test_files_know_names_and_short_iris_as_pages_do(client: FlaskClient, film: str) -> None:
    asked = {"film": film}
    assert (
        client.get("/queries/cast.csv", query_string=asked).text
        == client.get("/queries/cast.csv", query_string={"film": HAVEN}).text
    )
    assert "Otto Quill" in client.get("/queries/cast", query_string=asked).text
    wrong = client.get("/queries/cast.csv", query_string={"film": "film/none-such"})
    assert wrong.status_code == 422
    assert "is not the name of one thing" in wrong.text


def test_csv_with_sources_says_where_each_row_is_from(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/queries/cast.csv?film={HAVEN}&_sources=1").text)))
    assert [(row["personName"], row["sourceTitle"], row["sourceDate"]) for row in rows] == [
        ("Otto Quill", "Haven Road", "2019-05-02")
    ]
    assert rows[0]["sourceFile"] == "haven-road.txt"
    assert "CSV with sources" in get(client, "/queries/cast")


def test_drawings_are_named_and_load_nothing_by_themselves(client: FlaskClient) -> None:
    text = get(client, "/queries/box-office-by-territory")
    assert not re.search(r'src="[^"]*/vendor/(plot|d3|cytoscape)', text)
    text = get(client, "/queries/runtimes?_view=bar")
    assert 'data-kind="bar"' in text
    assert 'data-kind="table"' in get(client, "/queries/runtimes?_view=anything")


def test_a_drawing_may_only_take_columns_of_the_query(tmp_path: Path) -> None:
    path = tmp_path / "odd.rq"
    path.write_text(
        "#+ summary: Odd\n#+ description: Odd\n#+ columns: {a: A}\n#+ draw: {value: b}\nSELECT ?a { } ORDER BY ?a\n"
    )
    with pytest.raises(QueryError, match=r"odd.rq:4: draw takes b, which is no column"):
        read(path)


def test_a_query_is_answered_without_javascript(client: FlaskClient) -> None:
    answer = client.post("/query", data={"query": ACTORS})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Otto Quill" in text
    assert 'href="/page/film/haven-road-1987"' in text
    assert re.search(r"\d rows? · \d\.\d\d s", plain(text))
    assert column(client.post("/query", data={"query": ACTORS, "sort": "-actor"}).text, "actor")[0] == "Otto Quill"
    assert "<script>" not in text


def test_an_answer_that_is_no_table_is_shown_too(client: FlaskClient) -> None:
    assert '<pre tabindex="0">Yes</pre>' in client.post("/query", data={"query": "ASK { ?a ?b ?c }"}).text
    made = client.post("/query", data={"query": f"CONSTRUCT {{ <{HAVEN}> a <urn:x> }} {{ }}"}).text
    assert "&lt;urn:x&gt;" in made


def test_mistakes_are_shown_with_their_place_and_the_query_is_kept(client: FlaskClient) -> None:
    answer = client.post("/query", data={"query": "SELECT ?a\n{ ?a foo:b ?c }"})
    assert answer.status_code == 400
    assert "line 2, column 6: the prefix foo: is not declared" in answer.text
    assert "{ ?a foo:b ?c }</textarea>" in answer.text
    assert client.post("/query", data={"query": "INSERT DATA { <a:b> <a:c> 1 }"}).status_code == 400
    assert (
        client.post("/query", data={"query": "SELECT * { SERVICE <http://x.example/> { ?a ?b ?c } }"}).status_code
        == 403
    )


def test_a_source_can_be_left_out_of_a_readers_query(client: FlaskClient) -> None:
    source = document(client, "haven-road.txt")
    sent = {"query": ACTORS, "without": source}
    assert "Otto Quill" not in client.post("/query", data=sent).text.split('id="answer"')[1]
    assert "otto-quill" not in client.post("/query/file", data={**sent, "format": "csv"}).text
    assert "FROM NAMED" in client.post("/query/without", data=sent).text
    refused = client.post("/query", data={"query": "SELECT * FROM <urn:x> { ?a ?b ?c }", "without": source})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (STR(?a) AS ?b) WHERE { ?a ?p ?c }",
        "SELECT * { ?a ?p ?c }",
        "ASK { ?a ?p ?c }",
        "CONSTRUCT { ?a ?p ?c } WHERE { ?a ?p ?c }",
        "CONSTRUCT WHERE { ?a ?p ?c }",
    ],
)
def test_any_form_of_query_can_leave_a_source_out(text: str, client: FlaskClient) -> None:
    answer = client.post("/query", data={"query": text, "without": document(client, "haven-road.txt")})
    assert answer.status_code == 200, answer.text


def test_whole_answers_are_files(client: FlaskClient) -> None:
    answer = client.post("/query/file", data={"query": ACTORS, "format": "tsv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="result.tsv"'
    assert answer.text.startswith("?film\t?actor\n")
    assert client.post("/query/file", data={"query": ACTORS, "format": "exe"}).status_code == 422
    assert client.post("/query/file", data={"query": "SELECT", "format": "csv"}).status_code == 400


def test_examples_fill_the_form(client: FlaskClient) -> None:
    text = get(client, "/query?example=cast")
    assert unescape(text).count(catalogue()["cast"].body.strip()) == 1
    assert all(f'href="?example={name}"' in text for name in catalogue())
    assert len(text) < 40_000
    assert "Otto Quill" in get(client, "/query?run=1&query=" + ACTORS.replace("#", "%23"))


def test_names_of_many_things_at_once(client: FlaskClient) -> None:
    found = client.post("/names.json", json=[HAVEN, "https://schema.org/Movie", "not an IRI", "javascript:x"]).json
    assert found is not None
    assert found[HAVEN] == {"name": "Haven Road (1987)", "page": "/page/film/haven-road-1987"}
    assert found["https://schema.org/Movie"]["name"] == "schema:Movie"
    assert not found.get("javascript:x", {}).get("page")
    assert client.post("/names.json", json={"a": 1}).status_code == 422
    assert client.post("/names.json", json=["urn:x"] * 1001).status_code == 422


def test_hostile_values_stay_texts(client: FlaskClient) -> None:
    text = client.post("/query", data={"query": 'SELECT ("<script>alert(1)</script>" AS ?a) { }'}).text
    assert "<script>alert" not in text
    assert "<script>alert" not in client.post("/query", data={"query": "</textarea><script>alert(1)</script>"}).text


def test_ties_of_a_film_and_of_a_person(client: FlaskClient) -> None:
    text = get(client, "/around/film/haven-road-1987")
    assert "Otto Quill" in text
    assert column(text, "relation").count("director") == 1
    assert "Haven Road (1987)" in get(client, "/around/person/otto-quill")
    assert get(client, "/around/film/haven-road-1987") == text


def test_groups_and_neighbours_open(client: FlaskClient) -> None:
    text = get(client, "/around/film/haven-road-1987?group=cast")
    assert column(text, "to") == ["Otto Quill"]
    more = get(client, "/around/person/otto-quill?also=film/haven-road-1987")
    assert "Mira Salt" in more
    assert "close" in plain(more)
    assert "Mira Salt" not in get(client, "/around/person/otto-quill")


def test_what_is_planned_is_no_tie_and_what_is_no_thing_has_no_picture(client: FlaskClient) -> None:
    assert client.get("/around/film/nothing").status_code == 404
    assert client.get(f"/around/document/{ARTICLE[:4]}").status_code == 404
    assert client.get("/around/%3Cscript%3E").status_code == 404


def test_pages_lead_to_their_pictures(client: FlaskClient) -> None:
    assert 'href="/around/film/haven-road-1987"' in get(client, "/page/film/haven-road-1987")
    assert 'href="/around/person/mira-salt"' in get(client, "/page/person/mira-salt")


def test_dataset_without_a_source_names_all_others(app: Flask) -> None:
    from reelgraph.server.view import view

    with app.test_request_context("/"):
        text = dataset_without("SELECT ?a (1 AS ?b) { ?a ?p ?c }", frozenset((f"{BASE}graph/sources",)), view())
    assert f"FROM <{BASE}graph/preferred>" in text
    assert f"<{BASE}graph/sources>" not in text
    assert text.endswith(" { ?a ?p ?c }")


def test_many_things_are_searched_for_and_not_listed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reelgraph.server.forms._MOST_CHOICES", 0)
    text = get(client, "/queries/cast?film=Haven Road")
    assert 'data-suggest="/suggest.json?kind=film"' in text
    assert '<datalist id="l-film">' in text
    assert "Otto Quill" in text
