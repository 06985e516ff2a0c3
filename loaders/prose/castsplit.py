"""Where, in a cast list without separators, a character ends and the next actor begins."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.names import NAME, UPPER, NameTable, clean, is_given, is_organisation, is_person
from reelgraph.loaders.prose.terms import phrases

_TOKEN = re.compile(r"\S+")
_NAME = re.compile(NAME)
#: "Larry the Cable Guy", "Tyler, the Creator", "Hans Holbein the Elder": the few names with an article inside.
_STAGE_NAME = re.compile(
    rf"[{UPPER}][\w'-]+ (?:the(?: [{UPPER}][\w'-]+){{1,3}}|[{UPPER}][\w'-]+ the (?:Elder|Younger))"
)
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+|[{UPPER}]")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?,?|II|III|IV")
_NOTE_END = re.compile(r"[)\]]\.?,?$")
_OPENER = re.compile(
    r"(?<=[\w.)\]\"'] )(?:(?:The|This|These|It|In|To|Due|On|During|After|Before|At|By|When|While|As|For|From|Filming|"
    r"Principal|Production|Shooting|According|Although|Despite|Following|Originally|Initially|Both|All|Many|Several|"
    r"Some|Other|Additional|Additionally|Also|His|Her|Their|He|She|They|There|Music|Songs) (?=[a-z0-9])|"
    r"(?:In|On|At|During|By|Since|Until|After|Before|For|From) (?=(?:(?:early|late|mid)-?|the )?(?:[12]\d{3}|"
    rf"{MONTHS})\b))"
)
_OPEN_ENDED = frozenset(phrases("of|the|a|an|in|at|from|on|with|to|for|by|as|his|her|their|or|my"))
_JOINS = frozenset({"and", "&", "/", "a.k.a.", "aka", "alias"})
#: Words for what a character is: they end a character rather than begin an actor's name.
ROLES = frozenset(
    phrases(
        "man|woman|boy|girl|guy|lady|gentleman|cop|policeman|policewoman|officer|guard|soldier|driver|cabbie|waiter|"
        "waitress|bartender|barman|clerk|doctor|nurse|patient|surgeon|teacher|student|principal|professor|coach|"
        "manager|secretary|assistant|boss|owner|operator|reporter|journalist|anchor|announcer|host|narrator|"
        "photographer|lawyer|attorney|judge|prosecutor|juror|priest|pastor|nun|monk|maid|butler|servant|cook|chef|"
        "baker|farmer|worker|clown|dancer|singer|pianist|musician|player|fighter|boxer|wrestler|thug|henchman|"
        "gangster|goon|villain|robber|thief|killer|murderer|victim|witness|prisoner|inmate|warden|detective|"
        "inspector|constable|agent|spy|pilot|stewardess|attendant|sailor|captain|lieutenant|sergeant|corporal|"
        "colonel|major|general|admiral|commander|commissioner|marshal|sheriff|deputy|mayor|minister|senator|"
        "governor|president|ambassador|king|queen|prince|princess|emperor|duke|duchess|count|countess|baron|lord|"
        "friend|girlfriend|boyfriend|wife|husband|mother|father|mom|dad|daughter|son|sister|brother|uncle|aunt|"
        "grandmother|grandfather|grandma|grandpa|cousin|nephew|niece|neighbor|neighbour|landlord|landlady|customer|"
        "shopkeeper|salesman|vendor|tourist|passenger|passerby|villager|elder|kid|child|children|baby|teenager|twin|"
        "twins|appearance|cameo|role|voice|computer|advocate|advisor|mate|suitor|seller|brigadier|vice|bully|aide|"
        "peon|slave|overseer|#1|#2|#3"
    )
)
_AGES = frozenset(
    phrases(
        "young|old|older|younger|little|big|uncle|aunt|auntie|sister|brother|father|mother|miss|sir|lady|king|queen|"
        "prince|princess|nurse|grandpa|grandma|saint|st.|baby"
    )
)


#: So far back the characters of a list are looked for.
_LOOKED_BACK = 1500


class Token(NamedTuple):
    """A word of the text with its place."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital, behind quotes or brackets."""
        return self.text.lstrip("\"'([")[:1].isupper()

    @property
    def initials(self) -> bool:
        """Whether it is one or more initials: `J.`, `K.T.S.`, `V`."""
        return bool(_INITIALS.fullmatch(self.text))


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words of `text[start:end]`."""
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


@cache
def _abbreviations() -> frozenset[str]:
    return lexicon.abbreviations() | frozenset(phrases("ltc.|sgt.|lt.|col.|gen.|capt.|maj.|cpl.|pvt.|det.|insp."))


def cut(text: str, start: int, end: int) -> int:
    """Return where the last whole passage of `text[start:end]` begins: behind a note, a sentence's or a line's end."""
    found = start
    for index, token in enumerate(words := tokens(text, start, end)):
        if index and "\n" in text[words[index - 1].end : token.start]:
            found = token.start
        if index + 1 == len(words):
            break
        if _NOTE_END.search(token.text) or _ends_sentence(token, words[index + 1]):
            found = words[index + 1].start
    return max((opener.end() for opener in _OPENER.finditer(text, max(start + 1, found), end)), default=found)


def _ends_sentence(token: Token, following: Token) -> bool:
    word = token.text.rstrip("\"')")
    if not word.endswith((".", "!", "?")) or not following.capital or "." in word[:-1]:
        return False
    return not (word[:-1].isupper() and len(word) < 4) and word.lstrip("\"'(").lower() not in _abbreviations()


def actor_start(text: str, start: int, end: int, names: NameTable, *, first: bool = False) -> int:
    """Return where the actor's name begins that ends at `end`; `end` if no name stands there.

    `first` says that nothing stands before the name: its list begins here.
    """
    passage = cut(text, start, end)
    words = tokens(text, passage, end)
    at_least = 1 if passage == start and not first else 0
    bare = text[passage:end].strip()
    if not at_least and len(words) <= 4 and (_plain(bare) or _STAGE_NAME.fullmatch(bare)):
        return words[0].start if words else end
    best, chosen = -4.0, end
    for size in range(1, min(6, len(words) - at_least) + 1):
        candidate = words[-size:]
        name = text[candidate[0].start : end].strip()
        if not (_plain(name) or _STAGE_NAME.fullmatch(name)):
            continue
        before = [] if first else words[:-size]
        score = _score(clean(name), candidate, before, names)
        if size > 2 and name not in names.credited and _is_character_word(text, start, candidate[0].text):
            score -= 2.5
        score += 1.0 if first and len(words) > size and words[-size - 1].text[:1].islower() else 0.0
        if score > best:
            best, chosen = score, candidate[0].start
    return chosen


def _is_character_word(text: str, end: int, word: str) -> bool:
    """Whether a character of the entries before is called so: it ends a description before an actor's name."""
    position = max(0, end - _LOOKED_BACK)
    while (found := text.find(word, position, end)) >= 0:
        position = found + len(word)
        said = text[max(0, found - 30) : found].rpartition(" as ")
        if said[1] and said[2].count(" ") < 3 and "(" not in said[2] and text[position : position + 1] in " ,:;":
            return True
    return False


