"""Running text of structured documents: which words it is, and that its facts keep their place in the document."""

import pytest

from reelgraph.loaders import htmlflat, runningtext, wikiflat
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span

FILM = Ref("film", "Her", 2013, ("imdb:tt1798709",))


def prose(document: Document) -> Extraction:
    """Stands for the loader of plain text: it finds a genre, a runtime and a fact about another film."""
    text = document.text
    her, other = Ref("film", "Her", 2013), Ref("film", "Adaptation", 2002)

    def fact(kind: str, subject: Ref, words: str, **fields: str | int) -> Fact:
        start = text.index(words)
        return Fact(kind, subject, fields, Span(start, start + len(words)), extractor="prose")

    facts = (
        fact("genre", her, "romantic drama", genre="romantic drama"),
        fact("title", her, "Her", title="Her"),
        fact("genre", other, "Adaptation", genre="comedy"),
    )
    return Extraction("plaintext", (SourceDocument(Span(0, len(text)), "article", about=(her,)),), facts)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runningtext.plaintext, "load", prose)


def test_facts_stand_where_their_words_stand_in_the_page() -> None:
    page = (
        "<body><nav><a>Her</a> menu of this site which is long enough to be text</nav>"
        "<p><b>Her</b> is a <a href='/x'>romantic&nbsp;drama</a> of 2013 by the maker of Adaptation &amp; others.</p>"
    )
    facts = Facts("html")
    facts.add("title", FILM, Cell("Her", "/h1"), title="Her")
    assert runningtext.write(htmlflat.main_text(page), FILM, facts) == [FILM]
    (title, genre) = facts
    assert (title.pointer, genre.kind, genre.subject, genre.fields["genre"]) == ("/h1", "genre", FILM, "romantic drama")
    assert genre.span
    assert page[genre.span.start : genre.span.end] == "romantic&nbsp;drama"


def test_without_a_known_film_the_text_says_what_it_is_about() -> None:
    facts = Facts("html")
    page = "<p>Her is a romantic drama, and this is a sentence of some length about Adaptation.</p>"
    assert runningtext.write(htmlflat.main_text(page), None, facts) == [Ref("film", "Her", 2013)]
    assert [fact.kind for fact in facts] == ["genre", "title", "genre"]


@pytest.mark.parametrize(
    ("known", "person", "kinds"),
    [
        (Ref("film", "Her", 2012), "", ["title", "genre", "year"]),
        (Ref("film", "Her", 2009), "Ada Vole", ["title", "cast", "genre", "year"]),
        (Ref("film", "Her", 2009), "Otto Quill", ["title", "cast"]),
        (Ref("film", "Her", 2009), "", ["title"]),
        (Ref("film", "Hers", 2012), "", ["title"]),
    ],
)
def test_another_year_in_the_text_is_a_disagreement_about_one_film(
    known: Ref, person: str, kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dated(document: Document) -> Extraction:
        found, her = prose(document), Ref("film", "Her", 2013)
        more = (
            Fact("year", her, {"year": 2013}, Span(7, 11), extractor="prose"),
            Fact("cast", her, {"person": Ref("person", "Ada Vole")}, Span(0, 3), extractor="prose"),
        )
        return Extraction("plaintext", found.sources, (*found.facts, *more))

    monkeypatch.setattr(runningtext.plaintext, "load", dated)
    facts = Facts("mapped")
    facts.add("title", known, Cell(known.name, "/0/title"), title=known.name)
    facts.add("cast", known, Cell(person, "/0/cast/0"), person=Ref("person", person))
    page = "<p>Her is 2013's romantic drama with Ada Vole, and this is a sentence about Adaptation.</p>"
    text = htmlflat.main_text(page)
    assert runningtext.write(text, known, facts, boxed_year=False) == [known]
    assert [fact.kind for fact in facts if fact.kind != "cast" or fact.pointer] == kinds
    assert {fact.subject for fact in facts} == {known}


def test_a_few_words_are_no_running_text() -> None:
    facts = Facts("html")
    assert runningtext.write(htmlflat.main_text("<p>Her is a romantic drama</p>"), FILM, facts) == []
    assert not len(facts)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>one two three four five six seven eight</p>", "one two three four five six seven eight"),
        ("<footer><p>one two three four five six seven eight</p></footer>", ""),
        ("<div class='site-menu nav'><p>one two three four five six seven eight</p></div>", ""),
        ("<p><a>one two three four five six seven</a> eight nine</p>", ""),
        ("<p>too short</p>", ""),
        ("<h2>Reception</h2><p>one two three four <!-- no --> five<sup>[1]</sup> six seven eight</p>",
         "Reception one two three four five six seven eight"),
        ("<script>one two three four five six seven eight nine</script>", ""),
        ("<p>one two three\n   four five six seven &amp; eight <span style='display: none'>x</span></p>",
         "one two three four five six seven & eight"),
        ("<p>one two three four five six seven eight <b", "one two three four five six seven eight <b"),
    ],
)  # fmt: skip
def test_main_text(page: str, words: str) -> None:
    found = htmlflat.main_text(page)
    assert " ".join(found.text.split()) == words
    for index, character in enumerate(found.text):
        span = found.span(index, index + 1)
        if span and not character.isspace() and character != "&":
            assert page[span.start : span.end] == character


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ("'''Her''' is ''a'' [[film]]<ref>x</ref>", "Her is a film"),
        ("[[Joaquin Phoenix|Phoenix]] &amp; {{nowrap|Amy Adams}}", "Phoenix & Amy Adams"),
        ("{{ubl|[[A B]]|C D}}", "A B C D"),
        ("[[File:x.jpg|thumb|words]][[Category:Films]]text", "text"),
        ("{{Film date|2013|12|18|United States}}", "2013-12-18 (United States)"),
        ("{{US$|23 million}}", "US$23 million"),
        ("{{unknown|x}}y", "y"),
        ("[https://example.org a page]", "a page"),
        ("* one\n** two", "• one •• two"),
    ],
)
def test_wikitext_as_words(wikitext: str, words: str) -> None:
    found = wikiflat.flatten(wikiflat.parse(wikitext))
    assert " ".join(found.text.split()) == words


def test_parts_of_a_map_keep_their_places() -> None:
    text = "x &amp; <b>Amy Adams</b>, y"
    whole = TextMap()
    entity = unescaped(text, 0, 7)
    whole.extend(entity, entity.text)
    whole.add("Amy Adams", text.index("Amy"))
    part = whole.part(2, len(whole))
    assert part.text == "&Amy Adams"
    assert part.span(1, 10) == Span(text.index("Amy"), text.index("Amy") + 9)
    assert part.span(0, 1) == Span(2, 7)
