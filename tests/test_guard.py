"""What the guard refuses, what it must not refuse, and that it misses no call the engine would make."""

import re
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelgraph.server import guard, lookups
from reelgraph.server.problem import HttpError

E = "PREFIX e: <http://e.example/> "
CALLS = {
    "plain": "SELECT * { SERVICE <http://e.example/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://e.example/> { ?s ?p ?o } }",
    "case": "SELECT * { sErViCe <http://e.example/> { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?x { <http://e.example/> } SERVICE ?x {} }",
    "prefixed name": E + "SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "prefixed name with an escape": E + "SELECT * { SERVICE e:a\\#b {} }",
    "comments between": "SELECT * { SERVICE#one\n#two\n?x#three\n{} }",
    "no spaces": "SELECT*{SERVICE?x{}}",
    "behind a number": E + "SELECT * { ?s a 1SERVICEe:x{} }",
    "behind a boolean": E + "SELECT * { ?s a trueSERVICE e:x{} }",
    "in one word": E + "SELECT * { ?s atrueSERVICEe:x{} }",
    "behind a comparison that looks like an IRI": "SELECT * { BIND(1 AS ?a) FILTER(?a<2).SERVICE#>\n?x{} }",
    "in quotes that are none": "SELECT * { BIND('' AS ?a) FILTER(?a<'>').SERVICE <http://e.example/>{} FILTER(?a='')}",
    "behind an escaped comment sign": E + "SELECT * { ?s a e:a\\#b SERVICE e:x {} }",
    "in a long string that is none": "SELECT * { VALUES ?x {'''a' } SERVICE ?y {} #\\q'''\n}",
    "in a long string with a lone surrogate": "SELECT * { VALUES ?x {'''a' } SERVICE ?y {} #\\uD800'''\n}",
    "escaped letters": "SELECT * { \\u0053ERVICE ?x {} }",
    "deep inside": "SELECT * { { OPTIONAL { FILTER NOT EXISTS { { SERVICE ?x {} } } } } }",
}
HARMLESS = {
    "variable": "SELECT ?service ?x { ?s ?p ?service }",
    "string": 'SELECT * { ?s ?p "SERVICE <http://e.example/> {" }',
    "long string": "SELECT * { ?s ?p '''it's SERVICE <http://e.example/> { \\n''' }",
    "comment": "SELECT * { ?s ?p ?o # SERVICE <http://e.example/> {}\n }",
    "IRI": "SELECT * { ?s <http://e.example/service> ?o }",
    "IRIs in rows": "SELECT * { VALUES (?a ?b) { (<http://e.example/#service> <http://e/Her_(film)>) } }",
    "prefix": "PREFIX service: <http://e.example/service#> SELECT * { ?s service:p ?o }",
    "local name": E + "SELECT * { ?s e:service ?o . { ?a ?b ?c } }",
    "part of a word": "SELECT * { ?customerservice ?p ?x { ?s ?p ?o } }",
    "language": 'SELECT * { ?s ?p "x"@service { ?s ?p ?o } }',
    "load in a query": "SELECT ?load { ?s <http://e.example/load> ?load }",
}


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_calls_are_refused(query: str) -> None:
    with pytest.raises(HttpError) as caught:
        guard.check_query(query)
    assert caught.value.status == 403
    assert "SERVICE" in caught.value.detail
    assert lookups.found(query) is None  # look-ups run unguarded


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_mentions_are_not(query: str) -> None:
    guard.check_query(query)


@pytest.mark.parametrize("query", [text for name, text in CALLS.items() if name != "escaped letters"])
def test_every_call_here_is_one_to_the_engine(query: str) -> None:
    assert has_call(query)


_PIECES = r"""
SERVICE service ?x {} { } ( ) ; , . < > <http://a/> <http://a#b> ' " ''' \ \q \u0041 a true 1 1. FILTER( ?a<2) ?a< e:x
e: e:a\# e:a\' _:b @en "x" OPTIONAL UNION SILENT EXISTS{ ^^ << >> <) <'> $ ? - e:p? e:p* [ ] | / ! = || && *
"""
_WORDS = [*_PIECES.split(), '"""', " ", "\n", "#", "#>", "?s ?p ", "VALUES ?v {", "BIND(1 AS ?z)"]
_TAILS = ["SERVICE?y{}", "SERVICE ?y{}", "SERVICEe:x{}", "SERVICE#\n?y{}"]


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(st.sampled_from(_WORDS), max_size=8),
    st.sampled_from(_TAILS),
    st.lists(st.sampled_from(_WORDS), max_size=5),
)
def test_no_call_is_missed(before: list[str], call: str, after: list[str]) -> None:
    query = "PREFIX e:<http://e/>SELECT*{" + "".join(before) + call + "".join(after) + "}"
    if has_call(query):
        assert lookups.found(query) is None
        with pytest.raises(HttpError):
            guard.check_query(query)


