"""Real documents, where they are at hand beside the project: everything loads or is refused for a reason."""

import runpy
import sys
from pathlib import Path

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
NOT_HERE = "the real documents (../shared/data/documents) are not on this machine"
FILES = sorted(
    path for path in DOCUMENTS.rglob("*") if path.is_file() and path.parent.name not in ("plaintext", "reviews")
)
#: Facts that each kind of document gives at least.
LEAST = {
    "html": 14, "mediawiki-xml": 15, "wikitext": 30, "rdf": 40, "tmdb": 15, "omdb": 3000, "allocine": 120, "nfo": 20,
    "nextdata": 300, "imdb-tsv": 10, "movielens": 30000, "cornell": 3000,
}  # fmt: skip


@pytest.mark.skipif(not FILES, reason=NOT_HERE)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_document_loads_or_is_refused(path: Path) -> None:
    try:
        extraction = loaders.load(reading.document(path.name, path.read_bytes()))
    except DocumentError as error:
        refused = str(error)
    else:
        about = [film for source in extraction.sources for film in source.about]
        assert not about or len(extraction.facts) >= (LEAST.get(extraction.loader, 1))
        assert about or not extraction.facts or path.name == "name.basics.tsv"
        assert about or extraction.issues or extraction.facts
        return
    assert path.suffix in (".md", ".jsonl"), refused


@pytest.mark.skipif(not FILES, reason=NOT_HERE)
def test_infobox_scores(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["wikitext_f1", str(DOCUMENTS / "wikitext")])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "benchmarks" / "wikitext_f1.py"), run_name="__main__")
    assert ended.value.code == 0, capsys.readouterr().out
