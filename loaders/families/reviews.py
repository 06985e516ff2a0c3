"""The reviews a page dump holds: the review itself, its score, and its main judgements."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.judgements import Target, polarity, targets
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse_words
from reelgraph.loaders.prose.scores import score
from reelgraph.model import Fact, Ref, Span

_KINDS = frozenset({"review", "analysis", "essay"})
_LABELLED = re.compile(
    r"\b(?:[Rr]ating|RATING|[Ss]core|SCORE|[Gg]rade|GRADE|[Vv]erdict|[Oo]verall)\s*:\s*(?P<r>[^\n]{1,40})|"
    r"^\W*(?P<stars>[★☆½]{2,10})\W*$|\bI(?:'d| would)? (?:give|rate|gave) (?:it|this (?:film|movie|one)|"
    r"the (?:film|movie)|[A-Z]\w+) (?P<g>[^\n.]{1,40})",
    re.MULTILINE,
)
_IS = re.compile(
    r"(?<![\w'])(?P<verb>is|was|are|were|isn't|wasn't|remains|feels|felt|seems|proves|gives|delivers|"
    r"deserves?|makes|steals|shines?|fails?|lacks?|suffers|succeeds?|works|captures?|can sometimes seem|"
    r"may feel|could have been|becomes)(?![\w'])"
)
_LOVE = re.compile(
    r"\bI (?:really |absolutely |truly |also |just |deeply )?(?P<verb>loved?|liked?|enjoyed?|adored?|"
    r"admired?|hated?|disliked?|couldn't stand|appreciated?) (?P<object>(?:the |its |his |her |this |"
    r"[A-Z])[^.;,]{2,90})"
)
_SURPRISE = re.compile(
    r"\b[Tt]he (?:biggest|best|real|greatest|main|only|one) (?P<word>surprise|strength|asset|joy|pleasure|"
    r"revelation|highlight|problem|weakness|flaw|disappointment|drawback|issue|fault)\b[^.;]{0,60}?\b(?:is|"
    r"was|comes from|lies in)(?: the (?:effectiveness|performance|work) of)? (?P<object>[^.;,]{3,80})"
)
_GOOD = frozenset(["surprise", "strength", "asset", "joy", "pleasure", "revelation", "highlight"])
_KUDOS = re.compile(
    r"(?P<object>[^.;,]{3,80}?) (?:also |certainly |both |fully |richly )?deserves? (?:the highest |high |"
    r"special |much |great |all the |a lot of |)?(?:praise|kudos|credit|an award|awards?|recognition|"
    r"applause|an Oscar|mention)\b"
)
_NOT_JUDGED = re.compile(
    r"\?|\b(?:if|would|might have|could|should|imagine|perhaps|maybe|supposed to|when|whether|as if|asks?|"
    r"tells?|says?|thinks?|believes?|wants?|character is|he is|she is|they are|who is|who are|there is|"
    r"there are|what is)\b",
    re.IGNORECASE,
)
_TOO = re.compile(r"(?:a (?:little|bit|touch|tad) |far |much |way |just )too \w+")
_HEDGED = re.compile(
    r"(?:no less|nothing|neither|hardly|all laid|about|being|going to|a (?:story|tale) (?:of|about)|set in)\b"
)
_REVIEW = re.compile(r"\b(?:review|analysis|essay|critique)", re.IGNORECASE)
_UNIT = re.compile(r"(?: ?(?:stars?|points?))?[ .]*")
#: So early a text says that it is an interview.
_INTERVIEW, _HEAD = re.compile(r"^\W*(?:interview|q ?& ?a)\b", re.IGNORECASE | re.MULTILINE), 200
_MAX, _FEWEST = 14, 5


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the review that a part is, and the judgements its author states plainly."""
    if part.film is None or part.kind not in _KINDS:
        return
    head = part.start, min(part.end, part.start + 80)
    if len(part.sentences) < _FEWEST:
        refuse_words("reviews", part.view, f"fewer than {_FEWEST} sentences", *head)
        return
    facts = list(_opinions(part))
    if _INTERVIEW.search(part.view, part.start, min(part.end, part.start + _HEAD)):
        refuse_words("reviews", part.view, "an interview", *head)
        return
    if not (part.author or part.site or part.title):
        refuse_words("reviews", part.view, "neither author, site nor title", *head)
        return
    found, span = _score(part)
    if not (found or facts or _REVIEW.search(part.title) or part.site):
        refuse_words("reviews", part.view, "nothing is judged", *head)
        return
    signs = [str(f.fields["polarity"]) for f in facts]
    yield part.fact(
        "review",
        span or part.evidence or Span(part.start, min(part.end, part.start + 200)),
        critic=Ref("person", part.author) if part.author else None,
        publication=Ref("organization", part.site) if part.site else None,
        title=_title(part),
        date=part.date or None,
        value=found[0] if found else None,
        best=found[1] if found else None,
        polarity=_overall(signs),
    )
    yield from facts[:_MAX]


def _title(part: Part) -> str | None:
    return part.words(part.evidence) if part.title and part.evidence else part.title or None


def _overall(signs: list[str]) -> str | None:
    good, bad = signs.count("positive"), signs.count("negative")
    if good + bad < 3:
        return None  # too little to speak for the whole review
    return "positive" if not bad else "negative" if not good else None


