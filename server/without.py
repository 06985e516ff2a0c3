"""Sources switched off: a page as it is without some documents, by `?without=` and their IRIs."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from reelgraph.server.statements import Statement
from reelgraph.server.view import Source, view

#: Documents one request may switch off.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Without:
    """The documents that are switched off, those inside them included, and those the request names, by name.

    False if there are none.
    """

    sources: frozenset[str] = frozenset()
    named: tuple[Source, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.named)

    def __contains__(self, source: object) -> bool:
        return source in self.sources

    def left(self, statements: Iterable[Statement]) -> list[Statement]:
        """Return the facts that other sources state."""
        return [statement for statement in statements if statement.source not in self.sources]

    @property
    def query(self) -> str:
        """What carries the choice on in an address: `without=…`, empty if there are none."""
        return urlencode([("without", one.iri) for one in self.named])


def switched_off() -> Without:
    """Return what the request switches off; what is no document's IRI is left out."""
    asked = dict.fromkeys(request.values.getlist("without")[:_MOST])
    named = sorted(filter(None, map(_document, asked)), key=lambda one: (one.name, one.iri))
    return Without(frozenset(iri for one in named for iri in (one.iri, *one.parts)), tuple(named))


def _document(iri: str) -> Source | None:
    try:
        source = view().source(iri)
    except ValueError:
        return None
    return source if source.sha256 else None
