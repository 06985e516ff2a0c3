"""The cast from sentences: `starring A and B`, `Rose (Ann Lee)`, `C plays Tom`, `voiced by D`."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import billing
from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape, is_organisation, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "starring|stars|starred|star|features|featuring|featured|feature|plays|played|playing|play|portrays|"
        "portrayed|portraying|portray|voiced|voices|voice|cast|role|roles|appears|appear|appeared|appearing|"
        "appearances|appearance|leads|headlined|headlines|led|co-stars|co-starring|co-starred|co-star|costars|"
        "costarring|costarred|supported|include|includes|toplined|top-lined|stand-in|reprise|reprises|supporting|"
        "alongside|cameo|cameos|(|reprised|reprising|starrer|introducing"
    )
)
_SKIP = frozenset({"references", "related", "awards"})
_KINDS = r"(?: the| an?)?(?: [a-z-]+){0,3}?"
_STARRING = re.compile(
    r"\b(?:[Ss]tarring|[Ss]tars?|[Ss]tarred|[Cc]o-?stars?|[Cc]o-?starring|[Cc]o-?starred|[Ff]eatur(?:es?|ing|ed)|"
    r"[Ii]ntroducing|(?:[Tt]op-?lined|[Hh]eadlined|[Ss]upported) by|"
    r"[Cc]ast (?:also )?(?:that |which )?(?:includes?|including|included|consists? of|consisting of|consisted of|"
    r"features|featured|featuring|comprises|comprising|led by|headed by|headlined by|of|was led by|is led by|is "
    r"headed by|was headed by|members include[sd]?)|"
    r"(?:appearances?|cameos?|performances|roles|turns|support) (?:by|from)|(?:lead|title|titular|leading|main|"
    r"principal|central|starring|supporting) (?:roles?|parts?) (?:of \w+ )?(?:is |are |was |were )?(?:played|"
    r"portrayed|performed|essayed|taken) by|"
    r"(?:[Cc]ast|ensemble|company),? (?:with|alongside)|(?:[Vv]oice cast|[Vv]oices) of|voice (?:talents?|"
    r"performances?|work|acting) (?:of|by|from))(?: also)?(?: (?:in (?:lead|leading|main|the lead|key|pivotal|"
    r"supporting|important) roles?|together|are|is|were|include[sd]?|alongside|opposite))?:?\s+(?=\S)"
)
_SECOND = re.compile(
    rf"(?:\b[Ww]ith|\balongside|\b[Oo]pposite|\balong with|\b[Bb]esides) (?=(?:(?:the |an? |his |her )?(?:[a-z-]+ |"
    rf"[{UPPER}][\w-]+ ){{0,4}}))(?P<list>[^;:()]{{3,260}}?) (?:(?:also )?(?:appear(?:s|ing)|featured|featuring|"
    rf"play(?:s|ed|ing)?|star(?:s|ring)|co-starring|seen|cast|rounding out|appeared|portray(?:ing|ed)) )?(?:in "
    rf"(?:(?:the|a|an|his|her|their|other|various|smaller|small) )?(?:[a-z-]+ ){{0,3}}(?:roles?|parts?|cast|cameos?|"
    rf"cameo appearances?|ensemble)\b|rounding out)"
)
_ALONGSIDE = re.compile(r" (?:alongside|opposite|along with|together with) ")
_BESIDE = re.compile(
    r"[^.;:()]{0,110}?,? (?:alongside|opposite|along with|together with|supported by|with (?=(?:[A-Z][\w.'-]+ "
    r"){1,3}?(?:[A-Z][\w.'-]+)(?:, | and )[A-Z])) ?(?=(?:[a-z-]+ ){0,3}[A-Z])"
)
_LEADS = re.compile(
    r" (?:also |both |all |both also )?(?:stars?|starred|co-stars?|co-starred|headlines?|headlined|toplines?|"
    r"appears?|appeared|are featured|is featured|were featured|feature)(?: together)?(?= (?:in (?:the (?:film|movie|"
    r"picture|lead|leading|main|title|titular|principal|central|supporting|cast)|its|this|lead|leading|main|key|"
    r"supporting|pivotal|important|prominent|cameo|a cameo|small|smaller|minor)\b|as\b|alongside\b|opposite\b|"
    r"together\b|with\b)|\.|,|$)"
)
_PLAY_ROLES = re.compile(
    r" (?:also )?(?:play|plays|played|essay|essayed|have|has|had|make|makes|made|portray|portrayed|took|take|appear "
    r"in|appeared in|share)(?: the| an?)?(?: [a-z-]+){0,3} (?:roles?|parts?|cameos?|appearances?|characters)\b(?! "
    r"of\b)"
)
_PRECEDED = re.compile(
    r"\b(?:in|at|on|by|director|producer|writer|critic|from|of|magazine|album|band|song|author|novelist|composer|"
    r"film|series|novel|book) $|\"$"
)
_BY_TAIL = r" (?:also |again |brilliantly |convincingly |only |briefly )?"
_PLAYS = re.compile(
    rf"(?:,? who)?{_BY_TAIL}(?P<verb>plays|played|portrays|portrayed|stars as|starred as|appears as|appeared as|"
    rf"voices|voiced|co-stars as|features as|is cast as|reprises (?:his|her) role as|reprised (?:his|her) role as|"
    rf"reprising (?:his|her) role as|shows up in several scenes as|makes a cameo (?:appearance )?as|made a cameo "
    rf"(?:appearance )?as|has a cameo (?:appearance |role )?as|cameos as|as the voice of|provides the voice of|"
    rf"provides the voice for|lends (?:his|her) voice to)(?: the (?:lead |title |titular |eponymous |main )?(?:role|"
    rf"part|character) of| the voice of| the (?:lead |title |titular |eponymous |main )?(?:character|"
    rf"protagonist)(?: of)?)?,?\s+(?P<character>{NAME}(?!'s )|[a-z][^.;()]{{3,80}}?|{NAME}'s "
    rf"[^.;(),]{{3,60}}?)(?=[,.;()]|$| and [A-Z]| and (?:his|her|the|was|is|also) | in (?:the|his|her|a|an|[A-Z])| "
    rf"while | with | alongside | opposite | who | whose | that | during | at | on | before | after | but )"
)
_PLAYED_BY = re.compile(
    rf"(?P<character>{NAME}|(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er )[^.;,()\"]{{3,60}}?)(?:,? (?:who |which )?(?:is|was|"
    rf"are|were))?,? (?P<verb>played|portrayed|voiced)(?: \w+ly)?(?: (?:again|once again|here|in the film|for the "
    rf"[a-z]+ time(?: in [a-z ]{{3,30}})?))? by (?=(?:the )?(?:[a-z]+ ){{0,2}}[A-Z])"
)
_PLAYING = re.compile(
    rf",? (?P<verb>playing|portraying|voicing) (?P<character>{NAME}|[^.;,()]{{3,80}}?)(?=[,.;()]|$| and [A-Z]| who |"
    rf" in (?:the|his|her|a|an|[A-Z]))"
)
_PLAYS_WORDS = frozenset(
    phrases(
        "plays|played|portrays|portrayed|stars|starred|appears|appeared|voices|voiced|co-stars|features|cast|"
        "reprises|reprised|reprising|shows|makes|made|has|cameos|as|provides|lends"
    )
)
_PLAYING_WORDS = frozenset({"playing", "portraying", "voicing"})
_PLAYED_WORDS = frozenset({"played", "portrayed", "voiced"})
_UNREAL = re.compile(
    r"\b(?:originally|was (?:considered|offered|approached|slated|supposed)|were (?:considered|offered)|turned down|"
    r"declined|refused|rejected|auditioned|wanted|hoped|replac\w+|dropped|cut from|deleted|removed|unproduced|would "
    r"have|would|was to (?:have )?(?:play|star)|had been cast|initially|first choice|intended|instead of|"
    r"negotiations|talks|if|might|could|not|never|cancelled|suggested|rumou?red|planned|proposed|envisioned|as if|"
    r"unable)\b",
    re.IGNORECASE,
)
_OTHER_FILM = re.compile(
    rf"^,? (?:in|from|of|for) (?:the (?:\w+ )?(?:film|movie|\d{{4}}|TV|television|series|sitcom|original|previous|"
    rf"first|musical|play|stage|sequel|comedy|drama|remake|soap|show)|(?:his|her|their|\d{{4}}'s) |\"|"
    rf"[A-Z0-9][\w'’]+)|^,? (?:on|for) (?:the )?(?:show|series|television|Broadway|TV|stage|\"|[A-Z])|^'s "
)
_EARLIER = re.compile(
    r"\b(?:previously|had (?:played|portrayed|starred|appeared|voiced)|known for|best known|famous for|better known|"
    r"in (?:the )?(?:previous|first|original|earlier|last) films?|remake|sequel|television series|stage|Broadway|TV "
    r"series|(?:[Hh]indi|Tamil|Telugu|[A-Z][a-z]+) (?:remake|version)|sitcom|theatre|musical (?:adaptation|version)|"
    r"radio|later (?:played|starred|appeared|portrayed)|would later|The Simpsons|episode|who (?:starred|appeared) "
    r"in|original (?:film|series|version)|comic|video game)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:remake|remade|sequel|series|music video|stage play|documentary|commercial|trailer|video|dub|dubbed|"
    r"version|album|poster|novel|book|play|reboot|prequel|spin-off|musical|episode|short film|adaptation|production "
    r"of|another film|earlier film|franchise|radio|game)\b"
)
_PAST_WORK = re.compile(
    r"\b(?:previously|had (?:played|portrayed|starred|appeared|voiced)|known for|famous for|who (?:starred|"
    r"appeared) in|later (?:starred|appeared)|also (?:starred|appeared) in)\b"
)
_AWARD = re.compile(r"\b(?:Best|Award|Won|Nominated|Outstanding|Worst|Favou?rite|Prize|Critics|Festival)\b")
_FILM_CLAUSE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|which) (?:\w+ )?(?:film|movie|picture|ensemble|cast|voice cast|production|feature|"
    r"thriller|drama|comedy|short|documentary|remake|sequel)\b|\b[Ii]ts?\b|\b[Cc]ast\b|^(?:Directed|Written|"
    r"Produced|Also|With|Set|Shot|Filmed|Based|Adapted|Released|Made|Among|Other|Supporting|Besides|Co-written|"
    r"Along|Additionally|In the|Featuring|Starring|Loosely|Created|Distributed)\b"
)


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the cast credits a sentence states for the film."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 1500:
        return
    facts = [*_brackets(sentence, part), *_billed(sentence, part), *_plays(sentence, part), *_played_by(sentence, part)]
    named = {_key(f)[0] for f in facts if _key(f)[1]}
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = _key(fact)
        if key not in seen and (key[1] or key[0] not in named):
            seen.add(key)
            yield fact


def _key(fact: Fact) -> tuple[str, str]:
    person = fact.fields["person"]
    said = fact.fields.get("character") or fact.fields.get("description") or ""
    return (person.name if isinstance(person, Ref) else "", str(said))


def _actor(text: str, part: Part, at: int | None = None) -> str:
    """Return the full name of a performer, empty if `text` names nobody known."""
    name = clean(text)
    full = part.names.person(name, at)
    if full:
        return "" if is_organisation(full) else full
    return name if has_person_shape(name) and not is_organisation(name) else ""


def _brackets(sentence: Sentence, part: Part) -> Iterator[Fact]:
    if "(" not in sentence.words:
        return
    for found in brackets(sentence.text, 0, len(sentence.text)):
        actor, character = part.names.person(found.actor, sentence.start), found.character
        before = sentence.text[: found.start][-12:]
        if not actor or is_organisation(actor) or _PRECEDED.search(before) or _AWARD.search(character):
            continue
        if part.film_pattern.fullmatch(character) or (part.names.full.get(character, 0) > 2 and not found.by):
            continue
        if re.match(r",? ?(?:19|20)\d\d", found.extra) or character.removesuffix("'s") == actor:
            continue
        voice = True if "voice" in found.by else False if "play" in found.by else None
        yield part.fact(
            "cast",
            sentence.span(found.start, found.end),
            person=Ref("person", actor),
            character=_full_character(character, part),
            voice=voice,
        )


def _full_character(name: str, part: Part) -> str:
    return name if " " in name else part.character(name)


# -- lists ------------------------------------------------------------------------------------------------------------


def _billed(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers of "starring A as Tom, B and C", "with D in a supporting role", "E and F star"."""
    text = sentence.text
    last = 0
    for match in _STARRING.finditer(text):
        if match.start() < last or not _is_of_film(sentence, part, match.start(), match[0]):
            continue
        for item in billing.read(text, match.end(), part.names.credited):
            yield from _bill(sentence, part, item, match.start())
            last = max(last, item.end)
        if last and (beside := _BESIDE.match(text, last)):
            for item in billing.read(text, beside.end(), part.names.credited):
                yield from _bill(sentence, part, item, match.start())
    yield from _second(sentence, part, started=bool(last))
    yield from _leading(sentence, part)


