"""Sentence borders in running text, in one linear pass."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.terms import phrases

#: A possible end: mark, closing quotes or brackets, white space, and what may begin a sentence.
_END = re.compile(r"(?<![.!?])[.!?]+[\"')\]]*(?=\s+[\"'(\[]*[^\sa-z,;:)\]])")
_LAST_WORD = re.compile(r"(\S+)$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]\.?$|(?:[A-Za-z]\.){2,}$")
#: "on a scale of A+ to F." is no initial.
_SCALE_END = re.compile(r"\bA\+? to F\.$")
_ELLIPSIS = re.compile(r"\[?\.\.\.?\]?[\"']?$|\[…\]$")
#: Before these a full stop ends a sentence even behind an abbreviation ("... by Warner Bros. The").
STARTERS = frozenset(
    phrases(
        "the|a|an|he|she|it|they|we|his|her|its|their|this|that|these|those|in|on|at|after|before|during|although|"
        "though|while|when|as|but|and|however|for|from|with|i|you|there|following|despite|since|both|some|many|most|"
        "all|one|two|several|according|critics|audiences|principal|filming|production|to|by|if|because|once|upon|"
        "initially|later|originally|eventually|finally|meanwhile|additionally|also"
    )
)
_AT_NAMES_END = frozenset(phrases("Jr.|Sr.|Ltd.|Inc.|Co."))
_LONGEST_LOOK_BACK = 40


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.abbreviations())


def _continues(text: str, mark: int, following: int) -> bool:
    """Whether the stop at `mark` belongs to an abbreviation, initials or an omission, not to a sentence's end."""
    match = _LAST_WORD.search(text, max(0, mark - _LONGEST_LOOK_BACK), mark + 1)
    if match is None:
        return False
    word = match[1].strip("\"'([")
    if _ELLIPSIS.search(word):
        return word.startswith("[")
    if not word.endswith("."):
        return False
    next_word = re.match(r"[\"'(\[]*(\w+)", text[following : following + 30])
    starts_anew = next_word is not None and next_word[1].lower() in STARTERS
    if _SCALE_END.search(text, max(0, mark - _LONGEST_LOOK_BACK), mark + 1):
        return False
    if _INITIALS.fullmatch(word):
        return not starts_anew or bool(re.match(r"[A-Z]\.", text[following : following + 2]))
    ends = len(word) > len("Mrs.") or word in _AT_NAMES_END
    return word.lower() in _abbreviations() and not (starts_anew and ends)


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the borders of the sentences of `text[start:end]`, without the white space around them.

    Line ends always end a sentence: dumps keep paragraphs on lines.
    """
    begin = start
    for line_end in [*(m.start() for m in re.finditer(r"[\r\n]+", text[start:end])), end - start]:
        stop = start + line_end
        for match in _END.finditer(text, begin, stop):
            if match.start() < begin:
                continue
            following = match.end()
            while following < stop and text[following].isspace():
                following += 1
            if text[match.end() - 1] != "." or not _continues(text, match.end() - 1, following):
                yield from _trimmed(text, begin, match.end())
                begin = following
        yield from _trimmed(text, begin, stop)
        begin = stop


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
