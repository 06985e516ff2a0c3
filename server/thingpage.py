"""The page of a person, a company, a place, an award: the facts about it, and the facts of films it has a part in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from pyoxigraph import NamedNode

from reelgraph.ontology import term
from reelgraph.server.identifiers import identifiers
from reelgraph.server.layouts import layout, layouts
from reelgraph.server.rendering import links, page, parts
from reelgraph.server.sections import Section, section, sections
from reelgraph.server.statements import Statement, field_of, kinds
from reelgraph.server.view import Source, View

#: Facts of one kind that a page shows, and those the page of one kind shows.
_MOST, _ALL = 200, 2000
_ABOUT = term("schema:about")
_OBJECT = term("rdf:object")
_NAMES = (term("schema:name"), term("schema:alternateName"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where facts have a thing: their kind, the field, and their nodes."""

    kind: str
    field: str
    nodes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the section is called in addresses."""
        return f"{self.kind}-{self.field}"


def thing_page(iri: str, seen: View) -> Response:
    """Return the page of a thing; with `?section=` only one section of it, longer."""
    mentions, documents = _mentions(iri, seen)
    only = request.args.get("section", "")
    shown = [mention for mention in mentions if not only or mention.name == only]
    own = [] if only else seen.statements.about(iri)
    told = [_section(mention, seen, _ALL if only else _MOST) for mention in shown]
    found = [part for part in sections(own, {}) if part.layout.kind not in ("title", "same-as", "image")]
    return page(
        "thing.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        kind=links().kind(iri),
        name=seen.name(iri),
        names=_other_names(iri, seen),
        overview=[part for part in found if part.layout.shape == "fact"],
        parts=[part for part in found if part.layout.shape != "fact"] + told,
        counts={mention.name: len(mention.nodes) for mention in mentions},
        only=only,
        sources=documents,
        identifiers=identifiers(iri, own, seen),
    )


def _mentions(iri: str, seen: View) -> tuple[list[Mention], list[tuple[Source, int]]]:
    """Return where facts have a thing, in the order of a film's page, and the documents that are about it."""
    nodes: dict[tuple[str, str], list[str]] = defaultdict(list)
    documents = []
    known = kinds()
    for quad in seen.store.quads_for_pattern(None, None, NamedNode(iri)):
        if not isinstance(quad.subject, NamedNode):
            continue
        node = quad.subject.value
        kind = links().kind(node)
        if quad.predicate == _OBJECT:
            nodes[("claim", "")].append(node)
        elif kind in known and (name := field_of(kind, quad.predicate)):
            nodes[(kind, name)].append(node)
        elif quad.predicate == _ABOUT and kind == "document":
            documents.append((seen.source(node), 0))
    for statement in seen.statements.naming(nodes.pop(("claim", ""), ())):
        name = next(iter(statement.fields), "")
        nodes[(statement.kind, name)].append(statement.iri)
    order = {kind: place for place, kind in enumerate(layouts())}
    found = [Mention(kind, name, tuple(sorted(set(ones)))) for (kind, name), ones in nodes.items()]
    found.sort(key=lambda one: (order.get(one.kind, len(order)), one.field))
    return found, sorted(documents, key=lambda one: (one[0].name, one[0].iri))


def _section(mention: Mention, seen: View, most: int) -> Section:
    statements: Iterable[Statement] = seen.statements.naming(mention.nodes[:most])
    made = section(layout(mention.kind), statements, {}, seen=mention.field)
    left = len(mention.nodes) - most
    return made if left <= 0 else Section(made.name, made.title, made.layout, made.headings, made.rows, left)


def _other_names(iri: str, seen: View) -> Sequence[str]:
    """Return what else sources call a thing, the most frequent first."""
    counts: Mapping[str, int] = defaultdict(int)
    known = seen.name(iri)
    for name in _NAMES:
        for quad in seen.store.quads_for_pattern(NamedNode(iri), name, None):
            text = getattr(quad.object, "value", "")
            if text and text != known:
                counts[text] += 1  # type: ignore[index]
    return sorted(counts, key=lambda text: (-counts[text], text))
