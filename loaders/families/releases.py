"""Premieres, screenings and releases: date, place, territory, format and company, planned or actual."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose import lexicon, releasewindows, releasewords
from reelgraph.loaders.prose.dates import MONTHS, DateFound, following
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.releasewindows import Window
from reelgraph.model import Fact, Ref

CUES = frozenset(
    (
        "opens premiere premiered premieres premiering premièred release released releases releasing re-released "
        "rereleased opened opening screened screening shown debuted debut dvd blu-ray vhs laserdisc theatrically "
        "theaters theatres expanded expanding aired broadcast competition festival pushed streaming digitally "
        "digital netflix distributed festivals"
    ).split()
)
_LATER = frozenset({"following", "next", "same", "later"})
#: Between a date and "the following day" it leads away from the film.
_OTHER_CLAUSE = re.compile(r";|, (?:which|who|but|where)\b")
#: Behind it stands where something is released, no more what.
_AT = re.compile(r" (?:at|in|on) ")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield one release for each date (or festival without a date) of a sentence about the film's release."""
    text = sentence.text
    if (
        part.film is None
        or sentence.section in releasewords.SKIP
        or len(text) > 700
        or not releasewords.EVENT.search(text)
    ):
        return
    if not _about_release(sentence, part):
        return
    first = made.end() if (made := releasewords.MADE.match(text)) else 0
    found = [d for d in part.dates(sentence) if d.start >= first and "/" not in d.value and not _names_year(text, d)]
    if relative := _relative(sentence, part, found):
        found = sorted((*found, relative), key=lambda date: date.start)
    windows = releasewindows.windows(text, found) or [Window(0, len(text), None)]
    previous = ""
    for window in windows:
        fact, event = _release(sentence, part, window, previous)
        previous = event or previous
        if fact is not None:
            yield fact


def _relative(sentence: Sentence, part: Part, found: Sequence[DateFound]) -> DateFound | None:
    """Return the date of "the following day", counted from the date before it here or in the sentences before."""
    if _LATER.isdisjoint(sentence.words):
        return None
    for date in reversed(found):
        after = following(sentence.text, date.value)
        if after and after.start >= date.end and not _OTHER_CLAUSE.search(sentence.text, date.end, after.start):
            return after
    return following(sentence.text, part.date_before(sentence))


def _about_release(sentence: Sentence, part: Part) -> bool:
    """Whether a sentence can tell of the film's release at all."""
    return sentence.section != "music" or bool(part.film_pattern.search(sentence.text))


def _subject_is_film(text: str, window: Window, at: int, end: int, part: Part, *, continued: bool) -> bool:
    """Whether what is released, shown or opened at `at` is the film: the clause's subject, or behind "of"."""
    start = 0
    for boundary in releasewords.CLAUSE.finditer(text, 0, at):
        start = boundary.end()
    head = text[start:at]
    if window.date and start <= window.date.start < window.date.end <= at:
        head = text[start : window.date.start] + text[window.date.end : at]
    head = releasewords.ADVERBIAL.sub("", head.strip())
    subject = releasewords.AUXILIARY.sub("", head).strip()
    if re.match(r"\s*(?:(?:of|for) )?(?:the (?:film|movie)|it)\b", text[end : end + 20]) or part.film_pattern.match(
        re.sub(r"^\s*(?:of|for|the|\s)*", "", text[end : end + 200])
    ):
        return not releasewords.OTHER.search(subject)
    if releasewords.EDITION.match(text, at):
        return not releasewords.OTHER.search(text[start:end])
    if _names_object(text, start, end, part) or (
        releasewords.NOUN.fullmatch(text, at, end) and releasewords.OWN.fullmatch(subject)
    ):
        return True
    if start and releasewords.PARTICIPLE.match(text, start):
        return _opens_with_film(text, part)
    if not subject:
        return continued or start == 0
    if other := releasewords.OTHER.search(subject[-60:]):
        behind = subject[-60:][other.end() :]
        if not re.search(r"(?:,| and)\b.* ?\b(?:the film|the movie)$|, (?:the film|the movie)$", behind):
            return False
    tail = subject[-60:]
    return bool(releasewords.FILM_NP.search(tail) or part.film_pattern.search(tail))


