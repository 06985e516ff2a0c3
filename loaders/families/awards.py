"""Awards: category by category with ceremony, outcome and recipient, and stated totals."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose.ceremonies import Category, Ceremony, categories, ceremonies
from reelgraph.loaders.prose.names import NAME, clean
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset(
    "won win wins winning winner winners awarded nominated nomination nominations nominee award awards prize prizes oscar oscars received receiving earned earning garnered honored honoured "
    "lost shortlisted nominees golden recognized recognised presented bestowed named".split()
)
_OUTCOMES = (
    ("not nominated", r"\b(?:not|never|n't) (?:even )?(?:be |been )?nominated\b|\b(?:did not|didn't|never|failed to|without) (?:even )?(?:get|receive|receiv\w+|earn|secure|land|getting)[^.;,]{0,30}\bnominat\w+|\bsnubbed\b|\bfailed to (?:receive|earn|secure|get) (?:a |any )?nominations?\b"),
    ("nominated", r"\bnominat(?:ed|ions?|ing)\b|\bnominees?\b|\blost\b|\blosing\b|\bcompeted for\b|\bin contention\b|\bup for\b"),
    ("shortlisted", r"\bshort-?listed\b|\blonglisted\b"),
    ("won", r"\b(?:won|wins?|winning|winners?|awarded|received|receiving|recipient|took(?: home)?|taking|earned|earning|garnered|collected|picked up|swept|presented with|bestowed|honou?red|named)\b"),
)  # fmt: skip
_OUTCOME = re.compile("|".join(f"(?P<o{n}>{p})" for n, (_, p) in enumerate(_OUTCOMES)))
_FOR = re.compile(rf"^(?: [Aa]wards?| [Oo]scars?| [Pp]rize)?(?:,)? (?:for|to|went to|by) (?:her |his |the |director |actor |actress |composer |cinematographer |writer )?(?P<name>{NAME})|^ \((?P<bracket>{NAME}(?: (?:and|&) {NAME})?)\)")
_CLAUSE_END = re.compile(r"[;]|\.\s|, (?:while|but|although|whereas|with)\b|, and (?=(?:the|it|was|were|also|\w+ (?:won|was|received)))")
_COUNT = re.compile(rf"\b(?P<n>{COUNT}|several|numerous) (?:(?:additional|other|competitive|more|total|of its|of the) )?(?P<kind>[A-Z][\w'’]*(?: [A-Z][\w'’]*){{0,4}} )?(?P<what>nominations?|awards?|categories|prizes|[Oo]scars|trophies)\b")
_HYPHENATED = re.compile(r"\b(?:Oscar|Academy Award|Emmy|BAFTA|Golden Globe|Tony|Grammy|award)s?[- ](?:winn(?:ing|er)|nominated|nominee)\b", re.IGNORECASE)
_OTHER_TIME = re.compile(r"\b(?:had (?:previously |already )?(?:won|been nominated)|previously (?:won|nominated)|would (?:later |go on to )?win|later won|went on to win .{0,60} for (?:her|his) (?:role|performance|work) in)\b")
_NEGATED = re.compile(r"\b(?:did not|didn't|failed to|never|without|not) (?:\w+ )?$")
_SKIP = frozenset({"plot", "references", "cast", "related"})
_MAX_CATEGORIES = 14


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the nominations, wins and totals a sentence states for the film."""
    text = sentence.text
    if part.film is None or sentence.section in _SKIP or len(text) > 1200 or not _OUTCOME.search(text):
        return
    found = [c for c in ceremonies(text)]
    listed = categories(text, found)
    if not found and not any(c.prize for c in listed):
        found = _ceremony_before(sentence, part) if listed and sentence.section in ("awards", "reception", "lead") else []
    if (found or any(c.prize for c in listed)) and len(listed) <= _MAX_CATEGORIES and not _OTHER_TIME.search(text):
        for category in listed:
            yield from _awards(sentence, part, category, listed, found)
    yield from _counts(sentence, part, found)


def _ceremony_before(sentence: Sentence, part: Part) -> list[Ceremony]:
    """Return the ceremony of the sentence before, which "It also won Best Film" continues."""
    previous = part.previous(sentence)
    if previous is None or not re.match(r"(?:It|The film|He|She|They|Additionally|In addition)\b", sentence.text):
        return []
    last = ceremonies(previous.text)[-1:]
    return [Ceremony(c.name, -1, -1, c.edition, c.year) for c in last]


