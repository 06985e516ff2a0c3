"""Reviews in the lists of a database's page: lines of a critic and a publication, a score, words, a date."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.model import Fact, Ref, Span

_BY = re.compile(r"By (?P<name>[^\W\d_].{3,40})")
_PLACE = re.compile(r" \((?:UK|US|USA|Canada|Australia|India|Ireland)\)$")
_RATED = re.compile(r"\bRat(?:ed|ing): (?P<value>\d(?:\.\d)?|[A-D][+-]?)(?:/(?P<best>\d{1,3}))?(?![\w.])")
_POINTS = re.compile(r"100|\d{1,2}")
_OUT_OF_100 = re.compile(r"\bMetascore\b|\bMetacritic\b")
_DAY = len("1991-05-03")
#: An entry has no more lines behind its publication.
_MOST = 7


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield a review for each publication that stands on a line of its own beside a line with its critic."""
    if part.film is None or not part.is_film_page:
        return
    texts = [part.view[block.start : block.end].strip(" -•*") for block in part.blocks]
    heads = [n for n, text in enumerate(texts) if lexicon.publication(_PLACE.sub("", text))]
    points = bool(_OUT_OF_100.search(part.view, part.start, part.end))
    above = bool(heads) and _has_day(texts[max(0, heads[0] - 2)])  # the first critic stands below the words
    for head, following in zip(heads, (*heads[1:], len(texts)), strict=False):
        entry = _entry(part, texts, head, min(following - 1, head + _MOST), points=points, above=above)
        if entry:
            yield entry


def _entry(part: Part, texts: Sequence[str], head: int, limit: int, *, points: bool, above: bool) -> Fact | None:
    """Return the review whose publication is line `head`, None if no critic stands beside it."""
    before, below = texts[head - 1] if head else "", texts[head + 1] if head + 1 < len(texts) else ""
    by = _BY.fullmatch(below)
    critic = by["name"] if by else before
    if not has_person_shape(critic) or lexicon.is_navigation(critic):
        return None
    if not by and head > 1 and above:
        return _dated_above(part, texts, head)
    first = head if by else head - 1
    scored = by and points and _POINTS.fullmatch(before)
    days = ((n, day.value) for n in range(head + 1, limit + 1) for day in dates(_RATED.sub("", texts[n])))
    said = next(((n, day) for n, day in days if len(day) == _DAY), None)
    last = said[0] if said else head + bool(by)
    rated = next((found for text in texts[head + 1 : last + 1] if (found := _RATED.search(text))), None)
    return part.fact(
        "review",
        _span(part.blocks, head - 1 if scored else first, last),
        critic=Ref("person", critic),
        publication=Ref("organization", lexicon.publication(_PLACE.sub("", texts[head]))),
        value=before if scored else rated["value"] if rated else None,
        best=100 if scored else int(rated["best"]) if rated and rated["best"] else None,
        date=said[1] if said else None,
    )


def _has_day(words: str) -> bool:
    return any(len(day.value) == _DAY for day in dates(_RATED.sub("", words)))


def _dated_above(part: Part, texts: Sequence[str], head: int) -> Fact:
    """Return the review of a list in which score and date stand above the critic."""
    rated = _RATED.search(texts[head - 2])
    days = (day.value for day in dates(_RATED.sub("", texts[head - 2])))
    return part.fact(
        "review",
        _span(part.blocks, head - 2, head),
        critic=Ref("person", texts[head - 1]),
        publication=Ref("organization", lexicon.publication(_PLACE.sub("", texts[head]))),
        value=rated["value"] if rated else None,
        best=int(rated["best"]) if rated and rated["best"] else None,
        date=next((day for day in days if len(day) == _DAY), None),
    )


def _span(blocks: Sequence[Block], first: int, last: int) -> Span:
    return Span(blocks[first].start, blocks[last].end)
