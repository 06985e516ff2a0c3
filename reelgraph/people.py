"""Which mentions of people are one person: equal identifiers, else full name and a career without a gap of 40 years.

A name of one word is a person only within one film or document; a surname alone belongs to the one person of that
surname in the same document.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelgraph.clusters import Cluster, FilmOf, Homonym, components, conflict, join, root, roots
from reelgraph.mentions import FilmMention, Mention
from reelgraph.names import is_full_name, person_key

#: Years between two films after which a name, all by itself, means another person.
CAREER_GAP = 40
#: Years from the first film to the last that one person hardly reaches, and the gap at which such a career is cut.
LONGEST_CAREER = 80
TELLING_GAP = 25


@dataclass(frozen=True, slots=True)
class _Sight:
    """A mention of a person, the number of the film it is in context of (-1: none), and the film's year."""

    mention: Mention
    film: int
    year: int | None


def cluster(mentions: Iterable[Mention], film_of: FilmOf) -> tuple[list[Cluster], list[Homonym]]:
    """Return the people that these mentions are of, and the names several share."""
    blocks: dict[str, list[_Sight]] = defaultdict(list)
    for mention in mentions:
        film = film_of(mention)
        year = mention.year
        if film is not None and mention.career and year is None:
            year = film.year
        blocks[person_key(mention.ref.name)].append(_Sight(mention, -1 if film is None else film.index, year))
    same = components(sight.mention.ref.ids for sights in blocks.values() for sight in sights)
    identified: dict[str, Cluster] = {}
    made: list[Cluster] = []
    homonyms: list[Homonym] = []
    short: list[_Sight] = []
    for key in sorted(blocks):
        if is_full_name(key):
            found, reason = _block(blocks[key], same, identified, film_of)
            made += found
            if reason:
                homonyms.append(Homonym(key, tuple(found), reason))
        else:
            short += blocks[key]
    made += _short_names(short, made, same, identified)
    return roots([*made, *identified.values()]), homonyms


def _block(
    sights: list[_Sight], same: Mapping[str, str], identified: dict[str, Cluster], film_of: FilmOf
) -> tuple[list[Cluster], str]:
    """Return the people of one full name, and why they are several if they are."""
    years = sorted({sight.year for sight in sights if sight.year is not None})
    begins = _begins(years)
    if not begins and not any(sight.mention.ref.ids for sight in sights):
        one = Cluster("person")
        for sight in sights:
            _put(one, sight)
        return [one], ""
    sights = sorted(sights, key=lambda sight: sight.mention.order())
    made = _dated(sights, same, identified)
    made = _undated([sight for sight in sights if not _is_placed(sight)], made, film_of)
    if len(made) < 2:
        return made, ""
    gap = max((later - earlier for earlier, later in pairwise(years) if later in begins), default=0)
    return made, f"{gap} years between their films" if gap else "different identifiers"


def _begins(years: list[int]) -> set[int]:
    """Return the years (of a sorted list) in which another person's career begins."""
    found: set[int] = set()
    gap, later = max(((b - a, b) for a, b in pairwise(years)), default=(0, 0))
    limit = TELLING_GAP if years and years[-1] - years[0] > LONGEST_CAREER else CAREER_GAP
    if gap >= limit:
        middle = years.index(later)
        found = {later} | _begins(years[:middle]) | _begins(years[middle:])
    return found


def _is_placed(sight: _Sight) -> bool:
    return bool(sight.mention.ref.ids) or sight.year is not None


def _put(one: Cluster, sight: _Sight) -> None:
    one.add(sight.mention, sight.year)


def _dated(sights: list[_Sight], same: Mapping[str, str], identified: dict[str, Cluster]) -> list[Cluster]:
    """Cluster the mentions that have an identifier or a year: by identifier, then by film, then by career."""
    made: list[Cluster] = []
    by_film: dict[int, list[Cluster]] = defaultdict(list)
    for sight in sights:
        if sight.mention.ref.ids:
            one = root(identified.setdefault(same[min(sight.mention.ref.ids)], Cluster("person", len(made))))
            _put(one, sight)
            made.append(one)
            by_film[sight.film].append(one)
    for sight in sights:
        if sight.mention.ref.ids or sight.year is None:
            continue
        there = roots(by_film[sight.film]) if sight.film >= 0 else []
        one = there[0] if len(there) == 1 else Cluster("person", len(made))
        _put(one, sight)
        made.append(one)
        if not there:
            by_film[sight.film].append(one)
    return _careers(_numbered(made))


