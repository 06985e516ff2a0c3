"""Asks other machines, if the settings name them: the one place where the server does that.

The name of the machine is resolved once and its address is checked and then used, so that no second answer of the
name service counts. Private addresses are refused, redirects are not followed.
"""

import asyncio
import http.client
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from reelgraph.config import Settings
from reelgraph.server.problem import HttpError

_Result = TypeVar("_Result")
#: Threads of their own, so that others who answer slowly hold up nothing else.
_THREADS = ThreadPoolExecutor(8, thread_name_prefix="fetch")
_PIECE = 1 << 16
#: IPv6 addresses whose last bytes are an IPv4 address.
_TRANSLATED = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent: the body of a POST, or without one a GET; and what is taken."""

    accept: str
    body: bytes | None = None
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What may be asked: SPARQL endpoints, and documents whose address begins so; at private addresses only if so."""

    services: frozenset[str]
    loads: tuple[str, ...]
    private: bool

    @classmethod
    def of(cls, settings: Settings) -> "Fetcher":
        """Return what the settings allow."""
        services, loads = (settings.services or "").split(), (settings.loads or "").split()
        return cls(frozenset(services), tuple(loads), settings.private_hosts)

    def check_service(self, iri: str) -> None:
        """Refuse an endpoint that is not on the list."""
        if iri not in self.services:
            raise HttpError(403, f"SERVICE <{iri}> is not allowed: the setting services does not have it")

    def check_load(self, iri: str) -> None:
        """Refuse a document that no line of the list allows."""
        path = unquote(urlsplit(iri).path)
        is_plain = "\\" not in path and not any(part in (".", "..") for part in path.split("/"))
        if not is_plain or not any(iri == one or (one.endswith("/") and iri.startswith(one)) for one in self.loads):
            raise HttpError(403, f"LOAD <{iri}> is not allowed: the setting loads does not have it")

    def fetch(self, iri: str, sent: Sent, seconds: float, most: int) -> tuple[str, bytes]:
        """Return media type and content of what is there, all of it within the time; blocks its thread."""
        ends = monotonic() + seconds
        try:
            connection = self._connection(iri, seconds)
            try:
                return _exchange(connection, iri, sent, ends, most)
            finally:
                connection.close()
        except TimeoutError:
            raise HttpError(504, f"{iri} did not answer within {seconds:.3g} seconds") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise HttpError(502, f"{iri} cannot be reached: {error}") from None

    def _connection(self, iri: str, seconds: float) -> "_Pinned":
        parts = urlsplit(iri)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise HttpError(502, f"<{iri}> is not an address that can be asked")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not self.private and not all(map(is_public, addresses)):
            raise HttpError(403, f"<{iri}> is at a private address, which no request may reach")
        context = ssl.create_default_context() if parts.scheme == "https" else None
        return _Pinned(parts.hostname, port, addresses[0], seconds, context)


async def in_thread(work: Callable[[], _Result]) -> _Result:
    """Do work that waits for another machine."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked before, whatever the host's name says by now."""

    def __init__(self, host: str, port: int, address: str, seconds: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._context = context
        self.default_port = 80 if context is None else 443

    def connect(self) -> None:
        """Connect to the address, not to the name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def _exchange(connection: _Pinned, iri: str, sent: Sent, ends: float, most: int) -> tuple[str, bytes]:
    parts = urlsplit(iri)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fields = {"Accept": sent.accept, "User-Agent": "reelgraph", "Connection": "close"}
    if sent.body is not None:
        fields["Content-Type"] = sent.content_type
    connection.request("GET" if sent.body is None else "POST", target, sent.body, fields)
    with connection.getresponse() as answer:
        if answer.status != 200:
            raise HttpError(502, f"{iri} answers {answer.status}; redirects are not followed")
        content = bytearray()
        while piece := answer.read1(_PIECE):
            content += piece
            if len(content) > most:
                raise HttpError(502, f"{iri} gives more than the {most} bytes allowed; ask it for less")
            if monotonic() > ends:
                raise TimeoutError
        if answer.length:
            raise HttpError(502, f"{iri} broke off its answer")
        return answer.headers.get_content_type(), bytes(content)


def is_public(address: str) -> bool:
    """Return whether an address is on the public internet, and none that leads back to a private one."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner: list[IPv4Address | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _TRANSLATED:
            inner.append(IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
    return ip.is_global and not ip.is_multicast
