"""Judgements in a clause: what is judged, how, and in which quoted words."""

import re
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.part import Part

_WORD = re.compile(r"[A-Za-zé]+(?:[-'][A-Za-zé]+)*")
_QUOTE = re.compile(r"\"([^\"]{2,600})\"")
_FILM = re.compile(r"^(?:it|this|(?:the|this) (?:film|movie|picture|feature|production|documentary|whole|entire film|whole film|result|remake|sequel|adaptation|original|project))\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:(?:the |both )?(?P<owner>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3})'s?) (?P<thing>.+)$")
_OF = re.compile(r"^(?:the |both |strong |fine |excellent )*(?P<thing>[\w -]{3,40}?) (?:of|by|from) (?:both |the |its |their )?(?P<owners>[A-Z].*)$")
_PERFORMING = re.compile(r"\b(?:performances?|acting|portrayals?|role|turn|work|voice(?: work| acting| performance)?|presence|delivery|tour de force|screen presence|chemistry|charisma|comic timing|casting)\b", re.IGNORECASE)
_DIRECTING = re.compile(r"\b(?:direct(?:ion|ing)|screenplay|script|writing|vision|craft)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a judgement is about: `name` is empty for the film as a whole."""

    name: str


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    negations = lexicon.alternation(lexicon.words("opinions", "negations"))
    return (
        frozenset(lexicon.text("opinions", "positive_words").split()),
        frozenset(lexicon.text("opinions", "negative_words").split()),
        re.compile(rf"\b(?:{negations})\b(?:\s+\w+){{0,2}}\s*$", re.IGNORECASE),
    )


@cache
def _target_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.alternation(lexicon.words('opinions', 'targets'))})\b", re.IGNORECASE)


def polarity(text: str) -> str:
    """Return positive, negative or mixed by the judging words of `text`, empty if there are none.

    >>> polarity("a brilliant conceptual gag"), polarity("never dull"), polarity("funny but overlong"), polarity("a film")
    ('positive', 'positive', 'mixed', '')
    """
    good, bad, negation = _sets()
    plus = minus = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        sign = 1 if word in good else -1 if word in bad else 0
        if sign and negation.search(text[max(0, match.start() - 30) : match.start()]):
            sign = -sign
        plus += sign > 0
        minus += sign < 0
    if plus and minus:
        return "mixed" if plus == minus or min(plus, minus) * 3 > max(plus, minus) else "positive" if plus > minus else "negative"
    return "positive" if plus else "negative" if minus else ""


def quoted(text: str) -> str:
    """Return the first quoted wording of `text`, empty if there is none."""
    match = _QUOTE.search(text)
    return match[1].strip() if match else ""


_COMPARISON = re.compile(r",? (?:comparing|compared|likening|although|though|despite|while|when|because|but|in comparison|calling|saying|stating|noting|writing|adding|feeling|arguing) .*$")


def targets(phrase: str, part: Part, person: str = "") -> list[Target]:
    """Return what an object such as "the score and Lee's performance" names, one target for each member.

    `person` is whom "her performance" means. Empty if the phrase names nothing that can be judged.
    """
    found: list[Target] = []
    for piece in _members(_COMPARISON.sub("", phrase)):
        for target in _target(piece, part, person):
            if target not in found:
                found.append(target)
    return found


def _members(phrase: str) -> list[str]:
    """Split a list of objects; "the performances of A and B" stays one."""
    phrase = _QUOTE.sub(lambda m: m[0].replace(",", "\0").replace(" and ", " \1 "), phrase.strip(" ,.;"))
    if _OF.match(phrase):
        rest = re.split(r",? (?:as well as|along with|and (?=(?:the|its|his|her)\b))", phrase)
        return [r.strip() for r in rest]
    pieces = re.split(r",? as well as (?:the )?|,? along with |, and |, | and (?=[A-Za-z])", phrase)
    return [p.replace("\0", ",").replace("\1", "and").strip() for p in pieces if p and p.strip()]


def _target(piece: str, part: Part, person: str) -> list[Target]:
    plain = piece.replace('"', "").strip()
    if _FILM.match(plain) or part.film_pattern.match(plain):
        rest = re.match(r"^(?:it|(?:the|this) \w+|.{1,40})'s (?P<thing>.+)$", plain)
        return _thing(rest["thing"], part) if rest else [Target("")]
    if re.match(r"^(?:its|the film's|the movie's)\s", plain):
        return _thing(plain.split(" ", 1)[1], part)
    if re.match(r"^(?:his|her|their|the actor's|the actress's)\s+(?:own )?", plain) and person:
        return [Target(person)] if _PERFORMING.search(plain) or _DIRECTING.search(plain) else _thing(plain.split(" ", 1)[1], part)
    if re.fullmatch(r"(?:him|her|he|she)", plain) and person:
        return [Target(person)]
    if match := _POSSESSIVE.match(plain):
        if part.film_pattern.fullmatch(match["owner"]):
            return _thing(match["thing"], part)
        if owner := part.person(match["owner"]):
            if re.match(r"(?:\w+ )?characters?\b", match["thing"]):
                return [Target(_played_by(owner.name, part) or f"{owner.name}'s character")]
            return [Target(owner.name)]
    if match := _OF.match(plain):
        owners = [full for full, _, _ in part.persons_in(match["owners"])]
        if owners:
            return [Target(name) for name in owners]
    if re.match(r"^(?:[a-z]+ ){0,2}[A-Z]", plain) and (named := part.persons_in(plain)) and named[0][1] < 25:
        return [Target(named[0][0])]
    return _thing(plain, part)


def _thing(words: str, part: Part) -> list[Target]:
    match = _target_pattern().search(words[:80])
    if match is None:
        return []
    owners = [full for full, _, _ in part.persons_in(words)] if _PERFORMING.search(match[0]) else []
    return [Target(name) for name in owners] or [Target(match[0].lower())]


def _played_by(actor: str, part: Part) -> str:
    """Return the character `actor` plays as far as the cast read in the first pass tells."""
    return part.players.get(actor, "")
