"""Cast lists without separators: `Ann Lee as Rose Bo Ray as Tom, her brother Cy Poe as Waiter (voice)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.castcharacter import LONGEST_CHARACTER, character_of, glued, titled
from reelgraph.loaders.prose.castsplit import ROLES, Token, actor_start, cut, head, tokens
from reelgraph.loaders.prose.names import UPPER, NameTable, clean, has_person_shape, is_organisation, surname
from reelgraph.loaders.prose.terms import phrases

_AS = re.compile(rf" as(?<=[\w.)\"'\]]...):? (?=[\"'({UPPER}a-z#0-9])")
_NOTE = re.compile(r"\s*[(\[](?P<note>[^()\[\]]{1,80})[)\]]")
#: "Le gardien", the last words of a line.
_REST_OF_LINE = re.compile(r" ?[^\W\d_][\w'-]*(?: [\w'-]+){0,3}(?=\s*\n)")
_SEVERAL = re.compile(r"\b(?:dual|double|triple|multiple|two|three) roles?\b")
#: Words of ordinary prose: between two entries of a list they stand in descriptions at most.
_SENTENCE_WORDS = re.compile(
    r"\b(?:was|were|had|said|that|film|would|could|described|served|known|released|such|well|same|regarded|role|stars?|"
    r"starring|features|featuring|plays|included|includes|cast|replaced|is|are|he|she|it|they)\b"
)
_PROSE_HEAD = re.compile(
    r"^(?:he|she|they|it|well|part|being|having|did|does|soon|much|if|though|a result|the film|the result|of)\b|"
    r"\b(?:was|were|is|are|had|has|would|escapes|gets|goes)\b"
)
_AFTER_NOTE = re.compile(rf"(?:^|[)\]]) (?P<name>[{UPPER}][\w'.-]+(?: [{UPPER}][\w'.-]+){{1,2}}) ?(?=\(|$)")
_CAPITAL = re.compile(rf"[\"'(]*(?:[a-z]')?[{UPPER}]")
_NAMES_BEHIND = re.compile(rf" (?P<word>[a-z][\w-]+) [{UPPER}][\w'-]+(?: [{UPPER}][\w'-]+)+$")
_LOWER_INSIDE = frozenset(phrases("of|at|from|in|to|the|and|by|with|for|on|a|an|named|called|de|van|von|as|or"))
#: Words behind a character that begin prose, and those that belong to it.
_GOES_ON = frozenset(phrases("in|at|who|which|from|with|for|during|as|on"))
_INSIDE = frozenset(phrases("of|the|and|&|de"))
_MAX_GAP, _MIN_ENTRIES, _LONGEST_TAIL = 420, 3, 160


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a cast list; offsets are those of the text given."""

    actor: str
    character: str
    start: int
    end: int
    voice: bool | None = None
    credited: bool | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is a cast list."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A name with the place where it begins."""

    name: str
    start: int


def runs(text: str, start: int, end: int, names: NameTable) -> list[Run]:
    """Return the cast lists of `text[start:end]`; each has at least three entries.

    >>> table = NameTable()
    >>> run = runs("Ann Lee as Rose Mary Poe as Tom's Wife (voice) Bo Ray as Cop", 0, 60, table)[0]
    >>> [(e.actor, e.character, e.voice) for e in run.entries]
    [('Ann Lee', 'Rose', False), ('Mary Poe', "Tom's Wife", True), ('Bo Ray', 'Cop', False)]
    """
    found = []
    for group in _groups(text, start, end):
        if len(group) >= _MIN_ENTRIES and _dense(text, group):
            run = _run(text, start, end, group, names)
            if len(run.entries) >= _MIN_ENTRIES:
                found.append(run)
    return found


