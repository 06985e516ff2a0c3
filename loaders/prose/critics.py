"""Who speaks in a report of reviews: critics with their publications, also behind surnames and pronouns."""

import re
from dataclasses import dataclass, field
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import Terms, terms

_PUBLICATION = r"(?:The |the )?[A-Z][\w'&.-]*(?:(?: (?:of|and|for|the|de|du|in|on|&))* [A-Z0-9][\w'&.-]*){0,5}"
_ROLES = (
    r"(?:(?:film|movie|chief|lead|senior|staff|guest|former|then|resident|television|music) )*(?:critic|reviewer|"
    r"editor|writer|columnist|journalist|contributor)"
)
_OF = re.compile(
    rf"(?P<critic>{NAME}),? (?:(?:a |the )?{_ROLES} )?(?:of|from|for|at|in|with|writing for|writing in|"
    rf"reviewing for|reviewing it for|reviewing the film for|on behalf of)"
    rf"(?: the (?:newspaper|magazine|website|site))? (?P<publication>{_PUBLICATION})"
)
_APOSTROPHE = re.compile(rf"(?P<publication>{_PUBLICATION})'s? (?:own |{_ROLES} )?(?P<critic>{NAME})")
_ROLE = re.compile(rf"(?P<publication>{_PUBLICATION}) {_ROLES} (?P<critic>{NAME})")
_WRITING = re.compile(
    rf"(?:[Ww]riting|[Rr]eviewing(?: the film| it)?|[Ii]n (?:his|her|their|a|an?) (?:[\w-]+ )?(?:review|"
    rf"article|piece|column|essay)(?: of the film)?) (?:for|in|from) (?P<publication>{_PUBLICATION}),? "
    rf"(?:{_ROLES} )?(?P<critic>{NAME})"
)
_IN = re.compile(rf"^(?:In|For|Of|At|From) (?P<publication>{_PUBLICATION}), (?:{_ROLES} )?(?P<critic>{NAME})\b")
_HIS = re.compile(
    rf"(?P<critic>{NAME}), in (?:his|her|their|an?) (?:[\w-]+ )?(?:review (?:for|in) )?(?P<publication>{_PUBLICATION})"
    r"(?: (?:review|column))?,"
)
_OPENERS = (
    r"(?:(?:However|Conversely|Similarly|Likewise|In contrast|On the other hand|Meanwhile|Additionally|"
    r"Furthermore|In addition|In a (?:positive|negative|mixed) review|Critic|Film critic|Reviewer|The critic|"
    r"Noted critic|American critic|British critic|Historian|Film historian),? )*"
)
_ADVERBS = (
    r"(?:(?:also|later|further|similarly|likewise|however|even|once|particularly|strongly|subsequently|then|"
    r"especially|originally) )*"
)
_ALONE = re.compile(rf"^{_OPENERS}(?P<critic>{NAME}),? (?={_ADVERBS}[a-z])")
_PRONOUN = re.compile(
    r"^(?:However,? |Conversely,? |Additionally,? |Although |While |Despite this,? |In addition,? |"
    r"Overall,? |Ultimately,? |But |Furthermore,? )?"
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:critic|reviewer|review|publication|magazine|newspaper|site|"
    r"website|paper)(?! (?:of|for|in|at) [A-Z]|'s))\b"
)
_PRESS = re.compile(
    r"\b(?:Times|Post|News|Daily|Tribune|Chronicle|Magazine|Journal|Herald|Review|Reviews|Gazette|Weekly|"
    r"Guardian|Telegraph|Observer|Express|Mirror|Star|Sun|Press|Reporter|Globe|Inquirer|Examiner|Register|"
    r"Sentinel|Courier|Standard|Record|Independent|Bulletin|Today|Online|Cinema|Screen|Films?|Movies?|Radio|"
    r"Network|Voice|Reader|Republic|Wire|Spectator|Monitor|Dispatch|Mail|Monthly|Quarterly|Blog|Critic|"
    r"Media)\b|\.(?:com|net|org|in|co\.uk)\b"
)
_PATTERNS = (
    (_WRITING, re.compile(r"riting |eviewing |review |article |piece |column |essay ")),
    (_IN, re.compile(r"^(?:In|For|Of|At|From) ")),
    (_HIS, re.compile(r", in (?:his|her|their|an?) ")),
    (_OF, re.compile(r" (?:of|from|for|at|in|with) (?:The |the )?[A-Z]")),
    (_ROLE, re.compile(r" (?:critic|reviewer|editor|writer|columnist|journalist|contributor) [A-Z]")),
    (_APOSTROPHE, re.compile(r"'s? (?:[a-z ]+ )?[A-Z]")),
)
_OPENING = re.compile(r"(?:However|Conversely|Similarly|Meanwhile|In contrast), ")
_CLAUSES = re.compile(r"(?:,\"? (?:while|and|but|whereas)|;) (?=[A-Z])")
#: Sections in which a person named without a publication may be a critic.
_REVIEWING = frozenset({"reception", "awards", "review", ""})


