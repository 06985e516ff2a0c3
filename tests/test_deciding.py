"""The page on which people judge what may be the same, through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reelgraph import access, pipeline
from reelgraph.access import Role
from reelgraph.config import Settings
from reelgraph.server import create_app, deciding
from reelgraph.server.app import ENDPOINT
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
MAPPING = "film: {title: name, year: year}\nfacts: {cast: {from: cast, split: ','}}\n"
ROWS = 'name,year,cast\nTin,1990,T.J. Marsh\nRope,1995,"Tj Marsh, Ada Vole"\nHaven Road,1987,\nHavn Road,1988,\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(ROWS, "utf-8")
    (tmp_path / "list.csv.map.yml").write_text(MAPPING, "utf-8")
    pipeline.load(Store(tmp_path / "store"), [tmp_path / "list.csv"])
    return tmp_path


@pytest.fixture
def tokens() -> dict[str, str]:
    return {"write": access.new("ann", Role.WRITE), "read": access.new("bea", Role.READ)}  # type: ignore[dict-item]


@pytest.fixture
def app(folder: Path, tokens: dict[str, tuple[str, str]]) -> Iterator[Flask]:
    known = " ".join(line for _, line in tokens.values())
    made = create_app(Settings(store=folder / "store", tokens=known))
    yield made
    made.extensions[ENDPOINT].stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def form(token: str, *decisions: tuple[str, str, str, str]) -> dict[str, str]:
    sent = {"token": token}
    for number, (verdict, one, other, reason) in enumerate(decisions):
        sent |= {f"verdict-{number}": verdict, f"one-{number}": one, f"other-{number}": other}
        sent[f"reason-{number}"] = reason
    return sent


SAME = ("same", f"{BASE}person/tj-marsh", f"{BASE}person/t-j-marsh", "one actor")


def test_pairs_stand_side_by_side_with_their_words(client: FlaskClient) -> None:
    page = client.get("/resolve").get_data(as_text=True)
    assert "2 pairs" in page
    assert page.index("person/t-j-marsh") < page.index("person/tj-marsh") < page.index("film/haven-road-1987")
    assert "<dt>Acted in</dt><dd>Tin</dd>" in page
    assert "“Haven Road”" in page
    assert 'name="token" type="password"' in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]
    assert "1 pair " in client.get("/resolve?kind=person").get_data(as_text=True)
    assert "Nothing to decide" in client.get("/resolve?kind=award").get_data(as_text=True)
    assert client.get("/resolve?kind=ship").status_code == 404


def test_without_tokens_the_page_is_for_reading(folder: Path) -> None:
    app = create_app(Settings(store=folder / "store"))
    client = app.test_client()
    page = client.get("/resolve").get_data(as_text=True)
    assert "reelgraph resolve --same film/haven-road-1987 film/havn-road-1988" in page
    assert "password" not in page
    assert client.post("/resolve", data=form("", SAME)).status_code == 403
    app.extensions[ENDPOINT].stop()


def test_decision_merges_and_the_former_iri_leads_to_the_present_one(
    client: FlaskClient, folder: Path, tokens: dict[str, tuple[str, str]]
) -> None:
    apart = ("different", f"{BASE}film/haven-road-1987", f"{BASE}film/havn-road-1988", "two\nfilms")
    answer = client.post("/resolve", data=form(tokens["write"][0], SAME, ("", *apart[1:]), apart) | {"kind": "film"})
    assert (answer.status_code, answer.location) == (303, "/resolve?state=done&kind=film")
    lines = (folder / "store" / "judgements.txt").read_text("utf-8").splitlines()
    assert lines == [f"{' '.join(SAME)} (ann)", f"{' '.join(apart).replace(chr(10), ' ')} (ann)"]
    moved = client.get("/page/person/t-j-marsh")
    assert (moved.status_code, moved.location) == (301, "/page/person/tj-marsh")
    page = client.get("/resolve?state=done").get_data(as_text=True)
    assert "Nothing to decide" in page
    assert "one actor (ann)" in page
    assert 'role="status"' in page


@pytest.mark.parametrize(
    ("who", "decision", "status", "says"),
    [
        ("none", SAME, 401, "need a token"),
        ("wrong", SAME, 401, "not known here"),
        ("read", SAME, 403, "may read only"),
        ("write", ("same", f"{BASE}person/a", f"{BASE}film/b", ""), 422, "two different IRIs of one kind"),
        ("write", ("same", "https://example.org/a", f"{BASE}film/b", ""), 422, "no IRI of a thing"),
    ],
)
def test_refused_decisions_change_nothing(
    who: str,
    decision: tuple[str, str, str, str],
    status: int,
    says: str,
    client: FlaskClient,
    folder: Path,
    tokens: dict[str, tuple[str, str]],
) -> None:
    token = {"none": "", "wrong": "x"}.get(who) if who in ("none", "wrong") else tokens[who][0]
    answer = client.post("/resolve", data=form(token or "", decision))
    assert answer.status_code == status
    assert says in answer.get_data(as_text=True)
    assert not (folder / "store" / "judgements.txt").exists()


def test_token_may_come_as_a_header(client: FlaskClient, tokens: dict[str, tuple[str, str]]) -> None:
    answer = client.post("/resolve", data=form(""), headers={"Authorization": f"Bearer {tokens['write'][0]}"})
    assert answer.location == "/resolve?state=nothing"


def test_long_work_goes_on_after_the_answer(
    app: Flask, folder: Path, tokens: dict[str, tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding.sys, "executable", "/bin/false")
    answer = app.test_client().post("/resolve", data=form(tokens["write"][0], SAME))
    assert answer.location == "/resolve?state=kept"
    sleeper = folder / "sleeper"
    sleeper.write_text("#!/bin/sh\nsleep 2\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(deciding.sys, "executable", str(sleeper))
    slow = create_app(Settings(store=folder / "store", tokens=tokens["write"][1], deadline=0.2))
    answer = slow.test_client().post("/resolve", data=form(tokens["write"][0], SAME))
    assert answer.location == "/resolve?state=working"
    slow.extensions[ENDPOINT].stop()


class TestAPairOfOnesOwn:
    def test_names_iris_and_addresses_are_understood(self, client: FlaskClient) -> None:
        vole, marsh = f"{BASE}person/ada-vole", f"{BASE}person/tj-marsh"
        for one in ("ada vole", vole, "person/ada-vole", "http://127.0.0.1:8000/page/person/ada-vole"):
            page = client.get("/resolve", query_string={"one": one, "other": marsh}).get_data(as_text=True)
            assert page.count("<fieldset>") == 1
            assert f'name="one-0" value="{vole}"' in page
            assert f'name="other-0" value="{marsh}"' in page

    @pytest.mark.parametrize(
        ("one", "other", "says"),
        [
            ("Ada Vole", "Tin", "Ada Vole and Tin (1990) are not two people"),
            ("Tin", "tin", "are not two films"),
            ("Nobody At All", "Tin", "is not the name of one thing: the graph has nothing like it"),
            ("Haven", "Tin", "did you mean Haven Road (film/haven-road-1987)"),
        ],
    )
    def test_what_is_no_pair_is_refused_with_a_hint(self, client: FlaskClient, one: str, other: str, says: str) -> None:
        answer = client.get("/resolve", query_string={"one": one, "other": other})
        assert answer.status_code == 422
        assert says in answer.get_data(as_text=True)

    def test_the_page_of_a_thing_leads_there(self, client: FlaskClient) -> None:
        page = client.get("/page/person/ada-vole").get_data(as_text=True)
        assert "/resolve?one=https%3A//w3id.org/reelgraph/id/person/ada-vole#another" in page
        page = client.get(f"/resolve?one={BASE}person/ada-vole").get_data(as_text=True)
        assert f'value="{BASE}person/ada-vole"' in page.partition('id="another"')[2]
        assert "2 pairs" in page


def test_the_chosen_kind_is_marked(client: FlaskClient) -> None:
    assert '<a href="/resolve?kind=film" aria-current="page">films</a>' in client.get("/resolve?kind=film").text