def _names_object(text: str, start: int, end: int, part: Part) -> bool:
    """Whether somebody "released it on DVD" in the clause: the film, or an edition of it, is the verb's object."""
    released = releasewords.RELEASED.search(text, start, end + 1)
    if released is None:
        return False
    rest = text[released.end() : released.end() + 200]
    return bool(releasewords.OBJECT.match(rest) or part.film_pattern.match(rest))


def _opens_with_film(text: str, part: Part) -> bool:
    """Whether the film is the subject of a sentence's main clause, which its participles then speak of, too."""
    main = releasewords.ADVERBIAL.sub("", text)
    named = part.film_pattern.match(main)
    return bool(releasewords.FILM_NP.match(main) or (named and main[named.end() :].startswith(" ")))


def _names_year(text: str, date: DateFound) -> bool:
    """Whether a bare year belongs to a name or describes something: "the 2013 New York Film Festival", "2010 film"."""
    if len(date.value) != 4:
        return False
    before, after = text[: date.start], text[date.end :]
    if re.search(r"\b(?:films?|movies?|pictures?|hits?|features?|list) (?:of|in) $", before):
        return True
    if re.search(r"\b(?:in|In|since|Since|by|By|during|early|late|mid-?|of)\s*$", before):
        return bool(re.match(r"\s+(?:[A-Z][\w'’]+ ){0,5}?(?:Film Festival|Festival|Awards?|Oscars)\b", after))
    return not re.match(r"\s+(?:release|premiere|theatrical|limited|wide|opening)\b", after)


def _release(sentence: Sentence, part: Part, window: Window, previous: str) -> tuple[Fact | None, str]:
    text = sentence.text
    stretch = text[window.start : window.end]
    event, at, finish = releasewindows.event(text, window)
    festival = releasewords.FESTIVAL.search(stretch)
    if not event and previous and window.date and releasewords.CONTINUED.search(stretch):
        event = previous
    if not event or (window.date is None and festival is None):
        refuse("releases", sentence, "no event with a date or a festival", window.start, window.end)
        return None, event
    if finish and _foreign(text, window, at, finish, part, continued=bool(previous)):
        refuse("releases", sentence, "not the film's own release", window.start, window.end)
        return None, ""
    if festival and event in ("theatrical", "limited", "digital") and not re.search(r"\breleas", stretch):
        event = "festival screening"
    if event == "festival screening" and not festival and not releasewords.VENUE.search(stretch):
        if not re.search(r"\bscreen(?:ed|ing)\b", stretch):
            return None, event
        event = "screening"
    if festival and event == "premiere":
        event = "world premiere" if re.search(r"\bworld\b", stretch) else "premiere"
    place = _place(stretch, festival)
    company = _company(stretch, part)
    first = _start(window, at)
    first += len(text[first:]) - len(text[first:].lstrip(" ,;"))
    span = sentence.span(first, max(window.end, window.date.end if window.date else 0))
    return part.fact(
        "release",
        span,
        status=_status(sentence, part, window),
        event=event,
        date=window.date.value if window.date else None,
        place=Ref("place", place) if place else None,
        territory=_territory(text, window, at, festival),
        format=_format(stretch) if event in ("home video", "digital") else None,
        company=Ref("organization", company) if company else None,
    ), event


def _start(window: Window, at: int) -> int:
    """Return where the quoted words begin: at the clause of the event."""
    if window.start == 0:
        return 0
    return min(at, window.date.start if window.date else at)


def _foreign(text: str, window: Window, at: int, end: int, part: Part, *, continued: bool) -> bool:
    """Whether the event is that of something else, or the date belongs to other words of the sentence."""
    after = text[end : end + 40]
    if releasewords.OTHER.search(_AT.split(after)[0][:24]) or re.match(
        r"(?:releas\w+|opened) (?:from|him|her|them)\b", text[at : at + 30]
    ):
        return True
    if re.search(
        r"\b(?:months?|weeks?|days?|years?|prior|shortly|just|soon|time) (?:before|after|to|of|from) (?:the |"
        r"its )?(?:\w+'s |film's )?$|\b(?:since|following|after|before|around|upon|of|for|until|despite|"
        r"during) (?:the |its |their )?(?:film's |movie's |original |initial |theatrical )*$",
        text[:at][-50:],
    ) and not re.match(r" (?:on|in) ", after):
        return True
    if window.date:
        high = max(at, window.date.start)
        between = text[min(end, high) : high] if at < window.date.start else text[window.date.end : at]
        if (
            len(between) > 130
            or (text.startswith("Released", at) and ", " in between)
            or re.search(
                r"[;]|\. |, (?:which|who|where|when|whose) |\b(?:died|born|demolished|sold|sell|auction|because|"
                r"marking|as of)\b",
                between,
            )
            or re.search(r"\bas of\s*$", text[: window.date.start])
        ):
            return True
    return not _subject_is_film(text, window, at, end, part, continued=continued)