@dataclass(frozen=True, slots=True)
class Voice:
    """A critic, a publication or both, named at `start` to `end` of a sentence."""

    critic: str
    publication: str
    start: int
    end: int


@dataclass(slots=True)
class Speakers:
    """The critics of one part so far: their publications and who spoke last; `makers` are no critics by themselves."""

    makers: frozenset[str] = frozenset()
    publications: dict[str, str] = field(default_factory=dict)
    last: Voice | None = None

    def voices(self, sentence: Sentence, part: Part) -> list[Voice]:
        """Return who speaks in a sentence, from left to right; empty if nobody is known to."""
        text = sentence.text
        found = _named(text, part) or self._alone(sentence, part) or _paper(text)
        if not found and self.last and _PRONOUN.match(text):
            found = [Voice(self.last.critic, self.last.publication, 0, 0)]
        for voice in found:
            if voice.critic:
                self.publications[voice.critic] = voice.publication or self.publications.get(voice.critic, "")
        if found:
            self.last = found[-1]
        elif not text.startswith('"'):
            self.last = None
        return found

    def _alone(self, sentence: Sentence, part: Part) -> list[Voice]:
        """Return the critic who opens a sentence by name: known by now, or new where reviews are told."""
        alone = _ALONE.match(sentence.text)
        if alone is None or _paper_at(alone["critic"]):
            return []
        name = part.names.person(alone["critic"]) or ""
        known = name in self.publications
        new = sentence.section in _REVIEWING and name not in self.makers and _full_name(alone["critic"])
        if not name or not (known or new):
            return []
        return [Voice(name, self.publications.get(name, ""), alone.start("critic"), alone.end("critic"))]


@cache
def _full_name(name: str) -> bool:
    return is_person(clean(name))


@cache
def _press() -> Terms:
    gathering = {row[0] for row in lexicon.rows("sites", "aggregators")}
    given = frozenset(lexicon.text("names", "given").lower().split())
    known = {**terms("sites", "publications").wordings, **terms("sites", "guides").wordings}
    wordings = {w: n for w, n in known.items() if n not in gathering and w.split()[0].lower() not in given}
    return Terms({variant: n for w, n in wordings.items() for variant in (w, f"The {w}", f"the {w}")} | dict(wordings))


def _paper_at(text: str) -> str:
    """Return the known publication that `text` begins with and that its capitals do not continue, as printed."""
    found = _press().starts(text)
    if found is None or re.match(r"(?:'s)? [A-Z]\w|[\w-]|\.\w", text[found.end :]):
        return ""
    return text[: found.end]


def _paper(text: str) -> list[Voice]:
    """Return the publication that opens a sentence, and those that open its further clauses."""
    opening = _OPENING.match(text)
    starts = [opening.end() if opening else 0]
    found: list[Voice] = []
    while starts:
        start = starts.pop(0)
        name = _paper_at(text[start : start + 80])
        if name and re.match(r"(?:'s review|,)? [a-z(]|:", text[start + len(name) :]):
            found.append(Voice("", re.sub(r"^the ", "", name), start, start + len(name)))
            starts = starts or [m.end() for m in _CLAUSES.finditer(text, start)]
    return found


def _named(text: str, part: Part) -> list[Voice]:
    found: list[Voice] = []
    if not (_press().pattern.search(text) or _PRESS.search(text)):
        return found
    for pattern, cue in _PATTERNS:
        for match in pattern.finditer(text) if cue.search(text) else ():
            voice = _voice(match, part)
            if voice and not any(v.start < voice.end and voice.start < v.end for v in found):
                found.append(voice)
    return sorted(found, key=lambda v: v.start)


def _voice(match: re.Match[str], part: Part) -> Voice | None:
    critic, words = clean(match["critic"]), match["publication"]
    if not has_person_shape(critic) or is_organisation(critic):
        return None
    known = _press().starts(words)
    if known and not re.match(r" ?\w", words[known.end :]):
        publication = words[: known.end]
    elif (
        match.re is not _APOSTROPHE
        and _PRESS.search(words)
        and (" " in words or "." in words)
        and not _is_aggregator(words)
    ):
        publication = clean(words)
    else:
        return None
    full = part.names.person(critic) or critic
    behind = match.start("publication") > match.start("critic")
    end = match.start("publication") + len(publication) if behind else match.end()
    return Voice(full, re.sub(r"^the ", "", publication), match.start(), end)


def _is_aggregator(words: str) -> bool:
    return terms("sites", "aggregators").pattern.search(words) is not None
