"""Crew and companies from sentences: `directed by A and B`, `music by C`, `D served as editor`, `distributed by E`."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, UPPER, Named, clean, has_person_shape, is_organisation, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref, Span

_SKIP = frozenset({"plot", "references", "related"})
_COMPANY = rf"(?:[{UPPER}0-9][\w'’.&+/-]*|(?<= )(?:of|de|la|du|des|der|für|and|&|i|et)(?= [{UPPER}]))(?: (?:[{UPPER}0-9][\w'’.&+/-]*|(?:of|de|la|du|des|der|für|&|i|et)(?= [{UPPER}])))*"
_CITATION = re.compile(rf"\((?P<name>{NAME}), (?P<year>(?:19|20)\d\d)\)")
_UNREAL = re.compile(r"\b(?:would have|was to have|were to|originally (?:to be|set|planned|attached|offered|intended)|offered|considered|turned down|declined|approached|refused|in talks|if |might|could have|wanted|hoped|replaced|was replaced|instead of|dropped out|left the project|uncredited rewrite|never)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:remake|remade|sequel|series|novel|book|song|songs|soundtrack album|video game|stage|play|musical version|television|TV|documentary about|adaptation|earlier film|previous film|original film|short film|trailer|album|spin-off|prequel|poster|opera|music video|game|radio)\b")


@cache
def _participles() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "participles") for w in row[1:]} | {row[1]: row[0] for row in lexicon.rows("jobs", "participles") if len(row) > 1}
    words = lexicon.alternation(table)
    one = rf"(?:{words})"
    return re.compile(rf"(?<![\w-])(?P<jobs>{one}(?:(?:, (?:and )?|,? and |/| & )(?:also )?{one})*) by (?=(?:the )?[{UPPER}])", re.IGNORECASE), {k.lower(): v for k, v in table.items()}


@cache
def _by() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "by") for w in row}
    return re.compile(rf"(?<![\w-])(?P<job>{lexicon.alternation(table)})(?: (?:for|of|in) (?:the|this) (?:film|movie|picture))?(?: (?:was|were|is|are))?(?: (?:provided|composed|done|handled|written|created|performed|credited|scored|designed|supplied))?(?:(?<= credited) to| by)(?=(?: the)? [{UPPER}])", re.IGNORECASE), {k.lower(): v for k, v in table.items()}


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {w: row[0] for row in lexicon.rows("jobs", "nouns") for w in row}
    plural = {w + "s": job for w, job in table.items() if not w.endswith("s")}
    table = plural | table
    return re.compile(rf"(?<![\w-])(?P<job>{lexicon.alternation(table)})(?![\w-])", re.IGNORECASE), {k.lower(): v for k, v in table.items()}


@cache
def _companies() -> dict[str, str]:
    return {w.lower(): row[0] for row in lexicon.rows("jobs", "companies") for w in row}


_SERVED = re.compile(rf"(?P<names>{NAME}(?:(?:, |,? and | & ){NAME})*) (?:also )?(?:served|acted|worked|was credited|were credited|is credited|are credited|was hired|were hired|was brought in|was signed(?: on)?|was chosen|was appointed|returned|was announced) (?:as )(?:the |an? |one of the )?(?:film's |film’s |movie's |picture's )?")
_WAS = re.compile(rf"(?P<names>{NAME}(?:(?:, |,? and | & ){NAME})*) (?:was|were|is|are) (?:the )(?:film's |film’s |movie's )?")
_SERVED_CUE = re.compile(r" (?:served|acted|worked|credited|hired|brought in|signed|signed on|chosen|appointed|returned|announced) as ")
_WAS_CUE = re.compile(r" (?:was|were|is|are) the (?:film's |movie's )?[a-z]")
_WROTE_CUE = re.compile(r" (?:wrote|directed|co-wrote|co-directed|produced|edited|composed|scored|photographed|shot)(?: and \w+)? the ")
_WROTE = re.compile(rf"(?P<name>{NAME}) (?P<verb>wrote and directed|directed|wrote|co-wrote|co-directed|produced|edited|composed|scored|photographed|shot) (?:and (?P<verb2>directed|produced|edited|scored) )?(?P<object>the (?:film|movie|screenplay|script|picture|score|film's score|music|soundtrack|background score)\b)")
_ACTIVE = {"wrote and directed": ("screenwriter", "director"), "directed": ("director",), "co-directed": ("director",), "wrote": ("screenwriter",), "co-wrote": ("screenwriter",), "produced": ("producer",), "edited": ("editor",), "composed": ("composer",), "scored": ("composer",), "photographed": ("cinematographer",), "shot": ("cinematographer",)}  # fmt: skip
_ACTIVE_OBJECT = {"screenplay": "screenwriter", "script": "screenwriter", "score": "composer", "music": "composer", "soundtrack": "composer"}

CUES = frozenset(
    "by served acted worked credited directed wrote written produced edited composed scored photographed shot distributed distribution director producer editor composer cinematographer "
    "screenplay music cinematography story score costume hired".split()
)  # fmt: skip


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the credits a sentence gives for the film the part is about."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 900:
        return
    seen: set[tuple[str, str]] = set()
    for found in (_participle_credits, _phrase_credits, _served_credits, _active_credits, _cited_director):
        for fact in found(sentence, part):
            key = (str(fact.fields.get("agent") or fact.fields.get("company")), str(fact.fields.get("role")))
            if key not in seen:
                seen.add(key)
                yield fact


def _about_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether the clause before `position` is about the part's film, by its subject."""
    clause = _clause(sentence.text, position)
    if sentence.index == 0 and part.kind == "article":
        return not _UNREAL.search(clause)
    if _UNREAL.search(clause) or _ELSEWHERE.search(clause[-80:]):
        return False
    return bool(part.film_pattern.search(clause) or re.search(r"\b(?:[Tt]he|[Tt]his) (?:film|movie|picture|feature|production)\b|\b[Ii]t (?:was|is)\b|^(?:Directed|Written|Produced|Starring|Shot|Filmed|Distributed)\b|\b(?:[Ii]ts|film's) ", clause))


