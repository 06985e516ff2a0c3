"""The extractors for running text, one module per family of facts.

A module has `CUES` and `extract(sentence, part)` for facts made in sentences (it only sees sentences with one of its
lower-case cue words), or `extract_part(part)` for facts in blocks such as lists and labels, or both. Extractors are
pure: they yield facts with the span of the words and never look at other documents.
"""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType

from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact

SentenceExtractor = Callable[[Sentence, Part], Iterator[Fact]]


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return the extractor modules in alphabetical order."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


@cache
def _by_cue() -> dict[str, tuple[tuple[int, str, SentenceExtractor], ...]]:
    table: dict[str, list[tuple[int, str, SentenceExtractor]]] = defaultdict(list)
    for rank, module in enumerate(modules()):
        if hasattr(module, "extract"):
            for cue in module.CUES:
                table[cue].append((rank, module.__name__.rpartition(".")[2], module.extract))
    return {cue: tuple(found) for cue, found in table.items()}


def extract(part: Part) -> Iterator[tuple[str, Fact]]:
    """Yield the facts of one source document with the name of the module that found each."""
    for module in modules():
        if hasattr(module, "extract_part"):
            name = module.__name__.rpartition(".")[2]
            yield from ((name, fact) for fact in module.extract_part(part))
    table = _by_cue()
    for sentence in part.sentences:
        wanted = {entry for word in sentence.words if word in table for entry in table[word]}
        for _, name, function in sorted(wanted, key=lambda entry: entry[0]):
            yield from ((name, fact) for fact in function(sentence, part))
