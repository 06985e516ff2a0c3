"""Critics' scores in running text: stars, grades, points and per cent on any scale."""

import re
from dataclasses import dataclass

from reelgraph.loaders.prose.numbers import NUMBER_WORDS, count

_NUMBER = rf"(?:\d{{1,3}}(?:\.\d+)?(?:\s?(?:½|1/2|1⁄2|¼|¾|1/4|3/4))?|(?:{NUMBER_WORDS})|a|half a|½|1/2)(?:[- ](?:and[- ]a[- ]half|and one[- ]half|point five))?"
_STARS = re.compile(
    rf"\b(?P<v>{_NUMBER})[- ]?(?:full |perfect )?(?:stars?|points?|bones|buckets|kisses)?(?: rating)?,? (?:out of|of|/)(?: a possible| a total of)? (?P<b>\d{{1,3}}|{NUMBER_WORDS})(?!\w)(?! (?:reviews?|critics))|"
    rf"(?<![\d/.])(?P<v2>\d{{1,3}}(?:\.\d+)?)\s?/\s?(?P<b2>5|10|4|6|20|100)(?![\d/])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\b(?P<v>{_NUMBER})[- ](?:full |perfect )?stars?\b", re.IGNORECASE)
_GRADE = re.compile(r"(?:grade of|graded (?:it|the film)|gave (?:it|the film|the movie|[A-Z]\w+)|an?|rating of|score of)(?: an?| a grade of an?)? \"?(?P<g>[A-DF](?:[+-](?!\w))?)\"?(?=[\s.,;\"]|$)(?! (?:film|movie|list|list|level))")
_PERCENT = re.compile(r"\b(?P<v>\d{1,3})\s?%")
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
    if words in ("half-a", "half"):
        return "0.5"
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        total = float(words) + extra
    elif not words:
        total = extra
    else:
        whole = 1 if words in ("a", "one") else count(words)
        if whole is None:
            return None
        total = whole + extra
    return f"{total:g}"


def score(text: str) -> Score | None:
    """Return the first score of `text`, None if there is none.

    >>> score("gave it three and a half stars out of four"), score("a B- on"), score("rated it 8/10")
    (Score(value='3.5', best=4, start=8, end=42), Score(value='B-', best=None, start=0, end=4), Score(value='8', best=10, start=9, end=13))
    """
    if match := _STARS.search(text):
        value, best = _number(match["v"] or match["v2"]), count(match["b"] or match["b2"])
        if value is not None and best and float(value) <= best:
            return Score(value, best, match.start(), match.end())
    if match := _BARE.search(text):
        value = _number(match["v"])
        return Score(value, None, match.start(), match.end()) if value else None
    if match := _GRADE.search(text):
        return Score(match["g"].replace("−", "-"), None, match.start(), match.end())
    return None
