import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from reelgraph import iris

BASE = "https://w3id.org/reelgraph/id/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her", "her"),
        ("Amélie Poulain", "amelie-poulain"),
        ("Ocean’s Eleven", "oceans-eleven"),
        ("Fast & Furious", "fast-and-furious"),
        ("J. R. Smith", "j-r-smith"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("千と千尋の神隠し", "千と千尋の神隠し"),
        ("ガンダム", "ガンダム"),
        ("Ещё Один", "ещё-один"),
        ("देवदास", "देवदास"),
        ("İstanbul", "istanbul"),
        ("snake_case", "snake-case"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert iris.slug(text) == expected


def test_slug_of_nothing_and_of_very_much() -> None:
    assert re.fullmatch(r"x[0-9a-f]{8}", iris.slug("!!!"))
    assert iris.slug("!!!") != iris.slug("???")
    long = "the " * 60
    assert len(iris.slug(long)) < 100
    assert iris.slug(long + "end") != iris.slug(long + "start")


@given(st.text())
def test_slug_makes_valid_iris_whatever_the_text(text: str) -> None:
    slug = iris.slug(text)
    assert slug
    assert "/" not in slug
    NamedNode(iris.entity(BASE, "person", text))


def test_entities() -> None:
    assert iris.film(BASE, "Her", 2013) == f"{BASE}film/her-2013"
    assert iris.film(BASE, "Her", None) == f"{BASE}film/her"
    assert iris.entity(BASE, "person", "Spike Jonze") == f"{BASE}person/spike-jonze"
    assert iris.character(BASE, f"{BASE}film/her-2013", "Samantha") == f"{BASE}character/her-2013/samantha"


def test_sources() -> None:
    sha = "ab" * 32
    assert iris.source(BASE, sha, 0, whole=True) == iris.document(BASE, sha) == f"{BASE}document/{'ab' * 8}"
    assert iris.source(BASE, sha, 120, whole=False) == f"{BASE}document/{'ab' * 8}-120"


def test_nodes_tell_parts_apart() -> None:
    assert iris.node(BASE, "cast", ("a", "bc")) != iris.node(BASE, "cast", ("ab", "c"))
    assert re.fullmatch(re.escape(BASE) + r"cast/[0-9a-f]{16}", iris.node(BASE, "cast", ("a",)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/100%_sure", "https://example.org/100%25_sure"),
        ("https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ("https://example.org/é", "https://example.org/é"),
        ("her.html", None),
        ("", None),
    ],
)
def test_external(text: str, expected: str | None) -> None:
    assert iris.external(text) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("imdb:tt1798709", "https://www.imdb.com/title/tt1798709/"),
        ("imdb:nm0005069", "https://www.imdb.com/name/nm0005069/"),
        ("wikidata:Q788822", "http://www.wikidata.org/entity/Q788822"),
        ("tmdb:movie/152601", "https://www.themoviedb.org/movie/152601"),
        ("wikipedia:en/Mission: Impossible", "https://en.wikipedia.org/wiki/Mission:_Impossible"),
        ("shelf:12", None),
        ("imdb:zz1", None),
    ],
)
def test_same_as(identifier: str, expected: str | None) -> None:
    assert iris.same_as(identifier) == expected
