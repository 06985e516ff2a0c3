"""The cast from sentences: `starring A and B`, `Rose (Ann Lee)`, `C plays Tom`, `voiced by D`."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape, is_organisation, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset(
    "starring stars starred star features featuring feature plays played playing play portrays portrayed portraying voiced voices voice cast role roles appears appear appearing leads headlined co-stars co-starring "
    "supporting alongside cameo (".split()
)
_STARRING = re.compile(r"\b(?:[Ss]tarring|[Ss]tars?|[Cc]o-stars?|[Cc]o-starring|[Ff]eatur(?:es|ing)|[Tt]op-lined by|[Hh]eadlined by|[Cc]ast (?:that )?(?:includes|including|consists of|consisting of|featuring|of)|stars an ensemble cast (?:of|including|that includes)|ensemble cast (?:of|including|that includes)|[Ii]t stars|also stars|appearances? by|also (?:features|featuring|starring)|lead roles? (?:are )?(?:played|portrayed) by|led by)(?: the)?(?: (?:actors?|actress(?:es)?|newcomers?|debutantes?|veterans?|real-life|voices? of|voice talents of|comedy team of|performances? by))?\s+(?=[A-Z])")
_PRECEDED = re.compile(r"\b(?:in|at|on|by|director|producer|writer|critic|from|of|magazine|album|band|song|author|novelist|composer|film|series|novel|book) $|\"$")
_PLAYS = re.compile(rf"(?P<actor>{NAME})(?:,? who)? (?:also |again |brilliantly |convincingly )?(?P<verb>plays|played|portrays|portrayed|stars as|starred as|appears as|appeared as|voices|voiced|co-stars as|features as|is cast as|reprises (?:his|her) role as|shows up in several scenes as|makes a cameo (?:appearance )?as|has a cameo as|cameos as|as the voice of)(?: the (?:lead |title |titular |eponymous |main )?(?:role|part) of| the voice of| the character(?: of)?)?\s+(?P<character>{NAME}|[a-z][^.;()]{{3,80}}?)(?=[,.;()]|$| and [A-Z]| in (?:the|his|her)| while | with | alongside | opposite | who )")
_PLAYED_BY = re.compile(rf"(?P<character>{NAME}|(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er )[^.;,()\"]{{3,60}}?)(?:,? (?:who )?(?:is|was|are|were))? (?P<verb>played|portrayed|voiced|performed|dubbed)(?: \w+ly)? by (?=[A-Z])")
_PLAYING = re.compile(rf"(?P<actor>{NAME}) (?P<verb>playing|portraying|voicing) (?P<character>{NAME}|[^.;,()]{{3,80}}?)(?=[,.;()]|$| and [A-Z])")
_AS = re.compile(rf"(?P<actor>{NAME}) as (?:the )?(?P<character>{NAME})(?P<note> \(voice\))?")
_PLAYS_WORDS = frozenset("plays played portrays portrayed stars starred appears appeared voices voiced co-stars features cast reprises shows makes has cameos as".split())
_PLAYING_WORDS = frozenset({"playing", "portraying", "voicing"})
_PLAYED_WORDS = frozenset({"played", "portrayed", "voiced", "performed", "dubbed"})
_AS_CUE = re.compile(r"\b(?:[Ss]tar(?:s|ring|red)?|[Ff]eatur(?:es|ing|ed)|[Cc]ast|alongside|cast members|[Pp]erformances?|[Oo]pposite)\b")
_UNREAL = re.compile(r"\b(?:originally|was (?:considered|offered|approached|slated|supposed)|were (?:considered|offered)|turned down|declined|refused|rejected|auditioned|wanted|hoped|replac\w+|dropped|cut from|deleted|removed|unproduced|would have|was to (?:have )?(?:play|star)|had been cast|initially|first choice|intended|instead of|negotiations|talks|if )\b", re.IGNORECASE)
_OTHER_FILM = re.compile(rf"^,? (?:in|from|of) (?:the (?:film|movie|\d{{4}}|TV|television|series|sitcom|original|previous)|\"|[A-Z0-9][\w'’]+)|^,? (?:on|for) (?:the )?(?:show|series|television|Broadway)")
_EARLIER = re.compile(r"\b(?:previously|had (?:played|portrayed|starred|appeared|voiced)|known for|best known|famous for|better known|in (?:the )?(?:previous|first|original|earlier|last) films?|remake|sequel|television series|stage|Broadway|series)\b")
_SKIP = frozenset({"references", "related"})
_AWARD = re.compile(r"\b(?:Best|Award|Won|Nominated|Outstanding|Worst|Favou?rite|Prize|Critics|Festival)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the cast credits a sentence states for the film."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 1200:
        return
    seen: set[tuple[str, str]] = set()
    for fact in (*_brackets(sentence, part), *_starring(sentence, part), *_as(sentence, part), *_plays(sentence, part), *_played_by(sentence, part)):
        person = fact.fields["person"]
        key = (person.name if isinstance(person, Ref) else "", str(fact.fields.get("character", "")))
        if key not in seen and not (not key[1] and any(name == key[0] for name, _ in seen)):
            seen.add(key)
            yield fact


def _actor(text: str, part: Part) -> str:
    """Return the full name of a performer, empty if `text` names nobody known."""
    name = clean(text)
    full = part.names.person(name)
    if full:
        return full
    return name if has_person_shape(name) and not is_organisation(name) else ""


def _brackets(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for found in brackets(sentence.text, 0, len(sentence.text)):
        actor, character = part.names.person(found.actor), found.character
        before = sentence.text[: found.start][-12:]
        if not actor or is_organisation(actor) or _PRECEDED.search(before) or _AWARD.search(character):
            continue
        if part.film_pattern.fullmatch(character) or (part.names.full.get(character, 0) > 2 and not found.by):
            continue
        if re.match(r",? ?(?:19|20)\d\d", found.extra):
            continue
        voice = True if "voice" in found.by else False if "play" in found.by else None
        yield part.fact(
            "cast", sentence.span(found.start, found.end), person=Ref("person", actor),
            character=_full_character(character, part), voice=voice,
        )  # fmt: skip


def _full_character(name: str, part: Part) -> str:
    return name if " " in name else part.character(name)


def _starring(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for match in _STARRING.finditer(text):
        before = text[: match.start()]
        if _UNREAL.search(before[-80:]) or _EARLIER.search(before[-60:]) or not _subject_is_film(before, match[0], sentence, part):
            continue
        for named in name_list(text, match.end()):
            actor = _actor(named.name, part)
            after = text[named.end : named.end + 20]
            if not actor or (" " not in actor and actor not in part.names.full):
                break
            if re.match(r" as [A-Z\"']", after) or re.match(r"'s ", after):
                break
            yield part.fact("cast", sentence.span(match.start(), named.end), person=Ref("person", actor))
        first = name_list(text, match.end())
        yield from _respectively(sentence, part, match, [n.name for n in first], first[-1].end if first else 0)


def _respectively(sentence: Sentence, part: Part, match: re.Match[str], names: list[str], end: int) -> Iterator[Fact]:
    """Yield "A and B as Tom and Rose, respectively" and "A as Tom"."""
    tail = re.match(r" as (?P<characters>[^.;]{3,160}?),? respectively", sentence.text[end:]) if end else None
    if tail is None:
        return
    characters = re.split(r",? and |, ", tail["characters"])
    if len(characters) == len(names):
        for name, character in zip(names, characters, strict=True):
            if actor := _actor(name, part):
                yield part.fact("cast", sentence.span(match.start(), end + tail.end()), person=Ref("person", actor), character=re.sub(r"^the ", "", character.strip()))


def _subject_is_film(before: str, cue: str, sentence: Sentence, part: Part) -> bool:
    if sentence.index == 0 or not before.strip():
        return True
    clause = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    if re.search(r"\b(?:remake|sequel|series|music video|play|documentary|commercial|trailer|video|dub|dubbed|version|album|poster|novel)\b", clause[-70:]):
        return False
    return bool(part.film_pattern.search(clause) or re.search(r"\b(?:[Tt]he|[Tt]his) (?:film|movie|picture|ensemble|cast|voice cast|production|feature)\b|\b[Ii]t\b|\bcast\b|^(?:Directed|Written|Produced|Also|With)\b", clause) or cue.startswith(("Starring", "It ")))


def _as(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for cue in _AS_CUE.finditer(text):
        for match in _AS.finditer(text, cue.end(), min(len(text), cue.end() + 400)):
            between = text[cue.end() : match.start()]
            if re.search(r"[.;]\s", between) or _UNREAL.search(text[: match.start()][-80:]) or _OTHER_FILM.match(text[match.end() :][:40]):
                continue
            actor = _actor(match["actor"], part)
            if actor and not part.names.full.get(clean(match["character"])):
                yield part.fact(
                    "cast", sentence.span(match.start(), match.end()), person=Ref("person", actor),
                    character=_full_character(clean(match["character"]), part), voice=True if match["note"] else None,
                )  # fmt: skip
        break


def _plays(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for pattern, words in ((_PLAYS, _PLAYS_WORDS), (_PLAYING, _PLAYING_WORDS)):
        if not words & sentence.words:
            continue
        for match in pattern.finditer(sentence.text):
            text = sentence.text
            if _UNREAL.search(text[max(0, match.start() - 80) : match.start("character")]) or _EARLIER.search(text[max(0, match.start() - 60) : match.end("character") + 40]):
                continue
            actor = part.names.person(match["actor"])
            character = clean(match["character"])
            if not actor or _OTHER_FILM.match(text[match.end("character") :][:40]) or re.match(r"(?:a|an|the) (?:role|part|large|big|key|major|important|significant|supporting)\b|(?:his|her|an?) (?:own )?(?:role|part|character)\b", character):
                continue
            yield _played(sentence, part, match, actor, character)


def _played(sentence: Sentence, part: Part, match: re.Match[str], actor: str, character: str) -> Fact:
    described = not re.fullmatch(NAME, character)
    if re.fullmatch(r"(?:him|her|them)sel(?:f|ves)", character):
        character, described = actor, False
    voice = True if "voic" in match["verb"] else False if "play" in match["verb"] or "portray" in match["verb"] else None
    return part.fact(
        "cast", sentence.span(match.start(), match.end("character")), person=Ref("person", actor),
        character=None if described else _full_character(character, part), description=character if described else None, voice=voice,
    )  # fmt: skip


def _played_by(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if "by" not in sentence.words or not _PLAYED_WORDS & sentence.words:
        return
    for match in _PLAYED_BY.finditer(text):
        names = name_list(text, match.end())
        if not names or _UNREAL.search(text) or _OTHER_FILM.match(text[names[0].end :][:40]) or _EARLIER.search(text[max(0, match.start() - 40) : match.end()]):
            continue
        actor = _actor(names[0].name, part)
        character = clean(match["character"])
        if not actor or len(names) > 1 and text[names[0].end] != "," or re.match(rf"(?:[Tt]he )?(?:{'music|song|score|band|roles?|parts?|characters?|instruments?|guitar|piano'})\b", character):
            continue
        described = not re.fullmatch(NAME, character) or bool(re.match(r"(?:The|A|An|His|Her) [a-z]", character))
        yield part.fact(
            "cast", sentence.span(match.start(), names[0].end), person=Ref("person", actor), character=None if described else _full_character(character, part),
            description=character if described else None, voice=True if match["verb"] == "voiced" else False if match["verb"] in ("played", "portrayed") else None,
        )  # fmt: skip
