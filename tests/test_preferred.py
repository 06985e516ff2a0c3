from decimal import Decimal
from hashlib import sha256

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from reelgraph import identity, ontology, preferred, provenance
from reelgraph.aspects import Stated, agree, contradicting, is_exact
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span, Value
from reelgraph.ontology import XSD

BASE = "https://w3id.org/reelgraph/id/"
HER = Ref("film", "Her", 2013)


def fact(kind: str, status: str = "actual", /, **fields: Value) -> Fact:
    return Fact(kind, HER, fields, Span(0, 3), status=status)


def runtime(minutes: int) -> Fact:
    return fact("runtime", minutes=minutes)


def gross(amount: float, territory: str = "", qualifier: str = "") -> Fact:
    fields: dict[str, Value] = {"measure": "gross", "amount": Decimal(str(amount)) * 1_000_000, "currency": "USD"}
    fields |= {"territory": territory} if territory else {}
    fields |= {"qualifier": qualifier} if qualifier else {}
    return fact("money", **fields)


def store(*sources: tuple[str, list[Fact]]) -> Store:
    """A store with one source document for each kind (`review`, or `review 2014-01-10`) and its facts."""
    documents, found = {}, {}
    for number, (described, facts) in enumerate(sources):
        kind, _, date = described.partition(" @")
        data = f"Her, number {number}".encode()
        document = Document(f"{number}.txt", sha256(data).hexdigest(), "text/plain", data, data.decode())
        source = SourceDocument(Span(0, len(data)), kind, date=date, about=(HER,))
        documents[document.sha256] = document
        found[document.sha256] = Extraction("plaintext", (source,), tuple(facts))
    resolution = identity.resolve(found.items(), BASE)
    made = Store()
    for sha, extraction in found.items():
        made.extend(provenance.quads(documents[sha], extraction, resolution, BASE))
    made.extend(list(preferred.quads(made, resolution, BASE)))
    return made


def rows(made: Store, where: str, *names: str) -> list[tuple[str, ...]]:
    query = f"{ontology.PROLOGUE} SELECT DISTINCT * WHERE {{ GRAPH <{BASE}graph/preferred> {{ {where} }} }}"
    answer = made.query(query)
    assert isinstance(answer, QuerySolutions)
    return sorted(tuple(str(getattr(row[name], "value", "")) for name in names) for row in answer)


def disputed(made: Store) -> list[tuple[str, ...]]:
    where = "?f film:disagreement ?d . ?d film:disputedProperty ?p ; film:disputedValue ?v ; film:chosen ?c"
    return rows(made, where, "p", "v", "c")


def minutes(made: Store) -> str:
    ((found,),) = rows(made, "?f film:runtimeMinutes ?m", "m")
    return found


def test_everything_has_one_label() -> None:
    made = store(("article", [fact("cast", person=Ref("person", "Amy Adams"))]), ("review", [runtime(126)]))
    assert rows(made, "?e rdfs:label ?l", "l") == [("Amy Adams",), ("Her",)]


def test_year_is_of_the_facts_or_of_the_film_s_name() -> None:
    assert rows(store(("article", [runtime(126)])), "?f film:year ?y", "y") == [("2013",)]
    made = store(("article", [fact("year", year=2014)]), ("review", [fact("year", year=2014)]))
    assert rows(made, "?f film:year ?y", "y") == [("2014",)]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([("review", [runtime(119)]), ("review", [runtime(126)]), ("search snippet", [runtime(126)])], "126"),
        ([("review", [runtime(119)]), ("data", [runtime(126)])], "126"),
        ([("article", [runtime(119)]), ("review", [runtime(126)])], "119"),
        ([("review @2014-01", [runtime(119)]), ("review @2013-12-18", [runtime(126)])], "119"),
        ([("review @2013-12", [runtime(119)]), ("review @2013-12-18", [runtime(126)])], "126"),
        ([("review", [runtime(126)]), ("review", [runtime(119)])], "119"),
    ],
    ids=["most sources", "better kind", "article before review", "latest", "latest by day", "smallest"],
)
def test_the_rule(sources: list[tuple[str, list[Fact]]], expected: str) -> None:
    made = store(*sources)
    assert minutes(made) == expected
    assert minutes(store(*reversed(sources))) == expected
    assert [row[1:] for row in disputed(made)] == [(value, str(value == expected).lower()) for value in ("119", "126")]


