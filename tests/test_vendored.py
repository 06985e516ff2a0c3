"""Files of others that pages and browser tests use: those of the manifests, unchanged, each with its licence."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from reelgraph import server

FOLDERS = (Path(server.__file__).parent / "static" / "vendor", Path(__file__).parent / "vendor")
MANIFESTS = {folder: json.loads((folder / "manifest.json").read_text("utf-8")) for folder in FOLDERS}
PACKAGES = [(folder, name) for folder, manifest in MANIFESTS.items() for name in sorted(manifest)]


@pytest.mark.parametrize(("folder", "name"), PACKAGES, ids=[name for _, name in PACKAGES])
def test_the_files_are_those_of_the_manifest(folder: Path, name: str) -> None:
    found = {one.name: sha256(one.read_bytes()).hexdigest() for one in (folder / name).iterdir()}
    assert found == MANIFESTS[folder][name]["files"]


@pytest.mark.parametrize(("folder", "name"), PACKAGES, ids=[name for _, name in PACKAGES])
def test_each_package_has_version_origin_and_licence(folder: Path, name: str) -> None:
    package = MANIFESTS[folder][name]
    assert package["package"]
    assert package["version"]
    assert package["licence"]
    assert package["origin"].startswith("https://")
    assert any(file.startswith("LICENSE") for file in package["files"])


@pytest.mark.parametrize("folder", FOLDERS, ids=["pages", "tests"])
def test_nothing_else_is_vendored(folder: Path) -> None:
    assert {one.name for one in folder.iterdir()} == {"manifest.json", *MANIFESTS[folder]}
