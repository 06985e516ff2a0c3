"""The cast from sentences: `Rose (Ann Lee)`, `C plays Tom`, `Tom, voiced by D`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.brackets import Bracket, brackets
from reelgraph.loaders.prose.castwords import EARLIER, OTHER_FILM, SKIP, UNREAL, distinct, full_character, told
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_given, is_organisation, name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "plays|played|playing|portrays|portrayed|portraying|voiced|voices|voicing|stars|starred|appears|appeared|cast|"
        "co-stars|features|reprises|reprised|reprising|cameo|cameos|voice|lends|("
    )
)
#: What stands before places, works and people of the trade, and before a character only if it is known as one.
_PRECEDED = re.compile(
    r"\b(?:in|at|on|by|director|producer|writer|critic|from|of|magazine|album|band|song|author|novelist|composer|"
    r"film|series|novel|book) $|\"$"
)
_BY_TAIL = r" (?:also |again |brilliantly |convincingly |only |briefly )?"
#: The end of a description, not the stop of "Mr. Poe" or "U.S. Marshal".
_STOP = r"[,;()]|\.(?<!\b(?:Mr|Dr|St|Lt)\.)(?<!\b(?:Mrs|Sgt|Col)\.)(?<!\b[A-Z]\.)"
_PLAYS = re.compile(
    rf"(?:,? who)?{_BY_TAIL}(?P<verb>plays|played|portrays|portrayed|stars as|starred as|appears as|appeared as|"
    rf"voices|voiced|co-stars as|features as|is cast as|reprises (?:his|her) role as|reprised (?:his|her) role as|"
    rf"reprising (?:his|her) role as|shows up in several scenes as|makes a cameo (?:appearance )?as|made a cameo "
    rf"(?:appearance )?as|has a cameo (?:appearance |role )?as|cameos as|as the voice of|provides the voice of|"
    rf"provides the voice for|lends (?:his|her) voice to)(?: the (?:lead |title |titular |eponymous |main )?(?:role|"
    rf"part|character) of| the voice of| the (?:lead |title |titular |eponymous |main )?(?:character|"
    rf"protagonist)(?: of)?)?,?\s+(?P<character>{NAME}(?!'s )|[a-z][^;()]{{3,80}}?|{NAME}'s "
    rf"[^;(),]{{3,60}}?)(?={_STOP}|$| and [A-Z]| and (?:his|her|the|was|is|also) | in (?:the|his|her|a|an|[A-Z])| "
    rf"as if | as though | while | with | alongside | opposite | who | whose | that | during | at | on | before | "
    rf"after | but )"
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
#: "the French actress Ann Lee".
_BEFORE_ACTOR = re.compile(
    r"(?:the |an? )?(?:[a-z]+ ){0,2}(?:[A-Z][\w-]+ (?=(?:actor|actress|newcomer|star|singer|comic)\b))?"
    r"(?:[a-z]+ )?"
)
_PLAYING_WORDS = frozenset({"playing", "portraying", "voicing"})
_PLAYED_WORDS = frozenset({"played", "portrayed", "voiced"})
_AWARD = re.compile(r"\b(?:Best|Award|Won|Nominated|Outstanding|Worst|Favou?rite|Prize|Critics|Festival)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the cast credits of single performers that a sentence states for the film."""
    if part.film is None or sentence.section in SKIP or len(sentence.text) > 1500:
        return
    yield from distinct([*_brackets(sentence, part), *_plays(sentence, part), *_played_by(sentence, part)])


def _actor(text: str, part: Part, at: int) -> str:
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
        found = _performer_last(found, sentence.text)
        actor, character = part.names.person(found.actor, sentence.start), found.character
        if not actor and sentence.section in ("lead", "plot", "cast") and _is_mononym(found.actor, part):
            actor = found.actor
        before = sentence.text[: found.start][-12:]
        if not actor or is_organisation(actor) or _AWARD.search(character):
            continue
        if _PRECEDED.search(before) and not _is_named_character(character, part):
            continue
        if part.film_pattern.fullmatch(character) or (part.names.full.get(character, 0) > 2 and not found.by):
            continue
        if re.match(r",? ?(?:19|20)\d\d", found.extra) or character.removesuffix("'s") == actor:
            continue
        voice = True if "voice" in found.by else False if "play" in found.by else None
        yield part.fact(
            "cast",
            sentence.span(found.start, found.end),
            person=Ref("person", actor.title() if actor.isupper() else actor),
            character=_as_listed(full_character(character, part), actor, part),
            voice=voice,
        )


