"""Money: budgets, grosses, opening weekends, sales, with territory, period and qualifier."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon, ownership
from reelgraph.loaders.prose.numbers import Money, money
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact

CUES = frozenset(
    "budget budgeted cost costing costs grossed gross grossing grosses earned earning earnings made took "
    "collected collecting collections opened opening debuted "
    "sales sold revenue revenues rentals box-office box office total averaging average weekend million crore "
    "crores lakh lakhs billion worldwide".split()
)
_BUDGET = re.compile(
    r"\bbudget(?:ed)?\b|\bproduction costs?\b|\bcost (?:of )?(?:about |around |over |an estimated |"
    r"approximately )?$|\bcosting\b|\bcosts? (?:of|to (?:make|produce))\b|\bproduced (?:for|at a cost)|"
    r"\bmade (?:for|at a cost)\b|\bcosts? (?:was|were|came to)\b|\b(?:film|movie|picture|production|it) cost\b",
    re.IGNORECASE,
)
_GROSS = re.compile(
    r"\bgross(?:ed|es|ing)?\b|\bearn(?:ed|ing|ings|s)?\b|\bcollect(?:ed|ing|ions?)\b|\btook in\b|"
    r"\bbrought in\b|\b(?:film|movie|it) made\b|\b(?:made|took)\b(?= (?:in )?(?:\w+ ){0,2}#)|"
    r"\bbox[ -]office\b|\brak(?:ed|ing) in\b|\breceipts\b|"
    r"\btotal(?:l?ing|l?ed)?\b|\bopen(?:ed|ing)\b|\bdebut(?:ed|ing)\b|\btake\b|\brevenues?\b|\bworldwide\b",
    re.IGNORECASE,
)
_RENTALS = re.compile(r"\brentals?\b", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?P<what>DVD|Blu-ray|home (?:media|video|entertainment)|VHS|video)(?: Discs?)?(?: and (?:DVD|"
    r"Blu-ray)(?: Discs?)?)? (?:sales|revenues?|market|release|units)|\bsales of (?:the )?(?P<what2>DVD|"
    r"Blu-ray)",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"\b(?:an? )?(?:averag(?:ing|e|ed)|per)\b[^.;]{0,40}\b(?:theat(?:er|re)|screen|location|venue)\b|"
    r"\bper[- ](?:theat(?:er|re)|screen|location)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\bopening (?:weekend|day|week|night)\b|\b(?:first|debut) (?:weekend|day|week|three days|four days|"
    r"five days)\b|\bopen(?:ed|ing) (?:to|with|at|in)\b|\bdebut(?:ed|ing)? (?:to|with|at)\b|\bthree-day\b|"
    r"\b(?:first|opening) (?:three|four|five)[- ]days?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:opening|first|second|third|fourth|final|debut) (?:weekend|day|week|night|month|three days|"
    r"four days|five days)(?: of (?:wide|limited|its wide|its limited) release)?|\blimited release\b|"
    r"\bwide release\b|\b(?:three|four|five)-day (?:weekend|opening)\b|\btheatrical run\b|\bre-?release\b|"
    r"\binitial (?:release|run)\b|\bdomestic run\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:salary|paid|fee|donat\w+|rais(?:ed|ing)|fin(?:ed|es)|award(?:ed)? \$|lawsuit|sued|settlement|"
    r"damages|worth|prize|reward|ransom|stole|steal|bounty|loan|debt|tickets?|invest(?:ed|ment)|tax|grant|"
    r"bought|purchas\w+|rights for|acquired|deal|insurance|adjusted|inflation|marketing|advertising|profit|"
    r"loss|lost|break even|salar\w+|guarantee|financ\w+)\b",
    re.IGNORECASE,
)
_GROSSED = re.compile(r"\bgross(?:ed|es|ing) (?:\w+ ){0,2}$")
_JOINED = re.compile(r"[^.;]{0,70}?(?:,? and|,) (?:another |an additional |a further |an? )?(?:\w+ )?")
_NOT_THE_SUM = re.compile(
    r"^\s*(?:short of|shy of|less than|more than|ahead of|behind|below|above|increase|decrease|drop|mark\b|"
    r"per (?:ticket|person|day|week)|tickets?\b)"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:would have|could have|had the|if the|aiming for|aimed for|hoped|needed to|needs to|priced|"
    r"merchandis\w+|licens\w+|price of)\b",
    re.IGNORECASE,
)
_DISC_SUBJECT = re.compile(
    r"^(?:[^,]{0,60}, )?[^,.;]{0,60}\b(?P<what>DVD|Blu-ray|VHS|home (?:video|media))\b[^,.;]{0,50}\b(?:sold|"
    r"grossed|earned|generated|made|units)\b|\b(?P<what2>DVD|Blu-ray|VHS|home video)\b[^.;]{0,90}\b(?:units|"
    r"copies)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(r"\b(?:marketing|advertising|salary|tickets?|admission)\b", re.IGNORECASE)
_ESTIMATE = re.compile(
    r"\b(?:estimated|reported(?:ly)?|rumou?red|allegedly|projected|expected|predicted|forecast)\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:projected|expected|predicted|forecast|estimated) to (?:gross|earn|make|open|take|debut|bring)", re.IGNORECASE
)
_CLAUSE = re.compile(
    r";|,\s+(?=(?:and|but|while|with|for|against|averag|on)\b)|(?<!\bU\.[SK])\.\s|\band\b(?= \S?\d)|,\s+(?=[$£€₹¥])"
)
_NOT_FILM_SECTIONS = frozenset({"plot", "references"})

#: Between an amount and the same amount in other money: "₹25 crore (about US$5 million)".
_CONVERTED = re.compile(
    r" ?\((?:about|approximately|around|roughly|then|equivalent to|=|≈|or|i\.e\.|c\.|nearly|some| )*"
)
#: Behind a later amount: it is the sum of all, whatever was told of the one before.
_WHOLE_RUN = re.compile(
    r" (?:worldwide|globally|overall|in total(?! \w)|altogether|"
    r"(?:in|during|over) (?:its|the) (?:\w+ ){0,2}(?:run|lifetime))\b"
)
#: The words and signs of an amount but for the dollar's.
_SIGN = re.compile(r"(?!dollars)[^\W\d]+\.?|[^\w\s.,$]")
_TOTAL = re.compile(r"\b(?:ultimately|eventually|in total|finally|overall|(?:went|gone|go|going) on to)\b")
_AND_VERB = re.compile(r",? (?:and|while) (?=[a-z]+ed |took |made |went )")
_AND = re.compile(r"\band |, ")
_WITHOUT_PERIOD = ("budget", "home media revenue", "DVD sales", "Blu-ray sales")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the figures of money a sentence states about the film."""
    if part.film is None or sentence.section in _NOT_FILM_SECTIONS or len(sentence.text) > 900:
        return
    amounts = list(money(sentence.text))
    if not amounts:
        return
    last = ""
    for number, amount in enumerate(amounts):
        before = amounts[number - 1].end if number else 0
        after = amounts[number + 1].start if number + 1 < len(amounts) else len(sentence.text)
        continued = last if last and _continues(sentence.text, before, amount, after) else ""
        converted = _CONVERTED.fullmatch(sentence.text[before : amount.start])
        if last and converted and not _AVERAGE.search(sentence.text[amount.end : after][:40]):
            continue
        fact = _figure(sentence, part, amount, (before, after), continued)
        last = str(fact.fields["measure"]) if fact else ""
        if fact is not None:
            yield fact


