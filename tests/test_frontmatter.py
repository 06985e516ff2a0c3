"""Notes in Markdown whose front matter says which film they are about."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

NOTE = """---
title: "Low Water"
director: "[[Ada Vole]]"
year: 1999
runtime: 92
cast:
  - Cy Elm
  - [[Dee Fir]]
tags: [film, seen]
rating: 9
---
# Low Water

Seen twice, and the second time with the sound of the sea outside, which it did not need at all.
"""


def read(text: str) -> Extraction:
    return loaders.load(reading.document("note.md", text.encode()))


def test_front_matter_is_read_with_its_places() -> None:
    found = read(NOTE)
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1999)]
    said = {(fact.kind, next(iter(fact.fields.values()))) for fact in found.facts}
    assert {("credit", Ref("person", "Ada Vole")), ("runtime", 92), ("cast", Ref("person", "Cy Elm"))} <= said
    assert ("cast", Ref("person", "Dee Fir")) in said
    assert all(fact.span and NOTE[fact.span.start : fact.span.end] == fact.quote for fact in found.facts)
    assert not [fact for fact in found.facts if fact.kind in ("rating", "content-rating")]


@pytest.mark.parametrize(
    "matter",
    [
        "title: Low Water\nauthor: Ada Vole\nyear: 1999\npages: 200",
        "title: Ada Vole\ndirector: Low Gallery\nyear: 2020",
        "title: A post\ndate: 2019-01-02\ntags: [film]",
        "- a list\n- of things",
    ],
)
def test_front_matter_of_other_things(matter: str) -> None:
    assert not read(f"---\n{matter}\n---\nA few words.\n").facts


def test_front_matter_that_is_no_yaml_is_told() -> None:
    found = read("---\ntitle: Low Water\ndirector: [Ada\nyear: 1999\n---\nA few words.\n")
    assert [(one.severity, one.place[:4]) for one in found.issues if "YAML" in one.message] == [("warning", "line")]
