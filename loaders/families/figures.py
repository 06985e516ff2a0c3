"""Money: budgets, grosses, opening weekends, sales, with territory, period and qualifier."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.numbers import Money, money
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact

CUES = frozenset(
    "budget budgeted cost costing costs grossed gross grossing grosses earned earning earnings made took collected collecting collections opened opening debuted "
    "sales sold revenue revenues rentals box-office box office total averaging average weekend million crore crores lakh lakhs billion worldwide".split()
)
_BUDGET = re.compile(
    r"\bbudget(?:ed)?\b|\bproduction costs?\b|\bcost (?:of )?(?:about |around |over |an estimated |approximately )?$|\bcosting\b|\bcosts? (?:of|to (?:make|produce))\b|\bproduced (?:for|at a cost)|\bmade (?:for|at a cost)\b|\b(?:film|movie|picture|production|it) cost\b",
    re.IGNORECASE,
)
_GROSS = re.compile(
    r"\bgross(?:ed|es|ing)?\b|\bearn(?:ed|ing|ings|s)?\b|\bcollect(?:ed|ing|ions?)\b|\btook in\b|\bbrought in\b|\b(?:film|movie|it|Her) made\b|\bbox[ -]office\b|\brak(?:ed|ing) in\b|\breceipts\b|\btotal(?:l?ing|l?ed)?\b|\bopen(?:ed|ing)\b|\bdebut(?:ed|ing)\b|\btake\b|\brevenues?\b|\bworldwide\b",
    re.IGNORECASE,
)
_RENTALS = re.compile(r"\brentals?\b", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?P<what>DVD|Blu-ray|home (?:media|video|entertainment)|VHS|video)(?: Discs?)?(?: and (?:DVD|Blu-ray)(?: Discs?)?)? (?:sales|revenues?|market|release|units)|\bsales of (?:the )?(?P<what2>DVD|Blu-ray)",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"\b(?:an? )?(?:averag(?:ing|e|ed)|per)\b[^.;]{0,40}\b(?:theat(?:er|re)|screen|location|venue)\b|\bper[- ](?:theat(?:er|re)|screen|location)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\bopening (?:weekend|day|week|night)\b|\b(?:first|debut) (?:weekend|day|week|three days|four days|five days)\b|\bopen(?:ed|ing) (?:to|with|at|in)\b|\bdebut(?:ed|ing)? (?:to|with|at)\b|\bthree-day\b|\b(?:first|opening) (?:three|four|five)[- ]days?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:opening|first|second|third|fourth|final|debut) (?:weekend|day|week|night|month|three days|four days|five days)(?: of (?:wide|limited|its wide|its limited) release)?|\blimited release\b|\bwide release\b|\b(?:three|four|five)-day (?:weekend|opening)\b|\btheatrical run\b|\bre-?release\b|\binitial (?:release|run)\b|\bdomestic run\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:salary|paid|fee|donat\w+|rais(?:ed|ing)|fin(?:ed|es)|award(?:ed)? \$|lawsuit|sued|settlement|damages|worth|prize|reward|ransom|stole|steal|bounty|loan|debt|tickets?|invest(?:ed|ment)|tax|grant|bought|purchas\w+|rights for|acquired|deal|insurance|adjusted|inflation|marketing|advertising|profit|loss|break even|salar\w+|guarantee|financ\w+)\b",
    re.IGNORECASE,
)
_ANOTHER_FILM = re.compile(
    r"\b(?:than|behind|surpass\w*|beat(?:ing)?|compared to|ahead of|previous record|record (?:of|held|set)|exceed\w* (?:the )?[A-Z])\b"
)
_ESTIMATE = re.compile(
    r"\b(?:estimated|reported(?:ly)?|rumou?red|allegedly|projected|expected|predicted|forecast)\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:projected|expected|predicted|forecast|estimated) to (?:gross|earn|make|open|take|debut|bring)", re.IGNORECASE
)
_CLAUSE = re.compile(r";|,\s+(?=(?:and|but|while|with|for|against|averag|on)\b)|\.\s|\band\b(?= \S?\d)|,\s+(?=[$£€₹¥])")
_NOT_FILM_SECTIONS = frozenset({"plot", "references"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the figures of money a sentence states about the film."""
    if part.film is None or sentence.section in _NOT_FILM_SECTIONS or len(sentence.text) > 900:
        return
    amounts = list(money(sentence.text))
    if not amounts:
        return
    for number, amount in enumerate(amounts):
        before = amounts[number - 1].end if number else 0
        after = amounts[number + 1].start if number + 1 < len(amounts) else len(sentence.text)
        fact = _figure(sentence, part, amount, before, after)
        if fact is not None:
            yield fact


