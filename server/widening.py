"""A query made to show everything it matched: all its variables in place of those it selects.

The pattern of a SELECT query stays as it is; what is selected, ordered and cut off goes, and so it is with queries
inside it. Each solution then has what the pattern's triples need, and a row is the solutions that agree with it. Where
a query sums up, the solutions that agree with a row are those of its group: what its sums were made from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from reelgraph.queries.lexer import Token, closing, tokens

Row = Mapping[str, NamedNode | Literal | BlankNode | Triple | None]

#: Characters a query may have to be taken apart.
LONGEST = 20_000
_AGGREGATES = frozenset(("GROUP", "HAVING", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_CUTTING = frozenset(("LIMIT", "OFFSET"))


class UnexplainedError(Exception):
    """A query whose rows cannot be explained, and why."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A query that shows everything: what comes before SELECT, its pattern, the variables it computes, and its sums."""

    prologue: str
    pattern: str
    computed: frozenset[str]
    sums: frozenset[str] = frozenset()

    def of(self, row: Row, most: int) -> str:
        """Return the query for the solutions of one row, up to so many."""
        row = {name: value for name, value in row.items() if name not in self.sums}
        given = {name: value for name, value in row.items() if isinstance(value, NamedNode | Literal)}
        joined = {name: value for name, value in given.items() if name not in self.computed}
        names, values = " ".join(f"?{name}" for name in joined), " ".join(map(str, joined.values()))
        table = f"VALUES ({names}) {{ ({values}) }}" if joined else ""
        same = [f"FILTER(sameTerm(?{name}, {value}))" for name, value in given.items() if name in self.computed]
        none = [f"FILTER(!BOUND(?{name}))" for name, value in row.items() if value is None]
        tests = " ".join((*same, *none))
        return f"{self.prologue}SELECT DISTINCT * WHERE {{ {table} {self.pattern} {tests} }} LIMIT {most}"


@lru_cache(maxsize=512)
def sums_up(text: str) -> bool:
    """Return whether a query counts or sums up, so that one of its rows stands for many matches together."""
    return _sums(tokens(text))


def can_be_explained(text: str) -> bool:
    """Return whether it can be said why the rows of a query are there."""
    return len(text) <= LONGEST and _can_be_widened(text)


@lru_cache(maxsize=512)
def _can_be_widened(text: str) -> bool:
    try:
        widened(text)
    except UnexplainedError:
        return False
    return True


def widened(text: str) -> Wide:
    """Return a query with all its variables shown; one that cannot be is an `UnexplainedError`."""
    found = tokens(text)
    start = next((place for place, token in enumerate(found) if token.keyword and token.keyword in _FORMS), None)
    if start is None or found[start].keyword != "SELECT":
        raise UnexplainedError("only a SELECT query has rows")
    select = _select(text, found, start, len(found))
    after = [token.keyword for token in found[select.close + 1 :]]
    inline = ""
    if "VALUES" in after:
        inline = text[found[select.close + 1 + after.index("VALUES")].start :]
    pattern = f"{select.pattern} {inline}"
    if select.sums & set(_names(tokens(pattern))):
        raise UnexplainedError("the query goes on to reckon with a count or a sum")
    return Wide(text[: found[start].start], pattern, select.computed, select.sums)


_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


@dataclass(frozen=True, slots=True)
class _Select:
    """A SELECT: its pattern with what it computes, those variables, its sums and those of the queries inside it.

    `selected` are all that it selects, `close` is where its group ends.
    """

    pattern: str
    computed: frozenset[str]
    sums: frozenset[str]
    selected: frozenset[str]
    is_all: bool
    close: int


def _select(text: str, found: Sequence[Token], start: int, end: int) -> _Select:
    selected: set[str] = set()
    computed: dict[str, str] = {}
    sums: set[str] = set()
    is_all = False
    place = start + 1
    while place < end and found[place].text != "{":
        token = found[place]
        if token.keyword == "FROM":
            raise UnexplainedError("the query names its own dataset with FROM")
        if token.text == "(":
            last = closing(found, place)
            name, inside = found[last - 1].text[1:], found[place + 1 : last - 1]
            if _sums(inside) or sums & set(_names(inside)):
                sums.add(name)
            else:
                computed[name] = f"BIND{text[token.start : found[last].end]}"
            place = last
        elif token.kind == "variable":
            selected.add(token.text[1:])
        is_all = is_all or token.text == "*"
        place += 1
    if place >= end:
        raise UnexplainedError("the query has no pattern")
    close = closing(found, place)
    computed = dict(_keys(text, found, close + 1, end)) | computed
    group, inner_sums = _group(text, found, place, close)
    pattern = " ".join((group, *computed.values()))
    known = frozenset(selected) | frozenset(computed) | frozenset(sums)
    return _Select(pattern, frozenset(computed), inner_sums | sums, known, is_all, close)


def _keys(text: str, found: Sequence[Token], start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the variables that GROUP BY computes, with their BIND; what it groups by without a name binds nothing."""
    place = next((at for at in range(start, end) if found[at].keyword == "GROUP"), end) + 2
    while place < end and (found[place].text == "(" or found[place].kind == "variable"):
        if found[place].text == "(":
            last = closing(found, place)
            if found[last - 2].keyword == "AS":
                yield found[last - 1].text[1:], f"BIND{text[found[place].start : found[last].end]}"
            place = last
        place += 1


def _sums(found: Sequence[Token]) -> bool:
    return any(token.keyword in _AGGREGATES for token in found)


def _group(text: str, found: Sequence[Token], first: int, last: int) -> tuple[str, frozenset[str]]:
    """Return the text of a group, with the queries inside it made to show everything, and the sums of those."""
    sums: frozenset[str] = frozenset()
    parts: list[str] = []
    position = found[first].start
    place = first + 1
    while place < last:
        if found[place].keyword == "SELECT" and found[place - 1].text == "{":
            end = closing(found, place - 1)
            inner = _select(text, found, place, end)
            _check(found, inner, place, end)
            sums |= inner.sums
            parts += [text[position : found[place].start], inner.pattern, " "]
            position = found[end].start
            place = end
        place += 1
    return "".join([*parts, text[position : found[last].end]]), sums


def _check(found: Sequence[Token], inner: _Select, start: int, end: int) -> None:
    """Refuse an inner query that means something else when all of it is shown."""
    if any(token.keyword in _CUTTING for token in found[inner.close + 1 : end]):
        raise UnexplainedError("a query inside this one takes only some of its rows")
    outside = set(_names([*found[:start], *found[end:]]))
    if not inner.is_all and any(name in outside for name in _names(found[start:end]) if name not in inner.selected):
        raise UnexplainedError("a query inside this one uses a name that means something else outside of it")


def _names(found: Sequence[Token]) -> Iterator[str]:
    return (token.text[1:] for token in found if token.kind == "variable")
