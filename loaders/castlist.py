"""Cast lists: lines such as `Orson Welles as Harry Lime`, and tables with columns for actors and roles."""

import re
from collections.abc import Iterator

from mwparserfromhell.nodes import Tag
from mwparserfromhell.wikicode import Wikicode

from reelgraph.loaders import wikiflat
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place, is_uncredited
from reelgraph.loaders.entries import people as names_in
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_PARTING = re.compile(
    r"\s+(?:also\s+)?as\s*:"
    r"|\s+(?:also\s+)?(?:(?:appears?|cameos?|features?|returns?|stars?|credited)(?: \w+)? )?as\b(?!\s+well)"
    r"|\s+(?:also\s+)?(?:plays|portrays|voices|provides? the voices? of|dans les? rôles? (?:de|du|d')|in der Rolle)\s+"
    r"|\s+(?:como|als|som|jako|nei panni d(?:i|el|ella)|en el papel de|interpreta an?|в роли)\s+"
    r"|\s+(?:–|—|-{1,2}|\.{2,}|…)\s+|\s*\.{3,}\s*"
)
_MARKS = f" \t*{wikiflat.BULLET}"
_COLON = re.compile(r"\s*:\s+|\s*：\s*")
#: Chinese and Japanese lists write `role：actor`.
_WIDE_COLON = re.compile(r"\s*：\s*")
_PAIR = re.compile(r"(?:,|,?\s+and)\s+(?=[^\W\d_a-z][^,;.]{2,40}?\s+as\s+[^\W\d_a-z])")
_PLAYED_BY = re.compile(
    r"\s*,?\s*\(?\b(?:is |was )?(?:voiced|played|portrayed|performed|gespielt|interprété)\s+(?:by|von|par)\s+", re.I
)
_SAYS = re.compile(
    r"\s+(?:(?:also\s+)?(?:appears?|cameos?)(?:\s+uncredited)?\s+as|plays|portrays|voices)\s+|\s+as\s+(?=[^\W\d_a-z])"
)
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Sr", "Lt", "Rev", "Asst", "Capt", "Sgt", "Col", "Gen", "Prof", "[A-Z]")
_TITLED = "".join(rf"(?<!\b{word})" for word in _TITLES)
_SENTENCE = re.compile(rf":\s|;|{_TITLED}\.\s+\S")
_ROLE_ENDS = re.compile(rf"[,;\n(\[]|:\s|{_TITLED}\.\s|\.$|\s[–—]\s|\s-\s|\s+(?:who|whose|which|where|based on)\b")
_NOTE = re.compile(r"\(([^()]*)\)")
_VOICE = re.compile(r"\b(?:voices?|voz|voces|voix|stimme|voce|röst|stem|głos|голос)\b|声", re.I)
_ACTOR = re.compile(r"(?:[^\W\d_a-z]|d'|de |von |van |la )[\w'’.\-\"“”]*(?:,? [\w'’.\-\"“”&]+){0,5}")
_IN_BRACKETS = re.compile(r"\((?!uncredited|voice|as )([^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3})\)")
_PROSE = re.compile(r"\b(?:is|are|was|were|has|had|who|which|film|movie|the cast|plays|played|role|roles)\b|\d{3}")
_ACTORS = re.compile(
    r"actor|actress|\bcast\b|performer|voice|played by|portrayed|artist|darsteller|schauspieler|interprète|acteur"
    r"|actrice|actriz|voix|attore|interpreti|intérprete|\bator\b|atriz|aktor|skådespelare|skuespiller|актёр|актер|俳優",
    re.I,
)
_ROLES = re.compile(
    r"role|rôle|character|rolle|personn?age|personaje|personaggi|figur|\bpart\b|\brol\b|\broll\b|papel|ruolo|postać|\brola\b"
    r"|роль|персонаж|役名|配役",
    re.I,
)


def is_voice(words: str) -> bool:
    """Whether a note or heading says that somebody is only heard."""
    return _VOICE.search(words) is not None


def has_roles(text: str) -> bool:
    """Whether lines of a cell say who plays whom."""
    lines = [line for line in text.splitlines() if _depth(line)]
    return any(_PARTING.search(line) or _COLON.search(line) for line in lines)


def write(text: TextMap, subject: Ref, facts: Facts, place: Place, *, voice: bool = False, colon: bool = True) -> None:
    """Write down the cast of a list, its entries and sentences; with `colon` its entries may be `actor: role`."""
    lines = list(re.finditer(r"[^\n]+", text.text))
    found = [(match, _depth(match[0])) for match in lines]
    for number, (match, depth) in enumerate(found):
        heads = number + 1 < len(found) and found[number + 1][1] > depth > 0 and not _PARTING.search(match[0])
        if not depth:
            _sentences(text.part(match.start(), match.end()), subject, facts, place)
        elif not heads:
            entry = text.part(match.end() - len(match[0].lstrip(_MARKS)), match.end())
            for part in _pairs(entry):
                _entry(part, subject, facts, place, voice=voice, nested=depth > 1, colon=colon)


