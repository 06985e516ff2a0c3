"""Web archives (WARC): the pages that were answered, each with its address; read by warcio, an extra."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO

from reelgraph.errors import DocumentError

_KINDS = ("response", "resource", "conversion")
#: Beginnings of the media types that can be documents; images, styles and scripts of pages are none.
_DOCUMENTS = (
    *("text/html", "text/plain", "text/markdown", "text/csv", "text/tab-separated-values", "text/turtle", "text/xml"),
    *("application/xhtml+xml", "application/json", "application/ld+json", "application/pdf", "application/epub+zip"),
    *("application/xml", "application/rdf+xml", "application/n-triples", "application/x-ndjson"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its bytes or, if they cannot be read, why."""

    address: str
    data: bytes = b""
    problem: str = ""


def pages(stream: IO[bytes], read: Callable[[IO[bytes]], bytes]) -> Iterator[Page]:
    """Yield the pages of a web archive, plain or gzip; `read` reads one within limits."""
    try:
        warcio = import_module("warcio.archiveiterator")
    except ImportError:
        yield Page("", problem="a web archive; install reelgraph[archives] to read it")
        return
    try:
        for record in warcio.ArchiveIterator(stream):
            if record.rec_type in _KINDS:
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                status = record.http_headers.get_statuscode() if record.http_headers else "200"
                if status == "200" and _is_document(record.content_type if not record.http_headers else _type(record)):
                    yield _page(address.strip("<> "), record.content_stream(), read)
    except DocumentError as error:
        yield Page("", problem=str(error))
    except Exception as error:
        yield Page("", problem=f"broken or cut off web archive ({type(error).__name__}: {error}); get it again")


def _type(record: object) -> str:
    """Return the media type that the site answered with."""
    headers = record.http_headers  # type: ignore[attr-defined]
    return str(headers.get_header("Content-Type") or "")


def _is_document(media_type: str) -> bool:
    return media_type.strip().lower().startswith(_DOCUMENTS)


def _page(address: str, stream: IO[bytes], read: Callable[[IO[bytes]], bytes]) -> Page:
    return Page(address or "page", read(stream))
