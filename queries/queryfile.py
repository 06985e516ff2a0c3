"""One query file: read, parsed and strictly checked, whatever is wrong named with its line."""

import re
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Store

from reelgraph.errors import QueryError
from reelgraph.queries import header
from reelgraph.queries.declarations import FORMS, case, columns, drawn, parameters
from reelgraph.queries.header import fault
from reelgraph.queries.lexer import Token, last_group_end, tokens
from reelgraph.queries.query import DEFAULT_BASE, Query

#: How a result may be shown.
VIEWS = ("table", "bar", "line", "timeline", "graph", "scatter")
_KEYS = ("summary", "description", "tags", "params", "columns", "view", "draw", "ask", "limit", "tests")
#: Words that are no part of a query on the local graph: other endpoints and graphs, updates, moved IRIs.
_REFUSED = frozenset((
    "SERVICE", "FROM", "DESCRIBE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
    "USING", "BASE",
))  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def read(path: Path, base: str = DEFAULT_BASE) -> Query:
    """Return the query of one file."""
    if not _NAME.fullmatch(path.stem):
        raise fault(path, 1, "the file's name must be small letters, digits and hyphens")
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise fault(path, 1, f"cannot be read as UTF-8: {error}") from None
    yaml_text, body = header.split(text, path)
    block = header.parse(yaml_text, path)
    block.allow(_KEYS)
    found = tokens(body)
    form = _form(found, path)
    headings = columns(block, _answer_columns(body, form, path), form)
    view = block.text("view", "table")
    if view not in VIEWS:
        raise block.error(f"view must be one of {', '.join(VIEWS)}", "view")
    return Query(
        name=path.stem,
        title=block.text("summary"),
        description=block.text("description"),
        text=rebase(text, base),
        body=rebase(body, base).lstrip("\n"),
        form=form,
        path=path,
        params=parameters(block, body, found, base),
        columns=headings,
        tags=block.texts("tags"),
        view=view,
        draw=drawn(block, headings),
        ask=block.texts("ask"),
        limit=block.number("limit") or 100,
        tests=tuple(case(test, base, headings or {}) for test in block.blocks("tests")),
    )


def rebase(text: str, base: str) -> str:
    """Return the query with the IRIs under the default base moved to another one."""
    if base == DEFAULT_BASE:
        return text
    parts: list[str] = []
    position = 0
    for token in tokens(text):
        if token.kind == "iri" and token.text.startswith(f"<{DEFAULT_BASE}"):
            moved = NamedNode(base + token.text[1 + len(DEFAULT_BASE) : -1])
            parts += [text[position : token.start], str(moved)]
            position = token.end
    return "".join([*parts, text[position:]])


def _form(found: Sequence[Token], path: Path) -> str:
    form = ""
    for token in found:
        if token.keyword in _REFUSED:
            raise fault(path, token.line, f"{token.keyword} is not allowed in a canned query")
        if not form and token.keyword and token.keyword != "PREFIX":
            form = token.keyword
            if form not in FORMS:
                raise fault(path, token.line, f"a canned query must be one of {', '.join(FORMS)}")
    if not form:
        raise fault(path, 1, "there is no query after the header")
    modifiers = [token.keyword for token in found[last_group_end(found) :]]
    if form == "SELECT" and "ORDER" not in modifiers:
        raise fault(path, found[-1].line, "no ORDER BY: the order of rows must be fixed, ending in a key")
    return form


def _syntax_error(body: str, path: Path, message: str) -> QueryError:
    """Return an error with the place that the parser names; what it expected there is far too long to print."""
    place = re.search(r"(\d+):(\d+)", message)
    if not place:
        return fault(path, 1, f"not SPARQL: {message}")
    line, column = int(place[1]), int(place[2])
    return fault(path, line, f"not SPARQL at column {column}: {body.splitlines()[line - 1].strip()[:100]}")


def _answer_columns(body: str, form: str, path: Path) -> tuple[str, ...]:
    """Return the columns that the query selects, by parsing it and asking an empty store."""
    try:
        answer = Store().query(body)
    except SyntaxError as error:
        raise _syntax_error(body, path, str(error)) from None
    if form == "SELECT" and isinstance(answer, QuerySolutions):
        return tuple(variable.value for variable in answer.variables)
    return ()
