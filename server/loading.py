"""The LOAD operations of an update: the server fetches the documents, the process that writes puts them in.

That process reaches no network, and what it makes of a document, `INSERT DATA`, is part of the same transaction.
"""

from collections.abc import Sequence
from functools import partial
from time import monotonic

import pyoxigraph
from pyoxigraph import RdfFormat

from reelgraph.errors import WriteError
from reelgraph.server import clauses
from reelgraph.server.clauses import Call
from reelgraph.server.fetching import Fetcher, Sent, in_thread
from reelgraph.server.negotiate import GRAPHS
from reelgraph.server.problem import HttpError

#: Documents that an update may load.
MOST_LOADS = 8
_ACCEPT = ", ".join(f"{form.media_type};q={1 - place / 10:.1f}" for place, form in enumerate(GRAPHS[:4]))
_PLAIN = ("", "text/plain", "application/octet-stream")
Part = tuple[str, str]


async def fetched(update: str, fetcher: Fetcher, seconds: float, most: int) -> tuple[Part, ...]:
    """Return media type and text of each document an update loads; an empty type is one that failed silently."""
    calls = clauses.loads(update)
    if len(calls) > MOST_LOADS:
        raise HttpError(403, f"the update loads {len(calls)} documents; {MOST_LOADS} are allowed")
    for call in calls:
        if call.iri.startswith(("http://", "https://")):  # the others cannot be fetched, which SILENT may hide
            fetcher.check_load(call.iri)
    ends = monotonic() + seconds
    return tuple([await in_thread(partial(_part, call, fetcher, ends, most)) for call in calls])


def _part(call: Call, fetcher: Fetcher, ends: float, most: int) -> Part:
    try:
        media_type, data = fetcher.fetch(call.iri, Sent(_ACCEPT), max(0.1, ends - monotonic()), most)
        suffix = call.iri.rpartition(".")[2]
        form = RdfFormat.from_extension(suffix) if media_type in _PLAIN else RdfFormat.from_media_type(media_type)
        if form is None:
            raise HttpError(502, f"{call.iri} is no graph but {media_type}")
        return form.media_type, data.decode()
    except UnicodeDecodeError:
        problem = HttpError(502, f"{call.iri} is not UTF-8")
    except HttpError as error:
        problem = error
    if call.silent and problem.status >= 500:
        return "", ""
    raise problem


def inserted(update: str, parts: Sequence[Part]) -> str:
    """Return the update with what was loaded in place of its LOAD operations."""
    calls = clauses.loads(update)
    return clauses.replaced(update, calls, [_insert(call, *part) for call, part in zip(calls, parts, strict=True)])


def _insert(call: Call, media_type: str, text: str) -> str:
    if not media_type:
        return "INSERT DATA { }"
    form = RdfFormat.from_media_type(media_type)
    try:
        parsed = pyoxigraph.parse(
            text, form, base_iri=call.iri, without_named_graphs=True, rename_blank_nodes=True, lenient=False
        )
        data = (pyoxigraph.serialize((quad.triple for quad in parsed), format=RdfFormat.N_TRIPLES) or b"").decode()
    except SyntaxError as error:
        if call.silent:
            return "INSERT DATA { }"
        raise WriteError(f"<{call.iri}> is malformed: {error}", "evaluation") from None
    return f"INSERT DATA {{ GRAPH {call.inner} {{\n{data}}} }}" if call.inner else f"INSERT DATA {{\n{data}}}"
