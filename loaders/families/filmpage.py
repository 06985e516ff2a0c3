"""What a database's page about one film says under its labels: makers, cast, genres, countries, releases, money."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.families import labels
from reelgraph.loaders.prose import castsplit, filmpage, lexicon, namerun, worldwords
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.lines import Line
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.values import iso_date
from reelgraph.model import Fact, Ref, Span
from reelgraph.ontology import concepts

_PEOPLE = frozenset(
    "director|screenwriter|story by|producer|executive producer|cast|cinematographer|editor|composer|"
    "production designer|art director|costume designer".split("|")
)
_NAMED = {"country": worldwords.country, "language": worldwords.language}
_READ = frozenset(("genre", "runtime", "year", "budget", "gross", "opening weekend gross"))
_MONEY, _AMOUNT = frozenset(("budget", "gross", "opening weekend gross")), re.compile(r"\W?\d|[A-Z]{1,3}\W?\d|Rs")
_SINGLE = frozenset(("runtime", "budget", "gross", "opening weekend gross"))
_FIGURE = re.compile(r"\d")
_BRACKET = re.compile(r"\s*\((?P<where>[^()]+)\)")
#: The marks without a figure that stand for themselves below a title: "II" and "All" may be other words.
_PLAIN = frozenset(("G", "PG", "R", "U", "UA"))
_SEPARATOR = re.compile(r"\s*[,;/|·•]\s*")
#: What stands below "Distribution" where that is the cast, and sentences.
_NO_COMPANY = re.compile(r" ?: |[a-zà-ÿ]{3}\.$|^Design by$")
#: "Ann Lee ... Rose", "Bo Ray ... (screenplay)".
_DOTTED = re.compile(rf"(?P<who>{NAME})\s+\.\.\.\s+(?P<what>.{{1,80}})")
_NOTE = re.compile(r"\s*\((?:as|uncredited|credit only|voice)\b[^()]*\)")
#: "Ann Lee: Rose", below the head of a cast.
_PLAYED = re.compile(rf"(?P<who>{NAME}) ?: (?P<role>[^:]{{1,60}})")
_DAY_AND_PLACE = re.compile(r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4} \([A-Z][\w ]+\)")
_LIMITED = re.compile(r"\b(?P<event>[Ll]imited|[Ww]ide)\b")
_LONGEST_NAME, _HEAD = 3, 30
_YEAR = re.compile(r" \((?:18|19|20)\d\d\)$")
#: Lines of a block of figures that say nothing here: "Black & White", "1.66:1".
_SHAPE = re.compile(r"(?i:black (?:&|and) white|b&w|colou?r|[\d.]+ ?: ?1|silent|mono|stereo|dolby\b.{0,20})")
_FIELD, _FEWEST = {"runtime": "minutes"}, 3
#: Of the lines below names one in so many is a job or no name if they are jobs and characters.
_SHARE = 3


@cache
def _rating() -> re.Pattern[str]:
    """Return what finds a mark of a rating board, the board before it and reasons behind it."""
    boards = concepts("boards").members
    names = lexicon.alternation(name for one in boards for name in (one.notation, one.label, *one.wordings))
    marks = lexicon.alternation(mark for one in boards for mark in one.certificates)
    return re.compile(rf"(?:(?P<board>{names}) )?(?P<r>{marks})(?: \((?P<why>[^()]+)\))?")


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield what the labels of the page say, and the lines below its title."""
    if part.film is None or not part.is_film_page:
        return
    lines = [Line(b.start, b.end, part.view[b.start : b.end], b.kind) for b in part.blocks]
    yield from _below_title(part, lines)
    yield from _figures(part, lines)
    for row in filmpage.rows(lines):
        if row.meaning == filmpage.CAST_LIST:
            yield from _cast(part, row)
        elif row.meaning == filmpage.BELOW_NAME:
            name, first, last = row.values[0]
            yield from _jobs(part, row.label, name, Span(first, last))
        elif row.meaning in _PEOPLE:
            yield from _people(part, row)
        elif row.label == "distribution" and row.values and _PLAYED.fullmatch(row.values[0][0]):
            yield from _people(part, row._replace(label="cast", meaning="cast"))  # so French pages call the cast
        else:
            yield from _particulars(part, row)


def _particulars(part: Part, row: filmpage.Row) -> Iterator[Fact]:
    """Yield what the values of a label say, up to the first that says nothing."""
    for value, first, last in row.values:
        facts = list(_particular(part, row, value, first, last))
        if not facts:
            return
        yield from facts
        if row.meaning in _SINGLE:
            return


