"""The vocabularies of the film world's institutions: awards, festivals, rating boards, the press, web pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose.terms import Terms, key, line, numbers, phrases, rows, tables, terms

_KINDS = {"academies": "award", "india": "award", "guilds": "guild", "critics": "critics", "others": "award"}


@dataclass(frozen=True)
class Ceremonies:
    """Award ceremonies and bodies; `kind` is award, guild or critics.

    `prizes` have a name of their own ("Palme d'Or") and lead to their ceremony or festival; `common_prizes` ("Grand
    Prix") need one named near. The rest are words of outcome.
    """

    names: Terms
    kind: Mapping[str, str]
    prizes: Terms
    common_prizes: Terms
    won: Terms
    nominated: Terms
    not_nominated: Terms
    lost: Terms


@cache
def ceremonies() -> Ceremonies:
    """Return the ceremonies, their prizes and the words of winning."""
    kind = {row[0]: name for label, name in _KINDS.items() for row in rows(tables("ceremonies")[label])}
    return Ceremonies(
        terms("ceremonies", *_KINDS),
        kind,
        terms("ceremonies", "prizes", skip=-1),
        line("ceremonies", "common_prizes", ignore_case=False),
        *(line("ceremonies", label) for label in ("won", "nominated", "not_nominated", "lost")),
    )


@dataclass(frozen=True)
class Categories:
    """The blocks of award categories: lead, modifiers, head, tails; `jobs` says whom a head honours."""

    leads: Terms
    modifiers: Terms
    heads: Terms
    tails: Terms
    shorts: Terms
    jobs: Mapping[str, str]

    def job(self, category: str) -> str:
        """Return the job that a category honours ("Best Director": director), empty for the film or unknown."""
        found = [(at.end, len(at.value), at.value) for at in self.heads.find(category)]
        return self.jobs.get(key(max(found)[2]), "") if found else ""


@cache
def categories() -> Categories:
    """Return the blocks of award categories."""
    recipients = {key(head): row[0] for row in rows(tables("categories")["recipients"]) for head in row[1:]}
    return Categories(
        line("categories", "leads", ignore_case=False),
        line("categories", "modifiers", ignore_case=False),
        line("categories", "heads", ignore_case=False),
        line("categories", "tails", ignore_case=False),
        terms("categories", "shorts", ignore_case=True),
        recipients,
    )


@dataclass(frozen=True)
class Festivals:
    """Film festivals with city and country, and the words of premieres, formats, sections."""

    names: Terms
    city: Mapping[str, str]
    country: Mapping[str, str]
    sections: Terms
    premieres: Terms
    formats: Terms
    planned: Terms


@cache
def festivals() -> Festivals:
    """Return the festivals; `premieres` lead to the release types of `ontology/facts.toml`."""
    table = tuple(rows(tables("festivals")["festivals"]))
    return Festivals(
        terms("festivals", "festivals", skip=2),
        {row[0]: row[1] for row in table},
        {row[0]: row[2] for row in table},
        line("festivals", "sections", ignore_case=False),
        terms("festivals", "premieres", ignore_case=True),
        terms("festivals", "formats", ignore_case=True),
        line("festivals", "planned"),
    )


@dataclass(frozen=True)
class Boards:
    """Film classification boards with their country and certificates, and the words around a certificate."""

    names: Terms
    country: Mapping[str, str]
    certificates: Mapping[str, tuple[str, ...]]
    cues: Terms
    reasons: Terms
    not_rated: Terms

    def of(self, certificate: str, country: str) -> str:
        """Return the board of `country` that gives `certificate`, empty if there is none."""
        found = (name for name, where in self.country.items() if where == country)
        return next((name for name in found if certificate in self.certificates[name]), "")


@cache
def boards() -> Boards:
    """Return the boards; names are those of `ontology/boards.ttl` where it has them."""
    table = tuple(rows(tables("boards")["boards"]))
    return Boards(
        terms("boards", "boards", skip=2),
        {row[0]: row[1] for row in table},
        {row[0]: tuple(c.replace("_", " ") for c in row[2].split()) for row in table},
        line("boards", "cues"),
        line("boards", "reason_words"),
        line("boards", "not_rated", ignore_case=False),
    )


@dataclass(frozen=True)
class Metric:
    """A score that a site publishes; `best` is a number, `grade` or `label`."""

    site: str
    name: str
    best: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Sites:
    """Where films are reviewed, scored, shown: `ambiguous` publications are named by common words ("Time")."""

    aggregators: Terms
    metrics: tuple[Metric, ...]
    guides: Terms
    advisories: Terms
    publications: Terms
    ambiguous: frozenset[str]
    services: Terms
    modes: Terms
    platforms: Terms
    references: Terms

    def publication(self, text: str) -> str:
        """Return the canonical name of a newspaper, site or guide, with or without its article; empty if unknown."""
        found = (
            view.canonical(name)
            for name in (text, f"The {text}")
            for view in (self.publications, self.aggregators, self.guides)
        )
        return next(filter(None, found), "")


@cache
def sites() -> Sites:
    """Return publications, aggregators, parents' guides and services."""
    text = tables("sites")
    aggregators, guides, publications, services = (
        terms("sites", label) for label in ("aggregators", "guides", "publications", "services")
    )
    return Sites(
        aggregators,
        tuple(Metric(row[0], row[1], row[2], tuple(row[3:])) for row in rows(text["metrics"])),
        guides,
        terms("sites", "advisories", ignore_case=True),
        publications,
        frozenset(phrases(text["ambiguous"])),
        services,
        terms("sites", "modes", ignore_case=True),
        line("sites", "platforms", ignore_case=False),
        line("sites", "references", ignore_case=False),
    )


@dataclass(frozen=True)
class Scales:
    """How scores are written: grades best first, number words and fractions, labels with their polarity."""

    grades: tuple[str, ...]
    numbers: Mapping[str, float]
    fractions: Mapping[str, float]
    words: Mapping[str, tuple[str, str]]
    best: Mapping[str, float]
    labels: Terms

    def grade(self, text: str) -> str:
        """Return a letter grade with a plain minus (`B−` becomes `B-`), empty if it is none."""
        plain = text.strip().translate({0x2212: "-", 0x2013: "-"})
        return plain if plain in self.grades else ""


@cache
def scales() -> Scales:
    """Return the scales of scores; `best` by publication where its stars are out of a known number."""
    text = tables("scales")
    return Scales(
        phrases(text["grades"]),
        numbers("scales", "numbers"),
        numbers("scales", "fractions"),
        {row[0]: (row[1], row[2]) for row in rows(text["words"])},
        {row[0]: float(row[1]) for row in rows(text["defaults"])},
        Terms({row[0]: row[1] for row in rows(text["labels"])}, ignore_case=True),
    )


@dataclass(frozen=True)
class Navigation:
    """Page furniture, labels of data lines, and headings of encyclopedia sections, with canonical meanings."""

    furniture: Terms
    furniture_lines: frozenset[str]
    labels: Terms
    sections: Terms

    def is_furniture(self, text: str) -> bool:
        """Whether a short line is a menu, dialogue or link and no statement."""
        bare = key(text.strip(" -•*·|»›→>:"))
        return bare in self.furniture_lines or (len(text) < 120 and self.furniture.pattern.search(text) is not None)


@cache
def navigation() -> Navigation:
    """Return the cue words of web pages."""
    text = tables("navigation")
    return Navigation(
        Terms({cue: row[0] for row in rows(text["furniture"]) for cue in row}, ignore_case=True),
        frozenset(key(phrase) for phrase in phrases(text["furniture_lines"])),
        terms("navigation", "labels", ignore_case=True),
        terms("navigation", "sections", ignore_case=True),
    )
