"""Where facts have a thing as a value: the roles, awards and reviews of a person, the films made at a place."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from reelgraph.ontology import term
from reelgraph.server.layouts import layout, layouts
from reelgraph.server.links import Links
from reelgraph.server.sections import Section, section
from reelgraph.server.statements import field_of, kinds
from reelgraph.server.view import Source, View

_ABOUT = term("schema:about")
_OBJECT = term("rdf:object")


@dataclass(frozen=True, slots=True)
class Mention:
    """Facts that have a thing: their kind, the field it is in, and their nodes."""

    kind: str
    field: str
    nodes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the section is called in addresses."""
        return f"{self.kind}-{self.field}"


def mentions(iri: str, seen: View, paths: Links) -> tuple[list[Mention], list[Source]]:
    """Return where facts have a thing, in the order of a film's page, and the documents that are about it."""
    nodes: dict[tuple[str, str], list[str]] = defaultdict(list)
    claims: list[str] = []
    documents: list[Source] = []
    known = kinds()
    for quad in seen.store.quads_for_pattern(None, None, NamedNode(iri)):
        if not isinstance(quad.subject, NamedNode):
            continue
        node = quad.subject.value
        kind = paths.kind(node)
        if quad.predicate == _OBJECT:
            claims.append(node)
        elif kind in known and (name := field_of(kind, quad.predicate)):
            nodes[(kind, name)].append(node)
        elif quad.predicate == _ABOUT and kind == "document":
            documents.append(seen.source(node))
    for statement in seen.statements.naming(claims):
        nodes[(statement.kind, next(iter(statement.fields), ""))].append(statement.iri)
    order = {kind: place for place, kind in enumerate(layouts())}
    found = [Mention(kind, name, tuple(sorted(set(ones)))) for (kind, name), ones in nodes.items()]
    found.sort(key=lambda one: (order.get(one.kind, len(order)), one.kind, one.field))
    return found, sorted(documents, key=lambda one: (one.name, one.iri))


def told(found: Sequence[Mention], seen: View, most: int, without: Set[str] = frozenset()) -> list[Section]:
    """Return a section for each mention, with up to so many facts, and none of certain sources."""
    made = (_section(mention, seen, most, without) for mention in found)
    return [one for one in made if one.rows or one.more]


def _section(mention: Mention, seen: View, most: int, without: Set[str]) -> Section:
    facts = (fact for fact in seen.statements.naming(mention.nodes[:most]) if fact.source not in without)
    made = section(layout(mention.kind), facts, {}, seen=mention.field)
    return replace(made, more=max(0, len(mention.nodes) - most))
