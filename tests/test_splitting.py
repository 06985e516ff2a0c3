"""The page on which people take a thing apart, through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reelgraph import access, pipeline
from reelgraph.access import Role
from reelgraph.config import Settings
from reelgraph.server import create_app
from reelgraph.server.app import ENDPOINT
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
FIRST = "Film,Year,Director,Cast\nTin,1992,Ada Vole,Cy Elm\nSalt,1999,Ada Vole,Dee Fir\n"
SECOND = "Film,Year,Director,Cast\nTin,1992,Ada Vole,Gus Yew\nReed,2001,Dee Firr,Gus Yew\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(FIRST, "utf-8")
    (tmp_path / "b.csv").write_text(SECOND, "utf-8")
    pipeline.load(Store(tmp_path / "store"), [tmp_path / "a.csv", tmp_path / "b.csv"])
    return tmp_path


@pytest.fixture
def token() -> tuple[str, str]:
    return access.new("ann", Role.WRITE)


@pytest.fixture
def app(folder: Path, token: tuple[str, str]) -> Iterator[Flask]:
    made = create_app(Settings(store=folder / "store", tokens=token[1]))
    yield made
    made.extensions[ENDPOINT].stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def shown(client: FlaskClient, rest: str) -> str:
    return client.get(f"/resolve/split?of={quote(BASE + rest, '')}").get_data(as_text=True)


def decide(client: FlaskClient, token: str, verdict: str, one: str, other: str) -> str:
    form = {"token": token, "of": BASE + one, "verdict-0": verdict, "one-0": BASE + one, "other-0": BASE + other}
    answer = client.post("/resolve", data=form)
    assert answer.status_code == 303
    assert answer.location == f"/resolve/split?state=done&of={quote(BASE + one, '')}"
    return client.get(answer.location).get_data(as_text=True)


def acted(folder: Path) -> dict[str, set[str]]:
    rows = Store(folder / "store").snapshot().open().query(
        "SELECT DISTINCT ?p ?f { ?f a <https://schema.org/Movie> ; <https://schema.org/actor> ?p }",
        use_default_graph_as_union=True,
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for row in rows:  # type: ignore[union-attr]
        found.setdefault(row["p"].value.rpartition("/")[2], set()).add(row["f"].value.rpartition("/")[2])
    return found


def test_a_page_leads_to_the_ways_to_take_its_thing_apart(client: FlaskClient) -> None:
    for rest in ("person/gus-yew", "film/tin-1992"):
        assert "/resolve/split?of=" in client.get(f"/page/{rest}").get_data(as_text=True)
    person, film = shown(client, "person/gus-yew"), shown(client, "film/tin-1992")
    assert "the person of Reed (2001)" in person
    assert "the person of all films from 2001 on" in person
    assert "the person in" not in person, "one document names it"
    assert "the film in a.csv" in film
    assert "the film in b.csv" in film
    assert "from a year" not in film.lower()
    assert "nothing to tell two apart by" in shown(client, "person/cy-elm")


@pytest.mark.parametrize("of", ["", "x", f"{BASE}person/nobody", f"{BASE}cast/1", f"{BASE}person/%3E%20x"])
def test_there_must_be_such_a_thing(client: FlaskClient, of: str) -> None:
    assert client.get(f"/resolve/split?of={of}").status_code == 404


def test_the_person_of_one_film_becomes_another(client: FlaskClient, token: tuple[str, str], folder: Path) -> None:
    page = decide(client, token[0], "different", "person/gus-yew", "film/reed-2001")
    assert 'role="status"' in page
    assert acted(folder)["gus-yew"] == {"tin-1992"}
    assert acted(folder)["gus-yew-2001"] == {"reed-2001"}
    assert "(ann)" in (folder / "store" / "judgements.txt").read_text("utf-8")


def test_the_film_of_one_document_becomes_another(client: FlaskClient, token: tuple[str, str], folder: Path) -> None:
    page = shown(client, "film/tin-1992")
    other = page.partition(f'value="{BASE}document/')[2].partition('"')[0]
    decide(client, token[0], "different", "film/tin-1992", f"document/{other}")
    films = {film for made in acted(folder).values() for film in made if film.startswith("tin")}
    assert len(films) == 2


def test_a_merge_can_be_taken_back(client: FlaskClient, token: tuple[str, str], folder: Path) -> None:
    page = decide(client, token[0], "same", "person/dee-fir", "person/dee-firr")
    assert "what was called person/dee-firr" in page
    assert client.get("/page/person/dee-firr").status_code == 301
    page = decide(client, token[0], "different", "person/dee-fir", "person/dee-firr")
    assert "what was called" not in page
    assert client.get("/page/person/dee-firr").status_code == 200
    assert client.get("/page/person/dee-fir").status_code == 200


def test_without_tokens_the_page_says_what_to_run(folder: Path) -> None:
    app = create_app(Settings(store=folder / "store"))
    page = shown(app.test_client(), "person/gus-yew")
    assert "reelgraph resolve --different person/gus-yew film/reed-2001" in page
    assert "password" not in page
    app.extensions[ENDPOINT].stop()