def _continues(text: str, before: int, amount: Money, after: int) -> bool:
    """Whether an amount goes on with what the one before measures: "$2 million at home, and $3 million in Japan"."""
    joined = _JOINED.fullmatch(text[before : amount.start])
    return bool(joined and lexicon.territory_pattern().match(text[amount.end : after].removeprefix(" in ").lstrip()))


def _figure(
    sentence: Sentence, part: Part, amount: Money, borders: tuple[int, int], continued: str = ""
) -> Fact | None:
    before, after = borders
    text = sentence.text
    left, right = text[before : amount.start], text[amount.end : after]
    if before and _WHOLE_RUN.match(right):
        left = left[_last_and(left) :]
        continued = continued or "gross"
    near_left, near_right = left[-90:], _right_clause(right)
    measure = _measure(text, near_left, near_right, amount) or continued
    if reason := _objection(text, near_left, right, amount, part, measure):
        refuse("figures", sentence, reason, max(0, amount.start - 60), amount.end + 30)
        return None
    period = None if measure in _WITHOUT_PERIOD else _period(left, near_right)
    territory = None if measure == "budget" else _territory(near_left, near_right, text, before)
    span = sentence.span(max(0, _clause_start(text, amount.start)), amount.end + len(near_right.rstrip(" ,;")))
    planned = _PLANNED.search(near_left) is not None
    return part.fact(
        "money",
        span,
        status="planned" if planned else "actual",
        measure=measure,
        amount=amount.amount,
        max_amount=amount.upper,
        currency=_currency(text, amount, part),
        territory=territory,
        period=period[0].lower() if period else None,
        qualifier=amount.qualifier or ("estimated" if _ESTIMATE.search(near_left[-30:]) else None),
    )


