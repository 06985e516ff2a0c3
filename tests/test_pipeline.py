import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions

from reelgraph import derivation, judgements, loaders, ontology, pipeline
from reelgraph.errors import DocumentError, StoreError
from reelgraph.export import turtle
from reelgraph.model import NO_LAYERS, Document, Extraction, Fact, Issue, Layers, Ref, SourceDocument, Span
from reelgraph.reports import Progress
from reelgraph.store import Store

NOW = "2024-05-01T12:00:00Z"
BASE = "https://w3id.org/reelgraph/id/"


def toy(document: Document, layers: Layers = NO_LAYERS) -> Extraction:
    """Read lines such as `Her | 2013 | Joaquin Phoenix, Amy Adams | 126`."""
    facts: list[Fact] = []
    issues: list[Issue] = []
    place = 0
    for line in document.text.splitlines(keepends=True):
        cells = [cell.strip() for cell in line.split("|")]
        span = Span(place, place + len(line.rstrip("\n")))
        place += len(line)
        if cells[0] == "broken":
            raise DocumentError(f"{document.name}: broken on purpose")
        if len(cells) < 4:
            issues.append(Issue("warning", str(span.start), "not four cells"))
            continue
        film = Ref("film", cells[0], int(cells[1]) if cells[1] else None)
        names = [name for name in cells[2].split(", ") if name]
        facts += [Fact("cast", film, {"person": Ref("person", name)}, span) for name in names]
        if cells[3]:
            facts.append(Fact("runtime", film, {"minutes": int(cells[3])}, span))
        facts += [Fact("genre", film, {"genre": genre}, span) for genre in cells[4:]]
    return Extraction(
        "toy", (SourceDocument(Span(0, len(document.text)), "article"),), tuple(facts), issues=tuple(issues)
    )


VOCABULARY = ontology.vocabulary_quads


@pytest.fixture(autouse=True)
def _toy_loader_and_little_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "load", toy)
    monkeypatch.setattr(ontology, "vocabulary_quads", lambda base: islice(VOCABULARY(base), 1))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "her.txt").write_text("Her | 2013 | Joaquin Phoenix, Amy Adams | 126\n", encoding="utf-8")
    (made / "short.txt").write_text("Her | | Amy Adams | 119 | drama\n", encoding="utf-8")
    return made


def rows(store: Store, where: str, *names: str) -> list[tuple[str, ...]]:
    query = f"{ontology.PROLOGUE} SELECT DISTINCT * WHERE {{ {where} }}"
    answer = store.snapshot().open().query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return sorted(tuple(str(getattr(row[name], "value", "")) for name in names) for row in answer)


def content(store: Store) -> str:
    return "".join(turtle(store.snapshot().open()))


def test_load(store: Store, folder: Path) -> None:
    report = pipeline.load(store, [folder], now=NOW)
    assert sorted(report.loaded) == ["her.txt", "short.txt"]
    assert report.facts == {"cast": 3, "genre": 1, "runtime": 2}
    assert report.ok
    assert report.changed
    assert rows(store, "?f a schema:Movie ; rdfs:label ?l", "f", "l") == [(f"{BASE}film/her-2013", "Her")]
    assert rows(store, "?d film:disputedValue ?v", "v") == [("119",), ("126",)]
    assert rows(store, "?s film:file ?f", "f") == [("her.txt",), ("short.txt",)]
    assert store.snapshot().manifest.created == NOW
    assert [document.loader for document in store.snapshot().manifest.documents] == ["toy", "toy"]


def test_the_vocabulary_is_in_the_store(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ontology, "vocabulary_quads", VOCABULARY)
    pipeline.load(store, [folder])
    assert rows(store, "?c skos:notation 'director'", "c") == [(f"{ontology.ONTOLOGY}/jobs#director",)]


def test_a_second_load_writes_nothing(store: Store, folder: Path) -> None:
    first = pipeline.load(store, [folder])
    second = pipeline.load(store, [folder])
    assert sorted(second.unchanged) == ["her.txt", "short.txt"]
    assert (second.loaded, second.replaced, second.changed, second.quads) == ((), (), False, 0)
    assert store.snapshot().id == first.snapshot


def test_a_changed_file_replaces_its_document(store: Store, folder: Path) -> None:
    pipeline.load(store, [folder])
    (folder / "her.txt").write_text("Her | 2013 | Rooney Mara | 130\n", encoding="utf-8")
    report = pipeline.load(store, [folder])
    assert report.replaced == ("her.txt",)
    assert report.unchanged == ("short.txt",)
    assert rows(store, "?p a schema:Person ; rdfs:label ?l", "l") == [("Amy Adams",), ("Rooney Mara",)]
    assert len(rows(store, "?s film:file ?f", "f")) == 2
    assert rows(store, "?d film:disputedValue ?v", "v") == []


