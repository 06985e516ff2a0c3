"""Work spread over processes: the same results in the same order, and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reelgraph import derivation, pipeline
from reelgraph.export import turtle
from reelgraph.parallel import available, processes, spread
from reelgraph.store import Store

SAMPLES = Path(__file__).parent.parent / "reelgraph" / "samples"
_PARENT = """
import os, time
from reelgraph.parallel import processes
if __name__ == "__main__":
    with processes(2) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def content(store: Store) -> str:
    return "".join(turtle(store.snapshot().open()))


def test_processes_make_the_graph_that_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, together = Store(tmp_path / "alone"), Store(tmp_path / "together")
    expected = pipeline.load(alone, [SAMPLES])
    monkeypatch.setattr(derivation, "WORTHWHILE", 1)
    with processes(2) as executor:
        report = pipeline.load(together, [SAMPLES], executor=executor)
        assert not pipeline.load(together, [SAMPLES], executor=executor).changed
    assert content(together) == content(alone)
    assert (report.facts, report.quads, report.issues) == (expected.facts, expected.quads, expected.issues)
    assert sorted(report.violations, key=repr) == sorted(expected.violations, key=repr)
    assert not list((together.path / "work").iterdir())


def test_results_come_in_order_and_arguments_are_taken_as_needed() -> None:
    taken: list[int] = []

    def arguments() -> list[tuple[int]]:
        return [(number,) for number in range(200) if taken.append(number) is None]  # type: ignore[func-returns-value]

    assert list(spread(None, abs, arguments())) == list(range(200))
    lazily = ((taken.append(number) or number,) for number in range(1000))  # type: ignore[func-returns-value]
    taken.clear()
    with ThreadPoolExecutor(2) as executor:
        results = spread(executor, abs, lazily)
        assert [next(results) for _ in range(5)] == list(range(5))
        assert len(taken) < 500
        assert list(results) == list(range(5, 1000))


def test_one_job_needs_no_process() -> None:
    with processes(1) as executor:
        assert executor is None
    assert available() >= 1


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    for _ in range(200):
        if not _lives(worker):
            return
        time.sleep(0.1)
    pytest.fail(f"process {worker} outlives its parent")


def _lives(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody waits for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
