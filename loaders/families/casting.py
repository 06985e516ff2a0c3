"""Casting history: who was wanted, negotiated, signed, dropped out, was replaced or cut."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.names import NAME, clean, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset(
    "replace replaced replacing replacement recast dropped withdrew departed left negotiations talks signed joined cast casting envisioned considered offered approached announced "
    "auditioned removed cut deleted unavailable available attached boarded role scheduling conflicts turned declined passed hired took".split()
)
_REPLACE = (
    re.compile(rf"(?P<new>{NAME}) (?:\w+ ){{0,4}}?(?:to replace|replaced|replaces|replacing|took over from|took over for|stepped in for|was brought in to replace|was hired to replace|was chosen to replace) (?P<old>{NAME})"),
    re.compile(rf"(?P<old>{NAME})(?:'s)? (?:\w+ ){{0,3}}?(?:being |was |were |is |had been |been )?(?:later |eventually |subsequently |ultimately )?replaced (?:in \w+ )?(?:with|by) (?P<new>{NAME})"),
    re.compile(rf"(?P<old>{NAME}) (?:dropped out|withdrew|left|departed|backed out|pulled out)[^.;]{{0,80}}?(?:and|,) (?:was|were|who was|being) replaced by (?P<new>{NAME})"),
)  # fmt: skip
_PRONOUN_REPLACED = re.compile(rf"^(?:[Ss]he|[Hh]e|They) (?:was|were) (?:later |eventually |subsequently )?replaced by (?P<new>{NAME})")
_EVENTS = (
    ("worked with the director before", rf"(?:had (?:previously |already |earlier )?worked with (?:the director|(?P<w0>{NAME}))|long-?time (?:collaborator|director of photography|cinematographer|editor|composer),? (?P<p0>{NAME}))"),
    ("in negotiations", rf"(?P<p1>{NAME}) (?:had |has )?(?:also )?(?:entered|was in|were in|is in|began|in)(?: early| final| advanced)? (?:negotiations|talks)\b"),
    ("dropped out", rf"(?P<p2>{NAME}|[Ss]he|[Hh]e)(?:,? (?:however|who))? (?:later |eventually |had |then |subsequently |was forced to )*(?:dropped out|drop out|withdrew|withdraw|backed out|pulled out|bowed out|departed(?: the (?:project|film|production|role))?|left the (?:project|film|production|role)|exited)\b"),
    ("unavailable", rf"(?P<p3>{NAME}),? (?:was|were) (?:not available|unavailable|unable to)\b"),
    ("turned down", rf"(?P<p4>{NAME}) (?:had |also )*(?:turned down|declined|rejected|passed on|refused) (?:the |a |an )?(?:\w+ ){{0,2}}?(?:role|part|offer)\b"),
    ("signed", rf"(?P<p5>{NAME}) (?:had |was |were |officially |also |later |then )*(?:signed on|signed(?: up)?|joined the (?:cast|film|project|production)|boarded|came on board|agreed to (?:star|appear|play)|closed a deal|was confirmed|officially joined)\b"),
    ("cast", rf"(?P<p6>{NAME}) (?:was|were|had been|has been|is)(?: \w+ly| later| also| then)? (?:cast(?! as one| member| against)|chosen|selected|hired|picked|tapped|signed|roped in|finalized|finalised) (?:as|in|for|to|opposite|alongside)\b"),
    ("announced", rf"(?:(?P<p7>{NAME})'s (?:casting|involvement|participation) (?:was|were|had been) (?:announced|confirmed|revealed|reported)|(?:announced|confirmed|revealed|reported) that (?P<p8>{NAME}) (?:had |has |was |would |will )?(?:been |be )?(?:joined|join|cast|signed|star|added))"),
    ("envisioned", rf"(?:envisioned|envisaged|first choice(?: for [^.;]{{0,40}})? was|wrote the (?:part|role|character)[^.;]{{0,30}} (?:for|with)|had (?:in mind|[A-Z]\w+ in mind)|wanted)(?: [^.;]{{0,40}}?(?:film|role|part|lead|was|were))?,? (?P<p9>{NAME})"),
    ("considered", rf"(?P<p10>{NAME})(?:(?:, |,? and |,? or ){NAME})* (?:was|were|had been) (?:also |initially |originally |first |briefly |all |both |among those |previously )*(?:considered|offered|approached|attached|up for|suggested|eyed|the first choice|sought)\b"),
)  # fmt: skip
_EVENT = tuple((name, re.compile(pattern)) for name, pattern in _EVENTS)
_CUT = re.compile(rf"(?:played by|portrayed by|of|featuring|with) (?P<a>{NAME})[^.;]{{0,120}}?\b(?:was|were) (?:removed|cut|deleted|edited out|excised|left out|dropped)\b(?: (?:entirely |completely )?from the)?|(?P<b>{NAME})(?:'s (?:scenes?|role|part|character|performance|cameo|appearance))[^.;]{{0,40}}? (?:was|were) (?:removed|cut|deleted|edited out|excised|left on the cutting[- ]room floor)\b")
_REASON = re.compile(r"\b(?:due to|because of|citing|owing to|over|as a result of) (?P<r>(?:a |an |the |his |her |their )?[^.;,]{4,60})")
_ROLE = re.compile(rf"\b(?:role|part|character) of (?P<c>{NAME})|\bto (?:play|portray|voice) (?P<d>{NAME})|\bas (?P<e>{NAME})(?=[,.;]|$| in\b| and\b)")
_FOREIGN = re.compile(r"\b(?:sequel|television series|TV series|stage|remake|series|musical|band|company|label)\b")
_SKIP = frozenset({"plot", "references", "related", "reception", "awards"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the steps of casting that a sentence tells."""
    text = sentence.text
    if part.film is None or part.kind not in ("article", "review", "analysis") or sentence.section in _SKIP or len(text) > 700 or _FOREIGN.search(text):
        return
    replaced = set()
    for fact in _replacements(sentence, part):
        replaced.add(str(fact.fields["person"]))
        yield fact
    yield from _cut(sentence, part)
    if part.kind != "article":
        return
    for status, pattern in _EVENT:
        for match in pattern.finditer(text):
            if fact := _event(sentence, part, status, match):
                yield fact


