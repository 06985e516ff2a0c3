"""Starts the production server: granian with some processes, each with pages, an endpoint and query processes."""

import asyncio
import errno
import multiprocessing
import os
import resource
import shutil
import signal
import socket
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from reelgraph.config import Settings
from reelgraph.errors import ConfigError
from reelgraph.server.app import create_app
from reelgraph.server.asgi import Front
from reelgraph.server.view import open_ahead

#: Server processes: more than two gain nothing while the queries run in processes of their own.
PROCESSES = min(2, os.cpu_count() or 1)
#: Seconds that answers get to be completed when the server stops.
STOP_SECONDS = 10
#: Connections a process takes at once, and milliseconds a client has to send its request's headers.
CONNECTIONS = 8192
_HTTP = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=1 << 18)


def serve(settings: Settings) -> None:
    """Serve a store until stopped by a signal; answers under way are completed first."""
    _check_port(settings.host, settings.port)
    with TemporaryDirectory(prefix="reelgraph-") as shared:
        _run(settings, Path(shared))


def _run(settings: Settings, shared: Path) -> None:
    server = Server(
        "reelgraph.server",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=PROCESSES,
        http=HTTPModes.http1,
        http1_settings=_HTTP,
        websockets=False,
        backlog=2048,
        backpressure=CONNECTIONS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=partial(_load, settings, shared), wrap_loader=False)


def _load(settings: Settings, shared: Path) -> Front:
    """Return the application of one server process; all share a folder for what they see."""
    _end_with_parent(shared)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * CONNECTIONS)), hard))
    app = create_app(settings)
    open_ahead(app)
    return Front(app, shared)


def _end_with_parent(shared: Path) -> None:
    """Stop this process when the one that started it is gone, even by a `kill -9`, and remove what that one left."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        loop = asyncio.get_event_loop()
        loop.add_reader(parent.sentinel, _stop, loop, parent.sentinel, shared)


def _stop(loop: asyncio.AbstractEventLoop, sentinel: int, shared: Path) -> None:
    loop.remove_reader(sentinel)
    shutil.rmtree(shared, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


def _check_port(host: str, port: int) -> None:
    """Say clearly that an address cannot be used; granian itself would share a port with another server."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror:
        raise ConfigError(f"--host {host}: there is no such address") from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: "another program listens there; choose another with --port",
                errno.EACCES: "ports below 1024 need rights this user does not have; choose another with --port",
                errno.EADDRNOTAVAIL: "this machine has no such address; choose another with --host",
            }
            reason = reasons.get(error.errno or 0, str(error))
            raise ConfigError(f"cannot listen on {host}:{port}: {reason}") from None
