"""The pages through Flask's test client, on a small store with overlapping, disputed, planned and hostile facts."""

import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph
import pytest
from flask import Flask
from flask.testing import FlaskClient

from reelgraph import identity, ontology, preferred, provenance, sourcedocs
from reelgraph.config import Settings
from reelgraph.errors import ExportError
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span, Value
from reelgraph.queries import catalogue
from reelgraph.server import create_app, twin
from reelgraph.server.links import Links
from reelgraph.store import Manifest, Store, StoredDocument

BASE = "https://w3id.org/reelgraph/id/"
HAVEN = Ref("film", "Haven Road", 1987, ids=("imdb:tt9990001",))
EVIL = '<script>alert("x")</script>'
HOSTILE = Ref("film", f"Trap {EVIL}", 2001)
MIRA, OTTO = Ref("person", "Mira Salt"), Ref("person", "Otto Quill")
ATTACKER = Ref("person", '"><img src=x onerror=alert(1)>')
GAZETTE = Ref("organization", "The Shore Gazette")
ARTICLE = (
    "Haven Road is a 1987 film directed by Mira Salt, a drama that stars Otto Quill as the keeper.\n"
    "It runs 102 minutes. A sequel was planned for 1990. It cost $1,500,000.\n"
)
REVIEWS = (
    "Review: Haven Road\nThe Shore Gazette gives 4 of 5. It runs 110 minutes.\n\n"
    f"Trap {EVIL} is a film of 2001 with {ATTACKER.name} in it & more.\n"
)
DATA = '{"name": "Haven Road", "director": "Mira Salt", "url": "javascript:alert(1)"}'


def said(
    text: str, kind: str, subject: Ref, words: str, source: int = 0, status: str = "actual", **fields: Value
) -> Fact:
    start = text.index(words)
    return Fact(kind, subject, fields, Span(start, start + len(words)), source=source, status=status)


def extractions() -> Iterator[tuple[Document, Extraction]]:
    yield (
        document("haven-road.txt", ARTICLE),
        Extraction(
            "test",
            (SourceDocument(Span(0, len(ARTICLE)), "article", "Filmpedia", "", "Haven Road", "2019-05-02", (HAVEN,)),),
            (
                said(ARTICLE, "title", HAVEN, "Haven Road", title="Haven Road"),
                said(ARTICLE, "year", HAVEN, "1987", year=1987),
                said(ARTICLE, "genre", HAVEN, "drama", genre="drama"),
                said(ARTICLE, "credit", HAVEN, "directed by Mira Salt", agent=MIRA, role="director"),
                said(
                    ARTICLE,
                    "credit",
                    HAVEN,
                    "1987 film directed by Mira Salt, a drama",
                    agent=MIRA,
                    role="screenwriter",
                ),
                said(ARTICLE, "cast", HAVEN, "Otto Quill as the keeper", person=OTTO, character="the keeper"),
                said(ARTICLE, "runtime", HAVEN, "102 minutes", minutes=102),
                said(ARTICLE, "release", HAVEN, "planned for 1990", status="planned", event="wide", date="1990"),
                said(ARTICLE, "money", HAVEN, "$1,500,000", measure="budget", amount=1500000, currency="USD"),
            ),
        ),
    )
    middle = REVIEWS.index("Trap")
    yield (
        document("reviews.txt", REVIEWS),
        Extraction(
            "test",
            (
                SourceDocument(Span(0, middle), "review", "The Shore Gazette", "", "Review: Haven Road", "", (HAVEN,)),
                SourceDocument(Span(middle, len(REVIEWS)), "page", about=(HOSTILE,)),
            ),
            (
                said(
                    REVIEWS, "review", HAVEN, "The Shore Gazette gives 4 of 5", publication=GAZETTE, value="4", best=5
                ),
                said(REVIEWS, "runtime", HAVEN, "110 minutes", minutes=110),
                said(REVIEWS, "title", HOSTILE, HOSTILE.name, 1, title=HOSTILE.name),
                said(REVIEWS, "year", HOSTILE, "2001", 1, year=2001),
                said(REVIEWS, "cast", HOSTILE, ATTACKER.name, 1, person=ATTACKER),
            ),
        ),
    )
    yield (
        document("record.json", DATA, "application/json"),
        Extraction(
            "test",
            (SourceDocument(Span(0, len(DATA)), "data", title="record.json", about=(HAVEN,)),),
            (
                Fact("credit", HAVEN, {"agent": MIRA, "role": "director"}, pointer="/director", quote="Mira Salt"),
                Fact("same-as", HAVEN, {"url": "javascript:alert(1)"}, pointer="/url", quote="javascript:alert(1)"),
            ),
        ),
    )


