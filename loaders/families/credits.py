"""Crew from sentences: `directed by A and B`, `music by C`, `D served as editor`, `E composed the score`."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reelgraph.loaders.prose import billing, lexicon, makers
from reelgraph.loaders.prose.makers import Maker
from reelgraph.loaders.prose.names import NAME, UPPER, has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import Terms, phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "by|served|acted|worked|credited|directed|wrote|written|produced|edited|composed|scored|photographed|shot|"
        "director|producer|editor|composer|cinematographer|screenplay|music|cinematography|story|score|costume|"
        "hired|lyricist|lyricists|was|were|is|handled|returned|co-wrote|co-directed"
    )
)
_SKIP = frozenset({"plot", "references", "related"})
_CITATION = re.compile(rf"\((?P<name>{NAME}), (?P<year>(?:19|20)\d\d)\)")
_UNREAL = re.compile(
    r"\b(?:would(?: have)?|was to have|were to|originally (?:to be|set|planned|attached|offered|intended)|offered|"
    r"considered|turned down|declined|approached|refused|in talks|if|might|could(?: have)?|wanted|"
    r"hoped|replaced|instead of|dropped out|left the project|uncredited|never|not|unused|unproduced|rejected|"
    r"proposed|cancelled|planned to|early (?:script|draft|screenplay))\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:remake|remade|sequels?|series|novels?|novella|books?|songs?|soundtrack album|video game|stage|plays?|"
    r"musical version|television|TV|documentary about|adaptation of|earlier film|previous film|first film|original "
    r"film|"
    r"original version|short stor(?:y|ies)|short film|trailer|album|spin-off|prequel|poster|opera|music video|game|"
    r"radio|restag\w+|staged|reboot|dub|dubbed|dubbing|restoration|comics?|manga|episode|miniseries|article|essay|"
    r"another film|other films?|films such as|documentary on|making-of|commercial|pilot|novelization|theme|track|"
    r"poem|memoir|award|featurette|Broadway)\b"
)
_SUBJECT = re.compile(
    r"\b(?:[Ii]t|(?:[Tt]he|[Tt]his) (?:\w+ )?(?:film|movie|picture|feature|production|short|documentary|thriller|"
    r"comedy|drama|adaptation))(?:,? (?:also|\w+ly))?,? (?:(?:was|is|were|has been|had been) )?(?:(?:also|both|"
    r"\w+ly) )?$"
)
_FILM_SUBJECT = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (?:\w+ )?(?:film|movie|picture|feature|production)\b|\b[Ii]t (?:was|is)\b|\b(?:[Ii]ts|"
    r"film's|movie's)\s|^Parts? of\b|^\W*It\b(?! (?:has|had) )"
)
_OPENS = re.compile(
    r"^\W*(?:Directed|Written|Produced|Co-written|Co-directed|Co-produced|Starring|Shot|Filmed|Distributed|"
    r"Photographed|Edited|Scored|Composed|Adapted|Based|Scripted|Penned)\b"
)
_OTHER_TITLE = re.compile(r"\((?:19|20)\d\d\)[\"'),]* (?:and |also |which |was |were |, )*$")
_NOT_THE_FILM = re.compile(
    r"\b(?:novel|book|story|play|screenplay|songs?|script|characters?|series|lyrics?|comic|poem|article|memoir|"
    r"manga|musical|opera|house|building|costume|poster|theme|text|letter|statement|report|review|list|"
    r"album|tracks?|single|dialogues?|study|essay|sketch|cartoon|scene|sequence|sequences|scenes|wardrobe|dresses|"
    r"suits?|sets?|titles?)s? (?:of the same (?:name|title) |were |was |are |is )?(?:also )?$"
)
#: What is written by somebody decides the job: "the lyrics were penned by".
_OBJECT_JOB = re.compile(
    r"\b(?P<what>lyrics?|dialogues?|screenplay|script|story|songs|score|music|soundtrack)(?: (?:of|for|in) the "
    r"(?:film|movie|songs|soundtrack))? (?:(?:was|were|is|are|has been|have been) )?(?:also |all )?$",
    re.IGNORECASE,
)
_OBJECTS = {
    "lyric": "lyricist",
    "lyrics": "lyricist",
    "dialogue": "dialogue writer",
    "dialogues": "dialogue writer",
    "screenplay": "screenwriter",
    "script": "screenwriter",
    "story": "story by",
    "songs": "songwriter",
    "score": "composer",
    "music": "composer",
    "soundtrack": "composer",
}
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
_NOT_BEFORE = re.compile(
    r"\b(?:musical|stage|theatre|theatrical|art|voice|another|title|theme|short|based on (?:a|the)|from (?:a|the)|"
    r"original (?=story)|comic|additional|end credits|his|her|own|unused) $",
    re.IGNORECASE,
)
_BE_CREDITED = r"(?:served|acted|worked|functioned|(?:was|were|is|are|being|been) (?:also )?(?:credited|hired|brought in|signed(?: on)?|chosen|appointed|announced|brought on|engaged|attached|selected|recruited|roped in)|returned|signed on|came on board|came aboard|doubled)"
_SERVED = re.compile(
    rf" (?:also |both |jointly |again )?{_BE_CREDITED} as (?:both )?(?:the |an? |one of the |its )?(?:film's |"
    rf"movie's |picture's |project's )?"
)
_WAS = re.compile(r" (?:was|were|is|are) (?:also )?the (?:film's |movie's )?(?=[a-z])")
_ACTIVE = re.compile(
    r" (?:also |both |jointly |co-)?(?P<verb>wrote and directed|wrote, produced,? and directed|directed and "
    r"produced|produced and directed|directed|wrote|co-wrote|co-directed|produced|edited|composed|scored|"
    r"photographed|shot|penned|scripted|created|did|handled|provided|helmed|wrote and produced|designed|"
    r"choreographed)"
    r"(?: and (?P<verb2>directed|produced|edited|scored|performed|composed))? (?P<object>(?:all )?(?:the |its "
    r")(?:film's |movie's |original |musical |background |film |entire |final )*(?:film|movie|picture|screenplay|"
    r"script|score|music|soundtrack|songs|lyrics|story|dialogues?|cinematography|editing|sets|costumes|"
    r"choreography)\b)(?!'s)"
)
_LEAD_ACTIVE = re.compile(
    r" (?P<verb>directed|co-directed|produced|edited|photographed)(?P<object>)(?P<verb2>)(?= and (?:the |[A-Z])|\.$|"
    r", and [A-Z]| from (?:a|the|his|her) )"
)
_VERBS = {
    "wrote and directed": ("screenwriter", "director"),
    "wrote, produced and directed": ("screenwriter", "producer", "director"),
    "wrote, produced, and directed": ("screenwriter", "producer", "director"),
    "directed and produced": ("director", "producer"),
    "produced and directed": ("director", "producer"),
    "wrote and produced": ("screenwriter", "producer"),
    "directed": ("director",),
    "co-directed": ("director",),
    "helmed": ("director",),
    "wrote": ("screenwriter",),
    "co-wrote": ("screenwriter",),
    "penned": ("screenwriter",),
    "scripted": ("screenwriter",),
    "produced": ("producer",),
    "edited": ("editor",),
    "composed": ("composer",),
    "scored": ("composer",),
    "photographed": ("cinematographer",),
    "shot": ("cinematographer",),
}
_ACTIVE_OBJECTS = _OBJECTS | {
    "cinematography": "cinematographer",
    "editing": "editor",
    "costumes": "costume designer",
    "sets": "production designer",
    "choreography": "choreographer",
}
_NO_CREDIT = frozenset({"actor", "voice actor", "playback singer", "singer", "musician"})
_COMPANY_ROLES = {
    "producer": "production company",
    "co-producer": "co-production company",
    "distributor": "distributor",
    "presenter": "presenting company",
    "animator": "animation studio",
    "visual effects": "visual effects company",
    "special effects": "visual effects company",
}
_BANDS = frozenset({"composer", "additional music"})


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
    jobs = Terms(dict.fromkeys(table, ""), ignore_case=True).source
    done = "provided|composed|done|handled|written|co-written|created|credited|scored|designed|supplied|penned"
    return re.compile(
        rf"(?P<job>{jobs})(?: (?:for|of|in) (?:the|this) (?:film|movie|picture))?(?: (?:was|were|is|are))?(?P<done> "
        rf"(?:{done}))?(?:(?<= credited) to| by)(?= )"
    ), table


_NAME_NEXT = re.compile(rf"(?: [a-z-]+){{0,4}} [{UPPER}\"]")


@cache
def _nouns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "nouns") for w in row}
    table = {w + "s": job for w, job in table.items() if not w.endswith("s")} | table
    job = rf"(?P<job>{lexicon.alternation(table)})(?![\w-])"
    named = (
        rf"\b[Tt]he (?:film's |movie's )?{job}(?: (?:for|of|on) the (?:film|movie))? (?:was|were|is|are) (?=[{UPPER}])"
    )
    return re.compile(job, re.IGNORECASE), re.compile(named), {k.lower(): v for k, v in table.items()}


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the credits a sentence gives for the film the part is about."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 1200:
        return
    seen: set[tuple[str, str]] = set()
    for found in (
        _participle_credits,
        _phrase_credits,
        _served_credits,
        _named_credits,
        _active_credits,
        _cited_director,
    ):
        for fact in found(sentence, part):
            key = (str(fact.fields.get("agent") or fact.fields.get("company")), str(fact.fields.get("role")))
            if key not in seen:
                seen.add(key)
                yield fact


def _is_lead(sentence: Sentence, part: Part) -> bool:
    return part.kind == "article" and (sentence.section == "lead" or sentence.index < 4)


def _about_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether what stands at `position` is said of the part's film: by the subject of its clause."""
    text = sentence.text
    clause = text[text.rfind("; ", 0, position) + 1 : position]
    first = sentence.index == 0 and part.kind == "article"
    if _UNREAL.search(clause[-80:]) or _OTHER_TITLE.search(clause[-40:]):
        return False
    if first or (_SUBJECT.search(clause) and not _about_another(sentence, part)):
        return not _NOT_THE_FILM.search(clause[-40:])
    if _ELSEWHERE.search(clause[-80:]):
        subject = re.match(r"\W*(?:It|The (?:film|movie|picture))\b", clause) or part.film_pattern.match(
            clause.lstrip()
        )
        return bool(
            subject
            and re.search(r"(?:,|\band)(?: (?:was|is))? ?$", clause)
            and not re.search(r"\b(?:which|that|whose|who|titled|called|entitled)\b", clause[-80:])
        )
    if part.film_pattern.search(clause) or _FILM_SUBJECT.search(clause):
        return not _about_another(sentence, part)
    return (
        bool(_OPENS.match(clause + text[position : position + 14]))
        and not _about_another(sentence, part)
        and (_is_lead(sentence, part) or part.mentions_film(text))
    )


