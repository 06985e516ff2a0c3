"""Why the facts of a document are what they are: who made each of which words, and what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelgraph import loaders
from reelgraph.loaders import families, plaintext
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.refusals import Refusal, noting
from reelgraph.model import NO_LAYERS, Document, Fact, Layers, Ref, Span


@dataclass(frozen=True, slots=True)
class Looked:
    """A sentence, its section, and the extractors that looked at it because of its words."""

    span: Span
    section: str
    extractors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a loader made of a document and what it refused; `sentences` are those that hold the words asked for."""

    loader: str
    facts: tuple[Fact, ...]
    refusals: tuple[Refusal, ...]
    sentences: tuple[Looked, ...]


def explain(document: Document, about: str = "", layers: Layers = NO_LAYERS) -> Explanation:
    """Read a document and return its facts, refusals and sentences, only those that hold the words `about` if given."""
    loader = loaders.choose(document)
    with noting() as noted:
        facts = loaders.load(document, layers).facts
    refusals = dict.fromkeys(noted)
    if not about:
        return Explanation(loader.NAME, _ordered(facts), tuple(refusals), ())
    wanted = about.casefold()
    sentences = _sentences(document, wanted) if loader.NAME == plaintext.NAME else ()
    return Explanation(
        loader.NAME,
        _ordered([fact for fact in facts if wanted in said(document, fact).casefold()]),
        tuple(refusal for refusal in refusals if wanted in refusal.words.casefold()),
        sentences,
    )


def said(document: Document, fact: Fact) -> str:
    """Return the words and the values of a fact."""
    quote = document.text[fact.span.start : fact.span.end] if fact.span else fact.quote
    values = (value.name if isinstance(value, Ref) else str(value) for value in fact.fields.values())
    return "\n".join((quote, fact.kind, *values))


def _ordered(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.span or Span(0, 0), fact.kind)))


def _sentences(document: Document, wanted: str) -> tuple[Looked, ...]:
    return tuple(
        Looked(sentence.span(), sentence.section, families.asked(sentence))
        for part in read(document)
        for sentence in part.sentences
        if wanted in sentence.text.casefold()
    )
