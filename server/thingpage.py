"""The page of a person, a company, a place, an award: the facts about it, and the facts of films it has a part in."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Response, request
from pyoxigraph import Literal, NamedNode

from reelgraph.ontology import term
from reelgraph.server import structured
from reelgraph.server.identifiers import identifiers
from reelgraph.server.mentions import mentions, told
from reelgraph.server.namesakes import KINDS
from reelgraph.server.paging import number, paged
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, page, parts
from reelgraph.server.sections import sections
from reelgraph.server.statements import Statement
from reelgraph.server.view import Source, View
from reelgraph.server.without import switched_off

#: Facts of one kind on a page of everything, and on a page of that kind only.
_MOST, _ALL = 100, 200
#: Kinds of facts that the head of the page shows.
_HEAD = frozenset(("title", "same-as", "image"))
_NAMES = (term("schema:name"), term("schema:alternateName"))


def thing_page(iri: str, seen: View) -> Response:
    """Return the page of a thing; with `?section=` only one section of it, page by page."""
    off = switched_off()
    found = mentions(iri, seen, links(), off)
    only = request.args.get("section", "")
    shown = [mention for mention in found.found if mention.name == only] if only else found.found
    if only and not shown:
        known = ", ".join(mention.name for mention in found.found)
        raise HttpError(404, f"there is no section {only} of {iri}; there are {known or 'none'}")
    everything = [] if only else seen.statements.about(iri)
    own = off.left(everything)
    said = [one for one in everything if one.kind not in _HEAD]
    about = sections(off.left(said), {})
    told_of = told(shown, seen, _ALL, (number() - 1) * _ALL) if only else told(shown, seen, _MOST)
    elsewhere, names = identifiers(iri, own, seen), _other_names(iri, seen)
    sources = _sources(off.left(said), found.sources, found.documents, seen)
    return page(
        "thing.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        kind=links().kind(iri),
        name=seen.name(iri),
        is_named=seen.has_name(iri) or bool(names),
        names=names,
        overview=[part for part in about if part.layout.shape == "fact"],
        parts=[part for part in about if part.layout.shape != "fact"] + told_of,
        only=only,
        paged=paged(sum(len(mention.nodes) for mention in shown), _ALL) if only else None,
        statements=sum(count for _, count in sources),
        sources=sources,
        without=off,
        fallen=found.fallen + len(said) - len(off.left(said)),
        identifiers=elsewhere,
        splittable=KINDS,
        linked_data=structured.thing(iri, links().kind(iri), seen.name(iri), names, elsewhere),
    )


def _sources(
    own: Sequence[Statement], mentioned: Mapping[str, int], documents: Sequence[Source], seen: View
) -> list[tuple[Source, int]]:
    """Return the documents that say something of a thing or are about it, with the number of facts of each."""
    counts: Counter[str] = Counter({source.iri: 0 for source in documents})
    counts.update(mentioned)
    counts.update(statement.source for statement in own if statement.source)
    found = [(seen.source(source), count) for source, count in counts.items()]
    return sorted(found, key=lambda one: (-one[1], one[0].name, one[0].iri))


def _other_names(iri: str, seen: View) -> Sequence[str]:
    """Return what else sources call a thing, the most frequent first."""
    counts: Counter[str] = Counter()
    for name in _NAMES:
        quads = seen.store.quads_for_pattern(NamedNode(iri), name, None)
        counts.update(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    del counts[seen.name(iri)]
    return sorted(counts, key=lambda text: (-counts[text], text))
