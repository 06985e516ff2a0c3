"""What a text seems to state and no extractor understood: sentences with an amount, a date or an award and no fact."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set

from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact

_MONEY = re.compile(r"[$£€₹¥₩]\s?\d")
_DATE = re.compile(r"[JFMASOND](?<!\w.)[a-z]{2,8}\.? (?:\d{1,2}, )?[12]\d{3}(?!\d)")
_AWARDED = frozenset({"nominated", "nomination", "nominations", "won", "winning"})
_PRIZES = frozenset({"award", "awards", "oscar", "oscars", "prize", "festival", "globe", "globes", "bafta", "baftas"})
#: Sections that tell the story or list references.
_UNTOLD = frozenset({"plot", "references"})
_NONE: frozenset[str] = frozenset()
_SHOWING = {
    "amount of money": frozenset({"money"}),
    "date": frozenset[str](),
    "award": frozenset({"award", "award-count", "ranking"}),
}


def unread(parts: Sequence[Part], facts: Iterable[Fact]) -> Counter[str]:
    """Return for an amount of money, a date and an award how many sentences state one and gave no such fact."""
    sentences = sorted((s for part in parts if part.film for s in part.sentences), key=lambda s: s.start)
    starts = [sentence.start for sentence in sentences]
    kinds: dict[int, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.span is not None:
            first = max(0, bisect_right(starts, fact.span.start) - 1)
            for number in range(first, min(first + 3, bisect_right(starts, fact.span.end - 1))):
                kinds[number].add(fact.kind)
    missed: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        if sentence.section not in _UNTOLD:
            for what in _unread(sentence, kinds.get(number, _NONE)):
                missed[what] += 1
    return missed


def _unread(sentence: Sentence, kinds: Set[str]) -> Iterable[str]:
    """Yield what a sentence states and the `kinds` of facts made of it do not say."""
    for what in _stated(sentence):
        wanted = _SHOWING[what]
        if not (kinds & wanted if wanted else kinds):
            yield what


def _stated(sentence: Sentence) -> Iterable[str]:
    if _MONEY.search(sentence.text):
        yield "amount of money"
    if _DATE.search(sentence.text):
        yield "date"
    if sentence.words & _AWARDED and sentence.words & _PRIZES:
        yield "award"