def _about_another(sentence: Sentence, part: Part) -> bool:
    """Whether "it" or "the film" means another work: the sentence before tells of a remake or a sequel."""
    before = part.previous(sentence)
    told = " ".join(s.text for s in (before, sentence) if s)
    other = re.search(
        r"\b(?:remade|remake|sequel|prequel|reboot|spin-off|stage (?:version|adaptation|musical)|musical version|"
        r"adapted (?:into|as)|restaged|short film|follow-up|television (?:series|film|adaptation)|dubbed|dub|"
        r"dubbing|English[- ]language (?:version|release|dub)|original version)\b",
        told,
    )
    own = sentence.index < 3 and not re.search(r"\b(?:sequel|remake|follow-up),? [A-Z\"]", told)
    return other is not None and not own and not part.film_pattern.search(sentence.text[:60])


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
        if written and set(jobs[w] for w in words) <= _WRITING:
            if _music_or_film(sentence, part) and not _UNREAL.search(before) and not _about_another(sentence, part):
                yield from _credits(
                    sentence,
                    part,
                    makers.read(text, match.end(), part.names),
                    _OBJECTS[written["what"].lower()],
                    written.start("what") + max(0, match.start() - 60),
                )
            continue
        if _NOT_THE_FILM.search(before) or not _about_film(sentence, part, match.start()):
            continue
        roles = dict.fromkeys(role for w in words if w not in _NEED_SETS for role in jobs[w].split(" + "))
        found = makers.read(text, match.end(), part.names) if roles else []
        for role in roles:
            yield from _credits(sentence, part, found, role, match.start())