def _fields(sentence: Sentence, part: Part, position: int) -> dict[str, str | None]:
    """Return date, reason and character said near a casting verb."""
    found = [d for d in part.dates(sentence)]
    nearest = min(found, key=lambda d: abs(d.start - position), default=None)
    reason = _REASON.search(sentence.text, position)
    role = _ROLE.search(sentence.text)
    character = clean(next(g for g in role.groups() if g)) if role else ""
    if character and (part.names.full.get(character) or part.film_pattern.fullmatch(character)):
        character = ""
    return {
        "date": nearest.value if nearest and abs(nearest.start - position) < 160 else None,
        "reason": reason["r"].strip() if reason else None,
        "character": part.character(character) if character else None,
    }  # fmt: skip


def _replacements(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for pattern in _REPLACE:
        for match in pattern.finditer(text):
            old, new = part.person(match["old"]), part.person(match["new"])
            if old and new and old != new:
                yield part.fact(
                    "casting", sentence.span(0, len(text)) if match.start() < 60 else sentence.span(match.start(), len(text)),
                    person=old, casting_status="replaced", replaced_by=new, **_fields(sentence, part, match.start()),
                )  # fmt: skip
                return
    if (match := _PRONOUN_REPLACED.match(text)) and sentence.topic and (new := part.person(match["new"])):
        yield part.fact("casting", sentence.span(), person=Ref("person", sentence.topic), casting_status="replaced", replaced_by=new, **_fields(sentence, part, 0))


def _cut(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _CUT.finditer(sentence.text):
        name = match["a"] or match["b"]
        person = part.person(name)
        if person and not re.search(r"\bscenes? (?:of|with)\b", match[0][:12]):
            yield part.fact("casting", sentence.span(max(0, match.start() - 40) if match["a"] else match.start(), match.end()), person=person, casting_status="cut")


def _event(sentence: Sentence, part: Part, status: str, match: re.Match[str]) -> Fact | None:
    name = next((g for key, g in match.groupdict().items() if g and key.startswith("p")), "")
    if not name:
        return None
    person = Ref("person", sentence.topic) if name in ("She", "she", "He", "he") and sentence.topic else part.person(name)
    if person is None or is_organisation(person.name) or re.search(r"\b(?:rights|script|company|studio|deal|distribution)\b", sentence.text[match.end() : match.end() + 25]):
        return None
    return part.fact("casting", sentence.span(0 if match.start() < 80 else match.start(), len(sentence.text)), person=person, casting_status=status, **_fields(sentence, part, match.start()))
