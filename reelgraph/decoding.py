"""From bytes to text: byte order marks, declared encodings, UTF-8, and Windows-1252 where nothing else fits.

The rule is fixed, nothing is guessed by statistics. The text is all of the file's code points: line ends stay as they
are, and so does a byte order mark (U+FEFF), so that offsets are those of `data.decode("utf-8")`.
"""

import codecs
import re
from dataclasses import dataclass

from reelgraph import packed
from reelgraph.errors import DocumentError

#: Media types whose standards allow no other encoding than Unicode's.
UNICODE_ONLY = {
    "application/ld+json": "JSON-LD",
    "application/json": "JSON",
    "application/x-ndjson": "JSON",
    "text/turtle": "Turtle",
    "application/trig": "TriG",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
}
_MARKUP = {"text/html", "application/xml", "application/rdf+xml"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:\?xml[^>]*?encoding|meta[^>]*?charset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARATION_BYTES = 4096

#: Encodings a page may declare; browsers read the first three as Windows-1252 or its kin, too.
_ALLOWED = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_ALSO = re.compile(
    r"iso8859-\d+|cp125\d|cp866|cp874|cp932|cp949|koi8-[ru]|mac-\w+|big5\w*|euc_jp|gb18030|iso2022_jp|utf-8"
)
#: The byte order marks a text may begin with.
UNICODE_MARKS = tuple(mark for mark, _ in _MARKS)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read as, and a note if that was not certain."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, media_type: str = "text/plain") -> Decoded:
    """Return the text of a file's bytes; raise DocumentError if a fixed encoding does not fit them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding)
    encoding = unmarked_utf16(data)
    if encoding:
        return Decoded(_strict(data, encoding), encoding, f"read as {encoding.upper()}, which nothing in the file says")
    declared = _declared(data) if media_type in _MARKUP else ""
    if declared.startswith("iso2022") and (text := _decoded(data, declared)) is not None:
        return Decoded(text, declared)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, media_type, declared, error)


def text(data: bytes, media_type: str) -> str:
    """Return the text of a file, which is always the same for the same bytes."""
    return packed.text(data, media_type) if media_type in packed.MEDIA_TYPES else decode(data, media_type).text


def sample(data: bytes, size: int = 65536) -> str:
    """Return the beginning of the text, near enough to see what kind of document it is."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "") or unmarked_utf16(data)
    return data[: size * (2 if encoding else 1)].decode(encoding or "utf-8", "replace")


def unmarked_utf16(data: bytes) -> str:
    """Return `utf-16-le` or `utf-16-be` if every second byte of the beginning is zero, as in Western text."""
    head = data[:256]
    if len(head) < 4 or len(head) % 2 or 0 not in head:
        return ""
    even, odd = head[::2], head[1::2]
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else ""


def place(data: bytes, offset: int) -> str:
    """Return where a byte is, for people: `line 3, byte 1204`."""
    line = data.count(b"\n", 0, offset) + 1
    return f"line {line}, byte {offset + 1}"


def _not_utf8(data: bytes, media_type: str, declared: str, error: UnicodeDecodeError) -> Decoded:
    where = place(data, error.start)
    if media_type in UNICODE_ONLY:
        raise DocumentError(
            f"{where}: not UTF-8, as {UNICODE_ONLY[media_type]} must be; convert it, for example with "
            "`iconv -f WINDOWS-1252 -t UTF-8`"
        )
    if declared not in ("", "utf-8") and (text := _decoded(data, declared)) is not None:
        return Decoded(text, declared)
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    if _multibyte(replaced) > broken:
        return Decoded(replaced, "utf-8", f"{where}: not valid UTF-8; {broken} characters read as U+FFFD")
    return Decoded(data.decode("cp1252", "reelgraph-c1"), "cp1252", f"{where}: not UTF-8, read as Windows-1252")


def _multibyte(text: str) -> int:
    """Return how many characters outside ASCII came through whole."""
    return sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARATION_BYTES])
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
    except (LookupError, ValueError):
        return ""
    name = _ALLOWED.get(name, name)
    return name if _ALSO.fullmatch(name) else ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, "reelgraph-c1" if encoding.startswith("cp125") else "strict")
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{place(data, error.start)}: not the {encoding.upper()} that its first bytes announce; save it as UTF-8"
        ) from None


def _control(error: UnicodeError) -> tuple[str, int]:
    """Read the few bytes Windows-1252 leaves open as the control characters of Latin-1, as browsers do."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("reelgraph-c1", _control)
