"""The triple patterns of a query that a row rests on, each block with the graph it is matched in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib.paths import InvPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import BNode, Node, URIRef, Variable
from rdflib.term import Literal as RdflibLiteral

from reelgraph.server.widening import UnexplainedError


@dataclass(frozen=True, slots=True)
class Name:
    """A variable; `hidden` ones are not among those a solution has: unnamed nodes, and the steps of a path."""

    name: str
    hidden: bool = False

    def __str__(self) -> str:
        return f"?{self.name}"


Term = NamedNode | Literal | Name
Pattern = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Block:
    """Patterns that are matched together, in one graph or, if that is None, in any; paths are left out and counted."""

    patterns: tuple[Pattern, ...]
    graph: Term | None = None
    paths: int = 0


@lru_cache(maxsize=64)
def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a query whose match makes a solution: not those of MINUS, EXISTS and filters."""
    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except Exception as error:  # the parser of another library raises what it likes
        raise UnexplainedError("the query is beyond SPARQL 1.1") from error
    return tuple(_blocks(algebra, None))


def _blocks(part: Any, graph: Term | None) -> Iterator[Block]:  # the algebra has no types
    name = getattr(part, "name", "")
    if name == "BGP":
        yield _block(part.triples, graph)
    elif name == "ServiceGraphPattern":
        raise UnexplainedError("the query asks another endpoint")
    elif name == "Graph":
        yield from _blocks(part.p, _term(part.term))
    elif name == "Minus":
        yield from _blocks(part.p1, graph)
    elif name:
        for inner in (part.get(key) for key in ("p", "p1", "p2")):
            if inner is not None:
                yield from _blocks(inner, graph)


def _block(triples: Sequence[tuple[Node, Node, Node]], graph: Term | None) -> Block:
    found: list[Pattern] = []
    paths = 0
    for place, (subject, predicate, value) in enumerate(triples):
        steps = list(_steps(_term(subject), predicate, _term(value), f"step{place}"))
        found += steps
        paths += not steps
    return Block(tuple(found), graph, paths)


def _steps(subject: Term, predicate: Node | Path, value: Term, name: str) -> Iterator[Pattern]:
    """Yield the triples of a pattern; none if its path may have any number of steps."""
    if isinstance(predicate, InvPath):
        yield from _steps(value, predicate.arg, subject, name)
    elif isinstance(predicate, SequencePath):
        between = [Name(f"{name}x{place}", hidden=True) for place in range(len(predicate.args) - 1)]
        ends = [subject, *between, value]
        chain = [list(_steps(ends[at], one, ends[at + 1], f"{name}x{at}")) for at, one in enumerate(predicate.args)]
        if all(chain):
            yield from (step for steps in chain for step in steps)
    elif isinstance(predicate, URIRef | Variable):
        yield subject, _term(predicate), value


def _term(node: Any) -> Term:
    if isinstance(node, Variable):
        return Name(str(node))
    if isinstance(node, BNode):
        return Name(f"unnamed{node}", hidden=True)
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, RdflibLiteral):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
    raise UnexplainedError("the query is beyond SPARQL 1.1")


def filled(block: Block, values: Mapping[str, object]) -> Block | None:
    """Return a block with the values of a solution; None if the solution has no value for one of its variables."""

    def fill(term: Term) -> Term:
        value = values.get(term.name) if isinstance(term, Name) else None
        return value if isinstance(value, NamedNode | Literal) else term

    graph = None if block.graph is None else fill(block.graph)
    patterns = tuple((fill(subject), fill(predicate), fill(value)) for subject, predicate, value in block.patterns)
    terms = [term for pattern in patterns for term in pattern] + ([] if graph is None else [graph])
    if any(isinstance(term, Name) and not term.hidden for term in terms):
        return None
    return Block(patterns, graph, block.paths)


def question(block: Block) -> str:
    """Return the query for the hidden names of a block."""
    inner = " . ".join(" ".join(map(str, pattern)) for pattern in block.patterns)
    return (
        f"SELECT DISTINCT * WHERE {{ {inner} }} LIMIT 20"
        if block.graph is None
        else (f"SELECT DISTINCT * WHERE {{ GRAPH {block.graph} {{ {inner} }} }} LIMIT 20")
    )
