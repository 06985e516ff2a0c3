"""Wikitext as the words a reader sees, each with its place in the wikitext."""

import re
from functools import cache

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.wikicode import Wikicode

from reelgraph.loaders import vocabulary
from reelgraph.loaders.textmap import TextMap
from reelgraph.ontology import concepts

_NAMESPACE = re.compile(r":?\s*(?:File|Image|Fichier|Datei|Bild|Category|Catégorie|Kategorie|Media)\s*:", re.I)
_QUOTES = re.compile(r"'{2,5}")
#: A country's code as the name of a template, as flags are called.
_CODE = re.compile(r"\s*[A-Z]{3}\s*")
#: What a list entry begins with, once for each level.
BULLET = "•"


@cache
def _group(section: str, key: str) -> frozenset[str]:
    return frozenset(word.strip() for word in vocabulary.table("wikitext")[section][key].split("|"))


def template_name(template: Template) -> str:
    """Return a template's name as tables of names have it: lower case, single blanks, no comment."""
    return " ".join(re.sub(r"<!--.*?-->", "", str(template.name)).replace("_", " ").split()).lower()


def parse(wikitext: str) -> Wikicode:
    """Return the nodes of a wikitext; italics and bold stay text, for an unclosed one would swallow what follows."""
    return mwparserfromhell.parse(wikitext, skip_style_tags=True)


def flatten(code: Wikicode, at: int = 0) -> TextMap:
    """Return the visible words of wikitext that begins at `at`; list entries and table cells are lines."""
    out = TextMap()
    _code(code, at, out)
    return out


def _code(code: Wikicode, at: int, out: TextMap) -> None:
    for node in code.nodes:
        append(node, at, out)
        at += len(str(node))


def append(node: Node, at: int, out: TextMap) -> None:
    """Append the visible words of one node that stands at `at`."""
    match node:
        case Text():
            _text(node, at, out)
        case Wikilink():
            _link(node, at, out)
        case Template():
            _template(node, at, out)
        case Tag():
            _tag(node, at, out)
        case HTMLEntity():
            out.add(node.normalize(), at, len(str(node)))
        case ExternalLink():
            _external(node, at, out)
        case Heading():
            _heading(node, at, out)


def _text(node: Text, at: int, out: TextMap) -> None:
    text, here = str(node), 0
    for match in _QUOTES.finditer(text):
        out.add(text[here : match.start()], at + here)
        here = match.end()
    out.add(text[here:], at + here)


def _link(node: Wikilink, at: int, out: TextMap) -> None:
    if _NAMESPACE.match(str(node.title)):
        return
    start = len(out)
    if node.text is None:
        out.add(str(node.title).lstrip(":"), at + 2 + (str(node.title)[:1] == ":"))
    else:
        inner = flatten(node.text, at + 3 + len(str(node.title)))
        # A link is one line, whatever breaks it; a vertical tab keeps the border that it may be between two names.
        out.extend(inner, inner.text.replace("\n", "\v"))
    out.links.append((start, len(out)))


def _external(node: ExternalLink, at: int, out: TextMap) -> None:
    if node.title is not None and node.brackets:
        _code(node.title, at + len(str(node)) - len(str(node.title)) - 1, out)


def _heading(node: Heading, at: int, out: TextMap) -> None:
    out.add("\n")
    _code(node.title, at + node.level, out)
    out.add("\n")


def _tag(node: Tag, at: int, out: TextMap) -> None:
    name = str(node.tag).strip().lower()
    if name in _group("tags", "dropped"):
        return
    block = name in _group("tags", "blocks")
    if name == "li" and node.wiki_markup:
        out.add(BULLET if out.last.endswith(BULLET) else f"\n{BULLET}")
    elif block:
        out.add("\n")
    if node.contents is not None:
        _code(node.contents, at + inside(node), out)
    if name in ("td", "th") or (block and not node.wiki_markup):
        out.add("\n")


def inside(tag: Tag) -> int:
    """Return how far from the beginning of a tag its contents stand."""
    if tag.wiki_markup:
        closing = len(str(tag.closing_wiki_markup or ""))
    else:
        closing = 0 if tag.self_closing else len(f"</{tag.closing_tag}>")
    return max(len(str(tag)) - closing - len(str(tag.contents)), 0)