def _awards(sentence: Sentence, part: Part, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> Iterator[Fact]:
    text = sentence.text
    outcome, verb = _outcome(text, category, found)
    if not outcome or _HYPHENATED.search(text[max(0, category.start - 40) : category.start]):
        return
    recipient, end, foreign = _recipient(text, category, part, verb)
    if foreign:
        return
    for ceremony in _ceremonies_of(text, category, listed, found):
        start, finish = min(verb, category.start), max(end, category.end)
        if ceremony.start >= 0:
            start, finish = min(start, ceremony.start), max(finish, ceremony.end)
        yield part.fact(
            "award", sentence.span(max(0, start), finish), ceremony=Ref("award", ceremony.name), edition=ceremony.edition, year=ceremony.year,
            category=category.name, outcome=outcome, recipient=recipient,
        )  # fmt: skip


def _outcome(text: str, category: Category, found: Sequence[Ceremony]) -> tuple[str, int]:
    """Return what happened in a category and where the verb stands: the last verb before it, else the first after."""
    last: re.Match[str] | None = None
    for match in _OUTCOME.finditer(text, 0, category.start):
        if not any(c.start <= match.start() < c.end for c in found):
            last = match
    chosen = last or _OUTCOME.search(text, category.end)
    if chosen is None:
        return "", 0
    name = _OUTCOMES[int((chosen.lastgroup or "o0")[1:])][0]
    if name == "won":
        between = text[chosen.end() : category.start]
        if re.search(r"\bnominations?\b|\bnominated\b", text[chosen.end() : chosen.end() + 60]) and not re.search(r"\bw[io]n", between) or re.search(r"\bnominations?\b", between):
            name = "nominated"
        elif re.match(r"received|receiving|earned|earning|garnered|collected|named", chosen[0]) and re.search(r"\bnominations?\b|\bnominated\b", text[chosen.end() : category.end + 40]):
            name = "nominated"
        elif _NEGATED.search(text[: chosen.start()]):
            name = ""
    return name, chosen.start()


def _recipient(text: str, category: Category, part: Part, verb: int) -> tuple[Ref | None, int, bool]:
    """Return who the category went to, where the words end, and whether it was for another film."""
    tail = text[category.end :]
    if match := _FOR.match(tail):
        words = match["name"] or match["bracket"]
        if person := part.person(words):
            return person, category.end + match.end(), False
        if part.film_pattern.fullmatch(clean(words)):
            return part.film, category.end + match.end(), False
        before = re.match(r"(?:The|A|An|In|Best|Outstanding)\b", words)
        if match["name"] and not before and len(words.split()) == 1:
            return None, category.end, False
        return None, category.end, bool(match["name"] and not before)
    if category.own or re.search(r"\b(?:with|saw) [A-Z][\w'’]+ (?:winning|receiving|being nominated|nominated)", text[: category.start]) or verb < category.start:
        people = part.persons_in(text[:verb][-70:])
        subject = text[:verb].rstrip()
        if people and re.search(rf"{re.escape(_last_word(people[-1][0]))}(?:'s?)?(?: \w+)?(?: (?:was|were|has|have|had|also|is|later|subsequently|being))*\s*$", subject):
            return Ref("person", people[-1][0]), category.end, False
    return None, category.end, False


def _last_word(name: str) -> str:
    return name.split()[-1]


def _ceremonies_of(text: str, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> list[Ceremony]:
    """Return the ceremonies a category was decided at: those named right behind its list, else the last before it."""
    after = _following(text, category, listed, found)
    if after:
        return after
    before = [c for c in found if c.end <= category.start]
    if before:
        return before[-1:]
    return [Ceremony(category.name, category.start, category.end)] if category.prize and not found else []


def _following(text: str, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> list[Ceremony]:
    result: list[Ceremony] = []
    position = category.end
    for ceremony in found:
        if ceremony.start < category.end:
            continue
        between = text[position : ceremony.start]
        masked = _without(between, position, listed)
        if not result:
            joined = re.search(r"\b(?:at|from|by|in|during|of)(?: both)?(?: the)? $", between)
            if joined is None or _OUTCOME.search(masked) or _CLAUSE_END.search(masked):
                break
        elif not re.fullmatch(r"(?: Awards?)?,? ?(?:and |as well as )?(?:at |from |by )?(?:the )?", between):
            break
        if result and re.match(r" (?!and\b|or\b|for\b|in\b|with\b|where\b)[a-z]", text[ceremony.end : ceremony.end + 8]):
            break  # "..., and the Guild named it ..." begins a new clause
        result.append(ceremony)
        position = ceremony.end
    if result and text[max(0, category.start - 8) : category.start].endswith((" for ", " for the ")) and not category.own:
        nearer = [c for c in found if c.end <= category.start and category.start - c.end < 12]
        return nearer or result
    return result


def _without(between: str, offset: int, listed: Sequence[Category]) -> str:
    chars = list(between)
    for other in listed:
        for at in range(max(0, other.start - offset), min(len(chars), other.end - offset)):
            chars[at] = "_"
    return "".join(chars)


def _counts(sentence: Sentence, part: Part, found: Sequence[Ceremony]) -> Iterator[Fact]:
    """Yield totals such as "five nominations at the 86th Academy Awards"."""
    text = sentence.text
    for match in _COUNT.finditer(text):
        number = count(match["n"]) if match["n"] not in ("several", "numerous") else None
        if number is None or number > 400:
            continue
        near = [c for c in found if c.start <= match.start("what") < c.end + 1 or re.fullmatch(r",? (?:at|from|by|in|for) the (?:\w+ )?", text[match.end() : c.start])]
        own = ceremonies(match["kind"] or "")
        before = [c for c in found if c.end <= match.start()]
        chosen = own or near or before[-1:]
        outcome = "nominated" if match["what"].startswith(("nomination", "categor")) else "won"
        verb = _OUTCOME.search(text, max(0, match.start() - 40), match.start())
        if not chosen or (outcome == "won" and (verb is None or "nominat" in text[max(0, match.start() - 40) : match.start()])):
            continue
        ceremony = chosen[0]
        edition = next((c for c in [*near, *before] if c.name == ceremony.name), ceremony)
        yield part.fact(
            "award-count", sentence.span(), ceremony=Ref("award", ceremony.name), edition=edition.edition, year=edition.year,
            outcome=outcome, count=number,
        )  # fmt: skip
