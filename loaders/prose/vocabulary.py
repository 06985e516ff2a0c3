"""The vocabularies of film texts: typed, frozen views of the TOML files in `vocab/`, each read once on first use.

A view's patterns are compiled on first use, too. Texts may have typographic quotes, spaces and hyphens: terms match them.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reelgraph.loaders.prose.terms import Terms, key, listed, phrases, rows, terms

_FOLDER = Path(__file__).with_name("vocab")


@cache
def table(name: str) -> Mapping[str, str]:
    """Return the tables of one file by name; those of a TOML section as `section.name`.

    >>> table("currencies")["multipliers.7"].split("|")[0]
    'crore'
    """
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        data: dict[str, str | dict[str, str]] = tomllib.load(file)
    flat: dict[str, str] = {}
    for label, value in data.items():
        flat |= {label: value} if isinstance(value, str) else {f"{label}.{k}": v for k, v in value.items()}
    return flat


def _terms(name: str, *tables: str, ignore_case: bool = False, first: bool = True) -> Terms:
    return terms("\n".join(table(name)[t] for t in tables), ignore_case=ignore_case, first=first)


def _line(name: str, label: str, *, ignore_case: bool = True) -> Terms:
    return listed(table(name)[label], ignore_case=ignore_case)


def _numbers(name: str, label: str) -> Mapping[str, float]:
    pairs = (pair.rpartition("=") for pair in phrases(table(name)[label]))
    return {word: float(number) for word, _, number in pairs}


def _lower(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


@dataclass(frozen=True)
class Jobs:
    """Film jobs by the way texts word them; a name may join several jobs by ` + ` (`jobs_of` splits it)."""

    nouns: Terms
    participles: Terms
    by: Terms
    verbs: Terms
    companies: Terms
    planned: Terms
    superseded: Terms

    @staticmethod
    def jobs_of(name: str) -> tuple[str, ...]:
        """Return the single jobs of a canonical name: `screenwriter + director` are two."""
        return tuple(name.split(" + "))


@cache
def jobs() -> Jobs:
    """Return the jobs of films; the canonical names are the prefLabels of `ontology/jobs.ttl`."""
    views = [_terms("jobs", t, ignore_case=True, first=t == "nouns") for t in ("nouns", "participles", "by", "verbs", "companies")]
    return Jobs(*views, _line("jobs", "planned"), _line("jobs", "superseded"))


@dataclass(frozen=True)
class Territories:
    """Countries, demonyms, regions and states, all leading to the names of `ontology/territories.ttl`.

    `demonyms` also hold the first halves of co-productions ("Franco-"); `states` lead to their country.
    """

    countries: Terms
    demonyms: Terms
    regions: Terms
    states: Terms
    home: Terms

    def canonical(self, text: str) -> str:
        """Return the country or region that a name, market word or demonym stands for, empty if none."""
        name = re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)
        found = (view.canonical(wording) for view in (self.countries, self.regions, self.demonyms) for wording in (name, text))
        return next(filter(None, found), "")


@cache
def territories() -> Territories:
    """Return countries, their demonyms, regions, market words and states."""
    return Territories(
        _terms("territories", "countries"),
        _terms("territories", "demonyms", "prefixes", first=False),
        _terms("territories", "regions", ignore_case=True),
        _terms("territories", "states", first=False),
        _line("territories", "home"),
    )


@dataclass(frozen=True)
class Places:
    """Places by name: `kind` is city, studio, landmark or region; `country` is known for cities."""

    names: Terms
    kind: Mapping[str, str]
    country: Mapping[str, str]
    filming: Terms
    setting: Terms
    stand_in: Terms


@cache
def places() -> Places:
    """Return the cities, studios, landmarks and regions that film texts name, and the words before them."""
    country = {place: row[0] for row in rows(table("places")["cities"]) for place in row[1:]}
    kind = dict.fromkeys(country, "city")
    for label, name in (("studios", "studio"), ("landmarks", "landmark"), ("regions", "region")):
        for row in rows(table("places")[label]):
            kind |= {place: kind.get(place, name) for place in row}
    cues = (_line("places", f"{cue}_cues") for cue in ("filming", "setting", "stand_in"))
    return Places(Terms({place: place for place in kind}), kind, country, *cues)


@cache
def genres() -> Terms:
    """Return genre words and adjectives; the canonical names are those of `ontology/genres.ttl`."""
    return _terms("genres", "genres", ignore_case=True)


@cache
def languages() -> Terms:
    """Return the names of languages."""
    return _terms("languages", "languages")


@dataclass(frozen=True)
class Currencies:
    """Currency signs and words by ISO 4217 code; `scaled_words` are money only behind a multiplier ("3 billion won").

    `multipliers` are powers of ten by word.
    """

    symbols: Mapping[str, str]
    words: Mapping[str, str]
    scaled_words: Mapping[str, str]
    by_country: Mapping[str, Mapping[str, str]]
    multipliers: Mapping[str, int]

    def code(self, wording: str, country: str = "") -> str:
        """Return the code of a sign or word, as used in `country` if that decides ("kr", "dollars"); empty if unknown."""
        local = self.by_country.get(wording, {}).get(country, "")
        return local or self.symbols.get(wording) or self.words.get(wording) or self.scaled_words.get(wording, "")


@cache
def currencies() -> Currencies:
    """Return signs and words of money."""
    text = table("currencies")
    by_word = [{w: row[0] for row in rows(text[t]) for w in row[1:]} for t in ("symbols", "words", "scaled_words")]
    by_country = {row[0]: dict(pair.split("=") for pair in row[1:]) for row in rows(text["by_country"])}
    powers = {label.partition(".")[2]: words for label, words in text.items() if label.startswith("multipliers.")}
    multipliers = {word: int(power) for power, words in powers.items() for word in phrases(words)}
    return Currencies(*by_word, by_country, multipliers)


@dataclass(frozen=True)
class Calendar:
    """Words of time and number; `months` by lower-cased word, abbreviations lower-cased with their stop."""

    months: Mapping[str, int]
    seasons: Terms
    weekdays: Terms
    holidays: Mapping[str, str]
    relative: Terms
    cardinals: Mapping[str, float]
    ordinals: Mapping[str, float]
    abbreviations: frozenset[str]
    abbreviations_either: frozenset[str]


@cache
def calendar() -> Calendar:
    """Return the words of time; a holiday leads to `month-day`, or to nothing where it moves."""
    text = table("time")
    either, inside = (_lower(f"{w}." for w in phrases(text[f"abbreviations_{t}"])) for t in ("either", "inside"))
    days = {w: (row[-1] if row[-1][:1].isdigit() else "") for row in rows(text["holidays"]) for w in row if not w[:1].isdigit()}
    return Calendar(
        {word.lower(): int(row[0]) for row in reversed(list(rows(text["months"]))) for word in row[1:]},
        _terms("time", "seasons", ignore_case=True), _terms("time", "weekdays"), days, _line("time", "relative"),
        _numbers("time", "cardinals"), _numbers("time", "ordinals"), inside | either, either,
    )  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Parts of names, lower-cased sets; `openers` begin sentences, `never` stand in no person's name."""

    given: frozenset[str]
    family_first: frozenset[str]
    ambiguous: frozenset[str]
    honorifics: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    openers: frozenset[str]
    never: frozenset[str]
    organisation: frozenset[str]
    organisation_weak: frozenset[str]
    band: frozenset[str]


@cache
def names() -> Names:
    """Return the parts of names of persons and organisations."""
    text = table("names")
    openers = _lower(text["openers"].split())
    lists = ("ambiguous", "honorifics", "suffixes", "particles")
    organisations = (_lower(phrases(text[t])) for t in ("organisation_ends", "organisation_ends_weak", "band_cues"))
    return Names(
        _lower(text["given"].split()), _lower(text["family_first"].split()),
        *(_lower(phrases(text[t]) if "|" in text[t] else text[t].split()) for t in lists),
        openers | _lower(phrases(text["openers_in_names"])), openers | _lower(phrases(text["never"])), *organisations,
    )  # fmt: skip
