"""Which mentions of companies, places, works, awards, topics or characters are one thing: by name, id and context."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reelgraph.clusters import Cluster, FilmOf, components, root, roots, single
from reelgraph.mentions import Mention
from reelgraph.names import other_key


def cluster(kind: str, mentions: Iterable[Mention]) -> list[Cluster]:
    """Return the things of a kind other than films, people and characters; works are told apart by their year, too."""
    blocks: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        blocks[other_key(mention.ref.name)].append(mention)
    same = components(mention.ref.ids for block in blocks.values() for mention in block)
    identified: dict[str, Cluster] = {}
    made: list[Cluster] = []
    for key in sorted(blocks):
        made += _block(kind, blocks[key], same, identified)
    return roots([*made, *identified.values()])


def _block(
    kind: str, block: list[Mention], same: Mapping[str, str], identified: dict[str, Cluster]
) -> Iterable[Cluster]:
    keyed: dict[str, Cluster] = {}
    for mention in block:
        if mention.ref.ids:
            component = same[min(mention.ref.ids)]
            keyed[component] = root(identified.setdefault(component, Cluster(kind)))
            keyed[component].add(mention, mention.year)
    free = [mention for mention in block if not mention.ref.ids]
    by_year: dict[int | None, Cluster] = {}
    if kind == "work":
        for one in sorted(keyed.values(), key=Cluster.smallest):
            for year in one.years:
                by_year.setdefault(year, one)
        for year in sorted({mention.year for mention in free if mention.year is not None}):
            by_year.setdefault(year, Cluster(kind, years=single(year)))
    only = {id(one): one for one in (*keyed.values(), *by_year.values())}
    rest = next(iter(only.values())) if len(only) == 1 else _most_named(kind, keyed)
    for mention in free:
        by_year.get(mention.year, rest).add(mention)
    return [*by_year.values(), rest] if rest.members else list(by_year.values())


def _most_named(kind: str, keyed: Mapping[str, Cluster]) -> Cluster:
    """Return where a name without identifier or year goes: to the thing that is named most, but a work to none."""
    if kind == "work" or not keyed:
        return Cluster(kind)
    return min(keyed.values(), key=lambda one: (-len(one.members), one.smallest()))


def characters(mentions: Iterable[Mention], film_of: FilmOf) -> list[Cluster]:
    """Return the characters these mentions are of, each within its film; a single name goes to the one who bears it."""
    made: dict[tuple[object, str], Cluster] = {}
    full: dict[tuple[object, str], set[str]] = defaultdict(set)
    keyed: list[tuple[object, str, Mention]] = []
    for mention in mentions:
        film = film_of(mention)
        key = other_key(mention.ref.name)
        context: object = film.index if film is not None else mention.ref.within
        keyed.append((context, key, mention))
        parts = key.split()
        if len(parts) > 1:
            for part in {parts[0], parts[-1]}:
                full[context, part].add(key)
    for context, key, mention in keyed:
        bearers = full.get((context, key), ())
        whole = next(iter(bearers)) if len(bearers) == 1 else key
        made.setdefault((context, whole), Cluster("character")).add(mention)
    return list(made.values())
