"""The lines of a page dump: where each begins and what it looks like."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reelgraph.loaders.prose import lexicon

_LINE = re.compile(r"[^\r\n]+")
_ANY = re.compile(r"[^\n]+")
_DATE_LINE = re.compile(
    r"^\W*(?:(?:(?:First |Originally )?[Pp]ublished|Posted)(?: on)?:? )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?:,? (?:at )?\d{1,2}[.:]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?\W*$"
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


def written(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    r"""Yield the lines of `text[start:end]` that are more than blanks.

    A pattern that asks for a letter between blanks takes quadratic time on a long row of them.

    >>> [line[0] for line in written("Low Tide\n \n  1991\n")]
    ['Low Tide', '  1991']
    """
    found = _ANY.finditer(text, start, len(text) if end is None else end)
    return (line for line in found if not line[0].isspace())


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


def entry_start(page: Sequence[Line], number: int) -> int:
    """Return where the entry of a list of user reviews begins that a date ends: its title, and its author below."""
    begin = number
    for kind in ("bullet", "short"):
        if begin and page[begin - 1].kind == kind and not lexicon.is_navigation(page[begin - 1].text):
            begin -= 1
    return begin


def set_as_name(name: str) -> str:
    """Return a name in capitals as names are set: "ANN O'HARA" as "Ann O'Hara"; others as they are."""
    return re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda match: match[0].lower(), name) if name.isupper() else name


def in_snippets(page: Sequence[Line], number: int) -> bool:
    """Whether the line stands among other cut-off lines, as search results do."""
    near = page[max(0, number - 3) : number + 4]
    return sum(line.kind == "snippet" for line in near) >= 3


def site_in_furniture(body: Sequence[Line]) -> str:
    """Return the site whose name stands in the menus and notices around a text, empty if none or several do."""
    names: set[str] = set()
    for line in body:
        if line.kind in ("furniture", "short", "bullet") and (name := lexicon.site_in(line.text)):
            names.add(name)
    return names.pop() if len(names) == 1 else ""