_CONSTANTS = ["?s", "a", "<http://a/>", "<http://a#b>", "<a'b>", "e:x", '"x"', '"x"@en', '"{ SERVICE ?y {} }"', "<a)b>"]
_BETWEEN = [
    " ",
    " ; ",
    " . ",
    ".",
    ";",
    "#",
    "#\n",
    "\n",
    "\r",
    "SERVICE",
    "SERVICE ?x",
    "{",
    "}",
    "FROM <http://a/>",
    "\u2028",
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_CONSTANTS), st.sampled_from(_BETWEEN)), max_size=8))
def test_a_look_up_has_neither_calls_nor_a_dataset(terms: list[tuple[str, str]]) -> None:
    query = "PREFIX e: <http://e/> SELECT * { ?s ?p " + "".join(map("".join, terms)) + "}"
    if lookups.found(query) is not None:
        guard.check_query(query)
        assert not guard.names_dataset(query)


def has_call(query: str) -> bool:
    """Ask the engine: a keyword is one if the query is malformed with one letter of it changed."""
    if not parses(query):
        return False
    changed = (query[: found.start()] + "SERVICX" + query[found.end() :] for found in re.finditer("(?i)service", query))
    return not all(parses(text) for text in changed)


def parses(query: str) -> bool:
    try:
        pyoxigraph.Store().query(query, base_iri="http://base.example/")
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { ?s ?p " + "(" * 10_000 + ")" * 10_000 + " }",
        "SELECT * { FILTER(" + "!" * 10_000 + "?x) }",
        "SELECT * { FILTER(" + "- " * 200 + "?x) }",
    ],
    ids=["braces", "parentheses", "negations", "signs"],
)
def test_absurd_nesting_is_refused(query: str) -> None:
    with pytest.raises(HttpError, match="nested too deeply") as caught:
        guard.check_query(query)
    assert caught.value.status == 400


def test_what_people_nest_is_not() -> None:
    guard.check_query("SELECT * " + "{" * 100 + "}" * 100)
    guard.check_query("SELECT * { VALUES (?x) { " + "(1) " * 10_000 + "} }")


def test_size_is_limited() -> None:
    with pytest.raises(HttpError) as caught:
        guard.check_query("ASK {} #" + "x" * guard.MAX_SIZE)
    assert caught.value.status == 413


@pytest.mark.parametrize(
    "text",
    [
        "<'>" * 30_000,
        "<#>" * 30_000,
        "'''\\" * 20_000,
        "service " * 12_000,
        "service<" * 12_000,
        ":" * 90_000,
        '"' * 90_000,
    ],
    ids=["quotes", "hashes", "long strings", "words", "brackets", "colons", "double quotes"],
)
def test_tricks_do_not_take_long(text: str) -> None:
    with suppress(HttpError):
        guard.check_query(f"service {text}")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <http://e.example/g> { ?s ?p ?o }", True),
        ("select * from named <http://e.example/g> { graph ?g { ?s ?p ?o } }", True),
        (E + "ASK FROM e:g {}", True),
        ("SELECT ?from { ?from ?p ?o }", False),
        ('SELECT * { ?s ?p "FROM <http://e.example/g>" }', False),
        ("SELECT * { ?s ?p ?o } # FROM <http://e.example/g>", False),
        ("PREFIX from: <http://e.example/> SELECT * { ?s from:x ?o }", False),
        (E + "SELECT * { ?s e:from <http://e.example/g> }", False),
    ],
)
def test_whether_a_query_names_its_dataset(query: str, expected: bool) -> None:
    assert guard.names_dataset(query) is expected


@pytest.mark.parametrize(
    "update",
    ["LOAD <http://e.example/>", "load silent <http://e.example/> into graph <http://e.example/g>", E + "LOAD#\ne:x"],
)
def test_loads_are_refused(update: str) -> None:
    with pytest.raises(HttpError, match="LOAD"):
        guard.check_update(update)


def test_other_updates_are_not() -> None:
    guard.check_update('INSERT DATA { <http://e.example/load> <http://e.example/p> "LOAD <http://e.example/>" }')
