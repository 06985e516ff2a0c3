"""What the readers of running text ask the vocabularies: whether a word is a genre, a demonym, a site."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from reelgraph.loaders.prose import prefixtree
from reelgraph.loaders.prose import terms as vocabulary
from reelgraph.loaders.prose.terms import Terms


def text(name: str, table: str) -> str:
    """Return the table `table` of vocab/NAME.toml as it is written."""
    return vocabulary.tables(name)[table]


@cache
def rows(name: str, table: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table, each a canonical name followed by its wordings."""
    return tuple(map(tuple, vocabulary.rows(text(name, table))))


@cache
def words(name: str, table: str) -> frozenset[str]:
    """Return a list of words or phrases separated by bars or white space."""
    value = text(name, table)
    return frozenset(w.strip() for w in (value.split("|") if "|" in value else value.split()) if w.strip())


@cache
def lookup(name: str, table: str, *, fold: bool = True) -> Mapping[str, str]:
    """Return wording -> canonical name of a table, wordings lower-cased unless `fold` is off."""
    found: dict[str, str] = {}
    for row in rows(name, table):
        for wording in row:
            found.setdefault(wording.lower() if fold else wording, row[0])
    return found


def alternation(wordings: Iterable[str]) -> str:
    """Return a pattern that matches any of `wordings`, the longest possible."""
    return prefixtree.tree(wordings)


# -- names ------------------------------------------------------------------------------------------------------------


@cache
def given_names() -> frozenset[str]:
    """Common given names and family names that stand first, lower-cased."""
    return frozenset(w.lower() for w in text("names", "given").split()) | frozenset(
        w.lower() for w in text("names", "family_first").split()
    )


@cache
def never_names() -> frozenset[str]:
    """Capitalised words that no person's name holds: sentence openers, functions, months; lower-cased."""
    openers = {w.lower() for w in text("names", "openers").split()}
    return frozenset(
        openers - {w.lower() for w in given_names() & openers}
        | {"january", "february", "march", "november", "december", "october", "september"}
    )


@cache
def openers_as_family() -> frozenset[str]:
    """Words of `never_names` that are family names behind a known given name, lower-cased."""
    return frozenset(w.lower() for w in words("names", "openers_as_family"))


@cache
def organisation_words() -> frozenset[str]:
    """Single words that mark a company, band or institution, lower-cased."""
    found = words("names", "organisation_ends") | words("names", "band_cues") | words("names", "organisation_starts")
    return frozenset(w.lower() for w in found if " " not in w) - {
        "brothers",
        "sisters",
        "girls",
        "boys",
        "family",
        "page",
        "west",
        "prince",
    }


@cache
def honorifics() -> frozenset[str]:
    """Titles before a name, lower-cased, without stops."""
    return frozenset(w.lower().rstrip(".") for w in words("names", "honorifics"))


