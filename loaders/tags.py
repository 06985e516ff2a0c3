"""The start tags of an HTML text with their offsets, so that facts from marked-up elements can cite code points."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.model import Span

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b[^<>]*>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.I | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: its name, where it begins and ends, and where the values of its attributes stand."""

    name: str
    start: int
    end: int
    attributes: dict[str, Span]


def tags(text: str) -> Iterator[Tag]:
    """Yield the start tags of an HTML text in order, those in comments and scripts left out."""
    for match in _TOKEN.finditer(text):
        if match["name"]:
            places: dict[str, Span] = {}
            for found in _ATTRIBUTE.finditer(text, match.start("attributes"), match.end("attributes")):
                group = next(n for n in (2, 3, 4) if found[n] is not None)
                places.setdefault(found[1].lower(), Span(found.start(group), found.end(group)))
            yield Tag(match["name"].lower(), match.start(), match.end(), places)


def words_after(text: str, tag: Tag, words: str) -> Span | None:
    """Return where `words` stand when they are all that the element of `tag` begins with, else None."""
    end = text.find("<", tag.end)
    raw = text[tag.end : end] if end >= 0 else ""
    stripped = raw.strip()
    if not stripped or " ".join(html.unescape(stripped).split()) != words:
        return None
    start = tag.end + len(raw) - len(raw.lstrip())
    return Span(start, start + len(stripped))
