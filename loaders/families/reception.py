"""What critics say, as an article reports it: reviews with their ratings, and single judgements."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.critics import Speakers, Voice
from reelgraph.loaders.prose.judgements import Target, polarity, quoted, targets
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.scores import score
from reelgraph.model import Fact, Ref

_SECTIONS = frozenset({"plot", "references", "cast"})
_COPULA = re.compile(r"\s+(?:was|is|were|are|had been|has been|seemed|seems|felt|feels|looked|looks|remained|remains|made|makes|proves?|proved)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\"(?P<quote>[^\"]{2,600})\"|\s+(?:as|to be|for being)\s+", re.IGNORECASE)
_GENERIC = re.compile(r"^(?:that|how|,|:|in (?:his|her|their) review|the following)\s*", re.IGNORECASE)
_PARTICIPLE = re.compile(r"ing$")


@dataclass(frozen=True, slots=True)
class Event:
    """A verb of judgement: `kind` is positive, negative, calling, reporting or rating; the object follows it."""

    kind: str
    start: int
    end: int
    limit: int


@cache
def _verbs() -> tuple[re.Pattern[str], frozenset[str]]:
    kinds = ("rating", "positive", "negative", "reporting", "calling")
    groups = "|".join(rf"(?P<{k}>{lexicon.alternation(lexicon.words('opinions', f'{k}_verbs'))})" for k in kinds)
    cues = frozenset(w.split()[0] for k in kinds for w in lexicon.words("opinions", f"{k}_verbs"))
    return re.compile(rf"(?<![\w'-])(?:{groups})(?![\w'-])", re.IGNORECASE), cues


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the reviews and opinions that an article's sentences report, critic by critic."""
    if part.film is None or part.kind != "article":
        return
    speakers, reviewed = Speakers(), set[tuple[str, str]]()
    cues = _verbs()[1]
    for sentence in part.sentences:
        if sentence.section in _SECTIONS or len(sentence.text) > 1500:
            continue
        if not (cues & sentence.words):
            if not sentence.text.startswith('"'):
                speakers.last = None
            continue
        voices = speakers.voices(sentence.text, part)
        for number, voice in enumerate(voices):
            limit = voices[number + 1].start if number + 1 < len(voices) else len(sentence.text)
            facts = list(_statements(sentence, part, voice, limit))
            yield from _review(sentence, part, voice, limit, facts, reviewed)
            yield from (f for f in facts if f.kind == "opinion")


def _events(text: str, start: int, limit: int) -> list[Event]:
    blanked = re.sub(r"\"[^\"]*\"", lambda m: '"' + "_" * (len(m[0]) - 2) + '"', text)
    found = list(_verbs()[0].finditer(blanked, start, limit))
    return [
        Event(m.lastgroup or "", m.start(), m.end(), found[n + 1].start() if n + 1 < len(found) else limit)
        for n, m in enumerate(found)
    ]


def _statements(sentence: Sentence, part: Part, voice: Voice, limit: int) -> Iterator[Fact]:
    text = sentence.text
    begin = voice.end if voice.end > voice.start else 0
    person = ""
    for event in _events(text, begin, limit):
        said = text[event.end : event.limit].strip()
        said = re.sub(r",?\s*(?:and|but|while|although|though|whereas|yet|also|further|then|however|particularly|especially|even|he|she|,)*\s*$", "", said)
        for full, start, _ in part.persons_in(text[begin : event.end]):
            if full != voice.critic and start >= 0:
                person = full
        if event.kind == "rating":
            continue
        span = sentence.span(voice.start if event.start - voice.start < 200 else event.start, event.limit)
        if event.kind == "calling" and re.match(r"it\b", said) and re.search(r"ing$", text[event.start : event.end]) and person in part.names.full:
            said = person + said[2:]
        for target, sign, words in _judged(event.kind, said, part, person):
            if target.name != voice.critic:
                yield part.fact(
                    "opinion", span, critic=Ref("person", voice.critic) if voice.critic else None,
                    publication=Ref("organization", voice.publication) if voice.publication else None,
                    target=target.name or None, polarity=sign or None, text=words or None,
                )  # fmt: skip
            if part.names.person(target.name):
                person = target.name