def _music_or_film(sentence: Sentence, part: Part) -> bool:
    return _is_lead(sentence, part) or sentence.section == "music" or part.mentions_film(sentence.text)


def _phrase_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _by()
    text, lower = sentence.text, sentence.text.lower()
    for match in (
        pattern.finditer(lower)
        if len(lower) == len(text) and ("by" in sentence.words or "credited" in sentence.words)
        else ()
    ):
        role, job = jobs[" ".join(match["job"].split())], match["job"]
        if match.start() and lower[match.start() - 1] == "-" or not _NAME_NEXT.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 80) : match.start()]
        if (
            (job in _DIRECT and match["done"])
            or _NOT_BEFORE.search(before)
            or _UNREAL.search(before)
            or role in ("source author", "songwriter")
        ):
            continue
        if job in _participles()[1] and not match["done"]:
            continue
        if role == "story by" and (
            job == "story"
            and re.search(r"\b(?:short|the|a|his|her|based on) $|\bbased (?:up)?on\b[^,]*$", before)
            and not re.search(r"from an? $", before)
        ):
            continue
        if _ELSEWHERE.search(before[-50:]) and not _SUBJECT.search(before):
            continue
        if job in _DIRECT and not _is_lead(sentence, part):
            continue
        if not _is_lead(sentence, part) and (
            _about_another(sentence, part)
            or not (part.mentions_film(text) or (role in _MUSIC and sentence.section == "music"))
        ):
            continue
        for single in role.split(" + "):
            yield from _credits(sentence, part, makers.read(text, match.end() + 1, part.names), single, match.start())


