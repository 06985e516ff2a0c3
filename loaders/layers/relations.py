"""What is generally known of the relations of film ontologies: their values' look, cue words, and equal facts."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reelgraph.loaders.layers import features
from reelgraph.loaders.layers.spans import Candidate, Words, key
from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import has_person_shape, is_organisation
from reelgraph.model import Fact, Ref

_FILLERS = frozenset(
    "by was is were are the a an also and both who as of for its their his her been be being to did with in on not only"
    " from , : it which that has have had , ' \" “ ” ( film film's movie co - & then which's whilst while 's role lead"
    " avid actor respectively id with".split()
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of an ontology: its label there, its key here, what its value looks like, its cue words."""

    label: str
    key: str
    value: str
    about: str
    cues: frozenset[str]
    facts: tuple[str, ...]


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("reelgraph.loaders.layers") / "relations.toml").read_text("utf-8"))


@cache
def relation(label: str) -> Relation:
    """Return what is known of a relation by its label; the cues of one not in the table are its own words."""
    name = re.sub(r"[^a-z0-9]", "", label.lower())
    row = _table().get(name)
    if row is None:
        own = re.findall(r"[A-Z]?[a-z]+|\d+", label)
        return Relation(label, name, "any", "film", frozenset(word.lower() for word in own), ())
    listed = row["facts"]
    cues, facts = str(row["cues"]), tuple(str(one) for one in listed) if isinstance(listed, list) else ()
    return Relation(label, name, str(row["value"]), str(row.get("about", "film")), frozenset(cues.split()), facts)


@cache
def all_cues() -> frozenset[str]:
    """Return the cue words of all relations in the table."""
    return frozenset(word for row in _table().values() for word in str(row["cues"]).split())


@cache
def _by_fact() -> Mapping[tuple[str, str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for name, row in _table().items():
        listed = row["facts"]
        for one in listed if isinstance(listed, list) else ():
            where, _, condition = str(one).partition(":")
            kind, _, field = where.partition(".")
            other, _, value = condition.partition("=")
            found.setdefault((kind, field, other, value), []).append(name)
    return {entry: tuple(names) for entry, names in found.items()}


def said_by(facts: Iterator[Fact]) -> dict[str, frozenset[str]]:
    """Return the relations, by their keys, that facts state for a value, by the value's key."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        for (kind, field, other, value), names in _by_fact().items():
            if kind != fact.kind or field not in fact.fields or (other and fact.fields.get(other) != value):
                continue
            worth = fact.fields[field]
            found.setdefault(key(worth.name if isinstance(worth, Ref) else str(worth)), set()).update(names)
    return {value: frozenset(names) for value, names in found.items()}


def look(one: Candidate, said: str) -> str:
    """Return what a candidate looks like: person, organisation, place, date, number, word, ..."""
    if one.kind in ("date", "number", "code", "award", "country", "demonym"):
        return f"date{len(one.value)}" if one.kind == "date" else one.kind
    if one.kind == "genre":
        return "genre"
    if not said[:1].isupper():
        return "lower"
    if is_organisation(said):
        return "organisation"
    if lexicon.is_place(said):
        return "place"
    if has_person_shape(said):
        return "person"
    return "name" if " " in said else "one-name"


_NOT_IN_PERSONS = frozenset("and with is in at on for from an to as no : , 's & /".split())
_FIGURES = ("number", "code")


def may_be(to: Relation, one: Candidate, words: Words) -> bool:
    """Whether a candidate has the look that values of the relation must have."""
    if to.value in ("date", "year", "day") or one.kind == "date":
        fits = {"year": len(one.value) == 4, "day": len(one.value) == 10, "date": True, "any": True}
        return fits.get(to.value, False) and one.kind in ("date", "known")
    if to.value in _FIGURES or one.kind in _FIGURES:
        return (to.value in (*_FIGURES, "any") and one.kind in _FIGURES) or one.kind == "known"
    if to.value in ("person", "agent", "organisation", "name"):
        if one.kind == "known":
            return True
        if one.kind != "name":
            return False
    return to.value != "person" or _NOT_IN_PERSONS.isdisjoint(words.lower[one.first : one.last])


def pair(
    words: Words, one: Candidate, to: Relation, facts: Mapping[str, frozenset[str]], main: tuple[int, int] | None
) -> Iterator[str]:
    """Yield how a candidate and a relation go together, in terms that hold for any relation; `main` is the subject."""
    if main is not None and one.first < main[1] and main[0] < one.last:
        yield "in-subject"
    yield from (f"edge:{edge}" for edge in features.edges(words, one.first, one.last) if "=" not in edge)
    kind = look(one, words.said(one.first, one.last))
    yield f"{to.value}:{kind}"
    yield f"about:{to.about}"
    left, right = _left(words, one.first, to.cues), _right(words, one.last, to.cues)
    yield f"left={left}"
    yield f"right={right}"
    yield f"{left}&{right}"
    yield f"{to.value}:{left}&{right}"
    if to.cues.isdisjoint(words.lower):
        yield "no-cue"
    claimed = facts.get(key(one.value), frozenset())
    if to.key in claimed:
        yield "fact"
        yield f"fact:{to.value}"
    elif claimed:
        yield "other-fact"


def announces(words: Words, first: int, cues: frozenset[str]) -> bool:
    """Whether a cue with `by`, `from`, `in` or `on` is the last before a candidate; for some names cannot be told."""
    for place in range(first - 1, -1, -1):
        if words.lower[place] in all_cues():
            return words.lower[place] in cues and words.lower[place + 1] in ("by", "from", "in", "on")
    return False


def _left(words: Words, first: int, cues: frozenset[str]) -> str:
    """Say how the nearest cue to the left is joined to the candidate."""
    low, tokens, names = words.lower, words.tokens, False
    other: bool | str = False
    for place in range(first - 1, max(-1, first - 25), -1):
        word = low[place]
        if word in cues:
            distance = first - 1 - place
            if other == "far":
                return "after-other"
            by = low[first - 1] == "by"
            near = "adjacent" if distance == 0 else "by" if by else "near" if distance < 5 else "long"
            return f"{near}{'-list' if names else ''}{'-shared' if other else ''}"
        if word in all_cues():
            other = True if not names and low[first - 1] in ("by", "and", ",", "of") else "far"
        elif tokens[place].is_capital:
            names = True
        elif word in (".", ";"):
            return "sentence-before"
        elif word not in _FILLERS:
            other = other or "far" if not names and first - place > 4 else other
    return "none"


def _right(words: Words, last: int, cues: frozenset[str]) -> str:
    """Say how the nearest cue to the right is joined to the candidate."""
    low, tokens, names = words.lower, words.tokens, False
    other: bool | str = False
    for place in range(last, min(len(low), last + 14)):
        word = low[place]
        if word in cues:
            distance = place - last
            passive = place + 1 < len(low) and low[place + 1] == "by"
            near = "adjacent" if distance < 2 else "near" if distance < 5 else "long"
            return f"{near}{'-list' if names else ''}{'-shared' if other else ''}{'-passive' if passive else ''}"
        if word in all_cues():
            other = True
        elif word in (".", ";"):
            return "sentence-after"
        elif tokens[place].is_capital:
            names = True
        elif word not in _FILLERS:
            return "none"
    return "none"
