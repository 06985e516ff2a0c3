"""Scores of aggregators and audiences, their labels, and critics' consensus texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "tomatoes|metacritic|cinemascore|posttrak|imdb|letterboxd|rating|rated|approval|score|consensus|grade|"
        "aggregator|aggregate|audiences|kinopoisk|douban|filmaffinity|allociné|tomatometer|metascore"
    )
)
_PERCENT = re.compile(r"(?P<v>\d{1,3})\s?(?:%|percent\b|per cent\b)")
_OF = re.compile(
    r"(?<![\w.])(?P<v>\d{1,3}(?:\.\d+)?)\s?(?:/|out of(?: a possible)?|on a scale of)\s?(?P<b>100|10|5|4)\b"
)
_BASED = re.compile(
    rf"\b(?:based on|from|out of|of|among|sampled from|by|according to|with|surveyed|"
    rf"collected from)\s+(?:the |a total of |about |over |a sample of |a set of |only |"
    rf"some )?(?P<n>{COUNT})\s+(?:(?!from|by|based|\d)\w+ ){{0,3}}?"
    rf"(?:reviews?|critics?|ratings?|reviewers|critics' reviews|"
    rf"users?|votes|critiques|surveyed)\b"
)
_LABEL = re.compile(
    r"\b(?:indicat\w+|signif\w+|denot\w+|meaning|which (?:means|indicates)|classif\w+ as|designat\w+ as|"
    r"considered)(?: the film (?:has|had|received|as))?(?: an?)? \"(?P<l>[^\"]{4,60})\"|"
    r"\bcertified \"?(?P<f>[Ff]resh)\b"
)
_GRADE = re.compile(r"\"?(?<![\w'])(?P<g>[A-F][+-]?)(?P<minus>−)?\"?(?= (?:grade|on an?|from|by|rating)|[\"',.;]|$)")
_POINTS = re.compile(
    r"\b(?:average rating|average score|score|rating|Metascore|a weighted average|weighted average|"
    r"average)(?: score| rating)?(?: value)? (?:of|is|was|"
    r"at) (?P<v>\d{1,3}(?:\.\d+)?)(?![\d%/])(?! (?:out of|percent|per cent|reviews))"
)
_CONSENSUS = re.compile(
    r"\b(?:consensus|summary)\b[^\"]{0,60}?(?:\breads?|\bstates?|\bstating|\breading|\bsays|\bis|\bwas|"
    r"\bcalls?|\bdescribes?|:|,)[^\"]{0,20}\"(?P<t>[^\"]{15,700})\""
)
_CONSENSUS_AFTER = re.compile(
    r"\"(?P<t>[^\"]{20,600})\",? (?:reads|states|is|was) (?:the|its) (?:site's |website's |critical |"
    r"critics' )*consensus"
)
_SITE_WORDS = re.compile(r"\b(?:The|the|Its|its) (?:site|website|web site|aggregator)(?:'s)?\b")
_FOREIGN = re.compile(
    r"\b(?:sequel|original film|first film|series|season|predecessor|compared to|previous|franchise|other film)\b"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A score of a site: `kind` is percent, points or grade; `cue` are words near it that ask for this one."""

    kind: str
    metric: str
    best: int | None
    cue: re.Pattern[str] | None


@cache
def _measures() -> Mapping[str, tuple[Measure, ...]]:
    found: dict[str, list[Measure]] = {}
    for site, kind, metric, *more in lexicon.rows("sites", "scores"):
        best = int(more[0]) if more else None
        cue = re.compile(rf"\b(?:{more[1]})") if len(more) > 1 else None
        found.setdefault(site, []).append(Measure(kind, metric, best, cue))
    return {site: tuple(measures) for site, measures in found.items()}


def _measure(site: str, kind: str, around: str = "") -> Measure | None:
    """Return what a figure of a kind measures on a site, by the words around it."""
    of_kind = [m for m in _measures().get(site, ()) if m.kind == kind]
    return next((m for m in of_kind if m.cue is None or m.cue.search(around)), None)


@cache
def _site_pattern() -> re.Pattern[str]:
    unrated = lexicon.words("sites", "unrated")
    rows = [row for row in lexicon.rows("sites", "aggregators") if row[0] not in unrated]
    names = [w for row in rows for w in row if w not in ("RT", "MAL", "Paytm", "RYM")]
    return re.compile(rf"(?<![\w])(?:{lexicon.alternation(names)})(?!\w)")


