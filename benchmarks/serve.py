"""Compare `reelgraph serve` with the engine's own server and a peer on a million triples, in one run.

    python benchmarks/serve.py --native PATH [--peer PATH] [--seconds 3] [--rounds 5] [--only NAME] [--store STORE]

PATH of `--native` is the binary `oxigraph` of the engine's version, PATH of `--peer` a Python that has rdflib-endpoint:

    python -m venv peers && peers/bin/pip install oxigraph==0.5.13 rdflib-endpoint uvicorn
    python benchmarks/serve.py --native peers/bin/oxigraph --peer peers/bin/python

Needs wrk (a package of Debian). Numbers are answers a second with 8 clients: first time, when no cache has the query,
and again; ours from memory, and from disk. The servers are asked in turn; each number of a small question is the median
of some rounds. Ratios are ours divided by the other's, which reads from disk. The floors are the same web server with
an application that only sends one answer of ours, headers included, and with one that only hands queries to the engine.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

import films
from machine import describe
from pyoxigraph import RdfFormat, serialize
from serving import servers
from serving.disturbing import DEADLINE, first_byte, hostile, loading
from serving.questions import QUESTIONS, Question
from serving.servers import Running
from serving.wrk import batch, load

from reelgraph.store import Manifest, Store

#: Seconds of processor time that idle servers use in half a second.
_IDLE = 0.04
#: Headers that the web server adds.
_OF_CONNECTION = ("server", "date", "connection")


def fill(folder: Path) -> None:
    """Make a store with the film data."""
    with Store(folder).writer() as writer:
        writer.add(films.quads())
        writer.publish(Manifest())


def ratio(one: float, other: float | None, target: float | None = None) -> str:
    """Return a ratio, with a mark if it misses its target."""
    if other is None:
        return "-"
    if other == 0:
        return "all" if one else "-"
    found = one / other
    return f"{found:.2f}" + ("" if target is None else " ok" if found >= target else f" <{target:g}")


def settle(running: Iterable[Running]) -> None:
    """Wait until the servers are idle, at most half a minute: earlier questions, or a copy, may keep them busy."""
    for _ in range(60):
        before = [server.used() for server in running]
        time.sleep(0.5)
        if sum(server.used() for server in running) - sum(before) < _IDLE:
            return


def measure(server: Running, question: Question, seconds: float, *, fresh: bool) -> tuple[float, float]:
    """Return answers a second, and milliseconds of processor time that one answer takes."""
    paths = question.paths(server.path, None if fresh else 1)
    before = server.used()
    if question.requests and (fresh or question.again is None):
        found = batch(server.url, paths, question.accept, question.requests)
    else:
        found = load(server.url, paths, question.accept, seconds, fresh=fresh)
    if found.failed:
        print(f"  {server.name}: {found.failed} of {found.requests} failed")
    return found.rate, (server.used() - before) * 1000 / max(1, found.requests)


def in_turn(
    asked: Mapping[str, tuple[Running, Question, bool]], seconds: float, rounds: int
) -> dict[str, tuple[float, float]]:
    """Measure one server after the other, so that what disturbs one disturbs all; return the medians of the rounds."""
    found = [
        {name: measure(server, question, seconds, fresh=fresh) for name, (server, question, fresh) in asked.items()}
        for _ in range(rounds)
    ]
    return {name: (median(one[name][0] for one in found), median(one[name][1] for one in found)) for name in asked}


def compare(question: Question, running: dict[str, Running], seconds: float, rounds: int) -> None:
    """Ask one question of all servers and print the row of the table."""
    asked = {"first": ("ours", True), "native": ("native", True), "disk": ("on disk", True)}
    if question.again:
        asked |= {"again": ("ours", False), "native again": ("native", False)}
    settle(running.values())
    found = dict.fromkeys(("native", "disk", "again", "native again", "peer"), (0.0, 0.0))
    found |= in_turn({name: (running[of], question, fresh) for name, (of, fresh) in asked.items() if of in running},
                     seconds, 1 if question.requests else rounds)  # fmt: skip
    if (peer := running.get("rdflib-endpoint")) is not None:  # once, as it takes by far the longest
        found["peer"] = measure(peer, question, seconds, fresh=True)
    rate = {name: rate for name, (rate, _) in found.items()}
    their_cost, cost = found["native"][1], found["first"][1]
    print(
        f"{question.name:19}{rate['native']:9.1f}{rate['first']:9.1f}  "
        f"{ratio(rate['first'], rate['native'], question.first_in_memory):13}"
        f"{their_cost:8.3f}{cost:8.3f}  {their_cost / cost if cost else 0:5.2f}"
        f"{rate['disk']:9.1f}  {ratio(rate['disk'], rate['native'], question.first):13}"
        f"{rate['again']:10.1f}  {ratio(rate['again'], rate['native again'], question.again):15}"
        f"{rate['peer']:8.1f}  {ratio(rate['first'], rate['peer'] if peer else None, 5)}",
        flush=True,
    )


def floors(ours: Running, native: Running | None, snapshot: Path, seconds: float, rounds: int) -> None:
    """Print what the web server alone reaches with our answers to two small questions, and what with the engine."""
    for question in QUESTIONS[:2]:
        settle([ours, *([native] if native else [])])
        request = Request(ours.url + question.paths(ours.path, 1)[0], headers={"Accept": question.accept})
        with urlopen(request) as answer:
            headers = [(name, value) for name, value in answer.getheaders() if name not in _OF_CONNECTION]
            body = answer.read().decode()
        with servers.bare(headers, body).running() as started:
            beside(started, native, question, seconds, rounds, fresh=False)
    with servers.engine(snapshot).running() as started:
        for question in QUESTIONS[:3]:
            beside(started, native, question, seconds, rounds, fresh=True)


def beside(
    floor: Running, native: Running | None, question: Question, seconds: float, rounds: int, *, fresh: bool
) -> None:
    """Print what a floor reaches, beside native."""
    asked = {"floor": (floor, question, fresh)} | ({"native": (native, question, fresh)} if native else {})
    found = in_turn(asked, seconds, rounds)
    rate, cost = found["floor"]
    theirs, their_cost = found.get("native", (None, 0.0))
    print(
        f"floor, {floor.name}, {question.name} {'first' if fresh else 'again'}: {rate:.0f} answers a second, "
        f"{ratio(rate, theirs)} of native's, {their_cost / cost:.2f} by processor time",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--native", help="binary of the engine's own server")
    parser.add_argument("--peer", help="Python that has rdflib-endpoint")
    parser.add_argument("--store", type=Path, help="folder where the store is kept for the next run")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="part of a question's name")
    parser.add_argument("--documents", type=int, default=10_000, help="documents that are loaded while others read")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("this needs wrk: apt-get install wrk")
    print(describe())
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = options.store or Path(name) / "store"
        if not (folder / "CURRENT").exists():
            fill(folder)
        snapshot = Store(folder).snapshot()
        running = {"ours": stack.enter_context(servers.ours(folder, deadline="300").running())}
        if options.native:
            running["native"] = stack.enter_context(servers.native(options.native, snapshot.path).running())
        running["on disk"] = stack.enter_context(servers.ours(folder, "on disk", deadline="300", memory="0").running())
        if options.peer:
            data = Path(name) / "films.nt"
            with data.open("wb") as target:
                serialize((quad.triple for quad in films.quads()), target, RdfFormat.N_TRIPLES)
            running["rdflib-endpoint"] = stack.enter_context(servers.peer(options.peer, data).running())
        print(f"in memory after {running['ours'].wait_for('snapshot_in_memory 1'):.0f} s")
        print(f"{len(snapshot.open())} triples, 8 clients; answers a second, and milliseconds of processor for one")
        print(
            f"{'':19}{'native':>9}{'first':>9}  {'ratio':13}{'ms':>8}{'ours':>8}  ratio"
            f"{'disk':>9}  {'ratio':13}{'again':>10}  {'ratio':15}{'peer':>8}  ratio"
        )
        for question in QUESTIONS:
            if options.only in question.name:
                compare(question, running, options.seconds, options.rounds)
        floors(running["ours"], running.get("native"), snapshot.path, options.seconds, options.rounds)
        for name, server in running.items():
            print(f"peak memory, {name}: {server.peak:.0f} MB")
            print("first byte of 100,000 rows, {}: median {:.1f} ms, best {:.1f} ms".format(name, *first_byte(server)))
        hostile(running["ours"], options.seconds)
        if options.native:
            with servers.native(options.native, snapshot.path, f"--timeout-s={DEADLINE:g}").running() as native:
                hostile(native, options.seconds)
    if options.documents:
        loading(options.documents)


if __name__ == "__main__":
    main()
