"""A stored document as text with its facts marked, source document by source document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rich.text import Text

from reelgraph.cli.tables import visible
from reelgraph.ontology import PREFIXES

COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "red", "bright_cyan", "bright_green", "bright_magenta")
FACTS = """
SELECT DISTINCT ?start ?end ?type ?predicate WHERE {
  VALUES ?source { %s }
  ?evidence oa:hasSource ?source ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?node film:evidence ?evidence ; a ?type .
  OPTIONAL { ?node rdf:predicate ?predicate }
}"""
PARTS = """
SELECT ?source ?start ?end (SAMPLE(?k) AS ?kind) (SAMPLE(?t) AS ?title) (SAMPLE(?a) AS ?author) (SAMPLE(?s) AS ?site)
  (GROUP_CONCAT(DISTINCT ?f; separator=", ") AS ?films)
WHERE {
  VALUES ?source { %s }
  OPTIONAL { ?source film:start ?start ; film:end ?end }
  OPTIONAL { ?source film:documentKind ?k }
  OPTIONAL { ?source schema:name ?t }
  OPTIONAL { ?source film:authorName ?a }
  OPTIONAL { ?source film:site ?s }
  OPTIONAL { ?source schema:about/rdfs:label ?f }
} GROUP BY ?source ?start ?end ORDER BY ?start"""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A passage that is evidence for facts of a kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """One source document of a file: where it is, and what it is."""

    start: int
    end: int
    title: str


def select(store: Store, query: str, sources: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a query about these source documents, their unbound columns left out."""
    values = " ".join(str(NamedNode(source)) for source in sources)
    found = cast(
        "QuerySolutions", store.query(query % values, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    )
    names = [variable.value for variable in found.variables]
    for row in found:
        terms = ((name, row[name]) for name in names)
        yield {name: term.value for name, term in terms if isinstance(term, Literal | NamedNode)}


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def marks(store: Store, sources: Sequence[str]) -> list[Mark]:
    """The passages of these source documents that are evidence, in order."""
    rows = select(store, FACTS, sources)
    return sorted({Mark(int(r["start"]), int(r["end"]), local_name(r.get("predicate", r["type"]))) for r in rows})


def parts(store: Store, sources: Sequence[str], length: int) -> list[Part]:
    """The source documents of a file of this many code points, in order."""
    return [
        Part(
            int(row.get("start", 0)),
            int(row.get("end", length)),
            "  ".join(text for name in ("kind", "title", "author", "site", "films") if (text := row.get(name, ""))),
        )
        for row in select(store, PARTS, sources)
    ]


def styles(found: Iterable[Mark]) -> Mapping[str, str]:
    """A colour for each kind of fact."""
    kinds = sorted({mark.kind for mark in found})
    return {kind: COLOURS[number % len(COLOURS)] for number, kind in enumerate(kinds)}


def coloured(text: str, start: int, found: Sequence[Mark], colours: Mapping[str, str]) -> Text:
    """The text with each passage in the colour of its kind, short passages over long ones."""
    shown = Text(visible(text))
    for mark in sorted(found, key=lambda mark: mark.start - mark.end):
        shown.stylize(f"{colours[mark.kind]} underline", mark.start - start, mark.end - start)
    return shown


def bracketed(text: str, start: int, found: Sequence[Mark]) -> str:
    """The text with each passage in brackets that name its kind, for where there are no colours."""
    inserts = [(mark.start, 1, mark.end, "⟦") for mark in dict.fromkeys(Mark(m.start, m.end, "") for m in found)]
    kinds: dict[tuple[int, int], list[str]] = {}
    for mark in found:
        kinds.setdefault((mark.end, mark.start), []).append(mark.kind)
    inserts += [(end, 0, begin, f"|{', '.join(names)}⟧") for (end, begin), names in kinds.items()]
    # At one place passages close before others open; the inner ones close first and open last.
    inserts.sort(key=lambda insert: (insert[0], insert[1], -insert[2]))
    pieces, done = [], start
    for place, _, _, bracket in inserts:
        pieces += [text[done - start : place - start], bracket]
        done = place
    return visible("".join([*pieces, text[done - start :]]))
