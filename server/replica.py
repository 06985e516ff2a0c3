"""The replica: the current snapshot in memory, in one host from which all server processes have query processes."""

import logging
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from reelgraph.server.children import Forked, environment
from reelgraph.server.process import Process
from reelgraph.server.snapshot import size_in_memory

#: Looks that must find the same snapshot before it is copied: a load publishes several in a row.
_LOOKS = 3
#: Seconds within which the host forks.
_PATIENCE = 5.0

_log = logging.getLogger(__name__)


class Replica:
    """The way of one server process to the host, found in a folder that all share; None, or no room, is no replica.

    `room` is in megabytes. `fork` is for any thread, the rest for one. Needs Linux's handles of processes.
    """

    def __init__(self, folder: Path | None = None, room: int = 0) -> None:
        self._folder = folder
        self._room = room if sys.platform == "linux" else 0
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None
        self._held = self._wanted = ""
        self._looks = 0
        self._host: subprocess.Popen[bytes] | None = None

    def of(self, snapshot: str) -> str:
        """Return the snapshot's path again if it is in memory, else nothing."""
        return snapshot if snapshot == self._held else ""

    def follow(self, snapshot: str) -> None:
        """See that the current snapshot is the one in memory, if there is room; to be called again and again."""
        if self._folder is None or not self._room or snapshot == self._held:
            return
        if snapshot != self._wanted:
            self._looks = 0 if self._wanted else _LOOKS
            self._wanted = snapshot
            self.close()
        self._looks += 1
        if self._looks > _LOOKS:
            self._reach(self._folder / f"{Path(snapshot).name}.replica", snapshot)

    def fork(self, memory: int) -> Process:
        """Return a new query process that may use so many megabytes of its own; raises `OSError`."""
        ours, theirs = socket.socketpair()
        report, reported = os.pipe()
        try:
            with theirs, self._lock:
                pid, held = self._asked(memory, theirs.fileno(), reported), self._held
        except OSError:
            ours.close()
            os.close(report)
            raise
        finally:
            os.close(reported)
        return Process(Forked(pid, report), ours, held)

    def close(self) -> None:
        """Use the host no more. If it was started here it ends; its query processes go on to their answers' end."""
        with self._lock:
            self._lose()
        if self._host is not None:
            self._host.kill()
            self._host.wait()
            self._host = None

    def _asked(self, memory: int, channel: int, report: int) -> int:
        """Return the number of the process that the host forked."""
        if self._connection is None:
            raise OSError("there is no host")
        try:
            socket.send_fds(self._connection, [b"%d" % memory], [channel, report])
            reply = self._connection.recv(32)
            if not reply:
                raise OSError("the host is gone")
        except OSError:
            self._lose()
            raise
        if not int(reply):
            raise OSError("the host cannot fork")
        return int(reply)

    def _lose(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._held = None, ""

    def _reach(self, address: Path, snapshot: str) -> None:
        """Connect to the snapshot's host, or start it, if no other server process has."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(str(address))
        except OSError:
            connection.close()
            self._start(address, snapshot)
        else:
            with self._lock:
                self._connection, self._held = connection, snapshot

    def _start(self, address: Path, snapshot: str) -> None:
        if self._host is not None and self._host.poll() is not None:
            self._host = None
            _log.warning("the snapshot is read from disk, as a copy in memory failed; see the setting `memory`")
        if size_in_memory(Path(snapshot)) > self._room << 20:
            return
        try:
            address.with_suffix(".lock").touch(exist_ok=False)
        except OSError:  # another has started it, or it has failed
            return
        command = [sys.executable, "-m", "reelgraph.server.host", str(address), str(self._room), snapshot]
        try:
            null = subprocess.DEVNULL
            self._host = subprocess.Popen(  # noqa: S603 - the command is fixed
                command, stdin=null, stdout=null, stderr=null, env=environment()
            )
        except OSError as error:
            _log.warning("the snapshot is read from disk, not from memory: %s", error)
