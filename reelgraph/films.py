"""Which mentions of films are one film: equal identifiers, else title and year, and people they share.

Remakes stay apart by their years, films of one title and year by identifiers, by casts that have nobody in common, or
by directors that cannot be the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from rapidfuzz import fuzz

from reelgraph.clusters import Cluster, Homonym, alive, components, conflict, is_page, join, root, roots, single
from reelgraph.mentions import FilmMention
from reelgraph.names import loose_title_key, title_key

#: Casts of this many or more that share nobody belong to different films.
_TELLING_CAST = 2
#: Names that are less alike than this, of 100, are no spellings of one name; letters from here on are not Latin.
_UNLIKE, _NOT_LATIN = 55, "\u0250"
#: Years within which one shared person is enough for films of one page.
_RERELEASE = 3
#: What tells pages of one title apart; `(film)` only tells a film from other things.
_BRACKETS = re.compile(r"_\((?!film\)|movie\))[^()]*\)$")


def cluster(mentions: Iterable[FilmMention]) -> list[Cluster]:
    """Return the films that these mentions are of, in an order that does not depend on theirs."""
    made = [_single(index, mention) for index, mention in enumerate(sorted(mentions, key=FilmMention.order))]
    _by_identifier(made)
    shared = _shared(alive(made))
    for step in (_same_year, _next_year, _same_document, _no_year):
        for title in sorted(shared):
            step(roots(shared[title]))
    found = alive(made)
    for index, one in enumerate(found):
        one.index = index
    return found


def _single(index: int, mention: FilmMention) -> Cluster:
    years = frozenset[int]() if mention.year is None else single(mention.year)
    people = mention.people, mention.cast, mention.directors
    return Cluster("film", index, [mention], mention.ref.ids, years, *people)


def _shared(clusters: Iterable[Cluster]) -> dict[str, list[Cluster]]:
    """Return the films of each title that several have."""
    first: dict[str, Cluster] = {}
    found: dict[str, list[Cluster]] = {}
    for one in clusters:
        for title in _titles(one):
            before = first.setdefault(title, one)
            if before is not one:
                found.setdefault(title, [before]).append(one)
    return found


def _titles(one: Cluster) -> set[str]:
    """Return the keys of all titles of a film, articles left out."""
    return {title for mention in _mentions(one) for title in (loose_title_key(mention.ref.name), *mention.titles)}


def _exact(one: Cluster) -> set[str]:
    """Return the keys of the titles by which documents call a film."""
    return {title_key(mention.ref.name) for mention in one.members}


def _mentions(one: Cluster) -> Iterator[FilmMention]:
    return iter(cast("list[FilmMention]", one.members))


def _by_identifier(made: list[Cluster]) -> None:
    same = components(_hard(one) for one in made)
    first: dict[str, Cluster] = {}
    pages: dict[str, list[Cluster]] = defaultdict(list)
    for one in made:
        ids = _hard(one)
        if ids:
            join(first.setdefault(same[min(ids)], one), one)
        for identifier in filter(is_page, one.members[0].ref.ids):
            pages[identifier].append(one)
    for page in sorted(pages):
        _same_page(roots(pages[page]))


def _hard(one: Cluster) -> tuple[str, ...]:
    """Return the identifiers that are enough by themselves, of a cluster that still is a single mention."""
    ids = one.members[0].ref.ids
    return tuple(one for one in ids if not is_page(one)) if any(map(is_page, ids)) else ids


def _same_page(block: list[Cluster]) -> None:
    """Join films that cite one page when year or people agree, too: lists often link a remake to the first film."""
    placed: list[Cluster] = []
    for one in sorted(block, key=_rank):
        fitting = (position for position, other in enumerate(placed) if _agree(one, other))
        position = next(fitting, None)
        if position is None:
            placed.append(one)
        else:
            placed[position] = join(placed[position], one)


def _agree(one: Cluster, other: Cluster) -> bool:
    """Whether films of one page agree well enough: the further their years, the more people they must share."""
    if conflict(one.ids, other.ids):
        return False
    shared = len(one.people & other.people)
    gap = min((abs(year - near) for year in one.years for near in other.years), default=0)
    if gap:
        return not _strangers(one, other) and (shared > 1 or (shared == 1 and gap <= _RERELEASE))
    telling = min(len(one.cast), len(other.cast)) >= _TELLING_CAST
    return shared > 0 or (not telling and not _titles(one).isdisjoint(_titles(other)))


def _rank(one: Cluster) -> tuple[object, ...]:
    return not one.ids, -len(one.members), one.index


def _same_year(block: list[Cluster]) -> None:
    years: dict[int, list[Cluster]] = defaultdict(list)
    for one in block:
        for year in one.years:
            years[year].append(one)
    for year in sorted(years):
        if len(years[year]) > 1:
            _gather(sorted(roots(years[year]), key=_rank))


def _gather(ranked: list[Cluster]) -> None:
    """Put each cluster to the one before it that fits best."""
    placed: list[Cluster] = []
    for one in ranked:
        fitting = [(fit, -position) for position, other in enumerate(placed) if (fit := _fit(one, other)) > 0]
        if fitting:
            position = -max(fitting)[1]
            placed[position] = join(placed[position], one)
        else:
            placed.append(one)


def _rivals(one: Cluster, other: Cluster) -> bool:
    """Whether identifiers say that two films of one title are two.

    Pages may be two names of one page: films that share two people are one if one of them is the director, or if a page
    is named by the title alone, for then no other film of about the same year needs a page by its year.
    """
    if not conflict(one.ids, other.ids):
        return False
    hard = [tuple(identifier for identifier in film.ids if not is_page(identifier)) for film in (one, other)]
    if conflict(*hard) or len(one.people & other.people) < _TELLING_CAST:
        return True
    directed = not _exact(one).isdisjoint(_exact(other)) and not one.directors.isdisjoint(other.directors)
    return not directed and all(_BRACKETS.search(page) for page in _pages(one) | _pages(other))


def _pages(film: Cluster) -> set[str]:
    return set(filter(is_page, film.ids))


def _fit(one: Cluster, other: Cluster) -> float:
    """Return how well two clusters of equal year agree; 0 when they must stay apart."""
    if _rivals(one, other):
        return 0
    shared = len(one.people & other.people)
    if shared:
        return 1 + shared
    if _strangers(one, other) or _other_makers(one.directors, other.directors):
        return 0
    if not _exact(one).isdisjoint(_exact(other)):
        return 1
    return 0.5 if not _are_comparable(one.people, other.people) else 0


def _other_makers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two films have directors of whom none can be one of the other's, in another spelling or order."""
    if not _are_comparable(one, other):
        return False
    return all(fuzz.token_sort_ratio(name, rival) < _UNLIKE for name in one for rival in other)


