"""Aggregate scores as pages show them: "METASCORE 91", "IMDb RATING" above "7.9/10", "87% Tomatometer 142 Reviews"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.part import Part
from reelgraph.model import Fact, Ref, Span

_VALUE = r"(?P<value>\d{1,3}(?:\.\d{1,2})?)(?:\s?/\s?(?P<best>100|10|5))?(?P<percent>%)?(?![\d.,:%/])"
_ALONE = re.compile(rf"{_VALUE}(?=\s|$)")
_COUNT = re.compile(
    r"(?<![\w.,])(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6}) (?:[A-Z]\w+ )?(?:[Rr]eviews?|[Rr]atings?|[Cc]ritics)\b"
)


@cache
def _labels() -> Mapping[str, tuple[str, str, str]]:
    """Return label -> site, metric and best value, for labels that only one site prints."""
    rows = lexicon.rows("sites", "page_scores")
    return {label.lower(): (site, metric, best) for label, site, metric, best in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    label = rf"(?P<label>{lexicon.alternation(_labels())})(?!\w)"
    return (
        re.compile(rf"(?:[a-z]+ ){{0,2}}{label}\W{{0,3}}(?:{_VALUE}|$)", re.IGNORECASE),
        re.compile(rf"{_VALUE} {label}", re.IGNORECASE),
    )


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the scores in the short lines of a page about a film, with the number of reviews where it is stated."""
    if part.film is None or part.kind == "article":
        return
    yield from _consensus(part)
    blocks = [block for block in part.blocks if block.kind in ("short", "key-value", "bullet")]
    for number, block in enumerate(blocks):
        text, end = part.view[block.start : block.end].lstrip("-•* "), block.end
        label = next((match for pattern in _patterns() if (match := pattern.match(text))), None)
        if label is None:
            continue
        value = label if label["value"] else None
        if value is None and number + 1 < len(blocks):
            below = blocks[number + 1]
            value, end = _ALONE.match(part.view[below.start : below.end]), below.end
            text = part.view[below.start : below.end]
        if value and (fact := _rating(part, label["label"], value, text, Span(block.start, end))):
            yield fact


def _consensus(part: Part) -> Iterator[Fact]:
    """Yield the paragraph below "Critics Consensus" on a page that names the site which prints such a heading."""
    heads = {head.lower(): site for site, *words in lexicon.rows("sites", "consensus_heads") for head in words}
    for head, below in pairwise(part.blocks):
        site = heads.get(part.view[head.start : head.end].lower()) if head.kind == "short" else None
        words = Span(below.start, below.end)
        if site and below.kind == "prose" and site in part.view and part.film_pattern.search(part.words(words)):
            span = Span(head.start, below.end)
            yield part.fact("consensus", span, site=Ref("organization", site), text=part.words(words))


def _rating(part: Part, label: str, value: re.Match[str], text: str, span: Span) -> Fact | None:
    site, metric, best = _labels()[label.lower()]
    stated = value["best"] or ("100" if value["percent"] else best)
    if stated != best or float(value["value"]) > int(best):
        return None
    count = _COUNT.search(text, value.end("value"))
    return part.fact(
        "rating",
        span,
        site=Ref("organization", site),
        metric=metric,
        value=value["value"],
        best=int(best),
        count=int(count["count"].replace(",", "")) if count else None,
    )
