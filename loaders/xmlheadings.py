"""XML lists of films without a loader of their own: what the elements of a record mean is seen from their names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reelgraph.loaders import headingwords, mapped, xmlcrews, xmltext
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.headingcells import LOOKED_AT, Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.mapfile import Plan
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction

NAME = "xmlheadings"
DESCRIPTION = "XML lists of films, by the names of their elements and attributes"
PRIORITY = 94

#: So many characters are looked at to see what a document is; elements and attributes that a record may have.
_HEAD, _MOST = 1 << 18, 60
#: Elements and attributes that name the thing which the element around them is.
_NAMES = ("name", "title", "value", "label", "@name", "@title", "@tag", "@value", "text")


def accepts(document: Document) -> bool:
    """Whether the text is XML with records whose elements are called as what films have."""
    if document.media_type != "application/xml":
        return False
    return _found(document) is not None


def load(document: Document) -> Extraction:
    """Return the facts of every record, and a note on which elements were read as what."""
    facts = Facts(NAME)
    root, error = xmltext.parse_partly(document.text)
    if error:
        place = f"line {error.line}"
        facts.warn(place, f"the XML breaks off or is wrong here ({error}); what stands before it is loaded")
    found = _found(document)
    if found is None:
        raise ValueError("the elements are not those of films")
    plan, note, name = found
    facts.note("document", note)
    films = []
    for record in _named(_called(xmltext.bare(root)), name):
        film, said = mapped.read_one(plan, record, document.text, NAME)
        films += [film] if film else []
        facts.issues.extend(said.issues)
        for fact in said if film else ():
            facts.keep(fact)
    return extraction(NAME, source(document, "data", *films), facts)


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """An element with what its attributes (`@year`), its elements (`title`) and those inside of them say."""

    element: Element

    @property
    def place(self) -> str:
        """The path of the element."""
        return self.element.path

    def cells(self, path: str) -> list[Cell]:
        """Return the texts at a path, without empty ones; its last step may be an attribute."""
        steps, sign, attribute = path.rpartition("@")
        if not sign:
            return [one.cell for one in self.at(path) if one.text]
        found = self.at(steps.rstrip("/"))
        texts = [(" ".join(one.attributes.get(attribute, "").split()), one) for one in found]
        return [Cell(text, f"{one.path}/@{attribute}") for text, one in texts if text]

    def under(self, path: str) -> list[Record]:
        """Return the elements at a path."""
        return [XmlRecord(element) for element in self.at(path)]

    def at(self, path: str) -> list[Element]:
        """Return the elements at a path, the record itself at an empty one."""
        found = [self.element]
        for step in path.split("/"):
            found = [child for one in found for child in one.children if child.name == step] if step else found
        return found

    def keys(self) -> list[str]:
        """Return the names of its elements and attributes."""
        return [*(child.name for child in self.element.children), *(f"@{key}" for key in self.element.attributes)]

    def said(self, key: str) -> str:
        """Return what an element or attribute says."""
        return next((cell.text for cell in self.cells(key)), "")

    def running(self, _path: str, _text: str) -> Iterator[TextMap]:
        """Yield nothing: running text is not read without a mapping."""
        return iter(())


def _called(root: Element | None) -> Element | None:
    """Return the results of a SPARQL query with their values called as their variables are, any other XML as it is."""
    if root is None or root.name != "sparql":
        return root
    for binding in (one for one in _all(root) if one.name == "binding" and one.children):
        value = binding.children[0]
        binding.name, binding.parts, binding.span = binding.attributes.get("name", ""), value.parts, value.span
        binding.attributes, binding.children = {}, []
    return root


def _found(document: Document) -> tuple[Plan, str, str] | None:
    """Return how to read a document, a note about it, and the name of its records; None if it has none of films."""
    root = _called(xmltext.bare(xmltext.parse_partly(document.text[:_HEAD])[0]))
    for name in dict.fromkeys(
        element.name for element in _all(root) if len(element.children) + len(element.attributes) > 1
    ):
        columns = _columns(list(islice(_named(root, name), LOOKED_AT)))
        found = plan_of(columns, name) if columns else None
        if found:
            return *found, name
    return None


def _all(root: Element | None) -> Iterator[Element]:
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(element.children))


def _named(root: Element | None, name: str) -> Iterator[XmlRecord]:
    yield from (XmlRecord(element) for element in _all(root) if element.name == name)


def _columns(records: Sequence[XmlRecord]) -> list[Column]:
    """Return the attributes and elements of some records as columns."""
    names = dict.fromkeys(f"@{name}" for record in records for name in record.element.attributes)
    names |= dict.fromkeys(child.name for record in records for child in record.element.children)
    paths = {name: name if name.startswith("@") else _path(name, records) for name in names}
    return [
        column
        for name, path in paths.items()
        if path and len(names) <= _MOST
        for column in _column(name.removeprefix("@"), path, records)
    ]


def _path(name: str, records: Sequence[XmlRecord]) -> str:
    """Return where the values of an element are: in itself, in the list that it is, or in the name of the thing."""
    things = [one for record in records for one in record.at(name)]
    inner = dict.fromkeys(child.name for thing in things for child in thing.children)
    inner |= dict.fromkeys(f"@{key}" for thing in things for key in thing.attributes if not thing.text)
    if not inner:
        return name
    if "/" in name and any(len(thing.children) > len(inner) == 1 for thing in things):
        return ""  # lists of lists: what their members are is not said
    named = next((one for name in _NAMES for one in inner if one.lower() == name), "") or _title(inner)
    if named or len(inner) > 1:
        return f"{name}/{named}" if named else ""
    return _path(f"{name}/{next(iter(inner))}", records)


def _at(path: str, records: Sequence[XmlRecord]) -> list[XmlRecord]:
    return [XmlRecord(thing) for record in records for thing in record.at(path)] if "@" not in path else []


def _title(names: Iterable[str]) -> str:
    """Return the first name that means one of a thing, in any language."""
    return next((one for one in names if headingwords.meaning(one.removeprefix("@")).role in ("name", "title")), "")


def _column(name: str, path: str, records: Sequence[XmlRecord]) -> list[Column]:
    """Return a column; of performers who have characters, with both; of people with jobs, one of each kind."""
    column = Column(
        name, headingwords.meaning(name), path, [cell.text for record in records for cell in record.cells(path)]
    )
    each, _, inner = path.rpartition("/")
    attributes = {key for one in _at(path, records) if one.element.text for key in one.element.attributes}
    roles = {headingwords.meaning(key).role for key in attributes}
    if (attributes and not column.meaning.group) or (column.meaning.role == "person" and "character" in roles):
        each, inner = path, ""  # names with jobs or characters as attributes
    things = _at(each, records) if each else []
    if each and not column.meaning.group:
        return list(xmlcrews.columns(replace(column, each=each), inner, things)) or [column]
    if column.meaning.role != "person" or not each:
        return [column]
    keys = (key for thing in things for key in thing.keys())  # noqa: SIM118 (these are not mappings)
    characters = [key for key in dict.fromkeys(keys) if headingwords.meaning(key.removeprefix("@")).role == "character"]
    fields = {"person": inner, **({"character": characters[0]} if characters else {})}
    return [replace(column, each=each, inner=fields)]
