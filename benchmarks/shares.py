"""Where the time of a load goes: seconds of processor time for each step, and the load itself beside its floors.

    python benchmarks/shares.py PATH... [--mapping FILE] [--jobs 2]

The steps run one after the other in this process on the same documents; then the real load runs in a process of its
own with JOBS workers, then again. Two floors are measured in the same run: a plain `bulk_load` by pyoxigraph of the
very quads, and the prose extractors alone, both spread over JOBS processors as if that cost nothing. A ratio is a floor
divided by the load's time.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyoxigraph
from machine import describe

from reelgraph import (
    extractions,
    identity,
    loaders,
    mapfiles,
    mentions,
    preferred,
    provenance,
    reading,
    sourcedocs,
    validation,
)
from reelgraph.config import DEFAULT_BASE
from reelgraph.loaders import plaintext
from reelgraph.lookup import Lookup, passages
from reelgraph.model import Document, Extraction
from reelgraph.writer import lines_of

Made = TypeVar("Made")
_CHILD = """
import resource, sys, time
from pathlib import Path
from reelgraph import pipeline
from reelgraph.parallel import processes
from reelgraph.store import Store
if __name__ == "__main__":
    store, jobs, mapping = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3] else None
    begin = time.perf_counter()
    with processes(jobs) as executor:
        report = pipeline.load(Store(store), [Path(p) for p in sys.argv[4:]], executor=executor, mapping=mapping)
    seconds = time.perf_counter() - begin
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(seconds, report.quads, sum(one.ru_utime + one.ru_stime for one in used), *(one.ru_maxrss for one in used))
"""


class Steps:
    """Seconds of processor time by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, work: Callable[[], Made]) -> Made:
        """Do some work and note how long it took."""
        begin = time.process_time()
        made = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - begin
        return made

    @contextmanager
    def inside(self, name: str, module: object, function: str) -> Iterator[None]:
        """Note how long calls of a module's function take, of which another step is a part."""
        own: Callable[[Document], Extraction] = getattr(module, function)
        setattr(module, function, lambda document: self.timed(name, lambda: own(document)))
        try:
            yield
        finally:
            setattr(module, function, own)


def documents(paths: list[Path], mapping: Path | None) -> list[Document]:
    """Read the documents with their mappings."""
    known = mapfiles.Mapfiles(mapping)
    found = [known.apply(one) for one in reading.read(paths) if isinstance(one, Document)]
    return [one for one in found if isinstance(one, Document)]


def steps(paths: list[Path], mapping: Path | None, folder: Path) -> tuple[Steps, int, int]:
    """Do all steps one by one; return their times, the number of films and of quads."""
    taken = Steps()
    read = taken.timed("reading and parsing", lambda: documents(paths, mapping))
    with taken.inside("prose extractors", plaintext, "load"):
        found = taken.timed("extraction", lambda: [loaders.load(one) for one in read])
    data = taken.timed("facts to the cache", lambda: [extractions.dumps(one) for one in found])
    found = taken.timed("facts from the cache", lambda: [extractions.loads(one) for one in data])
    pairs = list(zip(read, found, strict=True))
    noted = taken.timed("mentions", lambda: mentions.joined(mentions.of(one.sha256, facts) for one, facts in pairs))
    names = taken.timed("identity", lambda: identity.resolve_mentions(noted, DEFAULT_BASE))
    store, quads = pyoxigraph.Store(folder / "plain"), 0
    beside = Lookup(folder / "lookup.sqlite")
    for one, facts in pairs:
        quotes: list[tuple[str, str]] = []
        for chunk in _chunks(taken, one, facts, names):
            quotes += chunk.quotes
            quads += chunk.data.count(b"\n")
            taken.timed("checking", lambda chunk=chunk: validation.faults(chunk.nodes))  # type: ignore[misc]
            _loaded(taken, store, chunk.data)
        _loaded(taken, store, lines_of(sourcedocs.descriptions(one, facts, names, DEFAULT_BASE)))
        texts = passages(one.text, one.media_type, [(0, DEFAULT_BASE)])
        taken.timed(
            "words for search", lambda one=one, quotes=quotes, texts=texts: beside.put(one.sha256, quotes, texts)
        )  # type: ignore[misc]
    beside.close()
    chosen = taken.timed("preferred values", lambda: list(preferred.quads(store, names, DEFAULT_BASE)))
    _loaded(taken, store, lines_of(chosen))
    taken.timed("store: optimize", store.optimize)
    films = sum(entity.kind == "film" for entity in names.entities.values())
    return taken, films, quads


def _chunks(taken: Steps, one: Document, facts: Extraction, names: identity.Resolution) -> Iterator[provenance.Chunk]:
    chunks = provenance.chunks(one, facts, names, DEFAULT_BASE)
    while (chunk := taken.timed("quads", lambda: next(chunks, None))) is not None:
        yield chunk


def _loaded(taken: Steps, store: pyoxigraph.Store, lines: bytes) -> None:
    taken.timed("store: bulk_load", lambda: store.bulk_load(lines, pyoxigraph.RdfFormat.N_QUADS))


def load(folder: Path, jobs: int, paths: list[Path], mapping: Path | None) -> tuple[float, ...]:
    """Load with the program itself: seconds, quads, seconds of processors, kB of this process and of a worker."""
    child = folder / "child.py"
    child.write_text(_CHILD, encoding="utf-8")
    command = [sys.executable, str(child), str(folder / "store"), str(jobs), str(mapping or ""), *map(str, paths)]
    return tuple(map(float, subprocess.run(command, capture_output=True, check=True).stdout.split()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--mapping", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken, films, quads = steps(options.paths, options.mapping, folder)
        prose = taken.seconds.pop("prose extractors", 0.0)
        total = sum(taken.seconds.values())
        for step, seconds in taken.seconds.items():
            print(f"{step:28}{seconds:9.2f} s{seconds / total:8.1%}{seconds / films * 1e3:9.3f} ms a film")
            if step == "extraction":
                print(f"{'  of it the prose':28}{prose:9.2f} s{prose / total:8.1%}{prose / films * 1e3:9.3f} ms a film")
        print(
            f"{'all, one after the other':28}{total:9.2f} s; {films} films, {quads} quads ({quads / films:.0f} a film)"
        )
        seconds, written, used, own, worker = load(folder, options.jobs, options.paths, options.mapping)
        again = load(folder, options.jobs, options.paths, options.mapping)[0]
    print(f"{'load':28}{seconds:9.2f} s; {films / seconds:.0f} films/s, {written / seconds:.0f} quads/s, "
          f"{used:.1f} s of processors; peak {own / 1024:.0f} MB, worker {worker / 1024:.0f} MB")  # fmt: skip
    print(f"{'the same again':28}{again:9.2f} s")
    for floor, least in {"bulk_load alone": taken.seconds["store: bulk_load"], "prose alone": prose}.items():
        least /= options.jobs
        print(f"{floor:28}{least:9.2f} s on {options.jobs} processors; {films / max(least, 1e-9):.0f} films/s; "
              f"ratio {least / seconds:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
