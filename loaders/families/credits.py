"""Crew and companies named behind "by": `directed by A and B`, `music by C`, `the lyrics were penned by D`."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon, makers
from reelgraph.loaders.prose.crediting import (
    ELSEWHERE,
    NOT_THE_FILM,
    OBJECTS,
    SUBJECT,
    UNREAL,
    about_another,
    about_film,
    credited,
    distinct,
    is_heard,
    is_lead,
    music_or_film,
)
from reelgraph.loaders.prose.names import UPPER, is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import Terms
from reelgraph.model import Fact

CUES = frozenset({"by", "credited", "director"})
_FROM_DIRECTOR = re.compile(
    r"\b(?:film|movie|picture|feature|project|drama|comedy|thriller) (?:from|by) (?:writer[- /]?(?:and )?)?director "
    r"(?=[A-Z])"
)
_SKIP = frozenset({"plot", "references", "related"})
#: What is written by somebody decides the job: "the lyrics were penned by".
_OBJECT_JOB = re.compile(
    r"\b(?P<what>lyrics?|dialogues?|screenplay|script|story|songs|score|music|soundtrack)(?: (?:of|for|in) the "
    r"(?:film|movie|songs|soundtrack))? (?:(?:was|were|is|are|has been|have been) )?(?:also |all )?$",
    re.IGNORECASE,
)
_WRITING = frozenset({"screenwriter", "composer", "creator"})
_NEED_SETS = frozenset({"designed", "created", "cut", "arranged", "conducted", "presented", "narrated"})
_MUSIC = frozenset(
    {
        "composer",
        "additional music",
        "lyricist",
        "orchestrator",
        "conductor",
        "songwriter",
        "music supervisor",
        "music producer",
    }
)
_DIRECT = frozenset(
    {
        "film",
        "a film",
        "a movie",
        "a picture",
        "director's cut",
        "production",
        "a production",
        "direction",
        "story",
        "song",
        "action",
        "effects",
        "hair",
        "words",
        "casting",
    }
)
#: Before "film" it is what a camera holds: "on 16 mm film by".
_STOCK = re.compile(r"(?:\d ?mm|\bon|[Cc]olou?r|\bwhite) $")
_SCRIPTS = frozenset({"screenplay", "script"})
_NOT_BEFORE = re.compile(
    r"\b(?:musical|stage|theatre|theatrical|art|voice|another|title|theme|short|based on (?:a|the)|from (?:a|the)|"
    r"original (?=story)|comic|additional|end credits|his|her|own|unused) $",
    re.IGNORECASE,
)


@cache
def _participles() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "participles") for w in row[1:]}
    one = rf"(?:{lexicon.alternation(table)})"
    return re.compile(
        rf"(?<![\w-])(?P<jobs>{one}(?:(?:, (?:and )?|,? and |/| & )(?:also |was |is )?{one})*)(?: (?:entirely|"
        rf"solely|jointly))? by (?=(?:[a-z-]+ ){{0,4}}[{UPPER}\"])",
        re.IGNORECASE,
    ), {k.lower(): v for k, v in table.items()}


@cache
def _by() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern for lower-cased text: "music was composed by"."""
    table = {w.lower(): row[0] for row in lexicon.rows("jobs", "by") for w in row}
    jobs = Terms(dict.fromkeys(table, "")).source
    done = "provided|given|composed|done|handled|written|co-written|created|credited|scored|designed|supplied|penned"
    return re.compile(
        rf"(?P<job>{jobs})(?: (?:for|of|in) (?:the|this) (?:film|movie|picture))?(?: (?:was|were|is|are))?(?P<done> "
        rf"(?:{done}))?(?:(?<= credited) to|,? by)(?= )"
    ), table


