"""How the film was made: idea, script, photography, additional shooting, editing; and to whom it is dedicated."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.names import NAME, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset(
    "idea conceived draft script screenplay photography filming shooting scenes shot filmed dedicated editing rewriting animation developed announced began commenced completed wrapped "
    "production wrote writing inspired reshoots wrap finished started conceive development greenlit edit contributors".split()
)
_EVENTS = (
    ("additional shooting", r"\b(?:[Aa]dditional (?:scenes|filming|photography|shooting|footage)|[Nn]ew scenes|[Rr]e-?shoots?|[Pp]ick-?ups?)\b[^.;]{0,60}\b(?:shot|filmed|took place|were done|occurred|conducted|began|made)\b"),
    ("photography", r"\b(?:[Pp]rincipal [Pp]hotography|[Ff]ilming|[Ss]hooting|[Pp]roduction|[Tt]he (?:film|movie|shoot)) (?:on \S+(?: \S+){0,4} |for \S+(?: \S+){0,4} |of \S+(?: \S+){0,4} )?(?:officially |finally |originally |primarily |also )?(?:took place|began|commenced|started|lasted|occurred|was completed|wrapped(?: up)?|ended|concluded|finished|ran|was shot|was filmed|got underway|kicked off|resumed)\b|\b(?:was|were) (?:shot|filmed) (?:over|in|from|between|during|on)\b|\b[Ff]ilming (?:lasted|began)\b|\bbegan (?:principal photography|filming|shooting|production)\b"),
    ("script", r"\b(?:wrote|completed|finished|took [^.;]{3,30} to write|began writing|started writing|penned|working on|wrote the) (?:the |a |his |her |their )?(?:first |initial |second |early |final )?(?:draft|script|screenplay|write)\b|\b(?:first|initial) draft of the (?:script|screenplay)\b|\bto write the first draft\b"),
    ("idea", r"\b(?:conceived(?: (?:of )?the (?:idea|film|story|concept))?|came up with the idea|got the idea|had the idea|(?:the |[Tt]he )?(?:idea|concept)(?: (?:for|of|behind) the (?:film|movie|story))? (?:initially |first |originally )?(?:came|originated|began|started|dates))\b"),
    ("development", r"\b[Dd]evelopment (?:of|on|for) (?:the |this )?\w+(?: \w+){0,4} (?:began|started|commenced)\b|\b[Dd]evelopment (?:began|started|commenced)\b"),
    ("announcement", r"\b(?:film|project|movie|production|title|sequel) (?:was|were|had been) (?:officially |first |formally )?(?:announced|greenlit|green-lit|confirmed|revealed)\b|\b(?:announced|confirmed|revealed) (?:the|that (?:the|a)) (?:film|project|movie|production)\b|\bofficial announcement of the film\b"),
    ("editing", r"\b(?:cut (?:it|the film|the movie) down|[Pp]ost-production (?:began|took|started|was|lasted)|re-?edit(?:ed|ing)|edited (?:down|the film|the movie)|there was \"?rewriting)\b"),
)  # fmt: skip
_EVENT = tuple((name, re.compile(pattern)) for name, pattern in _EVENTS)
_DURATION = re.compile(r"\b(?:(?:in|took|over|lasted|for)(?: a period of| about| around| nearly| just| only| roughly| the course of)? )(?P<d>(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few)(?:[- ](?:and a half|half))?[- ](?:days?|weeks?|months?|years?))\b")
_DEDICATED = re.compile(r"\b(?:film|movie|it|picture|final film|documentary) (?:is|was|has been)(?: also)? dedicated to (?:the memory of |the late |both |the memories of |his |her |their )?(?:\w+ ){0,2}?(?=[A-Z])|\bdedicated the (?:film|movie) to (?:the memory of |the late |his |her )?(?:\w+ ){0,3}?(?=[A-Z])")
_DEVELOPED = re.compile(rf"\b(?:sequences?|scenes?|effects|graphics|animations?|games|interfaces?|titles|puppets|creatures?|models|costumes|sets|props|miniatures|illustrations|drawings|paintings)\b[^.;]{{0,40}}\b(?:were|was) (?P<verb>developed|created|designed|made|directed|animated|produced|provided|done|built|composed|handled|supervised) by (?:the )?(?P<job>[a-z]+(?: [a-z]+){{0,2}} )?(?P<name>{NAME})")
_CONTRIBUTORS = re.compile(rf"^(?P<names>(?:{NAME})(?:(?:, |,? and | & )(?:{NAME}))*) (?:was|were) the (?:major|main|principal|primary|key) (?:contributors?|composers?)\b")
_NEGATED = re.compile(r"\b(?:not|never|planned|was to|would|scheduled|set to|supposed|expected|hoped|intended|originally to|delayed|postponed|another film|previous film|sequel|prequel|television|series|soundtrack|album|musical|novel|trailer|poster|game)\b")
_SKIP = frozenset({"plot", "references", "related", "reception", "awards", "cast"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the steps of making, the dedications and the artists of single sequences."""
    text = sentence.text
    if part.film is None or part.kind != "article" or sentence.section in _SKIP or len(text) > 700:
        return
    yield from _dedications(sentence, part)
    yield from _artists(sentence, part)
    if _NEGATED.search(text) and not part.film_pattern.search(text) and "film" not in sentence.words:
        return
    found: set[str] = set()
    for name, pattern in _EVENT:
        match = pattern.search(text)
        if name == "photography" and (found & {"additional shooting", "development"} or "evelopment" in text[: match.end() if match else 0]):
            continue
        if match and _of_another(text, match, part):
            continue
        if match and not re.search(r"\b(?:not|never|was to|would|were to|planned to|scheduled to|set to|expected to|supposed to|intended to)\b[^.,;]{0,30}$", text[: match.end()][-70:]):
            if fact := _step(sentence, part, name, match):
                found.add(name)
                yield fact


