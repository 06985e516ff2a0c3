"""Why sources may differ, as far as the graph shows it: versions, premieres and releases, plans, rounding, time."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reelgraph.ontology import PROLOGUE
from reelgraph.server.view import View
from reelgraph.server.wording import date as shown

_RELEASES = (
    PROLOGUE
    + """SELECT DISTINCT ?film ?date ?kind ?status ?territory ?place WHERE {
  GRAPH ?source { ?film schema:releasedEvent ?node . ?node schema:startDate ?date ; film:status ?status .
    OPTIONAL { ?node film:releaseType ?kind } OPTIONAL { ?node film:territory ?territory }
    OPTIONAL { ?node schema:location ?place } }
} ORDER BY ?film ?date ?kind ?status ?territory ?place"""
)
_VERSIONS = (
    PROLOGUE
    + """SELECT DISTINCT ?film ?minutes ?version WHERE {
  GRAPH ?source { ?film film:runningTime ?node . ?node film:minutes ?minutes ; film:version ?version }
} ORDER BY ?film ?minutes ?version"""
)
_EARLY = frozenset(("world premiere", "premiere", "festival screening"))
_CINEMA = frozenset(("limited", "wide", "theatrical"))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: How much of a running time is left where 24 frames are shown as 25, as television in Europe did.
_PAL = Decimal(24) / 25
#: Parts of the larger number by which a rounded one may be off.
_NEAR = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Release:
    """A date at which a film came out: its kind, whether that is actual, planned or superseded, and where."""

    date: str
    kind: str
    status: str
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What may explain the differences about one film."""

    releases: tuple[Release, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


_NOTHING = Known()


def known(film: str, seen: View) -> Known:
    """Return what the graph has of a film that may explain differences."""
    return seen.kept(_read).get(film, _NOTHING)


def causes(name: str, values: tuple[str, ...], film: Known) -> tuple[str, ...]:
    """Return what may be the cause of different values of a property, in a few words each; the first is the chosen."""
    chosen, *others = values
    found: Iterator[str]
    if name == "running time":
        found = (one for other in others for one in _runtime(chosen, other, film))
    elif name == "year" or "release date" in name or "premiere" in name:
        found = (one for other in others for one in _date(chosen, other, film))
    elif " out of " in name or name.startswith("number of awards"):
        found = iter(("the number changes with time",))
    else:
        found = (one for other in others for one in _amount(chosen, other))
    return tuple(dict.fromkeys(found))


def _runtime(chosen: str, other: str, film: Known) -> Iterator[str]:
    minutes = {_number(chosen), _number(other)}
    for length, version in film.versions:
        if Decimal(length) in minutes:
            yield f"{length} min is a version: {version}"
    less, more = min(_number(chosen), _number(other)), max(_number(chosen), _number(other))
    if more - less == 1:
        yield "seconds are rounded up or down"
    elif abs(less - more * _PAL) <= Decimal("0.7"):
        yield f"{less} min is what {more} min take at 25 frames a second"


def _date(chosen: str, other: str, film: Known) -> Iterator[str]:
    planned = [one for one in (chosen, other) if _is_planned(one, film)]
    for one in planned:
        yield f"{shown(one)} was planned"
    for early, late in ((chosen, other), (other, chosen)):
        if _has(early, _EARLY, film) and _has(late, _CINEMA, film) and not _has(early, _CINEMA, film):
            yield f"{shown(early)} is the premiere, {shown(late)} the release in cinemas"
    here, there = (_territories(value, film) for value in (chosen, other))
    if here and there and not here & there:
        yield f"{shown(chosen)} is the release in {_listed(here)}, {shown(other)} in {_listed(there)}"


def _territories(value: str, film: Known) -> set[str]:
    """Return where a film came to cinemas on a date."""
    return {
        one.territory
        for one in film.releases
        if value and one.territory and one.status == "Actual" and one.kind in _CINEMA and one.date.startswith(value)
    }


def _listed(territories: set[str]) -> str:
    return " and ".join(sorted(territories))


def _is_planned(value: str, film: Known) -> bool:
    status = {one.status for one in film.releases if one.date.startswith(value)}
    return bool(status) and "Actual" not in status


def _has(value: str, kinds: frozenset[str], film: Known) -> bool:
    return any(
        one.status == "Actual" and one.kind in kinds and one.date.startswith(value) for one in film.releases if value
    )


def _amount(chosen: str, other: str) -> Iterator[str]:
    if any(word in f"{chosen} {other}".casefold() for word in ("estimat", "about", "around", "approx", "reported")):
        yield "one is an estimate"
    one, two = _number(chosen), _number(other)
    if one != two and abs(one - two) <= _NEAR * max(one, two) and max(_place(one), _place(two)) >= 100_000:
        yield "one is rounded"


def _place(number: Decimal) -> Decimal:
    """Return the place value of a number's last digit that is not 0."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _number(text: str) -> Decimal:
    found = _NUMBER.search(text)
    return Decimal(found[0]) if found else Decimal(0)


def _read(seen: View) -> Mapping[str, Known]:
    releases: dict[str, list[Release]] = defaultdict(list)
    for film, date, kind, status, territory, place in seen.rows(_RELEASES):
        where = seen.name(territory or place) if territory or place else ""
        releases[film].append(Release(date, kind, status.rpartition("#")[2], where))
    versions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for film, minutes, version in seen.rows(_VERSIONS):
        versions[film].append((minutes, version))
    return {film: Known(tuple(releases[film]), tuple(versions[film])) for film in {*releases, *versions}}