def _are_comparable(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets have names in one script; of others it cannot be seen whether they are the same people."""
    return not {_is_latin(name) for name in one}.isdisjoint({_is_latin(name) for name in other})


def _is_latin(name: str) -> bool:
    return any(character.isalpha() and character < _NOT_LATIN for character in name)


def _next_year(block: list[Cluster]) -> None:
    years: dict[int, list[Cluster]] = defaultdict(list)
    for one in block:
        for year in one.years:
            years[year].append(one)
    for year in sorted(years):
        for one in years[year]:
            for other in years.get(year + 1, ()):
                _join_neighbours(root(one), root(other))


def _join_neighbours(one: Cluster, other: Cluster) -> None:
    if one is other or _rivals(one, other) or one.people.isdisjoint(other.people):
        return
    years = one.years | other.years
    if max(years) - min(years) <= 1 and not _strangers(one, other):
        join(one, other)


def _strangers(one: Cluster, other: Cluster) -> bool:
    """Whether two casts are long enough to be compared and have nobody in common."""
    telling = min(len(one.cast), len(other.cast)) >= _TELLING_CAST and one.cast.isdisjoint(other.cast)
    return telling and _are_comparable(one.cast, other.cast)


def _same_document(block: list[Cluster]) -> None:
    dated: dict[str, list[Cluster]] = defaultdict(list)
    undated = [one for one in block if not one.years]
    if not undated:
        return
    for one in block:
        if one.years:
            for doc in {mention.doc for mention in one.members}:
                dated[doc].append(one)
    for one in undated:
        docs = {mention.doc for mention in one.members}
        there = roots(other for doc in docs for other in dated.get(doc, ()))
        if len(there) == 1 and not conflict(one.ids, there[0].ids):
            join(there[0], one)


def _no_year(block: list[Cluster]) -> None:
    dated = [one for one in block if one.years]
    for one in block:
        if one.years or not one.people:
            continue
        shared = [(len(one.people & other.people), other) for other in dated if not conflict(one.ids, other.ids)]
        most = max((count for count, _ in shared), default=0)
        best = roots(other for count, other in shared if count == most)
        if most and len(best) == 1:
            join(best[0], one)
    rest = [one for one in roots(block) if not one.years and one.people]
    placed: list[Cluster] = []
    for one in sorted(rest, key=_rank):
        fitting = [other for other in placed if not conflict(one.ids, other.ids) and one.people & other.people]
        if fitting:
            join(fitting[0], one)
        else:
            placed.append(one)


def homonyms(films: Iterable[Cluster]) -> list[Homonym]:
    """Return the titles that several films of one year bear, once the films have their names."""
    first: dict[tuple[str, int | None], Cluster] = {}
    groups: dict[tuple[str, int | None], list[Cluster]] = {}
    for one in films:
        key = title_key(one.label), one.year
        before = first.setdefault(key, one)
        if before is not one:
            groups.setdefault(key, [before]).append(one)
    return [Homonym(title, tuple(group), _reason(group)) for (title, _), group in groups.items()]


def _reason(group: list[Cluster]) -> str:
    if any(conflict(one.ids, other.ids) for one in group for other in group):
        return "different identifiers"
    return "no year" if group[0].year is None else "nobody in common"
