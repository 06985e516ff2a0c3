"""The concept schemes: from a word of a source to the concept it means, whatever its case, accents and punctuation."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode

from reelgraph.ontology.vocabulary import SCHEMES, quads

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_FILM = "https://w3id.org/reelgraph/ontology#"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its IRI, its notation (the end of the IRI), its English name, and what its scheme says about it.

    `codes` are all its notations, `wordings` other names, `demonyms` adjectives of a territory, `broader` IRIs of wider
    concepts, `shortcut` the IRI of the plain property of a job, `territory` that of a rating board's country,
    `certificates` the marks a board gives; measures with `counts_units` have no currency.
    """

    iri: str
    notation: str
    label: str
    codes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    shortcut: str = ""
    territory: str = ""
    certificates: tuple[str, ...] = ()
    counts_units: bool = False


@lru_cache(maxsize=65536)
def key(wording: str) -> str:
    """Return what is compared of a wording: its letters and digits in lower case, without accents, `&` as `and`."""
    text = wording.replace("&", " and ").casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text))


class Scheme(Mapping[str, Concept]):
    """The concepts of one scheme by any of their wordings: `concepts("jobs")["Directed by"]`.

    Names go before other wordings, these before demonyms and codes. Iterating gives the wordings as `key` makes them.
    """

    def __init__(self, name: str, members: tuple[Concept, ...]) -> None:
        self.name = name
        self.members = members
        self._by_iri = {member.iri: member for member in members}
        self._by_key: dict[str, Concept] = {}
        for read in (_names, _wordings, _codes):
            for member in members:
                for wording in read(member):
                    self._by_key.setdefault(key(wording), member)

    def __getitem__(self, wording: str) -> Concept:
        return self._by_key[key(wording)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def by_iri(self, iri: str) -> Concept | None:
        """Return the concept with this IRI, or None."""
        return self._by_iri.get(iri)


def _names(concept: Concept) -> tuple[str, ...]:
    return (concept.label,)


def _wordings(concept: Concept) -> tuple[str, ...]:
    return concept.wordings


def _codes(concept: Concept) -> tuple[str, ...]:
    return (*concept.demonyms, *concept.codes)


@cache
def concepts(scheme: str) -> Scheme:
    """Return a concept scheme: boards, genres, jobs, languages, measures or territories."""
    if scheme not in SCHEMES:
        raise ValueError(f"no concept scheme {scheme!r}: it is one of {', '.join(SCHEMES)}")
    return Scheme(scheme, tuple(_read(scheme)))


def _read(scheme: str) -> Iterator[Concept]:
    nodes: dict[str, dict[str, list[str]]] = {}
    for quad in quads(scheme):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values = nodes.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append(quad.object.value)
    for iri, values in nodes.items():
        if _SKOS + "inScheme" in values:
            yield _concept(iri, values)


def _concept(iri: str, values: Mapping[str, list[str]]) -> Concept:
    def several(name: str) -> tuple[str, ...]:
        return tuple(values.get(name, ()))

    def one(name: str) -> str:
        return values.get(name, [""])[0]

    return Concept(
        iri=iri,
        notation=one(_SKOS + "notation"),
        label=one(_SKOS + "prefLabel"),
        codes=several(_SKOS + "notation"),
        wordings=several(_SKOS + "altLabel"),
        demonyms=several(_FILM + "demonym"),
        broader=several(_SKOS + "broader"),
        shortcut=one(_FILM + "shortcut"),
        territory=one(_FILM + "territory"),
        certificates=several(_FILM + "certificate"),
        counts_units=one(_FILM + "countsUnits") == "true",
    )
