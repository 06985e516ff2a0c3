"""Copied pages of databases about one film: labels before a value, or on lines of their own above the values."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.lines import Line, key_value
from reelgraph.loaders.prose.names import has_person_shape
from reelgraph.loaders.prose.pagetitle import is_title
from reelgraph.loaders.prose.sections import HEADINGS

#: What a page of a database says under labels: a page has so many of them, more if none names makers or performers.
_TOLD = frozenset(
    "director|screenwriter|producer|cast|cinematographer|editor|composer|production company|distributor|genre|runtime|"
    "country|language|content rating|release date|budget|gross".split("|")
)
_MORE = frozenset(("year", "opening weekend gross"))
_MAKERS, _FEWEST, _FEWEST_WITHOUT = frozenset(("director", "screenwriter", "cast")), 5, 6
_JOBS = frozenset(
    "director|screenwriter|producer|executive producer|cast|cinematographer|editor|composer|"
    "production designer|costume designer|art director".split("|")
)
_TITLED = re.compile(
    r"(?:Titel|Titre|Título|Titolo|Original[ -]?[Tt]it(?:el|le)|Titre original|Título original)(?: ?:)? (?P<t>.{1,80})"
)
_DATED = re.compile(r"(?P<t>.{1,80}?) \((?P<y>(?:18|19|20)\d\d)\)")
#: What a line all in capitals may say behind a label: "DIRECTOR ANN LEE", "MPAA R", not "PRODUCTION NOTES".
_IN_CAPITALS = _JOBS | {"content rating"}
#: A labelled piece of a line, and what ends a value in a line.
_PIECE = re.compile(r"(?:^|(?<=\| ))(?P<label>[^\W\d_][\w -]{2,24}?) ?[-–:] (?P<value>[^|]+?)(?= \||$)")
_FEWEST_PIECES = 3
_POINT = re.compile(r" [•·|] ")
#: Of the letters of such a page paragraphs have no more than this share; so many values stand below a label, so many
#: names in a list; so early is its title, of so few words.
_MOST_PROSE, _MOST_VALUES, _LONGEST_CAST, _TOP, _MOST_WORDS = 0.5, 12, 60, 12, 9
#: The lines with values that no paragraph is.
_SHORT = frozenset(("short", "bullet", "date", "key-value"))
_MARKS = " -•*"
#: The meaning of a list of performers and characters.
CAST_LIST = "cast list"
#: The meaning of a person above a line of nothing but jobs.
BELOW_NAME = "jobs below a name"


class Row(NamedTuple):
    """A label with its meaning and the place where it begins, and its values, each with its place."""

    label: str
    meaning: str
    start: int
    values: tuple[tuple[str, int, int], ...]


@cache
def _beside() -> re.Pattern[str]:
    """Return what finds a label at the head of a line that goes on with its value: "Director Ann Lee"."""
    rows_ = (row for row in lexicon.rows("navigation", "labels") if row[0] in _TOLD | _JOBS | _MORE)
    wordings = {wording.lower() for row in rows_ for wording in row[1:] if wording[0].isupper()}
    return re.compile(rf"(?=[^\Wa-z_])(?P<label>(?i:{lexicon.alternation(wordings)})) (?=[^\Wa-z_]|[$£€])")


@cache
def _cast_heads() -> frozenset[str]:
    return frozenset(head.lower() for head in lexicon.words("navigation", "cast_heads"))


def beside(words: str) -> tuple[str, str] | None:
    """Return what the label at the head of a line means and its value, None if there is none.

    >>> beside("Director of Photography PIERS LANE"), beside("Editors at work")
    (('cinematographer', 'PIERS LANE'), None)
    """
    found = _beside().match(words)
    return (lexicon.key_label(found["label"]), words[found.end() :]) if found else None


def meaning(words: str) -> str:
    """Return what a label means, also one with an explanation in brackets, empty if it is none.

    >>> [meaning(words) for words in ("Director:", "Composer (Music Score)", "CAST (in credits order) verified", "Low")]
    ['director', 'composer', 'cast list', '']
    """
    plain = words.strip(_MARKS).rstrip(" :").lower()
    bare = plain.partition(" (")[0]
    if plain in _cast_heads() or (bare in _cast_heads() and bare != plain):
        return CAST_LIST
    return lexicon.key_label(plain) or lexicon.key_label(bare)


def _label(words: str) -> str:
    plain = words.rstrip(" :").lower()
    return plain if lexicon.key_label(plain) else plain.partition(" (")[0]


def jobs(words: str) -> list[str]:
    """Return the jobs that a line names and nothing else: "Director, Writer"."""
    found = [lexicon.key_label(job.strip()) for job in re.split(r"[,/]", words.partition(" (")[0])]
    return found if all(job in _JOBS for job in found) else []


def rows(page: Sequence[Line]) -> list[Row]:
    """Return what stands under the labels of a page, in order; other lines end what stands above them."""
    found: list[Row] = []
    behind, music = 0, False
    for number, line in enumerate(page):
        words = line.text.strip(_MARKS)
        said, above = meaning(words), page[number - 1] if number else None
        if number < behind or (line.kind not in _SHORT and len(_PIECE.findall(words)) < _FEWEST_PIECES):
            continue
        named = above and number > behind and jobs(words) not in ([], ["cast"]) and has_person_shape(above.text)
        if above and named and not (_is_value(found, above) or _beside().match(above.text)):
            found.append(Row(words, BELOW_NAME, above.start, ((above.text, above.start, line.end),)))
            behind = number + 1
        elif said:
            below = page[number + 1 : number + 1 + _LONGEST_CAST]
            values = list(_cast(below, words) if said == CAST_LIST else _below(below))
            if said == CAST_LIST and values and not has_person_shape(values[0][0]):
                continue  # a link to the list
            found.append(Row(_label(words), said, line.start, tuple(values)))
            behind, music = number + 1 + (len(values) if said == CAST_LIST else 0), False
        elif HEADINGS.get(words.lower().removesuffix("s")) == "music":
            music = True  # what is written below was written for songs
        elif not music:
            found.extend(_beside_label(line, words))
    return found


def _is_value(found: Sequence[Row], line: Line) -> bool:
    """Whether a line is a value of the last label, and that a job."""
    last = found[-1] if found and found[-1].meaning in _JOBS else None
    return last is not None and any(start >= line.start for _, start, _ in last.values)


def _beside_label(line: Line, words: str) -> Iterator[Row]:
    """Yield the labels of a line with values beside them: "Director Ann Lee", "Genre - Drama | Run Time - 90 min"."""
    first = line.start + line.text.index(words)
    pieces = list(_PIECE.finditer(words))
    if len(pieces) > 1 and any(lexicon.key_label(piece["label"]) for piece in pieces):
        for piece in pieces:
            value = (piece["value"], first + piece.start("value"), first + piece.end("value"))
            if said := lexicon.key_label(piece["label"]):
                yield Row(piece["label"].lower(), said, first + piece.start("label"), (value,))
    elif (beside := _beside().match(words)) and (
        not words.isupper() or lexicon.key_label(beside["label"]) in _IN_CAPITALS
    ):
        end = _POINT.search(words, beside.end())
        stop = end.start() if end else len(words)
        value = (words[beside.end() : stop], first + beside.end(), first + stop)
        yield Row(beside["label"].lower(), lexicon.key_label(beside["label"]), line.start, (value,))


def _below(lines: Sequence[Line]) -> Iterator[tuple[str, int, int]]:
    """Yield the lines below a label up to the next one, a menu or a paragraph."""
    for line, _ in zip(lines, range(_MOST_VALUES), strict=False):
        if line.kind not in _SHORT or _is_head(line.text) or lexicon.is_navigation(line.text):
            return
        first = line.start + line.text.index(line.text.strip(_MARKS))
        yield line.text.strip(_MARKS), first, line.end


def _is_head(words: str) -> bool:
    return bool(meaning(words)) or words.strip(_MARKS).rstrip(" :").lower() in HEADINGS


def _cast(lines: Sequence[Line], head: str) -> Iterator[tuple[str, int, int]]:
    """Yield the lines below the head of a list up to a label that is no job of the person above it, or a menu.

    Only heads that speak of a crew have jobs below names.
    """
    last, has_jobs = "", "crew" in head.lower()
    for number, line in enumerate(lines):
        words = line.text.strip(_MARKS)
        if number == 0 and lexicon.is_navigation(words):
            continue  # "View all"
        is_job = has_jobs and jobs(words) and has_person_shape(last)
        if line.kind not in _SHORT or (not is_job and (lexicon.is_navigation(words) or _is_head(words))):
            return
        last = words
        yield words, line.end - len(line.text.lstrip(_MARKS)), line.end


def is_film_page(page: Sequence[Line]) -> bool:
    """Whether most of a text is what a database says of one film."""
    letters = sum(len(line.text) for line in page)
    told = (line.text for line in page if line.kind in ("prose", "snippet"))
    if sum(len(text) for text in told if len(_PIECE.findall(text)) < _FEWEST_PIECES) > _MOST_PROSE * letters:
        return False
    found = [row for row in rows(page) if row.values]
    named = {job for row in found if row.meaning == BELOW_NAME for job in jobs(row.label)}
    listed = [value for row in found if row.meaning == CAST_LIST for value, _, _ in row.values]
    named |= {job for value in listed for job in jobs(value)} | ({"cast"} if listed else set())
    beside = [(lexicon.key_label(pair["key"]), pair["value"]) for line in page if (pair := key_value(line.text))]
    meanings = ({row.meaning for row in found} | {said for said, _ in beside} | named) & _TOLD
    directors = {row.values[0][0] for row in found if row.meaning == "director"}
    directors |= {value for said, value in beside if said == "director"}
    enough = _FEWEST if meanings & _MAKERS else _FEWEST_WITHOUT
    return len(meanings) >= enough and len(directors) < 2


def labelled_title(page: Sequence[Line]) -> str:
    """Return the title that stands under a label, empty if none does."""
    found = (_TITLED.fullmatch(line.text) for line in page)
    return next((match["t"] for match in found if match and is_title(match["t"])), "")


def title(page: Sequence[Line]) -> tuple[str, int | None] | None:
    """Return the title of a page, and the year where it stands behind it.

    It stands before a year, above the director, else it is the first line that is said again.
    """
    for number, line in enumerate(page):
        dated = _DATED.fullmatch(line.text) if number < _TOP else None
        if dated and is_title(dated["t"]):
            return dated["t"], int(dated["y"])
        directed = _beside().match(page[number + 1].text) if number + 1 < len(page) else None
        is_director = directed and lexicon.key_label(directed["label"]) == "director"
        if is_director and is_title(line.text) and not _beside().match(line.text):
            above = page[number - 1].text if number else ""
            return (above if above.isupper() and is_title(above) else line.text), None
    for number, line in enumerate(page[:_TOP]):
        said = (other.text.startswith(line.text) for other in page[number + 1 :])
        titled_ = is_title(line.text) or (line.text[0].isupper() and line.text.count(" ") < _MOST_WORDS)
        if line.kind == "short" and titled_ and not lexicon.is_navigation(line.text) and any(said):
            return line.text, None
    return None