def _plain(name: str) -> bool:
    match = _NAME.match(name)
    return match is not None and len(match[0].strip(" ,")) == len(name.rstrip(" ,")) and '"' not in name[:1]


def _score(name: str, candidate: Sequence[Token], before: Sequence[Token], names: NameTable) -> float:
    """Return how well `candidate` is an actor's whole name and `before` a whole character with its description."""
    size = sum(1 for t in candidate if not _SUFFIX.fullmatch(t.text) and t.capital)
    initials = sum(1 for t in candidate if t.initials)
    opens = candidate[0].initials
    size -= initials - 1 if opens else initials
    score = -1.0 if initials > 1 and not opens else 0.0
    score += {1: -1.5, 2: 1.0, 3: 0.2, 4: -2.0}.get(size, -3.0)
    opening = candidate[0].text.strip("\"'").rstrip(".,").lower()
    known = name in names.credited
    likely = known or (len(candidate) > 1 and is_person(name))
    score += 5.0 if known else (2.0 if size == 2 else 1.0) if likely else 0.0
    score += 1.0 if name in names.full else 0.0
    if opening in ROLES or opening in lexicon.honorifics() or is_organisation(name):
        score -= 3.0
    if any(token.text.lower() in ROLES for token in candidate[1:-1]):
        score -= 3.0
    if len(opening) > 1 and candidate[0].text.isupper() and not opens:
        score -= 3.0
    return score + (_fit(candidate, before, likely=likely and size == 2) if before else 0.0)


def _fit(candidate: Sequence[Token], before: Sequence[Token], *, likely: bool) -> float:
    """Return how well the words before an actor end a character."""
    last, word = before[-1], before[-1].text.strip("\"'").lower()
    score = 0.0
    if last.text.endswith((",", ")", ";")):
        score += 2.5
    elif (
        word.endswith("'s")
        or (word in _OPEN_ENDED)
        or re.fullmatch(r"(?:mrs?|ms|dr|sgt|lt|ltc|col|capt|prof|st)\.", word)
    ):
        score -= 3.0
    elif (last.text[:1].islower() and word not in _JOINS) or (
        word in ROLES and word not in lexicon.honorifics() and len(before) > 1
    ):
        score += 2.0
    if len(candidate) == 1 and len(before) > 1 and before[-2].text in _JOINS:
        score -= 4.0
    if last.initials and last.text.endswith("."):
        score -= 3.0
    if candidate[0].initials and len(candidate[0].text) <= 2:
        # one initial is a middle one, two begin a name
        middle = (
            last.capital
            and not last.initials
            and len(before) > 1
            and not (len(candidate) > 1 and candidate[1].initials)
        )
        score -= 2.5 if middle else 0.0
    if len(before) > 1 and last.capital and is_given(word):
        previous = before[-2].text.strip("\"'").lower()
        familiar = previous.endswith("'s") or previous in _AGES or before[-2].text[:1].islower()
        familiar = familiar or previous in lexicon.honorifics()
        titled = len(before) > 2 and before[-3].text.rstrip(".").lower() in lexicon.honorifics()
        whole = len(before) == 3 and is_given(before[-3].text.lower()) and not is_given(previous)
        mild = (likely and not whole) or previous in ("mr.", "mrs.", "miss", "dr.")
        score -= 0.0 if familiar or titled else 1.0 if mild else 2.0
    return score


def head(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the character in `text[start:end]` ends and where its description begins (`end` if it has none)."""
    opener = _OPENER.search(text, start + 1, end)
    words = tokens(text, start, opener.start() if opener else end)
    for index, token in enumerate(words):
        if index and ("\n" in text[words[index - 1].end : token.start]):
            return words[index - 1].end, end
        if token.text[0] in "([" or token.text in ("–", "—", "-", "|"):
            return (words[index - 1].end if index else token.end), end
        following = words[index + 1] if index + 1 < len(words) else None
        described = following and (following.text[0].islower() or following.text.endswith("'s"))
        if token.text.endswith((",", ";", ":")) and (index or described or token.text[-1] != ":"):
            return token.end - 1, following.start if following else end
        if following and _ends_sentence(token, following):
            return token.end - 1, end
    return (opener.start(), end) if opener else (end, end)