def _judged(kind: str, said: str, part: Part, person: str) -> Iterator[tuple[Target, str, str]]:
    """Yield target, polarity and quoted words of what follows a verb."""
    if kind in ("positive", "negative"):
        head, _, tail = said.partition(" for ") if re.match(r"(?:the |this )?(?:film|movie|picture|it)\b|[A-Z][\w' ]+? for ", said) else (said, "", "")
        found = targets(head, part, person)
        for target in found:
            yield target, kind, quoted(said)
        for target in targets(tail, part, person) if tail and not quoted(tail) else ():
            if target not in found and target.name:
                yield target, kind, ""
    elif kind == "calling":
        yield from _called(said, part, person)
    elif kind == "reporting":
        yield from _reported(said, part, person)


def _called(said: str, part: Part, person: str) -> Iterator[tuple[Target, str, str]]:
    split = _SPLIT.search(said)
    if split is None:
        match = re.match(r"(?P<t>it|the (?:film|movie)|[A-Z]\w+) (?P<e>(?:an? |the |one of |too |very )?[a-z].+)", said)
        if match and (sign := polarity(match["e"])):
            yield from ((t, sign, "") for t in targets(match["t"], part, person))
        return
    found = targets(said[: split.start()], part, person)
    quotes = re.findall(r"\"([^\"]{2,600})\"", said)
    rest = said[split.start() :]
    if len(quotes) == len(found) > 1 and "respectively" in rest:
        yield from ((t, polarity(q), q) for t, q in zip(found, quotes, strict=True))
        return
    sign = polarity(rest)
    if quotes or sign:
        yield from ((t, sign, quotes[0] if quotes else "") for t in found)


def _reported(said: str, part: Part, person: str) -> Iterator[tuple[Target, str, str]]:
    clause = _GENERIC.sub("", said)
    quote = quoted(clause)
    if quote and clause.lstrip(" ,:").startswith('"'):
        yield from _quoted_clause(quote, part, person)
        return
    copula = _COPULA.search(clause)
    if copula is None or copula.start() > 90:
        if quote and (possessive := targets(clause[: clause.index('"')].strip() + " performance", part, person) if re.match(r"(?:his|her|their)\s*\"", clause) else []):
            yield from ((t, polarity(quote), quote) for t in possessive)
        return
    subject, said_of = clause[: copula.start()], clause[copula.end() :]
    if quote and '"' in subject:
        return
    sign = polarity(said_of)
    if sign or quote:
        yield from ((t, sign, quote) for t in targets(subject, part, person))


def _quoted_clause(quote: str, part: Part, person: str) -> Iterator[tuple[Target, str, str]]:
    """Yield the judgement of a sentence quoted whole: about its subject, or the film if that is the subject."""
    sign = polarity(quote)
    if not sign:
        return
    copula = _COPULA.search(quote)
    subject = quote[: copula.start()] if copula and copula.start() < 60 else ""
    found = targets(subject, part, person) if subject else []
    if not found and not subject and re.match(r"(?:An?|The|One|This|It)\b|[a-z]", quote):
        found = [Target("")]
    yield from ((t, sign, quote) for t in found[:2])


def _review(sentence: Sentence, part: Part, voice: Voice, limit: int, facts: Sequence[Fact], reviewed: set[tuple[str, str]]) -> Iterator[Fact]:
    """Yield the review itself once for each critic, and again where a rating is stated."""
    text = sentence.text[voice.start : limit]
    found = score(text)
    key = (voice.critic, voice.publication)
    if (not facts and found is None) or (found is None and key in reviewed) or not (voice.critic or found):
        return
    reviewed.add(key)
    signs = {str(f.fields["polarity"]) for f in facts if "polarity" in f.fields}
    sign = signs.pop() if len(signs) == 1 else "mixed" if len(signs) > 1 else None
    yield part.fact(
        "review", sentence.span(voice.start, limit), critic=Ref("person", voice.critic) if voice.critic else None,
        publication=Ref("organization", voice.publication) if voice.publication else None,
        value=found.value if found else None, best=found.best if found else None, polarity=sign,
    )  # fmt: skip
