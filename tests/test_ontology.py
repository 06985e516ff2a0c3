"""The ontology's files hold together: every term declared, explained and used, every concept found by its wordings."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.compare import isomorphic
from rdflib.namespace import SDO

from reelgraph import ontology
from reelgraph.ontology import FILM, OWL, RDF, RDFS, SCHEMA, SCHEMES, SKOS, concepts, curie, key, term
from reelgraph.ontology import context as context_module
from reelgraph.ontology.documentation import reference
from reelgraph.ontology.vocabulary import quads

ROOT = Path(__file__).parent.parent
BASE = "https://w3id.org/reelgraph/id/"
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty}
FACTS = tomllib.loads(ontology.path("facts.toml").read_text(encoding="utf-8"))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)


def kinds(name: str) -> set[object]:
    return {quad.object for quad in quads("film") if quad.subject == FILM[name] and quad.predicate == RDF.type}


def values(name: str, predicate: NamedNode) -> list[str]:
    found = [quad.object for quad in quads("film") if quad.subject == FILM[name] and quad.predicate == predicate]
    return [value.value for value in found if isinstance(value, NamedNode | Literal)]


# ---------- terms


@pytest.mark.parametrize("kind", FACTS)
def test_the_terms_of_facts_toml_are_declared(kind: str) -> None:
    names = [name for text in strings(FACTS[kind]) for name in re.findall(r"(?:film|schema|rdf):[A-Za-z0-9]+", text)]
    assert names
    for name in names:
        assert curie(term(name).value) == name


@pytest.mark.parametrize("kind", FACTS)
def test_the_concept_schemes_of_facts_toml_exist(kind: str) -> None:
    named = [name for text in strings(FACTS[kind]) for name in re.findall(r"concept:(\w+)", text)]
    assert set(named) <= set(SCHEMES)


@pytest.mark.parametrize("name", list(FILM))
def test_a_term_has_a_label_and_one_sentence(name: str) -> None:
    assert len(values(name, RDFS.label)) == 1
    (comment,) = values(name, RDFS.comment)
    assert comment.endswith(".")
    assert comment.count(". ") == 0


@pytest.mark.parametrize("name", [name for name in FILM if kinds(name) & PROPERTIES])
def test_a_property_has_domain_and_range(name: str) -> None:
    assert len(values(name, RDFS.domain)) == 1
    (target,) = values(name, RDFS.range)
    is_data = target.startswith("http://www.w3.org/2001/XMLSchema#") or target.endswith(("#Literal", "#langString"))
    assert is_data == (OWL.DatatypeProperty in kinds(name))


def test_every_term_is_used() -> None:
    texts = [ontology.path(f"{name}.ttl") for name in SCHEMES] + [ontology.path("facts.toml")]
    texts += [path for folder in ("reelgraph", "loaders", "queries", "server") for path in (ROOT / folder).rglob("*.*")]
    used = set()
    for path in texts:
        if (
            path.suffix in {".ttl", ".toml", ".py", ".rq", ".html"}
            and path.resolve() != ontology.path("film.ttl").resolve()
        ):
            used |= set(re.findall(r"(?:film:|FILM\.)([A-Za-z]+)", path.read_text(encoding="utf-8")))
    used |= {curie(quad.object.value).partition(":")[2] for quad in quads("film") if isinstance(quad.object, NamedNode)}
    assert set(FILM) - used == set()


def test_terms_of_schema_org_exist() -> None:
    newer = {"observationPeriod"}  # than the list that rdflib keeps
    named = {
        node.value
        for quad in ontology.shapes()
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode)
    }
    local = {iri.removeprefix(str(SCHEMA)) for iri in named if iri.startswith(str(SCHEMA))} - {""}
    assert {name for name in local - newer if name not in SDO} == set()
    assert {name for name in SCHEMA if name not in SDO} == set()


def test_terms_of_others_are_declared_with_a_note() -> None:
    aligned = {SKOS.closeMatch, RDFS.seeAlso, RDFS.subPropertyOf}
    needed = {
        node.value
        for quad in quads("film")
        if quad.predicate not in aligned
        for node in (quad.subject, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith((str(SCHEMA), str(ontology.OA)))
    }
    noted = {
        quad.subject.value
        for quad in quads("reused")
        if quad.predicate == SKOS.scopeNote and isinstance(quad.subject, NamedNode)
    }
    assert needed - noted == set()


def test_the_header_names_version_licence_and_prefix() -> None:
    found = reference()
    assert found.iri == "https://w3id.org/reelgraph/ontology"
    assert re.fullmatch(r"\d+\.\d+\.\d+", found.version)
    assert found.license.startswith("https://creativecommons.org/")
    text = ontology.path("film.ttl").read_text(encoding="utf-8")
    assert 'vann:preferredNamespacePrefix "film"' in text


# ---------- namespaces


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match=r"castCredits is not a term of film.ttl"):
        _ = FILM.castCredits
    with pytest.raises(AttributeError, match=r"actors is not a term of reused.ttl"):
        _ = SCHEMA.actors
    with pytest.raises(ValueError, match="no such term: film:castCredits"):
        term("film:castCredits")
    with pytest.raises(ValueError, match="no such term: nope:x"):
        term("nope:x")
    with pytest.raises(AttributeError):
        _ = FILM.MovieShape


def test_terms_are_nodes() -> None:
    assert FILM.castCredit == NamedNode("https://w3id.org/reelgraph/ontology#castCredit") == term("film:castCredit")
    assert OWL["Class"].value == "http://www.w3.org/2002/07/owl#Class"
    assert "castCredit" in FILM
    assert "castCredits" not in FILM
    assert str(FILM) == "https://w3id.org/reelgraph/ontology#"
    assert curie("https://schema.org/actor") == "schema:actor"
    assert curie("https://w3id.org/reelgraph/ontology/jobs#editor") == "https://w3id.org/reelgraph/ontology/jobs#editor"
    assert curie("http://example.org/x") == "http://example.org/x"


def test_importing_needs_neither_rdflib_nor_a_file() -> None:
    code = (
        "import sys, reelgraph.ontology as o; from reelgraph.ontology.vocabulary import quads;"
        "sys.exit('rdflib' in sys.modules or quads.cache_info().currsize)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# ---------- concepts


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_complete_and_linked(name: str) -> None:
    scheme = concepts(name)
    assert len({concept.iri for concept in scheme.members}) == len(scheme.members)
    for concept in scheme.members:
        assert concept.label, concept
        assert concept.iri == f"https://w3id.org/reelgraph/ontology/{name}#{concept.notation}"
        assert all(scheme.by_iri(iri) for iri in concept.broader), concept
        assert len(set(concept.wordings)) == len(concept.wordings), concept
        if concept.shortcut:
            assert term(curie(concept.shortcut))
        if name == "boards":
            assert concepts("territories").by_iri(concept.territory), concept
            assert concept.certificates


@pytest.mark.parametrize("name", SCHEMES)
def test_a_wording_means_one_concept(name: str) -> None:
    meant: dict[str, set[str]] = {}
    for concept in concepts(name).members:
        for wording in (concept.label, *concept.wordings):
            meant.setdefault(key(wording), set()).add(concept.notation)
    assert {wording: found for wording, found in meant.items() if len(found) > 1} == {}
    assert "" not in meant


def test_no_two_territories_share_a_demonym_or_a_code() -> None:
    for read in ("demonyms", "codes"):
        seen: dict[str, str] = {}
        for concept in concepts("territories").members:
            for word in getattr(concept, read):
                assert seen.setdefault(key(word), concept.notation) == concept.notation, word


@pytest.mark.parametrize(
    ("name", "least"),
    [("jobs", 100), ("genres", 200), ("territories", 300), ("languages", 230), ("measures", 40), ("boards", 60)],
)
def test_schemes_are_broad(name: str, least: int) -> None:
    assert len(concepts(name).members) >= least


def test_all_countries_have_both_codes() -> None:
    codes = [concept.codes for concept in concepts("territories").members if re.fullmatch("[A-Z]{2}", concept.notation)]
    assert len(codes) == 250  # ISO 3166-1 and Kosovo
    assert all(re.fullmatch("[A-Z]{3}", alpha3) for _, alpha3 in codes)


@pytest.mark.parametrize(
    ("scheme", "wording", "label"),
    [
        ("jobs", "Directed by", "director"),
        ("jobs", "DoP", "cinematographer"),
        ("jobs", "Director of Photography", "cinematographer"),
        ("jobs", "music by", "composer"),
        ("jobs", "written  by", "screenwriter"),
        ("jobs", "Co-Producer", "co-producer"),
        ("jobs", "coproducer", "co-producer"),
        ("jobs", "home media distributor", "home video distributor"),
        ("jobs", "in association with", "production company"),
        ("jobs", "additional music by", "additional music"),
        ("genres", "Sci-Fi", "science fiction"),
        ("genres", "scifi", "science fiction"),
        ("genres", "romcom", "romantic comedy"),
        ("genres", "Rom-Com", "romantic comedy"),
        ("genres", "Comedy-drama", "comedy drama"),
        ("territories", "U.S.", "United States"),
        ("territories", "the United States", "United States"),
        ("territories", "USA", "United States"),
        ("territories", "GBR", "United Kingdom"),
        ("territories", "British", "United Kingdom"),
        ("territories", "Cote d’Ivoire", "Ivory Coast"),
        ("territories", "domestic", "United States and Canada"),
        ("territories", "North America", "North America"),
        ("territories", "other international territories", "other territories"),
        ("territories", "worldwide", "worldwide"),
        ("territories", "USSR", "Soviet Union"),
        ("territories", "FRG", "West Germany"),
        ("territories", "Taiwan, Province of China", "Taiwan"),
        ("languages", "en", "English"),
        ("languages", "eng", "English"),
        ("languages", "Mandarin Chinese", "Mandarin"),
        ("languages", "Farsi", "Persian"),
        ("languages", "日本語", "Japanese"),
        ("measures", "Box office", "gross"),
        ("measures", "opening weekend", "opening weekend gross"),
        ("measures", "P&A", "marketing cost"),
        ("measures", "per-theater average", "per-theatre average"),
        ("boards", "Motion Picture Association of America", "MPA"),
        ("boards", "FSK film rating", "FSK"),
    ],
)
def test_a_wording_is_found(scheme: str, wording: str, label: str) -> None:
    assert concepts(scheme)[wording].label == label


def test_what_is_not_known_is_not_guessed() -> None:
    assert concepts("jobs").get("goat wrangling") is None
    assert concepts("jobs").get("") is None
    with pytest.raises(ValueError, match="no concept scheme 'moods'"):
        concepts("moods")


def test_jobs_name_their_plain_properties() -> None:
    assert concepts("jobs")["screenwriter"].shortcut == SCHEMA.author.value
    cinematographer = concepts("jobs").by_iri("https://w3id.org/reelgraph/ontology/jobs#cinematographer")
    assert cinematographer is not None
    assert cinematographer.shortcut == FILM.cinematographer.value
    assert concepts("jobs")["additional music"].shortcut == ""


def test_a_board_has_territory_and_certificates() -> None:
    board = concepts("boards")["BBFC"]
    assert board.territory == concepts("territories")["United Kingdom"].iri
    assert "12A" in board.certificates


# ---------- what is made from the files


def test_the_vocabulary_graph_has_no_blank_nodes() -> None:
    found = list(ontology.vocabulary_quads(BASE))
    assert {quad.graph_name for quad in found} == {NamedNode(BASE + "graph/vocabulary")}
    assert not any(isinstance(node, BlankNode) for quad in found for node in (quad.subject, quad.object))
    drama = NamedNode("https://w3id.org/reelgraph/ontology/genres#drama")
    assert [quad.object for quad in found if quad.subject == drama and quad.predicate == RDFS.label] == [
        Literal("drama")
    ]


def test_the_json_ld_context_is_current() -> None:
    assert context_module.main(["--check"]) is None


def test_an_old_context_is_told_and_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context_module, "path", tmp_path.joinpath)
    assert context_module.main(["--check"]) == "context.jsonld is out of date: run python -m reelgraph.ontology.context"
    assert context_module.main([]) is None
    assert context_module.main(["--check"]) is None


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own
def test_the_context_has_every_term_and_keeps_a_graph_whole() -> None:
    made = json.loads(ontology.path("context.jsonld").read_text(encoding="utf-8"))
    ids = {entry["@id"] if isinstance(entry, dict) else entry for entry in made["@context"].values()}
    assert {f"film:{name}" for name in FILM} <= ids
    assert made["@context"]["name"] == "schema:name"
    graph = rdflib.Graph().parse(Path(__file__).parent / "data" / "ontology" / "good.ttl")
    text = graph.serialize(format="json-ld", context=made["@context"], auto_compact=False)
    again = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(graph, again)


def test_the_reference_lists_everything() -> None:
    found = reference()
    assert {entry.iri for entry in found.classes} | {entry.iri for entry in found.properties} | {
        entry.iri for entry in found.statuses
    } == {FILM[name].value for name in FILM}
    assert [scheme.name for scheme in found.schemes] == list(SCHEMES)
    credit = next(entry for entry in found.classes if entry.curie == "film:CastCredit")
    assert credit.wider == ("film:Fact", "schema:PerformanceRole")
    actor = next(field for field in credit.fields if field.curie == "schema:actor")
    assert (actor.required, actor.repeatable, actor.severity) == (True, False, "violation")
    assert {"film:status", "film:evidence"} <= {field.curie for field in credit.fields}
    voice = next(entry for entry in found.properties if entry.curie == "film:voice")
    assert (voice.domain, voice.range, voice.classes) == ("film:CastCredit", "xsd:boolean", ("film:CastCredit",))
