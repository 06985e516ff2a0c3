"""Crew in the active voice: `D served as editor`, `E composed the score`, `The lyricists were F and G`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from reelgraph.loaders.prose import billing, crewwords, lexicon, makers
from reelgraph.loaders.prose.crediting import (
    ELSEWHERE,
    OUTSIDER,
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
        "charge|served|acted|worked|functioned|credited|hired|signed|returned|appointed|doubled|directed|wrote|produced|"
        "edited|"
        "composed|scored|photographed|shot|co-wrote|co-directed|penned|scripted|helmed|handled|did|provided|created|"
        "designed|choreographed|was|were|is|are|(|direction|director|producer|screenplay|cinematography|editing|editor"
    )
)
#: "Ann Lee, who supervised the music and (composed the score)".
_WHO = re.compile(rf"(?P<name>{NAME}), who(?: [a-z]+(?: [a-z]+){{0,5}} and)?$")
#: "Ann Lee, Weaver's then wife, (served as)".
_DESCRIBED = re.compile(rf"(?P<name>{NAME}), (?:[a-z]|[{UPPER}][\w'-]*'s )[^,.;]{{2,60}},$")
_OWNED = re.compile(r" the |^(?:The|His|Her|Its) |'s ")
_SKIP = frozenset({"plot", "references", "related"})


@cache
def _nouns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "nouns") for w in row}
    table = {w + "s": job for w, job in table.items() if not w.endswith("s")} | table
    job = rf"(?P<job>{lexicon.alternation(table)})(?![\w-])"
    named = (
        rf"(?:\b[Tt]he (?:film's |movie's )?|(?<=[a-z]'s )|(?<=\bHis )|(?<=\bHer )|(?<=\bIts ))"
        rf"{job}(?: (?:for|of|on) the (?:film|movie))? (?:was|were|is|are) (?=[{UPPER}])"
    )
    return re.compile(job, re.IGNORECASE), re.compile(named), {k.lower(): v for k, v in table.items()}


@cache
def _job_words() -> frozenset[str]:
    """Return the last words of the names of jobs: one of them is in every sentence that names a job."""
    return frozenset(name.rpartition(" ")[2] for name in _nouns()[2])


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the credits that a sentence gives in the active voice."""
    if part.film is not None and sentence.section not in _SKIP and len(sentence.text) <= 1200:
        found = (_served_credits, _named_credits, _active_credits, _title_credits, _cited_director)
        yield from distinct(fact for find in found for fact in find(sentence, part))


