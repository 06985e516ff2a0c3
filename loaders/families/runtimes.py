"""Running times of the film and of its named cuts; numbers of theatres and screens."""

import re
from collections.abc import Iterable, Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.numbers import COUNT, count, qualifier_before
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact

CUES = frozenset(
    "minutes minute mins min hours hour runtime theaters theatres screens cinemas locations venues prints run "
    "runs ran running".split()
)
_MINUTES = re.compile(
    r"(?<![\w.:,$])(?P<m>\d{2,3})[- ]?(?:minutes?|mins?\.?|MINS?\.?)(?![\w-]*[- ](?:opening|sequence|scene|segment|"
    r"clip|trailer|teaser|ovation|standing|speech|shot|interview|featurette|documentary|short|presentation|preview|"
    r"drive|walk|video|song|episode|track|walk))\b"
)
_HOURS = re.compile(
    r"(?<![\w.])(?P<h>\d|one|two|three|four|five|six)[- ]?(?:hours?|"
    r"h)(?:[, ]+(?:and )?(?P<m>\d{1,2})[- ]?(?:minutes?|mins?|m)\b|-and-a-half| and a half)?"
)
_HOURS_BEFORE = re.compile(r"\b(?:hours?|h)[, ]+(?:and )?$")
_LENGTH = re.compile(
    r"\b(?:run(?:s|ning)?(?: ?times?)?|ran|runtime|length|long|duration|clock(?:s|ed|ing) in|lasts?|lasted|cut of|"
    r"cut(?: \w+)? (?:down )?to|trimmed to|edited (?:down )?to|version|in just|stretch(?:es)?|at)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?P<v>(?:original|first|initial|rough|early|assembly|director's|extended|international|US|U\.S\.|"
    r"American|European|uncut|theatrical|final|release[d]?|television|TV|DVD|Japanese|British|German|restored|"
    r"preview|festival|longer|shorter|edited|truncated|unrated|\w+'s)(?: (?:original|own|final|theatrical|"
    r"release|rough|first))? (?:cut|version|edit|print|release))\b",
    re.IGNORECASE,
)
_OTHER_VERSION = re.compile(
    r"\b(?:an?|another|his|her|their) (?:\w+ )?(?:cut|version|edit) (?:of|lasting|running) (?:\w+ )?$"
)
#: "in a version cut from 96 to 78 minutes".
_SHORTENED = re.compile(
    r"\b(?:version|print)\b[^.;,]{0,20}\b(?:cut|trimmed|shortened|edited|reduced)\b|"
    r"\b(?:cut|trimmed|shortened|reduced) (?:down )?from \d"
)
_CUT_DOWN = re.compile(
    r"\b(?P<who>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)*) (?:cut|trimmed|edited|reduced|whittled) (?:it|the film|"
    r"the movie|this|that)\b"
)
_NOT_FINAL = re.compile(
    r"\b(?:not the final|was later|was not|wasn't|never|eventually|unreleased|deleted|longer|rough|assembly)\b"
)
_THEATRES = re.compile(
    rf"(?<![\w$.,])(?P<n>{COUNT})\s+(?P<between>(?:[A-Za-z-]+ ){{0,3}}?)(?P<unit>theat(?:er|re)s?|screens?|"
    rf"cinemas?|locations|venues)\b"
)
_PERIOD = re.compile(
    r"\bopening (?:weekend|day)\b|\blimited release\b|\bwide(?:r)? release\b|\bfirst weekend\b|"
    r"\bsecond weekend\b|\bwidest\b|\bexpan(?:ded|ding|sion)\b",
    re.IGNORECASE,
)
_SKIP = frozenset({"plot", "references", "related"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the running times and the theatre counts a sentence states."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 900:
        return
    if sentence.section != "cast":
        yield from _runtimes(sentence, part)
        yield from _theatres(sentence, part)


def _runtimes(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for match in _MINUTES.finditer(text):
        minutes = int(match["m"])
        if _HOURS_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            continue
        around = text[max(0, match.start() - 70) : match.end() + 25]
        if not 20 <= minutes <= 400 or not _LENGTH.search(around) or not _about_length(text, match, part):
            refuse(
                "runtimes", sentence, "not the length of the film or of a cut", max(0, match.start() - 50), match.end()
            )
            continue
        yield _runtime(sentence, part, minutes, match)
    for match in _HOURS.finditer(text):
        if match["m"] and re.search(
            r"\b(?:run(?:s|ning)?|runtime|length|long|duration|clocks? in|lasts?)\b",
            text[max(0, match.start() - 50) : match.end() + 10],
            re.IGNORECASE,
        ):
            yield _runtime(sentence, part, (count(match["h"]) or 0) * 60 + int(match["m"]), match)


def _about_length(text: str, match: re.Match[str], part: Part) -> bool:
    """Whether minutes measure the film or a cut of it, not a scene, a wait or an applause."""
    before, after = text[max(0, match.start() - 80) : match.start()], text[match.end() : match.end() + 30]
    if re.search(
        r"\b(?:first|last|final|opening|of (?:the )?footage|cut out|removed|additional|deleted|within|every|for|"
        r"after|shorter|longer|another|extra|spent|arriv\w+|standing|appears?|screen time|episode|season|ovation|by|"
        r"lasting)\b\s*(?:\w+\s+){0,2}$",
        before[-35:],
        re.IGNORECASE,
    ):
        return bool(re.search(r"\b(?:runtime|running time|runs?)\b", before[-40:]))
    if re.match(
        r"\s*(?:of (?:footage|screen|material|it|the)|later|into|away|each|earlier|before|after|ago|were|"
        r"was (?:cut|removed|added)|shorter|longer)",
        after,
    ):
        return False
    return bool(
        re.search(
            r"\b(?:[Ff]ilm|[Mm]ovie|[Ii]t|[Ii]ts|cut|version|[Rr]untime|[Rr]unning time|picture|[Rr]un time|just)\b",
            before + after,
        )
        or part.film_pattern.search(before)
    )


def _runtime(sentence: Sentence, part: Part, minutes: int, match: re.Match[str]) -> Fact:
    text = sentence.text
    clause_start = max(
        text.rfind(", and ", 0, match.start()),
        text.rfind("; ", 0, match.start()),
        text.rfind(" but ", 0, match.start()),
        0,
    )
    clause = text[clause_start : match.end() + 30]
    cut, down = _CUT.search(clause), _CUT_DOWN.search(clause)
    version = cut["v"] if cut else f"{part.names.person(down['who']) or down['who']} cut" if down else None
    if version is None and _SHORTENED.search(clause):
        version = "cut version"
    if version is None and _OTHER_VERSION.search(text[: match.start()]):
        version = "another version"
    index = sentence.index + 1
    following = part.sentences[index].text[:80] if index < len(part.sentences) else ""
    if down and _NOT_FINAL.search(following):
        version = f"{version} (not final)"
    if version and re.fullmatch(r"(?:the )?(?:final|theatrical|released?)(?: \w+)?", version, re.IGNORECASE):
        version = None
    return part.fact(
        "runtime",
        sentence.span(clause_start, match.end()),
        minutes=minutes,
        version=version.lower() if version and cut else version,
        qualifier=qualifier_before(text, match.start()),
    )


def _theatres(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    counts = list(_THEATRES.finditer(text))
    for index, match in enumerate(counts):
        number = count(match["n"])
        if number is None or number < 1 or re.search(r"\b(?:per|each|average|other films?)\b", match["between"]):
            continue
        if not re.search(
            r"\b(?:in|at|to|from|on|of|across|over|than|approximately|about|nearly|only|reached|playing|"
            r"widest)\s+(?:\w+\s+){0,2}$",
            text[max(0, match.start() - 30) : match.start()],
        ):
            continue
        first = counts[index - 1].end() if index else 0
        last = counts[index + 1].start() if index + 1 < len(counts) else len(text)
        period = _nearest(_PERIOD.finditer(text, first, last), match.start())
        territory = lexicon.territory_pattern().search(text[match.end() : match.end() + 50])
        joined = _territory(text[match.end() : match.end() + 80], territory)
        yield part.fact(
            "theatres",
            sentence.span(),
            count=number,
            unit="screens" if match["unit"].startswith("screen") else "theatres",
            period=_period(period),
            territory=joined,
            qualifier=qualifier_before(text, match.start()),
        )


def _period(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    words = match[0].lower()
    return "wide release" if words.startswith(("expan", "wid")) and "open" not in words else words


def _nearest(periods: Iterable[re.Match[str]], position: int) -> re.Match[str] | None:
    """Return the period told of nearest to a count; an expansion is one only for the counts behind it."""
    told = (m for m in periods if m.start() < position or not m[0].lower().startswith("expan"))
    return min(told, key=lambda m: abs(m.start() - position), default=None)


def _territory(after: str, found: re.Match[str] | None) -> str | None:
    if found is None or not re.search(r"\b(?:in|across|throughout)\s+(?:the\s+)?$", after[: found.start()]):
        return None
    joined = re.match(r"\s+and\s+(?:the\s+)?", after[found.end() :])
    if joined and (second := lexicon.territory_pattern().match(after, found.end() + joined.end())):
        both = f"{lexicon.territory(found[0])} and {lexicon.territory(second[0])}"
        return lexicon.territory(both) or both
    return lexicon.territory(found[0]) or None