@cache
def particles() -> frozenset[str]:
    """Words inside a name that join what follows ("van"), lower-cased."""
    return frozenset(w.lower() for w in words("names", "particles"))


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations after which a stop may not end a sentence, lower-cased, with their stop."""
    return frozenset(w.lower() + "." for w in words("abbreviations", "abbreviations"))


# -- genres, countries, languages ------------------------------------------------------------------------------------


@cache
def _genres() -> Mapping[str, str]:
    return lookup("genres", "genres")


@cache
def _genre_pattern() -> re.Pattern[str]:
    return prefixtree.finder(_genres(), ignore_case=True, before=r"\w-")


def genre(word: str) -> str:
    """Return the canonical genre a word stands for, empty if none."""
    return _genres().get(word.lower(), "")


def genres_in(phrase: str) -> Iterator[tuple[str, int, int]]:
    """Yield the genres a noun phrase names, with their places."""
    for match in _genre_pattern().finditer(phrase):
        yield _genres()[match[0].lower()], match.start(), match.end()


@cache
def _demonyms() -> Mapping[str, str]:
    found = {w: row[0] for row in rows("territories", "demonyms") for w in row[1:]}
    return found | {"U.S.": "United States", "US": "United States", "UK": "United Kingdom", "USA": "United States"}


@cache
def _demonym_pattern() -> re.Pattern[str]:
    return prefixtree.finder(_demonyms())


def demonyms_in(phrase: str) -> Iterator[tuple[str, int, int]]:
    """Yield the countries whose demonyms stand in a phrase ("Franco-Italian" by its second half)."""
    for match in _demonym_pattern().finditer(phrase):
        yield _demonyms()[match[0]], match.start(), match.end()


@cache
def _territories() -> Mapping[str, str]:
    return {**lookup("territories", "regions"), **lookup("territories", "countries")}


def territory(words_: str) -> str:
    """Return the canonical name of a country, region or market, empty if `words_` is none."""
    key = re.sub(r"^the ", "", words_.strip().lower())
    return _territories().get(key, "") or _territories().get("the " + key, "")


@cache
def territory_pattern() -> re.Pattern[str]:
    """A pattern for the names of countries, regions and markets as they stand in sentences."""
    names = [w for row in rows("territories", "countries") for w in row] + [
        w for row in rows("territories", "regions") for w in row
    ]
    return prefixtree.finder(names, ignore_case=True, before=r"\w-")


@cache
def _languages() -> Mapping[str, str]:
    return lookup("languages", "languages")


def language(word: str) -> str:
    """Return the canonical name of a language, empty if `word` is none."""
    return _languages().get(word.lower(), "")


def is_place(name: str) -> bool:
    """Whether `name` is a known country, region, city, studio or sight."""
    cities = vocabulary.terms("places", "cities", named=False)
    sights = vocabulary.terms("places", "studios", "landmarks", "regions")
    return bool(cities.canonical(name) or sights.canonical(name) or territory(name))


# -- money ------------------------------------------------------------------------------------------------------------


@cache
def currency_symbols() -> Mapping[str, str]:
    """Return symbol -> ISO 4217 code."""
    return {symbol: row[0] for row in rows("currencies", "symbols") for symbol in row[1:]}


@cache
def currency_words() -> Mapping[str, str]:
    """Return word after an amount -> ISO 4217 code."""
    return {word: row[0] for row in rows("currencies", "words") for word in row[1:]}


# -- publications, page furniture ------------------------------------------------------------------------------------


@cache
def _publications() -> Mapping[str, str]:
    return {**lookup("sites", "publications"), **lookup("sites", "aggregators"), **lookup("sites", "guides")}


def publication(name: str) -> str:
    """Return the canonical name of a newspaper, magazine or site, empty if unknown."""
    key = name.strip().lower()
    return _publications().get(key, "") or _publications().get(re.sub(r"^the ", "", key), "")


@cache
def _publication_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:[Tt]he )?(?:{prefixtree.tree(_publications(), ignore_case=True)})(?!\w)")


def is_guide(site: str) -> bool:
    """Whether a site is a parents' guide."""
    return site in {row[0] for row in rows("sites", "guides")}


@cache
def _site_pattern() -> re.Pattern[str]:
    names = {w for table in ("aggregators", "guides") for row in rows("sites", table) for w in row if len(w) > 5}
    return prefixtree.finder(names)


def site_in(line: str) -> str:
    """Return the rating site or parents' guide that a line names, empty if none."""
    match = _site_pattern().search(line)
    return publication(match[0]) if match else ""


def publication_prefix(words_: str) -> str:
    """Return the known publication that `words_` begins with, as printed there."""
    match = _publication_pattern().match(words_)
    return match[0] if match else ""


#: The meanings of labels whose values are companies.
COMPANIES = frozenset(("production company", "distributor"))


@cache
def _key_labels() -> Mapping[str, str]:
    return lookup("navigation", "labels")


def key_label(key: str) -> str:
    """Return the canonical meaning of a label such as "Run time" on a film page, empty if unknown."""
    return _key_labels().get(key.strip().lower().replace("(s)", ""), "")


@cache
def _furniture() -> re.Pattern[str]:
    cues = Terms({cue.lower(): "" for row in rows("navigation", "furniture") for cue in row})
    return re.compile(cues.source, re.IGNORECASE)


def is_navigation(line: str) -> bool:
    """Whether a short line is page furniture: menus, sign-in, links to other articles."""
    if vocabulary.line("navigation", "furniture_lines").canonical(line.strip(" -•*·|»›→>:")):
        return True
    return len(line) < 120 and _furniture().search(line) is not None