_OBJECT = re.compile(r"(?:[Ff]ilming|[Ss]hooting|[Pp]hotography|[Pp]roduction|[Dd]evelopment|[Ii]dea) (?:for|of|on) (?P<o>[A-Z0-9][^,;]{1,60}?) (?:began|started|commenced|took|was|lasted|wrapped|came)")


def _of_another(text: str, match: re.Match[str], part: Part) -> bool:
    """Whether "filming of TITLE began" names another title than the film's."""
    found = _OBJECT.search(text)
    return bool(found and not part.film_pattern.fullmatch(found["o"].strip()))


def _step(sentence: Sentence, part: Part, name: str, match: re.Match[str]) -> Fact | None:
    text = sentence.text
    found = list(part.dates(sentence))
    if name == "photography" and not found and not _DURATION.search(text):
        return None
    after = [d for d in found if d.start > match.start() - 40]
    date = (after or found or [None])[0]  # type: ignore[list-item]
    person = _person(sentence, part, match) if name in ("idea", "script", "editing") else None
    if name in ("idea", "script", "editing") and person is None:
        return None
    if name == "idea" and part.film and date and date.has_year and int(date.value[:4]) > (part.film.year or 9999):
        return None
    duration = _DURATION.search(text)
    return part.fact(
        "production", sentence.span(), event=name, date=date.value if date else None, person=person, detail=_detail(text, name, match, duration),
    )  # fmt: skip


def _person(sentence: Sentence, part: Part, match: re.Match[str]) -> Ref | None:
    people = [full for full, start, _ in part.persons_in(sentence.text) if start < match.start() + 60]
    name = people[0] if people else sentence.topic
    return Ref("person", name) if name else None


def _detail(text: str, name: str, match: re.Match[str], duration: re.Match[str] | None) -> str | None:
    if name == "idea" and (source := re.search(r"\b(?:after (?:reading|seeing|watching|hearing|visiting)|when (?:he|she|they) (?:read|saw|watched|heard)|from|inspired by|based on)\s+(?P<s>[^.;]{5,160})", text[match.start() :])):
        return source[0].strip()
    if name == "editing":
        return text[match.start() : match.end() + 60].split(".")[0].strip()
    return duration["d"] if duration else None


def _dedications(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _DEDICATED.finditer(sentence.text):
        for named in name_list(sentence.text, match.end()):
            if " " in named.name:
                yield part.fact("dedication", sentence.span(match.start(), named.end), agent=part.agent(named.name))


def _artists(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _DEVELOPED.finditer(sentence.text):
        person = part.person(match["name"])
        job = (match["job"] or "").strip()
        if person and job:
            yield part.fact("credit", sentence.span(match.start(), match.end()), agent=person, role=job, detail=sentence.text[match.start() :].split(" were ")[0].split(" was ")[0])
    if match := _CONTRIBUTORS.match(sentence.text):
        previous = part.previous(sentence)
        if previous and re.search(r"\bscore\b|\bmusic\b", previous.text):
            for named in name_list(sentence.text, 0):
                owner = named.name
                if person := part.person(owner):
                    yield part.fact("credit", sentence.span(match.start(), match.end()), agent=person, role="composer", detail="major contributor")
