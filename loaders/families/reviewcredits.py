"""Makers as reviews name them in passing: "Director A", "B's score", "shot by C", "a script by D", "E's Low Tide".

A review credits nobody in so many words, so a name needs a word of the craft beside it. Of several directors that a
review names, only the one named most often can be its film's: the others made the films it compares.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from reelgraph.loaders.prose import lexicon, makers
from reelgraph.loaders.prose.crediting import ELSEWHERE, OUTSIDER, UNREAL, about_another, credited, is_heard
from reelgraph.loaders.prose.makers import Maker
from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact

_CRAFTS = {
    "screenplay": "screenwriter",
    "script": "screenwriter",
    "score": "composer",
    "music": "composer",
    "soundtrack": "composer",
    "cinematography": "cinematographer",
    "photography": "cinematographer",
    "camerawork": "cinematographer",
    "camera": "cinematographer",
    "lensing": "cinematographer",
    "editing": "editor",
    "production design": "production designer",
    "costumes": "costume designer",
    "costume design": "costume designer",
}
_CRAFT = rf"(?P<craft>{'|'.join(_CRAFTS)})"
_JOBS = {
    "director": "director",
    "writer-director": "director",
    "screenwriter": "screenwriter",
    "co-writer": "screenwriter",
    "cinematographer": "cinematographer",
    "cameraman": "cinematographer",
    "director of photography": "cinematographer",
    "composer": "composer",
    "editor": "editor",
    "production designer": "production designer",
    "costume designer": "costume designer",
}
_DONE = r"(?:(?:co-)?(?:written|composed|designed|penned|provided|supplied|credited)(?: by| to)|by)"
#: "Director Ann Lee", "its writer-director Ann Lee" at the head of a clause.
_JOB = re.compile(
    rf"(?:^|(?<=[,;] )|(?<=\band )|(?<=\bbut )|(?<=\b[Aa]s )|(?<=\b[Ww]ith ))"
    rf"(?:[Tt]he (?:film's )?|[Ii]ts |film's |(?:his|her|their|{NAME}'s) )?"
    rf"(?:(?:first-time|debut|debutant|veteran|acclaimed|young|regular|usual|longtime|frequent|great) )?"
    rf"(?P<job>(?i:{'|'.join(sorted(_JOBS, key=len, reverse=True))})),? (?=[{UPPER}])"
)
#: "a script by Ann Lee and Bo Ray", "The score, composed by Ann Lee,".
_BY = re.compile(
    rf"(?:\b(?:[Tt]he|[Ii]ts|an?|[Ww]ith|and) |, |^)(?:[\w-]+ ){{0,2}}?(?i:{_CRAFT}),? "
    rf"(?:(?:is|was|are|were) )?{_DONE} (?=[{UPPER}])"
)
#: "The production design (Ann Lee) is brown".
_BRACKETED = re.compile(rf"(?<!\w)(?i:{_CRAFT}) \((?:by )?(?=[{UPPER}][^()]{{3,60}}\))")
#: "Shot by Ann Lee in black and white": at the head of a clause it is a scene or a film that is shot, if one is named.
_SHOT = re.compile(
    rf"(?:^|[,;–—] |\band )(?:(?:beautifully|handsomely|crisply|gorgeously|\w+ly) )?"
    rf"(?:[Ss]hot|[Pp]hotographed|[Ll]ensed)(?: in [\w -]{{3,30}})? by (?=[{UPPER}])"
)
_FILMED = re.compile(
    r"\b(?:films?|movies?|pictures?|documentary|drama|comedy|thriller|scenes?|sequences?|images?|visuals?|camera|"
    r"shots?|landscapes?|footage|written|directed|edited|scored|locations?|frames?|photography)\b",
    re.IGNORECASE,
)
#: Behind a craft that is only the first half of a word: "Ann Lee's music teacher".
_HALF = (
    r"(?! (?:teachers?|tutor|lessons?|students?|pupils?|class(?:es)?|schools?|supervisors?|doctors?|editors?|readers?|"
    r"studios?|rooms?|suites?|booths?|shops?|stores?|box(?:es)?|halls?|videos?|career|business|department|collection|"
    r"equipment|industry|critics?|books?|exhibitions?)\b)"
)
_OWN = re.compile(
    rf"(?P<who>{NAME})'s? (?:[a-z-]+,? ){{0,3}}(?i:{_CRAFT})\b(?<!camera){_HALF}"
    rf"(?! (?:for|to|of|from|in) (?:the )?[{UPPER}\"'])"
)
_PHOTOGRAPHED = re.compile(
    rf"(?P<who>{NAME}) (?P<verb>photographed|lensed|edited|scored) (?:it|the (?:film|movie|picture))\b"
    r"(?! (?:for|at|as|out|an?|one|two|three|four|five|six|seven|eight|nine|ten|\d))"
)
_VERBS = {"photographed": "cinematographer", "lensed": "cinematographer", "edited": "editor", "scored": "composer"}
_MAKING = frozenset(_VERBS)
_OWNED = frozenset(craft.split()[-1] for craft in _CRAFTS)
#: What stands between an owner and the title: "Ann Lee's second feature, Low Tide".
_OWNER = re.compile(rf"(?P<who>{NAME})'s? (?:[a-z-]+,? ){{0,5}}[\"']?$")
#: Behind the title: what an owner has of the film who did not direct it.
_PART = re.compile(
    r"[\"']? (?:scores?|soundtrack|music|theme|songs?|character|role|performance|co-stars?|costumes?|comics?|"
    r"screenplay|script|was a best-?seller)\b"
)
_WORK = r"(?:film|movie|feature|picture|documentary|debut|drama|comedy|thriller|western)"
#: "Low Tide, the 1991 film by Ann Lee", "Low Tide is a slow film from director Ann Lee".
_FILM_BY = re.compile(
    rf"(?:,?[\"'],?|,)?(?:(?<=[,\"'])| is| was) (?:the|an?|another|(?:his|her|their) new) "
    rf"(?:[\w'-]+,? ){{0,6}}?{_WORK} (?:directed by|by|from)"
    rf"(?: (?:the )?(?:\w+ )?director)? (?=[{UPPER}])"
)
#: "Low Tide, Ann Lee's second film".
_FILM_OF = re.compile(rf"[\"']?(?:,| is| was) (?P<who>{NAME})'s? (?:[\w'-]+,? ){{0,5}}?{_WORK}\b")
#: What finds makers behind their craft, and the words of which one must be in the sentence.
_BEHIND = (
    (_JOB, frozenset(job.split()[-1] for job in _JOBS)),
    (_BY, _OWNED),
    (_BRACKETED, _OWNED),
    (_SHOT, frozenset({"shot", "photographed", "lensed"})),
)
_FROM = frozenset({"by", "from"})
_LONGEST = 900
#: Of what is staged, not filmed.
_STAGED = re.compile(r"\b(?:[Tt]heat(?:re|er) (?:Live|production|company)|'s (?:new |stage )?production, with)\b")
_AUTHORS = re.compile(r"\b(?:novel|novella|author|novelist|book|playwright|stor(?:y|ies)|memoir|play|adapt\w+)\b")


class _Said(NamedTuple):
    """A craft that a sentence gives to some makers, from `start` on."""

    sentence: Sentence
    role: str
    makers: list[Maker]
    start: int
    end: int


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the makers that a review names, its director by majority."""
    if part.film is None or part.kind == "article" or part.kind == "search snippet":
        return
    found = [said for sentence in part.sentences for said in _said(sentence, part)]
    directors = Counter(maker.name for said in found if said.role == "director" for maker in said.makers)
    best = max(directors, key=lambda name: directors[name], default="")
    for said in found:
        if said.role != "director" or any(maker.name == best for maker in said.makers):
            yield from credited(said.sentence, part, said.makers, said.role, said.start, said.end)


