"""Who speaks in a report of reviews: critics with their publications, also behind surnames and pronouns."""

import re
from dataclasses import dataclass, field
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.part import Part

_PUBLICATION = r"(?:The |the )?[A-Z][\w'’&.-]*(?:(?: (?:of|and|for|the|de|du|in|on|&))* [A-Z0-9][\w'’&.-]*){0,5}"
_OF = re.compile(rf"(?P<critic>{NAME}),? (?:(?:a |the )?(?:film |movie |staff |chief |senior )*(?:critic|reviewer|editor|writer|columnist) )?(?:of|from|for|at|in|with|writing for|writing in|reviewing for|reviewing it for|on behalf of)(?: the (?:newspaper|magazine|website|site))? (?P<publication>{_PUBLICATION})")
_APOSTROPHE = re.compile(rf"(?P<publication>{_PUBLICATION})'s? (?:own |(?:film |movie |chief |lead |senior |staff )*(?:critic|reviewer|writer|editor|columnist) )?(?P<critic>{NAME})")
_ROLE = re.compile(rf"(?P<publication>{_PUBLICATION}) (?:film |movie |chief |senior |staff )*(?:critic|reviewer|writer|columnist|editor) (?P<critic>{NAME})")
_WRITING = re.compile(rf"(?:[Ww]riting|[Rr]eviewing(?: the film| it)?|[Ii]n (?:his|her|their|a|an?) (?:[\w-]+ )?(?:review|article|piece|column|essay)(?: of the film)?) (?:for|in|from) (?P<publication>{_PUBLICATION}),? (?:(?:critic|reviewer|writer) )?(?P<critic>{NAME})")
_IN = re.compile(rf"^(?:In|For|Of|At|From) (?P<publication>{_PUBLICATION}), (?:(?:critic|reviewer|writer) )?(?P<critic>{NAME})\b")
_ALONE = re.compile(rf"^(?:(?:However|Conversely|Similarly|Likewise|In contrast|On the other hand|Meanwhile|Additionally|Furthermore|In addition|Critic|Film critic|Reviewer|The critic|Noted critic|American critic|British critic|Historian|Film historian|Author),? )*(?P<critic>{NAME})(?:,)? (?=(?:also |later |further |similarly |likewise |however |even |once |particularly |strongly |subsequently |then )*[a-z])")
_PRONOUN = re.compile(r"^(?:However,? |Conversely,? |Additionally,? |Although |While |Despite this,? |In addition,? |Overall,? |Ultimately,? |But |Furthermore,? )?(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:critic|reviewer|review|publication|magazine|newspaper|site|website|paper))\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """A critic, a publication or both, named at `start` to `end` of a sentence."""

    critic: str
    publication: str
    start: int
    end: int


@dataclass(slots=True)
class Speakers:
    """The critics of one part so far: their publications and who spoke last."""

    publications: dict[str, str] = field(default_factory=dict)
    last: Voice | None = None

    def voices(self, text: str, part: Part) -> list[Voice]:
        """Return who speaks in a sentence, from left to right; empty if nobody is known to."""
        found = _named(text, part, self.publications)
        if not found and (alone := _ALONE.match(text)):
            name = part.names.person(alone["critic"]) or ""
            if name and (name in self.publications or _critic_only(alone["critic"])):
                found = [Voice(name, self.publications.get(name, ""), alone.start("critic"), alone.end("critic"))]
        if not found and (name := lexicon.publication_prefix(re.sub(r"^(?:However|Conversely|Similarly), ", "", text))):
            offset = text.find(name)
            found = [Voice("", lexicon.publication(name) or name, offset, offset + len(name))]
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


@cache
def _critic_only(name: str) -> bool:
    return is_person(clean(name))


def _named(text: str, part: Part, known: dict[str, str]) -> list[Voice]:
    found: list[Voice] = []
    for pattern in (_WRITING, _IN, _OF, _ROLE, _APOSTROPHE):
        for match in pattern.finditer(text):
            voice = _voice(match, part, known)
            if voice and not any(v.start < voice.end and voice.start < v.end for v in found):
                found.append(voice)
    return sorted(found, key=lambda v: v.start)


def _voice(match: re.Match[str], part: Part, known: dict[str, str]) -> Voice | None:
    critic, words = clean(match["critic"]), match["publication"]
    prefix = lexicon.publication_prefix(words)
    name = lexicon.publication(prefix) if prefix else ""
    if name and len(prefix) < len(words) and words[len(prefix) : len(prefix) + 1].isalnum():
        name = ""
    if not name and not _looks_like_publication(words, match):
        return None
    if not has_person_shape(critic) or is_organisation(critic):
        return None
    publication = prefix if name else clean(words)
    full = part.names.person(critic) or critic
    end = match.start("publication") + len(publication) if match.start("publication") > match.start("critic") else match.end()
    return Voice(full, re.sub(r"^the ", "", publication), match.start(), end)


_PRESS = re.compile(r"\b(?:Times|Post|News|Daily|Tribune|Chronicle|Magazine|Journal|Herald|Review|Reviews|Gazette|Weekly|Guardian|Telegraph|Observer|Express|Mirror|Star|Sun|Press|Reporter|Globe|Inquirer|Examiner|Register|Sentinel|Courier|Standard|Record|Independent|Bulletin|Today|Online|Cinema|Screen|Films?|Movies?|Radio|Network|Voice|Reader|Republic|Wire|Spectator|Monitor|Dispatch|Mail|Monthly|Quarterly|Blog|Critic|Media)\b|\.(?:com|net|org|in|co\.uk)\b")


def _looks_like_publication(words: str, match: re.Match[str]) -> bool:
    """Whether an unknown name is a publication by its words and the verb of judgement near by."""
    return bool(_PRESS.search(words)) and match.re is not _APOSTROPHE
