"""The words of a text in the Rich Text Format (RTF), read by striprtf: paragraphs, and rows of tables as lines."""

import re

from striprtf.striprtf import rtf_to_text

from reelgraph import textrows
from reelgraph.errors import DocumentError

SIGNATURE = b"{\\rtf"
#: How fields begin. striprtf looks for links with a pattern that takes minutes for a line with many of them; a blank,
#: which means nothing here, keeps it from finding any. The words of a link stay, its address is left out.
_FIELD = re.compile(r"(\\field)\{", re.IGNORECASE)


def text(data: bytes) -> str:
    """Return the words of a document; raise DocumentError if they cannot be read, or are not all there."""
    if not data.rstrip(b" \t\r\n\0").endswith(b"}"):
        raise DocumentError("a cut RTF document: its last bracket is missing; save it anew, or as plain text")
    try:
        bare = _FIELD.sub(r"\1 {", data.decode("cp1252", "replace"))
        found = str(rtf_to_text(bare, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, LookupError) as error:
        raise DocumentError(f"a broken RTF document ({error}); save it anew, or as plain text") from None
    # Signs beyond the first 65,536 are written in two halves.
    whole = found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\n".join(map(_row, whole.split("\n")))


def _row(line: str) -> str:
    """Return a row of a table, whose cells all end with a stroke, as rows are written; any other line as it is."""
    return textrows.line(line.rstrip()[:-1].split("|")) if line.rstrip().endswith("|") else line
