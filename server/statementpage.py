"""The page of one fact: what it says, in whose words, and how to cite it."""

from dataclasses import dataclass

from flask import Response
from pyoxigraph import Literal, NamedNode

from reelgraph.ontology import curie, term
from reelgraph.server.citation import CITATIONS, reference
from reelgraph.server.layouts import layout
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import page, parts
from reelgraph.server.sections import saying
from reelgraph.server.statements import Statement, Value
from reelgraph.server.view import View
from reelgraph.server.without import switched_off

_EVIDENCE = term("film:evidence")
_STATEMENT = term("film:statement")
_TYPE = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node as it is in the graph."""

    name: str
    iri: str
    value: Value


def statement_page(iri: str, seen: View) -> Response:
    """Return the page of a fact, or of another node: a passage, a disagreement."""
    statement = seen.statements.one(iri)
    if statement is None:
        return _node_page(iri, seen)
    said = sentence(statement, seen)
    cited = reference(statement, said, seen)
    return page(
        "statement.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        statement=statement,
        title=layout(statement.kind).title,
        subject=seen.name(statement.subject) if statement.subject else "",
        source=seen.source(statement.source),
        citations=[(name, form.name, make(cited)) for name, (form, make) in CITATIONS.items()],
        sentence=said,
        without=switched_off(),
    )


def cite(statement: Statement, suffix: str, seen: View) -> Response:
    """Return the reference to a fact as a file to keep."""
    found = [(form, make) for form, make in CITATIONS.values() if form.name == suffix]
    if not found:
        known = ", ".join(f".{form.name}" for form, _ in CITATIONS.values())
        raise HttpError(404, f"citations end in their format, one of {known}")
    form, make = found[0]
    text = make(reference(statement, sentence(statement, seen), seen)) + "\n"
    answer = Response(text, content_type=f"{form.media_type}; charset=utf-8")
    name = statement.iri.rpartition("/")[2]
    answer.headers["Content-Disposition"] = f'attachment; filename="reelgraph-{name}.{form.name}"'
    return answer


def sentence(statement: Statement, seen: View) -> str:
    """Return what a fact says in one line: `Her (2013), cast: Amy Adams as Amy`."""
    about = f"{seen.title(statement.subject)}, " if statement.subject else ""
    return about + saying(statement)


def _node_page(iri: str, seen: View) -> Response:
    node = NamedNode(iri)
    properties = [
        Property(curie(quad.predicate.value), quad.predicate.value, _value(quad.object, seen))
        for quad in seen.store.quads_for_pattern(node, None, None)
    ]
    users = [
        quad.subject.value
        for predicate in (_EVIDENCE, _STATEMENT)
        for quad in seen.store.quads_for_pattern(None, predicate, node)
        if isinstance(quad.subject, NamedNode)
    ]
    return page(
        "node.html",
        iri=iri,
        view=seen,
        show=parts(seen),
        properties=sorted(set(properties), key=lambda one: (one.iri, one.value.text)),
        statements=seen.statements.naming(users),
        sentence=sentence,
    )


def _value(node: object, seen: View) -> Value:
    if isinstance(node, NamedNode):
        return Value(seen.name(node.value), node.value)
    return Value(node.value if isinstance(node, Literal) else str(node))
