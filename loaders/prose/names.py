"""Names of persons in running text: their shape, lists of them, and the table that resolves surnames."""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.terms import phrases

#: Capitals of the alphabets in use, as a class of characters; short, as patterns that have it many times are compiled.
UPPER = "A-ZÀ-ÖØ-ÞƁƆƉƊƎƏƐƓƘƝƠƬƯƱƳǍǏǑǓǨǪȘȚȲΆΈ-ΏΑ-ΫЀ-Я" + "".join(
    chr(code) for code in (*range(0x100, 0x180), *range(0x490, 0x4FA)) if chr(code).isupper()
)
_PARTICLE = r"(?:van|von|der|den|del?|della|di|da|dos?|das|du|la|le|el|al|bin|ben|ibn|y|zu|te[rn]|af|av|ul|u[rz]|st\.)"
#: What follows the capital of a word; bounded and without two ways to read the same letters: no text makes it slow.
_LETTERS = r"(?:[\w'’]{0,40}\w(?:-\w(?:[\w'’]{0,40}\w)?){0,6}|(?:-\w(?:[\w'’]{0,40}\w)?){1,6})"
_INITIALS = rf"\.[ ]?(?:[{UPPER}]\.[ ]?){{0,2}}+(?=[{UPPER}])|\.(?:[{UPPER}]\.){{1,3}}+"
#: A capitalised word; it begins with a set of letters so that the engine skips all others.
_WORD = (
    rf"[{UPPER}dl](?:(?<=[{UPPER}])(?:{_INITIALS}|(?<=S)t\.(?=[ ][{UPPER}])|{_LETTERS}(?!\w)|\.?(?!\w))"
    rf"|(?<=[dl])(?:ell)?'[{UPPER}]\w+)"
)
_GAP = rf"(?:[ ](?:{_PARTICLE}[ ]){{0,2}}|(?<=[. ])(?:(?<=[ ])(?:{_PARTICLE}[ ]){{1,2}})?)"
_NICKNAME = rf"[ ](?:{_PARTICLE}[ ])?[\"'(]{_WORD}(?:[ ]{_WORD})?[\"')](?=[ ][{UPPER}])"
_GENERATION = r"(?:(?<=[ ][JS]r)\.|,?[ ](?:Jr|Sr)\.?(?!\w)|[ ](?:II|III|IV)\b)?"
#: A run of capitalised words such as a person's name: `J. R. Jones`, `Hoyte van Hoytema`, `Dom DeLuise Jr.`.
NAME = rf"{_WORD}(?:{_GAP}{_WORD}|{_NICKNAME}){{0,5}}{_GENERATION}"
_NAME = re.compile(NAME)
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,\s+|\s+and\s+|\s+&\s+|;\s+|\s+alongside\s+|\s+with\s+)")
_POSSESSIVE = re.compile(r"(?<=\w)'s (?=\S)")
#: Family names that are also common words: before anything but a given name they are no name.
_FUNCTION_WORDS = frozenset(phrases("In|An|He|So|To|Do|You|U|On|Her|Am|No|Si|Can|Long|Young|Old|Big|New|Little"))
_LONG = 7
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV)$")


class Named(NamedTuple):
    """A name at a place: `start` and `end` are offsets in the text it was found in."""

    name: str
    start: int
    end: int


def clean(name: str) -> str:
    """Return `name` without a possessive ending, outer punctuation and double spaces.

    >>> clean("Spike Jonze's")
    'Spike Jonze'
    """
    if "  " in name or "\n" in name:
        name = " ".join(name.split())
    name = name.strip(" ,;:\"'")
    return name[:-2] if name.endswith("'s") else name


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(lexicon.never_names())


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(lexicon.organisation_words())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicon.given_names())


@cache
def _family_first() -> frozenset[str]:
    return frozenset(word.lower() for word in lexicon.text("names", "family_first").split())


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(lexicon.honorifics())


