"""Words that tell a performance in the film from plans, other films and earlier works."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME
from reelgraph.loaders.prose.part import Part
from reelgraph.model import Fact, Ref

SKIP = frozenset({"references", "related", "awards"})
UNREAL = re.compile(
    r"\b(?:originally|was (?:considered|offered|approached|slated|supposed)|were (?:considered|offered)|turned down|"
    r"declined|refused|rejected|auditioned|wanted|hoped|replac\w+|dropped|cut from|deleted|removed|unproduced|would "
    r"have|would|was to (?:have )?(?:play|star)|had been cast|initially|first choice|intended|instead of|"
    r"negotiations|talks|if|might|could|not|never|cancelled|suggested|rumou?red|planned|proposed|envisioned|as if|"
    r"unable)\b",
    re.IGNORECASE,
)
OTHER_FILM = re.compile(
    r"^,? (?:in|from|of|for) (?:the (?:film|movie),? [\"A-Z]|"
    r"the (?!final |finished |completed )\w+ (?:film|movie)|the (?:\w+ )?(?:\d{4}|TV|television|series|sitcom|"
    r"original|previous|"
    r"first|musical|play|stage|sequel|comedy|drama|remake|soap|show)|(?:his|her|their|\d{4}'s) |\"|"
    r"[A-Z0-9][\w'’]+)|"
    r"^[^.;]{0,20}? (?:in|for) (?:the|an?|its) (?:[\w-]+ ){0,2}(?:dub|dubbed|dubbing|redub)\b|"
    r"^,? (?:on|for) (?:the )?(?:show|series|television|Broadway|TV|stage|\"|[A-Z])|^'s "
)
EARLIER = re.compile(
    r"\b(?:previously|had (?:played|portrayed|starred|appeared|voiced)|known for|best known|famous for|better known|"
    r"in (?:the )?(?:previous|first|original|earlier|last) films?|remake|sequel|television series|stage|Broadway|TV "
    r"series|(?:[Hh]indi|Tamil|Telugu|[A-Z][a-z]+) (?:remake|version)|sitcom|theatre|musical (?:adaptation|version)|"
    r"radio|later (?:played|starred|appeared|portrayed)|would later|The Simpsons|episode|who (?:starred|appeared) "
    r"in|original (?:film|series|version)|comic|video game|dub|dubbed|dubbing)\b"
)
#: A line of a cast list: "- Ann Lee as Rose (voice)".
CREDIT_LINE = re.compile(
    rf"^[-•*]?\s*(?P<actor>{NAME}) (?:as|\.{{2,}}|…) ?(?P<character>[^()]{{0,60}}?)\s*(?:\((?P<note>[^()]*)\))?$"
)
_NAMED = re.compile(
    rf"(?:the|an?|his|her|their) (?:(?!of |in |at |from |for |with |to |and |like )[a-z'-]+ ){{1,5}}(?P<name>{NAME})"
)
PAST_WORK = re.compile(
    r"\b(?:previously|had (?:played|portrayed|starred|appeared|voiced)|known for|famous for|who (?:starred|"
    r"appeared) in|later (?:starred|appeared)|also (?:starred|appeared) in)\b"
)


def full_character(name: str, part: Part, actor: str = "") -> str:
    """Return the fullest name of a character that a single word means, of two the actor's; a longer name as it is."""
    known = part.players.get(actor, "")
    if name in known.split():
        return known
    return name if " " in name else part.character(name)


def told(role: str) -> tuple[str, str]:
    """Return the character and the description that the words behind "plays" or "as" give; one may be empty.

    >>> told("Tom"), told("the photographer Tom"), told("a retired U.S. Marine")
    (('Tom', ''), ('Tom', 'the photographer Tom'), ('', 'a retired U.S. Marine'))
    """
    if re.fullmatch(NAME, role):
        return role, ""
    named = _NAMED.fullmatch(role)
    name = named["name"] if named else ""
    of_country = "." in name or any(first == 0 for _, first, _ in lexicon.demonyms_in(name))
    return ("" if of_country else name), role


def distinct(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield each performer's roles once, and a performer without a role only where no role is said."""
    named = {person for person, role in map(_key, facts) if role}
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = _key(fact)
        if key not in seen and (key[1] or key[0] not in named):
            seen.add(key)
            yield fact


def _key(fact: Fact) -> tuple[str, str]:
    person = fact.fields["person"]
    said = fact.fields.get("character") or fact.fields.get("description") or ""
    return (person.name if isinstance(person, Ref) else "", str(said))
