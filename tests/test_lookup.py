"""What lies beside a snapshot's graph: words to search, and things that are gone."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from reelgraph import lookup, pipeline
from reelgraph.config import Settings
from reelgraph.judgements import Judgement
from reelgraph.lookup import FILE, Departed, Lookup, Reader
from reelgraph.server import create_app
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
NOTES = (
    "Harbour Lights is a 1962 drama film directed by Ada Thorn. It stars Ben Okafor as a pilot.\n\n"
    "The café on the quay was built in a shed near Elsinore; nobody could say who had paid for its lamps.\n"
)


def film(name: str, year: int, director: str, actor: str = "Ben Okafor") -> str:
    return json.dumps(
        {
            "@context": "https://schema.org/",
            "@type": "Movie",
            "name": name,
            "datePublished": str(year),
            "director": {"@type": "Person", "name": director},
            "actor": [{"@type": "Person", "name": actor}],
        }
    )


def load(store: Store, folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    pipeline.load(store, sorted(folder.iterdir()), now="2026-01-01T00:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def reader(store: Store) -> Reader:
    return Reader(store.snapshot().path)


def client(store: Store) -> FlaskClient:
    return create_app(Settings(store=store.path)).test_client()


class TestWords:
    def test_quotes_and_texts_are_found_without_accents_and_case(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        assert reader(store).passages('"CAFE"', 5)[0].text.count("\x02café\x03") == 1
        assert "Ada Thorn" in reader(store).quotes('"thorn"', 5)[0].text.replace("\x02", "").replace("\x03", "")
        assert reader(store).counts('"lamps"') == (0, 1)

    def test_a_passage_begins_where_it_says(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        found = reader(store).passages('"elsinore"', 5)[0]
        assert NOTES[found.start :].startswith(found.text.lstrip("…")[:8].replace("\x02", ""))

    def test_a_removed_document_is_not_found_any_more(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES, other_jsonld=film("Other Shore", 1970, "Ida Vale"))
        pipeline.remove(store, ["notes.txt"])
        assert reader(store).counts('"elsinore"') == (0, 0)
        assert reader(store).counts('"vale"')[0] == 1

    def test_loading_again_finds_each_once(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        before = reader(store).counts('"thorn"')
        load(store, folder, other_jsonld=film("Harbour Lights", 1962, "Ada Thorn"))
        assert reader(store).counts('"elsinore"') == (0, 1)
        assert reader(store).counts('"thorn"')[0] == before[0] + 1

    def test_an_older_snapshot_keeps_its_own_words(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        first = store.snapshot()
        load(store, folder, other_jsonld=film("Other Shore", 1970, "Ida Vale"))
        assert Reader(first.path).counts('"vale"') == (0, 0)
        store.rollback(first.id)
        assert reader(store).counts('"elsinore"') == (0, 1)

    def test_a_write_that_is_no_load_keeps_the_words(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        first = store.snapshot()
        with store.writer() as writer:
            writer.change(lambda _: None)
            writer.publish(first.manifest)
        assert store.snapshot().id != first.id
        assert reader(store).counts('"elsinore"') == (0, 1)

    def test_an_unpublished_change_leaves_no_words(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        with store.writer() as writer:
            writer.lookup.put("0", [("unfinished words", "node")], [])
        assert reader(store).counts('"unfinished"') == (0, 0)
        assert not list((store.path / "work").iterdir())

    def test_markup_is_no_text(self) -> None:
        page = "<html><style>b { color: red }</style><p>Quiet <b>rivers</b> run &amp; deep</p><!-- hidden --></html>"
        [(text, source, start)] = lookup.passages(page, "text/html", [(0, "x")])
        assert (text, source, start) == ("Quiet rivers run deep", "x", page.index("Quiet"))

    def test_long_texts_are_cut_between_sentences(self) -> None:
        text = "The ferry left at nine and came back at noon. " * 60
        pieces = list(lookup.passages(text, "text/plain", [(0, "x")]))
        assert len(pieces) > 3
        assert all(piece.endswith(".") and len(piece) <= lookup.PASSAGE for piece, _, _ in pieces)
        assert all(text[start:].startswith(piece[:20]) for piece, _, start in pieces)

    def test_data_is_searched_by_its_quotes_only(self) -> None:
        assert list(lookup.passages('{"name": "x"}', "application/json", [(0, "x")])) == []

    def test_a_store_without_the_file_finds_nothing(self, tmp_path: Path) -> None:
        assert Reader(tmp_path).counts('"x"') == (0, 0)
        assert Reader(tmp_path).departed("x") is None

    def test_a_file_of_another_version_is_made_anew(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / FILE) as other:
            other.execute("CREATE TABLE quotes (x)")
        made = Lookup(tmp_path / "new", tmp_path / FILE)
        made.put("0", [("some words", "node")], [])
        made.close()
        assert Reader(tmp_path).counts('"words"') == (0, 0)
        (tmp_path / "new").replace(tmp_path / FILE)
        assert Reader(tmp_path).counts('"words"') == (1, 0)


class TestGone:
    def test_a_thing_nobody_names_any_more_is_gone(self, store: Store, folder: Path) -> None:
        load(store, folder, one_jsonld=film("Other Shore", 1970, "Ida Vale"), notes_txt=NOTES)
        before = store.snapshot().id
        pipeline.remove(store, ["one.jsonld"])
        assert reader(store).departed(f"{BASE}person/ida-vale") == Departed(
            f"{BASE}person/ida-vale", "Ida Vale", before
        )
        answer = client(store).get("/page/person/ida-vale", headers={"Accept": "text/html"})
        assert answer.status_code == 410
        assert f"Ida Vale was in the graph up to snapshot {before}" in answer.get_data(as_text=True)
        assert client(store).get("/data/person/ida-vale.ttl").status_code == 410
        assert client(store).get("/id/person/ida-vale").status_code == 410

    def test_a_removed_document_is_gone(self, store: Store, folder: Path) -> None:
        load(store, folder, one_jsonld=film("Other Shore", 1970, "Ida Vale"), notes_txt=NOTES)
        [stored] = [one for one in store.snapshot().manifest.documents if "one.jsonld" in one.names]
        pipeline.remove(store, ["one.jsonld"])
        path = f"/document/{stored.sha256[:16]}"
        answer = client(store).get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 410
        assert "<p>one.jsonld was in the graph up to snapshot" in answer.text
        assert client(store).get(f"{path}/text").status_code == 410
        assert client(store).get("/document/0000000000000000").status_code == 404

    def test_facts_of_a_removed_document_are_gone(self, store: Store, folder: Path) -> None:
        load(store, folder, one_jsonld=film("Other Shore", 1970, "Ida Vale"), notes_txt=NOTES)
        cited = re.findall(r'href="(/page/credit/[0-9a-f]+)"', client(store).get("/page/person/ida-vale").text)[0]
        pipeline.remove(store, ["one.jsonld"])
        answer = client(store).get(cited, headers={"Accept": "text/html"})
        assert answer.status_code == 410
        assert "A fact of one.jsonld was in the graph up to snapshot" in answer.text
        load(store, folder)
        assert client(store).get(cited).status_code == 200

    def test_what_comes_back_is_there(self, store: Store, folder: Path) -> None:
        load(store, folder, one_jsonld=film("Other Shore", 1970, "Ida Vale"), notes_txt=NOTES)
        pipeline.remove(store, ["one.jsonld"])
        load(store, folder)
        assert reader(store).departed(f"{BASE}person/ida-vale") is None
        assert client(store).get("/page/person/ida-vale").status_code == 200

    def test_it_stays_gone_in_later_snapshots(self, store: Store, folder: Path) -> None:
        load(store, folder, one_jsonld=film("Other Shore", 1970, "Ida Vale"), notes_txt=NOTES)
        pipeline.remove(store, ["one.jsonld"])
        (folder / "one.jsonld").unlink()
        load(store, folder, two_jsonld=film("Third Shore", 1980, "Ola Berg"))
        assert reader(store).departed(f"{BASE}person/ida-vale") is not None

    def test_merged_things_lead_to_what_they_became(self, store: Store, folder: Path) -> None:
        one, two = f"{BASE}person/ida-vale", f"{BASE}person/eida-wale"
        load(
            store,
            folder,
            one_jsonld=film("Other Shore", 1970, "Ida Vale"),
            two_jsonld=film("Third Shore", 1980, "Eida Wale"),
        )
        pipeline.load(store, [], judgements=[Judgement(same=True, one=one, other=two, reason="one person")])
        for path in ("/page/person/{}", "/id/person/{}", "/data/person/{}.ttl"):
            answer = client(store).get(path.format("eida-wale"))
            assert answer.status_code == 301
            assert answer.location.endswith(path.format("ida-vale"))

    def test_heirs_are_followed_to_the_last(self, tmp_path: Path) -> None:
        made = Lookup(tmp_path / FILE)
        made.depart([Departed("a", "A", "1", "b"), Departed("b", "B", "2", "c"), Departed("x", "X", "1", "x")], [])
        made.close()
        assert Reader(tmp_path).departed("a") == Departed("a", "A", "1", "c")
        assert Reader(tmp_path).departed("x") == Departed("x", "X", "1", "x")
        assert Reader(tmp_path).departed("c") is None


class TestSearchPage:
    def test_typing_errors_are_corrected(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        text = client(store).get("/search?q=elsinor lampps").get_data(as_text=True)
        assert "<mark>Elsinore</mark>" in text
        assert "elsinore lamps</a>" in text

    def test_phrases_stand_together(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        asked = client(store)
        assert "<mark>" in asked.get('/search?q="near elsinore"').get_data(as_text=True)
        assert "<mark>" not in asked.get('/search?q="elsinore near"').get_data(as_text=True)

    @pytest.mark.parametrize("text", ['"', "'", "a*", "NEAR(", "text:x", "^a", "<b>", "a AND", "\x02", "-", "%", "🎬"])
    def test_signs_of_the_engine_are_only_signs(self, store: Store, folder: Path, text: str) -> None:
        load(store, folder, notes_txt=NOTES)
        assert client(store).get("/search", query_string={"q": text}).status_code == 200

    def test_a_text_leads_to_its_place(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        asked = client(store)
        text = asked.get("/search?q=elsinore&kind=document").get_data(as_text=True)
        path = text.split('<figcaption><a href="')[1].split('"')[0]
        address, _, anchor = path.partition("#")
        assert f'<a class="at" id="{anchor}"></a>' in asked.get(address).get_data(as_text=True)

    def test_quotes_lead_to_their_facts(self, store: Store, folder: Path) -> None:
        load(store, folder, notes_txt=NOTES)
        text = client(store).get("/search?q=thorn&kind=quote").get_data(as_text=True)
        assert "Harbour Lights (1962)" in text
        assert "/page/credit/" in text


def test_quotes_of_a_document_can_come_in_several_calls(tmp_path: Path) -> None:
    made = Lookup(tmp_path / FILE)
    made.put("aa", [("a grey harbour", "n1")], [("the harbour at night", "s1", 0)])
    made.extend("aa", [("harbour master", "n2"), ("no boats", "n3")])
    made.put("bb", [("harbour dues", "n4")], [])
    made.close()
    assert Reader(tmp_path).counts("harbour") == (3, 1)
    again = Lookup(tmp_path / "next.sqlite", tmp_path / FILE)
    again.drop("aa")
    again.close().rename(tmp_path / FILE)
    assert Reader(tmp_path).counts("harbour") == (1, 0)
