"""The cast from lists in sentences: `starring A as Tom, B and C`, `with D in a supporting role`, `E and F star`."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import billing
from reelgraph.loaders.prose.castwords import OTHER_FILM, PAST_WORK, SKIP, UNREAL, distinct, full_character
from reelgraph.loaders.prose.names import UPPER, has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "starring|stars|starred|star|features|featuring|featured|feature|play|plays|played|cast|role|roles|appears|"
        "appear|appeared|appearing|appearances|appearance|headlined|headlines|co-stars|co-starring|co-starred|co-star|"
        "costars|costarring|costarred|supported|include|includes|toplined|top-lined|supporting|alongside|cameo|cameos|"
        "voice|voices|starrer|introducing|essay|essayed|portray|share|respectively"
    )
)
_STARRING = re.compile(
    r"\b(?:[Ss]tarring|[Ss]tars?|[Ss]tarred|[Cc]o-?stars?|[Cc]o-?starring|[Cc]o-?starred|[Ff]eatur(?:es?|ing|ed)|"
    r"[Ii]ntroducing|(?:[Tt]op-?lined|[Hh]eadlined|[Ss]upported) by|"
    r"[Cc]ast (?:of the (?:film|movie) )?(?:also )?(?:that |which )?(?:includes?|including|included|consists? of|"
    r"consisting of|consisted of|"
    r"features|featured|featuring|comprises|comprising|led by|headed by|headlined by|of|was led by|is led by|is "
    r"headed by|was headed by|members include[sd]?)|"
    r"(?:appearances?|cameos?|performances|roles|turns|support) (?:by|from)|(?:lead|title|titular|leading|main|"
    r"principal|central|starring|supporting) (?:roles?|parts?) (?:of \w+ )?(?:is |are |was |were )?(?:played|"
    r"portrayed|performed|essayed|taken) by|"
    r"(?:[Cc]ast|ensemble|company),? (?:with|alongside)|(?:[Vv]oice cast|[Vv]oices) of|voice (?:talents?|"
    r"performances?|work|acting) (?:of|by|from))(?: also)?(?: (?:in (?:lead|leading|main|the lead|key|pivotal|"
    r"supporting|important) roles?|together|are|is|were|include[sd]?|alongside|opposite))?:?\s+(?=\S)"
)
#: Right before "starring": "the film Storm Lamp (1957),", "the 1957 film Storm Lamp,".
_TITLED = re.compile(
    rf"[{UPPER}][\w'-]*(?: [\w'-]+){{0,6}} \((?:19|20)\d\d\)[\"']?,? $|"
    rf"\b(?:(?:19|20)\d\d|remade|adapted|filmed) as [\"']?(?:The )?[{UPPER}][\w'-]*"
    rf"(?: (?:of |the |and )*[{UPPER}\d][\w'-]*)+[\"']?,? $|"
    rf"\b(?:film|movie) [\"']?[{UPPER}][\w'-]*(?: [{UPPER}\d][\w'-]*){{0,5}}[\"']?,? $"
)
#: Right before "stars", which is then no verb: "judges, including film stars A and B".
_NOUN = re.compile(r"\b(?:including|such as|like|among|between) (?:[\w-]+ ){1,3}$")
_STOP = re.compile(r"[.,;:(]")
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
    r"(?:of|as|appearances?)\b)"
)
_PLAYING = re.compile(r",? (?:playing|portraying|voicing) (?=[^.;()]{3,200}?,? respectively\b)")
_JOINT = re.compile(r",|,? (?:and|&)")
_OTHER_SUBJECT = re.compile(
    r"\b(?:remake|remade|sequel|series|music video|stage play|documentary|commercial|trailer|video|dub|dubbed|"
    r"version|album|poster|novel|book|play|reboot|prequel|spin-off|musical|episode|short film|adaptation|production "
    r"of|another film|earlier film|franchise|radio|game|interviews?|commentar(?:y|ies)|Blu-ray|DVD|discs?|booklet)\b"
)
_FILM_CLAUSE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|which) (?:\w+ )?(?:film|movie|picture|ensemble|cast|voice cast|production|feature|"
    r"thriller|drama|comedy|short|documentary|remake|sequel)\b|\b[Ii]ts?\b|\b[Cc]ast\b|^(?:Directed|Written|"
    r"Produced|Also|With|Set|Shot|Filmed|Based|Adapted|Released|Made|Among|Other|Supporting|Besides|Co-written|"
    r"Along|Additionally|In the|Featuring|Starring|Loosely|Created|Distributed)\b"
)


#: Not "a radio engineer who hears a voice".
_VOICE = re.compile(r"\b(?<!\ba )[Vv]oices?\b|\ba voice (?:cast|role|cameo)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers that a sentence lists for the film."""
    if part.film is None or sentence.section in SKIP or len(sentence.text) > 1500:
        return
    yield from distinct([*_billed(sentence, part)])


