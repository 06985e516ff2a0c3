"""Films that a text names in passing: "Low Tide (Ann Lee, Italy, 1991, 98 min)", "Ann Lee's Low Tide (1991)".

Only what stands right beside such a title is said of that film: who directed it, who plays in it, where it is from.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reelgraph.loaders.prose import worldwords
from reelgraph.loaders.prose.crediting import UNREAL
from reelgraph.loaders.prose.names import NAME, UPPER, Named, clean, has_person_shape, is_person, name_list
from reelgraph.loaders.prose.pagetitle import is_title, printed
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref, Span, Value

_SKIP = frozenset({"plot", "references"})
_SMALL = r"(?:of|the|and|in|on|a|an|to|for|with|from|at|or|de|la|le|el|du|der|die|das|und|et|y|i|my|is|who|by|as)"
_WORD = rf"[{UPPER}\d&][\w'.!?&-]{{0,40}}"
_TITLE = rf"(?<!\w){_WORD}(?:[:,]? (?:{_WORD}|{_SMALL}\b)){{0,9}}"
_YEAR = r"(?P<y>1[89]\d\d|20\d\d)"
_YEAR_INSIDE = re.compile(r"\([^()]{0,90}?(?:18|19|20)\d\d")
#: A title and what stands in brackets behind it: a year, and a director, countries or a length before or after it.
_LISTED = re.compile(rf"(?P<t>{_TITLE})[\"']? \((?P<in>[^()\n]{{6,100}})\)")
_ITEM_END = re.compile(r"\s*[,;/·|]\s*")
_DIRECTOR = re.compile(rf"(?P<dir>[Dd]ir(?:\.|ected by|ector)?:? )?(?P<who>{NAME})(?: (?:and|&) (?P<more>{NAME}))?")
_LENGTH = re.compile(r"(?P<m>\d{2,3}) ?(?:min(?:s|utes)?\.?|')")
_FORMAT = re.compile(r"(?:DCP|35 ?mm|16 ?mm|70 ?mm|DVD|b&w|[Bb]/w|[Cc]olou?r|silent|subtitled|digital)")
#: What is no film, or the source of one.
_NO_FILM = re.compile(
    r"\b(?:novels?|novella|books?|stor(?:y|ies)|plays?|poems?|albums?|songs?|singles?|operas?|series|paintings?|essays?|"
    r"memoirs?|stage|theatre|episodes?|symphon(?:y|ies)|ballets?|exhibitions?|journal|press|publish\w+)\b",
    re.IGNORECASE,
)
_DATED = rf"[\"']?(?P<t>{_TITLE})[\"']? \({_YEAR}\)"
_OWNED = re.compile(rf"(?P<who>{NAME})'s? (?:[a-z-]+,? ){{0,4}}?{_DATED}")
_HIS = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,3}?(?:film|feature|picture|movie|debut|documentary|short|western|"
    rf"comedy|drama|thriller|melodrama|success|hit|masterpiece),? (?:was |is |came with )?{_DATED}"
)
_MADE = re.compile(rf"\b(?:directed|made|filmed|shot|helmed|followed by|co-directed) (?:the [\w-]+ )?{_DATED}")
_NEXT = re.compile(rf"(?:,| and|, and|;)(?: by| then| later)? {_DATED}")
_WITH = re.compile(rf",? (?P<verb>starring|with) (?=[{UPPER}])")
#: Behind the cast or the year, up to a next film: "..., photographed by Ann Lee".
_BY = re.compile(
    rf",? (?:and )?(?P<job>photographed|shot|produced|written|scored|edited)(?: in black and white)? by (?=[{UPPER}])"
)
_JOBS = {
    "photographed": "cinematographer",
    "shot": "cinematographer",
    "produced": "producer",
    "written": "screenwriter",
    "scored": "composer",
    "edited": "editor",
}
_ADAPTED = re.compile(rf",? (?:adapted |taken )?from (?:the|an?|his|her) [\w -]{{3,30}}(?: by {NAME})?")
_CALLED = re.compile(
    rf"(?:\b(?:film|movie)[ -]?(?:maker|director)|\b[Dd]irectors?|\b[Dd]irected by|\b[Ff]ilmmakers?) (?P<who>{NAME})"
)
#: So far before a title it may be said that the film was never made.
_BEFORE = 60


class _Named(NamedTuple):
    """A title with its year, and who is said to have directed it."""

    title: str
    year: int
    start: int
    end: int
    director: str


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield what lines and sentences say of films they name with their years; the part's own is read elsewhere."""
    if part.kind == "search snippet":
        return
    for block in part.blocks:
        if block.kind not in ("prose", "snippet", "citations"):
            yield from _listed(part.view[block.start : block.end], block.start, part)
    told = (sentence for sentence in part.sentences if "(" in sentence.words and sentence.section not in _SKIP)
    dated = [sentence for sentence in told if _YEAR_INSIDE.search(sentence.text)]
    known = _directors(part) if dated else frozenset()
    for sentence in dated:
        yield from _listed(sentence.text, sentence.start, part)
        for film in _films(sentence, part, known):
            if not part.film_pattern.fullmatch(film.title):
                yield from _told(film, sentence, part)


