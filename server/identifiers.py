"""What a thing is called elsewhere: identifiers of other catalogues, and its pages there."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from reelgraph.ontology import term
from reelgraph.server.statements import Statement, Value
from reelgraph.server.view import View

_IDENTIFIER = term("schema:identifier")
_SAME = term("schema:sameAs")


def identifiers(iri: str, statements: Iterable[Statement], seen: View) -> list[Value]:
    """Return the identifiers of a thing, each once; those with a web address as links."""
    pages = {value.iri for one in statements if one.kind == "same-as" for value in one.fields.get("url", ())}
    node = NamedNode(iri)
    pages |= {
        one.object.value for one in seen.store.quads_for_pattern(node, _SAME, None) if isinstance(one.object, NamedNode)
    }
    names = {
        one.object.value
        for one in seen.store.quads_for_pattern(node, _IDENTIFIER, None)
        if isinstance(one.object, Literal)
    }
    plain = [Value(name) for name in sorted(names) if not name.startswith("http") and not _is_paged(name, pages)]
    return plain + [Value(_short(address), address) for address in sorted(pages) if address]


def _is_paged(name: str, pages: Iterable[str]) -> bool:
    """Return whether an identifier such as `imdb:tt1798709` is in one of the web addresses."""
    value = name.partition(":")[2]
    return any(value in address for address in pages)


def _short(address: str) -> str:
    """Return a web address without what all have."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
