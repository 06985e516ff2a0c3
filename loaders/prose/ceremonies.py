"""Award ceremonies, prizes and categories in a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.numbers import ordinal
from reelgraph.loaders.prose.terms import Terms, line, terms

#: Wordings that name something else as often as a ceremony.
_VAGUE = frozenset({"the Academy", "Academy", "David", "Davids", "Felix", "Critics Association"})
_EDITION = re.compile(
    r"(?<![\w,])(?:(?P<year>(?:19|20)\d\d) |(?P<edition>\d{1,3}(?:st|nd|rd|th)|(?:\w+-)?(?:first|second|"
    r"third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)) )?(?:(?P<year2>(?:19|"
    r"20)\d\d) )?(?:[Aa]nnual )?(?:edition of the )?$"
)
_YEAR_BEHIND = re.compile(r"(?: Awards?)?(?: of| in|,)? \(?(?P<y>(?:19|20)\d\d)\b(?!s)")
_FESTIVAL = re.compile(
    rf"(?:[{UPPER}][\w'.&-]*)(?: (?:[{UPPER}&][\w'.&-]*|of|de|du|des|la|for|"
    rf"International))*? (?:Film Festival|International Festival|Film Fest|Filmfest|Fest|Festival|"
    rf"Film Awards?|Movie Awards?|Awards(?! season| campaign)|Critics Association(?: Awards?)?|"
    rf"Critics Circle(?: Awards?)?|Critics Society(?: Awards?)?)(?= |[.,;:)]|$)(?: of [{UPPER}]\w+)?|"
    rf"\b(?:Cannes|Sundance|Berlinale|Venice|Locarno|Tribeca)\b(?= Film Festival|[ ,.;])"
)
_AWARD_WORD = re.compile(r"Award|Fest|Critics|Cannes|Sundance|Berlinale|Venice|Locarno|Tribeca|Filmfest")
_LEADING = re.compile(r"^(?:The|At|In|From|For|And|It|With|During|On|Also|By|Its|Their|His|Her|At The|In The) (?=\S)")
_LEADS = (
    r"(?:Best|Worst|Outstanding|Favou?rite|Most (?:Promising|Popular|Outstanding)|Top|Choice|Excellence in|"
    r"Achievement in|Special|Distinguished)"
)
_CONNECTED = (
    r"(?:in an?(?= \w+ Language)|for the(?= Screen)|(?:in a|in an|of the|by an?|or|and|in|of|for|on|from|to)"
    r"(?= (?:Leading|Supporting|Lead|Year|Role|Actor|"
    r"Actress|Motion|Foreign|Comedy|Comic|Drama|Dramatic|Feature|Film|Musical|Mixing|Editing|Makeup|Hairstyling|"
    r"Hair|Effects|Visual|Sound|Television|Decade|Stop|Animated|Theatrical|Non|Not|Cast|Ensemble|Negative|Debut|"
    r"Fantasy|Miniseries|Picture|Directing|Writing|Costume|Set|Art|Production|Score|Song|Female|Male|National|"
    r"Any|Another|Material|a Motion|a Film|a Feature|a Comedy|a Drama|a Musical|a Leading|a Supporting|a Lead|"
    r"a Dramatic|an Animated|Dialogue|Screenplay|Adaptation|Special|Choreograph)\b))"
)
_SPLIT_NAME = (
    r", (?=(?:Male|Female|Color|Black-and-White|Scoring|Original|Adapted|Score|Story|Musical|Dramatic|Screenplay|"
    r"Recording|Comedy|Drama|Adaptation|Short|Motion)\b)"
)
_CATEGORY = re.compile(
    rf"\b{_LEADS}(?:(?:(?<=Writing)|(?<=Music)|(?<=Cinematography)|(?<=Direction)|(?<=Design)|(?<=Sound)|"
    rf"(?<=Effects)|(?<=Performance)|(?<=Actor)|(?<=Actress)){_SPLIT_NAME}[{UPPER}][\w'.-]*|[ ]?(?:[–—/-] |"
    rf"[–—/-](?=[{UPPER}]))?(?:[ ](?:[–—-] )?)?(?:[{UPPER}][\w'.]*(?:[-/][\w']+)*|\(?(?:Male|Female|Drama|"
    rf"Comedy|Musical)\)?|{_CONNECTED}|a(?= (?:Motion|Film|Feature|Comedy|Drama|Dramatic|Musical|Leading|"
    rf"Supporting|Lead|Foreign|Debut|Miniseries))))+|(?:(?<=for )|(?<=it )|(?<=film )|(?<=as )|(?<=won )|"
    rf"(?<=the ))(?:[{UPPER}]\w+ ){{1,3}}of the (?:Year|Decade)\b"
)
_LOWER_HEAD = re.compile(
    r" (?:short |feature |debut |supporting |original |adapted )?(?:film|picture|actor|actress|director|"
    r"feature|screenplay|documentary|song|score|cinematography)\b"
)
_HEAD = re.compile(
    r"(?:Film|Picture|Actor|Actress|Director|Feature|Screenplay|Documentary|Song|Score|Cinematography|"
    r"Editing|Design|Effects|Sound|Movie|Musical|Performance|Role|Short|Music|Direction|Writing|Lead|"
    r"Newcomer|Drama|Comedy|Language|Villain|Program|Special)s?\W*$"
)
_LOWER_CATEGORY = re.compile(
    r"\b(?:award|awards|prize|Award|Oscar|honou?rs?) for (?P<c>(?:best|outstanding) [a-z]+(?: [a-z]+){0,3}|"
    r"(?:his|her|its|their) (?P<own>screenplay|direction|performance|score|cinematography|editing|script|"
    r"writing|music|costumes?|production design))"
)
#: What a prize's name may hold that reads like a category: "Special Jury Prize", "People's Choice Award".
_LEADS_ONLY = re.compile(r"(?:Special|Choice|Top|Grand|Best Film Award|Distinguished)\b")
_TRAILING = re.compile(r"(?:[ ](?:Awards?|Oscars?|Prizes?|Nominations?|and|or|of|for|in|a|on|from|to|by))+$")


_PRIZE_OF = re.compile(rf"(?<=the )(?:[{UPPER}][\w'.&-]* ){{1,4}}$")


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
    """A category or prize at a place in a sentence; `home` is the ceremony that alone gives a prize of this name."""

    name: str
    start: int
    end: int
    prize: bool = False
    own: bool = False
    home: str = ""


@cache
def _names() -> Terms:
    known = terms("ceremonies", "academies", "india", "guilds", "critics", "others").wordings
    return Terms({w: name for w, name in known.items() if w not in _VAGUE and not w.endswith(" nominations")})


def _festivals() -> Mapping[str, str]:
    """Return wording -> name of the festivals: "Venice" for the Venice International Film Festival."""
    return terms("festivals", "festivals").wordings


@cache
def _prizes() -> Terms:
    return Terms(dict.fromkeys(_common_prizes(), "") | dict(terms("ceremonies", "prizes", named=False).wordings))


@cache
def _ceremony_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!-){_names().source}(?![\w-])")


def ceremonies(text: str) -> list[Ceremony]:
    """Return the award ceremonies, award-giving bodies and festivals that a sentence names."""
    found: list[Ceremony] = []
    for match in _ceremony_pattern().finditer(text):
        _add(found, text, _names().canonical(match[0]), match.start(), match.end())
    if _AWARD_WORD.search(text):
        for match in _FESTIVAL.finditer(text):
            start = match.start()
            while article := _LEADING.match(text[start : match.end()]):
                start += article.end()
            name = text[start : match.end()]
            _add(found, text, _festivals().get(name, name), start, match.end())
    if len(found) > 1:
        # a festival's jury and audience: "at Cannes it won the FIPRESCI Prize"
        found = [c for c in found if text[c.start : c.end] not in _common_prizes() or text.startswith(" for ", c.end)]
    return sorted(found, key=lambda c: c.start)


def _common_prizes() -> Mapping[str, str]:
    return line("ceremonies", "common_prizes").wordings


def _add(found: list[Ceremony], text: str, name: str, start: int, end: int) -> None:
    if any(c.start < end and start < c.end for c in found) or name in ("Film Festival", "Film Awards", "Awards"):
        return
    before = _EDITION.search(text[max(0, start - 40) : start])
    edition = ordinal(before["edition"]) if before and before["edition"] else None
    year = int(before["year"] or before["year2"]) if before and (before["year"] or before["year2"]) else None
    shift = len(before[0]) if before else 0
    if year is None and (behind := _YEAR_BEHIND.match(text, end)):
        year = int(behind["y"])
    found.append(Ceremony(name, start - shift, end, edition, year))


def categories(text: str, named: Sequence[Ceremony] = ()) -> list[Category]:
    """Return the categories ("Best Original Score") and prizes ("Grand Prix") outside ceremonies' names."""
    found = [_whole(text, c, named) for c in _categories(text) if not _within(c.start, c.end, named)]
    named_too = text.find("(known as")
    return [c for c in found if named_too < 0 or c.start < named_too]


