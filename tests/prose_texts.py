"""Articles and reviews of films that do not exist, read by the extractors of running text."""

import hashlib

from reelgraph.loaders import families
from reelgraph.loaders.prose.page import read
from reelgraph.model import Document, Fact, Ref

LEAD = (
    "The Lantern Keeper is a 1987 American drama film directed by Nora Whitfield and written by Paul Drummond. "
    "The film stars Martin Hale and Diane Foster. "
    "It follows a lighthouse keeper who writes letters to strangers. "
)


def document(text: str) -> Document:
    """Return a stored document of `text`."""
    data = text.encode()
    return Document("sample.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text)


def facts(text: str, kind: str, *, lead: str = LEAD) -> list[Fact]:
    """Return the facts of one kind that `lead` and `text` state; every span holds words of the text."""
    whole = lead + text
    found = [fact for part in read(document(whole)) for _, fact in families.extract(part) if fact.kind == kind]
    assert all(fact.span and whole[fact.span.start : fact.span.end].strip() for fact in found)
    return found


def values(text: str, kind: str, *names: str, lead: str = LEAD) -> set[tuple[object, ...]]:
    """Return the named fields of the facts of one kind, entities by name, None where a field is unset."""
    return {tuple(_plain(f.fields.get(name)) for name in names) for f in facts(text, kind, lead=lead)}


def _plain(value: object) -> object:
    return value.name if isinstance(value, Ref) else value
