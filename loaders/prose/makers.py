"""Lists of persons and companies behind "by": `by Ann Lee, the Poe brothers and Bo Ray of Long Road Films`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.names import (
    NAME,
    UPPER,
    NameTable,
    clean,
    has_person_shape,
    is_organisation,
    is_person,
    surname,
)

_NAME = re.compile(NAME)
_INNER = r"(?:of the|of|de|la|du|des|der|für|and|&|i|et)"
_COMPANY = re.compile(rf"[{UPPER}0-9][\w'’.&+/!-]*(?: (?:[{UPPER}0-9&][\w'’.&+/!-]*|{_INNER}(?= [{UPPER}])))*")
_PREFIX = re.compile(
    rf"(?:(?:the|both|its|his|her|their|then|first-time|debutante?|newcomer|veteran|fellow|real-life|acclaimed|"
    rf"noted|famed|late|legendary|former|husband|wife|and|"
    rf"director|producer|writer|screenwriter|composer|filmmaker|actor|actress|author|novelist|playwright|brothers?|"
    rf"siblings?|duo|team of|team|musician|singer|"
    rf"cinematographer|editor|studio|company|production company|distributor|legend|comedian|animator|artist|"
    rf"songwriter|journalist|cartoonist|lyricist|humorist|poet|dramatist|essayist|critic|historian|painter|sculptor|"
    rf"photographer|choreographer|pianist|guitarist|rapper|fashion designer|costume designer|production designer|"
    rf"illustrator|[ée]migr[ée]|expatriate|exile|auteur|"
    rf"(?:series |longtime |long-time |frequent )?(?:regular|collaborator)|"
    rf"music director|husband-and-wife|brother|sister|son|daughter|animation studio|production house|label|"
    rf"[{UPPER}]\w+-(?:based|born)|[a-z]+-(?:based|born|director|producer|writer|actor)|"
    rf"[{UPPER}]\w+(?=(?: [{UPPER}]\w+)? (?:director|producer|writer|screenwriter|"
    rf"composer|filmmaker|author|novelist|playwright|studio|company|distributor|musician|singer|animation|band|"
    rf"humorist|poet|dramatist|painter|sculptor|photographer|choreographer|pianist|guitarist|rapper|cinematographer|"
    rf"editor|designer|illustrator|comedian|journalist|playwright|songwriter|animator|artist|"
    rf"actor|actress|production|[ée]migr[ée]|expatriate|exile|auteur)\b))[ ,]+)*"
)
_PLACE_OWN = re.compile(rf"[{UPPER}][\w]+(?: [{UPPER}]\w+)?'s (?=[{UPPER}])")
_SEPARATOR = re.compile(
    r"(?:\s*\([^()]{0,60}\))?(?:,? (?:and|&|as well as|along with|together with|alongside) (?:also )?|, (?:in "
    r"association with )?|/|; )(?=(?:the |[a-z-]+ ){0,3}[\"']?[^\W\d_a-z])"
)
_KIN = re.compile(rf"(?:the )?(?P<name>[{UPPER}][\w'-]+) (?:brothers|Brothers|sisters|siblings|twins)\b")
_OF_COMPANY = re.compile(
    rf" (?:of|under) (?:the |his |her |their )?(?:(?:own )?(?:banner|company|label|production company|production "
    rf"banner),? (?:of )?)?(?=[{UPPER}])"
)
_KEEPS_STOP = re.compile(
    rf"(?:\b(?:Bros|Inc|Ltd|Co|Corp|Jr|Sr|Mfg|Dept|St)|(?:\b[{UPPER}]\.)+[{UPPER}]|\b[{UPPER}])\.$"
)
_COMPANY_WORD = re.compile(
    r" (?:films(?! (?:the|an?|it|his|her|them|in)\b)|studios?|company|productions?|pictures|production company)\b"
)
_DATE = re.compile(
    rf"(?:{MONTHS}|Christmas|Spring|"
    r"Summer|Autumn|Winter)\b(?= \d|$)|\d+$"
)
#: Behind the last of a list: it begins a clause of its own, "by Ann Lee, and Bo Ray composed the score".
_OWN_VERB = re.compile(
    r" (?:(?:also|later|then|both) )?(?:picked up|acquired|bought|handled|wrote|co-wrote|composed|edited|directed|"
    r"did|created|provided|supervised|shot|choreographed|played|produced|photographed|scored|"
    r"designed|served|acted as|plays|joined)\b"
)
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Maker:
    """A person or company of a list; offsets are those of the text given."""

    name: str
    start: int
    end: int
    company: bool


@cache
def _weak_ends() -> frozenset[str]:
    return frozenset(w.lower() for w in lexicon.words("names", "organisation_ends_weak"))


def is_company(name: str) -> bool:
    """Whether a name is a company's, also by words that are surnames elsewhere (`Arts`, `Group`)."""
    if is_organisation(name):
        return True
    words = name.split()
    return len(words) > 1 and words[-1].strip(".").lower() in _weak_ends() and not (len(words) < 3 and is_person(name))


