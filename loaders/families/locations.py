"""Where the film was shot and where its story is set."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref, Span

CUES = frozenset(
    (
        "filmed shot shoot shooting filming photography location locations set sets exteriors interiors scenes takes "
        "place lensed"
    ).split()
)
_PLACE = (
    rf"(?:the )?(?P<place>(?:[{UPPER}][\w'’.-]*)(?:(?: (?:of|de|la|del|on(?! (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    rf"Sep|Oct|Nov|Dec))|upon|do|da|dos|and the)(?= [{UPPER}]))? [{UPPER}][\w'’.-]*)*(?: (?:backlot|backlots|"
    rf"studios?|lot|island|desert|region|district|province|county|valley|mountains|airport|state))?)"
)
_ITEM = re.compile(_PLACE)
_FILMED = re.compile(
    r"\b(?:(?:was|were|been|being|is|are) (?:also |primarily |mainly |mostly |partly |partially |largely |"
    r"entirely |principally |extensively |predominantly )?(?:filmed|shot|lensed)|[Ff]ilming (?:primarily |"
    r"mainly |also )?(?:took place|occurred|began|started|commenced|was done|was completed|was held|happened|"
    r"moved|continued|lasted)|(?:[Pp]rincipal )?[Pp]hotography (?:primarily |also )?(?:took place|occurred|"
    r"began|started|commenced|was held|was completed|happened)|[Ss]hooting (?:also |"
    r"primarily )?(?:took place|occurred|began|started|commenced|was held)|[Ff]ilmed|[Ss]hot|on location|"
    r"exteriors (?:were|was)|interiors (?:were|was)|[Ll]ocations (?:included?|were|used)|filming locations?|"
    r"location shooting|[Tt]he shoot (?:took place|began|started|commenced|was held)|"
    r"[Ll]ocation (?:work|filming|shoots?) (?:was (?:done|carried out)|took place)|made (?=at the [A-Z]))\b"
)
_IN = re.compile(
    r"\b(?:(?:filmed |shot )?(?:on location )?(?:mainly |primarily |mostly |entirely |partly |largely |also |"
    r"both |around |on location |principally )*(?:in|at|around|near|on the island of|throughout|across)|"
    r"including|such as|included?)\s+(?=(?:the |both |and around )*[A-Z])"
)
_SET = re.compile(
    r"\b(?:[Ss]et|[Tt]akes place|take place|is set|are set|was set|story is set)\s+(?:mainly |primarily |mostly |"
    r"entirely |largely |both )?(?:in|during|around|on|at|against)\s+(?=(?:the |a |an |near-future |modern |"
    r"present-day |contemporary |fictional |rural |1\d\d0s |[a-z-]+ ){0,5}[A-Z])"
)
_NEAR_FUTURE = re.compile(
    r"^In (?:the )?(?:near-future|future|present-day|modern-day|contemporary|post-war|postwar|wartime|pre-war|"
    r"medieval|Victorian|early \w+|late \w+|mid-\w+|rural|"
    r"\d{3,4}s?)(?: the)? (?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}),"
)
_STANDS_IN = re.compile(
    r"\b(?P<verb>serving as|stands? in for|standing in for|stood in for|doubl(?:ed|es|ing) (?:for|as)|used as|"
    r"was used (?:for|as)|represent(?:ed|s|ing)|act(?:ed|s|ing) as)\s+(?P<what>(?:the |an? )?[^.;,]{3,60})"
)
_MONTH = re.compile(
    rf"(?:{MONTHS}|Spring|Summer|"
    r"Autumn|Fall|Winter|Christmas|Panavision|CinemaScope|Technicolor|IMAX|3D|Super|Eastmancolor|VistaVision|"
    r"Cinerama|\w*[Cc]olou?r|Kodak|Arri|Alexa|Red|Sony|Canon|Dolby|English|Hindi|Tamil|Telugu|Kannada|Malayalam|French|German|"
    r"Spanish|Japanese|\w+Scope|Blu|DVD)\b"
)
_NOT_FILMED = re.compile(
    r"\b(?:planned|originally (?:to|planned|intended|scheduled)|considered|refused|instead of|rather than|denied|"
    r"could not|unable|wanted to|hoped|would have|scouted|not (?:be )?(?:shot|filmed)|never|trailer|music video|"
    r"(?:was|were|is) not, [^,.;]{2,40}, (?:shot|filmed)|television|series|sequel|documentary|"
    r"gun|bullet|gets? shot|(?<!were )(?<!was )shot at|shot (?:and|dead|by|him|her|them)|"
    r"film festival|screened|premiered)\b"
)
_ELSEWHERE = re.compile(
    r", (?:which|who|where|whose)\b|\b(?:released|premiered|screened|stored|born|lives|lived|died|opened|"
    r"shown|won|received|nominated|competed)\b|[;]"
)
_SHOOTING = re.compile(
    r"[Ff]ilming|[Pp]hotography|[Ll]ocation|[Ss]hoot|"
    r"\b(?:[Ss]cenes?|[Ss]equences?|[Ee]xteriors|[Ii]nteriors) (?:were|was|are|is)\b"
)
_TIMED = re.compile(r"took place|began|started|commenced|occurred|filmed|shot")
_OBJECT = re.compile(r" (?!In\b|At\b|On\b|Around\b|Near\b)(?:The |A )?[A-Z]")
_DOUBLING = re.compile(rf"(?:along with|with|and) the {_PLACE} (?=serving as|standing in|doubling)")
_PROVINCE = re.compile(
    r"(?:the )?(?:[A-Z]\w+ )?(?:province|state|city|town|village|region|island|district|county|municipality|"
    r"suburb|hamlet|capital|port) of (?=[A-Z])"
)
_SETTING = re.compile(rf"(?:(?:[a-z-]{{1,20}}|\d{{4}}s?) ){{0,8}}{_PLACE}")
_SKIP = frozenset({"references", "related", "awards", "reception"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield filming and narrative locations that a sentence names."""
    text = sentence.text
    if part.film is None or sentence.section in _SKIP or len(text) > 700:
        return
    if sentence.section == "plot":
        yield from _opening_place(sentence, part)
        return
    for match in _SET.finditer(text):
        yield from _narrative(sentence, part, match)
    if filmed := _FILMED.search(text):
        if objection := _NOT_FILMED.search(text):
            refuse("locations", sentence, f"planned, denied or of something else: “{objection[0]}”", filmed.start())
        else:
            yield from _filming(sentence, part)


