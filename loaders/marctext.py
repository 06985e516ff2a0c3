"""MARC records as text: MARCMaker files (`=245  10$aTitle`), and records as catalogues show them (`245 10 $a`)."""

import re
from collections.abc import Iterator

from reelgraph.loaders import catalogue, marcxml
from reelgraph.loaders.base import Facts, line_of
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Span

NAME = "marctext"
DESCRIPTION = "MARC catalogue records as text (.mrk, or as catalogues show them), of which only the films are read"
PRIORITY = 10

_LINE = re.compile(
    r"^(?P<sign>=?)(?P<tag>LDR|LEADER|\d{3})[ \t]{1,4}(?P<rest>\S.*?|[ \\#_0-9]{2}.*?)[ \t\r]*$", re.MULTILINE
)
_INDICATORS = re.compile(r"(?P<ind>[ \\#_\d]{0,2})[ \t]*(?=[$‡|]\w)")
_SUBFIELD = re.compile(r"[$‡|](?P<code>\w)[ \t]?(?P<value>[^$‡|\n\r]*[^$‡|\s])")
#: A title, and so many other fields, make a record.
_TITLE, _LEAST = re.compile(r"^=?245[ \t].*[$‡|]a", re.MULTILINE), 4
_LAST_CONTROL = "009"


def accepts(document: Document) -> bool:
    """Whether the text has lines with tags of MARC, one of them with a title."""
    head = document.text[:65536]
    return bool(_TITLE.search(head)) and sum(1 for _ in _LINE.finditer(head)) >= _LEAST


def load(document: Document) -> Extraction:
    """Return the facts of the records of films; other records are counted in a note."""
    facts = Facts(NAME)
    found = list(_records(document.text))
    return catalogue.extracted(document, facts, found, marcxml.read_record)


def _records(text: str) -> Iterator[Element]:
    """Yield the records; each begins with a leader, or with a tag lower than the last where there is none."""
    record = Element("record", {}, "")
    last = ""
    for line in _LINE.finditer(text):
        tag = line["tag"].replace("LEADER", "LDR")
        if record.children and (tag == "LDR" or (tag == "001" and last > tag)):
            yield record
            record = Element("record", {}, "")
        _field(text, line, tag, record)
        last = "" if tag == "LDR" else tag
    if record.children:
        yield record


def _field(text: str, line: re.Match[str], tag: str, record: Element) -> None:
    """Append the field of a line to a record."""
    path = f"line {line_of(text, line.start())}"
    if tag == "LDR" or tag <= _LAST_CONTROL:
        name = "leader" if tag == "LDR" else "controlfield"
        # In these files a backslash stands for a blank.
        words = line["rest"].replace("\\", " ")
        record.children.append(Element(name, {"tag": tag}, path, parts=[words], span=Span(*line.span("rest"))))
        return
    indicators = _INDICATORS.match(text, line.start("rest"), line.end("rest"))
    first = indicators["ind"][:1] if indicators and len(indicators["ind"]) > 1 else ""
    field = Element("datafield", {"tag": tag, "ind1": first or _first(text, line)}, path)
    for part in _SUBFIELD.finditer(text, line.start("rest"), line.end("rest")):
        attributes = {"code": part["code"]}
        field.children.append(
            Element(
                "subfield",
                attributes,
                f"{path}, ${part['code']}",
                parts=[part["value"]],
                span=Span(*part.span("value")),
            )
        )
    record.children.append(field)


def _first(text: str, line: re.Match[str]) -> str:
    """Return an indicator that stands alone between the tag and the first subfield."""
    alone = re.match(r"\s*(\d)\s", text[line.end("tag") : line.end("rest")])
    return alone[1] if alone else " "