@lru_cache(maxsize=16384)
def is_organisation(name: str) -> bool:
    """Whether a word of `name` marks a company, band or institution (`Pictures`, `Orchestra`)."""
    return any(word.strip(".,").lower() in _organisation_words() for word in name.split())


@lru_cache(maxsize=65536)
def has_person_shape(name: str) -> bool:
    """Whether `name` could be a person's full name: two to five words, none of them a common or company word."""
    words = _SUFFIX.sub("", name).split()
    if not 2 <= len(words) <= 6 or words[0] in ("A", "An", "The") or any(map(str.isdigit, name)):
        return False
    stop_words, organisation_words, capitals = _stop_words(), _organisation_words(), False
    if words[-1].lower() in lexicon.openers_as_family() and words[0].split("-")[0].lower() in _given_names():
        words = words[:-1]
    for word in words:
        bare = word.strip(".,").lower()
        if bare in organisation_words:
            return False
        if word[0].isupper() and len(word.rstrip(".")) > 1 and bare.strip(".,'\"") in stop_words:
            return False
        capitals = capitals or (len(word) > 2 and word.isupper() and "." not in word)
    return not capitals or all(map(str.isupper, words))


@lru_cache(maxsize=65536)
def is_person(name: str) -> bool:
    """Whether `name` is a person's name by itself: the right shape, and a known given name or initials first."""
    if not has_person_shape(name):
        return False
    first = name.split()[0]
    if first in _FUNCTION_WORDS:
        second = name.split()[1]
        return "-" in second or second.lower() in _given_names()
    if first.strip(".").lower() in _honorifics():
        first = name.split()[1]
    return (
        bool(re.fullmatch(rf"(?:[{UPPER}]\.?){{1,3}}", first) and first not in ("A", "I", "O", "TV"))
        or first.strip(".'").lower() in _given_names()
        or ("-" in first and first.split("-")[0].lower() in _given_names())
    )


def is_given(word: str) -> bool:
    """Whether a lower-case word is a known given name."""
    return word in _given_names()


def is_ambiguous(name: str) -> bool:
    """Whether the first word is also a common word (`Will`, `May`): at a sentence's beginning it may be no name."""
    return name.split()[0] in _ambiguous()


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(lexicon.text("names", "ambiguous").split())


def surname(name: str) -> str:
    """Return the last word of a name with its particles, lower-cased.

    >>> surname("Hoyte van Hoytema")
    'van hoytema'
    """
    words = _SUFFIX.sub("", name).split()
    first = len(words) - 1
    while first > 1 and re.fullmatch(_PARTICLE, words[first - 1], re.IGNORECASE):
        first -= 1
    return " ".join(words[first:]).lower()


def name_list(text: str, start: int) -> list[Named]:
    """Return the names listed from `start` on (`A, B and C`), up to the first word that is no name.

    >>> [n.name for n in name_list("by Ann Lee, Bo Ray, and J. R. Poe in May", 3)]
    ['Ann Lee', 'Bo Ray', 'J. R. Poe']
    """
    found: list[Named] = []
    position, end = start, min(len(text), start + 400)
    while position < end:
        match = _NAME.match(text, position, end)
        if match is None:
            break
        name = clean(match[0])
        found.append(Named(name, match.start(), match.start() + len(match[0].rstrip(" ,"))))
        if text.startswith("'s", match.end()) or match[0].endswith("'s"):
            break
        separator = _SEPARATOR.match(text, match.end())
        if separator is None:
            break
        position = separator.end()
    return found


def names_in(text: str) -> Iterator[Named]:
    """Yield every capitalised run of `text`, cut at possessives; the first word of a sentence may not belong to it."""
    for match in _NAME.finditer(text):
        if "'" not in match[0]:
            yield Named(match[0], match.start(), match.end())
            continue
        offset = match.start()
        for piece in _POSSESSIVE.split(match[0]) if "'s " in match[0] else (match[0],):
            name = clean(piece)
            if name:
                yield Named(name, offset, offset + len(name))
            offset += len(piece) + 3


