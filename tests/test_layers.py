"""Imports go one way: each part of reelgraph may import only the parts named for it here."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOUNDATION = {"errors", "model", "config", "ontology"}
OUTER = {"loaders", "pipeline", "cli", "queries", "server"}
PARTS = sorted(
    {
        path.stem if path.suffix else path.name
        for path in (ROOT / "reelgraph").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    - {"__init__", "__main__"}
)
CORE = set(PARTS) - OUTER
ALLOWED = {
    "ontology": {"errors", "ontology"},
    "queries": {"errors", "queries"},
    "loaders": {"errors", "model", "ontology", "loaders"},
    "pipeline": CORE | {"loaders", "pipeline"},
    "server": CORE | {"queries", "server"},
    "cli": set(PARTS),
}
#: Whatever could ask another machine for something; the product never does by itself.
CLIENTS = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "SPARQLWrapper"}
#: The modules that may: they ask the language model, the endpoints and the documents whose addresses a user has put
#: into the settings, else nobody.
MODEL = ROOT / "reelgraph" / "loaders" / "layers" / "endpoint.py"
ASKS = {MODEL, ROOT / "reelgraph" / "server" / "fetching.py"}
#: Flask's own parts, which come with it.
PARTS_OF_FLASK = {"jinja2", "markupsafe", "werkzeug"}


def allowed(part: str) -> set[str]:
    return ALLOWED.get(part, FOUNDATION if part in FOUNDATION else CORE)


def files(part: str) -> list[Path]:
    module = ROOT / "reelgraph" / f"{part}.py"
    return [module] if module.exists() else sorted((ROOT / "reelgraph" / part).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, at any depth; `from a import b` counts as `a.b`, for b may be a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import in full, beginning with reelgraph"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_part_is_found() -> None:
    assert set(PARTS) >= {"cli", "errors", "loaders", "model", "ontology", "queries", "server"}


@pytest.mark.parametrize("part", PARTS)
def test_imports_go_one_way(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(part)
        for name in imports(path)
        if name.startswith("reelgraph.") and (target := name.split(".")[1]) in PARTS
        if target not in allowed(part) | {part}
    ]
    assert not wrong, f"{part} may import only {sorted(allowed(part))}"


@pytest.mark.parametrize("part", PARTS)
def test_always_imported_by_the_full_name(part: str) -> None:
    short = {"loaders", "ontology", "queries", "server"}
    wrong = [f"{path.relative_to(ROOT)}: {name}" for path in files(part) for name in imports(path)]
    assert not [line for line in wrong if line.split(": ")[1].split(".")[0] in short]


@pytest.mark.parametrize("part", PARTS)
def test_nothing_can_ask_another_machine(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(part)
        if path not in ASKS
        for name in imports(path)
        if any(f"{name}.".startswith(f"{client}.") for client in CLIENTS)
    ]
    assert not wrong


def test_only_the_language_model_layer_imports_what_asks_another_machine() -> None:
    name = "reelgraph.loaders.layers.endpoint"
    users = {
        path for part in PARTS for path in files(part) if any(f"{one}.".startswith(f"{name}.") for one in imports(path))
    }
    assert users == {MODEL.with_name("llm.py")}


def test_without_an_address_that_module_is_not_even_imported(tmp_path: Path) -> None:
    """A load with the settings as they are by default, in a process of its own."""
    code = """
import sys
from pathlib import Path
from reelgraph import pipeline
from reelgraph.config import settings
from reelgraph.store import Store
chosen = settings(environ={})
pipeline.load(Store(Path(sys.argv[1])), [sys.argv[2]], layers=chosen.layers)
print(*(name for name in sys.modules if name.startswith("reelgraph.loaders.")))
"""
    text = tmp_path / "salt.txt"
    text.write_text("The Salt Garden is a 1998 drama film directed by Nora Lindqvist.")
    environment = {"PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store"), str(text)],
        check=True, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    imported = done.stdout.split()
    assert "reelgraph.loaders.plaintext" in imported
    assert not {"reelgraph.loaders.layers.endpoint", "reelgraph.loaders.layers.llm"} & set(imported)


def test_dependencies_are_declared_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~\[]", one)[0].lower() for one in project["dependencies"]}
    providers = packages_distributions()
    names = {name.split(".")[0] for part in PARTS for path in files(part) for name in imports(path)}
    used = {providers[name][0].lower() for name in names & set(providers) - {"reelgraph"}}
    assert used - PARTS_OF_FLASK == declared
