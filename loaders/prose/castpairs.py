"""Cast lists whose pairs stand around dashes or dots: `Ann Lee – Rose Bo Ray – Tom`, `Rose .... Ann Lee`."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose.castrun import Entry, Run, entries_of, people_before, tail_end
from reelgraph.loaders.prose.castsplit import actor_start, head, tokens
from reelgraph.loaders.prose.names import NAME, UPPER, NameTable, clean, has_person_shape, is_person

_SEPARATOR = re.compile(rf"(?<=[\w.)\"']) ?(?: [-–—]{{1,2}} |\.{{3,200}}+ ?|\.\. |…{{1,200}}+ ?)(?=[\"'{UPPER}])")
#: In every separator; to find them is quick.
_MARK = re.compile(r"[-–—.…](?:(?<= .)[-–—]? |(?<=\.)\.[. ]|(?<=…))")
_NAME = re.compile(NAME)
_NO_CAST = re.compile(
    r"\d{4}|[$€£%]|\b\d{1,2}(?:st|nd|rd|th)\b|\bTop \d|"
    r"\b(?:Best|Award|Awards|Producer|Producers|Director|Directed|Production|Music|Screenplay|Editor|"
    r"Editing|Winner|"
    r"Lyrics|Cinematography|Cinematographer|Story|Dialogues?|Distributor|Nominated|Song|Songs|Album|Retrieved|"
    r"Review|Archived|"
    r"Studio|Vol|Makeup|Costume|Costumes|Choreography|Art|Sound|Script|Writer|Composer|Camera|Publicity|Stills)\b"
)
_MAX_GAP, _MIN_ENTRIES = 200, 3


def runs(text: str, start: int, end: int, names: NameTable) -> list[Run]:
    """Return the cast lists of `text[start:end]` that have a dash or dots between actor and character, in either order.

    >>> runs("Ann Lee – Rose Mary Poe – Nurse Bo Ray – Cop", 0, 44, NameTable())[0].entries[1].character
    'Nurse'
    >>> runs("Rose ... Ann Lee Nurse ... Mary Poe Cop ... Bo Ray", 0, 50, NameTable())[0].entries[1].actor
    'Mary Poe'
    """
    found = []
    for group in _groups(text, start, end):
        line = _line_start(text, start, group[0].start())
        if len(group) < _MIN_ENTRIES or _NO_CAST.search(text, max(line, group[0].start() - 40), group[-1].end()):
            continue
        before = sum(_person_before(text, start, match, names) for match in group)
        behind = sum(_person_behind(text, match, names) for match in group)
        if before == behind and "\n" in text[group[0].end() : group[1].start()]:
            continue  # full names on both sides of each line: either may be the actor
        reader = _actors_first if before >= behind else _characters_first
        likely, other = max(before, behind), min(before, behind)
        if likely >= max(2, 0.6 * len(group)) or (likely >= 0.3 * len(group) and likely >= max(2, 2 * other)):
            entries = tuple(reader(text, start, end, group, names))
            if len(entries) >= _MIN_ENTRIES:
                found.append(Run(min(e.start for e in entries), max(e.end for e in entries), entries))
    return found


def _line_start(text: str, start: int, position: int) -> int:
    """Return where the line of a place begins, `start` at the earliest; of a long line its last part."""
    first = max(start, position - _MAX_GAP)
    return max(first, text.rfind("\n", first, position) + 1)


def _groups(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    group: list[re.Match[str]] = []
    for match in _separators(text, start, end):
        line = _line_start(text, start, match.start())
        if text[line - 1 : line] == "\n" and _NO_CAST.search(text, line, match.start()):
            if group:
                yield group
            group = []
            continue  # "Editor .... Ann Lee", below the cast
        if group and (match.start() - group[-1].end() > _MAX_GAP or _kind(match) != _kind(group[-1])):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _kind(separator: re.Match[str]) -> str:
    """Return what a separator is made of: rows of dots may differ in length."""
    return separator[0].strip().rstrip(".") or separator[0].strip()[:1]


def _separators(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the separators, each looked for where a mark stands."""
    position = start
    for mark in _MARK.finditer(text, start, end):
        for first in range(max(position, mark.start() - 2), mark.start() + 1):
            if match := _SEPARATOR.match(text, first, end):
                position = match.end()
                yield match
                break


