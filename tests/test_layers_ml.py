"""The trained classifier: what it learns from examples, how it is kept, and what it adds to a document."""

import hashlib
import json
from pathlib import Path

import pytest

from reelgraph import loaders
from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import ml, samples, training
from reelgraph.loaders.layers.choice import choose
from reelgraph.loaders.layers.classifier import Classifier, dumps, loads
from reelgraph.loaders.layers.spans import Words
from reelgraph.model import Document, Layers, Ref

TEXT = "The Salt Garden is a 1998 drama film. The Salt Garden was edited by Anna Berg and produced by Peter Hall."


@pytest.fixture(scope="module")
def model() -> Classifier:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install 'reelgraph[ml]'")
    return training.train(training.examples(samples.sentences()))


def stated(model: Classifier, text: str) -> set[tuple[str, str, str]]:
    found = choose(model.statements(Words(text)), is_single=model.is_single)
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


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', "null"])
def test_what_is_no_model_is_named(text: str) -> None:
    with pytest.raises(ConfigError):
        loads(text)


def test_no_examples_no_model() -> None:
    with pytest.raises(ConfigError, match="no examples"):
        training.train([])


def test_it_adds_facts_with_spans(model: Classifier, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text(dumps(model))
    data = TEXT.encode()
    document = Document("salt.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, TEXT)
    plain, found = loaders.load(document), loaders.load(document, Layers(ml=file))
    assert found.facts[: len(plain.facts)] == plain.facts
    assert all(fact.span is not None for fact in found.facts)
    agents = {fact.fields.get("agent") for fact in found.facts}
    assert {Ref("person", "Anna Berg"), Ref("person", "Peter Hall")} <= agents


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


def test_rows_about_the_same_things_are_one_group() -> None:
    rows = [[("A", "r", "B")], [("C", "r", "x")], [("B", "s", "y")], [("A", "r", "z")]]
    groups = training.grouped(rows)
    assert groups[0] == groups[2] == groups[3]
    assert groups[1] != groups[0]
