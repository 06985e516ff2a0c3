"""What critics say, as an article reports it: reviews with their ratings, and single judgements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reelgraph.loaders.prose.critics import Speakers, Voice
from reelgraph.loaders.prose.judgements import review_sign
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.scores import Score, score
from reelgraph.loaders.prose.verdicts import (
    Event,
    Verdict,
    cues,
    events,
    reported,
    strong_cues,
    verdicts,
)
from reelgraph.model import Fact, Ref, Span

_SECTIONS = frozenset({"plot", "references", "cast", "related"})
_MAKING = frozenset({"lead", "cast", "production", "music", "plot"})
_RECEIVING = frozenset({"reception", "awards", "lead", ""})
_TRAILING = re.compile(
    r",?\s*\b(?:and|but|while|although|though|whereas|yet|also|further|then|however|particularly|especially|"
    r"even|he|she|similarly|subsequently|the critic|,|\s)*\s*$"
)
_OTHER_WORK = re.compile(
    r"\b(?:sequel|remake|novel|book|original|series|game|album|first film|previous film|play|musical)\b(?='s|"
    r" (?:was|is|as|for))"
)
_OTHERS = re.compile(r"\b(?:sequels|remakes|reboots|blockbusters|other (?:films|movies)|today's (?:films|movies))\b")
_CHANGED = re.compile(
    r"\b(?:later|subsequently) (?:\w+ )?(?:increased|raised|changed|revised|upgraded|lowered|downgraded)\b"
)
_ACCORDING = re.compile(r"\bAccording to (?:(?:critic|film critic|reviewer) )?$")
#: What stands before a critic who is named behind the words: '"A gem," wrote'.
_SAID = re.compile(r"(?P<words>\"[^\"]{4,400}?)[,.!?]?\" (?:wrote|said|declared|concluded|noted|raved|observed) $")
_LONGEST_SPAN = 700


@dataclass(slots=True)
class Report:
    """What one critic's review is known to say so far."""

    voice: Voice
    span: Span
    score: Score | None = None
    whole: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def polarity(self) -> str | None:
        """Return the review's polarity where all that is said of it agrees, mixed where it does not."""
        signs = {*self.whole, *self.parts}
        if self.score is not None and self.score.best:
            share = float(self.score.value) / self.score.best
            given = "positive" if share >= 0.7 else "negative" if share <= 0.4 else ""
            return given if given and signs <= {given} else self._said() if len(signs) > 1 else None
        if self.score is not None and self.score.value[0] in "AF":
            return "positive" if self.score.value[0] == "A" else "negative"
        return self._said()

    def _said(self) -> str | None:
        """Return the polarity of what is said of the film as a whole, tempered by what is said of its parts."""
        whole, parts = {*self.whole}, {*self.parts}
        if len(whole) == 1 and (sign := self.whole[0]) != "mixed":
            return f"mixed-{sign}" if parts - {sign} else sign
        if whole or len(parts) > 1:
            return "mixed"
        return self.parts[0] if len(self.parts) >= 3 else None


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the reviews and opinions that an article's sentences report, critic by critic."""
    if part.film is None or part.kind != "article":
        return
    makers = frozenset(s.topic for s in part.sentences if s.section in _MAKING and s.topic)
    speakers, reports = Speakers(makers | part.players.keys()), dict[tuple[str, str], Report]()
    for sentence in part.sentences:
        if sentence.section in _SECTIONS or len(sentence.text) > 1500:
            continue
        wanted = cues() if sentence.section in _RECEIVING else strong_cues()
        if wanted & sentence.words:
            yield from _sentence(sentence, part, speakers, reports)
        elif not sentence.text.startswith('"'):
            speakers.last = None
    for report in reports.values():
        yield _review(report, part)


def _sentence(
    sentence: Sentence, part: Part, speakers: Speakers, reports: dict[tuple[str, str], Report]
) -> Iterator[Fact]:
    voices = speakers.voices(sentence, part)
    if not voices and strong_cues() & sentence.words:
        refuse("reception", sentence, "nobody who judges is named")
    text = sentence.text
    for number, voice in enumerate(voices):
        limit = voices[number + 1].start if number + 1 < len(voices) else len(text)
        begin = voice.end
        if number + 1 < len(voices) and re.fullmatch(r",? (?:and|&) |, ", text[voice.end : limit]):
            begin, limit = voices[number + 1].end, len(text)
        found = list(_opinions(sentence, part, voice, begin, limit))
        _note(sentence, voice, limit, [v for v, _ in found], reports)
        for verdict, span in found:
            yield part.fact(
                "opinion",
                span,
                critic=Ref("person", voice.critic) if voice.critic else None,
                publication=Ref("organization", voice.publication) if voice.publication else None,
                target=verdict.target or None,
                polarity=verdict.sign or None,
                text=verdict.words or None,
            )


