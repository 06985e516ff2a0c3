"""Which film a page without an encyclopedia's opening sentence is about: votes from titles, credits and labels."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from reelgraph.loaders.prose.headings import headings, headline
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.prose.names import NAME, UPPER, is_person
from reelgraph.loaders.prose.pagetitle import capitalised, printed
from reelgraph.loaders.prose.terms import phrases

_TITLE_WORDS = (
    rf"[{UPPER}0-9(][\w'’:&.,!?()-]{{0,40}}(?: (?:[{UPPER}0-9(][\w'’:&.!?()-]{{0,40}}|of|the|and|in|on|a|an|to|for|"
    r"with|from|at|&|or|de|la|le|el|is|my|who|by|with)){0,9}"
)
_KIND = r"(?:Review|Analysis|Movie Analysis|Film Review)"
_LINE_FLAGS = re.IGNORECASE | re.MULTILINE
_QUOTED_REVIEW = re.compile(
    rf"^[^\w\n]{{0,8}}(?:(?:Movie|Film|DVD)\s+)?{_KIND}\s*[:|–-]\s*[\"']?(?P<t>[^\"\n]{{1,80}}?)"
    r"(?:[\"'](?=\s|$|,|:)|\s+(?:is|movie|review|–|\||\()|$)",
    _LINE_FLAGS,
)
_REVIEW_OF = re.compile(
    r"^[^\w\n\"']{0,8}[\"'](?P<t>[^\"'\n]{1,80})[\"']\s+(?:(?:movie|film)\s+)?review\b", _LINE_FLAGS
)
_TITLE_LABEL = re.compile(r"^[^\w\n]{0,8}(?:Title|Film|Movie|Original title)\s*:\s*(?P<t>[^\n]{1,80})$", _LINE_FLAGS)
#: The credits below an old newspaper's review: "LOW TIDE; screen play by Ann Lee; directed by Bo Ray".
_CREDITED = re.compile(
    rf"^(?P<t>[{UPPER}\d][{UPPER}\d ,.'!?&-]{{2,60}}?)[;,:.] (?=(?i:screen ?play|directed|written|"
    r"story|produced|adapted|from)\b[^\n]{0,160}? by )",
    re.MULTILINE,
)
_WATCH = re.compile(
    r"\b(?:Watch|Rent|Stream) (?P<t>[^\n]{1,60}?) (?:with a subscription|on [A-Z]|online|now)\b"
    r"|[Pp]arents need to know that (?P<u>[^\n]{1,80}?) (?:is|was|has|contains|features)\b"
)
_SAID = (
    re.compile(rf"[Dd]irected by {NAME}, (?P<t>{_TITLE_WORDS}) (?:tells|is|follows|stars)\b"),
    re.compile(rf"\b[Rr]ights to {NAME}'s (?P<t>{_TITLE_WORDS})"),
    re.compile(rf"reviews? {NAME}'s (?P<t>{_TITLE_WORDS}?) (?:starring|with)\b"),
    re.compile(rf"[Tt]he (?:film|movie) (?P<t>{_TITLE_WORDS}) \("),
)
#: What stands behind a maker's name.
_KIND_OF_FILM = (
    r"(?:film|movie|feature|picture|documentary|comedy|drama|thriller|western|musical|biopic|debut|melodrama|"
    r"romance|mystery|sequel|prequel|reboot|remake|noir|fable|satire)"
)
_CALLED = (
    re.compile(
        rf"\"(?P<t>[{UPPER}\d][^\"\n]{{1,60}}?),?\" (?:stars\b|follows\b|tells\b|premieres?\b|premiered\b|opens\b|"
        rf"(?:the|an?|his|her|their) (?:[\w'-]+,? ){{0,6}}?{_KIND_OF_FILM}\b)"
    ),
    re.compile(rf"\b(?:rights to|{_KIND_OF_FILM},?) \"(?P<t>[{UPPER}\d][^\"\n]{{1,60}}?),?\""),
    re.compile(rf"\b{_KIND_OF_FILM}, (?P<t>{_TITLE_WORDS})(?:,| is\b| opens\b| premiere)"),
    re.compile(
        rf"(?P<t>{_TITLE_WORDS}),? (?:is |was )?(?:the|an?|his|her|their|[A-Z][\w.-]+'s) (?:[\w'-]+,? ){{0,6}}?"
        rf"{_KIND_OF_FILM}\b"
    ),
    re.compile(
        rf"(?P<t>{_TITLE_WORDS}) (?:(?:is|was) (?:released|distributed|directed|written and directed) by|premiered|"
        r"opens in|opened in|had its premiere|began as)\b"
    ),
)
_OWNED = (
    re.compile(r"'s [\"'](?P<t>[^\"'\n]{1,60})[\"'](?: plays| is\b)"),
    re.compile(rf"'s (?P<t>{_TITLE_WORDS}?) (?:is|may|uses|plays|seem)\b"),
)
_OWNER = re.compile(rf"[{UPPER}][\w.’-]{{0,40}}$")
_DIRECTED = re.compile(r", directed by")
#: "Low Tide (Niedrigwasser, 1991) is a slow film".
_BRACKETED = re.compile(rf" \([^()\n]{{2,60}}\) (?:is|was) (?:the|an?) (?:[\w'-]+,? ){{0,6}}?{_KIND_OF_FILM}\b")
_STARRING = re.compile(rf" star(?:ring|s) (?=[{UPPER}])")
_YEAR = re.compile(
    rf" \((?:(?:(?:[Dd]ir(?:\.|ected by)?:? )?(?P<d>{NAME}),?|[^()\n\d]{{2,60}},) )?(?P<y>19\d\d|20\d\d)\)"
)
_BEFORE = re.compile(rf"{_TITLE_WORDS}$")
_WINDOW = 120
_MENTION_YEAR = re.compile(r"(?P<y>19\d\d|20\d\d)'s (?P<t>[A-Z][^\n]{0,60})")
#: "(Low Tide), Ann Lee's 1991 film".
_FILM_OF = re.compile(rf"(?P<y>19\d\d|20\d\d) (?:[\w-]+ ){{0,4}}?{_KIND_OF_FILM}\b")
_DEFINED = re.compile(r",? (?:is |was )?(?:the|an?|her|his|their|[A-Z][\w.-]+(?: [A-Z][\w.-]+)?'s) $")
_DATE_LABEL = re.compile(
    r"^[^\w\n]{0,8}(?:In theat(?:er|re)s|Release[d]?(?: date)?|Theatrical release|Opening(?: date)?|Premiered?|Year)"
    r"\s*:\s*[^\n]{0,60}?\b(?P<y>19\d\d|20\d\d)\b",
    _LINE_FLAGS,
)
#: Before a title in a list: "3. Low Tide".
_NUMBER = re.compile(r"^#?\d{1,3}[.):] (?=\S)")
_NEVER = frozenset(
    phrases(
        "the|a|an|it|he|she|i|we|they|this|that|there|here|what|why|how|when|who|movie|film|review|reviews|in|on|at|and|"
        "but|so|page|home"
    )
)
#: As many titles, and places that name one, are looked at as a page about one film can have.
_MOST_CANDIDATES, _MOST_PLACES = 40, 400
#: What may stand before a title in a run of capitalised words: "over. Low Tide", "Ann Lee's Low Tide", "Ann Lee in".
_BEFORE_TITLE = re.compile(r"[.!?] |'s |s' | (?:in|of|on|with|at|to) ")
#: The weight of a title that a sentence calls a film.
_CALLED_WEIGHT = 2.0
#: A headline that names a title also named below speaks for it with this weight, unless it is an obituary's.
_HEADLINED = 2.0
_TOP, _LONGEST_HEADLINE = 4, 160
_DEATH = re.compile(r"\b(?:dies|died|dead|obituary|in memoriam|remembered)\b", re.IGNORECASE)
#: A title of more words than this is a headline unless the text says it again.
_LONG_TITLE = 7


@dataclass(frozen=True, slots=True)
class About:
    """The film a text is about, as far as the text says: `start` and `end` are where its title was read."""

    title: str
    year: int | None
    start: int
    end: int
    year_span: tuple[int, int] | None = None


class _Dated(NamedTuple):
    """A title with a year in brackets behind it."""

    title: str
    start: int
    end: int
    year: int
    year_span: tuple[int, int]


def _clean(title: str) -> str:
    title = _NUMBER.sub("", title).strip(" \"'.,:;–-")
    title = re.sub(r"\s+\((?:19|20)\d\d\)$", "", title)
    return capitalised(title) if title.islower() or (title.isupper() and len(title) > 4) else title


def _trimmed(view: str, title: str, start: int, end: int) -> str:
    """Return `title` without the sentence's end, owner or player before it, where the rest is said more often alone."""
    for before in _BEFORE_TITLE.finditer(title):
        rest, owned = title[before.end() :], is_person(title[: before.start()])
        joined = before[0][0] == " "  # "Night Train to Riga" is one title, "Ann Lee in Riga" is not
        if (owned and " " in rest) or ((owned or not joined) and _stands_alone(view, rest, title, start, end)):
            return rest
    return title


