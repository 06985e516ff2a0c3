"""Runs the W3C SPARQL 1.1 tests against a server: `python benchmarks/conformance.py SUITE [--url URL --token TOKEN]`.

What fails is tried by the engine alone, too: only what the engine passes is lost.

SUITE is a folder with a copy of `sparql/sparql11` of the repository w3c/rdf-tests. Without `--url` a server is started
on a temporary store. With it, that server's data is lost: the tests empty the store again and again.
"""

import argparse
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from w3c import evaluation, exchanges
from w3c.client import Client
from w3c.engine import Engine
from w3c.manifest import Case, cases

from reelgraph.access import Role, new
from reelgraph.store import Manifest, Store

_EXCHANGES: dict[str, Callable[[Client, Case], str]] = {
    "ProtocolTest": exchanges.protocol,
    "GraphStoreProtocolTest": exchanges.graph_store,
    "ServiceDescriptionTest": exchanges.description,
}
_EVALUATIONS: dict[str, Callable[[Client | Engine, Case], str]] = {
    "QueryEvaluationTest": evaluation.query,
    "CSVResultFormatTest": evaluation.query,
    "UpdateEvaluationTest": evaluation.update,
    "PositiveSyntaxTest11": evaluation.accepted,
    "NegativeSyntaxTest11": evaluation.refused,
    "PositiveUpdateSyntaxTest11": evaluation.accepted_update,
    "NegativeUpdateSyntaxTest11": evaluation.refused_update,
}
#: What the engine does not claim to do.
_LEFT_OUT = {
    "entailment": "entailment regimes are not supported",
    "service": "the endpoints they ask are not there",
}
#: Documents of the tests that the server may try to load; none can be had, and the tests want just that.
_LOADS = "http://www.example.org/ http://example.org/ http://example.com/ http://none.invalid/"


@contextmanager
def serving() -> Iterator[Client]:
    """Start a server on an empty store and yield a client that may write."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        store = Path(folder) / "store"
        with Store(store).writer() as writer:
            writer.publish(Manifest())
        secret, line = new("conformance", Role.ADMIN)
        code = (
            "from pathlib import Path\nfrom reelgraph.config import Settings\n"
            "from reelgraph.server.runner import serve\n"
            f"serve(Settings(store=Path({str(store)!r}), port={port}, tokens={line!r}, loads={_LOADS!r}))"
        )
        process = subprocess.Popen([sys.executable, "-c", code])
        try:
            client = Client(f"http://127.0.0.1:{port}", secret)
            for _ in range(200):
                try:
                    client.send("GET", "/readyz")
                except OSError:
                    time.sleep(0.1)
                else:
                    break
            yield client
        finally:
            process.terminate()
            process.wait()


def run(client: Client, suite: Path, only: str) -> int:
    """Run all tests, print what failed and how many passed, and return how many the server lost."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    lost = 0
    for case in cases(suite):
        if only and only not in f"{case.group}/{case.name}":
            continue
        if case.kind not in _EXCHANGES | _EVALUATIONS or case.group in _LEFT_OUT:
            skipped[case.group] += 1
            continue
        problem = _problem(client, case)
        (failed if problem else passed)[case.group] += 1
        if problem:
            is_engine = case.kind in _EVALUATIONS and bool(_problem(Engine(), case))
            lost += not is_engine
            told = " ".join(problem.split())[:200]
            print(f"{'ENGINE' if is_engine else 'LOST  '} {case.group}/{case.name}: {told}", flush=True)
    for group in sorted({*passed, *failed, *skipped}):
        left = f", {skipped[group]} left out: {_LEFT_OUT.get(group, 'no way to run it')}" if skipped[group] else ""
        print(f"{group:24} {passed[group]:4} of {passed[group] + failed[group]:4}{left}")
    three = ("protocol", "graph-store-protocol", "service-description")
    print(f"over HTTP alone: {sum(passed[one] for one in three)} of {sum(passed[one] + failed[one] for one in three)}")
    total = passed.total() + failed.total()
    print(f"all: {passed.total()} of {total}; the engine itself fails {failed.total() - lost}, lost {lost}")
    return lost


def _problem(client: Client | Engine, case: Case) -> str:
    try:
        if isinstance(client, Engine):
            return _EVALUATIONS[case.kind](client, case)
        return (_EXCHANGES.get(case.kind) or _EVALUATIONS[case.kind])(client, case)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--url", help="a running server whose data may be lost")
    parser.add_argument("--token", default="", help="a token that may write there")
    parser.add_argument("--only", default="", help="only tests whose group/name contains this")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped, too
    suite = options.suite / "sparql" / "sparql11" if (options.suite / "sparql").is_dir() else options.suite
    if options.url:
        sys.exit(run(Client(options.url.rstrip("/"), options.token), suite, options.only) > 0)
    with serving() as client:
        sys.exit(run(client, suite, options.only) > 0)


if __name__ == "__main__":
    main()