def _clause(text: str, position: int) -> str:
    start = max(text.rfind("; ", 0, position), text.rfind(". ", 0, position)) + 1
    return text[start:position].strip() or text[start : position + 12]


def _participle_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _participles()
    text = sentence.text
    for match in pattern.finditer(text):
        if not _about_film(sentence, part, match.start() + len(match["jobs"])):
            continue
        if re.search(r"\b(?:novel|book|story|play|screenplay|songs?|script|characters?|series|lyrics?|comic|poem|article|memoir) (?:of the same name )?$", text[max(0, match.start() - 40) : match.start()]):
            continue
        roles = dict.fromkeys(jobs[j.lower()] for j in re.split(r",? and |, | & |/", re.sub(r"\balso ", "", match["jobs"])) if j.lower() in jobs)
        agents = _agents(text, match.end(), part)
        for role in (r for value in roles for r in value.split(" + ")):
            yield from _credits(sentence, part, agents, role, match.start())


def _phrase_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _by()
    for match in pattern.finditer(sentence.text):
        role = jobs[match["job"].lower()]
        clause = _clause(sentence.text, match.start())
        if _UNREAL.search(clause[-80:]) or _ELSEWHERE.search(clause[-60:]):
            continue
        if sentence.section not in ("lead", "production", "music", "") and not part.mentions_film(sentence.text):
            continue
        for single in role.split(" + "):
            yield from _credits(sentence, part, _agents(sentence.text, match.end(), part), single, match.start())


def _served_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    pattern, jobs = _nouns()
    for frame, cue in ((_SERVED, _SERVED_CUE), (_WAS, _WAS_CUE)):
        if not cue.search(sentence.text):
            continue
        for match in frame.finditer(sentence.text):
            job = pattern.match(sentence.text, match.end())
            if job is None or _UNREAL.search(sentence.text[max(0, match.start() - 60) : match.end()]):
                continue
            tail = sentence.text[job.end() : job.end() + 40]
            if frame is _WAS and not re.match(r"(?:,| and|\.|$| for the film| of the film| on the film)", tail):
                continue
            if re.match(r" (?:of|for|on|at) (?!the (?:film|movie|picture|production)|this)", tail) and not part.film_pattern.search(tail):
                continue
            agents = [Named(n.name, n.start, n.end) for n in name_list(sentence.text, match.start())]
            for role in _roles(sentence.text, job, jobs):
                yield from _credits(sentence, part, agents, role, match.start(), job.end())


