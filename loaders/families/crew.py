"""Crew in the active voice: `D served as editor`, `E composed the score`, `The lyricists were F and G`."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import billing, lexicon, makers
from reelgraph.loaders.prose.crediting import (
    ELSEWHERE,
    OBJECTS,
    UNREAL,
    about_another,
    credited,
    distinct,
    is_lead,
    music_or_film,
)
from reelgraph.loaders.prose.makers import Maker
from reelgraph.loaders.prose.names import NAME, UPPER, NameTable
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact

CUES = frozenset(
    phrases(
        "served|acted|worked|functioned|credited|hired|signed|returned|appointed|doubled|directed|wrote|produced|"
        "edited|"
        "composed|scored|photographed|shot|co-wrote|co-directed|penned|scripted|helmed|handled|did|provided|created|"
        "designed|choreographed|was|were|is|are|("
    )
)
_SKIP = frozenset({"plot", "references", "related"})
#: The words without which a way to say a credit cannot stand in a sentence.
_SERVED_WORDS = frozenset(
    phrases(
        "served|acted|worked|functioned|credited|hired|brought|signed|chosen|appointed|announced|engaged|attached|"
        "selected|recruited|roped|returned|came|doubled"
    )
)
_BEING = frozenset({"was", "were", "is", "are"})
_ACTIVE_WORDS = frozenset(
    word
    for verb in phrases(
        "wrote|directed|produced|edited|composed|scored|photographed|shot|penned|scripted|created|did|handled|provided|"
        "helmed|designed|choreographed"
    )
    for word in (verb, f"co-{verb}")
)
_CITATION = re.compile(rf"\((?P<name>{NAME}), (?P<year>(?:19|20)\d\d)\)")
_BE_CREDITED = (
    r"(?:served|acted|worked|functioned|(?:was|were|is|are|being|been) (?:also )?(?:credited|hired|brought in|"
    r"signed(?: on)?|chosen|appointed|announced|brought on|engaged|attached|selected|recruited|roped in)|returned|"
    r"signed on|came on board|came aboard|doubled)"
)
_SERVED = re.compile(
    rf" (?:also |both |jointly |again )?{_BE_CREDITED} as (?:both )?(?:the |an? |one of the |its )?(?:film's |"
    rf"movie's |picture's |project's )?"
)
_AND_AS = re.compile(rf",? (?:and|while) (?P<name>{NAME})(?: served)? as (?:the )?(?:film's )?")
_RESPONSIBLE = re.compile(
    r" (?:was|were) responsible for the (?:film's )?(?:original |musical |background )?(?P<object>score|music|"
    r"cinematography|editing|choreography|soundtrack)\b|\b (?:composed|scored|wrote|provided) (?:the "
    r")?(?P<object2>music|score) for the (?:film|movie|soundtrack)\b"
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
_JOBS = (
    "director|producer|screenwriter|writer|composer|cinematographer|director of photography|editor|production designer"
)
_OPENING_TITLE = re.compile(r"(?P<job>Director|Cinematographer|Editor|Screenwriter) (?=[A-Z])")
_FILMS_OWN = re.compile(
    rf"\b[Tt]he (?:film|movie)'s (?P<job>{_JOBS}|costume designer|choreographer|art director),? (?=[A-Z])"
)
_OWN = frozenset({"film's", "movie's"})
_LABELS = {"direction": "director", "production": "producer", "art direction": "art director"}
_LABEL = re.compile(
    r"\b(?P<job>Direction|Director|Production|Producer|Screenplay|Script|Story|Dialogues?|Cinematography|"
    r"Cinematographer|"
    r"Photography|Camera|Music|Music Director|Score|Lyrics|Lyricist|Editing|Editor|Art Direction|Art Director|"
    r"Choreography|"
    r"Costumes|Costume Designer|Production Designer|Audiography|Executive Producer|Stunts): (?=[A-Z])|"
    r"\b(?P<other>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}): (?=[A-Z])"
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
_ACTIVE_OBJECTS = OBJECTS | {
    "cinematography": "cinematographer",
    "editing": "editor",
    "costumes": "costume designer",
    "sets": "production designer",
    "choreography": "choreographer",
}


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
    """Yield the credits that a sentence gives in the active voice."""
    if part.film is not None and sentence.section not in _SKIP and len(sentence.text) <= 1200:
        found = (_served_credits, _named_credits, _active_credits, _title_credits, _cited_director)
        yield from distinct(fact for find in found for fact in find(sentence, part))


def _served_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "A and B served as the film's editors", "C was the composer"."""
    pattern, _, jobs = _nouns()
    text = sentence.text
    for frame, words in ((_SERVED, _SERVED_WORDS), (_WAS, _BEING)):
        for match in frame.finditer(text) if words & sentence.words else ():
            job = pattern.match(text, match.end())
            if (
                job is None
                or UNREAL.search(text[max(0, match.start() - 60) : match.end()])
                or about_another(sentence, part)
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
                yield from credited(sentence, part, _subjects(text, match.start(), part.names), role, -1, job.end())
            if (more := _AND_AS.match(text, job.end())) and (other := pattern.match(text, more.end())):
                for role in jobs[other["job"].lower()].split(" + "):
                    yield from credited(
                        sentence,
                        part,
                        makers.read(text[: more.end("name")], more.start("name"), part.names),
                        role,
                        -1,
                        other.end(),
                    )


def _subjects(text: str, end: int, names: NameTable) -> list[Maker]:
    """Return the persons listed before a verb at `end`, also a single word that begins the clause."""
    found = [Maker(item.name, item.start, item.end, company=False) for item in billing.before(text, end, names)]
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
    yield from _labelled_credits(sentence, part)
    for match in named.finditer(sentence.text) if " the " in sentence.text or sentence.text.startswith("The ") else ():
        if (
            music_or_film(sentence, part)
            and not UNREAL.search(sentence.text[: match.start()][-60:])
            and not about_another(sentence, part)
        ):
            for role in jobs[match["job"].lower()].split(" + "):
                yield from credited(
                    sentence, part, makers.read(sentence.text, match.end(), part.names), role, match.start()
                )


def _labelled_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the crew of a run of labels: "Direction: A Music: B Editing: C"."""
    text = sentence.text
    labels = list(_LABEL.finditer(text)) if text.count(": ") > 1 else []
    jobs = _nouns()[2]
    for label, after in zip(labels, [*labels[1:], None], strict=True) if len(labels) > 1 else ():
        stop = after.start() if after else min(len(text), label.end() + 60)
        job = (label["job"] or "").lower()
        for role in (_LABELS.get(job) or jobs.get(job, "")).split(" + "):
            if role and label.end() < stop:
                yield from credited(
                    sentence, part, makers.read(text[:stop].rstrip(), label.end(), part.names), role, label.start()
                )


def _title_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "Director A said", "The film's cinematographer, B,": a job before a name where the film is made."""
    text = sentence.text
    if part.kind != "article" or sentence.section not in ("lead", "production", "music"):
        return
    jobs = _nouns()[2]
    owned = _FILMS_OWN.search(text) if not _OWN.isdisjoint(sentence.words) else None
    for match in (m for m in (_OPENING_TITLE.match(text), owned) if m and not about_another(sentence, part)):
        role = jobs.get(match["job"].lower(), "")
        names = makers.read(text, match.end(), part.names)[:1]
        if (
            role
            and names
            and " " in names[0].name
            and not names[0].company
            and not UNREAL.search(text[names[0].end :][:60])
        ):
            yield from credited(sentence, part, names, role, match.start())


def _active_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if not _ACTIVE_WORDS & sentence.words and "responsible" not in sentence.words:
        return
    patterns = (_ACTIVE, _LEAD_ACTIVE) if is_lead(sentence, part) else (_ACTIVE,)
    for match in _RESPONSIBLE.finditer(text):
        if not UNREAL.search(text[max(0, match.start() - 60) : match.start()]) and not about_another(sentence, part):
            role = _ACTIVE_OBJECTS[match["object"] or match["object2"]]
            yield from credited(sentence, part, _subjects(text, match.start(), part.names), role, -1, match.end())
    for match in (m for pattern in patterns for m in pattern.finditer(text)):
        found = _subjects(text, match.start(), part.names)
        if (
            not found
            or UNREAL.search(text[max(0, match.start() - 60) : match.start()])
            or ELSEWHERE.search(text[match.end() : match.end() + 25])
            or about_another(sentence, part)
        ):
            continue
        noun = match["object"].split()[-1] if match["object"] else ""
        roles = list(_VERBS.get(match["verb"], ()))
        if noun in _ACTIVE_OBJECTS:
            roles = [_ACTIVE_OBJECTS[noun]] if match["verb"] not in ("produced", "directed", "shot", "helmed") else []
        elif match["verb"] in ("did", "handled", "provided", "created", "designed", "choreographed"):
            roles = []
        for role in roles:
            yield from credited(sentence, part, found, role, -1, match.end())


def _cited_director(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the director of "Title (Name, 2013)", the way films are cited."""
    for match in _CITATION.finditer(sentence.text) if "(" in sentence.words else ():
        before = sentence.text[: match.start()].rstrip()
        title = next((m for m in part.film_pattern.finditer(before) if m.end() == len(before)), None)
        if title and (person := part.person(match["name"])):
            yield part.fact("credit", sentence.span(title.start(), match.end()), agent=person, role="director")
            yield part.fact("year", sentence.span(title.start(), match.end()), year=int(match["year"]))