def _depth(line: str) -> int:
    """Return how deep a list entry is; the first of a cell may have kept its asterisk."""
    marks = line[: len(line) - len(line.lstrip(_MARKS))]
    return marks.count(wikiflat.BULLET) + marks.count("*")


def _pairs(entry: TextMap) -> Iterator[TextMap]:
    """Yield the parts of an entry such as `A as X and B as Y`, most entries whole."""
    start = 0
    for match in _PAIR.finditer(entry.text):
        if _PARTING.search(entry.text, start, match.start()):
            yield entry.part(start, match.start())
            start = match.end()
    yield entry.part(start, len(entry))


def _entry(line: TextMap, subject: Ref, facts: Facts, place: Place, *, voice: bool, nested: bool, colon: bool) -> None:
    """Write down one entry: names before `as`, a dash or a colon, or after `played by`."""
    played, parted = _PLAYED_BY.search(line.text), _PARTING.search(line.text)
    bracketed = next(((low, high) for low, high in line.links if line.text[low - 1 : low] == "("), None)
    role: str | None = None
    if bracketed and bracketed == line.links[0] and bracketed[0] < 50:
        role, names = line.text[: bracketed[0] - 1], line.part(*bracketed)
    elif played and not (parted and parted.start() < played.start()):
        role, names = line.text[: played.start()], line.part(played.end(), len(line))
        names = names.part(0, len(_before(names.text)))
    elif parted:
        role, names = line.text[parted.end() :], line.part(0, parted.start())
    elif (wide := _WIDE_COLON.search(line.text)) and line.links and line.links[0][0] >= wide.end():
        role, names = line.text[: wide.start()], line.part(*line.links[0])
    else:
        before = _before_colon(line, colon=colon)
        if nested or before is None or _PROSE.search(before.text):
            return
        role, names = line.text[len(before) :].lstrip(" :：") or None, before
        inside = _IN_BRACKETS.search(before.text)
        if inside and not before.links:
            role, names = before.text[: inside.start()], before.part(*inside.span(1))
        elif not before.links and " " not in before.text.strip():
            return
    if len(names) > 90 or _SENTENCE.search(names.text):
        return
    notes = " ".join(_NOTE.findall(line.text)).lower()
    _write_names(
        _only_link(names), role, subject, facts, place, voice=voice or is_voice(notes),
        uncredited=is_uncredited(line.text),
    )  # fmt: skip


def _write_names(
    names: TextMap, role: str | None, subject: Ref, facts: Facts, place: Place, *, voice: bool, uncredited: bool
) -> None:
    named = _role(role) if role else None
    described = named if named and re.match(r"(?:an?|one of|several)\s", named) else None
    for entry in names_in(names, place):
        if _ACTOR.fullmatch(entry.text) and not _PROSE.search(entry.text) and len(entry.text) < 60:
            facts.add(
                "cast", subject, entry.cell, person=Ref("person", _in_full(entry.text, facts)),
                character=None if described else named, description=described, voice=voice or None,
                credited=False if uncredited else None,
            )  # fmt: skip


def _in_full(name: str, facts: Facts) -> str:
    """Return the full name for a surname, if just one person of the cast so far bears it."""
    if " " in name:
        return name
    cast = (fact.fields.get("person") for fact in facts if fact.kind == "cast")
    full = {one.name for one in cast if isinstance(one, Ref) and one.name.endswith(f" {name}")}
    return full.pop() if len(full) == 1 else name


def _before_colon(line: TextMap, *, colon: bool) -> TextMap | None:
    """Return the names before a colon, the whole line if it has none.

    English articles write `Role: Actor` as often as `Actor: Role`; there only a link tells who is who.
    """
    match = _COLON.search(line.text)
    if match is None:
        return line
    linked = any(high <= match.start() for _, high in line.links)
    return line.part(0, match.start()) if colon or linked else None


def _only_link(names: TextMap) -> TextMap:
    """Return the link of a name that other words stand before, as in `veteran actor [[June Foray]]`."""
    if len(names.links) == 1 and re.search(r"\b(?!and\b)[a-z]{3,}\b", names.text[: names.links[0][0]]):
        return names.part(*names.links[0])
    return names


