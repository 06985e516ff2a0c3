"""Facts inside the fiction: what characters are and how they are related, where a text says so in so many words."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon, relatives
from reelgraph.loaders.prose.names import UPPER, clean, names_in
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = (
    relatives.cues()
    | frozenset(w.split()[-1].lower() for w in relatives.roles().wordings)
    | frozenset(
        [
            "divorcing",
            "divorces",
            "divorced",
            "marries",
            "married",
            "marriage",
            "divorce",
            "dating",
            "dates",
            "works",
            "co-worker",
        ]
    )
)
_SECTIONS = frozenset({"plot", "review", "lead"})
_WORD = rf"[{UPPER}](?:[\w'-]|\.(?=[ \w]))*\w"
_NAME = rf"{_WORD}(?: (?:of |de |von |van )?{_WORD}){{0,3}}"
_OWNER = rf"(?P<owner>{_NAME})'s?"
_DIVORCING = re.compile(
    rf"\b(?:(?P<a>{_NAME}|she|he) (?:(?:is|was) (?:divorcing|separated from|divorced from)|divorces|leaves) |"
    rf"(?P<p>[Hh]is|[Hh]er) (?:impending |pending |recent )?(?:divorce|separation) from (?:his |"
    rf"her )?(?:[a-z]+ ){{0,2}})(?P<b>{_NAME})"
)
_MARRIED = re.compile(
    rf"\b(?:(?P<a>{_NAME}|[Ss]he|[Hh]e) (?:(?:is|was|gets|got) (?:now |happily |unhappily )?(?:married|"
    rf"engaged) to|marries|(?:is|was|starts|begins) (?:now )?dating|falls in love with|dates)|(?P<p>[Hh]is|"
    rf"[Hh]er) (?:failed |failing |unhappy )?marriage to) (?:(?:their|his|"
    rf"her) (?:\w+ ){{0,2}})?(?P<b>{_NAME})"
)
_WORKS = re.compile(
    rf"\b(?P<a>{_NAME}|[Hh]e|[Ss]he) (?:also )?works (?:for|at) (?:a company called |"
    rf"the company )?\"?(?P<o>{_NAME}|[A-Z][\w.]+\.com)\"?"
)
_WRITER_FOR = re.compile(
    rf" (?:for|at) \"?(?P<o>[\w.]+\.com|{_NAME})\"?,? (?:a|the) (?:company|firm|newspaper|magazine|studio)\b"
)
_PLAYED = re.compile(rf"\b(?P<word>[a-z-]+(?: [a-z]+)?) of (?P<owner>{_NAME})'s? (?:is )?played by (?P<actor>{_NAME})")
_NOT_REAL = re.compile(
    r"\b(?:imagin\w+|pretend\w*|pos(?:es|ing) as|suppos\w+|mistak\w+|if|would|wants? to|hopes? to|dreams? of|"
    r"believ\w+|think\w*|lie\w*|claim\w*|disguis\w+|almost|not|never|future)\b"
)
_PRONOUN = re.compile(r"(?:He|She|They|His|Her)\b")
_NOBODY = frozenset(
    {
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "He",
        "She",
        "They",
        "It",
        "When",
        "After",
        "While",
        "As",
        "But",
        "His",
        "Her",
        "With",
        "Meanwhile",
        "Later",
    }
)


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield what a sentence of the story states about its characters."""
    if part.film is None or sentence.section not in _SECTIONS:
        return
    if sentence.section != "plot" and not part.characters:
        return
    yield from _related(sentence, part)
    yield from _paired(sentence, part)
    yield from _occupied(sentence, part)


def _character(text: str, sentence: Sentence, part: Part) -> str:
    """Return the full name of a character, empty if `text` is no character's."""
    name = clean(text)
    if known := part.characters.get(name.lower()):
        return known
    if sentence.section != "plot" or name.split()[0] in _NOBODY or part.film_pattern.fullmatch(name):
        return ""
    mixed = len(name.split()) > 3 or " The " in name or any(name.startswith(f"{player} ") for player in part.players)
    return "" if mixed or part.names.person(name) in part.players else name


def _others(sentence: Sentence, part: Part, other: str) -> list[tuple[str, int]]:
    """Return the characters a sentence names besides `other` and where first; unknown names count, too."""
    found: dict[str, int] = {}
    for named in names_in(sentence.text):
        known = part.characters.get(named.name.lower())
        first = named.name.split()[0]
        if not known and (part.names.person(named.name) in part.players or sentence.text[named.start - 1] in "(["):
            continue
        if known or (first not in _NOBODY and first.lower() not in lexicon.never_names()):
            found.setdefault(known or named.name, named.start)
    return [(name, start) for name, start in found.items() if name != other]


def _whose(text: str, sentence: Sentence, part: Part, other: str, before: int) -> str:
    """Return whom a name means, or a pronoun at `before`: the only character named until then, else in the sentence."""
    if text.lower() not in ("he", "she", "his", "her"):
        return _character(text, sentence, part)
    named = _others(sentence, part, other)
    named = [(name, start) for name, start in named if not _of_somebody().search(sentence.text, 0, start)]
    earlier = [name for name, start in named if start < before]
    if not earlier and _PRONOUN.match(sentence.text):
        previous = part.previous(sentence)
        earlier = [name for name, _ in _others(previous, part, other)] if previous else []
    candidates = earlier or ([] if _PRONOUN.match(sentence.text) else [name for name, _ in named])
    known = frozenset(part.characters.values())
    return candidates[0] if len(candidates) == 1 and candidates[0] in known else ""


