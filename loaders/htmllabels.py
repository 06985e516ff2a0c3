"""Pages of film sites without marked-up data: `Title (1994)` as heading, and labels such as `Director:` with values."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from reelgraph.loaders import htmlflat, htmlpairs, htmltables, htmltitles, infobox, markup, vocabulary
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

#: Different labels of a film that a page has at least.
_LEAST = 3
#: Where the value of a label ends: with the block that it is in, or with the next heading or cell.
_END = re.compile(r"</(?:div|p|li|tr|td|dd|ul|ol|table|section)\s*>|<(?:h\d|dt|th|tr|label)\b", re.I)
_LONGEST, _LONGEST_LABEL = 4000, 40
#: The tag that opens the value's own block.
_OPENING = re.compile(r"\s*(?:</\w+\s*>\s*)?<(?:td|dd|div|p|ul)\b[^>]*>", re.I)
_STROKES = re.compile(r"[|•·]|&(?=\s*\n)|\.{2,}|…")
#: A label that stands on a page so often is said of several films.
_SEVERAL = 4


@cache
def _labels() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary.table("infobox")["page-labels"])
    return re.compile(
        rf"(?P<opening><[a-z][^<>]*>)\s*(?P<label>{words})(?:\(s\))?\s*:?\s*</[a-z][a-z0-9]*\s*>\s*:?", re.I
    )


def read(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down what the labels of a page say about the film of its heading; None if it is no such page."""
    heading = htmltitles.dated(page)
    found = values(page.text, 0, len(page.text))
    if heading is None or len(found) < _LEAST or htmlpairs.is_of_other(page):
        return None
    element, film = heading
    facts.add("title", film, page.words(element), title=film.name)
    facts.add("year", film, page.words(element), year=film.year)
    write(found, film, facts, "")
    return film


def write(found: Mapping[str, TextMap], film: Ref, facts: Facts, path: str) -> None:
    """Write down what labels and their words say of a film; `path` is where they stand."""
    for label, text in found.items():
        parameter = vocabulary.table("infobox")["page-labels"][label]
        place = Place(f"{path}label {label}", lambda span: span)
        infobox.write_field(parameter, text, "en", film, facts, place)


def is_list(page: markup.Page) -> bool:
    """Whether the labels of films stand on a page again and again, so that it is about several."""
    counts = Counter(match["label"].lower() for match in _labels().finditer(page.text))
    return any(count >= _SEVERAL for count in counts.values())


def values(text: str, start: int, limit: int) -> dict[str, TextMap]:
    """Return the words after each label in a part of a page, the first time it stands there."""
    found: dict[str, TextMap] = {}
    for match in _labels().finditer(text, start, limit):
        own = _OPENING.match(text, match.end())
        end = _END.search(text, own.end() if own else match.end(), min(match.end() + _LONGEST, limit))
        if end is None:
            continue
        value = _parted(htmlflat.flatten(text, match.end(), _next_label(match, end.start())))
        if value.text.strip(" :\n"):
            found.setdefault(match["label"].lower(), value)
    return found


def _next_label(label: re.Match[str], end: int) -> int:
    """Return where the next label begins, up to `end`: an element like this one, with a colon unless it has a class."""
    opening = re.escape(label["opening"])
    like = opening if "class" in label["opening"] else rf"{opening}[^<>]{{1,{_LONGEST_LABEL}}}(?::\s*</|</\w+\s*>\s*:)"
    found = re.compile(like, re.I).search(label.string, label.end(), end)
    return found.start() if found else end


def _parted(value: TextMap) -> TextMap:
    """Return a value with its parts in lines, without a link to more and dots at the end."""
    more = htmltables.more().search(value.text)
    value = value.part(0, more.start()) if more else value
    lines = TextMap()
    lines.extend(value, _STROKES.sub(lambda match: "\n" * len(match[0]), value.text))
    return lines
