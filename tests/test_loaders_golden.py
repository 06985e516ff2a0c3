"""Every loader on its own small documents: `tests/data/loaders/LOADER/CASE/source.*` gives `expected.json`."""

import json
import re
import tomllib
from dataclasses import asdict
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from reelgraph import loaders, reading
from reelgraph.loaders import runningtext
from reelgraph.model import REF_KINDS, STATUSES, Document, Extraction, Fact, Ref

CASES = Path(__file__).parent / "data" / "loaders"
SAMPLES = Path(str(files("reelgraph") / "samples"))


def sources() -> list[Path]:
    return sorted(path for path in CASES.glob("*/*/source.*"))


def case_name(path: Path) -> str:
    return f"{path.parent.parent.name}-{path.parent.name}"


def read(path: Path) -> Document:
    return reading.document(path.name, path.read_bytes())


def plain(value: object) -> object:
    """A value as JSON: references short, without what is empty."""
    if isinstance(value, Ref):
        parts = [value.kind, value.name, str(value.year or ""), " ".join(value.ids), value.within]
        return " | ".join(parts).rstrip(" |")
    return str(value) if isinstance(value, Decimal) else value


def fact_line(document: Document, fact: Fact) -> dict[str, object]:
    line: dict[str, object] = {"kind": fact.kind, "subject": plain(fact.subject)}
    line |= {name: plain(value) for name, value in fact.fields.items()}
    line |= {"pointer": fact.pointer} if fact.pointer else {}
    words = document.text[fact.span.start : fact.span.end] if fact.span else fact.quote
    line |= {"words": words, "start": fact.span.start} if fact.span else {"quote": words}
    line |= {"status": fact.status} if fact.status != "actual" else {}
    return line | ({"source": fact.source} if fact.source else {})


def readable(document: Document, extraction: Extraction) -> dict[str, object]:
    return {
        "loader": extraction.loader,
        "sources": [
            {
                name: [plain(ref) for ref in value] if name == "about" else value
                for name, value in source.items()
                if value
            }
            for source in ({**asdict(one), "about": one.about} for one in extraction.sources)
        ],
        "facts": [fact_line(document, fact) for fact in extraction.facts],
        "triples": [f"{triple.subject} {triple.predicate} {triple.object} ." for triple in extraction.triples],
        "issues": [f"{issue.severity} {issue.place}: {issue.message}" for issue in extraction.issues],
    }


@pytest.fixture
def _without_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Golden files hold what the structured loaders find themselves; the prose extractors have their own tests."""
    monkeypatch.setattr(runningtext, "write", lambda text, film, facts, to_document=None: [film] if film else [])


@pytest.mark.usefixtures("_without_prose")
@pytest.mark.parametrize("path", sources(), ids=case_name)
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    document = read(path)
    extraction = loaders.load(document)
    assert extraction.loader == path.parent.parent.name
    assert extraction == loaders.load(read(path)), "loading twice gives the same"
    check(document, extraction)
    found = json.dumps(readable(document, extraction), ensure_ascii=False, indent=1) + "\n"
    golden = path.parent / "expected.json"
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    assert golden.exists(), "run pytest --update-golden and read what it wrote"
    assert json.loads(found) == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sources(), ids=case_name)
def test_one_loader_is_meant(path: Path) -> None:
    document = read(path)
    accepting = [loader for loader in loaders.loaders() if loader.accepts(document)]
    assert [one.NAME for one in accepting if one.PRIORITY == accepting[0].PRIORITY] == [path.parent.parent.name]


@pytest.mark.parametrize(
    "path", sorted(path for path in SAMPLES.glob("*.*") if path.suffix != ".txt"), ids=lambda path: path.name
)
def test_samples_load(path: Path) -> None:
    document = read(path)
    extraction = loaders.load(document)
    assert extraction.facts
    check(document, extraction)


def check(document: Document, extraction: Extraction) -> None:
    """Whatever a loader returns keeps to the model: known kinds and fields, spans inside the text, sound references."""
    kinds = tomllib.loads((files("reelgraph.ontology") / "facts.toml").read_text(encoding="utf-8"))
    length = len(document.text)
    for fact in extraction.facts:
        assert set(fact.fields) <= set(kinds[fact.kind]["fields"]), fact
        assert fact.fields, fact
        assert fact.status in STATUSES
        assert fact.span or fact.pointer, fact
        assert fact.source < len(extraction.sources)
        assert all(value is not None and value != "" for value in fact.fields.values()), fact
        if fact.span:
            assert 0 <= fact.span.start < fact.span.end <= length, fact
        for ref in (fact.subject, *fact.fields.values()):
            if isinstance(ref, Ref):
                assert ref.kind in REF_KINDS
                assert ref.name.strip() == ref.name != ""
        for name in ("date", "archived", "retrieved"):
            if name in fact.fields:
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", str(fact.fields[name])), fact
    for source in extraction.sources:
        assert 0 <= source.span.start <= source.span.end <= length
    for triple in extraction.triples:
        assert "_:" not in (triple.subject[:2], triple.object[:2])
