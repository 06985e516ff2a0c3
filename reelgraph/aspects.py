"""What of a film has one value, although sources may give several: year, running time, money, releases, ratings.

Each aspect is a pattern of the source graphs. Only facts that are actual count, and like is compared with like: the
running time of the released film, a gross of one territory, the release of one kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from sys import intern

from pyoxigraph import Literal, NamedNode, Store

from reelgraph import ontology
from reelgraph.patterns import Nodes, Pattern, Row, asked

_TERMS = (NamedNode, Literal)
_WORLDWIDE = "worldwide"
#: Measures of which a film has one amount per territory.
_MEASURES = frozenset(("budget", "gross", "admissions"))
#: Kinds of release that happen once per territory; the world premiere happens once.
_RELEASES = frozenset(("world premiere", "limited", "wide", "theatrical"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a source gives: the node that says so, `scope` what it holds for (a territory, empty if unsaid).

    `number` is the value where it is one, `text` as it is shown; `qualifier` such as `over` makes it inexact.
    """

    film: str
    aspect: str
    scope: str
    node: str
    source: str
    text: str
    number: Decimal | None = None
    qualifier: str = ""

    def label(self) -> str:
        """Return what the value is of, for people: `gross (worldwide)`."""
        return f"{self.aspect} ({self.scope})" if self.scope else self.aspect


def stated(store: Store) -> Iterator[tuple[int, Stated]]:
    """Yield every value that a source graph gives for an aspect of a film, each with the number of its kind.

    Of years the claims that cite them are left out.
    """
    for kind, (pattern, read) in enumerate(_ASPECTS):
        for row in asked(store, pattern.sparql()):
            found = read(row)
            if found is not None:
                yield kind, found


def stated_in(nodes: Nodes, source: str) -> Iterator[tuple[int, Stated]]:
    """Yield the same of what is told of some nodes of a source's graph, each with the number of its kind."""
    for film, properties in nodes.items():
        for kind in (_FIRST[name] for name in properties if name in _FIRST):
            pattern, read = _ASPECTS[kind]
            for row in pattern.rows(source, film, properties, nodes):
                found = read(row)
                if found is not None:
                    yield kind, found


def years(store: Store, film: str) -> Iterator[Stated]:
    """Yield the claims of source graphs that a film is of some year."""
    return (_plain("year", row) for row in asked(store, _YEARS.format(film=NamedNode(film))))


def _text(row: Row, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, _TERMS) else ""


@lru_cache(maxsize=1 << 12)
def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None


def _made(row: Row, aspect: str, text: str, scope: str = "", *, number: bool = True) -> Stated:
    """Return what a row says; of texts that are the same in many rows there is one object."""
    film, source, text = intern(_text(row, "film")), intern(_text(row, "source")), intern(text)
    value = _decimal(_text(row, "value")) if number else None
    return Stated(film, aspect, scope, _text(row, "node"), source, text, value, _text(row, "qualifier").casefold())


def _plain(aspect: str, row: Row) -> Stated:
    return _made(row, aspect, _text(row, "value"))


def _runtime(row: Row) -> Stated | None:
    if _text(row, "detail").casefold() not in ("", "theatrical", "theatrical cut", "theatrical version"):
        return None
    return _made(row, "running time", _text(row, "value"))


def _territory(iri: str) -> str:
    concept = ontology.concepts("territories").by_iri(iri)
    return concept.label if concept is not None else iri.rpartition("/")[2]


def _money(row: Row) -> Stated | None:
    measure = ontology.concepts("measures").by_iri(_text(row, "detail"))
    if measure is None or measure.notation not in _MEASURES:
        return None
    amount, currency = (_text(row, name) for name in ("value", "more"))
    aspect = measure.label if not currency or currency == "USD" else f"{measure.label} in {currency}"
    scope = "" if measure.notation == "budget" else _territory(_text(row, "scope"))
    return _made(row, aspect, f"{amount} {currency}".strip(), scope)


def _release(row: Row) -> Stated | None:
    kind = _text(row, "detail")
    if kind not in _RELEASES or "/" in _text(row, "value"):
        return None
    scope = "" if kind == "world premiere" else _territory(_text(row, "scope"))
    aspect = "date of the world premiere" if kind == "world premiere" else f"{kind} release date"
    return _made(row, aspect, _text(row, "value"), scope, number=False)


def _classification(row: Row) -> Stated:
    return _made(row, f"rating by {_text(row, 'detail')}", _text(row, "value"), number=False)


def _rating(row: Row) -> Stated:
    site, metric, best = (_text(row, name) for name in ("detail", "scope", "more"))
    text = _text(row, "value")
    if text.endswith("%"):
        text, best = text[:-1], "100"
    return _made(row, f"{metric or 'rating'} of {site}" + (f" out of {best}" if best else ""), text)


def _award_count(row: Row) -> Stated:
    ceremony, outcome, year = (_text(row, name) for name in ("detail", "scope", "more"))
    aspect = f"{ceremony} {outcome}".strip() + (f" {year}" if year else "")
    return _made(row, f"number of awards: {aspect}", _text(row, "value"))


