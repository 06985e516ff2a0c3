"""Counts, amounts of money and running times in running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from reelgraph.loaders.prose import lexicon

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: n for n, word in enumerate(_UNITS)} | _TENS | {"a": 1, "an": 1, "single": 1, "a dozen": 12}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
}
_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "k": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "cr": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
}
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:hundred thousand|hundred|thousand|lakhs?|lac|million|mn|crores?|cr|billion|bn|trillion|[mMkKbB])(?![\w])"
NUMBER_WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
)
#: A count: digits with commas or a number word.
COUNT = rf"(?:{_DIGITS}|\b{NUMBER_WORDS}\b)"
_QUALIFIER = re.compile(
    r"\b(?P<over>over|more than|in excess of|upwards? of|north of|exceed(?:ed|ing)|surpass(?:ed|ing)|"
    r"at least|a minimum of|above|just over)"
    r"|\b(?P<under>under|less than|below|fewer than|only just under|just under|up to|at most)"
    r"|\b(?P<nearly>nearly|almost|close to)"
    r"|\b(?P<about>about|approximately|around|roughly|some|an estimated|estimated(?: at| to be)?|circa|c\.|"
    r"reported(?:ly)?|a reported)",
    re.IGNORECASE,
)
#: What stands before the scale of an amount in words.
_SPELT = re.compile(r"[a-z][ -](?:thousand|lakh|million|crore|billion) [A-Za-z]")
_NAMES = {"over": "over", "under": "under", "nearly": "nearly", "about": "about"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount at a place, in units of `currency` (ISO 4217); `upper` where the text gives a range."""

    amount: Decimal
    currency: str
    qualifier: str
    start: int
    end: int
    upper: Decimal | None = None


def count(text: str) -> int | None:
    """Return the whole number that digits or words say, None if they say none.

    >>> count("1,729"), count("twenty-five"), count("five"), count("2.5")
    (1729, 25, 5, None)
    """
    text = text.strip().lower()
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})+|\d+", text):
        return int(text.replace(",", ""))
    if text in _WORDS:
        return _WORDS[text]
    tens, _, unit = text.partition("-")
    return _TENS[tens] + _WORDS[unit] if tens in _TENS and unit in _WORDS else None


def ordinal(text: str) -> int | None:
    """Return the number of `84th` or `third`, None if it is no ordinal."""
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", text.strip())
    if match:
        return int(match[1])
    words = text.strip().lower().split("-")
    if len(words) == 2 and words[0] in _TENS and words[1] in _ORDINALS:
        return _TENS[words[0]] + _ORDINALS[words[1]]
    return _ORDINALS.get(words[0]) if len(words) == 1 else None


def qualifier_before(text: str, start: int) -> str:
    """Return `over`, `under`, `nearly` or `about` if such a word stands right before `start`, else an empty string."""
    before = text[max(0, start - 24) : start]
    found = None
    for match in _QUALIFIER.finditer(before):
        found = match
    if found is None or not re.fullmatch(r"\s*(?:a|an|the|of)?\s*", before[found.end() :]):
        return ""
    return next(_NAMES[name] for name, value in found.groupdict().items() if value)


@cache
def _money_pattern() -> re.Pattern[str]:
    symbols = "|".join(re.escape(s) for s in sorted(lexicon.currency_symbols(), key=len, reverse=True))
    words = "|".join(re.escape(s) for s in sorted(lexicon.currency_words(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w$])(?P<symbol>{symbols})\s?(?P<a>{_DIGITS})(?:\s*(?P<scale0>{_SCALE}))?(?:\s?[–-]\s?(?:{symbols})?\s?(?P<b>{_DIGITS}))?(?:[\s-]*(?P<scale>{_SCALE}))?"
        rf"|(?<![\w.,])(?P<c>{_DIGITS})(?:\s*(?:[–-]|"
        rf"to)\s*(?P<d>{_DIGITS}))?\s*(?P<scale2>{_SCALE})?\s*(?P<word>{words})(?!\w)"
    )


@cache
def _spelt_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(s) for s in sorted(lexicon.currency_words(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?P<n>{NUMBER_WORDS}|[Hh]alf a|[Aa])[ -](?P<scale>thousand|lakh|million|crore|billion) "
        rf"(?P<word>{words})(?!\w)"
    )


def _spelt(text: str) -> Iterator[Money]:
    """Yield the amounts in words: "five million dollars", "half a million pounds"."""
    for match in _spelt_pattern().finditer(text):
        number = Decimal("0.5") if match["n"].lower() == "half a" else Decimal(count(match["n"]) or 0)
        amount, currency = _plain(number * _SCALES[match["scale"]]), lexicon.currency_words()[match["word"]]
        yield Money(amount, currency, qualifier_before(text, match.start()), match.start(), match.end())


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def money(text: str) -> Iterator[Money]:
    """Yield the amounts of money of `text`, ranges as one.

    >>> [(str(m.amount), m.currency, m.qualifier) for m in money("over $48.5 million, a budget of £20,000, ₹80 crore")]
    [('48500000.0', 'USD', 'over'), ('20000', 'GBP', ''), ('800000000', 'INR', '')]
    """
    spelt = _SPELT.search(text) and list(_spelt(text))
    return iter(sorted((*_in_digits(text), *spelt), key=lambda found: found.start)) if spelt else _in_digits(text)


def _in_digits(text: str) -> Iterator[Money]:
    for match in _money_pattern().finditer(text):
        if match["symbol"]:
            first, second, currency = match["a"], match["b"], lexicon.currency_symbols()[match["symbol"]]
            word = match["scale"] or match["scale0"] or ""
        else:
            first, second, currency = match["c"], match["d"], lexicon.currency_words()[match["word"]]
            word = match["scale2"] or ""
        scale = 10**5 if word == "hundred thousand" else _SCALES.get(word.lower(), 1)
        own = _SCALES.get((match["scale0"] or word).lower(), scale)
        yield Money(
            _plain(_decimal(first) * own),
            currency,
            qualifier_before(text, match.start()),
            match.start(),
            match.end(),
            _plain(_decimal(second) * scale) if second else None,
        )


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