def _person_before(text: str, start: int, match: re.Match[str], names: NameTable) -> bool:
    line = _line_start(text, start, match.start())
    words = clean(text[max(line, match.start() - 60) : match.start()]).split()
    two, three = " ".join(words[-2:]), " ".join(words[-3:])
    return two in names.credited or three in names.credited or is_person(two)


def _person_behind(text: str, match: re.Match[str], names: NameTable) -> bool:
    found = _NAME.match(text, match.end())
    words = found[0].split() if found else []
    return any(" ".join(words[:size]) in names.credited or is_person(" ".join(words[:size])) for size in (2, 3))


def _actors_first(text: str, start: int, end: int, group: Sequence[re.Match[str]], names: NameTable) -> Iterator[Entry]:
    first = max(start, group[0].start() - 80)
    actors = people_before(
        text, first, actor_start(text, first, group[0].start(), names, first=True), group[0].start(), names
    )
    for match, after in zip(group, [*group[1:], None], strict=True):
        begin = match.end()
        stop = actor_start(text, begin, after.start(), names) if after else tail_end(text, begin, end)
        following = people_before(text, begin, stop, after.start(), names) if after else []
        stop = following[0].start if following else stop
        if actors:
            yield from entries_of(text, actors, begin, stop, names)
        actors = following


def _characters_first(
    text: str, start: int, end: int, group: Sequence[re.Match[str]], names: NameTable
) -> Iterator[Entry]:
    begin = max(start, group[0].start() - 30)
    cut = max((m.end() for m in re.finditer(r"[.:;)\n] |\n", text[begin : group[0].start()])), default=0)
    character, at = text[begin + cut : group[0].start()], begin + cut
    for match, after in zip(group, [*group[1:], None], strict=True):
        limit = after.start() if after else min(end, match.end() + 60)
        stop = _actor_end(text, match.end(), limit, names, last=after is None)
        actor, said = clean(text[match.end() : stop]), character.strip(" ,;:\n")
        if said and actor and len(said) < 60 and (has_person_shape(actor) or " " not in actor):
            yield Entry(actor, said, at, stop)
        note = re.match(r"\s*\([^()]*\)", text[stop:limit])
        at = stop + (note.end() if note else 0)
        at += len(text[at:limit]) - len(text[at:limit].lstrip(" ,;\n"))
        character = text[at:limit]


def _actor_end(text: str, start: int, end: int, names: NameTable, *, last: bool) -> int:
    """Return where the actor that begins at `start` ends, leaving at least a word for the next character."""
    stop, _ = head(text, start, end)
    words = tokens(text, start, stop)
    if stop < end and (len(words) <= 3 or last):
        return stop if len(words) <= 3 else words[1].end
    spare = 0 if last else 1
    best, chosen = -9.0, words[0].end if words else start
    for size in range(1, min(4, len(words) - spare) + 1):
        name = text[start : words[size - 1].end]
        particles = sum(word.text[0].islower() for word in words[:size])
        if _NAME.fullmatch(name) is None:
            if words[size - 1].text[0].islower():
                continue
            break
        score = {1: -1.5, 2: 1.0, 3: 0.0, 4: -2.0}[size - particles] + (5.0 if name in names.credited else 0.0)
        score += 1.5 if is_person(name) and size == 2 else 0.0
        score += 2.0 if size == 3 and words[1].initials else 0.0
        if score > best:
            best, chosen = score, words[size - 1].end
    return chosen
