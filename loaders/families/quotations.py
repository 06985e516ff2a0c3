"""Quoted words with who says them: makers about the film, characters in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.judgements import masked
from reelgraph.loaders.prose.names import NAME, clean, names_in
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Span

_SAY = (
    r"(?:said|says|stated|states|explained|explains|recalled|recalls|commented|comments|remarked|remarks|noted|"
    r"notes|added|adds|told|tells|admitted|admits|joked|jokes|described|termed|called|wrote|writes|replied|"
    r"quipped|revealed|confirmed|reflected|elaborated|continued|insisted|observed|observes|felt|thought|claimed|"
    r"argued|declared|announced|responded|remembered|clarified|mused|concluded|asked|asks)"
)
_REST = re.compile(
    r"(?: (?:it|that|this|the (?:film|story|script|character|process|experience|idea|scene|role)|him|her|"
    r"them|of (?:it|the \w+)|about (?:it|the \w+)|in an? [^\".;]{2,50}|in the [^\";]{2,60}|in (?:\d{4}|"
    r"\w+ \d{4})|to [A-Z][^\".;]{2,40}|[A-Z][^\".;,]{2,40})){0,3}(?:,|:| that| as|, that)* "
)
_VERB = re.compile(rf"\b{_SAY}\b")
_WHO = re.compile(
    rf"(?:(?P<who>{NAME})|(?<!\w)(?P<pronoun>[Hh]e|[Ss]he))(?: (?:has|had|have|later|also|once|then|himself|"
    rf"herself|further|jokingly|initially))* $"
)
_AFTER = re.compile(
    rf"^,? (?:(?P<verb>{_SAY}) (?P<who>{NAME})|(?P<who2>{NAME}|[Hh]e|[Ss]he) (?:later |also |"
    rf"\w+ly )?(?P<verb2>{_SAY}))(?P<to> to [{chr(65)}-Z]\w+| [A-Z]\w+)?(?=[ .,;:]|$)"
)
_DIALOGUE_AFTER = re.compile(
    rf"^,? (?P<who>{NAME}|he|she) (?:\w+ly )?(?:says|tells|asks|replies|observes|whispers|shouts|explains|"
    rf"announces|declares|insists|answers|admits|confesses)(?: to)?(?: (?P<to>{NAME}|him|her|"
    rf"them))?(?=[ .,;:]|$)"
)
_TELLING = frozenset({"production", "music", "release", "cast", "related", "lead", ""})
_STORY = frozenset({"plot", "review"})
_PERSONAL = frozenset({"he", "she"})


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(r"\"(?<![^\s(\[:—–-].)(?P<t>[^\"\n]{8,900})\"")


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the quoted words whose speaker stands beside them."""
    if part.film is None or not part.sentences:
        return
    starts = [s.start for s in part.sentences]
    for match in _quote().finditer(part.view, part.start, part.end):
        sentence = part.sentences[max(0, bisect_right(starts, match.start()) - 1)]
        if sentence.section in _TELLING and part.kind == "article":
            yield from _statement(part, sentence, match)
        elif sentence.section in _STORY:
            yield from _dialogue(part, sentence, match)


def _words(part: Part, match: re.Match[str]) -> str:
    return part.words(Span(match.start("t"), match.end("t")))


def _statement(part: Part, sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    """Yield a maker's statement: four words or more, with the verb of saying right before or behind."""
    if len(match["t"].split()) < 4:
        return
    window = part.view[max(sentence.start, match.start() - 170) : match.start()]
    start, end = match.start(), match.end()
    if before := _speaker_before(window):
        who, start = before[0], match.start() - len(window) + before[1]
    elif not match["t"].endswith(".") and (after := _AFTER.match(part.view[match.end() : match.end() + 90])):
        who, end = after["who"] or after["who2"], match.end() + after.end()
    else:
        return
    speaker = _meant(sentence, part) if who.lower() in _PERSONAL else _full_name(who, part)
    if not speaker or " " not in speaker or end - start > 990:
        return
    yield part.fact(
        "quotation", Span(start, end), speaker=speaker, text=_words(part, match), quotation_kind="statement"
    )


def _speaker_before(window: str) -> tuple[str, int] | None:
    """Return who says what follows and where that begins, if the words before a quote end in "she explained that "."""
    for verb in reversed(list(_VERB.finditer(window))):
        if _REST.fullmatch(window, verb.end()):
            first = max(0, verb.start() - 60)
            if found := _WHO.search(window, first, verb.start()):
                return found["who"] or found["pronoun"], found.start("who") if found["who"] else found.start("pronoun")
    return None


def _meant(sentence: Sentence, part: Part) -> str:
    """Return whom "he said" means: the person the sentence is about, unless only its quoted words name that one."""
    last = sentence.topic.rpartition(" ")[2]
    if last not in sentence.text or last in masked(sentence.text):
        return sentence.topic
    previous = part.previous(sentence)
    return previous.topic if previous else ""


def _only_other(sentence: Sentence, part: Part, addressed: str) -> str:
    """Return the only character besides the one spoken to that this sentence or the one before names."""
    for text in (sentence.text, previous.text if (previous := part.previous(sentence)) else ""):
        named = {part.characters.get(n.name.lower(), "") for n in names_in(text)} - {"", addressed}
        if named:
            return named.pop() if len(named) == 1 and addressed else ""
    return ""


def _full_name(who: str, part: Part) -> str:
    """Return the full name of a speaker; "Van Dyke" alone is the end of one."""
    name = part.names.person(who) or ""
    if name.split(" ", 1)[0].lower() in lexicon.particles():
        found = re.search(rf"\b[A-Z]\w+ (?i:{re.escape(name)})\b", part.view)
        return clean(found[0]) if found else name
    longer = [full for full in part.names.full if full.lower().endswith(f" {name.lower()}")] if name else []
    return max(longer, key=lambda f: (part.names.full[f], f)) if len({f.lower() for f in longer}) == 1 else name


def _dialogue(part: Part, sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    """Yield a character's words; a pronoun leaves the speaker unsaid."""
    after = _DIALOGUE_AFTER.match(part.view[match.end() : match.end() + 70])
    if after is None or len(match["t"].split()) < 3:
        return
    who = clean(after["who"])
    addressed = part.characters.get(clean(after["to"] or "").lower(), "")
    speaker = part.characters.get(who.lower(), "") if who not in _PERSONAL else _only_other(sentence, part, addressed)
    if not speaker and not (who in _PERSONAL and addressed):
        return
    yield part.fact(
        "quotation",
        Span(match.start(), match.end() + after.end()),
        speaker=speaker or None,
        text=_words(part, match),
        quotation_kind="dialogue",
    )
