"""The page of a person, a company, a place, an award: the facts about it, and the facts of films it has a part in."""

from collections import Counter
from collections.abc import Sequence

from flask import Response, request
from pyoxigraph import Literal, NamedNode

from reelgraph.ontology import term
from reelgraph.server.identifiers import identifiers
from reelgraph.server.mentions import mentions, told
from reelgraph.server.rendering import links, page, parts
from reelgraph.server.sections import sections
from reelgraph.server.view import View

#: Facts of one kind that a page shows, and those the page of one kind shows.
_MOST, _ALL = 200, 2000
#: Kinds of facts that the head of the page shows.
_HEAD = frozenset(("title", "same-as", "image"))
_NAMES = (term("schema:name"), term("schema:alternateName"))


def thing_page(iri: str, seen: View) -> Response:
    """Return the page of a thing; with `?section=` only one section of it, longer."""
    found, documents = mentions(iri, seen, links())
    only = request.args.get("section", "")
    shown = [mention for mention in found if not only or mention.name == only]
    own = [] if only else seen.statements.about(iri)
    about = [part for part in sections(own, {}) if part.layout.kind not in _HEAD]
    return page(
        "thing.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        kind=links().kind(iri),
        name=seen.name(iri),
        names=_other_names(iri, seen),
        overview=[part for part in about if part.layout.shape == "fact"],
        parts=[part for part in about if part.layout.shape != "fact"] + told(shown, seen, _ALL if only else _MOST),
        only=only,
        documents=documents,
        identifiers=identifiers(iri, own, seen),
    )


def _other_names(iri: str, seen: View) -> Sequence[str]:
    """Return what else sources call a thing, the most frequent first."""
    counts: Counter[str] = Counter()
    for name in _NAMES:
        quads = seen.store.quads_for_pattern(NamedNode(iri), name, None)
        counts.update(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    del counts[seen.name(iri)]
    return sorted(counts, key=lambda text: (-counts[text], text))
