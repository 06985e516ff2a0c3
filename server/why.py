"""Why a row is in a result: the triples its query matched, and the facts and words behind them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import Response
from pyoxigraph import Literal, NamedNode, Quad, QuerySolution

from reelgraph.ontology import curie, term
from reelgraph.server.asking import asked
from reelgraph.server.patterns import Block, Name, blocks, filled, question
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import page, parts
from reelgraph.server.statementpage import sentence
from reelgraph.server.statements import Statement, Value
from reelgraph.server.stating import states
from reelgraph.server.view import View, view
from reelgraph.server.widening import LONGEST, Row, UnexplainedError, Wide, sums_up, widened

#: Solutions behind one row that are looked at.
_MOST = 50
_STATEMENT, _SUBJECT = term("film:statement"), term("rdf:subject")
#: Properties of the preferred graph -> kind of the facts they are chosen from, and the field.
_CHOSEN = {term("film:year"): ("year", "year"), term("film:runtimeMinutes"): ("runtime", "minutes")}


@dataclass(frozen=True, slots=True)
class Matched:
    """A triple that the query matched, as people read it, and the graph it is in."""

    subject: Value
    predicate: Value
    object: Value
    graph: Value


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is there: the facts behind it, those that shown values were chosen from, the triples, and notes."""

    statements: tuple[Statement, ...] = ()
    chosen: tuple[Statement, ...] = ()
    triples: tuple[Matched, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""


def reason(text: str, row: Row, seen: View) -> Reason:
    """Return why a row is in the result of a query; `refused` says why that cannot be said."""
    try:
        if len(text) > LONGEST:
            raise UnexplainedError("the query is too long to be taken apart")
        wide = widened(text)
        found = blocks(wide.of({}, 1))
    except UnexplainedError as error:
        return Reason(refused=str(error))
    solutions = _solutions(wide, row)
    quads = list(dict.fromkeys(quad for one in solutions for quad in _matched(found, one, seen)))
    notes = []
    if sums_up(text):
        notes.append("This row counts or sums up; these are the facts it was made from.")
    if len(solutions) == _MOST:
        notes.append(f"The query matches in more than {_MOST} ways; these are the first.")
    if any(block.paths for block in found):
        notes.append("A path of any length is part of the query; its steps are not listed.")
    if not solutions:
        notes.append("The graph does not have this row.")
    together = f"{seen.base}graph/"
    of_all = [quad for quad in quads if _iri(quad.graph_name).startswith(together)]
    behind = tuple(_behind((quad for quad in quads if quad not in of_all), seen))
    chosen = tuple(fact for fact in _behind(of_all, seen) if fact not in behind)
    return Reason(behind, chosen, tuple(_told(quad, seen) for quad in quads), tuple(notes))


def reason_page(text: str, row: Row, shown: Row, *, back: str, title: str, text_back: str = "") -> Response:
    """Return the page that says why a row is in the result of a query.

    `shown` is the row under the headings of its columns, `back` is where the rows are, and `text_back` the query that
    is to be sent there.
    """
    seen = view()
    found = reason(text, row, seen)
    cells = [(name, _value(node, seen)) for name, node in shown.items() if node is not None]
    return page(
        "why.html",
        422 if found.refused else 200,
        view=seen,
        show=parts(seen),
        reason=found,
        cells=cells,
        back=back,
        title=title,
        query=text_back,
        sentence=sentence,
    )


def row_of(rows: Iterable[QuerySolution], names: Sequence[str], number: int) -> Row:
    """Return a row by its number, counted from 1."""
    found = next(islice(rows, number - 1, number), None)
    if found is None:
        raise HttpError(404, f"the result has no row {number}")
    return {name: found[name] for name in names}


def _solutions(wide: Wide, row: Row) -> list[dict[str, object]]:
    found = asked(wide.of(row, _MOST)).rows()
    names = [variable.value for variable in found.variables]
    return [{name: one[name] for name in names} for one in found]


def _matched(found: Sequence[Block], solution: dict[str, object], seen: View) -> Iterator[Quad]:
    """Yield the quads of the blocks that a solution has; a block that does not match as a whole gives none."""
    for block in found:
        known = filled(block, solution)
        if known is not None and known.patterns:
            for whole in _completed(known):
                quads = [_existing(whole, place, seen) for place in range(len(whole.patterns))]
                if all(quads):
                    yield from (quad for ones in quads for quad in ones)


def _completed(block: Block) -> Iterator[Block]:
    """Yield a block with values for its hidden names, of which the solution does not tell."""
    hidden = {one.name for pattern in block.patterns for one in pattern if isinstance(one, Name)}
    if not hidden:
        yield block
        return
    for row in asked(question(block)).rows():
        values = {name: row[name] for name in hidden}
        whole = Block(
            tuple((_put(one, values), _put(two, values), _put(three, values)) for one, two, three in block.patterns),
            block.graph,
        )
        yield whole


def _put(node: NamedNode | Literal | Name, values: dict[str, object]) -> NamedNode | Literal | Name:
    value = values.get(node.name) if isinstance(node, Name) else node
    return value if isinstance(value, NamedNode | Literal) else node


def _existing(block: Block, place: int, seen: View) -> list[Quad]:
    subject, predicate, value = block.patterns[place]
    graph = block.graph if isinstance(block.graph, NamedNode) else None
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or isinstance(value, Name):
        return []
    return list(seen.store.quads_for_pattern(subject, predicate, value, graph))


def _behind(quads: Iterable[Quad], seen: View) -> Iterator[Statement]:
    """Yield the facts that matched triples are of, each once, in the order of the triples."""
    known: dict[str, Statement] = {}
    about: dict[str, list[Statement]] = {}
    for quad in quads:
        for fact in _facts(quad, about, seen):
            if fact.iri and fact.iri not in known:
                known[fact.iri] = fact
                yield fact


def _facts(quad: Quad, about: dict[str, list[Statement]], seen: View) -> Iterator[Statement]:
    """Yield the facts a quad is of: that of its node, or those that state its plain triple."""
    own = f"{seen.base}graph/"
    subject, graph = _iri(quad.subject), _iri(quad.graph_name)
    if quad.predicate == _STATEMENT and isinstance(quad.object, NamedNode):
        yield from seen.statements.naming([quad.object.value])
    if graph.startswith(own) and quad.predicate not in _CHOSEN:
        return
    nodes = [subject.partition("#")[0]]
    if isinstance(quad.object, NamedNode):
        nodes.append(quad.object.value)
    found = seen.statements.naming(nodes)
    yield from found
    if not found:
        if subject not in about:
            about[subject] = seen.statements.about(subject)
        chosen = _CHOSEN.get(quad.predicate) if graph.startswith(own) else None
        value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else ""
        for fact in about[subject]:
            if chosen is not None and fact.kind == chosen[0]:
                if any(value == one.text for one in fact.fields.get(chosen[1], ())):
                    yield fact
            elif chosen is None and fact.source == graph and states(fact, quad.predicate, value):
                yield fact


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _told(quad: Quad, seen: View) -> Matched:
    predicate = quad.predicate.value
    return Matched(
        _value(quad.subject, seen), Value(curie(predicate), predicate), _value(quad.object, seen),
        _value(quad.graph_name, seen),
    )  # fmt: skip


def _value(node: object, seen: View) -> Value:
    if not isinstance(node, NamedNode):
        return Value(node.value if isinstance(node, Literal) else str(node))
    iri = node.value
    if iri.startswith(f"{seen.base}graph/"):
        return Value(_GRAPHS.get(iri.rpartition("/")[2], iri))
    return Value(seen.title(iri) if seen.name(iri) else iri, iri)


#: What the graphs are called that are of no document.
_GRAPHS = {
    "preferred": "names and preferred values",
    "sources": "descriptions of documents",
    "vocabulary": "the vocabulary",
    "identity": "former names",
}
