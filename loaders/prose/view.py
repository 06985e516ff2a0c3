"""A reading view of a text: typographic variants folded to one form, every offset unchanged."""

import re

_FOLD = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u200a": " ",
    "\t": " ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u00b4": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2212": "-",
    "\u2015": "—",
    "\u200e": " ",
    "\u200f": " ",
    "\ufeff": " ",
}
_ODD = re.compile(f"[{''.join(map(re.escape, _FOLD))}]")


def fold(text: str) -> str:
    """Return `text` with quotes, spaces and hyphens in their plain form; the length stays the same.

    >>> fold("“Her”\u00a0– B−")
    '"Her" – B-'
    """
    return _ODD.sub(lambda found: _FOLD[found[0]], text)
