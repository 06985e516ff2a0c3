"""Tests of syntax and evaluation, run over HTTP."""

import contextlib
import csv
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from rdflib import Namespace
from rdflib.term import Node

from w3c.client import Client, Response
from w3c.engine import Engine
from w3c.manifest import BASE, MF, Case

QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_LABEL = Namespace("http://www.w3.org/2000/01/rdf-schema#").label
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_NOWHERE = f"{BASE}no-such-graph"


def query(client: Client | Engine, case: Case) -> str:
    """Run a query over its data; return what is wrong."""
    action = case.graph.value(case.node, MF.action)
    text, iri = _text(case, case.graph.value(action, QT.query) or action)
    has_dataset = re.search(r"^\s*FROM\b", text, re.MULTILINE | re.IGNORECASE) is not None
    default = list(case.graph.objects(action, QT.data))
    named = list(case.graph.objects(action, QT.graphData))
    graphs = {str(one) if has_dataset else _unnamed(one): _ntriples(case.file(one), str(one)) for one in default}
    graphs |= {str(one): _ntriples(case.file(one), str(one)) for one in named}
    filled = client.fill(graphs)  # type: ignore[arg-type]
    if filled.status >= 300:
        return f"cannot fill the store: {filled.status} {filled.body.decode()}"
    dataset = [("default-graph-uri", _unnamed(one)) for one in default] or [("default-graph-uri", _NOWHERE)]
    dataset += [("named-graph-uri", str(one)) for one in named]
    dataset = [] if has_dataset or not named else dataset  # one graph alone is the default graph anyway
    result = case.graph.value(case.node, MF.result)
    if result is None:
        return "no result in the manifest"
    is_csv = str(result).endswith((".csv", ".tsv"))
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}.get(Path(str(result)).suffix, "*/*")
    answer = client.query(f"BASE <{iri}>\n{text}", dataset, accept)
    if answer.status != 200:
        return f"status {answer.status}: {answer.body.decode()}"
    if is_csv and str(result).endswith(".csv"):
        return "" if _lines(answer.body) == _lines(case.file(result).read_bytes()) else "another table"
    return _differs(answer, case.file(result), str(result))


def update(client: Client | Engine, case: Case) -> str:
    """Make an update; return how the graphs differ from what they should be."""
    action, result = (case.graph.value(case.node, name) for name in (MF.action, MF.result))
    assert action is not None
    assert result is not None
    text, iri = _text(case, case.graph.value(action, UT.request) or action)
    before = _dataset(case, action)
    filled = client.fill(before)
    if filled.status >= 300:
        return f"cannot fill the store: {filled.status} {filled.body.decode()}"
    answer = client.update(f"BASE <{iri}>\n{text}")
    if answer.status >= 300:
        return f"status {answer.status}: {answer.body.decode()}"
    expected = Dataset()
    for name, data in _dataset(case, result).items():
        _add(expected, data.encode(), name)
    found = Dataset()
    _add(found, client.graph(None).body, None)
    names = client.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", [], "text/csv").body.decode().split()[1:]
    for name in names:
        _add(found, client.graph(name).body, name)
    return "" if _same(found, expected) else f"other graphs: {[str(quad) for quad in found][:4]}"


def accepted(client: Client | Engine, case: Case) -> str:
    """Send a query that is well formed; one that calls others is read before it is refused."""
    text, iri = _text(case, case.graph.value(case.node, MF.action))
    answer = client.query(f"BASE <{iri}>\n{text}", [("default-graph-uri", _NOWHERE)], "*/*")
    is_read = answer.status in (200, 403) or (answer.status == 400 and b"is not supported" in answer.body)
    return "" if is_read else f"status {answer.status}: {answer.body.decode()}"


def refused(client: Client | Engine, case: Case) -> str:
    """Send a query that is malformed."""
    text, _ = _text(case, case.graph.value(case.node, MF.action))
    answer = client.query(text, [], "*/*")
    return "" if answer.status == 400 else f"status {answer.status}, not 400"


def accepted_update(client: Client | Engine, case: Case) -> str:
    """Send an update that is well formed; what it does does not matter."""
    text, iri = _text(case, case.graph.value(case.node, MF.action))
    answer = client.update(f"BASE <{iri}>\n{text}")
    if answer.status == 502 or (answer.status == 403 and b"LOAD" in answer.body):
        return ""  # which are said of well-formed updates only
    if (
        b"malformed" not in answer.body
        and answer.status in (204, 400)
        and b"failed" in answer.body + b"failed" * (answer.status == 204)
    ):
        return ""
    return f"status {answer.status}: {answer.body.decode()}"


def refused_update(client: Client | Engine, case: Case) -> str:
    """Send an update that is malformed."""
    text, _ = _text(case, case.graph.value(case.node, MF.action))
    answer = client.update(text)
    return "" if answer.status == 400 and b"malformed" in answer.body else f"status {answer.status}, not 400"


def _text(case: Case, iri: Node | None) -> tuple[str, str]:
    assert iri is not None
    return case.text(iri), str(iri)


def _unnamed(iri: Node) -> str:
    """Return the name that a graph has in the store while it is the default graph of a query."""
    return f"{iri}#default"


