"""IIIF manifests: labels and values of what libraries and museums show, read where that is a film.

Most manifests are of books, photographs and posters, and those may name a director, too: a manifest must say that it
is of a film, or how long it runs, or be of something that runs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reelgraph.loaders import catalogue, headingwords, jsondocument, mapped
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.headingcells import Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Document, Extraction, Ref

NAME = "iiif"
DESCRIPTION = "IIIF manifests (JSON), of which only those of films are read"
PRIORITY = 9

_CONTEXT = re.compile(r"\"https?://iiif\.io/api/presentation/\d")
_MANIFESTS = frozenset({"Manifest", "sc:Manifest"})
_TITLE = "title"
_TAG = re.compile(r"<[^<>]*>")
#: Languages whose values are taken where a value has several: what has none, then English, then the first.
_LANGUAGES = ("none", "@none", "en")


def accepts(document: Document) -> bool:
    """Whether the text is JSON in the terms of IIIF's Presentation API."""
    return jsondocument.is_json(document) and bool(_CONTEXT.search(document.text[:65536]))


def load(document: Document) -> Extraction:
    """Return what the manifests of films say; others are counted in a note."""
    facts = Facts(NAME)
    found = list(_manifests(jsondocument.read(document, facts)))
    films = [film for one in found if (film := _film(one, document.text, facts))]
    if len(films) < len(found) or not found:
        facts.note(
            "document", f"manifests that do not say that they are of films: {len(found) - len(films)} of {len(found)}"
        )
    return extraction(NAME, source(document, "data", *films), facts)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A record of labels with their values."""

    place: str
    values: Mapping[str, list[Cell]]

    def cells(self, path: str) -> list[Cell]:
        """Return the values of a label."""
        return self.values.get(path, [])

    def under(self, path: str) -> list[Record]:
        """Return the record itself: labels have nothing below."""
        return [self] if self.cells(path) else []

    def running(self, _path: str, _text: str) -> Iterator[TextMap]:
        """Yield nothing: running text is not read without a mapping."""
        return iter(())


def _manifests(node: Node) -> Iterator[Node]:
    """Yield the manifests in a document: itself, or those that a collection holds with their metadata."""
    if node.at("type").text in _MANIFESTS or node.at("@type").text in _MANIFESTS:
        yield node
        return
    for name in ("items", "manifests", "members", "collections"):
        for one in node.at(name):
            yield from _manifests(one) if one.fields else ()


def _film(manifest: Node, text: str, facts: Facts) -> Ref | None:
    """Write down what a manifest says of its film; None if it is of something else."""
    pairs: dict[str, list[Cell]] = {}
    for label, cells in _pairs(manifest):
        pairs.setdefault(label, []).extend(cells)
    titles = _cells(manifest.at("label"))
    if not any(headingwords.meaning(label).group == "titles" for label in pairs) and titles:
        pairs = {_TITLE: titles[:1], **pairs}
    columns = [_column(label, cells) for label, cells in pairs.items()]
    kinds = [
        cell for one in columns if one.meaning.group == "kinds" or one.meaning.role == "genre" for cell in one.cells
    ]
    roles = ["director" for one in columns if one.meaning.role == "director"]
    is_film = catalogue.is_film(kinds, roles)
    runs = any(one.meaning.group == "lengths" for one in columns) or _runs(manifest)
    called = () if is_film else (cell.text for cell in titles)
    if not (is_film or runs) or catalogue.is_of_papers((*kinds, *called)):
        return None
    plan = plan_of([one for one in columns if one.meaning.group != "kinds"], "film" if is_film else "")
    if plan is None:
        return None
    film, said = mapped.read_one(plan[0], Pairs(manifest.pointer or "/", pairs), text, NAME)
    facts.issues += [issue for issue in said.issues if issue.severity != "note"]
    for fact in said if film else ():
        facts.keep(fact)
    return film


def _column(label: str, cells: list[Cell]) -> Column:
    return Column(label, headingwords.meaning(label), label, [cell.text for cell in cells], several=len(cells) > 1)


def _runs(manifest: Node) -> bool:
    """Whether a canvas has a duration, as those of sound and moving images have, and shows something."""
    canvases = [*manifest.at("items"), *(one for list_ in manifest.at("sequences") for one in list_.at("canvases"))]
    return any(one.at("duration").text and one.at("height").text for one in canvases)


def _pairs(manifest: Node) -> Iterator[tuple[str, list[Cell]]]:
    """Yield the labels of a manifest, each in the language that is known, with their values."""
    for pair in manifest.at("metadata"):
        labels = [cell.text.rstrip(" :") for cell in _all(pair.at("label"))]
        label = next((one for one in labels if headingwords.meaning(one).group), labels[0] if labels else "")
        if label:
            yield label, _cells(pair.at("value"))


def _cells(node: Node) -> list[Cell]:
    """Return the texts of a value in one language, without markup."""
    if node.fields and not node.at("@value"):
        name = next((one for one in _LANGUAGES if one in node.fields), next(iter(node.fields)))
        return _cells(node.at(name))
    members = list(node) if isinstance(node.value, list) else [node]
    spoken = [one for one in members if one.at("@language").text in ("", "en")] or members[:1]
    found = [(one.at("@value") if one.fields else one).cell for one in spoken]
    return [cell.part(text) for cell in found if (text := " ".join(_TAG.sub(" ", cell.text).split()))]


def _all(node: Node) -> list[Cell]:
    """Return the texts of a value in all languages."""
    if node.fields and not node.at("@value"):
        return [cell for one in node.fields.values() for cell in _all(one)]
    return [(one.at("@value") if one.fields else one).cell for one in node]