def _sentences(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    """Write down what sentences say about linked people, such as `[[Cheech Marin]] plays a dock supervisor`."""
    for low, high in text.links:
        match = _SAYS.match(text.text, high)
        if match:
            _write_names(
                text.part(low, high), text.text[match.end() :], subject, facts, place, voice="voice" in match[0],
                uncredited=is_uncredited(match[0]),
            )  # fmt: skip


def _before(words: str) -> str:
    """Return the names that a sentence after `played by` begins with."""
    return re.split(rf"[,;()](?:\s|$)|{_TITLED}\.(?:\s|$)|\s+(?:in|as|who|is|was)\s", words, maxsplit=1)[0]


def _role(words: str) -> str | None:
    """Return the name of a role without the description after it."""
    words = re.sub(r"^[\s:•–—\-]+|^\((?:voice|uncredited)[^)]*\)", "", words).strip()
    role = _ROLE_ENDS.split(words, maxsplit=1)[0].strip(" \"“”'’,.;:/")
    role = " ".join(role.split())
    return role if 0 < len(role) <= 70 and re.search(r"\w", role) else None


def tables(code: Wikicode, at: int) -> Iterator[tuple[Tag, int]]:
    """Yield the tables of wikitext with their places."""
    for node in code.nodes:
        if isinstance(node, Tag) and node.contents is not None:
            if str(node.tag).strip().lower() == "table":
                yield node, at
            elif str(node.tag).strip().lower() in ("div", "center"):
                yield from tables(node.contents, at + wikiflat.inside(node))
        at += len(str(node))


def write_table(table: Tag, at: int, subject: Ref, facts: Facts, place: Place, *, voice: bool) -> None:
    """Write down the cast of a table with columns for actors; without such headings it is no cast table."""
    rows = grid(table, at)
    heads = [text.text for text in rows[0]] if rows else []
    actors = [n for n, head in enumerate(heads) if _ACTORS.search(head) and not _ROLES.search(head.split("\n")[0])]
    roles = [n for n, head in enumerate(heads) if n not in actors and _ROLES.search(head)]
    if not actors and roles:
        actors = [n for n, head in enumerate(heads) if head.strip().lower() in ("name", "nom")]
    for row in rows[1:]:
        role = _role(row[roles[0]].text.replace("\n", " ")) if roles and roles[0] < len(row) else None
        for column in actors:
            if column < len(row):
                _cell(row[column], role, subject, facts, place, voice=voice or is_voice(heads[column]))


def _cell(text: TextMap, role: str | None, subject: Ref, facts: Facts, place: Place, *, voice: bool) -> None:
    for match in re.finditer(r"[^\n]+", text.text):
        line = text.part(*match.span())
        parted = _PARTING.search(line.text)
        names = line.part(0, parted.start()) if parted else line
        own = _role(line.text[parted.end() :]) if parted else None
        _write_names(names, own or role, subject, facts, place, voice=voice, uncredited=is_uncredited(line.text))


def grid(table: Tag, at: int) -> list[list[TextMap]]:
    """Return the cells of a table by row and column, those that span rows or columns repeated."""
    rows: list[list[TextMap]] = []
    waiting: dict[int, tuple[int, TextMap]] = {}
    for cells in _rows(table, at):
        row: list[TextMap] = []
        for text, down, across in cells:
            _fill(row, waiting)
            for _ in range(min(across, 20)):
                if down > 1:
                    waiting[len(row)] = (down - 1, text)
                row.append(text)
        _fill(row, waiting)
        if row:
            rows.append(row)
    # The title of a table, `|+ Title`, is parsed as its first cell.
    return [rows[0][1:], *rows[1:]] if rows and rows[0][0].text.startswith("+") else rows


def _fill(row: list[TextMap], waiting: dict[int, tuple[int, TextMap]]) -> None:
    while len(row) in waiting:
        left, text = waiting.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, text)
        row.append(text)
        if left > 1:
            return


def _rows(table: Tag, at: int) -> Iterator[list[tuple[TextMap, int, int]]]:
    """Yield the cells of each row with how many rows and columns they span."""
    loose: list[tuple[TextMap, int, int]] = []
    here = at + wikiflat.inside(table)
    for node in table.contents.nodes:
        if isinstance(node, Tag):
            kind = str(node.tag).strip().lower()
            if kind in ("td", "th"):
                loose.append(_span(node, here))
            elif kind == "tr" and node.contents is not None:
                if loose:
                    yield loose
                    loose = []
                yield _row(node, here)
        here += len(str(node))
    if loose:
        yield loose


def _row(row: Tag, at: int) -> list[tuple[TextMap, int, int]]:
    cells, here = [], at + wikiflat.inside(row)
    for node in row.contents.nodes:
        if isinstance(node, Tag) and str(node.tag).strip().lower() in ("td", "th"):
            cells.append(_span(node, here))
        here += len(str(node))
    return cells


def _span(cell: Tag, at: int) -> tuple[TextMap, int, int]:
    spans = {"rowspan": 1, "colspan": 1}
    for attribute in cell.attributes:
        name, digits = str(attribute.name).strip().lower(), re.sub(r"\D", "", str(attribute.value or ""))
        if name in spans and digits:
            spans[name] = max(int(digits[:4]), 1)
    return wikiflat.flatten(cell.contents, at + wikiflat.inside(cell)), spans["rowspan"], spans["colspan"]
