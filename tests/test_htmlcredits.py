"""Pages about one film whose cast and crew stand in lists, tables and cards below headings."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

LABELS = "<dl><dt>Year</dt><dd>1999</dd><dt>Director</dt><dd>Cy Elm</dd><dt>Genre</dt><dd>Drama</dd></dl>"
TITLE = "<h1>Low Water (1999)</h1>"


def load(body: str, title: str = "Low Water (1999)") -> Extraction:
    text = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    found = loaders.load(reading.document("page.html", text.encode()))
    for fact in found.facts:
        assert fact.span is None or text[fact.span.start : fact.span.end].strip()
    return found


def cast(found: Extraction) -> dict[str, object]:
    facts = (fact for fact in found.facts if fact.kind == "cast")
    return {getattr(fact.fields["person"], "name", ""): fact.fields.get("character") for fact in facts}


def credits_of(found: Extraction) -> list[tuple[str, str]]:
    facts = (fact for fact in found.facts if fact.kind == "credit")
    return [
        (str(fact.fields["role"]), fact.fields["agent"].name) for fact in facts if type(fact.fields["agent"]) is Ref
    ]


ROLES = {"Ada Vole": "Mara", "Ben Ash": "the keeper"}
CASTS = {
    "table": "<h2>Cast</h2><table><tr><th>Actor</th><th>Role</th></tr><tr><td><a>Ada Vole</a></td><td>&nbsp;</td>"
    "<td>Mara</td></tr><tr><td>Ben Ash</td><td>...</td><td>the keeper</td></tr></table>",
    "caption": "<table><caption>Full cast</caption><tr><td>Ada Vole</td><td>Mara</td></tr><tr><td>Ben Ash</td>"
    "<td>the keeper</td></tr></table>",
    "list": "<h3>Darsteller</h3><ul><li><a>Ada Vole</a> <span>Mara</span></li><li><a>Ben Ash</a>"
    " <i>the keeper</i></li></ul>",
    "lines": "<div class=x><h3>Cast:</h3></div><p>Ada Vole as Mara<br>Ben Ash as the keeper</p>",
    "cards": "<section><h2>Reparto</h2><div><div class=c><a><img src=a><b>Ada Vole</b></a><p>Mara</p></div>"
    "<div class=c><a><b>Ben Ash</b></a><p>the keeper (uncredited)</p></div></div></section>",
    "the other way round": "<h2>Cast</h2><table><tr><td>Mara</td><td>Ada Vole</td></tr><tr><td>the keeper</td>"
    "<td>Ben Ash</td></tr></table>",
}


@pytest.mark.parametrize("form", CASTS)
def test_casts_below_headings(form: str) -> None:
    assert cast(load(TITLE + LABELS + CASTS[form])) == ROLES


def test_the_next_heading_ends_a_cast() -> None:
    body = f"{TITLE}{LABELS}{CASTS['list']}<h2>More to see</h2><ul><li><a>Nan Birch</a> <i>Tin</i></li></ul>"
    assert cast(load(body)) == ROLES


def test_links_below_a_cast_are_no_names() -> None:
    alone = "<h2>Cast</h2><ul><li><a>Read more</a></li><li><a>Buy tickets now</a></li></ul>"
    assert cast(load(TITLE + LABELS + alone)) == {}


def test_jobs_after_names_below_a_heading_of_the_crew() -> None:
    rows = "".join(
        f"<tr><td><b>{name}</b></td><td></td><td>{job}</td></tr>"
        for name, job in (
            ("Cy Elm", "Director"),
            ("Ida Rook", "Producer"),
            ("Lee Fern", "Producer"),
            ("Mo Fir", "Gaffer"),
        )
    )
    labels = "<p><b>Running time:</b> 92 minutes</p><p><b>Genre:</b> Drama</p>"
    body = f"<h1>Low Water</h1>{labels}<h1>Crew</h1><table>{rows}</table>"
    assert credits_of(load(body)) == [("director", "Cy Elm"), ("producer", "Ida Rook"), ("producer", "Lee Fern")]


def test_headings_that_are_labels() -> None:
    blocks = {"Regie": ["Cy Elm"], "Drehbuch": ["Ida Rook", "Lee Fern"], "Kamera": ["Mo Lark"], "Musik": ["Kelp"]}
    lists = "".join(
        f"<h3>{head}</h3><ul>{''.join(f'<li><a>{name}</a></li>' for name in names)}</ul>"
        for head, names in blocks.items()
    )
    company = "<h3>Produktionsfirma</h3><ul><li>Ebbe Film GmbH &amp; Co. KG (Kiel)</li></ul>"
    found = load(f"<h1>Ebbe</h1>{lists}{company}", "Ebbe | Filmarchiv")
    assert credits_of(found)[:3] == [
        ("director", "Cy Elm"),
        ("screenplay by", "Ida Rook"),
        ("screenplay by", "Lee Fern"),
    ]
    companies = [fact.fields["company"] for fact in found.facts if fact.kind == "company"]
    assert companies == [Ref("organization", "Ebbe Film GmbH & Co. KG")]


def test_labels_add_to_marked_up_data_what_it_does_not_say() -> None:
    data = (
        '<script type="application/ld+json">{"@type":"Movie","name":"Low Water","director":{"name":"Cy Elm"},'
        '"actor":[{"name":"Ada Vole"}]}</script>'
    )
    labels = (
        "<dl><dt>Director</dt><dd>Sy Elmm</dd><dt>Producer</dt><dd>Ida Rook</dd><dt>Runtime</dt><dd>1h 32m</dd></dl>"
    )
    found = load(f"<h1>Low Water</h1>{data}{labels}", "Low Water | Old Mill")
    assert credits_of(found) == [("director", "Cy Elm"), ("producer", "Ida Rook")]
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [92]
    other = load(f"<h1>Tin Garden</h1>{data}{labels}", "Tin Garden | Old Mill")
    assert credits_of(other) == [("director", "Cy Elm")]


def test_a_page_of_the_theatre_with_such_lists_is_none_of_a_film() -> None:
    body = "<h1>Low Water</h1><dl><dt>Director</dt><dd>Cy Elm</dd><dt>Set design</dt><dd>Ida Rook</dd><dt>Running time"
    body += f"</dt><dd>2h 30m including interval</dd></dl>{CASTS['list']}"
    assert not load(body, "Low Water – Old Mill Theatre").facts


def test_names_that_are_links_beside_each_other() -> None:
    blocks = {"Director": ["Cy Elm"], "Writers": ["Ida Rook", "Lee Fern"], "Genre": ["Drama"]}
    body = "".join(
        f"<h3><span>{head}</span></h3><div><p>{' '.join(f'<a>{name}</a>' for name in names)}</p></div>"
        for head, names in blocks.items()
    )
    found = load(f"<h1>Low Water</h1>{body}", "Low Water (1999) | Mill")
    assert credits_of(found) == [("director", "Cy Elm"), ("writer", "Ida Rook"), ("writer", "Lee Fern")]


def test_labels_without_makers_add_to_a_film_that_is_known() -> None:
    data = '<script type="application/ld+json">{"@type":"Movie","name":"Ebbe","director":{"name":"Cy Elm"}}</script>'
    labels = (
        "<div><span>Nationalités</span><span>France</span></div><div><span>Langues</span><span>Français</span></div>"
    )
    labels += "<div><span>Année de production</span><span>1962</span></div>"
    found = load(f"<h1>Ebbe</h1>{data}{labels}", "Ebbe - film 1962")
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Ebbe", 1962)]
    assert {fact.subject for fact in found.facts} == {Ref("film", "Ebbe", 1962)}
    assert {("country", "France"), ("language", "Français")} <= {
        (fact.kind, str(next(iter(fact.fields.values())))) for fact in found.facts
    }
