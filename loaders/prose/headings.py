"""Lines that name a page's film: a title with its year at the top, a title above a block of credits."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reelgraph.loaders.prose import lexicon, runin
from reelgraph.loaders.prose.names import NAME, UPPER, has_person_shape, is_person
from reelgraph.loaders.prose.pagetitle import LONGEST, NO_TITLE, is_day, is_title
from reelgraph.loaders.prose.terms import terms

_LINE = re.compile(r"[^\r\n]+")
_YEAR = r"\((?P<y>1[89]\d\d|20\d\d)\)"
_DATED = re.compile(
    rf"(?:#?\d{{1,3}}[.):] )?(?P<t>.{{1,80}}?) {_YEAR}(?:(?:,|\s*[-–—|:])\s*.{{0,80}}|,? [Rr]eview(?:ed)?\b.{{0,40}})?$"
)
_KIND = re.compile(r"^(?:[\w-]+ ){0,2}?[Rr]eview ?[:|–-] ")
_QUOTED = re.compile(rf".{{0,40}}?\"(?P<t>[^\"]{{1,80}})\",? {_YEAR}.{{0,60}}$")
#: "Low Tide review: a keeper writes letters", "'Low Tide' film review", "Low Tide: Movie Review".
_REVIEW = re.compile(
    r"(?:[\"'](?P<q>[^\"|]{2,80}?)[\"'](?: ?[:|–—,] | - | )(?:[A-Z][\w-]+ ){0,2}|(?P<t>[^\"|:]{2,80}?)"
    r"(?: ?[:|–—] | - )(?:first[ -]look )?|(?P<u>[^\"|]{2,80}?),? )(?:[Mm]ovie |[Ff]ilm |DVD |Blu-ray )?"
    r"(?P<head>[Rr]eview)(?:(?: ?[:|–—]| - | by ).{0,160})?$"
)
#: A title in quotes inside a headline: "Ann Lee joins 'Low Tide'".
_INSIDE = re.compile(rf"(?<![\w'\"])(?P<q>[\"'])(?P<t>[{UPPER}\d](?:[^\"'\n]|'(?=\w)){{1,60}}?),?(?P=q)(?!\w)")
#: "Ann Lee / UK / 1949 / 104 min.", "France, 2016, 95 minutes, colour".
_FIGURES = re.compile(
    r"(?=.{0,120}?\b(?P<y>1[89]\d\d|20\d\d)\b)"
    r"(?=.{0,140}?\b(?:\d{2,3} ?(?:min|mins|minutes|m)|\d ?h(?: ?\d{1,2} ?m)?)\b)"
    r".{12,200}$"
)
_ITEM_END = re.compile(r"[,/|·•;–—]| - ")
_LONGEST_ITEM = 6
_CREDIT = re.compile(
    r"\W*(?:Directors?|Directed by|Direction|Cast|Starring|Stars|Screenplay|Screenwriters?|Script|Written by|Writers?|"
    r"Producers?|Produced by|Cinematograph(?:y|er)|Director of Photography|Editing|Editors?|Edited by|Music|Music by|"
    r"Running [Tt]ime|Run [Tt]ime|Runtime|Distributor|Certificate|Rating|Rated|Genres?|Release [Dd]ate)\b"
    r"(?:\s*:\s*\S|(?<=by)\s+\S|$)"
)
_FILM_BY = re.compile(
    rf"(?:An? |Un |Una |Une |Ein )?(?:[Ff]ilm|[Dd]ocumentary|[Mm]ovie|[Pp]icture)e?(?: directed)? (?:by|de|von|di|av) "
    rf"{NAME}"
)
#: "3. Low Tide (1991)": an item of a list of films; "(Ann Lee, 1991)": what stands below a title in listings.
_DATED_ITEM = re.compile(rf"(?:#?\d{{1,3}}[.):]? )?[\"']?(?P<t>.{{1,80}}?)[\"']? {_YEAR}\W*")
_CITED = re.compile(rf"\({NAME}, {_YEAR[2:-2]}\)")
#: What stands behind a title in a list of short reviews.
_STARS = re.compile(r"(?:\s*[★☆✩✭⭐½*]+)?\s*(?:[★☆✩✭⭐½*]+|\([^()]*\))\W*$")
#: A length, certificate, score or count: "1h 56m", "PG-13", "7.9/10", "811K".
_FIGURE = re.compile(
    r"(?:\d[\d.,:/]*\s?[A-Za-z%]{0,4}\s?)+|(?:NC|PG|TV|U|UA|A|R|G|X|M|MA)?[-/+ ]?(?:\d\d?\+?A?|MA|PG|UA?)?"
)
#: The title of a window: "Low Tide | Tide Pages".
_PAGE = re.compile(r"(?P<t>.{2,80}?) (?:\||[-–—]) .{2,60}$")
_NUMBERED = re.compile(r"#?\d{1,3}[.)] ")
_ROLE = re.compile(rf"{NAME}: (?P<actor>{NAME})|(?P<player>{NAME}) as {NAME}")
_LENGTH = re.compile(r"\d ?h(?:r|rs|ours?)?(?: ?\d{1,2} ?m(?:in)?)?|\d{2,3} ?(?:m|mins?|minutes)\.?")
_DIRECTED = re.compile(rf"[Dd]irected [Bb]y:? {NAME}")
_MENUS = 8
#: Lines of menus, and of what may stand above a headline, have fewer words.
_LONGEST_MENU, _LONGEST_STANDFIRST = 12, 25
#: Restaurants and records are reviewed, too, and given stars.
_OF_FILMS = re.compile(
    r"\b(?:films?|movies?|cinema\w*|directed|director|starring|screenplay|documentary|screenings?)\b", re.IGNORECASE
)
#: What stands before the name of a site, not of a film: "Copyright 2015 Tide Pages", "here at Tide Pages".
_OF_SITE = re.compile(r"©|\(c\)|\bcopyright\b|\brights\b|\b(?:at|for|to|from|on|by) $", re.IGNORECASE)
_CREDITED_WITHIN, _ABOVE, _TOP, _LONGEST_HEADLINE, _MOST = 6, 3, 3, 160, 500
#: Where and when a film is shown: "Channel Nine, 5.10pm".
_SHOWN = re.compile(r"[^:]{0,40}\b(?:\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\.?|\d{1,2}[.:]\d\d)")
_PATH = re.compile(r" [/>›»|] ")
#: Weights of a title right above credits, near them, at the top with a year, at the top with "review", in a headline.
_RIGHT_ABOVE, _NEAR, _AT_TOP, _REVIEWED, _QUOTED_ABOVE = 4.5, 2.5, 3.0, 4.5, 0.5


class Heading(NamedTuple):
    """A title on a line of its own; offsets are those of the text given."""

    title: str
    start: int
    end: int
    weight: float
    year: int | None = None
    year_span: tuple[int, int] | None = None


def headings(view: str, start: int, end: int) -> Iterator[Heading]:
    r"""Yield the titles that stand on lines of their own where pages name their film.

    >>> text = "Low Tide\nDirector: Ann Lee\nCast: Bo Ray, Cy Poe\n"
    >>> [(heading.title, heading.weight) for heading in headings(text, 0, len(text))]
    [('Low Tide', 4.5)]
    """
    lines = [m for m, _ in zip(_LINE.finditer(view, start, end), range(_MOST), strict=False)]
    for number, line in enumerate(lines):
        stripped = line[0].strip()
        dated = (_QUOTED.match(stripped) or _DATED.match(stripped)) if number < _TOP else None
        dated = None if _is_listed(lines, number) else dated
        title = _KIND.sub("", dated["t"]) if dated else ""
        title = title if is_title(title) else title.rpartition(": ")[2]
        if dated and is_title(title):
            first = line.start() + line[0].index(title)
            year = view.index(dated["y"], first + len(title))
            weight = _REVIEWED if "review" in line[0].lower() else _AT_TOP
            yield Heading(title, first, first + len(title), weight, int(dated["y"]), (year, year + 4))
        elif number < _MENUS and (page := _PAGE.match(line[0].strip())) and _has_line(lines, page["t"]):
            first = line.start() + line[0].index(page["t"])
            yield Heading(page["t"], first, first + len(page["t"]), _REVIEWED)
        elif (headed := reviewed(stripped)) and is_title(headed) and _heads(lines, number, headed, view[:end]):
            yield Heading(headed, *_span(line, headed), _REVIEWED)
        elif number < 2 * _MENUS and _is_above_year(lines, number):
            first, below = line.start() + line[0].index(line[0].strip()), lines[number + 1]
            span = (below.end() - len(below[0].lstrip()), below.end())
            yield Heading(line[0].strip(), first, first + len(line[0].strip()), _REVIEWED, int(below[0]), span)
        elif number == 0 and _is_named_below(line[0].strip(), view[line.end() : end]):
            first = line.start() + len(line[0]) - len(line[0].lstrip())
            yield Heading(line[0].strip(), first, first + len(line[0].strip()), _AT_TOP)
        elif _begins_credits(lines, number):
            yield from _above(lines, number)
        if number == headline(lines) and len(line[0]) < _LONGEST_HEADLINE:
            quoted = _INSIDE.finditer(line[0])
            yield from (Heading(m["t"], *_span(line, m["t"]), _QUOTED_ABOVE) for m in quoted if is_title(m["t"]))


def headline(lines: Sequence[re.Match[str]]) -> int:
    """Return which of the first lines is the headline: the first that is no path of a menu, as `Home > News`."""
    short = (line[0].strip()[:_LONGEST_HEADLINE] for line in lines[:_TOP])
    said = (not (_PATH.search(words) or lexicon.is_navigation(words)) for words in short)
    return next((n for n, is_said in enumerate(said) if is_said), 0)


def is_showtime(words: str) -> bool:
    """Whether a line says where and when a film is shown."""
    return _SHOWN.fullmatch(words) is not None


def _span(line: re.Match[str], title: str) -> tuple[int, int]:
    """Return where a title of a line stands in the text."""
    first = line.start() + line[0].index(title)
    return first, first + len(title)


def reviewed(words: str) -> str:
    """Return the title in a review's headline, empty if it is none.

    >>> [reviewed(words) for words in ("Low Tide review: wet", "Tern Review: 'Low Tide' Is Wet", "Cannes Review: Ran")]
    ['Low Tide', 'Low Tide', 'Ran']
    """
    found = _REVIEW.match(words)
    if found is None:
        return ""
    title, behind = found["q"] or found["t"] or found["u"], words[found.end("head") :].lstrip(" :|–—-")
    if quoted := _INSIDE.match(behind):
        return quoted["t"]
    if lexicon.publication(title):
        return ""
    return behind if title in terms("festivals", "festivals").wordings else title


def _is_listed(lines: list[re.Match[str]], number: int) -> bool:
    """Whether a line is a numbered item with a year in brackets, and so is one beside it: what is listed heads nothing.

    The items of a list need not be films: "1. Notes of a Keeper (1991), by Ann Lee" may be a book.
    """
    near = [line[0].strip() for line in lines[max(0, number - 1) : number + 2]]
    return len([text for text in near if _NUMBERED.match(text) and _DATED.match(text)]) > 1


def _heads(lines: list[re.Match[str]], number: int, title: str, view: str) -> bool:
    """Whether a review's headline is at the top, or below menus alone and above a text that names the film."""
    if not _OF_FILMS.search(view, lines[0].start()):
        return False
    longest = max((len(line[0].split()) for line in lines[:number]), default=0)
    if number < _TOP:
        return longest < _LONGEST_STANDFIRST
    return longest < _LONGEST_MENU and _is_named_below(title, view[lines[number].end() :])


