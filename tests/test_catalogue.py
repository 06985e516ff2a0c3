"""Reading, checking and binding query files."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reelgraph import queries
from reelgraph.errors import QueryError
from reelgraph.queries.lexer import tokens, values_blocks

HEADER = """#+ summary: Films of a year
#+ description: All films of one year.
#+ params:
#+   - {name: year, type: integer, label: Year, min: "1888"}
#+ columns: {film: Film, year: Year}
#+ tests:
#+   - {rows: 2}
"""
BODY = """PREFIX film: <https://w3id.org/reelgraph/ontology#>
PREFIX graph: <https://w3id.org/reelgraph/id/graph/>
SELECT ?film ?year WHERE {
  VALUES ?year { 2013 }
  GRAPH graph:preferred { ?film film:year ?year }
}
ORDER BY ?film
"""


def written(folder: Path, text: str, name: str = "year") -> Path:
    path = folder / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, header: str = HEADER, body: str = BODY) -> queries.Query:
    return queries.read(written(folder, header + body))


def param(folder: Path, kind: str, default: str = "UNDEF", more: str = "") -> queries.Query:
    return read(
        folder,
        f"#+ summary: S\n#+ description: D\n#+ columns: {{x: X}}\n"
        f"#+ params:\n#+   - {{name: x, type: {kind}, label: X{more}}}\n",
        f"SELECT ?x WHERE {{ VALUES ?x {{ {default} }} }} ORDER BY ?x\n",
    )


def test_a_file_becomes_a_query(tmp_path: Path) -> None:
    query = read(tmp_path)
    assert (query.name, query.title, query.form, query.view, query.limit) == (
        "year", "Films of a year", "SELECT", "table", 100,
    )  # fmt: skip
    assert query.columns == {"film": "Film", "year": "Year"}
    assert query.text == HEADER + BODY
    assert query.body == BODY
    assert query.bind() == BODY
    (parameter,) = query.params
    assert (parameter.name, parameter.type, parameter.default, parameter.minimum) == (
        "year",
        "integer",
        ("2013",),
        "1888",
    )


def test_the_catalogue_is_read_once_and_in_order() -> None:
    assert queries.catalogue() is queries.catalogue()
    assert list(queries.catalogue()) == sorted(queries.catalogue())


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("", 1, "no header"),
        ("#+ summary: [\n", 2, "not YAML"),
        ("#+ - a\n", 1, "must be a mapping"),
        (HEADER.replace("summary", "sumary"), 1, "unknown key 'sumary'"),
        (HEADER + "#+ view: pie\n", 8, "view must be one of"),
        (HEADER + "#+ limit: many\n", 8, "limit must be a whole number"),
        (HEADER + "#+ summary: again\n", 8, "'summary' is given twice"),
        (HEADER.replace("description: All films of one year.", "tags: [a]"), 1, "description must be given"),
        (HEADER.replace("All films of one year.", "[a, b]"), 2, "description must be given, as text"),
        (HEADER.replace("label: Year,", ""), 4, "label must be given"),
        (HEADER.replace("type: integer", "type: number"), 4, "type of year must be one of iri, string"),
        (HEADER.replace("name: year", "name: decade"), 4, "no 'VALUES ?decade { … }'"),
        (HEADER.replace("min:", "minimum:"), 4, "unknown key 'minimum'"),
        (HEADER.replace("1888", "2014"), 4, "default or example: year: '2013' is not valid, it must be at least 2014"),
        (HEADER.replace("type: integer", "type: string"), 4, "min and max need a type with an order"),
        (HEADER.replace('min: "1888"', "required: maybe"), 4, "required must be true or false"),
        (HEADER.replace('min: "1888"', "class: foo:Bar"), 4, "the query has no prefix foo"),
        (HEADER.replace("film: Film, ", ""), 5, "columns are year but the query selects film, year"),
        (HEADER.replace("rows: 2", "lines: 2"), 7, "unknown key 'lines'"),
        (HEADER.replace("rows: 2", "contains: {titel: X}"), 7, "unknown key 'titel'"),
        (HEADER.replace("rows: 2", "contains: {film: [X]}"), 7, "film must be one value"),
        (HEADER.replace("{rows: 2}", "rows"), 6, "tests must be a list of mappings"),
    ],
)
def test_a_wrong_header_is_refused_with_its_line(tmp_path: Path, header: str, line: int, words: str) -> None:
    with pytest.raises(QueryError) as error:
        read(tmp_path, header)
    assert str(error.value).startswith(f"year.rq:{line}: ")
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("", 1, "there is no query"),
        (BODY.replace("SELECT", "DESCRIBE"), 10, "DESCRIBE is not allowed"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 8, "INSERT is not allowed"),
        (BODY.replace("WHERE", "FROM <x:y> WHERE"), 10, "FROM is not allowed"),
        (BODY.replace("GRAPH graph:preferred", "SERVICE <http://127.0.0.1/>"), 12, "SERVICE is not allowed"),
        (BODY.replace("GRAPH graph:preferred", "service ?film"), 12, "SERVICE is not allowed"),
        (BODY.replace("ORDER BY ?film", ""), 13, "no ORDER BY"),
        (BODY.replace("SELECT ?film ?year WHERE {", "SELECT ?film ?year WHERE { {SELECT ?film {} ORDER BY ?film}")
             .replace("\nORDER BY ?film", ""), 13, "no ORDER BY"),
        (BODY.replace("GRAPH graph", "GRAPH grph"), 12, "not SPARQL at column"),
        (BODY.replace("VALUES ?year { 2013 }", "VALUES (?year) { (2013) }"), 4, "no 'VALUES ?year"),
        (BODY.replace("VALUES ?year { 2013 }", "# VALUES ?year { 2013 }"), 4, "no 'VALUES ?year"),
        (BODY.replace("VALUES ?year { 2013 }", 'FILTER("VALUES ?year { 2013 }" != "")'), 4, "no 'VALUES ?year"),
        (BODY.replace("{ 2013 }", "{ 2013 } VALUES ?year { 2014 }"), 11, "hold different defaults"),
        (BODY.replace("{ 2013 }", '{ "then" }'), 4, "default or example"),
        (BODY + "#+ tests: []\n", 15, "a header line after the query"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_refused_with_its_line(tmp_path: Path, body: str, line: int, words: str) -> None:
    with pytest.raises(QueryError) as error:
        read(tmp_path, body=body)
    assert str(error.value).startswith(f"year.rq:{line}: ")
    assert words in str(error.value)


def test_words_in_strings_iris_and_comments_are_no_keywords(tmp_path: Path) -> None:
    text = BODY.replace("GRAPH graph:", "# FROM here SERVICE\n  FILTER(\"SERVICE\" != 'INSERT {')\n  GRAPH graph:")
    assert read(tmp_path, body=text).form == "SELECT"
    assert read(tmp_path, body=BODY.replace("?film ?year WHERE", "?film ?year { ?film <x:SERVICE> ?from }#", 0))


def test_a_bad_name_and_bad_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="name must be small letters"):
        queries.read(written(tmp_path, HEADER + BODY, "Films_Of"))
    path = tmp_path / "bytes.rq"
    path.write_bytes(b"#+ summary: \xff")
    with pytest.raises(QueryError, match=r"bytes\.rq:1: cannot be read as UTF-8"):
        queries.read(path)


def test_a_required_parameter_needs_a_default(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="x is required, so its VALUES must hold a default"):
        param(tmp_path, "string", more=", required: true")
    assert param(tmp_path, "string", '"a"', ", required: true").param("x").default == ("a",)


def test_a_pick_list_must_come_from_a_query(tmp_path: Path) -> None:
    options = ", options: {query: year, value: film, label: year}"
    param(tmp_path, "iri", more=options)
    (tmp_path / "year.rq").rename(tmp_path / "other.rq")
    with pytest.raises(QueryError, match="there is no query year"):
        queries.load(tmp_path)
    written(tmp_path, HEADER + BODY)
    assert queries.load(tmp_path)["other"].param("x").options == queries.Options("year", "film", "year")


def test_values_are_bound_as_terms(tmp_path: Path) -> None:
    query = read(tmp_path)
    integer = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert query.bind({"year": ["2014"]}) == BODY.replace(" 2013 ", f" {integer.format(2014)} ")
    assert f"{{ {integer.format(1999)} {integer.format(2000)} }}" in query.bind({"year": ["1999", "2000", "1999"]})


def test_empty_values_leave_the_default(tmp_path: Path) -> None:
    assert read(tmp_path).bind({"year": []}) == read(tmp_path).bind({"year": [""]}) == BODY


def test_every_values_block_of_a_parameter_is_bound(tmp_path: Path) -> None:
    body = BODY.replace("VALUES ?year { 2013 }", "{ VALUES ?year { 2013 } } UNION { VALUES ?year {2013} }")
    assert read(tmp_path, body=body).bind({"year": ["1999"]}).count("1999") == 2


def test_unknown_parameters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="year has no parameter 'yeer'; it has: year") as error:
        read(tmp_path).bind({"yeer": ["2014"]})
    assert error.value.parameter == "yeer"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "iri",
            ["https://example.org/a", "urn:x:y"],
            ["film", "a b:c", "http://a/<b>", "http://a/ b", 'x:"', "x:\n", ":"],
        ),
        ("string", ["", "ä 'b' \"c\" \\ \n } UNION {"], ["\ud800"]),
        ("integer", ["0", "-3", "+7"], ["", "1.5", "1e3", "２", "9" * 19, "1 2", "1\n"]),
        ("decimal", ["1", "-1.50", ".5", "3."], ["", ".", "1e3", "NaN", "1,5", "9" * 19]),
        ("boolean", ["true", "0"], ["", "yes", "TRUE"]),
        ("date", ["2013-12-18"], ["2013", "2013-13-01", "2013-02-30", "20131218", "2013-12-18\n"]),
        ("gYear", ["2013"], ["13", "20133", "２０１３"]),
    ],
)
def test_types_take_their_lexical_forms_only(tmp_path: Path, kind: str, good: list[str], bad: list[str]) -> None:
    parameter = param(tmp_path, kind).param("x")
    for value in good:
        assert parameter.term(value)
    for value in bad:
        with pytest.raises(QueryError, match=r"x: .* is not valid, it must be") as error:
            parameter.term(value)
        assert error.value.parameter == "x"


def test_limits_and_allowed_values(tmp_path: Path) -> None:
    year = param(tmp_path, "integer", more=', min: "1900", max: "2000"').param("x")
    assert year.term("1900")
    assert year.term("2000")
    for value in ("1899", "2001"):
        with pytest.raises(QueryError, match=r"it must be at (least 1900|most 2000)"):
            year.term(value)
    day = param(tmp_path, "date", more=", min: 2000-01-01").param("x")
    with pytest.raises(QueryError, match="at least 2000-01-01"):
        day.term("1999-12-31")
    colour = param(tmp_path, "string", more=", enum: [red, blue]").param("x")
    with pytest.raises(QueryError, match="one of red, blue"):
        colour.term("green")


def test_too_many_values_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="1001 values are too many"):
        param(tmp_path, "integer").bind({"x": [str(number) for number in range(1001)]})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
@example('"} } SELECT * { ?s ?p ?o } #')
@example("'''\\")
@example('a" } } ; DROP ALL ; #')
def test_text_stays_text(value: str) -> None:
    path = Path(__file__).parent / "data" / "echo.rq"
    query = queries.read(path)
    answer = queries.run(ox.Store(), query, {"text": [value]})
    assert [row["text"].value for row in answer] == [value]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example("x:> } } SELECT * { ?s ?p ?o } #")
@example("x:a> <x:b")
def test_a_hostile_iri_is_refused_or_stays_an_iri(value: str) -> None:
    query = queries.catalogue()["cast"]
    try:
        bound = query.bind({"film": [value]})
    except QueryError:
        return
    assert len(tokens(bound)) == len(tokens(query.body))


def test_the_lexer_finds_values_blocks_only_where_they_are() -> None:
    text = (
        "SELECT * { # VALUES ?a { 1 }\n"
        """ FILTER("VALUES ?b { 1 }" != 'VALUES ?c { 1 }' && ?d != '''VALUES\n ?e { 1 }''')\n"""
        ' values $f { "}" <x:a> 2 } ?g <x:VALUES> :VALUES . VALUES (?h) { (1) } VALUES ?i { UNDEF } }'
    )
    found = list(values_blocks(tokens(text)))
    assert [(block.variable, text[block.start : block.end].strip(), block.line) for block in found] == [
        ("f", '"}" <x:a> 2', 4),
        ("i", "UNDEF", 4),
    ]


def test_another_base_moves_iris_but_no_words(tmp_path: Path) -> None:
    text = BODY + "# https://w3id.org/reelgraph/id/ stays in a comment\n"
    query = queries.read(written(tmp_path, HEADER + text), "https://films.example/id/")
    assert query.body == text.replace(
        "<https://w3id.org/reelgraph/id/graph/>", "<https://films.example/id/graph/>"
    )  # the ontology and the comment are left alone
    examples = queries.catalogue("https://films.example/id/")["filmography"]
    assert examples.param("person").example == "https://films.example/id/person/spike-jonze"


def test_only_select_queries_have_rows(tmp_path: Path) -> None:
    body = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }\n"
    query = read(tmp_path, "#+ summary: S\n#+ description: D\n#+ tests: [{rows: 0}]\n", body)
    assert query.columns is None
    with pytest.raises(QueryError, match="is no SELECT query"):
        queries.run(ox.Store(), query)
    assert list(queries.check(ox.Store(), tmp_path)) == []


def problems(folder: Path, test: str) -> list[str]:
    written(folder, HEADER.replace("{rows: 2}", test) + BODY)
    return [str(problem) for problem in queries.check(folder=folder)]


def test_check_reports_by_file_and_line(tmp_path: Path) -> None:
    her = "id:film/her-2013"
    assert problems(tmp_path, f"{{rows: 1, contains: {{film: '{her}', year: 2013}}}}") == []
    assert problems(tmp_path, "{params: {year: [2013, 1994]}, rows: 2}") == []
    assert problems(tmp_path, "{rows: 2}") == ["year.rq:7: 1 rows instead of 2"]
    assert problems(tmp_path, "{contains: {year: 1}}") == ["year.rq:7: no row with {year: 1}; nearest: {year: 2013}"]
    assert problems(tmp_path, "{params: {year: 1900}, contains: {film: null}}") == [
        "year.rq:7: no row with {film: unbound}; nearest: there are no rows"
    ]
    assert problems(tmp_path, f"{{lacks: {{film: '{her}'}}}}") == [
        "year.rq:7: a row with {film: https://w3id.org/reelgraph/id/film/her-2013}"
    ]
    (found,) = problems(tmp_path, "{params: {year: x}}")
    assert found.startswith("year.rq:7: the query fails: year: 'x' is not valid")


def test_check_goes_on_after_a_broken_file(tmp_path: Path) -> None:
    written(tmp_path, HEADER + BODY.replace("ORDER BY ?film", ""), "broken")
    written(tmp_path, HEADER.replace("#+ tests:\n#+   - {rows: 2}\n", "") + BODY, "untested")
    assert [str(problem) for problem in queries.check(folder=tmp_path)] == [
        "broken.rq:13: no ORDER BY: the order of rows must be fixed, ending in a key",
        "untested.rq:1: no tests: give at least one, with rows or contains",
    ]


def test_the_fixture_is_not_changed_by_queries() -> None:
    before = len(queries.fixture())
    rows: Mapping[str, int] = {
        name: len(list(queries.run(queries.fixture(), query))) for name, query in queries.catalogue().items()
    }
    assert all(rows.values())
    assert len(queries.fixture()) == before
