"""Films that no other mention can be of are never held together, and all comes out as if they were."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelgraph import alone, identity, judgements, mentions
from reelgraph.alone import Packed
from reelgraph.identity import Resolution
from reelgraph.model import Extraction, Fact, Ref, SourceDocument, Span

BASE = "https://w3id.org/reelgraph/id/"
SOURCE = SourceDocument(Span(0, 1), "data")


def film(name: str, year: int | None = None, *ids: str) -> Ref:
    return Ref("film", name, year, ids)


def title(of: Ref) -> Fact:
    return Fact("title", of, {"title": of.name})


def cast(of: Ref, name: str) -> Fact:
    return Fact("cast", of, {"person": Ref("person", name)})


def documents(found: Iterable[Iterable[Fact]]) -> dict[str, Extraction]:
    return {f"{n:02x}" * 32: Extraction("x", (SOURCE,), tuple(facts)) for n, facts in enumerate(found, 1)}


def packed(found: dict[str, Extraction]) -> list[Packed]:
    return [alone.packed(mentions.of(doc, one)) for doc, one in found.items()]


def lonely(*facts: list[Fact]) -> list[str]:
    """The names of the films that are alone, sorted."""
    return sorted(ref.name for ref in identity.resolve_packed(packed(documents(facts)), BASE).alone)


def check(found: dict[str, Extraction], *lines: str) -> Resolution:
    """See that nothing but the memory it takes depends on which films are alone."""
    judged = judgements.parse(lines, BASE)
    whole = identity.resolve(found.items(), BASE, judged)
    short = identity.resolve_packed(packed(found), BASE, judged)
    assert dict(short.everything()) == dict(whole.entities)
    assert len(list(short.everything())) == len(whole.entities)
    assert (short.aliases, short.homonyms, short.notes) == (whole.aliases, whole.homonyms, whole.notes)
    for doc, extraction in found.items():
        assert short.fingerprint(doc) == whole.fingerprint(doc)
        for fact in extraction.facts:
            for ref in (fact.subject, *fact.fields.values()):
                if isinstance(ref, Ref):
                    assert short.iri(ref, doc, fact.subject) == whole.iri(ref, doc, fact.subject)
    return short


def test_films_of_a_table_are_alone() -> None:
    rows = [title(film("Tin", 1990, "imdb:tt1")), title(film("Lead", None, "imdb:tt2")), title(film("Zinc", 1990))]
    assert lonely(rows) == ["Lead", "Tin", "Zinc"]
    resolution = check(documents([rows]))
    assert resolution.entities == {}
    assert f"{BASE}film/lead" in dict(resolution.everything())


@pytest.mark.parametrize(
    "other",
    [
        title(film("The Tin", 2005)),
        title(film("Zinn", 2005, "imdb:tt1")),
        Fact("alternate-title", film("Zinn", 2005), {"title": "Tin"}),
        title(film("tin", 1990)),
        title(film("Tin 1990")),
    ],
    ids=["title", "identifier", "other title", "IRI", "IRI with another title"],
)
def test_films_that_share_something_are_not(other: Fact) -> None:
    facts = [[title(film("Tin", 1990, "imdb:tt1"))], [other]]
    assert lonely(*facts) == []
    check(documents(facts))


@pytest.mark.parametrize(
    "fact",
    [
        cast(film("Tin", 1990), "Ada Vole"),
        title(film("Tin  Can", 1990)),
        title(film("tt0000001", None, "imdb:tt0000001")),
        Fact("year", film("Tin"), {"year": 1990}),
        Fact("character", film("Zinc"), {"character": Ref("character", "Ann", within="Tin (1990)")}),
    ],
    ids=["somebody", "spaces", "a code", "a year that a fact says", "a character of another film"],
)
def test_films_of_which_there_is_more_to_tell_are_not(fact: Fact) -> None:
    facts = [fact, title(film("Tin", 1990))] if fact.kind == "character" else [fact]
    assert lonely(facts) == []
    check(documents([facts]))


def test_an_iri_that_others_got_by_being_many() -> None:
    """Two films `Tin` of 1990 are told apart by a number, which a film of another title has in its IRI."""
    same = [title(film("Tin", 1990, "imdb:tt1")), title(film("Tin", 1990, "imdb:tt2"))]
    numbered = title(film("Tin 1990 2"))
    assert lonely(same, [title(film("Lead", 1990))]) == ["Lead"]
    assert lonely(same, [numbered]) == []
    check(documents([same, [numbered]]))


def test_what_people_decided_about_is_compared() -> None:
    rows = [title(film("Tin", 1990)), title(film("Can", 1990)), title(film("Lead", 1990))]
    joined = check(documents([rows]), "same film/tin-1990 film/can-1990 retitled")
    assert [ref.name for ref in joined.alone] == ["Lead"]
    assert f"{BASE}film/can-1990" not in dict(joined.everything())


NAMES = st.sampled_from(["Tin", "The Tin", "Tin 1990", "Tin 1990 2", "Can", "Lead", "Zinc", "Zinc, The"])
IDS = st.sampled_from(
    [(), (), ("imdb:tt1",), ("imdb:tt2",), ("tmdb:3",), ("imdb:tt1", "tmdb:3"), ("wikipedia:en/Tin",)]
)
FILMS = st.builds(Ref, st.just("film"), NAMES, st.sampled_from([None, 1990, 1991, 2010]), IDS)
FACTS = st.one_of(
    st.builds(title, FILMS),
    st.builds(lambda of, name: Fact("alternate-title", of, {"title": name}), FILMS, NAMES),
    st.builds(lambda of, year: Fact("year", of, {"year": year}), FILMS, st.sampled_from([1990, 2010])),
    st.builds(cast, FILMS, st.sampled_from(["Ada Vole", "Ben Ash", "Vole"])),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(FACTS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_all_is_as_if_all_were_compared(found: list[list[Fact]]) -> None:
    check(documents(found))