def _billed(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers of "starring A as Tom, B and C", "with D in a supporting role", "E and F star"."""
    text = sentence.text
    last = 0
    for match in _STARRING.finditer(text):
        if match.start() < last:
            continue
        if not _is_of_film(sentence, part, match.start(), match[0]):
            end = next((m.start() for m in _STOP.finditer(text, match.end())), len(text))
            refuse("starring", sentence, "a cast that is not said to be the film's", match.start(), end)
            continue
        for item in billing.read(text, match.end(), part.names.credited):
            yield from _bill(sentence, part, item, match.start())
            last = max(last, item.end)
        if last and (beside := _BESIDE.match(text, last)):
            for item in billing.read(text, beside.end(), part.names.credited):
                yield from _bill(sentence, part, item, match.start())
    yield from _second(sentence, part, started=bool(last))
    yield from _leading(sentence, part)
    if "respectively" in sentence.words:
        yield from _respectively(sentence, part)


def _respectively(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers of "A and B carry the film, playing the aunt and her maid, respectively"."""
    text = sentence.text
    for match in _PLAYING.finditer(text):
        begin = text.rfind(";", 0, match.start()) + 1
        group: list[billing.Billed] = []
        for name in sentence.names:
            if begin <= name.start and name.end <= match.start():
                joined = group and _JOINT.fullmatch(text[group[-1].end : name.start].rstrip())
                group = [*(group if joined else []), billing.Billed(name.name, name.start, name.end)]
        roles = billing.shared(text, group, match.end())
        if len(group) > 1 and roles and all(part.names.person(item.name) for item in group):
            for item in roles[0]:
                yield from _bill(sentence, part, item, group[0].start, roles[1])


def _second(sentence: Sentence, part: Part, *, started: bool) -> Iterator[Fact]:
    """Yield the performers of "with A and B in supporting roles"."""
    for match in _SECOND.finditer(sentence.text):
        if started or _is_of_film(sentence, part, match.start(), match[0]):
            for item in billing.read(sentence.text, match.start("list"), part.names.credited):
                if item.end <= match.end():
                    yield from _bill(sentence, part, item, match.start(), match.end())


def _leading(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the performers of "A, B and C star (in the film)", "A stars as Tom alongside B"."""
    text = sentence.text
    for match in (*_LEADS.finditer(text), *_PLAY_ROLES.finditer(text)):
        items = list(billing.before(text, match.start(), part.names))[::-1]
        other = OTHER_FILM.match(text[match.end() :][:40])
        if not items or other or not _is_of_film(sentence, part, items[0].start, "star"):
            continue
        first, end = items[0].start, match.end()
        if text.startswith(" as ", end) and (roles := billing.shared(text, items, end + 4)):
            items, end = roles
        for item in items:
            yield from _bill(sentence, part, item, first, end)
        if beside := _ALONGSIDE.search(text, match.end() - 1, match.end() + 40):
            for item in billing.read(text, beside.end(), part.names.credited):
                yield from _bill(sentence, part, item, first)


def _bill(sentence: Sentence, part: Part, item: billing.Billed, start: int, end: int = 0) -> Iterator[Fact]:
    actor = (
        part.names.person(item.name, sentence.start + item.start)
        if " " in item.name
        else _mononym(item.name, part, sentence)
    )
    actor = actor or (item.name if has_person_shape(item.name) else "")
    character = item.character or _described(item.description, actor, part)
    if not actor or is_organisation(actor) or part.film_pattern.fullmatch(item.name):
        return
    if character and (part.names.full.get(character, 0) > 1 and character in part.names.credited):
        character = ""
    voice = None
    if _VOICE.search(sentence.text[max(0, start - 10) : item.start]) or sentence.text[item.end :].startswith(" (voice"):
        voice = True
    yield part.fact(
        "cast",
        sentence.span(start if item.start - start < 500 else item.start, max(item.end, end)),
        person=Ref("person", actor),
        character=full_character(character, part, actor) if character else None,
        description=item.description or None,
        voice=voice,
    )


def _described(description: str, actor: str, part: Part) -> str:
    """Return the character of the performer in a cast list if a description ends in it: "Tom's twin" for "Twin"."""
    known = part.players.get(actor, "")
    return known if known and f" {description}".lower().endswith(f" {known.lower()}") else ""


def _mononym(name: str, part: Part, sentence: Sentence) -> str:
    return part.names.person(name, sentence.start) or name


def _is_of_film(sentence: Sentence, part: Part, position: int, cue: str) -> bool:
    """Whether a list of performers at `position` is of the part's film: by its clause, or early in an article."""
    text = sentence.text
    before = text[:position]
    clause = before[before.rfind("; ") + 1 :]
    if cue.startswith("stars") and _NOUN.search(clause):
        return False
    if UNREAL.search(part.film_pattern.masked(clause[-90:])) or PAST_WORK.search(
        text[max(0, position - 60) : position]
    ):
        return bool(sentence.index == 0 and part.kind == "article" and not UNREAL.search(clause[-50:]))
    if sentence.index == 0 and part.kind == "article":
        return True
    if re.search(r"\b(?:[Ii]t|[Tt]he (?:film|movie|picture|cast)),? (?:also )?$", clause):
        return True
    if (named := _TITLED.search(clause[-80:])) and not part.film_pattern.search(named[0]):
        return False
    of_film = bool(part.film_pattern.search(clause) or _FILM_CLAUSE.search(clause))
    if _OTHER_SUBJECT.search(clause[-70:]) and not re.match(
        r"^\W*(?:It|The (?:film|movie|picture|cast))\b(?!.*\b(?:which|that|whose|titled|called|remade)\b)", clause
    ):
        return False
    early = part.kind == "article" and sentence.section == "lead" and sentence.index < 8
    return of_film or early or cue.startswith(("Starring", "Featuring", "cast inc", "cast feat"))
