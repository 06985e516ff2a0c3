"""What can be seen of the server while it runs: counters, the queries that run, and the query log.

Each server process writes what it has seen into a folder they share once a second, so that whichever answers can tell
of all. A query is killed by a file that its process finds there.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from reelgraph.server.metrics import Metrics

#: Seconds between two looks at the shared folder, and after which a process that wrote nothing is gone.
TICK = 1.0
_GONE = 10.0


@dataclass(frozen=True, slots=True)
class Live:
    """A query that runs."""

    id: str
    seconds: float
    lane: str
    query: str


class Observer:
    """What one server process sees, and what the others have written of themselves; for one event loop."""

    def __init__(self, log: Path | None = None, folder: Path | None = None) -> None:
        self.metrics = Metrics()
        #: What all server processes share, if there are several.
        self.folder = folder
        self._path = log
        self._log: TextIO | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def has_log(self) -> bool:
        """Whether queries are logged."""
        return self._path is not None

    def log(self, **entry: str | int | float | None) -> None:
        """Write a line of the query log."""
        if self._path is None:
            return
        if self._log is None:
            self._log = sys.stderr if str(self._path) == "-" else self._path.open("a", encoding="utf-8")
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._log.write(json.dumps({"time": now, **entry}) + "\n")
        self._log.flush()

    def start(self, live: Callable[[], list[Live]], kill: Callable[[str], bool]) -> None:
        """Begin to tell the other processes what runs here, and to kill what they ask for."""
        if self.folder is not None:
            self._task = asyncio.get_running_loop().create_task(self._share(self.folder, live, kill))

    def stop(self) -> None:
        """Tell nothing more."""
        if self._task is not None:
            self._task.cancel()
        if self._log is not None and self._log is not sys.stderr:
            self._log.close()
            self._log = None

    def others(self) -> Iterator[tuple[Metrics, list[Live]]]:
        """Yield what the other processes have written: their counters and what runs there."""
        now = datetime.now(UTC).timestamp()
        for path in self.folder.glob("*.json") if self.folder is not None else ():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                if path.stem != str(os.getpid()):
                    seen = json.loads(path.read_text("utf-8"))
                    metrics = Metrics(Counter(seen["counts"]), seen["durations"], seen["seconds"])
                    is_running = now - path.stat().st_mtime < _GONE
                    yield metrics, [Live(**one) for one in seen["live"]] if is_running else []

    def ask_to_kill(self, identifier: str) -> None:
        """Let the process that runs this query kill it."""
        if self.folder is not None:
            (self.folder / f"{identifier}.kill").touch()

    async def _share(self, folder: Path, live: Callable[[], list[Live]], kill: Callable[[str], bool]) -> None:
        path = folder / f"{os.getpid()}.json"
        while True:
            with contextlib.suppress(OSError):
                seen = asdict(self.metrics) | {"live": [asdict(one) for one in live()]}
                beside = path.with_suffix(".tmp")
                beside.write_text(json.dumps(seen), "utf-8")
                beside.replace(path)
                for order in folder.glob(f"{os.getpid()}-*.kill"):
                    kill(order.stem)
                    order.unlink()
            await asyncio.sleep(TICK)
