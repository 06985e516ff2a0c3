"""Cast lists without separators: `Ann Lee as Rose Bo Ray as Tom, her brother Cy Poe as Waiter (voice)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reelgraph.loaders.prose.names import NAME, NameTable, UPPER, clean, has_person_shape, is_organisation, is_person

_AS = re.compile(rf"(?<=[\w.)\"'\]]) as (?=[\"'({UPPER}a-z#])")
_NOTE = re.compile(r"\s*[(\[](?P<note>[^()\[\]]{1,60})[)\]]")
_BOUNDARY = re.compile(r"[.;!?][\"')]?\s+|\)\s+|\]\s+")
_TOKEN = re.compile(r"\S+")
_HEADING = re.compile(
    r"^(?:(?:Main|Supporting|Voice|Principal|Additional|Other|Starring|Featuring)?\s*(?:[Cc]ast|[Cc]redits|[Cc]haracters|[Rr]oles?)(?: and [Cc]haracters| list)?:?\s+)+(?=[A-Z])"
)
_SENTENCE_WORDS = re.compile(
    r"\b(?:was|were|had|has|is|said|that|which|film|would|could|described|served|known|cast|released|such|well|same|regarded|role)\b"
)
_MAX_GAP, _MIN_ENTRIES = 260, 3


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


def _groups(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Yield runs of ` as ` that stand close together with a name before each."""
    group: list[re.Match[str]] = []
    for match in _AS.finditer(text, start, end):
        if not _name_before(text, start, match.start()):
            continue
        if group and (match.start() - group[-1].end() > _MAX_GAP):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _name_before(text: str, start: int, position: int) -> bool:
    word = re.search(r"(\S+)$", text[max(start, position - 30) : position])
    return bool(word and (word[1].lstrip("\"'(")[:1].isupper() or word[1].endswith((")", '"'))))


def _dense(text: str, group: Sequence[re.Match[str]]) -> bool:
    """Whether most gaps between the entries hold no sentence of ordinary prose."""
    gaps = [text[a.end() : b.start()] for a, b in zip(group, group[1:], strict=False)]
    tight = sum(1 for gap in gaps if len(gap) < 90 and not _SENTENCE_WORDS.search(gap))
    return tight >= 0.5 * len(gaps) and tight >= 2


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


def _run(text: str, start: int, end: int, group: Sequence[re.Match[str]], names: NameTable) -> Run:
    entries: list[Entry] = []
    actor, actor_start = _first_actor(text, start, group[0].start(), names)
    begin = actor_start
    for number, match in enumerate(group):
        last = number + 1 == len(group)
        limit = _tail_end(text, match.end(), end) if last else group[number + 1].start()
        gap = text[match.end() : limit]
        split = len(gap) if last else _split(gap, names)
        said = gap[:split]
        if actor:
            entries.extend(_entries(actor, actor_start, said, match.end(), names))
        following = gap[split:].strip()
        actor = clean(following)
        actor_start = match.end() + split + (len(gap[split:]) - len(gap[split:].lstrip()))
        if not (actor and (has_person_shape(actor) or " " not in actor)) or is_organisation(actor):
            actor = ""
    finish = max((e.end for e in entries), default=group[-1].end())
    return Run(begin, finish, tuple(entries))


def _first_actor(text: str, start: int, position: int, names: NameTable) -> tuple[str, int]:
    window = max(start, position - 60)
    before = text[window:position]
    cut = 0
    for boundary in _BOUNDARY.finditer(before):
        if not re.search(rf"(?:^|\s)[{UPPER}]\.\s+$|\b(?:Jr|Sr|Dr|St|Mr|Mrs|Ms)\.\s+$", before[: boundary.end()]):
            cut = boundary.end()
    tail = before[cut:]
    if heading := _HEADING.match(tail):
        cut += heading.end()
        tail = before[cut:]
    if len(tail.split()) > 3 or not (has_person_shape(tail.strip()) or re.fullmatch(NAME, tail.strip())):
        cut += _actor_start(tail, names, at_least=0)
    return clean(before[cut:]), window + cut


