"""Reference lists with films in them: RIS, EndNote, BibTeX and BibLaTeX, CSL-JSON; other references are counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reelgraph.loaders import bibtex, catalogue, identifiers, jsondocument, xmltext
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import minutes, year_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref, Span
from reelgraph.ontology import concepts

NAME = "references"
DESCRIPTION = "reference lists (RIS, EndNote, BibTeX, CSL-JSON), of which only the films are read"
PRIORITY = 14

_RIS = re.compile(r"^TY {2}- ?(?P<kind>\w+)", re.MULTILINE)
_TAGGED = re.compile(r"^%0 (?P<kind>.+)$", re.MULTILINE)
_RIS_LINE = re.compile(r"^(?P<tag>[A-Z][A-Z0-9]) {2}- ?(?P<value>.*\S)?[ \t\r]*$", re.MULTILINE)
_TAGGED_LINE = re.compile(r"^%(?P<tag>\S) (?P<value>.*\S)[ \t\r]*$", re.MULTILINE)
_LENGTH = re.compile(r"(?<!\d)\d{1,3}\s*min", re.I)
#: Kinds of references that are films, of whom the author is the director.
_FILMS = frozenset({"mpct", "film or broadcast", "movie", "film", "motionpicture", "motion_picture", "motion picture"})
#: Kinds of which the medium says what they are.
_OPEN = frozenset({"video", "advs", "misc", "gen", "generic", "audiovisual material", "multimedia", "unpb"})
_FIELDS = {
    "TI": "title",
    "T1": "title",
    "AU": "author",
    "A1": "author",
    "A3": "producer",
    "A4": "cast",
    "PY": "year",
    "Y1": "year",
    "DA": "year",
    "LA": "language",
    "N1": "note",
    "M1": "note",
    "M3": "medium",
    "UR": "url",
    "ET": "note",
}
_TAGS = {
    "T": "title",
    "A": "author",
    "Y": "producer",
    "?": "cast",
    "D": "year",
    "8": "year",
    "G": "language",
    "Z": "note",
    "9": "medium",
    "U": "url",
}
_BIBTEX = {
    "title": "title",
    "author": "author",
    "year": "year",
    "date": "year",
    "language": "language",
    "langid": "language",
    "note": "note",
    "addendum": "note",
    "howpublished": "medium",
    "type": "medium",
    "entrysubtype": "medium",
    "url": "url",
    "usera": "note",
    "titleaddon": "medium",
    "imdb": "url",
}
_CSL = {
    "title": "title",
    "language": "language",
    "note": "note",
    "medium": "medium",
    "genre": "medium",
    "URL": "url",
    "dimensions": "note",
    "author": "author",
}
_ENDNOTE = (
    ("titles/title", "title"),
    ("contributors/authors/author", "author"),
    ("contributors/tertiary-authors/author", "producer"),
    ("contributors/subsidiary-authors/author", "cast"),
    ("dates/year", "year"),
    ("language", "language"),
    ("notes", "note"),
    ("work-type", "medium"),
    ("urls/related-urls/url", "url"),
)


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference: what kind it is, and the cells of its fields by what they mean."""

    kind: str
    fields: dict[str, list[Cell]] = field(default_factory=dict)

    def add(self, name: str, cell: Cell) -> None:
        if cell.text:
            self.fields.setdefault(name, []).append(cell)

    def all(self, *names: str) -> list[Cell]:
        return [cell for name in names for cell in self.fields.get(name, [])]


def accepts(document: Document) -> bool:
    """Whether the text is a list of references."""
    head = document.text[:65536].lstrip("\ufeff")
    if document.media_type == "application/xml":
        return "<ref-type" in head and "<record>" in head
    if jsondocument.is_json(document):
        return jsondocument.has_keys(document, "issued", "date-parts") and '"type"' in head
    begin = head.lstrip()
    return begin.startswith(("TY  - ", "%0 ")) or bool(_RIS.search(head)) or bibtex.is_bibtex(head)


def load(document: Document) -> Extraction:
    """Return the facts of the films; other references are counted in a note."""
    facts = Facts(NAME)
    found = list(_references(document, facts))
    return catalogue.extracted(document, facts, found, _film)


def _references(document: Document, facts: Facts) -> Iterator[_Reference]:
    text = document.text
    if document.media_type == "application/xml":
        yield from _endnote(xmltext.parse_partly(text)[0])
    elif jsondocument.is_json(document):
        yield from map(_csl, jsondocument.records(jsondocument.read(document, facts)))
    elif _RIS.search(text):
        yield from _lines(text, list(_RIS.finditer(text)), _RIS_LINE, _FIELDS)
    elif _TAGGED.search(text):
        yield from _lines(text, list(_TAGGED.finditer(text)), _TAGGED_LINE, _TAGS)
    else:
        yield from map(_entry, bibtex.entries(text))


