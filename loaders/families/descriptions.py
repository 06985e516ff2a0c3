"""What a film is about and how it was received, in an article's own sentence."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact

CUES = frozenset(
    phrases(
        "follows|tells|story|plot|centers|centres|revolves|depicts|chronicles|concerns|focuses|explores|acclaim|"
        "reviews|reception|acclaimed|panned|response|praise"
    )
)
_PREMISE = re.compile(
    r"^(?:(?:The|This) (?:film|movie|picture|documentary)(?:'s (?:plot|story|narrative))?|It|The (?:plot|"
    r"story|narrative)(?: of the film)?|Set in [^,]{3,60}, (?:the (?:film|movie|story)|it)|"
    r"(?P<title>[^,.]{1,60}?)) "
    r"(?:follows|tells(?: the (?:story|tale))?|centers|centres|revolves|is (?:about|centered|set)|depicts|"
    r"chronicles|concerns|focuses|explores|recounts|portrays) "
)
_RECEPTION = re.compile(
    r"^(?:(?:[Uu]pon|[Oo]n|[Dd]espite|[Aa]fter) [^,]{3,50}, )?(?:(?:[Tt]he|[Tt]his) (?:film|movie|picture)|"
    r"[Ii]t|(?P<title>[^,.]{1,60}?)) (?:has |had |was |also |initially |generally |mostly |largely |widely |"
    r"then |later )*"
    r"(?:(?:received|garnered|opened to|met with|met|earned|drew|gained|attracted|greeted with|"
    r"released to)\b(?P<r>[^.;]{0,60}?)\b(?:reviews?|acclaim|reception|response|praise|notices|criticism)|"
    r"(?:critically (?:acclaimed|panned|praised)|acclaimed|panned|praised)(?= by (?:film |most |many |"
    r"the )*critics|,|$))"
)
_PLANS = re.compile(r"\b(?:would|will|was to|sequel|remake|soundtrack|episode|season)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the premise that an article's beginning tells, and its sentences that sum up the reception."""
    if part.film is None or part.kind != "article" or len(sentence.text) > 700:
        return
    text = sentence.text
    if (
        sentence.section == "lead"
        and (match := _PREMISE.match(text))
        and _is_film(match, part)
        and not _PLANS.search(text[:60])
    ):
        yield part.fact("description", sentence.span(), description_kind="premise", text=part.words(sentence.span()))
    match = _RECEPTION.match(text) if sentence.section in ("lead", "reception") else None
    if match and _is_film(match, part) and not _PLANS.search(match[0]):
        words = part.words(sentence.span())
        yield part.fact("description", sentence.span(), description_kind="reception summary", text=words)


def _is_film(match: re.Match[str], part: Part) -> bool:
    return match["title"] is None or part.film_pattern.fullmatch(match["title"]) is not None
