"""The preferred values: of what a film has once, the value to show where sources differ, and how they differ.

The rule: the value most sources give, counting those that give it with less precision; then the one of the better kind
of source; an exact one before a rounded one; the one of the latest source; the smallest. It names all things, too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Store

from reelgraph import aspects, iris
from reelgraph.aspects import Stated
from reelgraph.grouped import Grouped
from reelgraph.identity import Resolution
from reelgraph.ontology import term
from reelgraph.values import integer, named

#: Kinds of source documents, the most reliable first.
_KINDS = ("data", "article", "aggregator page", "page", "parents' guide", "analysis", "review", "search snippet")
_LABEL = term("rdfs:label")
_YEAR = term("film:year")
_MINUTES = term("film:runtimeMinutes")
_PREFERRED = term("film:preferred")
_SAME = term("owl:sameAs")


@dataclass(frozen=True, slots=True)
class _Source:
    """How much a source document counts: the place of its kind (0 is best), and its date."""

    place: int = len(_KINDS)
    date: str = ""


def quads(store: Store, resolution: Resolution, base: str, stated: Grouped | None = None) -> Iterator[Quad]:
    """Yield the quads of `graph/preferred` and `graph/identity` for what the store's source graphs say.

    `stated` are all their values, if these are known already: to find them in the store takes long.
    """
    graph = named(iris.graph(base, "preferred"))
    for iri, entity in resolution.everything():
        yield Quad(NamedNode(iri), _LABEL, Literal(entity.label), graph)
    for film, chosen, differing in choices(store, base, stated, _years(resolution)):
        node = NamedNode(film)
        for value in chosen:
            yield Quad(node, *_chosen(value), graph)
        for group, best in differing:
            yield from _disagreement(node, group, best, base, graph)
    identity = named(iris.graph(base, "identity"))
    for former, iri in resolution.aliases.items():
        yield Quad(named(former), _SAME, named(iri), identity)


def _years(resolution: Resolution) -> Iterator[Stated]:
    """Yield the years that films have by their names, as values that no source gives."""
    for iri, entity in resolution.everything():
        if entity.kind == "film" and entity.year is not None:
            yield Stated(iri, "year", "", "", "", str(entity.year), Decimal(entity.year))


def choices(
    store: Store, base: str, stated: Grouped | None = None, years: Iterable[Stated] = ()
) -> Iterator[tuple[str, list[Stated], list[tuple[list[Stated], Stated]]]]:
    """Yield films with preferred values and, where values contradict, all of them with the preferred one.

    Each of the `years`, which no source gives, is taken for a film that has no other.
    """
    sources = _sources(store, base)
    document = f"{base}document/"
    asked = ((kind, value) for kind, value in aspects.stated(store) if value.source.startswith(document))
    values_of = Grouped(asked) if stated is None else stated
    values_of.put((aspects.KINDS, year) for year in years)
    for film, kinds in values_of.films():
        chosen: list[Stated] = []
        differing: list[tuple[list[Stated], Stated]] = []
        for values in kinds:
            if values[0].source:
                best, other = _chosen_of(values, sources, store, base)
                chosen += best
                differing += other
            elif all(value.aspect != "year" for value in chosen):
                chosen += values
        yield film, chosen, differing


def _chosen_of(
    stated: list[Stated], sources: Mapping[str, _Source], store: Store, base: str
) -> tuple[list[Stated], list[tuple[list[Stated], Stated]]]:
    chosen: list[Stated] = []
    differing: list[tuple[list[Stated], Stated]] = []
    groups = aspects.scoped(stated)
    for key in sorted(groups):
        group = groups[key]
        contradicting = aspects.contradicting(group)
        if contradicting and key[0] == "year":
            group = [*group, *_of_documents(aspects.years(store, stated[0].film), base)]
            contradicting = aspects.contradicting(group)
        best = _best(group, sources)
        chosen.append(best)
        if contradicting:
            differing.append(([*contradicting, best], best))
    return chosen, differing


def _of_documents(values: Iterable[Stated], base: str) -> Iterator[Stated]:
    """Yield what documents state: what was written over HTTP says nothing about them."""
    document = f"{base}document/"
    return (value for value in values if value.source.startswith(document))


def _best(group: list[Stated], sources: Mapping[str, _Source]) -> Stated:
    if len({value.text for value in group}) == 1:
        return min(group, key=lambda value: (bool(value.qualifier), value.node, value.source))
    support = {value.text: len({other.source for other in group if aspects.agree(value, other)}) for value in group}
    latest = max((sources.get(value.source, _Source()).date for value in group), default="")

    def rank(value: Stated) -> tuple[object, ...]:
        source = sources.get(value.source, _Source())
        age = [-ord(character) for character in source.date.ljust(len(latest), "\0")]
        size = (value.number, value.text) if value.number is not None else (0, value.text)
        return -support[value.text], source.place, not aspects.is_exact(value), age, size, value.node

    return min(group, key=rank)


def _sources(store: Store, base: str) -> dict[str, _Source]:
    graph = NamedNode(iris.graph(base, "sources"))
    kinds = {kind: place for place, kind in enumerate(_KINDS)}
    found: dict[str, _Source] = {}
    dates = {
        str(quad.subject.value): str(quad.object.value)
        for quad in store.quads_for_pattern(None, term("schema:datePublished"), None, graph)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    for quad in store.quads_for_pattern(None, term("film:documentKind"), None, graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            iri = quad.subject.value
            found[iri] = _Source(kinds.get(quad.object.value, len(_KINDS)), dates.get(iri, ""))
    return found


def _chosen(value: Stated) -> tuple[NamedNode, NamedNode | Literal]:
    if value.number is not None and value.aspect == "year":
        return _YEAR, integer(int(value.number))
    if value.number is not None and value.aspect == "running time":
        return _MINUTES, integer(int(value.number))
    return _PREFERRED, named(value.node)


def _disagreement(
    film: NamedNode, group: Iterable[Stated], best: Stated, base: str, graph: NamedNode
) -> Iterator[Quad]:
    values: dict[str, list[Stated]] = defaultdict(list)
    for value in group:
        values[f"{value.qualifier} {value.text}".strip()].append(value)
    chosen = f"{best.qualifier} {best.text}".strip()
    for text in sorted(values):
        stated = values[text]
        node = named(iris.node(base, "disagreement", (film.value, best.label(), text)))
        yield Quad(film, term("film:disagreement"), node, graph)
        yield Quad(node, term("rdf:type"), term("film:Disagreement"), graph)
        yield Quad(node, term("film:disputedProperty"), Literal(best.label()), graph)
        yield Quad(node, term("film:disputedValue"), Literal(text), graph)
        yield Quad(node, term("film:sourceCount"), integer(len({value.source for value in stated})), graph)
        yield Quad(node, term("film:chosen"), Literal(text == chosen), graph)
        for statement in sorted({value.node for value in stated if value.node}):
            yield Quad(node, term("film:statement"), named(statement), graph)


class Update:
    """What has to be removed from and added to the derived graphs so that they hold just the wanted quads."""

    def __init__(self, store: Store, base: str) -> None:
        names = [NamedNode(iris.graph(base, name)) for name in ("preferred", "identity")]
        there = (quad for name in names for quad in store.quads_for_pattern(None, None, None, name))
        self._wanted = dict.fromkeys(there, False)
        #: How many quads were new.
        self.added = 0

    def new(self, wanted: Iterable[Quad]) -> Iterator[Quad]:
        """Yield those of all wanted quads that are not there yet."""
        for quad in wanted:
            if quad in self._wanted:
                self._wanted[quad] = True
            else:
                self.added += 1
                yield quad

    def outdated(self) -> list[Quad]:
        """Return what was there and is not wanted, after all that is wanted has been seen."""
        return [quad for quad, is_wanted in self._wanted.items() if not is_wanted]