def _stands_alone(view: str, rest: str, title: str, start: int, end: int) -> bool:
    """Whether the last words of `title` stand somewhere without the first ones."""
    position, shift = start, len(title) - len(rest)
    while (found := view.find(rest, position, end)) >= 0:
        position = found + len(rest)
        whole = not (view[found - 1 : found].isalnum() or view[position : position + 1].isalnum())
        if whole and not view.startswith(title, max(0, found - shift)):
            return True
    return False


def mentions(view: str, title: str, start: int, end: int, most: int) -> int:
    """Return how often the words of `title` stand in `view[start:end]`, counting up to `most`."""
    count, position = 0, start
    while title and count < most and (found := view.find(title, position, end)) >= 0:
        position = found + len(title)
        before, behind = view[found - 1 : found], view[position : position + 1]
        apart = not (before.isalnum() or before == "_" or behind.isalnum() or behind == "_")
        count += apart and (before != "'" or behind in ("'", ","))
    return count


def _title_before(view: str, start: int, position: int) -> re.Match[str] | None:
    """Return the capitalised words that end at `position`."""
    return _BEFORE.search(view, max(start, position - _WINDOW), position)


def _dated(view: str, start: int, end: int) -> Iterator[_Dated]:
    for year in islice(_YEAR.finditer(view, start, end), _MOST_PLACES):
        if title := _title_before(view, start, year.start()):
            yield _Dated(_clean(title[0]), title.start(), title.end(), int(year["y"]), year.span("y"))