def test_no_disagreement_where_all_say_the_same() -> None:
    assert disputed(store(("article", [runtime(126)]), ("review", [runtime(126)]))) == []


def test_a_disagreement_about_the_year_leads_to_the_claims() -> None:
    made = store(("article", [fact("year", year=2013)]), ("review", [fact("year", year=2014)]))
    where = "?d film:disputedProperty 'year' ; film:disputedValue ?v ; film:sourceCount ?n ; film:statement ?s"
    assert [row[:2] for row in rows(made, where, "v", "n", "s")] == [("2013", "1"), ("2014", "1")]
    claims = f"{ontology.PROLOGUE} SELECT ?s {{ GRAPH ?g {{ ?s rdf:predicate film:year }} }}"
    answer = made.query(claims)
    assert isinstance(answer, QuerySolutions)
    assert {str(row["s"]) for row in answer} == {f"<{row[2]}>" for row in rows(made, where, "v", "n", "s")}


def test_a_disagreement_leads_to_its_statements() -> None:
    made = store(("article", [runtime(119)]), ("review", [runtime(126)]), ("page", [runtime(126)]))
    where = "?d film:disputedValue '126' ; film:sourceCount ?n ; film:statement ?s"
    found = rows(made, where, "n", "s")
    assert [count for count, _ in found] == ["2", "2"]
    query = (
        f"{ontology.PROLOGUE} ASK {{ <{found[0][1]}> film:minutes 126 ; film:evidence/oa:hasSelector/oa:exact 'Her' }}"
    )
    assert made.query(query, use_default_graph_as_union=True)


def test_versions_and_plans_are_no_disagreement() -> None:
    cut = fact("runtime", minutes=90, version="early cut")
    planned = fact("release", "planned", event="wide", date="2013-11-20")
    made = store(
        ("article", [runtime(126), cut, planned]), ("review", [fact("release", event="wide", date="2014-01-10")])
    )
    assert disputed(made) == []
    assert minutes(made) == "126"


def test_over_48_million_against_47_4() -> None:
    made = store(("article", [gross(48, qualifier="over"), gross(47.4, "worldwide")]))
    assert disputed(made) == [
        ("gross (worldwide)", "47400000 USD", "true"),
        ("gross (worldwide)", "over 48000000 USD", "false"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (gross(48.3, "worldwide"), gross(48.305123, "worldwide")),
        (gross(48, "worldwide", "over"), gross(48.3, "worldwide")),
        (gross(48, "worldwide", "about"), gross(48.3, "worldwide")),
        (gross(25.6, "United States"), gross(48.3, "worldwide")),
        (gross(25.6, "United States"), gross(25.568, "")),
    ],
)
def test_less_precise_is_no_disagreement(one: Fact, other: Fact) -> None:
    assert disputed(store(("article", [one]), ("review", [other]))) == []


def test_exact_values_are_preferred_to_rounded_ones() -> None:
    made = store(("article", [gross(48, "worldwide", "over")]), ("article", [gross(48.305123, "worldwide")]))
    query = f"{ontology.PROLOGUE} SELECT ?v {{ ?f film:preferred/schema:value ?v }}"
    answer = made.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    assert [str(getattr(row["v"], "value", "")) for row in answer] == ["48305123"]


