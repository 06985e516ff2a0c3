"""What pages know of a snapshot: names of things, descriptions of sources, facts; kept while it is in use."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from flask import Flask, current_app, g
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from reelgraph.config import Settings
from reelgraph.lookup import Reader
from reelgraph.ontology import ONTOLOGY, SCHEMES, concepts, curie, term
from reelgraph.server.problem import HttpError
from reelgraph.server.snapshot import Current, current
from reelgraph.server.statements import Statements

#: Where the application keeps what a new view is prepared with: functions for `View.kept`.
AHEAD = "reelgraph.ahead"
Kept = TypeVar("Kept")

#: Names and sources kept in memory for one snapshot.
_MOST = 200_000
_LABEL = term("rdfs:label")
_NAME = term("schema:name")
_DISPUTE = term("film:disagreement")


@dataclass(frozen=True, slots=True)
class Source:
    """A document facts come from, also one found inside a file; `start` and `end` are its part of the file's text."""

    iri: str
    title: str = ""
    site: str = ""
    author: str = ""
    date: str = ""
    kind: str = ""
    file: str = ""
    sha256: str = ""
    media_type: str = ""
    loader: str = ""
    start: int | None = None
    end: int | None = None
    about: tuple[str, ...] = ()
    whole: str = ""
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it in a line of text."""
        if self.title:
            return self.title
        if self.author or self.site:
            return " by ".join(
                part for part in (self.kind.capitalize() or "Document", self.author or self.site) if part
            )
        if self.whole:
            return f"{self.kind.capitalize() or 'Document'} at {self.start or 0:,} in {self.file}"
        return self.file or self.iri

    @property
    def origin(self) -> str:
        """Where it is from, as far as that is not in its name; the file, if it is from nowhere else."""
        name = self.name
        said = [part for part in (self.author, self.site) if part]
        return ", ".join(part for part in said or [self.file] if part not in name)


#: Property of a source's description -> field of `Source`.
_FIELDS = {
    _NAME: "title",
    term("film:site"): "site",
    term("film:authorName"): "author",
    term("schema:datePublished"): "date",
    term("film:documentKind"): "kind",
    term("film:file"): "file",
    term("schema:sha256"): "sha256",
    term("schema:encodingFormat"): "media_type",
    term("film:loader"): "loader",
    term("schema:isPartOf"): "whole",
    term("schema:about"): "about",
    term("schema:hasPart"): "parts",
    term("film:start"): "start",
    term("film:end"): "end",
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One of the values that sources give for the same thing of a film."""

    iri: str
    property: str
    value: str
    sources: int
    chosen: bool
    statements: tuple[str, ...]


