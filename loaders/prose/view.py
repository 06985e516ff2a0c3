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
#: Of the long lines of a text set to a width most end within a word of it, of lists and of a paragraph a line few do;
#: and many of its lines are long, of a copied page few are.
_NARROW, _WIDE, _LONG, _FEWEST, _SHARE, _PARAGRAPHS = 40, 140, 0.7, 4, 0.7, 0.25
_ENTRY = re.compile(r"\s*(?:[-•*#|=]|\d{1,3}[.)]\s)")
#: "[12]", "[a]", "[note 1]", "[citation needed]", "[edit]".
_MARK = re.compile(
    r"(?<=[^\s\"'(])\[ ?(?:\d{1,3}|[a-z]{1,2}|(?:note|nb|n) \d{1,3}|citation needed|edit(?: source)?) ?\](?!\w)"
)
#: Before a note: "^", "^ a b", "^ Jump up to: a b".
_JUMP = re.compile(r"^\^(?: ?Jump up(?: to)?:)?(?: [a-z](?= ))*", re.MULTILINE)
_ODD = re.compile(f"[{''.join(map(re.escape, _FOLD))}]")


def fold(text: str) -> str:
    """Return `text` with quotes, spaces, hyphens and line ends in their plain form; the length stays the same.

    >>> fold("“Her”\u00a0– B−")
    '"Her" – B-'
    """
    folded = _ODD.sub(lambda found: _FOLD[found[0]], text)
    return folded.replace("\r\n", " \n").replace("\r", "\n") if "\r" in folded else folded


def unmarked(view: str) -> str:
    """Return `view` with blanks for the marks that a copied article keeps of its notes and its editor.

    >>> unmarked("It was shot.[12] It opened.[note 1]")
    'It was shot.     It opened.        '
    """
    view = _MARK.sub(lambda found: " " * len(found[0]), view) if "[" in view else view
    return _JUMP.sub(lambda found: " " * len(found[0]), view) if "^" in view else view


def unwrapped(view: str) -> str:
    r"""Return `view` with blanks for the line breaks that only keep it within a width; the length stays the same.

    >>> line = "The lamp of the harbour is lit by a keeper who writes\n"
    >>> unwrapped(4 * line + "letters.\n\nCast").count("\n")
    2
    """
    lines = view.split("\n")
    pairs = [n for n in range(len(lines) - 1) if lines[n].strip() and lines[n + 1].strip()]
    lengths = sorted(len(lines[n].rstrip()) for n in pairs)
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    if not _NARROW <= width <= _WIDE:
        return view
    long = [n for n in pairs if len(lines[n].rstrip()) >= _LONG * width]
    full = [n for n in long if len(lines[n].rstrip()) + 1 + len(lines[n + 1].split(None, 1)[0]) > width]
    if len(full) < max(_FEWEST, _SHARE * len(long), _PARAGRAPHS * len(pairs)):
        return view
    soft = {n for n in full if not _ENTRY.match(lines[n + 1])}
    return "".join(line + (" " if n in soft else "\n") for n, line in enumerate(lines))[:-1]
