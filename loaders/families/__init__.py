"""The extractors for running text, one module per family of facts.

A module has `CUES` and `extract(sentence, part)` for facts made in sentences (it only sees sentences with one of its
lower-case cue words), or `extract_part(part)` for facts in blocks such as lists and labels, or both. Extractors are
pure: they yield facts with the span of the words and never look at other documents.
"""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache
from types import ModuleType

from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact

SentenceExtractor = Callable[[Sentence, Part], Iterator[Fact]]
PartExtractor = Callable[[Part], Iterator[Fact]]


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return the extractor modules in alphabetical order."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


@cache
def _of_parts() -> tuple[tuple[str, PartExtractor], ...]:
    return tuple((_name(module), module.extract_part) for module in modules() if hasattr(module, "extract_part"))


@cache
def _of_sentences() -> tuple[tuple[str, SentenceExtractor], ...]:
    return tuple((_name(module), module.extract) for module in modules() if hasattr(module, "extract"))


@cache
def _ranks_by_cue() -> Mapping[str, frozenset[int]]:
    """Return for each cue word the numbers of the sentence extractors that want to see it."""
    table: dict[str, set[int]] = defaultdict(set)
    ranks = {name: rank for rank, (name, _) in enumerate(_of_sentences())}
    for module in modules():
        for cue in module.CUES if _name(module) in ranks else ():
            table[cue].add(ranks[_name(module)])
    return {cue: frozenset(ranks) for cue, ranks in table.items()}


@cache
def _cues() -> frozenset[str]:
    return frozenset(_ranks_by_cue())


def _ranks(words: Set[str]) -> list[int]:
    table = _ranks_by_cue()
    return sorted(frozenset().union(*map(table.__getitem__, words & _cues())))


def asked(sentence: Sentence) -> tuple[str, ...]:
    """Return the names of the extractors that see a sentence, by its words."""
    return tuple(_of_sentences()[rank][0] for rank in _ranks(sentence.words))


def extract(part: Part) -> Iterator[tuple[str, Fact]]:
    """Yield the facts of one source document with the name of the module that found each."""
    for name, of_part in _of_parts():
        for fact in of_part(part):
            yield name, fact
    extractors = _of_sentences()
    for sentence in part.sentences:
        for rank in _ranks(sentence.words):
            name, of_sentence = extractors[rank]
            for fact in of_sentence(sentence, part):
                yield name, fact
