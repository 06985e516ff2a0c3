"""The cast as reviews judge it: "A is superb as Rose", "B, as her doctor, sulks", "her husband (C)"."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import castsplit
from reelgraph.loaders.prose.castwords import OTHER_FILM, UNREAL, distinct, full_character, told
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset({"as", "("})
_ADVERB = r"(?:[\w-]+ly )?"
#: What may stand between a performer and "as": a judgement, a performance, an appearance.
_JUDGED = (
    rf"(?:,|'s? (?:[\w'-]+,? ){{0,5}}(?:performance|turn|work|portrayal)|"
    rf",? (?:is|are|was|were) (?!cast\b|seen\b|credited\b|billed\b|known\b|used\b|not\b|described\b|regarded\b|"
    rf"(?:just )?as\b){_ADVERB}(?:[\w-]+(?:,| and| but|,? if)? ){{0,4}}[\w-]+|"
    rf",? (?:gives|delivers|turns in|offers|does|provides) "
    rf"(?:[\w'-]+,? ){{0,7}}(?:performance|turn|work|support|cameo)|"
    rf",? {_ADVERB}(?:turns up|shows up|pops up|crops up|impresses|shines|excels|dazzles|convinces|struggles|steals "
    rf"[\w ]{{3,20}})|)"
)
_ROLE = (
    rf"(?P<role>{NAME}|(?:the |an? |his |her |their |{NAME}'s )(?:[\w'-]+ ){{0,5}}?[\w'-]+(?: {NAME})?)"
    r"(?=[,.;:()–—]|$| (?:and|in|is|was|who|whose|with|while|but|has|does|gives|makes|opposite|from|at|on|to)\b)"
)
_AS = re.compile(rf"(?P<judged>{_JUDGED}) as {_ROLE}")
#: A list of the cast, which is read as one.
_BILLED = re.compile(r"\b(?:co-)?star(?:s|red|ring)?\b|\b(?:featur|includ)\w+|\bcast\b", re.IGNORECASE)
#: What somebody is "as" without playing it.
_NO_PART = re.compile(
    r"(?:an?|the|his|her|their) (?:[\w'-]+ )*?(?:director|filmmaker|writer|screenwriter|actor|actress|performer|"
    r"producer|composer|film|movie|whole|result|star|lead|way|kind|sort|piece|debut|comedy|drama|thriller|one|usual|"
    r"best|worst|year|script|story|character|metaphor|symbol|substitute|follow-up|example|favou?rite|child|teenager)$"
)
#: After these, "as" says what somebody is called or made: "was born as", "was elected as".
_MADE = re.compile(
    r"\b(?:born|nominated|remembered|hired|elected|appointed|chosen|selected|announced|introduced|listed|raised|trained|"
    r"educated|hailed|dismissed|acclaimed|recogni[sz]ed|considered|employed|named|on set)\b"
)
#: A clause: "as the story unfolds", "as the French say".
_CLAUSE = re.compile(
    r"(?:the|his|her|their) (?:plot|story|tale|narrative|film|movie|picture|action|tension|pace|camera|music|score|sun|"
    r"night|days?|weeks|years|credits|poster|title|trailer|saying|critics?|script|French|Germans|English|Italians|"
    r"Americans) [\w'-]+"
)
#: The age at which somebody did something: "Ann Lee, as a girl, saw the sea".
_AGE = re.compile(r"an? (?:[\w-]+ )?(?:boy|girl|student|youth|youngster)$")
_KIN = re.compile(
    rf"(?P<role>(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]n?|{NAME}'s) (?:[a-z'-]+ ){{0,3}}(?P<noun>[a-z-]+)) "
    rf"\((?:played by |an? (?:[\w-]+ ){{1,3}})?(?P<who>{NAME})\)"
)
_RELATIVES = castsplit.ROLES | frozenset(
    phrases("in-law|ex-wife|ex-husband|stepfather|stepmother|rival|lover|fiancé|fiancée")
)


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers whom a review's sentence names with their parts."""
    if part.film is None or part.kind in ("article", "search snippet") or len(sentence.text) > 900:
        return
    yield from distinct([*_judged(sentence, part), *_related(sentence, part)])


def _judged(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for name in sentence.names if " as " in text else ():
        match = _AS.match(text, name.end)
        if match and not match["judged"] and _BILLED.search(text, 0, name.start):
            continue
        if match is None or _is_no_part(match) or OTHER_FILM.match(text[match.end() :][:40]):
            continue
        if not UNREAL.search(part.film_pattern.masked(text[max(0, name.start - 60) : match.start("role")])):
            yield from _cast(sentence, part, name.name, name.start, match)


def _is_no_part(match: re.Match[str]) -> bool:
    """Whether what stands behind "as" is no part somebody plays."""
    judged, role = match["judged"], match["role"]
    if _NO_PART.match(role) or _CLAUSE.match(role) or _MADE.search(judged):
        return True
    return judged == "," and _AGE.match(role) is not None


def _related(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _KIN.finditer(sentence.text) if "(" in sentence.words else ():
        if match["noun"] in _RELATIVES and has_person_shape(match["who"]):
            yield from _cast(sentence, part, clean(match["who"]), match.start(), match)


def _cast(sentence: Sentence, part: Part, name: str, start: int, match: re.Match[str]) -> Iterator[Fact]:
    """Yield the credit if the name is that of somebody known who is no character."""
    known = is_person(name) or match.re is _KIN
    actor = part.names.person(name, sentence.start) or (name if known else "")
    if not actor or " " not in actor or is_organisation(actor) or actor.lower() in part.characters:
        return
    character, description = told(clean(match["role"]))
    yield part.fact(
        "cast",
        sentence.span(start, match.end()),
        person=Ref("person", actor),
        character=full_character(character, part) if character else None,
        description=description or None,
    )