def _particular(part: Part, row: filmpage.Row, value: str, first: int, last: int) -> Iterator[Fact]:
    span, meaning = Span(row.start, last), row.meaning
    if meaning in _NAMED:
        bare = _BRACKET.sub("", value)
        run = namerun.named(bare, _NAMED[meaning])
        for name in (bare[a:b] for a, b in run) if run else _SEPARATOR.split(bare):
            if known := _NAMED[meaning](name):
                yield part.fact(meaning, span, {meaning: known})
    elif meaning in lexicon.COMPANIES:
        yield from _companies(part, row, value, span)
    elif meaning == "genre" and (run := namerun.named(value, worldwords.genre)):
        yield from (part.fact("genre", span, genre=worldwords.genre(value[a:b])) for a, b in run)
    elif meaning in _READ and (meaning not in _MONEY or _AMOUNT.match(value)):
        yield from labels.read(part, row.label, value, span)
    elif meaning in ("release date", "home release date"):
        yield from _release(part, row, value, span)
    elif meaning == "content rating" and (rating := _rating().fullmatch(value)):
        reasons = "; ".join(filter(None, _SEPARATOR.split(rating["why"] or "")))
        yield part.fact("content-rating", span, system=rating["board"], rating=rating["r"], reasons=reasons)
    elif meaning == "original title" and row.label.startswith("also") and len(row.values) == 1:
        yield part.fact("alternate-title", span, title=part.words(Span(first, last)))
    elif meaning == "tagline":
        yield part.fact("description", span, description_kind="tagline", text=part.words(Span(first, last)))
    elif meaning == "filming location" and "," in value:
        yield part.fact("location", span, place=Ref("place", value), location_kind="filming")


def _companies(part: Part, row: filmpage.Row, value: str, span: Span) -> Iterator[Fact]:
    """Yield the companies of a label; of several without signs between them only those that end like a company."""
    if _NO_COMPANY.search(value):
        return
    pieces = [value] if "," in value else [value[a:b] for a, b in namerun.companies(value)]
    sure = len(pieces) == 1 or "," in value
    pieces = [piece for piece in pieces if sure or is_organisation(_BRACKET.sub("", piece).rpartition(" ")[2])]
    yield from (fact for piece in pieces for fact in labels.read(part, row.label, piece, span))


def _release(part: Part, row: filmpage.Row, value: str, span: Span) -> Iterator[Fact]:
    english = next((date.value for date in dates(value) if date.has_year), "")
    found = max(english, iso_date(_BRACKET.sub("", value)) or "", key=len)
    if not found:
        return
    bracket, limited = _BRACKET.search(value), _LIMITED.search(value)
    event = limited["event"].lower() if limited else "theatrical"
    yield part.fact(
        "release",
        span,
        date=found,
        event=event if row.meaning == "release date" else "home video",
        territory=lexicon.territory(bracket["where"]) if bracket else None,
    )


def _people(part: Part, row: filmpage.Row) -> Iterator[Fact]:
    """Yield the credits of a label: names with signs between them, one a line, or side by side."""
    for value, first, last in row.values:
        if row.meaning == "cast" and (played := _PLAYED.fullmatch(value)):
            person = Ref("person", clean(played["who"]))
            yield part.fact("cast", Span(first, last), person=person, character=clean(played["role"]))
            continue
        if dotted := _DOTTED.fullmatch(value):
            yield from _dotted(part, dotted, row.meaning, Span(first, last))
            continue
        names = [value]
        if "," not in value and value.count(" ") >= _LONGEST_NAME and "(" not in value and " and " not in value:
            names = [value[a:b] for a, b in namerun.split(value, part.names.full)]
        span = Span(row.start, last)
        facts = [fact for name in names for fact in labels.read(part, row.label, name, span)]
        if not facts:
            return
        yield from facts


def _dotted(part: Part, match: re.Match[str], meaning: str, span: Span) -> Iterator[Fact]:
    """Yield the credit of a name before a row of dots and a character or a job."""
    name, what = clean(match["who"]), match["what"].strip()
    if meaning in ("cast", filmpage.CAST_LIST):
        uncredited = False if "(uncredited" in what else None
        character = _NOTE.sub("", what).strip()
        yield part.fact("cast", span, person=Ref("person", name), character=character, credited=uncredited)
    elif job := lexicon.key_label(what.strip("() ")):
        yield from labels.read(part, job, name, span)