def document(name: str, text: str, media_type: str = "text/plain") -> Document:
    return Document(name, sha256(text.encode()).hexdigest(), media_type, text.encode(), text)


def build(folder: Path) -> None:
    extracted = list(extractions())
    resolution = identity.resolve(((one.sha256, found) for one, found in extracted), BASE)
    with Store(folder).writer() as writer:
        graph = pyoxigraph.Store()
        for one, found in extracted:
            writer.put_document(one)
            graph.extend(provenance.quads(one, found, resolution, BASE))
            graph.extend(sourcedocs.descriptions(one, found, resolution, BASE))
        graph.extend(list(ontology.vocabulary_quads(BASE)))
        graph.extend(list(preferred.quads(graph, resolution, BASE)))
        old, new = (pyoxigraph.NamedNode(f"{BASE}film/{name}") for name in ("haven-rd-1987", "haven-road-1987"))
        same, names = ontology.OWL.sameAs, pyoxigraph.NamedNode(f"{BASE}graph/identity")
        graph.add(pyoxigraph.Quad(old, same, new, names))
        writer.add(graph)
        stored = tuple(
            StoredDocument(
                one.sha256, (one.name,), one.media_type, len(one.data), "test", "",
                tuple(sourcedocs.source_iris(one, found.sources, BASE)),
            )
            for one, found in extracted
        )  # fmt: skip
        writer.publish(Manifest("2026-01-01T00:00:00Z", stored))


