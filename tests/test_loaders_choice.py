"""How a loader is chosen, and what happens when none can or one fails."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders.base import Loader
from reelgraph.model import Document, Extraction


def document(name: str, text: str) -> Document:
    return reading.document(name, text.encode())


def test_every_loader_has_its_own_name_and_a_description() -> None:
    found = loaders.loaders()
    assert {"html", "rdf"} <= {loader.NAME for loader in found}
    assert len({loader.NAME for loader in found}) == len(found)
    assert all(isinstance(loader, Loader) and loader.DESCRIPTION for loader in found)
    assert [loader.PRIORITY for loader in found] == sorted(loader.PRIORITY for loader in found)


def test_unknown_kinds_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "loaders", lambda: tuple(one for one in loaders_without_text()))
    with pytest.raises(DocumentError, match=r"note\.txt: unknown kind of document .* add a loader"):
        loaders.load(Document("note.txt", "0" * 64, "text/plain", b"hello", "hello"))


def loaders_without_text() -> list[Loader]:
    return [import_module("reelgraph.loaders.rdf")]  # type: ignore[list-item]


class Failing:
    NAME = "failing"
    DESCRIPTION = "fails"
    PRIORITY = 0

    def accepts(self, document: Document) -> bool:
        return True

    def load(self, document: Document) -> Extraction:
        raise KeyError("nothing expected this")


def test_a_failing_loader_does_not_end_a_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "loaders", lambda: (Failing(),))
    with pytest.raises(DocumentError, match=r"a\.txt: the loader failing failed at .*KeyError"):
        loaders.load(document("a.txt", "hello there"))


@pytest.mark.parametrize("name", sorted(info.name for info in iter_modules(loaders.__path__) if not info.ispkg))
def test_examples_in_docstrings(name: str) -> None:
    module = import_module(f"reelgraph.loaders.{name}")
    assert doctest.testmod(module).failed == 0


def test_json_that_breaks_off_is_told_from_json_about_nothing_known() -> None:
    with pytest.raises(DocumentError, match=r"cut\.json: line 2, column 6: not JSON .* mend it"):
        loaders.load(document("cut.json", '{"a":\n [1,2'))
    with pytest.raises(DocumentError, match=r"other\.json: nothing says that it is about films; a mapping file"):
        loaders.load(document("other.json", '{"a": [1, 2]}'))
