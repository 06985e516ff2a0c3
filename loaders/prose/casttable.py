"""Cast tables that lost their cells: `Actor Role Ann Lee Rose Bo Ray Doctor Poe Cy Fox The Gull`."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.castcharacter import titled
from reelgraph.loaders.prose.castrun import Entry, Run
from reelgraph.loaders.prose.names import NAME, NameTable, clean, has_person_shape, is_given, is_organisation, is_person
from reelgraph.loaders.prose.terms import phrases

_HEADER = re.compile(
    r"\b(?:Actors?|ACTORS?|Performer|PERFORMER|Artiste?|Actors? Name|Name) (?:Role|ROLE|Roles|Characters?|CHARACTERS?)"
    r"(?: (?:Notes?|NOTES?|Remarks?|REMARKS?|Outcome|OUTCOME|Description))* (?=[A-Z])"
)
_WORD = re.compile(r"\S+")
_INITIAL = re.compile(r"(?:[A-Z]\.)+")
#: What stands in further columns.
_RESULT = re.compile(
    r"(?:Nominee|Nominated|Winner|Won)(?: (?:for )?(?:Best )?(?:Supporting |Lead )?(?:Actor|Actress))?(?= |$)"
)
_CAPITALISED = re.compile(r"[A-Z][\w-]+")
_NAME = re.compile(NAME)
_SMALL = frozenset(phrases("of|the|and|&|a|an|in|at|de|la|van|von|der|du|di|to|with|from|for|later|as|or|his|her"))
#: A table ends where so many words of the next few are those of ordinary prose.
_PROSE_WORDS, _NEXT_WORDS = 3, 6
_LONGEST_TABLE, _MOST_WORDS = 4000, 500
_LONGEST_ACTOR, _LONGEST_CHARACTER = 4, 9
_FEWEST, _SURE = 4, 1.0
_NEVER = -99.0


def runs(text: str, start: int, end: int, names: NameTable) -> list[Run]:
    """Return the cast lists below a header such as "Actor Role", performers and characters in turn.

    >>> table = "Actor Role Ann Lee Rose Mary Poe Nurse Carl Ray Doctor Moss Paul Fox The Gull. It was shot in May."
    >>> [(e.actor, e.character) for e in runs(table, 0, len(table), NameTable())[0].entries][1:3]
    [('Mary Poe', 'Nurse'), ('Carl Ray', 'Doctor Moss')]
    """
    found = []
    for header in _HEADER.finditer(text, start, end):
        words = _words(text, header.end(), min(end, header.end() + _LONGEST_TABLE))
        told = frozenset(_CAPITALISED.findall(text, start, header.start()))
        entries = tuple(_entries(text, words, _Known(names.credited, told)))
        if entries:
            found.append(Run(header.end(), entries[-1].end, entries))
    return found


def _words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the words of a table: up to a sentence's end, or to where ordinary prose begins."""
    others = [found.span() for found in _RESULT.finditer(text, start, end)]
    words = [
        word
        for word, _ in zip(_WORD.finditer(text, start, end), range(_MOST_WORDS), strict=False)
        if not any(first <= word.start() < last for first, last in others)
    ]
    for number, word in enumerate(words):
        plain = [at for at in range(number, min(number + _NEXT_WORDS, len(words))) if _is_plain(words[at][0])]
        if len(plain) >= _PROSE_WORDS:
            return words[: _sentence_start(words, plain[0])]
        if word[0].endswith(".") and len(word[0]) > 4 and not titled(word[0]) and number:
            return words[: number + 1]
    return words


def _is_plain(word: str) -> bool:
    """Whether a word is one of ordinary prose."""
    return word[0].islower() and word.strip(",.").isalpha() and word not in _SMALL


def _sentence_start(words: Sequence[re.Match[str]], number: int) -> int:
    """Return the number of the word that begins the sentence of word `number`: its subject, and what opens it."""
    number = max(0, number - 1)
    while number and (words[number - 1][0] in _SMALL or words[number - 1][0].lower() in lexicon.never_names()):
        number -= 1
    return number


def _entries(text: str, words: Sequence[re.Match[str]], known: "_Known") -> Iterator[Entry]:
    """Yield performers and characters by the best way to part the words, nothing if that is not sure enough."""
    cuts = _best(tuple(word[0] for word in words), known)
    actors = cuts[0::2]
    if len(actors) < _FEWEST or sum(known.actor(_of(words, a)) for a in actors) / len(actors) < _SURE:
        return
    for (first, middle), (_, last) in zip(actors, cuts[1::2], strict=False):
        begin, end = words[first].start(), words[last - 1].end()
        said = text[words[middle].start() : end].rstrip(".")
        named, _, description = said.rstrip(",").partition(", ")
        yield Entry(clean(" ".join(_of(words, (first, middle)))), named, begin, end, description=description)


