"""Parameters of canned queries: what values they take, and how a value becomes an RDF term."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from reelgraph.errors import QueryError

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
#: More values than this for one parameter are refused.
MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class Options:
    """Where the pick list of a parameter comes from: a query, its column of values and the one to show."""

    query: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; `default` holds the lexical forms in the file, empty where all values are meant.

    `required` parameters always have a default, so that a query never fails for want of one. `class_iri` is the class
    of the entities an IRI may be.
    """

    name: str
    type: str
    label: str
    description: str = ""
    class_iri: str = ""
    example: str = ""
    minimum: str = ""
    maximum: str = ""
    required: bool = False
    enum: tuple[str, ...] = ()
    options: Options | None = None
    default: tuple[str, ...] = ()

    def terms(self, values: Sequence[str]) -> list[NamedNode | Literal]:
        """Return the values as RDF terms, each once; a value of the wrong form is a QueryError."""
        if len(values) > MOST_VALUES:
            raise QueryError(f"{self.name}: {len(values)} values are too many, give at most {MOST_VALUES}", self.name)
        return [self.term(value) for value in dict.fromkeys(values)]

    def term(self, value: str) -> NamedNode | Literal:
        """Return a value as an RDF term, after checking its form, its limits and the list of allowed values."""
        if self.enum and value not in self.enum:
            raise self._error(value, f"one of {', '.join(self.enum)}")
        convert, wanted = TYPES[self.type]
        try:
            term = convert(value)
        except ValueError:
            raise self._error(value, wanted) from None
        self._check_limits(value)
        return term

    def _check_limits(self, value: str) -> None:
        if self.minimum and _measure(self.type, value) < _measure(self.type, self.minimum):
            raise self._error(value, f"at least {self.minimum}")
        if self.maximum and _measure(self.type, value) > _measure(self.type, self.maximum):
            raise self._error(value, f"at most {self.maximum}")

    def _error(self, value: str, wanted: str) -> QueryError:
        return QueryError(f"{self.name}: {_shown(value)} is not valid, it must be {wanted}", self.name)


def _shown(value: str) -> str:
    return ascii(value if len(value) <= 60 else value[:57] + "...")


def _iri(value: str) -> NamedNode:
    if not _SCHEME.match(value):
        raise ValueError
    return NamedNode(value)


def _string(value: str) -> Literal:
    value.encode()
    return Literal(value)


def _integer(value: str) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError
    return Literal(value, datatype=NamedNode(_XSD + "integer"))


def _decimal(value: str) -> Literal:
    if not re.fullmatch(r"[+-]?(?=.{1,18}$)([0-9]+(\.[0-9]*)?|\.[0-9]+)", value):
        raise ValueError
    return Literal(value, datatype=NamedNode(_XSD + "decimal"))


def _boolean(value: str) -> Literal:
    if value not in ("true", "false", "1", "0"):
        raise ValueError
    return Literal(value in ("true", "1"))


def _date(value: str) -> Literal:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError
    date.fromisoformat(value)
    return Literal(value, datatype=NamedNode(_XSD + "date"))


def _year(value: str) -> Literal:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise ValueError
    return Literal(value, datatype=NamedNode(_XSD + "gYear"))


def _measure(kind: str, value: str) -> Decimal:
    """Return what a value of an ordered type compares by."""
    return Decimal(date.fromisoformat(value).toordinal()) if kind == "date" else Decimal(value)


#: Type -> how its values become terms, and what to say when they cannot.
TYPES: dict[str, tuple[Callable[[str], NamedNode | Literal], str]] = {
    "iri": (_iri, "an absolute IRI such as https://example.org/film"),
    "string": (_string, "text"),
    "integer": (_integer, "a whole number"),
    "decimal": (_decimal, "a number such as 7.5"),
    "boolean": (_boolean, "true or false"),
    "date": (_date, "a day such as 2013-12-18"),
    "gYear": (_year, "a year of four digits"),
}
#: Types whose values can have a least and a greatest one.
ORDERED = ("integer", "decimal", "date", "gYear")
