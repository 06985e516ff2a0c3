"""What is tied to a thing: the other things its facts name, in groups with their numbers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from reelgraph import excerpts
from reelgraph.server.layouts import layout
from reelgraph.server.links import Links
from reelgraph.server.mentions import mentions
from reelgraph.server.statements import Statement
from reelgraph.server.view import View
from reelgraph.server.without import Without

#: Facts of one kind that are read to find what they tie to, and facts of a neighbour that are counted.
_MOST = 500
COUNTED = 500
#: Kinds whose facts say by a field of their own what somebody did.
_DOING = {"credit": "role", "related-work": "relation", "company": "role", "location": "kind", "nomination": "outcome"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Two things that facts tie, what the facts say of the tie, and how many sources do."""

    start: str
    end: str
    relation: str
    sources: int


@dataclass(frozen=True, slots=True)
class Group:
    """The ties of one kind; `is_cut` if there may be more of them than were read."""

    name: str
    title: str
    ties: tuple[Tie, ...]
    is_cut: bool = False


def groups(iri: str, seen: View, paths: Links) -> list[Group]:
    """Return what is tied to a thing, in the order of a film's page, those that most sources state first."""
    own = _outgoing(iri, seen)
    found = [_group(kind, layout(kind).title, iri, ties, seen) for kind, ties in own.items()]
    for mention in mentions(iri, seen, paths, Without()).found:
        chosen = layout(mention.kind)
        ties: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in seen.statements.naming(mention.nodes[:_MOST]):
            if fact.status == "actual" and fact.subject and fact.subject != iri:
                ties[fact.subject, _relation(fact)].add(fact.source)
        title = chosen.seen.get(mention.field, chosen.title)
        group = _group(mention.name, title, iri, ties, seen)
        found.append(Group(group.name, group.title, group.ties, len(mention.nodes) > _MOST))
    return [group for group in found if group.ties]


def counted(iri: str, seen: View) -> int:
    """Return how many facts name a thing or are about it, at most `COUNTED`; what is no document's is not one."""
    node, own = NamedNode(iri), f"{seen.base}graph/"
    found = 0
    for quads in (
        seen.store.quads_for_pattern(None, None, node),
        seen.store.quads_for_pattern(node, None, None),
    ):
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and not graph.value.startswith(own):
                found += _ties(quad.subject, iri, seen) or _ties(quad.object, iri, seen)
            if found >= COUNTED:
                return found
    return found


def _ties(node: object, iri: str, seen: View) -> bool:
    """Return whether the other end of a triple is the node of a fact."""
    value = node.value if isinstance(node, NamedNode) else ""
    return value != iri and value.startswith(seen.base) and not excerpts.is_entity(value, seen.base)


def _outgoing(iri: str, seen: View) -> Mapping[str, Mapping[tuple[str, str], set[str]]]:
    found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in seen.statements.about(iri):
        if fact.status == "actual":
            for end in _ends(fact, seen):
                if end != iri:
                    found[fact.kind][end, _relation(fact)].add(fact.source)
    return found


def _ends(fact: Statement, seen: View) -> Iterator[str]:
    for values in fact.fields.values():
        for value in values:
            if value.iri.startswith(seen.base) and excerpts.is_entity(value.iri, seen.base):
                yield value.iri


def _relation(fact: Statement) -> str:
    said = fact.first(_DOING.get(fact.kind, ""))
    return said.text if said is not None else fact.kind.replace("-", " ")


def _group(name: str, title: str, iri: str, ties: Mapping[tuple[str, str], set[str]], seen: View) -> Group:
    made = [Tie(iri, end, relation, len(sources)) for (end, relation), sources in ties.items()]
    made.sort(key=lambda one: (-one.sources, seen.name(one.end).casefold(), one.end, one.relation))
    return Group(name, title, tuple(made))