def _within(start: int, end: int, named: Sequence[Ceremony]) -> bool:
    return any(ceremony.start < end and start < ceremony.end for ceremony in named)


def _whole(text: str, found: Category, named: Sequence[Ceremony]) -> Category:
    """Return a prize with the words before that belong to its name: "the Northern Rail Audience Award"."""
    before = _PRIZE_OF.search(text, max(0, found.start - 50), found.start) if found.prize and not found.home else None
    if before is None or _within(before.start(), found.start, named):
        return found
    return replace(found, name=text[before.start() : found.end], start=before.start())


def _categories(text: str) -> list[Category]:
    found: list[Category] = []
    prizes = list(_prizes().find(text))
    for match in _CATEGORY.finditer(text):
        if any(at.start <= match.start() < at.end and _LEADS_ONLY.match(match[0]) for at in prizes):
            continue  # "People's Choice Award"
        name = _TRAILING.sub("", match[0]).strip(" –—-/.")
        end = match.start() + len(name)
        if _HEAD.search(name) is None and (head := _LOWER_HEAD.match(text, end)):
            name, end = name + head[0], head.end()
        if " " in name and not re.match(r"Special (?:Effects|Edition)|Top \w+$|Choice$|Best (?:Western|Buy)", name):
            found.append(Category(name, match.start(), end))
    for at in prizes:
        if not any(c.start < at.end and at.start < c.end for c in found):
            found.append(Category(text[at.start : at.end], at.start, at.end, prize=True, home=at.value))
    for match in _LOWER_CATEGORY.finditer(text):
        behind = any(0 <= match.start() - c.end < 3 for c in found) and match["own"]
        if not behind and not any(c.start < match.end("c") and match.start("c") < c.end for c in found):
            found.append(Category(match["own"] or match["c"], match.start("c"), match.end("c"), own=bool(match["own"])))
    return sorted(found, key=lambda c: c.start)