def _score(part: Part) -> tuple[tuple[str, int | None] | None, Span | None]:
    for match in _LABELLED.finditer(part.view, part.start, part.end):
        if match["stars"]:
            continue
        name = "r" if match["r"] else "g"
        if found := score(match[name]):
            return (found.value, found.best), Span(match.start(), match.end())
    return _score_line(part)


def _score_line(part: Part) -> tuple[tuple[str, int | None] | None, Span | None]:
    """Return the score that is a line of its own, if just one line is."""
    lines = []
    for block in part.blocks:
        text = part.view[block.start : block.end]
        found = score(text) if block.kind in ("short", "bullet") else None
        if found and not text[: found.start].strip("-•* ") and _UNIT.fullmatch(text, found.end):
            lines.append(((found.value, found.best), Span(block.start, block.end)))
    return lines[0] if len(lines) == 1 else (None, None)


def _judging(said: str) -> bool:
    """Whether a judging word stands near the beginning of a predicate, not somewhere in a clause behind it."""
    return not _HEDGED.match(said.strip()) and polarity(" ".join(said.split()[:7])) != ""


@cache
def _subject() -> re.Pattern[str]:
    nouns = lexicon.alternation(lexicon.words("opinions", "targets"))
    return re.compile(
        rf"(?:^|[,;:—–-] |\band |\bbut |\b[Tt]hough |\b[Ww]hile |\b(?:it's|is) that |\b[Ii]n the end, |"
        rf"\b[Oo]verall, )(?P<s>(?:the |The |Its |its |his |His |her |Her |"
        rf"[{UPPER}][\w'’.]*(?: [{UPPER}][\w'’.]*)*'s )?(?:resulting |overall |whole |final |visual |main |"
        rf"central |lead |supporting )*(?:{nouns})(?: (?:of|by|from) [^,.;]{{2,40}})?|[Tt]he (?:film|movie|"
        rf"picture)|[Tt]his (?:film|movie)|[Ii]t|It's|{_PERSON})\s*$"
    )


_PERSON = rf"[{UPPER}][\w'’.-]+(?: [{UPPER}][\w'’.-]+){{0,2}}"


def _opinions(part: Part) -> Iterator[Fact]:
    seen: set[tuple[str, str]] = set()
    for sentence in part.sentences:
        if not 20 < len(sentence.text) < 500:
            continue
        for target, sign, start, end in (*_stated(sentence, part), *_loved(sentence, part)):
            key = (target.name, sign)
            if key in seen or not sign or sign == "mixed":
                continue
            seen.add(key)
            yield part.fact(
                "opinion",
                sentence.span(start, end),
                critic=Ref("person", part.author) if part.author else None,
                publication=Ref("organization", part.site) if part.site else None,
                target=target.name or None,
                polarity=sign,
            )


def _loved(sentence: Sentence, part: Part) -> Iterator[tuple[Target, str, int, int]]:
    text = sentence.text
    for match in _LOVE.finditer(text):
        sign = "negative" if match["verb"].startswith(("hate", "dislike", "couldn")) else "positive"
        if re.search(r"\b(?:wanted|didn't|did not|don't|hoped) (?:\w+ )?$", text[: match.start("verb")]):
            continue
        for target in targets(re.sub(r"^the whole (?=\w+$)|(?<=film|ovie) \w+ly$", "", match["object"]), part)[:2]:
            yield target, sign, match.start(), match.end()
    for match in _SURPRISE.finditer(text):
        for target in targets(match["object"].split(" as ")[0], part)[:1]:
            yield target, "positive" if match["word"] in _GOOD else "negative", match.start(), match.end()
    for match in _KUDOS.finditer(text):
        for target in targets(match["object"].strip(" \"'"), part)[:3]:
            yield target, "positive", match.start(), match.end()


def _stated(sentence: Sentence, part: Part) -> Iterator[tuple[Target, str, int, int]]:
    """Yield judgements of the shape "the score is wonderful", "Lee is superb", "it feels rushed"."""
    text = sentence.text
    for match in _IS.finditer(text):
        subject = _subject().search(text[: match.start()].rstrip())
        if subject is None:
            continue
        said = re.split(
            r"[.;]|, (?:but|and|which|who|as|while|though|because)\b|\b(?:because|which|who|when|where|that)\b",
            text[match.end() :],
        )[0][:110]
        words = subject["s"].strip()
        if (
            _NOT_JUDGED.search(text[max(0, subject.start() - 12) : match.start()])
            or _NOT_JUDGED.search(said[:20])
            or len(said.split()) < 1
        ):
            continue
        excess = _TOO.match(said.strip()) is not None
        if not excess and not _judging(said):
            continue
        sign = "negative" if excess else polarity(f"{match['verb']} {said}")
        if match["verb"] in ("isn't", "wasn't") and sign:
            sign = {"positive": "negative", "negative": "positive"}.get(sign, "")
        found = targets(words, part, sentence.topic)
        if words.lower() in ("it", "it's") and not (
            sentence.index and part.mentions_film(part.sentences[sentence.index - 1].text)
        ):
            continue
        character = words.lower() in part.characters and not part.names.person(words)
        if found and sign and not character:
            yield found[0], sign, subject.start("s"), match.end() + len(said.rstrip())
