"""The lines of a page dump: where each begins and what it looks like."""

import re
from dataclasses import dataclass

from reelgraph.loaders.prose import lexicon

_LINE = re.compile(r"[^\r\n]+")
_DATE_LINE = re.compile(
    r"^\W*(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)\W*$"
)
_SNIPPET_DATE = re.compile(
    r"^\W*(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d+ (?:days?|hours?) ago)\s+[·—|–-]\s+"
)
_KEY_VALUE = re.compile(r"^[-•*]?\s*(?P<key>[A-Z][\w /&()'.-]{1,40}?)\s*:\s+(?P<value>\S.*)$")
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s*$")
_SENTENCE_END = re.compile(r"[.!?][\"')\]*]*\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is prose, snippet, date, key-value, bullet, short."""

    start: int
    end: int
    text: str
    kind: str


def _kind(text: str) -> str:
    words = text.count(" ") + 1
    if _DATE_LINE.match(text):
        return "date"
    if words >= 12 and (_SNIPPET_DATE.match(text) or _CUT_OFF.search(text)):
        return "snippet"
    pair = _KEY_VALUE.match(text)
    if pair and (lexicon.key_label(pair["key"]) or (text[0] in "-•*" and words < 25)):
        return "key-value"
    if words >= 25 or (words >= 11 and _SENTENCE_END.search(text)):
        return "prose"
    return "bullet" if text[0] in "-•*" else "short"


def lines(view: str) -> list[Line]:
    """Return the lines of the reading view that hold anything, with their offsets."""
    found = []
    for match in _LINE.finditer(view):
        text = match[0].strip()
        if text:
            start = match.start() + match[0].index(text[0])
            found.append(Line(start, start + len(text), text, _kind(text)))
    return found


def snippet_date(text: str) -> re.Match[str] | None:
    """Return the match of the date a search snippet begins with (group `date`)."""
    return _SNIPPET_DATE.match(text)


def key_value(text: str) -> re.Match[str] | None:
    """Return the match of a `Key: value` line (groups `key`, `value`)."""
    return _KEY_VALUE.match(text)
