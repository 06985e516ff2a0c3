"""How query processes are started and how they end: as programs of their own, or forked from a replica's host."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from abc import abstractmethod
from typing import Protocol

_COMMAND = (sys.executable, "-m", "reelgraph.server.worker")


def environment() -> dict[str, str]:
    """Return the variables with which another Python finds what this one does."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


class Child(Protocol):
    """A process that another one answers for."""

    @property
    @abstractmethod
    def pid(self) -> int:
        """The number the system knows the process by."""

    @abstractmethod
    def is_alive(self) -> bool:
        """Return whether the process runs."""

    @abstractmethod
    def kill(self) -> None:
        """End the process at once; does nothing if it has ended."""

    @abstractmethod
    def ended(self, patience: float) -> tuple[int, str]:
        """Wait for the end, after so many seconds kill; return the exit code (negative: a signal) and last words."""


class Started:
    """A program that was started here."""

    def __init__(self, channel: socket.socket, memory: int, snapshot: str) -> None:
        self._popen = subprocess.Popen(  # noqa: S603 - the command is fixed
            [*_COMMAND, str(channel.fileno()), str(memory), snapshot],
            pass_fds=[channel.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
        )

    @property
    def pid(self) -> int:
        """The number the system knows the process by."""
        return self._popen.pid

    def is_alive(self) -> bool:
        """Return whether the process runs."""
        return self._popen.poll() is None

    def kill(self) -> None:
        """End the process at once."""
        self._popen.kill()

    def ended(self, patience: float) -> tuple[int, str]:
        """Wait for the end; return the exit code and the last words, which are told once."""
        try:
            self._popen.wait(patience)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        stderr = self._popen.stderr
        if stderr is None or stderr.closed:
            return self._popen.returncode, ""
        with stderr:
            return self._popen.returncode, stderr.read().decode("utf-8", "replace")


class Forked:
    """A process that a replica's host forked, which reports its end through a pipe; owns the handles of both."""

    def __init__(self, pid: int, report: int) -> None:
        self._pid = pid
        self._report = report
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle = -1
        self._end: tuple[int, str] | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int:
        """The number the system knows the process by."""
        return self._pid

    def is_alive(self) -> bool:
        """Return whether the process runs."""
        return self._handle >= 0 and not _is_readable(self._handle, 0.0)

    def kill(self) -> None:
        """End the process at once; by its handle, as another may have its number by now."""
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def ended(self, patience: float) -> tuple[int, str]:
        """Wait for the end; return the exit code and the last words."""
        with self._lock:
            if self._end is None:
                self._end = self._ended(patience)
            return self._end

    def _ended(self, patience: float) -> tuple[int, str]:
        if self._handle >= 0 and not _is_readable(self._handle, patience):
            self.kill()
        said = bytearray()
        while _is_readable(self._report, patience) and (piece := os.read(self._report, 1 << 16)):
            said += piece
        os.close(self._report)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        text, _, status = bytes(said).partition(b"\0")  # without status the host is gone
        return int(status or 1), text.decode("utf-8", "replace")


def _is_readable(handle: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
