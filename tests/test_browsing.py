"""Lists, sources switched off, citations, and what linked data clients meet, on a small store made by loading."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
from flask import Flask
from flask.testing import FlaskClient

from reelgraph import pipeline
from reelgraph.config import Settings
from reelgraph.ontology import RDF, SH
from reelgraph.queries import catalogue
from reelgraph.server import create_app, site
from reelgraph.server.snapshot import EXTENSION
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
HTML = {"Accept": "text/html"}
NOTE = "Harbour Lights is a 1962 American drama film directed by Ada Thorn. It stars Ben Okafor as a pilot.\n"
EVIL = "Trap <script>alert(1)</script> & Co"


def film(name: str, year: int, director: str, genre: str = "drama", minutes: int = 90) -> dict[str, object]:
    return {
        "@type": "Movie",
        "name": name,
        "datePublished": str(year),
        "genre": genre,
        "duration": f"PT{minutes}M",
        "director": {"@type": "Person", "name": director},
        "actor": [{"@type": "Person", "name": "Ben Okafor"}],
    }


def written(*films: dict[str, object]) -> str:
    return json.dumps({"@context": "https://schema.org/", "@graph": films})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("browsing")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "catalogue.jsonld").write_text(
        written(film("Harbour Lights", 1962, "Ada Thorn", minutes=95), film("Other Shore", 1970, "Ida Vale", "comedy")),
        encoding="utf-8",
    )
    (folder / "list.jsonld").write_text(
        written(film("Harbour Lights", 1962, "Ada Thorn", minutes=99), film(EVIL, 1999, "Ada Thorn")), encoding="utf-8"
    )
    store = Store(folder / "store")
    pipeline.load(store, [folder / name for name in ("note.txt", "catalogue.jsonld", "list.jsonld")])
    return create_app(Settings(store=store.path))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def document(app: Flask, name: str) -> str:
    """The IRI of a loaded document."""
    manifest = app.extensions[EXTENSION].snapshot().manifest
    return next(f"{BASE}document/{one.sha256[:16]}" for one in manifest.documents if name in one.names)


def linked_data(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    assert "<" not in found[1]
    content: dict[str, object] = json.loads(found[1])
    return content


class TestLists:
    def test_browse_counts_what_there_is(self, client: FlaskClient) -> None:
        text = client.get("/browse").text
        assert 'href="/films?genre=drama">drama 2</a>' in text
        assert 'href="/films?genre=comedy">comedy 1</a>' in text
        assert 'href="/films?year=1970">1970 1</a>' in text
        assert 'href="/browse/person"' in text

    def test_things_of_a_kind(self, client: FlaskClient) -> None:
        text = client.get("/browse/person").text
        assert text.index("Ada Thorn") < text.index("Ben Okafor") < text.index("Ida Vale")
        assert client.get("/browse/nothing").status_code == 404

    def test_films_of_a_genre_and_year(self, client: FlaskClient) -> None:
        assert "Other Shore" in client.get("/films?genre=comedy&year=1970").text
        assert "Other Shore</a>" not in client.get("/films?genre=drama").text

    def test_lists_are_told_to_search_engines(self, client: FlaskClient) -> None:
        found = linked_data(client.get("/films").text)
        assert found["@type"] == "ItemList"
        assert "http://localhost/page/film/other-shore-1970" in json.dumps(found)
        assert linked_data(client.get("/").text)["@type"] == "Dataset"
        assert linked_data(client.get("/page/person/ada-thorn").text)["@type"] == "Person"

    @pytest.mark.parametrize(
        "path",
        [
            "/browse/person?page=9",
            "/films?page=9",
            "/search?q=harbour&kind=quote&page=9",
            "/page/person/ben-okafor?section=cast-person&page=9",
        ],
    )
    def test_pages_after_the_last_lead_back(self, client: FlaskClient, path: str) -> None:
        text = client.get(path, headers=HTML).text
        assert "There is no page 9" in text
        found = re.search(r'href="([^"]*)">The last page', text)
        assert found is not None
        last = client.get(path.partition("?")[0] + unescape(found[1]), headers=HTML)
        assert last.status_code == 200
        assert "There is no page" not in last.text

    def test_unknown_sections_are_not_found(self, client: FlaskClient) -> None:
        answer = client.get("/page/person/ben-okafor?section=nothing", headers=HTML)
        assert answer.status_code == 404
        assert "cast-person" in answer.text

    def test_long_site_maps_come_in_parts(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = client.get("/sitemap.xml").text
        monkeypatch.setattr(site, "_MOST", 50)
        with client.application.app_context():
            parts = re.findall("<loc>http://localhost(/sitemap-[0-9]+.xml)</loc>", client.get("/sitemap.xml?new").text)
        assert len(parts) > 1
        listed = [one for part in parts for one in re.findall("<loc>[^<]*</loc>", client.get(part).text)]
        assert listed == re.findall("<loc>[^<]*</loc>", whole)
        assert client.get("/sitemap-99.xml").status_code == 404


class TestHostile:
    def test_scripts_in_quotes_are_text(self, client: FlaskClient) -> None:
        for path in ("/search?q=trap", "/browse/film", "/films", "/ontology", "/page/person/ben-okafor"):
            text = client.get(path, headers=HTML).text
            assert "<script>alert" not in text, path
        assert "&lt;script&gt;" in client.get("/search?q=trap+script").text


class TestWithout:
    def test_a_person_without_a_source(self, app: Flask, client: FlaskClient) -> None:
        path, iri = "/page/person/ada-thorn", document(app, "list.jsonld")
        whole = client.get(path).text
        assert f"without={quote(iri)}" in whole
        assert "1999" in whole
        left = client.get(path, query_string={"without": iri}).text
        assert "1999" not in left
        assert "Harbour Lights (1962)" in left
        assert "2 facts fewer" in left
        assert "With all sources" in left

    def test_several_sources_can_be_off(self, app: Flask, client: FlaskClient) -> None:
        off = [document(app, "list.jsonld"), document(app, "catalogue.jsonld")]
        left = client.get("/page/person/ada-thorn", query_string={"without": off}).text
        assert "1 fact from 1 source" in left

    def test_films_that_only_it_names_are_left_out(self, app: Flask, client: FlaskClient) -> None:
        left = client.get("/films", query_string={"without": document(app, "catalogue.jsonld")}).text
        assert "Other Shore" not in left
        assert "Harbour Lights" in left

    def test_genres_are_those_of_the_others(self, app: Flask, client: FlaskClient) -> None:
        query = {"genre": "drama", "without": [document(app, "note.txt"), document(app, "catalogue.jsonld")]}
        assert "2 films" in client.get("/films", query_string=query).text

    def test_disagreements_of_the_others(self, app: Flask, client: FlaskClient) -> None:
        assert "running time" in client.get("/disagreements").text
        query = {"without": document(app, "list.jsonld")}
        assert "running time" not in client.get("/disagreements", query_string=query).text
        assert "running time" not in client.get("/disagreements.csv", query_string=query).text
        note = {"without": document(app, "note.txt")}
        assert "running time" in client.get("/disagreements", query_string=note).text

    def test_a_fact_says_that_its_source_is_off(self, app: Flask, client: FlaskClient) -> None:
        path = re.findall(r'href="(/page/credit/[0-9a-f]+)" class="cite"', client.get("/page/person/ida-vale").text)[0]
        query = {"without": document(app, "catalogue.jsonld")}
        assert "is switched off" in client.get(path, query_string=query).text
        assert "is switched off" not in client.get(path).text

    @pytest.mark.parametrize("iri", ["nonsense", f"{BASE}document/0000", "<>", f"{BASE}person/ada-thorn", ""])
    def test_what_is_no_document_switches_nothing_off(self, client: FlaskClient, iri: str) -> None:
        answer = client.get("/page/person/ada-thorn", query_string={"without": iri})
        assert answer.status_code == 200
        assert "With all sources" not in answer.text


class TestCitations:
    @pytest.fixture
    def path(self, client: FlaskClient) -> str:
        text = client.get("/page/film/harbour-lights-1962").text
        found = re.search(r'href="/page(/cast/[0-9a-f]+)" class="cite"', text)
        assert found is not None
        return found[1]

    @pytest.mark.parametrize(
        ("suffix", "media_type", "start"),
        [
            ("txt", "text/plain", "Harbour Lights (1962), cast: Ben Okafor"),
            ("bib", "application/x-bibtex", "@misc{reelgraph-"),
            ("ris", "application/x-research-info-systems", "TY  - ELEC\n"),
            ("csl.json", "application/vnd.citationstyles.csl+json", "[\n {"),
        ],
    )
    def test_each_format_is_a_file(
        self, client: FlaskClient, path: str, suffix: str, media_type: str, start: str
    ) -> None:
        answer = client.get(f"/cite{path}.{suffix}")
        assert answer.status_code == 200
        assert answer.mimetype == media_type
        assert answer.text.startswith(start)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert f"/cite{path}.{suffix}" in client.get(f"/page{path}").text
        for part in ("Ben Okafor", f"{BASE}{path[1:]}", "snapshot 000001-"):
            assert part in answer.text.replace(r"\_", "_")

    def test_programs_find_them(self, client: FlaskClient, path: str) -> None:
        links = client.get(f"/page{path}").headers.getlist("Link")
        assert f'</cite{path}.bib>; rel="describedby"; type="application/x-bibtex"' in links
        assert not [one for one in client.get("/page/person/ada-thorn").headers.getlist("Link") if "/cite/" in one]

    def test_the_data_of_a_fact_have_all_that_is_cited(self, client: FlaskClient, path: str) -> None:
        text = client.get(f"/data{path}.ttl").text
        for part in ("oa:exact", "schema:sha256", "film:file", 'dcterms:hasVersion "000001-', "dcterms:modified"):
            assert part in text
        assert "hasVersion" not in client.get("/data/person/ben-okafor.ttl").text

    def test_only_facts_can_be_cited_so(self, client: FlaskClient, path: str) -> None:
        assert client.get("/cite/person/ada-thorn.bib").status_code == 404
        assert client.get("/cite/cast/0000000000000000.bib").status_code == 404
        assert client.get(f"/cite{path}.exe").status_code == 404

    def test_signs_of_bibtex_are_escaped(self, client: FlaskClient) -> None:
        path = next(
            one
            for one in re.findall(r'href="/page(/cast/[0-9a-f]+)"', client.get("/page/person/ben-okafor").text)
            if "Trap" in client.get(f"/cite{one}.txt").text
        )
        text = client.get(f"/cite{path}.bib").text
        assert r"\& Co" in text
        assert EVIL not in client.get(f"/page{path}", headers=HTML).text


class TestConventions:
    def test_redirects_can_be_followed_across_origins(self, client: FlaskClient) -> None:
        answer = client.get("/id/film/harbour-lights-1962", headers={"Accept": "text/turtle"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        asked = client.options("/data/film/harbour-lights-1962.ttl")
        assert "GET" in asked.headers["Access-Control-Allow-Methods"]
        assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Origin" not in client.get("/", headers=HTML).headers

    def test_documents_say_where_their_data_are(self, app: Flask, client: FlaskClient) -> None:
        path = document(app, "note.txt").removeprefix(BASE)
        found = client.get(f"/{path}").headers.getlist("Link")
        for one in (f"/data/{path}.jsonld", f"/{path}/annotations.jsonld", f"/{path}/text"):
            assert any(link.startswith(f"<{one}>") for link in found)
            assert client.get(one).status_code == 200

    def test_pages_say_when_they_changed(self, client: FlaskClient) -> None:
        assert client.get("/page/film/harbour-lights-1962").last_modified is not None

    def test_examples_are_the_canned_queries(self, client: FlaskClient) -> None:
        answer = client.get("/.well-known/sparql-examples")
        found = pyoxigraph.Store()
        found.load(answer.data, format=pyoxigraph.RdfFormat.TURTLE)
        executables = {quad.subject for quad in found.quads_for_pattern(None, RDF.type, SH.SPARQLExecutable)}
        assert len(executables) == len(catalogue())
        texts = [quad.object.value for quad in found.quads_for_pattern(None, SH.select, None)]
        empty = pyoxigraph.Store()
        for text in texts:
            empty.query(text)
        assert len(texts) == len(catalogue())
        assert "/.well-known/sparql-examples" in client.get("/void.ttl").text

    def test_partitions_have_names_of_their_own(self, client: FlaskClient) -> None:
        parsed = list(pyoxigraph.parse(client.get("/void.ttl").data, format=pyoxigraph.RdfFormat.TURTLE))
        names = [one.subject for one in parsed if str(one.predicate.value).endswith("void#property")]
        assert len(set(names)) == len(names) > 20

    def test_a_thing_without_a_name_has_a_page(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store")
        with store.writer() as writer:
            one, graph = pyoxigraph.NamedNode(f"{BASE}person/nobody"), pyoxigraph.NamedNode(f"{BASE}document/x")
            writer.add([pyoxigraph.Quad(one, RDF.type, pyoxigraph.NamedNode("https://schema.org/Person"), graph)])
            writer.publish(store.snapshot().manifest)
        text = create_app(Settings(store=store.path)).test_client().get("/page/person/nobody", headers=HTML).text
        assert "<h1>nobody</h1>" in text
        assert "No source gives this a name" in text

    def test_terms_have_a_real_example_and_their_queries(self, client: FlaskClient) -> None:
        text = client.get("/ontology", headers=HTML).text
        part = text[text.index('<h3 id="CastCredit">') : text.index('<h3 id="CrewCredit">')]
        assert re.search(r'For example <a href="/page/cast/[0-9a-f]+">', part)
        assert "5 uses" in part
        actor = text[text.index(">schema:actor</a>") :]
        assert 'href="/queries/cast"' in actor[: actor.index("</tr>")]

    def test_names_that_are_almost_so_are_proposed(self, client: FlaskClient) -> None:
        answer = client.get("/page/person/eda-thron", headers=HTML)
        assert answer.status_code == 404
        assert 'href="/page/person/ada-thorn"' in answer.text
