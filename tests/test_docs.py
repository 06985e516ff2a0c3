"""What the documents say is so: their commands run, and name every command, dependency and file there is."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from reelgraph.cli import main
from reelgraph.config import DEFAULT_BASE, Settings
from reelgraph.ontology import PREFIXES
from reelgraph.store import Store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
PATIENCE = 60


def commands(text: str) -> list[str]:
    """The commands of all `sh` blocks; a line that ends in a backslash goes on."""
    lines = "".join(BLOCK.findall(text)).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def is_setup(command: str) -> bool:
    """Whether a command prepares a machine or runs a target of the Makefile, which a test cannot do inside itself."""
    return re.match(r"(sudo|make|git|cd|pipx|\.) ", command) is not None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout to the commands of the README, and takes what they write."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "reelgraph").symlink_to(ROOT / "reelgraph")
    return folder


@pytest.fixture(scope="module")
def environ(place: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "REELGRAPH_STORE": str(place / "store")}


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Server:
    """The server that the commands after `reelgraph serve` talk to."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: str, port: int, place: Path, environ: dict[str, str]) -> None:
        line = f"exec {command.removesuffix('&')} --port {port}"
        self.process = subprocess.Popen(line, shell=True, cwd=place, env=environ, start_new_session=True)
        for _ in range(PATIENCE * 10):
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz").close()
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"{command}: no answer")

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.stop()


@pytest.mark.xdist_group("readme")
def test_commands_of_the_readme_run(place: Path, environ: dict[str, str], port: int, server: Server) -> None:
    for command in commands(README):
        if is_setup(command) or (command.startswith("curl ") and not shutil.which("curl")):
            continue
        if command.startswith("reelgraph serve"):
            server.start(command, port, place, environ)
            continue
        line = command.replace(ADDRESS, f"http://127.0.0.1:{port}").replace("curl ", "curl --fail --silent ")
        done = subprocess.run(line, shell=True, cwd=place, env=environ, capture_output=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
        assert done.stdout or done.stderr or " -o " in line, f"{command}: printed nothing"


def test_evidence_shown_in_the_readme_is_in_the_samples(tmp_path: Path) -> None:
    load = [sys.executable, "-c", "from reelgraph.cli import main; main()", "load", "reelgraph/samples"]
    subprocess.run([*load, "--store", str(tmp_path / "store")], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    shown = README.split("```turtle\n")[1].split("```")[0]
    # The shortened hashes become variables: the Turtle is then a pattern that the graph must have.
    pattern = re.sub(r"<(\w+)/[0-9a-f]{4}…#?(\w*)>", r"?\1\2", re.sub(r" # .*", "", shown))
    assert "…" not in pattern
    graph = Store(tmp_path / "store").snapshot().open()
    question = f"BASE <{DEFAULT_BASE}> ASK {{ {pattern} }}"
    assert graph.query(question, prefixes=dict(PREFIXES), use_default_graph_as_union=True)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", "\n".join([*commands(README), *commands(CONTRIBUTING)])))
    assert {"demo", "test"} <= named <= targets


def test_readme_lists_every_command() -> None:
    listed = re.findall(r"^\| `reelgraph ([a-z-]+)", README, re.MULTILINE)
    assert listed == list(main.commands)


def test_every_command_helps_with_an_example() -> None:
    for name, command in main.commands.items():
        assert f"Example:\n      reelgraph {name}" in re.sub(r"\n +", "\n      ", command.help or ""), name


def test_readme_gives_a_reason_for_every_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=~\[]", one)[0] for one in declared}
    section = README.split("## Dependencies")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)) == names


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_named_files_exist(name: str) -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert not [path for path in named if not (ROOT / name).parent.joinpath(path).exists()]


def test_every_setting_is_described() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## The settings")[1]
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    described = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert described == {field.name for field in fields(Settings)}


def test_documents_are_short() -> None:
    assert len(README.splitlines()) < 200
    assert len(CONTRIBUTING.splitlines()) < 100
