"""The catalogue: all query files of a folder, read once and ready to bind."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from reelgraph.queries.header import fault
from reelgraph.queries.query import DEFAULT_BASE, Query
from reelgraph.queries.queryfile import read

#: Where the query files of reelgraph lie.
FOLDER = Path(__file__).parent


@cache
def catalogue(base: str = DEFAULT_BASE) -> Mapping[str, Query]:
    """Return all canned queries by name, in alphabetical order, for a base of entity IRIs."""
    return load(FOLDER, base)


def load(folder: Path, base: str = DEFAULT_BASE) -> Mapping[str, Query]:
    """Return the queries of a folder by name; the first broken file is a QueryError that names file and line."""
    queries = {path.stem: read(path, base) for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem)}
    for query in queries.values():
        check_options(query, queries)
    return MappingProxyType(queries)


def check_options(query: Query, queries: Mapping[str, Query]) -> None:
    """Refuse a pick list that comes from a missing query or column."""
    for parameter in query.params:
        if (options := parameter.options) is None:
            continue
        other = queries.get(options.query)
        if other is None or other.columns is None or not {options.value, options.label} <= set(other.columns):
            wanted = f"{options.query} with columns {options.value} and {options.label}"
            raise fault(query.path, 1, f"options of {parameter.name}: there is no query {wanted}")
