"""Which film a page without an encyclopedia's opening sentence is about: votes from titles, credits and labels."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reelgraph.loaders.prose.names import NAME, UPPER, is_person

_TITLE_WORDS = (
    rf"[{UPPER}0-9(][\w'’:&.,!?()-]*(?: (?:[{UPPER}0-9(][\w'’:&.!?()-]*|of|the|and|in|on|a|an|to|for|with|from|"
    rf"at|&|or|de|la|le|el|is|my|who|by|with)){{0,9}}"
)
_QUOTED_REVIEW = re.compile(
    r"^(?:\W*)(?:(?:Movie|Film|DVD)\s+)?(?:Review|Analysis|Movie Analysis|"
    r"Film Review)\s*[:|–-]\s*[\"']?(?P<t>[^\"\n]{1,80}?)(?:[\"'](?=\s|$|,|:)|\s+(?:is|movie|review|–|\||\()|"
    r"$)",
    re.IGNORECASE | re.MULTILINE,
)
_REVIEW_OF = re.compile(
    r"^\W*[\"'](?P<t>[^\"'\n]{1,80})[\"']\s+(?:(?:movie|film)\s+)?review\b", re.IGNORECASE | re.MULTILINE
)
_TITLE_YEAR = re.compile(rf"(?P<t>{_TITLE_WORDS}) \((?:(?P<d>{NAME}),? )?(?P<y>19\d\d|20\d\d)\)")
_DIRECTED = re.compile(
    rf"(?:[Dd]irected by {NAME}, (?P<a>{_TITLE_WORDS}) (?:tells|is|follows|stars)\b|"
    rf"(?P<b>{_TITLE_WORDS}), directed by|reviews? {NAME}'s (?P<c>{_TITLE_WORDS}?) (?:starring|with)\b|"
    rf"[Tt]he (?:film|movie) (?P<d>{_TITLE_WORDS}) \(|{NAME}'s [\"'](?P<e>[^\"']{{1,60}})[\"'](?: plays|"
    rf" is\b)|{NAME}'s (?P<f>{_TITLE_WORDS}?) (?:is|may|uses|plays|seem)\b)"
)
_WATCH = re.compile(
    r"\bWatch (?P<t>[^\n]{1,60}?) (?:with a subscription|on [A-Z]|online|now)\b|"
    r"[Pp]arents need to know that (?P<u>[^\n]{1,80}?) (?:is|was|has|contains|features)\b"
)
_STARRING = re.compile(rf"(?P<t>{_TITLE_WORDS}) (?:starring|stars) {NAME}")
_MENTION_YEAR = re.compile(r"\b(?P<y>19\d\d|20\d\d)'s (?P<t>[A-Z][^\n]{0,60})")
_DATE_LABEL = re.compile(
    r"^\W*(?:In theat(?:er|re)s|Release[d]?(?: date)?|Theatrical release|Opening(?: date)?|Premiered?|"
    r"Year)\s*:\s*.*?\b(?P<y>19\d\d|20\d\d)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE_LABEL = re.compile(
    r"^\W*(?:Title|Film|Movie|Original title)\s*:\s*(?P<t>[^\n]{1,80})$", re.IGNORECASE | re.MULTILINE
)
_NEVER = frozenset(
    "the a an it he she i we they this that there here what why how when who movie film review reviews in on "
    "at and but so page home".split()
)


@dataclass(frozen=True, slots=True)
class About:
    """The film a text is about, as far as the text says: `start` and `end` are where its title was read."""

    title: str
    year: int | None
    start: int
    end: int
    year_span: tuple[int, int] | None = None


def _clean(title: str) -> str:
    title = title.strip(" \"'.,:;–-")
    title = re.sub(r"\s+\((?:19|20)\d\d\)$", "", title)
    return title.title() if title.islower() or (title.isupper() and len(title) > 4) else title


def _votes(view: str, start: int, end: int) -> Iterable[tuple[str, int, int, float]]:
    for pattern, weight in (
        (_QUOTED_REVIEW, 5.0),
        (_REVIEW_OF, 5.0),
        (_TITLE_LABEL, 5.0),
        (_WATCH, 4.0),
        (_TITLE_YEAR, 1.5),
        (_DIRECTED, 2.0),
        (_STARRING, 1.0),
    ):
        for match in pattern.finditer(view, start, end):
            for name, value in match.groupdict().items():
                if value and name != "y" and not (pattern is _TITLE_YEAR and name == "d"):
                    yield _clean(value), match.start(name), match.end(name), weight


def find(view: str, start: int, end: int, known: Iterable[str] = ()) -> About | None:
    """Return the film that `view[start:end]` is about, None if nothing speaks for one with enough weight.

    A candidate needs a place that names a title as such (a review's title line, a label, "Title (year)") and is
    counted again wherever its words stand in the text; `known` are titles found elsewhere in the same file.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    places: dict[str, tuple[int, int, str]] = {}
    for title, first, last, weight in _votes(view, start, end):
        key = title.lower()
        if len(title) < 2 or key in _NEVER or (is_person(title) and weight < 4):
            continue
        weights[key] += weight
        if key not in places or weight >= 4:
            places.setdefault(key, (first, last, title))
    for title in known:
        mentions = len(re.findall(rf"(?<![\w']){re.escape(title)}(?!\w)", view[start:end]))
        if mentions:
            weights[title.lower()] += min(6.0, 1.5 * mentions)
            places.setdefault(title.lower(), _first(view, title, start, end))
    for key in list(weights):
        text = places[key][2]
        weights[key] += min(4.0, 0.25 * len(re.findall(rf"(?<![\w']){re.escape(text)}(?!\w)", view[start:end])))
    if not weights:
        return None
    key, weight = max(weights.items(), key=lambda item: (item[1], -places[item[0]][0]))
    if weight < 4.5:
        return None
    first, last, title = places[key]
    year, span = _year(view, start, end, title)
    return About(title, year, first, last, span)


def _first(view: str, title: str, start: int, end: int) -> tuple[int, int, str]:
    at = view.index(title, start, end) if title in view[start:end] else start
    return at, at + len(title), title


def _year(view: str, start: int, end: int, title: str) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year the text gives the film: in brackets behind the title, "2013's Title", or by a date label."""
    years: Counter[int] = Counter()
    spans: dict[int, tuple[int, int]] = {}
    for match in _TITLE_YEAR.finditer(view, start, end):
        if _clean(match["t"]).lower().endswith(title.lower()):
            years[int(match["y"])] += 3
            spans.setdefault(int(match["y"]), match.span("y"))
    for match in _MENTION_YEAR.finditer(view, start, end):
        if match["t"].lower().startswith(title.lower()):
            years[int(match["y"])] += 3
            spans.setdefault(int(match["y"]), match.span("y"))
    for match in _DATE_LABEL.finditer(view, start, end):
        years[int(match["y"])] += 1
        spans.setdefault(int(match["y"]), match.span("y"))
    if not years:
        return None, None
    year = max(years, key=lambda y: (years[y], -y))
    return year, spans[year]
