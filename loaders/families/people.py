"""Facts about real persons beyond their work on the film: what they are, whom they married, where they live."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon, relatives
from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape, is_organisation, is_person, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases, terms
from reelgraph.model import Fact, Ref

CUES = (
    frozenset(w.split()[-1].lower() for w in relatives.occupations().wordings)
    | frozenset(["wife", "husband", "daughter", "son", "brother", "sister", "mother", "father", "spouse", "partner"])
    | frozenset(
        phrases(
            "divorce|divorced|married|collaborator|collaborators|long-time|longtime|frequent|regular|died|"
            "frontman|frontwoman|vocalist|bassist|member|lives|resides|based"
        )
    )
)
_PERSON = rf"(?P<n>{NAME})"
_DIVORCE = re.compile(rf"\bdivorce from (?:\w+ ){{0,2}}?{_PERSON}")
_FREQUENT = re.compile(
    rf"\b(?:long-?time|frequent|regular) (?:[a-z-]+ ){{0,2}}(?:collaborator|director of photography|"
    rf"cinematographer|editor|composer|producer|screenwriter|writing partner)s?,? {_PERSON}"
)
_OWNER = re.compile(rf"(?:(?P<o>{NAME})'s?|(?<!\w)(?P<p>[Hh]is|[Hh]er)) (?:\w+ )?$")
_DIED = re.compile(
    r",? who (?:all |both )?(?:had )?died before (?P<when>(?:the (?:film|movie)'s release|"
    r"the release of the (?:film|movie)|the (?:film|movie) was released))"
)
_RELATIVE_WORDS = (
    "wife|husband|ex-wife|ex-husband|daughter|son|brother|sister|mother|father|partner|girlfriend|boyfriend|"
    "then-wife|then-husband|then-girlfriend|then-boyfriend|half-brother|half-sister|cousin|nephew|niece"
)
_RELATIVE = re.compile(rf"\b(?P<w>{_RELATIVE_WORDS}),? (?:the )?(?:[a-z]+ )?{_PERSON}(?!'s? [{UPPER}])")
_FRONT = re.compile(
    rf"(?P<band>(?:The |the )?[{UPPER}][\w'.&-]*(?: (?:[{UPPER}][\w'.&-]*|of|the|"
    rf"and)){{0,4}})(?:'s)? (?P<role>frontman|frontwoman|lead singer|lead vocalist|singer|vocalist|guitarist|"
    rf"bassist|drummer|keyboardist|member) {_PERSON}"
)
_OF_BAND = re.compile(
    rf"{_PERSON},? (?:the )?(?P<role>frontman|frontwoman|lead singer|lead vocalist|guitarist|bassist|drummer|"
    rf"keyboardist|member) of (?:the (?:band|group) )?(?P<band>(?:The |"
    rf"the )?[{UPPER}][\w'.&-]*(?: [{UPPER}][\w'.&-]*){{0,4}})"
)
_BASED = re.compile(
    rf"^{_PERSON} (?:is an? (?:[\w-]+ ){{0,4}}(?:based|living) in|lives in|resides in|"
    rf"is based in) (?P<place>{NAME}(?:, {NAME})?)"
)
_KINDS = (
    "animation|art|voice|casting|effects|makeup|sound|stunt|music|literary|theatre|theater|script|technical|"
    "fight|visual|dialogue|second unit|unit|character|story|background|layout|costume|set|dance|playback|food|"
    "sports|war|news|political|television|film"
)
_NO_JOB = re.compile(r"\b(?:as|co|executive|associate|line|supervising|film's|movie's) $")
#: Occupations that characters have as often as real persons.
_FICTIONAL = frozenset(
    [
        "professor",
        "general",
        "detective",
        "doctor",
        "police officer",
        "nurse",
        "lawyer",
        "attorney",
        "judge",
        "teacher",
        "pilot",
        "senator",
        "scientist",
        "surgeon",
        "model",
        "businessman",
        "boxer",
        "politician",
        "prime minister",
        "president",
        "astronaut",
        "engineer",
        "magician",
        "activist",
        "scholar",
        "physicist",
        "journalist",
        "photographer",
        "novelist",
        "writer",
        "singer",
        "psychiatrist",
        "psychologist",
        "chef",
    ]
)
_REPORTING = frozenset({"production", "reception", "music", "release", "awards", "related", "review"})
_RELATIONS = frozenset(_RELATIVE_WORDS.split("|"))
_KIN = _RELATIONS | {"divorce", "collaborator", "collaborators", "long-time", "longtime", "frequent", "regular"}
_PLAYERS = frozenset(
    ["frontman", "frontwoman", "singer", "vocalist", "guitarist", "bassist", "drummer", "keyboardist", "member"]
)
_NEVER = frozenset({"plot", "references", "cast"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield what a sentence states about real persons, none of them a character of the film."""
    if sentence.section in _NEVER or part.film is None:
        return
    yield from _occupations(sentence, part)
    if sentence.words & _KIN:
        yield from _family(sentence, part)
    if sentence.words & _PLAYERS:
        yield from _bands(sentence, part)
    if sentence.words & {"died"} and (match := _DIED.search(sentence.text)):
        yield from _dead(sentence, part, match)
    match = _BASED.match(sentence.text) if sentence.words & {"based", "lives", "living", "resides"} else None
    person = _real(match["n"], part) if match else ""
    if match and not person:
        refuse("people", sentence, "nobody real is known by this name", match.start("n"), match.end("n"))
    if match and person:
        yield _fact(sentence, part, match.start(), match.end(), person, "residence", match["place"])


