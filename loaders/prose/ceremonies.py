"""Award ceremonies, prizes and categories in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.numbers import ordinal

_TABLES = ("academies", "india", "guilds", "critics", "others")
_EDITION = re.compile(r"(?:(?P<year>(?:19|20)\d\d) |(?P<edition>\d{1,3}(?:st|nd|rd|th)|(?:\w+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)) )?(?:(?P<year2>(?:19|20)\d\d) )?(?:[Aa]nnual )?$")
_FESTIVAL = re.compile(rf"(?:[{UPPER}][\w'’.&-]*)(?: (?:[{UPPER}&][\w'’.&-]*|of|de|du|des|la|for|International))*? (?:Film Festival|International Festival|Film Fest|Filmfest|Fest|Festival|Film Awards?|Movie Awards?|Awards(?! season| campaign)|Critics Association(?: Awards?)?|Critics Circle(?: Awards?)?|Critics Society(?: Awards?)?)(?= |[.,;:)]|$)(?: of [{UPPER}]\w+)?|\b(?:Cannes|Sundance|Berlinale|Venice|Locarno|Tribeca)\b(?= Film Festival|[ ,.;])")
_CONNECTED = r"(?:in a|in an|of the|by an?|or|and|in|of|for)(?= (?:Leading|Supporting|Lead|Year|Role|Actor|Actress|Motion|Foreign|Comedy|Comic|Drama|Dramatic|Feature|Film|Musical|Mixing|Editing|Makeup|Hairstyling|Hair|Effects|Visual|Sound|Television|Decade|Stop|Animated|Theatrical|Non|Not|Cast|Ensemble|Negative|Debut|Fantasy|Miniseries|Picture|Directing|Writing|Costume|Set|Art|Production|Score|Song|Female|Male|a Motion|a Film|a Feature|a Comedy|a Drama|a Musical|a Leading|a Supporting|a Lead|an Animated|Dialogue|Screenplay|Adaptation|Special|Choreograph)\b)"
_CATEGORY = re.compile(
    rf"\b(?:Best|Worst|Outstanding|Favou?rite|Most (?:Promising|Popular|Outstanding)|Top|Choice|Excellence in|Achievement in|Special|Distinguished)(?:[ ]?(?:[–—/-] |[–—/-](?=[{UPPER}]))?(?:[ ](?:[–—-] )?)?(?:[{UPPER}][\w'’.]*(?:[-/][\w'’]+)*|\(?(?:Male|Female|Drama|Comedy|Musical)\)?|{_CONNECTED}|a(?= (?:Motion|Film|Feature|Comedy|Drama|Musical|Leading|Supporting|Lead|Foreign|Debut|Miniseries))))+"
)
_LOWER_CATEGORY = re.compile(r"\b(?:award|awards|prize|Award|Oscar|honou?rs?) for (?P<c>(?:best|outstanding) [a-z]+(?: [a-z]+){0,3}|(?:his|her|its|their) (?P<own>screenplay|direction|performance|score|cinematography|editing|script|writing|music|costumes?|production design))")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A ceremony at a place in a sentence, with edition and year if stated."""

    name: str
    start: int
    end: int
    edition: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category or prize at a place in a sentence."""

    name: str
    start: int
    end: int
    prize: bool = False
    own: bool = False


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in _TABLES:
        for row in lexicon.rows("ceremonies", table):
            for wording in row:
                found.setdefault(wording, row[0])
    for vague in ("the Academy", "Academy", "David", "Davids", "Felix"):
        found.pop(vague, None)
    return found


@cache
def _ceremony_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{lexicon.alternation(_names())})(?![\w-])(?!-(?:winning|nominated))")


@cache
def _prize_pattern() -> re.Pattern[str]:
    names = {w for row in lexicon.rows("ceremonies", "prizes") for w in row} | lexicon.words("ceremonies", "common_prizes")
    return re.compile(rf"(?<![\w-])(?:{lexicon.alternation(names)})(?![\w-])")


def ceremonies(text: str) -> list[Ceremony]:
    """Return the award ceremonies, award-giving bodies and festivals that a sentence names."""
    found: list[Ceremony] = []
    for pattern in (_ceremony_pattern(), _FESTIVAL):
        for match in pattern.finditer(text):
            if any(c.start < match.end() and match.start() < c.end for c in found):
                continue
            name = _names().get(match[0], match[0])
            before = _EDITION.search(text[max(0, match.start() - 40) : match.start()])
            edition = ordinal(before["edition"]) if before and before["edition"] else None
            year = int(before["year"] or before["year2"]) if before and (before["year"] or before["year2"]) else None
            shift = len(before[0]) if before else 0
            found.append(Ceremony(name, match.start() - shift, match.end(), edition, year))
    return sorted(found, key=lambda c: c.start)


def categories(text: str, named: Sequence[Ceremony] = ()) -> list[Category]:
    """Return the categories ("Best Original Score") and prizes ("Grand Prix") of a sentence, outside ceremonies' names."""
    return [c for c in _categories(text) if not any(n.start < c.end and c.start < n.end for n in named)]


def _categories(text: str) -> list[Category]:
    found: list[Category] = []
    for match in _CATEGORY.finditer(text):
        name = re.sub(r"(?:[ ](?:Awards?|Oscars?|Prizes?|and|or|of|for|in|a))+$", "", match[0]).strip(" –—-/.")
        if " " in name and not re.match(r"Special (?:Effects|Edition)|Top \w+$|Choice$", name):
            found.append(Category(name, match.start(), match.start() + len(name)))
    for match in _prize_pattern().finditer(text):
        if not any(c.start < match.end() and match.start() < c.end for c in found):
            found.append(Category(match[0], match.start(), match.end(), prize=True))
    for match in _LOWER_CATEGORY.finditer(text):
        if not any(c.start < match.end("c") and match.start("c") < c.end for c in found):
            found.append(Category(match["own"] or match["c"], match.start("c"), match.end("c"), own=bool(match["own"])))
    return sorted(found, key=lambda c: c.start)
