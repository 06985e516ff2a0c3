"""Things that are no longer in the graph: what has become another leads there, what is gone says so and since when."""

from collections.abc import Callable

from flask import Response, redirect
from pyoxigraph import NamedNode

from reelgraph import excerpts
from reelgraph.server.problem import HttpError
from reelgraph.server.search import nearest
from reelgraph.server.view import View


def elsewhere(iri: str, seen: View, address: Callable[[str], str]) -> tuple[str, Response]:
    """Return what a thing has become and the answer that leads there; raise 410 if it is gone, 404 if it never was."""
    departed = seen.lookup.departed(iri)
    now = departed.heir if departed is not None else ""
    if now and next(seen.store.quads_for_pattern(NamedNode(now), None, None, None), None) is not None:
        return now, redirect(address(now), 301)  # type: ignore[return-value]
    refuse(iri, seen)
    raise HttpError(404, f"the graph has nothing called {iri}", extra={"nearest": nearest(seen, iri)})


def refuse(iri: str, seen: View) -> None:
    """Raise 410 if a thing is gone."""
    departed = seen.lookup.departed(iri)
    if departed is None:
        return
    is_thing = excerpts.is_entity(iri, seen.base) and not iri.startswith(f"{seen.base}document/")
    why = "no document names it any more" if is_thing else "the document was removed, or replaced by another version"
    detail = f"{departed.name} was in the graph up to snapshot {departed.snapshot}; {why}"
    raise HttpError(410, detail, extra={"nearest": nearest(seen, iri) if is_thing else []})