def _groups(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Yield runs of ` as ` that stand close together with a name before each."""
    group: list[re.Match[str]] = []
    for match in _AS.finditer(text, start, end):
        if not _name_before(text, start, match.start()):
            continue
        if group and match.start() - group[-1].end() > _MAX_GAP:
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _name_before(text: str, start: int, position: int) -> bool:
    first = max(start, position - 30)
    word = text[first:position].rsplit(None, 1)[-1:]
    return bool(word) and (bool(_CAPITAL.match(word[0])) or word[0].endswith((")", '"')))


def _dense(text: str, group: Sequence[re.Match[str]]) -> bool:
    """Whether most gaps between the entries hold no sentence of ordinary prose."""
    gaps = [text[a.end() : b.start()] for a, b in pairwise(group)]
    tight = sum(1 for gap in gaps if len(gap) < 90 and not _SENTENCE_WORDS.search(gap))
    return tight >= 0.5 * len(gaps) and tight >= 2


def _run(text: str, start: int, end: int, group: Sequence[re.Match[str]], names: NameTable) -> Run:
    entries: list[Entry] = []
    window = max(start, group[0].start() - 80)
    window = text.find(" ", window, group[0].start()) + 1 or window if window > start else start
    first = actor_start(text, window, group[0].start(), names, first=True)
    actors = people_before(text, window, first, group[0].start(), names)
    for number, match in enumerate(group):
        begin = match.end()
        if number + 1 == len(group):
            said_end, following = tail_end(text, begin, end), []
        else:
            said_end = actor_start(text, begin, group[number + 1].start(), names)
            following = people_before(text, begin, said_end, group[number + 1].start(), names)
        if following:
            said_end = following[0].start
        if actors:
            entries.extend(entries_of(text, actors, begin, said_end, names))
        actors = following
    bounds = [(e.start, e.end) for e in entries]
    return Run(
        min((b for b, _ in bounds), default=first), max((e for _, e in bounds), default=group[-1].end()), tuple(entries)
    )


def people_before(text: str, start: int, begin: int, end: int, names: NameTable) -> list[Actor]:
    """Return the actor named in `text[begin:end]`, with the one joined by "and" before if it is surely an actor."""
    name = clean(text[begin:end])
    if (
        not name
        or is_organisation(name)
        or lexicon.language(name)
        or not (has_person_shape(name) or " " not in name or " the " in name)
    ):
        return []
    found = [Actor(name, begin)]
    before = re.search(r"(?P<other>[^.;,()\"]{3,60}?) (?:and|&) $", text[max(start, begin - 64) : begin])
    if before is None:
        return found
    last = max(start, begin - 64) + before.end("other")
    other = actor_start(text, start, last, names, first=cut(text, start, last) > start)
    joined = clean(text[other:last])
    alone = cut(text, start, last) == other > start
    if " " in joined and (alone or joined in names.credited or surname(joined) == surname(name)):
        found.insert(0, Actor(joined, other))
    return found


def tail_end(text: str, position: int, end: int) -> int:
    """Return where the last entry of a run ends: at a note, a sentence's end, or where prose begins."""
    limit = min(end, position + _LONGEST_TAIL)
    if line := _REST_OF_LINE.match(text, position, limit):
        return line.end()
    stop, _ = head(text, position, limit)
    words = tokens(text, position, stop)
    kept: list[Token] = []
    if words and words[0].text in ("himself", "herself", "themselves"):
        return words[0].end
    for index, token in enumerate(words):
        lower = token.text[:1].islower() and kept and not _noted(words[index + 1 :], text, stop)
        if lower and token.text in _GOES_ON:
            break
        if lower and token.text not in _INSIDE and token.text.removesuffix("'s") not in ROLES:
            if kept[0].text[:1].islower():
                kept.append(token)
                continue
            kept = _whole(kept, sentence=True)
            break
        if token.text[:1] == '"' and len(kept) > 1:
            kept = _whole(kept, sentence=False)
            break
        kept.append(token)
    else:
        if stop < limit:
            note = _NOTE.match(text, stop)
            if note and len(kept) <= LONGEST_CHARACTER + 1:
                return note.end()
    size = sum(1 for token in kept if not token.initials and not titled(token.text))
    kept = kept if size <= LONGEST_CHARACTER or kept[0].text[:1].islower() else _whole(kept, sentence=False)
    while kept and kept[-1].text in _INSIDE | {"a", "an"}:
        kept.pop()
    return kept[min(len(kept), 8) - 1].end if kept else position


def _noted(rest: Sequence[Token], text: str, stop: int) -> bool:
    """Whether a word or two later a note ends the entry: "Man with Gun (uncredited)"."""
    return 0 < len(rest) <= 2 and rest[-1].capital and _NOTE.match(text, stop) is not None


def _whole(words: list[Token], *, sentence: bool) -> list[Token]:
    """Return the words that surely belong to a character where names or a sentence follow without a border."""
    if sentence and len(words) < 3 and not any(w.text in ("and", "&") for w in words):
        return words[:1] if len(words) == 2 and not titled(words[0].text) else words
    first = 2 if titled(words[0].text) or words[0].text == "The" else 1
    return words[:first]


def entries_of(text: str, actors: Sequence[Actor], start: int, end: int, names: NameTable) -> Iterator[Entry]:
    """Yield the entry of `actors` and entries of actors without a character that the text glued to it."""
    stop, described = head(text, start, end)
    body = text[start:end].rstrip(" \n-•*")
    said = text[start:stop].strip(" ,;:\n")
    unnamed = said[:1].islower() and all(" " not in actor.name for actor in actors)
    if _PROSE_HEAD.search(said) or len(said) > 90 or unnamed:
        return
    said, extra = glued(said, names)
    note = next((m["note"].lower() for m in [_NOTE.match(text, stop, end)] if m), "")
    last = cut(text, start, end)
    border = min(last if last > described else end, end)
    description = _NOTE.sub("", text[described:border]).strip(" ,.;\n")
    description = re.sub(r"[,;]? (?:and|&)$|^and$", "", description)
    if (tail := _NAMES_BEHIND.search(description)) and tail["word"] not in _LOWER_INSIDE:
        description = description[: tail.end("word")]
    finish = start + len(body)
    entry = Entry(
        "",
        character_of(said),
        actors[0].start,
        finish,
        voice="voice" in note and "dubbed" not in note and "voiced by" not in note,
        credited="uncredited" not in note,
        description=description[:200],
    )
    several = _SEVERAL.search(note) and re.split(r", (?:and )?| and | & ", entry.character)
    for actor in actors:
        for character in several or (entry.character,):
            yield replace(entry, actor=actor.name, character=character)
    for name in extra:
        at = text.find(name, start)
        yield Entry(name, "", at, at + len(name))
    for match in _AFTER_NOTE.finditer(body, stop - start) if ")" in body else ():
        name = match["name"]
        if name in names.full or has_person_shape(name):
            yield Entry(name, "", start + match.start("name"), start + match.end("name"))
