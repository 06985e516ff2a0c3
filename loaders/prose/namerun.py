"""Names that stand side by side without a sign between them, as copied boxes and pages have them."""

import re
from collections.abc import Callable, Collection, Iterator

from reelgraph.loaders.prose.names import has_person_shape, is_given, is_organisation

_WORD, _GAP = re.compile(r"\S+"), re.compile(" +")
_JOINED = re.compile(
    r"(?:[A-Z]\.)+|(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]u|[Ll]a|[Ll]e|bin|al|St\.)|"
    r"[JS]r\.?|II|III"
)
#: A run of more words than this is no run of names; a name has so many.
_MOST_WORDS, _LONGEST = 60, 5
#: What names other than a given and a family name cost; names the text has elsewhere cost nothing.
_PLAIN, _LONGER, _STRANGE = 1.0, 2.0, 6.0


def split(words: str, known: Collection[str] = ()) -> list[tuple[int, int]]:
    """Return where each name of a run begins and ends, nothing if it cannot be told.

    A name begins with a given name or stands elsewhere in the text (`known`). Of several readings the one of only
    names of two words is taken.

    >>> text = "Carol Reed Alexander Korda David O. Selznick"
    >>> [text[a:b] for a, b in split(text)], split("Green Tide Harbour Nine")
    (['Carol Reed', 'Alexander Korda', 'David O. Selznick'], [])
    """
    tokens = [match.span() for match, _ in zip(_WORD.finditer(words), range(_MOST_WORDS + 1), strict=False)]
    if len(tokens) > _MOST_WORDS:
        return []
    #: For each number of words: least cost, how many ways have it, how many there are, the last name's beginning.
    best: list[tuple[float, int, int, int]] = [(0.0, 1, 1, 0)]
    for end in range(1, len(tokens) + 1):
        ways = sorted(_ways(words, tokens, end, best, known)) or [(float("inf"), 0, 0, 0)]
        least = ways[0][0]
        same = sum(count for cost, count, _, _ in ways if cost == least)
        best.append((least, same, sum(count for _, _, count, _ in ways), ways[0][3]))
    found: list[tuple[int, int]] = []
    end = len(tokens)
    while end and best[-1][2]:
        begin = best[end][3]
        found.append((tokens[begin][0], tokens[end - 1][1]))
        end = begin
    sure = best[-1][2] == 1 or (best[-1][1] == 1 and best[-1][0] <= _PLAIN * len(found))
    return found[::-1] if sure else []


def _ways(
    words: str, tokens: list[tuple[int, int]], end: int, best: list[tuple[float, int, int, int]], known: Collection[str]
) -> Iterator[tuple[float, int, int, int]]:
    """Yield the cost of reading the words up to `end` with a name from each possible beginning."""
    for begin in range(max(0, end - _LONGEST), end):
        cost = _cost(words[tokens[begin][0] : tokens[end - 1][1]], known)
        if cost and best[begin][2]:
            yield best[begin][0] + cost, best[begin][1], best[begin][2], begin


def _cost(name: str, known: Collection[str]) -> float:
    """Return what reading `name` as one name costs, 0 if it is none."""
    words = name.split()
    if name in known:
        return 0.5 if len(words) > 1 else _STRANGE
    if not has_person_shape(name) or not words[-1][:1].isupper():
        return 0.0
    if not is_given(words[0].strip(".'").split("-")[0].lower()):
        return 0.0
    inner = sum(1 for word in words[1:] if not _JOINED.fullmatch(word))
    return _PLAIN if inner == 1 else _LONGER * inner if inner else 0.0


def named(words: str, meaning: Callable[[str], str]) -> list[tuple[int, int]]:
    """Return where the things begin and end that `meaning` knows, if the words are nothing else.

    >>> from reelgraph.loaders.prose import lexicon
    >>> named("United Kingdom France", lexicon.territory), named("France Low Tide", lexicon.territory)
    ([(0, 14), (15, 21)], [])
    """
    found: list[tuple[int, int]] = []
    first = 0
    for word in _WORD.finditer(words):
        if meaning(words[first : word.end()]):
            found.append((first, word.end()))
            first = word.end() + 1
    return found if found and found[-1][1] == len(words) else []


def companies(words: str) -> list[tuple[int, int]]:
    """Return where each company of a run begins and ends, as far as their last words tell.

    >>> text = "Kelp Films Tern Pictures Corporation (UK) Low Harbour"
    >>> [text[a:b] for a, b in companies(text)]
    ['Kelp Films', 'Tern Pictures Corporation (UK)', 'Low Harbour']
    """
    starts = [0, *(gap.end() for gap in _GAP.finditer(words) if _ends_company(words, gap.start()))]
    return list(zip(starts, (*(start - 1 for start in starts[1:]), len(words)), strict=True))


def _ends_company(words: str, gap: int) -> bool:
    before, behind = words[:gap].rpartition(" ")[2], words[gap:].partition("(")[0].split()
    if before.endswith(")"):
        return bool(behind)
    return is_organisation(before) and len(behind) > 1 and behind[0][:1].isupper() and not is_organisation(behind[0])
