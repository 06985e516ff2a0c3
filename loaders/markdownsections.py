"""Texts in Markdown that go through films below headings, each with lines of labels such as `Director: Cy Elm`."""

import re
from itertools import pairwise

from reelgraph.loaders import headingwords, markdown
from reelgraph.loaders.labelrows import LABEL, MEANINGS
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.textmap import TextMap

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+\S", re.MULTILINE)
_MAKERS = frozenset({"jobs", "cast"})
#: Lines below a heading in which its labels stand, labels among them at least, headings of films at least.
_NEAR, _LABELS, _FILMS = 12, 2, 2
_TITLE = "Title: "


def titled(text: str) -> TextMap:
    """Return the words of a text, those of headings of films behind a label that says so, if there are several."""
    out, here = TextMap(), 0
    for start in (*_films(text), len(text)):
        part = markdown.plain(text, here, start)
        out.extend(part, part.text)
        out.add(_TITLE if start < len(text) else "")
        here = start
    return out


def _films(text: str) -> list[int]:
    """Return where headings of films begin: several of one level, below each of which the same is said of its makers.

    Below headings such as `Crew` and `Technical data` different things are said, of one film.
    """
    heads = [*_HEADING.finditer(text)]
    borders = [*(head.start() for head in heads), len(text)]
    levels: dict[int, list[tuple[int, set[str]]]] = {}
    for head, (start, end) in zip(heads, pairwise(borders), strict=True):
        makers = _makers(text, start, end)
        if makers:
            levels.setdefault(len(head[1]), []).append((start, makers))
    found = max(levels.values(), key=len, default=[])
    is_list = len(found) >= _FILMS and set.intersection(*(makers for _, makers in found))
    return [start for start, _ in found] if is_list else []


def _makers(text: str, start: int, end: int) -> set[str]:
    """Return what labels below a heading say of makers, nothing if they are no labels of a film without its title."""
    heading, *lines = [line[0] for line in written(markdown.plain(text, start, end).text)][: _NEAR + 1] or [""]
    labels = [label["label"] for line in lines if (label := LABEL.match(line))]
    found = [one for one in map(headingwords.meaning, labels) if one.group in (*MEANINGS, "titles")]
    if len(found) < _LABELS or headingwords.meaning(heading).group or any(one.group == "titles" for one in found):
        return set()
    return {one.role for one in found if one.group in _MAKERS}
