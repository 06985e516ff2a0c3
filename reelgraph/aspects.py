"""What of a film has one value, although sources may give several: year, running time, money, releases, ratings.

Each aspect is a query over the source graphs. Only facts that are actual count, and like is compared with like: the
running time of the released film, a gross of one territory, the release of one kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from sys import intern

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from reelgraph import ontology

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in ontology.PREFIXES.items())
_FROM = (
    "SELECT ?source ?film ?node ?value ?scope ?detail ?more ?qualifier WHERE {{ GRAPH ?source {{ {} }}"
    " FILTER(!BOUND(?status) || ?status = film:Actual) }}"
)
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


def stated(store: Store) -> Iterator[Iterator[Stated]]:
    """Yield, for one kind of aspects after the other, every value that a source graph gives for one of a film.

    Of years the claims that cite them are left out.
    """
    return (_asked(store, pattern, read) for pattern, read in _QUERIES)


def years(store: Store, film: str) -> Iterator[Stated]:
    """Yield the claims of source graphs that a film is of some year."""
    yield from _asked(store, _YEARS.format(film=NamedNode(film)), partial(_plain, "year"))


def _asked(store: Store, pattern: str, read: "_Read") -> Iterator[Stated]:
    answer = store.query(_PREFIXES + _FROM.format(pattern), use_default_graph_as_union=False)
    if isinstance(answer, QuerySolutions):
        for row in answer:
            found = read(row)
            if found is not None:
                yield found


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, _TERMS) else ""


@lru_cache(maxsize=1 << 12)
def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None


def _made(row: QuerySolution, aspect: str, text: str, scope: str = "", *, number: bool = True) -> Stated:
    """Return what a row says; of texts that are the same in many rows there is one object."""
    film, source, text = intern(_text(row, "film")), intern(_text(row, "source")), intern(text)
    value = _decimal(_text(row, "value")) if number else None
    return Stated(film, aspect, scope, _text(row, "node"), source, text, value, _text(row, "qualifier").casefold())


def _plain(aspect: str, row: QuerySolution) -> Stated:
    return _made(row, aspect, _text(row, "value"))


def _runtime(row: QuerySolution) -> Stated | None:
    if _text(row, "detail").casefold() not in ("", "theatrical", "theatrical cut", "theatrical version"):
        return None
    return _made(row, "running time", _text(row, "value"))


def _territory(iri: str) -> str:
    concept = ontology.concepts("territories").by_iri(iri)
    return concept.label if concept is not None else iri.rpartition("/")[2]


def _money(row: QuerySolution) -> Stated | None:
    measure = ontology.concepts("measures").by_iri(_text(row, "detail"))
    if measure is None or measure.notation not in _MEASURES:
        return None
    amount, currency = (_text(row, name) for name in ("value", "more"))
    aspect = measure.label if not currency or currency == "USD" else f"{measure.label} in {currency}"
    scope = "" if measure.notation == "budget" else _territory(_text(row, "scope"))
    return _made(row, aspect, f"{amount} {currency}".strip(), scope)


def _release(row: QuerySolution) -> Stated | None:
    kind = _text(row, "detail")
    if kind not in _RELEASES or "/" in _text(row, "value"):
        return None
    scope = "" if kind == "world premiere" else _territory(_text(row, "scope"))
    aspect = "date of the world premiere" if kind == "world premiere" else f"{kind} release date"
    return _made(row, aspect, _text(row, "value"), scope, number=False)


def _classification(row: QuerySolution) -> Stated:
    return _made(row, f"rating by {_text(row, 'detail')}", _text(row, "value"), number=False)


def _rating(row: QuerySolution) -> Stated:
    site, metric, best = (_text(row, name) for name in ("detail", "scope", "more"))
    text = _text(row, "value")
    if text.endswith("%"):
        text, best = text[:-1], "100"
    return _made(row, f"{metric or 'rating'} of {site}" + (f" out of {best}" if best else ""), text)


def _award_count(row: QuerySolution) -> Stated:
    ceremony, outcome, year = (_text(row, name) for name in ("detail", "scope", "more"))
    aspect = f"{ceremony} {outcome}".strip() + (f" {year}" if year else "")
    return _made(row, f"number of awards: {aspect}", _text(row, "value"))


_Read = Callable[[QuerySolution], Stated | None]
_YEARS = (
    "VALUES ?film {{ {film} }} "
    "?node rdf:subject ?film ; rdf:predicate film:year ; rdf:object ?value ; film:status ?status"
)
_QUERIES: tuple[tuple[str, _Read], ...] = (
    (
        "?film film:year ?value . ?film a schema:Movie",
        partial(_plain, "year"),
    ),
    (
        "?film film:runningTime ?node . ?node film:minutes ?value ; film:status ?status ."
        " OPTIONAL { ?node film:version ?detail } OPTIONAL { ?node film:qualifier ?qualifier }",
        _runtime,
    ),
    (
        "?film film:figure ?node . ?node schema:value ?value ; schema:variableMeasured ?detail ;"
        " film:status ?status . OPTIONAL { ?node schema:currency ?more } OPTIONAL { ?node film:territory ?scope }"
        " OPTIONAL { ?node film:qualifier ?qualifier } FILTER NOT EXISTS { ?node film:period ?period }"
        " FILTER NOT EXISTS { ?node schema:maxValue ?most }",
        _money,
    ),
    (
        "?film schema:releasedEvent ?node . ?node schema:startDate ?value ; film:releaseType ?detail ;"
        " film:status ?status . OPTIONAL { ?node film:territory ?scope }",
        _release,
    ),
    (
        "?film schema:contentRating ?node . ?node schema:ratingValue ?value ; film:board ?detail ; film:status ?status",
        _classification,
    ),
    (
        "?film schema:aggregateRating ?node . ?node schema:ratingValue ?value ; schema:author/schema:name ?detail ;"
        " film:status ?status . OPTIONAL { ?node schema:reviewAspect ?scope }"
        " OPTIONAL { ?node schema:bestRating ?more }",
        _rating,
    ),
    (
        "?film film:awardCount ?node . ?node schema:value ?value ; film:status ?status ."
        " OPTIONAL { ?node film:ceremony/schema:name ?detail } OPTIONAL { ?node film:outcome ?scope }"
        " OPTIONAL { ?node film:awardYear ?more }",
        _award_count,
    ),
)


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
