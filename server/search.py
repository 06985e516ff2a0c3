"""Search by name: all names of a snapshot in memory, found by beginning, part, or with typing errors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from reelgraph import excerpts, iris
from reelgraph.ontology import term
from reelgraph.server.view import View

#: How alike a misspelt name must be, of 100, and one that is only proposed where there is nothing.
_LIKE, _NEAR = 74, 50
_NAMES = (term("schema:alternateName"), term("film:originalTitle"))
_YEAR = re.compile(r" \d{4}$")
#: Kinds in the order in which equally good finds are shown.
KINDS = ("film", "person", "character", "organization", "work", "award", "place", "topic")


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by a name; `name` is what it is called, `also` the other name it was found by."""

    iri: str
    name: str
    kind: str
    year: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a thing; `folded` is what is compared."""

    folded: str
    text: str
    iri: str
    kind: str


class Index:
    """All names of one snapshot."""

    def __init__(self, seen: View) -> None:
        self._entries = sorted(_entries(seen), key=lambda entry: (len(entry.folded), entry.folded, entry.iri))
        self._folded = [entry.folded for entry in self._entries]
        by_kind: dict[str, dict[str, str]] = {}
        for entry in reversed(self._entries):
            by_kind.setdefault(entry.kind, {})[entry.iri] = entry.folded
        self._kinds = {kind: sorted(names, key=lambda iri: (names[iri], iri)) for kind, names in by_kind.items()}

    def matching(self, text: str, like: int = _LIKE) -> list[Named]:
        """Return the names most like a text, the best first, one for each thing; `like` is how much, of 100."""
        wanted = " ".join(iris.words(text[:200]))
        if not wanted:
            return []
        scored = sorted(self._scored(wanted, like), key=lambda found: found[:3])
        found: dict[str, Named] = {}
        for _, _, place in scored:
            found.setdefault(self._entries[place].iri, self._entries[place])
        return list(found.values())

    def find(self, seen: View, text: str, kind: str = "", most: int = 50, like: int = _LIKE) -> list[Hit]:
        """Return the things whose name is most like the text, each once; `like` is how much, of 100."""
        found = (one for one in self.matching(text, like) if not kind or one.kind == kind)
        return [hit(one, seen) for one in islice(found, most)]

    def choices(self, seen: View, kind: str, most: int) -> tuple[tuple[str, str], ...]:
        """Return all things of a kind, IRI and name, by name; none if there are more than so many."""
        found = self.of_kind(kind)
        if len(found) > most:
            return ()
        return tuple(sorted(((iri, seen.title(iri)) for iri in found), key=lambda one: one[1].casefold()))

    def counts(self) -> Mapping[str, int]:
        """Return how many things there are of each kind."""
        return {kind: len(found) for kind, found in self._kinds.items()}

    def of_kind(self, kind: str) -> Sequence[str]:
        """Return all things of a kind, by name."""
        return self._kinds.get(kind, [])

    def _scored(self, wanted: str, like: int) -> Iterator[tuple[int, int, int]]:
        """Yield how well each name fits (0 is best), the rank of its kind, and its place."""
        found = 0
        for place, folded in enumerate(self._folded):
            if wanted in folded:
                found += 1
                yield _fit(folded, wanted), _rank(self._entries[place].kind), place
        if found < 5 and len(wanted) > 2:
            for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
                for _, score, place in process.extract(
                    wanted, self._folded, scorer=scorer, score_cutoff=like, limit=30
                ):
                    yield 200 - int(score), _rank(self._entries[place].kind), place


def hit(found: Named, seen: View) -> Hit:
    """Return what to show of a thing that was found by a name."""
    name = seen.name(found.iri)
    year = seen.preferred(found.iri, "film:year") if found.kind == "film" else ""
    return Hit(found.iri, name, found.kind, year, "" if found.text == name else found.text)


def index(seen: View) -> Index:
    """Return the index of a snapshot's names, made when it is first asked for."""
    return seen.kept(Index)


def nearest(seen: View, iri: str, most: int = 8) -> list[str]:
    """Return the things whose name is most like the end of an IRI, those of its kind first."""
    kind, _, slug = iri.removeprefix(seen.base).partition("/")
    words = slug.rpartition("/")[2].replace("-", " ")
    known = index(seen)
    name = _YEAR.sub("", words)
    tries = ((name, kind, _LIKE), (words, kind, _LIKE), (words, "", _LIKE), (name, kind, _NEAR), (words, "", _NEAR))
    hits = next((hits for text, only, like in tries if (hits := known.find(seen, text, only, most, like))), [])
    return [hit.iri for hit in hits]


def _entries(seen: View) -> Iterator[Named]:
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
                yield Named(" ".join(iris.words(text)), text, iri, excerpts.kind(iri, seen.base))


def _fit(folded: str, wanted: str) -> int:
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in folded else 3


def _rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
