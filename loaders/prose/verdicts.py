"""What a critic's clause judges: the object of praise, the thing called something, the subject of reported speech."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.judgements import Target, masked, polarity, quoted, targets
from reelgraph.loaders.prose.part import Part

_KINDS = ("rating", "positive", "negative", "reporting", "calling")
_STOP = re.compile(
    r"[;:—]|,? (?:saying|calling|describing|writing|stating|noting|adding|arguing|feeling|commenting|opining|"
    r"comparing|compared|likening|citing|suggesting|claiming|observing|although|though|while|whereas|but|"
    r"because|despite|when|since|which|who|where|in comparison|including|even if|in which|in that|"
    r"the (?:latter|former))\b|, (?:and|as) (?:said|wrote|stated|felt|that|he|she|it|the film|the movie)\b"
)
_FOR = re.compile(r" (?:as being|for being|for|as|in|with|by) ")
_FILM_HEAD = re.compile(
    r"(?:the |this )?(?:film|movie|picture|feature|documentary|production|remake|sequel)$|it$", re.IGNORECASE
)
_COPULA = re.compile(
    r"(?P<s>[^,;]{1,80}?) (?P<v>was|is|were|are|had been|has been|seemed|seems|felt|feels|looked|looks|"
    r"proved|proves|remained|remains|came off as|comes off as|came across as|comes across as)(?P<not> not|"
    r"n't)? (?:also |both |at times |often |generally |just |still |simply |ultimately |rather |quite |more |"
    r"always |actually |certainly |all )*(?!(?:replaced|made|based|written|directed|set|shot|released|"
    r"inspired|meant|intended|supposed|about|called|going|being|trying|aimed|designed|filmed|produced|given|"
    r"used|seen|considered)\b)"
)
_ENDS = re.compile(
    r"[;—]|, (?:and|but|while|although|though|whereas|as if|as though|yet|the (?:latter|former)|which|who|"
    r"despite|a reference|\w+ing)\b| (?:but|although|though|while|whereas|because|when|if|despite|since) |"
    r" and (?:that|said|wrote|it|he|she|the)\b"
)
_SUBJUNCTIVE = re.compile(r"\b(?:would|should|could|might|may|if|whether)\b")
_COMPARED = re.compile(r"\bnot (?:as|so) \W*$|\b(?:less|rather) (?:\w+ )?than $|\bunlike $|\bnot (?:an? )?$")
#: What no noun phrase holds: then it is no subject but a clause of its own.
_CLAUSE = re.compile(
    r"\b(?:but|that|to|was|were|is|are|which|who|had|has|offered|offers|made|makes|gave|because|while|if|"
    r"when|narrated|there)\b|\b(?:an?|in|of|the|with|by|for|and|at)$"
)
_NEXT = re.compile(r",? (?:and|but|yet|although|though|while) that ")
_RELATIVE = re.compile(r",? (?:that|which|who|whose|where|when) |, \w+ing ")
_CALLED = re.compile(
    r" (?=\"(?!$))| (?:as(?: being)?|to be|for being|for its) | (?=(?:an? |one of |the (?:most|best|worst|"
    r"finest|greatest|least) |too |very |overly |both |(?:his|her|their) favou?rite ))"
)
_NOUN_PHRASE = re.compile(
    r"(?:An?|One of|Easily|Simply|The (?:best|worst|most|finest|funniest|greatest)) |(?:an?|one of|"
    r"the (?:best|worst|most)) "
)
_ADJECTIVE = re.compile(
    r"(?P<s>(?:it|(?:the|its|his|her|their|[A-Z][\w'.-]*(?: [A-Z][\w'.-]*)?'s?) ?[\w' -]{0,40}?)) (?P<how>(?:(?:too|"
    r"overly|very|rather|somewhat|a bit|a little|slightly|quite|both|so) )?[\w-]+(?:,? (?:and|but|if) (?:\w+ )?"
    r"[\w-]+)?)"
)
_FINITE = re.compile(r"\b(?:is|was|are|were|has|have|will)\b")
_PERFORMED = re.compile(r"perform|portray|acting|vocal")
_PRONOUN = re.compile(r"s?he(?= \")")
#: "the film (\"never finds its feet\")": the predicate is quoted.
_SUBJECT = re.compile(
    r"(?P<s>(?:[Ii]t|(?:[Tt]he|[Tt]his) (?:film|movie|picture|feature|documentary|director|script|screenplay|story)|"
    r"[A-Z0-9][\w.'&:-]*(?: (?:of |the )*[A-Z0-9][\w.'&:-]*){0,7}))(?: (?:also|still|really))? (?=\"[a-z])"
)
#: Quoted predicates of more characters judge in more words than one.
_LONG = 70
#: In quoted words of any length these turn judging words round, or speak of others.
_TURNED = re.compile(
    r"\b(?:but|yet|not|never|despite|although|though|while|than|without|might|could|would|some|those|others?|rather|"
    r"almost|nearly|when)\b|n't\b",
    re.IGNORECASE,
)
#: Of what a quoted sentence speaks that judges the film.
_FILM_NOUN = re.compile(
    r"\b(?:film|movie|picture|cinema|drama|comedy|thriller|western|musical|documentary|story|tale|debut|masterpiece|"
    r"entertainment|adaptation|sequel|remake|horror|romance|epic|screen)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:his|her|their|its|[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}'s)(?= \")")


@dataclass(frozen=True, slots=True)
class Event:
    """A verb of judgement: `kind` is positive, negative, calling, reporting or rating; the object follows it."""

    kind: str
    start: int
    end: int
    limit: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement: `sign` is a polarity or empty, `length` how many characters of the clause say it."""

    target: str
    sign: str
    words: str
    length: int


