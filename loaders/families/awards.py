"""Awards: category by category with ceremony, outcome and recipient, in sentences and tables."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import awardrun
from reelgraph.loaders.prose.awardwords import (
    NEGATED,
    OTHER_TIME,
    OUT_OF,
    OUTCOME,
    OUTCOMES,
    among_nominations,
    ceremony_before,
    of_another,
    telling,
)
from reelgraph.loaders.prose.ceremonies import Category, Ceremony, categories, ceremonies
from reelgraph.loaders.prose.names import NAME, UPPER, clean
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref, Span

CUES = frozenset(
    phrases(
        "won|win|wins|winning|winner|winners|awarded|nominated|nomination|nominations|nominee|award|awards|prize|"
        "prizes|oscar|oscars|received|receiving|earned|earning|garnered|honored|honoured|lost|shortlisted|"
        "nominees|golden|recognized|recognised|presented|bestowed|named|gave|took"
    )
)
_FOR = re.compile(
    rf"^(?: [Aa]wards?| [Oo]scars?| [Pp]rize)?(?:,)? (?:for|to|went to|by) (?:her |his |the |director |"
    rf"actor |actress |composer |cinematographer |writer )?(?P<name>{NAME})|^ \((?P<bracket>{NAME}(?: (?:and|"
    rf"&) {NAME})?)\)"
)
_FOR_WORK = re.compile(
    rf"(?:[^.;]{{0,40}})? for (?:his|her|their|its) (?:role|performance|work|portrayal|part|"
    rf"direction)s?(?: as [^,.;]{{2,40}})? (?:in|on|of) \"?(?P<w>[{UPPER}][\w'.:-]*(?: [{UPPER}\d][\w'.:-]*|"
    rf" of| the| and| a| in)*)"
)
#: "The Guild gave Lee its award for Best Editing".
_GAVE = re.compile(rf"gave (?P<name>{NAME}) (?:its|their|the|an?) ")
_CLAUSE_END = re.compile(
    r"[;]|\.\s|, (?:while|but|although|whereas|with)\b|, and (?=(?:the|it|was|were|also|\w+ (?:won|was|received)))"
)
_AT = re.compile(r"\b(?:at|from|by|in|during|of)(?: both)?(?: the)? $")
_AT_DATED = re.compile(r"\b(?:at|from|by|in|during|of|for)(?: both)?(?: the)? $")
_WENT_TO = re.compile(r"\bwent to\b")
_NEW_CLAUSE = re.compile(r"; |, (?:where|which|while|but|whereas)\b")
_BEFORE = re.compile(
    rf"(?:,? and|,|;) (?P<names>{NAME}(?:(?:, (?:and )?| and ){NAME})*) (?:was |were )?(?:for )?(?:the )?$"
)
_HYPHENATED = re.compile(
    r"\b(?:Oscar|Academy Award|Emmy|BAFTA|Golden Globe|Tony|Grammy|[Aa]ward)s?[- ](?:winn(?:ing|er)|"
    r"nominated|nominee)\b"
)
_SENT_IN = re.compile(r"\b(?:submi(?:ssion|tted)|(?:official |national )?entry|entered|selected as|chosen as|sent)\b")
#: "Best Screenplay (which Lee won)": said of this category alone.
_IN_BRACKETS = re.compile(r" \([^()]{0,40}?\b(?P<verb>won|winning|winner)\b[^()]{0,30}\)")
_BUT = re.compile(r",? but |; |, while ")
_TELLING = frozenset({"awards", "reception", "lead"})
_MAX_CATEGORIES = 14


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the rows of award tables that lost their cells."""
    if part.film is None or part.kind != "article":
        return
    for start, end in awardrun.runs(part.view, part.start, part.end):
        for row in awardrun.rows(part.view, start, end, part.film_pattern, part.names.full):
            for name in row.names or ("",):
                yield part.fact(
                    "award",
                    Span(row.start, row.end),
                    ceremony=Ref("award", row.ceremony),
                    edition=row.edition,
                    year=row.year,
                    category=row.category,
                    outcome=row.outcome,
                    recipient=part.agent(name) if name else None,
                )


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the nominations, wins and totals a sentence states for the film."""
    words = telling(sentence, part)
    if words is None:
        return
    sentence, text = words, words.text
    found = ceremonies(text)
    listed = categories(text, found)
    if not found and not any(c.prize for c in listed):
        found = ceremony_before(sentence, part) if listed and sentence.section in _TELLING else []
    if other := OTHER_TIME.search(text):
        refuse("awards", sentence, f"of another time, or only hoped for: “{other[0]}”")
    elif (found or any(c.home for c in listed)) and len(listed) <= _MAX_CATEGORIES:
        for category in listed:
            yield from _awards(sentence, part, category, listed, found)


def _awards(
    sentence: Sentence, part: Part, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]
) -> Iterator[Fact]:
    text = sentence.text
    outcome, verb = _outcome(text, category, found)
    if (
        not outcome
        or _HYPHENATED.search(text[max(0, category.start - 40) : category.start])
        or of_another(text, verb, part)
    ):
        return
    recipients, end, foreign = _recipients(text, category, part, verb)
    if foreign:
        return
    for ceremony in _ceremonies_of(text, category, listed, found):
        start, finish = min(verb, category.start), max(end, category.end)
        if ceremony.start >= 0:
            start, finish = min(start, ceremony.start), max(finish, ceremony.end)
        for recipient in recipients or (None,):
            yield part.fact(
                "award",
                sentence.span(max(0, start), finish),
                ceremony=Ref("award", ceremony.name),
                edition=ceremony.edition,
                year=ceremony.year,
                category=category.name,
                outcome=outcome,
                recipient=recipient,
            )


def _outcome(text: str, category: Category, found: Sequence[Ceremony]) -> tuple[str, int]:
    """Return what happened in a category and where the verb stands: the last verb before it, else the first after."""
    if told_in := _IN_BRACKETS.match(text, category.end):
        return "won", told_in.start("verb")
    if among := among_nominations(text, category.start, category.end):
        return "nominated", among
    last: re.Match[str] | None = None
    aside = [match.span() for pattern in (_IN_BRACKETS, OUT_OF) for match in pattern.finditer(text)]
    for match in OUTCOME.finditer(text, 0, category.start):
        inside = any(first <= match.start() < end for first, end in aside)
        if not inside and not any(c.start <= match.start() < c.end for c in found):
            last = match
    chosen = last or OUTCOME.search(text, category.end)
    if last is None and (went := _WENT_TO.search(text, category.end, chosen.start() if chosen else len(text))):
        return "won", went.start()
    if chosen is None or (last is None and _NEW_CLAUSE.search(text, category.end, chosen.start())):
        return "", 0
    if last and _SENT_IN.search(text, last.end(), category.start):
        return "", 0  # what a country sends in is not yet nominated
    name = OUTCOMES[int((chosen.lastgroup or "o0")[1:])][0]
    if name == "won":
        between = OUT_OF.sub("", text[chosen.end() : category.start])
        if (
            (
                re.search(r"\bnominations?\b|\bnominated\b", text[chosen.end() : chosen.end() + 60])
                and not re.search(r"\bw[io]n", chosen[0] + between)
            )
            or re.search(r"\bnominations?\b", between)
            or (
                re.match(r"received|receiving|earned|earning|garnered|collected|named", chosen[0])
                and re.search(r"\bnominations?\b|\bnominated\b", _BUT.split(text[chosen.end() : category.end + 40])[0])
            )
        ):
            name = "nominated"
        elif NEGATED.search(text[: chosen.start()]):
            name = ""
    return name, chosen.start()


def _recipients(text: str, category: Category, part: Part, verb: int) -> tuple[list[Ref], int, bool]:
    """Return whom the category went to, where the words end, and whether it was for another film."""
    tail = text[category.end :]
    if (work := _FOR_WORK.match(tail)) and not part.film_pattern.match(work["w"]):
        return [], category.end, not re.match(r"(?:The|This|A) (?:film|movie)|[Tt]he$", work["w"])
    if match := _FOR.match(tail):
        return _named(match, category.end, part)
    if (gave := _GAVE.match(text, verb)) and (person := part.names.person(gave["name"])):
        return [Ref("person", person)], category.end, False
    if own := _nominees_before(text, category, part, verb):
        return own, category.end, False
    people = [p for p in part.persons_in(text[:verb][-90:]) if not part.film_pattern.fullmatch(p[0])]
    subject = text[:verb].rstrip()
    if people and re.search(
        rf"{re.escape(_last_word(people[-1][0]))}(?:'s?)?(?: \w+)?(?: (?:was|were|has|have|had|also|is|later|"
        rf"subsequently|being|been|both|each|received|earned|got|gained|garnered|an?|his|her|another|first|second|third))*\s*$",
        subject,
    ):
        joined = [people[-1]]
        window = text[:verb][-90:]
        for other in reversed(people[:-1]):
            if not re.fullmatch(r",? (?:and )?|, ", window[other[2] : joined[0][1]]):
                break
            joined.insert(0, other)
        return [Ref("person", name) for name, _, _ in joined], category.end, False
    return [], category.end, False


def _nominees_before(text: str, category: Category, part: Part, verb: int) -> list[Ref]:
    """Return the persons of "and Ann Lee and Bo Ray (for) Best Editing", nobody where one is unknown."""
    found = _BEFORE.search(text, max(verb, category.start - 120), category.start)
    names = [part.names.person(piece) for piece in re.split(r",? and |, ", found["names"])] if found else []
    return [Ref("person", name) for name in names if name] if all(names) else []


def _named(match: re.Match[str], offset: int, part: Part) -> tuple[list[Ref], int, bool]:
    """Return the recipients that stand behind a category."""
    words = match["name"] or match["bracket"]
    found = [
        Ref("person", full) for piece in re.split(r",? (?:and|&) |, ", words) if (full := part.names.person(piece))
    ]
    if found:
        return found, offset + match.end(), False
    if part.film_pattern.fullmatch(clean(words)):
        return [part.film] if part.film else [], offset + match.end(), False
    if match["bracket"] or len(words.split()) == 1 or re.match(r"(?:In|Best|Outstanding)\b", words):
        return [], offset, False
    return [], offset, True


def _last_word(name: str) -> str:
    return name.split()[-1]


def _ceremonies_of(
    text: str, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]
) -> list[Ceremony]:
    """Return the ceremonies a category was decided at: those named right behind its list, else the last before it."""
    after = _following(text, category, listed, found)
    if after:
        return _respective(text, category, listed, after)
    before = [c for c in found if c.end <= category.start]
    if before:
        return _joined(text, before, category)
    if category.home:
        return [Ceremony(category.home, -1, -1)]
    return [c for c in found if c.start < 0]


def _respective(text: str, category: Category, listed: Sequence[Category], after: list[Ceremony]) -> list[Ceremony]:
    """Return of "A and B at X and Y, respectively" the ceremony in the category's place, else all."""
    together = [c for c in listed if c.end <= after[0].start]
    if len(after) < 2 or len(together) != len(after) or not re.match(r",? respectively\b", text[after[-1].end :]):
        return after
    return [after[together.index(category)]]