def _is_character(words: str) -> bool:
    """Whether a line cannot be an actor's name: "Tony", "Uncle Tony"."""
    first = words.split()[0].strip(".").lower()
    return not has_person_shape(words) or first in castsplit.ROLES or first in lexicon.honorifics()


def _jobs(part: Part, words: str, name: str, span: Span) -> Iterator[Fact]:
    """Yield the credits of a person above a line of jobs."""
    for job in filmpage.jobs(words):
        yield from labels.read(part, job, name, span)


def _cast(part: Part, row: filmpage.Row) -> Iterator[Fact]:
    """Yield the list of performers: pairs of a name and a job or character, or names alone.

    Where all lines have the shape of names, those that stand first in pairs are performers in both readings.
    """
    dotted = [(found, Span(first, last)) for v, first, last in row.values if (found := _DOTTED.fullmatch(v))]
    if dotted:
        yield from (fact for found, span in dotted for fact in _dotted(part, found, row.meaning, span))
        return
    pairs = list(zip(row.values[::2], row.values[1::2], strict=False))
    if not pairs or not all(has_person_shape(name) and ".." not in name for (name, _, _), _ in pairs):
        return
    below = [words for _, (words, _, _) in pairs]
    below_jobs = any(map(filmpage.jobs, below))
    paired = below_jobs or _SHARE * sum(map(_is_character, below)) >= len(below)
    alone = len(row.values) % 2 == 1 and not paired
    for (name, first, _), (words, _, last) in pairs:
        if paired and filmpage.jobs(words):
            yield from _jobs(part, words, name, Span(first, last))
            continue
        end = last if paired else first + len(name)
        character = words if paired else None
        yield part.fact("cast", Span(first, end), person=Ref("person", clean(name)), character=character)
    if alone:
        for name, first, last in (*row.values[1::2], row.values[-1]):
            if is_person(name):
                yield part.fact("cast", Span(first, last), person=Ref("person", clean(name)))


def _below_title(part: Part, lines: list[Line]) -> Iterator[Fact]:
    """Yield certificate, length and genres of the lines between the title and the first label: "PG", "1h 41m"."""
    titles = [n for n, line in enumerate(lines[:40]) if part.film_pattern.fullmatch(_YEAR.sub("", line.text))]
    for line in lines[titles[0] + 1 : titles[0] + _HEAD] if titles else ():
        if lexicon.key_label(line.text.rstrip(" :")) in _PEOPLE:
            return
        span = Span(line.start, line.end)
        for item in re.split(rf"{_SEPARATOR.pattern}|\s{{2,}}", line.text):
            if _rating().fullmatch(item) and (item in _PLAIN or (_FIGURE.search(item) and not item.isdigit())):
                yield part.fact("content-rating", span, rating=item)
            elif re.fullmatch(r"\d ?hr?(?: \d{1,2} ?m(?:in)?)?|\d{2,3} ?min(?:s|utes)?\.?", item):
                yield from labels.read(part, "runtime", item.replace(" h", "h").replace(" m", "m"), span)
            elif _DAY_AND_PLACE.fullmatch(item):
                yield from _release(part, filmpage.Row("", "release date", line.start, ()), item, span)
            elif genres := [lexicon.genre(word) for word in item.split(" & ")]:
                yield from (part.fact("genre", span, genre=genre) for genre in genres if all(genres))


def _figures(part: Part, lines: list[Line]) -> Iterator[Fact]:
    """Yield what lines of nothing but a country, year, length, language or colour say, three or more together."""
    run: list[tuple[Line, dict[str, str | int]]] = []
    for line in (*lines, None):
        found = _figure(line.text) if line and line.kind == "short" else None
        if line and found is not None:
            run.append((line, found))
            continue
        for one, said in run if len(run) >= _FEWEST else ():
            yield from (
                part.fact(kind, Span(one.start, one.end), {_FIELD.get(kind, kind): v}) for kind, v in said.items()
            )
        run = []


def _figure(words: str) -> dict[str, str | int] | None:
    """Return what a line says by kind of fact, None if it is no figure."""
    if _SHAPE.fullmatch(words):
        return {}
    if re.fullmatch(r"1[89]\d\d|20\d\d", words):
        return {"year": int(words)}
    if length := re.fullmatch(r"(\d{2,3}) min(?:utes|s)?\.?", words):
        return {"runtime": int(length[1])}
    if country := worldwords.country(words):
        return {"country": country}
    return {"language": worldwords.language(words)} if worldwords.language(words) else None
