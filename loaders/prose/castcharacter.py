"""The words between "as" and the next actor in a cast list: what the character is called, and actors glued to it."""

import re

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.castsplit import ROLES
from reelgraph.loaders.prose.names import UPPER, NameTable, is_person

_NO_CHARACTER = re.compile(
    r"(?:an? |in an? )?(?:(?:extended |brief |uncredited )?cameo(?: appearance| role)?|(?:special|guest|friendly) "
    r"appearance|archive footage|uncredited)$",
    re.IGNORECASE,
)
_ROLE_THEN_NAME = re.compile(
    rf"(?P<role>[{UPPER}\w'-]+ (?:{'|'.join(sorted(w for w in ROLES if w.isalpha()))})) [{UPPER}][\w'-]+(?: "
    rf"[{UPPER}][\w'-]+)?$"
)
LONGEST_CHARACTER = 3


def character_of(said: str) -> str:
    """Return a character as it is called, empty where the words are none or hold more than one name."""
    said = re.sub(
        r"^(?:and|&) | (?:and|&|a\.k\.a\.?|aka|alias)$",
        "",
        said.strip(" ,.;:") + ("." if said.endswith(".") and re.search(r"\.\w\.$|\b(?:Jr|Sr|Dr)\.$", said) else ""),
    )
    said = re.sub(r" in (?:an? )?(?:special|guest|cameo|brief)\b.*", "", said)
    if _NO_CHARACTER.match(said):
        return ""
    if glued := _ROLE_THEN_NAME.match(said):
        said = glued["role"]
    if said.startswith('"') and said.endswith('"') and said.count('"') == 2:
        return said.strip('"')
    for piece in re.split(r" ?/ ?| and | & | a\.k\.a\.? ", said):
        words = [w for w in piece.split() if w[0] != '"' and len(w.rstrip(".")) > 1 and not titled(w)]
        if len(words) > LONGEST_CHARACTER and all(w[:1].isupper() for w in words):
            return ""
    return said


def titled(word: str) -> bool:
    """Whether a word is a title or says what somebody is: `Dr.`, `General`, `Cop`."""
    return (key := word.lower().rstrip(".")) in lexicon.honorifics() or key in ROLES


def glued(said: str, names: NameTable) -> tuple[str, list[str]]:
    """Cut actors known elsewhere, or named with two initials, off a character (`Tom Ann Lee Bo Ray`)."""
    words = said.split(" ")
    if len(words) < 3:
        return said, []
    if (
        len(words) == 4
        and all(w[:1].isupper() and "." not in w and not titled(w) for w in words)
        and is_person(" ".join(words[2:]))
    ):
        return " ".join(words[:2]), [" ".join(words[2:])]
    extra: list[str] = []
    first, index = len(words), 1
    while index < len(words) - 1:
        for size in (3, 2):
            name = " ".join(words[index : index + size])
            initials = bool(re.match(rf"(?:[{UPPER}]\.){{2}}\S+ |[{UPPER}]\. [{UPPER}]\. ", name + " "))
            if index + size <= len(words) and (
                name in names.credited or (initials and size == 3 and not titled(words[index - 1]))
            ):
                extra.append(name)
                first, index = min(first, index), index + size - 1
                break
        index += 1
    return " ".join(words[:first]), extra
