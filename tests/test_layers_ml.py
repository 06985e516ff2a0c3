"""The trained classifier: what it learns from examples, how it is kept, and what it adds to a document."""

import hashlib
import json
from pathlib import Path

import pytest

from reelgraph import loaders
from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import ml, samples, training
from reelgraph.loaders.layers.classifier import Classifier, dumps, loads
from reelgraph.loaders.layers.extend import key
from reelgraph.loaders.layers.spans import Words
from reelgraph.model import Document, Layers, Ref, Value

TEXT = "The Salt Garden is a 1998 drama film. The Salt Garden was edited by Anna Berg and produced by Peter Hall."


@pytest.fixture(scope="module")
def model() -> Classifier:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install 'reelgraph[ml]'")
    return training.train(training.examples(samples.sentences()))


def stated(model: Classifier, text: str) -> set[tuple[str, str, str]]:
    found = model.statements(Words(text))
    return {(one.subject, one.relation, one.value) for one in found if one.probability > 0.5}


def test_it_reads_other_films_than_those_of_the_examples(model: Classifier) -> None:
    found = stated(model, "Northern Wharf was directed by Edda Moe and edited by Paul Okoro.")
    assert ("Northern Wharf", "director", "Edda Moe") in found
    assert ("Northern Wharf", "editor", "Paul Okoro") in found
    assert not {relation for _, relation, _ in found} & {"birthDate", "runtime", "imdbId"}


def test_the_same_examples_give_the_same_bytes(model: Classifier) -> None:
    assert dumps(training.train(training.examples(samples.sentences()))) == dumps(model)


def test_a_kept_model_is_the_same(model: Classifier) -> None:
    assert dumps(loads(dumps(model))) == dumps(model)


def test_what_has_no_examples_is_rarer_of_persons_than_of_films() -> None:
    words = Words("Northern Wharf and Anna Berg of Oslo")
    found = Classifier(("director", "birthPlace"), {}, {}, {}).values(words, {}, (0, 0))
    likely = {label: probability for probability, label, _ in found}
    assert likely["birthPlace"] < likely["director"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', "null"])
def test_what_is_no_model_is_named(text: str) -> None:
    with pytest.raises(ConfigError):
        loads(text)


def test_no_examples_no_model() -> None:
    with pytest.raises(ConfigError, match="no examples"):
        training.train([])


@pytest.fixture(scope="module")
def file(model: Classifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ml") / "model.json"
    path.write_text(dumps(model))
    return path


def added(file: Path, sentence: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Value, str]]:
    """What the layer reads in a sentence about the film by itself: the rules are silenced."""
    monkeypatch.setattr("reelgraph.loaders.plaintext.families.extract", lambda part: ())
    text = f"The Salt Garden is a 1998 drama film. {sentence}"
    data = text.encode()
    document = Document("salt.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text)
    found = loaders.load(document, Layers(ml=file))
    assert all(fact.layer == ml.version(file) and fact.span is not None for fact in found.facts)
    return [(fact.kind, value, text[fact.span.start : fact.span.end]) for fact in found.facts if fact.span
            for value in fact.fields.values()]  # fmt: skip


def test_it_adds_facts_in_the_words_up_to_the_value(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "The film was directed by Anna Berg and edited by Peter Hall."
    found = added(file, sentence, monkeypatch)
    assert ("credit", Ref("person", "Anna Berg"), "The film was directed by Anna Berg") in found
    assert (
        "credit",
        Ref("person", "Peter Hall"),
        "The film was directed by Anna Berg and edited by Peter Hall",
    ) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Northern Wharf was directed by Anna Berg.",
        "The film is based on a play directed by Anna Berg.",
        "The film was to be directed by Anna Berg.",
        "The film was produced by Anna Berg's company.",
        "The film was praised by the director Anna Berg.",
    ],
)
def test_what_may_be_about_something_else_stays_out(file: Path, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not added(file, sentence, monkeypatch)


def test_it_only_adds_to_what_the_rules_read(file: Path, tmp_path: Path) -> None:
    data = TEXT.encode()
    document = Document("salt.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, TEXT)
    plain, found = loaders.load(document), loaders.load(document, Layers(ml=file))
    assert found.facts[: len(plain.facts)] == plain.facts
    other = tmp_path / "other.json"
    other.write_text(file.read_text() + " ")
    assert len({key(Layers()), key(Layers(ml=file)), key(Layers(ml=other))}) == 3


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read"):
        ml.version(tmp_path / "absent.json")


def test_the_command_trains_from_a_file(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install 'reelgraph[ml]'")
    rows = [
        {"sent": text, "triples": [{"sub": s, "rel": r, "obj": o} for s, r, o in triples]}
        for text, triples in samples.sentences()
    ]
    source, target = tmp_path / "examples.jsonl", tmp_path / "model.json"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows[:60]))
    ml.main([str(source), str(target)])
    assert loads(target.read_text()).relations


@pytest.mark.parametrize("text", ["", "no JSON", '{"sent": "x"}', '{"sent": "x", "triples": [1]}'])
def test_the_command_says_what_is_wrong_with_examples(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "examples.jsonl"
    source.write_text(text)
    with pytest.raises(SystemExit, match="1"):
        ml.main([str(source), str(tmp_path / "model.json")])
    assert "examples.jsonl: " in capsys.readouterr().err
    assert not (tmp_path / "model.json").exists()


def test_rows_about_the_same_things_are_one_group() -> None:
    rows = [[("A", "r", "B")], [("C", "r", "x")], [("B", "s", "y")], [("A", "r", "z")]]
    groups = training.grouped(rows)
    assert groups[0] == groups[2] == groups[3]
    assert groups[1] != groups[0]