def _listed(text: str, offset: int, part: Part) -> Iterator[Fact]:
    """Yield the films of which all that stands in brackets is a year, a director, countries, a length."""
    for match in _LISTED.finditer(text):
        found = _items(match["in"])
        title = match["t"].rpartition(": ")[2]
        if not found or not is_title(title) or part.film_pattern.fullmatch(title):
            continue
        if set(found) == {"year", "credit"} and _NO_FILM.search(text):
            continue
        span = Span(offset + match.end("t") - len(title), offset + match.end())
        year = next(value["year"] for value in found["year"])
        film = Ref("film", title, int(str(year)))
        yield part.fact("title", span, subject=film, title=title)
        for kind, values in found.items():
            yield from (part.fact(kind, span, value, subject=film) for value in values)


def _items(words: str) -> dict[str, list[dict[str, Value | float | None]]]:
    """Return the facts of the items in a bracket, none unless there are a year and more, and all are understood."""
    found: dict[str, list[dict[str, Value | float | None]]] = {}
    for item in _ITEM_END.split(words):
        director = _DIRECTOR.fullmatch(item)
        if re.fullmatch(_YEAR, item):
            found.setdefault("year", []).append({"year": int(item)})
        elif length := _LENGTH.fullmatch(item):
            found.setdefault("runtime", []).append({"minutes": int(length["m"])})
        elif country := worldwords.country(item):
            found.setdefault("country", []).append({"country": country})
        elif director and (director["dir"] or is_person(director["who"]) or "runtime" in found or "country" in found):
            people = filter(None, (director["who"], director["more"]))
            for name in filter(has_person_shape, people):
                found.setdefault("credit", []).append({"agent": Ref("person", name), "role": "director"})
        elif not _FORMAT.fullmatch(item):
            return {}
    return found if len(found.get("year", ())) == 1 and found.get("credit") else {}


def _directors(part: Part) -> frozenset[str]:
    """Return the persons whom a text calls directors of films."""
    called = _CALLED.finditer(part.view, part.start, part.end)
    return frozenset(full for match in called if (full := part.names.person(clean(match["who"]))))


def _films(sentence: Sentence, part: Part, known: frozenset[str]) -> Iterator[_Named]:
    """Yield the dated titles that a sentence gives to a director, and those listed behind them.

    "Her second film, Low Tide (1991)" is said of the one director of a text that is about no film.
    """
    text = sentence.text
    alone = next(iter(known)) if len(known) == 1 and part.film is None else ""
    taken = -1
    for pattern in (_OWNED, _HIS, _MADE):
        for first in pattern.finditer(text) if known else ():
            match: re.Match[str] | None = first
            who = part.names.person(clean(first["who"])) if pattern is _OWNED else alone
            if not who or who not in known or UNREAL.search(text[max(0, first.start() - _BEFORE) : first.end()]):
                continue
            while match and match.start("t") > taken and is_title(match["t"]):
                taken = match.start("t")
                yield _Named(printed(match["t"]), int(match["y"]), match.start("t"), match.end(), who)
                behind = _NEXT.search(text, match.end())
                match = behind if behind and _is_next(text, match.end(), behind.start()) else None


def _is_next(text: str, start: int, end: int) -> bool:
    """Whether nothing but performers or makers stands between two titles of a list."""
    between = text[start:end]
    between = _ADAPTED.sub("", between)
    return not between or bool(
        re.fullmatch(rf",? (?:starring|with|\w+ by) {NAME}(?:(?:,| and|, and) {NAME})*", between)
    )


def _told(film: _Named, sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield title, year, director and what stands right behind."""
    ref, text = Ref("film", film.title, film.year), sentence.text
    span = sentence.span(film.start, film.end)
    yield part.fact("title", span, subject=ref, title=film.title)
    yield part.fact("year", span, subject=ref, year=film.year)
    yield part.fact(
        "credit", sentence.span(0, film.end), subject=ref, agent=Ref("person", film.director), role="director"
    )
    end = film.end
    if cast := _WITH.match(text, end):
        for name in _people(text, cast.end()):
            end = name.end
            yield part.fact("cast", sentence.span(film.start, end), subject=ref, person=Ref("person", name.name))
    if made := _BY.match(text, end):
        for name in _people(text, made.end()):
            agent, role = Ref("person", name.name), _JOBS[made["job"]]
            yield part.fact("credit", sentence.span(film.start, name.end), subject=ref, agent=agent, role=role)


def _people(text: str, start: int) -> list[Named]:
    return [name for name in name_list(text, start) if has_person_shape(name.name)]
