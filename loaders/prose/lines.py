"""The lines of a page dump: where each begins and what it looks like."""

import re
from dataclasses import dataclass, replace

from reelgraph.loaders.prose import lexicon

_LINE = re.compile(r"[^\r\n]+")
_DATE_LINE = re.compile(
    r"^\W*(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)\W*$"
)
_SNIPPET_DATE = re.compile(
    r"^\W*(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d+ (?:days?|"
    r"hours?) ago)\s+[·—|–-]\s+"
)
_KEY_VALUE = re.compile(r"^[-•*]?\s*(?P<key>[A-Z][\w /&()'.-]{1,40}?)\s*:\s+(?P<value>\S.*)$")
#: A label in a column of its own, as in press kits: its value stands after blanks or a row of dots.
_COLUMNS = re.compile(
    r"^(?P<key>[A-Z][\w/&()'.-]{1,20}(?: [\w/&()'.-]{1,20}){0,3}?)(?:[ \t]*\.{3,}[ \t]*|[ \t]{3,})(?P<value>\S.*)$"
)
_LONGEST_HEADLINE = 220
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s*$")
_ADDRESSED = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|[Uu]s|[Oo]ur|[Ww]e)\b[^.]{0,200}\b(?:agree|sign|newsletters?|emails?|account|policy|"
    r"cookies|subscri\w+|updates|privacy|log in|ratings are|suggest\w*|rolling out|funders|advertis\w+|"
    r"streaming subscriptions)\b|\bAll rights reserved\b|\b(?:agree|sign(?:ing)? up|"
    r"subscribe)\b[^.]{0,120}\b(?:[Yy]ou|[Yy]our)\b"
)
_SENTENCE_END = re.compile(r"[.!?][\"')\]*]*\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is prose, furniture, snippet, date, key-value, bullet, short."""

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
    pair = key_value(text)
    if pair and (lexicon.key_label(pair["key"]) or (text[0] in "-•*" and words < 25)):
        return "key-value"
    if _ADDRESSED.search(text) and lexicon.is_navigation(text[:119]):
        return "furniture"
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
    return [_headline(found, number) for number in range(len(found))]


def _headline(page: list[Line], number: int) -> Line:
    """Return a line as `short` if a date follows it at once, or behind a name: the headline of a user's review."""
    line = page[number]
    after = [other.kind for other in page[number + 1 : number + 3]]
    if len(line.text) > _LONGEST_HEADLINE or line.kind in ("date", "bullet", "short") or "date" not in after:
        return line
    dated = after[0] == "date" or after[:2] == ["bullet", "date"]
    return replace(line, kind="short") if dated else line


def snippet_date(text: str) -> re.Match[str] | None:
    """Return the match of the date a search snippet begins with (group `date`)."""
    return _SNIPPET_DATE.match(text)


def key_value(text: str) -> re.Match[str] | None:
    """Return the match of a `Key: value` line, or of one whose key is a known label in a column of its own."""
    if match := _KEY_VALUE.match(text):
        return match
    match = _COLUMNS.match(text) if "   " in text or "..." in text else None
    return match if match and lexicon.key_label(match["key"]) else None
