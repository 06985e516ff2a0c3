"""Documents whose text is inside a container: EPUB, Word (DOCX), OpenDocument (ODT), RTF and PDF.

The stored bytes are the original; their text is what is read out here, the same each time. It depends on this code and,
for a PDF and RTF, on the version of a library: these are part of the key under which its facts are cached (`version`).
"""

import io
import logging
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from importlib.resources import files
from typing import IO
from urllib.parse import unquote

from lxml import etree

from reelgraph import opendocument, richtext, textrows
from reelgraph.errors import DocumentError

EPUB = "application/epub+zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
RTF = "application/rtf"
MEDIA_TYPES = frozenset({EPUB, DOCX, ODT, PDF, RTF})
#: The libraries that decide which text a kind of document has.
_LIBRARIES = {PDF: "pypdf", RTF: "striprtf"}
#: The modules that read the text out.
_CODE = ("packed", "opendocument", "richtext", "textrows")

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}
_PACKAGE = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    ]
)
_SILENT = frozenset({"head", "script", "style", "svg", "template"})
_MOST = 256 << 20
_BREAKS = re.compile(r"[ \t\r\u00a0]*\n[ \t\r\u00a0]*")
#: Characters of a cell in a row that is written as a line.
_LONGEST_CELL = 200
#: A printed line of so many characters goes on in the next one.
_FULL_LINE = 45


def media_type(data: bytes) -> str:
    """Return the media type of a container that holds a text, else an empty string."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(richtext.SIGNATURE):
        return RTF
    return zipped(io.BytesIO(data)) if data.startswith(b"PK\x03\x04") else ""


def zipped(stream: IO[bytes]) -> str:
    """Return the media type of a zip file that is an e-book or a text of an office, else an empty string."""
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if infos and infos[0].filename == "mimetype" and infos[0].file_size < 100:
                kind = archive.read("mimetype").decode("latin-1").strip().removesuffix("-template")
                return kind if kind in (EPUB, ODT) else ""
            return DOCX if {"[Content_Types].xml", "word/document.xml"} <= names else ""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError):
        return ""


@cache
def version(kind: str) -> str:
    """Return what decides which text a kind of document has: the code that reads it out, and the library, if any."""
    if kind not in MEDIA_TYPES:
        return ""
    code = sha256(b"\0".join((files("reelgraph") / f"{name}.py").read_bytes() for name in _CODE)).hexdigest()[:8]
    library = _LIBRARIES.get(kind, "")
    try:
        return f"{code}{library}{installed(library)}" if library else code
    except PackageNotFoundError:
        return code


def text(data: bytes, kind: str) -> str:
    """Return the text in a container; raise DocumentError if there is none or it cannot be read."""
    if kind == PDF:
        return _pdf(data)
    found = _tidy(richtext.text(data) if kind == RTF else _zipped(data, kind))
    if not found:
        raise DocumentError("the document holds no text")
    return found


def _zipped(data: bytes, kind: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(_READERS[kind](archive))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, etree.XMLSyntaxError) as error:
        raise DocumentError(f"a broken {_CALLED[kind]} ({error})") from None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST:
        raise DocumentError(f"{name} in it is larger than {_MOST >> 20} MB")
    return archive.read(name)


def _parse(data: bytes, *, recover: bool = False) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)
    root = etree.fromstring(data, parser)
    if root is None:
        raise KeyError("no XML")
    return root


def _docx(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the paragraphs of a Word document, and the rows of its tables."""
    yield from _blocks(_parse(_part(archive, "word/document.xml")))


def _blocks(node: etree._Element) -> Iterator[str]:
    headed = False
    for child in node:
        if child.tag == f"{_WORD}p":
            yield _paragraph(child)
        elif child.tag == f"{_WORD}tr":
            headed = headed or child.find(f"{_WORD}trPr/{_WORD}tblHeader") is not None
            cells = [" ".join(_blocks(cell)) for cell in child.iterchildren(f"{_WORD}tc")]
            yield textrows.line(cells, headed=headed)
        elif isinstance(child.tag, str):
            yield from _blocks(child)


