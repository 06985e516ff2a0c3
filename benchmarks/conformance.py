"""Runs the W3C SPARQL 1.1 tests against a server: `python benchmarks/conformance.py SUITE [--url URL --token TOKEN]`.

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
from w3c.manifest import Case, cases

from reelgraph.access import Role, new
from reelgraph.store import Manifest, Store

_RUNNERS: dict[str, Callable[[Client, Case], str]] = {
    "ProtocolTest": exchanges.protocol,
    "GraphStoreProtocolTest": exchanges.graph_store,
    "ServiceDescriptionTest": exchanges.description,
    "QueryEvaluationTest": evaluation.query,
    "CSVResultFormatTest": evaluation.query,
    "UpdateEvaluationTest": evaluation.update,
    "PositiveSyntaxTest11": evaluation.accepted,
    "NegativeSyntaxTest11": evaluation.refused,
    "PositiveUpdateSyntaxTest11": evaluation.accepted_update,
    "NegativeUpdateSyntaxTest11": evaluation.refused_update,
}
#: What the engine does not claim to do.
_LEFT_OUT = {"entailment": "entailment regimes are not supported"}


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
            f"serve(Settings(store=Path({str(store)!r}), port={port}, tokens={line!r}))"
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
    """Run all tests, print what failed and how many passed, and return the number of failures."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    refused = 0
    for case in cases(suite):
        if only and only not in f"{case.group}/{case.name}":
            continue
        runner = _RUNNERS.get(case.kind)
        if runner is None or case.group in _LEFT_OUT:
            skipped[case.group] += 1
            continue
        try:
            problem = runner(client, case)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        (failed if problem else passed)[case.group] += 1
        if problem:
            is_refused = problem.startswith("status 403") and any(word in problem for word in ("SERVICE", "LOAD"))
            refused += is_refused
            print(f"{'REFUSED' if is_refused else 'FAILED'} {case.group}/{case.name}: {problem[:200]}", flush=True)
    for group in sorted({*passed, *failed, *skipped}):
        left = f", {skipped[group]} left out: {_LEFT_OUT.get(group, 'no way to run it')}" if skipped[group] else ""
        print(f"{group:24} {passed[group]:4} of {passed[group] + failed[group]:4}{left}")
    three = ("protocol", "graph-store-protocol", "service-description")
    print(f"over HTTP alone: {sum(passed[one] for one in three)} of {sum(passed[one] + failed[one] for one in three)}")
    print(
        f"all: {passed.total()} of {passed.total() + failed.total()}; {refused} failed as SERVICE and LOAD are refused"
    )
    return failed.total()


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
