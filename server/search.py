"""Search by name: all names of a snapshot in memory, found by beginning, part, or with typing errors."""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from reelgraph import excerpts, iris
from reelgraph.ontology import term
from reelgraph.server.view import View

#: How alike a misspelt name must be, of 100.
_LIKE = 74
_NAMES = (term("schema:alternateName"), term("film:originalTitle"))
_YEAR = re.compile(r" \d{4}$")
#: Kinds in the order in which equally good finds are shown.
_KINDS = ("film", "person", "character", "organization", "work", "award", "place", "topic")


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by a name; `name` is what it is called, `also` the other name it was found by."""

    iri: str
    name: str
    kind: str
    year: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    folded: str
    text: str
    iri: str
    kind: str


class Index:
    """All names of one snapshot."""

    def __init__(self, seen: View) -> None:
        self._entries = sorted(_entries(seen), key=lambda entry: (len(entry.folded), entry.folded, entry.iri))
        self._folded = [entry.folded for entry in self._entries]

    def find(self, seen: View, text: str, kind: str = "", most: int = 50) -> list[Hit]:
        """Return the things whose name is most like the text, each once."""
        wanted = " ".join(iris.words(text[:200]))
        if not wanted:
            return []
        scored = sorted(self._scored(wanted), key=lambda found: found[:3])
        hits: dict[str, Hit] = {}
        for _, _, place in scored:
            entry = self._entries[place]
            if entry.iri not in hits and (not kind or entry.kind == kind):
                name = seen.name(entry.iri)
                year = seen.preferred(entry.iri, "film:year") if entry.kind == "film" else ""
                hits[entry.iri] = Hit(entry.iri, name, entry.kind, year, "" if entry.text == name else entry.text)
                if len(hits) >= most:
                    break
        return list(hits.values())

    def choices(self, seen: View, kind: str, most: int) -> tuple[tuple[str, str], ...]:
        """Return all things of a kind, IRI and name, by name; none if there are more than so many."""
        found = dict.fromkeys(entry.iri for entry in self._entries if entry.kind == kind)
        if len(found) > most:
            return ()
        return tuple(sorted(((iri, seen.title(iri)) for iri in found), key=lambda one: one[1].casefold()))

    def counts(self) -> Mapping[str, int]:
        """Return how many things there are of each kind."""
        return Counter(kind for kind, _ in {(entry.kind, entry.iri) for entry in self._entries})

    def of_kind(self, kind: str) -> list[str]:
        """Return all things of a kind, by name."""
        names = {entry.iri: entry.folded for entry in reversed(self._entries) if entry.kind == kind}
        return sorted(names, key=lambda iri: (names[iri], iri))

    def _scored(self, wanted: str) -> Iterator[tuple[int, int, int]]:
        """Yield how well each name fits (0 is best), the rank of its kind, and its place."""
        found = 0
        for place, folded in enumerate(self._folded):
            if wanted in folded:
                found += 1
                yield _fit(folded, wanted), _rank(self._entries[place].kind), place
        if found < 5 and len(wanted) > 2:
            for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
                for _, score, place in process.extract(
                    wanted, self._folded, scorer=scorer, score_cutoff=_LIKE, limit=30
                ):
                    yield 200 - int(score), _rank(self._entries[place].kind), place


_indexes: WeakKeyDictionary[View, Index] = WeakKeyDictionary()
_lock = threading.Lock()


def index(seen: View) -> Index:
    """Return the index of a snapshot's names, made when it is first asked for."""
    found = _indexes.get(seen)
    if found is None:
        with _lock:
            found = _indexes.get(seen)
            if found is None:
                found = _indexes[seen] = Index(seen)
    return found


def nearest(seen: View, iri: str, most: int = 8) -> list[str]:
    """Return the things whose name is most like the end of an IRI, those of its kind first."""
    kind, _, slug = iri.removeprefix(seen.base).partition("/")
    words = slug.rpartition("/")[2].replace("-", " ")
    known = index(seen)
    tries = ((_YEAR.sub("", words), kind), (words, kind), (words, ""))
    hits = next((hits for text, only in tries if (hits := known.find(seen, text, only, most))), [])
    return [hit.iri for hit in hits]


def _entries(seen: View) -> Iterator[_Named]:
    graph = NamedNode(f"{seen.base}graph/preferred")
    quads = [*seen.store.quads_for_pattern(None, term("rdfs:label"), None, graph)]
    for name in _NAMES:
        quads += seen.store.quads_for_pattern(None, name, None)
    done = set()
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            iri, text = quad.subject.value, quad.object.value
            if (iri, text) not in done and excerpts.is_entity(iri, seen.base):
                done.add((iri, text))
                yield _Named(" ".join(iris.words(text)), text, iri, excerpts.kind(iri, seen.base))


def _fit(folded: str, wanted: str) -> int:
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in folded else 3


def _rank(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