def _served_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "A and B served as the film's editors", "C was the composer"."""
    pattern, _, jobs = _nouns()
    text = sentence.text
    for frame, words in ((crewwords.SERVED, crewwords.SERVED_WORDS), (crewwords.WAS, crewwords.BEING)):
        for match in frame.finditer(text) if words & sentence.words else ():
            job = pattern.match(text, match.end())
            if (
                job is None
                or UNREAL.search(text[max(0, match.start() - 60) : match.end()])
                or about_another(sentence, part)
            ):
                continue
            tail = text[job.end() : job.end() + 40]
            if frame is crewwords.WAS and not re.match(
                r"(?:,| and|;|\.|$| for the film| of the film| on the film)", tail
            ):
                continue
            if re.match(
                r" (?:of|for|on|at|in) (?!the (?:film|movie|picture|production|project)|this|it\b)", tail
            ) and not part.film_pattern.search(tail):
                continue
            for role in _roles(text, job, jobs):
                yield from credited(sentence, part, _subjects(text, match.start(), part.names), role, -1, job.end())
            yield from _gapped_jobs(sentence, part, job.end())
            if (more := crewwords.AND_AS.match(text, job.end())) and (other := pattern.match(text, more.end())):
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
    if told := _WHO.search(text, max(0, end - 120), end):
        end = told.end("name")
    elif described := _DESCRIBED.search(text, max(0, end - 120), end):
        end = described.end("name")
    found = [Maker(item.name, item.start, item.end, company=False) for item in billing.before(text, end, names)]
    if (
        not found
        and (alone := re.search(rf"(?:^|; |, while )(?P<name>[{UPPER}][\w'-]{{2,}})$", text[:end]))
        and alone["name"].lower() not in lexicon.never_names()
    ):
        found = [Maker(alone["name"], alone.start("name"), end, company=False)]
    if len(found) > 1 and (told or text.endswith((" by ", " was ", " is "), 0, found[-1].start)):
        # "composed by A and B designed the sets", "the editor was A, and B did": the first is not the one
        found = found[:1]
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
    if _job_words().isdisjoint(sentence.words) or crewwords.BEING.isdisjoint(sentence.words):
        return
    for match in named.finditer(sentence.text) if _OWNED.search(sentence.text) else ():
        if (
            (sentence.section == "production" or music_or_film(sentence, part))
            and not UNREAL.search(sentence.text[: match.start()][-60:])
            and not about_another(sentence, part)
        ):
            for role in jobs[match["job"].lower()].split(" + "):
                yield from credited(
                    sentence, part, makers.read(sentence.text, match.end(), part.names), role, match.start()
                )
            yield from _gapped_jobs(sentence, part, match.end())


def _labelled_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the crew of a run of labels: "Direction: A Music: B Editing: C"."""
    text, jobs = sentence.text, _nouns()[2]
    labels = [_label(match, jobs) for match in crewwords.LABEL.finditer(text)] if text.count(": ") > 1 else []
    for (label, start, end), after in zip(labels, [*labels[1:], None], strict=True) if len(labels) > 1 else ():
        stop = after[1] if after else min(len(text), end + 60)
        for role in (crewwords.LABELS.get(label) or jobs.get(label, "")).split(" + "):
            if role and end < stop:
                yield from credited(sentence, part, makers.read(text[:stop].rstrip(), end, part.names), role, start)


def _label(match: re.Match[str], jobs: Mapping[str, str]) -> tuple[str, int, int]:
    """Return the label that some words before a colon end in, lower-cased, and where it begins and ends."""
    words = match["words"].split(" ")
    sizes = range(len(words), 0, -1)
    known = (n for n in sizes if (said := " ".join(words[-n:]).lower()) in jobs or said in crewwords.LABELS)
    alike = (n for n in sizes if all(word in crewwords.LABEL_WORDS for word in words[-n:-1]))
    label = " ".join(words[-next(known, 0) or -next(alike) :])
    return label.lower(), match.end("words") - len(label), match.end()


