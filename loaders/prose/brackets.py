"""Characters with their actors in brackets: `Rose (Ann Lee)`, `Sam [voiced by Bo Ray]`."""

import re
from dataclasses import dataclass

from reelgraph.loaders.prose.names import NAME, clean

_OPEN = re.compile(r"[(\[]")
_INSIDE = re.compile(
    rf"\s*(?P<by>(?:voiced|played|portrayed|performed)(?: [^()]{{1,40}}?)? by |voice of |voice: "
    rf"?|an? (?:(?!(?:of|from|by|with|like|for|to)\b)[\w-]+,? ){{1,4}})?(?P<actor>{NAME})"
    rf"(?P<extra>,[^()\[\]]{{0,80}})?\s*[)\]]"
)
#: A second name of more than one word: the brackets list the members of a group.
_OTHERS = re.compile(rf",(?: and)? {NAME}(?<=\w)(?=,| and )")
_BEFORE = re.compile(
    rf"(?P<character>(?:(?:Dr|Mr|Mrs|Ms|Sgt|Capt|Lt|Col|Prof|St)\. )?{NAME})(?:,? \"[^\"]{{2,30}}\")?,?\s*$"
)
#: "The Old Gull in the harbour game (voiced by ...)".
_PLACED = re.compile(rf"(?P<character>{NAME}) (?:in|from|at|of) (?:the|a|an|his|her) (?:[a-z-]+ ){{0,3}}[a-z-]+\s*$")
#: Words that begin a sentence before the name, no part of it: "With Rose (Ann Lee)".
_OPENER = re.compile(
    r"(?:With|In|As|When|Where|And|But|For|At|On|From|After|Before|While|Then|Also|Like|Enter|Poor|Meanwhile|If|So|"
    r"Because|Since|Once|Only|Even|Now|Here|There) (?=[^\W\d_a-z])"
)
_WINDOW = 70


@dataclass(frozen=True, slots=True)
class Bracket:
    """A name in brackets behind a name; offsets are those of the text given, `by` the words before the actor."""

    character: str
    actor: str
    by: str
    extra: str
    start: int
    end: int


def brackets(text: str, start: int, end: int) -> list[Bracket]:
    """Return the names in brackets that stand behind another name, from left to right.

    >>> [(b.character, b.actor) for b in brackets("Rose (Ann Lee) meets Tom [voiced by Bo Ray] (1999)", 0, 50)]
    [('Rose', 'Ann Lee'), ('Tom', 'Bo Ray')]
    >>> [b.character for b in brackets("With Rose (Ann Lee) gone", 0, 24)]
    ['Rose']
    """
    found = []
    for opening in _OPEN.finditer(text, start, end):
        inside = _INSIDE.match(text, opening.end(), end)
        if inside is None or _OTHERS.match(inside["extra"] or ""):
            continue
        first = max(start, opening.start() - _WINDOW)
        before = _before(text, first, opening.start(), played=bool(inside["by"]))
        if before is not None:
            opener = _OPENER.match(before["character"])
            skipped = opener.end() if opener else 0
            found.append(
                Bracket(
                    clean(before["character"][skipped:]),
                    clean(inside["actor"]),
                    inside["by"] or "",
                    inside["extra"] or "",
                    before.start("character") + skipped,
                    inside.end(),
                )
            )
    return found


def _before(text: str, first: int, end: int, *, played: bool) -> re.Match[str] | None:
    """Return the name that ends at `end`, starting at the beginning of a word."""
    if first and text[first - 1 : first].isalnum():
        blank = text.find(" ", first, end)
        first = blank + 1 if blank >= 0 else end
    found = _BEFORE.search(text, first, end)
    return found if found or not played else _PLACED.search(text, first, end)