@cache
def cues() -> frozenset[str]:
    """Return the first words of all verbs of judgement."""
    verbs = frozenset(w.split()[0] for k in _KINDS for w in lexicon.words("opinions", f"{k}_verbs"))
    return verbs | {"according"}


@cache
def strong_cues() -> frozenset[str]:
    """Return the words that speak of a review wherever they stand: praise, blame, critics."""
    verbs = frozenset(w.split()[0] for k in ("positive", "negative") for w in lexicon.words("opinions", f"{k}_verbs"))
    rated = lexicon.words("opinions", "rating_verbs")
    return (
        (verbs - {"was", "were", "took", "found", "spoke", "expressed"})
        | rated
        | {"review", "reviews", "critic", "reviewer", "stars"}
    )


@cache
def _verbs() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{k}>{lexicon.alternation(lexicon.words('opinions', f'{k}_verbs'))})" for k in _KINDS)
    return re.compile(rf"(?<![\w'-])(?:{groups})(?![\w'-])", re.IGNORECASE)


@cache
def _predicates() -> re.Pattern[str]:
    good, bad = (lexicon.alternation(lexicon.words("opinions", f"{k}_verbs")) for k in ("good", "bad"))
    return re.compile(
        rf"(?P<s>[^,;]{{1,60}}?) (?:also |both |truly |really |often )?(?:(?P<good>{good})|(?P<bad>{bad}))(?!\w)"
    )


def events(text: str, start: int, limit: int) -> list[Event]:
    """Return the verbs of judgement of a sentence outside quotes, each with the end of what it governs."""
    found = [m for m in _verbs().finditer(masked(text), start, limit) if not _not_a_verb(text, m)]
    return [
        Event(m.lastgroup or "", m.start(), m.end(), found[n + 1].start() if n + 1 < len(found) else limit)
        for n, m in enumerate(found)
    ]


def _not_a_verb(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 16) : match.start()]
    if re.search(r"\b(?:been|was|were|is|are|be|being|widely|not|n't|never|neither|to) $", before):
        return not match[0].startswith(("was ", "were ", "is "))
    return bool(re.search(r"\b(?:the|a|an|its|his|her|their|of|most|with|such) $", before))


def verdicts(kind: str, said: str, part: Part, person: str) -> Iterator[Verdict]:
    """Yield the judgements of what follows a verb; `person` is whom "her performance" means."""
    if kind in ("positive", "negative"):
        yield from _objects(kind, said, part, person)
    elif kind == "calling":
        yield from _called(said, part, person)
    elif kind == "reporting":
        yield from reported(said, part, person)


def _objects(sign: str, said: str, part: Part, person: str) -> Iterator[Verdict]:
    hidden = masked(said)
    stop = _STOP.search(hidden)
    clause = said[: stop.start()] if stop else said
    if re.match(r"(?:that|how|in|at|by|to)\b", clause):
        yield from (v for v in reported(said, part, person) if re.match(r"that\b", clause) and v.sign in (sign, ""))
        return
    split = _FOR.search(hidden, 0, len(clause))
    head, tail = (clause[: split.start()], clause[split.end() :]) if split else (clause, "")
    found = targets(head, part, person)
    if not found:
        head, tail, found = clause, "", targets(clause, part, person)
    own = quoted(tail) if tail and len(found) == 1 and not found[0].words and tail.lstrip("a n").startswith('"') else ""
    for target in found:
        yield Verdict(target.name, sign, target.words or own, len(clause) if own or not tail else len(head))
    if tail and not own and _FILM_HEAD.search(head) and split and split[0] == " for ":
        for target in targets(re.sub(r"^(?:its|the|having|having an?) ", "its ", tail), part, person):
            if target.name and not any(t.name == target.name for t in found):
                yield Verdict(target.name, sign, target.words, len(clause))


def _found(said: str, part: Part, person: str) -> Iterator[Verdict]:
    """Yield the judgement of "the ending sentimental" and "it too long", as one finds or deems it."""
    ends = _ENDS.search(said)
    clause = said[: ends.start() if ends else len(said)].rstrip(" .,")
    match = _ADJECTIVE.fullmatch(clause)
    if match and '"' not in clause and (sign := polarity(match["how"])):
        found = [] if _CLAUSE.search(match["s"]) else targets(match["s"], part, person)
        yield from (Verdict(target.name, sign, "", len(clause)) for target in found)


