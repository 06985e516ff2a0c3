"""Files of others that pages use: those of the manifest, unchanged, each package with its licence."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from reelgraph import server

FOLDER = Path(server.__file__).parent / "static" / "vendor"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_the_files_are_those_of_the_manifest(name: str) -> None:
    found = {one.name: sha256(one.read_bytes()).hexdigest() for one in (FOLDER / name).iterdir()}
    assert found == MANIFEST[name]["files"]


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_each_package_has_version_origin_and_licence(name: str) -> None:
    package = MANIFEST[name]
    assert package["package"]
    assert package["version"]
    assert package["licence"]
    assert package["origin"].startswith("https://")
    assert any(file.startswith("LICENSE") for file in package["files"])


def test_nothing_else_is_vendored() -> None:
    assert {one.name for one in FOLDER.iterdir()} == {"manifest.json", *MANIFEST}
