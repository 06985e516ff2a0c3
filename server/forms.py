"""The form of a canned query: a field for each parameter, with names where the query wants IRIs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelgraph.errors import QueryError
from reelgraph.ontology import curie
from reelgraph.queries import Parameter, Query, catalogue, run
from reelgraph.server.search import index
from reelgraph.server.view import View

#: Kinds of things by the class a parameter asks for.
_KINDS = {
    "schema:Movie": "film",
    "schema:Person": "person",
    "schema:Organization": "organization",
    "schema:Place": "place",
    "film:Award": "award",
    "film:Character": "character",
    "film:Topic": "topic",
    "schema:CreativeWork": "work",
}
#: Up to so many things are a list to choose from.
_MOST_CHOICES = 400
_INPUTS = {"integer": "number", "decimal": "text", "date": "date", "gYear": "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its parameter, the value it has, the choices, what is wrong with the value, and of what it is a name.

    `kind` is empty for what is no name.
    """

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    input: str = "text"
    wrong: str = ""
    kind: str = ""


def fields(query: Query, given: Mapping[str, Sequence[str]], seen: View, error: QueryError | None) -> list[Field]:
    """Return the fields of a query's form, filled with what was given."""
    found = []
    for parameter in query.params:
        wrong = str(error) if error is not None and error.parameter == parameter.name else ""
        value = next(iter(given.get(parameter.name, ())), "")
        if not value and parameter.required and parameter.default:
            value = parameter.default[0]
        choices = _choices(parameter, seen)
        if wrong and value and value not in dict(choices):
            choices = ()
        kind = _kind(parameter) if parameter.type == "iri" and not choices else ""
        found.append(Field(parameter, value, choices, _INPUTS.get(parameter.type, "text"), wrong, kind))
    return found


def resolved(query: Query, given: Mapping[str, Sequence[str]], seen: View) -> Mapping[str, Sequence[str]]:
    """Return the values with names of things replaced by their IRIs; a name that is none is a QueryError."""
    parameters = {parameter.name: parameter for parameter in query.params}
    return {
        name: [_resolved(parameters[name], value, seen) for value in values] if name in parameters else values
        for name, values in given.items()
    }


def _resolved(parameter: Parameter, value: str, seen: View) -> str:
    if parameter.type != "iri" or not value or ":/" in value or value.startswith("urn:"):
        return value
    if "/" in value and ":" not in value and seen.has_name(f"{seen.base}{value}"):
        return f"{seen.base}{value}"
    kind = _kind(parameter)
    hits = index(seen).find(seen, value, kind, most=4)
    if hits and (hits[0].name.casefold() == value.strip().casefold() or len(hits) == 1):
        return hits[0].iri
    names = ", ".join(f"{hit.name} ({hit.year})" if hit.year else hit.name for hit in hits)
    hint = f"did you mean {names}?" if names else f"the graph has no such {kind or 'thing'}"
    raise QueryError(f"{parameter.name}: {value[:60]!r} is not the name of one thing; {hint}", parameter.name)


def _kind(parameter: Parameter) -> str:
    return _KINDS.get(curie(parameter.class_iri), "") if parameter.class_iri else ""


def _choices(parameter: Parameter, seen: View) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen from: value and label."""
    if parameter.enum:
        return tuple((one, one) for one in parameter.enum)
    if parameter.type == "boolean":
        return (("true", "yes"), ("false", "no"))
    if parameter.options is not None:
        return _options(parameter, seen)
    if parameter.type == "iri" and (kind := _kind(parameter)):
        return index(seen).choices(seen, kind, _MOST_CHOICES)
    return ()


def _options(parameter: Parameter, seen: View) -> tuple[tuple[str, str], ...]:
    options = parameter.options
    if options is None:
        return ()
    found: dict[str, str] = {}
    for row in run(seen.store, catalogue(seen.base)[options.query]):
        value, label = row[options.value], row[options.label]
        if value is not None:
            text = getattr(value, "value", str(value))
            found.setdefault(text, getattr(label, "value", text))
    return tuple(sorted(found.items(), key=lambda one: one[1].casefold()))[:_MOST_CHOICES]
