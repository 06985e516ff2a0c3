"""Judgements in a clause: what is judged, how, and in which quoted words."""

import re
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.terms import phrases

_WORD = re.compile(r"[A-Za-zé]+(?:[-'][A-Za-zé]+)*")
_QUOTE = re.compile(r"\"([^\"]{2,600})(?:\"|$)")
_FILM = re.compile(
    r"(?:it|this|(?:the|this|a|an) (?:(?:whole|entire|finished|final|overall|resulting) )?(?:film|movie|"
    r"picture|feature|production|documentary|whole|result|remake|sequel|adaptation|original|project|musical|"
    r"thriller|horror|comedy film|drama film))(?: (?:as a whole|itself|overall|in general))?",
    re.IGNORECASE,
)
_ITS = re.compile(r"(?:its|the (?:film|movie|picture)'s|this film's)\s+(?P<thing>.+)", re.IGNORECASE)
_THEIRS = re.compile(
    r"(?:his|her|their|the actor's|the actress's|the director's)\s+(?:own )?(?P<thing>.+)", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"(?:the |both |director |actor |actress )*(?P<owner>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3})'s? (?P<thing>.+)"
)
_OF = re.compile(
    r"(?:the |both |strong |fine |excellent )*(?P<thing>[\w -]{3,40}?) (?:of|by|from) (?:both |the |its |"
    r"their |lead |leads |stars? |actors? |director |newcomers? )*(?P<owner>[A-Z].*)"
)
_PERFORMING = re.compile(
    r"\b(?:performances?|acting|portrayals?|portraying|role|turn|work|voice(?: work| acting| performance)?|"
    r"presence|delivery|tour de force|chemistry|charisma|comic timing|casting|direct(?:ion|ing)|screenplay|"
    r"script|writing|vision|craft|talents?|effort|ability)\b",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(
    r"(?:both |the |lead |star |director |actor |actress |actors |newcomer |co-star |screenwriter |"
    r"writer-director |composer |cinematographer )*(?P<n>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3})(?: (?:as "
    r"[A-Z][\w' ]+|in (?:the|his|her|their) [\w ]+|for (?:his|her|their|its|being|the) .*))?"
)
_PREPOSITION = re.compile(
    r" (?:of|in|between|from|delivered|by|with|for|that|which|on|at|who|as|when|during|throughout|to|than|"
    r"given|among|where|was|is)\b"
)
_DETERMINERS = re.compile(
    r"^(?:the|its|their|his|her|both|all|some|many|of|much|a|an|this|these|those|entire|whole|overall|film's|"
    r"movie's|also|particularly|especially|even|mainly|in particular|how)\b ?",
    re.IGNORECASE,
)
_VAGUE_HEAD = re.compile(
    r"^(?:mix|mixture|lack|use|sense|level|amount|kind|blend|balance|combination|handling|treatment|"
    r"portrayal|depiction|exploration|emphasis|focus|insistence|absence|abundance|reliance|juxtaposition|"
    r"attention|quality)$"
)
_PAIRED = re.compile(
    r"\b(?:mix|mixture|blend|combination|balance|juxtaposition|fusion|relationship|romance|chemistry|rapport|"
    r"interplay|contrast) (?:of|between) [^,.;]{2,40}? and "
)
_REVIEWED = re.compile(r"\b(positively|negatively|favou?rably|unfavou?rably) reviewed (?:it|the|this|[A-Z])")
_NO_TARGET = frozenset(
    phrases(
        "way|fact|idea|time|times|people|audience|audiences|viewers|critics|reviewers|what|something|anything|"
        "everything|nothing|one|ones|someone|fans|them|us|him|her|you|me|review|reviews|attention|year|director|"
        "directors|filmmaker|filmmakers|that|and"
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a judgement is about: `name` is empty for the film as a whole, `words` are quoted about it alone."""

    name: str
    words: str = ""


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

    >>> polarity("a brilliant gag"), polarity("never dull"), polarity("funny but overlong"), polarity("a film")
    ('positive', 'positive', 'mixed', '')
    """
    good, bad, negation = _sets()
    plus = minus = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        sign = 1 if word in good else -1 if word in bad else 0
        if word == "original" and text[: match.start()].lower().endswith("the "):
            continue  # the film this one follows
        if sign and negation.search(text[max(0, match.start() - 30) : match.start()]):
            sign = -sign
        plus += sign > 0
        minus += sign < 0
    if plus and minus:
        one_sided = min(plus, minus) * 3 <= max(plus, minus)
        return ("positive" if plus > minus else "negative") if one_sided else "mixed"
    return "positive" if plus else "negative" if minus else ""


def quoted(text: str) -> str:
    """Return the first quoted wording of `text`, empty if there is none."""
    match = _QUOTE.search(text)
    return match[1].strip() if match else ""


def masked(text: str) -> str:
    """Return `text` with the words inside quotes blanked out, so that patterns do not look into them."""
    return re.sub(r"\"[^\"]*(?:\"|$)", lambda m: '"' + "_" * (len(m[0]) - 2) + '"' if len(m[0]) > 1 else m[0], text)


def targets(phrase: str, part: Part, person: str = "") -> list[Target]:
    """Return what an object such as "the score and Lee's performance" names, one target for each member.

    `person` is whom "her performance" means. Empty if the phrase names nothing that can be judged.
    """
    found: list[Target] = []
    for piece in _members(phrase):
        target = _target(piece, part, person)
        if target is not None and not any(t.name == target.name for t in found):
            found.append(target)
    return found


def _members(phrase: str) -> list[str]:
    """Split a list of objects; what is paired ("a mix of A and B") and what is quoted stays one."""
    hidden = masked(phrase.strip(" ,.;"))
    hidden = _PAIRED.sub(lambda m: m[0].replace(" and ", " \1\1\1 ").replace(",", "\2"), hidden)
    pieces, start = [], 0
    for match in re.finditer(r",? as well as |,? along with |, and |, | and (?:also )?| & ", hidden):
        pieces.append(phrase.strip(" ,.;")[start : match.start()])
        start = match.end()
    pieces.append(phrase.strip(" ,.;")[start:])
    return [p.strip() for p in pieces if p.strip()]


def _target(piece: str, part: Part, person: str) -> Target | None:
    """Return what one member of an object names, None if nothing that can be judged."""
    words = quoted(piece)
    plain = piece.replace('"', "").strip()
    name = _named(plain, part, person)
    return None if name is None else Target(name, words)


def _named(plain: str, part: Part, person: str) -> str | None:
    title = part.film_pattern.match(plain)
    if _FILM.fullmatch(plain) or (title and title.end() == len(plain)):
        return ""
    if match := _ITS.fullmatch(plain):
        return _thing(match["thing"])
    if match := _THEIRS.fullmatch(plain):
        return person if person and _PERFORMING.search(match["thing"]) else _aspect(match["thing"])
    if plain in ("him", "her", "he", "she"):
        return person or None
    if match := _POSSESSIVE.fullmatch(plain):
        return _owned(match["owner"], match["thing"], part)
    if match := _OF.fullmatch(plain):
        owner = part.names.person(match["owner"])
        return owner if owner and _PERFORMING.search(match["thing"]) else _thing(plain)
    if plain.endswith("'s"):
        return None
    if match := _BARE_NAME.fullmatch(plain):
        return _somebody(match["n"], part)
    return _thing(plain)


def _owned(owner: str, thing: str, part: Part) -> str | None:
    """Return whom or what "Lee's performance", "Lee's character" or "Title's score" means."""
    if part.film_pattern.fullmatch(owner):
        return _thing(thing)
    name = part.names.person(owner)
    if name is None:
        return _aspect(thing)
    if re.fullmatch(r"(?:\w+ )?characters?", thing):
        return part.players.get(name, "") or f"{name}'s character"
    aspect = _aspect(thing)
    return name if aspect is None or _PERFORMING.search(thing) else aspect


def _somebody(name: str, part: Part) -> str | None:
    person = part.names.person(name)
    return person or part.characters.get(name.lower())


def _aspect(words: str) -> str | None:
    """Return the aspect of a film that a noun phrase ends in, None if it is none of the known."""
    cut = _PREPOSITION.search(words)
    head = words[: cut.start()] if cut else words
    found = list(_target_pattern().finditer(head))
    return found[-1][0].lower() if found else None


def _thing(words: str) -> str | None:
    """Return the aspect that a noun phrase names, or the phrase itself if it is short and plain."""
    if known := _aspect(words):
        return known
    bare = words
    while match := _DETERMINERS.match(bare):
        bare = bare[match.end() :]
    cut = _PREPOSITION.search(bare)
    head = bare[: cut.start()] if cut else bare
    vague = _VAGUE_HEAD.match(head) is not None
    if vague and cut:
        later = _PREPOSITION.search(bare, cut.end())
        head = " ".join((bare[: later.start()] if later else bare).split()[:6]).rstrip(" ,")
    good, bad, _ = _sets()
    while (first := head.split(" ", 1)[0].lower()) in good | bad and " " in head and not vague:
        head = head.split(" ", 1)[1]
    bare_words = head.split()
    plain = 0 < len(bare_words) <= (6 if _VAGUE_HEAD.match(bare_words[0]) else 3)
    if not plain or bare == words or not re.fullmatch(r"[a-z][a-z' -]{3,60}", head) or first in _NO_TARGET:
        return None
    return None if bare_words[-1] in _NO_TARGET or bare_words[-1].endswith("ly") else head


def review_sign(text: str) -> str:
    """Return the polarity that a sentence gives the whole review ("a mixed review"), empty if none."""
    if "review" not in text and "notice" not in text and "response" not in text:
        return ""
    if reviewed := _REVIEWED.search(text):
        return "negative" if reviewed[1] in ("negatively", "unfavorably", "unfavourably") else "positive"
    match = _review_kind().search(text)
    return lexicon.lookup("opinions", "review_kinds")[match[1].lower()] if match else ""


@cache
def _review_kind() -> re.Pattern[str]:
    kinds = lexicon.alternation(lexicon.lookup("opinions", "review_kinds"))
    return re.compile(rf"\b({kinds}) (?:review|notice|response)\b", re.IGNORECASE)
