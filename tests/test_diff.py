"""What changed between two graphs, in lines a person can read, with the documents that say so."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from reelgraph import export
from reelgraph.diff import diff, read_graph
from reelgraph.errors import StoreError

HEAD = """
@base <https://w3id.org/reelgraph/id/> .
@prefix schema: <https://schema.org/> . @prefix film: <https://w3id.org/reelgraph/ontology#> .
@prefix jobs: <https://w3id.org/reelgraph/ontology/jobs#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<graph/preferred> { <film/her-2013> rdfs:label "Her" ; film:year 2013 . <person/amy-adams> rdfs:label "Amy Adams" . }
<graph/sources> { <document/aa> film:file "her.txt" ; film:start 0 . <document/bb-7> film:file "films.txt" . }
"""


def graph(*parts: str) -> Store:
    store = Store()
    store.load(HEAD + "\n".join(parts), RdfFormat.TRIG)
    return store


def claim(value: str, source: str = "aa", name: str = "01", status: str = "Actual") -> str:
    plain = f"<film/her-2013> film:runtimeMinutes {value} ." if status == "Actual" else ""
    return f"""<document/{source}> {{ {plain}
      <claim/{source}{name}> a film:Claim ; rdf:subject <film/her-2013> ; rdf:predicate film:runtimeMinutes ;
        rdf:object {value} ; film:status film:{status} ; film:evidence <evidence/{source}> .
      <evidence/{source}> oa:hasSource <document/{source}> ; oa:hasSelector <evidence/{source}#position> .
      <evidence/{source}#position> oa:start 5 . }}"""


def credit(number: str, character: str, position: int, source: str = "aa", status: str = "Actual") -> str:
    return f"""<document/{source}> {{ <film/her-2013> film:castCredit <cast/{number}> .
      <cast/{number}> a film:CastCredit ; schema:actor <person/amy-adams> ; schema:characterName "{character}" ;
        schema:position {position} ; film:status film:{status} ; film:evidence <evidence/{source}> .
      <evidence/{source}> oa:hasSource <document/{source}> . }}"""


def lines(before: Store, after: Store) -> list[str]:
    return list(diff(before, after).lines())


def test_equal_graphs() -> None:
    assert not diff(graph(claim("126")), graph(claim("126")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [claim("126")], ["+ Her (2013): runtime minutes: 126 [her.txt]"]),
        ([claim("126", "bb-7")], [], ["- Her (2013): runtime minutes: 126 [films.txt at 7]"]),
        ([claim("126")], [claim("119")], ["~ Her (2013): runtime minutes: 126 -> 119 [her.txt -> her.txt]"]),
        (
            [claim("126")],
            [claim("126", "bb-7")],
            ["~ Her (2013): runtime minutes: 126 [now in films.txt at 7; no longer in her.txt]"],
        ),
        (
            [],
            [claim("126", status="Planned")],
            ["+ Her (2013): runtime minutes: 126, planned [her.txt]"],
        ),
        (
            [],
            [credit("01", "Amy", 3)],
            ["+ Her (2013): cast credit: actor Amy Adams, character name Amy, position 3 [her.txt]"],
        ),
        (
            [credit("01", "Amy", 3), credit("05", "Isabella", 9)],
            [credit("02", "Amy", 4), credit("06", "Isabella", 9, status="Superseded")],
            [
                "~ Her (2013): cast credit: actor Amy Adams, character name Amy, position 3"
                " -> actor Amy Adams, character name Amy, position 4 [her.txt -> her.txt]",
                "~ Her (2013): cast credit: actor Amy Adams, character name Isabella, position 9"
                " -> actor Amy Adams, character name Isabella, position 9, superseded [her.txt -> her.txt]",
            ],
        ),
        (
            [],
            ["<document/aa> { <film/her-2013> schema:director <person/spike-jonze> ; film:job jobs:director . }"],
            ["+ Her (2013): director: spike-jonze [her.txt]", "+ Her (2013): job: director [her.txt]"],
        ),
        (
            [],
            ["<graph/sources> { <document/cc> film:file 'new.txt' ; film:start 0 . }"],
            ["+ new.txt: file: new.txt [no document]"],
        ),
    ],
    ids=["gained", "lost", "changed", "sources", "status", "node", "nodes", "plain", "document"],
)
def test_lines(before: list[str], after: list[str], expected: list[str]) -> None:
    assert lines(graph(*before), graph(*after)) == expected


def test_derived_values_are_no_facts() -> None:
    preferred = "<graph/preferred> { <film/her-2013> film:preferred <claim/aa01> . }"
    assert lines(graph(claim("126")), graph(claim("126"), preferred)) == []
    added = lines(graph(), graph(credit("01", "Amy", 3), preferred.replace("claim/aa01", "cast/01")))
    assert [line.split(":")[1] for line in added] == [" cast credit"]


def test_evidence_that_moved_is_no_change() -> None:
    assert lines(graph(claim("126")), graph(claim("126").replace("oa:start 5", "oa:start 9"))) == []


def test_a_part_of_a_node_counts_as_the_node() -> None:
    rating = "<document/aa> {{ <film/her-2013> schema:review <review/1> . <review/1> schema:reviewRating <rating/1> . "
    before, after = (graph(f"{rating.format()} <rating/1> schema:ratingValue '{value}' . }}") for value in "34")
    assert lines(before, after) == ["~ Her (2013): review: rating value 3 -> rating value 4 [her.txt -> her.txt]"]


def test_exports_differ_as_their_snapshots(tmp_path: Path) -> None:
    before, after = graph(claim("126"), credit("01", "Amy", 3)), graph(claim("119"), claim("126", "bb-7"))
    for name, store in (("a.ttl", before), ("b.ttl", after)):
        (tmp_path / name).write_text("".join(export.turtle(store)))
    files = lines(read_graph(tmp_path / "a.ttl"), read_graph(tmp_path / "b.ttl"))
    assert files == lines(before, after)
    assert len(files) == 3


def test_a_snapshot_and_its_export_are_equal(tmp_path: Path) -> None:
    store = graph(claim("126"), credit("01", "Amy", 3))
    (tmp_path / "a.ttl").write_text("".join(export.turtle(store)))
    assert not diff(store, read_graph(tmp_path / "a.ttl"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", "", "not the name of an RDF file"),
        ("a.ttl", "@prefix", "cannot read the graph"),
    ],
)
def test_unreadable_graphs(tmp_path: Path, name: str, data: str, message: str) -> None:
    (tmp_path / name).write_text(data)
    with pytest.raises(StoreError, match=message):
        read_graph(tmp_path / name)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        read_graph(tmp_path / "a.ttl")
