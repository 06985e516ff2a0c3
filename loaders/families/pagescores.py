"""Aggregate scores as pages show them: "METASCORE 91", "IMDb RATING" above "7.9/10", "87% Tomatometer 142 Reviews"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.model import Fact, Ref, Span

_VALUE = r"(?P<value>\d{1,3}(?:\.\d{1,2})?)(?:\s?/\s?(?P<best>100|10|5))?(?P<percent>%)?(?![\d.,:%/])"
_ALONE = re.compile(rf"{_VALUE}(?=\s|$)")
_COUNT = re.compile(
    r"(?<![\w.,])(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6}) (?:[A-Z]\w+ )?(?:[Rr]eviews?|[Rr]atings?|[Cc]ritics)\b"
)
#: What may stand behind a label: "282 Reviews", "25,000+ Ratings".
_COUNTED = r"\d[\d,]*\+? (?:[A-Z]\w+ )?(?:[Rr]eviews?|[Rr]atings?)\W*"
#: So many lines below a label its value may stand, behind the site's word for it and the number of reviews.
_FAR = 3


@cache
def _labels() -> Mapping[str, tuple[str, str, str]]:
    """Return label -> site, metric and best value, for labels that only one site prints."""
    rows = lexicon.rows("sites", "page_scores")
    return {label.lower(): (site, metric, best) for label, site, metric, best in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    label = rf"(?P<label>{lexicon.alternation(_labels())})(?!\w)"
    return (
        re.compile(rf"(?:[a-z]+ ){{0,2}}{label}\W{{0,3}}(?:(?={_COUNTED}$)|{_VALUE}|$)", re.IGNORECASE),
        re.compile(rf"{_VALUE} {label}", re.IGNORECASE),
    )


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the scores in the short lines of a page about a film, with the number of reviews where it is stated."""
    if part.film is None or part.kind == "article":
        return
    yield from _consensus(part)
    blocks = [block for block in part.blocks if block.kind in ("short", "key-value", "bullet")]
    used = -1
    for number, block in enumerate(blocks):
        text = part.view[block.start : block.end].lstrip("-•* ")
        label = next((match for pattern in _patterns() if (match := pattern.match(text))), None)
        if label is None:
            continue
        if label["value"]:
            fact = _rating(part, label["label"], label, text, Span(block.start, block.end))
        else:
            near = _near(part, blocks, number, used)
            used = near if near is not None else used
            fact = _rating_near(part, label["label"], blocks, number, near) if near is not None else None
        if fact:
            yield fact


def _near(part: Part, blocks: Sequence[Block], number: int, used: int) -> int | None:
    """Return which line holds nothing but the value of the label in line `number`: the one above, else one below."""
    below: Iterable[int] = range(number + 1, min(len(blocks), number + 1 + _FAR))
    for other in (number - 1, *below):
        words = part.view[blocks[other].start : blocks[other].end] if other > used and other >= 0 else ""
        if _ALONE.fullmatch(words):
            return other
        if other > number and any(pattern.match(words) for pattern in _patterns()):
            return None
    return None


def _rating_near(part: Part, label: str, blocks: Sequence[Block], number: int, near: int) -> Fact | None:
    """Return the score of a label whose value stands on another line; the words between may count the reviews."""
    last = max(number, near)
    counted = blocks[number + 1] if near < number and number + 1 < len(blocks) else None
    last += bool(counted and re.fullmatch(_COUNTED, part.view[counted.start : counted.end]))
    span = Span(blocks[min(number, near)].start, blocks[last].end)
    value = _ALONE.match(part.view, blocks[near].start, blocks[near].end)
    return _rating(part, label, value, part.view[span.start : span.end], span) if value else None


def _consensus(part: Part) -> Iterator[Fact]:
    """Yield the paragraph below "Critics Consensus" on a page that names the site which prints such a heading."""
    heads = {head.lower(): site for site, *words in lexicon.rows("sites", "consensus_heads") for head in words}
    for head, below in pairwise(part.blocks):
        site = heads.get(part.view[head.start : head.end].lower()) if head.kind == "short" else None
        words = Span(below.start, below.end)
        named = site and any(name in part.view.lower() for name in _names(site))
        if site and below.kind == "prose" and named and part.film_pattern.search(part.words(words)):
            span = Span(head.start, below.end)
            yield part.fact("consensus", span, site=Ref("organization", site), text=part.words(words))


@cache
def _names(site: str) -> tuple[str, ...]:
    """Return the words by which a page shows that it is a site's: its name and those of its scores."""
    return (site.lower(), *(label for label, (of, _, _) in _labels().items() if of == site))


def _rating(part: Part, label: str, value: re.Match[str], text: str, span: Span) -> Fact | None:
    site, metric, best = _labels()[label.lower()]
    stated = value["best"] or ("100" if value["percent"] else best)
    if stated != best or float(value["value"]) > int(best):
        return None
    count = _COUNT.search(text, value.end("value") if value.string == text else 0)
    return part.fact(
        "rating",
        span,
        site=Ref("organization", site),
        metric=metric,
        value=value["value"],
        best=int(best),
        count=int(count["count"].replace(",", "")) if count else None,
    )