def _figure(sentence: Sentence, part: Part, amount: Money, before: int, after: int) -> Fact | None:
    text = sentence.text
    left, right = text[before : amount.start], text[amount.end : after]
    near_left, near_right = left[-90:], _right_clause(right)
    measure = _measure(text, near_left, near_right, amount)
    if (
        not measure
        or (_OTHER.search(near_left[-45:] + " " + near_right[:30]) and measure not in ("budget",))
        or _ANOTHER_FILM.search(near_left[-60:])
    ):
        return None
    if measure == "budget" and re.search(r"\b(?:marketing|advertising|salary)\b", near_left[-40:] + near_right[:30]):
        return None
    period = (
        _PERIOD.search(near_right)
        or _last(_PERIOD, left)
        or (_PERIOD.search(text[:before]) if measure == "gross" and not before else None)
    )
    if measure in ("budget", "home media revenue", "DVD sales", "Blu-ray sales"):
        period = None
    territory = None if measure == "budget" else _territory(near_left, near_right, text, before)
    span = sentence.span(max(0, _clause_start(text, amount.start)), amount.end + len(near_right.rstrip(" ,;")))
    planned = _PLANNED.search(near_left) is not None
    return part.fact(
        "money", span, status="planned" if planned else "actual", measure=measure, amount=amount.amount, max_amount=amount.upper, currency=amount.currency,
        territory=territory, period=period[0].lower() if period else None,
        qualifier=amount.qualifier or ("estimated" if _ESTIMATE.search(near_left[-30:]) else None),
    )  # fmt: skip


def _right_clause(right: str) -> str:
    cut = _CLAUSE.search(right)
    return right[: cut.start()] if cut else right


def _clause_start(text: str, position: int) -> int:
    start = 0
    for match in _CLAUSE.finditer(text, 0, position):
        start = match.end()
    return start if position - start > 25 else 0


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _measure(text: str, left: str, right: str, amount: Money) -> str:
    """Return what the amount measures, by the words nearest to it; empty if they do not say."""
    if _AVERAGE.search(left[-40:] + " # " + right[:60]):
        return "per-theatre average"
    home = _HOME.search(right[:45]) or _HOME.search(left[-60:])
    if home:
        what = (home["what"] or home["what2"] or "").lower()
        return (
            {"dvd": "DVD sales", "blu-ray": "Blu-ray sales"}.get(what, "home media revenue")
            if "and" not in home[0]
            else "home media revenue"
        )
    if re.match(r"\s*(?:production |estimated |shooting |reported )?budget\b", right) or _last(_BUDGET, left[-60:]):
        gross_after = _last(_GROSS, left[-60:])
        budget = _last(_BUDGET, left[-60:])
        if budget is None or gross_after is None or gross_after.start() < budget.start():
            return "budget"
    if _RENTALS.search(left[-40:] + right[:40]):
        return "rentals"
    around = left + " # " + right
    if _OPENING.search(around) and (_GROSS.search(around) or _OPENING.search(left)):
        return "opening weekend gross"
    return "gross" if _GROSS.search(around) else ""


def _territory(left: str, right: str, text: str, before: int) -> str | None:
    pattern = lexicon.territory_pattern()
    found = pattern.search(right[:80])
    if found is None and before == 0:
        found = _last(pattern, left)
    if found is None:
        return "worldwide" if re.search(r"\bworldwide\b|\bglobal(?:ly)?\b", left + right) else None
    joined = (
        re.match(r"\s+and\s+(?:the )?", right[found.end() :])
        if found.string is not left and found[0] in right
        else None
    )
    if joined and (second := pattern.match(right, found.end() + joined.end())):
        both = f"{lexicon.territory(found[0])} and {lexicon.territory(second[0])}"
        return lexicon.territory(both) or both
    return lexicon.territory(found[0]) or None
