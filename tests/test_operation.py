"""What `docs/operation.md` says is so: its examples name settings, commands and addresses that exist."""

import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from reelgraph import snapshots
from reelgraph.cli import main
from reelgraph.config import Settings, settings
from reelgraph.server.app import create_app
from reelgraph.server.fetching import Fetcher
from reelgraph.store import Store

TEXT = (Path(__file__).parent.parent / "docs" / "operation.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_table_has_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \|", TEXT, re.MULTILINE)
    assert [name for name, _, _ in rows] == [field.name for field in fields(Settings)]
    for (name, variable, default), field in zip(rows, fields(Settings), strict=True):
        assert variable == f"REELGRAPH_{name.upper()}"
        if field.default is MISSING:
            assert not default.startswith("`")
        else:
            expected = "none" if field.default is None else f"`{str(field.default).lower()}`"
            assert default == expected


def test_variables_exist() -> None:
    known = {f"REELGRAPH_{field.name.upper()}" for field in fields(Settings)} | {"REELGRAPH_CONFIG"}
    assert set(re.findall(r"REELGRAPH_[A-Z_]+", TEXT)) <= known


def test_the_settings_files_are_right(tmp_path: Path) -> None:
    path = tmp_path / "reelgraph.toml"
    path.write_text("".join(blocks("toml")))
    made = settings(environ={}, file=path)
    assert {name: getattr(made, name) for name in tomllib.loads(path.read_text())}
    assert made.public_url == "https://films.example/graph"
    assert Fetcher.of(made).services == {"https://query.example/sparql", "https://other.example/sparql"}


def test_commands_and_their_options_exist() -> None:
    shown = re.findall(r"reelgraph (serve|load|token)\b([^\n`]*)", TEXT)
    assert {name for name, _ in shown} == {"serve", "load", "token"}
    for name, rest in shown:
        options = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", rest)) <= options


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/admin/queries", "/sparql", "/graph-store"])
def test_addresses_exist(tmp_path: Path, path: str) -> None:
    assert path in TEXT
    rules = {rule.rule for rule in create_app(Settings(store=tmp_path)).url_map.iter_rules()}
    assert path in rules


def test_the_log_of_writes_is_named() -> None:
    from reelgraph.writes import LOG

    assert f"`{LOG}`" in TEXT
    assert snapshots.Manifest(extra={"written": "x"}).to_json()


def test_flags_of_serve_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "store").writer() as writer:
        writer.publish(snapshots.Manifest())
    served: list[Settings] = []
    monkeypatch.setattr("reelgraph.server.runner.serve", served.append)
    monkeypatch.setattr("reelgraph.cli.serving.announce", lambda *_: None)
    flags = ["--store", str(tmp_path / "store"), "--workers", "3", "--deadline", "4.5", "--memory", "0", "--port", "81"]
    done = CliRunner().invoke(main, ["serve", *flags])
    assert done.exit_code == 0, done.output
    assert [(one.workers, one.deadline, one.memory, one.port) for one in served] == [(3, 4.5, 0, 81)]
    assert CliRunner().invoke(main, ["serve", "--workers", "0"]).exit_code == 2
