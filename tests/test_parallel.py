"""Work spread over processes: the same results in the same order, and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reelgraph import derivation, extractions, graphs, loaders, pipeline
from reelgraph.documents import Documents
from reelgraph.export import turtle
from reelgraph.lookup import Reader
from reelgraph.parallel import available, processes, spread
from reelgraph.store import Store

SAMPLES = Path(__file__).parent.parent / "reelgraph" / "samples"
BASICS = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres"
_PARENT = """
import os, time
from reelgraph.parallel import processes
if __name__ == "__main__":
    with processes(2) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def large(folder: Path) -> Path:
    """A table of forty films, seven titles in three years."""
    rows = [f"tt{row:07}\tmovie\tFilm {row % 7}\tFilm\t0\t{1990 + row % 3}\t\\N\t90\tDrama" for row in range(40)]
    path = folder / "title.basics.tsv"
    path.write_text("\n".join((BASICS, *rows)), "utf-8")
    return path


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


def test_parts_of_a_large_document_make_the_graph_that_the_whole_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = large(tmp_path)
    whole, alone, together = (Store(tmp_path / name) for name in ("whole", "alone", "together"))
    expected = pipeline.load(whole, [table])
    monkeypatch.setattr(extractions, "PART", 20)
    monkeypatch.setattr(graphs, "_LARGE", 1)
    monkeypatch.setattr(derivation, "WORTHWHILE", 1)
    assert pipeline.load(alone, [table]).facts == expected.facts
    with ThreadPoolExecutor(2) as executor:
        assert pipeline.load(together, [table], executor=executor).facts == expected.facts
    (stored,) = together.snapshot().manifest.documents
    assert Documents(together.path).parts(stored.sha256, stored.facts) > 3
    for store in (alone, together):
        assert content(store) == content(whole)
        assert Reader(store.snapshot().path).counts("Drama") == Reader(whole.snapshot().path).counts("Drama") == (40, 0)
    assert not list((together.path / "work").iterdir())


def test_a_lost_part_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    monkeypatch.setattr(extractions, "PART", 2)
    pipeline.load(store, [large(tmp_path)])
    (stored,) = store.snapshot().manifest.documents
    task = graphs.Task(store.path, stored, "", loaders.load, 2)
    expected = task.read()
    graphs.close()
    for path in (store.path / "facts").iterdir():
        path.write_bytes(path.read_bytes()[:-30])
    assert task.read() == expected