def _called(said: str, part: Part, person: str) -> Iterator[Verdict]:
    hidden = masked(said)
    for split in _CALLED.finditer(hidden, 0, 140):
        found = [] if _CLAUSE.search(said[: split.start()]) else targets(said[: split.start()], part, person)
        if found:
            break
    else:
        found_so = list(_found(said, part, person))
        yield from found_so or reported(said, part, person)
        return
    ends = _ENDS.search(hidden, split.end())
    rest = said[split.end() : ends.start()] if ends else said[split.end() :]
    length = split.end() + len(rest.rstrip())
    quotes = re.findall(r"\"([^\"]{2,600})(?:\"|$)", rest)
    if len(quotes) == len(found) > 1 and "respectively" in said:
        yield from (Verdict(t.name, polarity(q), q, length) for t, q in zip(found, quotes, strict=True))
        return
    relative = _RELATIVE.search(rest)
    sign = polarity(rest[: relative.start()] if relative and len(rest) > 60 else rest)
    own = quotes[0].strip() if quotes and rest.lstrip("an ").startswith('"') else ""
    if (own and len(found) == 1) or sign:
        yield from (Verdict(t.name, sign, own if len(found) == 1 else "", length) for t in found)


def reported(said: str, part: Part, person: str) -> Iterator[Verdict]:
    """Yield the judgement of a clause such as "that the film was 'gentle'" or of a sentence quoted whole."""
    lead = re.match(
        r"(?:that|how|,|:|in (?:his|her|their) review|the following|of (?:it|the film|the movie)|about (?:it|"
        r"the film))[\s,:]*(?:that[\s,]*)?",
        said,
    )
    clause = said[lead.end() :] if lead else said
    offset = len(said) - len(clause)
    if clause.startswith('"'):
        yield from _quoted_clause(clause, offset, part)
        return
    hidden, start = masked(clause), 0
    for border in [*_NEXT.finditer(hidden), None]:
        piece = slice(start, border.start() if border else len(clause))
        yield from _of_performer(clause[piece], offset + start, part, person) or _predicated(
            clause[piece], hidden[piece], offset + start, part, person
        )
        start = border.end() if border else start


def _of_performer(clause: str, offset: int, part: Part, person: str) -> list[Verdict]:
    """Return the judgement of a clause whose predicate is quoted: "her 'vocal skill'", "she 'speaks it sweetly'"."""
    words = quoted(clause)
    if own := _POSSESSIVE.match(clause):
        found = targets(f"{own[0]} performance", part, person) if _PERFORMED.search(words) else []
    elif own := _PRONOUN.match(clause):
        found = [Target(person)] if person else []
    elif own := _SUBJECT.match(clause):
        found = targets(own["s"], part, person)
    else:
        return []
    doubtful = own.re is _SUBJECT and (len(words) > _LONG or _TURNED.search(words))
    sign = "" if doubtful else polarity(words)
    return [Verdict(t.name, sign, words, offset + own.end() + len(words) + 3) for t in found]


def _predicated(clause: str, hidden: str, offset: int, part: Part, person: str) -> Iterator[Verdict]:
    """Yield the judgement of subject and predicate: "the film was slow", "the story drags"."""
    match = _COPULA.match(hidden) or _predicates().match(hidden)
    if match is None or _SUBJUNCTIVE.search(match[0]):
        return
    subject = clause[: match.end("s")]
    if '"' in subject or _CLAUSE.search(subject):
        return
    found = targets(subject, part, person)
    ends = _ENDS.search(hidden, match.end())
    rest = clause[match.end() : ends.start() if ends else len(clause)]
    if match.re is _COPULA:
        sign = _negated(polarity(rest)) if match["not"] else polarity(rest)
    else:
        sign = "positive" if match["good"] else "negative"
    words = quoted(rest)
    if words and (_COMPARED.search(rest[: rest.index('"')]) or '"' not in rest[:60]):
        words = ""
    if sign or words:
        yield from (Verdict(t.name, sign, words, offset + match.end() + len(rest.rstrip())) for t in found)


def _negated(sign: str) -> str:
    return {"positive": "negative", "negative": "positive"}.get(sign, "")


def _is_plain(words: str) -> bool:
    """Whether a quoted sentence speaks of the film, and shortly enough that its judging words are of it."""
    return len(words) < 2 * _LONG and bool(_FILM_NOUN.search(words)) and not _TURNED.search(words)


def _quoted_clause(clause: str, offset: int, part: Part) -> Iterator[Verdict]:
    """Yield the judgement of a sentence quoted whole: about its subject, or the film if it has none."""
    words = quoted(clause)
    length = offset + len(words) + 2
    inner = list(_predicated(words.replace('"', "'"), words, 0, part, ""))
    judged = [Verdict(v.target, v.sign, words, length) for v in inner if v.sign]
    sign = polarity(words)
    phrase = _NOUN_PHRASE.match(words) and not _FINITE.search(words[:60])
    if judged or (inner and inner[0].target):
        yield from judged
    elif sign and (phrase or (sign != "mixed" and _is_plain(words))):
        yield Verdict("", sign, words, length)