def test_replacing_gives_what_a_fresh_load_gives(store: Store, folder: Path, tmp_path: Path) -> None:
    pipeline.load(store, [folder])
    (folder / "her.txt").write_text("Her | 2014 | Amy Adams | 130\nHer | 2014 | Ann Example | 130\n", encoding="utf-8")
    pipeline.load(store, [folder])
    fresh = Store(tmp_path / "fresh")
    pipeline.load(fresh, [folder])
    assert content(store) == content(fresh)


def test_files_of_one_name_in_two_folders_stay_apart(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.txt").write_text(f"Film {name} | 2000 | Ann Example | 90\n", encoding="utf-8")
        pipeline.load(store, [tmp_path / name])
    assert len(store.snapshot().manifest.documents) == 2
    (tmp_path / "a" / "index.txt").write_text("Film c | 2000 | Ann Example | 90\n", encoding="utf-8")
    assert pipeline.load(store, [tmp_path / "a"]).replaced == ("index.txt",)
    assert rows(store, "?f a schema:Movie ; rdfs:label ?l", "l") == [("Film b",), ("Film c",)]


def test_equal_files_are_one_document_with_two_names(store: Store, folder: Path) -> None:
    (folder / "again.txt").write_bytes((folder / "her.txt").read_bytes())
    pipeline.load(store, [folder])
    (document,) = [one for one in store.snapshot().manifest.documents if len(one.names) == 2]
    assert document.names == ("again.txt", "her.txt")
    assert rows(store, "?s film:file ?f ; film:start ?n", "f") == [("again.txt",), ("short.txt",)]
    (folder / "again.txt").write_text("Other | 1999 | Ann Example | 90\n", encoding="utf-8")
    pipeline.load(store, [folder])
    assert len(store.snapshot().manifest.documents) == 3


def test_removal_takes_all_that_came_only_from_it(store: Store, folder: Path, tmp_path: Path) -> None:
    pipeline.load(store, [folder])
    report = pipeline.remove(store, ["her.txt"])
    assert report.removed == ("her.txt",)
    alone = Store(tmp_path / "alone")
    pipeline.load(alone, [folder / "short.txt"])
    assert content(store) == content(alone)
    assert rows(store, "?f a schema:Movie", "f") == [(f"{BASE}film/her",)]


@pytest.mark.parametrize(
    "form", ["{name}", "{sha}", "{short}", f"{BASE}document/{{short}}", f"{BASE}document/{{short}}-0"]
)
def test_documents_to_remove_have_several_names(store: Store, folder: Path, form: str) -> None:
    pipeline.load(store, [folder])
    (document,) = [one for one in store.snapshot().manifest.documents if one.names == ("her.txt",)]
    text = form.format(name="her.txt", sha=document.sha256, short=document.sha256[:16])
    assert pipeline.remove(store, [text]).removed == ("her.txt",)


def test_removing_what_is_not_there(store: Store, folder: Path) -> None:
    first = pipeline.load(store, [folder])
    with pytest.raises(StoreError, match="no such document in the store"):
        pipeline.remove(store, ["none.txt"])
    assert store.snapshot().id == first.snapshot


def test_the_last_document_can_go(store: Store, folder: Path) -> None:
    pipeline.load(store, [folder])
    pipeline.remove(store, ["her.txt", "short.txt"])
    assert rows(store, "?s film:file ?f", "f") == []
    assert rows(store, "?e rdfs:label ?l . ?e a schema:Movie", "l") == []


def test_a_new_document_rewrites_the_graphs_whose_names_it_changes(store: Store, folder: Path) -> None:
    pipeline.load(store, [folder / "short.txt"])
    report = pipeline.load(store, [folder / "her.txt"])
    assert report.rederived == 1
    assert rows(store, "?f owl:sameAs ?g", "f", "g") == [(f"{BASE}film/her", f"{BASE}film/her-2013")]
    (folder / "other.txt").write_text("Other | 1999 | Ann Example | 90\n", encoding="utf-8")
    assert pipeline.load(store, [folder / "other.txt"]).rederived == 0


def test_unusable_documents_are_skipped(store: Store, folder: Path) -> None:
    (folder / "broken.txt").write_text("broken\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    report = pipeline.load(store, [folder])
    assert [problem.name.rpartition("/")[2] for problem in report.skipped] == ["broken.txt", "empty.txt"]
    assert report.skipped[0].message == "broken on purpose"
    assert len(report.loaded) == 2
    assert not report.ok


def test_a_document_that_breaks_stays_as_it_was(store: Store, folder: Path) -> None:
    pipeline.load(store, [folder])
    before = content(store)
    (folder / "her.txt").write_text("broken\n", encoding="utf-8")
    report = pipeline.load(store, [folder])
    assert len(report.skipped) == 1
    assert not report.changed
    assert content(store) == before


def test_a_loader_s_mistake_costs_one_document(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(document: Document, layers: Layers) -> Extraction:
        found = toy(document)
        fact = Fact("cast", Ref("film", "Her"), {"stunt": "x"})
        return Extraction("toy", found.sources, (fact,)) if document.name == "her.txt" else found

    monkeypatch.setattr(loaders, "load", wrong)
    report = pipeline.load(store, [folder])
    assert [problem.name for problem in report.skipped] == ["her.txt"]
    assert "no field 'stunt'" in report.skipped[0].message
    assert rows(store, "?f a schema:Movie", "f")


def test_what_was_not_understood(store: Store, folder: Path) -> None:
    (folder / "odd.txt").write_text("Odd | 2000 | Ann Example | 90 | goldfish opera\njust words\n", encoding="utf-8")
    report = pipeline.load(store, [folder])
    assert report.not_understood == {"genres: goldfish opera": 1}
    assert [(one.name, one.issue.message) for one in report.issues] == [("odd.txt", "not four cells")]


def test_judgements_rewrite_the_graph(store: Store, folder: Path) -> None:
    (folder / "her.txt").write_text("Her | 2013 | Joaquin Phoenix | 126\n", encoding="utf-8")
    pipeline.load(store, [folder])
    assert len(rows(store, "?f a schema:Movie", "f")) == 2
    decided = judgements.parse(["same film/her-2013 film/her the same"], BASE)
    assert pipeline.load(store, [], judgements=decided).rederived == 1
    assert rows(store, "?f a schema:Movie", "f") == [(f"{BASE}film/her-2013",)]
    assert not pipeline.load(store, [], judgements=decided).changed
    pipeline.load(store, [])
    assert len(rows(store, "?f a schema:Movie", "f")) == 2


def test_lost_facts_are_made_again(store: Store, folder: Path) -> None:
    pipeline.load(store, [folder / "her.txt"])
    for path in (store.path / "facts").iterdir():
        path.write_bytes(b"garbage")
    pipeline.load(store, [folder])
    assert rows(store, "?d film:disputedValue ?v", "v") == [("119",), ("126",)]


def test_progress(store: Store, folder: Path) -> None:
    told: list[Progress] = []
    pipeline.load(store, [folder], told.append)
    assert {one.stage for one in told} == {"reading", "identity", "writing", "preferred"}
    assert max(one.facts for one in told) == 6


def test_many_documents_are_published_in_batches(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"Film {number} | 2000 | Ann Example | 90\n", encoding="utf-8")
    fresh = Store(tmp_path / "fresh")
    pipeline.load(fresh, [folder])
    monkeypatch.setattr(pipeline, "BATCH", 3)
    pipeline.load(store, [folder])
    assert len(store.snapshots()) > 2
    assert content(store) == content(fresh)


def test_an_executor_changes_nothing(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derivation, "WORTHWHILE", 1)
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Film {number} | 2000 | Ann Example | 90\n", encoding="utf-8")
    pipeline.load(store, [folder])
    other = Store(tmp_path / "other")
    with ThreadPoolExecutor(3) as executor:
        report = pipeline.load(other, [folder], executor=executor)
    assert len(report.loaded) == 42
    assert content(store) == content(other)


def test_new_rules_of_derivation_rewrite_everything(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.load(store, [folder])
    before = content(store)
    monkeypatch.setattr(derivation, "version", lambda: "0" * 16)
    assert pipeline.load(store, []).rederived == 2
    assert content(store) == before


def test_new_loaders_read_documents_again(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.load(store, [folder])
    monkeypatch.setattr(pipeline, "facts_key", lambda: "newer")
    assert sorted(pipeline.load(store, [folder]).replaced) == ["her.txt", "short.txt"]
    assert {document.facts for document in store.snapshot().manifest.documents} == {"newer"}


def test_facts_key_is_stable() -> None:
    assert pipeline.facts_key() == pipeline.facts_key()
    assert len(pipeline.facts_key()) == 16


LINES = st.lists(
    st.tuples(
        st.sampled_from(["Her", "Carmen", "The Third Man"]),
        st.sampled_from(["", "1915", "1949", "2013", "2014"]),
        st.sampled_from(["Amy Adams", "Amy Adams, Ann Cole", "Ben Two, Cy Three", ""]),
        st.sampled_from(["", "126", "119"]),
    ).map(" | ".join),
    min_size=1,
    max_size=3,
).map("\n".join)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return iter(tmp_path_factory.mktemp(str(number)) for number in range(10_000))


@settings(max_examples=10, deadline=None)
@given(st.lists(LINES, min_size=2, max_size=5, unique=True), st.integers())
def test_the_order_of_loads_does_not_matter(places: Iterator[Path], texts: list[str], seed: int) -> None:
    place = next(places)
    paths = [place / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    one, other = Store(place / "one"), Store(place / "other")
    pipeline.load(one, paths)
    random.Random(seed).shuffle(paths)
    for path in paths:
        pipeline.load(other, [path])
    assert content(one) == content(other)