def _opinions(sentence: Sentence, part: Part, voice: Voice, begin: int, limit: int) -> Iterator[tuple[Verdict, Span]]:
    """Yield the judgements that a critic states in a stretch of a sentence, each with the words that say it."""
    text, first = sentence.text, True
    found = events(text, begin if voice.end > voice.start else 0, limit)
    if not found and _ACCORDING.search(text, 0, voice.start):
        found = [Event("reporting", begin, begin, limit)]
    yield from _quoted_before(sentence, part, voice)
    person = _last_person(text[begin : found[0].start], part, voice) if found else ""
    for event in found:
        said = _TRAILING.sub("", text[event.end : event.limit].strip())
        offset = event.end + len(text[event.end : event.limit]) - len(text[event.end : event.limit].lstrip())
        if event.kind == "rating" or _other_work(said, part):
            continue
        if (
            event.kind == "calling"
            and person
            and text[event.start : event.end].endswith("ing")
            and said.startswith("it ")
        ):
            said, offset = f"{person}{said[2:]}", offset - len(person) + 2
        judged = ""
        start = voice.start if first or event.start - voice.start < 160 else event.start
        for verdict in verdicts(event.kind, said, part, person):
            end = min(offset + verdict.length, event.limit)
            if (verdict.target != voice.critic or not voice.critic) and end - start < _LONGEST_SPAN:
                yield _as_written(verdict, sentence, part, event.start), sentence.span(start, max(end, event.end))
                first = False
            judged = (
                verdict.target if verdict.target in part.names.full or verdict.target.lower() in part.characters else ""
            )
        person = judged or _last_person(said, part, voice) or person


def _quoted_before(sentence: Sentence, part: Part, voice: Voice) -> Iterator[tuple[Verdict, Span]]:
    """Yield the judgement of '"A gem," wrote Ann Lee': the words stand before the critic."""
    said = _SAID.search(sentence.text, 0, voice.start)
    for verdict in reported(said["words"] + '"', part, "") if said else ():
        yield (
            _as_written(verdict, sentence, part, said.start() if said else 0),
            sentence.span(said.start() if said else 0, voice.end),
        )


def _last_person(text: str, part: Part, voice: Voice) -> str:
    """Return the last person but the critic that a stretch names."""
    return next((full for full, _, _ in reversed(part.persons_in(text)) if full != voice.critic), "")


def _as_written(verdict: Verdict, sentence: Sentence, part: Part, start: int) -> Verdict:
    """Return a verdict whose quoted words are those of the text itself, not of its folded view."""
    at = sentence.text.find(verdict.words, start) if verdict.words else -1
    if at < 0:
        return verdict
    words = part.words(sentence.span(at, at + len(verdict.words)))
    return Verdict(verdict.target, verdict.sign, words, verdict.length)


def _other_work(said: str, part: Part) -> bool:
    return bool(_OTHER_WORK.search(said[:60]) or _OTHERS.search(said[:60])) and not part.film_pattern.search(said[:60])


def _note(
    sentence: Sentence, voice: Voice, limit: int, found: list[Verdict], reports: dict[tuple[str, str], Report]
) -> None:
    """Add what a sentence says to the report of its critic's review."""
    text = sentence.text[voice.start : limit]
    given = score(text) if not _CHANGED.search(text) else None
    sign = review_sign(text)
    key = (voice.critic, "" if voice.critic else voice.publication)
    if key not in reports:
        if not (found or given or sign) or (not voice.critic and not given and not sign):
            return
        reports[key] = Report(voice, sentence.span(voice.start, limit))
    report = reports[key]
    if given is not None and report.score is None:
        report.score, report.span = given, sentence.span(voice.start, limit)
    report.whole.extend(v.sign for v in found if not v.target and v.sign)
    report.whole.extend([sign] if sign else [])
    report.parts.extend(v.sign for v in found if v.target and v.sign)


def _review(report: Report, part: Part) -> Fact:
    voice, given = report.voice, report.score
    return part.fact(
        "review",
        report.span,
        critic=Ref("person", voice.critic) if voice.critic else None,
        publication=Ref("organization", voice.publication) if voice.publication else None,
        value=given.value if given else None,
        best=given.best if given else None,
        polarity=report.polarity(),
    )