def _fact(sentence: Sentence, part: Part, start: int, end: int, person: str, relation: str, what: str) -> Fact:
    return part.fact("people", sentence.span(start, end), person=Ref("person", person), relation=relation, object=what)


def _real(text: str, part: Part) -> str:
    """Return the full name of a real person, empty if `text` names none or a character."""
    name = clean(text)
    if name.lower() in part.characters and name not in part.players:
        return ""
    known = part.names.person(name)
    if known and " " in known and not is_organisation(known):
        return "" if known.lower() in part.characters and known not in part.players else known
    return name if is_person(name) and has_person_shape(name) else ""


@cache
def _occupation() -> re.Pattern[str]:
    return re.compile(rf"{relatives.occupations().source} (?P<n>{NAME})(?!'s? [{UPPER}])")


@cache
def _before() -> re.Pattern[str]:
    """What stands before an occupation: nation, praise, and the words of a compound ("animation director")."""
    nations = terms("territories", "demonyms", "prefixes", named=False).source
    praise = (
        "former |late |veteran |legendary |noted |renowned |acclaimed |famed |famous |award-winning |stage |"
        "jazz |folk |rock |pop |opera |classical |experimental |avant-garde |young |new |fellow "
    )
    return re.compile(rf"(?:(?P<nation>{nations}) )?(?:{praise})*(?P<kind>(?:{_KINDS}) )?$", re.IGNORECASE)


def _occupations(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _occupation().finditer(sentence.text):
        window = sentence.text[max(0, match.start() - 60) : match.start()]
        if (not window.endswith((" ", "(", '"', "'")) and window) or _NO_JOB.search(window):
            continue
        before = _before().search(window)
        nation, kind = (before["nation"] or "", before["kind"] or "") if before else ("", "")
        job = sentence.text[match.start() : match.start("n") - 1]
        words = clean(match["n"])
        doubtful = job in _FICTIONAL and not nation and sentence.section not in _REPORTING
        person = _real(words, part) if " " in words and not doubtful else ""
        if not person:
            continue
        start = match.start() - (len(window) - before.start() if before else 0)
        yield _fact(sentence, part, start, match.end(), person, "occupation", kind.lower() + job)
        if nation[:1].isupper():
            yield _fact(sentence, part, start, match.end(), person, "nationality", nation)


def _family(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text, words = sentence.text, sentence.words
    for pattern, name, cues in (
        (_DIVORCE, "divorced from", {"divorce"}),
        (_FREQUENT, "frequent collaborator", {"long-time", "longtime", "frequent", "regular"}),
        (_RELATIVE, "", _RELATIONS),
    ):
        for match in pattern.finditer(text) if words & cues else ():
            before = _OWNER.search(text, max(0, match.start() - 60), match.start())
            other = _real(match["n"], part)
            if before is None or not other:
                continue
            start = before.start()
            owner = _real(before["o"], part) if before["o"] else _topic(sentence, part)
            if not owner or owner == other or (owner.lower() in part.characters and owner not in part.players):
                continue
            if pattern is _FREQUENT:
                yield _fact(sentence, part, start, match.end(), other, name, owner)
            elif pattern is _DIVORCE:
                yield _fact(sentence, part, start, match.end(), owner, name, other)
            elif not part.film_pattern.search(match[0]):
                yield _fact(sentence, part, start, match.end(), other, f"{match['w'].removeprefix('then-')} of", owner)


def _topic(sentence: Sentence, part: Part) -> str:
    """Return whom "his" means: the person the sentence is about, else the one before was about."""
    previous = part.previous(sentence)
    return sentence.topic or (previous.topic if previous and sentence.text.startswith(("It ", "This ", "The ")) else "")


def _bands(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for pattern in (_FRONT, _OF_BAND):
        for match in pattern.finditer(text):
            band, person = clean(match["band"]), _real(match["n"], part)
            generic = lexicon.demonyms_in(band) if len(band.split()) == 1 else ()
            if person and not any(generic) and not is_person(band) and band not in ("The", "In", "A", "His", "Her"):
                yield _fact(sentence, part, match.start(), match.end(), person, "member of", band)


def _dead(sentence: Sentence, part: Part, match: re.Match[str]) -> Iterator[Fact]:
    """Yield the persons of the list before "who all died before the film's release"."""
    names = re.search(rf"(?:{NAME}(?:, | and |, and )){{0,8}}{NAME}$", sentence.text[: match.start()])
    if names is None:
        return
    for named in name_list(sentence.text[: match.start()], names.start()):
        if person := _real(named.name, part):
            yield _fact(sentence, part, names.start(), match.end(), person, "died before", match["when"])
