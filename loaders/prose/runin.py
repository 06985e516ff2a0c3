"""Labels and their values run together in a line: "Dir: Ann Lee. Belgium, 2019, 104 mins. Cast: Bo Ray, Cy Poe."."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reelgraph.loaders.prose import lexicon

#: What such lines tell; other labels stand in running text as well.
_MEANINGS = frozenset(
    "director|screenwriter|producer|executive producer|cast|voice cast|cinematographer|editor|composer|"
    "production designer|art director|costume designer|production company|distributor|genre|runtime|country|language|"
    "release date|content rating".split("|")
)
#: The end of a value: a stop behind a word that is no initial and no abbreviation.
_STOP = re.compile(r"(?<=[^\W_]{2}|\d\)|[^\W_]\))[.;](?= |$)")
#: A bar that ends the value of a label: "Cast: Bo Ray, Cy Poe | UK | 95 mins".
_BAR = re.compile(rf"{_STOP.pattern}| [|•](?= (?:\d|Cert|In (?:cinemas|theat)|Out |On |Rated |UK|USA?\b))")
_ABBREVIATED = re.compile(r"\b(?:Jr|Sr|St|Dr|Mr|Mrs|Ms|Inc|Ltd|Co|Corp|Bros|Prods|Sgt|Lt|Col|Capt|vs|No)$")


#: The first label of such a line ends so early.
_FIRST = 100


class Piece(NamedTuple):
    """A value with its label, empty if it has none; `start` is that of the label."""

    key: str
    value: str
    start: int
    end: int


@cache
def _label() -> re.Pattern[str]:
    wordings = (w for row in lexicon.rows("navigation", "labels") if row[0] in _MEANINGS for w in row[1:])
    return re.compile(
        rf"(?<![\w'-])(?=[^\Wa-z_])(?P<key>(?i:{lexicon.alternation(wordings)}))(?: \([^()]{{1,40}}\))? ?:\s+(?=\S)"
        r"|(?:^|(?<=[.;] ))(?P<stop>Dirs?)\. (?=[^\Wa-z_])"
    )


def _key(mark: re.Match[str]) -> str:
    return mark["key"] or mark["stop"]


def pieces(text: str) -> list[Piece]:
    """Return the labelled and other pieces of a line of credits, none if the line is not one.

    >>> [(p.key, p.value) for p in pieces("Director: Ann Lee. UK, 1991, 98 min. Cast: Bo Ray Jr., Cy Poe.")]
    [('Director', 'Ann Lee'), ('', 'UK, 1991, 98 min'), ('Cast', 'Bo Ray Jr., Cy Poe')]
    >>> pieces("Cast: Bo Ray, Cy Poe"), pieces("What it says about music: nothing. Nor about a producer.")
    ([], [])
    """
    near = ":" in text[:_FIRST] or text.startswith("Dir")
    marks = list(_label().finditer(text)) if near and _label().search(text, 0, _FIRST) else []
    alone = len({lexicon.key_label(_key(mark)) for mark in marks}) < 2
    if alone and not (marks and marks[0].start() == 0 and len(list(cut(text, "", marks[0].end(), len(text)))) > 1):
        return []
    found = list(cut(text, "", 0, marks[0].start(), _BAR))
    for mark, end in zip(marks, (*(m.start() for m in marks[1:]), len(text)), strict=True):
        labelled = [*cut(text, _key(mark), mark.end(), end, _BAR)]
        found += [labelled[0]._replace(start=mark.start()), *labelled[1:]] if labelled else []
    return found


def unstopped(value: str) -> str:
    """Return a value without the stop that ends its line, if it is none of an abbreviation or initial.

    >>> [unstopped(value) for value in ("Bo Ray.", "Rose (Bo Ray).", "Bo Ray Jr.", "Bo R.")]
    ['Bo Ray', 'Rose (Bo Ray)', 'Bo Ray Jr.', 'Bo R.']
    """
    stop = _STOP.search(value, len(value) - 1) if value.endswith(".") else None
    return value[:-1] if stop and not _ABBREVIATED.search(value, 0, len(value) - 1) else value


def cut(text: str, key: str, start: int, end: int, stops: re.Pattern[str] = _STOP) -> Iterator[Piece]:
    """Yield the value that begins at `start`, and what stands behind its stop as pieces without a label."""
    for stop in (*stops.finditer(text, start, end), None):
        last = stop.start() if stop else end
        if stop and _ABBREVIATED.search(text, start, last):
            continue
        if value := text[start:last].strip(" |·•;,-–"):
            first = text.index(value, start)
            yield Piece(key, value, first, first + len(value))
        if stop:
            key, start = "", stop.end()
