"""Terms of RDF: schema.org's own, and those of other vocabularies that mean the same."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

import pyoxigraph as ox

from reelgraph.loaders import vocabulary
from reelgraph.loaders.items import local_name

_SCHEMA = re.compile(r"https?://schema\.org/\w")
_WIKIDATA = "http://www.wikidata.org/entity/"


@cache
def name(iri: str) -> str:
    """Return the name of a property in schema.org, `label` for names with a language, empty if it has none there."""
    return local_name(iri) if _SCHEMA.match(iri) else str(vocabulary.table("rdf")["properties"].get(iri, ""))


def is_kind(iri: str) -> bool:
    """Whether a property says of what kind a thing is."""
    return iri in vocabulary.table("rdf")["kinds"]["predicates"]


@cache
def kind(iri: str) -> str:
    """Return the name of a class in schema.org, empty if it has none there."""
    if _SCHEMA.match(iri):
        return local_name(iri)
    films = vocabulary.table("services")["wikidata-films"]["classes"].replace("\n", "").split("|")
    if iri.startswith(_WIKIDATA) and iri.removeprefix(_WIKIDATA) in films:
        return "Movie"
    return str(vocabulary.table("rdf")["classes"].get(iri, ""))


def kinds(pairs: Iterable[tuple[ox.NamedNode, object]]) -> set[str]:
    """Return the kinds of the thing that has these properties and values."""
    return {
        kind(value.value) for property_, value in pairs if is_kind(property_.value) and isinstance(value, ox.NamedNode)
    } - {""}


def labelled(pairs: Iterable[tuple[ox.NamedNode, object]]) -> ox.Literal | None:
    """Return the label of a thing: the English one, else one without a language, else the first; one with a year."""
    labels = [value for one, value in pairs if name(one.value) == "label" and isinstance(value, ox.Literal)]
    order = {"en": 0, "mul": 1, None: 2}
    return min(labels, key=lambda label: (order.get(label.language, 3), dated(label.value) is None), default=None)


def bare(title: str) -> str:
    """Return a name without what tells it apart from others of the same name.

    >>> bare("Low Fell (1999 film)"), bare("Ada Vole (director)"), bare("Low Fell (Part 2)")
    ('Low Fell', 'Ada Vole', 'Low Fell (Part 2)')
    """
    return re.sub(rf"\s\((?:{vocabulary.table('rdf')['named']['brackets']})\)$", "", title, flags=re.I)


def dated(title: str) -> tuple[int, int] | None:
    """Return where the year stands by which a title tells a film from others, as in `Low Fell (1999 film)`."""
    found = re.search(r"\((?:film, )?((?:18[89]|19\d|20[0-4])\d)(?: [^()\d]{0,20}film)?\)$", title)
    return found.span(1) if found else None


def spoken(iri: str) -> str:
    """Return the name that is part of an address, empty if the address is not known to have one."""
    known = next((one for one in vocabulary.table("rdf")["named"]["addresses"] if iri.startswith(one)), "")
    return bare(unquote(iri.removeprefix(known)).replace("_", " ")) if known else ""