def read(text: str, position: int, names: NameTable) -> list[Maker]:
    """Return the persons and companies listed from `position` on.

    >>> [m.name for m in read("by Ann Lee, Long Road Films and director Bo Ray. The", 3, NameTable())]
    ['Ann Lee', 'Long Road Films', 'Bo Ray']
    """
    found: list[Maker] = []
    while position < len(text) and len(found) < _LONGEST:
        if kin := _KIN.match(text, position):
            found.extend(_family(kin, names))
            end = kin.end()
        else:
            maker = _one(text, position, names)
            if maker is None:
                break
            found.append(maker)
            end = maker.end
        end = _skip_company(text, end)
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            if len(found) > 1 and _OWN_VERB.match(text, end):
                found.pop()
            break
        position = separator.end()
    return list(_plain(found, names))


def _one(text: str, position: int, names: NameTable) -> Maker | None:
    """Return the name at `position`, without words of function before it and a sentence's stop behind it."""
    prefix = _PREFIX.match(text, position)
    at = prefix.end() if prefix else position
    if (own := _PLACE_OWN.match(text, at)) and lexicon.is_place(own[0][:-3]):
        at = own.end()
    person, company = _NAME.match(text, at), _COMPANY.match(text, at)
    if company is None and person is None:
        return None
    raw = _trim(_first(company[0], names)) if company else ""
    if person is not None and not is_company(raw):
        raw = _trim(person[0])
    name = clean(raw)
    if (
        len(name) < 2
        or raw.endswith("'s")
        or text.startswith("'s ", at + len(raw))
        or _DATE.match(name)
        or (not is_company(name) and (lexicon.is_place(name) or _is_demonym(name)))
    ):
        return None
    return Maker(name, at, at + len(raw), is_company(name) or bool(_COMPANY_WORD.match(text, at + len(raw))))


def _is_demonym(name: str) -> bool:
    return any(found[1:] == (0, len(name)) for found in lexicon.demonyms_in(name))


def _first(raw: str, names: NameTable) -> str:
    """Return the first of two makers joined by "and", the whole where neither half is one by itself."""
    for match in re.finditer(r" (?:and|&) ", raw):
        half = raw[: match.start()]
        if is_company(half) or has_person_shape(half) or names.person(half) or " " not in half:
            return half
    return raw


def _trim(raw: str) -> str:
    """Return a name without a stop that ends the sentence and what was taken from the next one."""
    raw = raw.strip(" ,")
    match = re.search(r"\. (?=(\w+)$)", raw)
    if match and match[1].lower() in lexicon.never_names() and not is_company(match[1]):
        raw = raw[: match.start() + 1]
    if raw.endswith(".") and not _KEEPS_STOP.search(raw):
        raw = raw[:-1]
    if (
        raw.endswith(".")
        and re.search(rf"[a-z] [{UPPER}]\.$", raw) is None
        and re.search(r"(?:Bros|Inc|Ltd|Co|Corp|Jr|Sr|Mfg)\.$", raw) is None
    ):
        raw = raw if "." in raw[:-1] else raw[:-1]
    return raw


def _skip_company(text: str, position: int) -> int:
    """Return the end of "of Long Road Films" behind a producer, else `position`."""
    link = _OF_COMPANY.match(text, position)
    company = _COMPANY.match(text, link.end()) if link else None
    return company.end() if company and is_company(_trim(company[0])) else position


def _family(match: re.Match[str], names: NameTable) -> Iterator[Maker]:
    """Yield the known persons that "the Poe brothers" are; nobody if fewer than two are known."""
    members = names.of_surname(match["name"])
    if len(members) > 1:
        yield from (Maker(name, match.start(), match.end(), company=False) for name in sorted(members))


def _plain(found: list[Maker], names: NameTable) -> Iterator[Maker]:
    """Complete first names that share the next one's surname (`Joel and Ethan Coen`)."""
    for index, maker in enumerate(found):
        if maker.company or " " in maker.name:
            yield maker
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        shared = after and not after.company and " " in after.name and len(after.name.split()) == 2
        joint = f"{maker.name} {after.name.split()[-1]}" if shared and after else ""
        if (
            joint
            and (joint in names.full or (is_person(joint) and names.person(maker.name) is None))
            and surname(joint)
        ):
            yield replace(maker, name=joint)
        elif maker.name.endswith("s") and len(names.of_surname(maker.name[:-1])) > 1:
            for name in sorted(names.of_surname(maker.name[:-1])):
                yield replace(maker, name=name)
        else:
            yield maker
