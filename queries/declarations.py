"""What the header of a query file declares: its parameters, its columns and its tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from reelgraph.errors import QueryError
from reelgraph.queries.header import Block, fault
from reelgraph.queries.lexer import Token, ValuesBlock, values_blocks
from reelgraph.queries.parameters import ORDERED, TYPES, Options, Parameter
from reelgraph.queries.query import Case

#: The kinds of queries there may be.
FORMS = ("SELECT", "ASK", "CONSTRUCT")
#: Prefixes a class may be written with although the query does not need them.
_PREFIXES = {
    "film": "https://w3id.org/reelgraph/ontology#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_KEYS = ("name", "type", "class", "label", "description", "example", "min", "max", "required", "enum", "options")
#: What a drawing takes from columns, where its own choice would be a poor one: the names and the value of each thing
#: drawn, the date it has, what it is coloured by, and what is drawn apart because it has another scale.
_DRAWN = ("label", "value", "date", "colour", "panel")


def columns(block: Block, selected: tuple[str, ...], form: str) -> Mapping[str, str] | None:
    """Return the headings of the columns, which must be those that the query selects."""
    named = block.block("columns")
    if form != "SELECT":
        if named is not None:
            raise block.error(f"columns are of SELECT queries, this is {form}", "columns")
        return None
    if named is None:
        raise block.error("columns must be given: each column of the query with its heading")
    headings = {name: named.text(name) for name in named.entries}
    if tuple(headings) != selected:
        raise block.error(f"columns are {', '.join(headings)} but the query selects {', '.join(selected)}", "columns")
    return MappingProxyType(headings)


def drawn(block: Block, known: Mapping[str, str] | None) -> Mapping[str, tuple[str, ...]]:
    """Return which columns a drawing of the result takes for what; empty where it may choose."""
    chosen = block.block("draw")
    if chosen is None:
        return MappingProxyType({})
    chosen.allow(_DRAWN)
    found = {
        part: chosen.texts(part) if isinstance(value, list) else (chosen.text(part),)
        for part, value in chosen.entries.items()
    }
    for part, names in found.items():
        for name in names:
            if name not in (known or {}):
                raise chosen.error(f"draw takes {name}, which is no column", part)
    return MappingProxyType(found)


def parameters(block: Block, body: str, found: Sequence[Token], base: str) -> tuple[Parameter, ...]:
    """Return the parameters; each needs its VALUES block, or several that hold the same default."""
    values: dict[str, list[ValuesBlock]] = {}
    for one in values_blocks(found):
        values.setdefault(one.variable, []).append(one)
    described = tuple(
        _parameter(entry, body, found, values.get(entry.text("name"), []), base) for entry in block.blocks("params")
    )
    names = [parameter.name for parameter in described]
    if len(names) != len(set(names)):
        raise block.error("a parameter is described twice", "params")
    return described


def _parameter(entry: Block, body: str, found: Sequence[Token], places: Sequence[ValuesBlock], base: str) -> Parameter:
    entry.allow(_KEYS)
    name, kind = entry.text("name"), entry.text("type", "string")
    if kind not in TYPES:
        raise entry.error(f"type of {name} must be one of {', '.join(TYPES)}", "type")
    if not places:
        raise entry.error(f"no 'VALUES ?{name} {{ … }}' in the query for the parameter {name}", "name")
    if len({" ".join(body[place.start : place.end].split()) for place in places}) > 1:
        raise fault(entry.path, places[-1].line, f"the VALUES blocks of {name} hold different defaults")
    parameter = Parameter(
        name=name,
        type=kind,
        label=entry.text("label"),
        description=entry.text("description", ""),
        class_iri=_class(entry, found),
        example=_based(entry.text("example", ""), base),
        minimum=entry.text("min", ""),
        maximum=entry.text("max", ""),
        required=entry.flag("required"),
        enum=entry.texts("enum"),
        options=_options(entry),
        default=_default(body, found, places[0], entry.path),
    )
    _check_parameter(parameter, entry)
    return parameter


def _check_parameter(parameter: Parameter, entry: Block) -> None:
    if parameter.required and not parameter.default:
        raise entry.error(f"{parameter.name} is required, so its VALUES must hold a default, not UNDEF", "required")
    if (parameter.minimum or parameter.maximum) and parameter.type not in ORDERED:
        raise entry.error(f"{parameter.name}: min and max need a type with an order", "type")
    try:
        parameter.terms([text for text in (*parameter.default, parameter.example) if text])
    except QueryError as error:
        raise entry.error(f"default or example: {error}") from None


def _options(entry: Block) -> Options | None:
    block = entry.block("options")
    if block is None:
        return None
    block.allow(("query", "value", "label"))
    value = block.text("value")
    return Options(block.text("query"), value, block.text("label", value))


def _default(body: str, found: Sequence[Token], place: ValuesBlock, path: Path) -> tuple[str, ...]:
    """Return the lexical forms of the terms in a VALUES block; UNDEF, which means all, is none."""
    answer = Store().query(f"{_prologue(body, found)} SELECT ?v {{ VALUES ?v {{ {body[place.start : place.end]} }} }}")
    if not isinstance(answer, QuerySolutions):
        raise fault(path, place.line, "the VALUES block cannot be read")
    terms = [row["v"] for row in answer]
    return tuple(term.value for term in terms if isinstance(term, NamedNode | Literal))


def _prologue(body: str, found: Sequence[Token]) -> str:
    first = next((token for token in found if token.keyword in FORMS), None)
    return body[: first.start] if first else ""


def _class(entry: Block, found: Sequence[Token]) -> str:
    """Return the IRI of the class a parameter names, with the prefixes of the query or the usual ones."""
    name = entry.text("class", "")
    prefix, colon, local = name.partition(":")
    if not colon or local.startswith("//"):
        return name
    prefixes = _PREFIXES | {
        found[index + 1].text[:-1]: found[index + 2].text[1:-1]
        for index, token in enumerate(found[:-2])
        if token.keyword == "PREFIX"
    }
    if prefix not in prefixes:
        raise entry.error(f"class {name}: the query has no prefix {prefix}", "class")
    return prefixes[prefix] + local


def _based(value: str, base: str) -> str:
    """Return a value in which `id:` stands for the base of entity IRIs."""
    return base + value.removeprefix("id:") if value.startswith("id:") else value


def case(block: Block, base: str, known: Mapping[str, str]) -> Case:
    """Return a test; in its values `id:` stands for the base of entity IRIs."""
    block.allow(("params", "rows", "contains", "lacks"))
    values = _values(block.block("params"), base)
    rows: dict[str, tuple[Mapping[str, str | None], ...]] = {}
    for key in ("contains", "lacks"):
        wanted = block.blocks(key)
        for row in wanted:
            row.allow(known)
        rows[key] = tuple(_row(row, base) for row in wanted)
    return Case(block.line, values, block.number("rows"), rows["contains"], rows["lacks"])


def _values(block: Block | None, base: str) -> Mapping[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in block.entries.items() if block else ():
        texts = value if isinstance(value, list) else [value]
        if block and not all(isinstance(text, str) for text in texts):
            raise block.error(f"{name} must be text or a list of texts", name)
        values[name] = tuple(_based(text, base) for text in texts if isinstance(text, str))
    return values


def _row(block: Block, base: str) -> Mapping[str, str | None]:
    row: dict[str, str | None] = {}
    for name, value in block.entries.items():
        if value is not None and not isinstance(value, str):
            raise block.error(f"{name} must be one value", name)
        row[name] = None if value is None else _based(value, base)
    return row
