"""Make an IMDb-like table and load it: rows/s, triples/s and peak memory beside pyoxigraph alone with the same triples.

    python benchmarks/tables.py [--rows 2000000] [--part 100000] [--jobs 2] [--keep FOLDER] [--oxigraph PROGRAM]

`title.basics` in files of PART rows (a file is one document), which JOBS processes read. The last lines are the time of
a plain `bulk_load` of the very quads that the load wrote, and that of `oxigraph load` if its program is named, divided
by ours; also in seconds of processors, which say more on a machine that has other work.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load import dumped, floor
from machine import describe

HEADER = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n"
GENRES = ("Drama", "Comedy", "Thriller", "Romance", "Horror", "Documentary", "Adventure", "Crime", "Animation", "War")
WORDS = (
    *("Harbour", "Lantern", "Winter", "Orchard", "Signal", "Paper", "Heron", "Salt", "Copper", "Meadow", "Station"),
    *("Letters", "Night", "River", "Glass", "Island", "Clock", "Sparrow", "Tower", "Garden", "Mirror", "Ferry"),
)
_CHILD = """
import resource, sys, time
from pathlib import Path
from reelgraph import pipeline
from reelgraph.parallel import processes
from reelgraph.store import Store
if __name__ == "__main__":
    store = Store(Path(sys.argv[1]))
    begin = time.perf_counter()
    with processes(int(sys.argv[3])) as executor:
        report = pipeline.load(store, [Path(sys.argv[2])], executor=executor)
    seconds = time.perf_counter() - begin
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu, peaks = sum(one.ru_utime + one.ru_stime for one in used), [one.ru_maxrss / 1024 for one in used]
    print(seconds, sum(report.facts.values()), len(report.skipped), cpu, *peaks)
"""


def write(folder: Path, rows: int, part: int, seed: int = 1) -> int:
    """Write so many rows in files of `part` rows and return their bytes; the same rows for the same seed."""
    chance, size = random.Random(seed), 0
    for start in range(0, rows, part):
        path = folder / f"title.basics-{start // part:04}.tsv"
        with path.open("w", encoding="utf-8") as target:
            target.write(HEADER)
            target.writelines(_row(number, chance) for number in range(start, min(start + part, rows)))
        size += path.stat().st_size
    return size


def _row(number: int, chance: random.Random) -> str:
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number:x}"
    year = chance.randint(1910, 2023) if chance.random() < 0.97 else r"\N"
    minutes = chance.randint(40, 210) if chance.random() < 0.8 else r"\N"
    genres = ",".join(chance.sample(GENRES, chance.randint(1, 3)))
    return f"tt{number + 1:07}\tmovie\t{title}\t{title}\t0\t{year}\t\\N\t{minutes}\t{genres}\n"


def by_oxigraph(program: Path, store: Path) -> tuple[float, float]:
    """Return the seconds, also of processors, that Oxigraph's own program takes to load what the store holds."""
    with tempfile.TemporaryDirectory() as folder:
        dump = dumped(store, Path(folder))
        begin = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [program, "load", "--location", Path(folder) / "plain", "--file", dump]
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - begin, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--part", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for table and store, which stay there")
    parser.add_argument("--oxigraph", type=Path, metavar="PROGRAM", help="the program `oxigraph`, to compare with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        table, store = folder / "table", folder / "store"
        table.mkdir(parents=True)
        size = write(table, options.rows, options.part)
        print(describe())
        child = folder / "child.py"
        child.write_text(_CHILD, encoding="utf-8")
        command = [sys.executable, str(child), str(store), str(table), str(options.jobs)]
        done = subprocess.run(command, capture_output=True, check=True)
        seconds, facts, skipped, cpu, own, workers = map(float, done.stdout.split())
        plain, quads = floor(store)
        for name, value in {
            "rows": options.rows,
            "MB": size / 1e6,
            "seconds": seconds,
            "seconds of processors": cpu,
            "rows/s": options.rows / seconds,
            "facts/s": facts / seconds,
            "triples": quads,
            "triples/s": quads / seconds,
            "peak MB": own,
            "peak MB of a worker": workers,
            "files skipped": skipped,
            "plain bulk_load / ours": plain / seconds,
        }.items():
            print(f"{name:24}{value:16,.2f}", flush=True)
        if options.oxigraph:
            least, used = by_oxigraph(options.oxigraph, store)
            print(f"{'oxigraph load / ours':24}{least / seconds:16,.2f}")
            print(f"{'  of processors':24}{used / cpu:16,.2f}")


if __name__ == "__main__":
    main()
