"""Reconciliation service, first part: which things a query may mean, from its name, type, year and other properties."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reelgraph import iris
from reelgraph.server import properties
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links
from reelgraph.server.search import Hit, index
from reelgraph.server.view import View

TYPES = {
    "film": "Film",
    "person": "Person",
    "organization": "Company or organization",
    "character": "Character",
    "place": "Place",
    "work": "Other work",
    "award": "Award",
    "topic": "Topic",
}
_ALIASES = {"company": "organization", "movie": "film"}
_YEAR = re.compile(r"\s*\(((?:18|19|20)\d\d)\)\s*$")
#: Queries in one batch, candidates for one query, characters of a name, and properties of one query.
BATCH, _CANDIDATES, LONGEST, _CLUES = 100, 50, 200, 10
#: A candidate this good matches by itself, if the next is so much worse.
_SURE, _AHEAD = 95.0, 5.0
#: What a film loses of 100 when its year is unknown, one off, or another.
_NO_YEAR, _NEXT_YEAR, _OTHER_YEAR = 5.0, 8.0, 40.0
#: What a thing loses of 100 when a property has other values, or none; how alike names are that are the same.
_OTHER, _SILENT, _ALIKE = 15.0, 2.0, 88.0
#: Roman numbers, as parts of a film are counted, in figures.
_FIGURES = {word: str(number) for number, word in enumerate("ii iii iv v vi vii viii ix x xi xii".split(), 2)}
#: Properties that are identifiers: they decide.
_CODES = frozenset(one.id for one in properties.PROPERTIES if one.scheme)


@dataclass(frozen=True, slots=True)
class Query:
    """What a client looks for: a name, a kind if it says one, and values of properties by their names."""

    text: str
    kind: str = ""
    limit: int = 10
    year: int | None = None
    clues: tuple[tuple[str, str], ...] = ()


def batch(given: str) -> Mapping[str, Query]:
    """Return the queries of a batch."""
    try:
        read = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, f"queries: not JSON ({error}); send an object of queries") from None
    if not isinstance(read, dict):
        raise HttpError(400, "queries: must be an object whose values are queries")
    if len(read) > BATCH:
        raise HttpError(413, f"queries: {len(read)} in one batch; send at most {BATCH}")
    return {str(key): _query(str(key), one) for key, one in read.items()}


def _query(key: str, given: object) -> Query:
    if not isinstance(given, dict):
        raise HttpError(400, f"queries: {key}: must be an object with a member `query`")
    text = given.get("query", "")
    if not isinstance(text, str):
        raise HttpError(400, f"queries: {key}: query must be a text")
    text = text[:LONGEST]
    clues = _clues(given.get("properties"))
    match = _YEAR.search(text)
    years = [int(found[0]) for name, value in clues if name == "year" and (found := re.search(r"\d{4}", value))]
    if match and match.start():
        text = text[: match.start()]
        years.append(int(match[1]))
    limit = given.get("limit")
    most = min(limit, _CANDIDATES) if isinstance(limit, int) and limit > 0 else 10
    others = tuple((name, value) for name, value in clues if name != "year" and properties.find(name))
    return Query(text, _kind(key, given.get("type")), most, years[0] if years else None, others)


def _kind(key: str, given: object) -> str:
    """Return the kind that a query asks for, by its name or IRI, empty for all."""
    first = given[0] if isinstance(given, list) and given else given
    first = first.get("id") if isinstance(first, dict) else first
    if not isinstance(first, str) or not first:
        return ""
    name = re.split(r"[/#]", first)[-1].lower()
    name = _ALIASES.get(name, name)
    if name not in TYPES:
        raise HttpError(400, f"queries: {key}: unknown type {first!r}; there are {', '.join(TYPES)}")
    return name


def _clues(given: object) -> list[tuple[str, str]]:
    """Return the properties of a query with their values, of which there may be several."""
    found = []
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict):
            name = re.split(r"[/#]", str(one.get("pid", "")))[-1]
            value = one.get("v")
            found += [(name, text) for each in (value if isinstance(value, list) else [value]) if (text := _text(each))]
    return found[:_CLUES]


def _text(value: object) -> str:
    """Return a value as text: a matched cell has a name or an identifier, others are what they are."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("str") or value.get("id")
    return str(value)[:LONGEST] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def candidates(seen: View, query: Query) -> list[dict[str, object]]:
    """Return the things a query may mean, the best first; `match` where there is no doubt."""
    known = {hit.iri: hit for hit in _identified(seen, query)}
    hits = index(seen).find(seen, query.text, query.kind, most=_CANDIDATES) if query.text.strip() else []
    judged = [
        (hit, hit.iri in known, _features(seen, query, hit))
        for hit in ({hit.iri: hit for hit in hits} | known).values()
    ]
    scored = [(100.0 if sure else _score(features), hit, features) for hit, sure, features in judged]
    scored.sort(key=lambda one: (-one[0], one[1].iri))
    best = [score for score, _, _ in scored[:2]]
    only = len(known) == 1 or (
        not known and bool(best) and best[0] >= _SURE and (len(best) == 1 or best[0] - best[1] >= _AHEAD)
    )
    return [
        {
            "id": links().rest(hit.iri),
            "name": hit.name,
            "description": described(hit),
            "type": [type_of(hit.kind)],
            "score": score,
            "match": only and place == 0,
            "features": [{"id": name, "value": value} for name, value, _ in features],
        }
        for place, (score, hit, features) in enumerate(scored[: query.limit])
    ]


