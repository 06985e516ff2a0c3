"""The first sentence of an article about a film: title, other titles, year, countries, languages, genres."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.titles import Item, alternates

_FILM_NOUNS = (
    r"film noir|telemovie|cartoon|featurette|biopic|film|movie|motion picture|picture|photoplay|feature|"
    r"documentary|mockumentary|docudrama|animation|anime|short|telefilm|serial|silent"
)
_OTHER_NOUNS = (
    r"series|franchise|sitcom|soap opera|miniseries|mini-series|novel|novella|novelette|play|musical group|book|"
    r"trilogy|show|program|programme|album|song|single|actor|actress|director|filmmaker|screenwriter|producer|"
    r"writer|singer|musician|company|studio|character|superhero|supervillain|list|video game|game|comic|manga|"
    r"magazine|newspaper|village|town|city|festival|award|episode|band|website|opera|ballet|poem|club|river|"
    r"species|genus"
)
_IS = re.compile(r"\s+(?:is|was|are|were)\s+(?:an?|the|one of|considered|regarded)\s+")
_AFTER_GENRE = re.compile(
    r",? (?:directed|written|produced|with|about|based|starring|by|that|which|from|and (?:directed|written|produced|"
    r"starring)|set|released|made|co-)|[.,]"
)
_WORD = re.compile(r"(?P<film>[\w-]+)(?P<other>(?!))?")
_RELEASED = re.compile(
    r"(?<!not )(?:released|produced|made|premiered|filmed|published)(?: by [\w .&-]{3,40}?)?,? (?:theatrically "
    r")?(?:in|on) (?:[A-Z]\w+ )?(?:\d{1,2},? |\d{1,2} [A-Z]\w+ )?(?P<year>1[89]\d\d|20\d\d)\b"
)
_IT_RELEASED = re.compile(
    r"\b(?:It|[Tt]he (?:film|movie|picture|short|feature|cartoon)) (?:was (?:first |originally |theatrically "
    r")?released|premiered)(?: theatrically)?(?: in (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?,? (?:on|in) (?:[A-Z]\w+ "
    r")?(?:\d{1,2},? |\d{1,2} [A-Z]\w+ )?(?P<year>1[89]\d\d|20\d\d)\b"
)
_SENTENCE_BEFORE = re.compile(r" (?:is|was) an? .*[a-z]{3}\. [A-Z]|\b\d{4}\. [A-Z]")
_NO_TITLE = re.compile(
    r"\b(?:film|version|adaptation|series) of\b|"
    r"(?:^|[\s:,])(?-i:this|that|which|who|what|there|he|she|they|it)$|"
    r"^(?:it|this|he|she|they|there|the film|the movie|these|here)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_HEAD = re.compile(
    rf"\b(?:(?P<film>{_FILM_NOUNS})s?(?!\s+(?:series|franchise|trilogy|serial|director|actor|actress|producer|"
    rf"studio|festival|company|award|score|critic|maker|noir\s+series|magazine|character|cycle|project series|"
    rf"duology|adaptation series))|(?P<other>{_OTHER_NOUNS})s?)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[ \t]*\n\s*")
#: What stands above an article's text in a copied page, and above a review's.
_HATNOTE = re.compile(
    r"\W*(?:For (?:other|the)\b|This article\b|Not to be confused\b|From \w+, |Jump to\b|Redirected\b|Coordinates\b)"
)
_REVIEW_LINE = re.compile(
    r"\b(?:reviews?|reviewed|critique|essay|analysis|critic|interview|obituary)\b|^\W*(?:by|author|posted|published)\b",
    re.IGNORECASE,
)
_BASED_ON = re.compile(r"\W*[Bb]ased on\b")
_MAX_LEAD, _MAX_SUBJECT, _MAX_ABOVE, _MAX_HEADING = 900, 400, 3000, 160


@dataclass(slots=True)
class Lead:
    """What the opening sentence says; `is_film` is False when it defines something else (a series, a person)."""

    title: Item
    is_film: bool
    noun: str = ""
    year: Item | None = None
    alternates: list[Item] = field(default_factory=list)
    countries: list[Item] = field(default_factory=list)
    languages: list[Item] = field(default_factory=list)
    genres: list[Item] = field(default_factory=list)


def parse(text: str) -> Lead | None:
    """Return the lead of `text` (an article's beginning), None if it does not begin like an article.

    >>> lead = parse("Ran (乱) is a 1985 Japanese epic historical drama film directed by Akira Kurosawa.")
    >>> lead.title.value, lead.year.value, [g.value for g in lead.genres]
    ('Ran', '1985', ['epic', 'historical', 'drama'])
    """
    begin = 0
    for end in _line_ends(text):
        # Blanks in place of the lines above keep the offsets right.
        found = _definition(" " * begin + text[begin : begin + _MAX_LEAD], begin, end)
        if found is not None:
            return found if _is_heading(text[:begin].splitlines(), found) else None
        begin = end + len(text[end:]) - len(text[end:].lstrip())
    return None


def _line_ends(text: str) -> Iterator[int]:
    """Yield the ends of the first lines, lines that break inside brackets taken together."""
    begin = 0
    for line in _BREAK.finditer(text[:_MAX_ABOVE]):
        above = text[begin : line.start()]
        is_open = above.count("(") > above.count(")")
        if not (is_open and line[0].count("\n") == 1):
            yield line.start()
            begin = line.end()
    yield len(text)


def _is_heading(above: Sequence[str], found: Lead) -> bool:
    """Whether the lines above a definition can be the head of an article's page: none is a review's or running text."""
    above = [line for line in above if line.strip()]
    sources = {n for n, line in enumerate(above) if any(map(_BASED_ON.match, above[max(0, n - 2) : n]))}
    for number, line in enumerate(above):
        reviewed = number not in sources and _REVIEW_LINE.search(line)  # "Based on", "The Lamp", "by Ann Lee"
        if reviewed or (len(line) > _MAX_HEADING and not _HATNOTE.match(line)):
            return False
    title = found.title.value.lower()
    plain = all(line.strip().lower().startswith(title) or _HATNOTE.match(line) for line in above if line.strip())
    return plain or found.year is not None or bool(found.countries)


def _definition(lead: str, begin: int, end: int) -> Lead | None:
    """Return what the sentence from `begin` defines, with its verb before `end`."""
    for found in _IS.finditer(lead, begin, max(begin, min(end, begin + _MAX_SUBJECT))):
        if _SENTENCE_BEFORE.search(lead, begin, found.start()):
            return None
        if lead.count("(", begin, found.start()) != lead.count(")", begin, found.start()):
            continue
        head = _head(lead, found.end())
        if head is None:
            continue
        result = _lead(lead, found, head)
        return None if _NO_TITLE.search(result.title.value) else result
    return None


def _head(lead: str, start: int) -> re.Match[str] | None:
    """Return the noun that says what the subject is: the last of a noun group such as "documentary short film"."""
    sentence_end = re.search(r"(?<!\bBros)(?<!\b[A-Z])(?<!\b(?:Dr|Mr|St|Jr))[.!?](?=\s+[A-Z\"]|\s*$)", lead[start:])
    end = min(start + 260, start + sentence_end.start() if sentence_end else len(lead))
    clause = re.search(
        r"(?<![\w-])(?:directed|written|starring|produced|about|based|which|that|who|from|created|released|by|"
        r"featuring|distributed|adapted|made|set)(?![\w-])|[,(;]\s*(?:directed|starring|written|based|and)\b",
        lead[start:end],
    )
    if clause:
        end = min(end, start + clause.start())
    heads = list(_HEAD.finditer(lead, start, end))
    if not heads:
        return None if clause is None else _bare_genre(lead, start, end)
    chosen = heads[0]
    for match in heads[1:]:
        between = lead[chosen.end() : match.start()]
        if chosen["other"] and re.search(r"\b(?:of|in|for)\b", between):
            break
        if re.fullmatch(r"[\s-]*(?:[\w'-]+[\s,/-]+){0,4}", between):
            chosen = match
    return chosen


def _bare_genre(lead: str, start: int, end: int) -> re.Match[str] | None:
    """Return the genre word that stands for the noun ("a 1988 comedy directed by") behind a year or country."""
    found = None
    for _, first, last in lexicon.genres_in(lead[start : min(end + 40, start + 90)]):
        described = lead[start : start + first]
        if re.search(r"\b(?:television|TV|radio|web|stage|novel|serial|streaming)\b", described):
            break
        if _AFTER_GENRE.match(lead, start + last) and (_YEAR.search(described) or any(lexicon.demonyms_in(described))):
            word = lead.rfind(" ", start, start + last) + 1
            found = _WORD.match(lead, word)
            break
    return found


def _lead(lead: str, verb: re.Match[str], head: re.Match[str]) -> Lead:
    subject = lead[: verb.start()]
    title_end = _title_end(subject)
    raw = subject[:title_end]
    stripped = raw.strip(" \"',")
    start = raw.find(stripped) if stripped else 0
    is_film = head["film"] is not None
    result = Lead(Item(stripped, start, start + len(stripped)), is_film, (head["film"] or head["other"] or "").lower())
    if second := re.search(r"[,;] or,? |, or ", stripped):
        result.alternates.append(Item(stripped[: second.start()], start, start + second.start()))
    result.alternates.extend(alternates(subject, title_end, stripped))
    description = lead[verb.end() : head.end()]
    if year := _YEAR.search(description):
        result.year = Item(year[1], verb.end() + year.start(), verb.end() + year.end())
    elif year := re.search(r"\((1[89]\d\d|20\d\d)\)", subject):
        result.year = Item(year[1], year.start(1), year.end(1))
    _classify(result, description, verb.end())
    if is_film:
        _after_head(result, lead, head.end())
    return result


def _title_end(subject: str) -> int:
    """Return where the title ends: before a bracket or ", also known as"."""
    end = len(subject)
    if bracket := re.search(r"(?<! or)\s+\((?!\d+\)\s+\w)", subject[1:]):
        end = bracket.start() + 1
    if alias := re.search(
        r"[,;]\s+(?:also|known|originally|released|stylized|stylised|better|more commonly|sometimes|commonly|often|"
        r"simply|titled|alternatively|internationally|which (?:is|was)|aka|a\.k\.a|"
        r"or (?:simply|just|merely))\b|\s+(?:also known as|aka|"
        r"a\.k\.a\.)\s",
        subject,
    ):
        end = min(end, alias.start())
    return end


def _classify(result: Lead, description: str, offset: int) -> None:
    """Read the words between "is a" and "film": languages, countries, genres, longest wording first."""
    for match in re.finditer(r"([A-Z][\w-]+?)[ -]language\b", description):
        for word in re.split(r"[-/]", match[1]):
            if language := lexicon.language(word):
                at = offset + match.start() + match[0].find(word)
                result.languages.append(Item(language, at, at + len(word)))
    blanked = re.sub(r"[A-Z][\w-]+?[ -]language\b", lambda m: " " * len(m[0]), description)
    taken: list[tuple[int, int]] = []
    for value, start, end in lexicon.demonyms_in(blanked):
        result.countries.append(Item(value, offset + start, offset + end))
        taken.append((start, end))
    for match in re.finditer(r"[A-Z]\w+", blanked):
        if not any(s <= match.start() < e for s, e in taken) and (language := lexicon.language(match[0])):
            result.languages.append(Item(language, offset + match.start(), offset + match.end()))
    for value, start, end in lexicon.genres_in(blanked):
        if not any(s < end and start < e for s, e in taken) and value not in {g.value for g in result.genres}:
            result.genres.append(Item(value, offset + start, offset + end))


def _after_head(result: Lead, lead: str, position: int) -> None:
    """Read "film in Hindi" and a year that stands behind the noun."""
    tail = lead[position : position + 60]
    spoken = re.match(r"\s+in (?:the )?([A-Z]\w+)(?: language)?\b", tail)
    if spoken and (language := lexicon.language(spoken[1])):
        start = position + spoken.start(1)
        result.languages.append(Item(language, start, start + len(spoken[1])))
    if result.year is None and (year := re.match(r"\s*(?:\(|from |of )(1[89]\d\d|20\d\d)", tail)):
        result.year = Item(year[1], position + year.start(1), position + year.end(1))
    stop = re.compile(r"[a-z)\d]\.(?= [A-Z\"]|\s*$)").search(lead, position)
    if (
        result.year is None
        and not (stop and _RELEASED.search(lead, position, stop.start() + 1))
        and (later := _IT_RELEASED.search(lead, position))
    ):
        result.year = Item(later["year"], later.start("year"), later.end("year"))
    if result.year is None and (said := _RELEASED.search(lead, position, stop.start() + 1 if stop else len(lead))):
        result.year = Item(said["year"], said.start("year"), said.end("year"))
