"""The formats the server speaks, and the choice among them by `Accept` or by `?format=`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """One way to write an answer: its name in `?format=`, its media type, and other names of both.

    Each is one of a kind: telling two apart, as a cache does, is no work.
    """

    name: str
    media_type: str
    other_types: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """Every media type that means this format, the right one first."""
        return (self.media_type, *self.other_types)


@dataclass(frozen=True, slots=True)
class Choice:
    """The format of an answer, and the media type to call it, which is the one the client asked for."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of the `Content-Type` header."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML = Format("html", "text/html", ("application/xhtml+xml",))
TEXT = Format("txt", "text/plain", (), ("text",))

JSON = Format("json", "application/sparql-results+json", ("application/json",))
XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv")
TSV = Format("tsv", "text/tab-separated-values")
#: How rows and booleans can be written.
RESULTS = (JSON, XML, CSV, TSV)

TURTLE = Format("ttl", "text/turtle", ("application/x-turtle", "application/turtle"), ("turtle",))
N_TRIPLES = Format("nt", "application/n-triples", ("text/plain",), ("ntriples", "n-triples"))
RDF_XML = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ("rdfxml", "rdf/xml", "xml"))
JSON_LD = Format("jsonld", "application/ld+json", ("application/json",), ("json-ld", "json"))
TRIG = Format("trig", "application/trig", ("application/x-trig",))
N_QUADS = Format("nq", "application/n-quads", ("text/x-nquads",), ("nquads", "n-quads"))
#: How graphs can be written.
GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
#: An `Accept` longer than this is cut: no client writes one, and each range costs time.
_MOST_RANGES = 100


@lru_cache(maxsize=256)
def choose(accept: str | None, offers: tuple[Format, ...]) -> Choice | None:
    """Return the offer a client likes best by its `Accept` header, the first of equals, None if it takes none."""
    if accept is None or not accept.strip():
        return Choice(offers[0], offers[0].media_type)
    ranges = _ranges(accept)
    best, choice = 0.0, None
    for offer in offers:
        for media_type in offer.media_types:
            quality = _quality(media_type, ranges, named_only=media_type != offer.media_type)
            if quality > best:
                best, choice = quality, Choice(offer, media_type)
    return choice


def named(name: str, offers: Iterable[Format]) -> Choice | None:
    """Return the offer called so in `?format=`, by its name or a media type, None if there is none."""
    wanted = name.strip().lower()
    for offer in offers:
        if wanted == offer.name or wanted in offer.other_names or wanted in offer.media_types:
            return Choice(offer, offer.media_type)
    return None


def prefers_html(accept: str | None, offers: tuple[Format, ...]) -> bool:
    """Return whether a client names HTML and likes it better than every offer, as browsers do."""
    if accept is None or "html" not in accept.lower():
        return False
    choice = choose(accept, (*offers, HTML))
    return choice is not None and choice.format is HTML


def listing(offers: Iterable[Format]) -> str:
    """Return the offers as a sentence part for people: names for `?format=` and media types."""
    return ", ".join(f"{offer.name} ({offer.media_type})" for offer in offers)


def _ranges(accept: str) -> dict[str, float]:
    """Return the quality of each media range of an `Accept` header; parameters other than q do not count."""
    ranges: dict[str, float] = {}
    for part in accept.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, *parameters = part.split(";")
        quality = 1.0
        for parameter in parameters:
            if found := _QUALITY.fullmatch(parameter):
                quality = float(found[1])
        if name := name.strip().lower():
            ranges[name] = max(quality, ranges.get(name, 0.0))
    return ranges


def _quality(media_type: str, ranges: dict[str, float], *, named_only: bool) -> float:
    """Return how much a client likes a media type, by the closest range; 0 if it does not take it.

    Only the right media type of a format stands for `*/*` and `text/*`, so that nobody gets an alias unasked.
    """
    if media_type in ranges:
        return ranges[media_type]
    if named_only:
        return 0.0
    group = media_type.partition("/")[0]
    return ranges.get(f"{group}/*", ranges.get("*/*", 0.0))
