"""Clusters of mentions that are one thing, and the identifiers that decide before any name does."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reelgraph.mentions import Mention

#: Gives the film a person or character is named with.
FilmOf = Callable[[Mention], "Cluster | None"]
Ids = Mapping[str, set[str]]
_PAGES = frozenset(("dbpedia", "wikipedia"))


def scheme(identifier: str) -> str:
    """Return what an identifier is unique in: its scheme, with the language of a page or the folder of an address.

    >>> scheme("imdb:tt1798709"), scheme("wikipedia:en/Her_(2013_film)"), scheme("letterboxd:actor/amy-adams")
    ('imdb', 'wikipedia:en', 'letterboxd:actor')
    """
    first, _, rest = identifier.partition(":")
    folder = rest.partition("/")[0] if first in _PAGES else rest.rpartition("/")[0]
    return f"{first}:{folder}" if folder and folder != rest else first


def is_page(identifier: str) -> bool:
    """Whether an identifier names a page, which can be about several films, rather than the thing itself."""
    return identifier.partition(":")[0] in _PAGES


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions of one thing; `years` are those of its films or its own, `films` numbers of films it is named with.

    Only films have the frozen sets: an empty one takes no memory, and there are millions.
    """

    kind: str
    index: int = 0
    members: list[Mention] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    films: set[int] = field(default_factory=set)
    people: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    directors: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    into: "Cluster | None" = None
    iri: str = ""
    label: str = ""
    year: int | None = None

    def add(self, mention: Mention) -> None:
        """Take in a mention and its identifiers."""
        self.members.append(mention)
        for identifier in mention.ref.ids:
            self.ids.setdefault(scheme(identifier), set()).add(identifier)

    def absorb(self, other: "Cluster") -> None:
        """Take in another cluster, which from now on stands for this one."""
        other.into = self
        self.index = min(self.index, other.index)
        self.members += other.members
        for name, values in other.ids.items():
            self.ids.setdefault(name, set()).update(values)
        self.years |= other.years
        self.films |= other.films
        self.people |= other.people
        self.cast |= other.cast
        self.directors |= other.directors
        self.titles |= other.titles
        self.exact |= other.exact

    @property
    def weight(self) -> int:
        """How many facts mention it."""
        return sum(mention.weight for mention in self.members)

    def smallest(self) -> tuple[object, ...]:
        """Return what decides between clusters that are equal in all else."""
        return min(mention.order() for mention in self.members)


@dataclass(frozen=True, slots=True)
class Homonym:
    """One name that was taken to be several things: the clusters, and why."""

    name: str
    clusters: tuple[Cluster, ...]
    reason: str


def root(cluster: Cluster) -> Cluster:
    """Return the cluster that a cluster was taken into, or itself."""
    top = cluster
    while top.into is not None:
        top = top.into
    while cluster.into is not None:
        cluster.into, cluster = top, cluster.into
    return top


def roots(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Return the different clusters that these have become, in the order of their index."""
    return sorted({id(top): top for top in map(root, clusters)}.values(), key=lambda cluster: cluster.index)


def conflict(one: Ids, other: Ids) -> bool:
    """Whether two sets of identifiers have a scheme in common but no identifier of it."""
    if not one or not other:
        return False
    return any(name in other and values.isdisjoint(other[name]) for name, values in one.items())


def join(one: Cluster, other: Cluster) -> Cluster:
    """Make two clusters one, the smaller taken into the larger."""
    one, other = root(one), root(other)
    if one is other:
        return one
    if len(other.members) > len(one.members):
        one, other = other, one
    one.absorb(other)
    return one


def components(identifiers: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Number the things that identifiers stand for: those a reference has together are one, unless they contradict."""
    groups: dict[str, dict[str, set[str]]] = {}
    for together in sorted(set(identifiers)):
        group: dict[str, set[str]] = {}
        for identifier in together:
            if identifier not in groups:
                group.setdefault(scheme(identifier), set()).add(identifier)
        for identifier in together:
            known = groups.get(identifier)
            if known is None or known is group or conflict(known, group):
                continue
            for name, values in group.items():
                known.setdefault(name, set()).update(values)
            for values in group.values():
                groups.update(dict.fromkeys(values, known))
            group = known
        for values in group.values():
            groups.update(dict.fromkeys(values, group))
    numbers: dict[int, int] = {}
    return {name: numbers.setdefault(id(groups[name]), len(numbers)) for name in sorted(groups)}


def best_name(names: Counter[str], *, person: bool = False) -> str:
    """Return the most frequent name; ties go to mixed case, then the longest, then the first in the alphabet.

    Of a `person` a full name is taken before a single word, however often a text says only the surname.
    """
    if len(names) == 1:
        return next(iter(names))
    full = {name: count for name, count in names.items() if not person or " " in name.strip()} or names
    return min(full, key=lambda name: (-full[name], name.isupper() or name.islower(), -len(name), name))
