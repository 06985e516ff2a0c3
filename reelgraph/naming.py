"""Names and IRIs for clusters: the plain IRI goes to the most mentioned, homonyms get their first year or a number."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from reelgraph import iris
from reelgraph.clusters import Cluster, FilmOf, best_name
from reelgraph.judgements import Judgement, kind_of
from reelgraph.mentions import Mention
from reelgraph.names import is_code

#: Gives the plain IRI of a cluster under one of its names and years.
Plain = Callable[[Cluster, str, int | None], str]


def plain(base: str, film_of: FilmOf) -> Plain:
    """Return what builds plain IRIs; a character's begins with that of the film it is named with."""

    def build(cluster: Cluster, name: str, year: int | None) -> str:
        if cluster.kind == "film":
            return iris.film(base, name, year)
        if cluster.kind == "character":
            films = [film for mention in cluster.members if (film := film_of(mention)) is not None]
            first = min(films, key=lambda film: film.index, default=None)
            return iris.character(base, "" if first is None else first.iri, name)
        return iris.entity(base, cluster.kind, name)

    return build


def label(clusters: Iterable[Cluster]) -> None:
    """Give each cluster its canonical name and year."""
    for one in clusters:
        members = one.members
        refs = [m.ref for m in members if not is_code(m.ref.name, m.ref.ids)] or [m.ref for m in members]
        name = (
            refs[0].name
            if len(refs) == 1
            else best_name(Counter(ref.name for ref in refs), person=one.kind in ("person", "character"))
        )
        label = " ".join(name.split())
        one.label = label if label and label != name else name
        one.year = _most_stated(members) if one.kind == "film" else min(one.years, default=None)


def _most_stated(members: Sequence[Mention]) -> int | None:
    if len(members) == 1:
        return members[0].year
    years = Counter(m.year for m in members if m.year is not None)
    return min(years, key=lambda year: (-years[year], year)) if years else None


def is_nameless(one: Cluster) -> bool:
    """Whether no document has a name for it, only an identifier."""
    return all(is_code(mention.ref.name, mention.ref.ids) for mention in one.members)


def assign(clusters: Sequence[Cluster], build: Plain) -> None:
    """Give each cluster its IRI, the same whatever order the clusters come in."""
    first: dict[str, Cluster] = {}
    rivals: dict[str, list[Cluster]] = {}
    for one in clusters:
        one.iri = build(one, one.label, one.year)
        before = first.setdefault(one.iri, one)
        if before is not one:
            rivals.setdefault(one.iri, [before]).append(one)
    later: list[tuple[str, Cluster]] = []
    for iri, group in sorted(rivals.items()):
        group.sort(key=lambda one: (-one.weight, 9999 if one.year is None else one.year, one.smallest()))
        later += [(iri, one) for one in group[1:]]
    taken = set(first) if later else set[str]()
    for iri, one in later:
        one.iri = _free(iri, one, taken)
        taken.add(one.iri)


def _free(iri: str, one: Cluster, taken: set[str]) -> str:
    if one.year is not None and one.kind != "film":
        iri = f"{iri}-{one.year}"
        if iri not in taken:
            return iri
    number = 2
    while f"{iri}-{number}" in taken:
        number += 1
    return f"{iri}-{number}"


def aliases(clusters: Collection[Cluster], build: Plain) -> dict[str, str]:
    """Return the IRIs that mentions would have had by themselves, each with the one it has become."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in clusters:
        is_film = one.kind == "film"
        others = [
            mention.ref
            for mention in one.members
            if mention.ref.name != one.label or (is_film and mention.ref.year != one.year)
        ]
        for name, year in {(ref.name, ref.year) for ref in others}:
            found[build(one, name, year)].add(one.iri)
    own = {one.iri for one in clusters if one.iri in found}
    return {iri: targets.pop() for iri, targets in found.items() if len(targets) == 1 and iri not in own}


def judge(
    clusters: list[Cluster],
    judgements: Iterable[Judgement],
    build: Plain,
    film_of: FilmOf,
    base: str,
) -> tuple[list[Cluster], dict[str, str], list[str]]:
    """Apply people's decisions; return the clusters, the IRIs that moved, and notes on decisions about nothing."""
    by_iri = {one.iri: one for one in clusters}
    moved = aliases(clusters, build) if judgements else {}
    joined: dict[str, str] = {}
    notes: list[str] = []
    for judgement in judgements:
        one = by_iri.get(_follow(judgement.one, moved | joined))
        if one is None:
            notes.append(f"judgement in line {judgement.line}: nothing is called {judgement.one}")
        elif judgement.same:
            other = by_iri.get(_follow(judgement.other, moved | joined))
            if other is None:
                notes.append(f"judgement in line {judgement.line}: nothing is called {judgement.other}")
            elif other is not one:
                joined[other.iri] = one.iri
                one.absorb(by_iri.pop(other.iri))
        else:
            part = _split(one, judgement, build, film_of, base)
            if part.members:
                part.iri = judgement.other if _is_free(judgement, by_iri) else ""
                label([part])
                part.iri = part.iri or _free(judgement.one, part, set(by_iri))
                by_iri[part.iri] = part
                joined.pop(part.iri, None)  # what was taken back has its own IRI again
    label(by_iri.values())
    return list(by_iri.values()), joined, notes


def _is_free(judgement: Judgement, by_iri: Mapping[str, Cluster]) -> bool:
    return kind_of(judgement.other) == judgement.kind and judgement.other not in by_iri


def _follow(iri: str, moved: Mapping[str, str]) -> str:
    while iri in moved:
        iri = moved[iri]
    return iri


def _split(one: Cluster, judgement: Judgement, build: Plain, film_of: FilmOf, base: str) -> Cluster:
    """Take out of a cluster what a decision says is another thing; nothing when they are apart already."""
    other, kind = judgement.other, kind_of(judgement.other)
    year = other.removeprefix(f"{judgement.one}-")
    part = Cluster(one.kind)
    kept = []
    for mention in one.members:
        film = film_of(mention)
        if kind == "document":
            apart = iris.document(base, mention.doc) == other
        elif kind != judgement.kind:
            apart = film is not None and film.iri == other
        elif year.isdecimal() and film is not None and one.kind == "person":
            apart = mention.career and film.year is not None and film.year >= int(year)
        else:
            apart = build(one, mention.ref.name, mention.ref.year) == other
        if apart:
            part.add(mention, film.year if film is not None else None)
        else:
            kept.append(mention)
    if not kept or not part.members:
        return Cluster(one.kind)
    one.members = kept
    return part
