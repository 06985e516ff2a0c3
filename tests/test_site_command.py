"""The command export-site: what it writes, and what it refuses."""

from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from reelgraph.cli import main
from reelgraph.store import Manifest, Store

BASE = "https://w3id.org/reelgraph/id/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    film, graph = (pyoxigraph.NamedNode(f"{BASE}{name}") for name in ("film/her-2013", "graph/preferred"))
    label = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    with Store(tmp_path / "store").writer() as writer:
        writer.add([pyoxigraph.Quad(film, label, pyoxigraph.Literal("Her"), graph)])
        writer.publish(Manifest())
    return tmp_path / "store"


def test_wrong_url_and_missing_store(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    wrong = run(main, ["export-site", str(tmp_path / "site"), "--store", str(folder), "--url", "films"])
    assert wrong.exit_code == 2
    assert "web address" in wrong.output
    assert run(main, ["export-site", str(tmp_path / "site"), "--store", str(tmp_path / "none")]).exit_code == 1
    assert not (tmp_path / "site").exists()


def test_full_folder_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    done = CliRunner().invoke(main, ["export-site", str(tmp_path / "site"), "--store", str(folder)])
    assert done.exit_code == 1
    assert "empty folder" in done.output
    assert [one.name for one in (tmp_path / "site").iterdir()] == ["mine.txt"]


def test_pages_are_written(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export-site", str(tmp_path / "site"), "--store", str(folder)])
    assert done.exit_code == 0, done.output
    assert " files, " in done.output
    assert "Her" in (tmp_path / "site" / "page" / "film" / "her-2013" / "index.html").read_text("utf-8")
