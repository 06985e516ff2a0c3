"""Answers the SERVICE clauses of a query before it runs, as query processes reach no network.

A SERVICE with a constant address means the same whatever surrounds it: the solutions of its pattern there, joined with
what is here. So the server fetches them and puts them into the query as VALUES, and the query runs like any other.
"""

from functools import partial
from time import monotonic

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions

from reelgraph.server import clauses, guard
from reelgraph.server.clauses import Call
from reelgraph.server.fetching import Fetcher, Sent, in_thread
from reelgraph.server.negotiate import JSON
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import QUERY_TYPE

#: SERVICE clauses a query may have; rows and bytes that each may give.
MOST_CALLS = 8
MOST_ROWS = 10_000
MOST_BYTES = 4 << 20


async def resolved(query: str, fetcher: Fetcher, seconds: float) -> str:
    """Return a query with each SERVICE clause replaced by what it gives, or raise the `HttpError` that says why not."""
    prologue, calls = clauses.services(query)
    if len(calls) > MOST_CALLS:
        raise HttpError(403, f"the query has {len(calls)} SERVICE clauses; {MOST_CALLS} are allowed")
    for call in calls:
        fetcher.check_service(call.iri)
        guard.check_calls(f"{{{call.inner}}}")
    ends = monotonic() + seconds
    contents = [await in_thread(partial(_content, prologue, call, fetcher, ends)) for call in calls]
    whole = clauses.replaced(query, calls, contents)
    guard.check_calls(whole)  # what the clauses above did not show is refused
    return whole


def _content(prologue: str, call: Call, fetcher: Fetcher, ends: float) -> str:
    body = f"{prologue}\nSELECT * WHERE {{{call.inner}}}".encode()
    sent = Sent(f"{JSON.media_type}, */*;q=0.1", body, QUERY_TYPE)
    try:
        _, data = fetcher.fetch(call.iri, sent, max(0.1, ends - monotonic()), MOST_BYTES)
        return _values(call.iri, data)
    except HttpError as error:
        if call.silent and error.status >= 500:
            return "{ }"
        raise


def _values(iri: str, data: bytes) -> str:
    results = row = None
    try:
        results = pyoxigraph.parse_query_results(data, QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise HttpError(502, f"{iri} gives no rows")
        names = [variable.value for variable in results.variables]
        rows: list[str] = []
        for row in results:
            rows.append(f"({' '.join(_term(iri, row[name]) for name in names)})")
            if len(rows) > MOST_ROWS:
                raise HttpError(502, f"{iri} gives more than the {MOST_ROWS} rows allowed; ask it for less")
    except (SyntaxError, ValueError) as error:
        raise HttpError(502, f"{iri} gives no rows in {JSON.media_type}: {error}") from None
    finally:
        results = row = None  # an error must not carry them to another thread, where they cannot be freed
    return f"{{ VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(rows)} }} }}"


def _term(iri: str, term: object) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, NamedNode | Literal):
        return str(term)
    raise HttpError(502, f"{iri} gives blank nodes, which have no meaning here; ask it for names")
