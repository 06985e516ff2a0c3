"""Casts and crews of a page about one film: the lists, tables and cards below headings that say what they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from reelgraph.loaders import castlist, headingwords, htmlflat, htmltables, vocabulary
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.entries import Place, is_uncredited
from reelgraph.loaders.htmltree import Element
from reelgraph.loaders.mapvalues import UnusableError, person_name
from reelgraph.loaders.prose.names import has_person_shape, is_person
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_LEVELS = {f"h{level}": level for level in range(1, 7)}
#: Elements whose parts are found one by one; others are rows if they have two parts.
_OUTER = frozenset({"table", "tbody", "thead", "tfoot", "ul", "ol", "dl"})
_LEADING = re.compile(r"(?:\s|[.…:–—|/-])*(?:as\b\s*:?|als\b|dans le rôle d\w+|como\b)?(?:\s|[.…:–—|/-])*", re.I)
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = f"{htmlflat.BULLET} \n"
_SENTENCE = re.compile(r"[.!?]$")
#: Characters of a name, a role or a value below a heading; rows of a cast; wrappers around a heading that are left.
_LONGEST, _FEWEST, _WRAPPERS = 90, 2, 3
#: The share of rows in which a part must be a name, or a job.
_MOST = 0.75

#: A row of a list in two parts, or one.
Row = tuple[Element, ...]


def write(root: Element, text: str, film: Ref, facts: Facts) -> None:
    """Write down the casts of a page, so far as it is clear who is who."""
    for rows in _under("cast", root, text):
        _cast(rows, text, film, facts)


def _under(kind: str, root: Element, text: str) -> Iterator[list[Row]]:
    """Yield the rows below each heading of a kind."""
    for heading, level, below in _blocks(root, text):
        if _headings(kind).fullmatch(heading):
            yield [row for element in _until(below, level) for row in _rows(element, text)]


def _until(elements: Iterable[Element], level: int) -> Iterator[Element]:
    """Yield elements up to the first one that is, or has, a heading of a level or above it."""
    return takewhile(lambda one: all(_LEVELS.get(inner.name, 7) > level for inner in one.all()), elements)


def headed(root: Element, text: str) -> Iterator[tuple[str, list[Element]]]:
    """Yield known headings of the parts of a page, such as `Regie`, with the names or words of the list below each."""
    for heading, _, below in _blocks(root, text):
        meaning = headingwords.meaning(heading)
        if meaning.group in ("jobs", "companies", "words", "lengths"):
            end = list(_until(below, 6))
            found = [one for element in end[:1] for row in _rows(element, text) for one in _values(row)]
            words = [_words(one, text) for one in found]
            if found and all(len(one) <= _LONGEST and not _SENTENCE.search(one) for one in words):
                yield heading, found


def _values(row: Row) -> Row:
    """Return the parts of a row that are values: all if they are links alike, else the first."""
    return row if all(one.name == "a" for one in row) else row[:1]


def crew(root: Element, text: str) -> Iterator[tuple[str, Element]]:
    """Yield the jobs and names of crews listed as a name and then its job; the other way round they are labels."""
    for rows in _under("crew", root, text):
        pairs = [row for row in rows if len(row) == 2]
        jobs = [_words(row[1], text) for row in pairs]
        if len(pairs) < _FEWEST or any(_is_job(_words(row[0], text)) for row in pairs):
            continue
        if 2 * sum(map(_is_job, jobs)) >= len(pairs):
            yield from ((job, row[0]) for row, job in zip(pairs, jobs, strict=True) if _is_job(job))


@cache
def _headings(kind: str) -> re.Pattern[str]:
    words = str(vocabulary.table("htmllists")["headings"][kind]).strip().split("\n")
    return re.compile("|".join(words), re.I)


def _blocks(root: Element, text: str) -> Iterator[tuple[str, int, Iterator[Element]]]:
    """Yield the headings of a page, captions of tables too, with their levels and the elements after each."""
    for element in root.all():
        if element.name == "caption" and element.parent is not None:
            yield htmltables.short(text, element).rstrip(" :"), 1, iter([element.parent])
        elif element.name in _LEVELS:
            words, outer = htmltables.short(text, element), element
            if not words:
                continue
            for _ in range(_WRAPPERS):
                around = outer.parent
                if around is not None and around.parent is not None and htmltables.short(text, around) == words:
                    outer = around
            siblings = outer.parent.children if outer.parent else []
            yield words.rstrip(" :"), _LEVELS[element.name], iter(siblings[outer.place + 1 :])


def _words(element: Element, text: str) -> str:
    return " ".join(htmltables.flat(text, element).text.strip(" \n•").split())


def _rows(element: Element, text: str) -> Iterator[Row]:
    """Yield the parts of each row of a list, a table, or what looks like one."""
    if element.name in ("script", "style", "caption"):
        return
    lines = _lines(element, text)
    if lines:
        for line in lines:
            yield from _rows(line, text)
        return
    if element.name == "tr":
        cells = [cell for cell in element.children if cell.name in ("td", "th") and _says(cell, text)]
        if any(cell.name == "td" for cell in cells):
            yield tuple(cells)
        return
    parts = () if element.name in _OUTER else _parts(element, text)
    if len(parts) > 1 and all(len(_parts(one, text)) > 1 for one in parts):
        parts = ()  # these are rows themselves
    if element.name in ("", "li", "p") or 0 < len(parts) <= 2:
        if parts:
            yield parts
        return
    for child in element.children:
        yield from _rows(child, text)


def _lines(element: Element, text: str) -> list[Element]:
    """Return the lines that breaks make in an element, each as a part of it; none if there are no breaks."""
    breaks = [one for one in element.children if one.name == "br"]
    if not breaks or element.name == "tr":
        return []
    starts, ends = [element.inner, *(one.end for one in breaks)], [*(one.start for one in breaks), element.end]
    lines = []
    for start, end in zip(starts, ends, strict=True):
        inside = [one for one in element.children if start <= one.start < end]
        lines.append(Element("", "", start, start, end, element, inside))
    return [line for line in lines if _says(line, text)]


def _parts(element: Element, text: str) -> Row:
    """Return the parts of an element that have letters: elements, and the words between them."""
    found, at = [], element.inner
    for child in element.children:
        found += [Element("", "", at, at, child.start, element), child]
        at = text.find(">", child.end) + 1 if text.startswith("</", child.end) else child.end
    found.append(Element("", "", at, at, element.end, element))
    parts = tuple(one for one in found if one.end > one.inner and _says(one, text))
    return _parts(parts[0], text) if len(parts) == 1 and parts[0].children else parts


def _says(element: Element, text: str) -> bool:
    return bool(_LETTER.search(_words(element, text)))


def _cast(rows: Sequence[Row], text: str, film: Ref, facts: Facts) -> None:
    """Write down performers and their characters, if one of the two sides of the rows has names."""
    pairs = [row for row in rows if len(row) == 2]
    if len(pairs) >= _FEWEST:
        names = [sum(map(has_person_shape, (_words(row[side], text) for row in pairs))) for side in (0, 1)]
        side = 0 if names[0] >= _MOST * len(pairs) else 1
        if names[side] < _MOST * len(pairs):
            return
        for pair in pairs:
            _performer(pair[side], pair[1 - side], text, film, facts)
    alone = [_entry(row[0], text) for row in rows if len(row) == 1]
    if 2 * sum(1 for line in alone if castlist.has_roles(line.text) or is_person(line.text.strip(_MARKS))) >= len(
        alone
    ):
        for row, line in zip((row for row in rows if len(row) == 1), alone, strict=True):
            castlist.write(line, film, facts, Place(row[0].path, lambda span: span))


def _entry(element: Element, text: str) -> TextMap:
    """Return the words of a row as an entry of a list."""
    words, entry = htmltables.flat(text, element), TextMap()
    entry.add(f"{htmlflat.BULLET} ")
    start = len(words.text) - len(words.text.lstrip(_MARKS))
    line = words.part(start, len(words.text.rstrip()))
    entry.extend(line, line.text.replace("\n", " "))
    return entry


def _performer(actor: Element, role: Element, text: str, film: Ref, facts: Facts) -> None:
    name, words = _words(actor, text), _LEADING.sub("", _words(role, text), count=1)
    character = _NOTE.sub("", words).strip(' "“”')
    cell = _cell(actor, text)
    if cell is None or len(name) > _LONGEST or len(words) > _LONGEST:
        return
    facts.add(
        "cast", film, cell, person=Ref("person", _NOTE.sub("", name)), character=character or None,
        voice=castlist.is_voice(words) or None, credited=False if is_uncredited(words) else None,
    )  # fmt: skip


def _is_job(words: str) -> bool:
    return headingwords.meaning(words).group == "jobs"


def _cell(element: Element, text: str) -> Cell | None:
    """Return the name in an element with its place, None if it is none."""
    cell = next(htmltables.lines(text, element), None)
    try:
        return cell.part(person_name(cell.text)) if cell else None
    except UnusableError:
        return None