def _votes(view: str, start: int, end: int) -> Iterator[tuple[str, int, int, float]]:
    """Yield the titles that stand where a page names its film, with the weight of the place."""
    placed = ((_QUOTED_REVIEW, 5.0), (_REVIEW_OF, 5.0), (_TITLE_LABEL, 5.0), (_WATCH, 4.0), (_CREDITED, 3.0))
    for pattern, weight in placed:
        for match in islice(pattern.finditer(view, start, end), _MOST_PLACES):
            group = match.lastindex or 0
            yield _clean(match[group]), match.start(group), match.end(group), weight
    for pattern in (*_SAID, *_CALLED):
        for match in islice(pattern.finditer(view, start, end), _MOST_PLACES):
            yield _clean(match["t"]), match.start("t"), match.end("t"), 2.0
    for pattern in _OWNED:
        for match in islice(pattern.finditer(view, start, end), _MOST_PLACES):
            if _OWNER.search(view, max(start, match.start() - 42), match.start()):
                yield _clean(match["t"]), match.start("t"), match.end("t"), 2.0
    for pattern, weight in ((_DIRECTED, 2.0), (_BRACKETED, 2.0), (_STARRING, 1.0)):
        for match in islice(pattern.finditer(view, start, end), _MOST_PLACES):
            if title := _title_before(view, start, match.start()):
                yield _clean(title[0]), title.start(), title.end(), weight


