"""The wheel holds what the tree holds, and works where there is no tree."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINKED = ("loaders", "ontology", "queries", "server")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the tree, with what is installed here, so that no network is needed."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, copy / name)
    for name in ("reelgraph", *LINKED):
        shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=LEFT_OUT)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    subprocess.run(command, cwd=copy, check=True)
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment with the wheel; its dependencies are the ones installed here."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    # A path named in a .pth file is searched, but its own .pth files (the editable install) are not read.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin"


def run(command: list[str], cwd: Path) -> str:
    environ = {"PATH": os.environ["PATH"], "HOME": str(cwd)}
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_holds_the_tree(wheel: Path) -> None:
    tree = {
        str(Path("reelgraph", name, path.relative_to(ROOT / name)) if name != "reelgraph" else path.relative_to(ROOT))
        for name in ("reelgraph", *LINKED)
        for path in (ROOT / name).rglob("*")
        if path.is_file() and not LEFT_OUT("", path.relative_to(ROOT).parts)
        if not (name == "reelgraph" and path.relative_to(ROOT / name).parts[0] in LINKED)
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == tree


def test_installed_wheel_runs_by_itself(installed: Path, tmp_path: Path) -> None:
    where = run([str(installed / "python"), "-c", "import reelgraph; print(reelgraph.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert "load" in run([str(installed / "reelgraph"), "--help"], tmp_path)


def test_installed_wheel_loads_its_samples(installed: Path, tmp_path: Path) -> None:
    find = "import importlib.resources as r; print(r.files('reelgraph') / 'samples')"
    samples = run([str(installed / "python"), "-c", find], tmp_path).strip()
    run([str(installed / "reelgraph"), "load", samples, "--store", "store"], tmp_path)
    assert "Joaquin Phoenix" in run([str(installed / "reelgraph"), "query", "cast", "--store", "store"], tmp_path)
    assert "reelgraph" not in {path.name for path in tmp_path.iterdir()}


def test_names_without_prefix_are_not_importable(installed: Path, tmp_path: Path) -> None:
    code = f"import importlib.util as u; print([n for n in {LINKED!r} if u.find_spec(n)])"
    assert run([str(installed / "python"), "-c", code], tmp_path).strip() == "[]"