def _status(sentence: Sentence, part: Part, window: Window) -> str:
    text = sentence.text
    anchor = window.date.start if window.date else window.end
    clause = text[window.start : anchor]
    if releasewords.MOVED_TO.search(clause):
        return "actual"
    if not releasewords.PLANNED.search(clause):
        return "actual"
    after = text[anchor:]
    index = sentence.index + 1
    following_text = part.sentences[index].text if index < len(part.sentences) else ""
    if (
        releasewords.MOVED.search(after)
        or releasewords.MOVED.search(following_text[:160])
        or re.search(r"\boriginally\b|\binitially\b", clause)
    ):
        return "superseded"
    return "planned"


def _place(stretch: str, festival: re.Match[str] | None) -> str:
    if festival:
        return festival["name"]
    if venue := releasewords.VENUE.search(stretch):
        return venue["venue"]
    for city in releasewords.CITY.finditer(stretch):
        if (
            not lexicon.territory(city["city"])
            and not re.match(
                rf"(?:{MONTHS}|English|"
                r"Hindi|Tamil|IMAX|DVD|Blu)",
                city["city"],
            )
            and re.search(r"premier|screen(?:ed|ing)|shown|opened", stretch)
        ):
            return city["city"]
    return ""


def _territory(text: str, window: Window, at: int, festival: re.Match[str] | None) -> str | None:
    if festival:
        return None
    stretch = text[max(window.start, text.rfind("; ", 0, at)) : window.end]
    found = [
        m
        for m in lexicon.territory_pattern().finditer(stretch)
        if (
            re.search(r"\b(?:[Ii]n|across|throughout|for|to|within)\s+(?:the\s+|both the\s+)?$", stretch[: m.start()])
            and not re.match(r"[ -](?:translation|language|dub|subtitle|version|speaking)", stretch[m.end() :])
        )
        or releasewords.SHOWN.match(stretch, m.end())
        or m[0].lower() in ("worldwide", "internationally", "nationwide")
    ]
    if not found:
        of_country = (name for name, _, end in lexicon.demonyms_in(stretch) if releasewords.SHOWN.match(stretch, end))
        opening = releasewords.IN.match(text)
        where = lexicon.territory_pattern().match(text, opening.end()) if opening else None
        return next(of_country, None) or (lexicon.territory(where[0]) if where else None) or None
    first = found[0]
    joined = re.match(r"\s+and\s+(?:the\s+)?", stretch[first.end() :])
    if joined and (second := lexicon.territory_pattern().match(stretch, first.end() + joined.end())):
        both = f"{lexicon.territory(first[0])} and {lexicon.territory(second[0])}"
        return lexicon.territory(both) or both
    return lexicon.territory(first[0]) or None


def _company(stretch: str, part: Part) -> str:
    for match in releasewords.BY.finditer(stretch):
        name = match["company"].strip(" .,")
        if (
            re.search(
                r"\b(?:releas\w+|distribut\w+|issued)\b(?!(?:[^;.]| [A-Z]\.)*\b(?:by|spoken|directed|written|played|in "
                r"which|where|(?:and|was|later|been) (?!re-?releas|distrib|re-?issu)\w+ed)\b)[^;]*$",
                stretch[: match.start()],
            )
            and not part.names.person(name)
            and not lexicon.territory(name)
            and not re.match(rf"(?:\d{{1,2}} )?(?:{MONTHS})\b|\d{{4}}$", name)
            and len(name) > 2
            and not releasewords.FESTIVAL.match(name)
        ):
            return name
    return ""


def _format(stretch: str) -> str | None:
    found = re.findall(
        r"DVD|Blu-?[rR]ay|VHS|LaserDisc|Laserdisc|Betamax|4K|Ultra HD|digital|streaming|video on demand|VOD|"
        r"Netflix|Hulu|iTunes",
        stretch,
    )
    seen = dict.fromkeys("Blu-ray" if f.lower().startswith("blu") else f for f in found)
    return " and ".join(seen) or None