_SHOOTING = frozenset({"shot", "filmed", "photographed", "lensed"})
_SHOT = re.compile(
    r"\b(?:shot|filmed|photographed|lensed) (?:(?!by )[\w.,'-]+ ){0,13}?(?P<last>(?!by )[\w.,'-]+) by (?P<job>"
    r"cinematographer |director of photography |cameraman |lensman |DP |DoP )?(?=[A-Z])"
)
#: Behind these, a place or a year, "by" says who was at the camera; "in the house built by" says another thing.
_HOW = frozenset({"film", "white", "location", "stock", "digitally", "video", "weeks", "days"})
_ANOTHER_VERB = re.compile(r" (?:is|was|are|were|based|distributed|released|produced|owned|led|\w+[Cc]olor) ")
_SOURCE = re.compile(r"\b(?:short|the|a|his|her|based on) $|\bbased (?:up)?on\b[^,]*$")
_NAME_NEXT = re.compile(rf"(?: [a-z-]+){{0,4}} [{UPPER}\"]")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the credits behind "by" that a sentence gives for the film the part is about."""
    if part.film is not None and sentence.section not in _SKIP and len(sentence.text) <= 1200:
        found = (_participle_credits, _phrase_credits, _shot_somewhere)
        yield from distinct(fact for find in found for fact in find(sentence, part))


def _participle_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _participles()
    text = sentence.text
    for match in pattern.finditer(text):
        words = [
            w
            for j in re.split(r",? and |, | & |/", match["jobs"])
            if (w := re.sub(r"^(?:also|was|is|and) ", "", j).lower()) in jobs
        ]
        before = text[max(0, match.start() - 60) : match.start()]
        written = _OBJECT_JOB.search(before)
        if written and {jobs[w] for w in words} <= _WRITING:
            if music_or_film(sentence, part) and not UNREAL.search(before) and not about_another(sentence, part):
                yield from credited(
                    sentence,
                    part,
                    makers.read(text, match.end(), part.names),
                    OBJECTS[written["what"].lower()],
                    written.start("what") + max(0, match.start() - 60),
                )
            continue
        if NOT_THE_FILM.search(before) or not about_film(sentence, part, match.start()):
            refuse("credits", sentence, "not said of the film", max(0, match.start() - 60), match.end())
            continue
        roles = dict.fromkeys(role for w in words if w not in _NEED_SETS for role in jobs[w].split(" + "))
        found = makers.read(text, match.end(), part.names) if roles else []
        for role in roles:
            yield from credited(sentence, part, found, role, match.start())


def _phrase_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _by()
    text, lower = sentence.text, sentence.text.lower()
    if is_lead(sentence, part) and (made := _FROM_DIRECTOR.search(text)) and about_film(sentence, part, made.start()):
        yield from credited(sentence, part, makers.read(text, made.end(), part.names), "director", made.start())
    for match in (
        pattern.finditer(lower)
        if len(lower) == len(text) and ("by" in sentence.words or "credited" in sentence.words)
        else ()
    ):
        role, job = jobs[" ".join(match["job"].split())], match["job"]
        if (match.start() and lower[match.start() - 1] == "-") or not _NAME_NEXT.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 80) : match.start()]
        heard = not match["done"] and is_heard(job, sentence, part)
        if (
            heard
            or _is_other(job, role, before, done=bool(match["done"]))
            or not _is_said_of_film(sentence, part, job, role)
        ):
            continue
        for single in role.split(" + "):
            yield from credited(sentence, part, makers.read(text, match.end() + 1, part.names), single, match.start())


def _is_other(job: str, role: str, before: str, *, done: bool) -> bool:
    """Whether the words before a job show that it belongs to another work, or is no job of the film."""
    source = _NOT_BEFORE.search(before)
    if source and job in _SCRIPTS and re.search(r"from (?:a|the) $", before):
        source = None  # "directed by A from a screenplay by B"
    if (job in _DIRECT and done) or source or UNREAL.search(before) or (job == "film" and _STOCK.search(before)):
        return True
    if role in ("source author", "songwriter") or (job in _participles()[1] and not done):
        return True
    if job == "story" and _SOURCE.search(before) and not re.search(r"from an? $", before):
        return True
    return bool(ELSEWHERE.search(before[-50:])) and not SUBJECT.search(before)


def _is_said_of_film(sentence: Sentence, part: Part, job: str, role: str) -> bool:
    """Whether a sentence that names a job is about the film: early in an article, or with the film or its music."""
    if is_lead(sentence, part):
        return True
    music = (role in _MUSIC and sentence.section == "music") or (
        sentence.section == "production" and sentence.text.lower().removeprefix("the ").startswith(job)
    )
    return job not in _DIRECT and not about_another(sentence, part) and (part.mentions_film(sentence.text) or music)


def _shot_somewhere(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "shot in Wales by A", "filmed on 35 mm by cinematographer A"."""
    text = sentence.text
    for match in _SHOT.finditer(text) if not _SHOOTING.isdisjoint(sentence.words) else ():
        said = match["job"] or match["last"] in _HOW or not match["last"][0].islower()
        other = UNREAL.search(match[0]) or _ANOTHER_VERB.search(match[0])
        if said and not other and about_film(sentence, part, match.start()):
            found = [m for m in makers.read(text, match.end(), part.names) if match["job"] or is_person(m.name)]
            yield from credited(sentence, part, found, "cinematographer", match.start())
