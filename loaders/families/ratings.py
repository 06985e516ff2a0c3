"""Scores of aggregators and audiences, their labels, and critics' consensus texts."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
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
    rf"some )?(?P<n>{COUNT})\s+(?:\w+ ){{0,3}}?(?:reviews?|critics?|ratings?|reviewers|critics' reviews|"
    rf"users?|votes|critiques|surveyed)\b"
)
_LABEL = re.compile(
    r"\b(?:indicat\w+|signif\w+|denot\w+|meaning|which (?:means|indicates)|classif\w+ as|designat\w+ as|"
    r"considered)(?: the film (?:has|had|received|as))?(?: an?)? \"(?P<l>[^\"]{4,60})\"|"
    r"\bcertified \"?(?P<f>[Ff]resh)\b"
)
_GRADE = re.compile(
    r"\"?(?<![\w'])(?P<g>[A-F][+-]?)(?P<minus>−)?\"?(?= (?:grade|on an?|from|by|CinemaScore|rating)|[\"',.;]|$)"
)
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
_METRIC_OF = {
    "Metacritic": ("weighted average", 100),
    "CinemaScore": ("grade", None),
    "PostTrak": ("positive score", 100),
    "IMDb": ("user rating", 10),
    "Letterboxd": ("average rating", 5),
}


@cache
def _site_pattern() -> re.Pattern[str]:
    rows = [
        row
        for row in lexicon.rows("sites", "aggregators")
        if row[0]
        not in (
            "Deadline",
            "Box Office Mojo",
            "The Numbers",
            "Box Office India",
            "Bollywood Hungama",
            "Review aggregator",
        )
    ]
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
    if _FOREIGN.search(text[start:limit]) and not part.film_pattern.search(text[start:limit]):
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

    if site == "CinemaScore":
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
            best = int(match["b"]) if pattern is _OF else _METRIC_OF.get(site, ("", None))[1]
            metric = _METRIC_OF[site][0] if site in ("Metacritic", "IMDb", "Letterboxd") else "average rating"
            if metric in seen or (best and float(match["v"]) > best):
                continue
            if pattern is _POINTS and not _averages(site, match[0]):
                continue
            seen.add(metric)
            yield metric, match["v"], best, match.end(), True
    for match in _LABEL.finditer(text, start, limit):
        yield "label", (match["l"] or f"Certified {match['f']}").strip(" ,."), None, match.end(), False


def _averages(site: str, words: str) -> bool:
    """Whether a figure without a scale is an average of the site: always there, elsewhere only if it is called so."""
    return site in ("Metacritic", "IMDb") or words.startswith("average")


def _percent_metric(site: str, around: str) -> str:
    if re.search(
        r"\b(?:domestic|drop|increase|decrease|of the (?:audience|gross)|female|male|under|over the age|opening)\b",
        around,
    ):
        return ""
    if site == "Rotten Tomatoes":
        return "audience score" if re.search(r"\baudience\b|Popcornmeter", around) else "tomatometer"
    if site == "PostTrak":
        return "definite recommend" if "recommend" in around else "positive score"
    return "approval rating" if re.search(r"\bapproval|positive|rating|score", around) else ""


def _grade(text: str, start: int, limit: int) -> tuple[str, int, int] | None:
    for match in _GRADE.finditer(text, start, limit):
        before = text[max(start, match.start() - 30) : match.start()]
        if re.search(
            r"\b(?:grade|score|rating|rated|CinemaScore|gave (?:it|the \w+|[A-Z]\w+))\b[^.]{0,22}$|\ban? \"?$", before
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
