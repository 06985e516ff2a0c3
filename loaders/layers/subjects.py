"""Which words of a sentence name the film (or person, or company) that its statements are about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from reelgraph.loaders.layers import features
from reelgraph.loaders.layers.spans import LISTED, Words, key, lists_persons, names
from reelgraph.loaders.prose.names import has_person_shape, is_person

_QUOTED = re.compile(r"[\"“‘'](?P<inner>[^\"“”‘’]{2,80}?)[,.]?[\"”’'](?!\w)")
_VERBS = frozenset(
    "is was are were has had won received stars starring features featured tells follows depicts chronicles ( ,"
    " directed"
    " produced written premiered became takes revolves centers depict recounts shows portrays documents marks earned"
    " grossed garnered lost opens begins ends 's ’s".split()
)
_AUXILIARY = ("is", "was", "are", "were", "has", "had")
_TALK = frozenset(
    "film movie music cinematography director producer editor composer release date owner named written directed"
    " produced edited composed wrote starring is was were has film's actor editing producing minute minutes born"
    " IMDb ID".split()
)
_PARTICIPLES = frozenset(
    "Born Directed Released Written Produced Based Set Starring Edited Composed Filmed Shot".split()
)
_AFTER_PARTICIPLES = (("by",), ("in",), ("on",), ("from",), ("at",))
_DATE = re.compile(r"[\d\s./-]+|(?:[A-Z][a-z]+ )?\d{1,2}(?:st|nd|rd|th)?,? (?:[A-Z][a-z]+,? )?\d{4}")
_POSSESSED = re.compile(r"['’]s\s+|\s+of\s+")
_QUOTES = frozenset("\" ' “ ‘ ” ’".split())
#: Features that would tell one film from another rather than a film from other things.
_LEXICAL = ("text=",)
_FILM = frozenset(
    "film movie documentary cartoon short feature anime series picture called named titled episode ova".split()
)
_TAIL = frozenset("! ? ... . '".split())


def subjects(words: Words) -> list[tuple[int, int]]:
    """Return the stretches of tokens that may name the subject."""
    found = dict.fromkeys(names(words, 12))
    count = len(words.tokens)
    for last in range(1, min(count, 14)):
        if words.tokens[last - 1].text in _AUXILIARY:
            break
        if words.lower[last] in _VERBS:
            if words.lower[0] not in _QUOTES:
                found[0, last] = None
            if words.lower[0] in _QUOTES or words.lower[0] == "the":
                found[1, last] = None
    for match in _QUOTED.finditer(words.text):
        if (place := words.at(match.start("inner"), match.end("inner"))) is not None:
            found[place] = None
    for first, last in list(found):
        end = last
        while end < count and words.lower[end] in _TAIL and end < last + 3:
            end += 1
            found[first, end] = None
    return [place for place in found if place[0] < place[1] and not _impossible(words, *place)]


def _impossible(words: Words, first: int, last: int) -> bool:
    """Whether the words are a date or number, hold lower-case words about films, or list persons."""
    tokens = words.tokens[first:last]
    if not any(token.text[0].isalpha() for token in tokens) or _DATE.fullmatch(words.said(first, last)):
        return True
    if any(token.text in _TALK for token in tokens) or tokens[-1].text in (".", ","):
        return tokens[-1].text != "." or any(token.text in _TALK for token in tokens)
    if tokens[0].text in _PARTICIPLES and words.lower[first + 1 : first + 2] in _AFTER_PARTICIPLES:
        return True
    return words.said(first, last) in _surnames(words) or _person_list(words, first, last)


def _person_list(words: Words, first: int, last: int) -> bool:
    """Whether the words are persons' names only, the first perhaps cut."""
    parts = LISTED.split(words.said(first, last))
    if len(parts) < 2 or not is_person(parts[-1]):
        return False
    return all(is_person(part) for part in parts) or (first > 0 and words.tokens[first - 1].is_capital)


@lru_cache(maxsize=4)
def _surnames(words: Words) -> frozenset[str]:
    """Return the surnames of the persons a sentence names in full."""
    said = [words.said(*place) for place in names(words, 4)]
    return frozenset(name.rpartition(" ")[2] for name in said if is_person(name) and not lists_persons(name))


def describe(
    words: Words, place: tuple[int, int], seen: Mapping[str, Mapping[str, int]], also: Sequence[str] = ()
) -> list[str]:
    """Return the features of a possible subject; `also` names what other readers take for the film."""
    first, last = place
    said = words.said(first, last)
    parts = (features.shape, features.edges, features.context)
    found = [feature for part in parts for feature in part(words, first, last) if not feature.startswith(_LEXICAL)]
    found += [f"value-of={relation}" for relation in seen.get(key(said), {})]
    found += _repeated(words, said)
    found += _written(words, first, last)
    found += _introduced(words, first, last)
    after = words.lower[last] if last < len(words.tokens) else "$"
    found.append(f"start&r1={first <= 1}&{after}")
    found.append(f"{'person' in found}&{first <= 1}")
    found.append(f"film-named={'the film' in words.text.lower()}&{first <= 1}")
    if key(said) in also:
        found += ["lead", f"lead&{first <= 1}"]
    return [*found, "bias"]


def _repeated(words: Words, said: str) -> Iterator[str]:
    times = key(words.text).count(key(said))
    if times > 1:
        yield f"times={min(times, 3)}"
        if len(said.split()) > 1:
            yield "times-long"


def _introduced(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield whether the words are called a film, before or after, and whether they hold a person's name."""
    low = words.lower
    before = [word for word in low[max(0, first - 3) : first] if word not in _QUOTES and word not in (",", "the")]
    if before and before[-1] in _FILM:
        yield "film-before"
    after = low[last : last + 16]
    rest = after[1:] if after and after[0] in _QUOTES else after
    if rest and rest[0] in ("is", "was", ",") and not _FILM.isdisjoint(rest[1:]):
        yield f"film-after={rest[0]}"
    parts = _POSSESSED.split(words.said(first, last))
    persons = [part for part in parts if is_person(part)]
    if persons:
        yield f"persons={min(len(persons), 2)}{'+' if len(parts) > len(persons) else ''}"
    elif not any(has_person_shape(part) for part in parts):
        yield "no-person-shape"


def _written(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield marks of a title: words set apart from their punctuation, title case with small words."""
    tokens = words.tokens
    for left, right in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=False):
        if left.end < right.start and right.text in (":", "!", "?", ",", "'s", "'", "..."):
            yield "apart"
            if right is not tokens[last - 1] or right.text not in "!?":
                yield "apart-inside"
            break
    small = [t.text for t in tokens[first:last] if t.text in ("of", "the", "and", "in", "a", "to", "on", "for")]
    if small:
        yield "small-words"
    if tokens[first].text in ("The", "A", "An"):
        yield "article"
    if last < len(tokens) and tokens[last].text in ("!", "?") and tokens[last].start > tokens[last - 1].end:
        yield "mark-follows"
