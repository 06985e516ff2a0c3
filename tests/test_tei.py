"""Texts in TEI: what readers see is read, with its place in the XML; what editors note beside it is not."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

LEAD = "<p><title>Low Fell</title> is a 1999 drama film directed by <name>Ada Vole</name> and starring Cy Elm.</p>"


def load(body: str, around: str = "<TEI><text><body>{}</body></text></TEI>") -> Extraction:
    return loaders.load(reading.document("text.xml", ("<?xml version='1.0'?>\n" + around.format(body)).encode()))


def names(found: Extraction, kind: str, field: str) -> list[str]:
    values = [fact.fields[field] for fact in found.facts if fact.kind == kind]
    return [value.name for value in values if isinstance(value, Ref)]


@pytest.mark.parametrize(
    "around",
    [
        "<TEI><text><body>{}</body></text></TEI>",
        "<tei:TEI xmlns:tei='http://www.tei-c.org/ns/1.0'><tei:text><tei:body>{}</tei:body></tei:text></tei:TEI>",
        "<TEI.2><text><group><text><body><div><div>{}</div></div></body></text></group></text></TEI.2>",
        "<teiCorpus><TEI><text><body>{}</body></text></TEI></teiCorpus>",
    ],
)
def test_running_text(around: str) -> None:
    found = load(LEAD, around)
    assert found.loader == "tei"
    assert found.sources[0].about == (Ref("film", "Low Fell", 1999),)
    assert names(found, "credit", "agent") == ["Ada Vole"]
    assert names(found, "cast", "person") == ["Cy Elm"]


@pytest.mark.parametrize(
    "words",
    [
        "Low<lb/>Fell is a 1999 drama film directed by Ada <choice><abbr>V.</abbr><expan>Vole</expan></choice>.",
        "Low Fe<lb break='no'/>ll is a 1999 drama film directed by Ada<note>Otto Pike</note>\n  Vole.",
        "Low Fell<!-- directed by Otto Pike --> is a 1999 drama film directed by <del>Otto Pike</del> Ada&#160;Vole.",
    ],
)
def test_marks_of_editors(words: str) -> None:
    found = load(f"<p>{words}</p>")
    assert found.sources[0].about == (Ref("film", "Low Fell", 1999),)
    assert names(found, "credit", "agent") == ["Ada Vole"]


def test_lists_of_the_cast_give_characters() -> None:
    pairs = (("Mara", "Dee Fir"), ("Tor", "Bo Ash"))
    items = "".join(f"<castItem><role>{role}</role> <actor>{actor}</actor></castItem>" for role, actor in pairs)
    found = load(f"{LEAD}<castList>{items}<castItem><role>Nobody</role></castItem></castList>")
    cast = [fact.fields.get("character") for fact in found.facts if fact.kind == "cast"]
    assert names(found, "cast", "person") == ["Cy Elm", "Dee Fir", "Bo Ash"]
    assert cast == [None, "Mara", "Tor"]


@pytest.mark.parametrize(
    "body",
    [
        "<head>The Ferry. A play in two acts</head><castList><castItem><role>Mara</role><actor>Dee Fir</actor>"
        "</castItem></castList><sp><speaker>Mara</speaker><p>Directed by nobody at all, I row.</p></sp>",
        "<head>Books</head><table><row role='label'><cell>Title</cell><cell>Year</cell><cell>Author</cell></row>"
        "<row><cell>Low Fell</cell><cell>1999</cell><cell>Ada Vole</cell></row></table>",
        "<p>A letter to Ada Vole about the weather, of 1999.</p>",
    ],
)
def test_other_texts_give_no_film(body: str) -> None:
    assert not [film for source in load(body).sources for film in source.about]


def test_the_header_says_who_wrote_it_and_nothing_of_the_film() -> None:
    header = (
        "<teiHeader><fileDesc><titleStmt><title>On a film</title><author>Nan Birch</author></titleStmt><sourceDesc>"
        "<p>Low Fell is a 1999 drama film produced by Otto Pike.</p></sourceDesc></fileDesc></teiHeader>"
    )
    found = load(LEAD, f"<TEI>{header}<text><body>{{}}</body></text></TEI>")
    assert [(one.title, one.author) for one in found.sources] == [("On a film", "Nan Birch")]
    assert names(found, "credit", "agent") == ["Ada Vole"]


def test_what_breaks_off_is_told() -> None:
    found = load(f"{LEAD}\n<p>More of\n<p>it", "<TEI><text><body>{}")
    assert names(found, "credit", "agent") == ["Ada Vole"]
    assert [issue.severity for issue in found.issues if "breaks off" in issue.message] == ["warning"]


def test_declared_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a "Low Fell"><!ENTITY b "&a;&a;">]>'
    found = load(f"<p>&b; is a 1999 drama film directed by Ada Vole.</p>\n{LEAD}", bomb + "<TEI><text>{}</text></TEI>")
    assert any("entities" in issue.message for issue in found.issues)
    assert not found.facts