def _is_above_year(lines: list[re.Match[str]], number: int) -> bool:
    """Whether a title stands above a line with a year, and a length soon after: "Low Tide", "1991", "PG", "1h 56m"."""
    below = [line[0].strip() for line in lines[number + 1 : number + 6]]
    return (
        bool(below and re.fullmatch(r"(?:18[89]|19\d|20\d)\d", below[0]))
        and (any(map(_LENGTH.fullmatch, below)) or any(map(_DIRECTED.match, below[1:2])))
        and is_title(lines[number][0].strip())
        and not lexicon.territory(lines[number][0])
    )


def _has_line(lines: list[re.Match[str]], words: str) -> bool:
    """Whether a title stands on a line of its own among the first lines."""
    return is_title(words) and any(line[0].strip() == words for line in lines[: 2 * _MENUS])


def _is_named_below(words: str, text: str) -> bool:
    """Whether a first line is the title of a film that the text below speaks of by that name."""
    if not is_title(words) or not _OF_FILMS.search(text):
        return False
    for named in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
        line = max(text.rfind("\n", 0, named.start()) + 1, named.start() - LONGEST)
        if not _OF_SITE.search(text, line, named.start()):
            return named[0][0].isupper()
    return False


def _begins_credits(lines: list[re.Match[str]], number: int) -> bool:
    """Whether a block of credits, or a line with year and length, begins at a line."""
    if not number:
        return False
    line = lines[number][0].strip()
    if _figures(line):
        near = lines[number - 1 : number + 2]  # of several, one below the other, each is a row of a list
        return sum(bool(_figures(other[0].strip())) for other in near) == 1
    if runin.pieces(line) or _CITED.match(line) or _FILM_BY.fullmatch(line):
        return True
    if not _CREDIT.match(lines[number][0]) or _CREDIT.match(lines[number - 1][0]):
        return False
    below = [line[0] for line in lines[number : number + _CREDITED_WITHIN]]
    return sum(bool(_CREDIT.match(line) or _is_labelled(line)) for line in below) >= 2


