"""The loader for plain text: which texts, once each, with what it did not understand, and how it explains itself."""

import pytest
from click.testing import CliRunner
from prose_texts import LEAD, document

from reelgraph.cli import main
from reelgraph.loaders import plaintext
from reelgraph.loaders.explaining import explain
from reelgraph.model import Document


@pytest.mark.parametrize(("media_type", "accepted"), [("text/plain", True), ("text/html", False), ("", False)])
def test_plain_text_is_accepted(media_type: str, accepted: bool) -> None:
    assert plaintext.accepts(Document("a", "0" * 64, media_type, b"", "")) is accepted


def test_a_fact_stands_once_for_each_place() -> None:
    once = plaintext.load(document(LEAD + "It grossed $3 million.")).facts
    twice = plaintext.load(document(LEAD + "It grossed $3 million. It grossed $3 million.")).facts
    assert [f.kind for f in once].count("money") == 1
    assert [f.kind for f in twice].count("money") == 2
    assert len(set(map(repr, twice))) == len(twice)


def test_a_text_without_a_film_is_said_to_have_none() -> None:
    found = plaintext.load(document("Nothing here is about anything."))
    assert not found.facts
    assert [issue.message for issue in found.issues] == ["no film recognised: stored as a source without facts"]


def test_what_was_not_understood_is_counted() -> None:
    text = "The harbour museum keeps a lamp worth $300. The lamp won the award of the harbour. It was lit in May 1960."
    messages = [issue.message for issue in plaintext.load(document(LEAD + text)).issues]
    assert messages == [
        "sentences with an amount of money and no fact: 1",
        "sentences with an award and no fact: 1",
        "sentences with a date and no fact: 1",
    ]


def test_a_text_that_is_understood_has_no_notes() -> None:
    assert not plaintext.load(document(LEAD + "It grossed $3 million. It was released on May 1, 1987.")).issues


TEXT = LEAD + "It grossed $3 million. The Stone Ferry's $80 million opening was the record. Foster got $2."


def test_an_explanation_names_extractors_and_reasons() -> None:
    found = explain(document(TEXT), "million")
    assert [(fact.kind, fact.extractor) for fact in found.facts] == [("money", "figures")]
    assert [(refusal.extractor, refusal.reason) for refusal in found.refusals] == [("figures", "another film's amount")]
    assert ["figures" in sentence.extractors for sentence in found.sentences] == [True, True]


def test_an_explanation_of_everything_holds_every_fact() -> None:
    assert set(map(repr, explain(document(TEXT)).facts)) == set(map(repr, plaintext.load(document(TEXT)).facts))


def test_nothing_is_noted_when_nobody_asks() -> None:
    before = explain(document(TEXT)).refusals
    plaintext.load(document(TEXT))
    assert explain(document(TEXT)).refusals == before


def test_the_command_explains_a_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("explain") / "keeper.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["explain", str(path), "--fact", "million"])
    assert result.exit_code == 0, result.output
    assert "money by figures" in result.output
    assert "refused by figures: another film's amount" in result.output
    assert "looked at by" in result.output


def test_the_command_says_that_there_is_no_such_document(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("explain") / "store"
    result = CliRunner().invoke(main, ["explain", "missing.txt", "--store", str(store)])
    assert result.exit_code == 1