class View:
    """A snapshot as pages see it; for several threads at once."""

    def __init__(self, opened: Current, base: str) -> None:
        self.id = opened.id
        self.base = base
        self.snapshot = opened.snapshot
        self.made = _moment(opened.snapshot.manifest.created)
        self.lookup = Reader(opened.snapshot.path)
        self.read(opened.store)
        self._preferred = NamedNode(f"{base}graph/preferred")
        self._described = NamedNode(f"{base}graph/sources")
        self._names: dict[str, str] = {}
        self._kept: dict[object, object] = {}
        self._making: dict[object, threading.Lock] = {}
        self._sources: dict[str, Source] = {}

    def read(self, store: Store) -> None:
        """Read from here on from this store, which has the same graph as the one before."""
        self.store = store
        self.statements = Statements(store, self.name)

    def kept(self, make: Callable[["View"], Kept]) -> Kept:
        """Return what a function makes of this view: once, and kept while the view is in use."""
        if make not in self._kept:
            with self._making.setdefault(make, threading.Lock()):
                if make not in self._kept:
                    self._kept[make] = make(self)
        return cast("Kept", self._kept[make])

    def name(self, iri: str) -> str:
        """Return what to call a thing."""
        known = self._names.get(iri)
        if known is None:
            if len(self._names) > _MOST:
                self._names.clear()
            known = self._names[iri] = self._name(iri)
        return known

    def title(self, iri: str) -> str:
        """Return what to call a thing where it stands alone: films with their year."""
        year = self.preferred(iri, "film:year") if iri.startswith(f"{self.base}film/") else ""
        return f"{self.name(iri)} ({year})" if year else self.name(iri)

    def has_name(self, iri: str) -> bool:
        """Return whether the graph has this thing under a name of its own; what is no IRI has none."""
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        return next(self.store.quads_for_pattern(node, _LABEL, None, self._preferred), None) is not None

    def source(self, iri: str) -> Source:
        """Return the description of a document; all but its IRI is empty if there is none."""
        known = self._sources.get(iri)
        if known is None:
            if len(self._sources) > _MOST:
                self._sources.clear()
            known = self._sources[iri] = _source(iri, self._quads(iri, self._described))
        return known

    def preferred(self, iri: str, property_name: str) -> str:
        """Return the preferred value of a property, such as `film:year`, empty if there is none."""
        predicate = term(property_name)
        quad = next(self.store.quads_for_pattern(NamedNode(iri), predicate, None, self._preferred), None)
        return quad.object.value if quad is not None and isinstance(quad.object, Literal | NamedNode) else ""

    def disputes(self, film: str) -> list[Dispute]:
        """Return all values on which sources differ about a film, those of one property together, the chosen first."""
        quads = self.store.quads_for_pattern(NamedNode(film), _DISPUTE, None, self._preferred)
        found = [
            _dispute(node.value, self._quads(node.value, self._preferred))
            for node in (q.object for q in quads)
            if isinstance(node, NamedNode)
        ]
        return sorted(found, key=lambda one: (one.property, not one.chosen, -one.sources, one.value))

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of one of our own queries as texts, unbound ones empty."""
        answer = self.store.query(query, use_default_graph_as_union=True)
        if isinstance(answer, QuerySolutions):
            for row in answer:
                yield tuple(node.value if isinstance(node, NamedNode | Literal) else "" for node in row)

    def _quads(self, iri: str, graph: NamedNode) -> Iterator[Quad]:
        return self.store.quads_for_pattern(NamedNode(iri), None, None, graph)

    def _name(self, iri: str) -> str:
        if iri.startswith(ONTOLOGY):
            return _concepts().get(iri) or curie(iri)
        if not iri.startswith(self.base):
            return curie(iri)
        quad = next(self.store.quads_for_pattern(NamedNode(iri), _LABEL, None, None), None)
        if quad is None:
            if iri.startswith(f"{self.base}document/"):
                return self.source(iri).name
            quad = next(self.store.quads_for_pattern(NamedNode(iri), _NAME, None, None), None)
        return quad.object.value if quad is not None and isinstance(quad.object, Literal) else iri.rpartition("/")[2]


def view() -> View:
    """Return the view on the snapshot that answers the request at hand."""
    found: View | None = g.get("view")
    if found is None:
        views: WeakKeyDictionary[Current, View] = current_app.extensions.setdefault(
            "reelgraph.views", WeakKeyDictionary()
        )
        opened = current()
        found = views.get(opened)
        if found is None:
            settings: Settings = current_app.extensions["reelgraph.settings"]
            found = views[opened] = View(opened, settings.base)
            ahead: Iterable[Callable[[View], object]] = current_app.extensions.get(AHEAD, ())
            threading.Thread(target=_prepare, args=(found, ahead), name="ahead", daemon=True).start()
        elif found.store is not opened.store:
            found.read(opened.store)
        g.view = found
    return found


def open_ahead(app: Flask) -> None:
    """Make the view of the current snapshot, if there is one, so that the first reader need not wait for it."""
    with app.app_context(), suppress(HttpError):
        view()


def _prepare(seen: View, ahead: Iterable[Callable[[View], object]]) -> None:
    """Make what pages will want of a view, before somebody waits for it."""
    for make in ahead:
        seen.kept(make)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@cache
def _concepts() -> Mapping[str, str]:
    """Return the name of every concept by its IRI."""
    return {concept.iri: concept.label for scheme in SCHEMES for concept in concepts(scheme).members}


def _source(iri: str, quads: Iterator[Quad]) -> Source:
    texts: dict[str, list[str]] = {}
    for quad in quads:
        name = _FIELDS.get(quad.predicate)
        if name is not None and isinstance(quad.object, NamedNode | Literal):
            texts.setdefault(name, []).append(quad.object.value)
    about, parts = sorted(texts.pop("about", ())), texts.pop("parts", ())
    start, end = (int(min(texts.pop(name))) if name in texts else None for name in ("start", "end"))
    plain = {name: min(found) for name, found in texts.items()}
    return replace(Source(iri, start=start, end=end, about=tuple(about), parts=tuple(parts)), **plain)  # type: ignore[arg-type]


def _dispute(iri: str, quads: Iterator[Quad]) -> Dispute:
    values: dict[str, str] = {}
    statements: list[str] = []
    for quad in quads:
        value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else ""
        name = quad.predicate.value.rpartition("#")[2]
        if name == "statement":
            statements.append(value)
        else:
            values[name] = value
    return Dispute(
        iri,
        values.get("disputedProperty", ""),
        values.get("disputedValue", ""),
        int(values.get("sourceCount", "0")),
        values.get("chosen") == "true",
        tuple(sorted(statements)),
    )