def _lines(
    text: str, begun: Sequence[re.Match[str]], line: re.Pattern[str], fields: Mapping[str, str]
) -> Iterator[_Reference]:
    """Yield the references of a text with a field a line."""
    for number, begin in enumerate(begun):
        end = begun[number + 1].start() if number + 1 < len(begun) else len(text)
        reference = _Reference(begin["kind"].strip().lower())
        for match in line.finditer(text, begin.end(), end):
            if match["tag"] in fields and match["value"]:
                pointer = f"line {line_of(text, match.start())}, {match['tag']}"
                reference.add(fields[match["tag"]], Cell(match["value"], pointer, Span(*match.span("value"))))
        yield reference


def _entry(entry: bibtex.Entry) -> _Reference:
    reference = _Reference(entry.kind)
    for name, cell in entry.fields.items():
        kind = entry.fields.get(f"{name}type", Cell("")).text
        people = catalogue.role_of(kind) if kind else catalogue.role_of(name) if name not in _BIBTEX else ""
        meaning = people if name != "editor" or kind else ""
        for one in re.split(r"\s+and\s+", cell.text) if meaning or name == "author" else [cell.text]:
            reference.add(meaning or _BIBTEX.get(name, ""), cell.part(one.strip()))
    return reference


def _csl(node: Node) -> _Reference:
    reference = _Reference(node.at("type").text.replace("-", "_"))
    for name, child in node.fields.items():
        role = _CSL.get(name) or catalogue.role_of(name.replace("-", " "))
        if role and isinstance(child.value, list):
            for one in child:
                given = [one.at(key).text for key in ("given", "non-dropping-particle", "family", "literal")]
                reference.add(role, Cell(" ".join(filter(None, given)), one.pointer))
        elif role:
            reference.add(role, child.cell)
    for year in (node.at("issued", "date-parts", 0, 0), node.at("original-date", "date-parts", 0, 0)):
        reference.add("year", year.cell)
    return reference


def _endnote(root: Element | None) -> Iterator[_Reference]:
    for record in root.first("records").all("record") if root else ():
        reference = _Reference(record.first("ref-type").attributes.get("name", "").lower())
        for path, meaning in _ENDNOTE:
            found = [record]
            for step in path.split("/"):
                found = [child for one in found for child in one.all(step)]
            for one in found:
                styled = next(iter(one.all("style")), one)
                reference.add(meaning, styled.cell)
        yield reference


def _film(reference: _Reference, facts: Facts) -> Iterator[Ref]:
    """Write down the facts of a reference; yield its film, if it is to one and has a title."""
    is_film, words = reference.kind in _FILMS, [cell.text for cell in reference.all("medium")]
    may_be = is_film or reference.kind in _OPEN
    if not may_be or not catalogue.is_film([*words, "film"] if is_film else words, ()) or not reference.all("title"):
        return
    cell = reference.all("title")[0]
    title, year = split_title(catalogue.title(cell.text))
    dates = [(found, one) for one in reference.all("year") if (found := year_of(one.text))]
    first, dated = min(dates, key=lambda one: one[0], default=(year, cell))
    known = [identifiers.from_address(one.text) or identifiers.from_bare(one.text) for one in reference.all("url")]
    film = Ref("film", title, first, tuple(sorted({one for one in known if one and identifiers.fits(one, "film")})))
    if not title:
        return
    facts.add("title", film, cell, title=title)
    facts.add("year", film, dated, year=first)
    directs = is_film and not reference.all("director")
    for name in reference.fields:
        for one in reference.all(name):
            _credit("director" if name == "author" and directs else name, film, one, facts)
    for one in reference.all("language"):
        if one.text in concepts("languages"):
            facts.add("language", film, one, language=one.text)
    lengths = ((match, one) for one in reference.all("note", "medium") if (match := _LENGTH.search(one.text)))
    for match, one in list(lengths)[:1]:
        facts.add("runtime", film, one, minutes=minutes(match[0]))
    yield film


def _credit(role: str, film: Ref, cell: Cell, facts: Facts) -> None:
    """Write down a person or company; the role in brackets after a name is surer than the field's."""
    name, said = catalogue.in_brackets(cell.text)
    role = catalogue.role_of(said) if said else "cast" if role == "cast" else catalogue.role_of(role)
    if role and name and name.lower() != "others":
        catalogue.agent(facts, film, cell.part(name), role)
