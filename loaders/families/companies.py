"""Companies: who distributed, released on disc, acquired rights or produced, told in sentences."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import UPPER, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset("released distributed distribution distributor rights acquired acquiring release banner produced issued bought production studio distributes releasing".split())
_COMPANY = rf"(?P<c>[{UPPER}0-9][\w'’&+/-]*\.?(?:(?: (?:[{UPPER}0-9&][\w'’&+/-]*\.?(?=\s|,|$)|of(?= [{UPPER}])))*))"
_RELEASED = re.compile(rf"\b(?:released|distributed|issued|re-released)(?: theatrically| worldwide| domestically| nationwide| internationally)?(?: in (?:the )?(?P<t>[A-Z][\w ]+?))?(?: on [A-Z][a-z]+ \d{{1,2}}, \d{{4}},?| on \d{{1,2}} [A-Z][a-z]+ \d{{4}},?)?(?: (?:by|through|via)) (?:the |distributor |its distributor |American distributor )?{_COMPANY}(?P<after>[^.;]{{0,60}})")
_PROVIDED = re.compile(rf"^{_COMPANY} (?:initially |later |then |also |theatrically )*(?:provided|gave|released|distributed|handled|will release|opened) (?:a |an |the )?(?P<what>[^.;,]{{0,60}})")
_RIGHTS = re.compile(rf"{_COMPANY} (?:\w+ )?(?:acquired|acquiring|bought|buying|purchased|picked up|secured|obtained|holds?|owns?|won|took|landed) (?:the |all |both )?(?P<where>(?:[A-Z][\w.]*(?:,? and |, )?)*)\s*(?P<kind>(?:[a-z-]+ ){{0,3}}?)(?P<r>distribution )?rights\b(?: (?:in|for) (?:the )?(?P<where2>[A-Z][\w ]+?)(?=[.,;]|$| for| to| from))?")
_BANNER = re.compile(rf"\bunder (?:the |his |her |their |its )?(?:production )?(?:banner|company)s?(?: of)?,? {_COMPANY}|\bunder (?P<c2>[{UPPER}][\w'’& .]+?)(?:'s)? banner\b|\bproduction compan(?:y|ies),? {_COMPANY.replace('?P<c>', '?P<c3>')}")
_DISC = re.compile(r"\b(?:DVD|Blu-?ray|VHS|home (?:video|media)|LaserDisc|4K)\b", re.IGNORECASE)
_STREAM = re.compile(r"\b(?:stream|Netflix|Prime Video|digital|VOD|on[- ]demand)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:soundtrack|score|album|song|single|trailer|teaser|poster|novel|book|game|comic|remake|sequel|vinyl|CD)\b", re.IGNORECASE)
_MUSIC_RIGHTS = re.compile(r"\b(?:music|audio|song|soundtrack)\b")
_SKIP = frozenset({"plot", "references", "cast", "music", "related"})
_DATES = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|It|He|She|They|The|In|On|This)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the companies a sentence names with what they did for the film."""
    text = sentence.text
    if part.film is None or sentence.section in _SKIP or len(text) > 700 or part.kind not in ("article", "review", "analysis"):
        return
    for match in _RELEASED.finditer(text):
        if _OTHER.search(text[max(0, match.start() - 60) : match.start()]):
            continue
        around = text[max(0, match.start() - 10) : match.end()]
        role = "home video distributor" if _DISC.search(around) else "streaming distributor" if _STREAM.search(around) else "distributor"
        yield from _company(sentence, part, match["c"], role, match.start(), match.end("c"), lexicon.territory(match["t"] or ""))
    if (match := _PROVIDED.match(text)) and part.mentions_film(text) and re.search(r"\brelease|film|it\b", match["what"]):
        yield from _company(sentence, part, match["c"], "home video distributor" if _DISC.search(text) else "distributor", match.start(), match.end(), "")
    yield from _rights(sentence, part)
    for match in _BANNER.finditer(text):
        name = match["c"] or match["c2"] or match["c3"]
        yield from _company(sentence, part, name, "production company", match.start(), match.end(), "")


def _rights(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _RIGHTS.finditer(sentence.text):
        if _MUSIC_RIGHTS.search(match["kind"] or ""):
            continue
        role = "distributor" if match["r"] or "theatrical" in match["kind"] else "streaming distributor" if re.search(r"streaming|digital", match["kind"]) else "rights holder"
        if role == "rights holder" and re.search(r"\bfilm |remake|novel|book|satellite", match["kind"]):
            continue
        words = f"{match['where'] or ''} {match['where2'] or ''}"
        places = [t for w in re.split(r",| and ", words) if (t := _territory(w))]
        for place in places or [""]:
            yield from _company(sentence, part, match["c"], role, match.start(), match.end(), place)


def _territory(word: str) -> str:
    demonym = next((name for name, _, _ in lexicon.demonyms_in(word.strip())), "")
    return lexicon.territory(word) or demonym


def _company(sentence: Sentence, part: Part, name: str, role: str, start: int, end: int, territory: str) -> Iterator[Fact]:
    name = name.strip(" ,")
    if not re.search(r"\b(?:Bros|Inc|Ltd|Co|Corp)\.$", name):
        name = name.rstrip(".")
    if len(name) < 3 or _DATES.match(name) or lexicon.territory(name) or part.film_pattern.fullmatch(name):
        return
    if part.names.person(name) and not is_organisation(name):
        return
    yield part.fact(
        "company", sentence.span(start, end), company=Ref("organization", name), role=role, territory=territory or None,
    )  # fmt: skip
