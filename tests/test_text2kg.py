"""The benchmark's program: same bytes each run, notation of the examples, odd text, folds without a common film."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reelgraph.loaders.layers import notation, samples
from reelgraph.loaders.layers.spans import Candidate, Words, candidates, names

pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install 'reelgraph[ml]'")
BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
ONTOLOGY = {"relations": [{"label": name} for name in ("director", "producer", "cast member", "publication date")]}


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return __import__("text2kg")


def train_file(folder: Path) -> Path:
    rows = []
    for number, (text, triples) in enumerate(samples.sentences()):
        kept = [{"sub": s.replace(" ", "_"), "rel": r, "obj": o.replace(" ", "_")} for s, r, o in triples]
        rows.append({"id": f"t{number}", "sent": text, "triples": kept})
    (folder / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:90]))
    return folder / "train.jsonl"


def test_it_writes_the_same_answers_each_time(tmp_path: Path) -> None:
    train = train_file(tmp_path)
    (tmp_path / "ontology.json").write_text(json.dumps(ONTOLOGY))
    asked = ["Northern Wharf was directed by Edda Moe.", "", "!!!", "Ã©tÃ© \x85 ((((", "the the the"]
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "sent": s}) + "\n" for n, s in enumerate(asked))
    )
    written = []
    for name in ("a", "b"):
        command = [sys.executable, str(BENCHMARKS / "text2kg.py"), "--ontology", str(tmp_path / "ontology.json")]
        command += ["--train", str(train), str(tmp_path / "in.jsonl"), str(tmp_path / name)]
        subprocess.run(command, check=True, cwd=BENCHMARKS.parent)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    rows = [json.loads(line) for line in written[0].splitlines()]
    assert [row["id"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert {"sub": "Northern_Wharf", "rel": "director", "obj": "Edda_Moe"} in rows[0]["triples"]


def test_mojibake_is_mended(program: ModuleType) -> None:
    assert program.mended("JosÃ© and Emily BrontÃ«, naïve") == "José and Emily Brontë, naïve"


def test_no_film_is_in_two_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    folds = __import__("text2kg_folds")
    rows = [{"triples": [{"sub": f"Film {n % 7}", "rel": "r", "obj": "x"}]} for n in range(40)]
    places = folds.folds(rows, 3, 0)
    films = {(row["triples"][0]["sub"], place) for row, place in zip(rows, places, strict=True)}
    assert len(films) == 7
    assert set(places) == {0, 1, 2}


def test_films_of_one_director_are_in_one_fold_unless_only_films_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    folds = __import__("text2kg_folds")
    told = [("Northern Wharf", "director", "Edda Moe"), ("Southern Wharf", "director", "Edda Moe"),
            ("Edda Moe", "birthPlace", "Oslo")]  # fmt: skip
    rows = [{"triples": [dict(zip(("sub", "rel", "obj"), one, strict=True))]} for one in told]
    assert len(set(folds.folds(rows, 3, 0))) == 1
    assert len(set(folds.folds(rows, 3, 0, films=True))) == 3


def test_values_are_written_like_the_examples() -> None:
    words = notation.learn([("Mike's New Car", "publication date", "01 January 1984")])
    wiki = notation.learn([("A_B", "runtime", "89.0"), ("A_B", "releaseDate", "1944-07-28")])
    year, length = Candidate(0, 1, "1991", "1991", "date"), Candidate(0, 1, "95", "95", "number")
    assert words.value(year, "publication date") == "01 January 1991"
    assert (wiki.value(year, "releaseDate"), wiki.value(length, "runtime")) == ("1991-01-01", "95.0")
    assert wiki.name("Anna van Dyke") == "Anna_van_Dyke"


def test_tokenised_titles_and_cut_surnames() -> None:
    words = Words("Anton 's New Boat was written by Helen Moe and Paul Okoro, and directed by Okoro on 3 May 1999.")
    assert "Anton 's New Boat" in {words.said(*place) for place in names(words)}
    values = {one.value for one in candidates(words, {})}
    assert {"Helen Moe", "Paul Okoro", "1999-05-03"} <= values
    assert "Helen Moe and Paul Okoro" not in values
    assert next(one for one in candidates(words, {}) if one.text == "Okoro" and one.first > 12).value == "Paul Okoro"
