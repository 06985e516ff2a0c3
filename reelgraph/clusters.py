"""Clusters of mentions that are one thing, and the identifiers that decide before any name does."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from reelgraph.mentions import Mention

#: Gives the film a person or character is named with.
FilmOf = Callable[[Mention], "Cluster | None"]
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
    """Mentions of one thing; `years` are those of its films or its own, and only films have people.

    There are millions, most of one mention: so all but the list is never changed but replaced, and shared until then.
    """

    kind: str
    index: int = 0
    members: list[Mention] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    people: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    directors: frozenset[str] = frozenset()
    into: "Cluster | None" = None
    iri: str = ""
    label: str = ""
    year: int | None = None

    def add(self, mention: Mention, year: int | None = None) -> None:
        """Take in a mention with its identifiers, and the year that it stands for."""
        self.members.append(mention)
        self._identify(mention.ref.ids)
        if year is not None and year not in self.years:
            self.years = self.years | single(year) if self.years else single(year)

    def absorb(self, other: "Cluster") -> None:
        """Take in another cluster, which from now on stands for this one."""
        other.into = self
        self.index = min(self.index, other.index)
        self.members += other.members
        self._identify(other.ids)
        self.years |= other.years
        self.people |= other.people
        self.cast |= other.cast
        self.directors |= other.directors

    def _identify(self, ids: tuple[str, ...]) -> None:
        if not self.ids:
            self.ids = ids
        elif ids and not set(ids) <= set(self.ids):
            self.ids = tuple(sorted({*self.ids, *ids}))

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


def alive(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Return those of all clusters that were not taken into another, in the order of their index."""
    return sorted((one for one in clusters if one.into is None), key=lambda cluster: cluster.index)


@lru_cache(maxsize=1 << 10)
def single(year: int) -> frozenset[int]:
    """Return the set of one year, shared by all that have just that one."""
    return frozenset((year,))


def conflict(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether identifiers of two things have a scheme in common but no identifier of it."""
    if not one or not other or one == other:
        return False
    return _contradict(_by_scheme(one), _by_scheme(other))


def _contradict(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> bool:
    return any(name in other and values.isdisjoint(other[name]) for name, values in one.items())


@lru_cache(maxsize=1 << 12)
def _by_scheme(ids: tuple[str, ...]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for identifier in ids:
        found.setdefault(scheme(identifier), set()).add(identifier)
    return found


def join(one: Cluster, other: Cluster) -> Cluster:
    """Make two clusters one, the smaller taken into the larger."""
    one, other = root(one), root(other)
    if one is other:
        return one
    if len(other.members) > len(one.members):
        one, other = other, one
    one.absorb(other)
    return one


class _Same(dict[str, str]):
    """The identifier that stands for each of those that are one thing; any other stands for itself."""

    def __missing__(self, name: str) -> str:
        return name


def components(identifiers: Iterable[tuple[str, ...]]) -> Mapping[str, str]:
    """Return which identifier stands for all of one thing: those a reference has together are, unless they contradict.

    Most are never seen with another one; these need no memory.
    """
    given = [ids for ids in identifiers if ids]
    several = {ids for ids in given if len(ids) > 1}
    linked = {identifier for ids in several for identifier in ids}
    several.update(ids for ids in given if len(ids) == 1 and ids[0] in linked)
    groups: dict[str, dict[str, set[str]]] = {}
    for together in sorted(several):
        group: dict[str, set[str]] = {}
        for identifier in together:
            if identifier not in groups:
                group.setdefault(scheme(identifier), set()).add(identifier)
        for identifier in together:
            known = groups.get(identifier)
            if known is None or known is group or _contradict(known, group):
                continue
            for name, values in group.items():
                known.setdefault(name, set()).update(values)
            for values in group.values():
                groups.update(dict.fromkeys(values, known))
            group = known
        for values in group.values():
            groups.update(dict.fromkeys(values, group))
    first: dict[int, str] = {}
    return _Same({name: first.setdefault(id(groups[name]), name) for name in sorted(groups)})


def best_name(names: Counter[str], *, person: bool) -> str:
    """Return the most frequent name; ties go to mixed case, then the longest, then the first in the alphabet.

    Of a `person` a full name is taken before a single word, however often a text says only the surname.
    """
    if len(names) == 1:
        return next(iter(names))
    full = {name: count for name, count in names.items() if not person or " " in name.strip()} or names
    return min(full, key=lambda name: (-full[name], name.isupper() or name.islower(), -len(name), name))