def _headline(view: str, start: int, end: int) -> tuple[int, int]:
    """Return where the first line begins and ends, nothing if it is a paragraph or reports a death."""
    lines = [line for line, _ in zip(written(view, start, end), range(_TOP), strict=False)]
    line = lines[headline(lines)] if len(lines) > 1 else None
    said = line and len(line[0]) <= _LONGEST_HEADLINE and not _DEATH.search(line[0])
    return line.span() if line and said else (start, start)


def _is_torn(title: str) -> bool:
    """Whether words are no title: too short, a word of the page, a piece of something longer."""
    quoted = title.count("'") == 1 and "' " in title.replace("s' ", "s ")
    return len(title) < 2 or title.lower() in _NEVER or quoted or " ," in title


def find(view: str, start: int, end: int, known: Iterable[str] = ()) -> About | None:
    """Return the film that `view[start:end]` is about, None if nothing speaks for one with enough weight.

    A candidate needs a place that names a title as such (a review's title line, a label, "Title (year)") and is
    counted again wherever its words stand in the text; `known` are titles found elsewhere in the same file.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    places: dict[str, tuple[int, int, str]] = {}
    dated = list(_dated(view, start, end))
    headed = [h._replace(title=_clean(h.title)) for h in headings(view, start, end)]
    votes = [*_votes(view, start, end), *((h.title, h.start, h.end, h.weight) for h in headed)]
    for whole, first, last, weight in (*votes, *((d.title, d.start, d.end, 1.5) for d in dated)):
        title = printed(_trimmed(view, whole, start, end)) if weight <= _CALLED_WEIGHT else whole
        key = title.lower()
        long = len(title.split()) > _LONG_TITLE and mentions(view, title, start, end, 2) < 2
        if long or _is_torn(title) or (is_person(title) and weight < 4):
            continue
        weights[key] += weight
        places.setdefault(key, (last - len(title) if title != whole else first, last, title))
    for title in known:
        if count := mentions(view, title, start, end, 4) or mentions(view, title.upper(), start, end, 4):
            weights[title.lower()] += 1.5 * count
            at = max(view.find(title, start, end), start)
            places.setdefault(title.lower(), (at, at + len(title), title))
    first, last = _headline(view, start, end)
    for key in heapq.nlargest(_MOST_CANDIDATES, weights, key=weights.__getitem__):
        title, below = places[key][2], mentions(view, places[key][2], last, end, 16)
        weights[key] += 0.25 * below
        if above := mentions(view, title, first, last, 1) or mentions(view, title.upper(), first, last, 1):
            weights[key] += 0.25 * above + (_HEADLINED if below else 0)
    if not weights:
        return None
    key, weight = max(weights.items(), key=lambda item: (item[1], -places[item[0]][0]))
    if weight < 4.5:
        return None
    first, last, title = places[key]
    dated += [_Dated(h.title, h.start, h.end, h.year, h.year_span) for h in headed if h.year and h.year_span]
    year, span = _year(view, start, end, title, dated)
    return About(title, year, first, last, span)


def _year(
    view: str, start: int, end: int, title: str, dated: Iterable[_Dated]
) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year the text gives the film: in brackets behind the title, "2013's Title", or by a date label."""
    key = title.lower()
    stated = [(d.year, d.year_span, 3) for d in dated if d.title.lower().endswith(key)]
    stated += [
        (int(match["y"]), match.span("y"), 3)
        for match in _MENTION_YEAR.finditer(view, start, end)
        if match["t"].lower().startswith(key)
    ]
    stated += [
        (int(match["y"]), match.span("y"), 3)
        for match in _FILM_OF.finditer(view, start, end)
        if (before := _DEFINED.search(view, max(start, match.start() - _WINDOW), match.start()))
        and view[max(start, before.start() - len(key)) : before.start()].lower() == key
    ]
    stated += [(int(match["y"]), match.span("y"), 1) for match in _DATE_LABEL.finditer(view, start, end)]
    years: Counter[int] = Counter()
    spans: dict[int, tuple[int, int]] = {}
    for year, span, weight in stated:
        years[year] += weight
        spans.setdefault(year, span)
    if not years:
        return None, None
    year = max(years, key=lambda y: (years[y], -y))
    return year, spans[year]