def _paragraph(node: etree._Element) -> str:
    parts = node.iter(f"{_WORD}t", *_SPACES)
    return "".join(_SPACES.get(str(part.tag), part.text or "") for part in parts)


def _epub(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the chapters of an e-book in reading order."""
    root = _parse(_part(archive, "META-INF/container.xml")).find(f".//{_CONTAINER}rootfile")
    package = root.get("full-path", "") if root is not None else ""
    book = _parse(_part(archive, package))
    hrefs = {item.get("id"): item.get("href", "") for item in book.iter(f"{_PACKAGE}item")}
    for reference in book.iter(f"{_PACKAGE}itemref"):
        href = hrefs.get(reference.get("idref"), "")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))
        if href and reference.get("linear") != "no":
            yield "".join(_words(_parse(_part(archive, name), recover=True)))


def _tag(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else "script"


def _words(node: etree._Element, *, headed: bool = False) -> Iterator[str]:
    """Yield the text of a page, a line end around every block; rows of cells with a few words are lines."""
    tag = _tag(node)
    if tag == "tr":
        cells = [" ".join("".join(_words(cell)).split()) for cell in node if _tag(cell) in ("td", "th")]
        if sum(map(bool, cells)) > 1 and max(map(len, cells)) <= _LONGEST_CELL:
            yield f"\n{textrows.line(cells, headed=headed)}"
            return
    if tag not in _SILENT:
        headed = headed or (tag == "table" and all(_tag(cell) == "th" for row in _first_row(node) for cell in row))
        if tag in _BLOCKS:
            yield "\n"
        yield " ".join(f"|{node.text or ''}|".split())[1:-1] if tag != "pre" else node.text or ""
        for child in node:
            yield from _words(child, headed=headed)
            yield " ".join(f"|{child.tail or ''}|".split())[1:-1]
        if tag in _BLOCKS:
            yield "\n"


def _first_row(table: etree._Element) -> list[etree._Element]:
    return [node for node in table.iter() if _tag(node) == "tr"][:1]


def _odt(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the paragraphs of an OpenDocument text, and the rows of its tables."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in _part(archive, manifest):
        raise DocumentError("an encrypted document; save it without a password first")
    yield from opendocument.blocks(_parse(_part(archive, "content.xml")))


_READERS: dict[str, Callable[[zipfile.ZipFile], Iterator[str]]] = {EPUB: _epub, DOCX: _docx, ODT: _odt}
_CALLED = {EPUB: "e-book", DOCX: "Word document", ODT: "OpenDocument text"}


def _pdf(data: bytes) -> str:
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        raise DocumentError("this is a PDF; install reelgraph[pdf] to read it, or convert it to text") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said by the error, not on standard error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("an encrypted PDF; save it without a password first")
        pages = [_unwrapped(str(page.extract_text())) for page in reader.pages]
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(
            f"a broken PDF ({type(error).__name__}: {error}); save it anew, or convert it to text"
        ) from None
    found = _tidy("\n\n".join(pages))
    if sum(map(str.isalnum, found)) < len(pages):
        raise DocumentError(
            f"a PDF without text: {len(pages)} scanned page{'s' * (len(pages) != 1)}; read the text in first (OCR)"
        )
    return found


def _unwrapped(page: str) -> str:
    """Return the text of a page with printed lines joined to paragraphs."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    joined = ""
    for line, before in zip(lines, ["", *lines], strict=False):
        goes_on = len(before) >= _FULL_LINE and line and not before.endswith((".", "!", "?", ":"))
        goes_on = goes_on or (len(before) >= _FULL_LINE and line[:1].islower())
        joined += line if not joined else f" {line}" if goes_on else f"\n{line}"
    return joined


def _tidy(found: str) -> str:
    """Return a text without empty lines in a row and control characters."""
    found = "".join(sign for sign in found if sign >= " " or sign in "\n\t")
    return re.sub(r"\n{3,}", "\n\n", _BREAKS.sub("\n", found)).strip()
