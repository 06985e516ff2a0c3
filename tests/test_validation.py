"""The checks of a source's graph: plain words for each fault, and the same verdict as a complete SHACL engine."""

import random
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.collection import Collection

from reelgraph.ontology import FILM, OA, RDF, SCHEMA, XSD, concepts, constraints, path
from reelgraph.validation import Violation, validate

DATA = Path(__file__).parent / "data" / "ontology"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
PREFIXES = """BASE <https://w3id.org/reelgraph/id/>
PREFIX film: <https://w3id.org/reelgraph/ontology#> PREFIX schema: <https://schema.org/>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX job: <https://w3id.org/reelgraph/ontology/jobs#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

#: Properties whose values are compared with another property's.
COMPARED = {SCHEMA.value, SCHEMA.maxValue, OA.start, OA.end, FILM.start, FILM.end}

FAULTS = tomllib.loads((DATA / "faults.toml").read_text(encoding="utf-8"))["fault"]


def good() -> Store:
    store = Store()
    store.load(path=str(DATA / "good.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("film.ttl", "reused.ttl"):
        graph.parse(path(name))
    return graph


def by_pyshacl(quads: Iterable[Quad], shapes: rdflib.Graph, *, meta: bool = False) -> set[Violation]:
    """What a complete SHACL engine finds, in our words."""
    data = rdflib.Graph()
    data.parse(data="".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=shapes, inference="none", meta_shacl=meta)
    assert isinstance(report, rdflib.Graph)
    return {
        Violation(
            focus=str(report.value(result, SH.focusNode)),
            path=_path(report, result),
            value="" if (value := report.value(result, SH.value)) is None else str(value),
            message=str(report.value(result, SH.resultMessage)),
            severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
        )
        for result in report.objects(None, SH.result)
    }


def _path(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    node = report.value(result, SH.resultPath)
    if isinstance(node, rdflib.BNode):
        alternatives = report.value(node, SH.alternativePath)
        assert alternatives is not None
        return str(next(iter(Collection(report, alternatives))))
    return str(node or "")


def same(ours: tuple[Violation, ...], theirs: set[Violation]) -> None:
    assert {str(fault) for fault in ours} == {str(fault) for fault in theirs}


def test_a_good_graph_has_no_fault() -> None:
    assert validate(good()) == ()


def test_the_good_graph_has_a_node_of_every_class() -> None:
    used = {quad.object for quad in good().quads_for_pattern(None, RDF.type, None)}
    wanted = {FILM[name].value for name in FILM if FILM[name].value in constraints._by_class()}
    derived = {FILM.Fact.value, FILM.Disagreement.value}
    assert wanted - derived - {kind.value for kind in used if isinstance(kind, NamedNode)} == set()


def spoil(store: Store, fault: Mapping[str, str]) -> None:
    """Damage the graph: run the update, or put one value in the place of a property's values."""
    update = fault.get("update", "")
    if not update:
        subject, path, _ = fault["put"].split(maxsplit=2)
        store.update(f"{PREFIXES} DELETE WHERE {{ {subject} {path} ?old }}")
        update = f"INSERT DATA {{ {fault['put']} }}"
    store.update(PREFIXES + update)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_is_told_in_plain_words(fault: Mapping[str, str]) -> None:
    store = good()
    spoil(store, fault)
    assert (fault["message"], fault["severity"]) in {(found.message, found.severity) for found in validate(store)}


def test_a_fault_names_node_property_and_value() -> None:
    store = good()
    store.update(PREFIXES + 'INSERT DATA { <casting/1> schema:startDate "next spring" }')
    base = "https://w3id.org/reelgraph/id/"
    (too_many, wrong) = validate(store)
    assert (too_many.focus, too_many.path, too_many.value) == (f"{base}casting/1", SCHEMA.startDate.value, "")
    assert (wrong.focus, wrong.path, wrong.value) == (f"{base}casting/1", SCHEMA.startDate.value, "next spring")


def test_what_is_said_twice_counts_once() -> None:
    quads = list(good())
    assert validate(quads + quads) == ()


def test_unknown_classes_and_properties_are_left_alone() -> None:
    subject = NamedNode("http://example.org/x")
    quads = [
        Quad(subject, RDF.type, NamedNode("http://example.org/Thing")),
        Quad(subject, NamedNode("http://example.org/p"), Literal("x")),
        Quad(NamedNode("http://example.org/y"), SCHEMA.actor, subject),
    ]
    assert validate(quads) == ()


def test_pyshacl_takes_the_shapes_and_finds_the_good_graph_good(shapes: rdflib.Graph) -> None:
    assert by_pyshacl(good(), shapes, meta=True) == set()


def test_pyshacl_finds_the_same_faults(shapes: rdflib.Graph) -> None:
    store = good()
    for fault in FAULTS:
        spoil(store, fault)
    ours = validate(store)
    assert len(ours) >= len(FAULTS)
    same(ours, by_pyshacl(store, shapes))


@pytest.mark.parametrize("seed", range(6))
def test_pyshacl_finds_the_same_faults_in_random_damage(seed: int, shapes: rdflib.Graph) -> None:
    damaged = damage(sorted(good(), key=str), random.Random(seed))
    same(validate(damaged), by_pyshacl(damaged, shapes))


def damage(quads: list[Quad], chance: random.Random) -> list[Quad]:
    """Drop, copy and swap statements, and put odd values in."""
    odd: list[NamedNode | Literal] = [
        Literal("x"),
        Literal(""),
        Literal("-3", datatype=XSD.integer),
        Literal("many", datatype=XSD.integer),
        Literal("2.75", datatype=XSD.decimal),
        Literal("maybe", datatype=XSD.boolean),
        Literal("1999-02", datatype=XSD.gYearMonth),
        Literal("mot", language="fr"),
        NamedNode("https://w3id.org/reelgraph/id/person/odd-reksten"),
        NamedNode("https://w3id.org/reelgraph/ontology/jobs#editor"),
    ]
    kept = [quad for quad in quads if chance.random() > 0.1]
    for quad in chance.sample(kept, 60):
        value = chance.choice(odd) if chance.random() < 0.6 else chance.choice(quads).object
        if quad.predicate == RDF.type or (quad.predicate in COMPARED and not is_number(value)):
            continue  # pySHACL breaks off where it has to compare what has no order
        kept.append(Quad(quad.subject, quad.predicate, value))
    return kept


def is_number(value: object) -> bool:
    return isinstance(value, Literal) and value.value.lstrip("-").replace(".", "", 1).isdigit()


def test_a_constraint_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match=r"validation does not know .*#hasValue"):
        constraints._asked(NamedNode("http://www.w3.org/ns/shacl#hasValue"), Literal("x"))


def test_measures_that_need_no_currency_are_those_that_count_units() -> None:
    questions = constraints.constraints(frozenset(["https://w3id.org/reelgraph/ontology#Figure"])).questions
    select = next(question.select for question in questions if "currency" in question.select)
    listed = set(select.partition('"#(')[2].partition(")$")[0].split("|"))
    assert listed == {measure.notation for measure in concepts("measures").members if measure.counts_units}