def test_release_dates() -> None:
    def wide(date: str, territory: str = "") -> Fact:
        fields: dict[str, Value] = {"event": "wide", "date": date}
        return fact("release", **fields, **({"territory": territory} if territory else {}))

    assert disputed(store(("article", [wide("2014-01-10")]), ("review", [wide("2014-01")]))) == []
    differing = store(("article", [wide("2014-01-10", "United States")]), ("review", [wide("2014-01-17")]))
    assert [row[:2] for row in disputed(differing)] == [
        ("wide release date (United States)", "2014-01-10"),
        ("wide release date (United States)", "2014-01-17"),
    ]
    several = store(("article", [wide("2014-01-10"), wide("2014-02-14")]), ("review", [wide("2014-03-01")]))
    assert disputed(several) == []


def test_ratings_of_one_site() -> None:
    def rating(value: str) -> Fact:
        site = Ref("organization", "Example Tomatoes")
        return fact("rating", site=site, metric="critics", value=value, best=Decimal(100))

    made = store(("article", [rating("94%")]), ("page", [rating("95")]))
    assert [row[:2] for row in disputed(made)] == [
        ("critics of Example Tomatoes out of 100", "94"),
        ("critics of Example Tomatoes out of 100", "95"),
    ]
    assert disputed(store(("article", [rating("94%")]), ("page", [rating("94")]))) == []


def test_former_iris_are_in_the_identity_graph() -> None:
    resolution = identity.Resolution(BASE, aliases={f"{BASE}film/her": f"{BASE}film/her-2013"})
    made = list(preferred.quads(Store(), resolution, BASE))
    assert [str(quad.graph_name) for quad in made] == [f"<{BASE}graph/identity>"]


def test_update_touches_only_what_changed() -> None:
    made = store(("article", [runtime(126)]))
    wanted = list(made.quads_for_pattern(None, None, None, None))
    derived = [quad for quad in wanted if str(quad.graph_name).endswith("preferred>")]
    update = preferred.Update(made, BASE)
    assert (list(update.new(derived)), update.outdated(), update.added) == ([], [], 0)
    other = Quad(NamedNode(f"{BASE}film/other"), NamedNode(f"{BASE}p"), Literal("x"), derived[0].graph_name)
    update = preferred.Update(made, BASE)
    assert list(update.new([*derived[1:], other])) == [other]
    assert (update.outdated(), update.added) == (derived[:1], 1)


def value(text: str, qualifier: str = "", source: str = "a", number: bool = True) -> Stated:
    return Stated("film", "gross", "", "node", source, text, Decimal(text) if number else None, qualifier)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (value("119"), value("120"), False),
        (value("48000000", "over"), value("47400000"), False),
        (value("48000000", "nearly"), value("47400000"), True),
        (value("50000000", "about"), value("47400000"), True),
        (value("50000000", "about"), value("41000000"), False),
        (value("2013", number=False), value("2013-12-18", number=False), True),
        (value("2013-12-17", number=False), value("2013-12-18", number=False), False),
        (value("PG", number=False), value("PG-13", number=False), False),
    ],
)
def test_agree(one: Stated, other: Stated, expected: bool) -> None:
    assert agree(one, other) is agree(other, one) is expected


def test_exactness() -> None:
    assert is_exact(value("48305123"))
    assert not is_exact(value("48000000"))
    assert not is_exact(value("48305123", "about"))
    assert is_exact(value("2013-12-18", number=False))
    assert not is_exact(value("2013-12", number=False))


def test_what_one_source_lists_are_several_things() -> None:
    listed = [value("100"), value("900")]
    assert contradicting(listed) == []
    assert contradicting([*listed, value("500", source="b")]) == []
    assert len(contradicting([*listed, value("905", source="b")])) == 2
    assert len(contradicting([value("100"), value("900", source="b")])) == 2


def test_what_was_written_over_http_chooses_nothing() -> None:
    made = store(("review", [runtime(119)]), ("article", [runtime(126)]))
    own = NamedNode("http://e.example/notes")
    source = next(quad.graph_name for quad in made if quad.object == Literal("126", datatype=XSD.integer))
    copied = [Quad(quad.subject, quad.predicate, quad.object, own) for quad in made if quad.graph_name == source]
    before = list(preferred.choices(made, BASE))
    made.extend(copied)
    assert before
    assert list(preferred.choices(made, BASE)) == before
