"""A load that is killed at any moment loses nothing: loading again gives the graph of an undisturbed load."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "reelgraph" / "samples"
REELGRAPH = [sys.executable, "-c", "from reelgraph.cli import main; main()"]
CHANCE = random.Random(2013)
MOMENTS = sorted(CHANCE.random() for _ in range(10))


def load(store: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*REELGRAPH, "load", str(SAMPLES), "--store", str(store)], stdout=subprocess.DEVNULL)


def exported(store: Path) -> str:
    done = subprocess.run([*REELGRAPH, "export", "--store", str(store)], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, str]:
    """How long a load takes here, and what it gives."""
    store = tmp_path_factory.mktemp("undisturbed") / "store"
    begin = time.monotonic()
    assert load(store).wait() == 0
    return time.monotonic() - begin, exported(store)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:.0%}")
def test_killed_load_can_be_repeated(moment: float, undisturbed: tuple[float, str], tmp_path: Path) -> None:
    duration, turtle = undisturbed
    with load(tmp_path / "store") as killed:
        time.sleep(moment * duration)
        killed.kill()
    assert load(tmp_path / "store").wait() == 0
    assert exported(tmp_path / "store") == turtle


def test_killed_update_keeps_the_old_state(undisturbed: tuple[float, str], tmp_path: Path) -> None:
    duration, turtle = undisturbed
    first = sorted(path for path in SAMPLES.rglob("*") if path.is_file())[0]
    store = tmp_path / "store"
    subprocess.run([*REELGRAPH, "load", str(first), "--store", str(store)], check=True, stdout=subprocess.DEVNULL)
    before = exported(store)
    with load(store) as killed:
        time.sleep(duration / 2)
        killed.kill()
    assert exported(store) in (before, turtle)
    assert load(store).wait() == 0
    assert exported(store) == turtle
