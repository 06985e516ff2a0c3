"""Rows as CSV with what a reader needs to check them: title, origin, date and address of each row's document."""

import csv
import io
from itertools import chain

from pyoxigraph import Literal, NamedNode

from reelgraph.server.results import solutions
from reelgraph.server.view import Source, View

#: What is added after the columns of the query.
COLUMNS = ("sourceTitle", "sourceAuthor", "sourceSite", "sourceDate", "sourceFile", "sourceSha256")
_NOTHING = Source("")


def evidenced(text: str, seen: View) -> str:
    """Return all rows of a query, each with the description of the document in its column `source`."""
    answer = solutions(text, seen)
    variables = [variable.value for variable in answer.variables]
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(chain(variables, COLUMNS))
    for row in answer:
        node = row["source"] if "source" in variables else None
        source = seen.source(node.value) if isinstance(node, NamedNode) else _NOTHING
        described = (source.title, source.author, source.site, source.date, source.file, source.sha256)
        rows.writerow(chain((_text(row[name]) for name in variables), described))
    return table.getvalue()


def _text(node: object) -> str:
    return "" if node is None else node.value if isinstance(node, Literal | NamedNode) else str(node)
