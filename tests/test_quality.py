"""The house rules, and the linter, formatter and type checker, so that `pytest` is everything."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("reelgraph", "loaders", "ontology", "queries", "server")
MODULE_LINES = 300
FUNCTION_LINES = 40
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
MACHINE_PATH = re.compile(r"(?<![\w.~}])/(?:work|root|home|Users)/\w")


def source_files() -> list[Path]:
    found = (path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
    return sorted({path.resolve() for path in found})


def project_files() -> Iterator[Path]:
    """Every text file of the project: code, documents, data."""
    for name in (*PACKAGES, "tests", "benchmarks", "docs", "scripts", ".ci"):
        yield from (path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (path for path in ROOT.iterdir() if path.is_file())


def identify(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", source_files(), ids=identify)
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < MODULE_LINES, "split the module: one idea per file"
    long = [
        f"line {node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 >= FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("path", source_files(), ids=identify)
def test_a_file_is_named_for_what_it_owns(path: Path) -> None:
    assert path.stem not in VAGUE_NAMES


def test_no_path_of_somebodys_machine() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "--output-format=concise"], ["ruff", "format", "--check", "--output-format=concise"], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_checked_by(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