def arguments(template: Template, at: int) -> list[tuple[str, Wikicode, int]]:
    """Return name, value and place of every argument of a template that begins at `at`."""
    found = []
    here = at + 2 + len(str(template.name))
    for parameter in template.params:
        whole = str(parameter)
        found.append((str(parameter.name).strip(), parameter.value, here + 1 + len(whole) - len(str(parameter.value))))
        here += 1 + len(whole)
    return found


def _template(node: Template, at: int, out: TextMap) -> None:
    name = template_name(node)
    positional = [(value, place) for key, value, place in arguments(node, at) if key.isdigit()]
    named = {key: (value, place) for key, value, place in arguments(node, at)}
    if name in _group("templates", "lists"):
        for value, place in positional or [named[key] for key in ("content", "list") if key in named]:
            out.add("\n")
            _code(value, place, out)
        out.add("\n")
    elif name in _group("templates", "cast") and len(positional) > 1:
        out.add(f"\n{BULLET} ")
        _chosen(positional[:1], out)
        out.add(" – ")
        _chosen(positional[1:2], out)
        out.add("\n")
    elif name in vocabulary.table("wikitext")["currencies"]:
        out.add(vocabulary.table("wikitext")["currencies"][name])
        _chosen(positional[:1], out)
    elif name in _group("templates", "hours") and len(positional) > 1:
        _chosen(positional[:1], out)
        out.add(" h ")
        _chosen(positional[1:2], out)
    elif name in _group("dates", "templates"):
        _date(positional, out)
    elif not positional and (len(name) > 3 or _CODE.fullmatch(str(node.name))) and name in concepts("territories"):
        out.add("\n")  # a country as its flag and name, or as its flag before its name
        out.add(str(node.name).strip(), at + 2, len(str(node.name)))
        out.add("\n")
    else:
        _chosen(_read(name, positional), out)


def _read(name: str, positional: list[tuple[Wikicode, int]]) -> list[tuple[Wikicode, int]]:
    """Return the arguments that are read of a template by this name."""
    if name in _group("templates", "first"):
        return positional[:1]
    if name in _group("templates", "second"):
        return positional[1:2]
    if name in _group("templates", "last"):
        return positional[-1:]
    if name in _group("templates", "joined"):
        return positional[:2]
    return []


def _chosen(values: list[tuple[Wikicode, int]], out: TextMap) -> None:
    for number, (value, place) in enumerate(values):
        if number:
            out.add(" ")
        _code(value, place, out)


def _date(positional: list[tuple[Wikicode, int]], out: TextMap) -> None:
    """Write the dates of a date template as `1975-12-18 (place)`, one a line; a month's name stays as it is."""
    values = [(" ".join(flatten(value).text.split()), place, len(str(value))) for value, place in positional]
    parts: list[str] = []
    begin = end = 0
    for words, place, length in values:
        if re.fullmatch(r"\d{4}", words) and parts and not _is_day(parts):
            _write_date(parts, begin, end, out)
            parts = []
        if not parts:
            begin = place
        if words:
            end = place + length
        parts.append(words)
        if len(parts) == 4 and not re.fullmatch(r"\d{4}", words):
            _write_date(parts, begin, end, out)
            parts = []
    if parts:
        _write_date(parts, begin, end, out)


def _is_day(parts: list[str]) -> bool:
    """Whether day and month came first, so that the year is still to come (as French and German templates have it)."""
    return not re.fullmatch(r"\d{4}", parts[0]) and len(parts) < 3


def _write_date(parts: list[str], begin: int, end: int, out: TextMap) -> None:
    if re.fullmatch(r"\d{4}", parts[0]):
        numbers = [part for part in parts[1:3] if part.isdigit()]
        words = "-".join([parts[0], *(f"{int(number):02}" for number in numbers)])
        if len(parts) > 1 and parts[1] and not parts[1].isdigit():
            words = " ".join(part for part in (parts[2] if len(parts) > 2 else "", parts[1], parts[0]) if part)
    elif len(parts) > 2 and all(re.fullmatch(r"\d{1,4}", part) for part in parts[:3]):
        words = f"{parts[2]}-{int(parts[1]):02}-{int(parts[0]):02}"
    else:
        words = " ".join(part for part in parts[:3] if part)
    place = f" ({parts[3]})" if len(parts) > 3 and parts[3] else ""
    out.add("\n")
    out.add(words + place, begin, max(end - begin, 1))
    out.add("\n")