def _dataset(case: Case, node: Node) -> dict[str | None, str]:
    """Return the graphs of an update test, before or after, as N-Triples."""
    graphs: dict[str | None, str] = {}
    for data in case.graph.objects(node, UT.data):
        graphs[None] = graphs.get(None, "") + _ntriples(case.file(data), str(data))
    for one in case.graph.objects(node, UT.graphData):
        file, label = case.graph.value(one, UT.graph), case.graph.value(one, _LABEL)
        assert file is not None
        graphs[str(label)] = _ntriples(case.file(file), str(file))
    return graphs


def _ntriples(file: Path, iri: str) -> str:
    form = RdfFormat.from_extension(file.suffix.removeprefix(".")) or RdfFormat.TURTLE
    triples = (quad.triple for quad in parse(path=str(file), format=form, base_iri=iri))
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def _add(dataset: Dataset, data: bytes, name: str | None) -> None:
    graph = NamedNode(name) if name else DefaultGraph()
    for quad in parse(data, RdfFormat.N_TRIPLES):
        dataset.add(Quad(quad.subject, quad.predicate, quad.object, graph))


def _same(one: Dataset, other: Dataset) -> bool:
    for dataset in (one, other):
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return one == other


def _lines(data: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """Return the rows of a CSV file, whatever the order of columns and the names of blank nodes."""
    rows = csv.DictReader(io.StringIO(data.decode()))
    return Counter(tuple(sorted((name, _cell(text)) for name, text in row.items())) for row in rows)


def _cell(text: str) -> str:
    with contextlib.suppress(ArithmeticError):
        return f"{Decimal(text).normalize()}"
    return "_:" if text.startswith("_:") else text


def _differs(answer: Response, file: Path, iri: str) -> str:
    """Return how an answer differs from the expected one, which is results or a graph."""
    form = QueryResultsFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        expected = Dataset(parse(path=str(file), format=RdfFormat.from_extension(file.suffix[1:]), base_iri=iri))
        given = RdfFormat.from_media_type(answer.media_type)
        if given is None:
            wanted = _result_set(expected)
            return _compare(_rows(answer.body, QueryResultsFormat.from_media_type(answer.media_type)), wanted)
        found = Dataset(parse(answer.body, given, base_iri=iri))
        return "" if _same(found, expected) else "another graph"
    return _compare(
        _rows(answer.body, QueryResultsFormat.from_media_type(answer.media_type)), _rows(file.read_bytes(), form)
    )


def _rows(data: bytes, form: QueryResultsFormat | None) -> bool | list[dict[str, object]]:
    found = parse_query_results(data, format=form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in found]


def _result_set(dataset: Dataset) -> bool | list[dict[str, object]]:
    """Return the results that a graph in the vocabulary of result sets describes."""

    def values(node: object, name: str) -> list[object]:
        return [quad.object for quad in dataset.quads_for_subject(node) if quad.predicate.value == _RS + name]  # type: ignore[arg-type]

    sets = [quad.subject for quad in dataset if getattr(quad.object, "value", "") == f"{_RS}ResultSet"]
    if booleans := values(sets[0], "boolean"):
        return getattr(booleans[0], "value", "") == "true"
    return [
        {
            getattr(values(binding, "variable")[0], "value", ""): values(binding, "value")[0]
            for binding in values(row, "binding")
        }
        for row in values(sets[0], "solution")
    ]


def _compare(found: bool | list[dict[str, object]], expected: bool | list[dict[str, object]]) -> str:
    if isinstance(found, bool) or isinstance(expected, bool):
        return "" if found is expected else f"{found}, not {expected}"
    if len(found) != len(expected):
        return f"{len(found)} rows, not {len(expected)}"
    return "" if _same(_as_graph(found), _as_graph(expected)) else f"other rows: {found[:2]}, not {expected[:2]}"


def _by_value(term: object) -> object:
    """Return a number as its value, however it is written: the tests compare values, not texts."""
    if isinstance(term, Triple):
        return NamedNode(f"{BASE}triple/{quote(str(term))}")
    kind = term.datatype.value.rpartition("#")[2] if isinstance(term, Literal) else ""
    if isinstance(term, Literal) and kind == "boolean":
        return Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    if isinstance(term, Literal) and kind in ("decimal", "double", "float", "integer"):
        with contextlib.suppress(ValueError, ArithmeticError):
            number = Decimal(term.value) if kind in ("decimal", "integer") else float(term.value)
            return Literal(f"{number.normalize() if isinstance(number, Decimal) else number!r}", datatype=term.datatype)
    return term


def _as_graph(rows: list[dict[str, object]]) -> Dataset:
    """Return rows as a graph, so that they are equal whatever their blank nodes are called."""
    dataset = Dataset()
    for row in rows:
        node = BlankNode()
        dataset.add(Quad(node, NamedNode(f"{BASE}is"), NamedNode(f"{BASE}row")))
        for name, value in row.items():
            dataset.add(Quad(node, NamedNode(f"{BASE}{name}"), _by_value(value)))  # type: ignore[arg-type]
    return dataset
