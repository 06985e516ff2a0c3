"""Addresses of a canned query as it was asked: with its values and the sources that are switched off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reelgraph.server.rendering import links


@dataclass(frozen=True, slots=True)
class Address:
    """What a canned query was asked with."""

    name: str
    given: Mapping[str, Sequence[str]]
    sources: tuple[str, ...] = ()

    def page(self, **more: object) -> str:
        """Return where its page is; `more` are parameters of the page, without the underscore, empty ones left out."""
        return self._at("", more)

    def file(self, suffix: str, **more: object) -> str:
        """Return where all its rows are in a format."""
        return self._at(f".{suffix}", more)

    def why(self, row: int) -> str:
        """Return where a row is explained, by its place in the query's own order."""
        return self._at("/why", {"row": row})

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values of its parameters."""
        yield from ((name, value) for name, values in self.given.items() for value in values if value)

    def _at(self, ending: str, more: Mapping[str, object]) -> str:
        off = (("without", source) for source in self.sources)
        own = ((f"_{name}", str(value)) for name, value in more.items() if value)
        asked = urlencode([*self.fields(), *off, *own])
        return links()(f"/queries/{self.name}{ending}") + (f"?{asked}" if asked else "")
