"""Lists of performers in a sentence: `starring Ann Lee as Rose and newcomer Cy Poe`, `Di Fox and Ed Gray star`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, UPPER, NameTable, clean, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.terms import phrases

_NAME = re.compile(NAME)
_KIND = (
    "actors?|actress(?:es)?|newcomers?|comedians?|comics?|singers?|rappers?|musicians?|wrestlers?|stars?|wife|"
    "husband|son|"
    "daughter|brother|sister|models?|dancers?|debutante?s?|directors?|filmmaker|legend|veterans?|players?|boxer|"
    "host|duo|"
    "brothers|sisters|team|voices?(?: talents?)? of|talents? of|member|artists?|performers?|filmmakers?|siblings|"
    "footballer|cricketer|winners?|nominees?|husband and wife|personality|personalities|group|troupe|trio|alumni|"
    "regulars?"
)
#: What may stand between a separator and a name: "American actor", "his real-life wife", "the voices of".
_BEFORE_NAME = re.compile(
    rf"(?:(?:both|also|the likes of|the|an?|his|her|their|its) )?(?:(?:(?:[{UPPER}][\w'-]+ ){{0,3}}(?:(?!(?:from|of|"
    rf"by|in|for|to|with|and|on|at|as)\b)[a-z][\w'-]+ ){{0,3}}?)(?:{_KIND}),? )?"
    rf"(?:the (?:(?:great|late|legendary|veteran|young|brilliant|"
    rf"wonderful|incomparable|inimitable|excellent) )?)?(?=[{UPPER}])"
)
_SEPARATOR = re.compile(
    r"(?:\s*\([^()]*\))?(?: in (?:the |a |an |his |her )?(?:[a-z-]+ ){0,3}roles?)?(?:,? (?:and|&),? |(?:,|;)? "
    r"(?:and|&|as well as|along with|alongside|opposite|together with|plus) (?:also |introducing |featuring )?|, "
    r"(?:(?:also |and )?(?:with|featuring|introducing|co-starring|starring) )?|; |/)(?=\S)"
)
_AS = re.compile(r" (?:starring |appearing )?as ")
_AS_END = re.compile(
    rf"[,.;:()\"–—]|$| (?:who|whom|whose|which|that|while|when|where|with|alongside|opposite|in|on|from|during|at|"
    rf"whilst|is|are|was|were|after|and (?=[{UPPER}][\w.'-]+(?: [{UPPER}][\w.'-]+){{0,3}} as )|and (?=[a-z]+s )|and "
    rf"(?=(?:also|features|stars|introduc)))\b"
)
_ROLE_PHRASE = re.compile(
    r"^(?:the |a |an |his |her |their )?(?:(?:fictional|eponymous|titular|title|lead|main|young|older?|real-life|"
    r"new|real) )*(?:(?:lead|title|titular|main|central)? ?(?:character|protagonist|role|hero|heroine|villain)s?,? "
    r")?(?:of )?"
)
_HONORED = re.compile(
    rf"(?:(?:Dr|Mr|Mrs|Ms|Sgt|Capt|Lt|Col|Prof|St|Gen|Maj|Rev|Det|Insp)\. )?{NAME}(?: (?:of|the) {NAME})?(?: "
    rf"[\"(][^\"()]{{2,30}}[\")](?: {NAME})?)?"
)
_RESPECTIVELY = re.compile(r"(?P<roles>[^.;()]{3,200}?),? respectively")
_TWO_ROLES = re.compile(rf"(?P<roles>{NAME} and {NAME})(?=[,.;]|$| in | who )")
_MONONYM = re.compile(rf"[{UPPER}][\w'-]+(?!\w)")


@dataclass(frozen=True, slots=True)
class Billed:
    """A performer in a list; offsets are those of the text given. `description` is a role without a name."""

    name: str
    start: int
    end: int
    character: str = ""
    description: str = ""


@cache
def _no_mononyms() -> frozenset[str]:
    return lexicon.never_names() | frozenset(
        phrases("american|british|indian|english|french|disney|hollywood|bollywood|technicolor")
    )


def _is_mononym(word: str) -> bool:
    return (
        len(word) > 2
        and word.lower() not in _no_mononyms()
        and not lexicon.is_place(word)
        and not word.isupper()
        and not lexicon.language(word)
    )


def read(text: str, start: int, known: frozenset[str] | set[str] = frozenset()) -> list[Billed]:
    """Return the performers listed from `start` on, with the characters said behind them.

    >>> [(b.name, b.character) for b in read("starring Ann Lee as Rose, newcomer Bo Ray, Divine and Cy Poe in May", 9)]
    [('Ann Lee', 'Rose'), ('Bo Ray', ''), ('Divine', ''), ('Cy Poe', '')]
    """
    found: list[Billed] = []
    position, pending = start, 0
    while position < len(text) and len(found) < 40:
        prefix = _BEFORE_NAME.match(text, position)
        at = prefix.end() if prefix else position
        match = _NAME.match(text, at)
        if match is None:
            break
        name, end = _cut(match, known)
        if not name:
            skipped = (
                _SEPARATOR.match(text, match.end())
                if text.startswith(("The ", "the "), at) or text[at - 4 : at] == "the " or is_organisation(match[0])
                else None
            )
            if skipped is None:
                break
            position = skipped.end()
            continue
        item = Billed(name, at, end)
        found.append(item)
        if role := _AS.match(text, end):
            if common := shared(text, found[pending:], role.end()) if len(found) - pending > 1 else None:
                found[pending:], end = common
            else:
                found[-1], end = _with_role(text, item, role.end(), known)
            pending = len(found)
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        position = separator.end()
    return _sure(text, found)


def _cut(match: re.Match[str], known: frozenset[str] | set[str]) -> tuple[str, int]:
    """Return the name of a list's item and its end, empty if it is no person's name."""
    raw = match[0].rstrip(" ,")
    if "'s " in raw + " " or is_organisation(raw):
        return "", 0
    for stop in (". ", ".\n"):
        # a sentence's end that looks like an initial: "LL Cool J. It"
        if stop in raw and (tail := raw.rpartition(stop)[2]).lower() in lexicon.never_names():
            raw = raw[: len(raw) - len(tail) - 1]
            raw = raw[:-1] if not re.search(rf"(?:\b[{UPPER}]|Jr|Sr)\.$", raw) else raw
    name = clean(raw)
    if name in known or has_person_shape(name) or (" " not in name and _MONONYM.fullmatch(name) and _is_mononym(name)):
        return name, match.start() + len(raw)
    return "", 0


def _with_role(text: str, item: Billed, start: int, known: frozenset[str] | set[str]) -> tuple[Billed, int]:
    """Return `item` with the role said from `start` on and where it ends."""
    honored = _HONORED.match(text, start)
    if honored and _another(text, honored.end(), known):
        return replace(item, character=clean(honored[0]), end=honored.end()), honored.end()
    stop = _AS_END.search(text, start if honored is None else honored.end())
    end = stop.start() if stop else len(text)
    if honored and not text[honored.end() : end].strip(" \"'"):
        return replace(item, character=clean(honored[0]), end=honored.end()), honored.end()
    phrase = text[start:end].strip()
    if len(phrase) > 90:
        return item, item.end
    bare = phrase[len(_ROLE_PHRASE.match(phrase)[0]) :]  # type: ignore[index]
    if _HONORED.fullmatch(bare) and not re.match(r"(?:the|an?) [a-z]+ [A-Z]", phrase):
        return replace(item, character=clean(bare), end=end), end
    tail = re.search(rf" (?P<name>{NAME})$", phrase)
    if (
        tail
        and not re.match(r"(?:the |an? )?[a-z'-]+s\b.*'s |.*\b(?:of|in|from|for|to|at) [A-Z]|.*'s ", phrase)
        and phrase[: tail.start()].split()[-1].islower()
    ):
        return replace(item, character=clean(tail["name"]), description=phrase, end=end), end
    return replace(item, description=phrase, end=end), end


def _another(text: str, position: int, known: frozenset[str] | set[str]) -> bool:
    """Whether "and" at `position` leads to another performer rather than to a second name of the role."""
    if not text.startswith(" and ", position):
        return False
    prefix = _BEFORE_NAME.match(text, position + 5)
    name = _NAME.match(text, prefix.end() if prefix else position + 5)
    named = clean(name[0]) if name else ""
    return bool(named) and (bool(prefix and prefix[0].strip()) or named in known or is_person(named))


def shared(text: str, group: list[Billed], start: int) -> tuple[list[Billed], int] | None:
    """Return `group` with the characters that are listed for all of them: `A and B as Tom and Rose(, respectively)`."""
    match = _RESPECTIVELY.match(text, start) or _TWO_ROLES.match(text, start)
    if match is None:
        return None
    roles = [r for r in re.split(r",? and |, ", match["roles"]) if r]
    if len(roles) != len(group):
        return None
    named = []
    for item, role in zip(group, roles, strict=True):
        bare = role[len(_ROLE_PHRASE.match(role)[0]) :]  # type: ignore[index]
        whole = bool(_HONORED.fullmatch(bare))
        named.append(
            replace(item, end=match.end(), character=clean(bare) if whole else "", description="" if whole else role)
        )
    return named, match.end()


def _sure(text: str, found: list[Billed]) -> list[Billed]:
    """Leave out single words unless other names of the list or the words behind show that they are performers."""
    full = any(" " in b.name for b in found)
    return [
        b
        for b in found
        if " " in b.name or full or re.match(r"[.,]|$| (?:in|as|and|with|alongside) ", text[b.end :]) or b.character
    ]


def before(text: str, end: int, names: NameTable) -> Iterator[Billed]:
    """Yield the performers of the list that ends at `end` (`Ann Lee, Bo Ray and Cy Poe star`), the last first."""
    limit = end
    while limit > 0:
        window = text[max(0, limit - 60) : limit]
        found = list(_NAME.finditer(window))
        if not found or found[-1].end() < len(window.rstrip()):
            return
        name = clean(found[-1][0])
        if not (has_person_shape(name) or is_person(name) or (" " not in name and names.person(name))):
            return
        start = limit - len(window) + found[-1].start()
        yield Billed(name, start, start + len(found[-1][0]))
        joint = re.search(r"(?:,? and | & |, )$", text[max(0, start - 6) : start])
        if joint is None:
            return
        limit = start - len(joint[0])