_Read = Callable[[Row], Stated | None]
_YEARS = (
    "VALUES ?film {{ {film} }} ?node rdf:subject ?film ; rdf:predicate film:year ;"
    " rdf:object ?value ; film:status ?status"
)
_ASPECTS: tuple[tuple[Pattern, _Read], ...] = (
    (Pattern("", "film:year", of_class="schema:Movie"), partial(_plain, "year")),
    (
        Pattern("film:runningTime", "film:minutes", {}, {"detail": "film:version", "qualifier": "film:qualifier"}),
        _runtime,
    ),
    (
        Pattern(
            "film:figure",
            "schema:value",
            {"detail": "schema:variableMeasured"},
            {"more": "schema:currency", "scope": "film:territory", "qualifier": "film:qualifier"},
            ("film:period", "schema:maxValue"),
        ),
        _money,
    ),
    (
        Pattern(
            "schema:releasedEvent", "schema:startDate", {"detail": "film:releaseType"}, {"scope": "film:territory"}
        ),
        _release,
    ),
    (Pattern("schema:contentRating", "schema:ratingValue", {"detail": "film:board"}), _classification),
    (
        Pattern(
            "schema:aggregateRating",
            "schema:ratingValue",
            {"detail": "schema:author/schema:name"},
            {"scope": "schema:reviewAspect", "more": "schema:bestRating"},
        ),
        _rating,
    ),
    (
        Pattern(
            "film:awardCount",
            "schema:value",
            {},
            {"detail": "film:ceremony/schema:name", "scope": "film:outcome", "more": "film:awardYear"},
        ),
        _award_count,
    ),
)
#: How many kinds there are.
KINDS = len(_ASPECTS)
#: Kinds of aspects by the property with which what a film has of them begins.
_FIRST = {pattern.first: kind for kind, (pattern, _) in enumerate(_ASPECTS)}


def scoped(values: list[Stated]) -> Mapping[tuple[str, str], list[Stated]]:
    """Group the values of one film by aspect and scope; a value without scope joins the scope it can only mean.

    An unqualified gross is the worldwide one unless it equals that of another territory; elsewhere a value without
    territory joins the only territory there is.
    """
    groups: dict[tuple[str, str], list[Stated]] = {}
    for value in values:
        groups.setdefault((value.aspect, value.scope), []).append(value)
    for aspect in sorted({value.aspect for value in values if value.scope}):
        unsaid = groups.pop((aspect, ""), None)
        for value in unsaid or ():
            groups.setdefault((aspect, _meant(value, groups)), []).append(value)
    return groups


def _meant(value: Stated, groups: Mapping[tuple[str, str], list[Stated]]) -> str:
    others = {scope: found for (aspect, scope), found in groups.items() if aspect == value.aspect and scope}
    equal = sorted(scope for scope, found in others.items() if any(agree(value, other) for other in found))
    if equal:
        return equal[0]
    if _WORLDWIDE in others:
        return _WORLDWIDE
    return next(iter(others)) if len(others) == 1 else ""


_MORE = ("over", "more than", "at least", "above", "exceeding", "in excess of", "upwards of")
_LESS = ("less than", "under", "nearly", "almost", "just under", "below", "close to", "up to", "at most")


def is_exact(value: Stated) -> bool:
    """Whether a value is neither qualified nor rounded to thousands or more, nor a date without its day."""
    if value.number is None:
        return len(value.text) != 4 and len(value.text) != 7
    return not value.qualifier and _unit(value.number) < 1000


def _unit(number: Decimal) -> Decimal:
    """Return the place value of the last digit that is not 0: of 48,300,000 that is 100,000."""
    _, digits, exponent = number.normalize().as_tuple()
    return Decimal(1).scaleb(exponent) if digits and isinstance(exponent, int) else Decimal(1)


def agree(one: Stated, other: Stated) -> bool:
    """Whether two values can both be right: equal, or one the other with less precision."""
    if one.number is None or other.number is None:
        short, long = sorted((one.text.casefold(), other.text.casefold()), key=len)
        return long == short or (short[:4].isdecimal() and long.startswith(f"{short}-"))
    return one.number == other.number or _covers(one, other.number) or _covers(other, one.number)


def _covers(value: Stated, number: Decimal) -> bool:
    rounded = value.number
    if rounded is None or not rounded:
        return False
    if value.qualifier in _MORE:
        return rounded <= number <= rounded * Decimal("1.1")
    if value.qualifier in _LESS:
        return rounded * Decimal("0.9") <= number <= rounded
    if rounded < 10_000 and not value.qualifier:
        return False
    unit, tenth = _unit(rounded), rounded / 10
    return (bool(value.qualifier) or unit <= tenth) and abs(number - rounded) <= min(unit / 2, tenth)


def contradicting(group: list[Stated]) -> list[Stated]:
    """Return the values of one aspect and scope that another one contradicts.

    Two sources contradict each other when they have no value in common. A source with several values speaks of several
    things, such as releases in several countries: of these, and within one source, only numbers that are nearly the
    same contradict each other.
    """
    if len({value.text for value in group}) == 1:
        return []
    by_source: dict[str, list[Stated]] = {}
    for value in group:
        by_source.setdefault(value.source, []).append(value)
    sources = list(by_source.values())
    found: dict[int, Stated] = {}
    for number, mine in enumerate(sources):
        pairs = [(one, other) for one in mine for other in mine if _is_near(one, other)]
        for theirs in sources[number + 1 :]:
            if not any(agree(one, other) for one in mine for other in theirs):
                several = _differs(mine) or _differs(theirs)
                pairs += [(one, other) for one in mine for other in theirs if not several or _is_near(one, other)]
        for one, other in pairs:
            found[id(one)], found[id(other)] = one, other
    return [value for value in group if id(value) in found]


def _differs(values: list[Stated]) -> bool:
    return any(not agree(values[0], other) for other in values)


def _is_near(one: Stated, other: Stated) -> bool:
    if one.number is None or other.number is None or agree(one, other):
        return False
    return abs(one.number - other.number) <= max(one.number, other.number) / 10
