"""Lists of films in wikitext: what tables say, the year that the list's beginning says, tables of other things."""

from html import escape

from reelgraph import loaders, reading
from reelgraph.model import Extraction

LIST = """{{Short description|None}}
This is a '''list of [[Cinema of Norway|Norwegian films]] of 1999'''.

== January–June ==
{| class="wikitable"
|+ Released films
! colspan="2" | Opening !! Title !! Director !! Cast !! Cast and crew
|-
| rowspan="2" | '''JAN''' || 14 || ''[[Low Water (1999 film)|Low Water]]'' || [[Ada Vole]] || [[Cy]], [[Dee]] ||
|-
| 21 || ''[[Tin (film)]]'' || [[Ben Ash]] || [[Nan Birch (actor)|Nan Birch]] || '''Composer:''' Otto Pike
|}

== Notable deaths ==
{| class="wikitable"
! Date !! Name !! Notable films
|-
| 1 March || [[Nan Birch]] || ''[[The Late Ferry]]''
|}
"""


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def people(found: Extraction, kind: str, field: str) -> list[str]:
    return [getattr(fact.fields[field], "name", "") for fact in found.facts if fact.kind == kind]


def test_a_list_of_films_gives_each_with_its_year() -> None:
    found = read("list.wikitext", LIST)
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1999), ("Tin", 1999)]
    assert people(found, "credit", "agent") == ["Ada Vole", "Ben Ash", "Otto Pike"]
    assert people(found, "cast", "person") == ["Cy", "Dee", "Nan Birch"]
    years = [LIST[fact.span.start : fact.span.end] for fact in found.facts if fact.kind == "year" and fact.span]
    assert years == ["films]] of 1999"] * 2


def test_a_list_in_a_dump_has_its_year_from_the_title() -> None:
    page = f"<title>List of Norwegian films of 1999</title><ns>0</ns><revision><text>{escape(LIST)}</text></revision>"
    found = read("dump.xml", f'<mediawiki xml:lang="en"><page>{page}</page></mediawiki>')
    assert found.loader == "mediawiki-xml"
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1999), ("Tin", 1999)]


def test_a_page_without_films_is_said_to_have_none() -> None:
    found = read("list.wikitext", LIST[LIST.index("== Notable") :])
    assert found.facts == ()
    assert found.issues[0].message == "the article has no film infobox and no table of films"


def test_a_second_row_of_headings_is_no_film() -> None:
    head = '! rowspan="2" | Year\n! rowspan="2" | Title\n! colspan="2" | Credited as\n|-\n! Director\n! Writer\n|-\n'
    rows = "| 1999 || ''Low Water'' || Yes || No\n|-\n| 2003 || ''Tin'' || Yes || Yes\n"
    found = read("person.wikitext", f"'''Cy Elm''' directs.\n== Filmography ==\n{{|\n{head}{rows}|}}\n")
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1999), ("Tin", 2003)]


def test_a_year_in_a_page_that_is_no_list_is_of_something_else() -> None:
    table = "== Films ==\n{| class=\"wikitable\"\n! Title !! Director\n|-\n| ''Low Water'' || [[Ada Vole]]\n|}\n"
    found = read("studio.wikitext", f"The studio made silent films in 1925. It still stands.\n{table}")
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", None)]
    found = read("list.wikitext", f"The following are silent films of 1925.\n{table}")
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1925)]
