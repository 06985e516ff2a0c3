"""Credits and cast from a parser, spaCy: who did what to the film, by the grammar of the sentence.

It adds only what a dependency states about the document's own film, of somebody it takes for a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module, metadata
from typing import Any, Protocol

from reelgraph.errors import ConfigError
from reelgraph.loaders.prose.names import is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

_JOBS = {
    "direct": "director",
    "helm": "director",
    "write": "screenwriter",
    "pen": "screenwriter",
    "produce": "producer",
    "compose": "composer",
    "edit": "editor",
    "photograph": "cinematographer",
}
_PLAYING = ("star", "play", "appear")
_CUES = frozenset(
    "directed helmed wrote written penned produced composed edited photographed stars starred starring plays"
    " played appears appeared directs writes produces".split()
)
#: Words between verb and name at which the name belongs to something else.
_OTHERS = _CUES | set("cinematography editing music score screenplay script story novel mrs.".split())
_FILM = ("film", "movie", "picture", "feature", "documentary")
#: What makes a verb say less than that it was so: `did not`, `would`, `was hired to`; and words that doubt a sentence.
_NOT = ("not", "n't", "never", "would", "could", "might", "may", "should", "will", "shall", "to")
_DOUBTS = frozenset("probably possibly perhaps reportedly allegedly supposedly originally initially".split())
_SECTIONS = ("plot", "references", "related", "awards")


class _Token(Protocol):
    """What is used of a token of spaCy."""

    text: str
    lemma_: str
    dep_: str
    pos_: str
    i: int
    idx: int
    children: Iterable["_Token"]
    conjuncts: tuple["_Token", ...]
    head: "_Token"


@cache
def pipeline(model: str) -> Any:
    """Return the loaded spaCy model."""
    try:
        spacy = import_module("spacy")
        return spacy.load(model)
    except (ImportError, OSError) as error:
        raise ConfigError(f"the layer nlp needs spaCy and {model}: pip install 'reelgraph[nlp]' ({error})") from None


def version(model: str) -> str:
    """Return the layer's name, the model's, and their versions."""
    return " ".join(["nlp", model, _version(model), "spacy", _version("spacy")]).replace("  ", " ")


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def extract(parts: Sequence[Part], _known: Sequence[Fact], model: str) -> Iterator[Fact]:
    """Yield the credits and the cast that the grammar of sentences states about a part's film."""
    wanted = [(part, sentence) for part in parts if part.film is not None for sentence in _sentences(part)]
    texts = (sentence.text for _, sentence in wanted)
    for (part, sentence), parsed in zip(wanted, pipeline(model).pipe(texts, batch_size=64), strict=True):
        for token in parsed:
            yield from _stated(token, sentence, part, parsed)


def _sentences(part: Part) -> Iterator[Sentence]:
    for sentence in part.sentences:
        fits = sentence.section not in _SECTIONS and len(sentence.text) < 800
        if fits and not _CUES.isdisjoint(sentence.words) and _DOUBTS.isdisjoint(sentence.words):
            yield sentence


def _stated(verb: _Token, sentence: Sentence, part: Part, parsed: Any) -> Iterator[Fact]:
    """Yield the facts that a verb of a sentence states."""
    job = _JOBS.get(verb.lemma_)
    if verb.pos_ != "VERB" or (job is None and verb.lemma_ not in _PLAYING):
        return
    if any(child.dep_ in ("neg", "aux") and child.lemma_ in _NOT for child in verb.children):
        return
    for doer in _doers(verb, sentence, part):
        for token in (doer, *doer.conjuncts):
            first, last = sorted((verb, token), key=lambda one: one.i)
            name = _person(token, sentence, parsed, part)
            if name is None or any(one.text.lower() in _OTHERS for one in parsed[first.i + 1 : last.i]):
                continue
            span = sentence.span(first.idx, last.idx + len(last.text))
            if job is not None:
                yield part.fact("credit", span, agent=Ref("person", name), role=job)
            else:
                yield part.fact("cast", span, person=Ref("person", name))


def _doers(verb: _Token, sentence: Sentence, part: Part) -> Iterator[_Token]:
    """Yield the tokens that do what the verb says to the film: `the film was directed by X`, `X directed the film`."""

    def is_film(tokens: Iterable[_Token]) -> bool:
        return any(_means_film(token, sentence, part) for token in tokens)

    children = list(verb.children)
    active = [child for child in children if child.dep_ == "nsubj"]
    passive = [child for child in children if child.dep_ == "nsubjpass"]
    objects = [child for child in children if child.dep_ in ("dobj", "obj")]
    agents = [grand for child in children if child.dep_ == "agent" for grand in child.children if grand.dep_ == "pobj"]
    if verb.lemma_ in _PLAYING:
        inside = [grand for child in children if child.text == "in" for grand in child.children if grand.dep_ == "pobj"]
        if is_film(inside):
            yield from active
        elif verb.lemma_ == "star" and is_film(active):
            yield from objects
    elif agents:
        if is_film(passive or objects or active or ([verb.head] if verb.dep_ in ("acl", "conj") else [])):
            yield from agents
    elif active and is_film(objects):
        yield from active


def _means_film(token: _Token, sentence: Sentence, part: Part) -> bool:
    """Whether a token stands for the film: its title, `it`, `the film`, or `film` in `TITLE is a film`."""
    word = token.text.lower()
    if word == "it":
        return True
    if word not in _FILM:
        places = part.film_pattern.finditer(sentence.text)
        return token.dep_ != "appos" and any(place.start() <= token.idx < place.end() for place in places)
    article = next((child.text.lower() for child in token.children if child.dep_ == "det"), "")
    if article in ("a", "an"):
        subjects = (child for child in token.head.children if child.dep_ == "nsubj" and child.i != token.i)
        return token.dep_ == "attr" and any(_means_film(child, sentence, part) for child in subjects)
    return article in ("the", "this")


def _person(token: _Token, sentence: Sentence, parsed: Any, part: Part) -> str | None:
    """Return the full name of the person a token stands for, where the parser takes it for a person, too."""
    is_person_ = any(one.label_ == "PERSON" and one.start <= token.i < one.end for one in parsed.ents)
    if not is_person_ or any(child.dep_ == "case" for child in token.children):
        return None
    name = next((one.name for one in sentence.names if one.start <= token.idx < one.end), "")
    name = part.names.person(name) or name
    return name if is_person(name) else None
