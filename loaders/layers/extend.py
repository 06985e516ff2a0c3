"""Adding what the optional layers find to what a loader found in a text; nothing that it found is changed or removed.

A layer is a module of this package, named as in `Layers`, with two functions of its setting: `version`, which says in a
few words what decides its facts, and `extract`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from typing import Any, Protocol, cast

from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.part import Part
from reelgraph.model import LAYERS, Document, Extraction, Fact, Issue, Layers, Ref, Value

#: The loader whose documents are running text, read in parts, and what it accepts.
LOADER = "plaintext"
MEDIA_TYPES = ("text/plain", "text/markdown")
#: The fields that tell two facts of a kind apart; of other kinds, all.
_MAIN = {
    "cast": ("person",),
    "credit": ("agent", "role"),
    "company": ("company", "role"),
    "location": ("place", "location_kind"),
    "release": ("date",),
    "money": ("measure", "amount"),
    "award": ("ceremony", "category", "outcome"),
    "related-work": ("work", "relation"),
    "runtime": ("minutes",),
}


#: What makes a job of several people, or under another, the same job: `co-producer`.
_SHARED = re.compile(r"^(?:co-|executive )")


class Layer(Protocol):
    """What the module of a layer has."""

    @staticmethod
    def version(setting: Any) -> str:
        """Return the layer's name, its model and what decides which facts it finds."""

    @staticmethod
    def extract(parts: Sequence[Part], facts: Sequence[Fact], setting: Any) -> Iterator[Fact | Issue]:
        """Yield facts of the parts of a document besides those that are known, and what could not be used."""


def extend(document: Document, found: Extraction, layers: Layers) -> Extraction:
    """Return the extraction with the facts of the layers that are on, each said only once."""
    if found.loader != LOADER:
        return found
    parts = read(document)
    issues: list[Issue] = []
    known = {_said(fact) for fact in found.facts}
    added: list[Fact] = []
    for layer, setting in _used(layers):
        made_by = layer.version(setting)
        for one in layer.extract(parts, found.facts, setting):
            if isinstance(one, Issue):
                issues.append(one)
            elif (said := _said(one)) not in known:
                known.add(said)
                added.append(replace(one, extractor=made_by))
    return replace(found, facts=(*found.facts, *added), issues=(*found.issues, *issues))


def key(layers: Layers) -> str:
    """Return what of the layers decides which facts a document gives; empty when none is on."""
    told = [layer.version(setting) for layer, setting in _used(layers)]
    told += [str(layers.llm.budget)] if layers.llm else []
    return sha256("\n".join(told).encode()).hexdigest()[:8] if told else ""


def _used(layers: Layers) -> Iterator[tuple[Layer, object]]:
    for name in LAYERS:
        if setting := getattr(layers, name):
            yield cast("Layer", import_module(f"reelgraph.loaders.layers.{name}")), setting


def _said(fact: Fact) -> tuple[object, ...]:
    """Return what tells whether two facts of one source say the same thing."""
    main = _MAIN.get(fact.kind, fact.fields)
    values = sorted((name, _SHARED.sub("", _name(value))) for name, value in fact.fields.items() if name in main)
    return (fact.source, fact.kind, _name(fact.subject), *values)


def _name(value: Value | None) -> str:
    return (value.name if isinstance(value, Ref) else str(value)).lower()
