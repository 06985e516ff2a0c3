"""How texts tell who was wanted, signed or left, and what is said beside it: date, reason, role."""

import re

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, clean
from reelgraph.loaders.prose.part import Part, Sentence

ADVERB = (
    r"(?:later |eventually |also |then |subsequently |officially |initially |originally |first |briefly |"
    r"ultimately |soon |finally |reportedly |previously |already |all |both |formally |was forced to |had to )*"
)
_BE = r"(?:was|were|is|are|had been|has been|have been|being|been)"
#: What follows the name of the person; the words that must be in the sentence for each.
AFTER: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (status, frozenset(words.split()), re.compile(pattern))
    for status, words, pattern in (
        (
            "in negotiations",
            "negotiations talks",
            rf",? (?:had |has |have )?{ADVERB}(?:entered|(?:was|were|is|are) in|began|in|{_BE} reported to be "
            rf"in)(?: early| final| advanced| preliminary)? (?:negotiations|talks)\b",
        ),
        (
            "dropped out",
            "dropped drop withdrew withdraw backed pulled bowed departed left exited",
            rf"(?: (?:was|had been) (?:cast|signed|hired)[^.;,]{{0,40}},? but(?: he| she| they)?)?"
            rf"(?:,? (?:however|who))?,? (?:had |has )?{ADVERB}(?:dropped out|drop out|withdrew|withdraw|backed "
            rf"out|pulled out|bowed out|left (?=because|due to|owing to|over |citing)|"
            rf"(?:departed|left|exited)(?: the| from the)? (?:project|film|production|role|"
            rf"cast)\b)",
        ),
        (
            "unavailable",
            "available unavailable unable",
            rf",? {ADVERB}(?:was|were|proved) {ADVERB}(?:not available|unavailable|unable to (?:reprise|play|star|"
            rf"appear|return|take|commit|join|participate|do the (?:film|role|part)))\b",
        ),
        (
            "turned down",
            "turned declined rejected passed refused",
            rf",? (?:had |has |but )?{ADVERB}(?:turned(?: down|(?= the (?:role|part|offer) down))|"
            rf"declined|rejected|passed on|refused)(?: (?:the|a|an|"
            rf"his|her))? (?:\w+ ){{0,2}}?(?:role|part|offer to (?:play|star|appear))\b",
        ),
        (
            "signed",
            "signed joined boarded board agreed closed",
            rf",? (?:had |has |have |was |were )?{ADVERB}(?:signed on\b(?! as a)|signed up\b|signed to\b|joined "
            rf"the (?:cast|film|project|production)|boarded the|came on board|agreed to (?:star|appear|play)|closed "
            rf"a deal)",
        ),
        (
            "cast",
            "cast chosen selected hired picked tapped roped finalized finalised signed recruited",
            rf",? {_BE} {ADVERB}(?:cast|chosen|selected|hired|picked|tapped|signed|roped in|finali[sz]ed|"
            rf"recruited)(?: (?:as|in|for|opposite|alongside)\b(?! one\b)| to (?:play|star|portray|voice|direct|"
            rf"appear|replace|wear|write|compose)\b)",
        ),
        ("cast", "will set", rf",? (?:will|(?:is|are) set to) (?:also )?(?:play|portray|voice) (?={NAME})"),
        (
            "announced",
            "announced confirmed revealed",
            rf"(?:'s|') (?:casting|involvement|participation|addition) {_BE} {ADVERB}(?:announced|confirmed|"
            rf"revealed|reported)\b",
        ),
        (
            "announced",
            "announced confirmed",
            rf",? {_BE} {ADVERB}(?:announced|confirmed|revealed) (?:as|for the (?:role|part) of|"
            r"to (?:be |have |star|play|join|appear|direct))",
        ),
        (
            "considered",
            "considered offered approached attached suggested eyed sought choice",
            rf",? {_BE} {ADVERB}(?:among those )?(?:considered|offered (?!a deal)(?:the|a|an|to|his|her)\b|"
            rf"approached|attached to|up for|suggested for|eyed|sought|the first choice|(?:\w+'s )?(?:first|"
            rf"original) choice)\b",
        ),
        ("auditioned", "auditioned", r",? (?:had |also )*auditioned for\b"),
        (
            "worked with the director before",
            "worked",
            rf",? (?:had|has) (?:previously |already |earlier )?(?:worked|collaborated) with (?:the director|"
            rf"{NAME})\b.{{0,40}}?(?: before| previously| on|[.,;]|$)",
        ),
    )
)
#: What stands before the name.
BEFORE: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
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
            "wanted considered offered",
            r"(?:offered the (?:role|part) of [^.;,]{2,40} to|"
            r"had (?:also )?(?:wanted|considered)|wanted|considered (?:casting|for the (?:role|part) (?:was|were|"
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
OF = re.compile(r"\b(?:of|by|with|from|to|than|for|after|against) $")
JOINING = re.compile(
    r",? (?:had |has |have |would |will |was |were |is |are )*(?:been |be )?(?:joined|joining|join|cast|signed|star|"
    r"added|playing|play|portraying)\b"
)
WANTED_FOR = re.compile(
    r"[^.;]{0,60}?\b(?:for the (?:role|part|lead)|to (?:play|star|portray|voice)|as [A-Z]|in the (?:role|part|lead))"
)
PRONOUN = re.compile(r"\b(?:[Ss]he|[Hh]e)(?= )")
_REASON = re.compile(
    r"\b(?:due to|because of|citing|owing to|as a result of|because (?:she|he|they) (?:was|were|had)) (?P<r>(?:a |"
    r"an |the |his |her |their )?[^.;,]{4,60})"
)
_ROLE = re.compile(
    rf"\b(?:role|part|character) of (?:[a-z]+ ){{0,3}}(?P<c>{NAME})|\b(?:to|will) (?:also )?(?:play|portray|voice) "
    rf"(?P<d>{NAME})|\bas (?P<e>{NAME})(?=[,.;]|$| in\b| and\b)"
)
_JOB = re.compile(
    r"\bas (?:the |its |their )?(?P<job>[a-z][a-z -]{3,30}?)(?=[,.;]|$| and| for| of| after| in| due)|\bto "
    r"(?P<verb>direct|write|produce|compose|edit)\b"
)
#: What follows is told of somebody else: "were asked to play Tom before Ann Lee agreed to produce".
_INSTEAD = re.compile(rf" (?:before|until|when|after) (?={NAME}\b)")
_JOB_OF_VERB = {
    "direct": "director",
    "write": "screenwriter",
    "produce": "producer",
    "compose": "composer",
    "edit": "editor",
}
FOREIGN = re.compile(
    r"\b(?:sequel|television series|TV series|stage|remake|musical|band|company|label|Broadway|album|song|lawsuit|"
    r"rights|distribution)\b"
)
NOT = re.compile(r"\b(?:not|never|n't|if|would have|had been|rumou?r\w*|speculat\w*|false|denied)\b")

#: Behind ", a" and ", who" a character is described.
_CLAUSE_END = re.compile(r"[.;](?:\s|$)|, (?:but|with|while|who|an? |and (?:the|he|she|it|was|[A-Z]))")


def clause_end(text: str, position: int) -> int:
    """Return the end of the clause that goes on at `position`."""
    stop = _CLAUSE_END.search(text, position)
    return stop.start() + (text[stop.start()] == ".") if stop else len(text)


def is_character(name: str, part: Part) -> bool:
    """Whether `name` is only known as a character's."""
    return name not in part.names.credited and name in part.characters.values()


def fields(sentence: Sentence, part: Part, start: int, end: int) -> dict[str, str | None]:
    """Return date, reason, job and character said near a casting verb."""
    text = sentence.text
    stop = clause_end(text, end)
    instead = _INSTEAD.search(text, end, stop)
    stop = instead.start() if instead else stop
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
