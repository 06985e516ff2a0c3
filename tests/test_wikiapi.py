"""Answers of MediaWiki's interfaces: the article in them is read, each word with its place in the JSON."""

import json

from reelgraph import loaders, reading
from reelgraph.model import Extraction

WIKITEXT = (
    "{{Infobox film\n| name = Low Fell\n| director = [[Ada Volé]]\n| starring = {{ubl|Cy Elm|Dee Fir}}\n"
    "| released = {{film date|1999}}\n}}\n'''''Low Fell''''' is a 1999 drama film."
)
EXTRACT = "Low Fell is a 1999 drama film directed by Ada Volé and starring Cy Elm and Dee Fir."
HTML = (
    '<div><table class="infobox vevent"><tr><th colspan="2">Low Fell</th></tr><tr><th>Directed by</th><td>Ada Volé</td>'
    "</tr><tr><th>Starring</th><td><ul><li>Cy Elm</li><li>Dee Fir</li></ul></td></tr><tr><th>Running time</th>"
    f"<td>92 minutes</td></tr></table><p><i>Low Fell</i>{EXTRACT[8:]}</p></div>"
)
BOOK = "Low Fell is a novel by Nan Birch, which was published in 1950 and is set in a harbour of the north of Norway."
FORMS = {
    "wikitext of a parse": {"parse": {"title": "Low Fell", "wikitext": {"*": WIKITEXT}}},
    "wikitext of the newer form": {"parse": {"title": "Low Fell", "wikitext": WIKITEXT}},
    "revisions": {"query": {"pages": {"7": {"title": "Low Fell", "revisions": [{"*": WIKITEXT}]}}}},
    "revisions with slots": {
        "query": {"pages": [{"title": "Low Fell", "revisions": [{"slots": {"main": {"content": WIKITEXT}}}]}]}
    },
    "HTML of a parse": {"parse": {"title": "Low Fell (1999 film)", "text": {"*": HTML}}},
    "an extract": {"query": {"pages": {"7": {"title": "Low Fell", "extract": EXTRACT}}}},
    "an extract in HTML": {
        "query": {"pages": {"7": {"title": "Low Fell", "extract": f"<p><i>Low Fell</i>{EXTRACT[8:]}</p>"}}}
    },
    "a summary": {"title": "Low Fell", "content_urls": {"desktop": {"page": "https://a.example"}}, "extract": EXTRACT},
}


def load(value: object, *, ascii_only: bool = True) -> tuple[str, Extraction]:
    text = json.dumps(value, ensure_ascii=ascii_only)
    return text, loaders.load(reading.document("answer.json", text.encode()))


def test_every_form_gives_the_film_its_director_and_its_cast() -> None:
    for name, value in FORMS.items():
        text, found = load(value)
        assert found.loader == "wikiapi", name
        assert [(film.name, film.year) for one in found.sources for film in one.about] == [("Low Fell", 1999)], name
        directed = [fact for fact in found.facts if fact.kind == "credit" and fact.fields["role"] == "director"]
        assert [getattr(fact.fields["agent"], "name", "") for fact in directed] == ["Ada Volé"], name
        for fact in found.facts:
            assert fact.span, name
            words = json.loads(f'"{text[fact.span.start : fact.span.end]}"')
            assert fact.kind != "cast" or fact.quote in words or words in fact.quote, name
        assert sum(fact.kind == "cast" for fact in found.facts) == 2, name


def test_articles_about_other_things_are_counted() -> None:
    pages = [{"title": "Low Fell", "extract": EXTRACT}, {"title": "Low Fell (novel)", "extract": BOOK}]
    _, found = load({"query": {"pages": pages}}, ascii_only=False)
    assert [film.name for film in found.sources[0].about] == ["Low Fell"]
    assert [one.message for one in found.issues] == ["articles that are not about a film: 1"]


def test_an_answer_that_breaks_off_is_told_and_the_pages_before_are_read() -> None:
    pages = {"1": {"title": "Low Fell", "extract": EXTRACT}, "2": {"title": "Tin", "extract": BOOK}}
    text = json.dumps({"query": {"pages": pages}})
    found = loaders.load(reading.document("a.json", text[:-60].encode()))
    assert [film.name for film in found.sources[0].about] == ["Low Fell"]
    assert any(one.severity == "warning" and "breaks off" in one.message for one in found.issues)
