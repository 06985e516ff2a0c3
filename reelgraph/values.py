"""Values of facts as RDF terms: one converter for each range that `ontology/facts.toml` can name."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from reelgraph import iris, ontology
from reelgraph.errors import MappingError
from reelgraph.model import REF_KINDS, Ref, Value

Term = NamedNode | Literal
#: Gives the node of an entity, and describes the entity in the graph that is being written.
Thing = Callable[[Ref], NamedNode]
#: Turns a value into a term; None when the value has no term in this range (an unknown word, a broken address).
Converter = Callable[[Value, Thing], Term | None]

_XSD = {
    name: ontology.XSD[name]
    for name in ("integer", "decimal", "boolean", "date", "dateTime", "gYear", "gYearMonth", "duration")
}
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
#: Kinds of entities each entity range takes.
ENTITY_RANGES = {kind: frozenset((kind,)) for kind in REF_KINDS} | {
    "agent": frozenset(("person", "organization")),
    "work": frozenset(("work", "film")),
    "topic": frozenset(REF_KINDS),
}


@lru_cache(maxsize=1 << 16)
def named(iri: str) -> NamedNode:
    """Return the node of an IRI; nodes are shared because few IRIs make up most quads.

    Evidence and nodes of facts, each of which is met once, are made without it: they would only push out the others.
    """
    return NamedNode(iri)


@lru_cache(maxsize=1 << 14)
def moment(text: str) -> Literal:
    """Return a date of the precision the text has; a range (`2000/2004`) or any other wording stays a plain string."""
    if _YEAR.fullmatch(text):
        return Literal(text, datatype=_XSD["gYear"])
    if _MONTH.fullmatch(text):
        return Literal(text, datatype=_XSD["gYearMonth"])
    if _DAY.fullmatch(text) and _is_day(text):
        return Literal(text, datatype=_XSD["date"])
    if _MOMENT.fullmatch(text):
        return Literal(text, datatype=_XSD["dateTime"])
    return Literal(text)


def integer(value: int) -> Literal:
    """Return a whole number as `xsd:integer`."""
    return Literal(str(value), datatype=_XSD["integer"])


def duration(minutes: int) -> Literal:
    """Return minutes as `xsd:duration` in the form every store keeps: `PT2H6M`."""
    hours, rest = divmod(minutes, 60)
    text = (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    return Literal(f"PT{text or '0S'}", datatype=_XSD["duration"])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _string(value: Value, _thing: Thing) -> Term:
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, bool):
        return Literal("true" if value else "false")
    return Literal(value.name if isinstance(value, Ref) else str(value))


def _number(value: Value) -> Decimal:
    if isinstance(value, bool | Ref):
        raise TypeError
    try:
        return value if isinstance(value, Decimal) else Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        raise TypeError from None


def _integer(value: Value, _thing: Thing) -> Term:
    number = _number(value)
    if number != number.to_integral_value():
        raise TypeError
    return integer(int(number))


def _decimal(value: Value, _thing: Thing) -> Term:
    text = format(_number(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text, datatype=_XSD["decimal"])


def _boolean(value: Value, _thing: Thing) -> Term:
    if not isinstance(value, bool):
        raise TypeError
    return Literal("true" if value else "false", datatype=_XSD["boolean"])


def _date(value: Value, _thing: Thing) -> Term:
    return moment(value if isinstance(value, str) else str(_number(value)))


def address(iri: str | None) -> NamedNode | None:
    """Return the node of a web address from outside, None if it is no IRI."""
    try:
        return named(iri) if iri else None
    except ValueError:
        return None


def _iri(value: Value, _thing: Thing) -> Term | None:
    if not isinstance(value, str):
        raise TypeError
    return address(iris.external(value))


def _entity(kinds: frozenset[str]) -> Converter:
    def convert(value: Value, thing: Thing) -> Term:
        if not isinstance(value, Ref) or value.kind not in kinds:
            raise TypeError
        return thing(value)

    return convert


def _concept(scheme: str) -> Converter:
    def convert(value: Value, _thing: Thing) -> Term | None:
        if not isinstance(value, str):
            raise TypeError
        iri = concept(scheme, value)
        return named(iri) if iri else None

    return convert


def concept(scheme: str, word: str) -> str | None:
    """Return the IRI of the concept of a scheme that a word names, by label, other label or notation."""
    found = ontology.concepts(scheme).get(word)
    return found.iri if found is not None else None


def place_of(value: Value) -> Ref | None:
    """Return the place a territory is when no concept stands for it."""
    if isinstance(value, Ref):
        return value
    if not isinstance(value, str):
        raise TypeError
    return None if concept("territories", value) else Ref("place", value)


def _territory(value: Value, thing: Thing) -> Term:
    place = place_of(value)
    word = value.name if isinstance(value, Ref) else value
    iri = concept("territories", word) if isinstance(word, str) else None
    if iri:
        return named(iri)
    if place is None or place.kind != "place":
        raise TypeError
    return thing(place)


_CONVERTERS: dict[str, Converter] = {
    "string": _string,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "iri": _iri,
    "territory": _territory,
} | {name: _entity(kinds) for name, kinds in ENTITY_RANGES.items()}


def converter(name: str) -> Converter:
    """Return the converter of a range, e.g. `decimal`, `person`, `concept:jobs`; an unknown range is an error."""
    if name.startswith("concept:"):
        return _concept(name.partition(":")[2])
    try:
        return _CONVERTERS[name]
    except KeyError:
        raise MappingError(
            f"facts.toml: unknown range {name!r}; known: {', '.join(_CONVERTERS)}, concept:SCHEME"
        ) from None