@dataclass(slots=True)
class NameTable:
    """The persons a document names in full, and whom a surname, first name or misspelling means there.

    Filled in a first pass from places that name persons with certainty, asked in a second.
    """

    full: Counter[str] = field(default_factory=Counter)
    #: Those of them that stand where performers and makers are credited.
    credited: set[str] = field(default_factory=set)
    _by_surname: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    #: Names whose first word is a family name that stands first: "Lau" for "Lau Kar-wing".
    _by_family: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _places: dict[str, list[int]] = field(default_factory=dict)
    _near: dict[str, str | None] = field(default_factory=dict)

    def add(self, name: str, at: int | None = None) -> None:
        """Note one more mention of a full name, `at` this place of the file."""
        if at is not None:
            self._places.setdefault(name, []).append(at)
        if name not in self.full:
            key = surname(name)
            self._by_surname[key].append(name)
            if (first := name.split()[0].lower()) in _family_first() and "-" in name:
                self._by_family[first].append(name)
            if len(key) >= _LONG:
                self._long[key[0]].add(key)
            self._near.clear()
        self.full[name] += 1

    def add_all(self, names: Iterable[str]) -> None:
        """Note each of `names`."""
        for name in names:
            self.add(name)

    def of_surname(self, word: str) -> tuple[str, ...]:
        """Return the full names whose surname is `word`."""
        return tuple(self._by_surname.get(word.lower(), ()))

    def discard(self, name: str) -> None:
        """Forget a full name that turned out to be no person's, such as a character's."""
        if self.full.pop(name, 0):
            self._by_surname[surname(name)].remove(name)
            if name in (family := self._by_family.get(name.split()[0].lower(), [])):
                family.remove(name)
            self._near.clear()

    def person(self, text: str, at: int | None = None) -> str | None:
        """Return the full name that `text` (a full name, a surname, a near misspelling) means, if there is one.

        Of two persons with one surname it is the one named last before `at`, else the one named more often.
        """
        if text in self.full:
            return text
        name = clean(text)
        if not name:
            return None
        if name in self.full:
            return name
        key = name.lower()
        candidates = self._by_surname.get(key) or self._by_family.get(key)
        if candidates:
            if at is not None and len(candidates) > 1 and (near := self._last_before(candidates, at)):
                return near
            return max(candidates, key=lambda c: (self.full[c], c))
        if " " in name:
            return self._full_variant(name)
        return self._misspelt(key)

    def _last_before(self, candidates: Iterable[str], at: int) -> str:
        """Return the one of `candidates` whose last mention before `at` is nearest, empty if none is before."""
        found = (
            (places[bisect(places, at) - 1], c)
            for c in candidates
            if (places := self._places.get(c)) and places[0] < at
        )
        return max(found, default=(0, ""))[1]

    def _full_variant(self, name: str) -> str | None:
        """Return the known spelling of a full name that differs in case or dots, else the name if it is one."""
        known = self._by_surname.get(surname(name), ())
        if not known:
            return name if is_person(name) else None
        squeezed = name.lower().replace(".", "").replace(" ", "")
        for other in known:
            if other.lower().replace(".", "").replace(" ", "") == squeezed:
                return other
        return name if is_person(name) else None

    def _misspelt(self, key: str) -> str | None:
        """Return the person whose surname is one or two letters off a long word that is no other name."""
        if len(key) < _LONG or key in _given_names():
            return None
        if key not in self._near:
            near = [
                s
                for s in self._long.get(key[0], ())
                if abs(len(s) - len(key)) <= 2 and DamerauLevenshtein.distance(s, key, score_cutoff=2) <= 2
            ]
            best = {name for s in near for name in self._by_surname[s]}
            self._near[key] = best.pop() if len(best) == 1 else None
        return self._near[key]
