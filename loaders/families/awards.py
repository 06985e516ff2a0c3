"""Awards: category by category with ceremony, outcome and recipient, and stated totals."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import awardrun
from reelgraph.loaders.prose.ceremonies import Category, Ceremony, categories, ceremonies
from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref, Span

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
_FOR_WORK = re.compile(
    rf"(?:[^.;]{{0,40}})? for (?:his|her|their|its) (?:role|performance|work|portrayal|part|direction)s?(?: as [^,.;]{{2,40}})? (?:in|on|of) \"?(?P<w>[{UPPER}][\w'.:-]*(?: [{UPPER}\d][\w'.:-]*| of| the| and| a| in)*)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;] (?:and |while |but )?|\bwhile |\band )(?P<n>[{UPPER}\d][\w'.:-]*(?: [{UPPER}\d&][\w'.:-]*| of| the| and| in| a)*) (?:was |were |has |had |also |later |been |subsequently |had been )*$"
)
_NO_TITLE = frozenset({"The", "It", "He", "She", "They", "In"})
_CLAUSE_END = re.compile(r"[;]|\.\s|, (?:while|but|although|whereas|with)\b|, and (?=(?:the|it|was|were|also|\w+ (?:won|was|received)))")
_NAMED = r"(?:[A-Z][\w'.]*(?: [A-Z][\w'.]*){0,4} )?"
_COUNT = re.compile(
    rf"(?<![\w$#.,])(?P<n>{COUNT})(?: (?:of (?:the |its |those )?(?:\w+ )?)?(?:competitive |total |further )?{_NAMED}(?P<what>[Nn]ominations?|[Aa]wards?|categories|prizes|[Oo]scars|trophies|BAFTAs|Golden Globes|Emmys|Grammys|nods)\b(?: nominations)?|(?P<bare>(?= of them\b|[,.;]| including\b)))"
)
_PART_OF = re.compile(r" (?:season|ceremony|show|campaign)|-(?:winning|nominated)")
_HYPHENATED = re.compile(
    r"\b(?:Oscar|Academy Award|Emmy|BAFTA|Golden Globe|Tony|Grammy|[Aa]ward)s?[- ](?:winn(?:ing|er)|nominated|nominee)\b"
)
#: Prizes of other times, hopes and predictions: nothing this film won.
_OTHER_TIME = re.compile(
    r"\b(?:(?:had|has|have) (?:previously|already|earlier|once) (?:won|been nominated|received|earned)|previously (?:won|nominated)|who had (?:won|been nominated)|would (?:later |go on to |eventually |also )?(?:win|be nominated|receive)|later won|went on to win .{0,60} for (?:her|his) (?:role|performance|work) in|(?:hop|expect|predict|tip|favou?r|campaign|lobb|deserv|speculat)\w* (?:\w+ ){0,4}(?:to|for|that|would|of)|should have (?:won|been nominated)|could (?:win|have won)|might (?:win|have won)|if (?:it|he|she) (?:wins|won)|since .{3,40} (?:won|was nominated)|winner of the .{3,80} Award,)\b"
)
_NEGATED = re.compile(r"\b(?:did not|didn't|failed to|never|without|not) (?:\w+ )?$")
_TABLE = re.compile(r"(?<![\w\"'])(?:Won|Nominated|Nominee|Winner)(?![\w\"'])(?! (?:a|an|the|by|for)\b)")
_TABLE_HEAD = re.compile(r"\b(?:Category|CATEGORY|Nominee|Recipients?)\b[^.]{0,60}\b(?:Results?|OUTCOME|Outcome)\b")
_CONTINUES = re.compile(r"(?:It|The film|The movie|He|She|They|Additionally|In addition|Its)\b")
_TELLING = frozenset({"awards", "reception", "lead"})
_SKIP = frozenset({"plot", "references", "cast", "related"})
_MAX_CATEGORIES = 14


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the rows of award tables that lost their cells."""
    if part.film is None or part.kind != "article":
        return
    for start, end in awardrun.runs(part.view, part.start, part.end):
        for row in awardrun.rows(part.view, start, end, part.film_pattern, part.names.full):
            for name in row.names or ("",):
                yield part.fact(
                    "award", Span(row.start, row.end), ceremony=Ref("award", row.ceremony), edition=row.edition, year=row.year,
                    category=row.category, outcome=row.outcome, recipient=part.agent(name) if name else None,
                )  # fmt: skip


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the nominations, wins and totals a sentence states for the film."""
    if part.film is None or sentence.section in _SKIP:
        return
    sentence = _told(sentence)
    text = sentence.text
    if len(text) > 1200 or not _OUTCOME.search(text) or _TABLE_HEAD.search(text):
        return
    found = ceremonies(text)
    listed = categories(text, found)
    if not found and not any(c.prize for c in listed):
        found = _ceremony_before(sentence, part) if listed and sentence.section in _TELLING else []
    if (found or any(c.home for c in listed)) and len(listed) <= _MAX_CATEGORIES and not _OTHER_TIME.search(text):
        for category in listed:
            yield from _awards(sentence, part, category, listed, found)
    yield from _counts(sentence, part, found or _ceremony_before(sentence, part))


def _told(sentence: Sentence) -> Sentence:
    """Return what follows the table that a sentence without its own beginning swallowed."""
    marks = list(_TABLE.finditer(sentence.text))
    if len(marks) < 2:
        return sentence
    cut = marks[-1].end()
    return Sentence(sentence.text[cut:].lstrip(" —"), sentence.start + len(sentence.text) - len(sentence.text[cut:].lstrip(" —")), sentence.section, sentence.index, sentence.words)


def _ceremony_before(sentence: Sentence, part: Part) -> list[Ceremony]:
    """Return the ceremony of the sentence before, which "It also won Best Film" continues."""
    previous = part.previous(sentence)
    if previous is None or not _CONTINUES.match(sentence.text):
        return []
    last = ceremonies(previous.text)[-1:]
    return [Ceremony(c.name, -1, -1, c.edition, c.year) for c in last]


def _awards(sentence: Sentence, part: Part, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> Iterator[Fact]:
    text = sentence.text
    outcome, verb = _outcome(text, category, found)
    if not outcome or _HYPHENATED.search(text[max(0, category.start - 40) : category.start]) or _of_another(text, verb, part):
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
                "award", sentence.span(max(0, start), finish), ceremony=Ref("award", ceremony.name), edition=ceremony.edition, year=ceremony.year,
                category=category.name, outcome=outcome, recipient=recipient,
            )  # fmt: skip


def _of_another(text: str, verb: int, part: Part) -> bool:
    """Whether the subject right before the verb is another work: a title in quotes or a run of capitals that is nobody."""
    subject = _SUBJECT.search(text[max(0, verb - 90) : verb])
    if subject is None:
        return False
    name = clean(subject["n"])
    if part.film_pattern.search(name) or part.person(name) or ceremonies(name) or name in _NO_TITLE:
        return False
    return len(name.split()) > 1 and not has_person_shape(name)


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


def _recipients(text: str, category: Category, part: Part, verb: int) -> tuple[list[Ref], int, bool]:
    """Return whom the category went to, where the words end, and whether it was for another film."""
    tail = text[category.end :]
    if (work := _FOR_WORK.match(tail)) and not part.film_pattern.match(work["w"]):
        return [], category.end, not re.match(r"(?:The|This|A) (?:film|movie)|[Tt]he$", work["w"])
    if match := _FOR.match(tail):
        return _named(match, category.end, part)
    people = part.persons_in(text[:verb][-90:])
    subject = text[:verb].rstrip()
    if people and re.search(rf"{re.escape(_last_word(people[-1][0]))}(?:'s?)?(?: \w+)?(?: (?:was|were|has|have|had|also|is|later|subsequently|being|been|both|each))*\s*$", subject):
        joined = [people[-1]]
        window = text[:verb][-90:]
        for other in reversed(people[:-1]):
            if not re.fullmatch(r",? (?:and )?|, ", window[other[2] : joined[0][1]]):
                break
            joined.insert(0, other)
        return [Ref("person", name) for name, _, _ in joined], category.end, False
    return [], category.end, False


def _named(match: re.Match[str], offset: int, part: Part) -> tuple[list[Ref], int, bool]:
    """Return the recipients that stand behind a category."""
    words = match["name"] or match["bracket"]
    found = [Ref("person", full) for piece in re.split(r",? (?:and|&) |, ", words) if (full := part.names.person(piece))]
    if found:
        return found, offset + match.end(), False
    if part.film_pattern.fullmatch(clean(words)):
        return [part.film] if part.film else [], offset + match.end(), False
    if match["bracket"] or len(words.split()) == 1 or re.match(r"(?:In|Best|Outstanding)\b", words):
        return [], offset, False
    return [], offset, True


def _last_word(name: str) -> str:
    return name.split()[-1]


def _ceremonies_of(text: str, category: Category, listed: Sequence[Category], found: Sequence[Ceremony]) -> list[Ceremony]:
    """Return the ceremonies a category was decided at: those named right behind its list, else the last before it."""
    after = _following(text, category, listed, found)
    if after:
        return after
    before = [c for c in found if c.end <= category.start]
    if before:
        return _joined(text, before, category)
    if category.home:
        return [Ceremony(category.home, -1, -1)]
    return [c for c in found if c.start < 0]


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
    """Yield totals such as "five nominations at the 86th Academy Awards" or "won three Academy Awards"."""
    text = sentence.text
    if _OTHER_TIME.search(text):
        return
    last: Ceremony | None = None
    for match in _COUNT.finditer(text):
        number = count(match["n"])
        if number is None or number > 400 or _PART_OF.match(text, match.end()):
            continue
        outcome, verb = _counted(text, match, found)
        ceremony = _ceremony_of_count(text, match, found) or (last if match["bare"] else None)
        if not outcome or ceremony is None or _of_another(text, verb, part):
            continue
        last = ceremony
        start, end = min(verb, match.start()), match.end()
        if ceremony.start >= 0:
            start, end = min(start, ceremony.start), max(end, ceremony.end)
        yield part.fact(
            "award-count", sentence.span(max(0, start), end), ceremony=Ref("award", ceremony.name), edition=ceremony.edition,
            year=ceremony.year, outcome=outcome, count=number,
        )  # fmt: skip


def _counted(text: str, match: re.Match[str], found: Sequence[Ceremony]) -> tuple[str, int]:
    """Return what the number counts and where the verb stands; nothing where no verb says it."""
    verb: re.Match[str] | None = None
    for each in _OUTCOME.finditer(text, max(0, match.start() - 70), match.start()):
        if not any(c.start <= each.start() < c.end for c in found):
            verb = each
    what = (match["what"] or "").lower()
    if what.startswith(("nomination", "nod")):
        return "nominated", verb.start() if verb else match.start()
    if verb is None or re.search(r"[;:]|, (?:and|but|while) ", text[verb.end() : match.start()]):
        return "", 0
    name = _OUTCOMES[int((verb.lastgroup or "o0")[1:])][0]
    if what.startswith("categor"):
        return ("nominated", verb.start()) if name == "nominated" or "nominat" in text[: match.end() + 20] else ("", 0)
    if name == "won" and _NEGATED.search(text[: verb.start()]):
        return "", 0
    return (name if name in ("won", "nominated") else ""), verb.start()


def _ceremony_of_count(text: str, match: re.Match[str], found: Sequence[Ceremony]) -> Ceremony | None:
    """Return the ceremony that a total belongs to: named inside it, right behind it, else before it."""
    for ceremony in found:
        if ceremony.start < match.end() and match.start() < ceremony.end:
            return next((c for c in found if c.name == ceremony.name and c.edition), ceremony)
    for ceremony in found:
        if ceremony.start >= match.end() and re.fullmatch(
            r"(?: nominations?| awards?)?,? (?:at|from|by|in|for|of)(?: both)? (?:the )?", text[match.end() : ceremony.start]
        ):
            return ceremony
    before = [c for c in found if c.end <= match.start() and len(text[c.end : match.start()]) < 90]
    return before[-1] if before else None
