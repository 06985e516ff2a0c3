"""What sentences about awards have in common: words of outcome, other times, other films, swallowed tables."""

import re

from reelgraph.loaders.prose.ceremonies import Ceremony, ceremonies
from reelgraph.loaders.prose.names import UPPER, clean, has_person_shape
from reelgraph.loaders.prose.part import Part, Sentence

#: What can happen to a nominee, each with its wordings.
OUTCOMES = (
    (
        "not nominated",
        (
            r"\b(?:not|never|n't) (?:even )?(?:be |been )?nominated\b|\b(?:did not|didn't|never|failed to|"
            r"without) (?:even )?(?:get|receive|receiv\w+|earn|secure|land|getting)[^.;,]{0,30}\bnominat\w+|"
            r"\bsnubbed\b|\bfailed to (?:receive|earn|secure|get) (?:a |any )?nominations?\b"
        ),
    ),
    (
        "nominated",
        (
            r"\bnominat(?:ed|ions?|ing)\b|\bnominees?\b|\blost\b|\blosing\b|\bcompeted for\b|\bin contention\b|"
            r"\bup for\b"
        ),
    ),
    ("shortlisted", r"\bshort-?listed\b|\blonglisted\b"),
    (
        "won",
        (
            r"\b(?:won|wins?|winning|winners?|awarded|received|receiving|recipient|took(?: home)?|taking|earned|"
            r"earning|garnered|collected|picked up|swept|presented with|bestowed|honou?red|named|"
            r"gave(?= [^.;,]{2,40} (?:its|their|the|an?) ))\b"
        ),
    ),
)
#: Any of the wordings; the group o1 is the second outcome.
OUTCOME = re.compile("|".join(f"(?P<o{n}>{p})" for n, (_, p) in enumerate(OUTCOMES)))
_SUBJECT = re.compile(
    rf"(?:^|[,;] (?:and |while |but )?|\bwhile |\band |\bwhose )(?P<q>\"|')?"
    rf"(?P<n>[{UPPER}\d][\w'.:-]*(?: [{UPPER}\d&][\w'.:-]*| of| the| and| in| a)*)(?(q)(?P=q)) "
    rf"(?:was |were |has |had |also |later |been |subsequently |had been )*$"
)
_NO_TITLE = frozenset({"The", "It", "He", "She", "They", "In"})
#: Prizes of other times, hopes and predictions: nothing this film won.
OTHER_TIME = re.compile(
    r"\b(?:(?:had|has|have) (?:previously|already|earlier|once) (?:won|been nominated|received|earned)|"
    r"previously (?:won|nominated)|who had (?:won|been nominated)|would (?:later |go on to |eventually |"
    r"also )?(?:win|be nominated|receive)|later won|went on to win .{0,60} for (?:her|his) (?:role|"
    r"performance|work) in|(?:hop|expect|predict|tip|favou?r|campaign|lobb|deserv|"
    r"speculat)\w* (?:\w+ ){0,4}(?:to|for|that|would|of)|should have (?:won|been nominated)|could (?:win|"
    r"have won)|might (?:win|have won)|if (?:it|he|she) (?:wins|won)|since .{3,40} (?:won|was nominated)|"
    r"winner of the .{3,80} Award,)\b"
)
#: Before a verb of winning: it did not happen.
NEGATED = re.compile(r"\b(?:did not|didn't|failed to|never|without|not) (?:\w+ )?$")
_TABLE = re.compile(r"(?<![\w\"'])(?:Won|Nominated|Nominee|Winner)(?![\w\"'])(?! (?:a|an|the|by|for)\b)")
#: The header of a table.
_TABLE_HEAD = re.compile(r"\b(?:Category|CATEGORY|Nominee|Recipients?)\b[^.]{0,60}\b(?:Results?|OUTCOME|Outcome)\b")
_CONTINUES = re.compile(r"(?:It|The film|The movie|He|She|They|Additionally|In addition|Its)\b")


_SKIP = frozenset({"plot", "references", "cast", "related"})
_LONGEST = 1200


#: "won three awards out of eight nominations": how many it had to lose.
OUT_OF = re.compile(r"\b(?:out )?of (?:its |a total of )?[\w-]+ (?:total )?nominations?\b")
#: What was won is named before that, not counted: "won Best Song out of five nominations".
_NAMED = re.compile(r"\b(?!Awards?\b|Oscars?\b|Globes?\b|BAFTAs?\b)[A-Z][a-z]+ $")
_INCLUDING = re.compile(r",? (?:including|among them|such as) ")
_AMONG_THEM = re.compile(r"(?:,? and [^,.;]{4,40})? among them\b")


def among_nominations(text: str, start: int, end: int) -> int:
    """Return where "out of five nominations" begins if a category is one of these, not of the awards that were won."""
    for total in OUT_OF.finditer(text, 0, start):
        if not _NAMED.search(text[: total.start()]) or OUTCOME.search(text, total.end(), start):
            continue
        if _INCLUDING.match(text, total.end(), start + 1) or (
            text.startswith(", ", total.end()) and _AMONG_THEM.match(text, end)
        ):
            return total.start()
    return 0


def telling(sentence: Sentence, part: Part) -> Sentence | None:
    """Return the words of a sentence that can tell of the film's awards, None if they cannot."""
    if part.film is None or sentence.section in _SKIP:
        return None
    sentence = _told(sentence)
    text = sentence.text
    return None if len(text) > _LONGEST or not OUTCOME.search(text) or _TABLE_HEAD.search(text) else sentence


def _told(sentence: Sentence) -> Sentence:
    """Return what follows the table that a sentence without its own beginning swallowed."""
    marks = list(_TABLE.finditer(sentence.text))
    if len(marks) < 2:
        return sentence
    cut = marks[-1].end()
    return Sentence(
        sentence.text[cut:].lstrip(" —"),
        sentence.start + len(sentence.text) - len(sentence.text[cut:].lstrip(" —")),
        sentence.section,
        sentence.index,
        sentence.words,
    )


def ceremony_before(sentence: Sentence, part: Part) -> list[Ceremony]:
    """Return the ceremony of the sentence before, which "It also won Best Film" continues."""
    previous = part.previous(sentence)
    if previous is None or not _CONTINUES.match(sentence.text):
        return []
    last = ceremonies(previous.text)[-1:]
    return [Ceremony(c.name, -1, -1, c.edition, c.year) for c in last]


def of_another(text: str, verb: int, part: Part) -> bool:
    """Whether the subject right before the verb is another work: a run of capitals that is nobody."""
    subject = _SUBJECT.search(text[max(0, verb - 90) : verb])
    if subject is None:
        return False
    name = clean(subject["n"])
    if part.film_pattern.search(name) or part.person(name) or ceremonies(name) or name in _NO_TITLE:
        return False
    return bool(subject["q"] or len(name.split()) > 1) and not has_person_shape(name)