@cache
def _sites() -> dict[str, str]:
    return {w: row[0] for row in lexicon.rows("sites", "aggregators") for w in row}


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the aggregate scores and consensus texts of a sentence; "the site" is the one named just before."""
    if part.film is None or sentence.section in ("plot", "references") or len(sentence.text) > 1500:
        return
    text = sentence.text
    sites = [(_sites()[m[0]], m.start(), m.end()) for m in _site_pattern().finditer(text)]
    before = _site_before(sentence, part)
    if not sites and not (
        before
        and (
            _SITE_WORDS.search(text)
            or re.match(r"(?:It|The film|The movie)\b.{0,60}\b(?:rating|score|consensus)", text)
            or "consensus" in sentence.words
        )
    ):
        return
    yield from _consensus(sentence, part, sites[0][0] if sites else before)
    if not sites:
        if _SITE_WORDS.search(text) or "average" in sentence.words:
            yield from _scores(sentence, part, before, 0, len(text))
        return
    for number, (site, start, _) in enumerate(sites):
        if number and site == sites[number - 1][0]:
            continue
        first = 0 if number == 0 else start
        limit = sites[number + 1][1] if number + 1 < len(sites) and sites[number + 1][0] != site else len(text)
        yield from _scores(sentence, part, site, first, limit)


def _site_before(sentence: Sentence, part: Part) -> str:
    for other in reversed(part.sentences[max(0, sentence.index - 2) : sentence.index]):
        found = list(_site_pattern().finditer(other.text))
        if found:
            return _sites()[found[-1][0]]
    return ""


def _scores(sentence: Sentence, part: Part, site: str, start: int, limit: int) -> Iterator[Fact]:
    text = re.sub(r"(?<=[:,] )\"[^\"]{40,}\"|(?<=reads )\"[^\"]{40,}\"", lambda m: "_" * len(m[0]), sentence.text)
    if (other := _FOREIGN.search(text[start:limit])) and not part.film_pattern.search(text[start:limit]):
        refuse("ratings", sentence, f"a score of something else: “{other[0]}”", start, limit)
        return
    based = _BASED.search(text, start, limit)
    reviews = count(based["n"]) if based else None
    end = based.end() if based else None

    def fact(metric: str, value: str, best: int | None, last: int, number: int | None) -> Fact:
        return part.fact(
            "rating",
            sentence.span(start, max(last, end or 0) if number else last),
            site=Ref("organization", site),
            metric=metric,
            value=value,
            best=best,
            count=number,
        )

    if _measure(site, "grade"):
        if grade := _grade(text, start, limit):
            yield fact("grade", grade[0], None, grade[2], None)
        return
    for metric, value, best, last, number in _figures(text, site, start, limit):
        yield fact(metric, value, best, last, reviews if number else None)


def _figures(text: str, site: str, start: int, limit: int) -> Iterator[tuple[str, str, int | None, int, bool]]:
    """Yield metric, value, best, where the words end and whether a number of reviews belongs to it."""
    seen: set[str] = set()
    for match in _PERCENT.finditer(text, start, limit):
        metric = _percent_metric(site, text[max(start, match.start() - 60) : match.end() + 60])
        if metric and metric not in seen and int(match["v"]) <= 100:
            seen.add(metric)
            yield metric, match["v"], 100, match.end(), True
    for pattern in (_OF, _POINTS):
        for match in pattern.finditer(text, start, limit):
            usual = _measure(site, "points")
            best = int(match["b"]) if pattern is _OF else usual.best if usual else None
            metric = usual.metric if usual else "average rating"
            if metric in seen or (best and float(match["v"]) > best):
                continue
            if pattern is _POINTS and usual is None and not match[0].startswith("average"):
                continue  # a figure without a scale is a score only where the site has one, or it is called an average
            seen.add(metric)
            yield metric, match["v"], best, match.end(), True
    for match in _LABEL.finditer(text, start, limit):
        yield "label", (match["l"] or f"Certified {match['f']}").strip(" ,."), None, match.end(), False


def _percent_metric(site: str, around: str) -> str:
    if re.search(
        r"\b(?:domestic|drop|increase|decrease|of the (?:audience|gross)|female|male|under|over the age|opening)\b",
        around,
    ):
        return ""
    if measure := _measure(site, "percent", around):
        return measure.metric
    return "approval rating" if re.search(r"\bapproval|positive|rating|score", around) else ""


def _grade(text: str, start: int, limit: int) -> tuple[str, int, int] | None:
    for match in _GRADE.finditer(text, start, limit):
        before = text[max(start, match.start() - 30) : match.start()]
        if re.search(
            r"\b(?:grade|score|rating|rated|[A-Z]\w*[Ss]core|gave (?:it|the \w+|[A-Z]\w+))\b[^.]{0,22}$|\ban? \"?$",
            before,
        ) and not re.search(r"\b(?:on|to|from) an? $", before):
            return match["g"], match.start("g"), match.end("g")
    return None


def _consensus(sentence: Sentence, part: Part, site: str) -> Iterator[Fact]:
    for pattern in (_CONSENSUS, _CONSENSUS_AFTER):
        match = pattern.search(sentence.text)
        if match and site:
            span = sentence.span(match.start(), match.end())
            words = sentence.span(match.start("t"), match.end("t"))
            yield part.fact("consensus", span, site=Ref("organization", site), text=part.words(words))
            return
