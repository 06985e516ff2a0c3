"""Watching files, and deciding who is who, on the command line."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reelgraph import identity
from reelgraph.cli import main, watching
from reelgraph.config import Settings
from reelgraph.identity import Entity, Homonym, Resolution
from reelgraph.judgements import Judgement
from reelgraph.proposals import proposals
from reelgraph.store import Store

BASE = "https://w3id.org/reelgraph/id/"
MAPPING = "film: {title: name, year: year}\nfacts: {cast: {from: cast, split: ','}}\n"
ROWS = "name,year,cast\nTin,1990,T.J. Marsh\nRope,1995,Tj Marsh\n"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def entity(kind: str, name: str, year: int | None = None, *ids: str) -> Entity:
    return Entity(kind, name, year, ids)


class TestProposals:
    def test_spellings_of_a_name_and_films_a_year_apart(self) -> None:
        entities = {
            f"{BASE}person/t-j-marsh": entity("person", "T. J. Marsh"),
            f"{BASE}person/tj-marsh": entity("person", "TJ Marsh"),
            f"{BASE}person/ann-marsh": entity("person", "Ann Marsh"),
            f"{BASE}film/tin-1990": entity("film", "Tin", 1990),
            f"{BASE}film/the-tin-1991": entity("film", "The Tin", 1991),
            f"{BASE}film/tin-2020": entity("film", "Tin", 2020),
        }
        found = proposals(Resolution(BASE, entities))
        assert [(one.one.rpartition("/")[2], one.other.rpartition("/")[2]) for one in found] == [
            ("the-tin-1991", "tin-1990"),
            ("t-j-marsh", "tj-marsh"),
        ]

    def test_an_initial_is_shown_with_the_one_name_it_may_stand_for(self) -> None:
        names = ("E. Warne", "Edith Warne", "Joan Warne", "S. Ode", "Samuel Ode", "Sarah Ode", "Warne")
        slugs = {f"{BASE}person/{name.lower().replace('. ', '-').replace(' ', '-')}": name for name in names}
        found = proposals(Resolution(BASE, {iri: entity("person", name) for iri, name in slugs.items()}))
        assert [(one.one, one.other) for one in found] == [(f"{BASE}person/e-warne", f"{BASE}person/edith-warne")]

    def test_rival_identifiers_and_judged_pairs_are_left_out(self) -> None:
        one, other = f"{BASE}film/tin-1990", f"{BASE}film/tin-1991"
        entities = {one: entity("film", "Tin", 1990, "imdb:tt1"), other: entity("film", "Tin", 1991, "imdb:tt2")}
        assert proposals(Resolution(BASE, entities)) == []
        entities[other] = entity("film", "Tin", 1991, "tmdb:1")
        assert len(proposals(Resolution(BASE, entities))) == 1
        assert proposals(Resolution(BASE, entities), [Judgement(same=False, one=one, other=other)]) == []

    def test_homonyms_come_first(self) -> None:
        pair = (f"{BASE}person/ann-marsh", f"{BASE}person/ann-marsh-1980")
        entities = {iri: entity("person", "Ann Marsh") for iri in pair}
        homonyms = (Homonym("Ann Marsh", pair, (1920, 1980), "60 years apart"),)
        (found,) = proposals(Resolution(BASE, entities, homonyms=homonyms))
        assert (found.score, found.reason) == (100, "one name, 60 years apart")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("REELGRAPH_JUDGEMENTS", raising=False)
    (tmp_path / "list.csv").write_text(ROWS, "utf-8")
    (tmp_path / "list.csv.map.yml").write_text(MAPPING, "utf-8")
    assert run("load", tmp_path / "list.csv", "--store", tmp_path / "store").exit_code == 0
    return tmp_path / "store"


def labels(folder: Path) -> set[str]:
    graph = Store(folder).snapshot().open()
    rows = graph.query("SELECT DISTINCT ?p { ?f <https://schema.org/actor> ?p }", use_default_graph_as_union=True)
    return {row["p"].value.rpartition("/")[2] for row in rows}  # type: ignore[union-attr]


class TestResolve:
    def test_lists_pairs_with_their_words(self, store: Path) -> None:
        done = run("resolve", "--store", store)
        assert done.exit_code == 0, done.output
        assert "1. person, 100: names alike: T.J. Marsh, Tj Marsh" in done.stdout
        assert "“T.J. Marsh”  list.csv" in done.stdout

    def test_decision_is_kept_and_the_graph_derived_anew(self, store: Path) -> None:
        assert labels(store) == {"t-j-marsh", "tj-marsh"}
        done = run(
            *("resolve", "--store", store, "--same", "person/t-j-marsh", "person/tj-marsh", "--reason", "one actor")
        )
        assert done.exit_code == 0, done.output
        assert len(labels(store)) == 1
        written = (store / "judgements.txt").read_text("utf-8")
        assert written == "same person/t-j-marsh person/tj-marsh one actor\n"
        assert "Nothing to decide." in run("resolve", "--store", store).stdout

    def test_decisions_may_come_as_a_file_or_through_a_pipe(self, store: Path, tmp_path: Path) -> None:
        lines = tmp_path / "lines.txt"
        lines.write_text("# about actors\n\nsame person/tj-marsh person/t-j-marsh one actor\n", "utf-8")
        (store / "judgements.txt").write_text("different person/a person/b no line end", "utf-8")
        assert run("resolve", "--store", store, "--decisions", lines).exit_code == 0
        assert len(labels(store)) == 1
        kept = (store / "judgements.txt").read_text("utf-8").splitlines()
        assert kept == ["different person/a person/b no line end", "same person/tj-marsh person/t-j-marsh one actor"]
        assert run("resolve", "--store", store, "--decisions", "-", stdin="same one two").exit_code == 1
        assert (store / "judgements.txt").read_text("utf-8").splitlines() == kept

    def test_asks_and_writes_to_the_given_file(self, store: Path, tmp_path: Path) -> None:
        path = tmp_path / "decisions.txt"
        path.write_text("# ours", "utf-8")
        done = run("resolve", "--store", store, "--ask", "--judgements", path, stdin="d\ntwo people\n")
        assert done.exit_code == 0, done.output
        assert path.read_text("utf-8").splitlines() == [
            "# ours",
            f"different {BASE}person/t-j-marsh {BASE}person/tj-marsh two people",
        ]

    def test_wrong_decision_writes_nothing(self, store: Path) -> None:
        done = run("resolve", "--store", store, "--same", "person/t-j-marsh", "film/tin-1990")
        assert done.exit_code == 1
        assert "same needs two different IRIs of one kind" in done.stderr
        assert not (store / "judgements.txt").exists()

    def test_a_name_that_nothing_has_writes_nothing(self, store: Path) -> None:
        for option in "--same", "--different":
            done = run("resolve", "--store", store, option, "person/tj-marhs", "person/tj-marsh")
            assert done.exit_code == 1
            assert f"{BASE}person/tj-marhs: nothing in the graph is called so" in done.stderr
            assert not (store / "judgements.txt").exists()

    def test_nothing_is_merged_by_likeness(self, store: Path) -> None:
        assert identity.__doc__
        assert labels(store) == {"t-j-marsh", "tj-marsh"}


class TestWatch:
    def test_follows_changed_new_and_removed_files(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder, place = tmp_path / "films", tmp_path / "store"
        folder.mkdir()
        first, second, mapping = folder / "a.csv", folder / "b.csv", folder / "all.map.yml"
        first.write_text("name,year\nTin,1990\n", "utf-8")
        mapping.write_text("files: ['*.csv']\nfilm: {title: name, year: year}\n", "utf-8")
        steps: list[Callable[[], object]] = [
            lambda: second.write_text("name,year\nRope,1991\n", "utf-8"),
            lambda: first.write_text("name,year\nTin Man,1990\n", "utf-8"),
            lambda: second.unlink(),
            lambda: None,
            lambda: mapping.write_text("files: ['*.csv']\nfilm: {title: name}\n", "utf-8"),
        ]

        def sleep(_seconds: float) -> None:
            if not steps:
                raise KeyboardInterrupt
            steps.pop(0)()

        watching.watch_paths(Settings(store=place), [str(folder)], 1, 0, verbose=False, sleep=sleep)
        told = capsys.readouterr().out
        assert told.splitlines()[-1] == "Stopped."
        assert "Watching 2 files" in told
        assert "1 replaced" in told
        assert "1 removed" in told
        documents = Store(place).snapshot().manifest.documents
        assert [one.names for one in documents] == [("a.csv",)]
        graph = Store(place).snapshot().open()
        years = graph.query("ASK { ?f <https://w3id.org/reelgraph/ontology#year> ?y }", use_default_graph_as_union=True)
        assert not years

    def test_members_that_an_archive_has_no_more_go(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        archive, place = tmp_path / "films.zip", tmp_path / "store"

        def pack(*names: str) -> None:
            with zipfile.ZipFile(archive, "w") as packed:
                for name in names:
                    packed.writestr(name, f"A note called {name}.")

        pack("a.txt", "b.txt", "old/c.txt")
        steps: list[Callable[[], object]] = [
            lambda: archive.write_bytes(archive.read_bytes()[:80]),
            lambda: pack("a.txt", "d.txt", "new/c.txt"),
        ]
        seen: list[list[str]] = []

        def sleep(_seconds: float) -> None:
            seen.append(sorted(one.names[0] for one in Store(place).snapshot().manifest.documents))
            if not steps:
                raise KeyboardInterrupt
            steps.pop(0)()

        watching.watch_paths(Settings(store=place), [str(archive)], 1, 0, verbose=False, sleep=sleep)
        capsys.readouterr()
        assert seen == [["a.txt", "b.txt", "c.txt"], ["a.txt", "b.txt", "c.txt"], ["a.txt", "c.txt", "d.txt"]]

    def test_problem_does_not_end_it(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.csv").write_text("name,year\nTin,1990\n", "utf-8")
        (tmp_path / "a.csv.map.yml").write_text("film: {title: titel}\n", "utf-8")
        mended = [lambda: (tmp_path / "a.csv.map.yml").write_text("film: {title: name}\n", "utf-8")]

        def sleep(_seconds: float) -> None:
            if not mended:
                raise KeyboardInterrupt
            mended.pop()()

        watching.watch_paths(
            Settings(store=tmp_path / "store"), [str(tmp_path / "a.csv"), str(tmp_path / "a.csv.map.yml")], 1, 0,
            verbose=False, sleep=sleep,
        )  # fmt: skip
        told = capsys.readouterr()
        assert "'titel'" in told.err
        assert "1 loaded" in told.out

    def test_standard_input_cannot_be_watched(self, tmp_path: Path) -> None:
        done = run("load", "-", "--watch", "--store", tmp_path / "store")
        assert done.exit_code == 1
        assert "cannot be watched" in done.stderr
