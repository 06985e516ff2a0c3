"""XML without a loader of its own: lists of films are read, lists of other things are refused."""

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.model import Extraction, Ref

TITLE = "<title>Tin</title><year>2001</year>"


def load(text: str) -> Extraction:
    return loaders.load(reading.document("list.xml", f"<?xml version='1.0'?>{text}".encode()))


def people(found: Extraction, kind: str, field: str) -> list[str]:
    values = [fact.fields[field] for fact in found.facts if fact.kind == kind]
    return [value.name for value in values if isinstance(value, Ref)]


@pytest.mark.parametrize(
    "record",
    [
        "<director>Ada Vole</director><cast><actor>Cy Elm</actor><actor>Dee Fir</actor></cast>",
        "<director><name>Ada Vole</name></director><actor>Cy Elm</actor><actor>Dee Fir</actor>",
        "<director name='Ada Vole'/><actors><actor name='Cy Elm'/><actor name='Dee Fir'/></actors>",
        "<x:director xmlns:x='urn:x'>Ada Vole</x:director><cast>Cy Elm, Dee Fir</cast>",
    ],
)
def test_ways_to_write_a_film(record: str) -> None:
    found = load(f"<list><movie>{TITLE}{record}</movie></list>")
    assert found.loader == "xmlheadings"
    assert found.sources[0].about == (Ref("film", "Tin", 2001),)
    assert people(found, "credit", "agent") == ["Ada Vole"]
    assert people(found, "cast", "person") == ["Cy Elm", "Dee Fir"]


def test_characters_stay_with_their_performers() -> None:
    cast = "<actor><name>Cy Elm</name></actor><actor><name>Dee Fir</name><role>Nell</role></actor>"
    found = load(f"<films><film><title>Tin</title><year>2001</year><cast>{cast}</cast></film></films>")
    assert [fact.fields.get("character") for fact in found.facts if fact.kind == "cast"] == [None, "Nell"]


@pytest.mark.parametrize(
    "text",
    [
        "<list><book><title>Tin</title><author>Ada Vole</author><year>2001</year></book></list>",
        "<list><cd><title>Tin</title><artist>Ada Vole</artist><year>2001</year></cd></list>",
        "<list><person><name>Ada Vole</name><title>Director</title><year>2001</year></person></list>",
        "<list><item><title>Tin</title><year>2001</year></item></list>",
        "<urlset><url><loc>https://a.example/</loc><lastmod>2020-01-01</lastmod></url></urlset>",
        "<list/>",
    ],
)
def test_other_lists_are_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="unknown kind of document"):
        load(text)
