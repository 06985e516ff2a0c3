"""The box of particulars of an article in one line: its labels and values get lines of their own."""

import re
from collections.abc import Collection, Iterator

from reelgraph.loaders.prose import lexicon, namerun
from reelgraph.loaders.prose.articlebox import box_label
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import has_person_shape, names_in

#: A box has its first label so early, the article's sentence begins so near; a title has so many words;
#: above it may stand a line or two of the page.
_EARLY, _NEAR, _MOST_WORDS, _FIRST_LINES = 600, 4000, 12, 4
#: What the lines of a box are about; of so many kinds one is a maker.
_PEOPLE = frozenset(
    "director|screenwriter|story by|producer|executive producer|cast|cinematographer|editor|composer".split("|")
)
_MAKERS, _FEWEST = frozenset(("director", "producer", "screenwriter")), 4
_WORD = re.compile(r"\S+")
#: Behind the title where the article begins: "Low Tide is a", "Low Tide (Italian: Bassa marea) was the".
_DEFINES = r"(?: \([^()]{1,200}\))?(?:, [^.]{2,120},)? (?:is|was) (?:an?|the) "
#: The end of a value that is followed by another: "(UK) Tern Films".
_BRACKET_END = re.compile(r"(?<=\)) (?=[\w$£€])")
_NAMED = {"country": lexicon.territory, "language": lexicon.language}


def boxed(view: str) -> str:
    r"""Return an article with line ends around what its box says; the length stays the same.

    >>> text = "Low Tide Directed by Ann Lee Bo Ray Country Italy Written by Cy Poe Music by Di Fox Low Tide is a film."
    >>> boxed(text).split("\n")[:6]
    ['Low Tide', 'Directed by', 'Ann Lee', 'Bo Ray', 'Country', 'Italy']
    """
    for line, _ in zip(written(view), range(_FIRST_LINES), strict=False):
        begin = line.start() + len(line[0]) - len(line[0].lstrip())
        is_box = box_label().search(view, begin, min(line.end(), begin + _EARLY))
        if is_box and (found := _title(view[: line.end()], begin)):
            return _parted(view, *found)
    return view


def _parted(view: str, first: int, last: int) -> str:
    """Return the view with line ends in the box between `first` and `last`."""
    labels = list(box_label().finditer(view, first, last))
    kinds = {lexicon.key_label(label[0]) for label in labels}
    if len(kinds) < _FEWEST or not kinds & _MAKERS:
        return view
    known = frozenset(n.name for n in names_in(view[last : last + _NEAR]) if has_person_shape(n.name))
    cuts = {first, last - 1}
    for label, end in zip(labels, (*(other.start() for other in labels[1:]), last), strict=True):
        cuts |= {label.start() - 1, label.end(), *_between(label[0], view, label.end() + 1, end - 1, known)}
    letters = list(view)
    for cut in cuts:
        if letters[cut] == " ":
            letters[cut] = "\n"
    return "".join(letters)


def _title(line: str, begin: int) -> tuple[int, int] | None:
    """Return where the title at the top ends and where the sentence begins that defines it further on."""
    words = [
        match.end() for match, _ in zip(_WORD.finditer(line, begin, begin + _NEAR), range(_MOST_WORDS), strict=False)
    ]
    for end in reversed(words):
        title = line[begin:end]
        defined = re.compile(rf"(?<= ){re.escape(title)}{_DEFINES}").search(line, end, end + _NEAR)
        if defined and (title[0].isupper() or title[0].isdigit()):
            return end, defined.start()
    return None


def _between(label: str, view: str, start: int, end: int, known: Collection[str]) -> Iterator[int]:
    """Yield the blanks between the values of a label."""
    meaning, words = lexicon.key_label(label), view[start:end]
    if meaning in _PEOPLE:
        found = namerun.split(words, known)
    elif meaning in _NAMED:
        found = namerun.named(words, _NAMED[meaning])
    elif meaning == "release date":
        found = [(0, end), *((match.end(), end) for match in _BRACKET_END.finditer(words))]
    else:
        found = namerun.companies(words) if meaning in lexicon.COMPANIES else []
    yield from (start + first - 1 for first, _ in found[1:])
