"""Reference lists: films are read, books and articles are not, each value cites its words."""

import json

import pytest

from reelgraph import loaders, reading
from reelgraph.loaders import bibtex
from reelgraph.model import Extraction

RIS = """TY  - MPCT
TI  - Low Water
AU  - Vole, Ada
A3  - Ash, Ben
A4  - Elm, Cy
PY  - 1999
LA  - English
N1  - Feature, 92 min.
UR  - https://www.imdb.com/title/tt9000001/
ER  -

TY  - JOUR
TI  - On Low Water
AU  - Fir, Dee
M3  - Film
PY  - 2003
ER  -

TY  - VIDEO
TI  - Tin
M3  - Motion picture
PY  - 2001
ER  -
"""

BIBTEX = r"""% films
@movie{vole1999,
  title  = {Mar{\'e}e {Basse}},
  author = {Vole, Ada and Ash, Ben (screenwriter)},
  year   = {1999},
}
@misc{elm, title = "Tin", editor = {Elm, Cy}, editortype = {director}, howpublished = {Motion picture},
  date = {2001-05}}
@video{clip, title = {How to develop a film}, author = {Pike, Otto}, year = 2015}
@book{fir, title = {The Film Book}, author = {Fir, Dee}, type = {Film}, year = 1990}
"""

ENDNOTE = """%0 Film or Broadcast
%T Low Water
%A Vole, Ada
%D 1999

%0 Film or Broadcast
%T The Late News
%9 Television episode
%D 1998
"""

CSL = [
    {
        "type": "motion_picture",
        "title": "Low Water",
        "issued": {"date-parts": [["1999", 5]]},
        "author": [{"family": "Vole", "given": "Ada"}],
        "performer": [{"literal": "Cy Elm"}],
        "dimensions": "92 min",
    },
    {"type": "book", "title": "On Water", "issued": {"date-parts": [[2003]]}, "author": [{"family": "Fir"}]},
]

XML = """<?xml version="1.0"?><xml><records><record><ref-type name="Film or Broadcast">21</ref-type><contributors>
<authors><author><style face="normal">Vole, Ada</style></author></authors></contributors>
<titles><title>Low Water</title></titles><dates><year>1999</year></dates></record>
<record><ref-type name="Book">6</ref-type><titles><title>On Water</title></titles></record></records></xml>"""


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def films(found: Extraction) -> list[tuple[str, int | None]]:
    return [(film.name, film.year) for film in found.sources[0].about]


def credits_of(found: Extraction) -> list[tuple[str, str]]:
    people = ((fact.fields.get("agent") or fact.fields.get("person"), fact) for fact in found.facts)
    return [(getattr(who, "name", ""), str(fact.fields.get("role", "cast"))) for who, fact in people if who]


def test_ris_gives_its_films_and_no_articles() -> None:
    found = read("list.ris", RIS)
    assert found.loader == "references"
    assert films(found) == [("Low Water", 1999), ("Tin", 2001)]
    assert credits_of(found) == [("Ada Vole", "director"), ("Ben Ash", "producer"), ("Cy Elm", "cast")]
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [92]
    assert found.sources[0].about[0].ids == ("imdb:tt9000001",)
    assert [RIS[fact.span.start : fact.span.end] for fact in found.facts if fact.span][:3] == [
        "Low Water",
        "1999",
        "Vole, Ada",
    ]
    assert found.issues[0].message == "records that are not said to be of films, or without a title: 1 of 3"


def test_bibtex_reads_letters_roles_and_kinds() -> None:
    found = read("list.bib", BIBTEX)
    assert films(found) == [("Marée Basse", 1999), ("Tin", 2001)]
    assert credits_of(found) == [("Ada Vole", "director"), ("Ben Ash", "screenwriter"), ("Cy Elm", "director")]
    assert all(fact.span for fact in found.facts)


def test_braces_count_with_a_backslash_too() -> None:
    (entry,) = bibtex.entries(r"@movie{a, title = {Low \{Red\} Water}, year = 1999}")
    assert {name: cell.text for name, cell in entry.fields.items()} == {"title": "Low Red Water", "year": "1999"}


def test_bibtex_that_is_not_closed_ends_its_entry() -> None:
    broken = [entry.fields.keys() for entry in bibtex.entries("@movie{a, title = {Low Water}, author = {Vole, Ada")]
    assert broken == [{"title"}]


@pytest.mark.parametrize(("name", "text"), [("a.enw", ENDNOTE), ("a.xml", XML), ("a.json", json.dumps(CSL))])
def test_endnote_and_csl_give_the_one_film(name: str, text: str) -> None:
    found = read(name, text)
    assert (found.loader, films(found)) == ("references", [("Low Water", 1999)])
    assert ("Ada Vole", "director") in credits_of(found)


def test_ordinary_text_is_no_reference_list() -> None:
    assert (
        read("a.txt", "Low Water is a 1999 film directed by Ada Vole. Write to films@example.org.").loader
        == "plaintext"
    )
