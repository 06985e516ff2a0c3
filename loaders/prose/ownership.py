"""Whether an amount that a text about a film names is another film's."""

import re

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME, UPPER
from reelgraph.loaders.prose.part import Part

_ANOTHER_FILM = re.compile(
    r"\b(?:(?<!more )(?<!less )than|behind|surpass\w*|beat(?:ing)?|compared (?:to|with)|[Cc]omparison (?:to|with)|"
    r"ahead of|previous record|record (?:of|held|set)|exceed\w*(?: \w+){0,3} by|exceed\w* (?:the )?[A-Z]|overtak\w+|"
    r"overtook|topp(?:ed|ing)|outgross\w+|short of|shy of)\b"
)
_OWNED = re.compile(
    r"(?P<owner>[A-Z0-9][\w.'!?:-]*(?: (?:[A-Z0-9][\w.'!?:-]*|of|the|and|in))*?)(?:'s?|’s?) (?:\w+ )?$|"
    r"(?P<named>[A-Z0-9][\w.'!?:-]*(?: (?:[A-Z0-9][\w.'!?:-]*|of|the|and|in))*) \((?:with |at )?$"
)
_OWN_SUM = re.compile(r"\b(?:it|film) (?:\w+ )?(?:grossed|earned|made)\b")
_RELEASED = re.compile(r"^[^.;]{0,60}?(?<!re-)\b(?:released|made|shot) in (?P<y>(?:19|20)\d\d)\b")
_OWNED_TITLE = re.compile(
    rf"(?:{NAME})'s (?P<t>[{UPPER}][\w'-]+(?: [{UPPER}][\w'-]+){{0,5}})"
    rf"(?:,| (?:earned|grossed|cost|made|took|collected)\b)"
)
#: "and Low Tide grossed": the subject of the last clause before an amount.
_SUBJECT = re.compile(
    rf"(?:^|; |, |\b(?:and|while|but) )(?P<t>[{UPPER}][\w'-]+(?: (?:of |the |and )*[{UPPER}\d][\w'-]*)+) "
    r"(?:earned|grossed|cost|made|took|collected) [^,;]{0,40}$"
)


def is_compared(clause: str) -> bool:
    """Whether the words before an amount set the film beside another one."""
    return bool(_ANOTHER_FILM.search(clause[-60:])) and not _OWN_SUM.search(clause[-30:])


def is_owned(text: str, position: int, part: Part) -> bool:
    """Whether another name than the film's owns the amount at `position`: "Title's $3 million", "Title ($3m)"."""
    owned = _OWNED.search(text[max(0, position - 60) : position])
    if owned is None:
        return False
    name = (owned["owner"] or owned["named"]).strip()
    return not (
        part.film_pattern.search(name)
        or lexicon.territory(name)
        or re.search(r"\b(?:[Ff]ilm|[Mm]ovie|[Ii]ts?)$", name)
        or name in ("It", "The")
    )


def is_of_another(text: str, position: int, part: Part) -> bool:
    """Whether a clause is about a film of another year or, by its subject, of another name ("Lee's Low Tide cost")."""
    dated = _RELEASED.search(text, 0, position)
    if dated and part.film and part.film.year and abs(int(dated["y"]) - part.film.year) > 1:
        return not part.film_pattern.search(text)
    other = _SUBJECT.search(text, 0, position)
    if other and not part.film_pattern.search(other["t"]) and not lexicon.territory(other["t"]):
        return True
    subject = _OWNED_TITLE.match(text)
    return bool(subject and not part.film_pattern.match(subject["t"]) and not part.film_pattern.search(text))
