"""Pages about one film by labels in several languages and layouts, and pages about other things with such labels."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref


def load(title: str, body: str, head: str = "") -> Extraction:
    text = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return loaders.load(reading.document("page.html", text.encode()))


def said(found: Extraction, kind: str) -> list[dict[str, str]]:
    return [
        {name: value.name if isinstance(value, Ref) else str(value) for name, value in fact.fields.items()}
        for fact in found.facts
        if fact.kind == kind
    ]


SPANISH = (
    "<h1><span>Aguas bajas</span></h1><dl><dt>Título original</dt><dd>Low Water</dd><dt>Año</dt>"
    "<dd>1999</dd><dt>Duración"
    "</dt><dd>92 min.</dd><dt>Dirección</dt><dd><a>Cy Elm</a></dd><dt>Guion</dt><dd>"
    "<a>Ira Oak</a>. Novela: Nan Birch</dd>"
    "<dt>Reparto</dt><dd><a>Ada Vole</a>, <a>Fir</a></dd></dl>"
)
LAYOUTS = {
    "terms": SPANISH,
    "rows": (
        "<h1>Aguas bajas (1999)</h1><table><tr><td>Режиссер</td><td>Cy Elm</td></tr><tr>"
        "<td>В ролях</td><td><a>Ada Vole</a>"
        ", <a>Fir</a></td></tr><tr><td>Время</td><td>92 мин.</td></tr><tr><td>Год</td><td>1999</td></tr></table>"
    ),
    "words in bold": (
        "<h1>Aguas bajas</h1><ul><li><strong>Réalisateur :</strong> Cy Elm</li><li><b>Acteurs</b>"
        " : <a>Ada Vole</a>, "
        "<a>Fir</a></li><li><b>Année :</b> 1999</li><li><b>Durée :</b> 1h32</li></ul>"
    ),
    "lines": (
        "<h1>Aguas bajas</h1><div><span class=pl>导演</span>: <a>Cy Elm</a><br>"
        "<span class=pl>主演</span>: <a>Ada Vole</a> / "
        "<a>Fir</a><br><span class=pl>片长:</span> 92分钟<br><span class=pl>年份:</span> 1999<br></div>"
    ),
    "without colons": (
        "<h1>Aguas bajas</h1><p><strong>Director</strong> Cy Elm</p>"
        "<p><strong>Cast</strong> <a>Ada Vole</a>, <a>Fir</a></p>"
        "<p><b>Music</b> is the heart of this quiet film.</p><p><b>Year</b> 1999</p><p><b>Length</b> 92 min</p>"
    ),
    "parts": (
        "<h1>Aguas bajas</h1><div><div><span>Regie</span><span>Cy Elm</span></div><div>"
        "<span>Darsteller</span><p><a>Ada Vole"
        "</a>, <a>Fir</a></p></div><div><span>Jahr</span><span>1999</span></div><div><span>Länge</span>"
        "<span>92 min</span>"
        "</div></div>"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    found = load("Aguas bajas (1999) - Cartelera", LAYOUTS[layout])
    assert found.sources[0].about == (Ref("film", "Aguas bajas", 1999),)
    assert said(found, "credit") == [{"agent": "Cy Elm", "role": "director"}]
    assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Fir"]
    assert said(found, "runtime") == [{"minutes": "92"}]


def test_words_after_names_make_no_names() -> None:
    found = load("Aguas bajas", SPANISH)
    assert said(found, "original-title") == [{"title": "Low Water"}]
    assert {one["role"] for one in said(found, "credit")} == {"director"}
    assert found.issues[0].message.endswith("not read: Guion")


def test_labels_add_to_a_description_without_people() -> None:
    head = '<meta property="og:type" content="video.movie"><meta property="og:title" content="Aguas bajas">'
    found = load("Aguas bajas | Cartelera", SPANISH, head)
    assert said(found, "title") == [{"title": "Aguas bajas"}]
    assert said(found, "credit") == [{"agent": "Cy Elm", "role": "director"}]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Other words", SPANISH),
        ("Aguas bajas", SPANISH.replace("Guion", "Autor")),
        ("Aguas bajas", SPANISH.replace("Guion", "Bühnenbild")),
        ("Aguas bajas", SPANISH.replace("Guion", "Temporada")),
        ("Aguas bajas (TV series)", SPANISH.replace("bajas<", "bajas (TV series)<")),
        ("Aguas bajas", SPANISH + "<h2>Tin</h2><dl><dt>Dirección</dt><dd>Ada Vole</dd></dl>"),
        ("Aguas bajas", f"<nav>{SPANISH[SPANISH.index('<dl>') :]}</nav>{SPANISH[: SPANISH.index('<dl>')]}"),
        ("Aguas bajas", SPANISH[: SPANISH.index("<dt>Duración")] + "</dl>"),
        (
            "MA Film Studies",
            "<h1>MA Film Studies</h1><p><b>Director:</b> Ada Vole</p><p><b>Language:</b> English</p>"
            "<p><b>Country:</b> Chile</p><p><b>Duration:</b> 3 years</p><p><b>Year:</b> 2020</p>",
        ),
        ("Aguas bajas", SPANISH.replace("<dl>", "<dl><dt>Precio</dt><dd>9,99</dd>")),
        ("Aguas bajas [DVD]", SPANISH),
        ("Aguas bajas", SPANISH.replace("1999", "1999–2004")),
        (
            "Aguas bajas",
            "<h1>Aguas bajas</h1><dl><dt>Regie</dt><dd>Cy Elm</dd>"
            "<dt>Musik</dt><dd>Max Fern</dd>"
            "<dt>Kostüme</dt><dd>Kim Rush</dd><dt>Dauer</dt><dd>2 h 30 min</dd>"
            "<dt>Premiere</dt><dd>12.10.2019</dd></dl>",
        ),
        (
            "Kelp Films Ltd – Profile",
            "<h1>Kelp Films Ltd</h1><dl><dt>Director</dt><dd>Ada Vole</dd><dt>Producer</dt><dd>Cy Elm</dd>"
            "<dt>Genre</dt><dd>Drama</dd><dt>Country</dt><dd>Norway</dd></dl>",
        ),
        (
            "Salt | Hill School",
            "<h1>Salt</h1><p>The spring musical.</p><ul><li><b>Director:</b> Ada Vole</li><li><b>Year:</b> 2019</li>"
            "<li><b>Music:</b> Max Fern</li><li><b>Running time:</b> 120 min</li></ul>",
        ),
        ("Reed", "<h1>Reed</h1><p><b>Director:</b> Ada Vole</p><p><b>Address:</b> Dyke 1</p><p><b>Year:</b> 1990</p>"),
    ],
)  # fmt: skip
def test_pages_that_are_not_read(title: str, body: str) -> None:
    assert not load(title, body).facts


@pytest.mark.parametrize(
    ("title", "heading"), [("Watch Low Water | Old Mill", "Low Water"), ("Low Water – Old Mill", "Low Water")]
)
def test_titles_of_open_graph_without_the_site(title: str, heading: str) -> None:
    head = f'<meta property="og:type" content="video.movie"><meta property="og:title" content="{title}">'
    assert said(load("Old Mill", f"<h1>{heading}</h1>", head), "title") == [{"title": "Low Water"}]
    assert said(load("Old Mill", "<h1>Old Mill</h1>", head), "title") == [{"title": title}]


def test_links_to_more_are_no_values() -> None:
    body = (
        "<h1>Low Water (1999)</h1><p><b>Director:</b> Ada Vole</p><p><b>Stars:</b> <a>Cy Elm</a>, <a>Dee Fir</a> | "
        "<a>See full cast and crew</a> »</p><p><b>Year:</b> 1999</p><p><b>Producers:</b> Ida Rook, 2 more credits »</p>"
    )
    found = load("Low Water (1999)", body)
    assert [one["person"] for one in said(found, "cast")] == ["Cy Elm", "Dee Fir"]
    assert [one["agent"] for one in said(found, "credit")] == ["Ada Vole", "Ida Rook"]


def test_labels_in_czech() -> None:
    body = "<h1>Odliv</h1><div><h4>Režie:</h4> <a>Ada Vole</a></div><div><h4>Scénář:</h4> <a>Ida Rook</a></div>"
    body += "<div><h4>Hrají:</h4> <a>Cy Elm</a>, <a>Dee Fir</a></div><div><h4>Délka:</h4> 92 min</div>"
    found = load("Odliv | Kino", body)
    assert [one["person"] for one in said(found, "cast")] == ["Cy Elm", "Dee Fir"]
    assert [one["agent"] for one in said(found, "credit")] == ["Ada Vole", "Ida Rook"]


def test_labels_in_one_block_end_where_the_next_begins() -> None:
    body = (
        "<p><b>Cast:</b> Ada Vole, Dee Fir<br><b>Director:</b> Cy Elm<br><b>Producers:</b> Otto Pike and Ira Oak<br>"
        "<b>Screenplay:</b> Nan Birch<br><b>Negative cost:</b> Bo Ray</p>"
    )
    found = load("Movie Review: Aguas bajas (1999)", body)
    assert {one.name for source in found.sources for one in source.about} == {"Aguas bajas"}
    credits_ = {(one["role"], one["agent"]) for one in said(found, "credit")}
    assert credits_ == {
        ("director", "Cy Elm"), ("producer", "Otto Pike"), ("producer", "Ira Oak"), ("screenplay by", "Nan Birch")
    }  # fmt: skip


def test_the_title_may_end_the_title_of_the_page() -> None:
    found = load("Harbour Cinema: Aguas bajas", LAYOUTS["terms"])
    assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Fir"]


PREPOSITIONS = (
    "<div><span>De</span> <span>Cy Elm</span></div>"
    "<div><span>Avec</span> <span>Ada Vole</span>, <span>Dee Fir</span></div>"
    "<aside><h3>Vous aimerez aussi</h3><div><span>De</span> <span>Bo Ray</span></div></aside>"
)


def test_lines_that_begin_with_prepositions() -> None:
    head = '<meta property="og:type" content="video.movie"><meta property="og:title" content="Aguas bajas">'
    for found in (
        load("Aguas bajas - film 1999", f"<div>Aguas bajas</div>{PREPOSITIONS}", head),
        load("Aguas bajas (1999)", f"<h1>Aguas bajas (1999)</h1>{PREPOSITIONS}<p><b>Durée :</b> 92 min</p>"),
    ):
        assert [one["agent"] for one in said(found, "credit")] == ["Cy Elm"]
        assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Dee Fir"]


def test_labels_below_a_heading_of_related_films_are_of_others() -> None:
    body = (
        "<h1>Aguas bajas</h1><p><b>Regie:</b> Cy Elm</p><p><b>Kamera:</b> Bo Ray</p><p><b>Mit:</b> Ada Vole</p>"
        "<h2>Das könnte Ihnen auch gefallen</h2><p><b>Regie:</b> Otto Pike</p>"
    )
    found = load("Aguas bajas | Filmhaus", body)
    assert [one["agent"] for one in said(found, "credit")] == ["Cy Elm", "Bo Ray"]


def test_one_preposition_says_little() -> None:
    found = load(
        "Aguas bajas (1999)", "<h1>Aguas bajas (1999)</h1><p><b>De</b> Lunes a Viernes</p><p><b>País:</b> Chile</p>"
    )
    assert not said(found, "credit")


def test_headings_that_are_never_closed() -> None:
    assert not load("Aguas bajas", "<section><h2>a " * 1000 + "<h2>Aguas bajas (" * 1000).facts


def test_concerts_begin_lines_with_prepositions_too() -> None:
    labels = "<p><b>Durée :</b> 92 min</p><p><b>Année :</b> 1999</p><p><b>Langue :</b> allemand</p>"
    assert not load("Winterfahrt | Hall", f"<h1>Winterfahrt</h1>{PREPOSITIONS}{labels}").facts


def test_the_heading_shows_which_words_of_open_graph_are_the_title() -> None:
    head = (
        '<meta property="og:type" content="video.movie">'
        '<meta property="og:title" content="Aguas bajas streaming: where to watch online?">'
    )
    body = "<h1>Aguas bajas <span>(1999)</span></h1><div><h3>Director</h3><div>Cy Elm</div></div>"
    found = load("Aguas bajas streaming", body, head)
    assert [one["title"] for one in said(found, "title")] == ["Aguas bajas"]
    assert [one["agent"] for one in said(found, "credit")] == ["Cy Elm"]


def test_the_year_in_a_title_of_open_graph_stays() -> None:
    head = '<meta property="og:type" content="video.movie"><meta property="og:title" content="Aguas bajas (1999)">'
    found = load("Aguas bajas", "<h1>Aguas bajas (1999)</h1>", head)
    pointers = [fact.pointer for fact in found.facts if fact.kind == "year"]
    assert [one.endswith("@content") for one in pointers] == [False, True]


def test_labels_as_they_were_typed() -> None:
    typed = "<pre>\nDirected by:  Cy Elm\nCast:         Ada Vole, Dee Fir\nRunning Time: 92 min\n</pre>"
    found = load("Review - Aguas bajas (1999)", f"<h1>Aguas bajas (1999)</h1>{typed}")
    assert [one["agent"] for one in said(found, "credit")] == ["Cy Elm"]
    assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Dee Fir"]
    assert not load("Code (1999)", "<h1>Code (1999)</h1><pre>Year: 1999\nLength: 92 min\nSize: 3</pre>").facts


def test_a_second_heading_is_the_title_where_there_is_no_first_one() -> None:
    rows = "".join(
        f"<tr><td><b>{name}</b></td><td>{value}</td></tr>"
        for name, value in (
            ("Director", "Cy Elm"),
            ("Cast", "Ada Vole<br>Dee Fir"),
            ("Year", "1999"),
            ("Length", "92 mins"),
        )
    )
    found = load("Capsule: Aguas bajas", f"<h2>AGUAS BAJAS (Low Water)</h2><table>{rows}</table>")
    assert [one["title"].strip() for one in said(found, "title")] == ["AGUAS BAJAS"]
    assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Dee Fir"]


def test_dots_part_performers_from_their_characters() -> None:
    rows = (
        "<dt>Director<dd>Cy Elm<dt>Cast<dd>Ada Vole .... The pilot<br>Dee Fir .... Liv<dt>Country<dd>Norway"
        "<dt>Running time<dd>92 min"
    )
    found = load("Aguas bajas (1999)", f"<h1>Aguas bajas (1999)</h1><dl>{rows}</dl>")
    assert [one["person"] for one in said(found, "cast")] == ["Ada Vole", "Dee Fir"]


def test_plays_at_a_theatre_have_a_cast_too() -> None:
    body = (
        "<h1>Faust</h1><p><b>Mit</b> Ada Vole, Dee Fir</p><p><b>Dauer:</b> 150 Minuten</p><p><b>Jahr:</b> 2019</p>"
        "<p><b>Land:</b> Deutschland</p>"
    )
    assert load("Faust | Kino Astra", body).facts
    assert not load("Faust | Stadttheater", body).facts