def _joined(text: str, before: Sequence[Ceremony], category: Category) -> list[Ceremony]:
    """Return the last ceremony before a category, or all that share it: "the A Award and B Award for Best Film"."""
    result = [before[-1]]
    if not re.fullmatch(r"(?: Awards?| [Pp]rizes?)? for (?:the )?", text[before[-1].end : category.start]):
        return result
    for other in reversed(before[:-1]):
        if not re.fullmatch(r"(?: Awards?)?,? (?:and )?(?:the |a |an )?", text[other.end : result[0].start]):
            break
        result.insert(0, other)
    return result


def _following(text: str, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> list[Ceremony]:
    result: list[Ceremony] = []
    position = category.end
    for ceremony in found:
        if ceremony.start < category.end:
            continue
        between = text[position : ceremony.start]
        masked = _without(between, position, listed)
        if not result:
            dated = ceremony.edition or ceremony.year
            joined = (_AT_DATED if dated else _AT).search(between)
            if joined is None or OUTCOME.search(masked) or _CLAUSE_END.search(masked):
                break
        elif not re.fullmatch(r"(?: Awards?)?,? ?(?:and |as well as )?(?:at |from |by )?(?:the )?", between):
            break
        if result and re.match(
            r" (?!and\b|or\b|for\b|in\b|with\b|where\b)[a-z]", text[ceremony.end : ceremony.end + 8]
        ):
            break  # "..., and the Guild named it ..." begins a new clause
        result.append(ceremony)
        position = ceremony.end
    if (
        result
        and text[max(0, category.start - 8) : category.start].endswith((" for ", " for the "))
        and not category.own
    ):
        nearer = [c for c in found if c.end <= category.start and category.start - c.end < 12]
        return nearer or result
    return result


def _without(between: str, offset: int, listed: Sequence[Category]) -> str:
    chars = list(between)
    for other in listed:
        for at in range(max(0, other.start - offset), min(len(chars), other.end - offset)):
            chars[at] = "_"
    return "".join(chars)