def _served_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "A and B served as the film's editors", "C was the composer"."""
    pattern, _, jobs = _nouns()
    text = sentence.text
    for frame in (_SERVED, _WAS):
        for match in frame.finditer(text):
            job = pattern.match(text, match.end())
            if (
                job is None
                or _UNREAL.search(text[max(0, match.start() - 60) : match.end()])
                or _about_another(sentence, part)
            ):
                continue
            tail = text[job.end() : job.end() + 40]
            if frame is _WAS and not re.match(r"(?:,| and|;|\.|$| for the film| of the film| on the film)", tail):
                continue
            if re.match(
                r" (?:of|for|on|at|in) (?!the (?:film|movie|picture|production|project)|this|it\b)", tail
            ) and not part.film_pattern.search(tail):
                continue
            for role in _roles(text, job, jobs):
                yield from _credits(sentence, part, _subjects(text, match.start()), role, -1, job.end())


def _subjects(text: str, end: int) -> list[Maker]:
    """Return the persons listed before a verb at `end`, also a single word that begins the clause."""
    found = [Maker(item.name, item.start, item.end, company=False) for item in billing.before(text, end)]
    if (
        not found
        and (alone := re.search(rf"(?:^|; |, while )(?P<name>[{UPPER}][\w'-]{{2,}})$", text[:end]))
        and alone["name"].lower() not in lexicon.never_names()
    ):
        found = [Maker(alone["name"], alone.start("name"), end, company=False)]
    return found[::-1]


def _roles(text: str, first: re.Match[str], jobs: dict[str, str]) -> Iterator[str]:
    """Yield the jobs of "served as editor and producer"."""
    yield from jobs[first["job"].lower()].split(" + ")
    more = re.match(r",? and (?:as )?(?:the )?", text[first.end() :])
    if more and (second := _nouns()[0].match(text, first.end() + more.end())):
        yield from jobs[second["job"].lower()].split(" + ")


def _named_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "The lyricists were A and B"."""
    _, named, jobs = _nouns()
    for match in named.finditer(sentence.text) if " the " in sentence.text or sentence.text.startswith("The ") else ():
        if (
            _music_or_film(sentence, part)
            and not _UNREAL.search(sentence.text[: match.start()][-60:])
            and not _about_another(sentence, part)
        ):
            for role in jobs[match["job"].lower()].split(" + "):
                yield from _credits(
                    sentence, part, makers.read(sentence.text, match.end(), part.names), role, match.start()
                )


