"""Work on many documents in several processes, and who goes first in one."""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
#: How many results may wait to be taken.
_AHEAD = (os.cpu_count() or 1) + 2


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """So many processes, which start with the first work for them; None where this one does all."""
    if jobs == 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_prepare) as executor:
        yield executor


def available() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    executor: Executor | None, function: Callable[..., Result], arguments: Iterable[tuple[object, ...]]
) -> Iterator[Result]:
    """Yield the results of a function in the order of the arguments, of which few are taken ahead."""
    if executor is None:
        for one in arguments:
            yield function(*one)
        return
    waiting: deque[Future[Result]] = deque()
    for one in arguments:
        waiting.append(executor.submit(function, *one))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def stand_back(name: str, steps: int) -> None:
    """Let the threads of this process whose names begin so stand back, in steps of niceness, behind all others.

    Where threads have no names in `/proc` all stays as it is.
    """
    niceness = os.getpriority(os.PRIO_PROCESS, 0) + steps
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):
            if (thread / "comm").read_text().startswith(name):
                os.setpriority(os.PRIO_PROCESS, int(thread.name), niceness)


def _prepare() -> None:
    """Make a process ready: collect garbage rarely, for most of what it has lives long, and end with the parent."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