def _currency(text: str, amount: Money, part: Part) -> str:
    """Return the code of an amount's currency; a name that countries share is that of the film's only country.

    The dollar is left alone: texts about films of all countries count in those of the United States.
    """
    countries = {item.value for item in part.opening.countries} if part.opening else set()
    if len(countries) != 1:
        return amount.currency
    shared, country = {row[0]: row[1:] for row in lexicon.rows("currencies", "by_country")}, countries.pop()
    codes = (code for word in _SIGN.findall(text, amount.start, amount.end) for code in shared.get(word, ()))
    return next((code.removeprefix(f"{country}=") for code in codes if code.startswith(f"{country}=")), amount.currency)


def _last_and(left: str) -> int:
    """Return where, between two amounts, what is said of the second begins."""
    joins = [match.end() for match in _AND.finditer(left)]
    return joins[-1] if joins else 0


def _period(left: str, right: str) -> re.Match[str] | None:
    """Return the words that say over which time an amount was taken; a closing total has none before it."""
    total = _TOTAL.search(left[-40:])
    return _PERIOD.search(right) or (None if total else _last(_PERIOD, left))


def _objection(text: str, left: str, right: str, amount: Money, part: Part, measure: str) -> str:
    """Return why an amount is no figure of the film; empty if nothing speaks against it."""
    clause = re.split(r"[;.]\s", left)[-1]
    beside = left[-45:] + " " + _right_clause(right)[:30]
    if not measure:
        return "the words do not say what the amount measures"
    if _NOT_THE_SUM.match(right[:24]):
        return "a difference or a price, not a sum"
    if _HYPOTHETICAL.search(clause[-70:]) or text.rstrip().endswith("?"):
        return "never came about"
    if ownership.is_compared(clause):
        return "compared with another film"
    if ownership.is_owned(text, amount.start, part) or ownership.is_of_another(text, amount.start, part):
        return "another film's amount"
    if measure != "budget":
        return "money of another kind" if _OTHER.search(beside) and not _GROSSED.search(left) else ""
    return "spent on something else" if _SPENT_ON.search(beside) else ""


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
    home = _HOME.search(right[:45]) or _HOME.search(left[-60:]) or _DISC_SUBJECT.search(text[: amount.start])
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
    if _RENTALS.search(_AND_VERB.split(left[-40:])[-1] + right[:40]):
        return "rentals"
    if _TOTAL.search(left[-40:]):
        return "gross"
    around = left + " # " + right
    around = re.sub(r"\b(?:before|prior to|since|after) opening\b", "", around)
    if _OPENING.search(around) and (_GROSS.search(around) or _OPENING.search(left)):
        return "opening weekend gross"
    return "gross" if _GROSS.search(around) else ""


def _territory(left: str, right: str, text: str, before: int) -> str | None:
    """Return the territory that words around an amount name: before a bracket, behind the amount, else before it."""
    pattern = lexicon.territory_pattern()
    if bracket := re.search(r"(?P<t>[A-Z][\w. ]+?) \($", left):
        found = [m for m in pattern.finditer(bracket["t"]) if m.end() == len(bracket["t"])]
        return lexicon.territory(found[-1][0]) if found else None
    found_after = pattern.search(right[:80])
    if found_after is None:
        before_it = _last(pattern, left) if before == 0 else None
        found_name = (
            before_it[0]
            if before_it
            else "worldwide"
            if re.search(r"\bworldwide\b|\bglobal(?:ly)?\b", left + right)
            else ""
        )
        return _named(found_name, text)
    joined = re.match(r"\s+and\s+(?:the )?", right[found_after.end() :])
    if joined and (second := pattern.match(right, found_after.end() + joined.end())):
        both = f"{lexicon.territory(found_after[0])} and {lexicon.territory(second[0])}"
        return lexicon.territory(both) or both
    return _named(found_after[0], text)


def _named(name: str, text: str) -> str | None:
    """Return the canonical territory; "domestically" is the home market only where dollars say which."""
    if name.lower() in lexicon.words("territories", "home") and "$" not in text:
        return None
    return lexicon.territory(name) or None
