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


def test_people_with_jobs_as_elements_and_as_attributes() -> None:
    forms = (
        "<crew><person><name>Ada Vole</name><job>Director</job></person>"
        "<person><name>Cy Elm</name><job>Actor</job></person></crew>",
        '<crew><person role="Director">Ada Vole</person><person role="Actor">Cy Elm</person></crew>',
        "<person><name>Ada Vole</name><type>Regie</type></person>"
        "<person><name>Cy Elm</name><type>Darsteller</type></person>",
    )
    for form in forms:
        record = f"<record><title>Low Fell</title><year>1999</year>{form}</record>"
        found = load(f"<archive>{record}{record.replace('Fell', 'Tide')}</archive>")
        assert people(found, "credit", "agent") == ["Ada Vole", "Ada Vole"], form
        assert people(found, "cast", "person") == ["Cy Elm", "Cy Elm"], form


def test_a_director_in_a_list_of_people_says_that_it_is_a_film() -> None:
    crew = '<people><person role="Director">Ada Vole</person><person role="Camera">Cy Elm</person></people>'
    record = f"<record><title>Low Fell</title><year>1999</year>{crew}</record>"
    assert people(load(f"<archive>{record}</archive>"), "credit", "agent") == ["Ada Vole", "Cy Elm"]
    with pytest.raises(DocumentError):
        load(f"<archive>{record.replace('Director', 'Editor')}</archive>")


def test_lists_of_lists_do_not_say_what_their_members_are() -> None:
    cast = "<casts><cast><column>Cy Elm</column><column>The pilot</column></cast></casts>"
    record = f"<film><title>Low Fell</title><year>1999</year><director>Ada Vole</director>{cast}</film>"
    assert people(load(f"<films>{record}</films>"), "cast", "person") == []


def test_names_of_performers_in_other_languages() -> None:
    cast = "<Darsteller><Person><Name>Cy Elm</Name><Rolle>Tor</Rolle></Person></Darsteller>"
    found = load(f"<Filme><Film><Titel>Low Fell</Titel><Jahr>1999</Jahr><Regie>Ada Vole</Regie>{cast}</Film></Filme>")
    assert people(found, "cast", "person") == ["Cy Elm"]


def test_characters_as_attributes_of_names() -> None:
    cast = '<reparto><actor personaje="Tor">Cy Elm</actor><actor personaje="Liv">Dee Fir</actor></reparto>'
    found = load(
        f'<peliculas><pelicula titulo="Low Fell" anyo="1999"><director>Ada Vole</director>{cast}</pelicula></peliculas>'
    )
    roles = [fact.fields.get("character") for fact in found.facts if fact.kind == "cast"]
    assert (people(found, "cast", "person"), roles) == (["Cy Elm", "Dee Fir"], ["Tor", "Liv"])
    assert found.sources[0].about[0].year == 1999