def _of(words: Sequence[re.Match[str]], piece: tuple[int, int]) -> tuple[str, ...]:
    return tuple(word[0] for word in words[piece[0] : piece[1]])


def _best(words: tuple[str, ...], known: "_Known") -> list[tuple[int, int]]:
    """Return the borders of the pieces, performers and characters in turn, that suit the words best together."""
    size = len(words)
    ends: list[list[tuple[float, int]]] = [[(_NEVER, 0)] * (size + 1), [(_NEVER, 0)] * (size + 1)]
    ends[1][0] = (0.0, 0)
    pairs = [" ".join(words[at : at + 2]) in known.credited for at in range(size)]
    for position in range(size):
        for turn, longest in ((0, _LONGEST_ACTOR), (1, _LONGEST_CHARACTER)):
            before = ends[1 - turn][position][0]
            for end in range(position + 1, min(size, position + longest) + 1) if before > _NEVER else ():
                piece = words[position:end]
                held = turn and any(pairs[position : end - 1])
                value = before + (known.held(piece) if held else known.character(piece) if turn else known.actor(piece))
                ends[turn][end] = max(ends[turn][end], (value, position))
    position, turn = max((end for end in range(size + 1) if ends[1][end][0] > _NEVER), default=0), 1
    pieces: list[tuple[int, int]] = []
    while position:
        pieces.append((ends[turn][position][1], position))
        position, turn = ends[turn][position][1], 1 - turn
    return pieces[::-1]


@lru_cache(maxsize=4096)
def _person(name: str) -> float:
    """Return how much a name looks like a real person's."""
    if _NAME.fullmatch(name) is None or not has_person_shape(name) or is_organisation(name):
        return -3.0
    return 2.0 if is_person(name) else 0.3


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rest of the text says of the words of a table: the performers it credits, the words of its story."""

    credited: Container[str]
    story: Container[str]

    def actor(self, piece: tuple[str, ...]) -> float:
        """Return how well words suit a performer's name."""
        name = " ".join(piece)
        if name in self.credited:
            return 4.0
        if len(piece) < 2 or any(titled(word) or word[-1] in ",;:" for word in piece) or _INITIAL.fullmatch(piece[-1]):
            return -4.0
        short = sum(len(word) < 3 or word[0].islower() for word in piece[1:-1])
        told = sum(word in self.story for word in (piece[0], piece[-1])) + is_given(piece[-1].lower())
        return _person(name) - 0.8 * (len(piece) - 2 - short) - 0.8 * told - 1.5 * (len(piece[0]) < 3 < len(piece[1]))

    def held(self, piece: tuple[str, ...]) -> float:
        """Return how well words suit a character that hold a credited performer's name."""
        return -1.5 if " ".join(piece) in self.credited else -4.0

    def character(self, piece: tuple[str, ...]) -> float:
        """Return how well words suit a character: the shorter the better, unless they describe it."""
        comma = next((at for at, word in enumerate(piece, 1) if word[-1] == ","), len(piece))
        names = [word for word in piece[:comma] if word[0].isupper() and not titled(word.strip(",."))]
        swallowed = len(names) > 2 and comma == len(piece) and _person(" ".join(piece[-2:])) > 1
        told = any(word.strip(",.'\"") in self.story for word in piece)
        return (
            0.6 * told
            + 0.3 * titled(piece[0])
            - 0.5 * max(0, len(names) - 2)
            - 1.0 * swallowed
            - 1.0 * _begins_name(piece)
            - 2.0 * _unfinished(piece)
        )


def _unfinished(piece: tuple[str, ...]) -> bool:
    """Whether words end in an initial or a title, behind which a name has to stand."""
    last = piece[-1]
    title = last.lower().rstrip(".") in lexicon.honorifics() and last[0].isupper()
    return (title and (len(piece) > 1 or last[-1] == ".")) or len(last.rstrip(".")) < 3


def _begins_name(piece: tuple[str, ...]) -> bool:
    """Whether the last of some words is likely the first of the next performer's name."""
    if len(piece) < 2:
        return False
    before, last = piece[-2:]
    described = before.islower() and before not in _SMALL and last[0].isupper()
    return described or (is_given(last.lower()) and not is_given(before.lower()))
