"""Load documents and print documents/s, MB/s, facts/s and peak memory, beside the floor of plain pyoxigraph.

    python benchmarks/load.py [FILE ...] [--copies 1000] [--jobs 2]

Without files the project's own text samples are used. Three rows: the files once; COPIES variants of each with other
names in one folder; a second load of that folder. JOBS processes read; the peak is that of the main process and, behind
a plus, of the largest other one. The floor is `bulk_load` by pyoxigraph of the very quads that the
load wrote, in the same run; the ratio is its time divided by ours.
"""

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph
from machine import describe

SAMPLES = Path(__file__).parents[1] / "reelgraph" / "samples"
_CHILD = """
import resource, sys, time
from pathlib import Path
from reelgraph import pipeline
from reelgraph.parallel import processes
from reelgraph.store import Store
if __name__ == "__main__":
    store = Store(Path(sys.argv[1]))
    begin = time.perf_counter()
    with processes(int(sys.argv[2])) as executor:
        report = pipeline.load(store, [Path(p) for p in sys.argv[3:]], executor=executor)
    seconds = time.perf_counter() - begin
    peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(seconds, sum(report.facts.values()), len(report.loaded), *peaks)
"""


def renamed(text: str, number: int) -> str:
    """Return a text with other names: every capitalised word of six letters or more gets a syllable of its own.

    So the copies are about other films and other people, as many documents of many films would be.
    """
    syllable = "".join("aeioubcdfg"[int(digit)] for digit in f"{number:03}")
    return re.sub(r"\b([A-Z][a-z]{5,})\b", rf"\1{syllable}", text)


def measure(store: Path, paths: list[Path], jobs: int) -> tuple[float, int, int, str]:
    """Return seconds, facts, documents and peak MB of one load in a process of its own."""
    child = store.with_suffix(".py")
    child.write_text(_CHILD, encoding="utf-8")
    command = [sys.executable, str(child), str(store), str(jobs), *map(str, paths)]
    seconds, facts, documents, *peaks = subprocess.run(command, capture_output=True, check=True).stdout.split()
    return float(seconds), int(facts), int(documents), "+".join(peak.decode() for peak in peaks)


def dumped(store: Path, folder: Path) -> Path:
    """Write what a store holds into a file of N-Quads."""
    from reelgraph.store import Store

    dump = folder / "all.nq"
    with dump.open("wb") as target:
        Store(store).snapshot().open().dump(target, format=pyoxigraph.RdfFormat.N_QUADS)
    return dump


def floor(store: Path) -> tuple[float, int]:
    """Return the seconds and the number of quads of a plain pyoxigraph bulk load of what the store holds."""
    with tempfile.TemporaryDirectory() as folder:
        dump = dumped(store, Path(folder))
        begin = time.perf_counter()
        plain = pyoxigraph.Store(str(Path(folder) / "plain"))
        plain.bulk_load(path=str(dump), format=pyoxigraph.RdfFormat.N_QUADS)
        return time.perf_counter() - begin, len(plain)


def report(name: str, store: Path, paths: list[Path], size: int, jobs: int) -> None:
    """Print one row of the table."""
    seconds, facts, documents, peak = measure(store, paths, jobs)
    base, quads = floor(store)
    print(
        f"{name:28}{documents:7}{size / 1e6:9.2f}{seconds:9.2f}{documents / seconds:9.1f}{size / 1e6 / seconds:8.2f}"
        f"{facts / seconds:10.0f}{peak:>9}{quads:10}{base / seconds:8.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--copies", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    files = options.files or sorted(SAMPLES.glob("*.txt"))
    size = sum(path.stat().st_size for path in files)
    print(describe())
    print(
        f"{'':28}{'docs':>7}{'MB':>9}{'s':>9}{'docs/s':>9}{'MB/s':>8}"
        f"{'facts/s':>10}{'peak MB':>9}{'quads':>10}{'ratio':>8}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report("the files once", folder / "once", files, size, options.jobs)
        copies = folder / "copies"
        copies.mkdir()
        total = 0
        for number in range(options.copies * len(files)):
            path = files[number % len(files)]
            data = renamed(path.read_text(encoding="utf-8"), number).encode()
            total += len(data)
            (copies / f"{number:05}-{path.name}").write_bytes(data)
        report(f"{options.copies} copies of each", folder / "many", [copies], total, options.jobs)
        report("the same folder again", folder / "many", [copies], total, options.jobs)
    print(f"ratio: seconds of a plain pyoxigraph bulk load of the same quads / our seconds; this process used "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
