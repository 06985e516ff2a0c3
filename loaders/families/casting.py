"""Casting history: who was wanted, negotiated, signed, dropped out, was replaced or cut."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, Named, clean, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "replace|replaced|replaces|replacing|replacement|recast|dropped|withdrew|departed|left|negotiations|talks|"
        "signed|joined|cast|casting|envisioned|envisaged|considered|offered|approached|announced|confirmed|"
        "auditioned|removed|cut|deleted|excised|unavailable|available|attached|boarded|scheduling|conflicts|turned|"
        "declined|passed|hired|took|eyed|chosen|selected|collaborator|exited|stepped|wanted|tapped|roped|finalised|"
        "finalized|rejected|refused|worked|backed|pulled|bowed|long-time|longtime"
    )
)
_ADVERB = r"(?:later |eventually |also |then |subsequently |officially |initially |originally |first |briefly |ultimately |soon |finally |reportedly |previously |already |all |both |formally |was forced to |had to )*"
_BE = r"(?:was|were|is|are|had been|has been|have been|being|been)"
#: What follows the name of the person; the words that must be in the sentence for each.
_AFTER: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (status, frozenset(words.split()), re.compile(pattern))
    for status, words, pattern in (
        (
            "in negotiations",
            "negotiations talks",
            rf",? (?:had |has |have )?{_ADVERB}(?:entered|(?:was|were|is|are) in|began|in|{_BE} reported to be "
            rf"in)(?: early| final| advanced| preliminary)? (?:negotiations|talks)\b",
        ),
        (
            "dropped out",
            "dropped drop withdrew withdraw backed pulled bowed departed left exited",
            rf"(?:,? (?:however|who))?,? (?:had |has )?{_ADVERB}(?:dropped out|drop out|withdrew|withdraw|backed "
            rf"out|pulled out|bowed out|(?:departed|left|exited)(?: the| from the)? (?:project|film|production|role|"
            rf"cast)\b)",
        ),
        (
            "unavailable",
            "available unavailable unable",
            rf",? {_ADVERB}(?:was|were|proved) {_ADVERB}(?:not available|unavailable|unable to (?:reprise|play|star|"
            rf"appear|return|take|commit|join|participate|do the (?:film|role|part)))\b",
        ),
        (
            "turned down",
            "turned declined rejected passed refused",
            rf",? (?:had |has |but )?{_ADVERB}(?:turned down|declined|rejected|passed on|refused)(?: (?:the|a|an|"
            rf"his|her))? (?:\w+ ){{0,2}}?(?:role|part|offer to (?:play|star|appear))\b",
        ),
        (
            "signed",
            "signed joined boarded board agreed closed",
            rf",? (?:had |has |have |was |were )?{_ADVERB}(?:signed on\b(?! as a)|signed up\b|signed to\b|joined "
            rf"the (?:cast|film|project|production)|boarded the|came on board|agreed to (?:star|appear|play)|closed "
            rf"a deal)",
        ),
        (
            "cast",
            "cast chosen selected hired picked tapped roped finalized finalised signed recruited",
            rf",? {_BE} {_ADVERB}(?:cast|chosen|selected|hired|picked|tapped|signed|roped in|finali[sz]ed|"
            rf"recruited)(?: (?:as|in|for|opposite|alongside)\b(?! one\b)| to (?:play|star|portray|voice|direct|"
            rf"appear|replace|wear|write|compose)\b)",
        ),
        (
            "announced",
            "announced confirmed revealed",
            rf"(?:'s|') (?:casting|involvement|participation|addition) {_BE} {_ADVERB}(?:announced|confirmed|"
            rf"revealed|reported)\b",
        ),
        (
            "announced",
            "announced confirmed",
            rf",? {_BE} {_ADVERB}(?:announced|confirmed|revealed) (?:as|to (?:be |have |star|play|join|appear|direct))",
        ),
        (
            "considered",
            "considered offered approached attached suggested eyed sought choice",
            rf",? {_BE} {_ADVERB}(?:among those )?(?:considered|offered (?!a deal)(?:the|a|an|to|his|her)\b|"
            rf"approached|attached to|up for|suggested for|eyed|sought|the first choice|(?:\w+'s )?(?:first|"
            rf"original) choice)\b",
        ),
        ("auditioned", "auditioned", rf",? (?:had |also )*auditioned for\b"),
        (
            "worked with the director before",
            "worked",
            r",? (?:had|has) (?:previously |already |earlier )?(?:worked|collaborated) with (?:the director|"
            r"(?P<director>%s))\b.{0,40}?(?: before| previously| on|[.,;]|$)" % NAME,
        ),
    )
)
#: What stands before the name.
_BEFORE: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (status, frozenset(words.split()), re.compile(pattern))
    for status, words, pattern in (
        (
            "envisioned",
            "envisioned envisaged choice wrote mind",
            r"(?:(?:envisioned|envisaged)(?: [^.;,]{0,40}?(?:was|were))?|(?:first|original|initial|top) choice(?: "
            r"for [^.;,]{0,40})? (?:was|were)|wrote the (?:part|role|character)[^.;,]{0,30} (?:for|with)|had)(?: "
            r"(?:the )?(?:actor|actress))?,? $",
        ),
        (
            "considered",
            "wanted considered",
            r"(?:had (?:also )?(?:wanted|considered)|wanted|considered (?:casting|for the (?:role|part) (?:was|were|"
            r"included?)))(?: to cast)? $",
        ),
        ("announced", "announced confirmed revealed", r"\b(?:announced|confirmed|revealed) that $"),
        (
            "worked with the director before",
            "long-time longtime collaborator",
            r"\b(?:[Ll]ong-?time|[Ff]requent|regular) (?:collaborators?|director of photography|cinematographer|"
            r"editor|composer),? $",
        ),
        ("dropped out", "departure withdrawal", r"\b(?:departure|withdrawal) of $"),
    )
)
_OF = re.compile(r"\b(?:of|by|with|from|to|than|for|after|against) $")
_JOINING = re.compile(
    r",? (?:had |has |have |would |will |was |were |is |are )*(?:been |be )?(?:joined|joining|join|cast|signed|star|"
    r"added|playing|play|portraying)\b"
)
_WANTED_FOR = re.compile(
    r"[^.;]{0,60}?\b(?:for the (?:role|part|lead)|to (?:play|star|portray|voice)|as [A-Z]|in the (?:role|part|lead))"
)
_REPLACES = re.compile(
    rf",? (?:(?:was|were|had|has|been|being|later|eventually|ultimately|then|subsequently|also|brought|called|in|"
    rf"hired|chosen|selected|signed|on|cast|announced|stepped|came) ){{0,5}}?(?:to replace|replaced|replaces|"
    rf"replacing|took over from|took over for|stepped in for|as a replacement for|as the replacement for) (?:the |"
    rf"actor |actress )?(?P<old>{NAME})"
)
_REPLACED_BY = re.compile(
    rf"(?:'s role)?(?:(?:,? (?:who|however))?,? (?:had )?(?:dropped out|withdrew|left|departed|backed out|pulled "
    rf"out)[^.;]{{0,80}}?(?: and|,))?,? (?:\w+ ){{0,3}}?(?:being |was |were |is |had been |been )?{_ADVERB}replaced "
    rf"(?:in [\w-]+ )?(?:with|by) (?:the |actor |actress |newcomer |fellow )?(?P<new>{NAME})"
)
_PRONOUN = re.compile(r"\b(?:[Ss]he|[Hh]e)(?= )")
_CUT_VERB = r"(?:removed|cut|deleted|edited out|excised|left out|dropped|trimmed)"
_CUT = re.compile(
    rf"(?:played|portrayed|voiced|performed) by (?P<a>{NAME})[^.;]{{0,120}}? (?:was|were) (?:{_CUT_VERB}(?: "
    rf"(?:entirely|completely))? from the|edited out|left on the cutting)|(?P<b>{NAME})(?:'s (?:scenes?|role|part|"
    rf"character|performance|cameo|appearance))[^.;]{{0,40}}? (?:was|were) (?:{_CUT_VERB}|left on the cutting[- "
    rf"]room floor)\b|[Ss]cenes? (?:with|featuring|of) (?P<c>{NAME}) (?:was|were) {_CUT_VERB}\b|(?P<d>{NAME}) was "
    rf"(?:cut|edited out|removed) (?:from|of) the (?:film|final|finished)"
)
_CUT_WORDS = frozenset(phrases("removed|cut|deleted|edited|excised|left|dropped|trimmed"))
_REPLACE_WORDS = frozenset(phrases("replace|replaced|replaces|replacing|replacement|took|stepped"))
_REASON = re.compile(
    r"\b(?:due to|because of|citing|owing to|as a result of|because (?:she|he|they) (?:was|were|had)) (?P<r>(?:a |"
    r"an |the |his |her |their )?[^.;,]{4,60})"
)
_ROLE = re.compile(
    rf"\b(?:role|part|character) of (?:[a-z]+ ){{0,3}}(?P<c>{NAME})|\bto (?:play|portray|voice) (?P<d>{NAME})|\bas "
    rf"(?P<e>{NAME})(?=[,.;]|$| in\b| and\b)"
)
_JOB = re.compile(
    r"\bas (?:the |its |their )?(?P<job>[a-z][a-z -]{3,30}?)(?=[,.;]|$| and| for| of| after| in| due)|\bto "
    r"(?P<verb>direct|write|produce|compose|edit)\b"
)
_JOB_OF_VERB = {
    "direct": "director",
    "write": "screenwriter",
    "produce": "producer",
    "compose": "composer",
    "edit": "editor",
}
_FOREIGN = re.compile(
    r"\b(?:sequel|television series|TV series|stage|remake|musical|band|company|label|Broadway|album|song|lawsuit|"
    r"rights|distribution)\b"
)
_NOT = re.compile(r"\b(?:not|never|n't|if|would have|had been|rumou?r\w*|speculat\w*|false|denied)\b")
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
    if _REPLACE_WORDS & sentence.words:
        yield from _replacements(sentence, part, named)
    if _CUT_WORDS & sentence.words:
        yield from _cut(sentence, part)
    if part.kind == "article":
        seen: set[tuple[str, str]] = set()
        for status, person, start, end in (*_events(sentence, part, named), *_pronouns(sentence)):
            fact = _fact(sentence, part, status, person, start, end)
            if fact and (key := (str(fact.fields["person"]), status)) not in seen:
                seen.add(key)
                yield fact


def _events(sentence: Sentence, part: Part, named: Sequence[Named]) -> Iterator[tuple[str, str, int, int]]:
    """Yield status, person and place of what is said before or behind a name, also for the names listed with it."""
    text, words = sentence.text, sentence.words
    after = [(status, pattern) for status, cues, pattern in _AFTER if cues & words]
    before = [(status, pattern) for status, cues, pattern in _BEFORE if cues & words]
    for index, name in enumerate(named):
        inside = _OF.search(text[max(0, name.start - 6) : name.start])
        for status, pattern in after:
            if not inside and (match := pattern.match(text, name.end)):
                listed = list(_listed(text, named, index))
                yield from ((status, other.name, listed[-1].start, match.end()) for other in reversed(listed))
        window = max(0, name.start - 110)
        lead = text[window : name.start] if before else ""
        for status, pattern in before:
            if pattern.search(lead):
                tail = (
                    _JOINING.match(text, name.end)
                    if status == "announced"
                    else _WANTED_FOR.match(text, name.end)
                    if status == "considered"
                    else True
                )
                if tail and not (
                    status == "envisioned" and lead.endswith("had ") and not re.match(r" in mind\b", text[name.end :])
                ):
                    yield status, name.name, max(window, name.start - 60), name.end


def _listed(text: str, named: Sequence[Named], last: int) -> Iterator[Named]:
    """Yield the name `last` and those listed right before it: `A, B and C were considered`."""
    yield named[last]
    for index in range(last - 1, -1, -1):
        if not re.fullmatch(r",? (?:and|or) |, ", text[named[index].end : named[index + 1].start]):
            return
        yield named[index]


def _pronouns(sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
    if not sentence.topic or not {"he", "she"} & sentence.words:
        return
    for match in _PRONOUN.finditer(sentence.text):
        for status, cues, pattern in _AFTER[1:4]:
            if cues & sentence.words and (found := pattern.match(sentence.text, match.end())):
                yield status, sentence.topic, match.start(), found.end()


def _fact(sentence: Sentence, part: Part, status: str, name: str, start: int, end: int) -> Fact | None:
    text = sentence.text
    person = part.names.person(name, sentence.start + start)
    around = text[max(0, start - 50) : end + 60]
    if (
        person is None
        or is_organisation(person)
        or lexicon.is_place(person)
        or _FOREIGN.search(around)
        or _is_character(person, part)
    ):
        return None
    if _NOT.search(text[max(0, start - 25) : start]) or (
        status not in ("unavailable", "turned down") and _NOT.search(text[start:end])
    ):
        return None
    if status == "turned down" and not re.search(r"\b(?:role|part|star|play|cast)\b", text):
        return None
    return part.fact(
        "casting",
        sentence.span(0 if start < 80 else start, _clause_end(text, end)),
        person=Ref("person", person),
        casting_status=status,
        **_fields(sentence, part, start, end),
    )


def _clause_end(text: str, position: int) -> int:
    """Return the end of the clause that goes on at `position`."""
    stop = re.compile(r"[.;](?:\s|$)|, (?:but|with|while|and (?:the|he|she|it|was|[A-Z]))").search(text, position)
    return stop.start() + (text[stop.start()] == ".") if stop else len(text)


def _is_character(name: str, part: Part) -> bool:
    return name not in part.names.credited and name in part.characters.values()


def _fields(sentence: Sentence, part: Part, start: int, end: int) -> dict[str, str | None]:
    """Return date, reason, job and character said near a casting verb."""
    text = sentence.text
    stop = _clause_end(text, end)
    nearest = min((d for d in part.dates(sentence) if d.start < stop), key=lambda d: abs(d.start - start), default=None)
    reason = _REASON.search(text, start)
    role, job = _ROLE.search(text, max(0, start - 60), stop), _JOB.search(text, end - 12 if end > 12 else 0, stop)
    character = clean(next(g for g in role.groups() if g)) if role else ""
    if character and (
        part.names.full.get(character) or part.film_pattern.fullmatch(character) or lexicon.is_place(character)
    ):
        character = ""
    name = (
        (_JOB_OF_VERB.get(job["verb"] or "") or lexicon.lookup("jobs", "nouns").get((job["job"] or "").strip(), ""))
        if job
        else ""
    )
    return {
        "date": nearest.value if nearest and abs(nearest.start - start) < 160 else None,
        "reason": reason["r"].strip() if reason else None,
        "character": part.character(character) if character else None,
        "role": name if name and name not in ("actor", "voice actor") else None,
    }


def _replacements(sentence: Sentence, part: Part, named: Sequence[Named]) -> Iterator[Fact]:
    text = sentence.text
    for name in named:
        if match := _REPLACES.match(text, name.end):
            old, new = part.person(match["old"]), part.person(name.name)
        elif match := _REPLACED_BY.match(text, name.end):
            old, new = part.person(name.name), part.person(match["new"])
        else:
            continue
        if (
            old
            and new
            and old != new
            and not _is_character(old.name, part)
            and not _FOREIGN.search(text[max(0, name.start - 40) : match.end() + 30])
        ):
            yield _replacement(sentence, part, old, new, name.start, match.end())
    if (
        sentence.topic
        and (match := re.match(rf"(?:[Ss]he|[Hh]e|They) (?:was|were) {_ADVERB}replaced by (?P<new>{NAME})", text))
        and (by := part.person(match["new"]))
    ):
        yield _replacement(sentence, part, Ref("person", sentence.topic), by, 0, match.end())


def _replacement(sentence: Sentence, part: Part, old: Ref, new: Ref, start: int, end: int) -> Fact:
    return part.fact(
        "casting",
        sentence.span(0 if start < 60 else start, _clause_end(sentence.text, end)),
        person=old,
        casting_status="replaced",
        replaced_by=new,
        **_fields(sentence, part, start, end),
    )


def _cut(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _CUT.finditer(sentence.text):
        name = next(g for g in match.groups() if g)
        person = part.person(name)
        if person and not _is_character(person.name, part):
            yield part.fact(
                "casting",
                sentence.span(max(0, match.start() - 40) if match["a"] else match.start(), match.end()),
                person=person,
                casting_status="cut",
            )