def served(folder: Path) -> Flask:
    """Build the store of these tests in a folder and return the application that serves it."""
    build(folder)
    return create_app(Settings(store=folder))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return served(tmp_path_factory.mktemp("pages") / "store")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Page(HTMLParser):
    """What a page has: ids, links, elements; it must close what it opens."""

    VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(given)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def get(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, path
    text = answer.get_data(as_text=True)
    if answer.mimetype == "text/html" and status != 303:
        page = Page(text)
        assert len(set(page.ids)) == len(page.ids), "ids must be unique"
        assert page.tags.count("h1") == 1
        assert "style" not in page.attributes, "the content security policy refuses inline styles"
        assert not any(name.startswith("on") for name in page.attributes)
        assert not [link for link in page.links if link.startswith("javascript:")]
    return text


def plain(text: str) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_film_page_shows_what_film_people_look_for(client: FlaskClient) -> None:
    words = plain(get(client, "/page/film/haven-road-1987"))
    assert "Haven Road 1987" in words
    assert "Directed by Mira Salt" in words
    assert "Otto Quill the keeper" in words
    assert "$1,500,000" in words
    assert "4 / 5" in words
    assert "2 sources" in words
    assert "No source here states: " in words


def test_every_fact_has_its_words_and_a_way_to_cite_it(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    assert "<mark>Otto Quill as the keeper</mark>" in text
    cites = re.findall(r'href="([^"]+)" class="cite"', text)
    assert len(cites) > 8
    for path in dict.fromkeys(cites):
        assert "Cite it" in get(client, path)


def test_disputed_values_are_marked_and_compared(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    assert '<a class="chip disputed" href="#differs-1">' in text
    differs = plain(text[text.index('id="differences"') :])
    assert "102 min" in differs
    assert "110 min" in differs
    assert "102 min" in plain(get(client, "/disagreements"))


def test_facts_are_counted_alike_on_all_pages(client: FlaskClient) -> None:
    listed = dict(re.findall(r'<a href="(/document/[^"]+)">.*?<td class="number">(\d+)</td>', get(client, "/sources")))
    found = re.findall(
        r'<a href="(/document/[^"]+)">[^<]*</a></th>.*?<td class="number">(\d+)</td>',
        get(client, "/page/film/haven-road-1987").partition('id="sources"')[2],
    )
    assert len(found) == 3
    assert [(path, listed[path]) for path, _ in found] == found
    assert f"{sum(int(number) for _, number in found)} facts from 3 sources" in get(
        client, "/page/film/haven-road-1987"
    )


def test_the_present_page_is_marked_in_the_menu(client: FlaskClient) -> None:
    menu = re.compile(r'<nav aria-label="Site">(.*?)</nav>', re.DOTALL)
    for path, name in (("/films", "Films"), ("/queries/", "Queries")):
        [found] = menu.findall(get(client, path))
        assert f'<a href="{path}" aria-current="page">{name}</a>' in found
        assert found.count("aria-current") == 1
    assert "aria-current" not in menu.findall(get(client, "/page/film/haven-road-1987"))[0]


def test_queries_stand_in_the_order_of_their_titles(client: FlaskClient) -> None:
    cards = get(client, "/queries/").partition('class="cards"')[2]
    titles = [unescape(one) for one in re.findall(r'<li><a href="/queries/[^"]+">([^<]+)</a>', cards)]
    assert titles == sorted(titles, key=str.casefold)
    assert len(set(titles)) == len(titles) == len(catalogue())
    asked = get(client, "/").partition("Ask it")[2].partition("</ul>")[0]
    first = re.findall(r'<li><a href="/queries/([^"]+)">', asked)
    assert len({catalogue()[name].tags[0] for name in first}) == len(
        {one.tags[0] for one in catalogue().values() if one.view != "table"}
    )


def test_planned_is_not_shown_as_done(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    assert '<span class="chip status">planned</span>' in text


def test_quotes_lead_to_the_marked_words(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    found = re.findall(r'<mark>[^<]*</mark>.*?<figcaption><a href="(/document/[^"#]+)(#e-[0-9a-f]+)"', text)
    assert found
    for path, anchor in found:
        assert f'id="{anchor[1:]}"' in get(client, path)


def test_document_keeps_every_character_and_marks_overlaps(client: FlaskClient) -> None:
    sha = sha256(ARTICLE.encode()).hexdigest()[:16]
    text = get(client, f"/document/{sha}")
    body = re.search(r'<div class="text-body[^>]*>(.*?)</div>', text, re.DOTALL)
    assert body is not None
    assert re.sub(r"<[^>]+>", "", body[1]) == ARTICLE
    assert 'class="m deep"' in body[1]
    page = Page(text)
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside
    assert inside <= set(page.ids)
    assert client.get(f"/document/{sha}/text").get_data(as_text=True) == ARTICLE


def test_document_inside_a_file_has_its_own_page(client: FlaskClient) -> None:
    sha = sha256(REVIEWS.encode()).hexdigest()[:16]
    whole = get(client, f"/document/{sha}")
    assert "2 documents in this file" in plain(whole)
    part = get(client, f"/document/{sha}-{REVIEWS.index('Trap')}")
    assert "The Shore Gazette gives" not in part
    assert "of 2001 with" in plain(part)


def test_document_leads_to_a_fact_by_its_offset(client: FlaskClient) -> None:
    sha = sha256(ARTICLE.encode()).hexdigest()[:16]
    answer = client.get(f"/document/{sha}?at={ARTICLE.index('Otto')}")
    assert answer.status_code == 303
    path, _, anchor = answer.location.partition("#")
    assert f'id="{anchor}"' in get(client, path)


def test_document_by_kind_of_fact(client: FlaskClient) -> None:
    sha = sha256(ARTICLE.encode()).hexdigest()[:16]
    text = get(client, f"/document/{sha}?kind=cast")
    assert text.count('<a class="m"') == 1


@pytest.mark.parametrize("path", ["film/trap-script-alert-x-script-2001", "person/img-src-x-onerror-alert-1"])
def test_hostile_text_stays_text(client: FlaskClient, path: str) -> None:
    text = get(client, f"/page/{path}")
    assert EVIL not in text
    assert "<img" not in text
    sha = sha256(REVIEWS.encode()).hexdigest()[:16]
    assert EVIL not in get(client, f"/document/{sha}")


def test_hostile_requests_stay_text(client: FlaskClient) -> None:
    for path in (f"/search?q={EVIL}", f"/page/film/{EVIL}", f"/queries/cast?film={EVIL}", f"/query?query={EVIL}"):
        assert EVIL not in client.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/document/no%20such<name>", 404),
        ("/document/%F0%9F%8E%AC?at=%C2%B2", 404),
        ("/page/film/a%20b%22<c>", 404),
        ("/id/%ED%A0%80", 404),
        ("/films?page=%C2%B2", 200),
        ("/films?genre=%3Cdrama%3E&year=1987", 200),
        ("/queries/cast?_page=99999999999", 200),
        ("/export.ttl?entity=%3C%3E", 404),
        ("/ontology/..%2Ffilm", 404),
        ("/static/../app.py", 404),
    ],
)
def test_odd_requests_are_answered(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == status


def test_json_ld_in_the_page_is_safe_and_right(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    content = json.loads(found[1])
    assert content["@id"] == f"{BASE}film/haven-road-1987"
    assert content["director"][0]["name"] == "Mira Salt"
    assert "<" not in found[1]


def test_person_page_has_films_and_roles(client: FlaskClient) -> None:
    words = plain(get(client, "/page/person/mira-salt"))
    assert "Behind the camera" in words
    assert "Haven Road (1987) director" in words
    only = get(client, "/page/person/mira-salt?section=credit-agent")
    assert "Behind the camera" in only


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html", "/page/film/haven-road-1987"),
        ("text/turtle", "/data/film/haven-road-1987.ttl"),
        ("application/ld+json", "/data/film/haven-road-1987.jsonld"),
        ("application/n-triples", "/data/film/haven-road-1987.nt"),
        ("application/rdf+xml, text/turtle;q=0.5", "/data/film/haven-road-1987.rdf"),
        ("*/*", "/page/film/haven-road-1987"),
    ],
)
def test_identifier_leads_on_in_one_step(client: FlaskClient, accept: str, location: str) -> None:
    answer = client.get("/id/film/haven-road-1987", headers={"Accept": accept})
    assert (answer.status_code, answer.location) == (303, location)
    assert "Accept" in answer.headers["Vary"]
    assert client.get(location).status_code == 200


def test_identifier_refuses_unknown_formats(client: FlaskClient) -> None:
    answer = client.get("/id/film/haven-road-1987", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.get_data(as_text=True)


def test_data_is_the_thing_in_every_format(client: FlaskClient) -> None:
    for suffix, form in (("ttl", pyoxigraph.RdfFormat.TURTLE), ("rdf", pyoxigraph.RdfFormat.RDF_XML)):
        answer = client.get(f"/data/film/haven-road-1987.{suffix}")
        triples = list(pyoxigraph.parse(answer.get_data(), format=form))
        assert any(getattr(one.subject, "value", "") == f"{BASE}film/haven-road-1987" for one in triples)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_page_tells_programs_where_its_data_are(client: FlaskClient) -> None:
    found = ", ".join(client.get("/page/film/haven-road-1987").headers.getlist("Link"))
    assert f'<{BASE}film/haven-road-1987>; rel="cite-as"' in found
    assert '</data/film/haven-road-1987.ttl>; rel="describedby"; type="text/turtle"' in found
    assert '<https://schema.org/Movie>; rel="type"' in found


@pytest.mark.parametrize(
    "path", ["/", "/page/film/haven-road-1987", "/data/film/haven-road-1987.ttl", "/queries/cast.csv"]
)
def test_unchanged_pages_are_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).get_data() == first.get_data()


def test_unknown_things_come_with_the_nearest_names(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-raod-1987", 404)
    assert 'href="/page/film/haven-road-1987"' in text


def test_merged_things_move_for_good(client: FlaskClient) -> None:
    for place, suffix in (("id", ""), ("page", ""), ("data", ".ttl")):
        answer = client.get(f"/{place}/film/haven-rd-1987{suffix}")
        assert (answer.status_code, answer.location) == (301, f"/{place}/film/haven-road-1987{suffix}")


def test_statement_page_cites_in_four_formats(client: FlaskClient) -> None:
    text = get(client, "/page/film/haven-road-1987")
    cite = re.search(r'href="(/page/cast/[0-9a-f]+)" class="cite"', text)
    assert cite is not None
    words = plain(get(client, cite[1]))
    for name in ("Plain text", "BibTeX", "RIS", "CSL-JSON"):
        assert name in words
    assert "Otto Quill as the keeper" in words
    evidence = re.search(r"#e-([0-9a-f]+)", text)
    assert evidence is not None
    assert "node of the graph" in get(client, f"/page/evidence/{evidence[1]}")


@pytest.mark.parametrize("text", ["haven", "road", "havn rod", "HAVEN ROAD", "salt"])
def test_search_finds_parts_and_typing_errors(client: FlaskClient, text: str) -> None:
    assert 'href="/page/' in get(client, f"/search?q={text}")
    assert client.get(f"/suggest.json?q={text}").json


def test_search_by_kind(client: FlaskClient) -> None:
    found = client.get("/suggest.json?q=a&kind=person").json
    assert found
    assert {one["kind"] for one in found} == {"person"}


def test_lists(client: FlaskClient) -> None:
    assert "Haven Road" in get(client, "/")
    assert "Haven Road" in get(client, "/films?order=year")
    assert "reviews.txt" in get(client, "/sources")
    assert client.get("/surprise").status_code == 302
    assert "<loc>http://localhost/page/film/haven-road-1987</loc>" in get(client, "/sitemap.xml")
    assert "Sitemap: http://localhost/sitemap.xml" in get(client, "/robots.txt")


def test_queries_have_an_index(client: FlaskClient) -> None:
    text = get(client, "/queries/")
    assert all(f'href="/queries/{name}"' in text for name in catalogue())
    assert client.get("/queries").status_code == 308
    tag = sorted(catalogue()["cast"].tags)[0]
    assert 'href="/queries/cast"' in get(client, f"/queries/?tag={tag}")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_has_a_page_and_files(client: FlaskClient, name: str) -> None:
    get(client, f"/queries/{name}")
    for suffix in ("json", "csv", "tsv", "rq"):
        assert client.get(f"/queries/{name}.{suffix}").status_code == 200


def test_query_by_name_iri_and_format(client: FlaskClient) -> None:
    iri = f"{BASE}film/haven-road-1987"
    rows = client.get(f"/queries/cast.json?film={iri}").json
    assert rows is not None
    assert [row["personName"]["value"] for row in rows["results"]["bindings"]] == ["Otto Quill"]
    assert "Otto Quill" in get(client, f"/queries/cast?film={iri}")
    assert "Otto Quill" in get(client, "/queries/cast?film=Haven Road")
    by_accept = client.get(f"/queries/cast?film={iri}", headers={"Accept": "text/csv"})
    assert by_accept.mimetype == "text/csv"
    assert by_accept.get_data() == client.get(f"/queries/cast.csv?film={iri}").get_data()
    assert f"<{iri}>" in client.get(f"/queries/cast.rq?film={iri}").get_data(as_text=True)


def test_wrong_parameters_are_named_beside_their_field(client: FlaskClient) -> None:
    text = get(client, "/queries/cast?film=No Such Film Anywhere", 422)
    assert 'aria-invalid="true"' in text
    assert 'value="No Such Film Anywhere"' in text
    answer = client.get("/queries/cast.json?film=nonsense")
    assert answer.status_code == 422
    assert "film" in answer.get_data(as_text=True)
    assert client.get("/queries/cast.json?wrong=1").status_code == 422
    assert "wrong" in plain(get(client, "/queries/cast?wrong=1", 422))


def test_unknown_queries_and_formats(client: FlaskClient) -> None:
    assert client.get("/queries/nothing").status_code == 404
    assert client.get("/queries/cast.exe").status_code == 404
    assert client.get("/queries/cast", headers={"Accept": "image/png"}).status_code == 406


def test_exports(client: FlaskClient) -> None:
    whole = client.get("/export.ttl").get_data()
    assert client.get("/export.ttl").get_data() == whole
    assert len(list(pyoxigraph.parse(whole, format=pyoxigraph.RdfFormat.TURTLE))) > 100
    part = client.get(f"/export.nt?entity={BASE}film/haven-road-1987").get_data(as_text=True)
    assert 0 < len(part) < len(client.get("/export.nt").get_data(as_text=True))
    sha = sha256(ARTICLE.encode()).hexdigest()[:16]
    assert "keeper" in client.get(f"/export.ttl?source={BASE}document/{sha}").get_data(as_text=True)
    assert client.get(f"/export.ttl?entity={BASE}film/none").status_code == 404
    assert client.get("/export.exe").status_code == 404


def test_void_counts_classes_and_properties(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.location) == (303, "/void.ttl")
    text = client.get("/void.ttl").get_data(as_text=True)
    assert "void:classPartition" in text
    assert "void:propertyPartition" in text
    assert "http://localhost/sparql" in text


def test_ontology_in_three_formats(client: FlaskClient) -> None:
    text = get(client, "/ontology")
    assert 'id="CastCredit"' in text
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert turtle.mimetype == "text/turtle"
    assert turtle.get_data() == client.get("/ontology.ttl").get_data()
    assert client.get("/ontology", headers={"Accept": "application/ld+json"}).json
    assert 'id="director"' in get(client, "/ontology/jobs")
    assert client.get("/ontology/context.jsonld").json
    assert client.get("/ontology/none").status_code == 404


def test_sparql_form_keeps_its_query(client: FlaskClient) -> None:
    assert "ASK { ?a ?b ?c }" in get(client, "/query?query=ASK { ?a ?b ?c }")


def test_query_page_has_all_it_needs_here(client: FlaskClient) -> None:
    text = client.get("/query").text
    found = re.findall(r'\b(?:src|href|action|data-suggest|data-completions|data-endpoint)="(/[^"?]*)', text)
    assert "/static/vendor/yasqe/yasqe.min.js" in found
    assert "/sparql" in found
    for path in set(found) - {"/sparql"}:
        with client.get(path) as answer:
            assert answer.status_code == 200, path
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert "<script>" not in text


def test_completions_are_those_of_the_graph(client: FlaskClient) -> None:
    found = client.get("/completions.json").json
    assert found["prefixes"]["schema"] == "https://schema.org/"
    assert "https://schema.org/Movie" in found["classes"]
    assert "https://schema.org/director" in found["properties"]
    assert not any("skos" in one for one in found["properties"])


def test_pages_work_below_a_path(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/page/film/haven-road-1987", environ_overrides={"SCRIPT_NAME": "/films"})
    links = Page(answer.get_data(as_text=True)).links
    assert "/films/queries/" in links
    assert all(link.startswith(("/films/", "#", "http", "?")) for link in links)


def test_no_store_yet(tmp_path: Path) -> None:
    client = create_app(Settings(store=tmp_path / "none")).test_client()
    answer = client.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "reelgraph load" in answer.get_data(as_text=True)


def test_empty_store(tmp_path: Path) -> None:
    with Store(tmp_path / "store").writer() as writer:
        writer.publish(Manifest())
    client = create_app(Settings(store=tmp_path / "store")).test_client()
    for path in ("/", "/films", "/sources", "/disagreements", "/search?q=x", "/queries/cast", "/void.ttl", "/ontology"):
        get(client, path)


def test_document_as_web_annotations(client: FlaskClient, app: Flask) -> None:
    iri = f"{BASE}document/{sha256(ARTICLE.encode()).hexdigest()[:16]}"
    path = f"{Links(BASE).page(iri)}/annotations.jsonld"
    answer = client.get(path)
    assert answer.content_type == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    found = answer.json
    assert (found["@context"], found["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert found["id"] == f"{iri}/annotations.jsonld"
    assert len(found["items"]) >= 8
    words = set()
    for one in found["items"]:
        assert client.get(Links(BASE).page(one["body"])).status_code == 200
        for target in one["target"]:
            quote, position = target["selector"]
            assert target["source"] == iri
            assert ARTICLE[position["start"] : position["end"]] == quote["exact"]
            words.add(quote["exact"])
    assert "102 minutes" in words
    assert path in client.get(Links(BASE).page(iri)).text
    assert client.get("/document/0000000000000000/annotations.jsonld").status_code == 404


def test_cells_of_data_are_annotated_by_pointer(client: FlaskClient) -> None:
    path = f"/document/{sha256(DATA.encode()).hexdigest()[:16]}/annotations.jsonld"
    selectors = [target["selector"] for one in client.get(path).json["items"] for target in one["target"]]
    assert [
        one for some in selectors for one in some if one["type"] == "FragmentSelector" and one["value"] == "/director"
    ] == [{"type": "FragmentSelector", "value": "/director"}]


def test_openapi_tells_the_truth_about_the_server(client: FlaskClient) -> None:
    found = client.get("/openapi.json").json
    assert found["servers"] == [{"url": "http://localhost"}]
    for path in [path for path in found["paths"] if "{format}" in path][:5]:
        assert client.get(path.replace("{format}", "csv")).status_code == 200


def test_film_without_a_source(client: FlaskClient) -> None:
    path, iri = "/page/film/haven-road-1987", f"{BASE}document/{sha256(ARTICLE.encode()).hexdigest()[:16]}"
    whole = client.get(path).text
    assert 'id="differences"' in whole
    assert f'href="?without={quote(iri)}"' in whole
    left = client.get(path, query_string={"without": iri}).text
    assert "110 minutes" in left
    assert "102 minutes" not in left
    assert 'id="differences"' not in left
    assert "With all sources" in left
    hostile = client.get(path, query_string={"without": f"{EVIL} x"})
    assert hostile.status_code == 200
    assert EVIL not in hostile.text


def test_disagreements_as_csv(client: FlaskClient) -> None:
    answer = client.get("/disagreements.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert {(row["value"], row["property"]) for row in rows} >= {("102", "running time"), ("110", "running time")}
    assert {row["filmName"] for row in rows} == {"Haven Road"}
    assert "/disagreements.csv" in client.get("/disagreements").text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, app: Flask) -> Path:
    folder = tmp_path_factory.mktemp("twin") / "site"
    written = twin.write(app.extensions["reelgraph.settings"], folder, "https://example.org/films")
    assert written.missing == []
    assert written.files == sum(one.is_file() for one in folder.rglob("*"))
    return folder


def test_links_of_the_static_twin_are_intact(site: Path) -> None:
    pages = list(site.rglob("index.html"))
    assert len(pages) > 150
    for page in pages:
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            path = unquote(urlsplit(unescape(link)).path)
            if link.startswith(("#", "http", "data:")) or not path:
                continue
            assert path.startswith("/films/"), (page, link)
            target = site / path.removeprefix("/films/")
            assert target.is_file() or (target / "index.html").is_file(), (page, link)


def test_every_thing_of_the_static_twin_has_its_identifier(site: Path) -> None:
    things = [page.parent.relative_to(site / "page") for page in (site / "page").rglob("index.html")]
    assert [one for one in things if one.parts[0] == "cast"]
    assert not [one for one in things if not (site / "id" / one / "index.html").exists()]
    documents = [page.parent.name for page in (site / "document").glob("*/index.html")]
    assert not [one for one in documents if not (site / "id/document" / one / "index.html").exists()]


def test_the_static_twin_has_no_forms(site: Path) -> None:
    pages = [file.read_text("utf-8") for file in site.rglob("*.html")]
    assert not [page for page in pages if "<form" in page]
    assert [page for page in pages if "Other values need the server" in page]


def test_the_static_twin_is_what_the_server_answers(site: Path, client: FlaskClient) -> None:
    for path in ("/data/film/haven-road-1987.ttl", "/data/film/haven-road-1987.jsonld", "/export.ttl", "/ontology.ttl"):
        assert (site / path[1:]).read_bytes() == client.get(path).data
    film = (site / "page/film/haven-road-1987/index.html").read_text("utf-8")
    assert "102 minutes" in film
    assert EVIL not in film
    assert 'url=/films/page/film/haven-road-1987"' in (site / "id/film/haven-road-1987/index.html").read_text("utf-8")
    assert "needs the server" in (site / "search/index.html").read_text("utf-8")


def test_the_static_twin_needs_an_empty_folder_and_a_store(site: Path, tmp_path: Path, app: Flask) -> None:
    with pytest.raises(ExportError, match="empty folder"):
        twin.write(app.extensions["reelgraph.settings"], site)
    with pytest.raises(ExportError, match="nothing to write"):
        twin.write(Settings(store=tmp_path / "none"), tmp_path / "site")