def _active_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    patterns = (_ACTIVE, _LEAD_ACTIVE) if _is_lead(sentence, part) else (_ACTIVE,)
    for match in (m for pattern in patterns for m in pattern.finditer(text)):
        found = _subjects(text, match.start())
        if (
            not found
            or _UNREAL.search(text[max(0, match.start() - 60) : match.start()])
            or _ELSEWHERE.search(text[match.end() : match.end() + 25])
            or _about_another(sentence, part)
        ):
            continue
        noun = match["object"].split()[-1] if match["object"] else ""
        roles = list(_VERBS.get(match["verb"], ()))
        if noun in _ACTIVE_OBJECTS:
            roles = [_ACTIVE_OBJECTS[noun]] if match["verb"] not in ("produced", "directed", "shot", "helmed") else []
        elif match["verb"] in ("did", "handled", "provided", "created", "designed", "choreographed"):
            roles = []
        for role in roles:
            yield from _credits(sentence, part, found, role, -1, match.end())


def _cited_director(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the director of "Title (Name, 2013)", the way films are cited."""
    for match in _CITATION.finditer(sentence.text) if "(" in sentence.words else ():
        before = sentence.text[: match.start()].rstrip()
        title = next((m for m in part.film_pattern.finditer(before) if m.end() == len(before)), None)
        if title and (person := part.person(match["name"])):
            yield part.fact("credit", sentence.span(title.start(), match.end()), agent=person, role="director")
            yield part.fact("year", sentence.span(title.start(), match.end()), year=int(match["year"]))


def _credits(
    sentence: Sentence, part: Part, found: Iterable[Maker], role: str, start: int, end: int = 0
) -> Iterator[Fact]:
    """Yield the facts of a list of makers; companies get the company's role where there is one."""
    if role in _NO_CREDIT:
        return
    for maker in found:
        if part.film_pattern.fullmatch(maker.name):
            return
        span = sentence.span(maker.start if start < 0 else start, max(end, maker.end))
        company = maker.company or _known_company(maker.name, part)
        if company and role not in _BANDS:
            if mapped := _COMPANY_ROLES.get(role):
                yield part.fact("company", span, company=Ref("organization", maker.name), role=mapped)
            continue
        person = part.names.person(maker.name, sentence.start + maker.start)
        if company:
            yield part.fact("credit", span, agent=Ref("organization", maker.name), role=role)
        elif person or has_person_shape(maker.name) or (" " not in maker.name and _mononym(maker.name)):
            yield part.fact(
                "credit",
                span,
                agent=Ref("person", person if person and not is_organisation(person) else maker.name),
                role=role,
            )


def _mononym(name: str) -> bool:
    return (
        len(name) > 2
        and name.lower() not in lexicon.never_names()
        and not name.isupper()
        and not lexicon.language(name)
        and "-based" not in name
    )


def _known_company(name: str, part: Part) -> bool:
    """Whether the text names a company that begins with `name` ("Happy Road" and "Happy Road Productions")."""
    at = part.view.find(name + " ", part.start, part.end)
    while at >= 0:
        following = part.view[at + len(name) + 1 : at + len(name) + 16]
        if re.match(r"(?:Productions?|Pictures|Films|Entertainment|Studios?|Media)\b", following):
            return True
        at = part.view.find(name + " ", at + 1, part.end)
        if at - part.start > 200_000:
            return False
    return False