def _numbered(made: Sequence[Cluster]) -> list[Cluster]:
    found = list({id(top): top for top in map(root, made)}.values())
    for index, one in enumerate(found):
        one.index = index
    return found


def _careers(made: list[Cluster]) -> list[Cluster]:
    """Join clusters whose films are near in time; where identifiers contradict, only where there is no choice."""
    keyed = [one for one in made if one.ids]
    contradicting = any(conflict(one.ids, other.ids) for one in keyed for other in keyed)
    if contradicting:
        for one in made:
            if not one.ids:
                near = [other for other in keyed if _near(one.years, other.years)]
                if len(roots(near)) == 1:
                    join(near[0], one)
        made = roots(made)
    timeline = sorted((year, one.index, one) for one in made if not (contradicting and one.ids) for year in one.years)
    begins = _begins(sorted({year for year, _, _ in timeline}))
    for (earlier, _, one), (later, _, other) in pairwise(timeline):
        if (later == earlier or later not in begins) and not conflict(root(one).ids, root(other).ids):
            join(one, other)
    return roots(made)


def _near(one: frozenset[int], other: frozenset[int]) -> bool:
    return any(abs(year - near) < CAREER_GAP for year in one for near in other)


def _undated(sights: list[_Sight], made: list[Cluster], film_of: FilmOf) -> list[Cluster]:
    """Put mentions without a year to the person of the same film, else document, else to the only one there is."""
    if not made:
        made = [Cluster("person")]
    by_film: dict[int, set[int]] = defaultdict(set)
    by_doc: dict[str, set[int]] = defaultdict(set)
    for position, one in enumerate(made):
        for mention in one.members:
            by_doc[mention.doc].add(position)
            film = film_of(mention)
            if film is not None:
                by_film[film.index].add(position)
    left = Cluster("person", len(made))
    for sight in sights:
        there = by_film.get(sight.film, set()) or by_doc.get(sight.mention.doc, set())
        only = there if len(there) == 1 else range(1) if len(made) == 1 else ()
        _put(made[next(iter(only))] if only else left, sight)
    return [*made, left] if left.members else made


def _short_names(
    sights: list[_Sight], people: list[Cluster], same: Mapping[str, str], identified: dict[str, Cluster]
) -> list[Cluster]:
    """Cluster names of one word: by identifier, else as a surname, else within film or document."""
    surnames = _surnames(people, {(sight.mention.doc, person_key(sight.mention.ref.name)) for sight in sights})
    made: dict[tuple[object, ...], Cluster] = {}
    for sight in sorted(sights, key=lambda sight: sight.mention.order()):
        mention, key = sight.mention, person_key(sight.mention.ref.name)
        if mention.ref.ids:
            _put(root(identified.setdefault(same[min(mention.ref.ids)], Cluster("person"))), sight)
            continue
        bearers = surnames.get((mention.doc, key), ())
        there = roots(one for film, one in bearers if film is mention.film) or roots(one for _, one in bearers)
        if len(there) == 1:
            _put(there[0], sight)
        else:
            place = ("film", sight.film) if sight.film >= 0 else ("doc", mention.doc)
            _put(made.setdefault((key, *place), Cluster("person")), sight)
    return list(made.values())


def _surnames(
    people: Iterable[Cluster], wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[FilmMention | None, Cluster]]]:
    """Return who bears a surname in a document, with the film in whose context they do."""
    found: dict[tuple[str, str], list[tuple[FilmMention | None, Cluster]]] = defaultdict(list)
    names = {name for _, name in wanted}
    for one in people:
        for mention in one.members:
            surname = person_key(mention.ref.name).rpartition(" ")[2]
            if surname in names and (mention.doc, surname) in wanted:
                found[mention.doc, surname].append((mention.film, one))
    return found
