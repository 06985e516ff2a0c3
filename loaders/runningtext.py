"""What the running text of a structured document says: its prose goes to the loader for plain text."""

from collections.abc import Callable
from dataclasses import replace

from reelgraph.loaders import plaintext
from reelgraph.loaders.base import Facts
from reelgraph.loaders.mainfilm import plain
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Document, Fact, Ref, Span, Value

#: Kinds that a box or list states better than prose does; prose gives them only where the box is silent.
_BOXED = frozenset({"title", "year", "cast", "credit", "company", "runtime", "country", "language"})


def write(
    text: TextMap, film: Ref | None, facts: Facts, to_document: Callable[[Span], Span | None] = lambda span: span
) -> list[Ref]:
    """Write down what `text` says, about `film` if that is known; return the films the text is about."""
    words = text.text
    if len(words.split()) < 12:
        return []
    found = plaintext.load(Document("text.txt", "0" * 64, "text/plain", b"", words))
    about = list(dict.fromkeys(ref for source in found.sources for ref in source.about))
    stated = {fact.kind for fact in facts}
    for fact in found.facts:
        subject = _as_known(fact.subject, film)
        foreign = film is not None and fact.kind != "people" and subject != film
        if subject is None or foreign or (fact.kind in _BOXED and fact.kind in stated) or fact.span is None:
            continue
        inner = text.span(fact.span.start, fact.span.end)
        span = to_document(inner) if inner else None
        if span:
            facts.keep(_moved(fact, subject, film, span, facts))
    return [film] if film else about


def _moved(fact: Fact, subject: Ref, film: Ref | None, span: Span, facts: Facts) -> Fact:
    """Return a fact with its place in the document and the film as the document's box names it."""
    fields: dict[str, Value] = {
        name: (_as_known(value, film) or value) if isinstance(value, Ref) else _tidy(value)
        for name, value in fact.fields.items()
    }
    return replace(fact, subject=subject, fields=fields, span=span, source=facts.source)


def _tidy(value: Value) -> Value:
    return " ".join(value.split()) if isinstance(value, str) else value


def _as_known(ref: Ref | None, film: Ref | None) -> Ref | None:
    """Return the known film for a reference that means it."""
    if ref is None or film is None or ref.kind != "film":
        return ref
    same = plain(ref.name) == plain(film.name) and (ref.year is None or film.year is None or ref.year == film.year)
    return film if same else ref
