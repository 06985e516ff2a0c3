"""Stated totals of awards: "won three Academy Awards", "nominated in five categories"."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import awardwords
from reelgraph.loaders.prose.ceremonies import Ceremony, ceremonies
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref

CUES = frozenset(
    {"awards", "oscars", "nominations", "nods", "categories", "prizes", "trophies", "won", "winning", "baftas", "emmys"}
)
_NAMED = r"(?:[A-Z][\w'.]*(?: [A-Z][\w'.]*){0,4} )?"
_COUNT = re.compile(
    rf"(?<![\w$#.,])(?P<n>{COUNT})(?: (?:of (?:the |its |those )?(?:\w+ )?)?(?:competitive |total |"
    rf"further )?{_NAMED}(?P<what>[Nn]ominations?|[Aa]wards?|categories|prizes|[Oo]scars|trophies|BAFTAs|"
    rf"Golden Globes|Emmys|Grammys|nods)\b(?: nominations)?|(?P<bare>(?= of them\b|[,.;:]| including\b)))"
)
_FOR_WORK = re.compile(
    r" for (?:(?:his|her|their) [a-z ]{3,30} (?:in|on|of) )?\"?(?P<work>(?!Best|Outstanding|Achievement|Favou?rite)"
    r"[A-Z]\w*(?: (?:[A-Z]\w*|of|the|and|in))*)"
)
_PART_OF = re.compile(r" (?:season|ceremony|show|campaign)|-(?:winning|nominated)")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the totals that a sentence states for the film."""
    words = awardwords.telling(sentence, part)
    if words is not None and not awardwords.OTHER_TIME.search(words.text):
        yield from _counts(words, part, ceremonies(words.text) or awardwords.ceremony_before(words, part))


def _counts(sentence: Sentence, part: Part, found: Sequence[Ceremony]) -> Iterator[Fact]:
    """Yield totals such as "five nominations at the 86th Academy Awards" or "won three Academy Awards"."""
    text = sentence.text
    last: Ceremony | None = None
    for match in _COUNT.finditer(text):
        number = count(match["n"])
        if number is None or number > 400 or _PART_OF.match(text, match.end()):
            continue
        outcome, verb = _counted(text, match, found)
        ceremony = _ceremony_of_count(text, match, found) or (last if match["bare"] else None)
        if not outcome or ceremony is None:
            continue
        if awardwords.of_another(text, verb, part) or _for_another(text[match.end() :], part):
            refuse("awardcounts", sentence, "of another work", min(verb, match.start()), match.end())
            continue
        last = ceremony
        start, end = min(verb, match.start()), match.end()
        if ceremony.start >= 0:
            start, end = min(start, ceremony.start), max(end, ceremony.end)
        yield part.fact(
            "award-count",
            sentence.span(max(0, start), end),
            ceremony=Ref("award", ceremony.name),
            edition=ceremony.edition,
            year=ceremony.year,
            outcome=outcome,
            count=number,
        )


def _for_another(tail: str, part: Part) -> bool:
    """Whether a total was given for another work: "four Emmys for The Long Watch"."""
    work = _FOR_WORK.match(tail)
    return bool(work and not part.film_pattern.match(work["work"]) and not part.person(work["work"]))


def _counted(text: str, match: re.Match[str], found: Sequence[Ceremony]) -> tuple[str, int]:
    """Return what the number counts and where the verb stands; nothing where no verb says it."""
    verb: re.Match[str] | None = None
    for each in awardwords.OUTCOME.finditer(text, max(0, match.start() - 70), match.start()):
        if not any(c.start <= each.start() < c.end for c in found):
            verb = each
    what = (match["what"] or "").lower()
    if what.startswith(("nomination", "nod")):
        return "nominated", verb.start() if verb else match.start()
    if verb is None or re.search(r"[;:]|, (?:and|but|while) ", text[verb.end() : match.start()]):
        return "", 0
    name = awardwords.OUTCOMES[int((verb.lastgroup or "o0")[1:])][0]
    if what.startswith("categor"):
        return ("nominated", verb.start()) if name == "nominated" or "nominat" in text[: match.end() + 20] else ("", 0)
    if name == "won" and awardwords.NEGATED.search(text[: verb.start()]):
        return "", 0
    return (name if name in ("won", "nominated") else ""), verb.start()


def _ceremony_of_count(text: str, match: re.Match[str], found: Sequence[Ceremony]) -> Ceremony | None:
    """Return the ceremony that a total belongs to: named inside it, right behind it, else before it."""
    for ceremony in found:
        if ceremony.start < match.end() and match.start() < ceremony.end:
            return next((c for c in found if c.name == ceremony.name and c.edition), ceremony)
    for ceremony in found:
        if ceremony.start >= match.end() and re.fullmatch(
            r"(?: nominations?| awards?)?,? (?:at|from|by|in|for|of)(?: both)? (?:the )?",
            text[match.end() : ceremony.start],
        ):
            return ceremony
    before = [c for c in found if c.end <= match.start() and len(text[c.end : match.start()]) < 90]
    return before[-1] if before else None
