"""Stars: triple patterns about one variable, and whether so little matches them that they are look-ups.

In `?film schema:actor <X> ; schema:name ?name` the first pattern is an anchor: it has constants only, beside the
variable all patterns share; the second is a ray, which gives one more. The engine begins with an anchor, whatever the
order. So if few things match each of them, few are looked at, and every other step gives a row.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from math import prod

import pyoxigraph

from reelgraph.ontology import RDF

Pattern = tuple[str, str, str]
Terms = tuple[
    pyoxigraph.NamedNode | None, pyoxigraph.NamedNode | None, pyoxigraph.NamedNode | pyoxigraph.Literal | None
]
#: An IRI, and the declaration of a prefix.
IRI = r"<[^\s<>\"{}|^`\\]*+>"
PREFIX = rf"prefix\s++([a-z][\w-]*+):\s*+({IRI})\s*+"
_PREFIXES = re.compile(PREFIX, re.IGNORECASE | re.ASCII)
_Thing = pyoxigraph.NamedNode | pyoxigraph.BlankNode

#: Statements that may match the anchors, as many that may be behind them, and rows that these may give.
_MOST = 200
_MOST_ROWS = 1000
#: Statements that are read one by one sooner than a query for them is planned.
_AT_HAND = 32
#: Stars whose bounds are remembered.
_REMEMBERED = 4096


@lru_cache(maxsize=64)
def prefixes(prologue: str) -> Mapping[str, str]:
    """Return the prefixes that the beginning of a query declares, with their IRIs in brackets."""
    return dict(_PREFIXES.findall(prologue))


def terms_of(pattern: Pattern, declared: Mapping[str, str]) -> Terms:
    """Return the constants of a pattern, None for variables; raises `KeyError` and `ValueError`.

    A literal with a language is refused, and so is a relative IRI.
    """
    subject, predicate, thing = pattern
    if thing[0] != '"':
        return _iri(subject, declared), _iri(predicate, declared), _iri(thing, declared)
    if thing[-1] != '"':
        raise ValueError("a literal with a language")
    return _iri(subject, declared), _iri(predicate, declared), pyoxigraph.Literal(thing[1:-1])


def _iri(term: str, declared: Mapping[str, str]) -> pyoxigraph.NamedNode | None:
    if term[0] in "?$":
        return None
    if term[0] == "<":
        return pyoxigraph.NamedNode(term[1:-1])
    if term == "a":
        return RDF.type
    prefix, _, name = term.partition(":")
    return pyoxigraph.NamedNode(declared[prefix][1:-1] + name)


class Bounds:
    """Tells which stars are small, and remembers it while the same snapshot is asked."""

    def __init__(self) -> None:
        self._snapshot = ""
        self._known: dict[tuple[str, Sequence[Pattern]], bool] = {}

    def of(self, snapshot: str) -> "Bounds":
        """Return the bounds in a snapshot."""
        if snapshot != self._snapshot or len(self._known) >= _REMEMBERED:
            self._snapshot = snapshot
            self._known = {}
        return self

    def hold(self, store: pyoxigraph.Store, patterns: tuple[Pattern, ...], prologue: str) -> bool:
        """Return whether so little matches the patterns that the server process itself may answer.

        Raises `KeyError` and `ValueError` if the patterns have a mistake or an unusual term.
        """
        known = self._known.get((prologue, patterns))
        if known is None:
            known = _is_star(patterns) and _is_small(store, [terms_of(one, prefixes(prologue)) for one in patterns])
            self._known[prologue, patterns] = known
        return known


def _is_star(patterns: Sequence[Pattern]) -> bool:
    """Return whether the patterns are anchors and rays of one variable, at least one of them an anchor."""
    found = [tuple(term[1:] if term[0] in "?$" else "" for term in pattern) for pattern in patterns]
    every = [name for names in found for name in names]
    centres = [one for one in (found[0][0], found[0][2]) if one and all(_fits(names, one, every) for names in found)]
    return bool(centres) and any(names.count("") == 2 for names in found)


def _fits(names: tuple[str, ...], centre: str, every: Sequence[str]) -> bool:
    """Return whether a pattern with these variables is an anchor, or a ray: then it has an object of its own."""
    subject, predicate, thing = names
    if predicate:
        return False
    if subject == centre:
        return not thing or every.count(thing) == 1
    return thing == centre and not subject


def _is_small(store: pyoxigraph.Store, terms: Sequence[Terms]) -> bool:
    """Return whether few statements match the anchors, and few the rays of what matches.

    The only ray of an only anchor may have any number: each is a row.
    """
    anchors = [one for one in terms if one.count(None) == 1]
    if any(_has_many(store, anchor) for anchor in anchors):
        return False
    rays = [predicate for subject, predicate, thing in terms if subject is None and thing is None]
    return len(terms) == 2 or _are_few(store, anchors, rays)


def _has_many(store: pyoxigraph.Store, anchor: Terms) -> bool:
    """Return whether more statements match than may; the engine skips many far faster than Python reads them."""
    if len(list(islice(store.quads_for_pattern(*anchor, None), _AT_HAND))) < _AT_HAND:
        return False
    subject, predicate, thing = ("?x" if term is None else str(term) for term in anchor)
    query = f"ASK {{ SELECT ?x {{ {subject} {predicate} {thing} }} OFFSET {_MOST} LIMIT 1 }}"
    return bool(store.query(query, use_default_graph_as_union=True))


def _are_few(store: pyoxigraph.Store, anchors: Iterable[Terms], rays: Sequence[pyoxigraph.NamedNode | None]) -> bool:
    """Return whether few statements match the anchors together, and few the rays of what does, and give few rows."""
    room = _MOST
    things: set[_Thing] = set()
    for subject, predicate, thing in anchors:
        matches = list(islice(store.quads_for_pattern(subject, predicate, thing, None), room + 1))
        room -= len(matches)
        if room < 0:
            return False
        found = (quad.object if thing is None else quad.subject for quad in matches)
        things.update(one for one in found if isinstance(one, _Thing))
    room, rows = _MOST, 0
    for one in things:
        counts: list[int] = []
        for predicate in rays:
            counts.append(len(list(islice(store.quads_for_pattern(one, predicate, None, None), room))))
            room -= counts[-1] + 1
            if room <= 0:
                return False
        rows += prod(max(1, count) for count in counts)
        if rows > _MOST_ROWS:
            return False
    return True
