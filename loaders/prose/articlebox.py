"""The box of particulars in a copied article: its labels, each with the values beside it or on the lines below.

It stands above the article's opening sentence, where mark-up puts it, or below its first paragraphs.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.sections import HEADINGS

_SPLIT_LABEL = re.compile(r"(?:Production|Distribution)\s*\n\s*(?:company|companies|studio)\b", re.IGNORECASE)
_MARKS = " \t*•·-:"
#: A box has labels of so many kinds, one of them for its makers; a value so many lines and words.
_FEWEST, _MOST_VALUES, _LONGEST_VALUE = 4, 12, 90
#: Labels that are headings of sections as well.
_HEADS = frozenset(("production", "cast"))
_MAKERS = frozenset(("director", "producer", "screenwriter"))
_SOURCE = "based on"


@cache
def box_label() -> re.Pattern[str]:
    """Return what finds a label of a box that its value stands beside: "Directed by Ann Lee"."""
    wordings = lexicon.alternation(lexicon.words("navigation", "box_labels"))
    return re.compile(rf"(?<!\S)(?:{wordings})(?= (?:[^\Wa-z_]|[^\w\s]))")


@dataclass(slots=True)
class Field:
    """A label, what it means, where the lines of the label begin and end, and where its values stand, one a line."""

    label: str
    meaning: str
    start: int
    end: int
    values: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Box:
    """The labels of a box, and where it begins and ends."""

    start: int
    end: int
    fields: tuple[Field, ...]


def find(view: str, text: str, start: int, end: int, *, below: bool = False) -> Box | None:
    r"""Return the box in `view[start:end]`, None if there is none; `text` is the view with its tabs.

    Below an article's beginning a heading ends the search; above it headings may be those of a list of contents.

    >>> text = "Directed by\tAnn Lee\nWritten by\nBo Ray\nCy Poe\nMusic by\tDi Fox\nRunning time\t91 minutes\n"
    >>> [(f.meaning, [text[slice(*value)] for value in f.values]) for f in find(text, text, 0, len(text)).fields[:2]]
    [('director', ['Ann Lee']), ('screenwriter', ['Bo Ray', 'Cy Poe'])]
    """
    found: list[Field] = []
    current: Field | None = None
    last = start
    for line in written(view, start, end):
        if line.start() < last:
            continue
        begun = _field(view, text, line)
        if begun:
            found.append(begun)
            current, last = begun, begun.end
        elif (found or below) and line[0].strip(_MARKS).lower() in HEADINGS:
            break
        elif current and _continues(view, text, line, current):
            current.values.append(_trimmed(view, line.start(), line.end()))
            last = line.end()
        else:
            current = None
    kinds = {one.meaning for one in found if one.values}
    return Box(found[0].start, last, tuple(found)) if len(kinds) >= _FEWEST and kinds & _MAKERS else None


def _field(view: str, text: str, line: re.Match[str]) -> Field | None:
    """Return what a line labels, with the value beside the label."""
    split = _SPLIT_LABEL.match(view, line.start())
    if split:
        cut, end = split.end(), view.find("\n", split.end())
        end = len(view) if end < 0 else end
    else:
        end, tab = line.end(), text.find("\t", *line.span())
        beside = box_label().match(view, line.start()) if tab < 0 else None
        cut = beside.end() if beside else tab if tab >= 0 else end
    label = " ".join(view[line.start() : cut].strip(_MARKS).split())
    meaning = _SOURCE if label.lower() == _SOURCE else lexicon.key_label(label)
    if not meaning or label.lower() in _HEADS:
        return None
    values = [_trimmed(view, cut, end)] if view[cut:end].strip(_MARKS) else []
    return Field(label, meaning, line.start(), end, values)


def _continues(view: str, text: str, line: re.Match[str], above: Field) -> bool:
    """Whether a line is a further value: none stands below a blank line, beside a tab or in running text."""
    if above.values and view.count("\n", above.values[-1][1], line.start()) > 1:
        return False
    words = line[0].strip()
    return "\t" not in text[line.start() : line.end()].strip() and (
        len(words) <= _LONGEST_VALUE and len(above.values) < _MOST_VALUES
    )


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    words = view[start:end]
    first = len(words) - len(words.lstrip(_MARKS))
    return start + first, start + len(words.rstrip())
