"""Settings: defaults, then the file, then the environment, then flags; every mistake is named with its place."""

from pathlib import Path

import pytest

from reelgraph.config import DEFAULT_BASE, settings
from reelgraph.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reelgraph.toml"


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_defaults(tmp_path: Path) -> None:
    made = settings(environ={})
    assert (made.base, made.host, made.port, made.deadline, made.keep) == (DEFAULT_BASE, "127.0.0.1", 8000, 30.0, 5)
    assert made.store == tmp_path / "data" / "reelgraph"
    assert made.max_rows is made.max_bytes is made.judgements is made.tokens is None


def test_the_later_place_wins(file: Path) -> None:
    file.write_text('port = 1\nhost = "file"\nkeep = 2\ndeadline = 1.5\n')
    made = settings(
        {"port": "3", "host": None}, {"REELGRAPH_PORT": "2", "REELGRAPH_HOST": "env", "REELGRAPH_KEEP": ""}, file
    )
    assert (made.port, made.host, made.keep, made.deadline) == (3, "env", 2, 1.5)


def test_file_of_the_user_and_named_by_the_environment(tmp_path: Path, file: Path) -> None:
    (tmp_path / "config" / "reelgraph").mkdir(parents=True)
    (tmp_path / "config" / "reelgraph" / "config.toml").write_text("port = 1")
    file.write_text("port = 2")
    assert settings(environ={}).port == 1
    assert settings(environ={"REELGRAPH_CONFIG": str(file)}).port == 2


def test_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELGRAPH_WORKERS", "7")
    assert settings().workers == 7


def test_paths(file: Path) -> None:
    file.write_text('store = "films"\njudgements = "~/who.txt"\n')
    made = settings(environ={}, file=file)
    assert made.store == file.parent / "films"
    assert made.judgements == Path.home() / "who.txt"
    assert settings({"store": "films"}, {}).store == Path("films")


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(settings({"tokens": "secret"}, {}))


@pytest.mark.parametrize(
    ("flags", "environ", "message"),
    [
        ({"port": "many"}, {}, "--port: must be a whole number, not 'many'"),
        ({"port": "70000"}, {}, "--port: must be a whole number of 0 to 65535, not 70000"),
        ({"max_rows": "0"}, {}, "--max-rows: must be a whole number of 1 or more, not 0"),
        ({}, {"REELGRAPH_DEADLINE": "nan"}, "REELGRAPH_DEADLINE: must be a number of 0.1 or more, not nan"),
        ({}, {"REELGRAPH_WORKERS": "1.5"}, "REELGRAPH_WORKERS: must be a whole number, not '1.5'"),
        ({"base": "https://example.org/id"}, {}, "--base: must be an IRI that ends with /"),
        ({"base": "https://example.org/a b/"}, {}, "--base: must be an IRI"),
        ({"base": "/id/"}, {}, "--base: must be an IRI"),
        ({"host": ""}, {}, "--host: must not be empty"),
        ({"prot": "1"}, {}, "flags: no setting is called prot; did you mean port?"),
        ({}, {"REELGRAPH_CONFIG": "/no/such.toml"}, "/no/such.toml: there is no such settings file"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_mistakes(flags: dict[str, str | None], environ: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(flags, environ)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("port = ", "cannot read the settings file"),
        ("storre = 'x'", "no setting is called storre; did you mean store?"),
        ("zzz = 1", "no setting is called zzz; there are base, store"),
        ("port = [1]", "port must be a text or a number, not [1]"),
        ("port = true", "port must be a text or a number, not True"),
        ("port = 'x'", "port: must be a whole number, not 'x'"),
    ],
)
def test_mistakes_in_the_file(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        settings(environ={}, file=file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)
