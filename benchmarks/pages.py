"""Serve the sample store and print p50 and p99 of a film page and three canned queries at 1 and 8 clients.

    python benchmarks/pages.py [STORE] [--seconds 4] [--kinds] [--million]

Without STORE the project's own samples are loaded first, with --million the documents of `documents.py`.

The floor is the same work by plain pyoxigraph in this process, without any server: the query answered and serialised
(for the page: everything about the film, described). The ratio is the floor's p50 divided by ours at one client.

With --kinds every kind of page is asked for, as no cache knows it: milliseconds of the first answer and processor time
of the server for it, the same of the others, and the most that the median may be.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote

import documents
import pyoxigraph
from machine import describe

from reelgraph.config import DEFAULT_BASE

SAMPLES = Path(__file__).parents[1] / "reelgraph" / "samples"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def timed(call: Callable[[], None], seconds: float) -> list[float]:
    """Return how long each call took, in milliseconds, calling again and again for `seconds`."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while not found or time.perf_counter() < end:
        begin = time.perf_counter()
        call()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def client(port: int, path: str, fresh: bool) -> Callable[[], None]:
    """Return a call that fetches `path` over one kept connection; `fresh` adds a parameter no cache has seen."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    state = {"n": int(time.time() * 1000) + id(connection) % 1000}

    def call() -> None:
        state["n"] += 1
        connection.request("GET", f"{path}{'&' if '?' in path else '?'}_={state['n']}" if fresh else path)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status}")

    return call


def clients(port: int, path: str, count: int, seconds: float) -> list[float]:
    """Return the times of all requests of `count` clients at once."""
    results: list[list[float]] = [[] for _ in range(count)]

    def run(number: int) -> None:
        results[number] = timed(client(port, path, fresh=False), seconds)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [value for part in results for value in part]


CANNED = ("cast", "reviews", "disagreements")
SERVE = "from reelgraph.cli import main; main()"


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def floors(store: pyoxigraph.Store, film: str) -> dict[str, Callable[[], None]]:
    """Return what plain pyoxigraph does for each path."""
    from reelgraph.queries import catalogue

    def query(name: str) -> Callable[[], None]:
        text = catalogue()[name].bind({"film": [film]})
        return lambda: _serialise(store, text)

    nodes = f"{{ <{film}> ?link ?s . ?s ?p ?o }} UNION {{ BIND(<{film}> AS ?s) ?s ?p ?o }}"
    page = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {nodes} }}"
    canned = {name: query(name) for name in CANNED}
    return {"page": lambda: _serialise(store, page)} | canned


def _serialise(store: pyoxigraph.Store, text: str) -> None:
    found = store.query(text, use_default_graph_as_union=True)
    if isinstance(found, pyoxigraph.QueryTriples):
        found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
    elif isinstance(found, pyoxigraph.QuerySolutions):
        found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)


def wait(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def most_told_film(store: pyoxigraph.Store) -> str:
    """Return the film with the most facts."""
    found = store.query(
        "PREFIX schema: <https://schema.org/> SELECT ?f WHERE { ?f a schema:Movie ; ?p ?o } "
        "GROUP BY ?f ORDER BY DESC(COUNT(*)) ?f LIMIT 1",
        use_default_graph_as_union=True,
    )
    return next(iter(found))["f"].value


def links(port: int, path: str, pattern: str) -> str:
    """Return the first link of a page that begins so, the page itself if it has none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    found = re.search(f'href="({pattern}[^"#]*)', connection.getresponse().read().decode())
    return unescape(found[1]) if found else path


