"""Where facts have a thing as a value: the roles, awards and reviews of a person, the films made at a place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from reelgraph.ontology import term
from reelgraph.server.layouts import layout, layouts
from reelgraph.server.links import Links
from reelgraph.server.sections import Section, section
from reelgraph.server.statements import field_of, kinds
from reelgraph.server.view import Source, View
from reelgraph.server.without import Without

#: From so many facts on, the mentions of a thing are kept, up to those of so many things.
_MANY, _HUBS = 1000, 32
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


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a thing, the documents about it, how many facts each source gives, and how many are left out."""

    found: tuple[Mention, ...]
    documents: tuple[Source, ...]
    sources: Mapping[str, int]
    fallen: int


def mentions(iri: str, seen: View, paths: Links, off: Without) -> Mentions:
    """Return where facts have a thing, in the order of a film's page, and the documents that are about it."""
    kept = seen.kept(_hubs)
    key = (iri, off.sources)
    found = kept.get(key)
    if found is None:
        found = _mentions(iri, seen, paths, off)
        if sum(len(one.nodes) for one in found.found) > _MANY:
            if len(kept) >= _HUBS:
                kept.clear()
            kept[key] = found
    return found


def _hubs(_: View) -> dict[tuple[str, frozenset[str]], Mentions]:
    """Return where the mentions of things that very many facts have are kept, for they take long to read."""
    return {}


def _mentions(iri: str, seen: View, paths: Links, off: Without) -> Mentions:
    nodes: dict[tuple[str, str], set[str]] = defaultdict(set)
    claims: set[str] = set()
    documents: list[Source] = []
    source: dict[str, str] = {}
    known = kinds()
    for quad in seen.store.quads_for_pattern(None, None, NamedNode(iri)):
        if not isinstance(quad.subject, NamedNode):
            continue
        node, graph = quad.subject.value, quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        kind = paths.kind(node)
        name = field_of(kind, quad.predicate) if kind in known else ""
        if quad.predicate == _OBJECT or name:
            source[node] = graph
            if graph not in off and name:
                nodes[(kind, name)].add(node)
            elif graph not in off:
                claims.add(node)
        elif quad.predicate == _ABOUT and kind == "document" and node not in off:
            documents.append(seen.source(node))
    for statement in seen.statements.naming(claims):
        nodes[(statement.kind, next(iter(statement.fields), ""))].add(statement.iri)
    order = {kind: place for place, kind in enumerate(layouts())}
    found = [Mention(kind, name, tuple(sorted(ones))) for (kind, name), ones in nodes.items()]
    found.sort(key=lambda one: (order.get(one.kind, len(order)), one.kind, one.field))
    documents.sort(key=lambda one: (one.name, one.iri))
    sources = Counter(graph for graph in source.values() if graph not in off)
    return Mentions(tuple(found), tuple(documents), sources, len(source) - sources.total())


def told(found: Iterable[Mention], seen: View, most: int, first: int = 0) -> list[Section]:
    """Return a section for each mention, with up to so many facts from a place on."""
    return [_section(mention, seen, most, first) for mention in found]


def _section(mention: Mention, seen: View, most: int, first: int) -> Section:
    facts = seen.statements.naming(mention.nodes[first : first + most])
    made = section(layout(mention.kind), facts, {}, seen=mention.field)
    return replace(made, more=max(0, len(mention.nodes) - first - most))