def _identified(seen: View, query: Query) -> list[Hit]:
    """Return the things that have an identifier of the query."""
    found = {
        iri
        for name, value in query.clues
        if name in _CODES
        for iri in properties.identified(seen, name, value.rpartition("/")[2] if name == "imdb" else value)
    }
    hits = [Hit(iri, seen.name(iri), links().kind(iri), seen.preferred(iri, "film:year")) for iri in sorted(found)]
    return [hit for hit in hits if not query.kind or hit.kind == query.kind]


#: Name of a feature, its value, and what the candidate loses by it.
_Feature = tuple[str, bool | float, float]


def _features(seen: View, query: Query, hit: Hit) -> Sequence[_Feature]:
    likeness = round(_likeness(query.text, hit), 1)
    found: list[_Feature] = [("name", likeness, 100.0 - likeness)]
    if query.year is not None and hit.kind == "film":
        apart = abs(int(hit.year) - query.year) if hit.year.isdigit() else None
        found.append(("year", apart == 0, {None: _NO_YEAR, 0: 0.0, 1: _NEXT_YEAR}.get(apart, _OTHER_YEAR)))
    for name, value in query.clues:
        asked = properties.find(name)
        if asked is None or (asked.kinds and hit.kind not in asked.kinds):
            continue
        stated = [text for _, text in properties.values(seen, hit.iri, asked)]
        alike = max((_alike(value, text) for text in stated), default=0.0)
        loss = _SILENT if not stated else 0.0 if alike >= _ALIKE else _OTHER_YEAR if name in _CODES else _OTHER
        found.append((name, round(alike, 1), loss))
    return found


def _score(features: Sequence[_Feature]) -> float:
    return round(max(100.0 - sum(loss for _, _, loss in features), 0.0), 1)


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(_words(one), _words(other))


def _words(text: str) -> str:
    """Return the words of a name, numbers of parts in figures: `Tin II` is `tin 2`."""
    first, *rest = iris.words(text) or [""]
    return " ".join((first, *(_FIGURES.get(word, word) for word in rest)))


def _likeness(text: str, hit: Hit) -> float:
    return max(_alike(text, name) for name in (hit.name, hit.also) if name)


def described(hit: Hit) -> str:
    """Return what tells a thing from others of its name."""
    said = f"{TYPES.get(hit.kind, hit.kind)}, {hit.year}" if hit.year else TYPES.get(hit.kind, hit.kind)
    return f"{said}, also {hit.also}" if hit.also else said


def type_of(kind: str) -> dict[str, str]:
    """Return the type that a kind is."""
    return {"id": kind, "name": TYPES.get(kind, kind)}