def _tail_end(text: str, position: int, end: int) -> int:
    """Return where the last entry of a run ends: at a note, a sentence's end, or where prose begins."""
    window = text[position : min(end, position + 120)]
    note = re.match(r"[^.(]{1,60}\([^()]{1,40}\)", window)
    if note:
        return position + note.end()
    match = re.match(
        rf"(?:(?:the |an? |\"|')?[{UPPER}][\w'.-]*[\"']?|of|the|and|de|&|#\d+)(?:\s+(?:[\"'(]?[{UPPER}](?:\w|['.-](?=\w))*[\"')]?\.?(?=\s)|of|the|and|de|&|#\d+)(?![\w])){{0,4}}",
        window,
    )
    if match is None:
        return position + len(re.match(r"[^.,]*", window)[0])  # type: ignore[index]
    words = match[0].split(" ")
    # the first capitalised words of the sentence that follows look like part of the name: keep at most three words
    while len(words) > 1 and words[-1].lower() in (
        "the",
        "of",
        "and",
        "de",
        "&",
        "in",
        "a",
        "principal",
        "filming",
        "production",
        "this",
        "it",
        "he",
        "she",
        "according",
    ):
        words.pop()
    return position + len(" ".join(words[:3]))


def _split(gap: str, names: NameTable) -> int:
    """Return where in `gap` (character, then next actor) the actor begins."""
    cuts = [
        m.end()
        for m in _BOUNDARY.finditer(gap)
        if not re.search(
            rf"(?:^|[\s\"'])(?:[{UPPER}]|Jr|Sr|Dr|Mr|Mrs|Ms|St|Lt|Ltc|Sgt|Col|Gen|Capt|Maj|Prof|Rev|Det|Insp|Fr)\.\s+$",
            gap[: m.end()],
        )
    ]
    base = 0
    for cut in cuts:
        rest = gap[cut:].strip()
        if rest and re.fullmatch(NAME, rest) and len(rest.split()) <= 4:
            return cut
        base = cut
    if base and len(gap[base:].split()) >= 1:
        return base + _actor_start(gap[base:], names, at_least=0)
    return _actor_start(gap, names, at_least=1)


def _actor_start(text: str, names: NameTable, *, at_least: int) -> int:
    """Return the offset of the actor's name that ends `text`: the best split by known names, given names, length."""
    tokens = list(_TOKEN.finditer(text))
    best, chosen = -99.0, len(text)
    for size in range(1, min(5, len(tokens) - at_least) + 1):
        first = tokens[-size]
        name = clean(text[first.start() :])
        if not re.fullmatch(NAME, name) or text[first.start() :].strip() != name:
            continue
        before = tokens[-size - 1][0] if len(tokens) > size else ""
        score = {1: -1.5, 2: 1.0, 3: 0.2, 4: -0.8, 5: -2.0}[size]
        score += 5.0 if name in names.full else 0.0
        score += 2.0 if size > 1 and is_person(name) else 0.0
        score += 2.5 if before.endswith((".", ")", ",", '"')) and len(before) > 2 else 0.0
        score -= 2.0 if before[:1].islower() and before not in ("van", "de") and size == 1 else 0.0
        score -= (
            2.5
            if before in ("The", "the", "a", "an", "of", "Mr.", "Mrs.", "Dr.", "Sgt.", "his", "her", "and", "&")
            else 0.0
        )
        score -= 3.0 if re.search(r"(?:'s)\s", name + " ") else 0.0
        if score > best:
            best, chosen = score, first.start()
    return chosen


def _entries(actor: str, actor_start: int, said: str, offset: int, names: NameTable) -> Iterator[Entry]:
    """Yield the entry of `actor` and entries of actors without a character that the text glued to it."""
    body = said.rstrip()
    notes = " ".join(m["note"].lower() for m in _NOTE.finditer(body))
    character = _NOTE.sub("", body)
    head, comma, description = character.partition(",")
    if not comma:
        head = re.split(r"(?<=[a-z])\.\s|;|\s[–—-]\s|: ", head)[0]
    head, extra = _glued(head.strip(), names)
    head = head.strip(" ,.;")
    if re.search(r"\b(?:himself|herself|themselves|themself)\b", head, re.IGNORECASE):
        head = head
    end = offset + len(body)
    if head and len(head) <= 90:
        yield Entry(
            actor, head.strip('"') if head.count('"') == 2 and head.startswith('"') and head.endswith('"') else head, actor_start, end,
            voice="voice" in notes, credited="uncredited" not in notes, description=description.strip(" ,.")[:200],
        )  # fmt: skip
    for name in extra:
        at = said.find(name)
        yield Entry(name, "", offset + at, offset + at + len(name), voice=None, credited=None)


def _glued(head: str, names: NameTable) -> tuple[str, list[str]]:
    """Cut known actors off the end of a character ("Gunu Babu Tillotama Shome")."""
    extra: list[str] = []
    for name in names.full:
        at = head.find(" " + name)
        if at > 0 and head.endswith(name):
            extra.append(name)
            head = head[:at]
    return head, extra