def page_kinds(port: int, film: str) -> dict[str, tuple[str, float | None]]:
    """Return the path of a page of each kind, and its limit in milliseconds where that is not the usual one."""
    page = f"/page/{film}"
    person, place = links(port, page, "/page/person/"), links(port, page, "/page/organization/")
    document, statement = links(port, page, "/document/"), links(port, page, "/page/cast/")
    hub = links(port, f"/search?q={quote(documents.EVERYWHERE)}&kind=person", "/page/person/")
    usual = {
        "home": "/",
        "browse": "/browse",
        "list of films": "/films",
        "films of a genre": "/films?genre=drama",
        "list of people": "/browse/person",
        "film": page,
        "film without a source": links(port, page, r"\?without=").replace("?", f"{page}?", 1),
        "person": person,
        "organization": place,
        "document": document,
        "statement": statement,
        "source list": "/sources",
        "disagreements": "/disagreements",
        "search by name": "/search?q=harbour",
        "search with errors": "/search?q=brigde+entresity",
        "suggestions": "/suggest.json?q=har",
        "ontology": "/ontology",
        "genres": "/ontology/genres",
        "queries": "/queries/",
        "query": f"/queries/cast?film={DEFAULT_BASE}{film}",
        "film as Turtle": f"/data/{film}.ttl",
        "site map": "/sitemap.xml",
        "VoID": "/void.ttl",
    }
    found: dict[str, tuple[str, float | None]] = {name: (path, None) for name, path in usual.items()}
    found["in 10,000 films"] = (hub, 300.0)
    found["one section of it"] = (f"{hub}?section=cast-person&page=3", 300.0)
    return found


def used(pid: int) -> float:
    """Return the milliseconds of processor time that a process and all it started have used."""
    stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    own = (int(stat[11]) + int(stat[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    children = [
        int(child) for tasks in Path(f"/proc/{pid}/task").glob("*/children") for child in tasks.read_text().split()
    ]
    return own + sum(map(used, children))


def show_kinds(port: int, pid: int, film: str, limit: float, seconds: float) -> None:
    """Print how long each kind of page takes, and how much processor time of the server."""
    print(f"{'milliseconds':24}{'first':>9}{'CPU':>9}{'p50':>9}{'p99':>9}{'CPU':>9}{'limit':>8}")
    slow = 0
    for name, (path, own) in page_kinds(port, film).items():
        call = client(port, path, fresh=True)
        before = used(pid)
        first, begin = timed(call, 0.0), used(pid)
        times = timed(call, seconds)
        cpu = (used(pid) - begin) / len(times)
        most, median = own or limit, percentile(times, 0.5)
        slow += median > most
        mark = "  slow" if median > most else ""
        begun = f"{first[0]:9.1f}{begin - before:9.0f}"
        print(f"{name:24}{begun}{median:9.1f}{percentile(times, 0.99):9.1f}{cpu:9.1f}{most:8.0f}{mark}", flush=True)
    print(f"{slow} of them are too slow")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", type=Path, help="a store; without one the samples are loaded")
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--kinds", action="store_true", help="ask for each kind of page")
    parser.add_argument("--million", action="store_true", help="load documents that give a million triples")
    options = parser.parse_args()
    from reelgraph import pipeline
    from reelgraph.store import Store

    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or Path(folder) / "store"
        if options.million:
            documents.write(Path(folder) / "documents")
        if options.store is None:
            pipeline.load(Store(path), [Path(folder) / "documents" if options.million else SAMPLES])
        opened = Store(path).snapshot().open()
        film = most_told_film(opened)
        name = film.rpartition("/id/")[2]
        paths = {"page": f"/page/{name}"} | {query: f"/queries/{query}.json?film={film}" for query in CANNED}
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--store", str(path), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        try:
            wait(port)
            print(f"{len(opened):,} triples")
            if options.kinds:
                show_kinds(port, server.pid, name, 100.0 if len(opened) > 500_000 else 50.0, options.seconds)
                return
            print(
                f"{'milliseconds':16}{'floor p50':>11}{'1: p50':>10}{'p99':>9}{'ratio':>8}"
                f"{'8: p50':>10}{'p99':>9}{'per s':>9}"
            )
            for key, floor in floors(opened, film).items():
                base = statistics.median(timed(floor, 1.0))
                one = clients(port, paths[key], 1, options.seconds)
                eight = clients(port, paths[key], 8, options.seconds)
                print(
                    f"{key:16}{base:11.2f}{percentile(one, 0.5):10.2f}{percentile(one, 0.99):9.2f}"
                    f"{base / percentile(one, 0.5):8.2f}{percentile(eight, 0.5):10.2f}"
                    f"{percentile(eight, 0.99):9.2f}{len(eight) / options.seconds:9.0f}",
                    flush=True,
                )
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
