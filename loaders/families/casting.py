"""Casting history: who was wanted, negotiated, signed or dropped out."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.castinghistory import (
    AFTER,
    BEFORE,
    FOREIGN,
    JOINING,
    NOT,
    OF,
    PRONOUN,
    WANTED_FOR,
    clause_end,
    fields,
    is_character,
)
from reelgraph.loaders.prose.names import Named, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "replace|replaced|replaces|replacing|replacement|recast|dropped|withdrew|departed|left|negotiations|talks|"
        "signed|joined|cast|casting|envisioned|envisaged|considered|offered|approached|announced|confirmed|"
        "auditioned|removed|cut|deleted|excised|unavailable|available|attached|boarded|scheduling|conflicts|turned|"
        "declined|passed|hired|took|eyed|chosen|selected|collaborator|exited|stepped|wanted|tapped|roped|finalised|"
        "will|set|finalized|rejected|refused|worked|backed|pulled|bowed|long-time|longtime"
    )
)
_WANTED = re.compile(r"\b(?:wanted|offered|considered|approached|sought)\b")
#: A film the person is known for: "Ann Lee (Low Tide) has joined the cast".
_KNOWN_FOR = re.compile(r" \([^()]{2,60}\)")
_SKIP = frozenset({"plot", "references", "related", "reception", "awards"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the steps of casting that a sentence tells."""
    text = sentence.text
    if (
        part.film is None
        or part.kind not in ("article", "review", "analysis")
        or sentence.section in _SKIP
        or len(text) > 700
    ):
        return
    named = [n for n in sentence.names if not is_organisation(n.name)]
    seen: set[tuple[str, str]] = set()
    for status, person, start, end in (*_events(sentence, named), *_pronouns(sentence)):
        fact = _fact(sentence, part, status, person, start, end)
        if fact and (key := (str(fact.fields["person"]), status)) not in seen:
            seen.add(key)
            yield fact


def _events(sentence: Sentence, named: Sequence[Named]) -> Iterator[tuple[str, str, int, int]]:
    """Yield status, person and place of what is said behind or before a name, also for the names listed with it."""
    text, words = sentence.text, sentence.words
    after = [(status, pattern) for status, cues, pattern in AFTER if cues & words]
    before = [(status, pattern) for status, cues, pattern in BEFORE if cues & words]
    for index, name in enumerate(named):
        inside = OF.search(text[max(0, name.start - 6) : name.start])
        for status, pattern in after:
            if not inside and (match := pattern.match(text, _behind(text, name))):
                listed = list(_listed(text, named, index))
                yield from ((status, other.name, listed[-1].start, match.end()) for other in reversed(listed))
        lead = text[max(0, name.start - 110) : name.start] if before else ""
        for status, pattern in before:
            if pattern.search(lead) and _goes_on(status, lead, text, name.end):
                yield status, name.name, max(0, name.start - 60), name.end


def _behind(text: str, name: Named) -> int:
    """Return where the text goes on behind a name and a film in brackets."""
    known = _KNOWN_FOR.match(text, name.end)
    return known.end() if known else name.end


def _goes_on(status: str, lead: str, text: str, end: int) -> bool:
    """Whether the words behind a name bear out what those before it begin to say."""
    if status == "announced":
        return JOINING.match(text, end) is not None
    if status == "considered":
        return WANTED_FOR.match(text, end) is not None
    return not (status == "envisioned" and lead.endswith("had ")) or text.startswith(" in mind", end)


def _listed(text: str, named: Sequence[Named], last: int) -> Iterator[Named]:
    """Yield the name `last` and those listed right before it: `A, B and C were considered`."""
    yield named[last]
    named = [name for name in named[: last + 1] if not text.endswith("(", 0, name.start)]  # no films in brackets
    for index in range(len(named) - 2, -1, -1):
        if not re.fullmatch(r",? (?:and|or) |, ", text[_behind(text, named[index]) : named[index + 1].start]):
            return
        yield named[index]


def _pronouns(sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
    if not sentence.topic or not {"he", "she"} & sentence.words:
        return
    for match in PRONOUN.finditer(sentence.text):
        for status, cues, pattern in AFTER[1:4]:
            if cues & sentence.words and (found := pattern.match(sentence.text, match.end())):
                yield status, _meant(sentence, match.start()), match.start(), found.end()


def _meant(sentence: Sentence, position: int) -> str:
    """Return whom a pronoun means: the one wanted just before it, else whom the sentence is about."""
    wanted = _WANTED.search(sentence.text, 0, position)
    named = [name.name for name in sentence.names if wanted and wanted.end() <= name.start < position]
    return named[0] if named else sentence.topic


def _fact(sentence: Sentence, part: Part, status: str, name: str, start: int, end: int) -> Fact | None:
    text = sentence.text
    person = part.names.person(name, sentence.start + start)
    around = text[max(0, start - 50) : end + 60]
    if (
        person is None
        or is_organisation(person)
        or lexicon.is_place(person)
        or FOREIGN.search(around)
        or is_character(person, part)
    ):
        return None
    if NOT.search(text[max(0, start - 25) : start]) or (
        status not in ("unavailable", "turned down") and NOT.search(text[start:end])
    ):
        return None
    if status == "turned down" and not re.search(r"\b(?:role|part|star|play|cast)\b", text):
        return None
    return part.fact(
        "casting",
        sentence.span(0 if start < 80 else start, clause_end(text, end)),
        fields(sentence, part, start, end),
        person=Ref("person", person),
        casting_status=status,
    )
