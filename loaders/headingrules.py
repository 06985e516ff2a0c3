"""How one column of a table of films is read: the rule for its facts, if its cells are what its heading says."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelgraph.loaders import headingcells, values, vocabulary
from reelgraph.loaders.headingcells import LOOKED_AT, Column, most
from reelgraph.loaders.headingwords import is_in, table
from reelgraph.loaders.mapfile import Part, Rule
from reelgraph.ontology.concepts import key


@dataclass(frozen=True, slots=True)
class Read:
    """What a column is read as, in words, and the rule for its facts, if it is not one that only tells films apart."""

    column: Column
    what: str
    rule: Rule | None = None


def read(column: Column, columns: Sequence[Column]) -> Read | None:
    """Return how a column that states facts is read, None if it is not."""
    group, role = column.meaning.group, column.meaning.role
    if group == "crew":
        return Read(column, "crew", Rule("credit", "agent", _inner(column), column.each, where=column.where))
    if group in ("jobs", "cast", "companies", "words") and role != "character":
        return _listed(column, columns)
    if group == "titles" and role.endswith("-title") and most(column.cells, headingcells.is_title):
        return Read(column, role.replace("-", " "), Rule(role, "title", {"title": _part(column)}))
    if group == "lengths" and _is_runtime(column):
        return Read(column, "running time", Rule("runtime", "minutes", {"minutes": _part(column)}))
    if group == "marks" and (found := _marks(column)):
        return Read(column, "content rating", found)
    if role == "release":
        order = headingcells.order(column)
        if order or most(column.cells, headingcells.is_date):
            return Read(column, "release date", Rule("release", "date", {"date": _part(column, order)}))
    if group == "money":
        return None if role == "gross" and _is_of_a_time(column, columns) else _money(column)
    if group == "scores" and most(column.cells, headingcells.scores(role)):
        return _score(column, columns)
    return None


def _part(column: Column, parser: str = "", split: str = "", prefix: str = "") -> Part:
    return Part(column.path, parser, split, prefix=prefix, optional=True)


def _inner(column: Column) -> dict[str, Part]:
    """Return the values of each object of a list."""
    return {name: Part(path, optional=True) for name, path in column.inner.items()}


def _listed(column: Column, columns: Sequence[Column]) -> Read | None:
    """Read people, companies and words, of which a cell may hold several."""
    sign, group, role = headingcells.separator(column), column.meaning.group, column.meaning.role
    if sign is None:
        return None
    found = [part for cell in column.cells[:LOOKED_AT] for part in headingcells.parts(cell, sign)]
    found = [part for part in found if not headingcells.is_code(part)]
    check = headingcells.is_words if group == "words" else headingcells.is_name
    if not most(found, check) or (group == "jobs" and any(map(headingcells.is_technical, found))):
        return None
    part = _part(column, split=sign)
    if group == "words":
        return Read(column, role, Rule(role, role, {role: part}))
    if group == "jobs":
        return Read(column, role, Rule("credit", "agent", {"agent": part, "role": Part(constant=role)}))
    if group == "companies":
        return Read(
            column,
            role,
            Rule("company", "company", {"company": _part(column, "name", sign), "role": Part(constant=role)}),
        )
    if column.each:
        return Read(column, "cast", Rule("cast", "person", _inner(column), column.each, where=column.where))
    characters = [one for one in columns if one.meaning.role == "character" and most(one.cells, headingcells.is_name)]
    alone = sign == "" and not column.several and len(characters) == 1
    fields = {"person": part} | ({"character": _part(characters[0])} if alone else {})
    return Read(column, "cast", Rule("cast", "person", fields))


def _is_runtime(column: Column) -> bool:
    units = table()["brackets"]["minutes"]
    return (not column.meaning.bracket or column.meaning.bracket.lower() in units) and most(
        column.cells, headingcells.is_length
    )


def _marks(column: Column) -> Rule | None:
    """Read classifications; a column that is only called "rating" and has numbers may be anything."""
    if column.meaning.role == "fsk" and most(column.cells, values.fsk):
        fields = {"rating": _part(column, "fsk"), "system": Part(constant="FSK")}
        return Rule("content-rating", "rating", fields)
    if most(column.cells, headingcells.is_mark) and any(not cell.isdigit() for cell in column.cells):
        return Rule("content-rating", "rating", {"rating": _part(column)})
    return None


def _is_of_a_time(column: Column, columns: Sequence[Column]) -> bool:
    """Whether the takings in a column are those of a week, or of a year beside those of all time."""
    total = any(is_in(one.heading, "charts", "totals") for one in columns)
    return any(is_in(one.heading, "charts", "headings") for one in columns) or (
        total and key(column.heading) == column.meaning.role
    )


def _money(column: Column) -> Read | None:
    """Read amounts, if the cells or the heading name a currency."""
    known = vocabulary.table("values")["currencies"]
    bracket = column.meaning.bracket
    currency = known.get(bracket, "")
    if (
        column.meaning.role == "gross"
        and bracket
        and not currency
        and bracket.lower() not in table()["brackets"]["world"]
    ):
        return None
    prefix = "" if most(column.cells, lambda cell: values.money(cell)) else f"{currency} " if currency else None
    if prefix is None or not most(column.cells, lambda cell: values.money(prefix + cell)):
        return None
    role = column.meaning.role
    fields = {"amount": _part(column, "money", prefix=prefix), "measure": Part(constant=role)}
    return Read(column, f"{role} in {currency}" if prefix else role, Rule("money", "amount", fields))


def _score(column: Column, columns: Sequence[Column]) -> Read:
    """Read the score of a site, with the number of votes if there is a column of it."""
    score = table()["scores"][column.meaning.role]
    fields = {"value": _part(column), "site": Part(constant=score["site"]), "best": Part(constant=score["best"])}
    counts = [one for one in columns if (one.meaning.group, one.meaning.role) == ("counts", column.meaning.role)]
    counts = [one for one in counts if most(one.cells, lambda cell: values.integer(cell) is not None)]
    fields |= {"count": _part(counts[0])} if counts else {}
    return Read(column, f"score of {score['site']} out of {score['best']}", Rule("rating", "value", fields))
