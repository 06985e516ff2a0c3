from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode

from reelgraph import iris, mapping, ontology
from reelgraph.errors import MappingError
from reelgraph.mapping import Triple
from reelgraph.model import Fact, Ref, Value
from reelgraph.values import converter, duration, moment

BASE = "https://w3id.org/reelgraph/id/"
SOURCE = f"{BASE}document/0123456789abcdef"
HER = Ref("film", "Her", 2013)
FILM = NamedNode(f"{BASE}film/her-2013")
XSD = "http://www.w3.org/2001/XMLSchema#"


def thing(ref: Ref) -> NamedNode:
    return NamedNode(iris.entity(BASE, ref.kind, ref.name))


def written(kind: str, status: str = "actual", /, **fields: Value) -> tuple[set[Triple], mapping.Statement]:
    triples: list[Triple] = []
    statement = mapping.write(Fact(kind, HER, fields, status=status), FILM, SOURCE, BASE, thing, triples.append)
    return set(triples), statement


def objects(triples: set[Triple], predicate: str) -> set[object]:
    return {value for _, found, value in triples if found == ontology.term(predicate)}


def test_every_kind_has_a_rule_of_declared_terms() -> None:
    rules = mapping.rules()
    assert {"cast", "credit", "runtime", "money", "genre"} <= set(rules)
    assert all(rule.slots for rule in rules.values())


def test_node_with_direct_triple() -> None:
    phoenix = Ref("person", "Joaquin Phoenix")
    triples, statement = written("cast", person=phoenix, character="Theodore", voice=False, position=1)
    node = statement.node
    assert node is not None
    assert node.value.startswith(f"{BASE}cast/")
    assert (FILM, ontology.term("film:castCredit"), node) in triples
    assert (FILM, ontology.term("schema:actor"), thing(phoenix)) in triples
    assert (node, ontology.term("schema:characterName"), Literal("Theodore")) in triples
    assert (node, ontology.term("film:status"), ontology.term("film:Actual")) in triples
    assert objects(triples, "film:voice") == {Literal(False)}
    assert objects(triples, "schema:position") == {Literal(1)}


@pytest.mark.parametrize("status", ["planned", "superseded", "alleged", "denied"])
def test_no_direct_triple_of_what_is_not_actual(status: str) -> None:
    triples, _ = written("cast", status, person=Ref("person", "Samantha Morton"))
    assert not any(s == FILM and p == ontology.term("schema:actor") for s, p, _ in triples)
    assert objects(triples, "film:status") == {ontology.term(f"film:{status.capitalize()}")}


def test_plain_triple_only_of_what_is_actual() -> None:
    triples, statement = written("title", title="Her")
    assert triples == set(statement.plain) == {(FILM, ontology.term("schema:name"), Literal("Her"))}
    triples, statement = written("title", "denied", title="Her")
    assert not triples
    assert statement.plain


def test_job_decides_the_direct_property() -> None:
    jonze = Ref("person", "Spike Jonze")
    triples, _ = written("credit", agent=jonze, role="Director")
    assert (FILM, ontology.term("schema:director"), thing(jonze)) in triples
    assert NamedNode(f"{ontology.ONTOLOGY}/jobs#director") in objects(triples, "film:job")


def test_unknown_words_stay_as_wording() -> None:
    triples, _ = written("credit", agent=Ref("person", "Ann Example"), role="keeper of the goldfish")
    assert objects(triples, "film:wording") == {Literal("keeper of the goldfish")}
    assert not objects(triples, "film:job")
    triples, _ = written("genre", genre="goldfish opera")
    assert objects(triples, "schema:genre") == {Literal("goldfish opera")}


def test_territory_is_a_concept_or_a_place() -> None:
    triples, _ = written("country", country="United States")
    assert objects(triples, "schema:countryOfOrigin") == {NamedNode(f"{ontology.ONTOLOGY}/territories#US")}
    triples, _ = written("country", country="Ruritania")
    assert objects(triples, "schema:countryOfOrigin") == {NamedNode(f"{BASE}place/ruritania")}


def test_running_time_gives_minutes_and_duration() -> None:
    triples, _ = written("runtime", minutes=126)
    assert objects(triples, "film:runtimeMinutes") == {Literal(126)}
    assert objects(triples, "schema:duration") == {Literal("PT2H6M", datatype=NamedNode(f"{XSD}duration"))}


def test_running_time_of_a_version_is_not_the_film_s() -> None:
    triples, _ = written("runtime", minutes=90, version="early cut")
    assert not objects(triples, "film:runtimeMinutes")


def test_path_gives_a_node_between() -> None:
    triples, statement = written("review", critic=Ref("person", "Ann Example"), value="4", best=Decimal("5.0"))
    assert statement.node is not None
    between = NamedNode(f"{statement.node.value}#reviewRating")
    assert (statement.node, ontology.term("schema:reviewRating"), between) in triples
    assert (between, ontology.term("rdf:type"), ontology.term("schema:Rating")) in triples
    assert (between, ontology.term("schema:ratingValue"), Literal("4")) in triples
    assert objects(triples, "schema:bestRating") == {Literal("5", datatype=NamedNode(f"{XSD}decimal"))}


def test_equal_facts_are_one_node_and_different_ones_are_not() -> None:
    def node(**fields: Value) -> NamedNode | None:
        return written("money", **fields)[1].node

    assert node(measure="budget", amount=23_000_000) == node(amount=Decimal("23000000.0"), measure="Budget")
    assert node(measure="budget", amount=23) != node(measure="budget", amount=23, currency="USD")
    assert written("cast", character="A")[1].node != written("cast", "planned", character="A")[1].node


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2013", "gYear"),
        ("2013-08", "gYearMonth"),
        ("2013-12-18", "date"),
        ("2013-12-18T20:00:00Z", "dateTime"),
        ("2000/2004", "string"),
        ("2013-02-30", "string"),
        ("2013-13", "string"),
        ("spring 2013", "string"),
    ],
)
def test_dates_keep_their_precision(text: str, datatype: str) -> None:
    assert moment(text) == Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(("minutes", "text"), [(126, "PT2H6M"), (60, "PT1H"), (7, "PT7M"), (0, "PT0S")])
def test_duration(minutes: int, text: str) -> None:
    assert duration(minutes).value == text


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("48000000.00"), "48000000"), (Decimal("4E+7"), "40000000"), ("7.50", "7.5"), (0, "0")]
)
def test_decimals_are_canonical(value: Value, text: str) -> None:
    made = converter("decimal")(value, thing)
    assert made == Literal(text, datatype=NamedNode(f"{XSD}decimal"))


def test_broken_addresses_are_left_out() -> None:
    assert written("image", url="not an address")[0] == set()


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("stunt", {"who": "x"}, "unknown kind of fact 'stunt'"),
        ("cast", {"stunt": "x"}, "no field 'stunt'"),
        ("cast", {"person": "Joaquin Phoenix"}, "cast.person"),
        ("cast", {"person": HER}, "cast.person"),
        ("cast", {"position": "first"}, "cast.position"),
        ("cast", {"voice": "yes"}, "cast.voice"),
        ("runtime", {"minutes": Decimal("1.5")}, "runtime.minutes"),
    ],
)
def test_mistakes_of_loaders_are_named(kind: str, fields: dict[str, Value], words: str) -> None:
    with pytest.raises(MappingError, match=words):
        written(kind, **fields)


def test_unknown_status_and_range() -> None:
    with pytest.raises(MappingError, match="status 'maybe'"):
        written("cast", "maybe", character="A")
    with pytest.raises(MappingError, match="unknown range 'colour'"):
        converter("colour")
