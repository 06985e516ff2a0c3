"""Headlines of user reviews: lines of title, author and date, any of which may be missing."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.loaders.prose.refusals import refuse_words
from reelgraph.model import Fact, Span

_MARK = re.compile(r"^[-•*]\s*")
_USER = re.compile(r"^[^\s]{2,40}$")
_SCORE = re.compile(r"^\W*(?:Rated )?(?P<value>\d+(?:\.\d)?)\s*/\s*(?P<best>10|5|4|100)\b")
_RATED = re.compile(
    r"Rated (?P<value>\d(?:\.\d)?)/(?P<best>\d+) Stars.{0,60}?Full Review (?P<author>[A-Z][\w'-]*(?: "
    r"[A-Z]\.?)?)\s+(?P<text>(?:The|I|This|It|A|An|One|Very|Great|Just|My|What|Not|Such|In|As|If|So|Loved|"
    r"Really|[A-Z][a-z]+)\b.*)$"
)
_MAX_TITLE = 220
#: So many dates on lines of their own are a list of user reviews; one or two date the page.
_FEWEST = 3


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the user reviews of a part; a lost title or author stays empty and is not taken from a neighbour."""
    if part.film is None or part.is_film_page:
        return  # most dates of a database's page are those of critics
    blocks = [b for b in part.blocks if b.kind != "prose"]
    stamps = [n for n, b in enumerate(blocks) if b.kind == "date" and _value(part, b)]
    if len(stamps) < _FEWEST:
        for stamp in stamps:
            refuse_words(
                "userreviews", part.view, f"fewer than {_FEWEST} dates: no list", blocks[stamp].start, blocks[stamp].end
            )
    else:
        for number, stamp in enumerate(stamps):
            above = stamps[number - 1] + 1 if number else max(0, stamp - 3)
            yield from _review(part, blocks[above:stamp], blocks[stamp], first=number == 0)
    for block in part.blocks:
        if block.kind in ("snippet", "prose"):
            yield from _rated(part, block)


def _value(part: Part, block: Block) -> str:
    return next((d.value for d in dates(part.view[block.start : block.end])), "")


def _review(part: Part, above: Sequence[Block], stamp: Block, *, first: bool) -> Iterator[Fact]:
    title = author = ""
    start, score = stamp.start, None
    for block in reversed(above):
        raw = part.view[block.start : block.end]
        text = _MARK.sub("", raw)
        if found := _SCORE.match(text):
            score, start = found, block.start
        elif block.kind == "bullet" and not author and not title and _USER.match(text):
            author, start = text, block.start
        elif block.kind in ("short", "key-value", "snippet") and not title and len(text) <= _MAX_TITLE:
            if lexicon.is_navigation(text) and first:
                break
            title, start = part.text[block.start : block.end], block.start
            break
        else:
            break
    yield part.fact(
        "user-review",
        Span(start, stamp.end),
        title=title,
        author=author,
        date=_value(part, stamp),
        value=score["value"] if score else None,
        best=int(score["best"]) if score else None,
    )


def _rated(part: Part, block: Block) -> Iterator[Fact]:
    """Yield the review of a line such as "Rated 3/5 Stars 02/11/21 Full Review Ann L The film ..."."""
    match = _RATED.search(part.view[block.start : block.end])
    if match is None:
        return
    end = block.start + match.end()
    yield part.fact(
        "user-review",
        Span(block.start + match.start("author"), end),
        author=match["author"],
        text=part.words(Span(block.start + match.start("text"), end)),
    )
