"""Critics' scores in running text: stars, grades, points and per cent on any scale."""

import re
from dataclasses import dataclass

from reelgraph.loaders.prose.numbers import NUMBER_WORDS, count

_HALF = r"(?:[- ](?:and[- ]a[- ]half|and one[- ]half|point five|1/2))?"
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d+)?(?:\s?(?:½|1/2|1⁄2|¼|¾|1/4|3/4))?|{NUMBER_WORDS}|(?:a )?half(?: a)?|½){_HALF}"
_UNIT = r"(?:stars?|points?|bones|buckets|kisses|thumbs|reels|popcorns)"
_OUT_OF = re.compile(
    rf"(?<![\w.$])(?P<v>{_NUMBER})[- ]?(?:(?:full |perfect |"
    rf"big )?{_UNIT})?(?: rating)?,?(?:[- ]out[- ]of[- ]|[- ]of[- ](?=\w+[- ]stars?\b)|[- ]on a scale of )"
    rf"(?:a possible |a total of |a maximum of )?(?P<b>\d{{1,3}}|"
    rf"{NUMBER_WORDS})(?![\w.]\w)(?!\w)(?! (?:reviews?|critics|the |nominations|awards))",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?<![\d/.])(?P<v>\d{1,3}(?:\.\d+)?½?)\s?/\s?(?P<b>5|10|4|6|20|100)(?![\d/]|\.\d)")
_BARE = re.compile(rf"(?<![\w.])(?P<v>(?!half\b){_NUMBER})[- ](?:full |perfect )?stars?\b", re.IGNORECASE)
_SIGNS = re.compile(r"(?<![★☆])(?P<full>★{1,10})(?P<half>½)?(?P<empty>☆{0,9})")
_GRADE = re.compile(
    r"\b(?:grade(?: rating)? of|graded (?:it|the (?:film|movie))|score of|rating of|g(?:ave|ives|"
    r"iving)(?: (?:it|the (?:film|movie|picture)|[A-Z][^,.;\"]{0,40}?))?|awarded (?:it|the (?:film|movie))|"
    r"earned|received|scored it|rated it)"
    r"(?: with)?(?: an?)?(?: letter grade of|"
    r" grade of)?(?: an?)? \"?(?P<g>[A-DF](?:[+-](?!\w))?)\"?(?=[\s.,;\"]|$)(?! (?:film|movie|list|level|"
    r"[A-Z]\w))"
)
_FRACTIONS = {"½": 0.5, "1/2": 0.5, "1⁄2": 0.5, "¼": 0.25, "1/4": 0.25, "¾": 0.75, "3/4": 0.75}


@dataclass(frozen=True, slots=True)
class Score:
    """A score as the text gives it: `value` a number or a grade, `best` the top of the scale if stated."""

    value: str
    best: int | None
    start: int
    end: int


def _number(text: str) -> str | None:
    words = text.strip().lower().replace(" ", "-")
    extra = 0.5 if re.search(r"and-a-half|and-one-half|point-five", words) else 0.0
    words = re.sub(r"-?(?:and-a-half|and-one-half|point-five)", "", words)
    for sign, value in _FRACTIONS.items():
        if words.endswith(sign):
            extra, words = value, words[: -len(sign)].strip("-")
    if re.fullmatch(r"(?:a-)?half(?:-a)?", words):
        return "0.5"
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        total = float(words) + extra
    elif not words:
        total = extra
    else:
        whole = count(words)
        if whole is None:
            return None
        total = whole + extra
    return f"{total:g}"


def score(text: str) -> Score | None:
    """Return the first score of `text`, None if there is none.

    >>> score("gave it three and a half stars out of four")
    Score(value='3.5', best=4, start=8, end=42)
    """
    found = [s for s in (_scaled(text), _bare(text), _signs(text), _grade(text)) if s is not None]
    return min(found, key=lambda s: (s.start, s.best is None), default=None)


def _scaled(text: str) -> Score | None:
    for pattern in (_OUT_OF, _SLASH):
        for match in pattern.finditer(text):
            value, best = _number(match["v"]), count(match["b"])
            if value is not None and best and best in (4, 5, 6, 10, 20, 100) and float(value) <= best:
                return Score(value, best, match.start(), match.end())
    return None


def _bare(text: str) -> Score | None:
    match = _BARE.search(text)
    value = _number(match["v"]) if match else None
    return Score(value, None, match.start(), match.end()) if match and value and float(value) <= 10 else None


def _signs(text: str) -> Score | None:
    """Return the score that a row of stars shows; the scale is known only if empty stars follow."""
    match = _SIGNS.search(text)
    if match is None:
        return None
    full, half, empty = len(match["full"]), bool(match["half"]), len(match["empty"])
    return Score(f"{full + half / 2:g}", full + half + empty if empty else None, match.start(), match.end())


def _grade(text: str) -> Score | None:
    match = _GRADE.search(text)
    return Score(match["g"], None, match.start("g"), match.end("g")) if match else None