def _as_listed(character: str, actor: str, part: Part) -> str:
    """Return the character of the cast list where a sentence puts another word before it: "Drifter Tom" for "Tom"."""
    listed = part.players.get(actor, "")
    return listed if listed and character.endswith(f" {listed}") else character


def _is_named_character(name: str, part: Part) -> bool:
    """Whether a full name is that of a character, not of somebody whom the document credits."""
    return " " in name and name.lower() in part.characters and name not in part.names.credited


def _performer_last(found: Bracket, text: str) -> Bracket:
    """Return "ANN LEE (Rose)", "Cast: Ann Lee (Rose)" with the performer in the brackets.

    A press book's capitals mark the performer, a label that a list of performers follows.
    """
    label = _LISTED.search(text, 0, found.start)
    listed = label and lexicon.key_label(label["label"]) == "cast"
    capitals = found.character.isupper() and not found.actor.isupper()
    if found.by or not (listed or capitals) or not has_person_shape(found.character):
        return found
    return replace(found, actor=found.character.title(), character=found.actor)


#: The label of a list that goes on to the end of a text.
_LISTED = re.compile(r"(?P<label>[^\W\d_][\w ]{2,30}): [^:.]*$")


def _is_mononym(name: str, part: Part) -> bool:
    """Whether a single word in brackets names a performer: no common word, and in a cast list, too."""
    if " " in name or len(name) < 4 or name.lower() in part.characters or is_given(name.lower()):
        return False
    if name.lower() in lexicon.never_names() or lexicon.is_place(name) or name.isupper():
        return False
    return name in part.performers


def _plays(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for pattern, words in ((_PLAYS, _PLAYS_WORDS), (_PLAYING, _PLAYING_WORDS)):
        if not words & sentence.words:
            continue
        text = sentence.text
        for name in sentence.names:
            match = pattern.match(text, name.end)
            if match is None:
                continue
            if objection := UNREAL.search(text[max(0, name.start - 80) : match.start("character")]) or EARLIER.search(
                text[max(0, name.start - 60) : match.end("character") + 40]
            ):
                refuse("cast", sentence, f"not in this film: “{objection[0]}”", name.start, match.end("character"))
                continue
            actor = part.names.person(name.name, sentence.start + name.start)
            character = clean(match["character"])
            if not actor or OTHER_FILM.match(text[match.end("character") :][:40]) or _NO_ROLE.match(character):
                continue
            yield _played(sentence, part, match, name.start, actor, character)


_NO_ROLE = re.compile(
    r"(?:a|an|the) (?:[a-z-]+ )?(?:roles?|part|large|big|key|major|important|significant|supporting|cameo)\b|(?:his|"
    r"her|an?|their|both|all) (?:own |[a-z]+ )?(?:roles?|parts?|characters?|concern|support)\b|"
    r"(?:the )?(?:guitar|piano|bass|drums|violin|cello|music|songs?|score|itself|at|on|in|with|against|games?|cards|"
    r"chess|football|baseball|out|for|to|by|it|concerns?|opinions?)\b|.*\b(?:Award|Festival)\b"
)


def _played(sentence: Sentence, part: Part, match: re.Match[str], start: int, actor: str, character: str) -> Fact:
    named, description = told(character)
    if re.fullmatch(r"(?:him|her|them)sel(?:f|ves)", character):
        named, description = actor, ""
    voice = (
        True if "voic" in match["verb"] else False if "play" in match["verb"] or "portray" in match["verb"] else None
    )
    return part.fact(
        "cast",
        sentence.span(start, match.end("character")),
        person=Ref("person", actor),
        character=full_character(named, part, actor) if named else None,
        description=description or None,
        voice=voice,
    )


def _played_by(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if "by" not in sentence.words or not _PLAYED_WORDS & sentence.words:
        return
    for match in _PLAYED_BY.finditer(text):
        start = _BEFORE_ACTOR.match(text, match.end())
        names = name_list(text, start.end() if start else match.end())
        if (
            not names
            or UNREAL.search(text[max(0, match.start() - 45) : names[0].end + 40])
            or OTHER_FILM.match(text[names[0].end :][:40])
            or EARLIER.search(text[max(0, match.start() - 40) : match.end()])
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
            character=None if described else full_character(character, part, actor),
            description=character if described else None,
            voice=match["verb"] == "voiced",
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