def _fact(sentence: Sentence, part: Part, start: int, end: int, who: str, relation: str, what: str) -> Fact:
    return part.fact(
        "character", sentence.span(start, end), character=Ref("character", who), relation=relation, object=what
    )


@cache
def _of_somebody() -> re.Pattern[str]:
    """Return what stands before Tom in "her son Tom": whom "her" means is somebody else."""
    return re.compile(rf"\b(?:[Hh]is|[Hh]er) (?:[a-z-]+ )??(?:{relatives.relatives().source}),? $")


@cache
def _relative() -> re.Pattern[str]:
    words = relatives.relatives().source
    return re.compile(
        rf"(?:{_OWNER}|(?P<p>\b[Hh]is|\b[Hh]er)) (?:\w+, )?(?:[a-z]+ )??(?P<word>{words}),? "
        rf"(?P<b>{_NAME})(?!\w| and\b| [{UPPER}]|'s)"
    )


@cache
def _apposed() -> re.Pattern[str]:
    words = relatives.relatives().source
    return re.compile(
        rf"(?P<b>{_NAME})(?: \([^()]{{2,40}}\))?(?:,| is| was|"
        rf", who is) (?:the )?(?:(?P<word>{words}) of (?P<owner>{_NAME})|"
        rf"(?P<owner2>{_NAME})'s? (?P<word2>{words}))(?=[,.;]| who| and)"
    )


def _related(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for pattern in (_relative(), _apposed()):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            word = groups["word"] or groups.get("word2") or ""
            other = _character(match["b"], sentence, part)
            if not other or _NOT_REAL.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            owner = _whose(groups.get("p") or match["owner"] or match["owner2"], sentence, part, other, match.start())
            if owner and owner != other:
                yield from _both(sentence, part, match.start(), match.end(), owner, word, other)
    for match in _PLAYED.finditer(text):
        player = part.players.get(part.names.person(match["actor"]) or "", "")
        owner = _character(match["owner"], sentence, part)
        if player and owner and relatives.relatives().canonical(match["word"]):
            yield from _both(sentence, part, match.start(), match.end(), owner, match["word"], player)


def _both(sentence: Sentence, part: Part, start: int, end: int, owner: str, word: str, other: str) -> Iterator[Fact]:
    """Yield a relation, both ways round where it is mutual."""
    relation = relatives.relatives().canonical(word)
    yield _fact(sentence, part, start, end, other, relation, owner)
    if relation in relatives.mutual():
        yield _fact(sentence, part, start, end, owner, relation, other)


def _paired(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield marriages, loves and divorces that verbs and nouns tell of."""
    text = sentence.text
    for pattern in (_DIVORCING, _MARRIED):
        for match in pattern.finditer(text):
            other = _character(match["b"], sentence, part)
            who = _whose(match["a"] or match["p"], sentence, part, other, match.start()) if other else ""
            if not who or who == other or _NOT_REAL.search(text[max(0, match.start() - 40) : match.end("b")]):
                continue
            relation = _relation(match)
            yield _fact(sentence, part, match.start(), match.end(), who, relation, other)
    for match in _WORKS.finditer(text):
        who = _whose(match["a"], sentence, part, "", match.start())
        if who:
            yield _fact(sentence, part, match.start(), match.end(), who, "employer", match["o"])


def _relation(match: re.Match[str]) -> str:
    words = match[0]
    if match.re is _DIVORCING:
        return (
            "divorced from"
            if "divorced" in words
            else "separated from"
            if "separat" in words or "leaves" in words
            else "divorcing spouse"
        )
    if "engaged" in words:
        return "fiancé"
    return "in love with" if "love" in words else "romantic partner" if "dat" in words else "spouse"


@cache
def _occupation() -> re.Pattern[str]:
    words = relatives.roles().source
    noun = rf"(?P<adj>(?:[a-z-]+,? ){{0,3}}?)(?P<job>{words})"
    return re.compile(
        rf"(?P<a>{_NAME})(?: ?\([^()]{{2,40}}\))?(?:,| is| works as| was|"
        rf" serves as) (?:now )?an? {noun}(?=[,.;]| who| in| at| for| from| with| and| living| working| of|$)"
        rf"|\ban? (?P<adj2>(?:[a-z-]+,? ){{0,3}}?)(?P<job2>{words})(?:,| named) (?P<b>{_NAME})(?=[,.;]| \(|"
        rf" who| to| and)"
        rf"|(?<!voice )(?<![\w-])(?P<job3>{words}) (?P<c>{_NAME})(?: \(|[,.;]| (?:is|has|who|and|lives|works|"
        rf"finds|goes|falls|meets)\b)"
    )


def _occupied(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for match in _occupation().finditer(text):
        name = match["a"] or match["b"] or match["c"]
        job = match["job"] or match["job2"] or match["job3"]
        who = part.characters.get(clean(name).lower(), "")
        if (
            not who
            or _NOT_REAL.search(text[max(0, match.start() - 30) : match.start()])
            or part.names.person(name) in part.players
        ):
            continue
        yield _fact(sentence, part, match.start(), match.end(), who, "occupation", job)
        if match["job"] and (firm := _WRITER_FOR.match(text, match.end())):
            yield _fact(sentence, part, match.start(), firm.end(), who, "employer", firm["o"])