def _opening_place(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the setting that a plot summary begins with: "In near-future Los Angeles, ..."."""
    match = _NEAR_FUTURE.match(sentence.text)
    if match and lexicon.is_place(match["place"]):
        span = sentence.span(0, match.end())
        yield part.fact("location", span, place=Ref("place", match["place"]), location_kind="narrative")


def _narrative(sentence: Sentence, part: Part, match: re.Match[str]) -> Iterator[Fact]:
    if re.search(
        r"\b(?:was|is|were) set (?:up|to|for|by)|record|films?hed",
        sentence.text[max(0, match.start() - 8) : match.end() + 4],
    ):
        return
    words = sentence.text[match.end() : match.end() + 120]
    place = _SETTING.match(words)
    if (
        place
        and not _MONTH.match(place["place"])
        and (lexicon.territory(place["place"]) or lexicon.is_place(place["place"]))
    ):
        yield part.fact(
            "location",
            sentence.span(match.start(), match.end() + place.end()),
            place=Ref("place", place["place"]),
            location_kind="narrative",
        )


def _filming(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    anchors = list(_FILMED.finditer(text))
    if not (sentence.section == "production" or part.mentions_film(text) or _SHOOTING.search(text)):
        return
    dates = [(d.start, d.value) for d in part.dates(sentence) if not _is_of_title(text, d.start, part)]
    dates = dates if _TIMED.search(text) else []
    seen: set[str] = set()
    for preposition in _IN.finditer(text):
        anchor = next((a for a in anchors if _governs(text, a, preposition)), None)
        if anchor is None:
            continue
        date = _date_of(text, preposition.start(), dates)
        for name, _, end in _places(text, preposition.end()):
            if name in seen or part.names.person(name) or part.film_pattern.fullmatch(name):
                if name not in seen:
                    refuse(
                        "locations", sentence, f"a person or the film, not a place: “{name}”", preposition.start(), end
                    )
                continue
            seen.add(name)
            first, last = min(anchor.start(), preposition.start()), max(end, anchor.end())
            stands = _STANDS_IN.search(text, end)
            role = stands["what"].strip() if stands and stands.start() - end < 12 else None
            span = sentence.span(first, stands.end() if role and stands else last)
            yield _filmed(part, span, name, date, role)
    doubling, stands = _DOUBLING.search(text), _STANDS_IN.search(text)
    if doubling and stands and doubling["place"] not in seen:
        span = sentence.span(doubling.start(), stands.end())
        yield _filmed(part, span, doubling["place"], None, stands["what"].strip())


def _is_of_title(text: str, position: int, part: Part) -> bool:
    """Whether a date is the year in brackets behind the film's title."""
    title = next((m for m in part.film_pattern.finditer(text) if m.end() + 2 == position), None)
    return title is not None and text.startswith(" (", title.end())


def _date_of(text: str, position: int, dates: list[tuple[int, str]]) -> str | None:
    """Return the first date of the clause that `position` stands in, clauses parted by semicolons."""
    first, last = text.rfind("; ", 0, position), text.find("; ", position)
    return next((value for start, value in dates if first < start and (last < 0 or start < last)), None)


def _filmed(part: Part, span: Span, name: str, date: str | None, role: str | None) -> Fact:
    place = Ref("place", name)
    return part.fact("location", span, place=place, location_kind="filming", date=date, stands_in_for=role)


def _governs(text: str, anchor: re.Match[str], preposition: re.Match[str]) -> bool:
    """Whether "in", "at" or "including" belongs to the words of filming and not to another clause or object."""
    behind = text[anchor.end() :]
    outside = preposition.start() >= anchor.end()
    if _ELSEWHERE.search(text[anchor.end() : preposition.start()]) or (outside and _OBJECT.match(behind)):
        return False
    return preposition.start() >= anchor.start() or text.startswith("In", preposition.start())


def _places(text: str, position: int) -> Iterator[tuple[str, int, int]]:
    """Yield the places listed from `position` on, with their offsets."""
    cursor = position
    if province := _PROVINCE.match(text, cursor):
        cursor = province.end()
    for _ in range(10):
        match = _ITEM.match(text, cursor)
        if match is None:
            return
        name = re.sub(r"'s?$", "", match["place"].strip(" .,"))
        if _MONTH.match(name) or len(name) < 3 or re.fullmatch(r"[\d\s]+", name):
            return
        if any(whole[1:] == (0, len(name)) for whole in lexicon.demonyms_in(name)) and not lexicon.is_place(name):
            return
        yield name, match.start("place"), match.start("place") + len(name)
        cursor = match.end()
        separator = re.match(
            r"(?:,? and (?:in |at |around |on )?|, (?:and (?:in |at )?|in |at |including )?| including |"
            r", as well as (?:in |at )?| as well as )(?=(?:the )?[A-Z])",
            text[cursor:],
        )
        if separator is None:
            return
        cursor += separator.end()
