"""BibTeX and BibLaTeX entries with the place of every value; what LaTeX writes for letters is read as these letters."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.base import Cell, line_of
from reelgraph.model import Span

_ENTRY = re.compile(r"^[ \t]*@\s*(?P<kind>[A-Za-z]+)\s*[{(]\s*(?P<key>[^\s,{}()=]*)\s*,", re.MULTILINE)
_FIELD = re.compile(r"\s*,?\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#]+")
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
}
_ACCENTED = re.compile(r"\\(?:([`'^\"~=.])\s*|([cvuHkrdb])(?:\s+|(?=\{)))\{?\\?([A-Za-z])\}?")
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*(?:\{{\}})?")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_DASHES = {"---": "—", "--": "–", "~": " ", "``": "“", "''": "”"}
_DASH = re.compile("|".join(map(re.escape, _DASHES)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its kind in lower case, and the values of its fields by their names in lower case."""

    kind: str
    fields: dict[str, Cell]


def is_bibtex(text: str) -> bool:
    """Whether a text has entries with fields."""
    entry = _ENTRY.search(text)
    return entry is not None and _FIELD.match(text, entry.end()) is not None


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a text; a value that is not closed ends its entry."""
    for match in _ENTRY.finditer(text):
        fields: dict[str, Cell] = {}
        here = match.end()
        while name := _FIELD.match(text, here):
            span = _value(text, name.end())
            if span is None:
                break
            pointer = f"line {line_of(text, match.start())}, {match['key']}/{name['name']}"
            fields.setdefault(name["name"].lower(), Cell(plain(text[span.start : span.end]), pointer, span))
            here = span.end + (text[span.end : span.end + 1] in ("}", '"') and text[span.start - 1] in ("{", '"'))
        yield Entry(match["kind"].lower(), fields)


def _value(text: str, at: int) -> Span | None:
    """Return where the words of a value stand, without the marks around them."""
    sign = text[at : at + 1]
    if sign not in ("{", '"'):
        bare = _BARE.match(text, at)
        return Span(*bare.span()) if bare else None
    depth = 0
    for here in range(at + 1, len(text)):
        one = text[here]
        if depth == 0 and one == ("}" if sign == "{" else '"'):
            return Span(at + 1, here)
        depth += (one == "{") - (one == "}")
    return None


def plain(words: str) -> str:
    r"""Return words without the marks of LaTeX.

    >>> plain(r"Cl{\'e}o de 5 {\`a} 7"), plain(r"{The} Stra{\ss}e \& {\O}re"), plain(r"Fran\c{c}ois")
    ('Cléo de 5 à 7', 'The Straße & Øre', 'François')
    """
    words = _ACCENTED.sub(lambda one: unicodedata.normalize("NFC", one[3] + _ACCENTS[one[1] or one[2]]), words)
    words = _LETTER.sub(lambda one: _LETTERS[one[1]], words)
    words = _DASH.sub(lambda one: _DASHES[one[0]], _COMMAND.sub("", _ESCAPED.sub(r"\1", words)))
    return " ".join(re.sub(r"[{}]", "", words).split())
