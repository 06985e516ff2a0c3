"""Finding aids: an item is a film only if its own form says so; what is about films stays refused."""

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.model import Extraction, Ref

AID = "<ead><archdesc level='collection'><did><unittitle>Ada Vole</unittitle></did><dsc>{}</dsc></archdesc></ead>"
SERIES = "<c level='series'><did><unittitle>Films</unittitle></did>{}</c>"
FORM = "<controlaccess><genreform>{}</genreform></controlaccess>"


def load(items: str) -> Extraction:
    return loaders.load(reading.document("aid.xml", ("<?xml version='1.0'?>" + AID.format(items)).encode()))


def item(title: str, form: str, level: str = "item", more: str = "") -> str:
    did = f"<did><unittitle>{title}</unittitle><unitdate>1999</unitdate>{more}</did>"
    return f"<c level='{level}'>{did}{FORM.format(form) if form else ''}</c>"


@pytest.mark.parametrize("form", ["Motion pictures", "Feature films", "<part>Documentary films</part>", "film"])
def test_items_that_are_films(form: str) -> None:
    found = load(item("Low Fell", form))
    assert found.loader == "ead"
    assert found.sources[0].about == (Ref("film", "Low Fell", 1999),)


@pytest.mark.parametrize(
    "items",
    [
        item("Low Fell", ""),
        item("Low Fell", "Screenplays"),
        item("Low Fell", "Film stills"),
        item("Low Fell: script", "Motion pictures"),
        item("Low Fell, reel 2", "Motion pictures"),
        item("Low Fell - photographs", "Motion pictures"),
        item("Films", "Motion pictures", "series"),
        SERIES.format(FORM.format("Motion pictures") + item("Low Fell", "")),
        item("Low Fell", "", more="<origination label='Director'><persname>Vole, Ada</persname></origination>"),
    ],
)
def test_other_items_are_refused_with_the_reason(items: str) -> None:
    with pytest.raises(DocumentError, match=r"aid\.xml: a finding aid \(EAD\), none of whose"):
        load(items)


def test_dates_of_copies_are_not_the_films() -> None:
    found = load(item("Low Fell", "Motion pictures", more="<physdesc>1 DVD</physdesc>"))
    assert found.sources[0].about == (Ref("film", "Low Fell"),)


def test_names_with_what_they_did() -> None:
    named = "<origination><persname relator='director'><part>Vole, Ada</part></persname></origination>"
    found = load(item("Low Fell", "Moving images", more=named))
    (credit,) = [fact for fact in found.facts if fact.kind == "credit"]
    assert (credit.fields["agent"], credit.fields["role"]) == (Ref("person", "Ada Vole"), "director")
    assert credit.quote == "Vole, Ada"