def _is_labelled(line: str) -> bool:
    label, colon, value = line.partition(":")
    return bool(colon and value.strip() and lexicon.key_label(label))


def _figures(line: str) -> re.Match[str] | None:
    """Return the match of a line of short items with a year and a length, no sentence about a film."""
    items = _ITEM_END.split(line)
    found = _FIGURES.match(line) if all(item.count(" ") < _LONGEST_ITEM for item in items) else None
    bracket = line.find(" (") if found else -1  # "Low Tide (Ann Lee, Belgium, 2019, 104 min)" has a title of its own
    return None if found and 0 < bracket < found.start("y") and line[0].isalpha() else found


def _above(lines: list[re.Match[str]], number: int) -> Iterator[Heading]:
    """Yield the lines above credits that can be titles, the nearest with the greatest weight."""
    figures = _figures(lines[number][0])
    year = int(figures["y"]) if figures else None
    span = (lines[number].start() + figures.start("y"), lines[number].start() + figures.end("y")) if figures else None
    weight, above = _RIGHT_ABOVE, [line[0].strip() for line in lines[max(0, number - _ABOVE) : number]]
    if any(lexicon.key_label(text.rstrip(" :")) for text in above):
        return  # what stands below a label is its value
    below = ""
    for words, line in zip(reversed(above), reversed(lines[:number]), strict=False):
        title = reviewed(words) or _STARS.sub("", words)
        if NO_TITLE.fullmatch(words.lower().strip(" :")):
            return  # "Movie Info": what stands above is no head of these credits
        if (is_day(below) and is_person(words)) or is_showtime(words):
            continue  # a byline above its date, a channel and time
        if lexicon.genre(words) and words != above[0]:
            continue  # "Animation" between a title and its length
        below = words
        if (role := _ROLE.fullmatch(words)) and has_person_shape(role["actor"] or role["player"]):
            return  # "Rose: Ann Lee", "Ann Lee as Rose", lines of a list of roles
        named = is_person(title) and number > 1 and _is_jobs(lines[number - 2][0])  # below a job is another's holder
        if is_title(title) and not named and not _FIGURE.fullmatch(title):
            first = line.start() + line[0].index(title)
            yield Heading(title, first, first + len(title), weight, year, span)
            weight = _NEAR


def _is_jobs(line: str) -> bool:
    """Whether a line is nothing but jobs: "Director, Writer"."""
    return all(lexicon.key_label(job) for job in line.split(","))


def begins_capsule(line: str, below: str) -> bool:
    """Whether a line is the title of one of several short reviews: dated, or with credits below, stars behind it."""
    listed = _DATED_ITEM.fullmatch(line)
    if not (listed or runin.pieces(below) or _CITED.match(below)):
        return False
    return is_title(listed["t"] if listed else _STARS.sub("", line))
