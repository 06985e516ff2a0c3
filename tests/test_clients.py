"""Clients that others wrote drive a running server: rdflib, SPARQLWrapper, pandas, curl, Comunica."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas
import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from reelgraph import access
from reelgraph.access import Role
from reelgraph.store import Manifest, Store

NOTES = URIRef("http://e.example/notes")
TRIPLE = (URIRef("http://e.example/s"), URIRef("http://e.example/p"), Literal("x"))
SECRET, LINE = access.new("curator", Role.WRITE)
START = """
import sys
from pathlib import Path
from reelgraph.config import Settings
from reelgraph.server import runner
runner.serve(Settings(store=Path(sys.argv[1]), port=int(sys.argv[2]), tokens=sys.argv[3]))
"""
pytestmark = pytest.mark.xdist_group("clients")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients") / "store"
    with Store(folder).writer() as writer:
        data = (files("reelgraph.queries") / "fixture.trig").read_bytes()
        writer.add(pyoxigraph.parse(data, pyoxigraph.RdfFormat.TRIG))
        writer.publish(Manifest())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", START, str(folder), str(port), LINE])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urlopen(f"{address}/readyz").close()
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                break
        yield address
    finally:
        process.terminate()
        process.wait()


def test_rdflib_writes_and_reads(url: str) -> None:
    store = SPARQLUpdateStore(f"{url}/sparql", f"{url}/sparql", auth=("curator", SECRET))
    graph = Graph(store, NOTES)
    graph.add(TRIPLE)
    assert list(graph) == [TRIPLE]
    assert [tuple(row) for row in graph.query("SELECT ?o { ?s ?p ?o }")] == [(Literal("x"),)]  # type: ignore[arg-type]
    graph.remove(TRIPLE)
    assert len(graph) == 0


def test_sparqlwrapper_reads_every_format(url: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{url}/sparql")
    client.setQuery("SELECT (1 AS ?n) {}")
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setReturnFormat(wrapper.JSON)
    assert client.query().convert()["results"]["bindings"][0]["n"]["value"] == "1"
    client.setQuery("CONSTRUCT { <http://a/> <http://b/> 1 } {}")
    client.setReturnFormat(wrapper.TURTLE)
    assert b"http://a/" in client.query().convert()


def test_tables_are_csv(url: str) -> None:
    fields = urlencode({"query": "SELECT ?n { VALUES ?n { 1 2 } }", "format": "csv"})
    with urlopen(f"{url}/sparql?{fields}") as answer:
        rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))
    assert [row["n"] for row in rows] == ["1", "2"]


def test_graphs_by_the_standard_library(url: str) -> None:
    address = f"{url}/graph-store?{urlencode({'graph': 'http://e.example/put'})}"
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {SECRET}"}
    with urlopen(Request(address, b"<http://a/> <http://b/> 1 .", headers, method="PUT")) as answer:
        assert answer.status == 201
    with urlopen(Request(address, headers={"Accept": "application/n-triples"})) as answer:
        assert answer.read().startswith(b"<http://a/> <http://b/> ")
    with urlopen(f"{url}/metrics") as answer:
        assert b"reelgraph_requests_total" in answer.read()


def test_pandas_reads_a_canned_query(url: str) -> None:
    table = pandas.read_csv(f"{url}/queries/cast.csv")
    assert {"film", "person", "character"} & set(table.columns), list(table.columns)
    assert len(table) > 3
    fields = urlencode({"query": "SELECT ?n { VALUES ?n { 1 2 } }", "format": "csv"})
    assert list(pandas.read_csv(f"{url}/sparql?{fields}")["n"]) == [1, 2]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(url: str) -> None:
    query = "query=SELECT ?n { VALUES ?n { 1 2 } }"
    for more, expected in (
        (["-H", "Accept: text/csv"], "n\r\n1\r\n2\r\n"),
        (["--compressed", "-H", "Accept: text/tab-separated-values"], "?n\n1\n2\n"),
        (["-G", "-d", "format=csv"], "n\r\n1\r\n2\r\n"),
    ):
        command = ["curl", "-sf", *more, "--data-urlencode", query, f"{url}/sparql"]
        assert subprocess.run(command, capture_output=True, check=True).stdout.decode() == expected
    head = subprocess.run(["curl", "-sfI", f"{url}/sparql?query=ASK%7B%7D"], capture_output=True, check=True).stdout
    assert b"etag:" in head.lower()


COMUNICA = Path(os.environ.get("COMUNICA", Path(__file__).parent.parent / "build" / "comunica"))
ENGINE = """
import { QueryEngine } from '@comunica/query-sparql';
const [url, query] = process.argv.slice(2);
const rows = await new QueryEngine().queryBindings(query, { sources: [{ type: 'sparql', value: url }] });
console.log(JSON.stringify((await rows.toArray()).map(row => row.get('n').value)));
"""


@pytest.mark.skipif(
    shutil.which("node") is None or not (COMUNICA / "node_modules" / "@comunica" / "query-sparql").is_dir(),
    reason="Comunica is not there: npm install --prefix build/comunica @comunica/query-sparql@4",
)
def test_comunica(url: str) -> None:
    script = COMUNICA / "ask.mjs"
    script.write_text(ENGINE, encoding="utf-8")
    query = "SELECT (COUNT(?s) AS ?n) { ?s <https://schema.org/name> ?name }"
    command = ["node", str(script), f"{url}/sparql", query]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(json.loads(done.stdout)[0]) > 3
