"""IIIF manifests: those of films are read, those of posters, photographs and books are not."""

import json
from collections.abc import Callable

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

V3, V2 = (f"http://iiif.io/api/presentation/{number}/context.json" for number in (3, 2))
Make = Callable[..., dict[str, object]]
PLAIN = {"Director": "Ada Vole", "Year": "1999", "Running time": "92 min"}


def v3(label: str, pairs: dict[str, str], **more: object) -> dict[str, object]:
    metadata = [{"label": {"en": [name]}, "value": {"none": [value]}} for name, value in pairs.items()]
    about = {"@context": V3, "id": "https://a.example/m", "type": "Manifest", "label": {"en": [label]}}
    return {**about, "metadata": metadata, **more}


def v2(label: str, pairs: dict[str, str], **more: object) -> dict[str, object]:
    metadata = [{"label": [{"@value": name, "@language": "en"}], "value": value} for name, value in pairs.items()]
    about = {"@context": V2, "@id": "https://a.example/m", "@type": "sc:Manifest", "label": label}
    return {**about, "metadata": metadata, **more}


def load(manifest: dict[str, object]) -> Extraction:
    text = json.dumps(manifest, ensure_ascii=False)
    found = loaders.load(reading.document("manifest.json", text.encode()))
    assert found.loader == "iiif"
    for fact in found.facts:
        assert fact.span
        assert text[fact.span.start : fact.span.end] == fact.quote
    return found


def films(found: Extraction) -> list[Ref]:
    return [film for source in found.sources for film in source.about]


@pytest.mark.parametrize("manifest", [v2, v3])
@pytest.mark.parametrize(
    "pairs",
    [
        PLAIN,
        {"Titel": "Low Fell", "Regie": "Ada Vole", "Jahr": "1999", "Laufzeit": "92 min"},
        {"Director": "Ada Vole", "Year": "1999", "Type": "Motion picture", "Running time": "92"},
    ],
)
def test_labels_say_what_the_film_is(manifest: Make, pairs: dict[str, str]) -> None:
    found = load(manifest("Low Fell (1999)", pairs))
    assert films(found) == [Ref("film", "Low Fell", 1999)]
    assert {fact.fields["agent"] for fact in found.facts if fact.kind == "credit"} == {Ref("person", "Ada Vole")}
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [92]


@pytest.mark.parametrize("manifest", [v2, v3])
@pytest.mark.parametrize(
    ("label", "pairs"),
    [
        ("Low Fell (1999)", {"Director": "Ada Vole", "Year": "1999", "Cast": "Cy Elm"}),
        ("Low Fell: poster", PLAIN),
        ("Low Fell (1999)", {**PLAIN, "Type": "Film still"}),
        ("Low Fell (1999)", {**PLAIN, "Genre": "Screenplay"}),
        ("Low Fell (1999)", {"Author": "Ada Vole", "Year": "1999", "Pages": "92"}),
        ("Low Fell", {}),
    ],
)
def test_other_things_are_no_films(manifest: Make, label: str, pairs: dict[str, str]) -> None:
    found = load(manifest(label, pairs))
    assert not films(found)
    assert not found.facts
    assert any("1 of 1" in issue.message for issue in found.issues)


def test_what_runs_is_a_film_if_its_labels_are_those_of_one() -> None:
    pairs = {"Director": "Ada Vole", "Year": "1999", "Cast": "Cy Elm"}
    canvas = {"type": "Canvas", "height": 480, "duration": 5520}
    assert films(load(v3("Low Fell", pairs, items=[canvas]))) == [Ref("film", "Low Fell", 1999)]
    assert not films(load(v3("Low Fell", pairs, items=[{**canvas, "duration": None}])))
    assert not films(load(v3("Low Fell", {"Year": "1999", "Speaker": "Ada Vole"}, items=[canvas])))


def test_collections_have_several() -> None:
    members = [v3("Low Fell", PLAIN), v3("Low Fell: lobby card", PLAIN), v3("Tin", {**PLAIN, "Year": "2001"})]
    found = load({"@context": V3, "type": "Collection", "label": {"en": ["All"]}, "items": members})
    assert films(found) == [Ref("film", "Low Fell", 1999), Ref("film", "Tin", 2001)]


def test_values_in_several_languages_and_with_markup() -> None:
    pairs = [
        {"label": {"fi": ["Ohjaaja"], "en": ["Director"]}, "value": {"fi": ["<b>Ada</b> Vole"], "en": ["Ada Vole"]}},
        {"label": {"en": ["Running time"]}, "value": {"en": ["92 min"]}},
        {"label": {"en": ["Cast"]}, "value": {"none": ["Cy Elm", "Dee Fir"]}},
        {"label": {"en": ["Year"]}, "value": {"none": ["1999"]}},
    ]
    found = load(v3("Low Fell", {}, metadata=pairs))
    cast = [fact.fields["person"] for fact in found.facts if fact.kind == "cast"]
    assert cast == [Ref("person", "Cy Elm"), Ref("person", "Dee Fir")]
    assert [fact.fields["agent"] for fact in found.facts if fact.kind == "credit"] == [Ref("person", "Ada Vole")]
