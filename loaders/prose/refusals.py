"""Why an extractor made no fact of words it looked at; noted only while somebody asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from reelgraph.loaders.prose.part import Sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an extractor did not take for a fact, and why; `start` is the offset of the words in the text read."""

    extractor: str
    words: str
    reason: str
    start: int


_noted: ContextVar[list[Refusal] | None] = ContextVar("noted", default=None)


def refuse(extractor: str, sentence: Sentence, reason: str, start: int = 0, end: int | None = None) -> None:
    """Note that `extractor` made no fact of characters `start` to `end` of a sentence."""
    noted = _noted.get()
    if noted is not None:
        noted.append(Refusal(extractor, sentence.text[start:end], reason, sentence.start + start))


def refuse_words(extractor: str, text: str, reason: str, start: int, end: int) -> None:
    """Note that `extractor` made no fact of `text[start:end]`, `text` being the whole text read."""
    noted = _noted.get()
    if noted is not None:
        noted.append(Refusal(extractor, text[start:end], reason, start))


@contextmanager
def noting() -> Iterator[list[Refusal]]:
    """Collect the refusals of all that is read inside."""
    noted: list[Refusal] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
