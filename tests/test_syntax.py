"""Where the mistakes in malformed queries are said to be."""

import pyoxigraph
import pytest

from reelgraph.server.syntax import Mistake, mistake


def parse(query: str) -> str | None:
    try:
        pyoxigraph.Store().query(query)
    except SyntaxError as error:
        return str(error)
    return None


def find(query: str) -> Mistake:
    message = parse(query)
    assert message is not None
    return mistake(query, message, parse)


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT * WHERE {\n ?s ?p ?o\n FILTER(?s = )\n}", 3, 14, "unexpected )"),
        ("SELECT *\n{ ?s ?p }", 2, 9, "unexpected }"),
        ("SELECT * {\n ?s ?p ?o .\n ?s ?p2 .\n ?x ?y ?z\n}", 3, 9, "unexpected ."),
        ("SELEC * {}", 1, 1, "unexpected SELEC"),
        ("", 1, 1, "the query is empty"),
        ("ASK {", 1, 6, "the query ends too early"),
        ("SELECT * { x:y ?p ?o }", 1, 12, "the prefix x: is not declared"),
        ("SELECT * { ?s <p q> ?o }", 1, 15, "<p q> is not an absolute IRI"),
        ("SELECT * { ?s <rel> ?o }", 1, 15, "<rel> is not an absolute IRI"),
        ('SELECT * {\n ?s ?p "open .\n }', 2, 15, "a string that begins before is not closed in its line"),
        ("INSERT DATA { <a:a> <b:b> <c:c> }", 1, 1, "INSERT begins an update; only queries are answered here"),
        ("SELECT * { ?s ?p 'é😀' . ?s ?q ] }", 1, 31, "unexpected ]"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "The SELECT contains a variable that is unbound"),
        ("SELECT * { _:a ?p ?o OPTIONAL { _:a ?b ?c } }", 1, 33, "_:a stands in two groups"),
        ("SELECT ?x\nWHERE {\n  OPTIONL { ?x ?y ?z }\n}", 3, 3, "unexpected OPTIONL"),
        ("# comment\r\nSELECT * {}\r\nLIMT 3", 3, 1, "unexpected LIMT"),
    ],
)
def test_the_place_of_a_mistake(query: str, line: int, column: int, reason: str) -> None:
    found = find(query)
    assert (found.line, found.column) == (line, column)
    assert found.reason.startswith(reason)


def test_the_line_is_shown_with_a_mark() -> None:
    assert str(find("SELECT *\n{ ?s ?p }")) == "line 2, column 9: unexpected }\n{ ?s ?p }\n        ^"


def test_a_very_long_query_is_not_searched() -> None:
    found = find("SELECT * {\n" + "?s ?p ?o .\n" * 20_000 + "]")
    assert found.line == 20_002


def test_a_message_without_a_place_is_passed_on() -> None:
    assert mistake("ASK {}", "something else", parse).reason == "something else"


def test_a_known_prefix_comes_with_its_declaration() -> None:
    reason = "the prefix schema: is not declared; begin with PREFIX schema: <https://schema.org/>"
    assert find("SELECT * { ?s a schema:Movie }").reason == reason


def test_prefixes_that_need_no_declaration_are_no_mistake() -> None:
    query = "SELECT * { ?s a schema:Movie"

    def declared(part: str) -> str | None:
        try:
            pyoxigraph.Store().query(part, prefixes={"schema": "a:"})
        except SyntaxError as error:
            return str(error)
        return None

    message = declared(query)
    assert message is not None
    assert mistake(query, message, declared, ("schema",)).reason == "the query ends too early"