def _second(sentence: Sentence, part: Part, *, started: bool) -> Iterator[Fact]:
    """Yield the performers of "with A and B in supporting roles"."""
    for match in _SECOND.finditer(sentence.text):
        if started or _is_of_film(sentence, part, match.start(), match[0]):
            for item in billing.read(sentence.text, match.start("list"), part.names.credited):
                if item.end <= match.end():
                    yield from _bill(sentence, part, item, match.start(), match.end())


def _leading(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers of "A, B and C star (in the film)", "A stars alongside B"."""
    text = sentence.text
    for match in (*_LEADS.finditer(text), *_PLAY_ROLES.finditer(text)):
        items = list(billing.before(text, match.start()))
        if (
            not items
            or _OTHER_FILM.match(text[match.end() :][:40])
            or not _is_of_film(sentence, part, items[-1].start, "star")
        ):
            continue
        for item in reversed(items):
            yield from _bill(sentence, part, item, items[-1].start, match.end())
        if beside := _ALONGSIDE.search(text, match.end() - 1, match.end() + 40):
            for item in billing.read(text, beside.end(), part.names.credited):
                yield from _bill(sentence, part, item, items[-1].start)


def _bill(sentence: Sentence, part: Part, item: billing.Billed, start: int, end: int = 0) -> Iterator[Fact]:
    actor = (
        part.names.person(item.name, sentence.start + item.start)
        if " " in item.name
        else _mononym(item.name, part, sentence)
    )
    actor = actor or (item.name if has_person_shape(item.name) else "")
    character = item.character
    if not actor or is_organisation(actor) or part.film_pattern.fullmatch(item.name):
        return
    if character and (part.names.full.get(character, 0) > 1 and character in part.names.credited):
        character = ""
    voice = None
    if re.search(r"\b[Vv]oices?\b", sentence.text[max(0, start - 10) : item.start]) or sentence.text[
        item.end :
    ].startswith(" (voice"):
        voice = True
    yield part.fact(
        "cast",
        sentence.span(start if item.start - start < 500 else item.start, max(item.end, end)),
        person=Ref("person", actor),
        character=_full_character(character, part) if character else None,
        description=item.description or None,
        voice=voice,
    )


def _mononym(name: str, part: Part, sentence: Sentence) -> str:
    return part.names.person(name, sentence.start) or name


def _is_of_film(sentence: Sentence, part: Part, position: int, cue: str) -> bool:
    """Whether a list of performers at `position` is of the part's film: by the clause before, or the text's beginning."""
    text = sentence.text
    before = text[:position]
    clause = before[before.rfind("; ") + 1 :]
    if _UNREAL.search(clause[-90:]) or _PAST_WORK.search(text[max(0, position - 60) : position]):
        return bool(sentence.index == 0 and part.kind == "article" and not _UNREAL.search(clause[-50:]))
    if sentence.index == 0 and part.kind == "article":
        return True
    if re.search(r"\b(?:[Ii]t|[Tt]he (?:film|movie|picture|cast)),? (?:also )?$", clause):
        return True
    of_film = bool(part.film_pattern.search(clause) or _FILM_CLAUSE.search(clause))
    if _OTHER_SUBJECT.search(clause[-70:]) and not re.match(
        r"^\W*(?:It|The (?:film|movie|picture|cast))\b(?!.*\b(?:which|that|whose|titled|called|remade)\b)", clause
    ):
        return False
    early = part.kind == "article" and sentence.section == "lead" and sentence.index < 8
    return of_film or early or cue.startswith(("Starring", "Featuring"))


# -- roles ------------------------------------------------------------------------------------------------------------


def _plays(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for pattern, words in ((_PLAYS, _PLAYS_WORDS), (_PLAYING, _PLAYING_WORDS)):
        if not words & sentence.words:
            continue
        text = sentence.text
        for name in sentence.names:
            match = pattern.match(text, name.end)
            if (
                match is None
                or _UNREAL.search(text[max(0, name.start - 80) : match.start("character")])
                or _EARLIER.search(text[max(0, name.start - 60) : match.end("character") + 40])
            ):
                continue
            actor = part.names.person(name.name, sentence.start + name.start)
            character = clean(match["character"])
            if not actor or _OTHER_FILM.match(text[match.end("character") :][:40]) or _NO_ROLE.match(character):
                continue
            yield _played(sentence, part, match, name.start, actor, character)


_NO_ROLE = re.compile(
    r"(?:a|an|the) (?:[a-z-]+ )?(?:roles?|part|large|big|key|major|important|significant|supporting|cameo)\b|(?:his|"
    r"her|an?|their|both|all) (?:own |[a-z]+ )?(?:roles?|parts?|characters?|concern|support)\b|"
    r"(?:the )?(?:guitar|piano|bass|drums|violin|cello|music|songs?|score|itself|at|on|in|with|against|games?|cards|"
    r"chess|football|baseball|out|for|to|by|it|concerns?|opinions?)\b|.*\b(?:Award|Festival)\b"
)


def _played(sentence: Sentence, part: Part, match: re.Match[str], start: int, actor: str, character: str) -> Fact:
    described = not re.fullmatch(NAME, character)
    if re.fullmatch(r"(?:him|her|them)sel(?:f|ves)", character):
        character, described = actor, False
    voice = (
        True if "voic" in match["verb"] else False if "play" in match["verb"] or "portray" in match["verb"] else None
    )
    return part.fact(
        "cast",
        sentence.span(start, match.end("character")),
        person=Ref("person", actor),
        character=None if described else _full_character(character, part),
        description=character if described else None,
        voice=voice,
    )


def _played_by(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if "by" not in sentence.words or not _PLAYED_WORDS & sentence.words:
        return
    for match in _PLAYED_BY.finditer(text):
        start = re.compile(r"(?:the )?(?:[a-z]+ ){0,2}").match(text, match.end())
        names = name_list(text, start.end() if start else match.end())
        if (
            not names
            or _UNREAL.search(text)
            or _OTHER_FILM.match(text[names[0].end :][:40])
            or _EARLIER.search(text[max(0, match.start() - 40) : match.end()])
        ):
            continue
        actor = _actor(names[0].name, part, sentence.start)
        character = clean(match["character"])
        if (
            not actor
            or not re.search(r"[ -]", actor)
            or (len(names) > 1 and text[names[0].end] != ",")
            or _NO_CHARACTER.match(character)
        ):
            continue
        described = not re.fullmatch(NAME, character) or bool(re.match(r"(?:The|A|An|His|Her) [a-z]", character))
        if described and _BROKEN.search(character):
            continue
        yield part.fact(
            "cast",
            sentence.span(match.start(), names[0].end),
            person=Ref("person", actor),
            character=None if described else _full_character(character, part),
            description=character if described else None,
            voice=True if match["verb"] == "voiced" else False,
        )


_NO_CHARACTER = re.compile(
    r"(?:[Tt]he |[Aa] |[Hh]is |[Hh]er )?(?:(?:singing|lead|title|titular|main|theme|leading|supporting) )*(?:music|"
    r"songs?|score|band|roles?|parts?|characters?|instruments?|guitar|piano|voice|themes?|leads?)\b(?! (?:of|named|"
    r"called) [A-Z])"
)
_BROKEN = re.compile(
    r"\b(?:was|were|is|are|has|had|nonetheless|which|that|being|also|will|would|film)\b|^(?:an?|[Tt]he) (?:of|in|"
    r"and|for|to|from)\b"
)