def _said(sentence: Sentence, part: Part) -> Iterator[_Said]:
    text = sentence.text
    if len(text) > _LONGEST:
        return
    for start, end, role, found in (*_behind(sentence, part), *_before(text, part, sentence.words)):
        people = [maker for maker in found if not maker.company and _person(maker.name, part)]
        before = text[max(0, start - 60) : start]
        if not people or about_another(sentence, part):
            continue
        if (
            not UNREAL.search(before)
            and not _STAGED.search(text)
            and not ELSEWHERE.search(text[max(0, start - 30) : end])
        ):
            yield _Said(sentence, role, people, start, end)


def _person(name: str, part: Part) -> bool:
    """Whether a full name is a maker's, not that of a character, a company or a place."""
    named = has_person_shape(name) and "'s " not in name and not is_organisation(name) and not lexicon.is_place(name)
    return named and name.lower() not in part.characters


_Found = tuple[int, int, str, list[Maker]]


def _behind(sentence: Sentence, part: Part) -> Iterator[_Found]:
    """Yield the makers that stand behind their craft."""
    text, words = sentence.text, sentence.words
    for pattern, cues in _BEHIND:
        for match in pattern.finditer(text) if cues & words else ():
            said = match.groupdict()
            if (pattern is _SHOT and not _is_filmed(text, match)) or is_heard(said.get("craft") or "", sentence, part):
                continue
            found = makers.read(text, match.end(), part.names)
            if pattern is _JOB:
                found = [m for m in found[:1] if "'s" not in text[m.start : m.end + 2]]
                found = [m for m in found if not OUTSIDER.match(text, m.end)]
            job, craft = said.get("job") or "", said.get("craft") or ""
            yield (
                match.start(),
                match.end(),
                _JOBS.get(job.lower()) or _CRAFTS.get(craft.lower(), "cinematographer"),
                found,
            )
    for title in part.film_pattern.finditer(text) if _FROM & words else ():
        if made := _FILM_BY.match(text, title.end()):
            yield title.start(), made.end(), "director", makers.read(text, made.end(), part.names)[:1]


def _is_filmed(text: str, shot: re.Match[str]) -> bool:
    """Whether it is no person that is shot: at the head of a sentence, or where the words before name what is."""
    return not shot.start() or "shot" not in shot[0] or _FILMED.search(text, 0, shot.start()) is not None


def _before(text: str, part: Part, words: frozenset[str]) -> Iterator[_Found]:
    """Yield the maker that stands before the craft or the film."""
    if "'s" not in text and not _MAKING & words:
        return
    for match in _OWN.finditer(text) if _OWNED & words else ():
        yield *_owner(match), _CRAFTS[match["craft"].lower()], _maker(match)
    for match in _PHOTOGRAPHED.finditer(text) if _MAKING & words else ():
        yield *_owner(match), _VERBS[match["verb"]], _maker(match)
    for title in part.film_pattern.finditer(text) if "'s" in text and not _AUTHORS.search(text) else ():
        if _PART.match(text, title.end()):
            continue
        if owner := _OWNER.search(text, max(0, title.start() - 90), title.start()):
            yield owner.start("who"), title.end(), "director", _maker(owner)
        elif made := _FILM_OF.match(text, title.end()):
            yield title.start(), made.end(), "director", _maker(made)


def _owner(match: re.Match[str]) -> tuple[int, int]:
    return match.start("who"), match.end()


def _maker(match: re.Match[str]) -> list[Maker]:
    return [Maker(clean(match["who"]), match.start("who"), match.end("who"), company=False)]