def _title_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "Director A said", "The film's cinematographer, B,": a job before a name where the film is made."""
    text = sentence.text
    if part.kind != "article" or sentence.section not in ("lead", "production", "music"):
        return
    jobs = _nouns()[2]
    owned = crewwords.FILMS_OWN.search(text) if not crewwords.OWN.isdisjoint(sentence.words) else None
    for match in (m for m in (crewwords.OPENING_TITLE.match(text), owned) if m and not about_another(sentence, part)):
        role = jobs.get(match["job"].lower(), "")
        names = makers.read(text, match.end(), part.names)[:1]
        if (
            role
            and names
            and " " in names[0].name
            and not names[0].company
            and not UNREAL.search(text[names[0].end :][:60])
            and not OUTSIDER.match(text, names[0].end)
        ):
            yield from credited(sentence, part, names, role, match.start())


def _active_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if not crewwords.ACTIVE_WORDS & sentence.words and not {"responsible", "charge"} & sentence.words:
        return
    told = sentence.section in ("lead", "production", "")
    patterns = [crewwords.ACTIVE]
    patterns += [crewwords.LEAD_ACTIVE] if is_lead(sentence, part) else []
    patterns += [crewwords.ALONE] if told and text.endswith("ed.") else []
    for match in crewwords.RESPONSIBLE.finditer(text):
        if not UNREAL.search(text[max(0, match.start() - 60) : match.start()]) and not about_another(sentence, part):
            role = crewwords.ACTIVE_OBJECTS[match["object"] or match["object2"]]
            yield from credited(sentence, part, _subjects(text, match.start(), part.names), role, -1, match.end())
    for match in (m for pattern in patterns for m in pattern.finditer(text)):
        found = _subjects(text, match.start(), part.names)
        if (
            not found
            or UNREAL.search(text[max(0, match.start() - 60) : match.start()])
            or ELSEWHERE.search(text[match.end() : match.end() + 25])
            or re.search(r"\boriginal (?:film|movie|picture)", match["object"])
            or (match["object"] == "it" and match["verb"] not in crewwords.OF_FILMS)
            or (match["verb"] == "shot" and crewwords.AT_A_PLACE.match(text, match.end()))
            or about_another(sentence, part)
        ):
            continue
        noun = next((n for n in _ends(match["object"]) if n in crewwords.ACTIVE_OBJECTS), "")
        roles = list(crewwords.VERBS.get(match["verb"], ()))
        if noun:
            roles = (
                [crewwords.ACTIVE_OBJECTS[noun]]
                if match["verb"] not in ("produced", "directed", "shot", "helmed")
                else []
            )
        elif match["verb"] in ("did", "handled", "provided", "created", "designed", "choreographed"):
            roles = []
        for role in roles:
            yield from credited(sentence, part, found, role, -1, match.end())
        yield from _and_it(sentence, part, found, match.end())
        yield from _gapped(sentence, part, match.end())
    yield from _who_also(sentence, part)


def _ends(words: str) -> tuple[str, str]:
    """Return the last two words and the last."""
    return " ".join(words.split()[-2:]), words.rpartition(" ")[2]


def _gapped(sentence: Sentence, part: Part, start: int) -> Iterator[Fact]:
    """Yield "(A designed the sets), B the costumes and C the music": the verb is said once."""
    for match in crewwords.GAPPED.finditer(sentence.text, start):
        maker = Maker(match["name"], match.start("name"), match.end("name"), company=False)
        yield from credited(sentence, part, [maker], crewwords.ACTIVE_OBJECTS[match["object"]], -1, match.end())


def _gapped_jobs(sentence: Sentence, part: Part, start: int) -> Iterator[Fact]:
    """Yield "(A was the cinematographer) and B the editor"."""
    jobs = _nouns()[2]
    for match in crewwords.GAPPED_JOB.finditer(sentence.text, start, start + 160):
        group, job = ("name", match["job"]) if match["name"] else ("name2", match["job2"])
        maker = Maker(match[group], match.start(group), match.end(group), company=False)
        yield from credited(sentence, part, [maker], jobs[job], match.start() + 2, match.end())


def _who_also(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "A, who also produced, ..."."""
    for match in crewwords.WHO_ALSO.finditer(sentence.text) if "who" in sentence.words else ():
        maker = Maker(match["name"], match.start("name"), match.end("name"), company=False)
        if part.names.person(maker.name) and not about_another(sentence, part):
            for role in crewwords.VERBS[match["verb"]]:
                yield from credited(sentence, part, [maker], role, -1, match.end())


def _and_it(sentence: Sentence, part: Part, subjects: list[Maker], end: int) -> Iterator[Fact]:
    """Yield "(wrote the script) and produced it with A and B", "(shot the film) and C edited it"."""
    text = sentence.text
    match = crewwords.AND_IT.search(text, end, end + 90)
    if match is None or ELSEWHERE.search(text[end : end + 180]):
        return
    found = makers.read(text[: match.end("who")], match.start("who"), part.names) if match["who"] else subjects
    for role in crewwords.VERBS[match["verb"]]:
        yield from credited(sentence, part, found, role, -1, match.end())
        if match["with"]:
            yield from credited(sentence, part, makers.read(text, match.end(), part.names), role, match.start("verb"))


def _cited_director(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the director of "Title (Name, 2013)", the way films are cited."""
    for match in crewwords.CITATION.finditer(sentence.text) if "(" in sentence.words else ():
        before = sentence.text[: match.start()].rstrip()
        title = next((m for m in part.film_pattern.finditer(before) if m.end() == len(before)), None)
        if title and (person := part.person(match["name"])):
            yield part.fact("credit", sentence.span(title.start(), match.end()), agent=person, role="director")
            yield part.fact("year", sentence.span(title.start(), match.end()), year=int(match["year"]))
