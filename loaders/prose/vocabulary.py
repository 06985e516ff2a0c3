"""The vocabularies of film texts: typed, frozen views of the TOML files in `vocab/`, each read once on first use.

A view's patterns are compiled on first use, too. Texts may have typographic quotes, spaces
and hyphens: terms match them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose.institutions import boards, categories, ceremonies, festivals, navigation, scales, sites
from reelgraph.loaders.prose.terms import Terms, line, numbers, phrases, rows, tables, terms

__all__ = [
    "boards", "calendar", "categories", "ceremonies", "currencies", "festivals", "genres", "jobs", "languages", "names",
    "navigation", "places", "reception", "relations", "scales", "sites", "territories",
]  # fmt: skip


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
    return Jobs(
        terms("jobs", "nouns", ignore_case=True),
        terms("jobs", "participles", ignore_case=True, skip=-1),
        terms("jobs", "by", ignore_case=True, skip=-1),
        terms("jobs", "verbs", ignore_case=True, skip=-1),
        terms("jobs", "companies", ignore_case=True, skip=-1),
        line("jobs", "planned"),
        line("jobs", "superseded"),
    )


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
        found = (
            view.canonical(wording)
            for view in (self.countries, self.regions, self.demonyms)
            for wording in (name, text)
        )
        return next(filter(None, found), "")


@cache
def territories() -> Territories:
    """Return countries, their demonyms, regions, market words and states."""
    return Territories(
        terms("territories", "countries"),
        terms("territories", "demonyms", "prefixes", skip=-1),
        terms("territories", "regions", ignore_case=True),
        terms("territories", "states", skip=-1),
        line("territories", "home"),
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
    country = {place: row[0] for row in rows(tables("places")["cities"]) for place in row[1:]}
    kind = dict.fromkeys(country, "city")
    for label, name in (("studios", "studio"), ("landmarks", "landmark"), ("regions", "region")):
        for row in rows(tables("places")[label]):
            kind |= {place: kind.get(place, name) for place in row}
    cues = (line("places", f"{cue}_cues") for cue in ("filming", "setting", "stand_in"))
    return Places(Terms({place: place for place in kind}), kind, country, *cues)


@cache
def genres() -> Terms:
    """Return genre words and adjectives; the canonical names are those of `ontology/genres.ttl`."""
    return terms("genres", "genres", ignore_case=True)


@cache
def languages() -> Terms:
    """Return the names of languages."""
    return terms("languages", "languages")


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
        """Return the code of a sign or word, as used in `country` if that decides ("kr"); empty if unknown."""
        local = self.by_country.get(wording, {}).get(country, "")
        return local or self.symbols.get(wording) or self.words.get(wording) or self.scaled_words.get(wording, "")


@cache
def currencies() -> Currencies:
    """Return signs and words of money."""
    text = tables("currencies")
    symbols, words, scaled = (
        {w: row[0] for row in rows(text[t]) for w in row[1:]} for t in ("symbols", "words", "scaled_words")
    )
    by_country = {row[0]: dict(pair.split("=") for pair in row[1:]) for row in rows(text["by_country"])}
    powers = {label.partition(".")[2]: words for label, words in text.items() if label.startswith("multipliers.")}
    multipliers = {word: int(power) for power, words in powers.items() for word in phrases(words)}
    return Currencies(symbols, words, scaled, by_country, multipliers)


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
    text = tables("time")
    either, inside = (_lower(f"{w}." for w in phrases(text[f"abbreviations_{t}"])) for t in ("either", "inside"))
    days = {
        w: (row[-1] if row[-1][:1].isdigit() else "")
        for row in rows(text["holidays"])
        for w in row
        if not w[:1].isdigit()
    }
    return Calendar(
        {word.lower(): int(row[0]) for row in reversed(list(rows(text["months"]))) for word in row[1:]},
        terms("time", "seasons", ignore_case=True), terms("time", "weekdays"), days, line("time", "relative"),
        numbers("time", "cardinals"), numbers("time", "ordinals"), inside | either, either,
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
    text = tables("names")
    openers = _lower(text["openers"].split())
    return Names(
        given=_lower(text["given"].split()),
        family_first=_lower(text["family_first"].split()),
        ambiguous=_lower(text["ambiguous"].split()),
        honorifics=_lower(phrases(text["honorifics"])),
        suffixes=_lower(phrases(text["suffixes"])),
        particles=_lower(phrases(text["particles"])),
        openers=openers | _lower(phrases(text["openers_in_names"])),
        never=openers | _lower(phrases(text["never"])),
        organisation=_lower(phrases(text["organisation_ends"])),
        organisation_weak=_lower(phrases(text["organisation_ends_weak"])),
        band=_lower(phrases(text["band_cues"])),
    )


@dataclass(frozen=True)
class Relations:
    """Wordings that relate a film to another work, and kinds of works."""

    relations: Terms
    work_types: Terms
    comparing: Terms
    unrelated: Terms


@cache
def relations() -> Relations:
    """Return the relations of `ontology/facts.toml` by wording."""
    return Relations(
        terms("relations", "relations", ignore_case=True, skip=-1),
        terms("relations", "work_types", ignore_case=True),
        line("relations", "comparing"),
        line("relations", "unrelated"),
    )


@dataclass(frozen=True)
class Reception:
    """Phrases that sum up a reception, by polarity or box-office outcome, and what of a film is judged."""

    summaries: Terms
    box_office: Terms
    targets: Terms


@cache
def reception() -> Reception:
    """Return the phrases of reception; single judgements are in `vocab/opinions.toml`."""
    return Reception(
        terms("sentiment", "receptions", ignore_case=True, skip=-1),
        terms("sentiment", "box_office", ignore_case=True, skip=-1),
        terms("sentiment", "targets", ignore_case=True),
    )