def _roles(text: str, first: re.Match[str], jobs: dict[str, str]) -> Iterator[str]:
    """Yield the jobs of "served as editor and producer"."""
    yield from jobs[first["job"].lower()].split(" + ")
    more = re.match(r",? and (?:as )?(?:the )?", text[first.end() :])
    if more and (second := _nouns()[0].match(text, first.end() + more.end())):
        yield from jobs[second["job"].lower()].split(" + ")


def _active_credits(sentence: Sentence, part: Part) -> Iterator[Fact]:
    if not _WROTE_CUE.search(sentence.text):
        return
    for match in _WROTE.finditer(sentence.text):
        if _UNREAL.search(sentence.text[max(0, match.start() - 60) : match.start()]) or _ELSEWHERE.search(sentence.text[match.end() : match.end() + 25]):
            continue
        person = part.person(match["name"])
        if person is None:
            continue
        roles = list(_ACTIVE[match["verb"]])
        noun = match["object"].split()[-1]
        if noun in _ACTIVE_OBJECT:
            roles = [_ACTIVE_OBJECT[noun]] if match["verb"] not in ("produced", "edited", "shot", "directed") else []
        for role in roles:
            yield part.fact("credit", sentence.span(match.start(), match.end()), agent=person, role=role)


def _cited_director(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the director of "Title (Name, 2013)", the way films are cited."""
    for match in _CITATION.finditer(sentence.text):
        before = sentence.text[: match.start()].rstrip()
        title = next((m for m in part.film_pattern.finditer(before) if m.end() == len(before)), None)
        if title and (person := part.person(match["name"])):
            yield part.fact("credit", sentence.span(title.start(), match.end()), agent=person, role="director")
            yield part.fact("year", sentence.span(title.start(), match.end()), year=int(match["year"]))


def _agents(text: str, position: int, part: Part) -> list[Named]:
    """Return the persons and companies listed from `position` on."""
    found: list[Named] = []
    cursor = position
    while cursor < len(text) and len(found) < 12:
        cursor += len(re.match(r"\s*(?:the |both |director |producer |writer |screenwriter |composer |its |newcomer |first-time director |debutant |siblings |brothers |husband and wife )*", text[cursor:])[0])  # type: ignore[index]
        person = re.compile(NAME).match(text, cursor)
        company = re.compile(_COMPANY).match(text, cursor)
        match = person
        if company and (person is None or is_organisation(company[0]) or (company.end() > person.end() and not has_person_shape(person[0]))):
            match = company
        if match is None or len(match[0]) < 2:
            break
        name = re.sub(r"(?<=\w)'s$", "", match[0].strip(" ,"))
        if part.film_pattern.fullmatch(clean(name)):
            break
        found.append(Named(clean(name), cursor, cursor + len(name)))
        if match[0].endswith("'s") or text.startswith("'s", match.end()):
            found.pop()
            break
        cursor = match.end()
        separator = re.match(r"(?:, and |, | and | & |/)(?=(?:the |director |producer )?[A-Z])", text[cursor:])
        if separator is None:
            break
        cursor += separator.end()
    return found


_CAST_ROLES = frozenset({"actor", "voice actor", "playback singer"})
_COMPANY_ROLES = {"producer": "production company", "distributor": "distributor", "director": "", "presenter": "presenter"}


def _credits(sentence: Sentence, part: Part, agents: list[Named], role: str, start: int, end: int | None = None) -> Iterator[Fact]:
    if role in _CAST_ROLES:
        return
    for agent in agents:
        name = agent.name.rstrip(".") if is_organisation(agent.name) and not agent.name.endswith(("Bros.", "Inc.", "Ltd.", "Co.")) else agent.name
        person = part.names.person(name)
        span: Span = sentence.span(start, max(end or 0, agent.end))
        company_role = _companies().get(role.lower(), "")
        if (is_organisation(name) or not person) and (role in _COMPANY_ROLES or company_role):
            mapped = _COMPANY_ROLES.get(role, company_role)
            if mapped and (is_organisation(name) or role == "distributor" or company_role):
                yield part.fact("company", span, company=Ref("organization", name), role=mapped)
                continue
        if is_organisation(name) and role not in ("composer", "visual effects", "animator", "additional music"):
            continue
        if not person and " " not in name and role not in ("composer", "screenwriter", "director", "cinematographer", "editor", "producer"):
            continue
        agent_ref = Ref("organization", name) if is_organisation(name) else Ref("person", person or name)
        yield part.fact("credit", span, agent=agent_ref, role=role)
